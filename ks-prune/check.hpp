// SPDX-License-Identifier: MIT
// Where the answer is weaker than hoped.

#pragma once

#include "ks-prune/rows.hpp"

#include "pipelines/known.hpp"

namespace ks::prune {

// Rows that were added to tables of functions and match nothing in the program.
void check_known(const Choice& choice, const Known& known);

// The others say what they have warned of, with the program's own numbers of functions.
std::vector<Caveat> check_imports(const Choice& choice);
// One tag with two layouts: fields that are one to the programmer are two to us. Fails if no unit
// of the kernel has the driver's layout, and one has another of the same declaration in a header;
// otherwise the two may be meant to differ, and a warning tells of them.
std::vector<Caveat> check_layouts(const Choice& choice);

// Functions of the driver that the kernel is not seen to call, though they are handed to it.
std::vector<Caveat> check_entries(const Choice& choice);

std::vector<Caveat> check_indirect_calls(const Choice& choice);

} // namespace ks::prune

// SPDX-License-Identifier: MIT
// Where the answer is weaker than hoped.

#pragma once

#include "ks-prune/rows.hpp"

#include "pipelines/known.hpp"

namespace ks::prune {

// Rows that were added to tables of functions and match nothing in the program.
void check_known(const Choice& choice, const Known& known);
void check_imports(const Choice& choice);
void check_indirect_calls(const Choice& choice);

} // namespace ks::prune

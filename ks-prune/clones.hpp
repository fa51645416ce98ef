// SPDX-License-Identifier: MIT
// Which functions of the kernel may be compiled into the domain instead of being called
// there: those that touch nothing but what they are passed.

#pragma once

#include "ks-prune/library.hpp"
#include "ks-prune/program.hpp"

namespace ks::prune {

// The function and all it calls outside of the domain library, if all of them touch only their
// arguments, and no field of a structure that the glue cannot include; otherwise nothing. Sorted.
std::vector<u32> cloneable(const Program& program, const Library& library, const TypeStore& types,
                           u32 function);

} // namespace ks::prune

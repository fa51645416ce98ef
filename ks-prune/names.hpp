// SPDX-License-Identifier: MIT
// From the boundary on, a name stands for one function.

#pragma once

#include "ks-prune/boundary.hpp"

namespace ks::prune {

// Gives static functions of the driver that cross a name that no other function of the driver or of
// the boundary has: that of their source file is added. The first of several keeps its own. The
// source's name of a function that is renamed is then its symbol, and so is the crossing's.
void tell_apart(Program& program, const Border& border);

} // namespace ks::prune

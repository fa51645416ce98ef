// SPDX-License-Identifier: MIT
// The variable arguments of functions that cross. Where all calls pass the same number of
// them, of the same types, they become parameters of the crossing's signature; else the crossing says
// why not. What the driver calls must not take more than it is passed, or as something else: a function
// that never does needs nothing; of others, what decides how many they take and as what has to be
// the same constants at all calls.

#pragma once

#include "ks-prune/prune.hpp"

namespace ks::prune {

void add_variable_arguments(Pruned& pruned);

} // namespace ks::prune

// SPDX-License-Identifier: MIT
// What marshalling would cost without any analysis of what is shared.

#pragma once

#include "ks-prune/prune.hpp"

namespace ks::shared {

// Over each crossing's pointer arguments and pointer result: the leaf members of every
// structure that can be reached through pointers, each structure once for each argument.
u64 count_deep_copy(const Pruned& pruned);

} // namespace ks::shared

// SPDX-License-Identifier: MIT
// The kernel's functions that stand where the driver's own do: other implementations of
// the operations that the driver implements, and what only these call. They work on other
// objects than the driver's. So a place that none but them touches besides the driver is
// not shared: each has its own.

#pragma once

#include "ks-prune/boundary.hpp"

namespace ks::prune {

// By function.
std::vector<bool> find_peers(const Program& program, const Targets& targets, const Border& border);

} // namespace ks::prune

// SPDX-License-Identifier: MIT
// How much there was, how much was kept, and why.

#pragma once

#include "ks-prune/rows.hpp"

namespace ks::prune {

std::vector<PruneCount> count_rows(const Choice& choice);

// For every function of that name, the chain of reasons that leads to it, a line each.
// Fails if there is no such function.
std::string explain(const Choice& choice, const std::string& name);

} // namespace ks::prune

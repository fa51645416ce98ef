// SPDX-License-Identifier: MIT
// Puts the rows that were taken from the units together as the artifact.

#pragma once

#include "ks-prune/rows.hpp"

namespace ks::prune {

// `units`: by digest; empty for a unit that was not opened. `caveats` have the program's numbers of functions.
Pruned assemble(const Choice& choice, const std::vector<UnitRows>& units,
                const std::vector<Caveat>& caveats);

} // namespace ks::prune

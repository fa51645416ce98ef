// SPDX-License-Identifier: MIT
// Carries out what a plan says: one module of a driver's units and of the clones.

#pragma once

#include "ks-pdg/link_plan.hpp"

namespace ks::link {

// Removes what the module's linker discards by its section's name (".discard"), such as the addresses that
// objtool wants to see: what only these name, the unit does not need.
void drop_discarded(llvm::Module& module);

// Links the units, which are used up, as the plan says; fails where it refuses a symbol. What a linker
// script reads by section stays, although nothing of the module names it. `steps`: atomic steps may be the
// kernel's end's to make.
std::unique_ptr<llvm::Module> carry_out(const LinkPlan& plan, std::vector<LinkUnit> units,
                                        bool steps);

} // namespace ks::link

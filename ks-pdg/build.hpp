// SPDX-License-Identifier: MIT
// A module's program dependence graph.

#pragma once

#include "ks-pdg/pdg.hpp"
#include "ks-pdg/tables.hpp"

#include <llvm/IR/Module.h>

namespace ks::pdg {

// `module` has been normalized; `hash` is its bitcode's; names of source files are made
// relative to `source_root`.
Pdg build_pdg(const llvm::Module& module, const Tables& tables, const std::string& hash,
              const std::string& source_root);

// As debug info spells it, which a compiler can be told to write without the machine's own
// folders; the name that was compiled where there is none.
std::string unit_name(const llvm::Module& module, const std::string& source_root);

} // namespace ks::pdg

// SPDX-License-Identifier: MIT
// The edges of function bodies. Control: on the branch, to the first instruction of each
// block that depends on it. Def-use: SSA. Memory: from the store or call that a load
// may see the effect of. Parameters: along calls to functions that are defined here.

#pragma once

#include "ks-pdg/program.hpp"

#include <llvm/Analysis/TargetLibraryInfo.h>

#include <map>

namespace ks::pdg {

// Edges inside one function. `formals`: the path row of each LLVM argument that has one.
void add_dependences(Program& program, const llvm::Function& function,
                     const std::map<u32, u32>& formals, const llvm::TargetLibraryInfo& library);
// Edges between functions; wants the arguments in place.
void add_call_edges(Program& program);
// Sorts them all.
void finish_edges(Program& program);

} // namespace ks::pdg

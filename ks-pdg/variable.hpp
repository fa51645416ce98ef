// SPDX-License-Identifier: MIT
// What a function takes of the arguments behind its last parameter: which of them each va_arg may
// be, by counting along the control flow as clang's code for x86-64 does. A function with one
// parameter of type va_list takes those that its caller has left, so the functions of a unit
// that hand such a list on are followed, too. In rows, these arguments have the numbers after the
// last parameter, of either function.

#pragma once

#include "ks-pdg/pdg.hpp"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/DenseSet.h>
#include <llvm/IR/Instructions.h>

#include <optional>
#include <vector>

namespace ks::pdg {

// Positions among the variable arguments, as bits; the highest stands for all later ones.
using Positions = u32;
inline constexpr Positions later_positions = Positions{1} << max_variable;

struct VariableArguments {
  // Which variable arguments these loads may read.
  llvm::DenseMap<const llvm::Instruction*, Positions> loads;
  // Where a list is handed on, the first that is left in it.
  llvm::DenseMap<const llvm::CallBase*, Positions> handed;
  // Loads and stores that only move a list on.
  llvm::DenseSet<const llvm::Instruction*> moves;
  bool begins = false; // it has variable arguments, and reads them
  bool followed = false; // every use of a list was understood
  std::optional<u32> list; // the LLVM argument that is a list
  u32 named = 0; // parameters in the source
  Taken taken;
};
using VariableOfFunctions = llvm::DenseMap<const llvm::Function*, VariableArguments>;

// `list`: the LLVM argument of type va_list, if there is one. `named`: how many parameters the source has;
// `numbers`: which of them each LLVM argument is. `known` has the functions of
// the unit that are called here, as far as they have been looked at.
VariableArguments find_variable_arguments(const llvm::Function& function, std::optional<u32> list,
                                          u32 named, const std::vector<u32>& numbers,
                                          const VariableOfFunctions& known);

} // namespace ks::pdg

// SPDX-License-Identifier: MIT
// What a function does if one of its pointer arguments is NULL: the blocks that are reached then,
// as conditional constant propagation finds them (Wegman and Zadeck, TOPLAS 1991), and whether one
// of them goes through the pointer. The other arguments may be anything.

#pragma once

#include "ks-pdg/tables.hpp"

#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/Function.h>

#include <vector>

namespace ks::pdg {

// One row for each of the function's LLVM arguments.
struct NullEffect {
  bool follows = false; // memory behind it may be touched, or it is called
  // What the function returns then, if that is one constant.
  const llvm::Constant* result = nullptr;
};
using NullEffects = llvm::DenseMap<const llvm::Function*, std::vector<NullEffect>>;

// `known` has the functions of the unit that are called here, as far as they have been looked at.
// What functions of other units do is known of those in the tables of models and locks only; others
// are taken to bear NULL.
std::vector<NullEffect> find_null_effects(const llvm::Function& function, const Tables& tables,
                                          const NullEffects& known);

// Whether memory behind a value of the function may be touched where that is NULL.
bool follows_null(const llvm::Function& function, const llvm::Instruction& value,
                  const Tables& tables, const NullEffects& known);

} // namespace ks::pdg

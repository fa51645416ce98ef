// SPDX-License-Identifier: MIT
// What a function does if one of its pointer arguments is NULL: the blocks that are reached then,
// as conditional constant propagation finds them (Wegman and Zadeck, TOPLAS 1991), and whether one
// of them goes through the pointer. The other arguments may be anything. The same of what stands for an error in place
// of a pointer, also where that is read from memory.

#pragma once

#include "ks-pdg/pdg.hpp"
#include "ks-pdg/tables.hpp"

#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/Function.h>
#include <llvm/IR/Instructions.h>

#include <vector>

namespace ks::pdg {

// One row for each of the function's LLVM arguments.
struct NullEffect {
  bool follows = false; // memory behind it may be touched, or it is called
  // What the function returns then, if that is one constant.
  const llvm::Constant* result = nullptr;
  bool checks = false; // of an error: it is compared with what the first or last one is
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

// The same of what stands for an error (-4095 to -1). What is stored, returned or handed to who is not seen is
// followed here.
std::vector<NullEffect> find_error_effects(const llvm::Function& function, const Tables& tables,
                                           const NullEffects& known);

// Whether the function finds out of anything whether it stands for an error. `known` has error effects, also below.
bool checks_errors(const llvm::Function& function, const NullEffects& known);

// What becomes of an error that a pointer in memory is; `is_checked` is what checks_errors() says of the function.
ErrorUse use_of_error(const llvm::LoadInst& load, bool is_checked, const Tables& tables,
                      const NullEffects& known);

} // namespace ks::pdg

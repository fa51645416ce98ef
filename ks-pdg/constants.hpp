// SPDX-License-Identifier: MIT
// What stands in a constant, at any depth.

#pragma once

#include "pipelines/artifact.hpp"

#include <llvm/IR/Constants.h>
#include <llvm/IR/DataLayout.h>

namespace ks::pdg {

// Calls visit(CONSTANT, OFFSET) for each member and element that is neither zero nor undefined; OFFSET is in bytes, and
// counted from `offset`. A table of numbers is one.
template <class F>
void each_leaf(const llvm::Constant* value, const llvm::DataLayout& layout, u64 offset, F visit) {
  if (value->isNullValue() || llvm::isa<llvm::UndefValue>(value)) {
    return;
  }
  if (const auto* record = llvm::dyn_cast<llvm::ConstantStruct>(value)) {
    const llvm::StructLayout* members = layout.getStructLayout(record->getType());
    for (u32 i = 0; i < record->getNumOperands(); ++i) {
      each_leaf(record->getOperand(i), layout, offset + members->getElementOffset(i), visit);
    }
  } else if (const auto* array = llvm::dyn_cast<llvm::ConstantArray>(value)) {
    const u64 stride = layout.getTypeAllocSize(array->getType()->getElementType());
    for (u32 i = 0; i < array->getNumOperands(); ++i) {
      each_leaf(array->getOperand(i), layout, offset + i * stride, visit);
    }
  } else {
    visit(value, offset);
  }
}

} // namespace ks::pdg

// SPDX-License-Identifier: MIT
#include "ks-pdg/linear.hpp"

#include <llvm/IR/Constants.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/Operator.h>
#include <llvm/IR/PatternMatch.h>

namespace ks::pdg {
namespace {

// Larger than any size; so products and sums of these do not overflow.
constexpr i64 most = i64{1} << 31;

std::optional<i64> small_number(const llvm::Value* value) {
  const auto* number = llvm::dyn_cast<llvm::ConstantInt>(value);
  if (!number || number->getBitWidth() > 64) {
    return std::nullopt;
  }
  const i64 found = number->getSExtValue();
  return found > -most && found < most ? std::optional(found) : std::nullopt;
}

} // namespace

const llvm::Value* strip_casts(const llvm::Value* value) {
  while (const auto* cast = llvm::dyn_cast<llvm::CastInst>(value)) {
    value = cast->getOperand(0);
  }
  return value;
}

const llvm::Value* greatest_of_least(const llvm::Value* value) {
  using namespace llvm::PatternMatch;
  const llvm::Value *a = nullptr, *b = nullptr;
  if (match(value, m_SMin(m_Value(a), m_Value(b))) ||
      match(value, m_UMin(m_Value(a), m_Value(b)))) {
    return strip_casts(llvm::isa<llvm::ConstantInt>(a) ? b : a);
  }
  return value;
}

Linear linear(const llvm::Value* value) {
  using namespace llvm::PatternMatch;
  Linear found{strip_casts(value), 1, 0};
  const llvm::Value *rest = nullptr, *constant = nullptr;
  while (true) {
    const bool difference = match(found.value, m_Sub(m_Value(rest), m_Value(constant)));
    const bool sum = difference || match(found.value, m_AddLike(m_Value(rest), m_Value(constant)));
    const bool product = !sum && match(found.value, m_Mul(m_Value(rest), m_Value(constant)));
    const bool shift =
        !sum && !product && match(found.value, m_Shl(m_Value(rest), m_Value(constant)));
    if (!sum && !product && !shift) {
      return found;
    }
    if (!shift && !difference && llvm::isa<llvm::ConstantInt>(rest)) {
      std::swap(rest, constant);
    }
    std::optional<i64> number = small_number(constant);
    if (difference && number) {
      number = -*number;
    }
    const i64 factor = shift ? (number && *number >= 0 && *number < 31 ? i64{1} << *number : 0)
                             : number.value_or(0);
    const i64 unit = static_cast<i64>(found.unit);
    if (!number || (!sum && (factor <= 0 || unit * factor >= most)) ||
        (sum && std::abs(found.more + unit * *number) >= most)) {
      return found;
    }
    if (sum) {
      found.more += unit * *number;
    } else {
      found.unit *= static_cast<u64>(factor);
    }
    found.value = strip_casts(rest);
  }
}

const llvm::Type* step_of(const llvm::Value* pointer) {
  while (const auto* gep = llvm::dyn_cast<llvm::GEPOperator>(pointer)) {
    if (!gep->hasAllConstantIndices()) {
      return gep->getResultElementType();
    }
    pointer = gep->getPointerOperand();
  }
  const auto* phi = llvm::dyn_cast<llvm::PHINode>(pointer);
  if (!phi) {
    return nullptr;
  }
  for (const llvm::Value* value : phi->incoming_values()) {
    const auto* next = llvm::dyn_cast<llvm::GEPOperator>(value);
    if (next && next->getPointerOperand() == phi) {
      return next->getSourceElementType();
    }
  }
  return nullptr;
}

const llvm::Value* variable_index(const llvm::Value* pointer) {
  const llvm::Value* found = nullptr;
  while (const auto* gep = llvm::dyn_cast<llvm::GEPOperator>(pointer)) {
    for (const llvm::Use& index : gep->indices()) {
      if (llvm::isa<llvm::ConstantInt>(index)) {
        continue;
      }
      if (found) {
        return nullptr;
      }
      found = index;
    }
    pointer = gep->getPointerOperand();
  }
  return found;
}

} // namespace ks::pdg

// SPDX-License-Identifier: MIT
#include "ks-pdg/updates.hpp"

#include <llvm/IR/InstrTypes.h>
#include <llvm/IR/PatternMatch.h>

namespace ks::pdg {
namespace {

using namespace llvm::PatternMatch;

// Narrow numbers are widened, computed with, and made narrow again.
const llvm::Value* without_casts(const llvm::Value* value) {
  while (llvm::isa<llvm::TruncInst, llvm::ZExtInst, llvm::SExtInst>(value)) {
    value = llvm::cast<llvm::CastInst>(value)->getOperand(0);
  }
  return value;
}

// Computed in the same way from the same values, without a look into memory.
bool is_same_address(const llvm::Value* a, const llvm::Value* b) {
  if (a == b) {
    return true;
  }
  const auto* left = llvm::dyn_cast<llvm::GetElementPtrInst>(a);
  const auto* right = llvm::dyn_cast<llvm::GetElementPtrInst>(b);
  if (!left || !right || left->getSourceElementType() != right->getSourceElementType() ||
      left->getNumOperands() != right->getNumOperands()) {
    return false;
  }
  for (u32 i = 1; i < left->getNumOperands(); ++i) {
    if (without_casts(left->getOperand(i)) != without_casts(right->getOperand(i))) {
      return false;
    }
  }
  return is_same_address(left->getPointerOperand(), right->getPointerOperand());
}

Update update_by(llvm::Instruction::BinaryOps operation, bool first) {
  switch (operation) {
  case llvm::Instruction::Add: return Update::add;
  case llvm::Instruction::Sub: return first ? Update::add : Update::other;
  case llvm::Instruction::Or: return Update::set_bits;
  case llvm::Instruction::And: return Update::clear_bits;
  default: return Update::other;
  }
}

struct Computed {
  const llvm::BinaryOperator* operation = nullptr;
  const llvm::LoadInst* load = nullptr;
  bool first = false; // what was loaded is the first operand
};

Computed computed_from_old(const llvm::StoreInst& store) {
  const auto* operation =
      llvm::dyn_cast<llvm::BinaryOperator>(without_casts(store.getValueOperand()));
  if (!operation || !store.getValueOperand()->getType()->isIntegerTy()) {
    return {};
  }
  for (u32 i = 0; i < 2; ++i) {
    const auto* load = llvm::dyn_cast<llvm::LoadInst>(without_casts(operation->getOperand(i)));
    if (load && load->getType() == store.getValueOperand()->getType() &&
        is_same_address(load->getPointerOperand(), store.getPointerOperand())) {
      return {operation, load, i == 0};
    }
  }
  return {};
}

// Whether a mask that the value may go through keeps all these bits; what it is then.
bool keeps(const llvm::Value*& value, u64 bits) {
  const llvm::Value* inner = nullptr;
  u64 mask = 0;
  if (match(value, m_And(m_Value(inner), m_ConstantInt(mask)))) {
    value = inner;
    return (mask & bits) == bits;
  }
  return true;
}

// The load of the unit that a bit-field was taken out of, `at` bits from its lowest; null if it was not.
const llvm::LoadInst* unit_of(const llvm::Value* value, u64 at, u64 bits) {
  value = without_casts(value);
  if (!keeps(value, bits)) {
    return nullptr;
  }
  value = without_casts(value);
  const llvm::Value* unit = value;
  u64 up = 0, down = 0;
  if (match(value, m_AShr(m_Shl(m_Value(unit), m_ConstantInt(up)), m_ConstantInt(down))) ||
      match(value, m_Shr(m_Value(unit), m_ConstantInt(down)))) {
    return down == up + at ? llvm::dyn_cast<llvm::LoadInst>(unit) : nullptr;
  }
  return at == 0 ? llvm::dyn_cast<llvm::LoadInst>(unit) : nullptr;
}

// A sum of a bit-field: `unit & ~(bits << at) | (sum & bits) << at`. What overflows is masked away.
Computed bit_field_from_old(const llvm::StoreInst& store) {
  const llvm::Value* unit = nullptr;
  const llvm::Value* value = nullptr;
  u64 kept = 0;
  if (!match(store.getValueOperand(),
             m_c_Or(m_And(m_Value(unit), m_ConstantInt(kept)), m_Value(value)))) {
    return {};
  }
  const u32 width = store.getValueOperand()->getType()->getIntegerBitWidth();
  const u64 written = ~kept & llvm::maskTrailingOnes<u64>(width);
  const auto* before = llvm::dyn_cast<llvm::LoadInst>(unit);
  if (!llvm::isShiftedMask_64(written) || !before ||
      !is_same_address(before->getPointerOperand(), store.getPointerOperand())) {
    return {};
  }
  const u64 at = static_cast<u64>(llvm::countr_zero(written));
  u64 up = 0;
  const llvm::Value* shifted = value;
  if (match(value, m_Shl(m_Value(shifted), m_ConstantInt(up)))) {
    value = shifted;
  }
  if (up != at || !keeps(value, written >> at)) {
    return {};
  }
  const auto* operation = llvm::dyn_cast<llvm::BinaryOperator>(without_casts(value));
  for (u32 i = 0; operation && i < 2; ++i) {
    const llvm::LoadInst* old = unit_of(operation->getOperand(i), at, written >> at);
    if (old && old->getType() == before->getType() &&
        is_same_address(old->getPointerOperand(), store.getPointerOperand()) &&
        update_by(operation->getOpcode(), i == 0) == Update::add) {
      return {operation, old, i == 0};
    }
  }
  return {};
}

// Whether anything but the one user, and the casts on the way there, gets the value.
bool goes_elsewhere(const llvm::Value* value, const llvm::User* there) {
  for (const llvm::User* user : value->users()) {
    if (user == there) {
      continue;
    }
    if (!llvm::isa<llvm::TruncInst, llvm::ZExtInst, llvm::SExtInst>(user) ||
        goes_elsewhere(user, there)) {
      return true;
    }
  }
  return false;
}

const llvm::LoadInst* load_behind(const llvm::StoreInst& store) {
  const Computed sum = bit_field_from_old(store);
  return sum.load ? sum.load : computed_from_old(store).load;
}

} // namespace

Made made_by(const llvm::StoreInst& store) {
  if (const Computed sum = bit_field_from_old(store); sum.load) {
    return {Update::add, !sum.operation->hasOneUse(), true};
  }
  const Computed computed = computed_from_old(store);
  if (!computed.load) {
    return {};
  }
  const bool used = goes_elsewhere(computed.load, computed.operation) ||
                    goes_elsewhere(computed.operation, &store);
  return {update_by(computed.operation->getOpcode(), computed.first), used, false};
}

Made made_from(const llvm::LoadInst& load) {
  for (const llvm::User* user : load.users()) {
    const llvm::Value* value = user;
    while (llvm::isa<llvm::CastInst>(value) && value->hasOneUse()) {
      value = *value->user_begin();
    }
    if (!llvm::isa<llvm::BinaryOperator>(value)) {
      continue;
    }
    while (value->hasOneUse() && !llvm::isa<llvm::StoreInst>(value)) {
      value = *value->user_begin();
    }
    for (const llvm::User* end : value->users()) {
      const auto* store = llvm::dyn_cast<llvm::StoreInst>(end);
      if (store && load_behind(*store) == &load) {
        return made_by(*store);
      }
    }
    const auto* store = llvm::dyn_cast<llvm::StoreInst>(value);
    if (store && load_behind(*store) == &load) {
      return made_by(*store);
    }
  }
  return {};
}

Made made_by(const llvm::Instruction& atomic) {
  const bool used = !atomic.use_empty();
  const auto* update = llvm::dyn_cast<llvm::AtomicRMWInst>(&atomic);
  if (!update) {
    return {Update::compare_exchange, used, false};
  }
  switch (update->getOperation()) {
  case llvm::AtomicRMWInst::Add:
  case llvm::AtomicRMWInst::Sub: return {Update::add, used, false};
  case llvm::AtomicRMWInst::Or: return {Update::set_bits, used, false};
  case llvm::AtomicRMWInst::And: return {Update::clear_bits, used, false};
  case llvm::AtomicRMWInst::Xchg: return {Update::exchange, used, false};
  default: return {Update::other, used, false};
  }
}

} // namespace ks::pdg

// SPDX-License-Identifier: MIT
#include "ks-pdg/updates.hpp"

#include <llvm/IR/InstrTypes.h>

namespace ks::pdg {
namespace {

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

} // namespace

Made made_by(const llvm::StoreInst& store) {
  const Computed computed = computed_from_old(store);
  if (!computed.load) {
    return {};
  }
  const bool used = goes_elsewhere(computed.load, computed.operation) ||
                    goes_elsewhere(computed.operation, &store);
  return {update_by(computed.operation->getOpcode(), computed.first), used};
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
      if (store && computed_from_old(*store).load == &load) {
        return made_by(*store);
      }
    }
    const auto* store = llvm::dyn_cast<llvm::StoreInst>(value);
    if (store && computed_from_old(*store).load == &load) {
      return made_by(*store);
    }
  }
  return {};
}

Made made_by(const llvm::Instruction& atomic) {
  const bool used = !atomic.use_empty();
  const auto* update = llvm::dyn_cast<llvm::AtomicRMWInst>(&atomic);
  if (!update) {
    return {Update::compare_exchange, used};
  }
  switch (update->getOperation()) {
  case llvm::AtomicRMWInst::Add:
  case llvm::AtomicRMWInst::Sub: return {Update::add, used};
  case llvm::AtomicRMWInst::Or: return {Update::set_bits, used};
  case llvm::AtomicRMWInst::And: return {Update::clear_bits, used};
  case llvm::AtomicRMWInst::Xchg: return {Update::exchange, used};
  default: return {Update::other, used};
  }
}

} // namespace ks::pdg

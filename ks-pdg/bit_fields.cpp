// SPDX-License-Identifier: MIT
// Writing a bit-field is, in LLVM, a read of its storage unit, a mask, and a write of all of
// it. Only the bits that change are written, and the rest is not read.
#include "ks-pdg/accesses.hpp"

#include "pipelines/bits.hpp"

#include <llvm/IR/Constants.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/PatternMatch.h>

namespace ks::pdg {
namespace {

using namespace llvm::PatternMatch;

u64 all_bits(const llvm::Type* type) {
  return low_bits(type->isIntegerTy() ? type->getIntegerBitWidth() : 64);
}

// `or (and (load p), C), x` stored to p again.
bool is_written_back(const llvm::Value* masked, const llvm::Value* pointer) {
  for (const llvm::User* user : masked->users()) {
    const auto* store = llvm::dyn_cast<llvm::StoreInst>(user);
    if (store && store->getPointerOperand() == pointer) {
      continue;
    }
    const auto* combined = llvm::dyn_cast<llvm::BinaryOperator>(user);
    if (!combined || combined->getOpcode() != llvm::Instruction::Or) {
      return false;
    }
    for (const llvm::User* end : combined->users()) {
      const auto* written = llvm::dyn_cast<llvm::StoreInst>(end);
      if (!written || written->getPointerOperand() != pointer) {
        return false;
      }
    }
  }
  return true;
}

u64 bits_of_use(const llvm::Instruction* use, const llvm::LoadInst& load) {
  const u64 all = all_bits(load.getType());
  u64 mask = 0;
  if (match(use, m_And(m_Specific(&load), m_ConstantInt(mask)))) {
    return is_written_back(use, load.getPointerOperand()) ? 0 : mask & all;
  }
  u64 amount = 0;
  if (match(use, m_Shr(m_Specific(&load), m_ConstantInt(amount))) && amount < 64) {
    u64 bits = 0;
    for (const llvm::User* user : use->users()) {
      u64 kept = 0;
      if (match(user, m_And(m_Specific(use), m_ConstantInt(kept)))) {
        bits |= kept << amount;
      } else if (llvm::isa<llvm::TruncInst>(user)) {
        bits |= all_bits(user->getType()) << amount;
      } else {
        bits |= all & (~u64{0} << amount);
      }
    }
    return bits & all;
  }
  if (match(use, m_Shl(m_Specific(&load), m_ConstantInt(amount))) && amount < 64) {
    u64 bits = 0;
    for (const llvm::User* user : use->users()) {
      u64 back = 0;
      const u64 low = match(user, m_Shr(m_Specific(use), m_ConstantInt(back))) && back >= amount
                          ? back - amount
                          : 0;
      bits |= low < 64 ? (all >> amount) & (~u64{0} << low) : 0;
    }
    return bits;
  }
  if (llvm::isa<llvm::TruncInst>(use)) {
    return all_bits(use->getType());
  }
  return all;
}

} // namespace

u64 bits_read(const llvm::LoadInst& load) {
  if (!load.getType()->isIntegerTy() || load.use_empty()) {
    return ~u64{0};
  }
  u64 bits = 0;
  for (const llvm::User* user : load.users()) {
    bits |= bits_of_use(llvm::cast<llvm::Instruction>(user), load);
  }
  return bits;
}

u64 bits_written(const llvm::StoreInst& store) {
  const llvm::Value* kept = nullptr;
  u64 mask = 0;
  const llvm::Value* value = store.getValueOperand();
  if (!value->getType()->isIntegerTy()) {
    return ~u64{0};
  }
  const bool masked = match(value, m_c_Or(m_And(m_Value(kept), m_ConstantInt(mask)), m_Value())) ||
                      match(value, m_And(m_Value(kept), m_ConstantInt(mask)));
  if (masked) {
    const auto* load = llvm::dyn_cast<llvm::LoadInst>(kept);
    if (load && load->getPointerOperand() == store.getPointerOperand()) {
      return ~mask & all_bits(value->getType());
    }
  }
  u64 set = 0;
  if (match(value, m_Or(m_Value(kept), m_ConstantInt(set)))) {
    const auto* load = llvm::dyn_cast<llvm::LoadInst>(kept);
    if (load && load->getPointerOperand() == store.getPointerOperand()) {
      return set;
    }
  }
  return ~u64{0};
}

} // namespace ks::pdg

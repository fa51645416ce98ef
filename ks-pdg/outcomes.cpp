// SPDX-License-Identifier: MIT
#include "ks-pdg/outcomes.hpp"

#include <llvm/ADT/DenseSet.h>
#include <llvm/IR/CFG.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/Instructions.h>

#include <vector>

namespace ks::pdg {
namespace {

class Returned {
public:
  explicit Returned(const llvm::Instruction& call) {
    std::vector<const llvm::BasicBlock*> work = {call.getParent()};
    passed_.insert(call.getParent());
    while (!work.empty()) {
      const llvm::BasicBlock* block = work.back();
      work.pop_back();
      for (const llvm::BasicBlock* next : llvm::successors(block)) {
        if (passed_.insert(next).second) work.push_back(next);
      }
    }
    work = {call.getParent()};
    before_.insert(call.getParent());
    while (!work.empty()) {
      const llvm::BasicBlock* block = work.back();
      work.pop_back();
      for (const llvm::BasicBlock* last : llvm::predecessors(block)) {
        if (before_.insert(last).second) work.push_back(last);
      }
    }
    for (const llvm::BasicBlock* block : passed_) {
      if (const auto* end = llvm::dyn_cast<llvm::ReturnInst>(block->getTerminator()))
        add(end->getReturnValue());
    }
  }

  Outcome outcome() const {
    if (unknown_ || zero_ == nonzero_) return Outcome::any;
    return zero_ ? Outcome::zero : Outcome::nonzero;
  }

private:
  void add(const llvm::Value* value) {
    if (!seen_.insert(value).second) return;
    if (const auto* number = llvm::dyn_cast<llvm::ConstantInt>(value)) {
      (number->isZero() ? zero_ : nonzero_) = true;
    } else if (const auto* phi = llvm::dyn_cast<llvm::PHINode>(value)) {
      for (unsigned i = 0; i < phi->getNumIncomingValues(); ++i) {
        if (before_.contains(phi->getParent()) || passed_.contains(phi->getIncomingBlock(i)))
          add(phi->getIncomingValue(i));
      }
    } else if (llvm::isa<llvm::ZExtInst>(value) || llvm::isa<llvm::SExtInst>(value)) {
      add(llvm::cast<llvm::CastInst>(value)->getOperand(0));
    } else {
      unknown_ = true;
    }
  }

  llvm::DenseSet<const llvm::BasicBlock*> passed_; // from the call on
  llvm::DenseSet<const llvm::BasicBlock*> before_; // where control can be before it
  llvm::DenseSet<const llvm::Value*> seen_;
  bool zero_ = false, nonzero_ = false, unknown_ = false;
};

} // namespace

Outcome outcome_after(const llvm::Instruction& call) {
  if (!call.getFunction()->getReturnType()->isIntegerTy()) return Outcome::any;
  return Returned(call).outcome();
}

} // namespace ks::pdg

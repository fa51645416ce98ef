// SPDX-License-Identifier: MIT
#include "ks-pdg/link_scopes.hpp"

#include <llvm/Analysis/CaptureTracking.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/IntrinsicInst.h>

#include <vector>

namespace ks::link {
namespace {

std::vector<llvm::LifetimeIntrinsic*> ends_of_known(llvm::Function& function) {
  std::vector<llvm::LifetimeIntrinsic*> ends;
  for (llvm::Instruction& instruction : llvm::instructions(function)) {
    auto* mark = llvm::dyn_cast<llvm::LifetimeIntrinsic>(&instruction);
    if (!mark || mark->getIntrinsicID() != llvm::Intrinsic::lifetime_end) continue;
    auto* local = llvm::dyn_cast<llvm::AllocaInst>(mark->getArgOperand(0));
    if (local && llvm::PointerMayBeCaptured(local, /*ReturnCaptures=*/false)) ends.push_back(mark);
  }
  return ends;
}

} // namespace

void mark_scopes(llvm::Module& module) {
  const llvm::DataLayout& layout = module.getDataLayout();
  llvm::IRBuilder<> builder(module.getContext());
  for (llvm::Function& function : module) {
    for (llvm::LifetimeIntrinsic* end : ends_of_known(function)) {
      auto* local = llvm::cast<llvm::AllocaInst>(end->getArgOperand(0));
      const std::optional<llvm::TypeSize> size = local->getAllocationSize(layout);
      if (!size || size->isScalable()) continue;
      builder.SetInsertPoint(end);
      llvm::FunctionCallee left = module.getOrInsertFunction(
          "ks_scope_left", builder.getVoidTy(), builder.getPtrTy(), builder.getInt64Ty());
      builder.CreateCall(left, {local, builder.getInt64(size->getFixedValue())});
    }
  }
}

} // namespace ks::link

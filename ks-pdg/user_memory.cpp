// SPDX-License-Identifier: MIT
#include "ks-pdg/user_memory.hpp"

#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/InstIterator.h>

#include <optional>

namespace ks::pdg {
namespace {

constexpr i64 kBadAddress = -14; // EFAULT

struct Operands {
  std::vector<bool> outputs; // whether each is the stack pointer
  llvm::Value* user = nullptr;
  llvm::Value* value = nullptr; // that is written
  llvm::Value* stack = nullptr;
  llvm::ConstantInt* size = nullptr;
};

Operands operands_of(const llvm::CallBase& call) {
  Operands found;
  unsigned number = 0;
  const auto* assembly = llvm::cast<llvm::InlineAsm>(call.getCalledOperand());
  for (const llvm::InlineAsm::ConstraintInfo& constraint : assembly->ParseConstraints()) {
    const bool is_stack = constraint.Codes.size() == 1 && constraint.Codes[0] == "{rsp}";
    if (constraint.Type == llvm::InlineAsm::isOutput) found.outputs.push_back(is_stack);
    if (constraint.Type != llvm::InlineAsm::isInput) continue;
    llvm::Value* value = call.getArgOperand(number++);
    if (is_stack) {
      found.stack = value;
    } else if (constraint.Codes[0] == "i") {
      found.size = llvm::dyn_cast<llvm::ConstantInt>(value);
    } else {
      (found.user ? found.value : found.user) = value;
    }
  }
  return found;
}

bool fits(llvm::Type* type, const llvm::DataLayout& layout, u64 size) {
  return (type->isIntegerTy() || type->isPointerTy()) &&
         layout.getTypeStoreSize(type).getFixedValue() >= size;
}

// What is got, if anything is; none if this is no form that is known.
std::optional<llvm::Type*> value_type(const llvm::CallBase& call, const AssemblyModel& model,
                                      const Operands& operands) {
  const auto* result = llvm::dyn_cast<llvm::StructType>(call.getType());
  const auto outputs = static_cast<std::size_t>(std::ranges::count(operands.outputs, false));
  const bool gets = model.user == UserAccess::get;
  if (!result || result->getNumElements() != operands.outputs.size()) return std::nullopt;
  if (outputs != (gets ? 2 : 1) || (operands.value != nullptr) == gets) return std::nullopt;
  std::vector<llvm::Type*> types;
  for (unsigned i = 0; i < operands.outputs.size(); ++i)
    if (!operands.outputs[i]) types.push_back(result->getElementType(i));
  types.push_back(gets ? nullptr : operands.value->getType());
  const llvm::DataLayout& layout = call.getModule()->getDataLayout();
  const u64 size = operands.size ? operands.size->getZExtValue() : 0;
  const bool known = operands.user && operands.user->getType()->isPointerTy() && operands.size &&
                     size != 0 && size <= 8 && fits(types[0], layout, 1) &&
                     fits(types[1], layout, size);
  return known ? std::optional(types[1]) : std::nullopt;
}

llvm::Value* as(llvm::IRBuilder<>& builder, llvm::Value* number, llvm::Type* type) {
  return type->isPointerTy() ? builder.CreateIntToPtr(number, type)
                             : builder.CreateSExtOrTrunc(number, type);
}

void replace(llvm::CallBase& call, const AssemblyModel& model) {
  const Operands operands = operands_of(call);
  const std::optional<llvm::Type*> type = value_type(call, model, operands);
  if (!type) return;
  llvm::Function& function = *call.getFunction();
  llvm::IRBuilder<> builder(&*function.getEntryBlock().getFirstInsertionPt());
  llvm::Type* word = builder.getInt64Ty();
  llvm::Value* room = builder.CreateAlloca(word);
  builder.SetInsertPoint(&call);
  builder.CreateStore(llvm::ConstantInt::get(word, 0), room);
  if (operands.value) builder.CreateStore(operands.value, room);
  const bool gets = model.user == UserAccess::get;
  const llvm::FunctionCallee callee = call.getModule()->getOrInsertFunction(
      llvm::StringRef(model.function), word, builder.getPtrTy(), builder.getPtrTy(), word);
  llvm::Value* left =
      builder.CreateCall(callee, {gets ? room : operands.user, gets ? operands.user : room,
                                  builder.CreateZExtOrTrunc(operands.size, word)});
  llvm::Value* error =
      builder.CreateSelect(builder.CreateIsNull(left), llvm::ConstantInt::get(word, 0),
                           llvm::ConstantInt::getSigned(word, kBadAddress));
  llvm::Value* result = llvm::PoisonValue::get(call.getType());
  bool is_error = true;
  for (unsigned i = 0; i < operands.outputs.size(); ++i) {
    llvm::Type* element = call.getType()->getStructElementType(i);
    llvm::Value* value = operands.stack;
    if (!operands.outputs[i]) {
      value = is_error ? as(builder, error, element) : builder.CreateLoad(*type, room);
      is_error = false;
    }
    result = builder.CreateInsertValue(result, value, i);
  }
  call.replaceAllUsesWith(result);
  call.eraseFromParent();
}

} // namespace

void replace_user_accesses(llvm::Module& module, const Tables& tables) {
  std::vector<std::pair<llvm::CallBase*, const AssemblyModel*>> found;
  for (llvm::Function& function : module) {
    for (llvm::Instruction& instruction : llvm::instructions(function)) {
      auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
      if (!call || !call->isInlineAsm()) continue;
      const auto* assembly = llvm::cast<llvm::InlineAsm>(call->getCalledOperand());
      const AssemblyModel* model = tables.find_call(assembly->getAsmString());
      if (model && model->user != UserAccess::none) found.emplace_back(call, model);
    }
  }
  for (const auto& [call, model] : found) replace(*call, *model);
}

} // namespace ks::pdg

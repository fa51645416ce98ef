// SPDX-License-Identifier: MIT
// What an instruction does to memory in one step is done to wherever its memory operand leads. So the step
// need not be understood: it is made on a copy, in a loop that ends when its owner has exchanged what was
// there for what the step has made of it,
//
//   again:  at = ks_step(p, size, &step)     p itself, if that is the driver's own memory
//           r = the instruction, on *at
//           if (at != p && !ks_stepped(p, &step)) goto again
//
// A bit that is told by its number counted from the operand (bts and the like, with the number in a register)
// may lie behind it: then the operand becomes the word that the bit is in.
#include "ks-pdg/link_steps.hpp"

#include "pipelines/integers.hpp"

#include <llvm/Analysis/ValueTracking.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/Instructions.h>
#include <llvm/Support/Regex.h>
#include <llvm/Transforms/Utils/BasicBlockUtils.h>

#include <optional>

namespace ks::link {
namespace {

// What the glue of the driver's end agrees to: bytes of a struct ks_step, and of the memory that a step is on.
constexpr u64 step_bytes = 64, most_bytes = 8;

struct Step {
  llvm::Instruction* instruction = nullptr;
  std::vector<unsigned> operands; // its pointers to the memory, all of one value
  llvm::Type* type = nullptr; // of the memory
  std::optional<unsigned> bit; // operand that is the number of a bit
};

bool is_local(const llvm::Value* pointer) {
  return llvm::isa<llvm::AllocaInst>(llvm::getUnderlyingObject(pointer));
}

// Whether the text has an instruction that the processor makes in one step for all: one with the prefix, or
// an exchange; none on memory of this processor alone.
bool is_atomic(llvm::StringRef text) {
  return llvm::Regex("(^|[^a-z_.])(lock|xchg[bwlq]?)($|[^a-z_])").match(text) &&
         !text.contains("%gs:") && !text.contains("%%gs:");
}

bool counts_bits(llvm::StringRef text) {
  return llvm::Regex("(^|[^a-z_])bt[src][wlq]?($|[^a-z])").match(text);
}

// What an operand of inline assembly is an input of, for bits: a register or a number.
bool is_number(const llvm::InlineAsm::ConstraintInfo& constraint) {
  return constraint.Type == llvm::InlineAsm::isInput && !constraint.isIndirect &&
         !constraint.hasMatchingInput() && !constraint.Codes.empty() &&
         !llvm::StringRef(constraint.Codes.front()).starts_with("{");
}

std::optional<Step> step_of(llvm::CallInst& call, const llvm::InlineAsm& assembly,
                            std::string& why) {
  Step step{&call, {}, nullptr, {}};
  const bool has_bit = counts_bits(assembly.getAsmString());
  unsigned argument = 0;
  for (const llvm::InlineAsm::ConstraintInfo& constraint : assembly.ParseConstraints()) {
    const bool has_argument =
        constraint.Type == llvm::InlineAsm::isInput ||
        (constraint.Type == llvm::InlineAsm::isOutput && constraint.isIndirect);
    if (!has_argument) continue;
    if (constraint.isIndirect) {
      if (!step.operands.empty() &&
          call.getArgOperand(argument) != call.getArgOperand(step.operands.front())) {
        why = "it has several operands in memory";
        return {};
      }
      step.operands.push_back(argument);
      step.type = call.getParamElementType(argument);
    } else if (has_bit && is_number(constraint)) {
      step.bit = argument;
    }
    ++argument;
  }
  if (step.operands.empty() || !step.type) {
    why = "it names no memory";
    return {};
  }
  return step;
}

std::optional<Step> step_of(llvm::Instruction& instruction, std::string& why) {
  if (auto* exchange = llvm::dyn_cast<llvm::AtomicCmpXchgInst>(&instruction)) {
    return Step{exchange, {0}, exchange->getNewValOperand()->getType(), {}};
  }
  if (auto* update = llvm::dyn_cast<llvm::AtomicRMWInst>(&instruction)) {
    return Step{update, {0}, update->getValOperand()->getType(), {}};
  }
  const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
  const auto* assembly = call ? llvm::dyn_cast<llvm::InlineAsm>(call->getCalledOperand()) : nullptr;
  if (!assembly || !is_atomic(assembly->getAsmString())) return {};
  auto* plain = llvm::dyn_cast<llvm::CallInst>(&instruction);
  if (!plain) {
    why = "it jumps out of the assembly";
    return {};
  }
  return step_of(*plain, *assembly, why);
}

class Giver {
public:
  explicit Giver(llvm::Module& module)
      : module_(module), context_(module.getContext()),
        pointer_(llvm::PointerType::getUnqual(context_)), long_(llvm::Type::getInt64Ty(context_)),
        begin_(module.getOrInsertFunction("ks_step", pointer_, pointer_, long_, pointer_)),
        end_(module.getOrInsertFunction("ks_stepped", llvm::Type::getInt32Ty(context_), pointer_,
                                        pointer_)) {}

  std::vector<StepLeft> run() {
    for (llvm::Function& function : module_) {
      std::vector<Step> steps;
      for (llvm::BasicBlock& block : function)
        for (llvm::Instruction& instruction : block) find(instruction, steps);
      for (const Step& step : steps) give(function, step);
    }
    return std::move(left_);
  }

private:
  llvm::Module& module_;
  llvm::LLVMContext& context_;
  llvm::Type* pointer_;
  llvm::Type* long_;
  llvm::FunctionCallee begin_, end_;
  std::vector<StepLeft> left_;

  void find(llvm::Instruction& instruction, std::vector<Step>& steps) {
    std::string why;
    const std::optional<Step> step = step_of(instruction, why);
    if (!step) {
      if (!why.empty()) leave(instruction, why);
      return;
    }
    if (is_local(instruction.getOperand(step->operands.front()))) return;
    if (module_.getDataLayout().getTypeStoreSize(step->type) > most_bytes) {
      leave(instruction, "it is too wide");
      return;
    }
    steps.push_back(*step);
  }

  void leave(const llvm::Instruction& instruction, std::string why) {
    const llvm::DebugLoc& loc = instruction.getDebugLoc();
    left_.push_back(
        {loc ? loc->getFilename().str() : std::string(), loc ? loc.getLine() : 0, std::move(why)});
  }

  // The word that the bit is in, and which of its bits.
  llvm::Value* word_of_bit(llvm::IRBuilder<>& at, const Step& step, llvm::Value* pointer,
                           u64 size) {
    llvm::Value* number = step.instruction->getOperand(*step.bit);
    const u64 bits = size * 8;
    llvm::Value* wide = at.CreateSExt(number, long_);
    llvm::Value* bytes = at.CreateMul(at.CreateAShr(wide, llvm::Log2_64(bits)), at.getInt64(size));
    step.instruction->setOperand(*step.bit, at.CreateAnd(number, bits - 1));
    return at.CreatePtrAdd(pointer, bytes);
  }

  void give(llvm::Function& function, const Step& step) {
    llvm::Instruction* made = step.instruction;
    const u64 size = module_.getDataLayout().getTypeStoreSize(step.type);
    llvm::IRBuilder<> entry(&*function.getEntryBlock().getFirstInsertionPt());
    llvm::AllocaInst* room =
        entry.CreateAlloca(llvm::ArrayType::get(long_, step_bytes / 8), nullptr, "ks_step");

    llvm::IRBuilder<> before(made);
    llvm::Value* pointer = made->getOperand(step.operands.front());
    if (step.bit) pointer = word_of_bit(before, step, pointer, size);

    llvm::BasicBlock* first = made->getParent();
    llvm::BasicBlock* again = first->splitBasicBlock(made, "ks_again");
    llvm::BasicBlock* after = again->splitBasicBlock(std::next(made->getIterator()), "ks_made");
    llvm::IRBuilder<> loop(made);
    llvm::Value* place =
        loop.CreateCall(begin_, {pointer, llvm::ConstantInt::get(long_, size), room});
    for (const unsigned operand : step.operands) made->setOperand(operand, place);

    llvm::BasicBlock* ask = llvm::BasicBlock::Create(context_, "ks_ask", &function, after);
    again->getTerminator()->eraseFromParent();
    llvm::IRBuilder<> end(again);
    end.SetCurrentDebugLocation(made->getDebugLoc());
    end.CreateCondBr(end.CreateICmpEQ(place, pointer), after, ask);
    llvm::IRBuilder<> asks(ask);
    asks.SetCurrentDebugLocation(made->getDebugLoc());
    llvm::Value* taken = asks.CreateCall(end_, {pointer, room});
    asks.CreateCondBr(asks.CreateICmpNE(taken, llvm::ConstantInt::get(taken->getType(), 0)), after,
                      again);
  }
};

} // namespace

std::vector<StepLeft> give_steps_away(llvm::Module& module) { return Giver(module).run(); }

} // namespace ks::link

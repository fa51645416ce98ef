// SPDX-License-Identifier: MIT
#include "ks-pdg/null.hpp"

#include "ks-pdg/program.hpp"
#include "ks-pdg/tables.hpp"

#include <llvm/ADT/DenseSet.h>
#include <llvm/Analysis/ConstantFolding.h>
#include <llvm/IR/CFG.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/Operator.h>

#include <algorithm>

namespace ks::pdg {
namespace {

constexpr u32 max_depth = 12; // of an expression
constexpr u32 max_rounds = 64;

class UnderNull {
public:
  UnderNull(const llvm::Function& function, const llvm::Value& null, const Tables& tables,
            const NullEffects& known)
      : function_(function), null_(null), tables_(tables), known_(known),
        layout_(function.getParent()->getDataLayout()) {}

  NullEffect find() {
    NullEffect effect;
    find_reached();
    for (const llvm::BasicBlock& block : function_)
      if (reached_.contains(&block))
        effect.follows |= std::any_of(block.begin(), block.end(), [&](const auto& instruction) {
          return follows(instruction);
        });
    effect.result = find_result();
    return effect;
  }

private:
  // Edges are only ever added: what was one constant may become none, and another way is open. If
  // that takes too long, all are taken.
  void find_reached() {
    reached_.insert(&function_.getEntryBlock());
    for (u32 round = 0; round < max_rounds; ++round) {
      bool grew = false;
      for (const llvm::BasicBlock& block : function_)
        if (reached_.contains(&block)) grew |= add_successors(block);
      if (!grew) return;
    }
    for (const llvm::BasicBlock& block : function_)
      for (const llvm::BasicBlock* next : llvm::successors(&block)) add_edge(block, *next);
  }

  bool add_successors(const llvm::BasicBlock& block) {
    const llvm::Instruction& end = *block.getTerminator();
    if (const auto* branch = llvm::dyn_cast<llvm::BranchInst>(&end);
        branch && branch->isConditional()) {
      if (const auto* condition = number(branch->getCondition()))
        return add_edge(block, *branch->getSuccessor(condition->isZero() ? 1 : 0));
    } else if (const auto* choice = llvm::dyn_cast<llvm::SwitchInst>(&end)) {
      if (const auto* value = number(choice->getCondition()))
        return add_edge(block, *choice->findCaseValue(value)->getCaseSuccessor());
    }
    bool grew = false;
    for (const llvm::BasicBlock* next : llvm::successors(&block)) grew |= add_edge(block, *next);
    return grew;
  }

  bool add_edge(const llvm::BasicBlock& from, const llvm::BasicBlock& to) {
    reached_.insert(&to);
    return edges_.insert({&from, &to}).second;
  }

  const llvm::ConstantInt* number(const llvm::Value* value) {
    return llvm::dyn_cast_or_null<llvm::ConstantInt>(constant(value, 0));
  }

  // What the value is, or null if it may be several.
  const llvm::Constant* constant(const llvm::Value* value, u32 depth) {
    if (value == &null_) return llvm::Constant::getNullValue(null_.getType());
    if (const auto* known = llvm::dyn_cast<llvm::Constant>(value)) return known;
    const auto* instruction = llvm::dyn_cast<llvm::Instruction>(value);
    if (!instruction || depth == max_depth) return nullptr;
    if (const auto* phi = llvm::dyn_cast<llvm::PHINode>(instruction)) return merged(*phi, depth);
    if (const auto* call = llvm::dyn_cast<llvm::CallBase>(instruction))
      return returned(*call, depth);
    if (const auto* select = llvm::dyn_cast<llvm::SelectInst>(instruction)) {
      const auto* condition =
          llvm::dyn_cast_or_null<llvm::ConstantInt>(constant(select->getCondition(), depth + 1));
      if (!condition) return nullptr;
      return constant(condition->isZero() ? select->getFalseValue() : select->getTrueValue(),
                      depth + 1);
    }
    if (instruction->mayReadOrWriteMemory() || instruction->isTerminator() ||
        llvm::isa<llvm::AllocaInst>(instruction))
      return nullptr;
    return folded(*instruction, depth);
  }

  const llvm::Constant* folded(const llvm::Instruction& instruction, u32 depth) {
    llvm::SmallVector<llvm::Constant*, 4> operands;
    for (const llvm::Value* operand : instruction.operands()) {
      const llvm::Constant* known = constant(operand, depth + 1);
      // One side may say it all.
      const unsigned code = instruction.getOpcode();
      if (known && code == llvm::Instruction::And && known->isNullValue()) return known;
      if (known && code == llvm::Instruction::Or && known->isAllOnesValue()) return known;
      operands.push_back(const_cast<llvm::Constant*>(known)); // as LLVM's folding wants them
    }
    if (operands.empty() || std::find(operands.begin(), operands.end(), nullptr) != operands.end())
      return nullptr;
    return llvm::ConstantFoldInstOperands(const_cast<llvm::Instruction*>(&instruction), operands,
                                          layout_);
  }

  const llvm::Constant* merged(const llvm::PHINode& phi, u32 depth) {
    const llvm::Constant* one = nullptr;
    for (u32 i = 0; i < phi.getNumIncomingValues(); ++i) {
      if (!edges_.contains({phi.getIncomingBlock(i), phi.getParent()})) continue;
      const llvm::Constant* next = constant(phi.getIncomingValue(i), depth + 1);
      if (!next || (one && one != next)) return nullptr;
      one = next;
    }
    return one;
  }

  const llvm::Constant* returned(const llvm::CallBase& call, u32 depth) {
    if (const auto* intrinsic = llvm::dyn_cast<llvm::IntrinsicInst>(&call)) {
      const bool is_hint = intrinsic->getIntrinsicID() == llvm::Intrinsic::expect ||
                           intrinsic->getIntrinsicID() == llvm::Intrinsic::expect_with_probability;
      return is_hint ? constant(call.getArgOperand(0), depth + 1) : nullptr;
    }
    const llvm::Function* callee = callee_of(call);
    const auto known = callee ? known_.find(callee) : known_.end();
    if (known == known_.end()) return nullptr;
    for (u32 i = 0; i < call.arg_size() && i < known->second.size(); ++i)
      if (known->second[i].result && is_null(call.getArgOperand(i), depth))
        return known->second[i].result;
    return nullptr;
  }

  bool is_null(const llvm::Value* value, u32 depth) {
    const llvm::Constant* known =
        value->getType()->isPointerTy() ? constant(value, depth + 1) : nullptr;
    return known && known->isNullValue();
  }

  // Whether the pointer is the argument, or that and a distance.
  bool is_behind(const llvm::Value* pointer, u32 depth = 0) {
    if (pointer == &null_) return true;
    if (depth == max_depth) return false;
    if (const auto* gep = llvm::dyn_cast<llvm::GEPOperator>(pointer))
      return is_behind(gep->getPointerOperand(), depth + 1);
    if (const auto* cast = llvm::dyn_cast<llvm::CastInst>(pointer))
      return is_behind(cast->getOperand(0), depth + 1);
    if (const auto* freeze = llvm::dyn_cast<llvm::FreezeInst>(pointer))
      return is_behind(freeze->getOperand(0), depth + 1);
    if (const auto* select = llvm::dyn_cast<llvm::SelectInst>(pointer)) {
      const llvm::ConstantInt* condition = number(select->getCondition());
      return condition &&
             is_behind(condition->isZero() ? select->getFalseValue() : select->getTrueValue(),
                       depth + 1);
    }
    return false;
  }

  bool follows(const llvm::Instruction& instruction) {
    if (const auto* load = llvm::dyn_cast<llvm::LoadInst>(&instruction))
      return is_behind(load->getPointerOperand());
    if (const auto* store = llvm::dyn_cast<llvm::StoreInst>(&instruction))
      return is_behind(store->getPointerOperand());
    if (const auto* update = llvm::dyn_cast<llvm::AtomicRMWInst>(&instruction))
      return is_behind(update->getPointerOperand());
    if (const auto* exchange = llvm::dyn_cast<llvm::AtomicCmpXchgInst>(&instruction))
      return is_behind(exchange->getPointerOperand());
    if (const auto* copy = llvm::dyn_cast<llvm::MemIntrinsic>(&instruction))
      return is_copied(*copy);
    if (const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction))
      return !llvm::isa<llvm::IntrinsicInst>(call) && call_follows(*call);
    return false;
  }

  bool is_copied(const llvm::MemIntrinsic& copy) {
    const auto* length = llvm::dyn_cast<llvm::ConstantInt>(copy.getLength());
    if (length && length->isZero()) return false;
    const auto* transfer = llvm::dyn_cast<llvm::MemTransferInst>(&copy);
    return is_behind(copy.getRawDest()) || (transfer && is_behind(transfer->getRawSource()));
  }

  bool call_follows(const llvm::CallBase& call) {
    if (is_behind(call.getCalledOperand())) return true;
    for (u32 i = 0; i < call.arg_size(); ++i) {
      const llvm::Value* passed = call.getArgOperand(i);
      if (passed->getType()->isPointerTy() && is_behind(passed) && argument_follows(call, i))
        return true;
    }
    return false;
  }

  bool argument_follows(const llvm::CallBase& call, u32 i) const {
    // Of inline assembly: a place in memory.
    if (call.isInlineAsm()) return call.paramHasAttr(i, llvm::Attribute::ElementType);
    const llvm::Function* callee = callee_of(call);
    if (!callee) return false;
    if (const auto known = known_.find(callee); known != known_.end())
      return i < known->second.size() && known->second[i].follows;
    if (const LockModel* lock = tables_.find_lock(known_name(*callee)); lock && lock->argument == i)
      return true;
    // Of what is to be printed none need be there.
    const Model* model = tables_.find_model(known_name(*callee));
    return model &&
           std::any_of(model->effects.begin(), model->effects.end(), [&](const Effect& effect) {
             return effect.argument == i && !effect.to_the_end && !effect.bears_null;
           });
  }

  const llvm::Constant* find_result() {
    const llvm::Constant* one = nullptr;
    for (const llvm::BasicBlock& block : function_) {
      const auto* exit = llvm::dyn_cast<llvm::ReturnInst>(block.getTerminator());
      if (!exit || !reached_.contains(&block) || !exit->getReturnValue()) continue;
      const llvm::Constant* next = constant(exit->getReturnValue(), 0);
      if (!next || (one && one != next)) return nullptr;
      one = next;
    }
    return one;
  }

  const llvm::Function& function_;
  const llvm::Value& null_; // an argument, or what is taken of the variable ones
  const Tables& tables_;
  const NullEffects& known_;
  const llvm::DataLayout& layout_;
  llvm::DenseSet<const llvm::BasicBlock*> reached_;
  llvm::DenseSet<std::pair<const llvm::BasicBlock*, const llvm::BasicBlock*>> edges_;
};

} // namespace

std::vector<NullEffect> find_null_effects(const llvm::Function& function, const Tables& tables,
                                          const NullEffects& known) {
  std::vector<NullEffect> effects(function.arg_size());
  for (const llvm::Argument& argument : function.args())
    if (argument.getType()->isPointerTy() && !argument.hasPassPointeeByValueCopyAttr() &&
        !argument.hasStructRetAttr())
      effects[argument.getArgNo()] = UnderNull(function, argument, tables, known).find();
  return effects;
}

bool follows_null(const llvm::Function& function, const llvm::Instruction& value,
                  const Tables& tables, const NullEffects& known) {
  return value.getType()->isPointerTy() && UnderNull(function, value, tables, known).find().follows;
}

} // namespace ks::pdg

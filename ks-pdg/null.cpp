// SPDX-License-Identifier: MIT
#include "ks-pdg/null.hpp"

#include "ks-pdg/program.hpp"
#include "ks-pdg/tables.hpp"

#include <llvm/ADT/DenseSet.h>
#include <llvm/Analysis/ConstantFolding.h>
#include <llvm/IR/CFG.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/Operator.h>

#include <algorithm>

namespace ks::pdg {
namespace {

constexpr u32 max_depth = 12; // of an expression
constexpr u32 max_rounds = 64;
constexpr i64 lowest_error = -4095, highest_error = -1;

using Alike = llvm::SmallVector<const llvm::Value*, 4>;

// What values of a function, all alike, are taken to be.
struct Assumed {
  Alike values;
  const llvm::Constant* constant = nullptr;
  bool escapes_follow = false; // who gets to know it and is not seen follows it
};

class Under {
public:
  Under(const llvm::Function& function, const Assumed& assumed, const Tables& tables,
        const NullEffects& known)
      : function_(function), assumed_(assumed), tables_(tables), known_(known),
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
    if (is_assumed(value)) return assumed_.constant;
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
      if (known->second[i].result && is_what_is_assumed(call.getArgOperand(i), depth))
        return known->second[i].result;
    return nullptr;
  }

  bool is_assumed(const llvm::Value* value) const {
    return llvm::is_contained(assumed_.values, value);
  }

  bool is_what_is_assumed(const llvm::Value* value, u32 depth) {
    return value->getType()->isPointerTy() && constant(value, depth + 1) == assumed_.constant;
  }

  // Whether the pointer is what is assumed, or that and a distance.
  bool is_behind(const llvm::Value* pointer, u32 depth = 0) {
    if (is_assumed(pointer)) return true;
    if (depth == max_depth) return assumed_.escapes_follow;
    if (assumed_.escapes_follow) {
      if (const auto* phi = llvm::dyn_cast<llvm::PHINode>(pointer)) return is_merged(*phi, depth);
      if (const auto* sum = llvm::dyn_cast<llvm::BinaryOperator>(pointer))
        return is_behind(sum->getOperand(0), depth + 1) || is_behind(sum->getOperand(1), depth + 1);
    }
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

  bool is_merged(const llvm::PHINode& phi, u32 depth) {
    for (u32 i = 0; i < phi.getNumIncomingValues(); ++i)
      if (edges_.contains({phi.getIncomingBlock(i), phi.getParent()}) &&
          is_behind(phi.getIncomingValue(i), depth + 1))
        return true;
    return false;
  }

  // Whether a pointer is stored, returned or made a part of something else: others may follow it.
  bool escapes(const llvm::Instruction& instruction) {
    u32 operands = 0;
    if (llvm::isa<llvm::StoreInst, llvm::ReturnInst>(instruction))
      operands = instruction.getNumOperands() != 0;
    else if (llvm::isa<llvm::AtomicRMWInst, llvm::AtomicCmpXchgInst, llvm::InsertValueInst,
                       llvm::InsertElementInst>(instruction))
      operands = instruction.getNumOperands();
    for (u32 i = 0; i < operands; ++i)
      if (const llvm::Value* value = instruction.getOperand(i);
          value->getType()->isPointerTy() && is_behind(value))
        return true;
    return false;
  }

  bool follows(const llvm::Instruction& instruction) {
    if (assumed_.escapes_follow && escapes(instruction)) return true;
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
    if (!callee) return assumed_.escapes_follow;
    if (const auto known = known_.find(callee); known != known_.end())
      return i < known->second.size() ? known->second[i].follows : assumed_.escapes_follow;
    if (assumed_.escapes_follow) return true;
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
  const Assumed& assumed_;
  const Tables& tables_;
  const NullEffects& known_;
  const llvm::DataLayout& layout_;
  llvm::DenseSet<const llvm::BasicBlock*> reached_;
  llvm::DenseSet<std::pair<const llvm::BasicBlock*, const llvm::BasicBlock*>> edges_;
};

Assumed is_null(const llvm::Value& value) {
  return {{&value}, llvm::Constant::getNullValue(value.getType()), false};
}

bool may_be_asked(const llvm::Argument& argument) {
  return argument.getType()->isPointerTy() && !argument.hasPassPointeeByValueCopyAttr() &&
         !argument.hasStructRetAttr();
}

// Whether what two pointers lead to is at one place, as far as their expressions say.
bool is_same_place(const llvm::Value* a, const llvm::Value* b, const llvm::DataLayout& layout,
                   u32 depth = 0) {
  const unsigned bits = layout.getIndexTypeSizeInBits(a->getType());
  llvm::APInt at(bits, 0), other(bits, 0);
  a = a->stripAndAccumulateConstantOffsets(layout, at, true);
  b = b->stripAndAccumulateConstantOffsets(layout, other, true);
  if (at != other) return false;
  const auto *load = llvm::dyn_cast<llvm::LoadInst>(a), *second = llvm::dyn_cast<llvm::LoadInst>(b);
  return a == b ||
         (load && second && depth < max_depth && load->getType() == second->getType() &&
          is_same_place(load->getPointerOperand(), second->getPointerOperand(), layout, depth + 1));
}

// What is read of one place is the same thing: whoever checks it and follows it reads it twice.
Alike read_like(const llvm::Function& function, const llvm::LoadInst& load) {
  Alike found;
  for (const llvm::Instruction& instruction : llvm::instructions(function))
    if (const auto* other = llvm::dyn_cast<llvm::LoadInst>(&instruction);
        other && other->getType() == load.getType() &&
        is_same_place(other->getPointerOperand(), load.getPointerOperand(),
                      function.getParent()->getDataLayout()))
      found.push_back(other);
  return found;
}

// The pointer that a number is made from.
const llvm::Value* pointer_of(const llvm::Value* value) {
  while (true) {
    const auto* call = llvm::dyn_cast<llvm::IntrinsicInst>(value);
    if (const auto* cast = llvm::dyn_cast<llvm::CastInst>(value))
      value = cast->getOperand(0);
    else if (call && call->getIntrinsicID() == llvm::Intrinsic::expect)
      value = call->getArgOperand(0);
    else
      return value;
  }
}

// Where what stands for an error begins.
bool is_bound_of_errors(const llvm::Value* value) {
  if (const auto* cast = llvm::dyn_cast<llvm::ConstantExpr>(value);
      cast && cast->getOpcode() == llvm::Instruction::IntToPtr)
    value = cast->getOperand(0);
  const auto* number = llvm::dyn_cast<llvm::ConstantInt>(value);
  return number && number->getBitWidth() == 64 &&
         (number->getSExtValue() == lowest_error || number->getSExtValue() == lowest_error - 1);
}

// Whether the instruction finds out whether something stands for an error of which is_one(VALUE) says it is asked.
template <class F>
bool checks_error(const llvm::Instruction& instruction, const NullEffects& known, F is_one) {
  if (const auto* compare = llvm::dyn_cast<llvm::ICmpInst>(&instruction))
    return compare->isUnsigned() &&
           ((is_one(compare->getOperand(0)) && is_bound_of_errors(compare->getOperand(1))) ||
            (is_one(compare->getOperand(1)) && is_bound_of_errors(compare->getOperand(0))));
  const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
  const llvm::Function* callee = call ? callee_of(*call) : nullptr;
  const auto effects = callee ? known.find(callee) : known.end();
  if (effects == known.end()) return false;
  for (u32 i = 0; i < call->arg_size() && i < effects->second.size(); ++i)
    if (effects->second[i].checks && is_one(call->getArgOperand(i))) return true;
  return false;
}

bool is_only_compared(const llvm::Value& value, u32 depth = 0) {
  return std::all_of(value.user_begin(), value.user_end(), [&](const llvm::User* user) {
    return llvm::isa<llvm::ICmpInst>(user) || (llvm::isa<llvm::PtrToIntInst>(user) && depth == 0 &&
                                               is_only_compared(*user, depth + 1));
  });
}

// Of what stands for an error, the lowest and the highest: between these, code makes no difference but by name.
NullEffect find_error_effect(const llvm::Function& function, const Alike& values,
                             const Tables& tables, const NullEffects& known) {
  NullEffect effect;
  const auto is_one = [&](const llvm::Value* value) {
    return llvm::is_contained(values, pointer_of(value));
  };
  for (const llvm::Instruction& instruction : llvm::instructions(function))
    effect.checks |= checks_error(instruction, known, is_one);
  if (!effect.checks) {
    effect.follows = !std::all_of(values.begin(), values.end(), [](const llvm::Value* value) {
      return is_only_compared(*value);
    });
    return effect;
  }
  llvm::LLVMContext& context = function.getContext();
  for (const i64 error : {lowest_error, highest_error}) {
    llvm::Constant* number = llvm::ConstantInt::getSigned(llvm::Type::getInt64Ty(context), error);
    const Assumed assumed{values,
                          llvm::ConstantExpr::getIntToPtr(number, values.front()->getType()), true};
    const NullEffect one = Under(function, assumed, tables, known).find();
    effect.follows |= one.follows;
    effect.result = error == lowest_error || effect.result == one.result ? one.result : nullptr;
  }
  return effect;
}

} // namespace

std::vector<NullEffect> find_null_effects(const llvm::Function& function, const Tables& tables,
                                          const NullEffects& known) {
  std::vector<NullEffect> effects(function.arg_size());
  for (const llvm::Argument& argument : function.args())
    if (may_be_asked(argument))
      effects[argument.getArgNo()] = Under(function, is_null(argument), tables, known).find();
  return effects;
}

bool follows_null(const llvm::Function& function, const llvm::Instruction& value,
                  const Tables& tables, const NullEffects& known) {
  return value.getType()->isPointerTy() &&
         Under(function, is_null(value), tables, known).find().follows;
}

std::vector<NullEffect> find_error_effects(const llvm::Function& function, const Tables& tables,
                                           const NullEffects& known) {
  std::vector<NullEffect> effects(function.arg_size());
  for (const llvm::Argument& argument : function.args())
    if (may_be_asked(argument))
      effects[argument.getArgNo()] = find_error_effect(function, {&argument}, tables, known);
  return effects;
}

bool checks_errors(const llvm::Function& function, const NullEffects& known) {
  const auto is_any = [](const llvm::Value*) { return true; };
  const auto all = llvm::instructions(function);
  return std::any_of(all.begin(), all.end(), [&](const llvm::Instruction& instruction) {
    return checks_error(instruction, known, is_any);
  });
}

ErrorUse use_of_error(const llvm::LoadInst& load, bool is_checked, const Tables& tables,
                      const NullEffects& known) {
  if (!is_checked) return is_only_compared(load) ? ErrorUse::borne : ErrorUse::followed;
  const llvm::Function& function = *load.getFunction();
  const NullEffect effect = find_error_effect(function, read_like(function, load), tables, known);
  return effect.follows ? ErrorUse::followed : effect.checks ? ErrorUse::checked : ErrorUse::borne;
}

} // namespace ks::pdg

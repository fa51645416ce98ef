// SPDX-License-Identifier: MIT
#include "ks-pdg/allocated.hpp"

#include "ks-pdg/tables.hpp"

#include <llvm/IR/Constants.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>

#include <algorithm>

namespace ks::pdg {

namespace {

constexpr u32 max_depth = 12; // steps from a value to what it is made of
constexpr u64 most_each = u64{1} << 20; // of a multiple; no element is larger

using Found = std::optional<Room>;

class Finder {
public:
  explicit Finder(const Program& program) : program_(program) {}

  Found of_pointer(const llvm::Value* value, u32 depth) const {
    if (depth > max_depth) return {};
    value = value->stripPointerCasts();
    if (const auto* phi = llvm::dyn_cast<llvm::PHINode>(value)) {
      Found found;
      for (const llvm::Value* one : phi->incoming_values()) {
        if (is_none(one)) continue;
        const Found next = of_pointer(one, depth + 1);
        found = found ? common(found, next) : next;
        if (!found) return {};
      }
      return found;
    }
    if (const auto* select = llvm::dyn_cast<llvm::SelectInst>(value)) {
      const llvm::Value* yes = select->getTrueValue();
      const llvm::Value* no = select->getFalseValue();
      if (is_none(yes)) return of_pointer(no, depth + 1);
      if (is_none(no)) return of_pointer(yes, depth + 1);
      return common(of_pointer(yes, depth + 1), of_pointer(no, depth + 1));
    }
    const auto* call = llvm::dyn_cast<llvm::CallBase>(value);
    return call ? of_call(*call, depth + 1) : Found{};
  }

private:
  // No memory, or an error that a pointer tells.
  static bool is_none(const llvm::Value* value) {
    value = value->stripPointerCasts();
    if (llvm::isa<llvm::ConstantPointerNull>(value)) return true;
    const auto* constant = llvm::dyn_cast<llvm::ConstantExpr>(value);
    return constant && constant->getOpcode() == llvm::Instruction::IntToPtr;
  }

  static Found common(const Found& a, const Found& b) {
    if (!a || !b || a->argument != b->argument || a->each != b->each) return {};
    return Room{std::min(a->bytes, b->bytes), a->argument, a->each};
  }

  Found of_call(const llvm::CallBase& call, u32 depth) const {
    const llvm::Function* callee = call.getCalledFunction();
    if (!callee) return {};
    const Allocator* allocator = program_.tables.find_allocator(known_name(*callee));
    if (allocator && allocator->action == AllocatorAction::allocate) {
      return allocator->argument < call.arg_size()
                 ? of_number(call.getArgOperand(allocator->argument), depth + 1)
                 : Found{};
    }
    if (callee->isDeclaration() || callee->isInterposable()) return {};
    Found found;
    for (const llvm::BasicBlock& block : *callee) {
      const auto* exit = llvm::dyn_cast<llvm::ReturnInst>(block.getTerminator());
      if (!exit || !exit->getReturnValue() || is_none(exit->getReturnValue())) continue;
      const Found next = of_pointer(exit->getReturnValue(), depth + 1);
      found = found ? common(found, next) : next;
      if (!found) return {};
    }
    if (!found || found->argument == no_row) return found;
    return found->argument < call.arg_size()
               ? sum(Room{found->bytes},
                     times(of_number(call.getArgOperand(found->argument), depth + 1), found->each))
               : Found{};
  }

  static Found sum(const Found& a, const Found& b) {
    if (!a || !b || (a->argument != no_row && b->argument != no_row)) return {};
    if (a->bytes + b->bytes < a->bytes) return {};
    const Room& more = a->argument != no_row ? *a : *b;
    return Room{a->bytes + b->bytes, more.argument, more.each};
  }

  static Found times(const Found& a, u64 factor) {
    if (!a || factor == 0 || factor > most_each || a->bytes > most_each) return {};
    if (a->each > most_each / factor) return {};
    return Room{a->bytes * factor, a->argument, a->each * factor};
  }

  // In a type of 32 bits, too: what overflows there is more than any object has.
  Found product(const llvm::Value* value, const llvm::Value* factor, bool is_shift,
                u32 depth) const {
    const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(factor);
    if (!constant || constant->getBitWidth() > 64 || value->getType()->getIntegerBitWidth() < 32)
      return {};
    const u64 number = constant->getZExtValue();
    if (is_shift && number >= 32) return {};
    return times(of_number(value, depth + 1), is_shift ? u64{1} << number : number);
  }

  Found of_number(const llvm::Value* value, u32 depth) const {
    if (depth > max_depth) return {};
    if (const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(value))
      return constant->getBitWidth() <= 64 && constant->getSExtValue() >= 0
                 ? Found{Room{constant->getZExtValue()}}
                 : Found{};
    if (const auto* argument = llvm::dyn_cast<llvm::Argument>(value))
      return Room{0, argument->getArgNo(), 1};
    if (llvm::isa<llvm::ZExtInst>(value))
      return of_number(llvm::cast<llvm::CastInst>(value)->getOperand(0), depth + 1);
    // A positive int: one that is not, no allocator takes.
    if (llvm::isa<llvm::SExtInst>(value))
      return of_number(llvm::cast<llvm::CastInst>(value)->getOperand(0), depth + 1);
    if (const auto* add = llvm::dyn_cast<llvm::BinaryOperator>(value);
        add && add->getOpcode() == llvm::Instruction::Add)
      return sum(of_number(add->getOperand(0), depth + 1),
                 of_number(add->getOperand(1), depth + 1));
    // What has no bit in common is added, too.
    if (const auto* either = llvm::dyn_cast<llvm::PossiblyDisjointInst>(value);
        either && either->isDisjoint())
      return sum(of_number(either->getOperand(0), depth + 1),
                 of_number(either->getOperand(1), depth + 1));
    if (const auto* many = llvm::dyn_cast<llvm::BinaryOperator>(value);
        many && (many->getOpcode() == llvm::Instruction::Mul ||
                 many->getOpcode() == llvm::Instruction::Shl))
      return product(many->getOperand(0), many->getOperand(1),
                     many->getOpcode() == llvm::Instruction::Shl, depth);
    // size_add(): the sum, or what no allocator gives.
    if (const auto* select = llvm::dyn_cast<llvm::SelectInst>(value)) {
      if (is_all_ones(select->getTrueValue())) return of_number(select->getFalseValue(), depth + 1);
      if (is_all_ones(select->getFalseValue())) return of_number(select->getTrueValue(), depth + 1);
      return {};
    }
    if (const auto* part = llvm::dyn_cast<llvm::ExtractValueInst>(value)) {
      const auto* checked = llvm::dyn_cast<llvm::WithOverflowInst>(part->getAggregateOperand());
      if (!checked || part->getIndices()[0] != 0) return {};
      if (checked->getBinaryOp() == llvm::Instruction::Mul)
        return product(checked->getLHS(), checked->getRHS(), false, depth);
      return checked->getBinaryOp() == llvm::Instruction::Add
                 ? sum(of_number(checked->getLHS(), depth + 1),
                       of_number(checked->getRHS(), depth + 1))
                 : Found{};
    }
    // The same, folded: no allocator gives anything near the limit.
    if (const auto* least = llvm::dyn_cast<llvm::MinMaxIntrinsic>(value))
      return least->getIntrinsicID() == llvm::Intrinsic::umin && is_huge(least->getRHS())
                 ? of_number(least->getLHS(), depth + 1)
                 : Found{};
    if (const auto* sated = llvm::dyn_cast<llvm::SaturatingInst>(value))
      return sated->getBinaryOp() == llvm::Instruction::Add
                 ? sum(of_number(sated->getLHS(), depth + 1), of_number(sated->getRHS(), depth + 1))
                 : Found{};
    return {};
  }

  static bool is_huge(const llvm::Value* value) {
    const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(value);
    return constant && constant->isNegative();
  }

  static bool is_all_ones(const llvm::Value* value) {
    const auto* constant = llvm::dyn_cast<llvm::ConstantInt>(value);
    return constant && constant->isMinusOne();
  }

  const Program& program_;
};

} // namespace

std::optional<Room> room_of(const Program& program, const llvm::Value* pointer) {
  return Finder(program).of_pointer(pointer, 0);
}

} // namespace ks::pdg

// SPDX-License-Identifier: MIT
#include "ks-pdg/variable.hpp"

#include <llvm/IR/CFG.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/IntrinsicInst.h>
#include <llvm/IR/Module.h>
#include <llvm/IR/Operator.h>

#include <algorithm>

namespace ks::pdg {
namespace {

// Of a list of x86-64, in bytes (System V ABI, 3.5.7).
constexpr i64 offset_member = 0;
constexpr i64 overflow_member = 8;
constexpr i64 saved_member = 16;
constexpr i64 slot_size = 8;

// A list, by what it lies in: a local variable, or what a parameter points to.
using List = const llvm::Value*;

struct Spot {
  List list = nullptr;
  i64 offset = 0;
};

Positions all_from(Positions positions) {
  Positions all = 0;
  for (u32 i = 0; i <= max_variable; ++i) {
    all |= positions & (Positions{1} << i) ? ~Positions{0} << i : 0;
  }
  return all & (later_positions | (later_positions - 1));
}

Positions moved(Positions positions, u32 count) {
  for (u32 i = 0; i < count; ++i) {
    positions = positions << 1 | (positions & later_positions);
    positions &= later_positions | (later_positions - 1);
  }
  return positions;
}

class Finder {
public:
  Finder(const llvm::Function& function, u32 named, const std::vector<u32>& numbers,
         const VariableOfFunctions& known)
      : function_(function), layout_(function.getParent()->getDataLayout()), named_(named),
        numbers_(numbers), known_(known) {}

  VariableArguments find(std::optional<u32> list) {
    found_.list = list;
    found_.named = named_;
    if (list) lists_.insert(function_.getArg(*list));
    for (const llvm::BasicBlock& block : function_)
      for (const llvm::Instruction& instruction : block) add_list(instruction);
    if (lists_.empty()) return std::move(found_);
    found_.followed = true;
    for (const llvm::BasicBlock& block : function_)
      for (const llvm::PHINode& phi : block.phis()) add_take(phi);
    for (const llvm::BasicBlock& block : function_)
      for (const llvm::Instruction& instruction : block) check(instruction);
    if (!found_.followed) {
      found_.loads.clear();
      found_.moves.clear();
      return std::move(found_);
    }
    count();
    found_.taken.known = true;
    for (const llvm::BasicBlock& block : function_) take(block);
    find_deciding();
    return std::move(found_);
  }

private:
  struct Take {
    List list = nullptr;
    const llvm::Value* choice = nullptr; // the condition that tells where it lies
  };

  void add_list(const llvm::Instruction& instruction) {
    const auto* call = llvm::dyn_cast<llvm::IntrinsicInst>(&instruction);
    const bool starts = call && call->getIntrinsicID() == llvm::Intrinsic::vastart;
    if (!starts && !(call && call->getIntrinsicID() == llvm::Intrinsic::vacopy)) return;
    found_.begins |= starts;
    if (const auto* place = llvm::dyn_cast<llvm::AllocaInst>(base(call->getArgOperand(0)).list))
      lists_.insert(place);
  }

  Spot base(const llvm::Value* value) const {
    llvm::APInt offset(64, 0);
    const llvm::Value* at = value->stripAndAccumulateConstantOffsets(layout_, offset, true);
    return {at, offset.getSExtValue()};
  }

  // The list of which a member is loaded, or null.
  List member_of(const llvm::Value* value, i64 member) const {
    const auto* load = llvm::dyn_cast<llvm::LoadInst>(value);
    if (!load) return nullptr;
    const Spot spot = base(load->getPointerOperand());
    return spot.offset == member && lists_.contains(spot.list) ? spot.list : nullptr;
  }

  // A va_arg: where the next argument lies, in saved registers or in memory.
  void add_take(const llvm::PHINode& phi) {
    if (phi.getNumIncomingValues() != 2 || !phi.getType()->isPointerTy()) return;
    const llvm::Value* saved = phi.getIncomingValue(0);
    const llvm::Value* overflow = phi.getIncomingValue(1);
    const llvm::BasicBlock* in_registers = phi.getIncomingBlock(0);
    const llvm::BasicBlock* in_memory = phi.getIncomingBlock(1);
    List list = member_of(overflow, overflow_member);
    if (!list) {
      std::swap(saved, overflow);
      std::swap(in_registers, in_memory);
      list = member_of(overflow, overflow_member);
    }
    const auto* step = llvm::dyn_cast<llvm::GetElementPtrInst>(saved);
    const llvm::BasicBlock* chooser = in_registers->getSinglePredecessor();
    const auto* branch =
        chooser ? llvm::dyn_cast<llvm::BranchInst>(chooser->getTerminator()) : nullptr;
    if (!list || !step || step->getNumIndices() != 1 || !branch || !branch->isConditional() ||
        in_memory->getSinglePredecessor() != chooser ||
        member_of(step->getPointerOperand(), saved_member) != list)
      return;
    const llvm::Value* offset = step->idx_begin()->get();
    if (const auto* wider = llvm::dyn_cast<llvm::CastInst>(offset)) offset = wider->getOperand(0);
    const auto* choice = llvm::dyn_cast<llvm::ICmpInst>(branch->getCondition());
    const auto* first = llvm::dyn_cast<llvm::Instruction>(offset);
    const auto* second = llvm::cast<llvm::Instruction>(overflow);
    const llvm::Instruction* next = move_in(*in_registers, list, offset_member, offset);
    const llvm::Instruction* further = move_in(*in_memory, list, overflow_member, overflow);
    if (!first || member_of(offset, offset_member) != list || !choice ||
        choice->getOperand(0) != offset || !next || !further)
      return;
    takes_[&phi] = {list, choice};
    choices_.insert(choice);
    const auto* third = llvm::cast<llvm::Instruction>(step->getPointerOperand());
    for (const llvm::Instruction* move : {first, second, third, next, further})
      found_.moves.insert(move);
  }

  // The store in the block that moves the member on by one slot from `old`.
  const llvm::Instruction* move_in(const llvm::BasicBlock& block, List list, i64 member,
                                   const llvm::Value* old) const {
    for (const llvm::Instruction& instruction : block) {
      const auto* store = llvm::dyn_cast<llvm::StoreInst>(&instruction);
      if (!store) continue;
      const Spot spot = base(store->getPointerOperand());
      if (spot.list != list || spot.offset != member) continue;
      const llvm::Value* value = store->getValueOperand();
      if (const auto* sum = llvm::dyn_cast<llvm::BinaryOperator>(value)) {
        const auto* more = llvm::dyn_cast<llvm::ConstantInt>(sum->getOperand(1));
        const bool is_next = sum->getOpcode() == llvm::Instruction::Add &&
                             sum->getOperand(0) == old && more && more->equalsInt(slot_size);
        return is_next ? store : nullptr;
      }
      const Spot next = base(value);
      return next.list == old && next.offset == slot_size ? store : nullptr;
    }
    return nullptr;
  }

  static bool is_scalar(const llvm::Type* type) {
    return type->isPointerTy() || type->isIntegerTy(32) || type->isIntegerTy(64);
  }

  // Whatever else is done with a list, or with the place of an argument, is not followed.
  void check(const llvm::Instruction& instruction) {
    if (const auto* phi = llvm::dyn_cast<llvm::PHINode>(&instruction);
        phi && takes_.contains(phi)) {
      for (const llvm::User* user : phi->users()) {
        const auto* load = llvm::dyn_cast<llvm::LoadInst>(user);
        found_.followed &= load && is_scalar(load->getType());
      }
      return;
    }
    if (found_.moves.contains(&instruction)) return;
    for (u32 i = 0; i < instruction.getNumOperands(); ++i) {
      const llvm::Value* operand = instruction.getOperand(i);
      if (!operand->getType()->isPointerTy()) continue;
      const Spot spot = base(operand);
      if (lists_.contains(spot.list)) found_.followed &= is_followed(instruction, i, spot);
    }
  }

  bool is_followed(const llvm::Instruction& instruction, u32 operand, Spot spot) {
    if (const auto* step = llvm::dyn_cast<llvm::GetElementPtrInst>(&instruction))
      return step->hasAllConstantIndices();
    if (const auto* intrinsic = llvm::dyn_cast<llvm::IntrinsicInst>(&instruction)) {
      switch (intrinsic->getIntrinsicID()) {
      case llvm::Intrinsic::vastart:
      case llvm::Intrinsic::vaend:
      case llvm::Intrinsic::vacopy:
        return spot.offset == 0 && std::ranges::all_of(intrinsic->args(), [&](const auto& list) {
                 return lists_.contains(base(list).list);
               });
      default: return intrinsic->isLifetimeStartOrEnd() || intrinsic->isAssumeLikeIntrinsic();
      }
    }
    const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
    if (!call || spot.offset != 0 || operand >= call->arg_size()) return false;
    found_.handed[call] = 0;
    return true;
  }

  using State = llvm::DenseMap<List, Positions>;

  // How many arguments each list may have given when a block begins.
  void count() {
    State first;
    if (found_.list) first[function_.getArg(*found_.list)] = 1;
    at_[&function_.getEntryBlock()] = first;
    for (bool grew = true; grew;) {
      grew = false;
      for (const llvm::BasicBlock& block : function_) {
        State state = at_[&block];
        run(block, state, false);
        for (const llvm::BasicBlock* next : llvm::successors(&block))
          for (const llvm::Value* list : lists_) {
            Positions& known = at_[next][list];
            const Positions both = known | state.lookup(list);
            grew |= both != known;
            known = both;
          }
      }
    }
  }

  void take(const llvm::BasicBlock& block) {
    State state = at_[&block];
    run(block, state, true);
  }

  void run(const llvm::BasicBlock& block, State& state, bool last) {
    for (const llvm::Instruction& instruction : block) {
      const auto* phi = llvm::dyn_cast<llvm::PHINode>(&instruction);
      const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
      const auto* intrinsic = llvm::dyn_cast<llvm::IntrinsicInst>(&instruction);
      if (const auto at = phi ? takes_.find(phi) : takes_.end(); at != takes_.end()) {
        if (last) add_loads(*phi, state[at->second.list]);
        state[at->second.list] = moved(state[at->second.list], 1);
      } else if (intrinsic && intrinsic->getIntrinsicID() == llvm::Intrinsic::vastart) {
        state[base(intrinsic->getArgOperand(0)).list] = 1;
      } else if (intrinsic && intrinsic->getIntrinsicID() == llvm::Intrinsic::vacopy) {
        const Spot from = base(intrinsic->getArgOperand(1));
        const Positions copied = state[from.list];
        state[base(intrinsic->getArgOperand(0)).list] = copied;
      } else if (call && found_.handed.contains(call)) {
        for (const llvm::Value* argument : call->args()) {
          const List list = argument->getType()->isPointerTy() ? base(argument).list : nullptr;
          if (!list || !lists_.contains(list)) continue;
          if (last) hand_on(*call, argument, state[list]);
          state[list] = all_from(state[list]);
        }
      }
    }
  }

  void add_kind(u32 position, u32 kind) {
    if (found_.taken.kinds.size() <= position) found_.taken.kinds.resize(position + 1);
    found_.taken.kinds[position] |= kind;
  }

  void add_loads(const llvm::PHINode& phi, Positions positions) {
    u32 kinds = 0;
    for (const llvm::User* user : phi.users()) {
      const auto* load = llvm::cast<llvm::LoadInst>(user);
      found_.loads[load] = positions;
      kinds |= load->getType()->isPointerTy()     ? taken_pointer
               : load->getType()->isIntegerTy(64) ? taken_long
                                                  : taken_int;
    }
    for (u32 i = 0; i <= max_variable; ++i)
      if (positions & (Positions{1} << i)) add_kind(i, kinds);
  }

  // What the callee takes counts from where the list is; which of several lists it gets is not told apart.
  void hand_on(const llvm::CallBase& call, const llvm::Value* argument, Positions positions) {
    found_.handed[&call] |= positions;
    const auto* callee = llvm::dyn_cast<llvm::Function>(call.getCalledOperand());
    const auto known = callee ? known_.find(callee) : known_.end();
    if (known == known_.end() || !known->second.list || !known->second.taken.known ||
        *known->second.list >= call.arg_size() ||
        call.getArgOperand(*known->second.list) != argument) {
      found_.taken.known = false;
      return;
    }
    const Taken& taken = known->second.taken;
    for (u32 i = 0; i <= max_variable; ++i) {
      if (!(positions & (Positions{1} << i))) continue;
      for (u32 k = 0; k < taken.kinds.size(); ++k)
        add_kind(std::min(i + k, max_variable), taken.kinds[k]);
    }
    handed_takes_.insert(call.getParent());
    for (const u32 argument_number : taken.deciding)
      decide_by(call, *callee, argument_number, positions);
  }

  void decide_by(const llvm::CallBase& call, const llvm::Function& callee, u32 number,
                 Positions positions) {
    const VariableArguments& of_callee = known_.find(&callee)->second;
    if (number >= of_callee.named && number != no_row) {
      for (u32 i = 0; i < max_variable; ++i)
        if (positions & (Positions{1} << i))
          decide(named_ + std::min(i + number - of_callee.named, max_variable));
    } else if (number < call.arg_size() && callee.arg_size() == of_callee.named) {
      find_deciding_of(call.getArgOperand(number));
    } else {
      decide(no_row);
    }
  }

  void decide(u32 argument) { found_.taken.deciding.push_back(argument); }

  // What has a say in how many arguments are taken, and as what: the conditions on the way to any of them.
  void find_deciding() {
    llvm::DenseSet<const llvm::BasicBlock*> before;
    std::vector<const llvm::BasicBlock*> work;
    for (const auto& [phi, take] : takes_) work.push_back(phi->getParent());
    work.insert(work.end(), handed_takes_.begin(), handed_takes_.end());
    while (!work.empty()) {
      const llvm::BasicBlock* block = work.back();
      work.pop_back();
      if (!before.insert(block).second) continue;
      work.insert(work.end(), llvm::pred_begin(block), llvm::pred_end(block));
    }
    for (const llvm::BasicBlock& block : function_)
      if (before.contains(&block)) find_deciding_at(*block.getTerminator(), before);
    std::ranges::sort(found_.taken.deciding);
    const auto rest = std::ranges::unique(found_.taken.deciding);
    found_.taken.deciding.erase(rest.begin(), rest.end());
  }

  void find_deciding_at(const llvm::Instruction& end,
                        const llvm::DenseSet<const llvm::BasicBlock*>& before) {
    const auto* branch = llvm::dyn_cast<llvm::BranchInst>(&end);
    if (end.getNumSuccessors() < 2) return;
    if (const auto* choice = llvm::dyn_cast<llvm::SwitchInst>(&end))
      return find_deciding_of(choice->getCondition());
    if (!branch) return decide(no_row);
    const auto* compare = llvm::dyn_cast<llvm::ICmpInst>(branch->getCondition());
    if (compare && compare->isEquality() &&
        llvm::isa<llvm::ConstantPointerNull>(compare->getOperand(1))) {
      // A pointer that is NULL ends it.
      const bool equal = compare->getPredicate() == llvm::CmpInst::ICMP_EQ;
      if (!before.contains(branch->getSuccessor(equal ? 0 : 1))) {
        const auto* load = llvm::dyn_cast<llvm::LoadInst>(compare->getOperand(0));
        if (load && found_.loads.contains(load)) return end_at(found_.loads.lookup(load));
        if (llvm::isa<llvm::Argument>(compare->getOperand(0))) return;
      }
    }
    find_deciding_of(branch->getCondition());
  }

  void end_at(Positions positions) { found_.taken.ends |= positions; }

  void find_deciding_of(const llvm::Value* value) {
    std::vector<const llvm::Value*> work{value};
    while (!work.empty()) {
      const llvm::Value* at = work.back();
      work.pop_back();
      if (llvm::isa<llvm::Constant>(at) || choices_.contains(at) || !seen_.insert(at).second)
        continue;
      const auto* instruction = llvm::dyn_cast<llvm::Instruction>(at);
      if (const auto* argument = llvm::dyn_cast<llvm::Argument>(at)) {
        decide(argument->getArgNo() < numbers_.size() ? numbers_[argument->getArgNo()] : no_row);
      } else if (const auto load = found_.loads.find(instruction); load != found_.loads.end()) {
        for (u32 i = 0; i <= max_variable; ++i)
          if (load->second & (Positions{1} << i)) decide(named_ + i);
      } else if (instruction &&
                 (instruction->isBinaryOp() || instruction->isCast() ||
                  llvm::isa<llvm::CmpInst>(instruction) || llvm::isa<llvm::PHINode>(instruction) ||
                  llvm::isa<llvm::SelectInst>(instruction) ||
                  llvm::isa<llvm::FreezeInst>(instruction))) {
        work.insert(work.end(), instruction->op_begin(), instruction->op_end());
      } else if (const auto* intrinsic = llvm::dyn_cast_or_null<llvm::IntrinsicInst>(instruction);
                 intrinsic && intrinsic->getIntrinsicID() == llvm::Intrinsic::expect) {
        work.push_back(intrinsic->getArgOperand(0));
      } else {
        decide(no_row);
      }
    }
  }

  const llvm::Function& function_;
  const llvm::DataLayout& layout_;
  u32 named_;
  const std::vector<u32>& numbers_;
  const VariableOfFunctions& known_;
  VariableArguments found_;
  llvm::DenseSet<const llvm::Value*> lists_;
  llvm::DenseMap<const llvm::PHINode*, Take> takes_;
  llvm::DenseSet<const llvm::Value*> choices_;
  llvm::DenseSet<const llvm::Value*> seen_;
  llvm::DenseSet<const llvm::BasicBlock*> handed_takes_;
  llvm::DenseMap<const llvm::BasicBlock*, State> at_;
};

} // namespace

VariableArguments find_variable_arguments(const llvm::Function& function, std::optional<u32> list,
                                          u32 named, const std::vector<u32>& numbers,
                                          const VariableOfFunctions& known) {
  return Finder(function, named, numbers, known).find(list);
}

} // namespace ks::pdg

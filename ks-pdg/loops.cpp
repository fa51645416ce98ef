// SPDX-License-Identifier: MIT
// A loop walks an array by an index or a pointer that steps by one, and ends by comparing something
// that steps by one with how many there are. What both count is their steps, so that they need not
// be the same variable. Known are exits at the top and at the bottom of a loop; what a loop that
// ends in another way walks is not known. An index that no loop counts is less than what it has been
// compared with on every way there, or is what a number of the caller's says; so is one that is 0 at first
// and grows by one here and there, if each time it is found not to have come to that.
#include "ks-pdg/loops.hpp"

#include "ks-pdg/linear.hpp"

#include <llvm/IR/Constants.h>
#include <llvm/IR/Operator.h>
#include <llvm/IR/PatternMatch.h>

namespace ks::pdg {
namespace {

using Predicate = llvm::CmpInst::Predicate;

bool is_constant(const llvm::Value* value, i64 wanted) {
  const auto* number = llvm::dyn_cast<llvm::ConstantInt>(value);
  return number && number->getBitWidth() <= 64 && number->getSExtValue() == wanted;
}

// What a number is a quotient by, if that is a constant; it is then the dividend.
u64 divisor_of(const llvm::Value*& value) {
  using namespace llvm::PatternMatch;
  const llvm::Value *dividend = nullptr, *constant = nullptr;
  const bool divides = match(value, m_UDiv(m_Value(dividend), m_Value(constant))) ||
                       match(value, m_SDiv(m_Value(dividend), m_Value(constant)));
  const bool shifts = !divides && (match(value, m_LShr(m_Value(dividend), m_Value(constant))) ||
                                   match(value, m_AShr(m_Value(dividend), m_Value(constant))));
  const auto* by = llvm::dyn_cast_or_null<llvm::ConstantInt>(constant);
  if (!by || (!divides && !shifts) || by->getBitWidth() > 64 || by->getSExtValue() <= 0 ||
      by->getSExtValue() >= (shifts ? 31 : i64{1} << 31)) {
    return 1;
  }
  value = strip_casts(dividend);
  return shifts ? u64{1} << by->getZExtValue() : by->getZExtValue();
}

std::optional<LoopBound> bound(const llvm::Value* value, i64 more) {
  value = greatest_of_least(strip_casts(value));
  if (const auto* number = llvm::dyn_cast<llvm::ConstantInt>(value)) {
    const i64 count = number->getBitWidth() <= 64 ? number->getSExtValue() + more : 0;
    return count > 0 ? std::optional(LoopBound{nullptr, static_cast<u64>(count)}) : std::nullopt;
  }
  // One less than that many is no more than that many.
  const Linear sum = linear(value);
  if (sum.unit != 1) {
    return more == 0 ? std::optional(LoopBound{value}) : std::nullopt;
  }
  const llvm::Value* least = greatest_of_least(sum.value);
  const u64 divisor = divisor_of(least);
  LoopBound found{greatest_of_least(least), 0, divisor, std::max<i64>(sum.more + more, 0)};
  const llvm::Value *a = nullptr, *b = nullptr;
  if (divisor == 1 && llvm::PatternMatch::match(found.value, llvm::PatternMatch::m_AddLike(
                                                                 llvm::PatternMatch::m_Value(a),
                                                                 llvm::PatternMatch::m_Value(b)))) {
    // So many behind as many.
    found.value = strip_casts(a);
    found.start = strip_casts(b);
    return llvm::isa<llvm::Argument>(found.value) && llvm::isa<llvm::Argument>(found.start)
               ? std::optional(found)
               : std::nullopt;
  }
  if (divisor != 1) {
    // What is added before is not lost where it makes a whole one.
    const Linear dividend = linear(least);
    if (dividend.unit == 1 && dividend.more > 0) {
      found.value = greatest_of_least(dividend.value);
      found.ahead = dividend.more;
    }
  }
  return found;
}

} // namespace

const llvm::LoopInfo& Loops::loops() {
  if (!loops_) {
    dominators_ = std::make_unique<llvm::DominatorTree>(const_cast<llvm::Function&>(function_));
    loops_ = std::make_unique<llvm::LoopInfo>(*dominators_);
  }
  return *loops_;
}

// By a counter, or by a counter and what the loop does not change.
Loops::Walk Loops::indexed(const llvm::Value* index, const llvm::Value* base) {
  using namespace llvm::PatternMatch;
  const llvm::Value *a = nullptr, *b = nullptr;
  if (match(index, m_AddLike(m_Value(a), m_Value(b)))) {
    for (const auto& [counter, start] : {std::pair(a, b), std::pair(b, a)}) {
      const auto* phi = llvm::dyn_cast<llvm::PHINode>(strip_casts(counter));
      const llvm::Loop* loop = phi ? loops().getLoopFor(phi->getParent()) : nullptr;
      const auto* number = llvm::dyn_cast<llvm::ConstantInt>(strip_casts(start));
      if (number && number->isNegative()) {
        break;
      }
      if (loop && induction(*phi) && !varies_in(*loop, start)) {
        return {phi, base, strip_casts(start)};
      }
    }
  }
  Walk walk{llvm::dyn_cast<llvm::PHINode>(index), base, nullptr};
  if (walk.phi) {
    return walk;
  }
  walk.divisor = divisor_of(index);
  const Linear sum = walk.divisor == 1 ? linear(index) : Linear{index};
  walk.phi = llvm::dyn_cast<llvm::PHINode>(sum.value);
  walk.unit = static_cast<i64>(sum.unit);
  walk.more = sum.more;
  return walk;
}

// What is loaded in each round is the same unless the loop writes it, which is not asked: of what holds
// a count, it does not.
bool Loops::varies_in(const llvm::Loop& loop, const llvm::Value* value) {
  value = strip_casts(value);
  const auto* load = llvm::dyn_cast<llvm::LoadInst>(value);
  const llvm::Value* from =
      load ? load->getPointerOperand()->stripInBoundsConstantOffsets() : value;
  return llvm::isa<llvm::PHINode>(from) ? loop.contains(llvm::cast<llvm::PHINode>(from))
                                        : !load && !loop.isLoopInvariant(value);
}

Loops::Walk Loops::walk_of(const llvm::Value* pointer) {
  while (true) {
    if (const auto* phi = llvm::dyn_cast<llvm::PHINode>(pointer)) {
      return {phi, nullptr};
    }
    const auto* gep = llvm::dyn_cast<llvm::GEPOperator>(pointer);
    if (!gep) {
      return {};
    }
    const llvm::Value* variable = nullptr;
    for (const llvm::Use& index : gep->indices()) {
      if (!llvm::isa<llvm::ConstantInt>(index)) {
        if (variable) {
          return {};
        }
        variable = index;
      }
    }
    if (variable) {
      return indexed(strip_casts(variable), gep->getPointerOperand());
    }
    pointer = gep->getPointerOperand();
  }
}

std::optional<Loops::Induction> Loops::induction(const llvm::PHINode& phi) {
  const llvm::Loop* loop = loops().getLoopFor(phi.getParent());
  if (!loop || loop->getHeader() != phi.getParent() || phi.getNumIncomingValues() != 2) {
    return std::nullopt;
  }
  const unsigned inner = loop->contains(phi.getIncomingBlock(0)) ? 0 : 1;
  if (loop->contains(phi.getIncomingBlock(1 - inner))) {
    return std::nullopt;
  }
  Induction result{phi.getIncomingValue(1 - inner), phi.getIncomingValue(inner), 0};
  const llvm::ConstantInt* step = nullptr;
  if (const auto* add = llvm::dyn_cast<llvm::BinaryOperator>(result.next)) {
    const bool is_sum = add->getOpcode() == llvm::Instruction::Add;
    if (add->getOperand(0) == &phi && (is_sum || add->getOpcode() == llvm::Instruction::Sub)) {
      step = llvm::dyn_cast<llvm::ConstantInt>(add->getOperand(1));
      result.by = step ? (is_sum ? step->getSExtValue() : -step->getSExtValue()) : 0;
    }
  } else if (const auto* gep = llvm::dyn_cast<llvm::GEPOperator>(result.next)) {
    if (gep->getPointerOperand() == &phi && gep->getNumIndices() == 1) {
      step = llvm::dyn_cast<llvm::ConstantInt>(gep->getOperand(1));
      // In bytes, it is one element if the pointer is only ever moved by this.
      result.by = step ? (step->getSExtValue() > 0 ? 1 : -1) : 0;
    }
  }
  return result.by == 1 || result.by == -1 ? std::optional(result) : std::nullopt;
}

std::optional<LoopBound> Loops::bound_of(const llvm::Value* pointer,
                                         const llvm::Instruction& user) {
  bool by_constant = false;
  const std::optional<LoopBound> walked = walked_to(pointer);
  const std::optional<LoopBound> found = walked ? walked : checked(pointer, user, by_constant);
  if (found || by_constant) {
    return found;
  }
  const std::optional<LoopBound> filled = filled_to(pointer);
  return filled ? filled : picked(pointer);
}

// What the value differs from wherever the use of it is reached; null if nothing is seen to say so.
const llvm::Value* Loops::unequal_at(const llvm::Value* value, const llvm::Use& use) {
  for (const llvm::User* user : value->users()) {
    const auto* compare = llvm::dyn_cast<llvm::ICmpInst>(user);
    if (!compare || !compare->isEquality()) {
      continue;
    }
    for (const llvm::User* decided : compare->users()) {
      const auto* branch = llvm::dyn_cast<llvm::BranchInst>(decided);
      if (!branch || !branch->isConditional()) {
        continue;
      }
      const unsigned differs = compare->getPredicate() == Predicate::ICMP_EQ ? 1 : 0;
      const llvm::BasicBlockEdge edge(branch->getParent(), branch->getSuccessor(differs));
      if (dominators_->dominates(edge, use)) {
        return compare->getOperand(compare->getOperand(0) == value ? 1 : 0);
      }
    }
  }
  return nullptr;
}

// By a number that is 0 at first, grows by one on some ways round a loop, and is compared with the same limit each time
// that it has grown: it is less than that.
std::optional<LoopBound> Loops::filled_to(const llvm::Value* pointer) {
  using namespace llvm::PatternMatch;
  const llvm::Value* index = variable_index(pointer);
  const auto* first = index ? llvm::dyn_cast<llvm::PHINode>(strip_casts(index)) : nullptr;
  if (!first) {
    return std::nullopt;
  }
  loops();
  llvm::SmallVector<const llvm::PHINode*, 8> phis{first};
  const llvm::Value* limit = nullptr;
  for (std::size_t i = 0; i < phis.size(); ++i) {
    for (const llvm::Use& incoming : phis[i]->incoming_values()) {
      const llvm::Value* counter = incoming.get();
      if (is_constant(counter, 0)) {
        continue;
      }
      if (match(counter, m_Add(m_Value(counter), m_One()))) {
        const llvm::Value* other = unequal_at(incoming.get(), incoming);
        if (!other || (limit && other != limit)) {
          return std::nullopt;
        }
        limit = other;
      }
      const auto* phi = llvm::dyn_cast<llvm::PHINode>(counter);
      if (!phi) {
        return std::nullopt;
      }
      if (!llvm::is_contained(phis, phi)) {
        phis.push_back(phi);
      }
    }
  }
  const auto* made = llvm::dyn_cast_or_null<llvm::Instruction>(limit);
  const bool is_same = limit && (!made || llvm::all_of(phis, [&](const llvm::PHINode* phi) {
                         return dominators_->properlyDominates(made->getParent(), phi->getParent());
                       }));
  return is_same && !llvm::isa<llvm::Constant>(limit) ? bound(limit, 0) : std::nullopt;
}

// As many elements as have an index that the counter's is in.
std::optional<LoopBound> Loops::of_counter(LoopBound counted, const Walk& walk) {
  if (counted.constant == up_to_zeroes || (walk.unit == 1 && walk.more == 0 && walk.divisor == 1)) {
    return counted;
  }
  if (counted.start) {
    return std::nullopt;
  }
  const i64 last =
      walk.more + 1 - walk.unit; // of what there is more than `unit` times the counter's rounds
  if (!counted.value) {
    const i64 count = static_cast<i64>(counted.constant);
    counted.constant = static_cast<u64>(std::max<i64>(walk.unit * count + last, 1));
    counted.constant = (counted.constant + walk.divisor - 1) / walk.divisor;
    return counted;
  }
  if (walk.divisor != 1) {
    counted.ahead = counted.more + static_cast<i64>(walk.divisor) - 1;
    counted.more = 0;
    return counted.divisor == 1 ? std::optional(LoopBound{counted.value, 0, walk.divisor, 0, 1,
                                                          counted.ahead, counted.start})
                                : std::nullopt;
  }
  counted.more = walk.unit * counted.more + last;
  if (static_cast<i64>(counted.divisor) == walk.unit) {
    // What was lost in the quotient may be there.
    counted.more = counted.more > 0 ? std::max<i64>(counted.more - (walk.unit - 1), 0) : 0;
    counted.divisor = 1;
  } else if (counted.divisor == 1) {
    counted.unit = static_cast<u64>(walk.unit);
  } else if (walk.unit != 1) {
    return std::nullopt;
  }
  counted.more = std::max<i64>(counted.more, 0);
  return counted;
}

// The element of an index that is made of one number is there; so is the last before a modulus.
std::optional<LoopBound> Loops::picked(const llvm::Value* pointer) {
  using namespace llvm::PatternMatch;
  const llvm::Value* index = variable_index(pointer);
  if (!index) {
    return std::nullopt;
  }
  index = strip_casts(index);
  const llvm::Value* modulus = nullptr;
  std::optional<LoopBound> found =
      match(index, m_URem(m_Value(), m_Value(modulus))) ? bound(modulus, 0) : bound(index, 1);
  if (!found || !found->value) {
    return std::nullopt;
  }
  // What an object has as an index may be any, if it is not one less than the number of pointers in a table.
  const auto* gep = llvm::dyn_cast<llvm::GEPOperator>(pointer);
  const bool is_table = gep && gep->getSourceElementType()->isPointerTy();
  const bool is_number = found->more <= 0 && found->ahead <= 0 && (modulus || is_table);
  return is_number || llvm::isa<llvm::Argument>(found->value) ? found : std::nullopt;
}

// What the index is less than if the condition holds, or if it does not.
const llvm::Value* Loops::above(const llvm::Value* condition, bool holds,
                                const llvm::Value* index) {
  using namespace llvm::PatternMatch;
  const llvm::Value *a = nullptr, *b = nullptr;
  const bool both = holds ? match(condition, m_LogicalAnd(m_Value(a), m_Value(b)))
                          : match(condition, m_LogicalOr(m_Value(a), m_Value(b)));
  if (both) {
    const llvm::Value* found = above(a, holds, index);
    return found ? found : above(b, holds, index);
  }
  const auto* compare = llvm::dyn_cast<llvm::ICmpInst>(condition);
  if (!compare) {
    return nullptr;
  }
  const Predicate predicate = holds ? compare->getPredicate() : compare->getInversePredicate();
  for (const unsigned side : {0U, 1U}) {
    const Predicate own = side == 0 ? predicate : llvm::CmpInst::getSwappedPredicate(predicate);
    const bool less = own == Predicate::ICMP_ULT || own == Predicate::ICMP_SLT;
    const llvm::Value* own_side = strip_casts(compare->getOperand(side));
    if (less && own_side == index) {
      return compare->getOperand(1 - side);
    }
    // So much of it, which is not nothing, is no more than that.
    const llvm::Value* added = nullptr;
    const bool is_part = match(own_side, m_AddLike(m_Specific(index), m_Value(added))) ||
                         match(own_side, m_AddLike(m_Value(added), m_Specific(index)));
    const bool no_more = less || own == Predicate::ICMP_ULE || own == Predicate::ICMP_SLE;
    if (is_part && no_more && match(strip_casts(added), m_Shl(m_One(), m_Value()))) {
      return compare->getOperand(1 - side);
    }
  }
  return nullptr;
}

// A constant says how far an index may go at most, and not how much is there.
std::optional<LoopBound> Loops::checked(const llvm::Value* pointer, const llvm::Instruction& user,
                                        bool& by_constant) {
  const llvm::Value* index = variable_index(pointer);
  if (!index) {
    return std::nullopt;
  }
  index = strip_casts(index);
  Walk walk;
  walk.divisor = divisor_of(index);
  loops();
  for (const llvm::DomTreeNode* node = dominators_->getNode(user.getParent());
       node && node->getIDom(); node = node->getIDom()) {
    const llvm::BasicBlock* block = node->getIDom()->getBlock();
    const auto* branch = llvm::dyn_cast<llvm::BranchInst>(block->getTerminator());
    if (!branch || !branch->isConditional()) {
      continue;
    }
    for (const unsigned way : {0U, 1U}) {
      const llvm::BasicBlockEdge edge(block, branch->getSuccessor(way));
      if (!dominators_->dominates(edge, user.getParent())) {
        continue;
      }
      const llvm::Value* limit = above(branch->getCondition(), way == 0, index);
      const std::optional<LoopBound> found = limit ? bound(limit, 0) : std::nullopt;
      if (found && found->value) {
        return of_counter(*found, walk);
      }
      by_constant |= limit != nullptr;
    }
  }
  return std::nullopt;
}

// Whether a loop moves the pointer on: what is walked from there is not all that is behind it.
bool Loops::is_moved(const llvm::Value* pointer) {
  while (const auto* gep = llvm::dyn_cast<llvm::GEPOperator>(pointer)) {
    pointer = gep->getPointerOperand();
  }
  const auto* phi = llvm::dyn_cast<llvm::PHINode>(pointer);
  return phi && phi->getType()->isPointerTy() && loops().isLoopHeader(phi->getParent());
}

std::optional<LoopBound> Loops::walked_to(const llvm::Value* pointer) {
  const Walk walk = walk_of(pointer);
  if (!walk.phi) {
    return std::nullopt;
  }
  const llvm::Loop* loop = loops().getLoopFor(walk.phi->getParent());
  const std::optional<Induction> counter = loop ? induction(*walk.phi) : std::nullopt;
  if (!counter || is_moved(walk.base ? walk.base : counter->start)) {
    return std::nullopt;
  }
  std::optional<LoopBound> found = of_exit(*loop, *loop->getHeader(), walk);
  if (!found && loop->getLoopLatch() && loop->getLoopLatch() != loop->getHeader()) {
    found = of_exit(*loop, *loop->getLoopLatch(), walk);
  }
  if (found && !found->value && found->constant != up_to_zeroes && ends_at_zero(*loop, walk)) {
    found->constant = up_to_zeroes;
  }
  found = found ? of_counter(*found, walk) : found;
  if (found) {
    found->start = walk.start ? walk.start : found->start;
    if (walk.phi->getType()->isPointerTy()) {
      found->start = variable_index(counter->start);
    }
  }
  return found;
}

// Whether each round tests an element for zero: then there need not be as many as the other
// condition says.
bool Loops::ends_at_zero(const llvm::Loop& loop, const Walk& walk) {
  llvm::SmallVector<llvm::BasicBlock*, 4> blocks;
  loop.getExitingBlocks(blocks);
  return loop.getLoopLatch() && llvm::any_of(blocks, [&](const llvm::BasicBlock* block) {
           const auto* branch = llvm::dyn_cast<llvm::BranchInst>(block->getTerminator());
           return branch && branch->isConditional() &&
                  dominators_->dominates(block, loop.getLoopLatch()) &&
                  goes_on_unless_zero(branch->getCondition(),
                                      loop.contains(branch->getSuccessor(0)), walk);
         });
}

bool Loops::goes_on_unless_zero(const llvm::Value* condition, bool stays, const Walk& walk) {
  using namespace llvm::PatternMatch;
  const llvm::Value *a = nullptr, *b = nullptr;
  const bool both = stays ? match(condition, m_LogicalAnd(m_Value(a), m_Value(b)))
                          : match(condition, m_LogicalOr(m_Value(a), m_Value(b)));
  if (both) {
    return goes_on_unless_zero(a, stays, walk) || goes_on_unless_zero(b, stays, walk);
  }
  const auto* compare = llvm::dyn_cast<llvm::ICmpInst>(condition);
  const Predicate wanted = stays ? Predicate::ICMP_NE : Predicate::ICMP_EQ;
  return compare && compare->getPredicate() == wanted &&
         (is_element(compare->getOperand(0), compare->getOperand(1), walk) ||
          is_element(compare->getOperand(1), compare->getOperand(0), walk));
}

// One that is compared with zero.
bool Loops::is_element(const llvm::Value* value, const llvm::Value* limit, const Walk& walk) {
  const auto* load = llvm::dyn_cast<llvm::LoadInst>(strip_casts(value));
  if (!load || !(llvm::isa<llvm::ConstantPointerNull>(limit) || is_constant(limit, 0))) {
    return false;
  }
  const Walk tested = walk_of(load->getPointerOperand());
  return tested.phi == walk.phi && tested.base == walk.base;
}

std::optional<LoopBound> Loops::of_exit(const llvm::Loop& loop, const llvm::BasicBlock& block,
                                        const Walk& walk) {
  const auto* branch = llvm::dyn_cast<llvm::BranchInst>(block.getTerminator());
  if (!branch || !branch->isConditional()) {
    return std::nullopt;
  }
  const bool on_true = loop.contains(branch->getSuccessor(0));
  if (on_true == loop.contains(branch->getSuccessor(1))) {
    return std::nullopt;
  }
  const bool at_header = &block == loop.getHeader() && &block != loop.getLoopLatch();
  return of_condition(loop, branch->getCondition(), on_true, at_header, walk);
}

std::optional<LoopBound> Loops::of_condition(const llvm::Loop& loop, const llvm::Value* condition,
                                             bool stays, bool at_header, const Walk& walk) {
  using namespace llvm::PatternMatch;
  const llvm::Value *a = nullptr, *b = nullptr;
  const bool both = stays ? match(condition, m_LogicalAnd(m_Value(a), m_Value(b)))
                          : match(condition, m_LogicalOr(m_Value(a), m_Value(b)));
  if (both) {
    std::optional<LoopBound> found = of_condition(loop, a, stays, at_header, walk);
    return found ? found : of_condition(loop, b, stays, at_header, walk);
  }
  const auto* compare = llvm::dyn_cast<llvm::ICmpInst>(condition);
  return compare ? of_compare(loop, *compare, stays, at_header, walk) : std::nullopt;
}

std::optional<LoopBound> Loops::of_compare(const llvm::Loop& loop, const llvm::ICmpInst& compare,
                                           bool stays, bool at_header, const Walk& walk) {
  const Predicate predicate = stays ? compare.getPredicate() : compare.getInversePredicate();
  for (const unsigned side : {0U, 1U}) {
    const llvm::Value* own = strip_casts(compare.getOperand(side));
    const llvm::Value* limit = compare.getOperand(1 - side);
    if (at_header && predicate == Predicate::ICMP_NE && is_element(own, limit, walk)) {
      return LoopBound{nullptr, up_to_zeroes};
    }
    for (const llvm::PHINode& phi : loop.getHeader()->phis()) {
      const std::optional<Induction> counter = induction(phi);
      if (!counter || (own != &phi && own != counter->next)) {
        continue;
      }
      return counted(phi, *counter,
                     side == 0 ? predicate : llvm::CmpInst::getSwappedPredicate(predicate), limit,
                     own != &phi, at_header, walk);
    }
  }
  return std::nullopt;
}

// `phi`, or its next value, is compared with `limit` so that the loop goes on.
std::optional<LoopBound> Loops::counted(const llvm::PHINode& phi, const Induction& counter,
                                        Predicate stays, const llvm::Value* limit, bool by_next,
                                        bool at_header, const Walk& walk) {
  const std::optional<Induction> walker = induction(*walk.phi);
  const bool same = walk.phi == &phi;
  const bool from_start = walk.phi->getType()->isPointerTy() || is_constant(walker->start, 0);
  const bool with_equal = stays == Predicate::ICMP_SLE || stays == Predicate::ICMP_ULE ||
                          stays == Predicate::ICMP_SGE || stays == Predicate::ICMP_UGE;
  // What is compared at the bottom is compared once more than what the next round has.
  const i64 late = !at_header && !by_next ? 1 : 0;
  if (counter.by == 1) {
    const bool less = stays == Predicate::ICMP_NE || stays == Predicate::ICMP_SLT ||
                      stays == Predicate::ICMP_ULT || stays == Predicate::ICMP_SLE ||
                      stays == Predicate::ICMP_ULE;
    if (phi.getType()->isPointerTy()) {
      const auto* end = llvm::dyn_cast<llvm::GEPOperator>(limit);
      if (!end || end->getPointerOperand() != counter.start || end->getNumIndices() != 1) {
        return std::nullopt;
      }
      limit = end->getOperand(1);
    } else if (!is_constant(counter.start, 0) && !same) {
      return std::nullopt;
    }
    return less && walker->by == 1 && (same || from_start) && late + with_equal <= 1
               ? bound(limit, late + with_equal)
               : std::nullopt;
  }
  const bool to_zero = (stays == Predicate::ICMP_SGT || stays == Predicate::ICMP_UGT ||
                        stays == Predicate::ICMP_NE) &&
                       is_constant(limit, 0);
  const bool below_zero =
      (stays == Predicate::ICMP_SGE && is_constant(limit, 0)) ||
      ((stays == Predicate::ICMP_SGT || stays == Predicate::ICMP_NE) && is_constant(limit, -1));
  if (phi.getType()->isPointerTy() || (!to_zero && !below_zero)) {
    return std::nullopt;
  }
  if (same) {
    return bound(counter.start, 1); // the first is the last
  }
  return walker->by == 1 && from_start && late + below_zero <= 1
             ? bound(counter.start, late + below_zero)
             : std::nullopt;
}

} // namespace ks::pdg

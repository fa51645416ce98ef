// SPDX-License-Identifier: MIT
#include "ks-pdg/guards.hpp"

#include <llvm/IR/CFG.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/PatternMatch.h>

#include <algorithm>
#include <optional>

namespace ks::pdg {
namespace {

u64 low_bits(u64 width) { return width >= 64 ? ~u64{0} : (u64{1} << width) - 1; }

// A number that is read from memory, or some of its bits.
std::optional<Test> masked_load(const llvm::Value* value) {
  using namespace llvm::PatternMatch;
  u64 mask = ~u64{0};
  while (true) {
    const llvm::Value* inner = nullptr;
    uint64_t bits = 0;
    if (!value->getType()->isIntegerTy() || value->getType()->getIntegerBitWidth() > 64) {
      return std::nullopt;
    }
    if (match(value, m_And(m_Value(inner), m_ConstantInt(bits)))) {
      mask &= bits;
    } else if (match(value, m_ZExtOrSExt(m_Value(inner))) ||
               match(value, m_Freeze(m_Value(inner)))) {
      // as it is
    } else if (match(value, m_Trunc(m_Value(inner)))) {
      mask &= low_bits(value->getType()->getIntegerBitWidth());
    } else {
      break;
    }
    value = inner;
  }
  const auto* load = llvm::dyn_cast<llvm::LoadInst>(value);
  if (!load) {
    return std::nullopt;
  }
  return Test{load, mask & low_bits(load->getType()->getIntegerBitWidth()), {}, false};
}

void add_condition(const llvm::Value* condition, bool holds, std::vector<Test>& found) {
  using namespace llvm::PatternMatch;
  const llvm::Value *a = nullptr, *b = nullptr;
  if (match(condition, m_Not(m_Value(a)))) {
    add_condition(a, !holds, found);
    return;
  }
  if (holds ? match(condition, m_LogicalAnd(m_Value(a), m_Value(b)))
            : match(condition, m_LogicalOr(m_Value(a), m_Value(b)))) {
    add_condition(a, holds, found);
    add_condition(b, holds, found);
    return;
  }
  const auto* compare = llvm::dyn_cast<llvm::ICmpInst>(condition);
  const auto* number =
      compare ? llvm::dyn_cast<llvm::ConstantInt>(compare->getOperand(1)) : nullptr;
  const bool is_bit = !compare && condition->getType()->isIntegerTy(1);
  if (!is_bit && !(compare && compare->isEquality() && number && number->getBitWidth() <= 64)) {
    return;
  }
  std::optional<Test> test = masked_load(compare ? compare->getOperand(0) : condition);
  if (!test) {
    return;
  }
  const bool equals = compare ? compare->getPredicate() == llvm::CmpInst::ICMP_EQ : true;
  test->values = {(number ? number->getZExtValue() : 1) & test->mask};
  test->unless = equals != holds;
  found.push_back(std::move(*test));
}

} // namespace

// Whether a run comes to `block` only by way of this step; `to` may be the head of a loop.
bool Guards::leads_to(const llvm::BasicBlock& from, const llvm::BasicBlock* to,
                      const llvm::BasicBlock& block) const {
  return std::ranges::all_of(llvm::predecessors(to),
                             [&](const llvm::BasicBlock* before) {
                               return before == &from || dominators_->dominates(to, before);
                             }) &&
         dominators_->dominates(to, &block);
}

void Guards::add_branch(const llvm::BasicBlock& from, const llvm::BasicBlock& block,
                        std::vector<Test>& found) const {
  const llvm::Instruction* end = from.getTerminator();
  if (const auto* choice = llvm::dyn_cast<llvm::SwitchInst>(end)) {
    add_switch(*choice, block, found);
    return;
  }
  const auto* branch = llvm::dyn_cast<llvm::BranchInst>(end);
  if (!branch || !branch->isConditional() || branch->getSuccessor(0) == branch->getSuccessor(1)) {
    return;
  }
  if (leads_to(from, branch->getSuccessor(0), block)) {
    add_condition(branch->getCondition(), true, found);
  } else if (leads_to(from, branch->getSuccessor(1), block)) {
    add_condition(branch->getCondition(), false, found);
  }
}

void Guards::add_switch(const llvm::SwitchInst& choice, const llvm::BasicBlock& block,
                        std::vector<Test>& found) const {
  std::optional<Test> test = masked_load(choice.getCondition());
  const llvm::BasicBlock* to = nullptr;
  for (const llvm::BasicBlock* next : llvm::successors(&choice)) {
    if (leads_to(*choice.getParent(), next, block)) {
      to = next;
    }
  }
  if (!test || !to) {
    return;
  }
  test->unless = to == choice.getDefaultDest();
  for (const auto& one : choice.cases()) {
    if ((one.getCaseSuccessor() == to) != test->unless) {
      test->values.push_back(one.getCaseValue()->getZExtValue() & test->mask);
    }
  }
  std::ranges::sort(test->values);
  found.push_back(std::move(*test));
}

const std::vector<Test>& Guards::of(const llvm::BasicBlock& block) {
  if (!dominators_) {
    dominators_ = std::make_unique<llvm::DominatorTree>(const_cast<llvm::Function&>(function_));
  }
  const auto [known, is_new] = known_.try_emplace(&block);
  if (!is_new) {
    return known->second;
  }
  std::vector<Test> found;
  const llvm::DomTreeNode* node = dominators_->getNode(&block);
  const llvm::DomTreeNode* above = node ? node->getIDom() : nullptr;
  if (above) {
    add_branch(*above->getBlock(), block, found);
    const std::vector<Test> outer = of(*above->getBlock());
    found.insert(found.end(), outer.begin(), outer.end());
  }
  return known_[&block] = std::move(found);
}

} // namespace ks::pdg

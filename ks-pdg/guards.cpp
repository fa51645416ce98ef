// SPDX-License-Identifier: MIT
#include "ks-pdg/guards.hpp"

#include "pipelines/bits.hpp"

#include <llvm/IR/CFG.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/PatternMatch.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace ks::pdg {
namespace {

// A number that is read from memory or passed to the function, or some of its bits.
std::optional<Test> masked_number(const llvm::Value* value) {
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
  if (!llvm::isa<llvm::LoadInst>(value) && !llvm::isa<llvm::Argument>(value)) {
    return std::nullopt;
  }
  return Test{value, mask & low_bits(value->getType()->getIntegerBitWidth()), {}, false};
}

bool is_in(const std::vector<u64>& values, u64 value) {
  return std::ranges::binary_search(values, value);
}

bool is_same(const Test& a, const Test& b) { return a.number == b.number && a.mask == b.mask; }

// One of these, each number in it once: where both hold, and where one or the other does.
void add_test(std::vector<Test>& tests, const Test& test) {
  const auto known =
      std::ranges::find_if(tests, [&](const Test& one) { return is_same(one, test); });
  if (known == tests.end()) {
    tests.push_back(test);
  } else {
    narrow(known->values, known->unless, test);
  }
}

// All but these, of these or all but these.
Test otherwise(Test test) {
  test.unless = !test.unless;
  return test;
}

constexpr std::size_t most_values = 64;

// What holds after one way or the other.
std::vector<Test> common(const std::vector<Test>& a, const std::vector<Test>& b) {
  std::vector<Test> found;
  for (const Test& one : a) {
    const auto other =
        std::ranges::find_if(b, [&](const Test& test) { return is_same(test, one); });
    if (other == b.end()) {
      continue;
    }
    Test either = otherwise(one);
    narrow(either.values, either.unless, otherwise(*other));
    either = otherwise(either);
    const bool says_nothing = either.unless && either.values.empty();
    if (!says_nothing && either.values.size() <= most_values) {
      found.push_back(std::move(either));
    }
  }
  return found;
}

void add_condition(const llvm::Value* condition, bool holds, std::vector<Test>& found);

std::vector<Test> tests_of(const llvm::Value* condition, bool holds) {
  std::vector<Test> found, tests;
  add_condition(condition, holds, found);
  for (const Test& test : found) {
    add_test(tests, test);
  }
  return tests;
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
  if (holds ? match(condition, m_LogicalOr(m_Value(a), m_Value(b)))
            : match(condition, m_LogicalAnd(m_Value(a), m_Value(b)))) {
    const std::vector<Test> either = common(tests_of(a, holds), tests_of(b, holds));
    found.insert(found.end(), either.begin(), either.end());
    return;
  }
  const auto* compare = llvm::dyn_cast<llvm::ICmpInst>(condition);
  const auto* number =
      compare ? llvm::dyn_cast<llvm::ConstantInt>(compare->getOperand(1)) : nullptr;
  const bool is_bit = !compare && condition->getType()->isIntegerTy(1);
  if (!is_bit && !(compare && compare->isEquality() && number && number->getBitWidth() <= 64)) {
    return;
  }
  std::optional<Test> test = masked_number(compare ? compare->getOperand(0) : condition);
  if (!test) {
    return;
  }
  const bool equals = compare ? compare->getPredicate() == llvm::CmpInst::ICMP_EQ : true;
  test->values = {(number ? number->getZExtValue() : 1) & test->mask};
  test->unless = equals != holds;
  found.push_back(std::move(*test));
}

} // namespace

void narrow(std::vector<u64>& values, bool& unless, const Test& test) {
  std::vector<u64> left;
  if (unless && test.unless) {
    std::ranges::set_union(values, test.values, std::back_inserter(left));
  } else {
    const std::vector<u64>& from = unless ? test.values : values;
    const bool not_in = unless || test.unless;
    const std::vector<u64>& other = unless ? values : test.values;
    std::ranges::copy_if(from, std::back_inserter(left),
                         [&](u64 value) { return is_in(other, value) != not_in; });
  }
  unless &= test.unless;
  values = std::move(left);
}

// What a run knows that takes this step.
std::vector<Test> Guards::after(const llvm::BasicBlock& from, const llvm::BasicBlock& to) {
  std::vector<Test> found;
  if (const auto* choice = llvm::dyn_cast<llvm::SwitchInst>(from.getTerminator())) {
    if (std::optional<Test> test = test_of(*choice, to)) {
      found.push_back(*std::move(test));
    }
  } else if (const auto* branch = llvm::dyn_cast<llvm::BranchInst>(from.getTerminator());
             branch && branch->isConditional() &&
             branch->getSuccessor(0) != branch->getSuccessor(1)) {
    add_condition(branch->getCondition(), branch->getSuccessor(0) == &to, found);
  }
  std::vector<Test> tests;
  for (const std::vector<Test>* part : {&std::as_const(found), &of(from)}) {
    for (const Test& test : *part) {
      add_test(tests, test);
    }
  }
  return tests;
}

// What it knows on whichever way it has come; a loop's own ways back say nothing new of what was found out
// before it.
std::vector<Test> Guards::after_all(const llvm::BasicBlock& block) {
  std::optional<std::vector<Test>> found;
  for (const llvm::BasicBlock* before : llvm::predecessors(&block)) {
    if (dominators_->dominates(&block, before) || !dominators_->isReachableFromEntry(before)) {
      continue;
    }
    std::vector<Test> tests = after(*before, block);
    found = found ? common(*found, tests) : std::move(tests);
    if (found->empty()) {
      break;
    }
  }
  return found.value_or(std::vector<Test>());
}

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

// What is known of the number that a switch asks for where it goes to `to`.
std::optional<Test> Guards::test_of(const llvm::SwitchInst& choice, const llvm::BasicBlock& to) {
  std::optional<Test> test = masked_number(choice.getCondition());
  if (!test) {
    return std::nullopt;
  }
  test->unless = &to == choice.getDefaultDest();
  for (const auto& one : choice.cases()) {
    if ((one.getCaseSuccessor() == &to) != test->unless) {
      test->values.push_back(one.getCaseValue()->getZExtValue() & test->mask);
    }
  }
  std::ranges::sort(test->values);
  return test;
}

void Guards::add_switch(const llvm::SwitchInst& choice, const llvm::BasicBlock& block,
                        std::vector<Test>& found) const {
  for (const llvm::BasicBlock* next : llvm::successors(&choice)) {
    if (leads_to(*choice.getParent(), next, block)) {
      if (std::optional<Test> test = test_of(choice, *next)) {
        found.push_back(*std::move(test));
      }
      return;
    }
  }
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
    if (block.hasNPredecessorsOrMore(2)) {
      const std::vector<Test> ways = after_all(block);
      found.insert(found.end(), ways.begin(), ways.end());
    }
    const std::vector<Test> outer = of(*above->getBlock());
    found.insert(found.end(), outer.begin(), outer.end());
  }
  return known_[&block] = std::move(found);
}

} // namespace ks::pdg

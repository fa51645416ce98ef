// SPDX-License-Identifier: MIT
// How many elements a loop walks, by the comparison that it ends with, or how many there are, by one that an
// index has passed. An access of an instruction
// has it as its length if what it touches is one of the elements behind a pointer: a path that holds
// the number of elements at most, or an integer.

#pragma once

#include "pipelines/artifact.hpp"

#include <llvm/Analysis/LoopInfo.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/Instructions.h>

#include <memory>
#include <optional>

namespace ks::pdg {

// As many as `unit` times what `value` says and `ahead`, of which `divisor` are one, and `more`, or `constant` if there
// is none; ~0 is up to an element of zeroes, also where a constant says when the loop ends at the latest. `start` is
// how many are before the first; none if none are.
struct LoopBound {
  const llvm::Value* value = nullptr;
  u64 constant = 0;
  u64 divisor = 1;
  i64 more = 0;
  u64 unit = 1;
  i64 ahead = 0;
  const llvm::Value* start = nullptr;
};

inline constexpr u64 up_to_zeroes = ~u64{0};

class Loops {
public:
  explicit Loops(const llvm::Function& function) : function_(function) {}

  // Of the elements behind one pointer, if `pointer`, which `user` uses, leads to or into one of them
  // and which of them is counted by a loop, or is checked.
  std::optional<LoopBound> bound_of(const llvm::Value* pointer, const llvm::Instruction& user);

private:
  struct Walk {
    const llvm::PHINode* phi = nullptr; // counts the elements, or points to them
    const llvm::Value* base = nullptr; // of an index: what it is an index of
    const llvm::Value* start = nullptr; // and what is added to it
    // The index is so many times the counter, and more, or its quotient.
    i64 unit = 1, more = 0;
    u64 divisor = 1;
  };
  struct Induction {
    const llvm::Value* start = nullptr;
    const llvm::Value* next = nullptr;
    i64 by = 0;
  };
  std::optional<LoopBound> walked_to(const llvm::Value* pointer);
  bool is_moved(const llvm::Value* pointer);
  // What an index has been compared with; of a constant, only that there is one.
  std::optional<LoopBound> checked(const llvm::Value* pointer, const llvm::Instruction& user,
                                   bool& by_constant);
  std::optional<LoopBound> picked(const llvm::Value* pointer);
  std::optional<LoopBound> filled_to(const llvm::Value* pointer);
  const llvm::Value* unequal_at(const llvm::Value* value, const llvm::Use& use);
  static std::optional<LoopBound> of_counter(LoopBound counted, const Walk& walk);
  static const llvm::Value* above(const llvm::Value* condition, bool holds,
                                  const llvm::Value* index);
  Walk walk_of(const llvm::Value* pointer);
  Walk indexed(const llvm::Value* index, const llvm::Value* base);
  static bool varies_in(const llvm::Loop& loop, const llvm::Value* value);
  std::optional<Induction> induction(const llvm::PHINode& phi);
  std::optional<LoopBound> of_exit(const llvm::Loop& loop, const llvm::BasicBlock& block,
                                   const Walk& walk);
  std::optional<LoopBound> of_condition(const llvm::Loop& loop, const llvm::Value* condition,
                                        bool stays, bool at_header, const Walk& walk);
  std::optional<LoopBound> of_compare(const llvm::Loop& loop, const llvm::ICmpInst& compare,
                                      bool stays, bool at_header, const Walk& walk);
  std::optional<LoopBound> counted(const llvm::PHINode& phi, const Induction& counter,
                                   llvm::CmpInst::Predicate stays, const llvm::Value* limit,
                                   bool by_next, bool at_header, const Walk& walk);
  bool ends_at_zero(const llvm::Loop& loop, const Walk& walk);
  bool goes_on_unless_zero(const llvm::Value* condition, bool stays, const Walk& walk);
  bool is_element(const llvm::Value* value, const llvm::Value* limit, const Walk& walk);
  const llvm::LoopInfo& loops();

  const llvm::Function& function_;
  std::unique_ptr<llvm::DominatorTree> dominators_;
  std::unique_ptr<llvm::LoopInfo> loops_;
};

} // namespace ks::pdg

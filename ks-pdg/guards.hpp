// SPDX-License-Identifier: MIT
// What a run has found out before it comes to an instruction: which branches and switches it must have
// taken, as far as these compare a number in memory, or one that the function is passed, with constants.

#pragma once

#include "pipelines/artifact.hpp"

#include <llvm/IR/Dominators.h>
#include <llvm/IR/Instructions.h>

#include <memory>
#include <optional>
#include <vector>

namespace ks::pdg {

// `number`, what a load reads or an argument, and `mask`, is one of `values`; or, `unless`, it is none of
// them.
struct Test {
  const llvm::Value* number = nullptr;
  u64 mask = 0;
  std::vector<u64> values; // rising
  bool unless = false;
};

// What of these values, or all but these, is left where the test holds, too.
void narrow(std::vector<u64>& values, bool& unless, const Test& test);

class Guards {
public:
  explicit Guards(const llvm::Function& function) : function_(function) {}

  // All that hold whenever the block runs, the nearest first.
  const std::vector<Test>& of(const llvm::BasicBlock& block);

private:
  void add_branch(const llvm::BasicBlock& from, const llvm::BasicBlock& block,
                  std::vector<Test>& found) const;
  static std::optional<Test> test_of(const llvm::SwitchInst& choice, const llvm::BasicBlock& to);
  std::vector<Test> after(const llvm::BasicBlock& from, const llvm::BasicBlock& to);
  std::vector<Test> after_all(const llvm::BasicBlock& block);
  void add_switch(const llvm::SwitchInst& choice, const llvm::BasicBlock& block,
                  std::vector<Test>& found) const;
  bool leads_to(const llvm::BasicBlock& from, const llvm::BasicBlock* to,
                const llvm::BasicBlock& block) const;

  const llvm::Function& function_;
  std::unique_ptr<llvm::DominatorTree> dominators_;
  llvm::DenseMap<const llvm::BasicBlock*, std::vector<Test>> known_;
};

} // namespace ks::pdg

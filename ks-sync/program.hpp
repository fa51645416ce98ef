// SPDX-License-Identifier: MIT
// A pruned program seen by function and by call: which rows are whose, who calls whom,
// on which side. Driver code is what runs in the domain (cloned code included), kernel
// code what runs outside; a cloned function exists twice and is both.

#pragma once

#include "ks-prune/prune.hpp"

#include <span>
#include <vector>

namespace ks {

// The rows of a table by the group they belong to, in table order inside a group.
class Groups {
public:
  // `key(row)` is the group of a row; rows whose group is not below `groups` are left out.
  template <class Key>
  Groups(u64 groups, u64 rows, const Key& key) : first_(groups + 1), rows_() {
    for (u32 i = 0; i < rows; ++i) {
      const u32 group = key(i);
      if (group < groups) ++first_[group + 1];
    }
    for (u64 group = 0; group < groups; ++group) first_[group + 1] += first_[group];
    rows_.resize(first_.back());
    std::vector<u32> next(first_.begin(), first_.end() - 1);
    for (u32 i = 0; i < rows; ++i) {
      const u32 group = key(i);
      if (group < groups) rows_[next[group]++] = i;
    }
  }
  std::span<const u32> of(u32 group) const {
    return {rows_.data() + first_[group], first_[group + 1] - first_[group]};
  }

private:
  std::vector<u32> first_;
  std::vector<u32> rows_;
};

class Program {
public:
  explicit Program(const Pruned& pruned);

  const Pruned& pruned() const { return pruned_; }
  const Summary& summary() const { return pruned_.summary; }
  u32 function_count() const { return static_cast<u32>(summary().functions.size()); }

  bool in_driver(FunctionId function) const; // driver or cloned
  bool in_kernel(FunctionId function) const; // kernel or cloned
  bool is_library(FunctionId function) const;
  // A variable that the domain library has for itself.
  bool is_library(GlobalId global) const {
    return global != none<GlobalId> && library_globals_[row(global)];
  }
  bool was_dropped(FunctionId function) const;

  std::span<const u32> paths_of(FunctionId function) const { return paths_.of(row(function)); }
  std::span<const u32> accesses_of(FunctionId function) const {
    return accesses_.of(row(function));
  }
  std::span<const u32> calls_of(FunctionId function) const { return calls_.of(row(function)); }
  std::span<const u32> returns_of(FunctionId function) const { return returns_.of(row(function)); }
  std::span<const u32> arguments_of(CallId call) const { return arguments_.of(row(call)); }
  // The direct callee, or the resolved targets.
  const std::vector<FunctionId>& targets_of(CallId call) const { return targets_[row(call)]; }

  const Function& function(FunctionId id) const { return summary().functions[row(id)]; }
  const Path& path(PathId id) const { return summary().paths[row(id)]; }
  const Call& call(u32 call_row) const { return summary().calls[call_row]; }

  // Calls that code of the domain makes.
  const std::vector<u32>& driver_calls() const { return driver_calls_; }

  // A peer is called for other objects than the driver's, unless by another peer.
  bool is_for_others(FunctionId caller, FunctionId target) const {
    return peers_[row(target)] && !peers_[row(caller)];
  }

  // Callees of every function that stay on its side, for one of the sides.
  std::vector<std::vector<u32>> callees_in_driver() const;
  std::vector<std::vector<u32>> callees_in_kernel() const;

private:
  const Pruned& pruned_;
  std::vector<Placement> placements_; // by function
  Groups paths_;
  Groups accesses_;
  Groups calls_;
  Groups returns_;
  Groups arguments_;
  std::vector<std::vector<FunctionId>> targets_; // by call
  std::vector<u32> driver_calls_;
  std::vector<bool> peers_;           // by function
  std::vector<bool> library_globals_; // by global
};

// Strongly connected components of a graph, each after all that it reaches.
std::vector<std::vector<u32>> find_components(const std::vector<std::vector<u32>>& successors);

} // namespace ks

// SPDX-License-Identifier: MIT
// The program's rows by function and call, and Tarjan's components without recursion.

#include "ks-sync/program.hpp"

#include <algorithm>

namespace ks {
namespace {

std::vector<Placement> place_functions(const Pruned& pruned) {
  std::vector<Placement> placements(pruned.summary.functions.size());
  for (u32 i = 0; i < placements.size(); ++i) {
    placements[i].function = FunctionId{i};
    placements[i].side = Side::kernel;
  }
  for (const Placement& placement : pruned.boundary.placements)
    if (row(placement.function) < placements.size())
      placements[row(placement.function)] = placement;
  return placements;
}

std::vector<std::vector<FunctionId>> find_targets(const Pruned& pruned) {
  std::vector<std::vector<FunctionId>> targets(pruned.summary.calls.size());
  for (u32 i = 0; i < targets.size(); ++i)
    if (pruned.summary.calls[i].callee != none<FunctionId>)
      targets[i].push_back(pruned.summary.calls[i].callee);
  for (const CallTarget& target : pruned.boundary.targets)
    if (row(target.call) < targets.size()) targets[row(target.call)].push_back(target.target);
  for (auto& list : targets) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
  }
  return targets;
}

// Tarjan's algorithm with its own stack: call chains of a kernel are deep.
class Components {
public:
  explicit Components(const std::vector<std::vector<u32>>& successors)
      : successors_(successors), index_(successors.size(), no_row), low_(successors.size()),
        on_stack_(successors.size()) {}

  std::vector<std::vector<u32>> find() {
    for (u32 node = 0; node < successors_.size(); ++node)
      if (index_[node] == no_row) walk(node);
    return std::move(found_);
  }

private:
  struct Frame {
    u32 node;
    u32 next = 0;
  };

  void enter(u32 node) {
    index_[node] = low_[node] = next_index_++;
    stack_.push_back(node);
    on_stack_[node] = true;
    frames_.push_back({node});
  }

  void leave(u32 node) {
    if (low_[node] == index_[node]) {
      std::vector<u32> component;
      u32 member = no_row;
      do {
        member = stack_.back();
        stack_.pop_back();
        on_stack_[member] = false;
        component.push_back(member);
      } while (member != node);
      std::sort(component.begin(), component.end());
      found_.push_back(std::move(component));
    }
    frames_.pop_back();
    if (!frames_.empty()) {
      const u32 parent = frames_.back().node;
      low_[parent] = std::min(low_[parent], low_[node]);
    }
  }

  void walk(u32 root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      if (frame.next == successors_[frame.node].size()) {
        leave(frame.node);
        continue;
      }
      const u32 node = frame.node;
      const u32 successor = successors_[node][frame.next++];
      if (index_[successor] == no_row)
        enter(successor);
      else if (on_stack_[successor])
        low_[node] = std::min(low_[node], index_[successor]);
    }
  }

  const std::vector<std::vector<u32>>& successors_;
  std::vector<u32> index_;
  std::vector<u32> low_;
  std::vector<bool> on_stack_;
  std::vector<u32> stack_;
  std::vector<Frame> frames_;
  std::vector<std::vector<u32>> found_;
  u32 next_index_ = 0;
};

} // namespace

Program::Program(const Pruned& pruned)
    : pruned_(pruned), placements_(place_functions(pruned)),
      paths_(placements_.size(), pruned.summary.paths.size(),
             [&](u32 i) { return row(pruned.summary.paths[i].function); }),
      accesses_(placements_.size(), pruned.summary.accesses.size(),
                [&](u32 i) { return row(pruned.summary.accesses[i].function); }),
      calls_(placements_.size(), pruned.summary.calls.size(),
             [&](u32 i) { return row(pruned.summary.calls[i].caller); }),
      returns_(placements_.size(), pruned.summary.returns.size(),
               [&](u32 i) { return row(pruned.summary.returns[i].function); }),
      arguments_(pruned.summary.calls.size(), pruned.summary.arguments.size(),
                 [&](u32 i) { return row(pruned.summary.arguments[i].call); }),
      targets_(find_targets(pruned)), peers_(placements_.size()),
      library_globals_(ks::library_globals(pruned)) {
  for (const FunctionId peer : pruned.boundary.peers) peers_[row(peer)] = true;
  for (u32 i = 0; i < pruned.summary.calls.size(); ++i)
    if (in_driver(call(i).caller)) driver_calls_.push_back(i);
}

bool Program::in_driver(FunctionId function) const {
  const Side side = placements_[row(function)].side;
  return side == Side::driver || side == Side::cloned;
}

bool Program::in_kernel(FunctionId function) const {
  const Side side = placements_[row(function)].side;
  return side == Side::kernel || side == Side::cloned;
}

bool Program::is_library(FunctionId function) const {
  return placements_[row(function)].side == Side::library;
}

bool Program::was_dropped(FunctionId function) const {
  return placements_[row(function)].reason == Reason::dropped || !this->function(function).defined;
}

std::vector<std::vector<u32>> Program::callees_in_driver() const {
  std::vector<std::vector<u32>> callees(function_count());
  for (u32 i = 0; i < targets_.size(); ++i)
    for (const FunctionId target : targets_[i])
      if (in_driver(call(i).caller) && in_driver(target))
        callees[row(call(i).caller)].push_back(row(target));
  return callees;
}

std::vector<std::vector<u32>> Program::callees_in_kernel() const {
  std::vector<std::vector<u32>> callees(function_count());
  for (u32 i = 0; i < targets_.size(); ++i)
    for (const FunctionId target : targets_[i])
      if (in_kernel(call(i).caller) && in_kernel(target) && !is_for_others(call(i).caller, target))
        callees[row(call(i).caller)].push_back(row(target));
  return callees;
}

std::vector<std::vector<u32>> find_components(const std::vector<std::vector<u32>>& successors) {
  return Components(successors).find();
}

} // namespace ks

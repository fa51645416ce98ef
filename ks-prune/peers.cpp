// SPDX-License-Identifier: MIT
#include "ks-prune/peers.hpp"

#include <algorithm>
#include <set>

namespace ks::prune {

namespace {

class PeerFinder {
public:
  PeerFinder(const Program& program, const Targets& targets, const Border& border)
      : program_(program), targets_(targets), border_(border), callers_(program.functions.size()),
        peer_(program.functions.size()), dispatches_(program.functions.size()) {
    for (u32 i = 0; i < program.functions.size(); ++i) {
      for (u32 callee : program.functions[i].body.callees) callers_[callee].push_back(i);
    }
    for (const Border::Crossing& crossing : border.crossings) {
      if (crossing.kind == CrossingKind::ops) {
        operations_.insert(crossing.fields.begin(), crossing.fields.end());
      }
      if (crossing.function != no_row) crossings_.insert(crossing.function);
    }
    find_lent();
  }

  std::vector<bool> run() {
    find_dispatchers();
    for (bool changed = true; changed;) {
      changed = false;
      for (u32 i = 0; i < peer_.size(); ++i) {
        if (peer_[i] || !is_peer(i)) continue;
        peer_[i] = changed = true;
      }
    }
    return peer_;
  }

private:
  // The kernel's operations in variables that the driver names are called for its objects.
  void find_lent() {
    std::set<u32> variables;
    for (const Border::Import& import : border_.imports) {
      if (import.use != GlobalUse::library) variables.insert(import.global);
    }
    for (std::size_t before = 0; before != variables.size();) {
      before = variables.size();
      for (const ProgramInitializer& value : program_.initializers) {
        if (value.driver || !variables.contains(value.row.global)) continue;
        if (value.row.target != no_row) variables.insert(value.row.target);
        if (value.row.function != no_row) lent_.insert(value.row.function);
      }
    }
  }

  // Who calls functions of the driver, itself or through others that only operations call, is
  // called for its objects.
  void find_dispatchers() {
    std::vector<u32> pending;
    const auto add = [&](u32 function) {
      if (!dispatches_[function]) pending.push_back(function);
      dispatches_[function] = true;
    };
    for (u32 i = 0; i < program_.functions.size(); ++i) {
      for (u32 j = 0; j < program_.functions[i].body.sites.size(); ++j) {
        for (const Target& target : targets_.of(i, j)) {
          if (border_.sides[target.function] != Side::driver) continue;
          add(i);
          break;
        }
      }
    }
    while (!pending.empty()) {
      const u32 function = pending.back();
      pending.pop_back();
      if (!program_.functions[function].row.local) continue;
      for (u32 caller : callers_[function]) add(caller);
    }
  }

  bool is_peer(u32 function) const {
    const ProgramFunction& at = program_.functions[function];
    if (dispatches_[function]) return false;
    if (border_.sides[function] != Side::kernel || at.home == no_row) return false;
    if (crossings_.contains(function) || lent_.contains(function) || targets_.handed_over[function])
      return false;
    const std::vector<u32>& fields = targets_.stored_in[function];
    const bool is_operation = !fields.empty();
    if (at.address_taken && !is_operation) return false;
    return (is_operation || !callers_[function].empty()) &&
           std::all_of(fields.begin(), fields.end(),
                       [this](u32 field) { return operations_.contains(field); }) &&
           std::all_of(callers_[function].begin(), callers_[function].end(),
                       [this](u32 caller) { return peer_[caller]; });
  }

  const Program& program_;
  const Targets& targets_;
  const Border& border_;
  std::vector<std::vector<u32>> callers_;
  std::vector<bool> peer_;
  std::vector<bool> dispatches_; // by function
  std::set<u32> operations_; // fields that hold functions of the driver
  std::set<u32> crossings_;
  std::set<u32> lent_;
};

} // namespace

std::vector<bool> find_peers(const Program& program, const Targets& targets, const Border& border) {
  return PeerFinder(program, targets, border).run();
}

} // namespace ks::prune

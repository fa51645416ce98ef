// SPDX-License-Identifier: MIT
// Functions and calls of a pruned program.

#include "ks-prune/view.hpp"

#include <algorithm>

namespace ks {
namespace {

using Pairs = std::vector<std::pair<u32, u32>>;

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

// The rows of a table by the row, of another table, that they name.
template <class Row, class Key>
Groups group(u64 groups, const std::vector<Row>& table, const Key& key) {
  return Groups(groups, table.size(), [&](u32 i) { return row(key(table[i])); });
}

} // namespace

View::View(const Pruned& pruned)
    : pruned_(pruned), placements_(place_functions(pruned)),
      paths_(
          group(function_count(), summary().paths, [](const Path& path) { return path.function; })),
      accesses_(group(function_count(), summary().accesses,
                      [](const Access& access) { return access.function; })),
      calls_(
          group(function_count(), summary().calls, [](const Call& call) { return call.caller; })),
      calls_to_(
          group(function_count(), summary().calls, [](const Call& call) { return call.callee; })),
      returns_(group(function_count(), summary().returns,
                     [](const Return& result) { return result.function; })),
      unknowns_(group(function_count(), summary().unknowns,
                      [](const Unknown& unknown) { return unknown.function; })),
      blocks_(group(function_count(), pruned.bodies.blocks,
                    [](const Block& block) { return block.function; })),
      arguments_(group(summary().calls.size(), summary().arguments,
                       [](const Argument& argument) { return argument.call; })),
      crossings_(group(function_count(), pruned.boundary.crossings,
                       [](const Crossing& crossing) { return crossing.function; })),
      peers_(function_count()), library_globals_(summary().globals.size()) {
  for (const FunctionId peer : pruned.boundary.peers) peers_[row(peer)] = true;
  for (const ImportedGlobal& global : pruned.boundary.imported_globals)
    if (global.use == GlobalUse::library) library_globals_[row(global.global)] = true;
  add_targets();
  for (u32 i = 0; i < summary().calls.size(); ++i)
    if (in_domain(call(i).caller)) domain_calls_.push_back(i);
  Pairs reached;
  for (const u32 i : domain_calls_)
    for (const FunctionId target : targets_of(CallId{i})) reached.emplace_back(row(target), i);
  domain_calls_to_ = Groups(function_count(), reached);
}

void View::add_targets() {
  const u64 calls = summary().calls.size();
  const Groups resolved =
      group(calls, pruned_.boundary.targets, [](const CallTarget& target) { return target.call; });
  first_target_.push_back(0);
  for (u32 i = 0; i < calls; ++i) {
    const auto first = static_cast<std::ptrdiff_t>(targets_.size());
    if (call(i).callee != none<FunctionId>) targets_.push_back(call(i).callee);
    for (const u32 target : resolved.of(i))
      targets_.push_back(pruned_.boundary.targets[target].target);
    std::sort(targets_.begin() + first, targets_.end());
    targets_.erase(std::unique(targets_.begin() + first, targets_.end()), targets_.end());
    first_target_.push_back(static_cast<u32>(targets_.size()));
  }
}

bool View::in_domain(FunctionId function) const {
  return side(function) == Side::driver || side(function) == Side::cloned;
}

bool View::in_kernel(FunctionId function) const {
  return side(function) == Side::kernel || side(function) == Side::cloned;
}

bool View::is_driver(GlobalId id) const {
  const Global& global = summary().globals[row(id)];
  const std::vector<UnitId>& units = pruned_.boundary.driver_units;
  return global.defined && std::binary_search(units.begin(), units.end(), global.unit);
}

bool View::was_dropped(FunctionId function) const {
  return placements_[row(function)].reason == Reason::dropped || !this->function(function).defined;
}

CrossingId View::crossing_of(FunctionId function) const {
  const std::span<const u32> crossings = crossings_.of(row(function));
  return crossings.empty() ? none<CrossingId> : CrossingId{crossings.front()};
}

std::vector<bool> View::runs_in_domain() const {
  std::vector<bool> runs(function_count());
  for (u32 i = 0; i < runs.size(); ++i)
    runs[i] = in_domain(FunctionId{i}) || is_library(FunctionId{i});
  return runs;
}

std::vector<bool> View::runs_in_kernel(Peers peers) const {
  std::vector<bool> runs(function_count());
  std::vector<u32> pending;
  const auto add = [&](u32 function) {
    if (runs[function]) return;
    runs[function] = true;
    pending.push_back(function);
  };
  for (u32 i = 0; i < runs.size(); ++i)
    if (peers_[i] ? peers == Peers::counted : side(FunctionId{i}) == Side::kernel) add(i);
  while (!pending.empty()) {
    const FunctionId caller{pending.back()};
    pending.pop_back();
    for (const u32 call : calls_of(caller))
      for (const FunctionId callee : targets_of(CallId{call}))
        if (side(callee) == Side::cloned || side(callee) == Side::library) add(row(callee));
  }
  return runs;
}

Groups View::callees_in_domain() const {
  Pairs callees;
  for (u32 i = 0; i < summary().calls.size(); ++i)
    for (const FunctionId target : targets_of(CallId{i}))
      if (in_domain(call(i).caller) && in_domain(target))
        callees.emplace_back(row(call(i).caller), row(target));
  return Groups(function_count(), callees);
}

Groups View::callees_in_kernel() const {
  Pairs callees;
  for (u32 i = 0; i < summary().calls.size(); ++i)
    for (const FunctionId target : targets_of(CallId{i}))
      if (in_kernel(call(i).caller) && in_kernel(target) && !is_for_others(call(i).caller, target))
        callees.emplace_back(row(call(i).caller), row(target));
  return Groups(function_count(), callees);
}

u32 argument_of_place(const Summary& summary, PathId place) {
  while (place != none<PathId> && is_part_step(summary.paths[row(place)].step))
    place = summary.paths[row(place)].parent;
  if (place == none<PathId>) return no_row;
  const Path& object = summary.paths[row(place)];
  if (object.step != StepKind::dereference || object.parent == none<PathId>) return no_row;
  const Path& pointer = summary.paths[row(object.parent)];
  return pointer.step == StepKind::argument ? pointer.index : no_row;
}

u32 argument_of_value(const Summary& summary, PathId value) {
  if (value == none<PathId>) return no_row;
  const Path& path = summary.paths[row(value)];
  if (path.step == StepKind::argument) return path.index;
  if (path.step == StepKind::address) return argument_of_place(summary, path.parent);
  return no_row;
}

} // namespace ks

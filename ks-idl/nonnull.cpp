// SPDX-License-Identifier: MIT

#include "ks-idl/infer.hpp"

#include <algorithm>

namespace ks {
namespace {

bool is_null(const Path& path) {
  return path.step == StepKind::integer && path.integer == 0;
}

// The functions that code of the domain may call there.
std::vector<std::vector<FunctionId>> find_targets(const Pruned& pruned) {
  const Summary& summary = pruned.summary;
  std::vector<bool> in_domain(summary.functions.size());
  for (const Placement& placement : pruned.boundary.placements) {
    in_domain[row(placement.function)] =
        placement.side == Side::driver || placement.side == Side::cloned;
  }
  std::vector<std::vector<FunctionId>> targets(summary.calls.size());
  for (u32 i = 0; i < summary.calls.size(); ++i) {
    const Call& call = summary.calls[i];
    if (in_domain[row(call.caller)] && call.callee != none<FunctionId>) {
      targets[i].push_back(call.callee);
    }
  }
  for (const CallTarget& target : pruned.boundary.targets) {
    if (in_domain[row(summary.calls[row(target.call)].caller)]) {
      targets[row(target.call)].push_back(target.target);
    }
  }
  return targets;
}

void add_attribute(IdlType& type) {
  IdlAttributes& attributes = type.pointers.empty() ? type.attributes : type.pointers[0];
  attributes.push_back({IdlAttributeKind::nonnull, IdlSide::none, "", {}});
}

bool crosses_as_pointer(const IdlType& type) {
  const IdlAttributes& attributes = type.pointers.empty() ? type.attributes : type.pointers[0];
  bool is_pointer = !type.pointers.empty() || type.stem == IdlStem::function;
  return is_pointer && !find_attribute(attributes, IdlAttributeKind::unused) &&
         !find_attribute(attributes, IdlAttributeKind::cookie) &&
         !find_attribute(type.attributes, IdlAttributeKind::unused);
}

} // namespace

// What a function of the domain is given as NULL, it may hand on.
NullArguments find_null_arguments(const Pruned& pruned) {
  const Summary& summary = pruned.summary;
  std::vector<std::vector<FunctionId>> targets = find_targets(pruned);
  NullArguments found;
  size_t before = 0;
  do {
    before = found.size();
    for (const Argument& argument : summary.arguments) {
      if (argument.path == none<PathId>) {
        continue;
      }
      const Path& path = summary.paths[row(argument.path)];
      bool may_be_null = is_null(path) || (path.step == StepKind::argument &&
                                           found.contains({path.function, path.index}));
      for (FunctionId target :
           may_be_null ? targets[row(argument.call)] : std::vector<FunctionId>{}) {
        found.insert({target, argument.index});
      }
    }
  } while (found.size() != before);
  return found;
}

void add_nonnull(const Inference& inference, const Crossing& crossing, u32 index, IdlType& type) {
  if (crossing.to_driver || crossing.function == none<FunctionId> || !crosses_as_pointer(type)) {
    return;
  }
  const std::vector<u32>& nonnull =
      inference.pruned.summary.functions[row(crossing.function)].nonnull;
  if (std::ranges::find(nonnull, index) != nonnull.end() &&
      !inference.null_arguments.contains({crossing.function, index})) {
    add_attribute(type);
  }
}

} // namespace ks

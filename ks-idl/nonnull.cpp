// SPDX-License-Identifier: MIT

// Numbers in place of pointers that a function of the kernel's follows, or does not: NULL, and errors.

#include "ks-idl/infer.hpp"

#include <algorithm>

namespace ks::idl {
namespace {

bool is_null(const Path& path) { return path.step == StepKind::integer && path.integer == 0; }

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
NullArguments find_null_arguments(const View& view) {
  NullArguments found;
  size_t before = 0;
  do {
    before = found.size();
    for (u32 call : view.domain_calls()) {
      for (u32 i : view.arguments_of(CallId{call})) {
        const Argument& argument = view.summary().arguments[i];
        if (argument.path == none<PathId>) {
          continue;
        }
        const Path& path = view.path(argument.path);
        bool may_be_null = is_null(path) || (path.step == StepKind::argument &&
                                             found.contains({path.function, path.index}));
        if (!may_be_null) {
          continue;
        }
        for (FunctionId target : view.targets_of(CallId{call})) {
          found.insert({target, argument.index});
        }
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
      inference.pruned().summary.functions[row(crossing.function)].nonnull;
  if (std::ranges::find(nonnull, index) != nonnull.end() &&
      !inference.null_arguments.contains({crossing.function, index})) {
    add_attribute(type);
  }
}

// What copies a struct hands on all that is in it.
std::set<std::string> find_checked_errors(const View& view) {
  const std::vector<bool> runs = view.runs_in_kernel(Peers::left_out);
  std::set<std::string> checked, followed;
  for (const Access& access : view.summary().accesses) {
    const bool reads = access.kind == AccessKind::read || access.kind == AccessKind::update;
    if (!reads || access.field == none<FieldId> || !runs[row(access.function)]) {
      continue;
    }
    const std::string& field = view.summary().fields[row(access.field)].name;
    if (!access.as_pointer || access.error == ErrorUse::followed) {
      followed.insert(field);
    } else if (access.error == ErrorUse::checked) {
      checked.insert(field);
    }
  }
  std::erase_if(checked, [&](const std::string& field) { return followed.contains(field); });
  return checked;
}

void add_error(const Inference& inference, const Place& place, IdlType& type) {
  const bool is_object = type.stem == IdlStem::projection || type.stem == IdlStem::handle;
  if (!is_object || type.pointers.size() != 1 || place.is_result ||
      find_attribute(type.pointers[0], IdlAttributeKind::alloc_stack) ||
      find_attribute(type.pointers[0], IdlAttributeKind::unused)) {
    return;
  }
  bool bears = !place.is_root && inference.errors.contains(place.field);
  if (place.is_root) {
    const Crossing& crossing = inference.crossing(place.crossing);
    if (!crossing.to_driver && crossing.function != none<FunctionId>) {
      const std::vector<u32>& errors = inference.view.function(crossing.function).errors;
      bears = std::ranges::find(errors, place.index) != errors.end();
    }
  }
  if (bears) {
    type.pointers[0].push_back({IdlAttributeKind::error, IdlSide::none, "", {}});
  }
}

} // namespace ks::idl

// SPDX-License-Identifier: MIT
// Pointers to per-CPU memory, to a fixed point.

#include "ks-sync/per_cpu.hpp"

#include <algorithm>

namespace ks::sync {

PerCpu::PerCpu(const View& program, const Layout& layout, KnownRows allocators)
    : program_(program), layout_(layout), allocators_(allocators),
      fields_(program.summary().fields.size()), left_out_(program.summary().fields.size()),
      results_(program.summary().functions.size()) {
  bool grown = true;
  while (grown) {
    grown = follow_returns();
    grown |= follow_accesses();
  }
  for (u32 i = 0; i < fields_.size(); ++i)
    left_out_[i] = fields_[i] && !is_one_structure(FieldId{i});
}

bool PerCpu::is_value(PathId value) const {
  if (value == none<PathId>) return false;
  const Path& path = program_.path(value);
  switch (path.step) {
  case StepKind::allocation: return is_allocated(path.index);
  case StepKind::call_result: return is_returned(path.index);
  case StepKind::field: return path.field != none<FieldId> && fields_[row(path.field)];
  case StepKind::argument: return arguments_.contains({path.function, path.index});
  case StepKind::global:
  case StepKind::function:
  case StepKind::local:
  case StepKind::integer:
  case StepKind::unknown:
  case StepKind::dereference:
  case StepKind::element:
  case StepKind::address:
  case StepKind::cast: return false;
  }
  return false;
}

bool PerCpu::is_allocated(u32 call) const {
  if (call >= program_.summary().calls.size()) return false;
  return std::ranges::any_of(program_.targets_of(CallId{call}), [&](FunctionId target) {
    const KnownRow* known = find_row(allocators_, program_.function(target).name);
    return known && (*known)[1] == "allocate_percpu";
  });
}

bool PerCpu::is_returned(u32 call) const {
  if (call >= program_.summary().calls.size()) return false;
  return std::ranges::any_of(program_.targets_of(CallId{call}),
                             [&](FunctionId target) { return results_[row(target)]; });
}

// Members of a union with such a field are the same place.
bool PerCpu::add_field(FieldId field) {
  if (fields_[row(field)]) return false;
  fields_[row(field)] = true;
  for (const u32 shared : layout_.touched(field))
    fields_[row(layout_.shared().fields[shared].field)] = true;
  return true;
}

// What takes untyped pointers takes others, too.
bool PerCpu::add_argument(FunctionId function, u32 index) {
  const TypeId type = layout_.resolve(program_.function(function).type);
  if (type == none<TypeId>) return false;
  const std::span<const Member> parameters = layout_.members(type);
  if (index >= parameters.size() ||
      layout_.pointed_structure(parameters[index].type) == none<TypeId>)
    return false;
  return arguments_.emplace(function, index).second;
}

// What is stored, and the arguments that are stored where such pointers are.
bool PerCpu::follow_accesses() {
  bool grown = false;
  for (const Access& access : program_.summary().accesses) {
    if (access.kind != AccessKind::write || access.value == none<PathId> ||
        access.field == none<FieldId>)
      continue;
    const Path& value = program_.path(access.value);
    if (value.step == StepKind::allocation || value.step == StepKind::call_result) {
      if (is_value(access.value)) grown |= add_field(access.field);
    } else if (fields_[row(access.field)] && value.step == StepKind::argument) {
      grown |= add_argument(value.function, value.index);
    }
  }
  return grown;
}

bool PerCpu::follow_returns() {
  bool grown = false;
  for (const Return& one : program_.summary().returns) {
    if (one.path == none<PathId> || results_[row(one.function)]) continue;
    const Path& path = program_.path(one.path);
    if (path.step == StepKind::allocation && is_allocated(path.index))
      grown = results_[row(one.function)] = true;
  }
  return grown;
}

bool PerCpu::is_one_structure(FieldId id) const {
  const TypeId type = layout_.resolve(layout_.field(id).type);
  if (!layout_.is_pointer(type) || layout_.pointed_structure(type) == none<TypeId>) return false;
  return std::ranges::all_of(layout_.touched(id), [&](u32 shared) {
    const SharedField& other = layout_.shared().fields[shared];
    return (other.field == id) ==
           (other.driver_reads || other.driver_writes || other.driver_initializes);
  });
}

} // namespace ks::sync

// SPDX-License-Identifier: MIT
// Uses of kernel functions' arguments, bottom-up to a fixed point.

#include "ks-sync/arguments.hpp"

#include <algorithm>

namespace ks::sync {
namespace {

constexpr ArgumentUse driver_use{
    .reads = true, .writes = true, .stores = true, .shows = true, .compares = true, .partly = true};

// Whether what some call does with the argument is in the tables of models.
bool is_modelled(const View& program, FunctionId caller, u32 argument) {
  const Summary& summary = program.summary();
  for (const u32 i : program.accesses_of(caller)) {
    const Access& access = summary.accesses[i];
    if (access.source != AccessSource::model || access.path == none<PathId>) continue;
    if (argument_of_value(summary, access.path) == argument ||
        argument_of_place(summary, access.path) == argument)
      return true;
  }
  return false;
}

// Whether a place is what an argument points to, and not a part of that.
bool is_pointee(const Summary& summary, PathId place) {
  const Path& path = summary.paths[row(place)];
  return path.step == StepKind::dereference && path.parent != none<PathId> &&
         summary.paths[row(path.parent)].step == StepKind::argument;
}

bool join(ArgumentUse& into, const ArgumentUse& from) {
  const ArgumentUse before = into;
  into.reads |= from.reads;
  into.writes |= from.writes;
  into.stores |= from.stores;
  into.shows |= from.shows;
  into.compares |= from.compares;
  into.frees |= from.frees;
  into.frees_if_zero |= from.frees_if_zero;
  into.frees_if_nonzero |= from.frees_if_nonzero;
  into.looks |= from.looks;
  into.partly |= from.partly || from.writes; // if it is called at all
  return !(into == before);
}

} // namespace

PathId root_of(const Summary& summary, PathId path) {
  while (summary.paths[row(path)].parent != none<PathId>) path = summary.paths[row(path)].parent;
  return path;
}

i64 bytes_behind_pointer(const Summary& summary, PathId place) {
  i64 bytes = 0;
  for (; place != none<PathId>; place = summary.paths[row(place)].parent) {
    const Path& path = summary.paths[row(place)];
    if (path.step == StepKind::cast) bytes += static_cast<i64>(path.integer);
    if (path.step == StepKind::field)
      bytes += static_cast<i64>(summary.fields[row(path.field)].offset_bits / 8);
    if (path.step == StepKind::dereference) break;
  }
  return bytes;
}

KernelArguments::KernelArguments(const View& program)
    : program_(program), uses_(program.function_count()), allocating_(program.function_count()) {
  for (const Path& path : program.summary().paths) {
    if (path.step != StepKind::argument || path.function == none<FunctionId>) continue;
    Uses& uses = uses_[row(path.function)];
    if (path.index > 255) continue;
    if (uses.size() <= path.index) uses.resize(path.index + 1);
  }
  find_freed_places();
  for (u32 i = 0; i < program.function_count(); ++i)
    if (program.in_kernel(FunctionId{i})) add_own_accesses(FunctionId{i});
  for (const std::vector<u32>& component : find_components(program.callees_in_kernel())) {
    bool grew = true;
    while (grew) {
      grew = false;
      for (const u32 i : component) {
        if (!program.in_kernel(FunctionId{i})) continue;
        grew |= add_calls(FunctionId{i});
        grew |= find_allocating(FunctionId{i});
      }
      grew &= component.size() > 1;
    }
  }
}

// Places out of which the kernel frees what it has kept there. A variable has one owner; of a
// field, whose structure many units may know, it counts only where the same unit keeps and frees.
void KernelArguments::find_freed_places() {
  const Summary& summary = program_.summary();
  for (const Access& access : summary.accesses) {
    if (access.kind != AccessKind::free || access.path == none<PathId>) continue;
    if (!program_.in_kernel(access.function)) continue;
    const Path& object = summary.paths[row(access.path)];
    if (object.step != StepKind::dereference) continue;
    const Path& kept = summary.paths[row(object.parent)];
    if (kept.step == StepKind::global) freed_globals_.insert(kept.global);
    if (kept.step == StepKind::field)
      freed_fields_.insert({program_.function(access.function).unit, kept.field});
  }
}

bool KernelArguments::is_freed_from(const Access& store) const {
  if (store.field == none<FieldId>)
    return store.global != none<GlobalId> && freed_globals_.contains(store.global);
  const Function& keeper = program_.function(store.function);
  return !keeper.loc.file.ends_with(".h") && freed_fields_.contains({keeper.unit, store.field});
}

void KernelArguments::add_free(ArgumentUse& use, Outcome outcome) {
  use.frees = true;
  use.frees_if_zero |= outcome != Outcome::nonzero;
  use.frees_if_nonzero |= outcome != Outcome::zero;
}

// After the call that a free is. A macro may make several calls at one place.
Outcome KernelArguments::outcome_of(const Access& free) const {
  std::set<Outcome> found;
  for (const u32 i : program_.calls_of(free.function)) {
    const Call& call = program_.call(i);
    if (call.loc == free.loc) found.insert(call.outcome);
  }
  return found.size() == 1 ? *found.begin() : Outcome::any;
}

void KernelArguments::add_own_accesses(FunctionId function) {
  const Summary& summary = program_.summary();
  Uses& uses = uses_[row(function)];
  for (const u32 i : program_.accesses_of(function)) {
    const Access& access = summary.accesses[i];
    if (const u32 stored = argument_of_value(summary, access.value); stored < uses.size()) {
      uses[stored].stores = true;
      if (is_freed_from(access)) add_free(uses[stored], Outcome::any);
    }
    if (access.path == none<PathId>) continue;
    if (access.kind == AccessKind::compare) {
      if (const u32 compared = argument_of_value(summary, access.path); compared < uses.size())
        uses[compared].compares = true;
      continue;
    }
    const u32 index = argument_of_place(summary, access.path);
    if (index >= uses.size()) continue;
    uses[index].looks |= access.kind != AccessKind::free;
    switch (access.kind) {
    case AccessKind::read: uses[index].reads = true; break;
    case AccessKind::write:
      uses[index].writes = true;
      (access.must && is_pointee(summary, access.path) ? uses[index].sets : uses[index].partly) =
          true;
      break;
    case AccessKind::update: uses[index].reads = uses[index].writes = true; break;
    // Who frees from a member on, or from a computed place, frees the object.
    case AccessKind::free:
      add_free(uses[index], outcome_of(access));
      freed_at_[{function, index}].insert(
          std::min<i64>(0, bytes_behind_pointer(summary, access.path)));
      break;
    case AccessKind::compare: break;
    }
  }
}

bool KernelArguments::add_calls(FunctionId function) {
  bool grew = false;
  for (const u32 call : program_.calls_of(function)) grew |= add_call(function, call);
  return grew;
}

bool KernelArguments::add_call(FunctionId function, u32 call_row) {
  const Summary& summary = program_.summary();
  if (program_.call(call_row).kind == CallKind::inline_asm) return false; // it has access rows
  Uses& uses = uses_[row(function)];
  bool grew = false;
  for (const u32 i : program_.arguments_of(CallId{call_row})) {
    const Argument& argument = summary.arguments[i];
    const u32 index = argument_of_value(summary, argument.path);
    if (index >= uses.size()) continue;
    const auto& targets = program_.targets_of(CallId{call_row});
    if (targets.empty() && !is_modelled(program_, function, index))
      grew |= join(uses[index], unknown_use);
    for (const FunctionId target : targets) {
      if (program_.is_for_others(function, target)) continue;
      if (program_.was_dropped(target) && is_modelled(program_, function, index)) continue;
      ArgumentUse of_target = use(target, argument.index);
      of_target.frees &= passes_what_is_freed(function, index, argument, target);
      of_target.frees_if_zero = of_target.frees_if_nonzero = false;
      if (of_target.frees) add_free(of_target, program_.call(call_row).outcome);
      grew |= join(uses[index], of_target);
    }
  }
  return grew;
}

// Whether a free by the target is one of the function's own argument. What goes back to an
// allocator is whole: who gets a pointer to a part frees the object if it goes back by as many bytes
// as the part lies behind its start, as release functions do by container_of. Structures round that
// are not followed: what puts a reference to something deep inside is as a rule balanced by who
// took it.
bool KernelArguments::passes_what_is_freed(FunctionId function, u32 index, const Argument& argument,
                                           FunctionId target) {
  if (!use(target, argument.index).frees) return false;
  const Summary& summary = program_.summary();
  const std::set<i64> freed = freed_at_[{target, argument.index}];
  std::set<i64>& own = freed_at_[{function, index}];
  const Path& value = summary.paths[row(argument.path)];
  if (value.step == StepKind::argument) {
    own.insert(freed.begin(), freed.end());
    return true;
  }
  if (!freed.contains(-bytes_behind_pointer(summary, value.parent))) return false;
  own.insert(0);
  return true;
}

ArgumentUse KernelArguments::use(FunctionId function, u32 index) const {
  if (!program_.in_kernel(function) && program_.in_domain(function)) return driver_use;
  if (program_.was_dropped(function) || !program_.in_kernel(function)) return unknown_use;
  const Uses& uses = uses_[row(function)];
  return index < uses.size() ? uses[index] : ArgumentUse{};
}

bool KernelArguments::is_allocated(PathId value) const {
  const Summary& summary = program_.summary();
  while (value != none<PathId>) {
    const Path& path = summary.paths[row(value)];
    if (path.step == StepKind::allocation) return true;
    if (path.step == StepKind::call_result) {
      if (path.index >= summary.calls.size()) return false;
      const auto& targets = program_.targets_of(CallId{path.index});
      return !targets.empty() &&
             std::all_of(targets.begin(), targets.end(),
                         [&](FunctionId target) { return allocating_[row(target)]; });
    }
    // A pointer into the object: past a header, or aligned up.
    if (path.step != StepKind::address && path.step != StepKind::dereference &&
        path.step != StepKind::cast)
      return false;
    if (path.step == StepKind::dereference &&
        summary.paths[row(path.parent)].parent != none<PathId>)
      return false;
    value = path.parent;
  }
  return false;
}

bool KernelArguments::find_allocating(FunctionId function) {
  if (allocating_[row(function)]) return false;
  const Summary& summary = program_.summary();
  bool any = false;
  for (const u32 i : program_.returns_of(function)) {
    const Return& result = summary.returns[i];
    if (result.path == none<PathId>) {
      if (!result.is_constant) return false;
      continue;
    }
    const StepKind step = summary.paths[row(result.path)].step;
    if (step == StepKind::integer) continue;
    if (!is_allocated(result.path)) return false;
    any = true;
  }
  allocating_[row(function)] = any;
  return any;
}

// A target found by signature alone says nothing as long as better ones are known.
// Whether driver code may have got to know the object before this call of the function.
bool KernelArguments::is_shown_before(PathId value, u32 call_row) const {
  const Summary& summary = program_.summary();
  const PathId root = root_of(summary, value);
  const Path& made = summary.paths[row(root)];
  if (made.step == StepKind::call_result && made.index < summary.calls.size())
    for (const FunctionId target : program_.targets_of(CallId{made.index}))
      if (!returns_fresh(target)) return true;
  for (const u32 call : program_.calls_of(made.function)) {
    if (call >= call_row) break;
    for (const u32 i : program_.arguments_of(CallId{call})) {
      const Argument& argument = summary.arguments[i];
      if (argument.path == none<PathId> || root_of(summary, argument.path) != root) continue;
      for (const FunctionId target : program_.targets_of(CallId{call}))
        if (use(target, argument.index).shows) return true;
    }
  }
  return false;
}

bool KernelArguments::returns_fresh(FunctionId function) const {
  if (!allocating_[row(function)]) return false;
  const Summary& summary = program_.summary();
  for (const u32 i : program_.returns_of(function)) {
    const PathId path = summary.returns[i].path;
    if (path != none<PathId> && is_allocated(path) && is_shown_before(path, no_row)) return false;
  }
  return true;
}

template <class Holds>
bool KernelArguments::always_called_with(FunctionId driver, u32 index, const Holds& holds) const {
  const Summary& summary = program_.summary();
  u32 sites = 0;
  u32 weak_sites = 0;
  bool all = true;
  bool all_weak = true;
  for (const CallTarget& target : program_.pruned().boundary.targets) {
    if (target.target != driver) continue;
    const Call& call = program_.call(row(target.call));
    if (!program_.in_kernel(call.caller)) continue;
    bool site = false;
    for (const u32 i : program_.arguments_of(target.call)) {
      const Argument& argument = summary.arguments[i];
      if (argument.index != index) continue;
      site = argument.path != none<PathId> && holds(argument.path, row(target.call));
      if (!site) break;
    }
    const bool weak = target.source == TargetSource::signature;
    (weak ? weak_sites : sites) += 1;
    (weak ? all_weak : all) &= site;
  }
  return sites > 0 ? all : weak_sites > 0 && all_weak;
}

bool KernelArguments::always_called_with_fresh(FunctionId driver, u32 index) const {
  return always_called_with(driver, index, [&](PathId path, u32 call) {
    return is_allocated(path) && !is_shown_before(path, call);
  });
}

bool KernelArguments::is_handed_back(FunctionId driver, u32 index) const {
  std::set<std::pair<FunctionId, u32>> seen;
  const auto is_argument = [&](PathId value) {
    return value != none<PathId> && program_.path(value).step == StepKind::argument;
  };
  // A function that was passed with it: others that the kernel's code passes there get other things.
  return always_called_with(driver, index, [&](PathId path, u32 row) {
    const Call& call = program_.call(row);
    return is_argument(call.target) && is_argument(path) &&
           is_drivers_number(call.caller, program_.path(path).index, seen);
  });
}

// Whether the driver passes the function's argument, by itself or through others of the kernel's.
bool KernelArguments::is_drivers_number(FunctionId function, u32 index,
                                        std::set<std::pair<FunctionId, u32>>& seen) const {
  if (use(function, index).looks) return false;
  if (!program_.domain_calls_to(function).empty()) return true;
  if (!seen.emplace(function, index).second) return false;
  for (const u32 call : program_.calls_to(function)) {
    for (const u32 i : program_.arguments_of(CallId{call})) {
      const Argument& argument = program_.summary().arguments[i];
      if (argument.index != index || argument.path == none<PathId>) continue;
      const Path& value = program_.path(argument.path);
      if (value.step == StepKind::argument &&
          is_drivers_number(program_.call(call).caller, value.index, seen))
        return true;
    }
  }
  return false;
}

bool KernelArguments::always_called_with_local(FunctionId driver, u32 index) const {
  return always_called_with(driver, index, [&](PathId path, u32) {
    const Summary& summary = program_.summary();
    return summary.paths[row(path)].step == StepKind::address &&
           summary.paths[row(summary.paths[row(path)].parent)].step == StepKind::local;
  });
}

} // namespace ks::sync

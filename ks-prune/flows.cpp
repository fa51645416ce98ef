// SPDX-License-Identifier: MIT
#include "ks-prune/flows.hpp"

namespace ks::prune {

namespace {

using Kind = Holder::Kind;

Holder behind(Holder holder) {
  // What a place behind a place points to is told apart no more.
  if (holder.behind || holder.is(Kind::function) || holder.is(Kind::unknown)) return {};
  holder.behind = true;
  return holder;
}

} // namespace

Flows::Flows(const Summary& summary)
    : of_functions(summary.functions.size()), of_sites(summary.functions.size()), summary_(summary),
      sites_(summary.calls.size()) {
  std::vector<u32> next(summary.functions.size());
  for (u32 i = 0; i < summary.calls.size(); ++i) {
    const Call& call = summary.calls[i];
    if (call.kind == CallKind::indirect) sites_[i] = next[row(call.caller)]++;
  }
  add_accesses();
  for (const Call& call : summary.calls) add_call(call);
  add_returns();
}

Flows::Level Flows::level(TypeId type) const {
  if (type == none<TypeId>) return {1, true};
  Level level;
  for (u32 steps = 0; type != none<TypeId> && steps < 16; ++steps) {
    const Type& at = summary_.types[row(type)];
    switch (at.kind) {
    case TypeKind::function: level.pointers = std::max(level.pointers, 1u); return level;
    case TypeKind::void_:
    case TypeKind::unknown: level.any = true; return level;
    case TypeKind::pointer: ++level.pointers; break;
    case TypeKind::typedef_:
    case TypeKind::array: break;
    default: return {};
    }
    type = at.element;
  }
  level.any = true;
  return level;
}

Holder Flows::place(const Path& at) const {
  switch (at.step) {
  case StepKind::field: return {Kind::field, false, row(at.field)};
  case StepKind::global: return {Kind::global, false, row(at.global)};
  case StepKind::local: return {Kind::local, false, row(at.function), at.index};
  case StepKind::argument: return {Kind::argument, false, row(at.function), at.index};
  case StepKind::element: return place(*path(at.parent));
  case StepKind::cast:
    // An unnamed place in one thing is that thing; a structure has fields.
    return at.type == none<TypeId> ? place(*path(at.parent)) : Holder{};
  case StepKind::dereference: return behind(value(*path(at.parent)));
  default: return {};
  }
}

// What the path stands for as a value; for an address, the place whose address it is.
Holder Flows::value(const Path& at) const {
  switch (at.step) {
  case StepKind::function: return {Kind::function, false, row(at.target)};
  case StepKind::allocation: return {Kind::allocation, false, row(at.function), at.index};
  case StepKind::call_result: {
    if (at.index >= summary_.calls.size()) return {};
    const Call& call = summary_.calls[at.index];
    if (call.kind == CallKind::direct) return {Kind::result, false, row(call.callee)};
    if (call.kind == CallKind::indirect)
      return {Kind::site_result, false, row(call.caller), 0, sites_[at.index]};
    return {};
  }
  default: return place(at);
  }
}

// `type`: as what the receiver declares it, if that is known.
void Flows::add(FunctionId function, PathId id, Holder to, TypeId type) {
  const Path* from = path(id);
  if (from == nullptr || from->step == StepKind::integer) return;
  std::vector<Flow>& flows = of_functions[row(function)];
  if (from->step == StepKind::function) {
    flows.push_back({value(*from), to});
    return;
  }
  const bool declared = type != none<TypeId>;
  if (from->step == StepKind::address) {
    // A pointer to a place that holds functions, or to one that may.
    const Path& pointee = *path(from->parent);
    const Level held = level(pointee.type);
    const Level wanted = level(type);
    const bool holds = held.pointers == 1 && !held.any;
    const bool wants = wanted.pointers == 2 && !wanted.any;
    if (!holds && !wants) return;
    const Holder at = place(pointee);
    if (to.is(Kind::unknown) && at.is(Kind::unknown)) return;
    flows.push_back({at, behind(to)});
    flows.push_back({behind(to), at});
    return;
  }
  const Level own = level(from->type);
  const Level other = declared ? level(type) : own;
  const bool of_either = own.pointers > 0 && !own.any;
  if (other.pointers == 0) return;
  if (from->type != none<TypeId> && own.pointers == 0) return;
  if (other.any && !of_either && other.pointers != 1) return;
  const Holder at = value(*from);
  // Void pointers of unknown origin are data; what is called is typed.
  if (to.is(Kind::unknown) && (at.is(Kind::unknown) || !of_either)) return;
  if (at.is(Kind::unknown) && other.any && declared) return;
  flows.push_back({at, to});
  const u32 pointers = of_either ? own.pointers : other.pointers;
  const bool typed = of_either || !other.any;
  if (typed && pointers == 2 && !at.behind && !to.behind) {
    flows.push_back({behind(at), behind(to)});
    flows.push_back({behind(to), behind(at)});
  }
}

void Flows::add_accesses() {
  for (const Access& access : summary_.accesses) {
    if (access.value == none<PathId>) continue;
    const Path* at = path(access.path);
    Holder to = at == nullptr ? Holder{} : place(*at);
    TypeId type = at == nullptr ? none<TypeId> : at->type;
    if (access.field != none<FieldId>) {
      to = {Kind::field, false, row(access.field)};
      type = summary_.fields[row(access.field)].type;
    } else if (at == nullptr && access.global != none<GlobalId>) {
      to = {Kind::global, false, row(access.global)};
    }
    add(access.function, access.value, to, type);
  }
}

void Flows::add_call(const Call& call) {
  if (call.kind == CallKind::inline_asm) return;
  const u32 number = static_cast<u32>(&call - summary_.calls.data());
  if (call.kind == CallKind::indirect) {
    std::vector<Holder>& from = of_sites[row(call.caller)].emplace_back();
    const auto add_target = [&](PathId id) {
      const Path* target = path(id);
      if (target != nullptr && target->step != StepKind::integer) from.push_back(value(*target));
    };
    add_target(call.target);
    for (const PathId other : call.more_targets) add_target(other);
    if (call.via != none<FieldId> && call.target == none<PathId>)
      from.push_back({Kind::field, false, row(call.via)});
    if (from.empty()) from.emplace_back();
  }
  for (u32 i = 0; i < call.argument_count; ++i) {
    const Argument& argument = summary_.arguments[call.first_argument + i];
    Holder to{Kind::argument, false, row(call.callee), argument.index};
    if (call.kind == CallKind::indirect)
      to = {Kind::site_argument, false, row(call.caller), argument.index, sites_[number]};
    TypeId type = none<TypeId>;
    if (call.signature != none<TypeId>) {
      const Type& function = summary_.types[row(call.signature)];
      if (argument.index < function.member_count)
        type = summary_.members[function.first_member + argument.index].type;
    }
    add(call.caller, argument.path, to, type);
  }
}

void Flows::add_returns() {
  for (const Return& result : summary_.returns) {
    TypeId type = summary_.functions[row(result.function)].type;
    if (type != none<TypeId>) type = summary_.types[row(type)].element;
    add(result.function, result.path, {Kind::result, false, row(result.function)}, type);
  }
}

} // namespace ks::prune

// SPDX-License-Identifier: MIT
#include "ks-sync/commands.hpp"

#include "pipelines/bits.hpp"

#include <algorithm>

namespace ks::sync {
namespace {

constexpr u64 most_values = 64; // of one guard
constexpr std::size_t most_uses = 512; // of one argument
constexpr u64 most_bytes = 64; // scalars without a struct

Groups find_calls_to(const View& program) {
  std::vector<std::pair<u32, u32>> calls;
  for (u32 call = 0; call < program.summary().calls.size(); ++call)
    for (const FunctionId target : program.targets_of(CallId{call}))
      calls.emplace_back(row(target), call);
  return Groups(program.function_count(), calls);
}

} // namespace

Commands::Commands(const View& program, const Layout& layout)
    : program_(program), summary_(program.summary()), layout_(layout),
      calls_to_(find_calls_to(program)) {
  for (const CallTarget& target : program.pruned().boundary.targets)
    if (target.source == TargetSource::signature) weak_.emplace(row(target.call), target.target);
}

bool Commands::is_number(TypeId type) const {
  type = layout_.resolve(type);
  return type != none<TypeId> && summary_.types[row(type)].kind == TypeKind::integer &&
         summary_.types[row(type)].size == sizeof(u64);
}

bool Commands::is_untyped(TypeId type) const {
  if (is_number(type)) return true;
  type = layout_.resolve(type);
  return layout_.is_pointer(type) && !summary_.types[row(type)].user &&
         layout_.pointee(type) == none<TypeId>;
}

bool Commands::is_argument(PathId path, u32 index) const {
  if (path == none<PathId>) return false;
  const Path& at = program_.path(path);
  return at.step == StepKind::argument && at.parent == none<PathId> && at.index == index;
}

TypeId Commands::parameter(FunctionId function, TypeId signature, u32 index) const {
  const TypeId own = layout_.resolve(program_.function(function).type);
  TypeId type = own == none<TypeId> ? layout_.resolve(signature) : own;
  if (const TypeId target = layout_.pointee(type); target != none<TypeId>) type = target;
  if (type == none<TypeId>) return none<TypeId>;
  const std::span<const Member> parameters = layout_.members(type);
  return index < parameters.size() ? parameters[index].type : none<TypeId>;
}

u64 Commands::bits_of_argument(FunctionId function, u32 index) const {
  return layout_.size(parameter(function, none<TypeId>, index)) * 8;
}

bool Commands::holds_pointer(TypeId type) const {
  type = layout_.element(type);
  if (type == none<TypeId>) return true;
  if (!layout_.is_structure(type)) return layout_.is_pointer(type);
  return std::ranges::any_of(layout_.members(type),
                             [&](const Member& member) { return holds_pointer(member.type); });
}

// Whether what is copied there, or from there, has no pointers in it, as far as the other place says.
bool Commands::is_of_numbers(const Access& access) const {
  if (access.source == AccessSource::instruction) return !access.as_pointer;
  return std::ranges::none_of(program_.accesses_of(access.function), [&](u32 i) {
    const Access& other = summary_.accesses[i];
    if (other.instruction != access.instruction || other.kind == access.kind) return false;
    if (other.path == none<PathId>) return true;
    return holds_pointer(other.field == none<FieldId> ? program_.path(other.path).type
                                                      : layout_.field(other.field).type);
  });
}

// What an access to a place behind the argument takes to be there; no access: its address is passed on.
std::optional<Commands::Thing> Commands::thing_at(PathId place, u32 index,
                                                  const Access* access) const {
  if (place == none<PathId>) return std::nullopt;
  u64 offset = 0;
  bool is_exact = true, is_direct = true;
  for (PathId at = place; at != none<PathId>; at = program_.path(at).parent) {
    const Path& path = program_.path(at);
    if (path.step == StepKind::address) continue;
    if (path.step == StepKind::dereference && is_argument(path.parent, index)) {
      const TypeId structure = layout_.resolve(path.type);
      if (layout_.is_structure(structure))
        return layout_.tag(structure).empty() ? Thing{Kind::followed}
                                              : Thing{Kind::object, structure};
      const bool is_scalar = is_exact && is_direct && access && is_of_numbers(*access) &&
                             access->size != 0 && access->length == none<PathId>;
      const u64 end = is_scalar ? offset + access->size : 0;
      if (!is_scalar || end > most_bytes) return Thing{Kind::followed};
      return Thing{Kind::scalars, none<TypeId>, end, access->kind != AccessKind::read};
    }
    is_direct &= path.step != StepKind::dereference;
    if (path.step == StepKind::element && path.integer != any_element)
      offset += path.integer * layout_.size(path.type);
    else if (path.step == StepKind::cast && static_cast<i64>(path.integer) >= 0)
      offset += path.integer;
    else
      is_exact = false;
  }
  return std::nullopt;
}

Commands::Known Commands::known_by(const std::vector<Guard>& guards) const {
  Known known;
  for (const Guard& guard : guards) {
    if (guard.mask == 0 || guard.values.size() > most_values) continue;
    const Path& argument = program_.path(guard.member);
    known[{argument.index, guard.mask}] = {guard.unless,
                                           {guard.values.begin(), guard.values.end()}};
  }
  return known;
}

void Commands::add_accesses(const Key& key, Own& own) const {
  for (const u32 i : program_.accesses_of(key.first)) {
    const Access& access = summary_.accesses[i];
    const bool touches = access.kind != AccessKind::compare && access.kind != AccessKind::free;
    if (const std::optional<Thing> thing =
            touches ? thing_at(access.path, key.second, &access) : std::nullopt)
      own.uses.insert({*thing, known_by(access.commands)});
    if (!is_argument(access.value, key.second)) continue;
    // What it is kept as, it is.
    const TypeId kept = access.field == none<FieldId>
                            ? none<TypeId>
                            : layout_.pointed_structure(layout_.field(access.field).type);
    own.uses.insert({kept == none<TypeId> || layout_.tag(kept).empty() ? Thing{Kind::handed}
                                                                       : Thing{Kind::object, kept},
                     known_by(access.commands)});
  }
}

// Whether the tables of models say what some call in the function does with the argument.
bool Commands::is_modelled(const Key& key) const {
  return std::ranges::any_of(program_.accesses_of(key.first), [&](u32 i) {
    const Access& access = summary_.accesses[i];
    return access.source == AccessSource::model &&
           argument_of_place(summary_, access.path) == key.second;
  });
}

void Commands::add_call(const Key& key, u32 call, const Argument& argument, Own& own) const {
  const Known known = known_by(argument.commands);
  const auto& targets = program_.targets_of(CallId{call});
  if (targets.empty() && !is_modelled(key)) own.uses.insert({{Kind::followed}, known});
  for (const FunctionId target : targets) {
    if (program_.is_for_others(key.first, target)) continue;
    const TypeId type = parameter(target, program_.call(call).signature, argument.index);
    const TypeId structure = layout_.pointed_structure(type);
    if (structure != none<TypeId>) {
      own.uses.insert(
          {layout_.tag(structure).empty() ? Thing{Kind::followed} : Thing{Kind::object, structure},
           known});
    } else if (type != none<TypeId> && summary_.types[row(layout_.resolve(type))].user) {
      own.uses.insert({{Kind::handed}, known});
    } else if (program_.in_domain(target) ||
               (program_.in_kernel(target) && !program_.was_dropped(target))) {
      own.handings.push_back({call, {target, argument.index}, known});
    } else if (!is_modelled(key)) {
      own.uses.insert({{Kind::followed}, known});
    }
  }
}

void Commands::add_calls(const Key& key, Own& own) const {
  for (const u32 call : program_.calls_of(key.first)) {
    if (program_.call(call).kind == CallKind::inline_asm) continue; // it has access rows
    for (const u32 i : program_.arguments_of(CallId{call})) {
      const Argument& argument = summary_.arguments[i];
      if (is_argument(argument.path, key.second)) {
        add_call(key, call, argument, own);
      } else if (const std::optional<Thing> thing = thing_at(argument.path, key.second, nullptr)) {
        // A model has a row for what it does to bytes.
        if (thing->kind == Kind::object || !is_modelled(key))
          own.uses.insert({*thing, known_by(argument.commands)});
      }
    }
  }
}

const Commands::Own& Commands::own(const Key& key) {
  const auto [at, added] = own_.try_emplace(key);
  if (added) {
    add_accesses(key, at->second);
    add_calls(key, at->second);
  }
  return at->second;
}

std::optional<PathId> Commands::passed(u32 call, u32 index) const {
  std::optional<PathId> found;
  for (const u32 i : program_.arguments_of(CallId{call})) {
    const Argument& argument = summary_.arguments[i];
    if (argument.index != index) continue;
    if (found || argument.path == none<PathId>) return std::nullopt;
    found = argument.path;
  }
  return found;
}

// A callee's use as one of the caller's.
std::optional<Commands::Use> Commands::translated(const Use& use, const Handing& handing) const {
  Use result{use.thing, handing.known};
  for (const auto& [tag, range] : use.known) {
    const std::optional<PathId> value = passed(handing.call, tag.argument);
    if (!value) continue;
    const Path& path = program_.path(*value);
    if (path.step == StepKind::integer) {
      if (!range.has(path.integer & tag.mask)) return std::nullopt;
      continue;
    }
    const u64 bits = bits_of_argument(program_.call(handing.call).caller, path.index);
    if (path.step != StepKind::argument || path.parent != none<PathId> || bits == 0) continue;
    // What a narrower argument becomes for its highest bit depends on its sign.
    const u64 mask = tag.mask & low_bits(bits);
    const u64 sign = mask != tag.mask ? ~low_bits(bits - 1) : 0;
    if (std::ranges::any_of(range.values, [&](u64 one) { return (one & sign) != 0; })) continue;
    const auto [known, added] = result.known.try_emplace({path.index, mask}, range);
    if (!added) known->second = both(known->second, range);
    if (known->second.is_none()) return std::nullopt;
  }
  return result;
}

// To a fixed point over all that the argument is handed on to.
const std::set<Commands::Use>& Commands::uses(const Key& key) {
  if (const auto known = uses_.find(key); known != uses_.end()) return known->second;
  std::vector<Key> keys{key};
  std::set<Key> seen{key};
  for (std::size_t i = 0; i < keys.size(); ++i)
    for (const Handing& handing : own(keys[i]).handings)
      if (!uses_.contains(handing.to) && seen.insert(handing.to).second) keys.push_back(handing.to);
  for (const Key& one : keys) uses_[one] = own(one).uses;
  for (bool grew = true; grew;) {
    grew = false;
    for (auto one = keys.rbegin(); one != keys.rend(); ++one) {
      std::set<Use>& found = uses_[*one];
      const std::size_t before = found.size();
      if (before > most_uses) continue;
      for (const Handing& handing : own(*one).handings)
        for (const Use& use : std::set<Use>(uses_[handing.to]))
          if (std::optional<Use> mine = translated(use, handing)) found.insert(*std::move(mine));
      if (found.size() > most_uses) found.insert({{Kind::followed}, {}});
      grew |= found.size() != before;
    }
  }
  return uses_[key];
}

// The one thing that all of these uses agree with.
Command Commands::choose(const std::vector<const Use*>& uses) const {
  Command chosen;
  std::set<TypeId> structures;
  bool is_followed = false, has_scalars = false;
  for (const Use* use : uses) {
    const Thing& thing = use->thing;
    if (thing.kind == Kind::object) structures.insert(thing.structure);
    is_followed |= thing.kind == Kind::followed;
    chosen.is_handed |= thing.kind != Kind::scalars;
    if (thing.kind != Kind::scalars) continue;
    has_scalars = true;
    chosen.bytes = std::max(chosen.bytes, thing.bytes);
    chosen.writes |= thing.writes;
  }
  for (const TypeId outer : structures)
    if (std::ranges::all_of(structures, [&](TypeId inner) {
          return inner == outer || layout_.begins_with(outer, inner);
        }))
      chosen.structure = outer;
  if (chosen.structure != none<TypeId>) {
    chosen.kind = ArmKind::object;
    chosen.is_lost = is_followed || has_scalars;
    chosen.bytes = 0;
    chosen.writes = false;
  } else if (structures.empty() && has_scalars && !is_followed) {
    chosen.kind = ArmKind::scalars;
  } else {
    chosen.is_lost = is_followed || has_scalars || !structures.empty();
    chosen.bytes = 0;
    chosen.writes = false;
  }
  return chosen;
}

// What is there for each value of the tag; the last is for all that are not named.
std::vector<Command> Commands::split(const std::set<Use>& uses, const CommandTag& tag) const {
  std::set<u64> values;
  const auto range_of = [&](const Use& use) {
    const auto known = use.known.find(tag);
    return known == use.known.end() ? all_values() : known->second;
  };
  for (const Use& use : uses) {
    const Range range = range_of(use);
    values.insert(range.values.begin(), range.values.end());
  }
  const auto chosen_for = [&](const auto& holds) {
    std::vector<const Use*> held;
    for (const Use& use : uses)
      if (holds(range_of(use))) held.push_back(&use);
    Command chosen = choose(held);
    chosen.tag = tag;
    return chosen;
  };
  std::vector<Command> commands;
  Command rest = chosen_for([](const Range& range) { return range.unless; });
  rest.range.unless = true;
  const auto is_same = [](const Command& a, const Command& b) {
    return a.kind == b.kind && a.structure == b.structure && a.bytes == b.bytes &&
           a.is_lost == b.is_lost && a.is_handed == b.is_handed;
  };
  for (const u64 value : values) {
    Command one = chosen_for([&](const Range& range) { return range.has(value); });
    if (is_same(one, rest)) {
      rest.writes |= one.writes;
      continue;
    }
    rest.range.values.insert(value);
    auto known = std::ranges::find_if(commands, [&](const Command& c) { return is_same(c, one); });
    if (known == commands.end()) known = commands.insert(commands.end(), one);
    known->range.values.insert(value);
    known->writes |= one.writes;
  }
  commands.push_back(std::move(rest));
  return commands;
}

std::vector<Command> Commands::of(std::span<const FunctionId> targets, u32 index) {
  std::set<Use> all;
  for (const FunctionId target : targets) {
    const std::set<Use>& found = uses({target, index});
    all.insert(found.begin(), found.end());
  }
  std::set<CommandTag> tags;
  for (const Use& use : all)
    for (const auto& [tag, range] : use.known) tags.insert(tag);
  std::vector<Command> best;
  const auto lost = [](const std::vector<Command>& commands) {
    return std::ranges::count_if(commands, &Command::is_lost);
  };
  for (const CommandTag& tag : tags) {
    std::vector<Command> commands = split(all, tag);
    const bool is_known = std::ranges::any_of(
        commands, [](const Command& one) { return one.kind != ArmKind::cookie; });
    if (commands.size() < 2 || !is_known) continue;
    if (best.empty() || lost(commands) < lost(best) ||
        (lost(commands) == lost(best) && commands.size() > best.size()))
      best = std::move(commands);
  }
  return best;
}

// Whether a call may pass a value of the command that is asked for.
bool Commands::may_pass(u32 call, const Wanted& wanted) const {
  if (wanted.argument == no_row) return true;
  const std::optional<PathId> value = passed(call, wanted.argument);
  if (!value || program_.path(*value).step != StepKind::integer) return true;
  return wanted.range.has(program_.path(*value).integer & wanted.mask);
}

Commands::Wanted Commands::at_callers(u32 call, const Wanted& wanted) const {
  const std::optional<PathId> tag =
      wanted.argument == no_row ? std::nullopt : passed(call, wanted.argument);
  if (!tag || program_.path(*tag).step != StepKind::argument) return {};
  return {program_.path(*tag).index, wanted.mask, wanted.range};
}

bool Commands::is_address_of_local(PathId value) const {
  const Path* path = &program_.path(value);
  if (path->step != StepKind::address) return false;
  while (path->parent != none<PathId>) {
    path = &program_.path(path->parent);
    if (path->step == StepKind::dereference) return false;
  }
  return path->step == StepKind::local;
}

bool Commands::is_local(u32 call, u32 index, const Wanted& wanted, Seen& seen) const {
  if (!may_pass(call, wanted)) return true;
  const FunctionId caller = program_.call(call).caller;
  bool found = false;
  for (const u32 i : program_.arguments_of(CallId{call})) {
    const Argument& argument = summary_.arguments[i];
    if (argument.index != index) continue;
    found = true;
    if (argument.path == none<PathId>) return false;
    const Path& path = program_.path(argument.path);
    if (path.step == StepKind::integer && path.integer == 0) continue;
    if (path.step != StepKind::argument) {
      if (!is_address_of_local(argument.path)) return false;
      continue;
    }
    const Wanted outer = at_callers(call, wanted);
    if (!seen.emplace(caller, path.index, outer.argument).second) continue;
    const std::vector<u32> calls = calls_of(caller, program_.in_kernel(caller));
    if (program_.crossing_of(caller) != none<CrossingId> || calls.empty() ||
        !std::ranges::all_of(calls,
                             [&](u32 one) { return is_local(one, path.index, outer, seen); }))
      return false;
  }
  return found;
}

bool Commands::may_be_local(u32 call, u32 index, const Wanted& wanted, Seen& seen) const {
  if (!may_pass(call, wanted)) return false;
  const FunctionId caller = program_.call(call).caller;
  for (const u32 i : program_.arguments_of(CallId{call})) {
    const Argument& argument = summary_.arguments[i];
    if (argument.index != index || argument.path == none<PathId>) continue;
    if (is_address_of_local(argument.path)) return true;
    const Path& path = program_.path(argument.path);
    const Wanted outer = at_callers(call, wanted);
    if (path.step != StepKind::argument || !seen.emplace(caller, path.index, outer.argument).second)
      continue;
    for (const u32 one : calls_of(caller, program_.in_kernel(caller)))
      if (may_be_local(one, path.index, outer, seen)) return true;
  }
  return false;
}

bool Commands::is_local_among(std::span<const u32> calls, u32 index, const Command& command) const {
  Seen seen;
  const Wanted wanted{command.tag.argument, command.tag.mask, command.range};
  return std::ranges::any_of(calls,
                             [&](u32 call) { return may_be_local(call, index, wanted, seen); });
}

std::set<u64> Commands::numbers_among(std::span<const u32> calls, u32 index,
                                      const Command& command) const {
  constexpr u64 first_address = 4096;
  std::set<u64> values;
  for (const u32 call : calls) {
    const std::optional<PathId> tag = passed(call, command.tag.argument);
    if (!tag || program_.path(*tag).step != StepKind::integer) continue;
    const u64 value = program_.path(*tag).integer & command.tag.mask;
    for (const u32 i : program_.arguments_of(CallId{call})) {
      const Argument& argument = summary_.arguments[i];
      if (argument.index != index || !command.range.has(value)) continue;
      const bool is_computed = argument.path == none<PathId>;
      if (is_computed || (program_.path(argument.path).step == StepKind::integer &&
                          program_.path(argument.path).integer >= first_address))
        values.insert(value);
    }
  }
  return values;
}

std::vector<u32> Commands::calls_of(FunctionId function, bool in_kernel) const {
  std::vector<u32> strong, weak;
  for (const u32 call : calls_to_.of(row(function))) {
    const FunctionId caller = program_.call(call).caller;
    if (in_kernel ? !program_.in_kernel(caller) : !program_.in_domain(caller)) continue;
    (weak_.contains({call, function}) ? weak : strong).push_back(call);
  }
  return strong.empty() ? weak : strong;
}

bool Commands::are_local(std::span<const u32> calls, u32 index, const Command& command) const {
  Seen seen;
  const Wanted wanted{command.tag.argument, command.tag.mask, command.range};
  return !calls.empty() &&
         std::ranges::all_of(calls, [&](u32 call) { return is_local(call, index, wanted, seen); });
}

} // namespace ks::sync

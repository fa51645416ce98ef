// SPDX-License-Identifier: MIT

#include "ks-idl/idioms.hpp"

#include <algorithm>

namespace ks {

std::string Idioms::crossing_name(const Crossing& crossing) const {
  for (const Alias& alias : summary_.aliases) {
    auto entry = entries_.find(alias.name);
    if (entry != entries_.end() && entry->second == crossing.kind &&
        alias.function == crossing.function) {
      return alias.name;
    }
  }
  return crossing.name;
}

Idioms::Idioms(const Pruned& pruned, const TypeTable& types, const Known& known)
    : pruned_(pruned), summary_(pruned.summary), types_(types),
      sides_(pruned.summary.functions.size(), Side::kernel) {
  for (const KnownRow& row : known.rows(KnownTable::entries)) {
    entries_.emplace(row[0],
                     row[1] == "init" ? CrossingKind::module_init : CrossingKind::module_exit);
  }
  for (const Placement& placement : pruned.boundary.placements) {
    sides_[row(placement.function)] = placement.side;
  }
  for (u32 i = 0; i < pruned.boundary.crossings.size(); ++i) {
    crossings_.emplace(row(pruned.boundary.crossings[i].function), i);
  }
  inside_.insert(pruned.boundary.library.begin(), pruned.boundary.library.end());
  for (const Clone& clone : pruned.boundary.clones) {
    inside_.insert(summary_.functions[row(clone.function)].name);
  }
  for (u32 i = 0; i < summary_.accesses.size(); ++i) {
    accesses_.emplace(row(summary_.accesses[i].function), i);
  }
  for (u32 i = 0; i < summary_.calls.size(); ++i) {
    calls_.emplace(row(summary_.calls[i].caller), i);
    if (summary_.calls[i].callee != none<FunctionId>) {
      calls_to_.emplace(row(summary_.calls[i].callee), i);
    }
  }
  find_strings(known.rows(KnownTable::strings));
  find_stored_functions();
}

std::pair<const Argument*, const Argument*> Idioms::arguments(const Call& call) const {
  const Argument* first = summary_.arguments.data() + call.first_argument;
  return {first, first + call.argument_count};
}

const Crossing* Idioms::crossing_of(FunctionId function) const {
  auto found = crossings_.find(row(function));
  return function == none<FunctionId> || found == crossings_.end()
             ? nullptr
             : &pruned_.boundary.crossings[found->second];
}

std::string Idioms::name_of(FunctionId function) const {
  if (function == none<FunctionId>) {
    return {};
  }
  const Crossing* crossing = crossing_of(function);
  const std::string& symbol = summary_.functions[row(function)].name;
  std::string name = crossing              ? crossing_name(*crossing)
                     : inside_.contains(symbol) ? symbol
                                                : "";
  return is_name(name) ? name : "";
}

std::optional<u32> Idioms::plain_argument(PathId path) const {
  if (path == none<PathId> || summary_.paths[row(path)].step != StepKind::argument) {
    return std::nullopt;
  }
  return summary_.paths[row(path)].index;
}

std::optional<u32> Idioms::pointee_of(PathId path) const {
  while (path != none<PathId>) {
    const Path& step = summary_.paths[row(path)];
    if (step.step != StepKind::element && step.step != StepKind::dereference &&
        step.step != StepKind::cast) {
      return std::nullopt;
    }
    path = step.parent;
    if (step.step == StepKind::dereference) {
      return plain_argument(path);
    }
  }
  return std::nullopt;
}

bool Idioms::is_string_literal(PathId path) const {
  if (path == none<PathId>) {
    return false;
  }
  const Path* step = &summary_.paths[row(path)];
  if (step->step == StepKind::address && step->parent != none<PathId>) {
    step = &summary_.paths[row(step->parent)];
  }
  return step->step == StepKind::global && step->global != none<GlobalId> &&
         !summary_.globals[row(step->global)].string_value.empty();
}

// One call's argument: whether it shows that something is a string that was not known to be.
bool Idioms::add_string_flow(const Call& call, const Argument& argument) {
  if (call.callee == none<FunctionId> || argument.path == none<PathId>) {
    return false;
  }
  FunctionArgument formal{row(call.callee), argument.index};
  if (is_string_literal(argument.path)) {
    return string_arguments_.insert(formal).second;
  }
  if (!string_arguments_.contains(formal)) {
    return false;
  }
  const Path& path = summary_.paths[row(argument.path)];
  if (path.step == StepKind::argument) {
    return string_arguments_.insert({row(call.caller), path.index}).second;
  }
  if (path.step == StepKind::field && types_.kind(path.type) == TypeKind::pointer) {
    return string_fields_.insert(summary_.fields[row(path.field)].name).second;
  }
  return false;
}

void Idioms::find_strings(const KnownRows& known) {
  for (u32 i = 0; i < summary_.functions.size(); ++i) {
    const std::string& name = summary_.functions[i].name;
    const KnownRow* row = find_row(known, name);
    for (; row && row != known.data() + known.size() && (*row)[0] == name; ++row) {
      string_arguments_.insert({i, row->number(1)});
    }
  }
  for (const Initializer& initializer : summary_.initializers) {
    if (initializer.kind == ValueKind::string && initializer.field != none<FieldId>) {
      string_fields_.insert(summary_.fields[row(initializer.field)].name);
    }
  }
  for (const Access& access : summary_.accesses) {
    if (access.field != none<FieldId> && is_string_literal(access.value)) {
      string_fields_.insert(summary_.fields[row(access.field)].name);
    }
  }
  bool changed = true;
  while (changed) {
    changed = false;
    for (const Call& call : summary_.calls) {
      auto [first, last] = arguments(call);
      for (; first != last; ++first) {
        changed |= add_string_flow(call, *first);
      }
    }
  }
}

bool Idioms::is_string_argument(FunctionId function, u32 index) const {
  return string_arguments_.contains({row(function), index});
}

std::optional<u32> Idioms::length_argument(FunctionId function, u32 index) const {
  std::set<FunctionArgument> seen;
  return length_argument({row(function), index}, seen);
}

std::optional<u32> Idioms::length_argument(FunctionArgument argument,
                                           std::set<FunctionArgument>& seen) const {
  if (!seen.insert(argument).second) {
    return std::nullopt;
  }
  auto [first, last] = accesses_.equal_range(argument.first);
  for (; first != last; ++first) {
    const Access& access = summary_.accesses[first->second];
    std::optional<u32> length = plain_argument(access.length);
    if (length && pointee_of(access.path) == argument.second) {
      return length;
    }
  }
  auto [call, end] = calls_.equal_range(argument.first);
  for (; call != end; ++call) {
    std::optional<u32> length = forwarded_length(summary_.calls[call->second], argument, seen);
    if (length) {
      return length;
    }
  }
  return std::nullopt;
}

// The length, if the call hands the buffer and its length on as they are.
std::optional<u32> Idioms::forwarded_length(const Call& call, FunctionArgument argument,
                                            std::set<FunctionArgument>& seen) const {
  if (call.callee == none<FunctionId>) {
    return std::nullopt;
  }
  auto [first, last] = arguments(call);
  for (const Argument* actual = first; actual != last; ++actual) {
    if (plain_argument(actual->path) != argument.second) {
      continue;
    }
    std::optional<u32> inner = length_argument({row(call.callee), actual->index}, seen);
    for (const Argument* other = first; inner && other != last; ++other) {
      std::optional<u32> length = plain_argument(other->path);
      if (other->index == *inner && length) {
        return length;
      }
    }
  }
  return std::nullopt;
}

u64 Idioms::constant_length(FunctionId function, u32 index) const {
  u64 result = 0;
  auto [first, last] = accesses_.equal_range(row(function));
  for (; first != last; ++first) {
    const Access& access = summary_.accesses[first->second];
    if (access.source != AccessSource::instruction && access.length == none<PathId> &&
        pointee_of(access.path) == index) {
      result = std::max(result, access.size);
    }
  }
  return result;
}

FunctionId Idioms::function_of(PathId path) const {
  if (path == none<PathId> || summary_.paths[row(path)].step != StepKind::function) {
    return none<FunctionId>;
  }
  return summary_.paths[row(path)].target;
}

void Idioms::find_stored_functions() {
  auto add = [this](FieldId field, FunctionId function) {
    std::string name = name_of(function);
    if (field != none<FieldId> && !name.empty()) {
      stored_functions_[summary_.fields[row(field)].name].insert(name);
    }
  };
  std::set<u32> driver_units;
  for (u32 i = 0; i < summary_.functions.size(); ++i) {
    if (sides_[i] == Side::driver) {
      driver_units.insert(row(summary_.functions[i].unit));
    }
  }
  for (const Crossing& crossing : pruned_.boundary.crossings) {
    for (FieldId field : crossing.fields) {
      add(field, crossing.function);
    }
  }
  for (const Initializer& initializer : summary_.initializers) {
    if (initializer.kind == ValueKind::function &&
        driver_units.contains(row(summary_.globals[row(initializer.global)].unit))) {
      add(initializer.field, initializer.function);
    }
  }
  for (const Access& access : summary_.accesses) {
    Side side = sides_[row(access.function)];
    if (access.kind == AccessKind::write && (side == Side::driver || side == Side::cloned)) {
      add(access.field, function_of(access.value));
    }
  }
}

std::set<std::string> Idioms::functions_of_field(const std::string& field) const {
  auto found = stored_functions_.find(field);
  return found == stored_functions_.end() ? std::set<std::string>{} : found->second;
}

std::set<std::string> Idioms::functions_of_argument(const Crossing& crossing, u32 index) const {
  std::set<std::string> result;
  bool resolved = true;
  auto [first, last] = calls_to_.equal_range(row(crossing.function));
  for (; first != last; ++first) {
    const Call& call = summary_.calls[first->second];
    if (sides_[row(call.caller)] != Side::driver && sides_[row(call.caller)] != Side::cloned) {
      continue;
    }
    auto [argument, end] = arguments(call);
    for (; argument != end; ++argument) {
      FunctionId function = function_of(argument->path);
      std::string name = name_of(function);
      bool is_constant = argument->path != none<PathId> &&
                         summary_.paths[row(argument->path)].step == StepKind::integer;
      if (argument->index == index && !name.empty()) {
        result.insert(name);
      }
      resolved &= argument->index != index || function != none<FunctionId> || is_constant;
    }
  }
  if (resolved) {
    return result;
  }
  // It comes from somewhere else: any callback of that prototype may.
  TypeId type = types_.pointee(types_.members(crossing.signature).at(index).type);
  for (const Crossing& other : pruned_.boundary.crossings) {
    if (other.kind == CrossingKind::callback && types_.same_prototype(other.signature, type)) {
      result.insert(crossing_name(other));
    }
  }
  return result;
}

} // namespace ks

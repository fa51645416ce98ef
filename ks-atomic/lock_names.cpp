// SPDX-License-Identifier: MIT
#include "ks-atomic/lock_names.hpp"

#include <algorithm>

namespace ks::atomic {
namespace {

// Of more than so many, nothing is known of which it is.
constexpr size_t most_names = 16;
constexpr size_t most_steps = 32;

LockStep make_step(StepKind kind, u32 row, bool first = false) {
  LockStep step;
  step.kind = kind;
  step.row = row;
  step.first = first;
  return step;
}

std::span<const LockStep> without_first(const LockName& name) {
  size_t size = name.size();
  while (size > 0 && name[size - 1].kind == StepKind::field && name[size - 1].first) --size;
  return {name.data(), size};
}

bool is_same_place(const LockName& a, const LockName& b) {
  return std::ranges::equal(without_first(a), without_first(b));
}

void tidy(Lock& lock) {
  for (LockName& name : lock.names)
    if (name.size() > most_steps) name.clear();
  std::sort(lock.names.begin(), lock.names.end());
  lock.names.erase(std::unique(lock.names.begin(), lock.names.end()), lock.names.end());
  if (lock.names.size() > most_names) lock.names = {LockName()};
}

// Variables, and what has no root.
bool has_same_name_everywhere(const LockName& name) {
  return name.empty() || name.front().kind == StepKind::global ||
         name.front().kind == StepKind::field;
}

// Two names of one lock end in the same field, or in one of which the other says no more.
bool may_be_same_place(const LockName& a, const LockName& b) {
  if (!is_known(a) || !is_known(b)) return true;
  const std::vector<FieldId> ours = fields_of(a);
  const std::vector<FieldId> theirs = fields_of(b);
  if (ours.empty() != theirs.empty()) return false;
  if (ours.empty()) return global_of(a) == global_of(b);
  return std::ranges::find_first_of(ours, theirs) != ours.end();
}

} // namespace

std::vector<FieldId> fields_of(const LockName& name) {
  std::vector<FieldId> fields;
  for (size_t i = name.size(); i > 0 && name[i - 1].kind == StepKind::field; --i) {
    fields.push_back(FieldId{name[i - 1].row});
    if (!name[i - 1].first) break;
  }
  return fields;
}

GlobalId global_of(const LockName& name) {
  if (name.empty() || name.front().kind != StepKind::global) return none<GlobalId>;
  const bool followed = std::ranges::any_of(
      name, [](const LockStep& step) { return step.kind == StepKind::dereference; });
  return followed ? none<GlobalId> : GlobalId{name.front().row};
}

bool is_known(const LockName& name) {
  return global_of(name) != none<GlobalId> || !fields_of(name).empty();
}

bool is_same_name(const Lock& a, const Lock& b) {
  if (a.family != b.family) return false;
  for (const LockName& one : a.names)
    for (const LockName& other : b.names)
      if (is_same_place(one, other)) return true;
  return false;
}

bool may_be_same(const Lock& a, const Lock& b) {
  if (a.family != b.family) return false;
  if (a.names.empty() || b.names.empty()) return true;
  for (const LockName& one : a.names)
    for (const LockName& other : b.names)
      if (may_be_same_place(one, other)) return true;
  return false;
}

bool is_one_object(const Lock& lock) {
  return std::ranges::none_of(lock.names, [](const LockName& name) {
    return std::ranges::any_of(name, [](const LockStep& step) { return step.folded; });
  });
}

LockNames::LockNames(const View& view) : view_(view), folded_(view.summary().paths.size()) {
  for (u32 i = 0; i < folded_.size(); ++i) {
    const PathId other = view.path(PathId{i}).folded;
    if (other != none<PathId>) folded_[i] = folded_[row(other)] = true;
  }
}

LockName LockNames::name_of(PathId path) const {
  LockName name;
  for (PathId at = path; at != none<PathId>; at = view_.path(at).parent) {
    const Path& row_of = view_.path(at);
    LockStep step;
    step.kind = row_of.step;
    step.folded = folded_[row(at)];
    switch (row_of.step) {
    case StepKind::field:
      step.row = row(row_of.field);
      step.first = row_of.field != none<FieldId> &&
                   view_.summary().fields[row(row_of.field)].offset_bits == 0;
      break;
    case StepKind::global: step.row = row(row_of.global); break;
    case StepKind::argument:
    case StepKind::call_result:
    case StepKind::allocation:
    case StepKind::local: step.row = row_of.index; break;
    case StepKind::function: step.row = row(row_of.target); break;
    case StepKind::element:
    case StepKind::cast:
    case StepKind::integer: step.integer = row_of.integer; break;
    case StepKind::unknown: return {};
    case StepKind::dereference:
    case StepKind::address: break;
    }
    name.push_back(step);
  }
  std::reverse(name.begin(), name.end());
  return name;
}

LockName LockNames::name_of(const LockOperation& lock) const {
  if (lock.lock != none<PathId>) return name_of(lock.lock);
  LockName name;
  if (lock.global != none<GlobalId>) {
    name.push_back(make_step(StepKind::global, row(lock.global)));
  }
  if (lock.field != none<FieldId>) {
    const Field& field = view_.summary().fields[row(lock.field)];
    name.push_back(make_step(StepKind::field, row(lock.field), field.offset_bits == 0));
  }
  return name;
}

// What the callee sees behind its parameter.
LockName LockNames::behind(const Argument& argument) const {
  if (argument.path == none<PathId>) return {};
  const Path& path = view_.path(argument.path);
  if (path.step == StepKind::address) return name_of(path.parent);
  LockName name = name_of(argument.path);
  if (!name.empty()) name.push_back(make_step(StepKind::dereference, no_row));
  return name;
}

Lock LockNames::in_callee(const Lock& lock, u32 call) const {
  Lock inside{lock.family, {}};
  for (const LockName& name : lock.names) {
    if (has_same_name_everywhere(name)) {
      inside.names.push_back(name);
      continue;
    }
    for (const u32 i : view_.arguments_of(CallId{call})) {
      const Argument& argument = view_.summary().arguments[i];
      const LockName base = behind(argument);
      if (base.empty()) continue;
      LockName renamed = {make_step(StepKind::argument, argument.index),
                          make_step(StepKind::dereference, no_row)};
      if (name.size() >= base.size() && std::equal(base.begin(), base.end(), name.begin())) {
        renamed.insert(renamed.end(), name.begin() + static_cast<std::ptrdiff_t>(base.size()),
                       name.end());
      } else if (!is_same_place(base, name)) {
        continue;
      }
      inside.names.push_back(std::move(renamed));
    }
  }
  tidy(inside);
  return inside;
}

Lock LockNames::in_caller(const Lock& lock, u32 call) const {
  Lock outside{lock.family, {}};
  for (const LockName& name : lock.names) {
    if (has_same_name_everywhere(name)) {
      outside.names.push_back(name);
      continue;
    }
    // What the callee keeps to itself, only its last fields still tell.
    LockName last;
    for (const FieldId field : fields_of(name)) {
      const bool first = view_.summary().fields[row(field)].offset_bits == 0;
      last.insert(last.begin(), make_step(StepKind::field, row(field), first));
    }
    const bool from_argument = name.size() > 1 && name[0].kind == StepKind::argument &&
                               name[1].kind == StepKind::dereference;
    bool renamed = false;
    for (const u32 i : view_.arguments_of(CallId{call})) {
      const Argument& argument = view_.summary().arguments[i];
      if (!from_argument || argument.index != name[0].row) continue;
      LockName base = behind(argument);
      if (base.empty()) continue;
      base.insert(base.end(), name.begin() + 2, name.end());
      outside.names.push_back(std::move(base));
      renamed = true;
    }
    if (!renamed) outside.names.push_back(std::move(last));
  }
  tidy(outside);
  return outside;
}

} // namespace ks::atomic

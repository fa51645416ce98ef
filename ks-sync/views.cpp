// SPDX-License-Identifier: MIT
#include "ks-sync/views.hpp"

#include <algorithm>

namespace ks::sync {
namespace {

constexpr u32 max_depth = 16;

} // namespace

Views::Views(const Analysis& analysis, const Parameter& parameter)
    : a_(analysis), index_(parameter.index),
      said_(analysis.layout.pointed_structure(parameter.type)), flat_(is_flat(said_)),
      seen_(analysis.layout.size(said_)), looked_at_(seen_) {}

bool Views::is_flat(TypeId structure, u32 depth) const {
  structure = a_.layout.resolve(structure);
  if (!a_.layout.is_structure(structure) || !a_.layout.is_defined(structure) || depth > max_depth)
    return false;
  return std::ranges::all_of(a_.layout.members(structure), [&](const Member& member) {
    const TypeId type = a_.layout.element(member.type);
    return a_.layout.is_structure(type) ? is_flat(type, depth + 1) : !a_.layout.is_pointer(type);
  });
}

// Neither that structure nor one that begins with it, or that it begins with.
bool Views::is_another(TypeId structure) const {
  return a_.layout.is_structure(structure) && structure != said_ &&
         !a_.layout.begins_with(structure, said_) && !a_.layout.begins_with(said_, structure);
}

void Views::add_passed(PathId value) {
  const Path& path = a_.program.path(value);
  if (path.step == StepKind::integer) return;
  TypeId passed = a_.layout.pointed_structure(path.type);
  if (path.step == StepKind::address) {
    PathId place = path.parent;
    while (a_.program.path(place).step == StepKind::cast && a_.program.path(place).integer == 0)
      place = a_.program.path(place).parent; // the call's own view
    passed = a_.layout.resolve(a_.program.path(place).type);
  }
  if (!is_another(passed)) {
    passed_ =
        std::min(passed_, path.step == StepKind::address ? a_.layout.size(said_) : looked_at_);
    return;
  }
  several_ = true;
  flat_ &= is_flat(passed);
  seen_ = std::max(seen_, a_.layout.size(passed));
  passed_ = std::min(passed_, a_.layout.size(passed));
}

void Views::add_seen(FunctionId callee) {
  for (const u32 i : a_.program.paths_of(callee)) {
    const Path& object = a_.program.path(PathId{i});
    if (object.step != StepKind::dereference) continue;
    const Path& pointer = a_.program.path(object.parent);
    const TypeId seen = a_.layout.resolve(object.type);
    if (pointer.step != StepKind::argument || pointer.index != index_ || !is_another(seen))
      continue;
    several_ = true;
    flat_ &= is_flat(seen);
    seen_ = std::max(seen_, a_.layout.size(seen));
    looked_at_ = std::max(looked_at_, a_.layout.size(seen));
  }
}

u64 Views::bytes() const { return several_ && flat_ ? std::min(seen_, passed_) : 0; }

} // namespace ks::sync

// SPDX-License-Identifier: MIT
// A path that leads through a struct which the glue cannot name ends there for both ends. What lies behind
// it in other structs crosses all the same: by class, in whatever object it is.

#include "ks-idl/infer.hpp"

#include <algorithm>

namespace ks::idl {
namespace {

bool is_hidden(const TypeTable& types, TypeId structure) {
  return types.is_structure(structure) &&
         (types.tag(structure).empty() || types.is_opaque(structure));
}

// By path: whether it leads through a pointer to a struct that has no projection. A parent precedes its
// children.
std::vector<bool> find_behind_hidden(const Sync& sync, const TypeTable& types) {
  std::vector<bool> behind;
  for (const SyncPath& path : sync.paths) {
    behind.push_back((path.parent != none<SyncPathId> && behind[row(path.parent)]) ||
                     (path.step == StepKind::dereference && is_hidden(types, path.type)));
  }
  return behind;
}

// The field that a leaf is, or is an element of; none if it is what a pointer to a scalar leads to.
FieldId field_of(const Sync& sync, SyncPathId at) {
  while (at != none<SyncPathId> && sync.paths[row(at)].step == StepKind::element) {
    at = sync.paths[row(at)].parent;
  }
  return at != none<SyncPathId> && sync.paths[row(at)].step == StepKind::field
             ? sync.paths[row(at)].field
             : none<FieldId>;
}

} // namespace

void class_what_is_hidden(Sync& sync, const View& view, const TypeTable& types) {
  const std::vector<bool> behind_hidden = find_behind_hidden(sync, types);
  std::map<std::pair<CrossingId, FieldId>, SyncUnreached> rows;
  for (const SyncUnreached& one : sync.unreached) {
    rows.emplace(std::pair(one.crossing, one.field), one);
  }
  std::erase_if(sync.fields, [&](const SyncField& leaf) {
    const FieldId field = field_of(sync, leaf.path);
    if (field == none<FieldId> || !behind_hidden[row(leaf.path)] ||
        is_hidden(types, view.summary().fields[row(field)].structure)) {
      return false;
    }
    const SyncPath& path = sync.paths[row(leaf.path)];
    const SyncUnreached added{path.crossing, field,       leaf.in,
                              leaf.out,      leaf.reader, Unreached::hidden};
    SyncUnreached& one = rows.emplace(std::pair(path.crossing, field), added).first->second;
    one.in |= leaf.in;
    one.out |= leaf.out;
    one.why = std::min(one.why, added.why);
    return true;
  });
  sync.unreached.clear();
  for (const auto& [key, one] : rows) {
    sync.unreached.push_back(one);
  }
}

} // namespace ks::idl

// SPDX-License-Identifier: MIT
// What the callee gives back is gone when it returns: nothing of it may be read then. What a function
// of the kernel's may free, or not, its end only reads if it is there.

#include "ks-idl/infer.hpp"

#include <algorithm>

namespace ks::idl {
namespace {

bool says_dealloc(const IdlType& type) {
  return std::any_of(type.pointers.begin(), type.pointers.end(), [](const IdlAttributes& pointer) {
    return find_attribute(pointer, IdlAttributeKind::dealloc) != nullptr;
  });
}

} // namespace

void drop_what_is_freed(Sync& sync, const Pruned& pruned, Overlays& overlays) {
  std::set<std::pair<u32, u32>> freed; // crossing, argument
  for (SyncRoot& root : sync.roots) {
    if (root.root != RootKind::argument) {
      continue;
    }
    const Crossing& crossing = pruned.boundary.crossings[row(root.crossing)];
    const Rule* rule = overlays.argument(pruned, crossing, root.index);
    bool given_back = rule && says_dealloc(rule->declaration.type);
    root.freed |= given_back;
    if (given_back || (root.freed && crossing.to_driver)) {
      freed.insert({row(root.crossing), root.index});
    }
  }
  for (SyncField& field : sync.fields) {
    const SyncPath& path = sync.paths[row(field.path)];
    if (path.root == RootKind::argument && freed.contains({row(path.crossing), path.index})) {
      field.out = false;
    }
  }
  std::erase_if(sync.fields, [](const SyncField& field) { return !field.in && !field.out; });
}

} // namespace ks::idl

// SPDX-License-Identifier: MIT

#include "ks-idl/facts.hpp"

namespace ks::idl {

SyncTree::SyncTree(const Sync& sync)
    : sync_(sync), children_(sync.paths.size()), own_(sync.paths.size()),
      below_(sync.paths.size()) {
  for (const SyncField& field : sync.fields) {
    own_[row(field.path)] |= Direction{field.in, field.out};
  }
  below_ = own_;
  // A parent precedes its children: upwards, every subtree is complete when it is added.
  for (u32 i = static_cast<u32>(sync.paths.size()); i-- > 0;) {
    SyncPathId parent = sync.paths[i].parent;
    if (parent != none<SyncPathId>) {
      below_[row(parent)] |= below_[i];
    }
  }
  for (u32 i = 0; i < sync.paths.size(); ++i) {
    SyncPathId parent = sync.paths[i].parent;
    if (parent != none<SyncPathId>) {
      children_[row(parent)].push_back(SyncPathId{i});
    }
  }
  for (u32 i = 0; i < sync.roots.size(); ++i) {
    const SyncRoot& root = sync.roots[i];
    roots_.emplace(std::tuple(row(root.crossing), root.root, root.index), i);
  }
}

Direction SyncTree::below(const SyncPaths& paths) const {
  Direction result;
  for (SyncPathId path : paths) {
    result |= below(path);
  }
  return result;
}

SyncPaths SyncTree::children(const SyncPaths& paths, StepKind step) const {
  SyncPaths result;
  for (SyncPathId path : paths) {
    for (SyncPathId child : children_[row(path)]) {
      if (at(child).step == step) {
        result.push_back(child);
      }
    }
  }
  return result;
}

const SyncRoot* SyncTree::root(CrossingId crossing, RootKind kind, u32 index) const {
  auto found = roots_.find(std::tuple(row(crossing), kind, index));
  return found == roots_.end() ? nullptr : &sync_.roots[found->second];
}

} // namespace ks::idl

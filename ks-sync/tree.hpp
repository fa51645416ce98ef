// SPDX-License-Identifier: MIT
// The tree of one crossing while it is built: nodes may be added in any order, and those
// that turn out to lead nowhere are left out when it is written down.

#pragma once

#include "ks-sync/layout.hpp"
#include "ks-sync/sync.hpp"

#include <map>
#include <string>
#include <tuple>
#include <vector>

namespace ks::sync {

struct TreeNode {
  SyncPath path; // parent and crossing are filled in by add_to()
  u32 parent = no_row;
  std::map<std::tuple<StepKind, u32, u64, u32>, u32> children; // in output order
  bool in = false;
  bool out = false;
  Loc reader;
};

class CrossingTree {
public:
  explicit CrossingTree(const Layout& layout) : layout_(layout) {}

  u32 root(RootKind kind, u32 index, TypeId type, const std::string& name);
  u32 dereference(u32 parent, TypeId type);
  // `prefix` is what lies between the structure and the field's own: "driver." or nothing.
  u32 field(u32 parent, FieldId field, const std::string& prefix = "");
  u32 element(u32 parent, u64 index, TypeId type);
  void mark(u32 node, bool in, bool out, const Loc& reader);
  // What is below an object, below one that begins with an object of that structure.
  void copy_head(u32 from, u32 to);

  const TreeNode& operator[](u32 node) const { return nodes_[node]; }
  u32 find_root(RootKind kind, u32 index) const;
  u32 size() const { return static_cast<u32>(nodes_.size()); }
  // Whether anything below this node is copied.
  bool copies_below(u32 node) const;

  // Appends to the tables; the rows of the roots' paths are in `root_paths` afterwards.
  void add_to(Sync& sync, CrossingId crossing, std::vector<SyncPathId>& root_paths) const;
  const std::vector<u32>& roots() const { return roots_; }

private:
  std::vector<u32>::const_iterator place_of_root(RootKind kind, u32 index) const;
  u32 child(u32 parent, const SyncPath& path);
  void copy_below(u32 from, u32 to, const std::string& prefix);
  std::string base_name(u32 node) const;
  std::string name_below(u32 parent, FieldId field) const;
  void write(u32 node, SyncPathId parent, CrossingId crossing, Sync& sync) const;

  const Layout& layout_;
  std::vector<TreeNode> nodes_;
  std::vector<u32> roots_; // by kind, then index
};

} // namespace ks::sync

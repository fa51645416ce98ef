// SPDX-License-Identifier: MIT
// Building and writing down the tree of one crossing.

#include "ks-sync/tree.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ks::sync {

u32 CrossingTree::root(RootKind kind, u32 index, TypeId type, const std::string& name) {
  if (const u32 known = find_root(kind, index); known != no_row) return known;
  TreeNode node;
  node.path.step = StepKind::argument;
  node.path.root = kind;
  node.path.index = index;
  node.path.type = type;
  node.path.name = name;
  roots_.insert(place_of_root(kind, index), size());
  nodes_.push_back(node);
  return size() - 1;
}

std::vector<u32>::const_iterator CrossingTree::place_of_root(RootKind kind, u32 index) const {
  return std::ranges::lower_bound(roots_, std::pair(kind, index), {}, [this](u32 root) {
    return std::pair(nodes_[root].path.root, nodes_[root].path.index);
  });
}

u32 CrossingTree::find_root(RootKind kind, u32 index) const {
  const auto found = place_of_root(kind, index);
  const bool is_it = found != roots_.end() && nodes_[*found].path.root == kind &&
                     nodes_[*found].path.index == index;
  return is_it ? *found : no_row;
}

u32 CrossingTree::child(u32 parent, const SyncPath& path) {
  const bool typed = path.step == StepKind::dereference;
  const std::tuple key{path.step, row(path.field), path.element,
                       typed ? row(layout_.resolve(path.type)) : no_row};
  const auto found = nodes_[parent].children.find(key);
  if (found != nodes_[parent].children.end()) return found->second;
  const u32 id = size();
  TreeNode node;
  node.path = path;
  node.path.root = nodes_[parent].path.root;
  node.path.index = nodes_[parent].path.index;
  node.parent = parent;
  nodes_.push_back(node);
  nodes_[parent].children.emplace(key, id);
  return id;
}

// What a member or index is written after.
std::string CrossingTree::base_name(u32 node) const {
  const bool dereference = nodes_[node].path.step == StepKind::dereference;
  const std::string& name = nodes_[dereference ? nodes_[node].parent : node].path.name;
  return name.starts_with('*') ? "(" + name + ")" : name;
}

u32 CrossingTree::dereference(u32 parent, TypeId type) {
  SyncPath path;
  path.step = StepKind::dereference;
  path.type = type;
  path.name = "*" + nodes_[parent].path.name;
  return child(parent, path);
}

// What follows the name of `parent`, if that is an element of a member array whose struct has no tag:
// its fields have the array in their own names.
std::string CrossingTree::name_below(u32 parent, FieldId field) const {
  std::string name = layout_.member_name(field), array;
  u32 node = parent;
  for (; nodes_[node].path.step == StepKind::element; node = nodes_[node].parent) array += "[]";
  if (node == parent || nodes_[node].path.step != StepKind::field) return name;
  array = layout_.member_name(nodes_[node].path.field) + array + ".";
  const bool inside =
      layout_.field(field).structure == layout_.field(nodes_[node].path.field).structure;
  return inside && name.starts_with(array) ? name.substr(array.size()) : name;
}

u32 CrossingTree::field(u32 parent, FieldId field, const std::string& prefix) {
  const bool pointer = nodes_[parent].path.step == StepKind::dereference;
  SyncPath path;
  path.step = StepKind::field;
  path.field = field;
  path.type = layout_.field(field).type;
  path.name = base_name(parent) + (pointer ? "->" : ".") + prefix + name_below(parent, field);
  return child(parent, path);
}

u32 CrossingTree::element(u32 parent, u64 index, TypeId type) {
  SyncPath path;
  path.step = StepKind::element;
  path.element = index;
  path.type = type;
  path.name = index == any_element ? base_name(parent) + "[]"
                                   : fmt::format("{}[{}]", base_name(parent), index);
  return child(parent, path);
}

void CrossingTree::mark(u32 node, bool in, bool out, const Loc& reader) {
  TreeNode& marked = nodes_[node];
  if (!marked.in && !marked.out) marked.reader = reader;
  marked.in |= in;
  marked.out |= out;
}

void CrossingTree::copy_below(u32 from, u32 to, const std::string& prefix) {
  const auto children = nodes_[from].children;
  for (const auto& [key, id] : children) {
    const SyncPath path = nodes_[id].path;
    u32 copy = no_row;
    if (path.step == StepKind::field)
      copy = field(to, path.field, prefix);
    else if (path.step == StepKind::element)
      copy = element(to, path.element, path.type);
    else
      copy = dereference(to, path.type);
    const TreeNode node = nodes_[id];
    if (node.in || node.out) mark(copy, node.in, node.out, node.reader);
    copy_below(id, copy, "");
  }
}

void CrossingTree::copy_head(u32 from, u32 to) {
  const TypeId inner = layout_.resolve(nodes_[from].path.type);
  TypeId outer = layout_.resolve(nodes_[to].path.type);
  std::string prefix;
  while (outer != inner) {
    const std::vector<Embedded>& parts = layout_.embedded_in(outer);
    const auto part = std::ranges::find_if(parts, [&](const Embedded& one) {
      return one.offset_bits == 0 && !one.array &&
             (one.structure == inner || layout_.begins_with(one.structure, inner));
    });
    if (part == parts.end()) return;
    if (part->field == none<FieldId>) {
      prefix += part->name + ".";
    } else {
      to = field(to, part->field, prefix);
      prefix.clear();
    }
    outer = part->structure;
  }
  copy_below(from, to, prefix);
}

bool CrossingTree::copies_below(u32 node) const {
  if (nodes_[node].in || nodes_[node].out) return true;
  for (const auto& [key, child] : nodes_[node].children)
    if (copies_below(child)) return true;
  return false;
}

void CrossingTree::add_to(Sync& sync, CrossingId crossing,
                          std::vector<SyncPathId>& root_paths) const {
  for (const u32 root : roots_) {
    root_paths.push_back(SyncPathId{static_cast<u32>(sync.paths.size())});
    write(root, none<SyncPathId>, crossing, sync);
  }
}

void CrossingTree::write(u32 id, SyncPathId parent, CrossingId crossing, Sync& sync) const {
  const TreeNode& node = nodes_[id];
  const SyncPathId path{static_cast<u32>(sync.paths.size())};
  sync.paths.push_back(node.path);
  sync.paths.back().crossing = crossing;
  sync.paths.back().parent = parent;
  if (node.in || node.out)
    sync.fields.push_back(SyncField{crossing, path, node.in, node.out, node.reader});
  for (const auto& [key, child] : node.children)
    if (copies_below(child)) write(child, path, crossing, sync);
}

} // namespace ks::sync

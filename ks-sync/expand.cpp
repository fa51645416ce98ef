// SPDX-License-Identifier: MIT
// Expansion by type. A structure that is already on the path is not entered again, and
// deep below a root each structure is entered once, at its first place.

#include "ks-sync/expand.hpp"

#include <algorithm>

namespace ks::sync {
namespace {

constexpr std::size_t free_depth = 3; // dereferences below which structures may repeat
constexpr u32 max_nodes = 20000;

} // namespace

void Expansion::expand(u32 node, TypeId structure, const Wanted& wanted, bool in, bool out) {
  if (std::find(on_path_.begin(), on_path_.end(), structure) != on_path_.end()) return;
  if (on_path_.size() >= free_depth && visited_[row(structure)]) return;
  visited_[row(structure)] = true;
  on_path_.push_back(structure);
  expand_fields(node, structure, wanted, in, out, "");
  on_path_.pop_back();
}

void Expansion::expand_value(u32 node, TypeId structure, const Wanted& wanted) {
  expand_members(node, structure, wanted, "");
}

// All pointers of a structure that is passed by value, and what they lead to.
void Expansion::expand_members(u32 node, TypeId structure, const Wanted& wanted,
                               const std::string& prefix) {
  for (const FieldId field : layout_.fields_in(structure)) {
    for (const TypeId target : layout_.pointed_structures(field)) {
      const u32 leaf = tree_.field(node, field, prefix);
      tree_.mark(leaf, true, false, {});
      expand(tree_.dereference(held(leaf), target), target, wanted, true, true);
    }
  }
  for (const Embedded& embedded : layout_.embedded_in(structure)) {
    if (embedded.field == none<FieldId>) {
      // As in expand_embedded().
      if (!embedded.array)
        expand_members(node, embedded.structure, wanted, prefix + embedded.name + ".");
      continue;
    }
    u32 inner = tree_.field(node, embedded.field, prefix);
    if (embedded.array) inner = tree_.element(inner, any_element, embedded.structure);
    expand_members(inner, embedded.structure, wanted, "");
  }
}

// Where the pointers are, if the field is an array of them.
u32 Expansion::held(u32 leaf) {
  TypeId type = layout_.resolve(tree_[leaf].path.type);
  while (type != none<TypeId> && layout_.summary().types[row(type)].kind == TypeKind::array) {
    type = layout_.resolve(layout_.summary().types[row(type)].element);
    leaf = tree_.element(leaf, any_element, type);
  }
  return leaf;
}

// Below here it is any of what is wanted.
void Expansion::cut(const Wanted& wanted) {
  if (!cut_) {
    for (u32 shared = 0; shared < layout_.shared().fields.size(); ++shared) {
      if (!is_published(shared)) continue;
      if (wanted.publish_in) left_in_.add(shared);
      if (wanted.publish_out) left_out_.add(shared);
    }
  }
  cut_ = true;
  left_in_.add_all(wanted.in);
  left_out_.add_all(wanted.out);
  left_out_.add_all(wanted.exposed);
}

bool Expansion::is_published(u32 shared) const {
  const SharedField& entry = layout_.shared().fields[shared];
  const TypeId structure = layout_.field(entry.field).structure;
  return facts_.makes(layout_.resolve(structure)) && is_used_by_kernel(entry) &&
         (entry.driver_writes || entry.driver_initializes);
}

void Expansion::expand_fields(u32 node, TypeId structure, const Wanted& wanted, bool in, bool out,
                              const std::string& prefix) {
  for (const u32 shared : layout_.shared_in(structure))
    expand_field(node, shared, wanted, in, out, prefix);
  const std::vector<Embedded>& embedded = layout_.embedded_in(structure);
  for (u32 n = 0; n < embedded.size(); ++n)
    if (facts_.enters(structure, n)) expand_embedded(node, embedded[n], wanted, in, out, prefix);
}

void Expansion::expand_field(u32 node, u32 shared, const Wanted& wanted, bool in, bool out,
                             const std::string& prefix) {
  const SharedField& entry = layout_.shared().fields[shared];
  if (facts_.per_cpu().is_left_out(entry.field)) return;
  const bool published = is_published(shared);
  const bool copied_in = in && (wanted.in.has(shared) || (wanted.publish_in && published));
  const bool copied_out = out && (wanted.out.has(shared) || (wanted.publish_out && published));
  if (!copied_in && !copied_out) return;
  if (tree_.size() >= max_nodes) {
    cut(wanted);
    return;
  }
  const u32 leaf = tree_.field(node, entry.field, prefix);
  tree_.mark(leaf, copied_in, copied_out, copied_in ? entry.kernel_loc : entry.driver_loc);
  const std::vector<TypeId> targets = layout_.pointed_structures(entry.field);
  if (targets.empty() || facts_.per_cpu().in_field(entry.field)) return;
  // What comes back through a pointer is of use only if the driver follows it.
  const bool comes_back = facts_.follows(entry.field) || wanted.publish_out;
  const FieldSet out_below = copied_out ? wanted.out | wanted.exposed : wanted.out;
  const Wanted below{wanted.in, out_below, wanted.exposed, wanted.publish_in, wanted.publish_out};
  for (const TypeId target : targets)
    expand(tree_.dereference(held(leaf), target), target, below, copied_in, comes_back);
}

void Expansion::expand_embedded(u32 node, const Embedded& embedded, const Wanted& wanted, bool in,
                                bool out, const std::string& prefix) {
  if (embedded.field == none<FieldId>) {
    // No row stands for the embedded structure itself: its fields are named from here.
    if (!embedded.array)
      expand_fields(node, embedded.structure, wanted, in, out, prefix + embedded.name + ".");
    return;
  }
  u32 inner = tree_.field(node, embedded.field, prefix);
  if (embedded.array) inner = tree_.element(inner, any_element, embedded.structure);
  expand_fields(inner, embedded.structure, wanted, in, out, "");
}

} // namespace ks::sync

// SPDX-License-Identifier: MIT
// Crossings kernel -> driver, by path: the driver's code is all there and small, so what a
// handler does to each of its arguments' objects is known place by place.
//
//   in  = what the handler may read before it has certainly overwritten it, and what it may
//         write and kernel code writes. (A value that equals the driver's stale one would
//         otherwise look unchanged, and never be sent.) What the driver alone gives values
//         to does not come in.
//   out = what the handler may write, and kernel code touches.

#include "ks-sync/views.hpp"

#include <algorithm>

namespace ks::sync {
namespace {

class ToDriver {
public:
  ToDriver(const Analysis& analysis, CrossingId id)
      : a_(analysis), id_(id), crossing_(analysis.program.pruned().boundary.crossings[row(id)]),
        summary_(analysis.summaries[row(crossing_.function)]), result_(analysis.layout),
        expansion_(analysis.layout, analysis.facts, result_.tree) {}

  CrossingResult find() {
    for (const Parameter& parameter : find_pointer_parameters(a_, crossing_)) {
      result_.tree.root(RootKind::argument, parameter.index, parameter.type, parameter.name);
      add_root(parameter);
      add_bytes(parameter);
    }
    nodes_.assign(summary_.places.size(), no_row);
    for (u32 i = 0; i < summary_.places.size(); ++i)
      if (summary_.places[i].read || summary_.places[i].written) add_place(i);
    publish();
    for (const Parameter& parameter : find_pointer_parameters(a_, crossing_))
      add_commands_of(parameter);
    for (SyncRoot& root : result_.roots)
      root.identity |= root.bytes == 0 && keeps_state(root.index);
    for (SyncCommand& one : result_.commands)
      one.identity |= one.kind == ArmKind::object && has_identity_as_argument(one.argument);
    add_result();
    for (const Elsewhere& what : summary_.elsewhere) add_elsewhere(what);
    add_left_out(a_, id_, expansion_, result_);
    return std::move(result_);
  }

private:
  u32 argument_of(u32 place) const {
    while (summary_.places[place].parent != no_row) place = summary_.places[place].parent;
    const Place& root = summary_.places[place];
    return root.step == StepKind::argument ? root.index : no_row;
  }

  u32 place_of_argument(u32 index) const {
    for (u32 i = 0; i < summary_.places.size(); ++i)
      if (summary_.places[i].step == StepKind::argument && summary_.places[i].index == index)
        return i;
    return no_row;
  }

  void add_root(const Parameter& parameter) {
    SyncRoot root;
    root.root = RootKind::argument;
    root.index = parameter.index;
    for (u32 i = 0; i < summary_.places.size(); ++i) {
      const Place& place = summary_.places[i];
      root.touched |= argument_of(i) == parameter.index && (place.read || place.written);
    }
    const u32 at = place_of_argument(parameter.index);
    if (at != no_row) {
      root.identity = summary_.places[at].identity;
      root.freed = summary_.places[at].freed;
      for (const PlaceValue& value : summary_.results) root.identity |= value.place == at;
    }
    root.per_cpu = is_per_cpu(parameter);
    root.fresh = a_.kernel.always_called_with_fresh(crossing_.function, parameter.index);
    root.caller_local = a_.kernel.always_called_with_local(crossing_.function, parameter.index);
    const Container container =
        a_.containers.of(std::span(&crossing_.function, 1), parameter.index);
    root.container = container.structure;
    root.container_offset = container.offset;
    result_.roots.push_back(root);
  }

  bool is_per_cpu(const Parameter& parameter) const {
    return a_.facts.per_cpu().in_argument(crossing_.function, parameter.index) &&
           a_.layout.pointed_structure(parameter.type) != none<TypeId>;
  }

  // Memory that the kernel and the driver take for several structures.
  void add_bytes(const Parameter& parameter) {
    SyncRoot& root = result_.roots.back();
    if (root.identity || root.freed || root.per_cpu ||
        !a_.layout.is_structure(a_.layout.pointee(parameter.type)))
      return;
    Views views(a_, parameter);
    views.add_seen(crossing_.function);
    for (const CallTarget& target : a_.program.pruned().boundary.targets) {
      if (target.target != crossing_.function) continue;
      for (const u32 i : a_.program.arguments_of(target.call)) {
        const Argument& argument = a_.program.summary().arguments[i];
        if (argument.index == parameter.index && argument.path != none<PathId>)
          views.add_passed(argument.path);
      }
    }
    root.bytes = views.bytes();
    if (root.bytes == 0) return;
    bool written = false;
    for (u32 i = 0; i < summary_.places.size(); ++i)
      written |= argument_of(i) == parameter.index && summary_.places[i].written;
    const u32 node = result_.tree.find_root(RootKind::argument, parameter.index);
    const u32 place = result_.tree.dereference(node, a_.layout.pointee(parameter.type));
    result_.tree.mark(place, root.touched, written, crossing_.loc);
  }

  bool crosses_as_bytes(u32 place) const {
    return std::ranges::any_of(result_.roots, [&](const SyncRoot& root) {
      return root.bytes != 0 && root.root == RootKind::argument && root.index == argument_of(place);
    });
  }

  // Whether the driver keeps something in the object that is not copied with it: then it
  // has to be the same object each time.
  bool keeps_state(u32 index) const {
    for (u32 i = 0; i < summary_.places.size(); ++i) {
      const Place& place = summary_.places[i];
      if (place.field == none<FieldId> || (!place.read && !place.written)) continue;
      if (argument_of(i) != index || dereferences(i) != 1) continue;
      if (nodes_[i] == no_row) return true;
      const TreeNode& node = result_.tree[nodes_[i]];
      if ((place.read && !node.in) || (place.written && !node.out)) return true;
    }
    return false;
  }

  u32 dereferences(u32 place) const {
    u32 count = 0;
    for (; place != no_row; place = summary_.places[place].parent)
      count += summary_.places[place].step == StepKind::dereference;
    return count;
  }

  // What another argument tells apart. Where a structure begins with one that code sees there, too, that is
  // a part of it.
  void add_commands_of(const Parameter& parameter) {
    const std::vector<Command> commands =
        find_commands(a_, crossing_, parameter, std::span(&crossing_.function, 1));
    const u32 root = result_.tree.find_root(RootKind::argument, parameter.index);
    std::vector<TypeId> seen;
    for (const Place& place : summary_.places)
      if (place.step == StepKind::dereference && place.parent != no_row &&
          summary_.places[place.parent].step == StepKind::argument &&
          summary_.places[place.parent].index == parameter.index)
        seen.push_back(a_.layout.resolve(place.type));
    for (const Command& one : commands)
      for (const TypeId inner : seen)
        if (one.kind == ArmKind::object && a_.layout.begins_with(one.structure, inner))
          result_.tree.copy_head(result_.tree.dereference(root, inner),
                                 result_.tree.dereference(root, one.structure));
    const bool freed = std::ranges::any_of(
        result_.roots, [&](const SyncRoot& at) { return at.index == parameter.index && at.freed; });
    if (!commands.empty() && !freed)
      add_commands(a_, id_, parameter, commands, a_.commands.calls_of(crossing_.function, true),
                   false, result_);
  }

  bool has_identity_as_argument(u32 index) const {
    return std::ranges::any_of(result_.roots, [&](const SyncRoot& root) {
      return root.root == RootKind::argument && root.index == index && root.identity;
    });
  }

  bool is_freed(u32 place) const {
    for (const SyncRoot& root : result_.roots)
      if (root.index == argument_of(place)) return root.freed;
    return false;
  }

  bool has_identity(u32 place) const {
    for (const SyncRoot& root : result_.roots)
      if (root.index == argument_of(place)) return root.identity;
    return true;
  }

  // An array of scalars is one leaf: the place of the whole.
  u32 leaf_of(u32 place) const {
    while (summary_.places[place].step == StepKind::element) {
      const u32 parent = summary_.places[place].parent;
      const TypeId type = a_.layout.resolve(summary_.places[place].type);
      if (a_.layout.is_structure(type) || a_.layout.is_pointer(type)) break;
      place = parent;
    }
    return place;
  }

  // The node for a place, with those on the way; no_row if the other side cannot follow.
  u32 node_of(u32 id) {
    if (nodes_[id] != no_row) return nodes_[id];
    const Place& place = summary_.places[id];
    if (place.parent == no_row) {
      return nodes_[id] = place.step == StepKind::argument
                              ? result_.tree.find_root(RootKind::argument, place.index)
                              : no_row;
    }
    if (place.step == StepKind::cast) return no_row;
    const u32 parent = node_of(place.parent);
    if (parent == no_row) return no_row;
    if (place.step == StepKind::field)
      nodes_[id] = result_.tree.field(parent, place.field);
    else if (place.step == StepKind::element)
      nodes_[id] = result_.tree.element(parent, place.integer, place.type);
    else if (can_follow(place.parent) && !is_seen_otherwise(place) && !is_handed_back(place))
      nodes_[id] = result_.tree.dereference(parent, place.type);
    return nodes_[id];
  }

  // Both sides hold the pointer that is here.
  bool can_follow(u32 pointer) const {
    const Place& place = summary_.places[pointer];
    if (place.step == StepKind::argument)
      return !a_.facts.per_cpu().in_argument(crossing_.function, place.index);
    if (place.step != StepKind::field || dereferences(pointer) == 0) return true;
    return !a_.facts.per_cpu().in_field(place.field) && !a_.layout.touched(place.field).empty();
  }

  // What the driver takes for another structure than the pointer's own, a whole for its part: the
  // other side has no such fields behind that pointer.
  bool is_seen_otherwise(const Place& object) const {
    const TypeId seen = a_.layout.resolve(object.type);
    const TypeId said = a_.layout.pointed_structure(summary_.places[object.parent].type);
    return seen != said && a_.layout.is_structure(seen) && a_.layout.is_structure(said);
  }

  // What the kernel only hands back it does not follow: the object is the driver's, or one that it has by class.
  bool is_handed_back(const Place& object) const {
    const Place& pointer = summary_.places[object.parent];
    return pointer.step == StepKind::argument &&
           a_.layout.is_structure(a_.layout.resolve(object.type)) &&
           a_.layout.pointee(pointer.type) == none<TypeId> &&
           a_.kernel.is_handed_back(crossing_.function, pointer.index);
  }

  void add_place(u32 id) {
    // All of a structure that is passed by value comes in.
    if (argument_of(id) == no_row || dereferences(id) == 0 || crosses_as_bytes(id)) return;
    const Place& place = summary_.places[id];
    const u32 leaf = leaf_of(id);
    const FieldId field = summary_.places[leaf].field;
    if (field == none<FieldId>) {
      add_buffer(leaf, place);
      return;
    }
    const u32 node = node_of(leaf);
    for (const u32 shared : a_.layout.touched(field)) add_field(node, leaf, shared, place);
    if (node != no_row && is_unknown_copy(leaf, field)) {
      result_.tree.mark(node, place.read, place.written, loc_of(place));
      mark_way(node);
    }
  }

  static const Loc& loc_of(const Place& place) {
    return place.read ? place.read_at : place.written_at;
  }

  // A structure without identity of which nothing is known to be shared: its user copies it
  // as a whole.
  bool is_unknown_copy(u32 leaf, FieldId field) const {
    const TypeId structure = a_.layout.resolve(a_.layout.field(field).structure);
    return structure != none<TypeId> && a_.layout.shared_in(structure).empty() &&
           !has_identity(leaf) && !a_.facts.makes(structure);
  }

  void add_buffer(u32 leaf, const Place& place) {
    const TypeId type = a_.layout.resolve(summary_.places[leaf].type);
    if (a_.layout.is_structure(type) || summary_.places[leaf].parent == no_row) return;
    const u32 node = node_of(leaf);
    if (node == no_row) return;
    result_.tree.mark(node, place.read || place.written, place.written, loc_of(place));
    mark_way(node);
  }

  bool comes_in(u32 shared, bool read, bool written) const {
    return (read && a_.kernel_provides.has(shared)) || (written && a_.kernel_writes.has(shared));
  }

  void add_field(u32 node, u32 leaf, u32 shared, const Place& place) {
    const SharedField& entry = a_.layout.shared().fields[shared];
    const bool in = comes_in(shared, place.read, place.written);
    const bool out =
        place.written && (entry.kernel_reads || entry.kernel_writes) && !is_freed(leaf);
    if (!in && !out) return;
    if (a_.facts.per_cpu().is_left_out(entry.field)) return;
    const TypeId structure = a_.layout.resolve(a_.layout.field(entry.field).structure);
    const FieldId whole = summary_.places[leaf].field;
    if (node == no_row || structure != a_.layout.resolve(a_.layout.field(whole).structure)) {
      add_unreached(result_.unreached, {id_, entry.field, in, out, loc_of(place), Unreached::lost});
      return;
    }
    const u32 target =
        entry.field == whole ? node : result_.tree.field(result_.tree[node].parent, entry.field);
    result_.tree.mark(target, in, out, loc_of(place));
    mark_way(target);
    if (may_be_another(leaf))
      add_unreached(result_.unreached,
                    {id_, entry.field, in, out, loc_of(place), Unreached::another});
  }

  // The driver stores another pointer on the way: what lies behind that one it reaches by the same name.
  bool may_be_another(u32 leaf) const {
    for (u32 at = leaf; at != no_row; at = summary_.places[at].parent)
      if (summary_.places[at].step == StepKind::dereference &&
          summary_.places[summary_.places[at].parent].written)
        return true;
    return false;
  }

  // A pointer that leads to something copied must be the same on both sides.
  void mark_way(u32 node) {
    for (u32 at = result_.tree[node].parent; at != no_row; at = result_.tree[at].parent) {
      if (result_.tree[at].path.step != StepKind::dereference) continue;
      const u32 pointer = result_.tree[at].parent;
      const TreeNode& holder = result_.tree[pointer];
      const bool root = holder.parent == no_row;
      if (!root && !holder.in && !holder.out)
        result_.tree.mark(pointer, true, false, result_.tree[node].reader);
    }
  }

  // Objects that the driver made and that the kernel now gets to see for the first time.
  void publish() {
    const FieldSet nothing(a_.layout.shared().fields.size());
    const Wanted wanted{nothing, nothing, nothing, false, true};
    const u32 size = result_.tree.size();
    for (u32 node = 0; node < size; ++node) {
      if (!result_.tree[node].out) continue;
      const TypeId target = a_.layout.pointed_structure(result_.tree[node].path.type);
      if (target != none<TypeId> && a_.facts.makes(target))
        expansion_.expand(result_.tree.dereference(node, target), target, wanted, false, true);
    }
  }

  void add_result() {
    const TypeId type = find_pointer_result(a_, crossing_);
    if (type == none<TypeId>) return;
    const u32 node = result_.tree.root(RootKind::result, 0, type, "return");
    const TypeId target = a_.layout.pointed_structure(type);
    const FieldSet nothing(a_.layout.shared().fields.size());
    const FieldSet set = a_.driver_writes & a_.kernel_reads;
    const Wanted wanted{nothing, set, nothing, false, true};
    const bool per_cpu = target != none<TypeId> && a_.facts.per_cpu().in_result(crossing_.function);
    if (target != none<TypeId> && !per_cpu)
      expansion_.expand(result_.tree.dereference(node, target), target, wanted, false, true);
    SyncRoot root;
    root.per_cpu = per_cpu;
    root.root = RootKind::result;
    root.touched = result_.tree.copies_below(node);
    root.identity = target != none<TypeId>;
    root.fresh = a_.kernel.returns_fresh(crossing_.function);
    result_.roots.push_back(root);
  }

  // Fields of objects that no argument is known to reach: every object of the structure may be
  // meant.
  void add_elsewhere(const Elsewhere& what) {
    for (const u32 shared : a_.layout.touched(what.field)) {
      const SharedField& entry = a_.layout.shared().fields[shared];
      const bool in = comes_in(shared, what.read, what.written);
      const bool out = what.written && (entry.kernel_reads || entry.kernel_writes);
      if (!in && !out) continue;
      if (!a_.facts.per_cpu().is_left_out(entry.field))
        add_unreached(result_.unreached, {id_, entry.field, in, out, what.loc,
                                          what.unknown ? Unreached::lost : Unreached::elsewhere});
    }
  }

  const Analysis& a_;
  CrossingId id_;
  const Crossing& crossing_;
  const PathSummary& summary_;
  CrossingResult result_;
  Expansion expansion_;
  std::vector<u32> nodes_; // by place
};

} // namespace

CrossingResult sync_to_driver(const Analysis& analysis, CrossingId crossing) {
  return ToDriver(analysis, crossing).find();
}

} // namespace ks::sync

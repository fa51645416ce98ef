// SPDX-License-Identifier: MIT
// Crossings driver -> kernel, by type: which of the kernel's many objects a kernel function
// means is beyond what paths could tell, but what it can touch at all is known.
//
//   in  = what the callee may read or write, and the driver may have written. (Also what is
//         only written: the reply then cannot bring back a value older than the driver's.)
//   out = what the callee may write, and the driver touches.
//
// That is for what the arguments lead to. Of all else, what the driver's code around the call says
// crosses (segments.hpp), whatever object it is in: it is unreached.

#include "ks-sync/views.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ks::sync {
namespace {

class ToKernel {
public:
  ToKernel(const Analysis& analysis, CrossingId id)
      : a_(analysis), id_(id), crossing_(analysis.program.pruned().boundary.crossings[row(id)]),
        result_(analysis.layout), expansion_(analysis.layout, analysis.facts, result_.tree) {
    find_targets();
    find_sets();
  }

  CrossingResult find() {
    for (const Parameter& parameter : find_pointer_parameters(a_, crossing_))
      add_argument(parameter);
    add_result();
    add_unreached_effects();
    add_left_out(a_, id_, expansion_, result_);
    return std::move(result_);
  }

private:
  void find_targets() {
    if (crossing_.function != none<FunctionId>) targets_.push_back(crossing_.function);
    const auto by_name = a_.program.domain_calls_to(crossing_.function);
    sites_.assign(by_name.begin(), by_name.end());
    if (crossing_.function == none<FunctionId>)
      for (const u32 i : a_.calls_through_pointers)
        if (a_.layout.same_prototype(a_.program.call(i).signature, crossing_.signature))
          add_site_through_pointer(i);
    std::sort(targets_.begin(), targets_.end());
    targets_.erase(std::unique(targets_.begin(), targets_.end()), targets_.end());
    unknown_ |= targets_.empty();
  }

  // The pointer may have been carried from any place to any other of its prototype.
  void add_site_through_pointer(u32 call) {
    const auto targets = a_.program.targets_of(CallId{call});
    sites_.push_back(call);
    unknown_ |= targets.empty();
    std::ranges::copy_if(targets, std::back_inserter(targets_),
                         [this](FunctionId target) { return !a_.program.in_domain(target); });
  }

  bool is_unknown(FunctionId target) const { return !a_.program.function(target).defined; }

  void find_sets() {
    const u64 fields = a_.layout.shared().fields.size();
    callee_ = Effect{FieldSet(fields), FieldSet(fields)};
    fresh_result_ = allocated_result_ = !unknown_;
    bool unknown = unknown_;
    for (const FunctionId target : targets_) {
      unknown |= is_unknown(target);
      callee_.reads.add_all(a_.kernel_effects[row(target)].reads);
      callee_.writes.add_all(a_.kernel_effects[row(target)].writes);
      fresh_result_ &= a_.kernel.returns_fresh(target);
      allocated_result_ &= a_.kernel.returns_allocated(target);
    }
    if (unknown) {
      callee_.reads.add_all(a_.kernel_reads);
      callee_.writes.add_all(a_.kernel_writes);
    }
    in_ = (callee_.reads | callee_.writes) & a_.driver_writes;
    out_ = callee_.writes & a_.driver_touches;
    exposed_ = (a_.kernel_provides & a_.driver_reads) | (a_.kernel_writes & a_.driver_touches);
  }

  ArgumentUse use_of(u32 index) const {
    ArgumentUse use;
    use.sets = true;
    for (const FunctionId target : targets_) {
      const ArgumentUse one = a_.kernel.use(target, index);
      use.sets &= one.sets;
      use.partly |= one.partly;
      use.reads |= one.reads;
      use.writes |= one.writes;
      use.frees |= one.frees;
      use.frees_if_zero |= one.frees_if_zero;
      use.frees_if_nonzero |= one.frees_if_nonzero;
      use.stores |= one.stores;
      use.compares |= one.compares;
      use.looks |= one.looks;
    }
    if (unknown_) {
      const bool frees = use.frees;
      use = unknown_use;
      use.frees = use.frees_if_zero = use.frees_if_nonzero = frees;
    }
    return use;
  }

  // Whether the driver passes objects of its own or the kernel's types here, not plain memory.
  bool passes_objects(u32 index) const {
    return at_every_site(index, [&](PathId value) {
      const Path& path = a_.program.path(value);
      const TypeId type = path.step == StepKind::address
                              ? a_.layout.resolve(a_.program.path(path.parent).type)
                              : a_.layout.pointee(path.type);
      return a_.layout.is_structure(type);
    });
  }

  // The structures as which the callees see what this untyped argument points to.
  std::vector<TypeId> structures_seen(u32 index) const {
    std::vector<TypeId> seen;
    const Summary& summary = a_.program.summary();
    for (const FunctionId target : targets_) {
      for (const u32 i : a_.program.paths_of(target)) {
        const Path& path = summary.paths[i];
        if (path.step != StepKind::dereference || path.parent == none<PathId>) continue;
        const Path& pointer = summary.paths[row(path.parent)];
        if (pointer.step != StepKind::argument || pointer.index != index) continue;
        add_structure(seen, path.type);
      }
    }
    return seen;
  }

  void add_argument(const Parameter& parameter) {
    ArgumentUse use = use_of(parameter.index);
    const u32 node =
        result_.tree.root(RootKind::argument, parameter.index, parameter.type, parameter.name);
    const TypeId whole = a_.layout.resolve(parameter.type);
    if (a_.layout.is_structure(whole)) {
      const Wanted wanted{in_, out_, exposed_, true, false};
      expansion_.expand_value(node, whole, wanted);
      add_root(parameter.index, node, {true, true, false, true, false}, false);
      return;
    }
    const TypeId target = a_.layout.pointee(parameter.type);
    bool structure = a_.layout.is_structure(target);
    if (add_commands_of(parameter, node, use)) return;
    if (structure && is_per_cpu(parameter.index)) {
      add_root(parameter.index, node, use, structure);
      result_.roots.back().per_cpu = true;
      return;
    }
    if (is_passed_per_cpu(parameter.index))
      warn(result_.caveats, {.loc = crossing_.loc, .crossing = id_, .argument = parameter.index},
           "per-cpu-argument",
           fmt::format("argument {} of {} is per-CPU memory, or what one processor has there: it "
                       "crosses as the latter",
                       parameter.name, crossing_.name));
    if (const u64 bytes = bytes_of_views(parameter);
        structure && bytes != 0 && !use.stores && !use.frees) {
      add_bytes(parameter, node, use);
      result_.roots.back().bytes = bytes;
      return;
    }
    if (structure) {
      expand_object(node, target, use);
    } else if (target == none<TypeId> && !structures_seen(parameter.index).empty()) {
      for (const TypeId seen : structures_seen(parameter.index)) expand_object(node, seen, use);
      structure = true;
    } else if (target == none<TypeId> && !use.looks) {
      // A cookie, or a number, which the callee only hands back.
      use.stores |= passes_objects(parameter.index);
      use.reads = use.writes = false;
      add_buffer(node, parameter.index, target, use);
    } else {
      // A use that nothing is known about is any use.
      if (!use.reads && !use.writes) use.reads = use.writes = !is_ignored(parameter.index);
      add_buffer(node, parameter.index, target, use);
    }
    add_root(parameter.index, node, use, structure);
  }

  // Whether no callee looks at the argument at all: nothing in its code comes from it, and nothing there is unknown. One
  // with variable arguments finds them, and by those that it has a name for, by other ways.
  bool is_ignored(u32 index) const {
    if (unknown_ || targets_.empty()) return false;
    return std::ranges::none_of(targets_, [&](FunctionId target) {
      const Summary& summary = a_.program.summary();
      return is_unknown(target) || a_.program.function(target).variadic ||
             a_.program.was_dropped(target) || !a_.program.in_kernel(target) ||
             !a_.program.unknowns_of(target).empty() ||
             std::ranges::any_of(a_.program.paths_of(target), [&](u32 i) {
               const Path& path = summary.paths[i];
               return path.step == StepKind::argument && path.index == index;
             });
    });
  }

  // What another argument tells apart; false if none does.
  bool add_commands_of(const Parameter& parameter, u32 node, const ArgumentUse& use) {
    if (unknown_ || use.frees ||
        std::ranges::any_of(targets_, [&](FunctionId target) { return is_unknown(target); }))
      return false;
    const std::vector<Command> commands = find_commands(a_, crossing_, parameter, targets_);
    if (commands.empty()) return false;
    for (const Command& one : commands)
      if (one.kind == ArmKind::object) expand_object(node, one.structure, use);
    add_root(parameter.index, node, use, true);
    const bool identity = use.stores || use.compares;
    add_commands(a_, id_, parameter, commands, sites_, identity, result_);
    for (SyncCommand& one : result_.commands)
      if (one.argument == parameter.index && one.kind == ArmKind::object)
        one.identity |= !one.caller_local;
    return true;
  }

  bool is_per_cpu(u32 index) const {
    return std::ranges::any_of(
        targets_, [&](FunctionId target) { return a_.facts.per_cpu().in_argument(target, index); });
  }

  bool is_passed_per_cpu(u32 index) const {
    bool found = false;
    at_every_site(index, [&](PathId value) {
      found |= a_.facts.per_cpu().is_value(value);
      return true;
    });
    return found;
  }

  u64 bytes_of_views(const Parameter& parameter) const {
    Views views(a_, parameter);
    at_every_site(parameter.index, [&](PathId value) {
      views.add_passed(value);
      return true;
    });
    for (const FunctionId target : targets_) views.add_seen(target);
    return views.bytes();
  }

  // What the callee does with bytes of another structure is in no row: it may do anything, but
  // change a constant.
  void add_bytes(const Parameter& parameter, u32 node, ArgumentUse use) {
    use.reads = true;
    use.writes = !at_every_site(parameter.index, [&](PathId value) {
      const Path& path = a_.program.path(value);
      if (path.step != StepKind::address) return false;
      const Path& variable = a_.program.path(root_of(a_.program.summary(), path.parent));
      return variable.step == StepKind::global && variable.global != none<GlobalId> &&
             a_.program.summary().globals[row(variable.global)].constant;
    });
    const TypeId target = a_.layout.pointee(parameter.type);
    result_.tree.mark(result_.tree.dereference(node, target), use.reads, use.writes, crossing_.loc);
    add_root(parameter.index, node, use, false);
  }

  // Nothing comes back of an object that may be gone.
  void expand_object(u32 node, TypeId structure, const ArgumentUse& use) {
    const Wanted wanted{in_, out_, exposed_, true, false};
    expansion_.expand(result_.tree.dereference(node, structure), structure, wanted, true,
                      !use.frees);
  }

  // Scalars, bytes, or pointers behind a pointer: one that the callee stores may lead to an object that
  // the driver sees for the first time.
  void add_buffer(u32 node, u32 index, TypeId target, const ArgumentUse& use) {
    const u32 place = result_.tree.dereference(node, target);
    // What the callee leaves as it is comes back as it went.
    const bool in = use.reads || (use.writes && !use.overwrites() && !a_.layout.is_pointer(target));
    result_.tree.mark(place, in, use.writes, crossing_.loc);
    std::vector<TypeId> structures;
    if (const TypeId inner = a_.layout.pointed_structure(target); inner != none<TypeId>)
      structures.push_back(inner);
    else if (a_.layout.is_pointer(target) && a_.layout.pointee(target) == none<TypeId>)
      structures = structures_behind(index);
    const Wanted wanted{in_, use.writes ? exposed_ : out_, exposed_, true, false};
    for (const TypeId inner : structures)
      expansion_.expand(result_.tree.dereference(place, inner), inner, wanted, use.reads, true);
  }

  // As what the driver sees what untyped pointers lead to whose addresses it passes.
  std::vector<TypeId> structures_behind(u32 index) const {
    std::set<PathId> holders;
    std::set<FieldId> members;
    at_every_site(index, [&](PathId value) {
      const Path& passed = a_.program.path(value);
      if (passed.step != StepKind::address) return true;
      holders.insert(passed.parent);
      members.insert(member_of(passed.parent));
      return true;
    });
    members.erase(none<FieldId>);
    std::vector<TypeId> seen;
    for (u32 i = 0; !holders.empty() && i < a_.program.summary().paths.size(); ++i) {
      const Path& path = a_.program.path(PathId{i});
      if (path.step != StepKind::dereference || path.parent == none<PathId> ||
          !a_.program.in_domain(path.function))
        continue;
      if (holders.contains(path.parent) || members.contains(member_of(path.parent)))
        add_structure(seen, path.type);
    }
    return seen;
  }

  // The field that a path is; none if it is no field.
  FieldId member_of(PathId path) const {
    const Path& row = a_.program.path(path);
    return row.step == StepKind::field ? row.field : none<FieldId>;
  }

  template <class Holds>
  bool at_every_site(u32 index, const Holds& holds) const {
    return at_every(sites_, index, holds);
  }

  template <class Holds>
  bool at_every(std::span<const u32> sites, u32 index, const Holds& holds) const {
    u32 arguments = 0;
    for (const u32 call : sites) {
      for (const u32 i : a_.program.arguments_of(CallId{call})) {
        const Argument& argument = a_.program.summary().arguments[i];
        if (argument.index != index) continue;
        ++arguments;
        if (argument.path == none<PathId> || !holds(argument.path)) return false;
      }
    }
    return arguments > 0;
  }

  void add_root(u32 index, u32 node, const ArgumentUse& use, bool structure) {
    SyncRoot root;
    root.root = RootKind::argument;
    root.index = index;
    root.touched = use.reads || use.writes || result_.tree.copies_below(node);
    std::set<std::pair<FunctionId, u32>> seen;
    root.caller_local =
        at_every_site(index, [&](PathId path) { return is_local_address(path, seen); });
    root.identity = use.stores || (structure && (use.compares || !root.caller_local));
    root.freed = use.frees;
    root.freed_if = freed_if(use);
    const Container container = a_.containers.of(targets_, index);
    root.container = container.structure;
    root.container_offset = container.offset;
    if (root.identity && container.structure == none<TypeId>) {
      const Whole whole = whole_passed(index);
      root.container = whole.structure;
      root.container_offset = whole.offset;
    }
    result_.roots.push_back(root);
  }

  // What the driver always passes a part of, where code that gets the pointer later may find the whole;
  // none if that differs.
  Whole whole_passed(u32 index) const {
    Whole found;
    std::set<std::pair<FunctionId, u32>> seen;
    const bool one =
        at_every_site(index, [&](PathId value) { return is_part(value, found, seen); });
    return one ? found : Whole{};
  }

  bool is_part(PathId value, Whole& found, std::set<std::pair<FunctionId, u32>>& seen) const {
    const Path& path = a_.program.path(value);
    if (path.step == StepKind::argument) {
      if (!seen.insert({path.function, path.index}).second) return true;
      return at_every_call(path.function, path.index,
                           [&](PathId outer) { return is_part(outer, found, seen); });
    }
    const Whole whole = whole_of_address(a_.layout, a_.facts, a_.kernel_wholes, value);
    if (whole.structure == none<TypeId>) return false;
    if (found.structure == none<TypeId>) found = whole;
    return found == whole;
  }

  // Of a variable of the function's, or, in a function that only the domain calls, of one that every
  // caller passes on.
  bool is_local_address(PathId value, std::set<std::pair<FunctionId, u32>>& seen) const {
    const Path* path = &a_.program.path(value);
    if (path->step == StepKind::argument) return is_passed_local(path->function, path->index, seen);
    if (path->step != StepKind::address) return false;
    while (path->parent != none<PathId>) {
      path = &a_.program.path(path->parent);
      if (path->step == StepKind::dereference) return false;
    }
    return path->step == StepKind::local;
  }

  bool is_passed_local(FunctionId function, u32 index,
                       std::set<std::pair<FunctionId, u32>>& seen) const {
    if (!seen.insert({function, index}).second) return true;
    return at_every_call(function, index,
                         [&](PathId path) { return is_local_address(path, seen); });
  }

  // Of a function that only the domain calls.
  template <class Holds>
  bool at_every_call(FunctionId function, u32 index, const Holds& holds) const {
    const CrossingId entry = a_.program.crossing_of(function);
    if (entry != none<CrossingId> && a_.program.pruned().boundary.crossings[row(entry)].to_driver)
      return false;
    return at_every(a_.program.domain_calls_to(function), index, holds);
  }

  // An object that the driver sees for the first time brings all that the driver uses;
  // one that the callee has just made, what the callee wrote.
  void add_result() {
    const TypeId type = find_pointer_result(a_, crossing_);
    if (type == none<TypeId>) return;
    const u32 node = result_.tree.root(RootKind::result, 0, type, "return");
    std::vector<TypeId> structures;
    const bool per_cpu = std::ranges::any_of(
        targets_, [&](FunctionId target) { return a_.facts.per_cpu().in_result(target); });
    if (const TypeId target = a_.layout.pointed_structure(type); target != none<TypeId>)
      structures.push_back(target);
    else if (a_.layout.pointee(type) == none<TypeId>)
      structures = structures_of_result();
    const FieldSet nothing(a_.layout.shared().fields.size());
    const Wanted wanted{nothing, allocated_result_ ? out_ : exposed_, exposed_, false, false};
    for (const TypeId structure : structures)
      if (!per_cpu)
        expansion_.expand(result_.tree.dereference(node, structure), structure, wanted, false,
                          true);
    SyncRoot root;
    root.per_cpu = per_cpu && a_.layout.pointed_structure(type) != none<TypeId>;
    root.root = RootKind::result;
    root.touched = result_.tree.copies_below(node);
    root.identity = !structures.empty();
    root.fresh = fresh_result_;
    result_.roots.push_back(root);
  }

  // As what the driver sees an untyped result.
  std::vector<TypeId> structures_of_result() const {
    std::vector<TypeId> seen;
    for (const u32 call : sites_) {
      const FunctionId caller = a_.program.call(call).caller;
      for (const Place& place : a_.summaries[row(caller)].places) {
        if (place.step != StepKind::dereference || place.parent == no_row) continue;
        const Place& root = a_.summaries[row(caller)].places[place.parent];
        if (root.step != StepKind::call_result || root.index != call) continue;
        add_structure(seen, place.type);
      }
    }
    return seen;
  }

  void add_structure(std::vector<TypeId>& seen, TypeId type) const {
    const TypeId structure = a_.layout.resolve(type);
    if (a_.layout.is_structure(structure) &&
        std::find(seen.begin(), seen.end(), structure) == seen.end())
      seen.push_back(structure);
  }

  // Leaves behind pointers that neither side changes. Then all else that the driver has written since
  // it last crossed and kernel code reads, and that it will read next and the kernel gives values
  // to: whatever object it is in.
  void add_unreached_effects() {
    find_leaves();
    for (const FunctionId target : targets_)
      for (const Rooted& one : a_.rooted_effects[row(target)])
        if (is_wanted(one) && !is_copied(one)) add_leaf(one);
    find_leaves();
    const u64 fields = a_.layout.shared().fields.size();
    FieldSet written(fields);
    FieldSet read(fields);
    for (const u32 call : sites_) {
      const Segment& segment = a_.segments[call];
      written.add_all(segment.any_written);
      read.add_all(segment.any_read);
      for (const Rooted& one : segment.written)
        if (!is_copied({one.argument, one.pointer, one.shared, false})) written.add(one.shared);
      for (const Rooted& one : segment.read)
        if (!is_copied({one.argument, one.pointer, one.shared, true})) read.add(one.shared);
    }
    written = written & a_.kernel_uses;
    read = read & a_.kernel_provides;
    (written | read).each([&](u32 shared) {
      const SharedField& entry = a_.layout.shared().fields[shared];
      if (!a_.facts.per_cpu().is_left_out(entry.field))
        add_unreached(result_.unreached, {id_, entry.field, written.has(shared), read.has(shared),
                                          read.has(shared) ? entry.driver_loc : entry.kernel_loc,
                                          Unreached::meanwhile});
    });
  }

  bool is_wanted(const Rooted& one) const {
    return one.write ? a_.driver_touches.has(one.shared) && !use_of(one.argument).frees
                     : a_.driver_writes.has(one.shared);
  }

  // The leaves of the tree by argument or result, last pointer and field; those that come back count
  // as written.
  void find_leaves() {
    leaves_.clear();
    for (u32 id = 0; id < result_.tree.size(); ++id) {
      const TreeNode& node = result_.tree[id];
      if ((!node.in && !node.out) || node.path.step != StepKind::field) continue;
      const u32 argument = node.path.root == RootKind::argument ? node.path.index : result_argument;
      u32 object = node.parent;
      while (object != no_row && result_.tree[object].path.step == StepKind::field)
        object = result_.tree[object].parent;
      if (object == no_row || result_.tree[object].path.step != StepKind::dereference) continue;
      const TreeNode& pointer = result_.tree[result_.tree[object].parent];
      const bool root = pointer.parent == no_row;
      if (!root && pointer.path.step != StepKind::field) continue;
      const FieldId last = root ? none<FieldId> : pointer.path.field;
      for (const u32 shared : a_.layout.touched(node.path.field)) {
        if (node.in) leaves_.push_back({argument, last, shared, false});
        if (node.out) leaves_.push_back({argument, last, shared, true});
      }
    }
    std::sort(leaves_.begin(), leaves_.end());
  }

  bool is_copied(const Rooted& one) const {
    return std::binary_search(leaves_.begin(), leaves_.end(), one);
  }

  // A pointer in the argument's own object which neither side changes is followed, since something
  // behind it is wanted.
  void add_leaf(const Rooted& one) {
    const u32 root = result_.tree.find_root(RootKind::argument, one.argument);
    if (one.pointer == none<FieldId> || root == no_row) return;
    const Field& pointer = a_.layout.field(one.pointer);
    const SharedField& entry = a_.layout.shared().fields[one.shared];
    const TypeId outer = a_.layout.pointed_structure(result_.tree[root].path.type);
    const TypeId inner = a_.layout.pointed_structure(one.pointer);
    const auto& shared = a_.layout.touched(one.pointer);
    const bool whole = std::ranges::any_of(
        shared, [&](u32 i) { return a_.layout.shared().fields[i].field == one.pointer; });
    if (outer == none<TypeId> || inner == none<TypeId> || !whole ||
        a_.layout.resolve(pointer.structure) != outer ||
        a_.layout.resolve(a_.layout.field(entry.field).structure) != inner ||
        a_.facts.per_cpu().in_field(one.pointer) || a_.facts.per_cpu().is_left_out(entry.field))
      return;
    const u32 holder = result_.tree.field(result_.tree.dereference(root, outer), one.pointer);
    result_.tree.mark(holder, true, false, entry.kernel_loc);
    const u32 leaf = result_.tree.field(result_.tree.dereference(holder, inner), entry.field);
    result_.tree.mark(leaf, !one.write, one.write, entry.kernel_loc);
  }

  const Analysis& a_;
  CrossingId id_;
  const Crossing& crossing_;
  CrossingResult result_;
  Expansion expansion_;
  std::vector<FunctionId> targets_; // the kernel functions it may be
  bool unknown_ = false; // or others
  std::vector<u32> sites_; // the driver's calls
  Effect callee_;
  FieldSet in_;
  FieldSet out_;
  FieldSet exposed_; // of an object that the driver may not know yet
  std::vector<Rooted> leaves_; // of the tree
  bool fresh_result_ = false;
  bool allocated_result_ = false;
};

} // namespace

CrossingResult sync_to_kernel(const Analysis& analysis, CrossingId crossing) {
  return ToKernel(analysis, crossing).find();
}

} // namespace ks::sync

// SPDX-License-Identifier: MIT
// Crossings driver -> kernel, by type: which of the kernel's many objects a kernel function
// means is beyond what paths could tell, but what it can touch at all is known.
//
//   in  = what the callee may read or write, and the driver may have written. (Also what is
//         only written: the reply then cannot bring back a value older than the driver's.)
//   out = what the callee may write, and the driver touches.

#include "ks-sync/crossings.hpp"

#include <fmt/format.h>

#include <algorithm>

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
    add_unreached_writes();
    if (expansion_.was_cut())
      warn(crossing_.loc, "tree-too-large",
           crossing_.name + " reaches too many fields; the deepest are left out");
    return std::move(result_);
  }

private:
  void find_targets() {
    const Summary& summary = a_.program.summary();
    if (crossing_.function != none<FunctionId>) targets_.push_back(crossing_.function);
    for (const u32 i : a_.program.domain_calls()) {
      const Call& call = summary.calls[i];
      const auto& targets = a_.program.targets_of(CallId{i});
      const bool by_name =
          crossing_.function != none<FunctionId> &&
          std::find(targets.begin(), targets.end(), crossing_.function) != targets.end();
      const bool by_pointer = crossing_.function == none<FunctionId> && is_through_pointer(call);
      if (!by_name && !by_pointer) continue;
      sites_.push_back(i);
      if (by_pointer)
        for (const FunctionId target : targets)
          if (!a_.program.in_domain(target)) targets_.push_back(target);
    }
    std::sort(targets_.begin(), targets_.end());
    targets_.erase(std::unique(targets_.begin(), targets_.end()), targets_.end());
  }

  // A crossing through a pointer is named after the place of the pointer: a field, a global,
  // or "FUNCTION: argument N", "FUNCTION: line N".
  bool is_through_pointer(const Call& call) const {
    if (call.kind != CallKind::indirect) return false;
    if (!crossing_.fields.empty())
      return std::find(crossing_.fields.begin(), crossing_.fields.end(), call.via) !=
             crossing_.fields.end();
    if (call.via != none<FieldId>) return false;
    const std::string& caller = a_.program.function(call.caller).name;
    if (crossing_.name == fmt::format("{}: line {}", caller, call.loc.line)) return true;
    if (call.target == none<PathId>) return false;
    const Path& root = a_.program.path(root_of(a_.program.summary(), call.target));
    return (root.step == StepKind::argument &&
            crossing_.name == fmt::format("{}: argument {}", caller, root.index)) ||
           (root.global != none<GlobalId> &&
            crossing_.name == a_.program.summary().globals[row(root.global)].name);
  }

  bool is_unknown(FunctionId target) const { return !a_.program.function(target).defined; }

  void find_sets() {
    const u64 fields = a_.layout.shared().fields.size();
    callee_ = Effect{FieldSet(fields), FieldSet(fields)};
    fresh_result_ = allocated_result_ = !targets_.empty();
    bool unknown = targets_.empty();
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
    for (const FunctionId target : targets_) {
      const ArgumentUse one = a_.kernel.use(target, index);
      use.reads |= one.reads;
      use.writes |= one.writes;
      use.frees |= one.frees;
      use.stores |= one.stores;
    }
    if (targets_.empty()) use = {true, true, false, true, false};
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
    const TypeId target = a_.layout.pointee(parameter.type);
    bool structure = a_.layout.is_structure(target);
    if (structure) {
      expand_object(node, target, use);
    } else if (target == none<TypeId> && !structures_seen(parameter.index).empty()) {
      for (const TypeId seen : structures_seen(parameter.index)) expand_object(node, seen, use);
      structure = true;
    } else if (target == none<TypeId> && passes_objects(parameter.index)) {
      use.stores = true; // a cookie: the callee cannot look into it
    } else {
      // A use that nothing is known about is any use.
      if (!use.reads && !use.writes) use.reads = use.writes = true;
      add_buffer(node, target, use);
    }
    add_root(parameter.index, node, use, structure);
  }

  // Nothing comes back of an object that may be gone.
  void expand_object(u32 node, TypeId structure, const ArgumentUse& use) {
    const Wanted wanted{in_, out_, exposed_, true, false};
    expansion_.expand(result_.tree.dereference(node, structure), structure, wanted, true,
                      !use.frees);
  }

  // Scalars, bytes, or pointers behind a pointer.
  void add_buffer(u32 node, TypeId target, const ArgumentUse& use) {
    const u32 place = result_.tree.dereference(node, target);
    result_.tree.mark(place, use.reads, use.writes, crossing_.loc);
    const TypeId inner = a_.layout.pointed_structure(target);
    if (inner == none<TypeId>) return;
    const Wanted wanted{in_, out_, exposed_, true, false};
    expansion_.expand(result_.tree.dereference(place, inner), inner, wanted, use.reads, true);
  }

  template <class Holds>
  bool at_every_site(u32 index, const Holds& holds) const {
    u32 arguments = 0;
    for (const u32 call : sites_) {
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
    root.caller_local = at_every_site(index, [&](PathId path) { return is_local_address(path); });
    root.identity = structure ? !root.caller_local : use.stores;
    root.freed = use.frees;
    result_.roots.push_back(root);
  }

  bool is_local_address(PathId value) const {
    const Path* path = &a_.program.path(value);
    if (path->step != StepKind::address) return false;
    while (path->parent != none<PathId>) {
      path = &a_.program.path(path->parent);
      if (path->step == StepKind::dereference) return false;
    }
    return path->step == StepKind::local;
  }

  // An object that the driver sees for the first time brings all that the driver uses;
  // one that the callee has just made, what the callee wrote.
  void add_result() {
    const TypeId type = find_pointer_result(a_, crossing_);
    if (type == none<TypeId>) return;
    const u32 node = result_.tree.root(RootKind::result, 0, type, "return");
    std::vector<TypeId> structures;
    if (const TypeId target = a_.layout.pointed_structure(type); target != none<TypeId>)
      structures.push_back(target);
    else if (a_.layout.pointee(type) == none<TypeId>)
      structures = structures_of_result();
    const FieldSet nothing(a_.layout.shared().fields.size());
    const Wanted wanted{nothing, allocated_result_ ? out_ : exposed_, exposed_, false, false};
    for (const TypeId structure : structures)
      expansion_.expand(result_.tree.dereference(node, structure), structure, wanted, false, true);
    SyncRoot root;
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

  // What the calling functions write, and the callee reads from objects of types that
  // nothing it is given leads to.
  void add_unreached_writes() {
    for (const u32 call : sites_) {
      for (const u32 i : a_.program.accesses_of(a_.program.call(call).caller)) {
        const Access& access = a_.program.summary().accesses[i];
        const bool writes = access.kind == AccessKind::write || access.kind == AccessKind::update;
        if (!writes || access.field == none<FieldId>) continue;
        const Field& field = a_.layout.field(access.field);
        if (is_private(access.path) || result_.tree.reaches(a_.layout.resolve(field.structure)))
          continue;
        for (const u32 shared : a_.layout.touched(access.field))
          if (callee_.reads.has(shared))
            add_unreached(result_.unreached,
                          {id_, a_.layout.shared().fields[shared].field, true, false, access.loc});
      }
    }
  }

  // A variable on the stack, or an object that was made there and then.
  bool is_private(PathId id) const {
    while (id != none<PathId> && a_.program.path(id).parent != none<PathId>)
      id = a_.program.path(id).parent;
    if (id == none<PathId>) return false;
    const StepKind root = a_.program.path(id).step;
    return root == StepKind::local || root == StepKind::allocation;
  }

  const Analysis& a_;
  CrossingId id_;
  const Crossing& crossing_;
  CrossingResult result_;
  Expansion expansion_;
  std::vector<FunctionId> targets_; // the kernel functions it may be
  std::vector<u32> sites_;          // the driver's calls
  Effect callee_;
  FieldSet in_;
  FieldSet out_;
  FieldSet exposed_; // of an object that the driver may not know yet
  bool fresh_result_ = false;
  bool allocated_result_ = false;
};

} // namespace

CrossingResult sync_to_kernel(const Analysis& analysis, CrossingId crossing) {
  return ToKernel(analysis, crossing).find();
}

} // namespace ks::sync

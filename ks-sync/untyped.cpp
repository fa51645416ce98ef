// SPDX-License-Identifier: MIT
#include "ks-sync/untyped.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace ks::sync {
namespace {

// What is known of one member.
struct Evidence {
  std::set<TypeId> structures; // that it leads to
  bool stored = false; // of these, one by a store
  bool numbers = false; // what is stored may be no pointer
  bool seen_by_kernel = false;
  bool seen_by_driver = false;
  bool leads_to_structure() const {
    return std::ranges::any_of(structures, [](TypeId one) { return one != none<TypeId>; });
  }
};

class Finder {
public:
  Finder(const View& program, const Layout& layout)
      : program_(program), summary_(program.summary()), layout_(layout) {
    find_computed();
  }

  Pointees find() {
    for (const Path& path : summary_.paths)
      if (path.step == StepKind::dereference) add_seen(path.parent, path.type);
    for (u32 call = 0; call < summary_.calls.size(); ++call) add_arguments(call);
    for (const Access& access : summary_.accesses)
      if (access.kind == AccessKind::write || access.kind == AccessKind::update) add_stored(access);
    for (const Initializer& initializer : summary_.initializers) add_initial(initializer);
    Pointees found;
    for (const auto& [pointer, evidence] : evidence_) {
      if (evidence.structures.empty() || !is_handed_over(pointer, evidence)) continue;
      if (evidence.structures.size() == 1 && *evidence.structures.begin() != none<TypeId> &&
          !evidence.numbers && (is_pointer(pointer) || evidence.stored))
        found.known.push_back({pointer, *evidence.structures.begin()});
      else if (!is_pointer(pointer) || evidence.leads_to_structure())
        add_followed(pointer, evidence, found.followed);
    }
    return found;
  }

private:
  const Path& path(PathId id) const { return summary_.paths[row(id)]; }

  // The untyped member that the value is loaded from, or none.
  FieldId untyped_member(PathId value) const {
    while (value != none<PathId> && path(value).step == StepKind::element)
      value = path(value).parent;
    if (value == none<PathId> || path(value).step != StepKind::field) return none<FieldId>;
    return is_untyped(path(value).field) ? path(value).field : none<FieldId>;
  }

  TypeId held(FieldId field) const { return layout_.element(layout_.field(field).type); }
  bool is_pointer(FieldId field) const { return layout_.is_pointer(held(field)); }

  // A pointer to nothing in particular, or a number that has room for one.
  bool is_untyped(FieldId field) const {
    const TypeId type = held(field);
    if (type == none<TypeId>) return false;
    const Type& row = summary_.types[ks::row(type)];
    return layout_.is_pointer(type) ? layout_.pointee(type) == none<TypeId>
                                    : row.kind == TypeKind::integer && row.size == sizeof(u64) &&
                                          type == layout_.resolve(layout_.field(field).type);
  }

  bool is_named(TypeId structure) const {
    return layout_.is_structure(structure) && !layout_.tag(structure).empty();
  }

  void add_seen(PathId pointer, TypeId type) {
    const FieldId field = untyped_member(pointer);
    const TypeId structure = layout_.resolve(type);
    if (field == none<FieldId> || structure == none<TypeId>) return;
    note_seen(field, structure, path(pointer).function);
  }

  // Memory that is seen as no structure counts as one more: nothing is known then.
  void note_seen(FieldId field, TypeId type, FunctionId function) {
    Evidence& evidence = evidence_[field];
    evidence.structures.insert(is_named(type) ? type : none<TypeId>);
    evidence.seen_by_driver |= program_.in_domain(function);
    evidence.seen_by_kernel |= program_.in_kernel(function);
  }

  void add_arguments(u32 call) {
    for (const u32 i : program_.arguments_of(CallId{call})) {
      const Argument& argument = summary_.arguments[i];
      const FieldId field = untyped_member(argument.path);
      if (field == none<FieldId>) continue;
      const std::span<const Member> parameters =
          layout_.members(layout_.resolve(program_.call(call).signature));
      if (argument.index >= parameters.size()) continue;
      const TypeId structure = layout_.pointed_structure(parameters[argument.index].type);
      if (is_named(structure)) note_seen(field, structure, program_.call(call).caller);
    }
  }

  // What tells that there is no object is none of the things that a pointer leads to.
  bool is_error(FieldId field, const Path& value) const {
    constexpr i64 most_errors = 4095;
    const i64 number = static_cast<i64>(value.integer);
    return is_pointer(field) && value.step == StepKind::integer && number < 0 &&
           number >= -most_errors;
  }

  void add_stored(const Access& access) {
    const FieldId field = access.path == none<PathId> ? none<FieldId> : untyped_member(access.path);
    if (field == none<FieldId>) return;
    if (access.kind == AccessKind::update || access.value == none<PathId>) {
      // A pointer may be one that is not known.
      if (!is_pointer(field) && access.source != AccessSource::memory_intrinsic)
        evidence_[field].numbers = true;
      return;
    }
    const Path& value = path(access.value);
    if (is_error(field, value)) return;
    evidence_[field].numbers |= !is_pointer(field) && (access.update != Update::none ||
                                                       computed_.contains(access.instruction));
    evidence_[field].numbers |= value.step == StepKind::integer && value.integer != 0;
    const TypeId structure = value.step == StepKind::address
                                 ? layout_.resolve(path(value.parent).type)
                                 : layout_.pointed_structure(value.type);
    if (value.step == StepKind::address || structure != none<TypeId>) note_stored(field, structure);
  }

  // Instructions that use what bits were set or cleared in: an address with flags in it is none.
  void find_computed() {
    const Bodies& bodies = program_.pruned().bodies;
    const std::set<std::string_view> makers{"and", "ashr", "lshr", "mul",
                                            "or",  "shl",  "sub",  "xor"};
    for (const Edge& edge : bodies.edges)
      if (edge.kind == EdgeKind::def_use && edge.from_kind == NodeKind::instruction &&
          edge.to_kind == NodeKind::instruction &&
          makers.contains(bodies.instructions[edge.from].opcode))
        computed_.insert(edge.to);
  }

  void note_stored(FieldId field, TypeId structure) {
    Evidence& evidence = evidence_[field];
    evidence.structures.insert(is_named(structure) ? structure : none<TypeId>);
    evidence.stored = true;
  }

  void add_initial(const Initializer& initializer) {
    if (initializer.field == none<FieldId> || !is_untyped(initializer.field)) return;
    if (initializer.kind == ValueKind::integer)
      evidence_[initializer.field].numbers |= initializer.integer != 0;
    else if (initializer.kind == ValueKind::global && initializer.addend == 0)
      note_stored(initializer.field,
                  layout_.element(summary_.globals[row(initializer.target)].type));
    else
      note_stored(initializer.field, none<TypeId>);
  }

  // What the driver stores there, the kernel follows, and nothing tells what it is.
  void add_followed(FieldId pointer, const Evidence& evidence, std::vector<Followed>& found) const {
    if (!evidence.seen_by_kernel) return;
    for (const u32 i : layout_.touched(pointer)) {
      const SharedField& shared = layout_.shared().fields[i];
      if (!shared.driver_writes && !shared.driver_initializes) continue;
      found.push_back({pointer, !is_pointer(pointer), shared.driver_loc});
      return;
    }
  }

  // One side sees what the other one may have stored.
  bool is_handed_over(FieldId pointer, const Evidence& evidence) const {
    for (const u32 i : layout_.touched(pointer)) {
      const SharedField& shared = layout_.shared().fields[i];
      if (evidence.seen_by_kernel && (shared.driver_writes || shared.driver_initializes))
        return true;
      if (evidence.seen_by_driver && (shared.kernel_writes || shared.kernel_initializes))
        return true;
    }
    return false;
  }

  const View& program_;
  const Summary& summary_;
  const Layout& layout_;
  std::map<FieldId, Evidence> evidence_;
  std::set<u32> computed_; // rows of instructions
};

} // namespace

Pointees find_pointees(const View& program, const Layout& layout) {
  return Finder(program, layout).find();
}

void warn_of_followed(const Layout& layout, const std::vector<Followed>& followed, Sync& sync) {
  for (const Followed& one : followed) {
    const std::string& name = layout.field(one.pointer).name;
    const bool is_told = std::ranges::any_of(
        sync.arms, [&](const SyncArm& arm) { return layout.field(arm.place).name == name; });
    const Caveat about{.loc = one.stored, .field = one.pointer};
    if (one.is_number)
      warn(sync.caveats, about, "followed-number",
           name + " is a number that kernel code follows; what the driver stores there crosses as "
                  "it is");
    else if (!is_told)
      warn(sync.caveats, about, "followed-pointer",
           name + " leads to one structure or another, or to none, and kernel code follows it; "
                  "structures of the driver there do not cross");
  }
}

} // namespace ks::sync

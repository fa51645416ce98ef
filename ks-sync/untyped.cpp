// SPDX-License-Identifier: MIT
#include "ks-sync/untyped.hpp"

#include <map>
#include <set>

namespace ks::sync {
namespace {

// What is known of one member.
struct Evidence {
  std::set<TypeId> structures; // that it leads to
  bool seen_by_kernel = false;
  bool seen_by_driver = false;
};

class Finder {
public:
  Finder(const View& program, const Layout& layout)
      : program_(program), summary_(program.summary()), layout_(layout) {}

  std::vector<SyncPointee> find() {
    for (const Path& path : summary_.paths)
      if (path.step == StepKind::dereference) add_seen(path.parent, path.type);
    for (u32 call = 0; call < summary_.calls.size(); ++call) add_arguments(call);
    for (const Access& access : summary_.accesses)
      if (access.kind == AccessKind::write && access.value != none<PathId>) add_stored(access);
    std::vector<SyncPointee> found;
    for (const auto& [pointer, evidence] : evidence_)
      if (evidence.structures.size() == 1 && is_handed_over(pointer, evidence))
        found.push_back({pointer, *evidence.structures.begin()});
    return found;
  }

private:
  const Path& path(PathId id) const { return summary_.paths[row(id)]; }

  // The untyped member that the value is loaded from, or none.
  FieldId untyped_member(PathId value) const {
    if (value == none<PathId> || path(value).step != StepKind::field) return none<FieldId>;
    return is_untyped(path(value).field) ? path(value).field : none<FieldId>;
  }

  bool is_untyped(FieldId field) const {
    const TypeId type = layout_.resolve(layout_.field(field).type);
    return layout_.is_pointer(type) && layout_.pointee(type) == none<TypeId>;
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

  void add_stored(const Access& access) {
    const FieldId field = access.path == none<PathId> ? none<FieldId> : untyped_member(access.path);
    if (field == none<FieldId>) return;
    const Path& value = path(access.value);
    const TypeId structure = value.step == StepKind::address
                                 ? layout_.resolve(path(value.parent).type)
                                 : layout_.pointed_structure(value.type);
    if (value.step == StepKind::address || structure != none<TypeId>)
      evidence_[field].structures.insert(is_named(structure) ? structure : none<TypeId>);
  }

  // One side sees what the other one may have stored.
  bool is_handed_over(FieldId pointer, const Evidence& evidence) const {
    if (*evidence.structures.begin() == none<TypeId>) return false;
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
};

} // namespace

std::vector<SyncPointee> find_pointees(const View& program, const Layout& layout) {
  return Finder(program, layout).find();
}

} // namespace ks::sync

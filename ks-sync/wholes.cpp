// SPDX-License-Identifier: MIT
#include "ks-sync/wholes.hpp"

#include "ks-sync/arguments.hpp"

#include <algorithm>
#include <map>

namespace ks::sync {
namespace {

using Wholes = std::set<Whole>;

// What is known of the pointers of one function.
class Finder {
public:
  Finder(const View& program, const Layout& layout, const Containers& containers,
         std::vector<SyncWhole>& found)
      : program_(program), summary_(program.summary()), layout_(layout), containers_(containers),
        found_(found) {}

  void find(FunctionId function) {
    wholes_.clear();
    for (const u32 i : program_.paths_of(function)) add_cast(PathId{i});
    for (const u32 call : program_.calls_of(function)) add_arguments(call);
    for (const auto& [value, wholes] : wholes_) {
      const PathId pointer = field_of(value);
      if (pointer == none<PathId>) continue;
      const Wholes holders = holders_of(path(pointer).parent, path(pointer).field);
      for (const Whole& whole : wholes) {
        for (const Whole& holder : holders) add(pointer, holder, whole);
        if (holders.empty()) add(pointer, {}, whole);
      }
    }
  }

private:
  const Path& path(PathId id) const { return summary_.paths[row(id)]; }

  void add(PathId pointer, const Whole& holder, const Whole& whole) {
    found_.push_back({path(pointer).field, holder.structure, holder.offset, whole.structure,
                      whole.offset, false});
  }

  // The member that a pointer is, or that has or leads to the table that it is an entry of.
  PathId field_of(PathId pointer) const {
    if (path(pointer).step == StepKind::field) return pointer;
    PathId table = pointer;
    while (path(table).step == StepKind::element) table = path(table).parent;
    const bool behind = path(table).step == StepKind::dereference;
    if (behind) table = path(table).parent;
    if (path(table).step != StepKind::field || path(table).field == none<FieldId>)
      return none<PathId>;
    TypeId entry = layout_.element(path(table).type);
    if (behind) entry = layout_.element(layout_.pointee(entry));
    return layout_.is_pointer(entry) ? table : none<PathId>;
  }

  // The pointer in memory by which a place is reached, if only fields and casts are in between.
  PathId pointer_to(PathId place) const {
    for (; place != none<PathId>; place = path(place).parent) {
      const StepKind step = path(place).step;
      if (step == StepKind::dereference) return path(place).parent;
      if (step != StepKind::field && step != StepKind::cast) break;
    }
    return none<PathId>;
  }

  void note(PathId pointer, TypeId structure, i64 before) {
    structure = layout_.resolve(structure);
    if (before < 0 || !layout_.is_structure(structure) || layout_.tag(structure).empty() ||
        static_cast<u64>(before) >= layout_.size(structure))
      return;
    wholes_[pointer].insert({structure, static_cast<u64>(before)});
  }

  void add_cast(PathId cast) {
    if (path(cast).step == StepKind::dereference) add_beginning(cast);
    if (path(cast).step != StepKind::cast) return;
    const PathId pointer = pointer_to(cast);
    const i64 before = pointer == none<PathId> ? 0 : -bytes_behind_pointer(summary_, cast);
    if (before > 0) note(pointer, path(cast).type, before);
  }

  // A larger structure that begins with what the pointer says that it leads to.
  void add_beginning(PathId object) {
    const PathId pointer = path(object).parent;
    if (field_of(pointer) != none<PathId> &&
        layout_.begins_with(layout_.resolve(path(object).type),
                            layout_.pointed_structure(path(pointer).type)))
      note(pointer, path(object).type, 0);
  }

  void add_arguments(u32 call) {
    for (const u32 i : program_.arguments_of(CallId{call})) {
      const Argument& argument = summary_.arguments[i];
      if (argument.path == none<PathId> || field_of(argument.path) == none<PathId>) continue;
      const Container container = containers_.of(program_.targets_of(CallId{call}), argument.index);
      if (container.structure != none<TypeId>)
        note(argument.path, container.structure, static_cast<i64>(container.offset));
    }
  }

  // The structures in which a place lies that has this pointer.
  Wholes holders_of(PathId place, FieldId pointer) const {
    const TypeId own = layout_.resolve(layout_.field(pointer).structure);
    u64 offset = 0;
    while (path(place).step == StepKind::field) {
      offset += layout_.field(path(place).field).offset_bits / 8;
      place = path(place).parent;
    }
    const Path& base = path(place);
    const TypeId structure = layout_.resolve(base.type);
    if (layout_.is_structure(structure) && structure != own && !layout_.tag(structure).empty())
      return {{structure, offset}};
    if (structure != own || base.step != StepKind::dereference) return {};
    const auto known = wholes_.find(base.parent);
    return known == wholes_.end() ? Wholes{} : known->second;
  }

  const View& program_;
  const Summary& summary_;
  const Layout& layout_;
  const Containers& containers_;
  std::vector<SyncWhole>& found_;
  std::map<PathId, Wholes> wholes_; // what is around the objects that a pointer leads to
};

auto key(const SyncWhole& one) {
  return std::tuple(one.pointer, one.holder, one.holder_offset, one.structure, one.offset);
}

// What one pointer of a structure leads into, all of its pointers to the same type do.
void share(const Layout& layout, std::vector<SyncWhole>& found) {
  const std::size_t count = found.size();
  for (std::size_t i = 0; i < count; ++i) {
    const SyncWhole one = found[i];
    const TypeId structure = layout.resolve(layout.field(one.pointer).structure);
    const TypeId pointee = layout.pointed_structure(layout.field(one.pointer).type);
    if (pointee == none<TypeId>) continue;
    for (const FieldId other : layout.fields_in(structure)) {
      if (other == one.pointer || layout.pointed_structure(layout.field(other).type) != pointee)
        continue;
      found.push_back(one);
      found.back().pointer = other;
    }
  }
}

// Whether both sides touch something there, at any depth. Of anything else the part alone will do:
// whoever takes it for a part of something of its own, knows that already.
bool has_shared(const Layout& layout, TypeId structure, std::map<u32, bool>& known) {
  structure = layout.resolve(structure);
  if (structure == none<TypeId>) return false;
  const auto [at, added] = known.emplace(row(structure), !layout.shared_in(structure).empty());
  if (!added || at->second) return at->second;
  const bool found = std::ranges::any_of(layout.embedded_in(structure), [&](const Embedded& one) {
    return has_shared(layout, one.structure, known);
  });
  return known[row(structure)] = found;
}

// The structures that local variables of the domain are.
std::set<TypeId> find_locals(const View& program, const Layout& layout) {
  std::set<TypeId> found;
  for (const Path& path : program.summary().paths)
    if (path.step == StepKind::local && program.in_domain(path.function))
      found.insert(layout.element(path.type));
  return found;
}

} // namespace

std::vector<SyncWhole> find_wholes(const View& program, const Layout& layout,
                                   const Containers& containers) {
  std::vector<SyncWhole> found;
  Finder finder(program, layout, containers, found);
  for (u32 i = 0; i < program.function_count(); ++i) finder.find(FunctionId{i});
  std::map<u32, bool> shared;
  std::erase_if(found,
                [&](const SyncWhole& one) { return !has_shared(layout, one.structure, shared); });
  share(layout, found);
  std::ranges::sort(found, {}, key);
  const auto same = std::ranges::unique(found, {}, key);
  found.erase(same.begin(), same.end());
  const std::set<TypeId> locals = find_locals(program, layout);
  for (SyncWhole& one : found) one.local = locals.contains(one.structure);
  return found;
}

std::set<Whole> find_kernel_wholes(const View& program, const Layout& layout) {
  const Summary& summary = program.summary();
  std::set<Whole> found;
  for (u32 i = 0; i < summary.paths.size(); ++i) {
    const Path& path = summary.paths[i];
    if (path.function == none<FunctionId> || !program.in_kernel(path.function)) continue;
    const TypeId structure = layout.resolve(path.type);
    if (!layout.is_structure(structure)) continue;
    if (path.step == StepKind::cast) {
      const i64 before = -bytes_behind_pointer(summary, PathId{i});
      if (before >= 0 && static_cast<u64>(before) < layout.size(structure))
        found.insert({structure, static_cast<u64>(before)});
    } else if (path.step == StepKind::dereference) {
      const TypeId part = layout.pointed_structure(summary.paths[row(path.parent)].type);
      if (part != structure && layout.begins_with(structure, part)) found.insert({structure, 0});
    }
  }
  return found;
}

Whole whole_of_address(const Layout& layout, const DriverFacts& facts,
                       const std::set<Whole>& kernel_wholes, PathId value) {
  const auto& paths = layout.summary().paths;
  Whole found;
  if (value == none<PathId> || paths[row(value)].step != StepKind::address) return found;
  u64 offset = 0;
  for (PathId at = paths[row(value)].parent; paths[row(at)].step == StepKind::field;) {
    offset += layout.field(paths[row(at)].field).offset_bits / 8;
    at = paths[row(at)].parent;
    const Whole whole{layout.element(paths[row(at)].type), offset};
    if (layout.is_structure(whole.structure) && facts.makes(whole.structure) &&
        kernel_wholes.contains(whole))
      found = whole;
  }
  return found;
}

} // namespace ks::sync

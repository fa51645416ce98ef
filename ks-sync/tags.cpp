// SPDX-License-Identifier: MIT
#include "ks-sync/tags.hpp"

#include "ks-sync/ranges.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace ks::sync {
namespace {

struct Tag {
  FieldId member{no_row};
  u64 mask = 0;
  friend auto operator<=>(const Tag&, const Tag&) = default;
};

// What is taken to be there.
struct Thing {
  FieldId place{no_row};
  ArmKind kind{};
  TypeId structure{no_row};
  bool is_known() const { return kind != ArmKind::number && kind != ArmKind::cookie; }
  friend auto operator<=>(const Thing&, const Thing&) = default;
};

struct Use {
  Thing thing;
  Tag tag; // no mask: nothing is known there
  Range range = all_values();
};

class Finder {
public:
  Finder(const View& program, const Layout& layout)
      : program_(program), summary_(program.summary()), layout_(layout) {
    find_places();
  }

  std::vector<SyncArm> find() {
    for (const Access& access : summary_.accesses) add_access(access);
    for (u32 call = 0; call < summary_.calls.size(); ++call) add_arguments(call);
    std::vector<SyncArm> arms;
    for (const auto& [group, uses] : uses_) add_arms(group, uses, arms);
    std::ranges::sort(arms, {}, [](const SyncArm& arm) {
      return std::tuple(arm.place, arm.kind, arm.structure);
    });
    return arms;
  }

private:
  const Path& path(PathId id) const { return summary_.paths[row(id)]; }

  // Members at overlapping bits, one of which may hold a pointer, are a group, by its first row.
  void find_places() {
    std::map<TypeId, std::vector<FieldId>> fields; // by structure
    for (u32 i = 0; i < summary_.fields.size(); ++i)
      fields[layout_.resolve(summary_.fields[i].structure)].push_back(FieldId{i});
    for (auto& [structure, rows] : fields) {
      std::ranges::sort(rows, {}, [&](FieldId id) { return layout_.field(id).offset_bits; });
      std::vector<FieldId> group;
      u64 end = 0;
      for (const FieldId id : rows) {
        const Field& field = layout_.field(id);
        if (!group.empty() && field.offset_bits >= end) add_group(structure, group);
        group.push_back(id);
        end = std::max(end, field.offset_bits + field.size_bits);
      }
      add_group(structure, group);
    }
  }

  void add_group(TypeId structure, std::vector<FieldId>& group) {
    u64 begin = ~u64{0}, end = 0;
    bool is_untyped = false;
    for (const FieldId id : group) {
      const Field& field = layout_.field(id);
      begin = std::min(begin, field.offset_bits);
      end = std::max(end, field.offset_bits + field.size_bits);
      is_untyped |= is_open(field.type);
    }
    const bool is_union = is_choice(structure, 0, {begin, end - begin});
    if (is_untyped || is_union)
      for (const FieldId id : group) groups_.emplace(id, Group{group.front(), is_union});
    group.clear();
  }

  // A pointer to nothing in particular, or a number that has room for one.
  bool is_open(TypeId type) const {
    type = layout_.resolve(type);
    if (type == none<TypeId>) return false;
    const Type& row = summary_.types[ks::row(type)];
    return layout_.is_pointer(type) ? layout_.pointee(type) == none<TypeId>
                                    : row.kind == TypeKind::integer && row.size == sizeof(u64);
  }

  bool holds_pointer(TypeId type) const {
    type = layout_.element(type);
    if (type == none<TypeId>) return false;
    if (layout_.is_structure(type))
      return std::ranges::any_of(layout_.members(type),
                                 [&](const Member& member) { return holds_pointer(member.type); });
    return layout_.is_pointer(type);
  }

  // Whether members of a union, one with a pointer, lie at these bits.
  bool is_choice(TypeId structure, u64 base, const Bits& bits) const {
    structure = layout_.resolve(structure);
    const bool is_union = summary_.types[row(structure)].kind == TypeKind::union_;
    u32 found = 0;
    bool pointers = false;
    for (const Member& member : layout_.members(structure)) {
      const Bits place{base + member.offset_bits, member.size_bits};
      if (!overlap(place, bits)) continue;
      ++found;
      pointers |= holds_pointer(member.type);
      const TypeId inner = layout_.resolve(member.type);
      // A member as a whole is what it is, whatever it has inside.
      const bool is_whole = bits.offset <= place.offset &&
                            place.offset + place.size <= bits.offset + bits.size &&
                            summary_.types[row(inner)].kind != TypeKind::union_;
      if (layout_.is_structure(inner) && !is_whole && is_choice(inner, place.offset, bits))
        return true;
    }
    return is_union && found > 1 && pointers;
  }

  // What is known of the tag where the member of the object at `holder` is used.
  static constexpr u64 most_values = 64;
  void add_use(const Guard& guard, PathId holder, Thing thing) {
    Use use{thing, {}, all_values()};
    if (guard.mask != 0 && path(guard.member).parent == holder &&
        guard.values.size() <= most_values) {
      use.tag = {path(guard.member).field, guard.mask};
      use.range = {guard.unless, {guard.values.begin(), guard.values.end()}};
    }
    uses_[groups_.at(thing.place).first].push_back(std::move(use));
  }

  // What members on the way to a place are taken for.
  void add_way(const Guard& guard, PathId place) {
    for (PathId at = place; at != none<PathId>; at = path(at).parent) {
      const Path& here = path(at);
      if (here.step == StepKind::field && groups_.contains(here.field) && at != place &&
          layout_.is_structure(layout_.resolve(here.type)))
        add_use(guard, here.parent, {here.field, ArmKind::embedded, none<TypeId>});
      if (here.step != StepKind::dereference) continue;
      const PathId value = here.parent;
      if (path(value).step != StepKind::field || !groups_.contains(path(value).field)) continue;
      add_use(guard, path(value).parent, behind(path(value).field, here.type));
    }
  }

  Thing behind(FieldId place, TypeId type) const {
    const TypeId structure = layout_.resolve(type);
    if (structure != none<TypeId> && layout_.is_structure(structure) &&
        !layout_.tag(structure).empty())
      return {place, ArmKind::object, structure};
    return {place, ArmKind::scalars, none<TypeId>};
  }

  bool is_used(PathId place) const {
    return place != none<PathId> && path(place).step == StepKind::field &&
           groups_.contains(path(place).field);
  }

  void add_access(const Access& access) {
    if (access.path == none<PathId>) return;
    add_way(access.guard, access.path);
    const bool reads = access.kind == AccessKind::read || access.kind == AccessKind::update;
    if (!reads || access.source != AccessSource::instruction || !is_used(access.path)) return;
    const Path& place = path(access.path);
    const ArmKind kind = access.as_pointer ? ArmKind::cookie : ArmKind::number;
    add_use(access.guard, place.parent, {place.field, kind, none<TypeId>});
  }

  // What a pointer is passed as, it points to.
  void add_arguments(u32 call) {
    const std::span<const Member> parameters =
        layout_.members(layout_.resolve(program_.call(call).signature));
    for (const u32 i : program_.arguments_of(CallId{call})) {
      const Argument& argument = summary_.arguments[i];
      if (argument.path == none<PathId>) continue;
      add_way(argument.guard, argument.path);
      if (!is_used(argument.path) || argument.index >= parameters.size()) continue;
      const TypeId target = layout_.pointee(parameters[argument.index].type);
      if (target != none<TypeId>)
        add_use(argument.guard, path(argument.path).parent,
                behind(path(argument.path).field, target));
    }
  }

  // For which values of the tag code uses each thing; nothing if the tag does not tell.
  using Ranges = std::map<Thing, Range>;
  static std::optional<Ranges> told_apart(const std::vector<Use>& uses, const Tag& tag) {
    Ranges ranges;
    std::set<Thing> anywhere;
    for (const Use& use : uses) {
      Range& range = ranges[use.thing];
      if (use.tag == tag)
        range = either(range, use.range);
      else
        anywhere.insert(use.thing);
    }
    // Code that has not asked may know by other means; so of numbers and the like there may be more.
    for (auto& [thing, range] : ranges)
      if (range.is_none() || (!thing.is_known() && anywhere.contains(thing))) range = all_values();
    Range asked; // those for which something is known to be there
    for (const auto& [thing, range] : ranges)
      if (!range.is_all() && thing.kind != ArmKind::cookie) asked = either(asked, range);
    Range taken;
    for (auto& [thing, range] : ranges) {
      if (!thing.is_known()) continue;
      if (range.is_all()) range = without(range, asked);
      if (range.is_none() || !both(range, taken).is_none()) return std::nullopt;
      taken = either(taken, range);
    }
    for (const ArmKind kind : {ArmKind::number, ArmKind::cookie}) {
      Range more;
      for (auto& [thing, range] : ranges) {
        if (thing.kind != kind) continue;
        range = without(range, taken);
        more = either(more, range);
      }
      taken = either(taken, more);
    }
    return ranges;
  }

  void add_arms(FieldId group, const std::vector<Use>& uses, std::vector<SyncArm>& arms) const {
    const bool is_union = groups_.at(group).is_union;
    std::set<Thing> known, numbers;
    bool leads = false;
    std::set<Tag> tags;
    for (const Use& use : uses) {
      if (use.thing.is_known()) known.insert(use.thing);
      leads |= use.thing.kind == ArmKind::object || use.thing.kind == ArmKind::scalars;
      if (use.thing.kind == ArmKind::number) numbers.insert(use.thing);
      if (use.tag.mask != 0) tags.insert(use.tag);
    }
    // What holds no pointer crosses as it is.
    const bool is_plain = !is_union && (!leads || (known.size() < 2 && numbers.empty()));
    if (known.empty() || is_plain) return;
    for (const Tag& tag : tags) {
      const std::optional<Ranges> ranges = told_apart(uses, tag);
      if (!ranges) continue;
      for (const auto& [thing, range] : *ranges)
        if (!range.is_none())
          arms.push_back({thing.place,
                          thing.kind,
                          thing.structure,
                          tag.member,
                          tag.mask,
                          {range.values.begin(), range.values.end()},
                          range.unless});
      return;
    }
  }

  struct Group {
    FieldId first{no_row};
    bool is_union = false;
  };

  const View& program_;
  const Summary& summary_;
  const Layout& layout_;
  std::map<FieldId, Group> groups_;
  std::map<FieldId, std::vector<Use>> uses_; // by group
};

} // namespace

std::vector<SyncArm> find_arms(const View& program, const Layout& layout) {
  return Finder(program, layout).find();
}

} // namespace ks::sync

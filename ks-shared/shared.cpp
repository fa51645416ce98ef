// SPDX-License-Identifier: MIT
#include "ks-shared/shared.hpp"

#include "ks-prune/view.hpp"
#include "ks-shared/deep_copy.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace ks::shared {

namespace {

// What one side does to a place: a field, by what it is embedded in; or a global.
struct Use {
  bool reads = false;
  bool writes = false;
  bool initializes = false;
};

Use operator|(const Use& a, const Use& b) {
  return {a.reads || b.reads, a.writes || b.writes, a.initializes || b.initializes};
}

// A field's uses by the outermost field of the same object that encloses it; by itself
// where that is not known, and by none in a global variable.
using Places = std::map<FieldId, Use>;

struct Uses {
  std::vector<Places> fields;
  std::vector<Use> globals;
  std::vector<Loc> first; // access to each field
};

// Whether variables that the domain library has for itself count.
enum class OwnVariables : u8 { counted, left_out };

// `runs`: by function, whether it runs on the side that is asked for.
Uses find_uses(const View& view, const std::vector<std::vector<Touch>>& touches,
               const std::vector<bool>& runs, OwnVariables own) {
  const Summary& summary = view.summary();
  const auto is_own = [&](GlobalId global) {
    return own == OwnVariables::left_out && view.is_library(global);
  };
  Uses uses;
  uses.fields.resize(summary.fields.size());
  uses.globals.resize(summary.globals.size());
  uses.first.resize(summary.fields.size());
  const auto touch = [&](FieldId field, FieldId enclosing, const Use& use) {
    Use& known = uses.fields[row(field)][enclosing];
    known = known | use;
  };
  const auto first = [&](FieldId field, const Loc& loc) {
    if (uses.first[row(field)].line == 0) uses.first[row(field)] = loc;
  };
  for (u32 i = 0; i < touches.size(); ++i) {
    if (!runs[i]) continue;
    for (const Touch& t : touches[i]) {
      if (is_own(t.variable)) continue;
      touch(t.field, t.enclosing, {t.reads, t.writes, false});
    }
  }
  for (const Access& access : summary.accesses) {
    if (!runs[row(access.function)] || access.kind == AccessKind::free) continue;
    if (is_own(access.global)) continue;
    if (access.field != none<FieldId>) first(access.field, access.loc);
    if (access.global == none<GlobalId>) continue;
    Use& known = uses.globals[row(access.global)];
    known.reads |= access.kind != AccessKind::write;
    known.writes |= access.kind == AccessKind::write || access.kind == AccessKind::update;
  }
  // A call through a field reads it.
  for (const Call& call : summary.calls) {
    if (call.via == none<FieldId> || !runs[row(call.caller)]) continue;
    touch(call.via, call.via, {true, false, false});
    first(call.via, call.loc);
  }
  return uses;
}

// The outermost field of a variable at a place, by the fields of each structure; none where no row
// says what lies there.
class Outermost {
public:
  explicit Outermost(const Summary& summary)
      : summary_(summary), types_(summary),
        fields_(summary.types.size(), summary.fields.size(),
                [&](u32 i) { return row(types_.complete(summary.fields[i].structure)); }) {}

  FieldId of(const Initializer& value) const {
    const TypeId type = types_.complete(types_.element(summary_.globals[row(value.global)].type));
    if (!types_.is_structure(type) || types_.at(type).size == 0) return none<FieldId>;
    const u64 offset = value.offset_bits % (types_.at(type).size * 8);
    FieldId found = none<FieldId>;
    u64 size = 0;
    for (const u32 i : fields_.of(row(type))) {
      const Field& field = summary_.fields[i];
      if (!overlap(bits_of(field), {offset, 1}) || field.size_bits <= size) continue;
      found = FieldId{i};
      size = field.size_bits;
    }
    return found;
  }

private:
  const Summary& summary_;
  const Types types_;
  const Groups fields_; // by structure
};

// Static data is written before everything else. A field of an embedded structure lies in what
// encloses it, for those who come by way of the whole object, and in a variable of its own for
// those who have a pointer to the part.
void add_initializers(const View& view, Uses& driver, Uses& kernel) {
  const Summary& summary = view.summary();
  const Outermost outermost(summary);
  for (const Initializer& value : summary.initializers) {
    if (value.field == none<FieldId>) continue;
    Uses& side = view.is_driver(value.global) ? driver : kernel;
    for (const FieldId place : {value.field, outermost.of(value)}) {
      Use& known = side.fields[row(value.field)][place];
      known = known | Use{false, &side == &driver, true};
    }
    Loc& first = side.first[row(value.field)];
    if (first.line == 0) first = summary.globals[row(value.global)].loc;
  }
}

class Matcher {
public:
  // `generic` is the kernel without the driver's peers. What only peers touch is theirs.
  Matcher(const Pruned& pruned, const Uses& driver, const Uses& kernel, const Uses& generic)
      : summary_(pruned.summary), types_(summary_), driver_(driver), kernel_(kernel),
        generic_(generic), overlaps_(find_overlaps(summary_, SameStructure::type)),
        escaping_(summary_.fields.size()) {
    for (FieldId field : pruned.boundary.escaping) escaping_[row(field)] = true;
  }

  std::vector<SharedField> run() const {
    std::vector<SharedField> shared;
    for (u32 i = 0; i < summary_.fields.size(); ++i) {
      // Somebody has to touch the field under this very name.
      if (driver_.fields[i].empty() && kernel_.fields[i].empty()) continue;
      if (is_padding(summary_.fields[i])) continue;
      const Use inside = matching(i, driver_, generic_);
      if (!inside.reads && !inside.writes) continue;
      const Use outside = matching(i, kernel_, driver_);
      shared.push_back({FieldId{i}, summary_.fields[i].name, inside.reads, inside.writes,
                        inside.initializes, outside.reads, outside.writes, outside.initializes,
                        first(i, driver_), first(i, kernel_)});
    }
    return shared;
  }

private:
  // Bits of a structure between its members, which copies of it move and nobody looks at.
  bool is_padding(const Field& field) const {
    const TypeId structure = types_.complete(field.structure);
    const u64 end = field.offset_bits + field.size_bits;
    if (!types_.is_structure(structure) || field.size_bits == 0 ||
        end > types_.at(structure).size * 8)
      return false;
    const std::span<const Member> members = types_.members(structure);
    return !members.empty() && std::ranges::none_of(members, [&](const Member& member) {
      const bool open = member.size_bits == 0; // an array without a length
      return open ? end > member.offset_bits : overlap(bits_of(field), bits_of(member));
    });
  }

  // What one side does to a field wherever the other side may touch it, too.
  Use matching(u32 field, const Uses& side, const Uses& other) const {
    Use all;
    for (const u32 mine : overlaps_.of(field)) {
      for (const auto& [place, use] : side.fields[mine]) {
        if (may_meet(field, FieldId{mine}, place, other)) all = all | use;
      }
    }
    return all;
  }

  bool may_meet(u32 field, FieldId mine, FieldId place, const Uses& other) const {
    for (const u32 at : overlaps_.of(field)) {
      const FieldId theirs{at};
      for (const auto& [their_place, use] : other.fields[at]) {
        const bool met = place == mine           ? is_pointed(theirs, their_place)
                         : their_place == theirs ? is_pointed(mine, place)
                                                 : is_one_place(place, their_place);
        if (met) return true;
      }
    }
    return false;
  }

  // Whether a pointer to the field's own structure may lead there.
  bool is_pointed(FieldId field, FieldId place) const {
    return place == field || place == none<FieldId> || escaping_[row(place)];
  }

  bool is_one_place(FieldId a, FieldId b) const {
    if (a == b) return true;
    if (a == none<FieldId> || b == none<FieldId>) return false;
    return share_bits(summary_.fields[row(a)], summary_.fields[row(b)]) || is_inside(a, b) ||
           is_inside(b, a);
  }

  // What one side sees as a part of a larger object, the other may know by a pointer to less of it.
  bool is_inside(FieldId inner, FieldId outer) const {
    if (!escaping_[row(outer)]) return false;
    const TypeId type = types_.element(summary_.fields[row(outer)].type);
    return types_.is_structure(type) &&
           parts_of(types_.complete(type))
               .contains(types_.complete(summary_.fields[row(inner)].structure));
  }

  // The structure, and all that it has inside at any depth.
  const std::set<TypeId>& parts_of(TypeId structure) const {
    const auto [known, added] = parts_.try_emplace(structure);
    if (!added) return known->second;
    std::set<TypeId> parts{structure};
    std::vector<TypeId> pending{structure};
    while (!pending.empty()) {
      const TypeId at = pending.back();
      pending.pop_back();
      for (const Member& member : types_.members(at)) {
        const TypeId inner = types_.complete(types_.element(member.type));
        if (types_.is_structure(inner) && parts.insert(inner).second) pending.push_back(inner);
      }
    }
    return known->second = std::move(parts);
  }

  Loc first(u32 field, const Uses& side) const {
    for (const u32 same : overlaps_.of(field)) {
      if (side.first[same].line != 0) return side.first[same];
    }
    return {};
  }

  const Summary& summary_;
  const Types types_;
  mutable std::map<TypeId, std::set<TypeId>> parts_;
  const Uses& driver_;
  const Uses& kernel_;
  const Uses& generic_;
  const Groups overlaps_; // one place to whoever copies them
  std::vector<bool> escaping_;
};

std::vector<SharedGlobal> shared_globals(const Pruned& pruned, const Uses& driver,
                                         const Uses& kernel) {
  // A kernel global that the driver looks into is shared even if nobody else is seen to
  // touch it: its initial value is the kernel's.
  std::vector<bool> imported(pruned.summary.globals.size());
  for (const ImportedGlobal& global : pruned.boundary.imported_globals)
    imported[row(global.global)] = true;
  std::vector<SharedGlobal> shared;
  for (u32 i = 0; i < pruned.summary.globals.size(); ++i) {
    const Use& inside = driver.globals[i];
    const Use& outside = kernel.globals[i];
    const bool known = outside.reads || outside.writes || imported[i];
    if (!known || !(inside.reads || inside.writes)) continue;
    shared.push_back({GlobalId{i}, pruned.summary.globals[i].name, inside.reads, inside.writes,
                      outside.reads, outside.writes});
  }
  return shared;
}

} // namespace

Shared find_shared(const Pruned& pruned) {
  const View view(pruned);
  const std::vector<std::vector<Touch>> touches = find_touches(pruned.summary);
  const auto kernel_uses = [&](Peers peers) {
    return find_uses(view, touches, view.runs_in_kernel(peers), OwnVariables::counted);
  };
  Uses driver = find_uses(view, touches, view.runs_in_domain(), OwnVariables::left_out);
  Uses kernel = kernel_uses(Peers::counted);
  Uses generic = kernel_uses(Peers::left_out);
  add_initializers(view, driver, kernel);
  add_initializers(view, driver, generic);
  Shared shared;
  shared.fields = Matcher(pruned, driver, kernel, generic).run();
  shared.globals = shared_globals(pruned, driver, kernel);
  const auto touched = std::count_if(driver.fields.begin(), driver.fields.end(),
                                     [](const Places& places) { return !places.empty(); });
  shared.counts = {{"fields a deep copy would move", count_deep_copy(pruned)},
                   {"fields the driver touches", static_cast<u64>(touched)},
                   {"fields shared", shared.fields.size()},
                   {"globals shared", shared.globals.size()}};
  return shared;
}

} // namespace ks::shared

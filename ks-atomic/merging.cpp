// SPDX-License-Identifier: MIT
#include "ks-atomic/merging.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace ks::atomic {
namespace {

struct Place {
  FieldId field{};
  FieldId holder{no_row}; // none: in no other struct, or not known in which
  friend auto operator<=>(const Place&, const Place&) = default;
};

// What one side does to a place.
struct Changes {
  bool adds = false;
  bool bits = false; // sets or clears them
  bool others = false;
  Loc adder, setter; // the first of them

  bool any() const { return adds || bits || others; }
  friend Changes operator|(const Changes& a, const Changes& b) {
    Changes both{a.adds || b.adds, a.bits || b.bits, a.others || b.others, a.adder, a.setter};
    if (both.adder.line == 0) both.adder = b.adder;
    if (both.setter.line == 0) both.setter = b.setter;
    return both;
  }
};

bool changes_memory(const Access& access) {
  return access.kind == AccessKind::write || access.kind == AccessKind::update;
}

// Where an access is, in terms of functions further out.
struct Seen {
  u32 access = no_row;
  FunctionId function{};
  PathId inner{no_row}; // what the field's innermost struct is there; none if that is not known
  std::optional<Place> place; // once it is known
  u32 call = no_row; // by which it is done there; none: by the access itself
};

class Finder {
public:
  Finder(const View& view, const Shared& shared)
      : view_(view), summary_(view.summary()), types_(summary_),
        overlaps_(find_overlaps(summary_, SameStructure::name)),
        is_shared_(summary_.fields.size()) {
    for (const SharedField& field : shared.fields)
      for (const u32 other : overlaps_.of(row(field.field))) is_shared_[other] = true;
  }

  Merges find() {
    for (u32 i = 0; i < summary_.accesses.size(); ++i) add_access(i);
    find_written_blindly();
    find_fields();
    for (const Seen& step : steps_) add_site(step, *step.place);
    std::sort(merges_.sites.begin(), merges_.sites.end(), [](const auto& a, const auto& b) {
      return std::tuple(a.function, a.loc.file, a.loc.line, a.loc.column, a.operation, a.field) <
             std::tuple(b.function, b.loc.file, b.loc.line, b.loc.column, b.operation, b.field);
    });
    const auto same =
        std::unique(merges_.sites.begin(), merges_.sites.end(), [](const auto& a, const auto& b) {
          return a.function == b.function && a.loc == b.loc && a.operation == b.operation &&
                 a.field == b.field;
        });
    merges_.sites.erase(same, merges_.sites.end());
    return std::move(merges_);
  }

private:
  using Uses = std::map<Place, Changes>;

  void add_access(u32 id) {
    const Access& access = summary_.accesses[id];
    if (!changes_memory(access) || access.field == none<FieldId> || !is_shared_[row(access.field)])
      return;
    if (view_.in_kernel(access.function))
      for (const Place& place : places_of(id, false)) add(kernel_, place, access);
    if (!view_.in_domain(access.function) || is_fresh(access.path)) return;
    for (const Place& place : places_of(id, true)) add(driver_, place, access);
  }

  // What an access does to the field. Part of a sum is no sum: it lacks the carry.
  Changes changes_of(const Access& access, FieldId field) const {
    Changes changes;
    switch (access.update) {
    case Update::add:
      changes.adds = access.size * 8 == number_bits(field) || is_bit_field(field);
      changes.others = !changes.adds;
      changes.adder = access.loc;
      break;
    case Update::set_bits:
    case Update::clear_bits:
      changes.bits = true;
      changes.setter = access.loc;
      break;
    case Update::none:
    case Update::exchange:
    case Update::compare_exchange:
    case Update::other: changes.others = true; break;
    }
    return changes;
  }

  // What is written elsewhere in the same bits is written here, too.
  void add(Uses& uses, const Place& place, const Access& access) {
    for (const u32 other : overlaps_.of(row(place.field))) {
      const Changes changes =
          FieldId{other} == place.field ? changes_of(access, place.field) : Changes{.others = true};
      Changes& known = uses[{FieldId{other}, place.holder}];
      known = known | changes;
    }
  }

  // Memory of which only the type is known, or not even that, may be any such field.
  void find_written_blindly() {
    for (const Unknown& unknown : summary_.unknowns) {
      if (!unknown.writes || unknown.function == none<FunctionId> ||
          !view_.in_domain(unknown.function))
        continue;
      const TypeId type = types_.complete(unknown.type);
      if (type == none<TypeId>) all_blindly_ = true;
      blindly_.insert(type);
    }
    for (u32 i = 0; i < summary_.fields.size(); ++i)
      if (blindly_.contains(types_.complete(summary_.fields[i].structure)))
        for (const u32 other : overlaps_.of(i)) written_blindly_.insert(FieldId{other});
  }

  // In an object that the function has just allocated.
  bool is_fresh(PathId place) const {
    while (place != none<PathId> && (view_.path(place).step == StepKind::field ||
                                     view_.path(place).step == StepKind::element))
      place = view_.path(place).parent;
    return place != none<PathId> && view_.path(place).step == StepKind::dereference &&
           view_.path(view_.path(place).parent).step == StepKind::allocation;
  }

  // ---- which member the field's struct is ----

  std::set<Place> places_of(u32 id, bool in_domain) {
    const Access& access = summary_.accesses[id];
    const bool is_step = in_domain && access.kind == AccessKind::update;
    std::set<Place> places;
    const PathId member = without_elements(access.path);
    const PathId inner = member != none<PathId> && view_.path(member).step == StepKind::field
                             ? view_.path(member).parent
                             : none<PathId>;
    std::vector<Seen> pending{{id, access.function, inner, std::nullopt, no_row}};
    std::set<std::tuple<FunctionId, PathId, std::optional<Place>, u32>> seen;
    while (!pending.empty()) {
      Seen at = pending.back();
      pending.pop_back();
      if (!seen.insert({at.function, at.inner, at.place, at.call}).second) continue;
      if (!at.place) {
        if (follow_argument(at, in_domain, pending)) continue;
        at.place = Place{access.field, holder_of(at.inner)};
        places.insert(*at.place);
      }
      if (is_step && !leave_helper(at, pending)) steps_.push_back(at);
    }
    return places;
  }

  PathId without_elements(PathId path) const {
    while (path != none<PathId> && view_.path(path).step == StepKind::element)
      path = view_.path(path).parent;
    return path;
  }

  FieldId holder_of(PathId inner) const {
    inner = without_elements(inner);
    return inner != none<PathId> && view_.path(inner).step == StepKind::field
               ? view_.path(inner).field
               : none<FieldId>;
  }

  // The argument that points to the struct; no_row if it is not one.
  u32 pointer_argument(PathId inner) const {
    if (inner == none<PathId> || view_.path(inner).step != StepKind::dereference) return no_row;
    const Path& pointer = view_.path(view_.path(inner).parent);
    return pointer.step == StepKind::argument ? pointer.index : no_row;
  }

  bool is_called_by_name(FunctionId id) const {
    return view_.function(id).local && !view_.function(id).address_taken;
  }

  // Goes on in the callers of a function that gets the struct; false if there is none to go to.
  bool follow_argument(const Seen& at, bool in_domain, std::vector<Seen>& pending) const {
    const u32 argument = pointer_argument(at.inner);
    if (argument == no_row || !is_called_by_name(at.function)) return false;
    bool followed = false;
    for (const u32 call : view_.calls_to(at.function)) {
      const FunctionId caller = view_.call(call).caller;
      if (in_domain ? !view_.in_domain(caller) : !view_.in_kernel(caller)) continue;
      followed = true;
      bool passed = false;
      for (const u32 i : view_.arguments_of(CallId{call})) {
        const Argument& actual = summary_.arguments[i];
        if (actual.index != argument) continue;
        passed = true;
        pending.push_back({at.access, caller, behind(actual.path), std::nullopt, call});
      }
      if (!passed) pending.push_back({at.access, caller, none<PathId>, std::nullopt, call});
    }
    return followed;
  }

  // What a helper does is done where it is called.
  bool leave_helper(const Seen& at, std::vector<Seen>& pending) const {
    if (!is_called_by_name(at.function) || !view_.function(at.function).loc.file.ends_with(".h"))
      return false;
    bool left = false;
    for (const u32 call : view_.calls_to(at.function)) {
      const FunctionId caller = view_.call(call).caller;
      if (!view_.in_domain(caller)) continue;
      left = true;
      pending.push_back({at.access, caller, at.inner, at.place, call});
    }
    return left;
  }

  // What a pointer points to, if that is a place of the same function; of an argument, its
  // dereference.
  PathId behind(PathId pointer) const {
    if (pointer == none<PathId>) return pointer;
    const Path& path = view_.path(pointer);
    if (path.step == StepKind::address) return path.parent;
    for (const u32 i : view_.paths_of(path.function))
      if (view_.path(PathId{i}).parent == pointer &&
          view_.path(PathId{i}).step == StepKind::dereference)
        return PathId{i};
    return none<PathId>;
  }

  // ---- what follows ----

  static Changes all_of(const Uses& uses, FieldId field) {
    Changes all;
    for (auto at = uses.lower_bound({field, FieldId{0}});
         at != uses.end() && at->first.field == field; ++at)
      all = all | at->second;
    return all;
  }

  // What is done to a place that is not known to lie anywhere may be done here.
  static Changes of(const Uses& uses, const Place& place) {
    if (place.holder == none<FieldId>) return all_of(uses, place.field);
    const auto exact = uses.find(place);
    const auto anywhere = uses.find({place.field, none<FieldId>});
    Changes changes = exact == uses.end() ? Changes{} : exact->second;
    return anywhere == uses.end() ? changes : changes | anywhere->second;
  }

  // Of the field, or of each of its elements.
  u64 number_bits(FieldId id) const {
    const Field& field = summary_.fields[row(id)];
    if (types_.kind(field.type) != TypeKind::array) return field.size_bits;
    const TypeId element = types_.strip(types_.element(field.type));
    return element == none<TypeId> ? 0 : types_.at(element).size * 8;
  }

  bool is_bit_field(FieldId id) const {
    const Field& field = summary_.fields[row(id)];
    const std::span<const Member> members = types_.members(field.structure);
    return std::any_of(members.begin(), members.end(), [&](const Member& member) {
      return member.bit_field && member.offset_bits == field.offset_bits &&
             member.size_bits == field.size_bits;
    });
  }

  // One that can be added to, or several side by side.
  bool is_number(FieldId id) const {
    const Field& field = summary_.fields[row(id)];
    const u64 size = number_bits(id);
    return (size == 8 || size == 16 || size == 32 || size == 64) && field.offset_bits % size == 0;
  }

  std::optional<Merge> merge_of(const Place& place) const {
    const Changes ours = of(driver_, place);
    if (!(is_number(place.field) || (is_bit_field(place.field) && ours.adds)) || all_blindly_ ||
        written_blindly_.contains(place.field))
      return std::nullopt;
    if (ours.others || ours.adds == ours.bits || !of(kernel_, place).any()) return std::nullopt;
    return ours.adds ? Merge::add : Merge::bits;
  }

  std::string name_of(const Place& place) const {
    const std::string& name = summary_.fields[row(place.field)].name;
    if (place.holder == none<FieldId>) return name;
    return summary_.fields[row(place.holder)].name +
           name.substr(std::min(name.find('.'), name.size()));
  }

  void find_fields() {
    std::set<Place> places;
    for (const auto& [place, changes] : driver_) {
      places.insert(place);
      places.insert({place.field, none<FieldId>});
    }
    for (const Place& place : places) {
      const std::optional<Merge> merge = merge_of(place);
      if (!merge) continue;
      const Changes ours = of(driver_, place);
      const Changes theirs = of(kernel_, place);
      const bool adds = *merge == Merge::add;
      merges_.fields.push_back({place.field, place.holder, name_of(place), *merge,
                                adds ? ours.adder : ours.setter,
                                adds ? theirs.adder : theirs.setter});
    }
  }

  void add_site(const Seen& seen, const Place& place) {
    const Access& access = summary_.accesses[seen.access];
    if (!of(kernel_, place).any() && !access.used) return;
    if (!access.used && merge_of(place)) return;
    OwnerSite site;
    site.function = seen.function;
    site.function_name = view_.function(seen.function).name;
    site.operation = operation_of(seen);
    site.update = access.update;
    site.field = place.field;
    site.what = name_of(place);
    site.reason = access.used ? SiteReason::result : SiteReason::order;
    site.loc = seen.call == no_row ? access.loc : view_.call(seen.call).loc;
    merges_.sites.push_back(std::move(site));
  }

  // The function that is called there, or else the instruction.
  std::string operation_of(const Seen& seen) const {
    if (seen.call != no_row) return view_.function(view_.call(seen.call).callee).name;
    const Access& access = summary_.accesses[seen.access];
    for (const u32 i : view_.calls_of(access.function))
      if (const Call& call = view_.call(i);
          call.instruction == access.instruction && call.callee != none<FunctionId>)
        return view_.function(call.callee).name;
    if (access.source == AccessSource::inline_asm) return "asm";
    const auto& instructions = view_.pruned().bodies.instructions;
    return access.instruction < instructions.size() ? instructions[access.instruction].opcode
                                                    : "update";
  }

  const View& view_;
  const Summary& summary_;
  const Types types_;
  const Groups overlaps_; // by field
  std::vector<bool> is_shared_; // by field
  Uses driver_, kernel_;
  std::set<TypeId> blindly_; // as which the driver writes what it does not know more of
  std::set<FieldId> written_blindly_;
  bool all_blindly_ = false;
  std::vector<Seen> steps_; // atomic ones of the driver
  Merges merges_;
};

} // namespace

Merges find_merges(const View& view, const Shared& shared) { return Finder(view, shared).find(); }

} // namespace ks::atomic

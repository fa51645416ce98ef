// SPDX-License-Identifier: MIT
// Path summaries of the functions of the domain, callees first. A function that is part
// of a recursion is summarised again until its summary stands still; what was found before stays,
// since some of what is found later could otherwise take its place, and so on for ever.
//
// Memory of a function's own (a local variable, a structure that it was given by value) holds what
// the function, and what it calls, have stored there: whoever follows a pointer in it goes on from
// these values. The order of stores and loads does not matter. Where nothing is known to have been
// stored, or others may have, any object may be meant. Others get to know memory of a function's
// own when a pointer to it is passed to them, by this function or one that it calls, or is stored
// in memory that is not the function's own; and then all that pointers in that memory lead to.
// A structure that is returned by value is memory of the caller's own, too.

#include "ks-sync/places.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace ks::sync {
namespace {

constexpr std::size_t max_values = 32; // places that one path is followed to; beyond, any object
constexpr u32 max_turns = 32; // of functions that call each other, until what they say is kept
constexpr u32 max_rounds = 8; // until the stores into a function's own memory stand still

using Values = std::vector<PlaceValue>;
using AllElsewhere = std::map<std::pair<FieldId, bool>, Elsewhere>; // by field and `unknown`

void add_to(AllElsewhere& all, const Elsewhere& what) {
  Elsewhere& entry = all[{what.field, what.unknown}];
  if (entry.field == none<FieldId>) entry = what;
  entry.read |= what.read;
  entry.written |= what.written;
}

class Summarizer {
public:
  Summarizer(const View& program, const Layout& layout, const KernelArguments& kernel,
             const std::vector<Effect>& kernel_effects, const std::vector<PathSummary>& summaries,
             FunctionId function)
      : program_(program), layout_(layout), kernel_(kernel), kernel_effects_(kernel_effects),
        summaries_(summaries), function_(function), tree_(layout) {
    for (const u32 i : program_.accesses_of(function_)) {
      const Access& access = program_.summary().accesses[i];
      if (access.kind == AccessKind::read) reads_at_[access.instruction].push_back(i);
    }
  }

  PathSummary summarize() {
    find_stores();
    for (const u32 i : program_.accesses_of(function_)) add_access(program_.summary().accesses[i]);
    for (const u32 call : program_.calls_of(function_)) add_call(call);
    for (const u32 i : program_.unknowns_of(function_)) add_unknown(program_.summary().unknowns[i]);
    PathSummary result;
    for (const u32 i : program_.returns_of(function_))
      for (const PlaceValue& value : values_of(program_.summary().returns[i].path))
        result.results.push_back(value);
    sort_unique(result.results);
    add_private_roots();
    for (const StoredValue& store : stores_)
      if (is_behind_argument(store.place) || is_result_room(tree_.root_of(store.place)))
        for (const PlaceValue& value : found_in_own(store.value))
          result.stores.push_back({store.place, value});
    result.shown.assign(given_.begin(), given_.end());
    for (const u32 root : shown_)
      if (is_result_room(root)) result.shown.push_back({root, true});
    for (const u32 root : shown_)
      if (tree_[root].step == StepKind::local) result.shown_locals.push_back(tree_[root].index);
    // What is written to a structure that was passed by value, its caller does not see.
    for (u32 i = 0; i < tree_.places().size(); ++i)
      if (is_own_memory(i)) tree_[i].written = false;
    add_known(result, summaries_[row(function_)]);
    result.places = std::move(tree_.places());
    return result;
  }

private:
  // What earlier rounds have found of the function, if it is part of a recursion.
  void add_known(PathSummary& result, const PathSummary& known) {
    std::vector<u32> here(known.places.size(), no_row);
    for (u32 i = 0; i < known.places.size(); ++i) {
      const Place& place = known.places[i];
      here[i] = tree_.same(place, place.parent == no_row ? no_row : here[place.parent]);
      if (here[i] == no_row) continue;
      if (place.read) mark_read(here[i], place.read_at);
      if (place.written) mark_written(here[i], place.written_at);
      tree_[here[i]].freed |= place.freed;
      tree_[here[i]].identity |= place.identity;
    }
    for (const Elsewhere& what : known.elsewhere) add_elsewhere(what);
    result.elsewhere.clear();
    for (const auto& entry : elsewhere_) result.elsewhere.push_back(entry.second);
    for (const PlaceValue& value : known.results)
      if (here[value.place] != no_row) result.results.push_back({here[value.place], value.address});
    sort_unique(result.results);
    for (const StoredValue& store : known.stores) {
      if (here[store.place] == no_row) continue;
      PlaceValue value = store.value;
      if (value.place != no_row) value.place = here[value.place];
      if (value.place == no_row) value = {};
      result.stores.push_back({here[store.place], value});
    }
    std::sort(result.stores.begin(), result.stores.end());
    result.stores.erase(std::unique(result.stores.begin(), result.stores.end()),
                        result.stores.end());
    for (const PlaceValue& value : known.shown)
      if (value.place != no_row && here[value.place] != no_row)
        result.shown.push_back({here[value.place], value.address});
    sort_unique(result.shown);
    result.shown_locals.insert(result.shown_locals.end(), known.shown_locals.begin(),
                               known.shown_locals.end());
    std::sort(result.shown_locals.begin(), result.shown_locals.end());
    result.shown_locals.erase(std::unique(result.shown_locals.begin(), result.shown_locals.end()),
                              result.shown_locals.end());
  }

  void sort_unique(Values& values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    if (values.size() > max_values) widen(values);
  }

  // Too many to be told apart: any objects of their types.
  void widen(Values& values) {
    Values wide;
    for (const PlaceValue& value : values) {
      if (value.place == no_row) {
        wide.push_back(value);
        continue;
      }
      if (value.address) show(value);
      if (const u32 any = any_of(tree_[value.place], value.address); any != no_row)
        wide.push_back({any, true});
    }
    std::sort(wide.begin(), wide.end());
    wide.erase(std::unique(wide.begin(), wide.end()), wide.end());
    values = std::move(wide);
  }

  // All objects of the structure that this is, or points to; no_row if it is no structure.
  u32 any_of(const Place& place, bool address) {
    const TypeId structure =
        address ? layout_.resolve(place.type) : layout_.pointed_structure(place.type);
    return layout_.is_structure(structure) ? tree_.any(structure) : no_row;
  }

  // What a path denotes, as places.
  Values places_of(PathId id) {
    if (id == none<PathId>) return {};
    const Path& path = program_.path(id);
    Values places;
    if (path.folded != none<PathId>) {
      if (const TypeId structure = layout_.resolve(path.type); layout_.is_structure(structure))
        places.push_back({tree_.any(structure), false});
      return places;
    }
    if (path.parent == none<PathId>) {
      places.push_back({tree_.root(path), false});
    } else if (path.step == StepKind::dereference) {
      for (const PlaceValue& value : values_of(path.parent)) add_pointees(value, path.type, places);
    } else if (path.step != StepKind::address) {
      Place step;
      step.step = path.step;
      step.integer = path.integer;
      step.field = path.field;
      step.type = path.type;
      for (const PlaceValue& value : places_of(path.parent))
        places.push_back({tree_.child(value.place, step), false});
    }
    std::erase_if(places, [](const PlaceValue& value) { return value.place == no_row; });
    sort_unique(places);
    return places;
  }

  // What a path stands for as a pointer.
  Values values_of(PathId id) {
    if (id == none<PathId>) return {};
    const auto known = values_.find(id);
    if (known != values_.end()) return known->second;
    values_[id] = {}; // a value that depends on itself adds nothing
    const Path& path = program_.path(id);
    Values values;
    if (path.step == StepKind::address) {
      values = places_of(path.parent);
      for (PlaceValue& value : values) value.address = true;
    } else {
      if (path.step == StepKind::call_result) values = results_of(path.index);
      if (values.empty()) values = places_of(id);
    }
    sort_unique(values);
    values_[id] = values;
    return values;
  }

  // The results of a call of driver code, in this function's places.
  Values results_of(u32 call) {
    Values values;
    if (call >= program_.summary().calls.size()) return values;
    for (const FunctionId target : program_.targets_of(CallId{call})) {
      if (!program_.in_domain(target)) continue;
      const std::vector<Values> grafted = graft(call, target);
      for (const PlaceValue& result : summaries_[row(target)].results) {
        for (PlaceValue value : grafted[result.place]) {
          value.address |= result.address;
          values.push_back(value);
        }
        if (grafted[result.place].empty())
          add_own_result(values, call, summaries_[row(target)], result);
      }
    }
    return values;
  }

  // A result that the callee did not get from an argument: made there, or any object.
  void add_own_result(Values& values, u32 call, const PathSummary& callee,
                      const PlaceValue& result) {
    u32 root = result.place;
    while (callee.places[root].parent != no_row) root = callee.places[root].parent;
    const StepKind step = callee.places[root].step;
    const bool made = root == result.place && !result.address &&
                      (step == StepKind::call_result || step == StepKind::allocation);
    if (made) {
      const PathId path = program_.call(call).result;
      if (path != none<PathId>)
        for (const PlaceValue& value : places_of(path)) values.push_back(value);
    } else if (const u32 any = any_of(callee.places[result.place], result.address); any != no_row) {
      values.push_back({any, true});
    }
  }

  void add_pointees(const PlaceValue& value, TypeId type, Values& places) {
    std::set<PlaceValue> seen;
    add_pointees(value, type, places, seen);
  }

  // Through what is stored there, if the pointer lies in memory of the function's own.
  void add_pointees(const PlaceValue& value, TypeId type, Values& places,
                    std::set<PlaceValue>& seen) {
    if (!seen.insert(value).second) return;
    if (value.address || !is_own_memory(value.place)) {
      places.push_back({pointee(value, type), false});
      return;
    }
    bool known = false;
    bool all = sees_all_stores(tree_.root_of(value.place));
    for (const StoredValue& store : stores_of(value.place)) {
      known = true;
      if (store.value.place == no_row)
        all = false;
      else if (tree_[store.value.place].step != StepKind::integer)
        add_pointees(store.value, type, places, seen);
    }
    if (!known || !all) places.push_back({tree_.dereference(value.place, type), false});
  }

  // Whether nobody else can have stored in this memory of the function's own.
  bool sees_all_stores(u32 root) const {
    const Place& place = tree_[root];
    if (place.step == StepKind::local) return !shown_.contains(root);
    if (place.step != StepKind::call_result || shown_.contains(root)) return false;
    const auto& targets = program_.targets_of(CallId{place.index});
    return !targets.empty() && std::ranges::all_of(targets, [this](FunctionId target) {
      return program_.in_domain(target);
    });
  }

  // What a caller may find in the value: what was stored, if it lies in memory that goes with the
  // function.
  Values found_in_own(const PlaceValue& value) {
    Values found;
    std::set<PlaceValue> seen;
    add_found(value, found, seen);
    sort_unique(found);
    return found;
  }

  void add_found(const PlaceValue& value, Values& found, std::set<PlaceValue>& seen) {
    if (!seen.insert(value).second) return;
    const u32 root = value.place == no_row ? no_row : tree_.root_of(value.place);
    if (root == no_row || value.address || !is_own_memory(value.place) ||
        tree_[root].step == StepKind::argument) {
      found.push_back(value);
      return;
    }
    const std::vector<StoredValue> stores = stores_of(value.place);
    for (const StoredValue& store : stores) add_found(store.value, found, seen);
    if (stores.empty() || !sees_all_stores(root)) found.push_back({});
  }

  u32 pointee(const PlaceValue& value, TypeId type) {
    if (!value.address) return tree_.dereference(value.place, type);
    // The same memory seen as another structure.
    const TypeId wanted = layout_.resolve(type);
    const TypeId actual = layout_.resolve(tree_[value.place].type);
    if (wanted == actual || !layout_.is_structure(wanted) || !layout_.is_structure(actual))
      return value.place;
    Place step;
    step.step = StepKind::cast;
    step.type = type;
    return tree_.child(value.place, step);
  }

  // Where each place of the callee lies in this function; arguments are values.
  std::vector<Values> graft(u32 call, FunctionId target) {
    const std::vector<Place>& places = summaries_[row(target)].places;
    std::vector<Values> grafted(places.size());
    for (u32 i = 0; i < places.size(); ++i) {
      const Place& place = places[i];
      if (place.step == StepKind::argument) {
        grafted[i] = argument_values(call, place.index);
        continue;
      }
      if (place.step == StepKind::local && place.index == result_room) {
        grafted[i] = result_places(call);
        continue;
      }
      if (PlaceTree::is_any(place)) {
        grafted[i].push_back({tree_.any(place.type), false});
        continue;
      }
      if (place.parent == no_row) continue;
      for (const PlaceValue& parent : grafted[place.parent]) {
        if (place.step == StepKind::dereference)
          add_pointees(parent, place.type, grafted[i]);
        else
          grafted[i].push_back({tree_.child(parent.place, place), false});
      }
      std::erase_if(grafted[i], [](const PlaceValue& value) { return value.place == no_row; });
      sort_unique(grafted[i]);
    }
    return grafted;
  }

  Values argument_values(u32 call, u32 index) {
    Values values;
    for (const u32 i : program_.arguments_of(CallId{call})) {
      const Argument& argument = program_.summary().arguments[i];
      if (argument.index != index) continue;
      for (const PlaceValue& value : values_of(argument.path)) values.push_back(value);
    }
    sort_unique(values);
    return values;
  }

  // Where a structure goes that the call returns by value.
  Values result_places(u32 call) {
    Values places = argument_values(call, result_room);
    std::erase_if(places, [](const PlaceValue& value) { return !value.address; });
    for (PlaceValue& place : places) place.address = false;
    return places.empty() ? places_of(program_.call(call).result) : places;
  }

  // Whether the place is part of a local variable, or of an argument or result that is a structure.
  bool is_own_memory(u32 place) {
    while (tree_[place].parent != no_row) {
      if (tree_[place].step == StepKind::dereference) return false;
      place = tree_[place].parent;
    }
    const Place& root = tree_[place];
    return root.step == StepKind::local ||
           ((root.step == StepKind::argument || root.step == StepKind::call_result) &&
            layout_.is_structure(layout_.resolve(root.type)));
  }

  bool is_result_room(u32 place) const {
    return tree_[place].step == StepKind::local && tree_[place].index == result_room;
  }

  bool is_behind_argument(u32 place) {
    return tree_[tree_.root_of(place)].step == StepKind::argument && !is_own_memory(place);
  }

  // Where in its variable a place lies: bytes, and whether it is any element of an array.
  struct Spot {
    u32 root = no_row;
    u64 offset = 0;
    bool any = false;
  };
  Spot spot_of(u32 place) {
    Spot spot;
    for (; tree_[place].parent != no_row; place = tree_[place].parent) {
      const Place& step = tree_[place];
      if (step.step == StepKind::field)
        spot.offset += layout_.field(step.field).offset_bits / 8;
      else if (step.step == StepKind::cast)
        spot.offset += step.integer;
      else if (step.integer == any_element)
        spot.any = true;
      else
        spot.offset += step.integer * layout_.size(step.type);
    }
    spot.root = place;
    return spot;
  }

  std::vector<u32> steps_to(u32 place) {
    std::vector<u32> steps;
    for (; tree_[place].parent != no_row; place = tree_[place].parent) steps.push_back(place);
    std::reverse(steps.begin(), steps.end());
    return steps;
  }

  // Whether two places of one variable, one of which is any element of an array, may be the same.
  bool may_meet(u32 a, u32 b) {
    const std::vector<u32> one = steps_to(a);
    const std::vector<u32> other = steps_to(b);
    for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) {
      const Place& left = tree_[one[i]];
      const Place& right = tree_[other[i]];
      if (one[i] == other[i]) continue;
      if (left.step != right.step || left.step == StepKind::cast) return true;
      if (left.step == StepKind::field)
        return overlap(bits_of(layout_.field(left.field)), bits_of(layout_.field(right.field)));
      if (left.integer != right.integer && left.integer != any_element &&
          right.integer != any_element)
        return false;
    }
    return true;
  }

  // What may have been stored where the pointer at this place of the function's own memory lies.
  std::vector<StoredValue> stores_of(u32 place) {
    std::vector<StoredValue> found;
    const Spot spot = spot_of(place);
    const auto in_variable = stores_by_root_.find(spot.root);
    if (in_variable == stores_by_root_.end()) return found;
    for (const StoredValue& store : in_variable->second) {
      if (!is_own_memory(store.place)) continue;
      const Spot other = spot_of(store.place);
      const bool meets =
          spot.any || other.any ? may_meet(place, store.place) : spot.offset == other.offset;
      if (meets) found.push_back(store);
    }
    return found;
  }

  // Until no further store shows through what others have stored.
  void find_stores() {
    bool grew = true;
    for (u32 round = 0; grew && round < max_rounds; ++round) {
      values_.clear();
      followed_.clear();
      const std::size_t before = stores_.size() + shown_.size() + given_.size();
      for (const u32 i : program_.accesses_of(function_)) add_store(i);
      for (const u32 call : program_.calls_of(function_)) add_stores_of_call(call);
      grew = stores_.size() + shown_.size() + given_.size() != before;
    }
    if (grew)
      for (u32 i = 0; i < tree_.places().size(); ++i)
        if (tree_[i].step == StepKind::local) shown_.insert(i);
    values_.clear();
  }

  // Who else finds a place in memory that is not the function's own is not known. What an argument
  // leads to may be memory of a caller's own, who sees what is stored there, but not these locals.
  void store(u32 place, const PlaceValue& value) {
    const bool own = is_own_memory(place);
    if ((own || is_behind_argument(place)) && stores_.insert({place, value}).second)
      stores_by_root_[tree_.root_of(place)].insert({place, value});
    const bool of_own = value.place != no_row && is_own_memory(value.place);
    if (own ? shown_.contains(tree_.root_of(place)) : of_own || !is_behind_argument(place))
      show(value);
  }

  void add_store(u32 row) {
    const Access& access = program_.summary().accesses[row];
    if (access.kind != AccessKind::write && access.kind != AccessKind::update) return;
    for (const PlaceValue& at : places_of(access.path)) {
      const u32 place = touched_place(at.place, access.field);
      const Values values = values_of(access.value);
      for (const PlaceValue& value : values) store(place, value);
      if (!values.empty() || !may_hold_pointers(place)) continue;
      const Values copied = copied_by(access);
      for (const PlaceValue& value : copied) store(place, value);
      if (copied.empty()) store(place, {});
    }
  }

  bool may_hold_pointers(u32 place) {
    const TypeId type = layout_.element(tree_[place].type);
    return layout_.is_pointer(type) || type == none<TypeId>;
  }

  // What an instruction reads that copies memory, where it writes this.
  Values copied_by(const Access& write) {
    Values values;
    const auto rows = reads_at_.find(write.instruction);
    if (rows == reads_at_.end()) return values;
    for (const u32 i : rows->second) {
      const Access& read = program_.summary().accesses[i];
      if (read.field != write.field) continue;
      for (const PlaceValue& at : places_of(read.path))
        values.push_back({touched_place(at.place, read.field), false});
    }
    sort_unique(values);
    return values;
  }

  void add_stores_of_call(u32 call) {
    for (const FunctionId target : program_.targets_of(CallId{call})) {
      if (!program_.in_domain(target)) {
        if (!program_.is_library(target)) show_arguments(call);
        continue;
      }
      const PathSummary& callee = summaries_[row(target)];
      if (callee.stores.empty() && callee.shown.empty()) continue;
      const std::vector<Values> grafted = graft(call, target);
      for (const StoredValue& stored : callee.stores) {
        for (const PlaceValue& at : grafted[stored.place]) {
          const Values none_known{{}};
          const Values& values = stored.value.place == no_row || grafted[stored.value.place].empty()
                                     ? none_known
                                     : grafted[stored.value.place];
          for (PlaceValue value : values) {
            value.address |= value.place != no_row && stored.value.address;
            store(at.place, value);
          }
        }
      }
      for (const PlaceValue& shown : callee.shown) {
        for (PlaceValue value : grafted[shown.place]) {
          value.address |= shown.address;
          show(value);
        }
      }
    }
    if (program_.targets_of(CallId{call}).empty()) show_arguments(call);
  }

  void show_arguments(u32 call) {
    if (program_.call(call).kind == CallKind::inline_asm) return;
    for (const u32 i : program_.arguments_of(CallId{call}))
      for (const PlaceValue& value : values_of(program_.summary().arguments[i].path)) show(value);
  }

  // Whoever is given a pointer may store where it leads to, and follow what was stored there.
  void show(const PlaceValue& value) {
    if (value.place == no_row) return;
    const u32 root = tree_.root_of(value.place);
    if (tree_[root].step == StepKind::argument) given_.insert(value);
    if (!is_own_memory(value.place)) return;
    if (value.address ? shown_.insert(root).second : followed_.insert(value).second) {
      const bool all =
          value.address || layout_.is_structure(layout_.resolve(tree_[value.place].type));
      for (const StoredValue& store : all ? stores_in(root) : stores_of(value.place))
        show(store.value);
    }
  }

  std::vector<StoredValue> stores_in(u32 root) {
    std::vector<StoredValue> found;
    for (const StoredValue& store : stores_)
      if (tree_.root_of(store.place) == root && is_own_memory(store.place)) found.push_back(store);
    return found;
  }

  void mark_identity(const PlaceValue& value) {
    const u32 pointer = value.address ? tree_.pointer_to_object_of(value.place) : value.place;
    if (pointer != no_row) tree_[pointer].identity = true;
  }

  void mark_read(u32 place, const Loc& loc) {
    if (!tree_[place].read) tree_[place].read_at = loc;
    tree_[place].read = true;
  }

  void mark_written(u32 place, const Loc& loc) {
    if (!tree_[place].written) tree_[place].written_at = loc;
    tree_[place].written = true;
  }

  void add_elsewhere(const Elsewhere& what) { add_to(elsewhere_, what); }

  void add_access(const Access& access) {
    for (const PlaceValue& value : values_of(access.value)) mark_identity(value);
    if (access.kind == AccessKind::compare) {
      for (const PlaceValue& value : values_of(access.path)) mark_identity(value);
      return;
    }
    const bool reads = access.kind == AccessKind::read || access.kind == AccessKind::update;
    const bool writes = access.kind == AccessKind::write || access.kind == AccessKind::update;
    const Values places = places_of(access.path);
    if (places.empty() && access.field != none<FieldId> && (reads || writes))
      add_elsewhere({access.field, true, reads, writes, access.loc});
    for (const PlaceValue& value : places) {
      if (access.kind == AccessKind::free) tree_[freed_pointer(value.place)].freed = true;
      const u32 place = touched_place(value.place, access.field);
      if (reads && !is_overwritten_before(access)) mark_read(place, access.loc);
      if (writes && !is_sent_next(access, value.place)) mark_written(place, access.loc);
    }
  }

  // What was not understood may touch every shared field of its type. Of what has no type nothing
  // can be said: that would be every field at every crossing. find_sync() warns of it.
  void add_unknown(const Unknown& unknown) {
    if (!unknown.reads && !unknown.writes) return;
    const TypeId type = layout_.resolve(unknown.type);
    for (const SharedField& shared : layout_.shared().fields) {
      const TypeId structure = layout_.resolve(layout_.field(shared.field).structure);
      if (type == structure)
        add_elsewhere({shared.field, true, unknown.reads, unknown.writes, unknown.loc});
    }
  }

  u32 freed_pointer(u32 place) const {
    const u32 pointer = tree_.pointer_to_object_of(place);
    return pointer == no_row ? place : pointer;
  }

  // An access to a field of what the path denotes, rather than to the path's own field.
  u32 touched_place(u32 place, FieldId field) {
    if (field == none<FieldId> || tree_[place].field == field) return place;
    const TypeId type = layout_.resolve(tree_[place].type);
    if (type != layout_.resolve(layout_.field(field).structure)) return place;
    const u32 inner = tree_.field(place, field);
    return inner == no_row ? place : inner;
  }

  u32 block_of(u32 instruction) const {
    const auto& instructions = program_.pruned().bodies.instructions;
    return instruction < instructions.size() ? instructions[instruction].block : no_row;
  }

  bool is_entry(u32 block) const {
    const auto& blocks = program_.pruned().bodies.blocks;
    return block < blocks.size() &&
           (block == 0 || blocks[block - 1].function != blocks[block].function);
  }

  // An earlier write to all of the same place, on every way to the read.
  bool is_overwritten_before(const Access& read) const {
    const u32 block = block_of(read.instruction);
    if (block == no_row || read.path == none<PathId>) return false;
    for (const u32 i : program_.accesses_of(function_)) {
      const Access& write = program_.summary().accesses[i];
      if (write.kind != AccessKind::write || write.path != read.path || write.field != read.field ||
          write.instruction >= read.instruction || write.size < read.size || write.size == 0)
        continue;
      const u32 from = block_of(write.instruction);
      if (from == block || (from != no_row && is_entry(from))) return true;
    }
    return false;
  }

  // A write to an object that no caller knows, and which the function hands to a crossing
  // that reads the field, before anything else can happen.
  bool is_sent_next(const Access& write, u32 place) {
    const u32 root = tree_.root_of(place);
    if (tree_[root].step != StepKind::call_result && tree_[root].step != StepKind::allocation)
      return false;
    const u32 block = block_of(write.instruction);
    if (block == no_row || write.field == none<FieldId>) return false;
    for (const u32 call : program_.calls_of(function_)) {
      const u32 at = program_.call(call).instruction;
      if (at <= write.instruction || block_of(at) != block) continue;
      if (sends(call, write.field) && passes(call, root)) return true;
    }
    return false;
  }

  bool sends(u32 call, FieldId field) const {
    const auto& targets = program_.targets_of(CallId{call});
    return !targets.empty() && std::all_of(targets.begin(), targets.end(), [&](FunctionId target) {
      const Effect& effect = kernel_effects_[row(target)];
      const auto& fields = layout_.touched(field);
      return !program_.in_domain(target) &&
             std::all_of(fields.begin(), fields.end(), [&](u32 shared) {
               return effect.reads.has(shared) || effect.writes.has(shared);
             });
    });
  }

  bool passes(u32 call, u32 root) {
    for (const u32 i : program_.arguments_of(CallId{call}))
      for (const PlaceValue& value : values_of(program_.summary().arguments[i].path))
        if (value.place == root) return true;
    return false;
  }

  void add_call(u32 call) {
    const auto& targets = program_.targets_of(CallId{call});
    for (const FunctionId target : targets) {
      if (program_.in_domain(target))
        add_driver_call(call, target);
      else if (!program_.is_library(target))
        add_crossing(call, target);
    }
    if (targets.empty() && program_.call(call).kind == CallKind::indirect)
      add_crossing(call, none<FunctionId>);
  }

  void add_driver_call(u32 call, FunctionId target) {
    const PathSummary& callee = summaries_[row(target)];
    const std::vector<Values> grafted = graft(call, target);
    for (u32 i = 0; i < callee.places.size(); ++i) {
      const Place& place = callee.places[i];
      const FieldId field = field_touched(callee.places, i);
      if (grafted[i].empty() && field != none<FieldId> && (place.read || place.written) &&
          rooted_in_argument(callee, i))
        add_elsewhere({field, true, place.read, place.written,
                       place.read ? place.read_at : place.written_at});
      for (const PlaceValue& value : grafted[i]) {
        if (place.identity) mark_identity(value);
        if (place.freed && !value.address) tree_[value.place].freed = true;
        if (value.address) continue;
        if (place.read) mark_read(value.place, place.read_at);
        if (place.written) mark_written(value.place, place.written_at);
      }
    }
    for (const Elsewhere& what : callee.elsewhere) add_elsewhere(what);
  }

  static bool rooted_in_argument(const PathSummary& summary, u32 place) {
    while (summary.places[place].parent != no_row) place = summary.places[place].parent;
    return summary.places[place].step == StepKind::argument;
  }

  // Structures are synchronised by the crossing itself; a buffer is copied from and to what
  // the driver passed, so that the crossing's effect on it is the driver's own.
  void add_crossing(u32 call, FunctionId target) {
    for (const u32 i : program_.arguments_of(CallId{call})) {
      const Argument& argument = program_.summary().arguments[i];
      ArgumentUse use{true, true, false, true, false, true};
      if (target != none<FunctionId>) use = kernel_.use(target, argument.index);
      for (const PlaceValue& value : values_of(argument.path)) {
        const TypeId type = value.address ? layout_.resolve(tree_[value.place].type)
                                          : layout_.pointee(tree_[value.place].type);
        if (layout_.is_structure(type) || type == none<TypeId>) mark_identity(value);
        if (layout_.is_structure(type) || !(use.reads || use.writes)) continue;
        if (!value.address && (!layout_.is_pointer(layout_.resolve(tree_[value.place].type)) ||
                               layout_.is_function_pointer(tree_[value.place].type)))
          continue;
        const u32 place = value.address ? value.place : tree_.dereference(value.place, type);
        if (place == no_row) continue;
        if (use.reads) mark_read(place, program_.call(call).loc);
        if (use.writes) mark_written(place, program_.call(call).loc);
      }
    }
  }

  bool is_in_library(u32 place) {
    const Place& root = tree_[tree_.root_of(place)];
    return root.step == StepKind::global && program_.is_library(root.global) &&
           tree_.pointer_to_object_of(place) == no_row;
  }

  // What this function touches through roots that its callers do not see. Locals are its own, but
  // not what pointers in them point to; what a crossing returned, the crossing has brought up to
  // date.
  void add_private_roots() {
    for (u32 i = 0; i < tree_.places().size(); ++i) {
      const Place place = tree_[i];
      const FieldId field = field_touched(tree_.places(), i);
      if (field == none<FieldId> || !(place.read || place.written)) continue;
      const StepKind root = tree_[tree_.root_of(i)].step;
      if (root == StepKind::argument || is_in_library(i)) continue;
      if (root == StepKind::local && is_own_memory(i)) continue;
      const bool own = root == StepKind::call_result || root == StepKind::allocation;
      const bool unknown =
          root == StepKind::unknown || root == StepKind::integer || root == StepKind::local;
      const bool read = place.read && !own;
      if (read || place.written)
        add_elsewhere({field, unknown, read, place.written,
                       place.written ? place.written_at : place.read_at});
    }
  }

  const View& program_;
  const Layout& layout_;
  const KernelArguments& kernel_;
  const std::vector<Effect>& kernel_effects_;
  const std::vector<PathSummary>& summaries_;
  FunctionId function_;
  PlaceTree tree_;
  std::map<PathId, Values> values_;
  std::map<u32, std::vector<u32>> reads_at_; // by instruction: rows of accesses
  std::map<u32, std::set<StoredValue>> stores_by_root_;
  std::set<StoredValue> stores_; // in memory of its own, and behind its arguments
  std::set<u32> shown_; // roots of its own memory that others may store to
  std::set<PlaceValue> given_; // pointers that others get, of what an argument leads to
  std::set<PlaceValue> followed_; // pointers in its own memory that were followed for others
  AllElsewhere elsewhere_;
};

u64 weigh(const std::vector<Elsewhere>& all) {
  u64 weight = all.size();
  for (const Elsewhere& what : all) weight += what.read + what.written;
  return weight;
}

// Enough to see whether another round would change anything, since nothing is ever taken back.
u64 weigh(const PathSummary& summary) {
  u64 weight = summary.places.size() * 8 + weigh(summary.elsewhere) + summary.results.size() +
               summary.stores.size() + summary.shown.size() + summary.shown_locals.size();
  for (const Place& place : summary.places)
    weight += place.read + place.written + place.freed + place.identity;
  return weight;
}

// Two functions that call each other can come to take turns: what one says makes the other say less.
// Then all that was ever said to be touched is, by class; false if that was known before.
bool keep(const PathSummary& before, PathSummary& next) {
  AllElsewhere all;
  for (const Elsewhere& what : before.elsewhere) add_to(all, what);
  for (const Elsewhere& what : next.elsewhere) add_to(all, what);
  for (u32 i = 0; i < before.places.size(); ++i) {
    const Place& place = before.places[i];
    const FieldId field = field_touched(before.places, i);
    if (field != none<FieldId> && (place.read || place.written))
      add_to(all, {field, true, place.read, place.written,
                   place.read ? place.read_at : place.written_at});
  }
  next.elsewhere.clear();
  for (const auto& [key, what] : all) next.elsewhere.push_back(what);
  return weigh(next.elsewhere) != weigh(before.elsewhere);
}

} // namespace

FieldId field_touched(const std::vector<Place>& places, u32 place) {
  if (places[place].field != none<FieldId>) return places[place].field;
  while (place != no_row &&
         (places[place].step == StepKind::element || places[place].step == StepKind::cast))
    place = places[place].parent;
  if (place == no_row || places[place].step != StepKind::dereference) return none<FieldId>;
  return places[places[place].parent].field;
}

std::vector<PathSummary> find_path_summaries(const View& program, const Layout& layout,
                                             const KernelArguments& kernel,
                                             const std::vector<Effect>& kernel_effects) {
  const Groups callees = program.callees_in_domain();
  std::vector<PathSummary> summaries(callees.size());
  for (const std::vector<u32>& component : find_components(callees)) {
    const u32 first = component.front();
    if (!program.in_domain(FunctionId{first})) continue;
    const bool recursive = component.size() > 1 || std::ranges::count(callees.of(first), first) > 0;
    bool grew = true;
    for (u32 round = 0; grew; ++round) {
      grew = false;
      for (const u32 function : component) {
        PathSummary next =
            Summarizer(program, layout, kernel, kernel_effects, summaries, FunctionId{function})
                .summarize();
        if (round < max_turns)
          grew |= weigh(next) != weigh(summaries[function]);
        else
          grew |= keep(summaries[function], next);
        summaries[function] = std::move(next);
      }
      grew &= recursive;
    }
  }
  return summaries;
}

} // namespace ks::sync

// SPDX-License-Identifier: MIT
// Interning of places.

#include "ks-sync/places.hpp"

namespace ks::sync {
namespace {

constexpr u32 max_depth = 24;
constexpr u32 max_places = 8192;
constexpr u32 max_same = 2; // objects of one structure on a path: `d`, `d->parent`

} // namespace

u32 PlaceTree::add(const Place& place) {
  const bool typed = place.step == StepKind::dereference || place.step == StepKind::cast ||
                     (place.parent == no_row && place.index == any_object);
  const Key key{place.parent,
                place.step,
                place.index,
                place.integer,
                place.field,
                place.global,
                typed ? layout_.resolve(place.type) : none<TypeId>};
  const auto found = by_key_.find(key);
  if (found != by_key_.end()) {
    Place& known = places_[found->second];
    if (known.type == none<TypeId>) known.type = place.type;
    return found->second;
  }
  const u32 id = static_cast<u32>(places_.size());
  places_.push_back(place);
  by_key_.emplace(key, id);
  return id;
}

u32 PlaceTree::root(const Path& path) {
  Place place;
  place.step = path.step;
  place.index = path.index;
  place.integer = path.integer;
  place.global = path.global;
  place.type = path.type;
  return add(place);
}

u32 PlaceTree::same(const Place& place, u32 parent) {
  if (place.parent != no_row) return child(parent, place);
  Place root;
  root.step = place.step;
  root.index = place.index;
  root.integer = place.integer;
  root.global = place.global;
  root.type = place.type;
  return add(root);
}

u32 PlaceTree::child(u32 parent, const Place& step) {
  if (parent == no_row) return no_row;
  Place place;
  place.parent = parent;
  place.step = step.step;
  place.integer = step.integer;
  place.field = step.field;
  place.type = step.type;
  const bool too_deep = depth(parent) >= max_depth;
  const bool too_large = places_.size() >= max_places || too_deep;
  if (place.step == StepKind::dereference || place.step == StepKind::cast) {
    const TypeId structure = layout_.resolve(place.type);
    if (layout_.is_structure(structure) &&
        (too_large || count_on_path(parent, structure) >= max_same))
      return any(structure);
  }
  if (!too_large || is_any(parent)) return add(place);
  if (place.step == StepKind::element && layout_.is_structure(layout_.resolve(place.type)))
    return any(layout_.resolve(place.type));
  // Plain memory has no class that could stand for it; there is not much of it on one path.
  if (place.step != StepKind::field) return too_deep ? no_row : add(place);
  place.parent = any(layout_.resolve(layout_.field(place.field).structure));
  return add(place);
}

u32 PlaceTree::any(TypeId structure) {
  Place place;
  place.step = StepKind::unknown;
  place.index = any_object;
  place.type = structure;
  return add(place);
}

u32 PlaceTree::dereference(u32 parent, TypeId type) {
  Place step;
  step.step = StepKind::dereference;
  step.type = type;
  return child(parent, step);
}

u32 PlaceTree::field(u32 parent, FieldId field) {
  Place step;
  step.step = StepKind::field;
  step.field = field;
  step.type = layout_.field(field).type;
  return child(parent, step);
}

u32 PlaceTree::depth(u32 place) const {
  u32 steps = 0;
  for (; place != no_row; place = places_[place].parent) ++steps;
  return steps;
}

u32 PlaceTree::count_on_path(u32 place, TypeId structure) const {
  u32 count = 0;
  for (; place != no_row; place = places_[place].parent) {
    const StepKind step = places_[place].step;
    const bool object = step == StepKind::dereference || step == StepKind::cast;
    if (is_any(place) && layout_.resolve(places_[place].type) == structure) return max_same;
    count += object && layout_.resolve(places_[place].type) == structure;
  }
  return count;
}

u32 PlaceTree::root_of(u32 place) const {
  while (places_[place].parent != no_row) place = places_[place].parent;
  return place;
}

u32 PlaceTree::pointer_to_object_of(u32 place) const {
  while (place != no_row && places_[place].step != StepKind::dereference)
    place = places_[place].parent;
  return place == no_row ? no_row : places_[place].parent;
}

} // namespace ks::sync

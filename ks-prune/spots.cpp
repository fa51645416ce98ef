// SPDX-License-Identifier: MIT
#include "ks-prune/spots.hpp"

namespace ks::prune {

TypeId Spots::strip(TypeId type) const {
  for (u32 steps = 0; type != none<TypeId> && steps < 32; ++steps) {
    const Type& at = summary_.types[row(type)];
    if (at.kind != TypeKind::typedef_) return type;
    type = at.element;
  }
  return none<TypeId>;
}

bool Spots::is_structure(TypeId type) const {
  type = strip(type);
  if (type == none<TypeId>) return false;
  const TypeKind kind = summary_.types[row(type)].kind;
  return kind == TypeKind::structure || kind == TypeKind::union_;
}

u64 Spots::size(TypeId type) const {
  type = strip(type);
  return type == none<TypeId> ? 0 : summary_.types[row(type)].size;
}

// What a pointer's value points to.
Spot Spots::behind(PathId pointer) const {
  const Path& value = path(pointer);
  Spot spot;
  spot.base = pointer;
  spot.pointer = true;
  TypeId type = strip(value.type);
  if (type != none<TypeId> && summary_.types[row(type)].kind == TypeKind::pointer) {
    type = strip(summary_.types[row(type)].element);
    if (is_structure(type)) {
      spot.structure = keys_[row(type)];
      spot.end = static_cast<i64>(size(type));
      return spot;
    }
  }
  if (value.step == StepKind::argument) spot.argument = value.index;
  return spot;
}

Spot Spots::of_pointer(PathId value) const {
  if (value == none<PathId>) return {};
  switch (path(value).step) {
  case StepKind::address: return of_place(path(value).parent);
  case StepKind::integer:
  case StepKind::function:
  case StepKind::allocation: return {};
  default: return behind(value);
  }
}

// Up from the place to the object that it is in.
Spot Spots::of_place(PathId place) const {
  Spot spot;
  i64 offset = 0;
  i64 end = 0; // from the place that is looked at now; 0: nothing yet
  bool anywhere = false;
  for (PathId at = place; at != none<PathId>; at = path(at).parent) {
    const Path& step = path(at);
    const TypeId type = strip(step.type);
    const bool whole = type != none<TypeId> &&
                       (is_structure(type) || summary_.types[row(type)].kind == TypeKind::array);
    if (end == 0 && whole) end = static_cast<i64>(size(type));
    const auto finish = [&](Key structure, bool pointer) {
      spot.structure = structure;
      spot.base = at;
      spot.pointer = pointer;
      spot.offset = offset;
      spot.end = end;
      spot.anywhere = anywhere;
      return spot;
    };
    switch (step.step) {
    case StepKind::element:
      if (step.integer == any_element) {
        // Any element of an array is still in it, of anything else it is anywhere round it.
        const TypeId around = strip(path(step.parent).type);
        const bool array =
            around != none<TypeId> && summary_.types[row(around)].kind == TypeKind::array;
        if (!array || size(type) == 0) anywhere = true;
        if (is_structure(type)) return finish(keys_[row(type)], false);
      } else {
        const i64 moved = static_cast<i64>(step.integer * size(type));
        offset += moved;
        if (end != 0) end += moved;
      }
      break;
    case StepKind::cast:
      if (is_structure(type)) return finish(keys_[row(type)], false);
      offset += static_cast<i64>(step.integer);
      if (end != 0) end += static_cast<i64>(step.integer);
      break;
    case StepKind::field: {
      const Field& field = summary_.fields[row(step.field)];
      const TypeId around = strip(path(step.parent).type);
      const i64 moved = static_cast<i64>(field.offset_bits / 8);
      offset += moved;
      if (end != 0) end += moved;
      // A scalar member: who goes on behind it is still in the structure.
      if (end == 0) end = static_cast<i64>(size(field.structure));
      if (around == none<TypeId> || strip(field.structure) != around) {
        // Elements of an array without a name of their own: the structure round them.
        spot = finish(keys_[row(field.structure)], false);
        spot.base = none<PathId>;
        return spot;
      }
      break;
    }
    case StepKind::global:
    case StepKind::local: return is_structure(type) ? finish(keys_[row(type)], false) : Spot{};
    case StepKind::dereference: {
      if (is_structure(type)) return finish(keys_[row(type)], false);
      spot = behind(step.parent);
      spot.offset += offset;
      spot.anywhere |= anywhere;
      spot.end = end != 0 ? end : spot.end;
      return spot;
    }
    default: return {};
    }
  }
  return {};
}

} // namespace ks::prune

// SPDX-License-Identifier: MIT
#include "ks-prune/spots.hpp"

namespace ks::prune {

u64 Spots::size(TypeId type) const {
  type = types_.strip(type);
  return type == none<TypeId> ? 0 : types_.at(type).size;
}

// What a pointer's value points to.
Spot Spots::behind(PathId pointer) const {
  const Path& value = path(pointer);
  Spot spot;
  spot.base = pointer;
  spot.pointer = true;
  if (types_.is_pointer(value.type)) {
    const TypeId type = types_.strip(types_.at(types_.strip(value.type)).element);
    if (types_.is_structure(type)) {
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

bool Spots::is_loaded_pointer(PathId value) const {
  if (value == none<PathId>) return true;
  switch (path(value).step) {
  case StepKind::address: return is_loaded_place(path(value).parent);
  case StepKind::argument:
  case StepKind::integer:
  case StepKind::function:
  case StepKind::allocation: return false;
  default: return true;
  }
}

bool Spots::is_loaded_place(PathId place) const {
  for (PathId at = place; at != none<PathId>; at = path(at).parent) {
    switch (path(at).step) {
    case StepKind::global:
    case StepKind::local:
    case StepKind::field: return false;
    case StepKind::dereference: return is_loaded_pointer(path(at).parent);
    default: break;
    }
  }
  return true;
}

// Up from the place to the object that it is in.
Spot Spots::of_place(PathId place) const {
  Spot spot;
  i64 offset = 0;
  i64 end = 0; // from the place that is looked at now; 0: nothing yet
  bool anywhere = false;
  for (PathId at = place; at != none<PathId>; at = path(at).parent) {
    const Path& step = path(at);
    const TypeId type = types_.strip(step.type);
    const bool whole = types_.is_structure(type) || types_.kind(type) == TypeKind::array;
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
        const bool array = types_.kind(path(step.parent).type) == TypeKind::array;
        if (!array || size(type) == 0) anywhere = true;
        if (types_.is_structure(type)) return finish(keys_[row(type)], false);
      } else {
        const i64 moved = static_cast<i64>(step.integer * size(type));
        offset += moved;
        if (end != 0) end += moved;
      }
      break;
    case StepKind::cast:
      if (types_.is_structure(type)) return finish(keys_[row(type)], false);
      offset += static_cast<i64>(step.integer);
      if (end != 0) end += static_cast<i64>(step.integer);
      break;
    case StepKind::field: {
      const Field& field = summary_.fields[row(step.field)];
      const TypeId around = types_.strip(path(step.parent).type);
      const i64 moved = static_cast<i64>(field.offset_bits / 8);
      offset += moved;
      if (end != 0) end += moved;
      // A scalar member: who goes on behind it is still in the structure.
      if (end == 0) end = static_cast<i64>(size(field.structure));
      if (around == none<TypeId> || types_.strip(field.structure) != around) {
        // Elements of an array without a name of their own: the structure round them.
        spot = finish(keys_[row(field.structure)], false);
        spot.base = none<PathId>;
        return spot;
      }
      break;
    }
    case StepKind::global:
    case StepKind::local:
      return types_.is_structure(type) ? finish(keys_[row(type)], false) : Spot{};
    case StepKind::dereference: {
      if (types_.is_structure(type)) return finish(keys_[row(type)], false);
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

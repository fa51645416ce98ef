// SPDX-License-Identifier: MIT
// How much the driver's code takes an object of the kernel's to have behind its type: where it sees memory
// some bytes after the object's start as something else. What lies before the object, which code that
// has a pointer to a member finds from it, is none of the kernel's objects.

#include "ks-idl/infer.hpp"

#include <algorithm>

namespace ks::idl {
namespace {

// What the declared type of a pointer says that lies behind it.
TypeId declared(const View& view, const TypeTable& types, const Path& dereference) {
  const TypeId pointer = view.path(dereference.parent).type;
  bool is_pointer = pointer != none<TypeId> && types.kind(pointer) == TypeKind::pointer;
  const TypeId type = is_pointer ? types.pointee(pointer) : none<TypeId>;
  return type == none<TypeId> ? type : types.complete(types.strip(type));
}

// Whether the path takes memory for something else than it was declared to be.
bool is_seen_as(const View& view, const TypeTable& types, const Path& path) {
  return path.step == StepKind::cast ||
         (path.step == StepKind::dereference && path.parent != none<PathId> &&
          types.is_structure(declared(view, types, path)));
}

// A place as an object that a pointer leads to and an offset in it.
struct Spot {
  TypeId object{no_row}; // none: not known
  long bytes = 0; // may be negative on the way
};

Spot spot_of(const View& view, const TypeTable& types, PathId place) {
  Spot spot;
  for (;; place = view.path(place).parent) {
    const Path& path = view.path(place);
    if (path.step == StepKind::dereference) {
      spot.object = path.parent == none<PathId> ? none<TypeId> : declared(view, types, path);
      if (!types.is_structure(spot.object)) {
        spot.object = types.complete(types.element(path.type));
      }
      return spot;
    }
    if (path.step == StepKind::cast) {
      spot.bytes += static_cast<long>(path.integer);
    } else if (path.step == StepKind::field && path.field != none<FieldId>) {
      spot.bytes += static_cast<long>(view.summary().fields[row(path.field)].offset_bits / 8);
    } else if (path.step == StepKind::element && path.integer != any_element) {
      spot.bytes += static_cast<long>(path.integer * types.size(path.type));
    } else if (path.step != StepKind::element || path.parent == none<PathId>) {
      return {};
    }
  }
}

} // namespace

std::map<std::string, Room> find_rooms(const View& view, const TypeTable& types) {
  std::map<std::string, Room> rooms;
  for (u32 i = 0; i < view.function_count(); ++i) {
    if (!view.in_domain(FunctionId{i})) {
      continue;
    }
    for (u32 place : view.paths_of(FunctionId{i})) {
      const Path& path = view.summary().paths[place];
      if (path.type == none<TypeId> || !is_seen_as(view, types, path)) {
        continue;
      }
      Spot spot = spot_of(view, types, PathId{place});
      if (spot.bytes < 0 || !types.is_structure(spot.object)) {
        continue;
      }
      u64 end = static_cast<u64>(spot.bytes) + types.size(path.type);
      std::string tag = types.tag(spot.object);
      if (!tag.empty() && end > types.size(spot.object)) {
        Room& room = rooms[tag];
        room.bytes = std::max(room.bytes, end);
        if (static_cast<u64>(spot.bytes) >= types.size(spot.object) && types.is_scalar(path.type)) {
          room.plain = FunctionId{i};
        }
      }
    }
  }
  return rooms;
}

} // namespace ks::idl

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

class Finder {
public:
  Finder(const View& view, const TypeTable& types) : view_(view), types_(types) {}

  std::map<std::string, Room> run() {
    const Summary& summary = view_.summary();
    for (u32 i = 0; i < view_.function_count(); ++i) {
      if (!view_.in_domain(FunctionId{i})) {
        continue;
      }
      for (u32 place : view_.paths_of(FunctionId{i})) {
        const Path& path = summary.paths[place];
        if (path.type != none<TypeId> && is_seen_as(view_, types_, path)) {
          add(PathId{place}, types_.size(path.type), types_.is_scalar(path.type));
        }
      }
      // A way to bytes of which nothing says the type is one to as many as are touched there.
      for (u32 number : view_.accesses_of(FunctionId{i})) {
        const Access& access = summary.accesses[number];
        if (access.path != none<PathId> && access.size != 0 &&
            view_.path(access.path).step == StepKind::cast &&
            view_.path(access.path).type == none<TypeId>) {
          add(access.path, access.size, !access.as_pointer);
        }
      }
    }
    return std::move(rooms_);
  }

private:
  void add(PathId place, u64 bytes, bool is_scalar) {
    const Spot spot = spot_of(view_, types_, place);
    if (spot.bytes < 0 || !types_.is_structure(spot.object)) {
      return;
    }
    const u64 end = static_cast<u64>(spot.bytes) + bytes;
    const std::string tag = types_.tag(spot.object);
    if (tag.empty() || end <= types_.size(spot.object)) {
      return;
    }
    Room& room = rooms_[tag];
    room.bytes = std::max(room.bytes, end);
    if (static_cast<u64>(spot.bytes) >= types_.size(spot.object) && is_scalar) {
      room.plain = view_.path(place).function;
    }
  }

  const View& view_;
  const TypeTable& types_;
  std::map<std::string, Room> rooms_;
};

} // namespace

std::map<std::string, Room> find_rooms(const View& view, const TypeTable& types) {
  return Finder(view, types).run();
}

} // namespace ks::idl

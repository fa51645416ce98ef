// SPDX-License-Identifier: MIT
#include "ks-pdg/paths.hpp"

#include <fmt/format.h>

namespace ks::pdg {
namespace {

// Longer paths mean that types were lost on the way.
constexpr u32 max_depth = 24;
constexpr u32 max_untyped = 4;
// Objects of one structure on a path that are told apart: `d`, `d->parent`. The next one stands for
// all that follow.
constexpr u32 max_same = 2;

} // namespace

PathId Paths::intern(Path path, bool typed) {
  path.function = function_;
  std::string key(3 + 8 * sizeof(u32), '\0');
  const u32 words[] = {ks::row(path.parent),
                       path.index,
                       static_cast<u32>(path.integer),
                       static_cast<u32>(path.integer >> 32),
                       ks::row(path.global),
                       ks::row(path.target),
                       ks::row(path.field),
                       typed ? ks::row(path.type) : no_row};
  key.assign(reinterpret_cast<const char*>(words), sizeof words);
  key += static_cast<char>(path.step);
  const auto [at, fresh] =
      by_key_.try_emplace(std::move(key), PathId{static_cast<u32>(summary_.paths.size())});
  if (fresh) {
    summary_.paths.push_back(path);
  }
  return at->second;
}

PathId Paths::root(StepKind step, u32 index, TypeId type) {
  Path path;
  path.step = step;
  path.index = index;
  path.type = type;
  return intern(path, step == StepKind::unknown);
}

PathId Paths::integer(u64 value) {
  Path path;
  path.step = StepKind::integer;
  path.integer = value;
  return intern(path, false);
}

PathId Paths::global(GlobalId global, TypeId type) {
  Path path;
  path.step = StepKind::global;
  path.global = global;
  path.type = type;
  return intern(path, false);
}

PathId Paths::function(FunctionId target, TypeId type) {
  Path path;
  path.step = StepKind::function;
  path.target = target;
  path.type = type;
  return intern(path, false);
}

u32 Paths::depth(PathId id) const {
  u32 depth = 0;
  for (; id != none<PathId>; id = row(id).parent) {
    ++depth;
  }
  return depth;
}

// How an object of this type is folded behind `parent`: into a row on the way that stands for all
// further ones, or, where enough of them are there, as such a row.
Paths::Fold Paths::fold(PathId parent, TypeId type) const {
  type = types_.strip(type);
  u32 untyped = 0;
  u32 same = 0;
  Fold fold;
  for (PathId at = parent; at != none<PathId>; at = row(at).parent) {
    const Path& path = row(at);
    const bool object = path.step == StepKind::dereference || path.step == StepKind::cast;
    const bool variable = path.step == StepKind::global || path.step == StepKind::local;
    const bool is_record = types_.is_record(type);
    if (is_record ? (object || variable) && types_.strip(path.type) == type
                  : object && types_.is_pointer(type) && types_.strip(path.type) == type) {
      if (!is_record || path.folded != none<PathId>) return {at, none<PathId>};
      if (++same == 1) fold.like = at;
    }
    if (object && types_.is_raw(type) && types_.is_raw(path.type) && ++untyped >= max_untyped) {
      return {at, none<PathId>};
    }
  }
  if (same < max_same) fold.like = none<PathId>;
  return fold;
}

PathId Paths::dereference(PathId parent, TypeId type) {
  if (row(parent).step == StepKind::address) {
    const PathId place = row(parent).parent;
    return type == none<TypeId> || types_.same(row(place).type, type) ? place
                                                                      : cast(place, 0, type);
  }
  Path path;
  path.parent = parent;
  path.step = StepKind::dereference;
  path.type = type;
  return intern_folded(path, fold(parent, type));
}

PathId Paths::intern_folded(Path path, const Fold& fold) {
  if (fold.into != none<PathId>) return fold.into;
  path.folded = fold.like;
  if (path.folded == none<PathId> && depth(path.parent) > max_depth) {
    return none<PathId>;
  }
  return intern(path, true);
}

PathId Paths::cast(PathId parent, i64 offset, TypeId type) {
  if (row(parent).step == StepKind::cast) {
    offset += static_cast<i64>(row(parent).integer);
    parent = row(parent).parent;
  }
  // What lies behind a structure, `object + 1`, is no further one if it is seen as something else.
  if (const Path& at = row(parent); at.step == StepKind::element && at.integer != any_element &&
                                    types_.is_record(at.type) && types_.size(at.type) != 0 &&
                                    type != none<TypeId> && !types_.same(at.type, type) &&
                                    row(at.parent).step == StepKind::dereference) {
    offset += static_cast<i64>(at.integer * types_.size(at.type));
    parent = at.parent;
  }
  if (offset == 0 && row(parent).step == StepKind::dereference) {
    const PathId pointer = row(parent).parent;
    return dereference(pointer, type);
  }
  if (offset == 0 && types_.same(row(parent).type, type)) {
    return parent;
  }
  Path path;
  path.parent = parent;
  path.step = StepKind::cast;
  path.integer = static_cast<u64>(offset);
  path.type = type;
  return intern_folded(path, types_.is_record(type) ? fold(parent, type) : Fold{});
}

PathId Paths::element(PathId parent, u64 index, TypeId type) {
  if (row(parent).step == StepKind::element && types_.same(row(parent).type, type)) {
    const Path& known = row(parent);
    index =
        known.integer == any_element || index == any_element ? any_element : known.integer + index;
    parent = known.parent;
  }
  Path path;
  path.parent = parent;
  path.step = StepKind::element;
  path.integer = index;
  path.type = type;
  return intern(path, true);
}

PathId Paths::address(PathId place) {
  Path path;
  path.parent = place;
  path.step = StepKind::address;
  return intern(path, false);
}

Origin Paths::origin(PathId place) const {
  Origin origin(row(place).type);
  TypeId inner = types_.strip(origin.type);
  const bool array = types_.kind(inner) == TypeKind::array;
  while (types_.kind(inner) == TypeKind::array) {
    inner = types_.strip(types_.row(inner).element);
  }
  if (types_.is_record(inner) && !types_.row(inner).name.empty() && !array) {
    return origin;
  }
  // An element lies in the array; numbers are those of the first.
  PathId at = place;
  bool element = false;
  while (row(at).step == StepKind::element) {
    element = true;
    at = row(at).parent;
  }
  if (row(at).step != StepKind::field || (!array && !types_.is_record(inner))) {
    return origin;
  }
  const Field& field = summary_.fields[ks::row(row(at).field)];
  origin.structure = field.structure;
  origin.offset_bits = field.offset_bits;
  origin.expression = field.name.substr(field.name.find('.') + 1) + (element && !array ? "[]" : "");
  origin.array = array ? row(at).field : none<FieldId>;
  return origin;
}

PathId Paths::steps(PathId parent, const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    if (step.kind == StepKind::element) {
      Path path;
      path.parent = parent;
      path.step = StepKind::element;
      path.integer = step.index;
      path.type = step.type;
      parent = intern(path, true);
      continue;
    }
    Path path;
    path.parent = parent;
    path.step = StepKind::field;
    path.field = step.field;
    path.type = step.type;
    parent = intern(path, false);
  }
  return parent;
}

PathId Paths::root_of(PathId id) const {
  while (row(id).parent != none<PathId>) {
    id = row(id).parent;
  }
  return id;
}

GlobalId Paths::global_of(PathId id) const {
  for (;; id = row(id).parent) {
    switch (row(id).step) {
    case StepKind::global: return row(id).global;
    case StepKind::field:
    case StepKind::element:
    case StepKind::cast: break;
    case StepKind::argument:
    case StepKind::function:
    case StepKind::call_result:
    case StepKind::allocation:
    case StepKind::local:
    case StepKind::integer:
    case StepKind::unknown:
    case StepKind::dereference:
    case StepKind::address: return none<GlobalId>;
    }
  }
}

bool Paths::is_in_user_space(PathId id) const {
  for (; id != none<PathId>; id = row(id).parent) {
    const PathId pointer = row(id).parent;
    if (row(id).step == StepKind::dereference && types_.is_user(row(pointer).type)) {
      return true;
    }
  }
  return false;
}

FieldId Paths::field_of(PathId id) const {
  while (id != none<PathId> && row(id).step == StepKind::element) {
    id = row(id).parent;
  }
  return id != none<PathId> && row(id).step == StepKind::field ? row(id).field : none<FieldId>;
}

} // namespace ks::pdg

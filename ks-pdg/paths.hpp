// SPDX-License-Identifier: MIT
// The paths of one function: each distinct path is one row, so that a row number stands
// for a place. Recursion is folded where a row is made, which keeps paths finite.

#pragma once

#include "ks-pdg/places.hpp"

#include <unordered_map>

namespace ks::pdg {

class Paths {
public:
  Paths(Summary& summary, const Types& types, FunctionId function)
      : summary_(summary), types_(types), function_(function) {}

  PathId root(StepKind step, u32 index, TypeId type);
  PathId integer(u64 value);
  PathId global(GlobalId global, TypeId type);
  PathId function(FunctionId target, TypeId type);

  // What the pointer held in `parent` points to, seen as `type`. No row once a path without
  // types has become too long to mean anything.
  PathId dereference(PathId parent, TypeId type);
  PathId cast(PathId parent, i64 offset, TypeId type);
  PathId element(PathId parent, u64 index, TypeId type);
  PathId address(PathId place);
  // The place as the start of a walk.
  Origin origin(PathId place) const;
  PathId steps(PathId parent, const std::vector<Step>& steps);

  const Path& row(PathId id) const { return summary_.paths[ks::row(id)]; }
  FunctionId owner() const { return function_; }
  // The root's row, through parents.
  PathId root_of(PathId id) const;
  // The global variable that the place is part of, without a dereference.
  GlobalId global_of(PathId id) const;
  // Whether it lies behind a pointer into user space.
  bool is_in_user_space(PathId id) const;
  // The innermost field on the way from the last dereference, through elements.
  FieldId field_of(PathId id) const;

private:
  PathId intern(Path path, bool typed);
  struct Fold {
    PathId into{no_row}; // this row is meant
    PathId like{no_row}; // a new row stands for all further objects like this one
  };
  Fold fold(PathId parent, TypeId type) const;
  PathId intern_folded(Path path, const Fold& fold);
  u32 depth(PathId id) const;

  Summary& summary_;
  const Types& types_;
  FunctionId function_;
  std::unordered_map<std::string, PathId> by_key_;
};

} // namespace ks::pdg

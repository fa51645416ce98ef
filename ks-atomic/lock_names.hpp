// SPDX-License-Identifier: MIT
// Which lock an operation is on, as the code of one function names it, and how the functions
// around it name the same one.
//
// A name is a root (an argument, a variable, anything else) and the steps from there. What starts
// where a lock starts is the lock: fields at offset 0 at the end say nothing. A function knows
// nothing of its caller's locks but those that its arguments lead to; its own, in terms of its
// arguments, its callers know by what they pass.

#pragma once

#include "ks-prune/view.hpp"

#include <compare>
#include <string>
#include <tuple>
#include <vector>

namespace ks::atomic {

struct LockStep {
  StepKind kind{};
  u32 row = no_row;   // of a field, a variable; an argument's or another root's number
  u64 integer = 0;    // element, cast
  bool first = false; // a field at offset 0
  // A dereference that stands for several objects, since recursion is folded. No part of the name.
  bool folded = false;

  friend auto operator<=>(const LockStep& a, const LockStep& b) { return a.key() <=> b.key(); }
  friend bool operator==(const LockStep& a, const LockStep& b) { return a.key() == b.key(); }

private:
  std::tuple<StepKind, u32, u64, bool> key() const { return {kind, row, integer, first}; }
};

// No step: one of which nothing is known, or one that is no object.
using LockName = std::vector<LockStep>;

// All that one operation may be on. None: a lock that this function has no name for.
struct Lock {
  std::string family;
  std::vector<LockName> names; // sorted, each once

  friend auto operator<=>(const Lock&, const Lock&) = default;
};

// The fields that start where the lock does, from the inside; the last may start before it.
// None in a variable that is the lock.
std::vector<FieldId> fields_of(const LockName& name);
// Of the variable that it lies in.
GlobalId global_of(const LockName& name);
bool is_known(const LockName& name);

// Whether what both operations are on has the same name; and then, whether that name stands for
// one object.
bool is_same_name(const Lock& a, const Lock& b);
bool is_one_object(const Lock& lock);
// Whether it may be the same lock, for all that fields and variables say.
bool may_be_same(const Lock& a, const Lock& b);

class LockNames {
public:
  explicit LockNames(const View& view);

  // Of a row of locks, in its function's terms.
  LockName name_of(const LockOperation& lock) const;
  // What a function holds, in terms of one that it calls.
  Lock in_callee(const Lock& lock, u32 call) const;
  // What a function holds, in terms of the one that calls it there.
  Lock in_caller(const Lock& lock, u32 call) const;

private:
  LockName name_of(PathId path) const;
  LockName behind(const Argument& argument) const;

  const View& view_;
  std::vector<bool> folded_; // by path
};

} // namespace ks::atomic

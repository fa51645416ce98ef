// SPDX-License-Identifier: MIT
// What a driver function does to the objects it reaches from its arguments, path by path,
// its callees inside the domain included: a callee's formal tree is grafted onto the
// caller's actual one. Recursion is folded into "any object of the structure". Calls over the
// boundary appear only with what they do to plain buffers, since structures synchronise for
// themselves there.

#pragma once

#include "ks-sync/arguments.hpp"
#include "ks-sync/effects.hpp"

#include <vector>

namespace ks::sync {

// A place that a function touches or goes through. Roots have no parent.
struct Place {
  u32 parent = no_row;
  StepKind step{};
  u32 index = 0;   // argument, call or local of a root
  u64 integer = 0; // element, cast
  FieldId field{no_row};
  GlobalId global{no_row};
  TypeId type{no_row};
  bool read = false; // before it is certainly overwritten
  bool written = false;
  bool freed = false;    // the pointer that is here is given to its allocator
  bool identity = false; // the pointer that is here is stored, compared or passed over the boundary
  Loc read_at;
  Loc written_at;
};

// A field touched through something that no argument is known to reach.
struct Elsewhere {
  FieldId field{no_row};
  bool unknown = false; // it may be an object that an argument reaches as well
  bool read = false;
  bool written = false;
  Loc loc;
};

// The field that is touched at a place; of bytes behind a pointer that are no field of a struct, the
// pointer's: they cross with it.
FieldId field_touched(const std::vector<Place>& places, u32 place);

// A pointer: to a place if `address`, else the one that the place holds.
struct PlaceValue {
  u32 place = no_row;
  bool address = false;
  friend auto operator<=>(const PlaceValue&, const PlaceValue&) = default;
};

// A pointer that is stored in a place; no value: one of which nothing is known.
struct StoredValue {
  u32 place = no_row;
  PlaceValue value;
  friend auto operator<=>(const StoredValue&, const StoredValue&) = default;
};

struct PathSummary {
  std::vector<Place> places; // a parent precedes its children
  std::vector<Elsewhere> elsewhere; // by field, then unknown
  std::vector<PlaceValue> results; // what the function may return
  // Behind its arguments and in a structure that it returns by value: that may be memory of its
  // caller's own.
  std::vector<StoredValue> stores;
  // Of what its arguments lead to: pointers that it gives to others, who may store where these lead.
  std::vector<PlaceValue> shown;
  std::vector<u32> shown_locals; // by number: variables of its own that others know
};

// By function; empty for what does not run in the domain.
std::vector<PathSummary> find_path_summaries(const View& program, const Layout& layout,
                                             const KernelArguments& kernel,
                                             const std::vector<Effect>& kernel_effects);

} // namespace ks::sync

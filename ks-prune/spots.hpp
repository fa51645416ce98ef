// SPDX-License-Identifier: MIT
// Memory of a function by the object and the bytes in it, for what has no field to be known by: the
// bytes behind an argument, or in a structure.

#pragma once

#include "ks-prune/type_store.hpp"
#include "ks-prune/view.hpp"

namespace ks::prune {

// A place, or the place that a pointer points to. An argument's own structure, if it is declared
// to have one, says more than that it is an argument.
struct Spot {
  u32 argument = no_row; // what this argument points to,
  Key structure = no_key; // or a structure of this type;
  PathId base{no_row}; // and which: the path of the structure, or of the pointer to it
  bool pointer = false; // `base` is the pointer
  i64 offset = 0; // bytes from its start
  i64 end = 0; // where the array or structure ends that lies there; 0: not known
  bool anywhere = false; // or any other offset

  KS_DESCRIBE(argument, structure, base, pointer, offset, end, anywhere)

  bool is_known() const { return argument != no_row || structure != no_key; }
  friend auto operator<=>(const Spot&, const Spot&) = default;
};

// What a write makes of what was there; see Access.
struct Change {
  Update update{};
  bool atomic = false; // in one step
  bool used = false;

  KS_DESCRIBE(update, atomic, used)

  friend auto operator<=>(const Change&, const Change&) = default;
};

// What is done to memory behind an argument.
struct Effect {
  u32 argument = 0;
  i64 offset = 0;
  u64 size = 0; // bytes; 0 if not known
  bool anywhere = false; // at any offset
  bool reads = false;
  bool writes = false;
  Change change; // what it writes

  KS_DESCRIBE(argument, offset, size, anywhere, reads, writes, change)

  friend auto operator<=>(const Effect&, const Effect&) = default;
};

// A pointer that is passed, or an access to memory without a field: where effects turn out to be
// to fields. `call` and `access` count from the function's first.
struct Handed {
  u32 callee = no_row; // a direct call's
  u32 site = no_row; // or the number of the indirect call
  u32 index = 0; // the parameter
  u32 call = no_row;
  u32 access = no_row; // an access of the function's own: `own`
  Effect own;
  Spot spot;
  bool loaded = false; // no spot: the pointer is a result, or lay in memory

  KS_DESCRIBE(callee, site, index, call, access, own, spot, loaded)

  friend auto operator<=>(const Handed&, const Handed&) = default;
};

class Spots {
public:
  Spots(const Types& types, const std::vector<Key>& keys)
      : summary_(types.summary()), types_(types), keys_(keys) {}

  Spot of_place(PathId place) const;
  Spot of_pointer(PathId value) const;
  // Whether a place of scalars, or what a pointer to some points to, is where a result or a pointer in memory
  // leads to, or nothing is known of it.
  bool is_loaded_place(PathId place) const;
  bool is_loaded_pointer(PathId value) const;

private:
  const Path& path(PathId id) const { return summary_.paths[row(id)]; }
  u64 size(TypeId type) const;
  Spot behind(PathId pointer) const;

  const Summary& summary_;
  const Types& types_;
  const std::vector<Key>& keys_;
};

} // namespace ks::prune

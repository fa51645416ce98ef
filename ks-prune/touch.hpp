// SPDX-License-Identifier: MIT
// What a function touches, told apart by where it is embedded: `dev->count.counter` is
// another place than `skb->users.counter`, though both are the field counter of one
// structure. Functions of headers are counted where they are called, as if they were
// inlined, for they are where such fields are touched through a pointer to them alone.

#pragma once

#include "pipelines/artifact.hpp"
#include "pipelines/describe.hpp"

#include <vector>

namespace ks::prune {

struct FieldTouch {
  u32 field = no_row;     // the innermost
  u32 enclosing = no_row; // the outermost in the same object; `field` if it is not known to
                          // be embedded; none: in a global variable of its own type
  u32 argument = no_row;  // the object is what this argument points to
  u32 variable = no_row;  // the object is this global variable
  bool reads = false;
  bool writes = false;

  KS_DESCRIBE(field, enclosing, argument, variable, reads, writes)

  bool alone() const { return field == enclosing; }
  friend auto operator<=>(const FieldTouch&, const FieldTouch&) = default;
};

// A pointer that is handed to a function: to a part of an object, or as it came.
struct Binding {
  u32 callee = no_row;
  u32 index = 0;
  u32 enclosing = no_row; // the outermost field that it points into; none for a whole object
  bool global = false;    // which is a global variable
  u32 argument = no_row;  // of the caller: it is this one, or points into what this points to
  u32 variable = no_row;  // the global variable that it is the address of, or points into

  KS_DESCRIBE(callee, index, enclosing, global, argument, variable)

  friend auto operator<=>(const Binding&, const Binding&) = default;
};

struct Touches {
  std::vector<FieldTouch> fields;
  std::vector<u32> globals;
  std::vector<u32> written_globals;

  KS_DESCRIBE(fields, globals, written_globals)

  friend bool operator==(const Touches&, const Touches&) = default;
};

// Pointers that outlive the call in which they are made, or that their function gets rid of
// in a way that is not followed: stored, returned, handed to a call through a pointer.
struct Escapes {
  std::vector<u32> into_fields;  // the outermost field that it points into
  std::vector<u32> of_arguments; // the argument that it is, or into whose object it points

  KS_DESCRIBE(into_fields, of_arguments)
};

struct TouchingFunction {
  bool helper = false; // a header's, to be counted where it is called
  const std::vector<u32>* callees = nullptr;
  const std::vector<Binding>* bindings = nullptr;
  const Escapes* escapes = nullptr;
};

// Adds to each function's touches those of the helpers that it calls.
void add_helpers(const std::vector<TouchingFunction>& functions, std::vector<Touches>& touches);

// The fields into which pointers are kept somewhere, or handed to others than helpers.
// Others may be touched only by who names them. Sorted.
std::vector<u32> escaping_fields(const std::vector<TouchingFunction>& functions);

} // namespace ks::prune

// SPDX-License-Identifier: MIT
// Where the addresses of functions go in one unit: from what holds one to what receives it. A
// function pointer is a value like others: it lies in fields, variables, locals and fresh memory,
// is passed, returned and loaded, and so are pointers to places that hold some.

#pragma once

#include "ks-pdg/pdg.hpp"

namespace ks::prune {

KS_ENUM(HolderKind,
        unknown,       // from: any function; to: memory of which nothing is known
        function,      // the address of function `row`
        field, global, // `row`
        local,         // of function `row`, number `index`
        allocation,    // what call `index` in function `row` has allocated
        argument,      // `index` of function `row`
        result,        // of function `row`
        site_argument, // argument `index` of what function `row` calls at indirect call `site`
        site_result)

// Something that a function pointer can be in, or is. Arrays are one place. Rows are of the unit,
// until linking replaces them by rows of the program.
struct Holder {
  using Kind = HolderKind;
  Kind kind{};
  bool behind = false; // not it, but the place to which the pointer in it points
  u32 row = no_row;
  u32 index = 0;
  u32 site = 0;

  KS_DESCRIBE(kind, behind, row, index, site)

  bool is(Kind other) const { return kind == other; }
  friend auto operator<=>(const Holder&, const Holder&) = default;
};

// What `from` holds gets into `to`.
struct Flow {
  Holder from;
  Holder to;

  KS_DESCRIBE(from, to)

  friend auto operator<=>(const Flow&, const Flow&) = default;
};

// The flows of one unit.
class Flows {
public:
  explicit Flows(const Summary& summary);

  // By function; each several times.
  std::vector<std::vector<Flow>> of_functions;
  // By function, then indirect call: where the pointer that is called may be from.
  std::vector<std::vector<std::vector<Holder>>> of_sites;

private:
  // How many pointers lead to the function; 0 if it is none, `any` for void pointers.
  struct Level {
    u32 pointers = 0;
    bool any = false;
  };
  const Path* path(PathId id) const {
    return id == none<PathId> ? nullptr : &summary_.paths[row(id)];
  }
  Level level(TypeId type) const;
  Holder place(const Path& at) const;
  Holder value(const Path& at) const;
  void add(FunctionId function, PathId value, Holder to, TypeId type);
  void add_accesses();
  void add_call(const Call& call);
  void add_returns();

  const Summary& summary_;
  std::vector<u32> sites_; // by call: its number among the indirect calls of its function
};

} // namespace ks::prune

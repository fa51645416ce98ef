// SPDX-License-Identifier: MIT
// The boundary of a driver: on which side each function runs, and the crossings.

#pragma once

#include "ks-prune/library.hpp"
#include "ks-prune/targets.hpp"

namespace ks::prune {

struct Border {
  struct Crossing {
    CrossingKind kind{};
    std::string name;
    u32 function = no_row;
    Key signature = no_key;
    bool to_driver = false;
    std::vector<u32> fields;
    Loc loc;
  };
  struct Import {
    u32 global = no_row;
    GlobalUse use{};
  };
  struct Clone {
    u32 function = no_row;
    u32 home = no_row; // a function in the unit that holds it
    std::string reason;
  };

  std::vector<Side> sides;          // by function
  std::vector<Crossing> crossings;  // by kind, then name
  std::vector<Import> imports;      // kernel globals that the driver's side names; by name
  std::vector<Clone> clones;        // by name
  std::vector<u32> library;         // functions the driver's side calls or names; by name

  bool inside(u32 function) const { return sides[function] != Side::kernel; }
};

// The most functions, those of headers aside, that may be compiled into the domain for the
// sake of one import.
inline constexpr u32 clone_limit = 12;

Border find_border(const Program& program, const Targets& targets, const Library& library,
                   const TypeStore& types);

} // namespace ks::prune

// SPDX-License-Identifier: MIT
// Which functions of the kernel matter to a driver: those that touch what the driver's
// side touches, and those on the way from a crossing to such a function.

#pragma once

#include "ks-prune/peers.hpp"

#include <set>

namespace ks::prune {

// A call graph with rows for functions, then one for each list of targets, so that the
// calls through one field share their edges.
struct Graph {
  std::vector<std::vector<u32>> to;
  std::vector<std::vector<u32>> from;
};

Graph call_graph(const Program& program, const Targets& targets);

// What the driver's side touches, widened to whatever shares bits with it.
struct Touched {
  std::vector<bool> fields;    // wherever embedded
  std::vector<bool> alone;     // behind a pointer to its own structure
  std::vector<bool> pointed;   // where a pointer to its own structure may lead
  std::set<std::pair<u32, u32>> embedded; // a field and the outermost that encloses it
  std::vector<bool> globals;
  std::vector<u32> field_by;  // by field: the first function of the driver's side, or none
  std::vector<u32> global_by;
};

// Whether a touch may be of a place that the driver's side touches. A field that is reached
// by a pointer to its own structure may be in any place into which pointers are kept.
bool may_meet(const Program& program, const Touched& touched, const FieldTouch& touch);

Touched driver_touches(const Program& program, const Border& border, const Library& library);

// What functions of the kernel touch that are no peers.
Touched kernel_touches(const Program& program, const Border& border,
                       const std::vector<bool>& peers);

struct Kept {
  struct Why {
    Reason reason{};
    u32 because_of = no_row; // a function
    u32 field = no_row;      // shares_field
    u32 enclosing = no_row;
    u32 global = no_row;     // shares_global
  };
  std::vector<bool> kept;      // by function: its rows are in the output
  std::vector<bool> peers;     // by function
  std::vector<Why> why;        // by function
  u64 reachable = 0;           // kernel functions that a crossing can reach
};

Kept find_kept(const Program& program, const Targets& targets, const Border& border,
               const Touched& touched, const Library& library);

} // namespace ks::prune

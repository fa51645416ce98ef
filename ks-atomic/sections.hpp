// SPDX-License-Identifier: MIT
// One function's critical sections: from each acquire, forward over the control-flow graph
// to the releases of the same lock. A pointer that may be one of several objects has a row
// of locks for each; these are one operation.

#pragma once

#include "ks-prune/view.hpp"

#include <vector>

namespace ks::atomic {

struct Section {
  u32 acquire = no_row;             // row of locks, the first if there are several for one place
  std::vector<u32> releases;        // rows of locks, rising, one for each place
  std::vector<u32> instructions;    // that run while it is held, rising
  bool balanced = true;
};

// Which lock an operation is on. A lock may be named by what is inside of it: its place is
// the outermost one that starts where it starts.
struct LockPlace {
  PathId path{no_row};
  FieldId field{no_row}; // the outermost field on the way
  GlobalId global{no_row};
};
LockPlace find_lock_place(const Summary& summary, const LockOperation& lock);

struct FunctionSections {
  std::vector<Section> sections;      // by acquire's instruction
  std::vector<u32> unpaired_releases; // rows of locks, rising: nothing here acquires them
};

// `locks`: the function's rows of the locks table that acquire or release, in order.
FunctionSections find_sections(const View& view, FunctionId function,
                               const std::vector<u32>& locks);

} // namespace ks::atomic

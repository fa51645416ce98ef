// SPDX-License-Identifier: MIT
// Where pointers to per-CPU memory are. Such a pointer is a number that only its own side can find a
// processor's memory by; what lies there is reached by no path. Found from what allocates such memory,
// on either side, and the members that its result is stored in. One processor's memory has the same path
// as what all processors' is found by: so what is passed may be either.

#pragma once

#include "ks-sync/layout.hpp"

#include "pipelines/known.hpp"

#include <set>
#include <utility>
#include <vector>

namespace ks::sync {

class PerCpu {
public:
  PerCpu(const View& program, const Layout& layout, KnownRows allocators);

  bool in_field(FieldId field) const { return fields_[row(field)]; }
  // And the other side cannot get memory of its own in its place: not a structure of each processor is
  // there, or the driver uses another member of the same union, too.
  bool is_left_out(FieldId field) const { return left_out_[row(field)]; }
  bool in_argument(FunctionId function, u32 index) const {
    return arguments_.contains({function, index});
  }
  bool in_result(FunctionId function) const { return results_[row(function)]; }
  // Whether what the place holds is one, or what it leads to of one processor.
  bool is_value(PathId value) const;

private:
  bool is_allocated(u32 call) const;
  bool is_returned(u32 call) const;
  bool add_field(FieldId field);
  bool add_argument(FunctionId function, u32 index);
  bool follow_accesses();
  bool follow_returns();
  bool is_one_structure(FieldId field) const;

  const View& program_;
  const Layout& layout_;
  KnownRows allocators_;
  std::vector<bool> fields_, left_out_; // by field
  std::vector<bool> results_; // by function
  std::set<std::pair<FunctionId, u32>> arguments_;
};

} // namespace ks::sync

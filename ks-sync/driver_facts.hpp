// SPDX-License-Identifier: MIT
// What all of the driver's code together does with types, which narrows down what may be
// reached by type alone: a pointer field that the driver never follows brings it nothing,
// and an embedded structure (a list head, a lock) that it never goes into is not its own.

#pragma once

#include "ks-sync/per_cpu.hpp"
#include "ks-sync/summaries.hpp"

#include <vector>

namespace ks::sync {

class DriverFacts {
public:
  DriverFacts(const View& program, const Layout& layout, const std::vector<PathSummary>& summaries,
              const PerCpu& per_cpu);

  // The driver reads or writes through the pointer in this field.
  bool follows(FieldId field) const { return followed_[row(field)]; }
  // The driver goes into the n-th structure embedded in `outer`, or sets it statically.
  bool enters(TypeId outer, u32 n) const { return entered_[row(outer)][n]; }
  // Objects of this structure may be the driver's: static, local, allocated by it, or
  // part of a structure that only it knows.
  bool makes(TypeId structure) const { return made_[row(structure)]; }
  // What lies in per-CPU memory is reached by no path, but by class.
  const PerCpu& per_cpu() const { return per_cpu_; }

private:
  void add_places(const PathSummary& summary);
  void enter(FieldId field);
  void enter_at(TypeId outer, u64 offset_bits);
  void add_made(TypeId type, std::vector<bool>& into) const;
  void add_made_objects(const std::vector<PathSummary>& summaries);
  void add_private_structures(const std::vector<PathSummary>& summaries);

  const View& program_;
  const Layout& layout_;
  const PerCpu& per_cpu_;
  std::vector<bool> followed_;              // by field
  std::vector<std::vector<bool>> entered_;  // by type, then embedded structure
  std::vector<bool> made_;                  // by type
};

} // namespace ks::sync

// SPDX-License-Identifier: MIT
// The driver's code between two crossings: what it may have written since the last crossing when it
// calls the kernel, and what it may read after the call until the next one.
//
// Both ends agree at crossings: whoever crosses sends what it has written since they last did, and has
// what it will read brought up to date (release consistency; Gharachorloo et al., Memory consistency
// and event ordering in scalable shared-memory multiprocessors, ISCA 1990). Then it does not matter
// which kernel function is called, who else runs meanwhile, and by which way the other side reaches
// an object.
//
// Method: for each call, a walk over the control-flow graph, backwards and forwards, that ends at
// calls which cross, whoever is called, or in whose callee each way from entry to exit does. A call inside the domain adds all that the callee does (its path summary). Where a
// walk reaches the function's entry or exit, it goes on in the callers, as sets of fields, to a fixed
// point over the call graph.
//
// Lattice: sets of shared fields; for accesses of the calling function, and of those that it calls,
// also behind which argument of the call the object is, so that what the crossing's tree already
// copies can be told. Limits: of a call inside the domain that crosses there on all ways, which ends
// the walk, all counts, also what is done beyond that crossing; a function without a body (a clone) does
// all that it does before and after each of its calls; recursion is taken not to cross. All only add
// fields.

#pragma once

#include "ks-sync/rooted.hpp"
#include "ks-sync/summaries.hpp"

namespace ks::sync {

// The number that stands for the call's result among its arguments.
inline constexpr u32 result_argument = 0xffff;

// Of one call that crosses.
struct Segment {
  explicit Segment(u64 fields) : any_written(fields), any_read(fields) {}
  std::vector<Rooted> written; // before the call, behind its arguments
  std::vector<Rooted> read; // after it, behind its arguments or its result
  FieldSet any_written; // the rest, in whatever object
  FieldSet any_read;
};

// By call; empty for those that do not cross out of the domain.
std::vector<Segment> find_segments(const View& program, const Layout& layout,
                                   const std::vector<PathSummary>& summaries);

} // namespace ks::sync

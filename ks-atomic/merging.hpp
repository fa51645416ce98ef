// SPDX-License-Identifier: MIT
// Fields whose changes by both sides are merged, and the places in the driver's code where merging is
// not enough.
//
// The driver's changes are merged if all of them are additions, or all of them set and clear bits: what
// crosses is the difference, and the kernel's end does at the owner what the driver has done to its copy.
// So it does not matter what the kernel does to the field, as long as it does something; and what the
// driver stores into an object that it has just allocated is where its differences start.
//
// An array of numbers is one field: all of its elements are added to, or none is merged.
//
// A field of a struct that lies in many others (`atomic_t.counter`) is told apart by the member that it is
// in. A function that gets a pointer to the inner struct does what its callers pass it to; where that is
// not known, it may be any.
//
// A store of the driver's to memory of which only the type is known may be to any field of that, and one to
// memory of which nothing is known to any at all: these are not merged.

#pragma once

#include "ks-atomic/atomic.hpp"
#include "ks-prune/view.hpp"

#include <vector>

namespace ks::atomic {

struct Merges {
  std::vector<MergedField> fields;
  std::vector<OwnerSite> sites; // of atomic instructions
};

Merges find_merges(const View& view, const Shared& shared);

} // namespace ks::atomic

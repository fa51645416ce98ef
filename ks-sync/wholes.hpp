// SPDX-License-Identifier: MIT
// What the objects are a part of that pointers in fields lead to: `container_of(list->next, ...)`.
//
// Method: a path that casts what such a pointer leads to to memory before its start, and functions to
// which the pointer is passed that take their argument for a part of something (Containers). Where
// the pointer itself stands is kept with it, as far as the code shows it: what `hub.items.next`
// leads into says nothing about other lists. All pointers of one structure to the same type are one:
// what `next` leads into, `prev` does, too.
// Entries of a table of pointers are told by the member that has the table or leads to it.
// A whole that begins with its part is one that its members say so of; other casts without an offset
// say nothing.

#pragma once

#include "ks-sync/containers.hpp"
#include "ks-sync/driver_facts.hpp"
#include "ks-sync/sync.hpp"

namespace ks::sync {

// By pointer, then holder; each once.
std::vector<SyncWhole> find_wholes(const View& program, const Layout& layout,
                                   const Containers& containers);

// What kernel code makes out of pointers to a part, in whatever function: a structure, and how far
// from its start the part lies. Sorted.
struct Whole {
  TypeId structure{no_row};
  u64 offset = 0;
  friend auto operator<=>(const Whole&, const Whole&) = default;
};
std::set<Whole> find_kernel_wholes(const View& program, const Layout& layout);

// The object whose part a value is the address of, if kernel code makes it out of such a pointer:
// the outermost one, of the driver's own structures. None if there is none.
Whole whole_of_address(const Layout& layout, const DriverFacts& facts,
                       const std::set<Whole>& kernel_wholes, PathId value);

} // namespace ks::sync

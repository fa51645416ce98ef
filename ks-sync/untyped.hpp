// SPDX-License-Identifier: MIT
// What lies behind members that do not say what they point to: those of type `void *`, arrays of
// such, and numbers that are taken for addresses.
//
// Method: evidence of two sorts, of all code that both sides run. As what a function sees the memory
// behind such a member: it goes into it as a structure, or passes the pointer to a function whose
// parameter points to one. And what code stores there: the address of a structure, or a pointer to
// one. Where all of it names one structure, and one side sees what the other has stored, the member
// is a pointer to that. Where it names several, or constants are stored there, nothing is known: what
// crosses then is a place in whatever the runtime knows to lie there. A number is a pointer only if
// all that is stored there is known; one that the kernel follows otherwise is warned of.

#pragma once

#include "ks-sync/layout.hpp"
#include "ks-sync/sync.hpp"

namespace ks::sync {

// A member of which nothing says what it leads to, and that kernel code follows where the driver has stored.
struct Followed {
  FieldId pointer{};
  bool is_number = false;
  Loc stored;
};

struct Pointees {
  std::vector<SyncPointee> known; // by pointer; each once
  std::vector<Followed> followed; // likewise
};
Pointees find_pointees(const View& program, const Layout& layout);

// Says so of those that no other member tells apart.
void warn_of_followed(const Layout& layout, const std::vector<Followed>& followed, Sync& sync);

} // namespace ks::sync

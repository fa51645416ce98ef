// SPDX-License-Identifier: MIT
// What a kernel function does to objects that its arguments lead to.
//
// Method: one summary for each function, bottom-up over the components of the kernel's call graph,
// to a fixed point (Sharir and Pnueli, Two approaches to interprocedural data flow analysis, 1981:
// the functional approach). The lattice is sets of (argument, last pointer, field, read or written):
// "the field, in the object that the last pointer on a path from the argument points to". The last
// pointer is none for the argument's own object, with what is embedded in it. At a call, what the
// callee does behind its argument is put behind what is passed.
//
// Left out is what cannot be said so: objects reached from a global, a result, an allocation or a
// local, by a cast (container_of), an array's element, or a path that leads back to a structure that
// was on it. So this says for sure what is wanted behind an argument, not that nothing else is.

#pragma once

#include "ks-sync/effects.hpp"

#include <vector>

namespace ks::sync {

// An effect behind an argument; `shared` is a row of Shared's fields.
struct Rooted {
  u32 argument = 0;
  FieldId pointer{no_row}; // none: in the argument's own object
  u32 shared = 0;
  bool write = false;
  friend auto operator<=>(const Rooted&, const Rooted&) = default;
};

// By function, rising and each once; empty for functions of the driver.
std::vector<std::vector<Rooted>> find_rooted_effects(const View& program, const Layout& layout);

} // namespace ks::sync

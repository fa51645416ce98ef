// SPDX-License-Identifier: MIT
// A function qualifies if nothing that it does could tell where it runs, or matter to
// somebody who holds neither its arguments nor its result: no lock, no atomic operation,
// no field that it writes and reads as well, no assembly that is not understood, no call whose
// target is not certain, no allocation.
// It may not name a global of the kernel either, a constant one included, since the
// constant's address could be stored in an object and compared over there.
#include "ks-prune/clones.hpp"

#include "ks-prune/boundary.hpp"

#include <algorithm>
#include <set>

namespace ks::prune {

namespace {

bool touches_only_arguments(const Program& program, const Library& library, u32 function) {
  const ProgramFunction& at = program.functions[function];
  const auto library_has = [&](u32 global) {
    return library.has(program.globals[global].row.name);
  };
  return at.home != no_row && !at.driver && at.body.obstacle == Obstacle::none &&
         at.body.named.empty() &&
         std::all_of(at.body.touches.globals.begin(), at.body.touches.globals.end(), library_has) &&
         std::all_of(at.body.named_globals.begin(), at.body.named_globals.end(), library_has);
}

} // namespace

std::vector<u32> cloneable(const Program& program, const Library& library, u32 function) {
  std::set<u32> closure;
  u32 outside_headers = 0;
  std::vector<u32> pending = {function};
  while (!pending.empty()) {
    const u32 next = pending.back();
    pending.pop_back();
    const std::string& name = program.functions[next].row.name;
    if (library.has(name)) {
      if (!library.is_pure(name)) return {};
      continue;
    }
    if (!closure.insert(next).second) continue;
    outside_headers += !program.functions[next].helper;
    if (outside_headers > clone_limit) return {};
    if (!touches_only_arguments(program, library, next)) return {};
    const auto& callees = program.functions[next].body.callees;
    pending.insert(pending.end(), callees.begin(), callees.end());
  }
  return {closure.begin(), closure.end()};
}

} // namespace ks::prune

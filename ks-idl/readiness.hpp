// SPDX-License-Identifier: MIT
// What will work of an interface, said before anything is compiled: each crossing is exact, wide or
// refused, and for what is not exact, why, where, and what would settle it.
//
// All of it is read from tables: the caveats of the stages, what of the sync sets no argument leads to,
// and the interface itself as far as what stands there is not a warning's doing.

#pragma once

#include "ks-idl/infer.hpp"

namespace ks::idl {

struct ReadyCrossing {
  std::string name; // as the interface calls it
  CrossingKind kind{};
  bool to_driver = false;
  Verdict verdict{};
  Loc loc;

  KS_DESCRIBE(name, kind, to_driver, verdict, loc)
};

enum class ReadyId : u32 {}; // of a ReadyCrossing

struct ReadyReason {
  ReadyId crossing{no_row}; // none: it is about the driver as a whole
  Verdict verdict{};
  std::string slug;
  std::string what;
  Loc loc;
  std::string settled_by;

  KS_DESCRIBE(crossing, verdict, slug, what, loc, settled_by)
};

struct ReadyTotal {
  Verdict verdict{};
  u64 count = 0;

  KS_DESCRIBE(verdict, count)
};

struct Readiness {
  std::vector<ReadyCrossing>
      crossings; // those to the driver first; each in the order of the boundary
  std::vector<ReadyReason> reasons; // by crossing, the worst first; those about the driver last
  std::vector<ReadyTotal> totals; // of crossings, by verdict
};

// Of what was just inferred.
Readiness find_readiness(const Inference& inference, const IdlModule& module);

// For people.
std::string print_readiness(const Readiness& readiness);
// JSON Lines, as --dump=json of an artifact.
std::string dump_readiness(const Readiness& readiness);

} // namespace ks::idl

// SPDX-License-Identifier: MIT
// The artifact ks-shared writes: the fields and globals that code on both sides of the
// isolation boundary touches, with who reads and who writes. These, and only these,
// have to be kept in sync.

#pragma once

#include "ks-prune/prune.hpp"

namespace ks {

struct SharedField {
  FieldId field{};  // a row of Pruned's fields, for the next stage
  std::string name; // the same field, for people and for diff
  bool driver_reads = false;
  bool driver_writes = false; // at run time, or by a static initialiser of a driver object
  bool driver_initializes = false; // by a static initialiser of a driver object
  bool kernel_reads = false;
  bool kernel_writes = false;
  bool kernel_initializes = false; // by a static initialiser of a kernel object
  Loc driver_loc; // first access on each side
  Loc kernel_loc;

  KS_DESCRIBE(field, name, driver_reads, driver_writes, driver_initializes, kernel_reads,
              kernel_writes, kernel_initializes, driver_loc, kernel_loc)
};

struct SharedGlobal {
  GlobalId global{};
  std::string name;
  bool driver_reads = false;
  bool driver_writes = false;
  bool kernel_reads = false;
  bool kernel_writes = false;

  KS_DESCRIBE(global, name, driver_reads, driver_writes, kernel_reads, kernel_writes)
};

// Figures for the table people quote: "fields a deep copy would move" (summed over every
// crossing's arguments and results, each structure once per root), "fields the driver
// touches", "fields shared".
struct SharedCount {
  std::string what;
  u64 count = 0;

  KS_DESCRIBE(what, count)
};

struct Shared {
  static constexpr std::string_view kind = "shared";
  static constexpr u32 version = 2;

  std::vector<SharedField> fields; // by rising field, each field once
  std::vector<SharedGlobal> globals;
  std::vector<SharedCount> counts;

  KS_DESCRIBE(fields, globals, counts)
  auto chunks() { return std::tie(*this); }
  auto chunks() const { return std::tie(*this); }
};

// Definition: design section "Shared fields". A field is shared if one side may write it
// (or its initial value comes from one side) and the other may touch it.
namespace shared {
Shared find_shared(const Pruned& pruned);
} // namespace shared

} // namespace ks

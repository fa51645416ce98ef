// SPDX-License-Identifier: MIT
// The artifact ks-atomic writes: critical sections and atomic operations of the driver,
// which of them are shared with the kernel, and what a shared one fetches after acquiring
// and sends before releasing.

#pragma once

#include "ks-shared/shared.hpp"
#include "pipelines/known.hpp"

namespace ks {

enum class SectionId : u32 {};

struct CriticalSection {
  FunctionId function{};   // the outermost in which it is held
  std::string function_name;
  std::string family;      // as in the table lock_families
  std::string lock;        // "net_device.tx_global_lock", "rtnl", "global pernet_ops_rwsem"
  FieldId field{no_row};
  GlobalId global{no_row};
  bool shared = false;     // kernel code can take the same lock
  bool balanced = true;    // released on every way through that function
  Loc acquire;             // of the function, if it is held from its entry on
  std::vector<Loc> releases;

  KS_DESCRIBE(function, function_name, family, lock, field, global, shared, balanced, acquire,
              releases)
};

// Shared fields touched while a shared section is held.
struct SectionField {
  SectionId section{};
  FieldId field{};
  std::string name;
  bool fetch = false; // read inside: copied after acquiring
  bool send = false;  // written inside: copied before releasing

  KS_DESCRIBE(section, field, name, fetch, send)
};

struct AtomicOperation {
  FunctionId function{};
  std::string name; // "atomicrmw", "cmpxchg", asm or helper
  FieldId field{no_row};
  std::string field_name;
  bool shared = false;
  Loc loc;

  KS_DESCRIBE(function, name, field, field_name, shared, loc)
};

struct Atomic {
  static constexpr std::string_view kind = "atomic";
  static constexpr u32 version = 1;

  std::vector<CriticalSection> sections; // by function, then position
  std::vector<SectionField> fields;
  std::vector<AtomicOperation> operations;

  KS_DESCRIBE(sections, fields, operations)
  auto chunks() { return std::tie(*this); }
  auto chunks() const { return std::tie(*this); }
};

namespace atomic {
Atomic find_atomic(const Pruned& pruned, const Shared& shared, const Known& known = {});
} // namespace atomic

} // namespace ks

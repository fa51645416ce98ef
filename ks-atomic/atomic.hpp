// SPDX-License-Identifier: MIT
// The artifact ks-atomic writes: critical sections and atomic operations of the driver,
// which of them are shared with the kernel, and what a shared one fetches after acquiring
// and sends before releasing; the fields whose changes by both sides are merged; and the places in
// the driver's code where something must run at the owner's side instead.

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
  Update update{};
  bool used = false; // what was or is there then goes elsewhere, too
  FieldId field{no_row};
  std::string field_name;
  bool shared = false;
  Loc loc;

  KS_DESCRIBE(function, name, update, used, field, field_name, shared, loc)
};

KS_ENUM(Merge, add, bits)

// A shared field that both sides change by what commutes: what crosses to its owner is the
// difference. A field of a member struct (`atomic_t.counter`) is told apart by the member.
struct MergedField {
  FieldId field{};
  FieldId holder{no_row}; // the member that `field` lies in; none if it is in no struct of another
  std::string name; // "net_device.refs", "net_device.refs.counter"
  Merge merge{};
  Loc driver_loc; // of one that changes it so, on each side
  Loc kernel_loc;

  KS_DESCRIBE(field, holder, name, merge, driver_loc, kernel_loc)
};

KS_ENUM(SiteReason, shared_lock, // code of the kernel can take it
        result, // what was or is there decides something
        order) // does not commute with what the other side does

// A place in the driver's code that must run where the memory belongs.
struct OwnerSite {
  FunctionId function{};
  std::string function_name;
  std::string operation; // the function called there, or the instruction
  Update update{}; // none: on a lock
  FieldId field{no_row};
  std::string what; // the field or lock: "net_device.refs.counter", "rtnl"
  SiteReason reason{};
  Loc loc;

  KS_DESCRIBE(function, function_name, operation, update, field, what, reason, loc)
};

struct Atomic {
  static constexpr std::string_view kind = "atomic";
  static constexpr u32 version = 2;

  std::vector<CriticalSection> sections; // by function, then position
  std::vector<SectionField> fields;
  std::vector<AtomicOperation> operations;
  std::vector<MergedField> merged; // by field, holder
  std::vector<OwnerSite> sites; // by function, then position

  KS_DESCRIBE(sections, fields, operations, merged, sites)
  auto chunks() { return std::tie(*this); }
  auto chunks() const { return std::tie(*this); }
};

namespace atomic {
Atomic find_atomic(const Pruned& pruned, const Shared& shared, const Known& known = {});
} // namespace atomic

} // namespace ks

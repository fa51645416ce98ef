// SPDX-License-Identifier: MIT
// The artifact ks-prune writes: one linked set of tables for a driver and the part
// of its kernel that can touch state the driver can touch, and the boundary between
// them. Rows are those of ks-pdg's summary, renumbered; types are merged by name and
// layout, functions and globals by linkage.

#pragma once

#include "ks-pdg/pdg.hpp"

namespace ks {

enum class CrossingId : u32 {};

// Where a function runs.
KS_ENUM(Side, driver, kernel,
        library, // lives inside the domain: ks-rt's domain library provides it
        cloned)  // kernel code that is compiled into the domain as well

KS_ENUM(Reason, driver_code, crossing, called, indirect_call, callback, shares_field, shares_global,
        library, touches_only_its_arguments, dropped)

// By function, one row for each row of functions.
struct Placement {
  FunctionId function{};
  Side side{};
  Reason reason{};
  FunctionId because_of{no_row}; // the function that drew it in; none for a root

  KS_DESCRIBE(function, side, reason, because_of)
};

// Resolved targets of an indirect call, and how they were found.
KS_ENUM(TargetSource, static_initializer, stored_at_run_time, argument, signature)
struct CallTarget {
  CallId call{};
  FunctionId target{};
  TargetSource source{};

  KS_DESCRIBE(call, target, source)
};

KS_ENUM(CrossingKind,
        import,       // driver -> kernel: the driver calls a kernel function by name
        named_only,   // driver -> kernel: the driver only takes a kernel function's address
        kernel_pointer, // driver -> kernel: through a pointer loaded from a field
        module_init, module_exit,
        ops,          // kernel -> driver: a driver function in a field of a static object
        callback,     // kernel -> driver: handed over by argument or by a store
        exported)     // kernel -> driver: EXPORT_SYMBOL of the driver

// An argument that has just this value wherever the function is called; NULL is 0.
struct FixedArgument {
  u32 index = 0;
  u64 value = 0;

  KS_DESCRIBE(index, value)
};

// By kind, then name. A driver function that is reached in several ways has one row, with
// the first kind that applies.
struct Crossing {
  CrossingKind kind{};
  std::string name;            // of the function, its symbol; of the field for kernel_pointer
  FunctionId function{no_row}; // none for kernel_pointer
  TypeId signature{no_row};
  bool to_driver = false;
  std::vector<FieldId> fields; // ops, callback: the function-pointer fields it is stored in
  Loc loc;                     // of the function's definition, or of the first use
  // So many of the signature's parameters, the last ones, are variable arguments as all calls pass them.
  u32 variable = 0;
  std::vector<FixedArgument> fixed; // what decides which of them are taken
  std::string refused; // why variable arguments cannot cross; empty if they can, or there are none
  bool answers_member = false; // of the kernel: it may return a pointer to a scalar in an object

  KS_DESCRIBE(kind, name, function, signature, to_driver, fields, loc, variable, fixed, refused,
              answers_member)
};

KS_ENUM(GlobalUse,
        library, // the domain library has its own
        address_only, // the driver passes its address and never looks inside
        read, written)

// Kernel globals that driver code (or cloned code) names. By name.
struct ImportedGlobal {
  GlobalId global{};
  GlobalUse use{};
  Loc loc; // first use

  KS_DESCRIBE(global, use, loc)
};

// A kernel function that is compiled into the domain, and from where. By name.
struct Clone {
  FunctionId function{};
  std::string unit; // source file whose bitcode holds it
  std::string reason; // for people

  KS_DESCRIBE(function, unit, reason)
};

// How much there was and how much was kept.
struct PruneCount {
  std::string what; // "kernel functions", "kernel functions kept", ...
  u64 count = 0;

  KS_DESCRIBE(what, count)
};

// Where a stage's answer is weaker than hoped: its warning, and what that is about, for who asks what is
// known of a crossing. Of no crossing, function or field it is about the driver as a whole.
struct Caveat {
  std::string slug;
  std::string what; // for people
  Loc loc;
  CrossingId crossing{no_row};
  u32 argument = no_row; // of the crossing; none if it is about more than that
  FunctionId function{no_row}; // of the domain: it is about the crossings that get there
  FieldId field{no_row}; // about those with which the field goes to the kernel

  KS_DESCRIBE(slug, what, loc, crossing, argument, function, field)
};

// Gives the warning, and notes it.
inline void warn(std::vector<Caveat>& caveats, Caveat about, std::string_view slug,
                 std::string message) {
  warn(about.loc, slug, message);
  about.slug = slug;
  about.what = std::move(message);
  caveats.push_back(std::move(about));
}

struct Boundary {
  std::vector<Placement> placements;
  std::vector<CallTarget> targets; // by call, then target
  std::vector<Crossing> crossings;
  std::vector<ImportedGlobal> imported_globals;
  std::vector<Clone> clones;
  std::vector<std::string> library; // imported functions the domain library provides, sorted
  std::vector<PruneCount> counts;
  // Fields with a part to which pointers are kept, or handed on. The others are touched only
  // by who names them. Sorted.
  std::vector<FieldId> escaping;
  // Functions of the kernel that implement the driver's operations for other objects than
  // the driver's, and what only these call. Sorted.
  std::vector<FunctionId> peers;
  std::vector<UnitId> driver_units; // sorted
  // Functions that the table `undo` calls, and this kernel does not have. Sorted.
  std::vector<std::string> lacking;
  std::vector<Caveat> caveats; // in the order of the warnings

  KS_DESCRIBE(placements, targets, crossings, imported_globals, clones, library, counts, escaping,
              peers, driver_units, lacking, caveats)
};

struct Pruned {
  static constexpr std::string_view kind = "pruned";
  static constexpr u32 version = 13;

  Boundary boundary;
  Summary summary; // linked; function, field ... ids of later stages are rows of this
  Bodies bodies; // of the driver's functions only

  auto chunks() { return std::tie(boundary, summary, bodies); }
  auto chunks() const { return std::tie(boundary, summary, bodies); }
};

} // namespace ks

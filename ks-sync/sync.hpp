// SPDX-License-Identifier: MIT
// The artifact ks-sync writes: for each crossing, which shared fields travel with the call
// (in: from the caller's side to the callee's) and with its return (out), by root and path.
//
// Roots are arguments, the return value, and *handles*: for a structure, all objects of it that both
// sides know, whoever leads to them. `index` of a handle is the structure's type.

#pragma once

#include "ks-shared/shared.hpp"
#include "pipelines/known.hpp"

namespace ks {

enum class SyncPathId : u32 {};

KS_ENUM(RootKind, argument, result, handle)

// One node of a crossing's tree: the root's value, what it points to, a field of that ... A
// parent precedes its children. Paths are over types, not over one function's variables.
struct SyncPath {
  CrossingId crossing{};
  SyncPathId parent{no_row};
  StepKind step{}; // argument (also for result and handle roots), dereference, field, element
  RootKind root{}; // of the tree it belongs to
  u32 index = 0; // argument number; of a handle, the structure
  FieldId field{no_row}; // step field
  u64 element = 0; // step element: constant index or any_element
  TypeId type{no_row};
  std::string name; // "dev->netdev_ops->ndo_init", "return->flags"

  KS_DESCRIBE(crossing, parent, step, root, index, field, element, type, name)
};

// A leaf that is copied.
struct SyncField {
  CrossingId crossing{};
  SyncPathId path{};
  bool in = false;
  bool out = false;
  Loc reader; // an access that makes it necessary

  KS_DESCRIBE(crossing, path, in, out, reader)
};

// What is known about each pointer root of a crossing.
struct SyncRoot {
  CrossingId crossing{};
  RootKind root{};
  u32 index = 0;
  SyncPathId path{no_row};
  bool touched = false; // the callee may read or write through it
  bool identity = false; // the callee stores it, compares it, or passes it over the boundary:
  // the two sides must agree which object it is
  bool fresh = false; // the caller (callee for a result) has just allocated it
  bool freed = false; // the callee may give it back to its allocator
  Outcome freed_if{}; // and then returns 0, or another number
  bool caller_local = false; // every caller passes the address of a local variable
  bool per_cpu = false; // a pointer to per-CPU memory
  // An argument's object is taken for a part of this structure, which begins so many bytes earlier.
  TypeId container{no_row};
  u64 container_offset = 0;
  // What an argument points to is taken for several structures: so many bytes of it cross.
  u64 bytes = 0;

  KS_DESCRIBE(crossing, root, index, path, touched, identity, fresh, freed, freed_if, caller_local,
              per_cpu, container, container_offset, bytes)
};

// Why no root leads to a field: the first that applies.
KS_ENUM(Unreached,
        cut, // the tree had no room for it
        hidden, // an argument leads there by a struct that no header has; only ks-idl finds that
        lost, // what leads there was not understood: it may be an object that an argument reaches
        another, // an argument leads there, but the driver may have put another object on the way
        elsewhere, // the driver's code finds the object without an argument
        meanwhile, // the driver touches it before or after the call, whatever the callee does
        first_sight)

// A shared field that a crossing must keep in step though no argument is known to lead to it: it
// crosses in whatever object it is. The same as the leaves below handles, by field.
//
// A row of no crossing: the field crosses when the other side first sees its object, because what
// crosses by class points to it; `in` is to the kernel, and `out` to the driver.
struct SyncUnreached {
  CrossingId crossing{};
  FieldId field{};
  bool in = false;
  bool out = false;
  Loc loc;
  Unreached why{};

  KS_DESCRIBE(crossing, field, in, out, loc, why)
};

// The object that a pointer in a field leads to is a part of this structure, which begins so many
// bytes earlier: the code makes it out of the pointer. With a holder, of pointers in objects that are
// a part of that one.
struct SyncWhole {
  FieldId pointer{};
  TypeId holder{no_row};
  u64 holder_offset = 0;
  TypeId structure{no_row};
  u64 offset = 0;
  bool local = false; // the driver has such objects among its local variables

  KS_DESCRIBE(pointer, holder, holder_offset, structure, offset, local)
};

// A member whose type does not say what it points to: all that is known of it leads to this structure.
struct SyncPointee {
  FieldId pointer{};
  TypeId structure{};

  KS_DESCRIBE(pointer, structure)
};

KS_ENUM(ArmKind, object, scalars, embedded, // a pointer to a structure or to scalars, a structure
        number, cookie) // a number, a pointer that is only handed on

// What is in a member that can be several things, while what is in another one of the same object, the
// tag, and `mask`, is one of `values`, or, `unless`, none of them. Members at the same bits, of a union,
// may be one row.
struct SyncArm {
  FieldId place{};
  ArmKind kind{};
  TypeId structure{no_row}; // of an object
  FieldId tag{};
  u64 mask = 0;
  std::vector<u64> values;
  bool unless = false;

  KS_DESCRIBE(place, kind, structure, tag, mask, values, unless)
};

// What an argument whose type does not say what it leads to is, while another argument of the same call, the
// command, and `mask`, is one of `values`, or, `unless`, none of them. The rows of an argument have all values,
// each once.
struct SyncCommand {
  CrossingId crossing{};
  u32 argument = 0;
  ArmKind kind{}; // object, scalars, cookie
  TypeId structure{no_row}; // of an object
  u64 bytes = 0; // of scalars
  bool writes = false; // the callee, to scalars
  bool identity = false; // as of SyncRoot; of a cookie: the callee may keep or follow it
  bool caller_local = false; // as of SyncRoot; of a call of the driver, one caller may
  u32 tag = 0; // argument number
  u64 mask = 0;
  std::vector<u64> values;
  bool unless = false;

  KS_DESCRIBE(crossing, argument, kind, structure, bytes, writes, identity, caller_local, tag, mask,
              values, unless)
};

// A member that holds per-CPU memory: a structure of each processor, which crosses by class.
struct SyncPerCpu {
  FieldId pointer{};

  KS_DESCRIBE(pointer)
};

struct Sync {
  static constexpr std::string_view kind = "sync";
  static constexpr u32 version = 8;

  std::vector<SyncPath> paths; // by crossing, root, then depth first
  std::vector<SyncField> fields; // by crossing, then path
  std::vector<SyncRoot> roots; // by crossing, root, index
  std::vector<SyncUnreached> unreached; // by crossing, field; those of none last
  std::vector<SyncWhole> wholes; // by pointer, holder, structure
  std::vector<SyncPointee> pointees; // by pointer
  std::vector<SyncArm> arms; // by place, kind, structure
  std::vector<SyncPerCpu> per_cpu; // by pointer
  std::vector<SyncCommand> commands; // by crossing, argument; what is for all other values last
  std::vector<Caveat> caveats; // in the order of the warnings

  KS_DESCRIBE(paths, fields, roots, unreached, wholes, pointees, arms, per_cpu, commands, caveats)
  auto chunks() { return std::tie(*this); }
  auto chunks() const { return std::tie(*this); }
};

namespace sync {
Sync find_sync(const Pruned& pruned, const Shared& shared, const Known& known = {});
} // namespace sync

} // namespace ks

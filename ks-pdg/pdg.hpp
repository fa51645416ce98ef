// SPDX-License-Identifier: MIT
// The artifact ks-pdg writes: the program dependence graph of one translation
// unit (or linked module), as tables. It is self-contained: a later stage needs
// neither LLVM nor the source.
//
// Two chunks. The summary is what linking many units needs: types, fields,
// functions, globals, initialisers, paths, accesses, calls, locks, unknowns. The
// bodies hold instructions and the dependence edges between nodes; only who walks
// inside a function opens them.
//
// A field is (structure, bit range), never a name. The structure is the innermost
// *named* struct or union that holds the bytes; members of anonymous structs and
// unions belong to the nearest named one around them, with a dotted-free C name
// (`lstats`, not `__anon.lstats`).
//
// A path is an access path: a root (argument, global, call result, allocation...)
// followed by dereferences, fields and elements. The rows of one function's paths are
// its parameter trees: a path's parent is its tree parent. Recursion is folded: `d` and
// `d->parent` are two objects, and `d->parent->parent` stands for all that follow (`folded`),
// which may be any object of the structure.

#pragma once

#include "pipelines/artifact.hpp"
#include "pipelines/describe.hpp"
#include "pipelines/diag.hpp"
#include "pipelines/enum.hpp"

#include <string>
#include <tuple>
#include <vector>

namespace ks {

enum class TypeId : u32 {};
enum class MemberId : u32 {};
enum class FieldId : u32 {};
enum class FunctionId : u32 {};
enum class GlobalId : u32 {};
enum class PathId : u32 {};
enum class AccessId : u32 {};
enum class CallId : u32 {};
enum class InstructionId : u32 {};
enum class UnitId : u32 {};

// One translation unit. A .pdg from one .bc has one row; ks-prune's output has many.
struct Unit {
  std::string name; // source file, relative to the source tree
  std::string hash; // of the bitcode

  KS_DESCRIBE(name, hash)
};

KS_ENUM(TypeKind, void_, boolean, character, integer, floating, enumeration, pointer, structure,
        union_, array, function, typedef_, unknown)

// A type from debug info. Two rows with the same `name` and `layout` are the same type,
// also in different units.
struct Type {
  TypeKind kind = TypeKind::unknown;
  // As C spells it: "unsigned int", "struct net_device", "netdev_features_t", and
  // "atomic_t" for a structure without a tag that a typedef names; empty for pointers,
  // arrays, functions and anonymous types.
  std::string name;
  u64 size = 0; // bytes; 0 if incomplete or flexible
  bool is_signed = false;
  bool complete = false;      // members are listed below; false for a forward declaration
                              // or a type that this unit never looks into
  TypeId element{no_row};     // pointee (none: void), array element, typedef's type,
                              // function's result (none: void), enumeration's integer
  u64 count = 0;              // array: elements, 0 if flexible; enumeration: highest value
  u32 first_member = 0;       // rows of Pdg members: fields, or a function's parameters
  u32 member_count = 0;
  bool variadic = false;      // function
  bool user = false;          // pointer into user space, by the type tag of that name
  std::string file;           // where it is declared, relative to the source tree
  u32 line = 0;
  u64 layout = 0;             // hash of name, size, and every member's name, place and type name

  KS_DESCRIBE(kind, name, size, is_signed, complete, element, count, first_member, member_count,
              variadic, user, file, line, layout)
};

struct Member {
  TypeId owner{no_row};
  std::string name; // empty if anonymous; parameters may be empty too
  TypeId type{no_row};
  u64 offset_bits = 0;
  u64 size_bits = 0;
  bool bit_field = false;

  KS_DESCRIBE(owner, name, type, offset_bits, size_bits, bit_field)
};

// A place in a structure that some row below refers to: a leaf (scalar, pointer, array of
// scalars as a whole) or, for paths, an embedded structure. Sorted by structure's name,
// layout, offset, size; unique.
struct Field {
  TypeId structure{no_row};
  u64 offset_bits = 0; // from the start of `structure`
  u64 size_bits = 0;
  TypeId type{no_row};
  std::string name; // "net_device.flags": tag without struct/union, dot, C expression;
                    // "net_device@424+32" where debug info has no member there

  KS_DESCRIBE(structure, offset_bits, size_bits, type, name)
};

// The arguments behind the last parameter of a variadic function that rows tell apart.
inline constexpr u32 max_variable = 12;

// As what a variable argument is taken; bits.
inline constexpr u32 taken_int = 1; // of four bytes
inline constexpr u32 taken_long = 2; // of eight
inline constexpr u32 taken_pointer = 4;

// What a function takes of its variable arguments, or of those in its only parameter of type va_list. In
// rows of arguments and paths they have the numbers from that of its parameters on.
struct Taken {
  bool known = false; // the rest says all
  std::vector<u32>
      kinds; // by position: as what it may be taken; the one at max_variable: a later one
  // Arguments by number that have a say in which are taken, and as what; no_row: so has something else.
  std::vector<u32> deciding;
  u32 ends = 0; // positions, as bits, at which NULL ends it

  KS_DESCRIBE(known, kinds, deciding, ends)
};

struct Function {
  std::string name; // the symbol
  std::string source_name; // as in the source; differs for renamed local copies
  UnitId unit{};
  Loc loc;
  TypeId type{no_row}; // TypeKind::function; none if debug info has none
  bool defined = false;
  bool local = false; // static, or a copy of a header's inline function
  bool weak = false; // gives way to another definition
  bool exported = false; // EXPORT_SYMBOL*
  bool address_taken = false; // in this unit, other than by being called
  bool variadic = false;
  std::string section; // ".init.text" and the like; usually empty
  std::vector<std::string> parameters; // names of a defined function's parameters, if known
  // Parameters that must not be NULL: on some way through the function, and through those of its
  // unit that it calls, they are dereferenced without a check.
  std::vector<u32> nonnull;
  // Parameters that may stand for an error: the function finds out before it follows them.
  std::vector<u32> errors;
  Taken taken;

  KS_DESCRIBE(name, source_name, unit, loc, type, defined, local, weak, exported, address_taken,
              variadic, section, parameters, nonnull, errors, taken)
};

struct Global {
  std::string name;
  UnitId unit{};
  Loc loc;
  TypeId type{no_row};
  u64 size = 0; // bytes
  bool defined = false;
  bool local = false;
  bool weak = false; // gives way to another definition; common variables are
  bool constant = false;
  bool exported = false;
  bool per_cpu = false;
  std::string section;
  std::string string_value; // the text, if it is a constant NUL-terminated string literal

  KS_DESCRIBE(name, unit, loc, type, size, defined, local, weak, constant, exported, per_cpu,
              section, string_value)
};

// Symbols that are the same thing under two names: `init_module` -> `some_init_module`.
struct Alias {
  std::string name;
  FunctionId function{no_row};
  GlobalId global{no_row};

  KS_DESCRIBE(name, function, global)
};

KS_ENUM(ValueKind, integer, function, global, string)

// One non-zero leaf of a global's static initialiser. Sorted by global, then offset.
struct Initializer {
  GlobalId global{};
  u64 offset_bits = 0;
  FieldId field{no_row}; // none outside of structures (arrays of pointers, scalars)
  ValueKind kind{};
  FunctionId function{no_row}; // kind function
  GlobalId target{no_row}; // kind global or string (string_value of it)
  u64 addend = 0; // bytes into target
  u64 integer = 0; // kind integer

  KS_DESCRIBE(global, offset_bits, field, kind, function, target, addend, integer)
};

KS_ENUM(StepKind, argument, global, function, call_result, allocation, local, integer, unknown,
        // the above are roots; below are steps from a parent
        dereference, field, element, address, cast)

// One access path of one function. Roots have no parent. `argument` index: parameter
// number, a variable argument's behind these; `call_result` and `allocation`: the call; `local`: a variable's number, or
// result_room for the structure that the function returns by value;
// `integer`: a constant, in `integer`; `unknown`: not understood (inttoptr, asm ...).
// An argument root denotes the argument's value; `dereference` denotes the object it
// points to; `field` a part of that object; `element` an array element, with `integer`
// the constant index or any_element. Roots `global` and `local` denote the variable.
//
// A path denotes a place. Used as a value (arguments, Access::value, Return, Call::target)
// it stands for what the place holds: `dev->netdev_ops` as an argument is the path of the
// field netdev_ops, and what the callee sees behind its parameter is that path's
// `dereference`. `&dev->addr_list` as an argument is a row `address` whose parent is the path
// of the field, and what the callee sees behind its parameter is that parent. `address` has
// no children and is never the path of an access or of a lock.
//
// `cast`: the memory `integer` bytes (two's complement) after the parent's start, seen as
// `type`: container_of, an area behind a structure, a buffer read as a header. A
// dereference that is seen as several types has a row for each.
struct Path {
  FunctionId function{no_row};
  PathId parent{no_row};
  StepKind step{};
  u32 index = 0;
  u64 integer = 0;
  GlobalId global{no_row};
  FunctionId target{no_row}; // step function: its address
  FieldId field{no_row}; // step field
  TypeId type{no_row}; // of what the path denotes; none if unknown
  PathId folded{no_row}; // stands for this object and all further ones like that row's

  KS_DESCRIBE(function, parent, step, index, integer, global, target, field, type, folded)
};

inline constexpr u64 any_element = ~u64{0};
inline constexpr u32 result_room = no_row;

KS_ENUM(AccessKind, read, write, update, // update: an atomic or locked read-modify-write
        free, compare) // free: the object is given back to its allocator
KS_ENUM(AccessSource, instruction, memory_intrinsic, model, inline_asm, initializer,
        callee) // a function of this unit that is called here touches it through a pointer to
// a plain scalar: set_bit(n, &dev->state)

// What an update, or a write of what was read from the same place before, makes of what was there.
KS_ENUM(Update, none, add, set_bits, clear_bits, exchange, compare_exchange, other)

// What a run has found out of a sibling before it touches a member that several things can be in, a
// union's or one of no type that says so: what is in `member`, and `mask`, is one of `values`, or,
// `unless`, none of them. No mask: nothing. `member` may be an argument, too.
struct Guard {
  PathId member{no_row};
  u64 mask = 0;
  std::vector<u64> values; // rising
  bool unless = false;

  KS_DESCRIBE(member, mask, values, unless)
};

// What becomes of what stands for an error (-4095 to -1) where a pointer is read: memory behind it may be touched, or it is
// handed on; it is only compared; or code finds out that it is an error, and does not follow it then.
KS_ENUM(ErrorUse, followed, borne, checked)

// An instruction touches memory. A whole-structure copy is one row for each field it
// covers. Sorted by function, then instruction.
struct Access {
  FunctionId function{};
  u32 instruction = no_row; // row of Bodies::instructions
  AccessKind kind{};
  AccessSource source{};
  Update update{}; // of an update; else of the write, and of the read that it is made from
  bool used = false; // update: what was or is there goes elsewhere, too
  PathId path{no_row}; // what is touched; none if unknown
  FieldId field{no_row}; // innermost field, none for a plain variable or unknown
  GlobalId global{no_row}; // a global variable touched directly (field may be set, too)
  PathId value{no_row}; // write: the path of the value stored, if it is a pointer
  // Memory models: the length in bytes, if it is not constant, is `unit` times what this path
  // holds, plus `more`. A loop's, also of copies of constant length: the number of elements is. Where the
  // unit is negative, as a signed number, so many of what the path holds and `more` together are one.
  PathId length{no_row};
  u64 unit = 1;
  i64 more = 0;
  // Of an element behind a pointer: the path that holds how many elements are before the first that is
  // touched; one with the step `unknown` if that is not known. None: the path itself says it.
  PathId start{no_row};
  u64 size = 0; // bytes touched at most, 0 if not constant
  // On every run through the function, before any call that could observe it; only set on writes, of fields and of what
  // a pointer leads to.
  bool must = false;
  bool as_pointer = false; // of an instruction: what is read or written is a pointer to LLVM
  ErrorUse error{}; // of a read as a pointer
  Guard guard; // of what is touched, or of a pointer on the way there
  // Where the way there, or what is stored, begins at an argument whose type does not say what it leads to: what
  // of other arguments, each once with each mask.
  std::vector<Guard> commands;
  Loc loc;

  KS_DESCRIBE(function, instruction, kind, source, update, used, path, field, global, value, length,
              unit, more, start, size, must, as_pointer, error, guard, commands, loc)
};

KS_ENUM(CallKind, direct, indirect, inline_asm)

// What a function returns on all ways on from a call, as far as constants say it: 0, another number, or whatever.
KS_ENUM(Outcome, any, zero, nonzero)

struct Call {
  FunctionId caller{};
  u32 instruction = no_row;
  CallKind kind{};
  FunctionId callee{no_row}; // direct
  PathId target{no_row}; // indirect: path of the function pointer
  std::vector<PathId> more_targets; // and what else it may be (phi, select)
  FieldId via{no_row}; // indirect: the field it was loaded from
  TypeId signature{no_row};
  // Types of the arguments behind the last parameter of a variadic callee, as they are passed: int, long or
  // a pointer; none where it is something else.
  std::vector<TypeId> variable;
  // Path rooted at this call's result, if used as a pointer or a structure in registers.
  PathId result{no_row};
  u32 first_argument = 0; // rows of arguments
  u32 argument_count = 0;
  Outcome outcome{}; // of the caller, after it
  Loc loc;

  KS_DESCRIBE(caller, instruction, kind, callee, target, more_targets, via, signature, variable,
              result, first_argument, argument_count, outcome, loc)
};

// One actual argument. Several paths may reach it (phi, select): the first is here, the
// others are further rows with the same call and index. A structure by value is the path of
// the place that it is copied from. `result_room` as index: where the caller has room for a
// structure that is returned, if it is not in registers.
struct Argument {
  CallId call{};
  u32 index = 0;
  PathId path{no_row}; // none: a computed scalar
  Guard guard; // of what is passed, or of a pointer on the way there
  // Of the address of an element behind a pointer, in a loop over these: as in Access.
  PathId length{no_row};
  u64 unit = 1;
  i64 more = 0;
  PathId start{no_row};
  std::vector<Guard> commands; // as in Access, also where the argument itself is handed on

  KS_DESCRIBE(call, index, path, guard, length, unit, more, start, commands)
};

// What a function may return, one row per path; none for a computed scalar.
struct Return {
  FunctionId function{};
  PathId path{no_row};
  u64 integer = 0; // with path none and is_constant: the constant, sign-extended
  bool is_constant = false;
  // What the function has allocated itself has at least so many bytes, and so many more for each that
  // the argument says; 0 and none if that is not known.
  u64 room = 0;
  u32 room_argument = no_row;
  u64 room_each = 0;

  KS_DESCRIBE(function, path, integer, is_constant, room, room_argument, room_each)
};

KS_ENUM(LockAction, acquire, try_acquire, release, atomic, barrier)

// A call (or asm) that the table of locks knows. Order of release and acquire in the
// control-flow graph comes from Bodies::blocks.
struct LockOperation {
  FunctionId function{};
  u32 instruction = no_row;
  LockAction action{};
  std::string family; // "spin", "mutex", "rtnl", "rcu", "seqlock" ...: see ks-known(5)
  std::string name; // the function or asm that did it
  PathId lock{no_row}; // path of the lock object; none for rtnl, rcu
  FieldId field{no_row}; // its field, or none
  GlobalId global{no_row}; // or the global it is
  Loc loc;

  KS_DESCRIBE(function, instruction, action, family, name, lock, field, global, loc)
};

KS_ENUM(UnknownReason, no_debug_info, unknown_pointer, inline_asm, indirect_target, unsized_access,
        variadic, integer_to_pointer, unsupported_instruction)

// Something that was not understood; never silently dropped. What it may read or write is any
// object of `type`, or, where that is none, any object whatever.
struct Unknown {
  FunctionId function{no_row};
  u32 instruction = no_row;
  UnknownReason reason{};
  bool reads = false; // neither: it touches nothing itself, but something about it is not known
  bool writes = false;
  TypeId type{no_row};
  std::string what; // for people
  Loc loc;

  KS_DESCRIBE(function, instruction, reason, reads, writes, type, what, loc)
};

struct Summary {
  std::vector<Unit> units;
  std::vector<Type> types;
  std::vector<Member> members; // grouped by owner
  std::vector<Field> fields;
  std::vector<Function> functions; // by name
  std::vector<Global> globals; // by name
  std::vector<Alias> aliases; // by name
  std::vector<Initializer> initializers;
  std::vector<Path> paths; // grouped by function; a parent precedes its children
  std::vector<Access> accesses;
  std::vector<Call> calls; // by caller, then instruction
  std::vector<Argument> arguments; // grouped by call, by index
  std::vector<Return> returns; // by function
  std::vector<LockOperation> locks; // by function, then instruction
  std::vector<Unknown> unknowns;

  KS_DESCRIBE(units, types, members, fields, functions, globals, aliases, initializers, paths,
              accesses, calls, arguments, returns, locks, unknowns)
};

struct Block {
  FunctionId function{};
  u32 first_instruction = 0;
  u32 instruction_count = 0;
  std::vector<u32> successors; // rows of blocks

  KS_DESCRIBE(function, first_instruction, instruction_count, successors)
};

struct Instruction {
  u32 block = 0;
  std::string opcode; // LLVM's name
  Loc loc;

  KS_DESCRIBE(block, opcode, loc)
};

KS_ENUM(NodeKind, instruction, entry, formal_in, formal_out, actual_in, actual_out, global)
KS_ENUM(EdgeKind, control, def_use, memory, alias, call, parameter_in, parameter_out)

// A node is a kind and a row: instruction -> instructions; entry -> functions;
// formal_in/out -> paths (tree node); actual_in/out -> arguments; global -> globals.
// entry as the source of a control edge stands for "whenever the function runs".
struct Edge {
  FunctionId function{};
  EdgeKind kind{};
  NodeKind from_kind{};
  u32 from = 0;
  NodeKind to_kind{};
  u32 to = 0;

  KS_DESCRIBE(function, kind, from_kind, from, to_kind, to)
};

struct Bodies {
  std::vector<Block> blocks; // by function, entry block first
  std::vector<Instruction> instructions; // by block, in order
  std::vector<Edge> edges; // sorted

  KS_DESCRIBE(blocks, instructions, edges)
};

struct Pdg {
  static constexpr std::string_view kind = "pdg";
  static constexpr u32 version = 11;

  Summary summary;
  Bodies bodies;

  auto chunks() { return std::tie(summary, bodies); }
  auto chunks() const { return std::tie(summary, bodies); }
};

} // namespace ks

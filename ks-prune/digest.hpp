// SPDX-License-Identifier: MIT
// What linking needs to know of one translation unit: for each function the fields and
// globals it touches, whom it calls, and where the addresses of functions go. The rows
// themselves are not kept; the units that turn out to matter are opened again.

#pragma once

#include "ks-prune/flows.hpp"
#include "ks-prune/spots.hpp"
#include "ks-prune/touch.hpp"
#include "ks-prune/type_store.hpp"

#include "pipelines/known.hpp"

namespace ks::prune {

struct FieldKey {
  Key structure = no_key;
  u64 offset_bits = 0;
  u64 size_bits = 0;

  KS_DESCRIBE(structure, offset_bits, size_bits)

  friend auto operator<=>(const FieldKey&, const FieldKey&) = default;
};

// An indirect call. Functions, globals and fields are rows of the unit, until linking
// replaces them by rows of the program.
struct IndirectSite {
  std::vector<Holder> from; // where the function pointer may be from
  u32 field = no_row;     // it was loaded from this field,
  u32 global = no_row;    // or from this global,
  u32 argument = no_row;  // or is this argument of the caller
  Key signature = no_key;
  Loc loc;                // of the call
  Key type = no_key;      // the type it is called as

  KS_DESCRIBE(from, field, global, argument, signature, loc, type)

  friend bool operator==(const IndirectSite&, const IndirectSite&) = default;
};

// What keeps a function from being compiled into the domain, most telling first.
KS_ENUM(Obstacle, none, not_defined, variadic, indirect_call, inline_asm, locks, atomic, frees,
        unknown)

// An argument of the function, or a pointer into its object, goes to an indirect call.
struct Passed {
  u32 site = 0;
  u32 index = 0;
  u32 argument = 0;

  KS_DESCRIBE(site, index, argument)

  friend auto operator<=>(const Passed&, const Passed&) = default;
};

// A pointer that is kept in a field, or in what that leads to, goes to a call.
struct Lent {
  u32 callee = no_row; // a direct call's
  u32 site = no_row; // or the number of the indirect call
  u32 index = 0;
  u32 field = no_row;

  KS_DESCRIBE(callee, site, index, field)

  friend auto operator<=>(const Lent&, const Lent&) = default;
};

struct FunctionDigest {
  Touches touches;                 // sorted, each once
  std::vector<u32> named_globals;  // its address or its value is used
  std::vector<u32> callees;
  std::vector<Binding> bindings;   // pointers that are handed to callees
  std::vector<Passed> passed;      // arguments that are handed to calls through pointers
  std::vector<Lent> lent;
  Escapes escapes;
  std::vector<u32> handled; // arguments that it stores, or frees, or whose plain memory it touches
  std::vector<u32> freed_fields; // it frees what a pointer kept there leads to
  std::vector<u32> freed_globals;
  std::vector<u32> named; // functions whose address it uses
  std::vector<IndirectSite> sites;
  std::vector<Flow> flows;
  std::vector<Handed> handed; // memory without fields, and what others may do to it
  std::vector<Spot> answers; // scalars in objects that pointers lead to which it returns
  Obstacle obstacle{}; // found in this function alone

  KS_DESCRIBE(touches, named_globals, callees, bindings, passed, lent, escapes, handled,
              freed_fields, freed_globals, named, sites, flows, handed, answers, obstacle)
};

struct InitializerDigest {
  u32 global = no_row;
  u32 field = no_row;
  u32 function = no_row; // its address is the value
  u32 target = no_row; // or this global's,
  u64 addend = 0; // so many bytes into it

  KS_DESCRIBE(global, field, function, target, addend)
};

struct UnitDigest {
  std::string name;
  std::vector<Unit> units;
  std::vector<FieldKey> fields; // by row of the unit
  std::vector<std::string> field_names;
  std::vector<Key> field_types;
  std::vector<Function> functions;
  std::vector<Key> function_keys; // whom a unit of the kernel means, see symbol_key()
  std::vector<Key> function_types;
  std::vector<Key> signatures;
  std::vector<FunctionDigest> bodies; // by row of functions
  std::vector<Global> globals;
  std::vector<Key> global_keys;
  std::vector<Key> global_types;
  std::vector<Alias> aliases;
  std::vector<InitializerDigest> initializers;

  KS_DESCRIBE(name, units, fields, field_names, field_types, functions, function_keys,
              function_types, signatures, bodies, globals, global_keys, global_types, aliases,
              initializers)
};

// The side of a boundary whose symbols, and whose copies of a header's functions, are meant.
KS_ENUM(SymbolSide, kernel, driver)

// What is linked by a name is one symbol on each side; what is local, one in each unit, but for the
// copies of a header's function. Equal keys are one symbol.
Key symbol_key(SymbolSide side, const Function& function, const Unit& unit);
Key symbol_key(SymbolSide side, const Global& global, const Unit& unit);

// `lock_families`: the table of that name; without it, every lock is an obstacle.
UnitDigest digest_unit(const Summary& summary, const std::vector<Key>& keys,
                       const KnownRows& lock_families);

// Whether a function is a copy of a header's that is only called: what it does is counted
// where it is called.
bool is_helper(const Function& function, bool address_taken);

// A linker's or the compiler's own symbol: no function or object of the program.
bool is_pseudo(const Global& global);

} // namespace ks::prune

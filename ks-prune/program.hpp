// SPDX-License-Identifier: MIT
// A driver and its kernel as one program: the digests of all units with functions and
// globals merged by linkage and fields by place. Row numbers are dense and depend on the
// units' names only, not on the order or number of threads in which they were read.
//
// The driver's symbols come first when its units look for one; the kernel's units see
// from a driver only what it exports. A function of a header that many units hold a copy
// of is one function, but the driver's copy and the kernel's are two.

#pragma once

#include "ks-prune/digest.hpp"

#include <unordered_map>

namespace ks::prune {

struct ProgramFunction {
  Function row;                     // as in the unit that defines it; row.unit is of Program
  u32 home = no_row;                // the digest that holds its definition
  u32 home_row = no_row;            // and its row there
  bool driver = false;              // defined by the driver
  bool address_taken = false;       // anywhere
  bool helper = false;              // see is_helper()
  Key type = no_key;
  Key signature = no_key;
  FunctionDigest body;              // in rows of the program, touches of helpers included
};

struct ProgramGlobal {
  Global row;
  u32 home = no_row;
  bool driver = false;
  Key type = no_key;
};

struct ProgramField {
  FieldKey key; // structure is canonical
  std::string name;
  Key type = no_key;
  bool kernel = false; // some unit of the kernel refers to it
  bool driver = false; // some unit of the driver does
};

struct ProgramAlias {
  std::string name;
  u32 function = no_row;
  u32 global = no_row;
};

struct ProgramInitializer {
  InitializerDigest row; // in rows of the program
  bool driver = false;   // of a driver's global
};

// Where the rows of one unit went, for when it is opened again.
struct UnitMap {
  std::vector<u32> functions;
  std::vector<u32> globals;
  std::vector<u32> fields;
};

struct Program {
  std::vector<Unit> units;
  std::vector<bool> driver_units; // by unit
  std::vector<ProgramFunction> functions;
  std::vector<ProgramGlobal> globals;
  std::vector<ProgramField> fields;
  std::vector<ProgramAlias> aliases; // the driver's
  std::vector<ProgramInitializer> initializers;
  std::vector<UnitMap> maps; // by digest
  u32 driver_digests = 0;    // the first so many digests are the driver's

  std::vector<bool> escaping; // by field: see escaping_fields()

  // The fields that share bits with a field, itself among them. Sorted.
  std::vector<std::vector<u32>> overlaps;

  // By field, the structures that it is or has inside at any depth, as a list; none for others.
  std::vector<u32> parts_of_field;
  std::vector<std::vector<Key>> part_lists; // sorted
  bool has_part(u32 field, Key structure) const;
};

// `digests`: the driver's, then the kernel's without those of the driver's own units;
// each group sorted by name.
Program link(const std::vector<UnitDigest>& digests, u32 driver_digests, const TypeStore& types);

} // namespace ks::prune

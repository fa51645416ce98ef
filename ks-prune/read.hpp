// SPDX-License-Identifier: MIT
// Opening many units: first all of them for what linking needs, then again those whose
// rows the output takes. Threads only share out the files; what comes of it does not
// depend on them.

#pragma once

#include "ks-prune/index.hpp"
#include "ks-prune/rows.hpp"

#include "pipelines/known.hpp"

namespace ks::prune {

struct Units {
  std::vector<Framed> files;       // by digest
  std::vector<UnitDigest> digests; // the driver's by name, then the kernel's by name
  u32 driver = 0;                  // how many are the driver's
  std::vector<Ancestor> ancestors; // each unit of the driver; the kernel's as one
};

struct UnitPaths {
  std::vector<std::string> driver;
  std::vector<std::string> kernel;
  std::string index; // empty: none
};

// The kernel's units leave out those of the driver, which a list of everything that was
// built also holds. Fills `types` and resolves it. What the index has of these units is not read
// again; an index of others besides is not used, for its types are those of all.
Units read_units(const UnitPaths& paths, const Known& known, u32 threads, TypeStore& types);

// An index of all units, whichever side they are of.
UnitIndex index_of(Units units, const TypeStore& types, const Known& known);

// The rows of every unit that holds a function that is kept, by digest.
std::vector<UnitRows> read_rows(const Units& units, const Choice& choice, u32 threads);

// The units whose rows the output takes, by digest.
std::vector<bool> units_to_open(const Program& program, const Touched& touched, const Kept& kept);

// The paths in a list file, one a line.
std::vector<std::string> read_list(const std::string& path);

} // namespace ks::prune

// SPDX-License-Identifier: MIT
// What linking needs of many units, in one file: their digests and the types of all. It is made
// once for a kernel and does not depend on any driver, so that who prunes for one opens of the
// kernel's units only those whose rows are taken.
//
// A digest stands for the .pdg that it was made from, by hash; nothing is found by name or path,
// so an index that is out of date is not used, and never believed.

#pragma once

#include "ks-prune/digest.hpp"

namespace ks::prune {

struct IndexedUnit {
  std::string hash; // of the .pdg
  UnitDigest digest;

  KS_DESCRIBE(hash, digest)
};

struct IndexedUnits {
  std::vector<IndexedUnit> units;         // by hash
  std::vector<std::string> lock_families; // that the digests were made with

  KS_DESCRIBE(units, lock_families)
};

struct IndexedTypes {
  std::vector<KeyedType> types; // of all units together, by key

  KS_DESCRIBE(types)
};

struct UnitIndex {
  static constexpr std::string_view kind = "index";
  static constexpr u32 version = 6;

  IndexedUnits units;
  IndexedTypes types;

  auto chunks() { return std::tie(units, types); }
  auto chunks() const { return std::tie(units, types); }
};

// The rows of the table of lock families, as an index names them.
std::vector<std::string> names_of(const KnownRows& lock_families);

} // namespace ks::prune

// SPDX-License-Identifier: MIT
// A made program with what its two sides share, for the unit tests of the stages after ks-shared.

#pragma once

#include "ks-prune/made_pruned.hpp"
#include "ks-shared/shared.hpp"

namespace ks {

struct MadeShared : MadePruned {
  Shared shared;

  // `uses`: "r" and "w" of the driver and "R" and "W" of the kernel; "i": initialised.
  void share(FieldId field, const std::string& uses) {
    const auto has = [&](char use) { return uses.find(use) != std::string::npos; };
    shared.fields.push_back({field,
                             summary.fields[row(field)].name,
                             has('r'),
                             has('w') || has('i'),
                             has('i'),
                             has('R'),
                             has('W'),
                             {},
                             {}});
  }
};

} // namespace ks

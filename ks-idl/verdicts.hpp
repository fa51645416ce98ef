// SPDX-License-Identifier: MIT
// What it means for a crossing that something about it is not known, by the slug of the stage that
// says so, and what would settle it.

#pragma once

#include "ks-prune/prune.hpp"

#include <span>
#include <string_view>

namespace ks::idl {

// Of a crossing, the worst of what is said of it.
KS_ENUM(Verdict,
        exact,   // what crosses is what was found by path
        wide,    // more crosses, or what crosses is a guess that may be wrong
        refused) // something that should cross certainly does not, or the call cannot be made

struct Settled {
  std::string_view slug;
  Verdict verdict{};
  std::string_view by; // a rule of an overlay, a row of what is known, or what the analysis lacks
};

// By slug, each once.
std::span<const Settled> settled_table();
// Of a slug that nobody has said anything of, the verdict is refused.
Settled find_settled(std::string_view slug);

// A warning, or what is wide without one, as it is noted for the crossing that is being written down.
struct Caution {
  Caveat caveat;
  Verdict verdict{};
  std::string rule; // of an overlay, that it says itself
  std::string structure, member; // or for crossings that this crosses with by class
};

} // namespace ks::idl

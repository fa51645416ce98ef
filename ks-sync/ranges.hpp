// SPDX-License-Identifier: MIT
// Sets of the values of a tag.

#pragma once

#include "pipelines/artifact.hpp"

#include <compare>
#include <set>

namespace ks::sync {

// Values of a tag: these, or all but these.
struct Range {
  bool unless = false;
  std::set<u64> values;

  bool is_all() const { return unless && values.empty(); }
  bool is_none() const { return !unless && values.empty(); }
  bool has(u64 value) const { return values.contains(value) != unless; }
  friend auto operator<=>(const Range&, const Range&) = default;
};

inline Range all_values() { return {true, {}}; }

inline Range without(const Range& a, const Range& b) {
  Range left{a.unless && !b.unless, {}};
  if (left.unless) {
    left.values = a.values;
    left.values.insert(b.values.begin(), b.values.end());
    return left;
  }
  // Of finitely many: those of `a` that `b` lacks; else what `b` leaves out and `a` does not.
  for (const u64 value : a.unless ? b.values : a.values)
    if (a.values.contains(value) != a.unless && b.values.contains(value) == b.unless)
      left.values.insert(value);
  return left;
}

inline Range both(const Range& a, const Range& b) { return without(a, without(all_values(), b)); }

inline Range either(const Range& a, const Range& b) {
  return without(all_values(), without(without(all_values(), a), b));
}

} // namespace ks::sync

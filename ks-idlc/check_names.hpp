// SPDX-License-Identifier: MIT
// Names: those that an expression uses, and the known one that was probably meant.

#pragma once

#include "pipelines/artifact.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace ks::idlc {

// The identifiers of a C expression that must be arguments, in order: not members, types or macros
// in capitals.
std::vector<std::string> free_names(std::string_view expression);

// The members m that an expression reads as self->m.
std::vector<std::string> members_of_self(std::string_view expression);

// The names that an expression dereferences: a of a->b, and in a->b->c also b.
std::vector<std::string> dereferenced_names(std::string_view expression);

// A call of one function, "f(a, b)": its name, and what stands between the brackets. Both are empty
// if the expression is something else.
struct CallText {
  std::string_view function, arguments;
};
CallText call_of(std::string_view expression);

// The expression with another name in place of `name`.
std::string rename_in(std::string_view expression, std::string_view name, std::string_view other);

// How many letters must change to make one name of the other.
u32 edit_distance(std::string_view a, std::string_view b);

inline const std::string& name_of(const std::string& name) { return name; }
template <class T>
const std::string& name_of(const std::pair<const std::string, T>& entry) {
  return entry.first;
}

// "; did you mean 'X'?", if a known name is close.
template <class Names>
std::string suggestion(std::string_view name, const Names& known) {
  std::string best;
  u32 distance = std::min(static_cast<u32>(name.size()) / 2, 3U) + 1;
  for (const auto& entry : known) {
    u32 d = edit_distance(name, name_of(entry));
    if (d < distance) {
      distance = d;
      best = name_of(entry);
    }
  }
  return best.empty() ? "" : "; did you mean '" + best + "'?";
}

} // namespace ks::idlc

// SPDX-License-Identifier: MIT
// What a function takes its arguments' objects for a part of: container_of, by it or by those to which
// it passes the pointer on.
//
// Method: a path that casts to before the start of an argument's object, or sees it as a structure that
// begins with it, and what callees do at their arguments, shifted by the place that is passed; bottom-up over the components of the call graph, to a
// fixed point. A second container of an argument says that there is no single one, so that further ones
// need not be kept. Limit: where code takes one argument for a part of several structures, or of one at
// several places, nothing is known of it.

#pragma once

#include "ks-sync/layout.hpp"
#include "ks-prune/view.hpp"

#include <set>
#include <span>
#include <vector>

namespace ks::sync {

// The argument's object lies `offset` bytes after the start of a `structure`.
struct Container {
  u32 argument = 0;
  TypeId structure{no_row};
  u64 offset = 0;
  friend auto operator<=>(const Container&, const Container&) = default;
};

class Containers {
public:
  Containers(const View& program, const Layout& layout);

  // Of all these functions; none if there is no single one.
  Container of(std::span<const FunctionId> functions, u32 argument) const;

private:
  bool add(FunctionId function, const Container& one);
  void add_own(FunctionId function);
  void add_beginning(FunctionId function, const Path& object);
  bool add_calls(FunctionId function);
  void run(const Groups& callees);

  const View& program_;
  const Layout& layout_;
  std::vector<std::set<Container>> containers_; // by function; of one argument two at most
};

} // namespace ks::sync

// SPDX-License-Identifier: MIT
// The part of a crossing's tree that follows from types alone: below an object of a
// structure, every field of the sets asked for, through embedded structures and pointers.

#pragma once

#include "ks-sync/driver_facts.hpp"
#include "ks-sync/tree.hpp"

#include <vector>

namespace ks::sync {

// What to copy: shared fields by direction. `publish`: objects that the driver made are
// new to the kernel, so all that the driver sets and the kernel reads travels with them.
// `exposed`: what also comes back of an object to which a pointer comes back, since it may be
// new to the driver.
struct Wanted {
  const FieldSet& in;
  const FieldSet& out;
  const FieldSet& exposed;
  bool publish_in = false;
  bool publish_out = false;
};

class Expansion {
public:
  Expansion(const Layout& layout, const DriverFacts& facts, CrossingTree& tree)
      : layout_(layout), facts_(facts), tree_(tree), visited_(layout.summary().types.size()) {}

  // `node` denotes an object of `structure`; `in` and `out` say which ways it can be
  // reached at all.
  void expand(u32 node, TypeId structure, const Wanted& wanted, bool in, bool out);
  // `node` is a structure by value, all of which goes in: what lies behind its pointers.
  void expand_value(u32 node, TypeId structure, const Wanted& wanted);
  // Had to leave something out, because the tree became too large.
  bool was_cut() const { return cut_; }

private:
  void expand_fields(u32 node, TypeId structure, const Wanted& wanted, bool in, bool out,
                     const std::string& prefix);
  void expand_field(u32 node, u32 shared, const Wanted& wanted, bool in, bool out,
                    const std::string& prefix);
  void expand_embedded(u32 node, const Embedded& embedded, const Wanted& wanted, bool in, bool out,
                       const std::string& prefix);

  const Layout& layout_;
  const DriverFacts& facts_;
  CrossingTree& tree_;
  std::vector<TypeId> on_path_;  // structures between the root and here, by dereference
  std::vector<bool> visited_;    // by type
  bool cut_ = false;
};

} // namespace ks::sync

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
      : layout_(layout), facts_(facts), tree_(tree), visited_(layout.summary().types.size()),
        left_in_(layout.shared().fields.size()), left_out_(layout.shared().fields.size()) {}

  // `node` denotes an object of `structure`; `in` and `out` say which ways it can be
  // reached at all.
  void expand(u32 node, TypeId structure, const Wanted& wanted, bool in, bool out);
  // `node` is a structure by value, all of which goes in: what lies behind its pointers.
  void expand_value(u32 node, TypeId structure, const Wanted& wanted);
  // Had to leave something out, because the tree became too large; and what that may have been, to
  // be copied in whatever object it is.
  bool was_cut() const { return cut_; }
  const FieldSet& left_in() const { return left_in_; }
  const FieldSet& left_out() const { return left_out_; }

private:
  void cut(const Wanted& wanted);
  bool is_published(u32 shared) const;
  void expand_members(u32 node, TypeId structure, const Wanted& wanted, const std::string& prefix);
  u32 held(u32 leaf);
  void expand_fields(u32 node, TypeId structure, const Wanted& wanted, bool in, bool out,
                     const std::string& prefix);
  void expand_field(u32 node, u32 shared, const Wanted& wanted, bool in, bool out,
                    const std::string& prefix);
  void expand_embedded(u32 node, const Embedded& embedded, const Wanted& wanted, bool in, bool out,
                       const std::string& prefix);

  const Layout& layout_;
  const DriverFacts& facts_;
  CrossingTree& tree_;
  std::vector<TypeId> on_path_; // structures between the root and here, by dereference
  std::vector<bool> visited_; // by type
  bool cut_ = false;
  FieldSet left_in_;
  FieldSet left_out_;
};

} // namespace ks::sync

// SPDX-License-Identifier: MIT
// The places of one function as a tree in which each distinct path occurs once.

#pragma once

#include "ks-sync/summaries.hpp"

#include <map>
#include <tuple>
#include <vector>

namespace ks::sync {

class PlaceTree {
public:
  explicit PlaceTree(const Layout& layout) : layout_(layout) {}

  u32 root(const Path& path);
  // The child of `parent` by this step, or no_row if the tree has become too large. A
  // dereference or cast to a structure that is already on the path leads back to it.
  u32 child(u32 parent, const Place& step);
  u32 dereference(u32 parent, TypeId type);
  u32 field(u32 parent, FieldId field);

  // The root from which the place is reached.
  u32 root_of(u32 place) const;
  // The place whose pointer leads to the object that holds this place, or no_row.
  u32 pointer_to_object_of(u32 place) const;

  std::vector<Place>& places() { return places_; }
  Place& operator[](u32 place) { return places_[place]; }

private:
  using Key = std::tuple<u32, StepKind, u32, u64, FieldId, GlobalId, TypeId>;
  u32 add(const Place& place);
  u32 depth(u32 place) const;
  u32 find_on_path(u32 place, TypeId structure) const;

  const Layout& layout_;
  std::vector<Place> places_;
  std::map<Key, u32> by_key_;
};

} // namespace ks::sync

// SPDX-License-Identifier: MIT
// The places of one function as a tree in which each distinct path occurs once.

#pragma once

#include "ks-sync/summaries.hpp"

#include <map>
#include <tuple>
#include <vector>

namespace ks::sync {

// Index of the roots that stand for all objects of a type.
inline constexpr u32 any_object = no_row - 1;

class PlaceTree {
public:
  explicit PlaceTree(const Layout& layout) : layout_(layout) {}

  u32 root(const Path& path);
  // A place of another tree whose parent is `parent` here, or that is a root.
  u32 same(const Place& place, u32 parent);
  // The child of `parent` by this step. A dereference or cast to a structure of which there are
  // two on the path, or that would make the tree too large, leads to any(); no_row if the tree is
  // too large for a place that is no structure.
  u32 child(u32 parent, const Place& step);
  // Stands for every object of a structure: what cannot be told apart is not taken for one.
  u32 any(TypeId structure);
  bool is_any(u32 place) const { return is_any(places_[place]); }
  static bool is_any(const Place& place) {
    return place.parent == no_row && place.index == any_object;
  }
  u32 dereference(u32 parent, TypeId type);
  u32 field(u32 parent, FieldId field);

  // The root from which the place is reached.
  u32 root_of(u32 place) const;
  // The place whose pointer leads to the object that holds this place, or no_row.
  u32 pointer_to_object_of(u32 place) const;

  std::vector<Place>& places() { return places_; }
  Place& operator[](u32 place) { return places_[place]; }
  const Place& operator[](u32 place) const { return places_[place]; }

private:
  using Key = std::tuple<u32, StepKind, u32, u64, FieldId, GlobalId, TypeId>;
  u32 add(const Place& place);
  u32 depth(u32 place) const;
  // Objects of the structure on the way to the place.
  u32 count_on_path(u32 place, TypeId structure) const;

  const Layout& layout_;
  std::vector<Place> places_;
  std::map<Key, u32> by_key_;
};

} // namespace ks::sync

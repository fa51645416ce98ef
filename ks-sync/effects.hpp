// SPDX-License-Identifier: MIT
// What a kernel function and every kernel function that it calls may read and write of the
// shared fields, by type: which object is not asked. Calls over the boundary end it,
// since these synchronise for themselves.

#pragma once

#include "ks-sync/layout.hpp"
#include "ks-prune/view.hpp"

#include <bit>
#include <vector>

namespace ks::sync {

// A set of rows of Shared's fields.
class FieldSet {
public:
  FieldSet() = default;
  explicit FieldSet(u64 fields) : words_((fields + 63) / 64) {}

  void add(u32 field) { words_[field / 64] |= u64{1} << (field % 64); }
  bool has(u32 field) const { return (words_[field / 64] >> (field % 64)) & 1; }
  bool empty() const;
  // Calls with each row, rising.
  template <class Use>
  void each(const Use& use) const {
    for (u32 i = 0; i < words_.size(); ++i)
      for (u64 left = words_[i]; left; left &= left - 1)
        use(i * 64 + static_cast<u32>(std::countr_zero(left)));
  }
  // Whether anything was new.
  bool add_all(const FieldSet& other);
  FieldSet operator&(const FieldSet& other) const;
  FieldSet operator|(const FieldSet& other) const;
  friend bool operator==(const FieldSet&, const FieldSet&) = default;

private:
  std::vector<u64> words_;
};

struct Effect {
  FieldSet reads;
  FieldSet writes;
};

// By function; empty sets for functions of the driver.
std::vector<Effect> find_kernel_effects(const View& program, const Layout& layout);

} // namespace ks::sync

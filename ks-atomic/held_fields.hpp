// SPDX-License-Identifier: MIT
// Shared fields that code of the domain touches while it runs some instructions, callees
// inside the domain included.

#pragma once

#include "ks-prune/view.hpp"
#include "ks-shared/shared.hpp"

#include <vector>

namespace ks::atomic {

// By row of Shared's fields.
struct FieldUse {
  std::vector<bool> reads;
  std::vector<bool> writes;
};

class HeldFields {
public:
  HeldFields(const View& view, const Shared& shared);

  // `instructions`: rising rows, all of this function.
  FieldUse find(FunctionId function, const std::vector<u32>& instructions) const;
  const FieldUse& find_all(FunctionId function) const { return uses_[row(function)]; }
  // Rows of Shared's fields that lie, in part at least, where this field lies.
  std::span<const u32> touched(FieldId field) const { return touched_.of(row(field)); }

private:
  void add_access(const Access& access, FieldUse& use) const;
  bool add_callee(FunctionId callee, FieldUse& use) const;
  void find_uses();

  const View& view_;
  const Shared& shared_;
  Groups touched_;             // by field
  std::vector<FieldUse> uses_; // of whole functions; empty outside of the domain
};

} // namespace ks::atomic

// SPDX-License-Identifier: MIT
// Shared fields that code of the domain touches in a section.

#pragma once

#include "ks-atomic/sections.hpp"
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

  FieldUse find(const Section& section) const;
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

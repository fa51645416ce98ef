// SPDX-License-Identifier: MIT
// Shared fields that code of the domain touches while it runs some instructions, callees
// inside the domain included.

#pragma once

#include "ks-shared/shared.hpp"

#include <vector>

namespace ks {

// By row of Shared's fields.
struct FieldUse {
  std::vector<bool> reads;
  std::vector<bool> writes;
};

class HeldFields {
public:
  HeldFields(const Pruned& pruned, const Shared& shared);

  // `instructions`: rising rows, all of this function.
  FieldUse find(FunctionId function, const std::vector<u32>& instructions) const;
  const FieldUse& find_all(FunctionId function) const { return uses_[row(function)]; }
  // Rows of Shared's fields that lie, in part at least, where this field lies.
  const std::vector<u32>& touched(FieldId field) const { return touched_[row(field)]; }
  bool in_domain(FunctionId function) const { return in_domain_[row(function)]; }

private:
  void find_touched();
  void add_access(const Access& access, FieldUse& use) const;
  bool add_callee(FunctionId callee, FieldUse& use) const;
  void find_uses();

  const Pruned& pruned_;
  const Shared& shared_;
  std::vector<std::vector<u32>> touched_;  // by field
  std::vector<bool> in_domain_;            // by function
  std::vector<std::vector<u32>> accesses_; // by function, only of the domain
  std::vector<std::vector<u32>> calls_;    // by function, only of the domain
  std::vector<std::vector<FunctionId>> targets_; // by call
  std::vector<FieldUse> uses_;             // of whole functions
};

} // namespace ks

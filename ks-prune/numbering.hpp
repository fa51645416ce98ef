// SPDX-License-Identifier: MIT
// Which rows of the program the output needs, and their final numbers.

#pragma once

#include "ks-prune/rows.hpp"

namespace ks::prune {

// A set of rows, then their order.
struct Renumbering {
  std::vector<u32> order;  // old rows in their new order
  std::vector<u32> number; // new row of each old row, or none

  void need(u32 old) {
    if (old == no_row || number[old] != no_row) return;
    number[old] = 0;
    order.push_back(old);
  }
  template <class Less>
  void sort(Less less) {
    std::sort(order.begin(), order.end(), less);
    for (u32 i = 0; i < order.size(); ++i) number[order[i]] = i;
  }
};

struct Numbering {
  Renumbering functions;
  Renumbering globals;
  Renumbering fields;
  Renumbering types;
  Renumbering units;
  std::vector<bool> whole_types; // by number of the type store: listed with its members
};

Numbering number_rows(const Choice& choice, const std::vector<const FunctionRows*>& functions,
                      const std::vector<Initializer>& initializers);

} // namespace ks::prune

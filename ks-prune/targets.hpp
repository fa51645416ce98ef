// SPDX-License-Identifier: MIT
// What an indirect call can reach: by where the pointer comes from, and, where that is not all
// known, by its type.

#pragma once

#include "ks-prune/program.hpp"
#include "ks-prune/prune.hpp"

namespace ks::prune {

struct Target {
  u32 function = no_row;
  TargetSource source{};

  friend auto operator<=>(const Target&, const Target&) = default;
};

struct Targets {
  std::vector<std::vector<Target>> lists;       // each by function, each function once
  std::vector<std::vector<u32>> of_site;        // by function, by its sites: a list, or none
  std::vector<std::vector<u32>> stored_in;      // by function: fields its address gets into
  std::vector<bool> handed_over;                // by function: its address gets to a variable
                                                // or an argument that is not the driver's
  std::vector<bool> called_by_kernel;           // by function: a function not of the driver calls
                                                // it through a pointer that is seen to hold it

  static const std::vector<Target>& no_targets();
  const std::vector<Target>& of(u32 function, u32 site) const {
    const u32 list = of_site[function][site];
    return list == no_row ? no_targets() : lists[list];
  }
};

Targets find_targets(const Program& program);

} // namespace ks::prune

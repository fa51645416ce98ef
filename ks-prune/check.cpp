// SPDX-License-Identifier: MIT
#include "ks-prune/check.hpp"

namespace ks {

void check_imports(const Choice& choice) {
  for (const Border::Crossing& crossing : choice.border.crossings) {
    if (crossing.to_driver || crossing.function == no_row) continue;
    if (choice.program.functions[crossing.function].home != no_row) continue;
    warn(crossing.loc, "undefined-import",
         fmt::format("no unit of the kernel defines {}: what it does is unknown", crossing.name));
  }
}

void check_indirect_calls(const Choice& choice) {
  for (u32 i = 0; i < choice.program.functions.size(); ++i) {
    if (choice.border.sides[i] != Side::driver) continue;
    const ProgramFunction& function = choice.program.functions[i];
    for (u32 j = 0; j < function.body.sites.size(); ++j) {
      const std::vector<Target>& targets = choice.targets.of(i, j);
      const IndirectSite& site = function.body.sites[j];
      if (targets.empty()) {
        warn(site.loc, "unknown-callee",
             fmt::format("{} calls through a pointer that no known function is stored in",
                         function.row.name));
      } else if (targets.front().source == TargetSource::signature) {
        warn(site.loc, "callee-by-type",
             fmt::format("{} calls through a pointer that may reach any of {} functions of its type",
                         function.row.name, targets.size()));
      }
    }
  }
}

} // namespace ks

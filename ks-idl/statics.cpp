// SPDX-License-Identifier: MIT
// Which static symbol of which unit is meant, where its name does not say it.

#include "ks-idl/infer.hpp"

#include <algorithm>

namespace ks::idl {
namespace {

// What its unit calls it: ks-prune may have given it a name of its own.
const std::string& symbol_of(const Function& function) {
  const bool renamed = function.name.starts_with(function.source_name + "__");
  return renamed ? function.source_name : function.name;
}

} // namespace

void add_statics(const Inference& inference, std::vector<IdlItem>& items) {
  const Summary& summary = inference.pruned().summary;
  std::map<std::string, u32> holders;
  for (const Placement& placement : inference.pruned().boundary.placements) {
    if (placement.side == Side::driver) {
      ++holders[symbol_of(summary.functions[row(placement.function)])];
    }
  }
  for (const Crossing& crossing : inference.pruned().boundary.crossings) {
    // The module's own entry points are known by names for all units.
    if (!crossing.to_driver || crossing.kind == CrossingKind::module_init ||
        crossing.kind == CrossingKind::module_exit) {
      continue;
    }
    const Function& function = summary.functions[row(crossing.function)];
    const std::string& symbol = symbol_of(function);
    if (function.local && is_name(function.name) &&
        (symbol != function.name || holders[symbol] > 1)) {
      const std::string& unit = summary.units[row(function.unit)].name;
      items.push_back({IdlStatic{function.name, symbol, unit}, {}, {}});
    }
  }
}

} // namespace ks::idl

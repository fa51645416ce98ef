// SPDX-License-Identifier: MIT
// What functions touch, found in a pruned program as ks-prune finds it in the units.

#include "ks-prune/digest.hpp"
#include "ks-prune/view.hpp"

namespace ks {

std::vector<std::vector<Touch>> find_touches(const Summary& summary) {
  using namespace prune;
  const UnitDigest digest = digest_unit(summary, std::vector<Key>(summary.types.size()), {});
  std::vector<TouchingFunction> functions;
  std::vector<Touches> touches;
  for (u32 i = 0; i < digest.functions.size(); ++i) {
    const Function& function = digest.functions[i];
    const FunctionDigest& body = digest.bodies[i];
    functions.push_back({is_helper(function, function.address_taken), &body.callees, &body.bindings,
                         &body.escapes});
    touches.push_back(body.touches);
  }
  add_helpers(functions, touches);
  std::vector<std::vector<Touch>> found(functions.size());
  for (u32 i = 0; i < functions.size(); ++i) {
    if (functions[i].helper) continue;
    for (const FieldTouch& touch : touches[i].fields) {
      found[i].push_back({FieldId{touch.field}, FieldId{touch.enclosing}, GlobalId{touch.variable},
                          touch.reads, touch.writes});
    }
  }
  return found;
}

} // namespace ks

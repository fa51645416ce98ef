// SPDX-License-Identifier: MIT
#include "ks-shared/deep_copy.hpp"

#include "ks-prune/view.hpp"

#include <map>

namespace ks::shared {

namespace {

class DeepCopy {
public:
  explicit DeepCopy(const Types& types) : types_(types) {}

  // Leaves reached from a value of a type; none if it is no pointer.
  u64 leaves(TypeId type) {
    type = types_.strip(type);
    if (!types_.is_pointer(type)) return 0;
    const auto [known, added] = known_.emplace(type, 0);
    if (added) known->second = count(type);
    return known->second;
  }

private:
  u64 count(TypeId root) const {
    std::vector<bool> seen(types_.summary().types.size());
    std::vector<TypeId> pending = {root};
    u64 leaves = 0;
    while (!pending.empty()) {
      const TypeId type = types_.strip(pending.back());
      pending.pop_back();
      if (type == none<TypeId> || seen[row(type)]) continue;
      seen[row(type)] = true;
      switch (types_.kind(type)) {
      case TypeKind::pointer:
      case TypeKind::array: pending.push_back(types_.at(type).element); break;
      case TypeKind::structure:
      case TypeKind::union_:
        for (const Member& member : types_.members(type)) {
          leaves += is_leaf(member.type);
          pending.push_back(member.type);
        }
        break;
      case TypeKind::void_:
      case TypeKind::boolean:
      case TypeKind::character:
      case TypeKind::integer:
      case TypeKind::floating:
      case TypeKind::enumeration:
      case TypeKind::function:
      case TypeKind::typedef_:
      case TypeKind::unknown: break;
      }
    }
    return leaves;
  }

  // An array of scalars is one leaf.
  bool is_leaf(TypeId type) const { return !types_.is_structure(types_.element(type)); }

  const Types& types_;
  std::map<TypeId, u64> known_;
};

} // namespace

u64 count_deep_copy(const Pruned& pruned) {
  const Types types(pruned.summary);
  DeepCopy copy(types);
  u64 count = 0;
  for (const Crossing& crossing : pruned.boundary.crossings) {
    TypeId signature = crossing.signature;
    while (signature != none<TypeId> && types.at(signature).kind != TypeKind::function) {
      signature = types.at(signature).element;
    }
    if (signature == none<TypeId>) continue;
    count += copy.leaves(types.at(signature).element);
    for (const Member& parameter : types.members(signature)) count += copy.leaves(parameter.type);
  }
  return count;
}

} // namespace ks::shared

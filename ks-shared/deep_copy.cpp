// SPDX-License-Identifier: MIT
#include "ks-shared/deep_copy.hpp"

#include <map>

namespace ks {

namespace {

class DeepCopy {
public:
  explicit DeepCopy(const Summary& summary) : summary_(summary) {}

  // Leaves reached from a value of a type; none if it is no pointer.
  u64 leaves(TypeId type) {
    type = looked_through(type);
    if (type == none<TypeId> || at(type).kind != TypeKind::pointer) return 0;
    const auto [known, added] = known_.emplace(type, 0);
    if (added) known->second = count(type);
    return known->second;
  }

private:
  const Type& at(TypeId type) const { return summary_.types[row(type)]; }

  TypeId looked_through(TypeId type) const {
    while (type != none<TypeId> && at(type).kind == TypeKind::typedef_) type = at(type).element;
    return type;
  }

  u64 count(TypeId root) const {
    std::vector<bool> seen(summary_.types.size());
    std::vector<TypeId> pending = {root};
    u64 leaves = 0;
    while (!pending.empty()) {
      const TypeId type = looked_through(pending.back());
      pending.pop_back();
      if (type == none<TypeId> || seen[row(type)]) continue;
      seen[row(type)] = true;
      switch (at(type).kind) {
      case TypeKind::pointer:
      case TypeKind::array:
        pending.push_back(at(type).element);
        break;
      case TypeKind::structure:
      case TypeKind::union_:
        for (u32 i = 0; i < at(type).member_count; ++i) {
          const TypeId member = summary_.members[at(type).first_member + i].type;
          leaves += is_leaf(member);
          pending.push_back(member);
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
      case TypeKind::unknown:
        break;
      }
    }
    return leaves;
  }

  // An array of scalars is one leaf.
  bool is_leaf(TypeId type) const {
    type = looked_through(type);
    while (type != none<TypeId> && at(type).kind == TypeKind::array) {
      type = looked_through(at(type).element);
    }
    return type == none<TypeId> ||
           (at(type).kind != TypeKind::structure && at(type).kind != TypeKind::union_);
  }

  const Summary& summary_;
  std::map<TypeId, u64> known_;
};

} // namespace

u64 count_deep_copy(const Pruned& pruned) {
  const Summary& summary = pruned.summary;
  DeepCopy copy(summary);
  u64 count = 0;
  for (const Crossing& crossing : pruned.boundary.crossings) {
    TypeId signature = crossing.signature;
    while (signature != none<TypeId> &&
           summary.types[row(signature)].kind != TypeKind::function) {
      signature = summary.types[row(signature)].element;
    }
    if (signature == none<TypeId>) continue;
    const Type& type = summary.types[row(signature)];
    count += copy.leaves(type.element);
    for (u32 i = 0; i < type.member_count; ++i) {
      count += copy.leaves(summary.members[type.first_member + i].type);
    }
  }
  return count;
}

} // namespace ks

// SPDX-License-Identifier: MIT
// Types without typedefs, and fields that share bits.

#include "ks-prune/view.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace ks {
namespace {

bool is_structure_kind(TypeKind kind) {
  return kind == TypeKind::structure || kind == TypeKind::union_;
}

// By type: the number of its name, which types of one name have in common.
std::vector<u32> number_names(const std::vector<Type>& types) {
  std::vector<u32> order(types.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(),
            [&](u32 a, u32 b) { return types[a].name < types[b].name; });
  std::vector<u32> numbers(types.size());
  for (u32 i = 1; i < order.size(); ++i) {
    const bool same = types[order[i]].name == types[order[i - 1]].name;
    numbers[order[i]] = numbers[order[i - 1]] + (same ? 0 : 1);
  }
  return numbers;
}

} // namespace

Types::Types(const Summary& summary) : summary_(summary) {
  strip_all();
  for (u32 i = 0; i < summary.types.size(); ++i)
    if (is_structure_kind(summary.types[i].kind)) structures_.push_back(TypeId{i});
  std::stable_sort(structures_.begin(), structures_.end(), [this](TypeId a, TypeId b) {
    return std::tuple(std::string_view(at(a).name), !at(a).complete) <
           std::tuple(std::string_view(at(b).name), !at(b).complete);
  });
  structures_.erase(std::unique(structures_.begin(), structures_.end(),
                                [this](TypeId a, TypeId b) { return at(a).name == at(b).name; }),
                    structures_.end());
  complete_all();
}

// A typedef of itself, which no compiler lets pass, names nothing.
void Types::strip_all() {
  stripped_.resize(summary_.types.size());
  for (u32 i = 0; i < stripped_.size(); ++i) {
    TypeId type{i};
    u64 steps = 0;
    while (type != none<TypeId> && at(type).kind == TypeKind::typedef_)
      type = ++steps > stripped_.size() ? none<TypeId> : at(type).element;
    stripped_[i] = type;
  }
}

// Structures without a name are no declarations of each other.
void Types::complete_all() {
  completed_ = stripped_;
  for (TypeId& type : completed_) {
    if (!is_structure(type) || at(type).complete || at(type).name.empty()) continue;
    if (const TypeId known = find(at(type).name); at(known).complete) type = known;
  }
}

TypeId Types::find(std::string_view name) const {
  const auto found = std::lower_bound(
      structures_.begin(), structures_.end(), name,
      [this](TypeId type, std::string_view wanted) { return at(type).name < wanted; });
  return found == structures_.end() || at(*found).name != name ? none<TypeId> : *found;
}

TypeKind Types::kind(TypeId type) const {
  const TypeId stripped = strip(type);
  return stripped == none<TypeId> ? TypeKind::void_ : at(stripped).kind;
}

TypeId Types::element(TypeId type) const {
  while (kind(type) == TypeKind::array) type = at(strip(type)).element;
  return type;
}

bool Types::is_structure(TypeId type) const { return is_structure_kind(kind(type)); }

bool Types::is_function_pointer(TypeId type) const {
  return is_pointer(type) && kind(at(strip(type)).element) == TypeKind::function;
}

std::span<const Member> Types::members(TypeId type) const {
  const TypeId stripped = strip(type);
  if (stripped == none<TypeId>) return {};
  return {summary_.members.data() + at(stripped).first_member, at(stripped).member_count};
}

// What a pointer to a function points to is left out: that may come back to where it began.
std::string Types::prototype(TypeId type) const {
  const TypeId stripped = strip(type);
  if (stripped == none<TypeId>) return "void";
  const Type& row = at(stripped);
  if (row.kind == TypeKind::pointer) {
    const bool function = kind(row.element) == TypeKind::function;
    return (function ? "function" : prototype(row.element)) + "*";
  }
  if (row.kind != TypeKind::function) return row.name;
  std::string text = prototype(row.element) + "(";
  for (const Member& member : members(stripped)) text += prototype(member.type) + ",";
  return text + ")";
}

bool Types::same_prototype(TypeId a, TypeId b) const {
  return a == b || prototype(a) == prototype(b);
}

Groups find_overlaps(const Summary& summary, SameStructure same) {
  const std::vector<Field>& fields = summary.fields;
  const std::vector<u32> names =
      same == SameStructure::name ? number_names(summary.types) : std::vector<u32>{};
  const u32 types = static_cast<u32>(summary.types.size());
  const auto structure = [&](u32 field) {
    const TypeId type = fields[field].structure;
    if (type == none<TypeId>) return types;
    return same == SameStructure::name ? names[row(type)] : row(type);
  };
  const Groups by_structure(u64{types} + 1, fields.size(), structure);
  std::vector<std::pair<u32, u32>> overlaps;
  for (u32 a = 0; a < fields.size(); ++a) {
    const bool alone = same == SameStructure::name && structure(a) == types;
    for (const u32 b : by_structure.of(structure(a)))
      if (a == b || (!alone && overlap(bits_of(fields[a]), bits_of(fields[b]))))
        overlaps.emplace_back(a, b);
  }
  return Groups(fields.size(), overlaps);
}

} // namespace ks

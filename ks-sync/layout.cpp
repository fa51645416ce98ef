// SPDX-License-Identifier: MIT
// Structures, what is embedded in them, and which of their fields are shared.

#include "ks-sync/layout.hpp"

#include <algorithm>

namespace ks {

Layout::Layout(const Summary& summary, const Shared& shared)
    : summary_(summary), shared_(shared), resolved_(summary.types.size()),
      shared_in_(summary.types.size()), embedded_(summary.types.size()) {
  find_complete_types();
  for (u32 i = 0; i < summary.fields.size(); ++i) {
    const Field& field = summary.fields[i];
    places_.emplace(std::tuple(row(resolve(field.structure)), field.offset_bits, field.size_bits),
                    FieldId{i});
  }
  for (u32 i = 0; i < shared.fields.size(); ++i)
    shared_in_[row(resolve(field(shared.fields[i].field).structure))].push_back(i);
  for (u32 i = 0; i < summary.types.size(); ++i)
    if (is_structure(TypeId{i}) && resolved_[i] == TypeId{i})
      add_embedded(TypeId{i}, TypeId{i}, 0, "");
  find_touched();
}

void Layout::find_complete_types() {
  std::map<std::string, TypeId> complete;
  for (u32 i = 0; i < resolved_.size(); ++i) {
    const Type& type = summary_.types[i];
    if (is_structure(TypeId{i}) && type.complete && !type.name.empty())
      complete.emplace(type.name, TypeId{i});
  }
  for (u32 i = 0; i < resolved_.size(); ++i) {
    TypeId at{i};
    for (u32 steps = 0; steps < 64 && at != none<TypeId>; ++steps) {
      if (summary_.types[row(at)].kind != TypeKind::typedef_) break;
      at = summary_.types[row(at)].element;
    }
    if (at != none<TypeId> && is_structure(at) && !summary_.types[row(at)].complete) {
      const auto found = complete.find(summary_.types[row(at)].name);
      if (found != complete.end()) at = found->second;
    }
    resolved_[i] = at;
  }
}

TypeId Layout::resolve(TypeId type) const {
  return type == none<TypeId> ? type : resolved_[row(type)];
}

bool Layout::is_structure(TypeId resolved) const {
  if (resolved == none<TypeId>) return false;
  const TypeKind kind = summary_.types[row(resolved)].kind;
  return kind == TypeKind::structure || kind == TypeKind::union_;
}

bool Layout::is_pointer(TypeId resolved) const {
  return resolved != none<TypeId> && summary_.types[row(resolved)].kind == TypeKind::pointer;
}

TypeId Layout::pointee(TypeId type) const {
  const TypeId pointer = resolve(type);
  if (!is_pointer(pointer)) return none<TypeId>;
  const TypeId target = resolve(summary_.types[row(pointer)].element);
  if (target != none<TypeId> && summary_.types[row(target)].kind == TypeKind::void_)
    return none<TypeId>;
  return target;
}

bool Layout::is_function_pointer(TypeId type) const {
  const TypeId target = pointee(type);
  return target != none<TypeId> && summary_.types[row(target)].kind == TypeKind::function;
}

TypeId Layout::pointed_structure(TypeId type) const {
  const TypeId target = pointee(type);
  return is_structure(target) ? target : none<TypeId>;
}

std::string Layout::tag(TypeId structure) const {
  const std::string& name = summary_.types[row(structure)].name;
  const auto space = name.find(' ');
  return space == std::string::npos ? name : name.substr(space + 1);
}

std::span<const u32> Layout::shared_in(TypeId structure) const {
  return shared_in_[row(structure)];
}

const std::vector<Embedded>& Layout::embedded_in(TypeId structure) const {
  return embedded_[row(structure)];
}

const std::vector<u32>& Layout::touched(FieldId field) const { return touched_[row(field)]; }

std::string Layout::member_name(FieldId field) const {
  const std::string& name = summary_.fields[row(field)].name;
  const auto end = name.find_first_of(".@");
  if (end == std::string::npos) return name;
  return name.substr(name[end] == '.' ? end + 1 : end);
}

FieldId Layout::find_field(TypeId structure, u64 offset_bits, u64 size_bits) const {
  const auto found = places_.find(std::tuple(row(resolve(structure)), offset_bits, size_bits));
  return found == places_.end() ? none<FieldId> : found->second;
}

// Members of anonymous structures belong to the nearest named one; what is embedded by
// name is listed and not entered.
void Layout::add_embedded(TypeId outer, TypeId members_of, u64 offset_bits,
                          const std::string& prefix) {
  const Type& type = summary_.types[row(members_of)];
  for (u32 i = type.first_member; i < type.first_member + type.member_count; ++i) {
    const Member& member = summary_.members[i];
    const u64 offset = offset_bits + member.offset_bits;
    TypeId inner = resolve(member.type);
    bool array = false;
    while (inner != none<TypeId> && summary_.types[row(inner)].kind == TypeKind::array) {
      array = true;
      inner = resolve(summary_.types[row(inner)].element);
    }
    if (!is_structure(inner)) continue;
    const bool anonymous = summary_.types[row(inner)].name.empty();
    const std::string name =
        member.name.empty() ? prefix : prefix + (prefix.empty() ? "" : ".") + member.name;
    if (anonymous && !array)
      add_embedded(outer, inner, offset, name);
    else if (!anonymous)
      embedded_[row(outer)].push_back(Embedded{inner, name, offset, member.size_bits, array,
                                               find_field(outer, offset, member.size_bits)});
  }
}

void Layout::find_touched() {
  touched_.resize(summary_.fields.size());
  for (u32 i = 0; i < touched_.size(); ++i) {
    const Field& field = summary_.fields[i];
    const TypeId structure = resolve(field.structure);
    if (structure == none<TypeId>) continue;
    add_touched(structure, field.offset_bits, field.size_bits, touched_[i]);
    std::sort(touched_[i].begin(), touched_[i].end());
    touched_[i].erase(std::unique(touched_[i].begin(), touched_[i].end()), touched_[i].end());
  }
}

void Layout::add_touched(TypeId structure, u64 offset, u64 size, std::vector<u32>& found) const {
  const auto overlaps = [&](u64 other, u64 other_size) {
    return offset < other + other_size && other < offset + size;
  };
  for (const u32 shared : shared_in(structure)) {
    const Field& other = field(shared_.fields[shared].field);
    if (overlaps(other.offset_bits, other.size_bits)) found.push_back(shared);
  }
  for (const Embedded& inner : embedded_in(structure)) {
    if (!overlaps(inner.offset_bits, inner.size_bits)) continue;
    const u64 start = std::max(offset, inner.offset_bits);
    const u64 end = std::min(offset + size, inner.offset_bits + inner.size_bits);
    if (inner.array)
      add_touched(inner.structure, 0, summary_.types[row(inner.structure)].size * 8, found);
    else
      add_touched(inner.structure, start - inner.offset_bits, end - start, found);
  }
}

} // namespace ks

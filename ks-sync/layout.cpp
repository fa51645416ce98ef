// SPDX-License-Identifier: MIT
// Structures, what is embedded in them, and which of their fields are shared.

#include "ks-sync/layout.hpp"

#include <algorithm>

namespace ks::sync {
namespace {

// Of a member array without a length, its start.
Bits bits_of_any(const Field& field) {
  return {field.offset_bits, std::max<u64>(field.size_bits, 1)};
}

} // namespace

Layout::Layout(const Summary& summary, const Shared& shared)
    : types_(summary), shared_(shared), shared_in_(summary.types.size()),
      embedded_(summary.types.size()) {
  for (u32 i = 0; i < summary.fields.size(); ++i) {
    const Field& field = summary.fields[i];
    places_.emplace(std::tuple(row(resolve(field.structure)), field.offset_bits, field.size_bits),
                    FieldId{i});
  }
  for (u32 i = 0; i < shared.fields.size(); ++i)
    shared_in_[row(resolve(field(shared.fields[i].field).structure))].push_back(i);
  for (u32 i = 0; i < summary.types.size(); ++i)
    if (is_structure(TypeId{i}) && resolve(TypeId{i}) == TypeId{i})
      add_embedded(TypeId{i}, TypeId{i}, 0, "");
  find_touched();
}

TypeId Layout::pointee(TypeId type) const {
  const TypeId pointer = resolve(type);
  if (!is_pointer(pointer)) return none<TypeId>;
  const TypeId target = resolve(types_.at(pointer).element);
  if (target != none<TypeId> && types_.at(target).kind == TypeKind::void_) return none<TypeId>;
  return target;
}

TypeId Layout::element(TypeId type) const {
  type = resolve(type);
  while (type != none<TypeId> && types_.at(type).kind == TypeKind::array)
    type = resolve(types_.at(type).element);
  return type;
}

u64 Layout::size(TypeId type) const {
  type = resolve(type);
  return type == none<TypeId> ? 0 : types_.at(type).size;
}

TypeId Layout::pointed_structure(TypeId type) const {
  const TypeId target = pointee(type);
  return is_structure(target) ? target : none<TypeId>;
}

TypeId Layout::pointed_structure(FieldId id) const {
  const auto known = pointees_.find(id);
  return known == pointees_.end() ? pointed_structure(element(field(id).type))
                                  : known->second.front();
}

std::vector<TypeId> Layout::pointed_structures(FieldId id) const {
  const auto known = pointees_.find(id);
  if (known != pointees_.end()) return known->second;
  const TypeId structure = pointed_structure(id);
  return structure == none<TypeId> ? std::vector<TypeId>() : std::vector{structure};
}

std::string Layout::tag(TypeId structure) const {
  const std::string& name = types_.at(structure).name;
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

bool Layout::begins_with(TypeId outer, TypeId inner) const {
  if (!is_structure(outer) || inner == none<TypeId>) return false;
  return std::ranges::any_of(embedded_in(outer), [&](const Embedded& part) {
    return part.offset_bits == 0 && !part.array &&
           (part.structure == inner || begins_with(part.structure, inner));
  });
}

std::string Layout::member_name(FieldId field) const {
  const std::string& name = summary().fields[row(field)].name;
  const auto end = name.find_first_of(".@");
  if (end == std::string::npos) return name;
  return name.substr(name[end] == '.' ? end + 1 : end);
}

std::vector<FieldId> Layout::fields_in(TypeId structure) const {
  std::vector<FieldId> fields;
  const u32 id = row(resolve(structure));
  for (auto at = places_.lower_bound({id, 0, 0});
       at != places_.end() && std::get<0>(at->first) == id; ++at)
    fields.push_back(at->second);
  return fields;
}

FieldId Layout::find_field(TypeId structure, u64 offset_bits, u64 size_bits) const {
  const auto found = places_.find(std::tuple(row(resolve(structure)), offset_bits, size_bits));
  return found == places_.end() ? none<FieldId> : found->second;
}

// Members of anonymous structures belong to the nearest named one; what is embedded by
// name is listed and not entered.
void Layout::add_embedded(TypeId outer, TypeId members_of, u64 offset_bits,
                          const std::string& prefix) {
  const Type& type = types_.at(members_of);
  for (u32 i = type.first_member; i < type.first_member + type.member_count; ++i) {
    const Member& member = summary().members[i];
    const u64 offset = offset_bits + member.offset_bits;
    TypeId inner = resolve(member.type);
    bool array = false;
    while (inner != none<TypeId> && types_.at(inner).kind == TypeKind::array) {
      array = true;
      inner = resolve(types_.at(inner).element);
    }
    if (!is_structure(inner)) continue;
    const bool anonymous = types_.at(inner).name.empty();
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
  touched_.resize(summary().fields.size());
  for (u32 i = 0; i < touched_.size(); ++i) {
    const Field& field = summary().fields[i];
    const TypeId structure = resolve(field.structure);
    if (structure == none<TypeId>) continue;
    add_touched(structure, bits_of_any(field), touched_[i]);
    std::sort(touched_[i].begin(), touched_[i].end());
    touched_[i].erase(std::unique(touched_[i].begin(), touched_[i].end()), touched_[i].end());
  }
}

void Layout::add_touched(TypeId structure, const Bits& bits, std::vector<u32>& found) const {
  for (const u32 shared : shared_in(structure))
    if (overlap(bits, bits_of_any(field(shared_.fields[shared].field)))) found.push_back(shared);
  for (const Embedded& inner : embedded_in(structure)) {
    if (!overlap(bits, {inner.offset_bits, inner.size_bits})) continue;
    const u64 start = std::max(bits.offset, inner.offset_bits);
    const u64 end = std::min(bits.offset + bits.size, inner.offset_bits + inner.size_bits);
    const Bits whole{0, types_.at(inner.structure).size * 8};
    const Bits part{start - inner.offset_bits, end - start};
    add_touched(inner.structure, inner.array ? whole : part, found);
  }
}

} // namespace ks::sync

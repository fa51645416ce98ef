// SPDX-License-Identifier: MIT
#include "ks-pdg/places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace ks::pdg {
namespace {

// "net_device" of "struct net_device".
std::string_view tag_of(std::string_view name) {
  const std::size_t space = name.find(' ');
  return space == std::string_view::npos ? name : name.substr(space + 1);
}

} // namespace

FieldId Places::field(TypeId structure, u64 offset_bits, u64 size_bits, TypeId type,
                      const std::string& expression) {
  const auto [at, fresh] =
      by_key_.try_emplace(fmt::format("{}:{}:{}", row(structure), offset_bits, size_bits),
                          FieldId{static_cast<u32>(summary_.fields.size())});
  // A place that was first met as a gap gets its name from whoever knows it.
  if (fresh || (!expression.empty() && !named_[row(at->second)])) {
    const Type& owner = types_.row(structure);
    summary_.fields.resize(std::max<std::size_t>(summary_.fields.size(), row(at->second) + 1));
    named_.resize(summary_.fields.size());
    named_[row(at->second)] = !expression.empty();
    Field& field = summary_.fields[row(at->second)];
    field.structure = structure;
    field.offset_bits = offset_bits;
    field.size_bits = size_bits;
    field.type = type;
    field.name = owner.name.empty() ? fmt::format("anonymous@{}:{}", owner.file, owner.line)
                                    : std::string(tag_of(owner.name));
    field.name +=
        expression.empty() ? fmt::format("@{}+{}", offset_bits, size_bits) : "." + expression;
  }
  return at->second;
}

std::vector<u32> Places::sort_fields() {
  std::vector<u32> order(summary_.fields.size());
  std::iota(order.begin(), order.end(), 0);
  const auto key = [&](u32 i) {
    const Field& field = summary_.fields[i];
    const Type& type = types_.row(field.structure);
    return std::tie(type.name, type.layout, type.file, type.line, field.offset_bits,
                    field.size_bits, field.structure);
  };
  std::sort(order.begin(), order.end(), [&](u32 a, u32 b) { return key(a) < key(b); });
  std::vector<u32> renumbered(order.size());
  std::vector<Field> sorted;
  sorted.reserve(order.size());
  for (u32 i = 0; i < order.size(); ++i) {
    renumbered[order[i]] = i;
    sorted.push_back(std::move(summary_.fields[order[i]]));
  }
  summary_.fields = std::move(sorted);
  return renumbered;
}

std::vector<Member> Places::members_of(TypeId type) {
  type = types_.strip(type);
  types_.complete(type);
  const Type& record = types_.row(type);
  const auto first = summary_.members.begin() + record.first_member;
  return {first, first + record.member_count};
}

// Neither the member nor its type has a name: nothing to step on, only its parts.
bool Places::is_part_only(const Cursor& at) const {
  return at.unnamed && types_.is_record(at.type) && !has_steps_of_its_own(at.type);
}

// A named structure is a step of its own; an anonymous one is part of the one round it.
bool Places::has_steps_of_its_own(TypeId type) const {
  type = types_.strip(type);
  return types_.is_record(type) && !types_.row(type).name.empty();
}

Places::Cursor Places::start(const Origin& from) {
  Cursor at;
  at.type = from.type;
  at.structure = from.structure;
  at.offset = from.offset_bits;
  at.expression = from.expression;
  at.array = from.array;
  return at;
}

Places::Cursor Places::enter(const Cursor& at, const Member& member) const {
  Cursor inner = at;
  if (inner.structure == none<TypeId>) {
    inner.structure = types_.strip(at.type);
    inner.offset = 0;
    inner.expression.clear();
  }
  inner.type = member.type;
  inner.offset += member.offset_bits;
  inner.array = none<FieldId>;
  inner.unnamed = member.name.empty();
  if (!member.name.empty()) {
    inner.expression += (inner.expression.empty() ? "" : ".") + member.name;
  }
  return inner;
}

FieldId Places::field_of(const Cursor& at, u64 size_bits) {
  if (at.array != none<FieldId>) {
    return at.array;
  }
  return at.structure == none<TypeId>
             ? none<FieldId>
             : field(at.structure, at.offset, size_bits, at.type, at.expression);
}

// Makes the field that `at` is a step of the path; below it, offsets start anew.
Places::Cursor Places::step_into(const Cursor& at, std::vector<Step>& steps) {
  Cursor inner;
  inner.type = at.type;
  if (at.structure != none<TypeId> && at.array == none<FieldId>) {
    const FieldId id = field_of(at, types_.size(at.type) * 8);
    steps.push_back({StepKind::field, id, 0, at.type});
  }
  return inner;
}

Places::Cursor Places::step_element(const Cursor& at, u64 index, std::vector<Step>& steps) {
  const TypeId array = types_.strip(at.type);
  Cursor inner = at;
  inner.type = types_.row(array).element;
  if (at.structure != none<TypeId>) {
    const FieldId whole = field_of(at, types_.size(array) * 8);
    if (at.array == none<FieldId>) {
      steps.push_back({StepKind::field, whole, 0, at.type});
    }
    inner.array = whole;
  }
  if (has_steps_of_its_own(inner.type)) {
    inner.structure = none<TypeId>;
    inner.array = none<FieldId>;
  } else if (types_.is_record(inner.type)) {
    inner.expression += "[]";
    inner.array = none<FieldId>;
  }
  steps.push_back({StepKind::element, none<FieldId>, index, inner.type});
  return inner;
}

bool Places::ends_open(TypeId type, u64 offset) {
  if (!types_.is_record(type)) {
    return false;
  }
  const std::vector<Member> members = members_of(type);
  return !members.empty() && members.back().size_bits == 0 &&
         types_.kind(members.back().type) == TypeKind::array &&
         offset >= members.back().offset_bits / 8 && offset >= types_.size(type);
}

bool Places::seek(Cursor at, u64 offset, TypeId wanted, std::vector<Step>& steps) {
  const std::size_t mark = steps.size();
  if (offset == 0 && !is_part_only(at) &&
      (wanted == none<TypeId> ? !steps.empty() || at.structure != none<TypeId>
                              : types_.same(at.type, wanted))) {
    step_into(at, steps);
    return true;
  }
  const TypeId type = types_.strip(at.type);
  if (types_.kind(type) == TypeKind::array) {
    const u64 stride = types_.size(types_.row(type).element);
    if (stride == 0) {
      return false;
    }
    const Cursor inner = step_element(at, offset / stride, steps);
    if (seek(inner, offset % stride, wanted, steps)) {
      return true;
    }
  } else if (types_.is_record(type)) {
    if (has_steps_of_its_own(type)) {
      at = step_into(at, steps);
    }
    const bool open = ends_open(type, offset);
    for (const Member& member : members_of(type)) {
      const u64 begin = member.offset_bits / 8;
      const u64 size = types_.size(member.type);
      const bool last = open && size == 0 && types_.kind(member.type) == TypeKind::array;
      const bool inside = offset >= begin && (offset < begin + size || offset == begin || last);
      if (inside && !member.bit_field && seek(enter(at, member), offset - begin, wanted, steps)) {
        return true;
      }
    }
  }
  steps.resize(mark);
  return false;
}

std::optional<std::vector<Step>> Places::find_object(const Origin& from, u64 offset,
                                                     TypeId wanted) {
  std::vector<Step> steps;
  if (offset == 0 && (wanted == none<TypeId> || types_.same(from.type, wanted))) {
    return steps;
  }
  if (seek(start(from), offset, wanted, steps)) {
    return steps;
  }
  return std::nullopt;
}

bool Places::seek_member(Cursor at, u64 offset, u64 size, std::vector<Step>& steps) {
  if (has_steps_of_its_own(at.type)) {
    at = step_into(at, steps);
  }
  for (const Member& member : members_of(at.type)) {
    const u64 begin = member.offset_bits / 8;
    const u64 length = types_.size(member.type);
    if (member.bit_field || offset < begin || offset + size > begin + length) {
      continue;
    }
    const Cursor inner = enter(at, member);
    if (offset == begin && length == size) {
      if (types_.is_record(member.type) && !has_steps_of_its_own(member.type)) {
        return false;
      }
      step_into(inner, steps);
      return true;
    }
    return types_.is_record(member.type) && length > size &&
           seek_member(inner, offset - begin, size, steps);
  }
  return false;
}

std::optional<std::vector<Step>> Places::find_member(const Origin& from, u64 offset, u64 size) {
  std::vector<Step> steps;
  if (size > 0 && types_.is_record(from.type) && seek_member(start(from), offset, size, steps)) {
    return steps;
  }
  return std::nullopt;
}

bool Places::seek_array(Cursor at, u64 offset, u64 stride, std::vector<Step>& steps, u64& rest) {
  const std::size_t mark = steps.size();
  const TypeId type = types_.strip(at.type);
  if (types_.kind(type) == TypeKind::array) {
    const u64 size = types_.size(types_.row(type).element);
    if (size == stride && size != 0) {
      rest = offset % size;
      step_into(at, steps);
      return true;
    }
    if (size == 0) {
      return false;
    }
    const Cursor inner = step_element(at, offset / size, steps);
    if (seek_array(inner, offset % size, stride, steps, rest)) {
      return true;
    }
  } else if (types_.is_record(type)) {
    if (has_steps_of_its_own(type)) {
      at = step_into(at, steps);
    }
    for (const Member& member : members_of(type)) {
      const u64 begin = member.offset_bits / 8;
      const u64 size = types_.size(member.type);
      const bool inside = offset >= begin && (offset < begin + size || size == 0);
      if (inside && !member.bit_field &&
          seek_array(enter(at, member), offset - begin, stride, steps, rest)) {
        return true;
      }
    }
  }
  steps.resize(mark);
  return false;
}

std::optional<std::vector<Step>> Places::find_array(const Origin& from, u64 offset, u64 stride,
                                                    u64& rest) {
  std::vector<Step> steps;
  if (seek_array(start(from), offset, stride, steps, rest)) {
    return steps;
  }
  return std::nullopt;
}

} // namespace ks::pdg

// SPDX-License-Identifier: MIT
// Which parts of a place an access to a range of its bits touches.
#include "ks-pdg/places.hpp"

#include <algorithm>

namespace ks::pdg {
namespace {

bool contains(i64 begin, i64 end, BitRange range) {
  return begin <= range.begin && range.end <= end;
}

bool overlaps(i64 begin, i64 end, BitRange range) { return begin < range.end && range.begin < end; }

} // namespace

// How well a union's member explains an access: 3 same place, size and sort; 2 same
// place and size; 1 the range lies inside; 0 it does not.
int Places::score(TypeId type, BitRange range, bool wants_pointer) {
  type = types_.strip(type);
  if (types_.kind(type) == TypeKind::array) {
    const i64 stride = static_cast<i64>(types_.size(types_.row(type).element)) * 8;
    if (stride == 0) {
      return 0;
    }
    const i64 base = range.begin / stride * stride;
    return std::max(
        1, score(types_.row(type).element, {range.begin - base, range.end - base}, wants_pointer));
  }
  if (types_.is_record(type)) {
    int best = 0;
    for (const Member& member : members_of(type)) {
      const i64 begin = static_cast<i64>(member.offset_bits);
      if (contains(begin, begin + static_cast<i64>(member.size_bits), range)) {
        best = std::max(
            best, score(member.type, {range.begin - begin, range.end - begin}, wants_pointer));
      }
    }
    return best;
  }
  if (range.begin != 0 || range.end != static_cast<i64>(types_.size(type)) * 8) {
    return 1;
  }
  return types_.is_pointer(type) == wants_pointer ? 3 : 2;
}

void Places::add_leaf(const Cursor& at, u64 size_bits, bool bit_field, Walk& walk) {
  Leaf leaf;
  leaf.steps = walk.steps;
  leaf.field = field_of(at, size_bits);
  leaf.type = at.type;
  leaf.offset_bits = walk.place_offset;
  leaf.size_bits = size_bits;
  leaf.bit_field = bit_field;
  if (at.array == none<FieldId> && leaf.field != none<FieldId>) {
    leaf.steps.push_back({StepKind::field, leaf.field, 0, at.type});
  }
  if (leaf.field == none<FieldId> || walk.known.emplace(leaf.field, leaf.offset_bits).second) {
    walk.leaves.push_back(std::move(leaf));
  }
}

// Debug info has no member there.
void Places::add_gap(const Cursor& at, BitRange range, Walk& walk) {
  Cursor gap = at;
  if (gap.structure == none<TypeId>) {
    gap.structure = types_.strip(at.type);
    gap.offset = 0;
  }
  gap.expression.clear();
  gap.offset += static_cast<u64>(range.begin);
  gap.type = none<TypeId>;
  gap.array = none<FieldId>;
  walk.place_offset += static_cast<u64>(range.begin);
  add_leaf(gap, static_cast<u64>(range.end - range.begin), false, walk);
}

void Places::collect_member(const Cursor& at, const Member& member, BitRange range, Walk& walk) {
  const std::vector<Step> steps = walk.steps;
  const u64 place_offset = walk.place_offset;
  walk.place_offset += member.offset_bits;
  if (member.bit_field) {
    add_leaf(enter(at, member), member.size_bits, true, walk);
  } else {
    const i64 begin = static_cast<i64>(member.offset_bits);
    collect(enter(at, member), {std::max<i64>(range.begin - begin, 0), range.end - begin}, walk);
  }
  walk.steps = steps;
  walk.place_offset = place_offset;
}

// The member that explains an access best.
bool Places::collect_union(const Cursor& at, BitRange range, Walk& walk) {
  const std::vector<Member> members = members_of(at.type);
  const Member* best = nullptr;
  int best_score = 0;
  for (const Member& member : members) {
    const i64 begin = static_cast<i64>(member.offset_bits);
    const bool inside = contains(begin, begin + static_cast<i64>(member.size_bits), range);
    const int here =
        inside ? score(member.type, {range.begin - begin, range.end - begin}, walk.wants_pointer)
               : 0;
    if (here > best_score) {
      best = &member;
      best_score = here;
    }
  }
  if (best) {
    collect_member(at, *best, range, walk);
  }
  return best != nullptr;
}

void Places::collect_record(const Cursor& at, BitRange range, Walk& walk) {
  if (types_.kind(at.type) == TypeKind::union_ && !walk.bulk && collect_union(at, range, walk)) {
    return;
  }
  const std::vector<Member> members = members_of(at.type);
  for (const Member& member : members) {
    const i64 begin = static_cast<i64>(member.offset_bits);
    const i64 end = begin + static_cast<i64>(member.size_bits);
    const bool flexible = member.size_bits == 0 && range.begin >= begin &&
                          &member == &members.back() && types_.kind(member.type) == TypeKind::array;
    if (flexible) {
      collect_member(at, member, range, walk);
    } else if (begin < end && overlaps(begin, end, range)) {
      collect_member(at, member, {range.begin, std::min(range.end, end)}, walk);
    }
  }
  if (walk.leaves.empty() && range.begin < range.end) {
    add_gap(at, range, walk);
  }
}

// One element, or all if the range spans several.
void Places::collect_elements(const Cursor& at, BitRange range, i64 stride, Walk& walk) {
  const i64 first = range.begin / stride;
  const bool one = (range.end - 1) / stride == first;
  const Cursor inner = step_element(at, one ? static_cast<u64>(first) : any_element, walk.steps);
  walk.place_offset += static_cast<u64>(one ? first * stride : 0);
  collect(inner,
          one ? BitRange{range.begin - first * stride, range.end - first * stride}
              : BitRange{0, stride},
          walk);
}

void Places::collect(Cursor at, BitRange range, Walk& walk) {
  const TypeId type = types_.strip(at.type);
  if (types_.is_record(type)) {
    if (has_steps_of_its_own(type) && at.structure != none<TypeId>) {
      at = step_into(at, walk.steps);
    }
    collect_record(at, range, walk);
    return;
  }
  if (types_.kind(type) == TypeKind::array) {
    TypeId element = types_.strip(types_.row(type).element);
    const i64 stride = static_cast<i64>(types_.size(element)) * 8;
    while (types_.kind(element) == TypeKind::array) {
      element = types_.strip(types_.row(element).element);
    }
    if ((types_.is_record(element) || types_.is_pointer(element)) && stride > 0) {
      collect_elements(at, range, stride, walk);
      return;
    }
  }
  add_leaf(at, types_.size(at.type) * 8, false, walk);
}

std::vector<Leaf> Places::find_leaves(const Origin& from, BitRange range, bool wants_pointer,
                                      bool bulk) {
  Walk walk;
  walk.wants_pointer = wants_pointer;
  walk.bulk = bulk;
  if (from.type != none<TypeId>) {
    collect(start(from), range, walk);
  }
  return walk.leaves;
}

} // namespace ks::pdg

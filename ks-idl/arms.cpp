// SPDX-License-Identifier: MIT
// Members and arguments that can be several things, of which another one, the tag, says which: each thing is a
// declaration of its own, with the values of the tag for which it is there.

#include "ks-idl/arms.hpp"

#include "pipelines/bits.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace ks::idl {
namespace {

struct Leaf {
  std::string name;
  TypeId type{no_row};
};

// The members that are exactly these bits, as C calls them.
void add_leaves(const TypeTable& types, TypeId structure, u64 base, const Bits& bits,
                const std::string& prefix, std::vector<Leaf>& leaves) {
  for (const Member& member : types.members(types.complete(structure))) {
    if (member.bit_field) {
      continue;
    }
    const u64 offset = base + member.offset_bits, size = types.size(member.type) * 8;
    const std::string name = prefix + member.name;
    if (offset == bits.offset && size == bits.size && !member.name.empty() &&
        !types.is_structure(member.type)) {
      leaves.push_back({name, member.type});
    } else if (types.is_structure(member.type) && overlap(Bits{offset, size}, bits)) {
      add_leaves(types, member.type, offset, bits, member.name.empty() ? prefix : name + ".",
                 leaves);
    }
  }
}

std::vector<Leaf> leaves_at(const TypeTable& types, const Field& field) {
  std::vector<Leaf> leaves;
  add_leaves(types, field.structure, 0, bits_of(field), "", leaves);
  return leaves;
}

// A value of the tag as C writes it.
std::string value_text(const TypeTable& types, TypeId type, u64 value) {
  const u64 bits = types.size(type) * 8;
  const TypeId stripped = types.strip(type);
  if (bits < 64 && types.at(stripped).is_signed && (value >> (bits - 1) & 1) != 0) {
    return std::to_string(static_cast<i64>(value | ~u64{0} << bits));
  }
  return value > 0x7fffffff ? fmt::format("{:#x}ull", value) : std::to_string(value);
}

// That what is called `name`, and the mask, is one of the values; or, `unless`, none of them.
std::string condition(const TypeTable& types, TypeId type, const std::string& name, u64 mask,
                      const std::vector<u64>& values, bool unless) {
  const u64 all = low_bits(types.size(type) * 8);
  const bool is_whole = (mask & all) == all;
  const bool is_one = !is_whole && (mask & (mask - 1)) == 0;
  const std::string masked = fmt::format("{} & {:#x}", name, mask);
  if (is_one && values.size() == 1) {
    const bool is_set = (values[0] != 0) != unless;
    return is_set ? masked : fmt::format("!({})", masked);
  }
  std::vector<std::string> tests;
  for (const u64 value : values) {
    tests.push_back(
        fmt::format("{} {} {}", is_whole ? name : "(" + masked + ")", unless ? "!=" : "==",
                    is_whole ? value_text(types, type, value) : fmt::format("{:#x}", value)));
  }
  return fmt::format("{}", fmt::join(tests, unless ? " && " : " || "));
}

} // namespace

std::string when_text(const Inference& inference, const SyncArm& arm) {
  const Field& tag = inference.field(arm.tag);
  return condition(inference.types, tag.type, "self->" + member_of(tag), arm.mask, arm.values,
                   arm.unless);
}

std::string when_text(const Inference& inference, const SyncCommand& command, TypeId type,
                      const std::string& name) {
  return condition(inference.types, type, name, command.mask, command.values, command.unless);
}

std::vector<const SyncCommand*> commands_of(const Inference& inference, CrossingId crossing,
                                            u32 argument) {
  std::vector<const SyncCommand*> found;
  for (const SyncCommand& command : inference.tree.sync().commands) {
    if (command.crossing == crossing && command.argument == argument) {
      found.push_back(&command);
    }
  }
  return found;
}

std::string member_of(const Field& field) {
  const size_t dot = field.name.find('.');
  return dot == std::string::npos ? "" : field.name.substr(dot + 1);
}

std::vector<const SyncArm*> arms_of(const Inference& inference, FieldId place) {
  std::vector<const SyncArm*> found;
  for (const SyncArm& arm : inference.tree.sync().arms) {
    if (place != none<FieldId> && inference.field(arm.place).name == inference.field(place).name) {
      found.push_back(&arm);
    }
  }
  return found;
}

ArmMember arm_member(const Inference& inference, const SyncArm& arm) {
  const TypeTable& types = inference.types;
  const Field& field = inference.field(arm.place);
  const std::vector<Leaf> leaves = leaves_at(types, field);
  const ArmMember own{member_of(field), field.type,
                      arm.kind == ArmKind::object && !types.is_pointer(types.strip(field.type))};
  const auto find = [&](const auto& fits) {
    // The place's own name if it fits, too.
    auto found = std::ranges::find_if(
        leaves, [&](const Leaf& leaf) { return leaf.name == own.name && fits(leaf.type); });
    found = found == leaves.end()
                ? std::ranges::find_if(leaves, [&](const Leaf& leaf) { return fits(leaf.type); })
                : found;
    return found == leaves.end() ? ArmMember{} : ArmMember{found->name, found->type, false};
  };
  ArmMember found;
  switch (arm.kind) {
  case ArmKind::object: {
    const std::string tag = types.tag(arm.structure);
    found = find([&](TypeId type) {
      return types.is_pointer(types.strip(type)) && types.is_structure(types.pointee(type)) &&
             types.tag(types.pointee(type)) == tag;
    });
    const bool is_void = types.is_pointer(types.strip(field.type)) &&
                         types.kind(types.pointee(field.type)) == TypeKind::void_;
    if (found.name.empty()) {
      found = own;
      found.is_number = !is_void;
    }
    break;
  }
  case ArmKind::scalars:
    found = find([&](TypeId type) {
      return types.is_pointer(types.strip(type)) && !types.is_structure(types.pointee(type));
    });
    break;
  case ArmKind::number: found = find([&](TypeId type) { return types.is_scalar(type); }); break;
  case ArmKind::cookie:
    found = find([&](TypeId type) { return types.is_pointer(types.strip(type)); });
    break;
  case ArmKind::embedded: break;
  }
  return found.name.empty() ? own : found;
}

} // namespace ks::idl

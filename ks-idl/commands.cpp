// SPDX-License-Identifier: MIT
// Arguments that another argument tells what they are: each thing is a declaration of its own, with the values
// of the other one for which it is there. What no value tells is a number, or, where the kernel keeps or follows
// it, as much of the driver's memory as is known.

#include "ks-idl/arms.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ks::idl {
namespace {

using Kind = IdlAttributeKind;

IdlType infer_object_behind(Inference& inference, const SyncCommand& command,
                            const std::string& function, const std::string& name, TypeId type) {
  SyncRoot root = *inference.tree.root(command.crossing, RootKind::argument, command.argument);
  root.identity = command.identity;
  root.caller_local = command.caller_local;
  root.container = none<TypeId>;
  Place place;
  place.crossing = command.crossing;
  place.type = type;
  place.is_root = true;
  place.index = command.argument;
  place.direction = {true, false};
  place.name = function + "__" + name;
  place.text = fmt::format("argument {} of {}", name, function);
  place.paths = {root.path};
  place.target = command.structure;
  place.root = &root;
  return infer_pointer(inference, place);
}

// So many, or, kept, as many as are known.
IdlType bytes(IdlSize size_kind, u64 size, bool writes) {
  IdlType result;
  result.stem = IdlStem::array;
  result.element.push_back(byte_type());
  result.size_kind = size_kind;
  result.size = size;
  result.pointers = {{}};
  if (size_kind == IdlSize::extent) {
    result.pointers[0].push_back({Kind::kept, IdlSide::none, "", {}});
  }
  if (writes) {
    add_direction(result, {true, true});
  }
  return result;
}

// Whether something of it crosses: else it is a number, as a pointer is that nothing tells.
bool has_content(const Inference& inference, const SyncCommand& command) {
  const TypeTable& types = inference.types;
  const SyncRoot* root =
      inference.tree.root(command.crossing, RootKind::argument, command.argument);
  if (command.kind != ArmKind::object || !root) {
    return command.kind == ArmKind::scalars;
  }
  return std::ranges::any_of(
      inference.tree.children({root->path}, StepKind::dereference), [&](SyncPathId object) {
        const TypeId type = inference.tree.at(object).type;
        return types.is_structure(type) && types.tag(type) == types.tag(command.structure) &&
               inference.tree.below(object);
      });
}

// Nothing where nothing of it crosses.
std::optional<IdlType> infer_content(Inference& inference, const SyncCommand& command,
                                     const std::string& function, const std::string& name,
                                     TypeId type) {
  if (command.kind == ArmKind::scalars) {
    return bytes(IdlSize::number, command.bytes, command.writes);
  }
  if (has_content(inference, command)) {
    IdlType result = infer_object_behind(inference, command, function, name, type);
    if (result.pointers.size() == 1 && !find_attribute(result.pointers[0], Kind::unused) &&
        !find_attribute(result.pointers[0], Kind::cookie)) {
      return result;
    }
  }
  if (command.identity && !inference.crossing(command.crossing).to_driver) {
    inference.draft.untyped_memory = true;
    return bytes(IdlSize::extent, 0, true);
  }
  return std::nullopt;
}

IdlType infer_command(Inference& inference, const SyncCommand& command, const std::string& function,
                      const std::string& name, TypeId type) {
  const bool is_number = inference.types.is_scalar(type);
  std::optional<IdlType> content = infer_content(inference, command, function, name, type);
  if (!content && is_number) {
    return infer_scalar(inference, type);
  }
  IdlType result;
  if (content) {
    result = *std::move(content);
  } else {
    result.pointers = {{{Kind::cookie, IdlSide::none, "", {}}}};
  }
  if (is_number) {
    result.pointers[0].push_back({Kind::number, IdlSide::none, "", {}});
  }
  return result;
}

} // namespace

bool is_told(const Inference& inference, CrossingId id, u32 index) {
  return std::ranges::any_of(commands_of(inference, id, index), [&](const SyncCommand* command) {
    return has_content(inference, *command);
  });
}

std::vector<IdlDeclaration> infer_commands(Inference& inference, CrossingId id,
                                           const std::string& function,
                                           const std::vector<std::string>& names, u32 index) {
  const std::span<const Member> members = inference.types.members(inference.crossing(id).signature);
  std::vector<IdlDeclaration> declarations;
  for (const SyncCommand* command : commands_of(inference, id, index)) {
    IdlDeclaration one;
    one.name = names[index];
    one.type = infer_command(inference, *command, function, names[index], members[index].type);
    const std::string when =
        when_text(inference, *command, members[command->tag].type, names[command->tag]);
    IdlAttributes& attributes =
        one.type.pointers.empty() ? one.type.attributes : one.type.pointers[0];
    attributes.push_back({Kind::when, IdlSide::none, when, {}});
    declarations.push_back(std::move(one));
  }
  return declarations;
}

} // namespace ks::idl

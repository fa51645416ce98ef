// SPDX-License-Identifier: MIT
// How much memory lies behind the struct that a function of the kernel's returns: what it allocates
// says, as a constant and a multiple of an argument of its own. Through functions that hand on what
// others return. An array of numbers that such a struct ends with is the driver's to fill.

#include "ks-idl/infer.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ks::idl {
namespace {

struct Memory {
  u64 bytes = 0;
  u32 argument = no_row;
  u64 each = 0; // so many times what the argument says
};
using Found = std::optional<Memory>;

// What both have; nothing if they do not hang on the same argument.
Found common(const Found& a, const Found& b) {
  return a && b && a->argument == b->argument && a->each == b->each
             ? Found{Memory{std::min(a->bytes, b->bytes), a->argument, a->each}}
             : Found{};
}

constexpr u32 kMaxCalls = 8; // of functions that hand on what others return

class Finder {
public:
  explicit Finder(const View& view) : view_(view) {}

  Found of_function(FunctionId function, u32 depth) const {
    Found found;
    for (u32 i : view_.returns_of(function)) {
      const Return& result = view_.summary().returns[i];
      if (result.is_constant) {
        continue; // no memory
      }
      Found next = of_return(result, depth);
      found = found ? common(found, next) : next;
      if (!found) {
        return {};
      }
    }
    return found;
  }

private:
  Found of_return(const Return& result, u32 depth) const {
    if (result.room != 0 || result.room_argument != no_row) {
      return Memory{result.room, result.room_argument, result.room_each};
    }
    if (result.path == none<PathId> || depth == kMaxCalls) {
      return {};
    }
    const Path& path = view_.path(result.path);
    if (path.step != StepKind::call_result || path.index >= view_.summary().calls.size()) {
      return {};
    }
    CallId call{path.index};
    Found found;
    for (FunctionId target : view_.targets_of(call)) {
      Found inner = of_function(target, depth + 1);
      Found next = inner ? with_arguments(*inner, call) : Found{};
      found = found ? common(found, next) : next;
      if (!found) {
        return {};
      }
    }
    return found;
  }

  // In the caller's terms.
  Found with_arguments(const Memory& room, CallId call) const {
    if (room.argument == no_row) {
      return room;
    }
    Found found;
    for (u32 i : view_.arguments_of(call)) {
      const Argument& argument = view_.summary().arguments[i];
      if (argument.index != room.argument) {
        continue;
      }
      if (found || argument.path == none<PathId>) {
        return {};
      }
      const Path& value = view_.path(argument.path);
      if (value.step == StepKind::argument) {
        found = Memory{room.bytes, value.index, room.each};
      } else if (value.step == StepKind::integer && value.integer < u64{1} << 32) {
        found = Memory{room.bytes + value.integer * room.each};
      } else {
        return {};
      }
    }
    return found;
  }

  const View& view_;
};

} // namespace

std::string bytes_behind_result(const Inference& inference, const Crossing& crossing,
                                TypeId structure, const std::vector<std::string>& names) {
  u64 size = inference.types.size(structure);
  if (crossing.to_driver || crossing.function == none<FunctionId> || size == 0) {
    return {};
  }
  Found room = Finder(inference.view).of_function(crossing.function, 0);
  if (!room || (room->argument == no_row && room->bytes < size) ||
      (room->argument != no_row && room->argument >= names.size())) {
    return {};
  }
  const std::string times = room->each > 1 ? fmt::format(" * {}ull", room->each) : std::string{};
  // Less than the struct is more than any object has: the kernel's end refuses it.
  if (room->bytes < size) {
    return fmt::format("(unsigned long){}{} - {}", names[room->argument], times,
                       size - room->bytes);
  }
  u64 more = room->bytes - size;
  if (room->argument == no_row) {
    return more != 0 ? fmt::format("{}", more) : std::string{};
  }
  const std::string name = names[room->argument] + times;
  return more != 0 ? fmt::format("{} + {}ull", name, more) : name;
}

bool holds_pointers(const TypeTable& types, TypeId type) {
  type = types.element(type);
  if (!types.is_structure(type)) {
    return types.kind(type) == TypeKind::pointer;
  }
  std::span<const Member> members = types.members(type);
  return std::any_of(members.begin(), members.end(),
                     [&](const Member& member) { return holds_pointers(types, member.type); });
}

namespace {

// The structs of which the size is said where a function of the kernel's returns one.
std::set<std::string> sized_structs(const std::vector<IdlItem>& items) {
  std::map<std::string, std::string> structs; // by projection
  for (const IdlItem& item : items) {
    if (const auto* projection = std::get_if<IdlProjection>(&item.value)) {
      structs.emplace(projection->name, projection->structure);
    }
  }
  std::set<std::string> found;
  for (const IdlItem& item : items) {
    const auto* rpc = std::get_if<IdlRpc>(&item.value);
    if (rpc && rpc->result.stem == IdlStem::projection && rpc->result.pointers.size() == 1 &&
        find_attribute(rpc->result.pointers[0], IdlAttributeKind::size)) {
      found.insert(structs[rpc->result.name]);
    }
  }
  return found;
}

// Whether the array that the struct ends with has no pointers, whatever of it crosses.
bool ends_with_numbers(const TypeTable& types, const std::string& tag, const std::string& name) {
  const TypeId structure = types.find(tag);
  const Member member = structure == none<TypeId> ? Member{} : types.find_member(structure, name);
  return member.owner != none<TypeId> && types.is_flexible(member.type) &&
         !holds_pointers(types, types.at(types.strip(member.type)).element);
}

void add_filled(const TypeTable& types, const std::string& tag,
                std::vector<IdlDeclaration>& fields) {
  for (IdlDeclaration& field : fields) {
    if (field.type.stem == IdlStem::array && field.type.pointers.empty() &&
        field.type.size_kind == IdlSize::expression && ends_with_numbers(types, tag, field.name)) {
      field.type.attributes.push_back({IdlAttributeKind::filled, IdlSide::none, {}, {}});
    }
  }
}

} // namespace

void add_filled(const TypeTable& types, std::vector<IdlItem>& items) {
  const std::set<std::string> sized = sized_structs(items);
  for (IdlItem& item : items) {
    if (auto* projection = std::get_if<IdlProjection>(&item.value);
        projection && sized.contains(projection->structure)) {
      add_filled(types, projection->structure, projection->fields);
    } else if (auto* object_class = std::get_if<IdlClass>(&item.value);
               object_class && sized.contains(object_class->structure)) {
      add_filled(types, object_class->structure, object_class->fields);
    }
  }
}

} // namespace ks::idl

// SPDX-License-Identifier: MIT
// How much memory lies behind the struct that a function of the kernel's returns: what it allocates
// says, as a constant and an argument of its own. Through functions that hand on what others return.

#include "ks-idl/infer.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ks::idl {
namespace {

struct Memory {
  u64 bytes = 0;
  u32 argument = no_row;
};
using Found = std::optional<Memory>;

// What both have; nothing if they do not hang on the same argument.
Found common(const Found& a, const Found& b) {
  return a && b && a->argument == b->argument
             ? Found{Memory{std::min(a->bytes, b->bytes), a->argument}}
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
      return Memory{result.room, result.room_argument};
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
        found = Memory{room.bytes, value.index};
      } else if (value.step == StepKind::integer && value.integer < u64{1} << 32) {
        found = Memory{room.bytes + value.integer, no_row};
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
  // Less than the struct is more than any object has: the kernel's end refuses it.
  if (room->bytes < size) {
    return fmt::format("(unsigned long){} - {}", names[room->argument], size - room->bytes);
  }
  u64 more = room->bytes - size;
  if (room->argument == no_row) {
    return more != 0 ? fmt::format("{}", more) : std::string{};
  }
  const std::string& name = names[room->argument];
  return more != 0 ? fmt::format("{} + {}ull", name, more) : name;
}

} // namespace ks::idl

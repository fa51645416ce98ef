// SPDX-License-Identifier: MIT
// Of which structs the driver may have objects of its own: its variables, what it allocates, what lies
// on its stack, in an area behind a struct of the kernel's or in memory that only its code gives a type,
// and all that is embedded in these. An object of another struct the kernel made.

#include "ks-idl/infer.hpp"

#include <algorithm>

namespace ks::idl {
namespace {

class Finder {
public:
  explicit Finder(const View& view, const TypeTable& types) : view_(view), types_(types) {}

  std::set<std::string> run() {
    const Summary& summary = view_.summary();
    for (u32 i = 0; i < summary.globals.size(); ++i) {
      if (view_.is_driver(GlobalId{i})) {
        add(summary.globals[i].type);
      }
    }
    for (u32 i = 0; i < view_.function_count(); ++i) {
      if (view_.in_domain(FunctionId{i})) {
        for (u32 path : view_.paths_of(FunctionId{i})) {
          add_path(summary.paths[path]);
        }
      }
    }
    return std::move(tags_);
  }

private:
  void add_path(const Path& path) {
    if (path.step == StepKind::local) {
      add(path.type);
    } else if (path.step == StepKind::dereference && path.parent != none<PathId> &&
               is_made(view_.path(path.parent))) {
      add(path.type);
    } else if ((path.step == StepKind::dereference || path.step == StepKind::cast) &&
               view_.side(path.function) == Side::driver && is_own(path)) {
      add(path.type);
    }
  }

  // A struct that no header has, so that only the driver's own code can make it; or one behind the
  // end of another.
  bool is_own(const Path& path) const {
    TypeId type = types_.complete(types_.element(path.type));
    if (!types_.is_structure(type) || types_.size(type) == 0) {
      return false;
    }
    if (path.step == StepKind::cast && path.parent != none<PathId>) {
      TypeId before = types_.complete(view_.path(path.parent).type);
      if (types_.is_structure(before) && types_.size(before) != 0 &&
          path.integer >= types_.size(before) && path.integer < u64{1} << 31) {
        return true;
      }
    }
    return types_.is_opaque(type);
  }

  bool is_made(const Path& pointer) const {
    if (pointer.step == StepKind::allocation) {
      return true;
    }
    if (pointer.step != StepKind::call_result || pointer.index >= view_.summary().calls.size()) {
      return false;
    }
    for (FunctionId target : view_.targets_of(CallId{pointer.index})) {
      if (view_.is_library(target)) {
        return true;
      }
    }
    return false;
  }

  // The struct and everything inside.
  void add(TypeId type) {
    type = types_.complete(types_.element(type));
    if (!types_.is_structure(type) || !seen_.insert(type).second) {
      return;
    }
    if (std::string tag = types_.tag(type); !tag.empty()) {
      tags_.insert(std::move(tag));
    }
    for (const Member& member : types_.members(type)) {
      add(member.type);
    }
  }

  const View& view_;
  const TypeTable& types_;
  std::set<TypeId> seen_;
  std::set<std::string> tags_;
};

} // namespace

std::set<std::string> find_made(const View& view, const TypeTable& types) {
  return Finder(view, types).run();
}

namespace {

bool calls(const View& view, u32 call, FunctionId function) {
  return std::ranges::binary_search(view.targets_of(CallId{call}), function);
}

// The object that a place lies in, if it is what an argument of a handler points to that only the
// kernel calls: the kernel has passed it. What the driver finds around that, the kernel need not know.
bool is_passed_by_kernel(const View& view, const TypeTable& types, PathId place) {
  while (place != none<PathId> &&
         (view.path(place).step == StepKind::field || view.path(place).step == StepKind::element)) {
    place = view.path(place).parent;
  }
  if (place == none<PathId> || view.path(place).step != StepKind::dereference ||
      view.path(view.path(place).parent).step != StepKind::argument ||
      types.complete(view.path(place).type) !=
          types.complete(types.pointee(view.path(view.path(place).parent).type))) {
    return false;
  }
  FunctionId function = view.path(place).function;
  CrossingId crossing = view.crossing_of(function);
  bool is_handler =
      crossing != none<CrossingId> && view.pruned().boundary.crossings[row(crossing)].to_driver;
  return is_handler && std::ranges::none_of(view.domain_calls(),
                                            [&](u32 call) { return calls(view, call, function); });
}

} // namespace

bool is_known_to_kernel(const View& view, const TypeTable& types, const Crossing& crossing,
                        u32 argument) {
  bool known = false;
  for (u32 call : view.domain_calls()) {
    if (!calls(view, call, crossing.function)) {
      continue;
    }
    for (u32 i : view.arguments_of(CallId{call})) {
      const Argument& actual = view.summary().arguments[i];
      if (actual.index != argument) {
        continue;
      }
      if (actual.path == none<PathId> || view.path(actual.path).step != StepKind::address ||
          !is_passed_by_kernel(view, types, view.path(actual.path).parent)) {
        return false;
      }
      known = true;
    }
  }
  return known;
}

} // namespace ks::idl

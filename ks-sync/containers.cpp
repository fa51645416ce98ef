// SPDX-License-Identifier: MIT
#include "ks-sync/containers.hpp"

#include "ks-sync/arguments.hpp"

#include <optional>

namespace ks::sync {
namespace {

// A place in, or round, an argument's object.
struct Spot {
  u32 argument = 0;
  i64 offset = 0; // bytes from where the argument points
};

bool is_in_array(const Summary& summary, PathId place) {
  for (; place != none<PathId>; place = summary.paths[row(place)].parent) {
    if (summary.paths[row(place)].step == StepKind::element) return true;
    if (summary.paths[row(place)].step == StepKind::dereference) return false;
  }
  return false;
}

// Where a place lies with respect to the argument whose object it is in.
std::optional<Spot> spot_of_place(const Summary& summary, PathId place) {
  const u32 argument = argument_of_place(summary, place);
  if (argument == no_row || is_in_array(summary, place)) return std::nullopt;
  return Spot{argument, bytes_behind_pointer(summary, place)};
}

std::optional<Spot> spot_of_value(const Summary& summary, PathId value) {
  if (value == none<PathId>) return std::nullopt;
  const Path& path = summary.paths[row(value)];
  if (path.step == StepKind::argument) return Spot{path.index, 0};
  return path.step == StepKind::address ? spot_of_place(summary, path.parent) : std::nullopt;
}

} // namespace

Containers::Containers(const View& program, const Layout& layout)
    : program_(program), layout_(layout), containers_(program.function_count()) {
  for (u32 i = 0; i < program.function_count(); ++i) add_own(FunctionId{i});
  run(program.callees_in_kernel());
  run(program.callees_in_domain());
}

// Whether it was new; a container is larger than the offset of what is in it.
bool Containers::add(FunctionId function, const Container& one) {
  std::set<Container>& own = containers_[row(function)];
  if (one.offset >= program_.summary().types[row(one.structure)].size) return false;
  const auto first = own.lower_bound({one.argument, TypeId{0}, 0});
  u32 count = 0;
  for (auto at = first; at != own.end() && at->argument == one.argument; ++at) ++count;
  return count < 2 && own.insert(one).second;
}

void Containers::add_own(FunctionId function) {
  for (const u32 i : program_.paths_of(function)) {
    const Path& path = program_.summary().paths[i];
    if (path.step == StepKind::dereference) add_beginning(function, path);
    if (path.step != StepKind::cast || !layout_.is_structure(layout_.resolve(path.type))) continue;
    const std::optional<Spot> spot = spot_of_place(program_.summary(), PathId{i});
    if (spot && spot->offset < 0)
      add(function, {spot->argument, layout_.resolve(path.type), static_cast<u64>(-spot->offset)});
  }
}

// An argument that is seen as a larger structure that begins with what it points to.
void Containers::add_beginning(FunctionId function, const Path& object) {
  const Path& pointer = program_.summary().paths[row(object.parent)];
  if (pointer.step != StepKind::argument) return;
  const TypeId structure = layout_.resolve(object.type);
  if (layout_.begins_with(structure, layout_.pointed_structure(pointer.type)))
    add(function, {pointer.index, structure, 0});
}

void Containers::run(const Groups& callees) {
  for (const std::vector<u32>& component : find_components(callees)) {
    bool grew = true;
    while (grew) {
      grew = false;
      for (const u32 function : component) grew |= add_calls(FunctionId{function});
      grew &= component.size() > 1;
    }
  }
}

bool Containers::add_calls(FunctionId function) {
  bool grew = false;
  for (const u32 call : program_.calls_of(function)) {
    for (const FunctionId target : program_.targets_of(CallId{call})) {
      if (target == function || program_.is_for_others(function, target) ||
          (program_.in_domain(function) && !program_.in_domain(target)))
        continue;
      const std::set<Container> callee = containers_[row(target)];
      for (const Container& inner : callee)
        for (const u32 i : program_.arguments_of(CallId{call})) {
          const Argument& argument = program_.summary().arguments[i];
          if (argument.index != inner.argument) continue;
          const std::optional<Spot> spot = spot_of_value(program_.summary(), argument.path);
          const i64 offset = static_cast<i64>(inner.offset);
          if (!spot || offset < spot->offset || (offset == spot->offset && offset != 0)) continue;
          grew |= add(function, {spot->argument, inner.structure,
                                 inner.offset - static_cast<u64>(spot->offset)});
        }
    }
  }
  return grew;
}

Container Containers::of(std::span<const FunctionId> functions, u32 argument) const {
  Container found;
  for (const FunctionId function : functions) {
    for (const Container& one : containers_[row(function)]) {
      if (one.argument != argument) continue;
      if (found.structure != none<TypeId> && one != found) return {};
      found = one;
    }
  }
  return found;
}

} // namespace ks::sync

// SPDX-License-Identifier: MIT
#include "ks-sync/rooted.hpp"

#include <algorithm>

namespace ks::sync {
namespace {

// Where a path leads: into the object that an argument's pointer, or the last pointer of a path
// from it, points to; or elsewhere.
struct Target {
  u32 argument = no_row; // none: elsewhere
  FieldId pointer{no_row};
  friend bool operator==(const Target&, const Target&) = default;
};

class Finder {
public:
  Finder(const View& program, const Layout& layout)
      : program_(program), layout_(layout), callees_(program.callees_in_kernel()),
        effects_(callees_.size()) {}

  std::vector<std::vector<Rooted>> run() {
    for (const std::vector<u32>& component : find_components(callees_)) {
      for (const u32 function : component)
        if (program_.in_kernel(FunctionId{function})) add_own(FunctionId{function});
      bool grew = true;
      while (grew) {
        grew = false;
        for (const u32 function : component)
          if (program_.in_kernel(FunctionId{function})) grew |= add_calls(FunctionId{function});
        grew &= component.size() > 1 ||
                std::ranges::count(callees_.of(component.front()), component.front()) > 0;
      }
    }
    return std::move(effects_);
  }

private:
  // The object that holds the place, by the pointer that leads to it.
  Target target_of_place(PathId id) const {
    while (id != none<PathId> && program_.path(id).step == StepKind::field)
      id = program_.path(id).parent;
    if (id == none<PathId>) return {};
    const Path& object = program_.path(id);
    if (object.step != StepKind::dereference || object.folded != none<PathId>) return {};
    return target_of_value(object.parent);
  }

  // The object that a pointer points to.
  Target target_of_value(PathId id) const {
    if (id == none<PathId>) return {};
    const Path& pointer = program_.path(id);
    if (pointer.step == StepKind::argument) return {pointer.index, none<FieldId>};
    if (pointer.step == StepKind::address) return target_of_place(pointer.parent);
    if (pointer.step != StepKind::field) return {};
    const Target holder = target_of_place(id);
    return holder.argument == no_row ? Target{} : Target{holder.argument, pointer.field};
  }

  void add(std::vector<Rooted>& effect, const Target& target, FieldId field, bool read,
           bool written) {
    if (target.argument == no_row) return;
    for (const u32 shared : layout_.touched(field)) {
      if (read) effect.push_back({target.argument, target.pointer, shared, false});
      if (written) effect.push_back({target.argument, target.pointer, shared, true});
    }
  }

  void add_own(FunctionId function) {
    std::vector<Rooted>& effect = effects_[row(function)];
    for (const u32 i : program_.accesses_of(function)) {
      const Access& access = program_.summary().accesses[i];
      if (access.field == none<FieldId>) continue;
      const bool update = access.kind == AccessKind::update;
      add(effect, target_of_place(access.path), access.field,
          access.kind == AccessKind::read || update, access.kind == AccessKind::write || update);
    }
    // A call through a field reads it.
    for (const u32 call : program_.calls_of(function))
      if (const FieldId via = program_.call(call).via; via != none<FieldId>)
        add(effect, target_of_place(program_.call(call).target), via, true, false);
    sort_unique(effect);
  }

  static void sort_unique(std::vector<Rooted>& rooted) {
    std::sort(rooted.begin(), rooted.end());
    rooted.erase(std::unique(rooted.begin(), rooted.end()), rooted.end());
  }

  bool add_calls(FunctionId function) {
    std::vector<Rooted>& effect = effects_[row(function)];
    std::vector<Rooted> found;
    for (const u32 call : program_.calls_of(function))
      for (const FunctionId target : program_.targets_of(CallId{call}))
        if (program_.in_kernel(target) && !program_.is_for_others(function, target))
          add_call(call, effects_[row(target)], found);
    sort_unique(found);
    std::vector<Rooted> all;
    std::ranges::set_union(effect, found, std::back_inserter(all));
    const bool grew = all.size() != effect.size();
    effect = std::move(all);
    return grew;
  }

  // What the callee does behind its arguments.
  void add_call(u32 call, const std::vector<Rooted>& callee, std::vector<Rooted>& found) const {
    auto at = callee.begin();
    while (at != callee.end()) {
      const u32 argument = at->argument;
      const auto end = std::find_if(at, callee.end(),
                                    [&](const Rooted& one) { return one.argument != argument; });
      for (const Target& target : targets_of_argument(call, argument))
        for (auto one = at; one != end; ++one)
          found.push_back({target.argument,
                           one->pointer == none<FieldId> ? target.pointer : one->pointer,
                           one->shared, one->write});
      at = end;
    }
  }

  std::vector<Target> targets_of_argument(u32 call, u32 index) const {
    std::vector<Target> targets;
    for (const u32 i : program_.arguments_of(CallId{call})) {
      const Argument& argument = program_.summary().arguments[i];
      if (argument.index != index) continue;
      const Target target = target_of_value(argument.path);
      if (target.argument != no_row && std::ranges::find(targets, target) == targets.end())
        targets.push_back(target);
    }
    return targets;
  }

  const View& program_;
  const Layout& layout_;
  const Groups callees_;
  std::vector<std::vector<Rooted>> effects_; // by function
};

} // namespace

std::vector<std::vector<Rooted>> find_rooted_effects(const View& program, const Layout& layout) {
  return Finder(program, layout).run();
}

} // namespace ks::sync

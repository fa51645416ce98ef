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
  friend auto operator<=>(const Target&, const Target&) = default;
};

// What a callee does behind an argument is done there.
struct Way {
  u32 callee = no_row;
  u32 argument = 0;
  Target to;
  friend auto operator<=>(const Way&, const Way&) = default;
};

class Finder {
public:
  Finder(const View& program, const Layout& layout)
      : program_(program), layout_(layout), callees_(program.callees_in_kernel()),
        effects_(callees_.size()), fresh_(callees_.size()), ways_(callees_.size()) {}

  std::vector<std::vector<Rooted>> run() {
    for (const std::vector<u32>& component : find_components(callees_)) {
      inside_ = &component;
      for (const u32 function : component)
        if (program_.in_kernel(FunctionId{function})) begin(FunctionId{function});
      spread(component);
      for (const u32 function : component) ways_[function] = {};
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

  bool is_inside(u32 function) const { return std::ranges::binary_search(*inside_, function); }

  // Its own effects, and those of what it calls outside of its component, which are known by now.
  void begin(FunctionId function) {
    add_own(function);
    std::vector<Way>& ways = ways_[row(function)];
    for (const u32 call : program_.calls_of(function)) add_ways(function, call, ways);
    std::sort(ways.begin(), ways.end());
    ways.erase(std::unique(ways.begin(), ways.end()), ways.end());
    std::vector<Rooted> found;
    for (const Way& way : ways)
      if (!is_inside(way.callee)) add_behind(way, effects_[way.callee], found);
    std::erase_if(ways, [this](const Way& way) { return !is_inside(way.callee); });
    add_new(row(function), found);
    fresh_[row(function)] = effects_[row(function)];
  }

  void add_ways(FunctionId function, u32 call, std::vector<Way>& ways) const {
    std::vector<std::pair<u32, Target>> targets;
    for (const u32 i : program_.arguments_of(CallId{call})) {
      const Argument& argument = program_.summary().arguments[i];
      const Target target = target_of_value(argument.path);
      if (target.argument != no_row) targets.emplace_back(argument.index, target);
    }
    if (targets.empty()) return;
    for (const FunctionId callee : program_.targets_of(CallId{call})) {
      if (!program_.in_kernel(callee) || program_.is_for_others(function, callee)) continue;
      for (const auto& [index, target] : targets) ways.push_back({row(callee), index, target});
    }
  }

  // From callee to caller, until nothing is new; each effect takes each way once.
  void spread(const std::vector<u32>& component) {
    for (bool grew = true; grew;) {
      grew = false;
      std::vector<std::vector<Rooted>> next(component.size());
      for (std::size_t i = 0; i < component.size(); ++i) {
        for (const Way& way : ways_[component[i]]) add_behind(way, fresh_[way.callee], next[i]);
        if (!next[i].empty()) next[i] = add_new(component[i], next[i]);
        grew |= !next[i].empty();
      }
      for (std::size_t i = 0; i < component.size(); ++i) fresh_[component[i]] = std::move(next[i]);
    }
  }

  // Adds what a function is found to do, and gives what of it is new.
  std::vector<Rooted> add_new(u32 function, std::vector<Rooted>& found) {
    std::vector<Rooted>& effect = effects_[function];
    sort_unique(found);
    std::vector<Rooted> added;
    std::ranges::set_difference(found, effect, std::back_inserter(added));
    std::vector<Rooted> all;
    std::ranges::set_union(effect, added, std::back_inserter(all));
    effect = std::move(all);
    return added;
  }

  static void add_behind(const Way& way, const std::vector<Rooted>& callee,
                         std::vector<Rooted>& found) {
    const auto of_argument = std::ranges::equal_range(
        callee, way.argument, {}, [](const Rooted& one) { return one.argument; });
    for (const Rooted& one : of_argument)
      found.push_back({way.to.argument, one.pointer == none<FieldId> ? way.to.pointer : one.pointer,
                       one.shared, one.write});
  }

  const View& program_;
  const Layout& layout_;
  const Groups callees_;
  const std::vector<u32>* inside_ = nullptr; // the component that is looked at
  std::vector<std::vector<Rooted>> effects_; // by function
  std::vector<std::vector<Rooted>> fresh_; // those that its callers have not seen yet
  std::vector<std::vector<Way>> ways_; // by function of that component: to others of it
};

} // namespace

std::vector<std::vector<Rooted>> find_rooted_effects(const View& program, const Layout& layout) {
  return Finder(program, layout).run();
}

} // namespace ks::sync

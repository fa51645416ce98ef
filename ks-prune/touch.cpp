// SPDX-License-Identifier: MIT
#include "ks-prune/touch.hpp"

#include <algorithm>
#include <set>

namespace ks::prune {

namespace {

template <class T>
void sort_unique(std::vector<T>& rows) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
}

// A helper's touch as its caller sees it, once for each pointer that the caller may pass.
void add_translated(const FieldTouch& touch, u32 callee, const std::vector<Binding>& bindings,
                    std::vector<FieldTouch>& to) {
  bool bound = false;
  for (const Binding& binding : bindings) {
    if (binding.callee != callee || binding.index != touch.argument) continue;
    bound = true;
    FieldTouch seen = touch;
    if (binding.enclosing != no_row) seen.enclosing = binding.enclosing;
    if (binding.global && touch.alone()) seen.enclosing = no_row;
    seen.argument = binding.argument;
    seen.variable = binding.variable;
    to.push_back(seen);
  }
  if (bound) return;
  FieldTouch seen = touch;
  seen.argument = no_row;
  to.push_back(seen);
}

Touches with_helpers(const std::vector<TouchingFunction>& functions, u32 function,
                     const std::vector<Touches>& touches) {
  const TouchingFunction& at = functions[function];
  Touches all = touches[function];
  for (u32 callee : *at.callees) {
    if (!functions[callee].helper || callee == function) continue;
    const Touches& of_callee = touches[callee];
    for (const FieldTouch& touch : of_callee.fields) {
      add_translated(touch, callee, *at.bindings, all.fields);
    }
    all.globals.insert(all.globals.end(), of_callee.globals.begin(), of_callee.globals.end());
    all.written_globals.insert(all.written_globals.end(), of_callee.written_globals.begin(),
                               of_callee.written_globals.end());
  }
  sort_unique(all.fields);
  sort_unique(all.globals);
  sort_unique(all.written_globals);
  return all;
}

} // namespace

std::vector<u32> escaping_fields(const std::vector<TouchingFunction>& functions) {
  std::set<std::pair<u32, u32>> leaks; // a helper and its argument that escapes from it
  for (u32 i = 0; i < functions.size(); ++i) {
    for (u32 argument : functions[i].escapes->of_arguments) leaks.emplace(i, argument);
  }
  const auto escapes = [&](const Binding& binding) {
    return !functions[binding.callee].helper || leaks.contains({binding.callee, binding.index});
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (u32 i = 0; i < functions.size(); ++i) {
      for (const Binding& binding : *functions[i].bindings) {
        if (!functions[i].helper || binding.argument == no_row || !escapes(binding)) continue;
        changed |= leaks.emplace(i, binding.argument).second;
      }
    }
  }
  std::set<u32> fields;
  for (const TouchingFunction& function : functions) {
    fields.insert(function.escapes->into_fields.begin(), function.escapes->into_fields.end());
    for (const Binding& binding : *function.bindings) {
      if (binding.enclosing != no_row && escapes(binding)) fields.insert(binding.enclosing);
    }
  }
  return {fields.begin(), fields.end()};
}

void add_helpers(const std::vector<TouchingFunction>& functions, std::vector<Touches>& touches) {
  // Helpers call helpers, so to a fixed point; then everyone else once.
  for (bool changed = true; changed;) {
    changed = false;
    for (u32 i = 0; i < functions.size(); ++i) {
      if (!functions[i].helper) continue;
      Touches all = with_helpers(functions, i, touches);
      if (all == touches[i]) continue;
      touches[i] = std::move(all);
      changed = true;
    }
  }
  for (u32 i = 0; i < functions.size(); ++i) {
    if (!functions[i].helper) touches[i] = with_helpers(functions, i, touches);
  }
}

} // namespace ks::prune

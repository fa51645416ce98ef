// SPDX-License-Identifier: MIT
#include "ks-prune/reach.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace ks::prune {

namespace {

// Marks what can be reached from `start` along `edges`, without going past a row that
// `stop` names. `by` receives the row from which each was reached first.
std::vector<bool> reach(const std::vector<std::vector<u32>>& edges, const std::vector<u32>& start,
                        const std::vector<bool>& stop, std::vector<u32>* by) {
  std::vector<bool> seen(edges.size());
  std::vector<u32> queue;
  for (u32 node : start) {
    if (!seen[node]) queue.push_back(node);
    seen[node] = true;
  }
  for (std::size_t i = 0; i < queue.size(); ++i) {
    if (stop[queue[i]]) continue;
    for (u32 next : edges[queue[i]]) {
      if (seen[next]) continue;
      seen[next] = true;
      if (by != nullptr) (*by)[next] = queue[i];
      queue.push_back(next);
    }
  }
  return seen;
}

class Keeper {
public:
  Keeper(const Program& program, const Targets& targets, const Border& border,
         const Touched& touched, const Library& library)
      : program_(program), targets_(targets), border_(border), touched_(touched), library_(library),
        graph_(call_graph(program, targets)), functions_(program.functions.size()) {
    kept_.kept.resize(functions_);
    kept_.why.assign(functions_, {Reason::dropped});
    kept_.peers = find_peers(program, targets, border);
    generic_ = kernel_touches(program, border, kept_.peers);
    stop_.resize(graph_.to.size());
    for (u32 i = 0; i < functions_; ++i) {
      const std::string& name = program_.functions[i].row.name;
      stop_[i] = border_.sides[i] == Side::driver || is_the_librarys(name) ||
                 library_.leads_elsewhere(name);
    }
  }

  Kept run() {
    find_roots();
    find_touching();
    keep_paths();
    keep_callers();
    keep_handlers();
    keep_freeing();
    keep_helpers();
    keep_inside();
    return std::move(kept_);
  }

private:
  // Kernel code calls what sorts or links its callers' objects for these, which may be shared.
  bool is_the_librarys(const std::string& name) const {
    return library_.has(name) && !library_.touches_callers_objects(name);
  }

  void find_roots() {
    for (const Border::Crossing& crossing : border_.crossings) {
      if (!crossing.to_driver && crossing.function != no_row) roots_.push_back(crossing.function);
    }
    // What the driver calls through a pointer is reached by its edges.
    for (u32 i = 0; i < functions_; ++i) {
      if (border_.sides[i] != Side::driver) continue;
      for (u32 next : graph_.to[i]) {
        if (next >= functions_) roots_.push_back(next);
      }
    }
  }

  void find_touching() {
    for (u32 i = 0; i < functions_; ++i) {
      if (border_.sides[i] != Side::kernel || program_.functions[i].home == no_row) continue;
      if (is_the_librarys(program_.functions[i].row.name)) continue;
      if (program_.functions[i].helper || !meets_driver(i)) continue;
      kept_.kept[i] = true;
      touching_.push_back(i);
    }
  }

  bool meets_driver(u32 function) {
    const Touches& touches = program_.functions[function].body.touches;
    for (const FieldTouch& touch : touches.fields) {
      if (!may_meet(program_, touched_, touch)) continue;
      if (kept_.peers[function] && !may_meet(program_, generic_, touch)) continue;
      kept_.why[function] = {Reason::shares_field, touched_.field_by[touch.field], touch.field,
                             touch.enclosing};
      return true;
    }
    for (u32 global : touches.globals) {
      if (!touched_.globals[global]) continue;
      kept_.why[function] = {Reason::shares_global, touched_.global_by[global]};
      kept_.why[function].global = global;
      return true;
    }
    return false;
  }

  void keep_paths() {
    std::vector<u32> by(graph_.to.size(), no_row);
    const std::vector<bool> forward = reach(graph_.to, roots_, stop_, &by);
    const std::vector<bool> backward = reach(graph_.from, touching_, stop_, nullptr);
    for (u32 i = 0; i < functions_; ++i) {
      if (border_.sides[i] != Side::kernel || program_.functions[i].home == no_row) continue;
      kept_.reachable += forward[i];
      if (kept_.kept[i] || !forward[i] || !backward[i] || stop_[i]) continue;
      kept_.kept[i] = true;
      kept_.why[i] = reached_by(by[i]);
    }
    for (const Border::Crossing& crossing : border_.crossings) {
      if (crossing.to_driver || crossing.function == no_row) continue;
      kept_.kept[crossing.function] = true;
      kept_.why[crossing.function] = {Reason::crossing};
    }
    each_operation([&](u32 function, u32 caller) {
      if (kept_.kept[function]) return;
      kept_.kept[function] = true;
      kept_.why[function] = {Reason::indirect_call, caller};
    });
  }

  // Who calls the driver, in a thread perhaps that no crossing reaches.
  void keep_callers() {
    std::vector<bool> called(functions_);
    for (const Border::Crossing& crossing : border_.crossings) {
      if (crossing.to_driver && crossing.function != no_row) called[crossing.function] = true;
    }
    for (u32 i = 0; i < functions_; ++i) {
      if (border_.sides[i] != Side::kernel || kept_.kept[i] || stop_[i] ||
          program_.functions[i].home == no_row)
        continue;
      for (u32 list : targets_.of_site[i]) {
        if (list == no_row || kept_.kept[i]) continue;
        for (const Target& target : targets_.lists[list]) {
          if (!called[target.function] || target.source == TargetSource::signature) continue;
          kept_.kept[i] = true;
          kept_.why[i] = {Reason::callback, target.function};
          break;
        }
      }
    }
  }

  // Functions of the kernel's that the driver calls through a pointer, as far as they are more than all of a
  // prototype: what they do with what they are passed is asked as of those called by name.
  template <class F>
  void each_operation(F use) const {
    for (u32 i = 0; i < functions_; ++i) {
      if (!border_.inside(i)) continue;
      for (u32 list : targets_.of_site[i]) {
        if (list == no_row) continue;
        for (const Target& target : targets_.lists[list]) {
          if (border_.sides[target.function] == Side::kernel && !stop_[target.function] &&
              program_.functions[target.function].home != no_row &&
              target.source != TargetSource::signature)
            use(target.function, i);
        }
      }
    }
  }

  // What frees an argument of a crossing or touches plain memory behind it, or behind a pointer out of a
  // field that the driver's side touches, and the functions through which the pointer gets there.
  void keep_handlers() {
    struct Step {
      u32 function;
      u32 argument;
      u32 from; // the step before
      u32 caller; // of the first
    };
    std::vector<Step> steps;
    std::set<std::pair<u32, u32>> seen;
    const auto add = [&](u32 function, u32 argument, u32 from, u32 caller = no_row) {
      if (border_.sides[function] != Side::kernel || stop_[function]) return;
      if (program_.functions[function].home == no_row) return;
      if (seen.emplace(function, argument).second)
        steps.push_back({function, argument, from, caller});
    };
    const auto add_called = [&](u32 function) {
      const FunctionDigest& body = program_.functions[function].body;
      for (const Binding& binding : body.bindings) add(function, binding.argument, no_row);
      for (u32 argument : body.handled) add(function, argument, no_row);
      for (const Passed& passed : body.passed) add(function, passed.argument, no_row);
    };
    for (const Border::Crossing& crossing : border_.crossings) {
      if (!crossing.to_driver && crossing.function != no_row) add_called(crossing.function);
    }
    each_operation([&](u32 function, u32) { add_called(function); });
    for (u32 i = 0; i < functions_; ++i) {
      if (border_.sides[i] != Side::kernel || !kept_.kept[i]) continue;
      for (const Lent& lent : program_.functions[i].body.lent) {
        if (!touched_.fields[lent.field]) continue;
        if (lent.callee != no_row) {
          add(lent.callee, lent.index, no_row, i);
          continue;
        }
        for (const Target& target : targets_.of(i, lent.site))
          add(target.function, lent.index, no_row, i);
      }
    }
    for (u32 i = 0; i < steps.size(); ++i) {
      const Step step = steps[i];
      const FunctionDigest& body = program_.functions[step.function].body;
      for (const Binding& binding : body.bindings) {
        if (step.argument == no_row || binding.argument != step.argument) continue;
        add(binding.callee, binding.index, i);
      }
      for (const Passed& passed : body.passed) {
        if (passed.argument != step.argument) continue;
        for (const Target& target : targets_.of(step.function, passed.site))
          add(target.function, passed.index, i);
      }
      if (!std::binary_search(body.handled.begin(), body.handled.end(), step.argument)) continue;
      for (u32 at = i; at != no_row; at = steps[at].from) {
        if (kept_.kept[steps[at].function]) continue;
        kept_.kept[steps[at].function] = true;
        kept_.why[steps[at].function] = reached_by(
            steps[at].from == no_row ? steps[at].caller : steps[steps[at].from].function);
      }
    }
  }

  // Who frees later, in a thread perhaps that no crossing reaches, what a kept function has kept: in a
  // variable, or in a field and the same unit.
  void keep_freeing() {
    std::map<u32, u32> globals; // to a function that writes it
    std::map<std::pair<u32, u32>, u32> fields; // a unit's
    for (u32 i = 0; i < functions_; ++i) {
      if (border_.sides[i] != Side::kernel || !kept_.kept[i]) continue;
      const Touches& touches = program_.functions[i].body.touches;
      for (u32 global : touches.written_globals) globals.emplace(global, i);
      for (const FieldTouch& touch : touches.fields)
        if (touch.writes) fields.emplace(std::pair(program_.functions[i].home, touch.field), i);
    }
    for (u32 i = 0; i < functions_; ++i) {
      if (border_.sides[i] != Side::kernel || kept_.kept[i] || stop_[i]) continue;
      const FunctionDigest& body = program_.functions[i].body;
      for (u32 global : body.freed_globals) {
        const auto found = globals.find(global);
        if (found == globals.end()) continue;
        kept_.kept[i] = true;
        kept_.why[i] = {Reason::shares_global, found->second};
        kept_.why[i].global = global;
      }
      for (u32 field : body.freed_fields) {
        const auto found = fields.find({program_.functions[i].home, field});
        if (kept_.kept[i] || found == fields.end()) continue;
        kept_.kept[i] = true;
        kept_.why[i] = {Reason::shares_field, found->second, field, field};
      }
    }
  }

  // The helpers in which kept functions do their touching.
  void keep_helpers() {
    std::vector<u32> pending;
    for (u32 i = 0; i < functions_; ++i) {
      if (kept_.kept[i]) pending.push_back(i);
    }
    while (!pending.empty()) {
      const u32 caller = pending.back();
      pending.pop_back();
      for (u32 callee : program_.functions[caller].body.callees) {
        const bool kernel = border_.sides[callee] == Side::kernel;
        if (!kernel || kept_.kept[callee] || !is_touching_helper(callee)) continue;
        kept_.kept[callee] = true;
        kept_.why[callee] = {Reason::called, caller};
        pending.push_back(callee);
      }
    }
  }

  bool is_touching_helper(u32 function) const {
    const ProgramFunction& at = program_.functions[function];
    const Touches& touches = at.body.touches;
    return at.helper &&
           (std::any_of(touches.fields.begin(), touches.fields.end(),
                        [this](const FieldTouch& touch) { return touched_.fields[touch.field]; }) ||
            std::any_of(touches.globals.begin(), touches.globals.end(),
                        [this](u32 global) { return touched_.globals[global]; }));
  }

  Kept::Why reached_by(u32 node) const {
    if (node == no_row) return {Reason::crossing};
    if (node < functions_) return {Reason::called, node};
    // A list of targets; any caller will do that was itself reached.
    for (u32 caller : graph_.from[node]) {
      if (kept_.kept[caller] || border_.inside(caller)) {
        return {Reason::indirect_call, caller};
      }
    }
    return {Reason::indirect_call};
  }

  void keep_inside() {
    for (u32 i = 0; i < functions_; ++i) {
      switch (border_.sides[i]) {
      case Side::driver:
        kept_.kept[i] = true;
        kept_.why[i] = {Reason::driver_code};
        break;
      case Side::library:
        kept_.kept[i] = library_.touches_callers_objects(program_.functions[i].row.name);
        kept_.why[i] = {Reason::library};
        break;
      case Side::cloned:
        kept_.kept[i] = true;
        kept_.why[i] = {Reason::touches_only_its_arguments};
        break;
      case Side::kernel: break;
      }
    }
  }

  const Program& program_;
  const Targets& targets_;
  const Border& border_;
  const Touched& touched_;
  const Library& library_;
  const Graph graph_;
  const u32 functions_;
  Kept kept_;
  Touched generic_; // what others than peers touch
  std::vector<bool> stop_; // by row of the graph
  std::vector<u32> roots_;
  std::vector<u32> touching_;
};

} // namespace

Graph call_graph(const Program& program, const Targets& targets) {
  Graph graph;
  const u32 functions = static_cast<u32>(program.functions.size());
  graph.to.resize(functions + targets.lists.size());
  for (u32 i = 0; i < functions; ++i) {
    graph.to[i] = program.functions[i].body.callees;
    for (u32 list : targets.of_site[i]) {
      if (list != no_row) graph.to[i].push_back(functions + list);
    }
  }
  for (u32 i = 0; i < targets.lists.size(); ++i) {
    for (const Target& target : targets.lists[i])
      graph.to[functions + i].push_back(target.function);
  }
  graph.from.resize(graph.to.size());
  for (u32 i = 0; i < graph.to.size(); ++i) {
    for (u32 to : graph.to[i]) graph.from[to].push_back(i);
  }
  return graph;
}

namespace {

class Widener {
public:
  explicit Widener(const Program& program) : program_(program) {
    touched_.fields.resize(program.fields.size());
    touched_.alone.resize(program.fields.size());
    touched_.pointed.resize(program.fields.size());
    touched_.globals.resize(program.globals.size());
    touched_.field_by.resize(program.fields.size(), no_row);
    touched_.global_by.resize(program.globals.size(), no_row);
  }

  void add(const FieldTouch& touch, u32 by) {
    for (u32 same : program_.overlaps[touch.field]) {
      if (!touched_.fields[same]) touched_.field_by[same] = by;
      touched_.fields[same] = true;
      if (touch.alone()) touched_.alone[same] = true;
      if (is_pointed(touch)) touched_.pointed[same] = true;
      if (touch.alone()) continue;
      touched_.embedded.emplace(same, touch.enclosing);
      if (touch.enclosing == no_row) continue;
      for (u32 around : program_.overlaps[touch.enclosing]) {
        touched_.embedded.emplace(same, around);
      }
    }
  }
  void add_global(u32 global, u32 by) {
    if (touched_.globals[global]) return;
    touched_.globals[global] = true;
    touched_.global_by[global] = by;
  }
  Touched take() { return std::move(touched_); }

private:
  bool is_pointed(const FieldTouch& touch) const {
    return touch.alone() || touch.enclosing == no_row || program_.escaping[touch.enclosing];
  }

  const Program& program_;
  Touched touched_;
};

} // namespace

bool may_meet(const Program& program, const Touched& touched, const FieldTouch& touch) {
  if (!touched.fields[touch.field]) return false;
  if (touch.alone()) return touched.pointed[touch.field];
  if (touched.embedded.contains({touch.field, touch.enclosing})) return true;
  const bool pointed = touch.enclosing == no_row || program.escaping[touch.enclosing];
  if (pointed && touched.alone[touch.field]) return true;
  // What one side sees as a part of a larger object, the other may know by a pointer to less of it.
  const auto is_inside = [&](u32 inner, u32 outer) {
    return inner != no_row && outer != no_row && program.escaping[outer] &&
           program.has_part(outer, program.fields[inner].key.structure);
  };
  for (auto at = touched.embedded.lower_bound({touch.field, 0});
       at != touched.embedded.end() && at->first == touch.field; ++at)
    if (is_inside(at->second, touch.enclosing) || is_inside(touch.enclosing, at->second))
      return true;
  return false;
}

Touched driver_touches(const Program& program, const Border& border, const Library& library) {
  Widener touched(program);
  for (u32 i = 0; i < program.functions.size(); ++i) {
    const ProgramFunction& function = program.functions[i];
    if (!border.inside(i) || function.helper) continue;
    const bool library_only = border.sides[i] == Side::library;
    if (library_only && !library.touches_callers_objects(function.row.name)) continue;
    for (const FieldTouch& touch : function.body.touches.fields) touched.add(touch, i);
    for (u32 global : function.body.touches.globals) {
      if (!library.has(program.globals[global].row.name)) touched.add_global(global, i);
    }
  }
  for (const ProgramInitializer& value : program.initializers) {
    if (!value.driver || value.row.field == no_row) continue;
    touched.add({value.row.field, value.row.field}, no_row);
  }
  return touched.take();
}

Touched kernel_touches(const Program& program, const Border& border,
                       const std::vector<bool>& peers) {
  Widener touched(program);
  for (u32 i = 0; i < program.functions.size(); ++i) {
    const ProgramFunction& function = program.functions[i];
    if (border.sides[i] != Side::kernel || function.helper || peers[i]) continue;
    for (const FieldTouch& touch : function.body.touches.fields) touched.add(touch, i);
  }
  return touched.take();
}

Kept find_kept(const Program& program, const Targets& targets, const Border& border,
               const Touched& touched, const Library& library) {
  return Keeper(program, targets, border, touched, library).run();
}

} // namespace ks::prune

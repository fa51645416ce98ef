// SPDX-License-Identifier: MIT
// The sync sets of all crossings.

#include "ks-sync/crossings.hpp"
#include "ks-sync/tags.hpp"
#include "ks-sync/untyped.hpp"
#include "ks-sync/wholes.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace ks::sync {
namespace {

// Parameters of a function type, in order. Names come from the function, if there is one.
std::vector<Parameter> find_parameters(const Summary& summary, TypeId type_id,
                                       FunctionId function) {
  std::vector<Parameter> parameters;
  if (type_id == none<TypeId>) return parameters;
  std::vector<std::string> names;
  if (function != none<FunctionId>) names = summary.functions[row(function)].parameters;
  const Type& type = summary.types[row(type_id)];
  for (u32 i = 0; i < type.member_count; ++i) {
    const Member& member = summary.members[type.first_member + i];
    std::string name = i < names.size() && !names[i].empty() ? names[i] : member.name;
    if (name.empty()) name = fmt::format("arg{}", i);
    parameters.push_back({i, member.type, name});
  }
  return parameters;
}

TypeId function_type(const Analysis& analysis, const Crossing& crossing) {
  TypeId type = analysis.layout.resolve(crossing.signature);
  if (crossing.function != none<FunctionId> && crossing.variable == 0) {
    const TypeId own = analysis.layout.resolve(analysis.program.function(crossing.function).type);
    if (own != none<TypeId>) type = own;
  }
  if (const TypeId target = analysis.layout.pointee(type); target != none<TypeId>) type = target;
  return type;
}

bool is_data_pointer(const Layout& layout, TypeId type) {
  return layout.is_pointer(layout.resolve(type)) && !layout.is_function_pointer(type);
}

// What crosses by class has a root of its own for each structure: all its objects.
void add_handles(const Layout& layout, CrossingResult& result) {
  for (const SyncUnreached& one : result.unreached) {
    const TypeId structure = layout.resolve(layout.field(one.field).structure);
    const u32 known = result.tree.find_root(RootKind::handle, row(structure));
    const u32 root =
        result.tree.root(RootKind::handle, row(structure), none<TypeId>, layout.tag(structure));
    const u32 leaf = result.tree.field(result.tree.dereference(root, structure), one.field);
    result.tree.mark(leaf, one.in, one.out, one.loc);
    if (known != no_row) continue;
    SyncRoot handle;
    handle.root = RootKind::handle;
    handle.index = row(structure);
    handle.touched = true;
    result.roots.push_back(handle);
  }
}

void add_crossing(Sync& sync, const Layout& layout, CrossingId id, CrossingResult&& result) {
  add_handles(layout, result);
  std::vector<SyncPathId> root_paths;
  result.tree.add_to(sync, id, root_paths);
  std::vector<SyncRoot> roots = result.roots;
  std::sort(roots.begin(), roots.end(), [](const SyncRoot& a, const SyncRoot& b) {
    return std::pair(a.root, a.index) < std::pair(b.root, b.index);
  });
  for (u32 i = 0; i < roots.size(); ++i) {
    roots[i].crossing = id;
    roots[i].path = root_paths[i];
    sync.roots.push_back(roots[i]);
  }
  sync.unreached.insert(sync.unreached.end(), result.unreached.begin(), result.unreached.end());
  sync.commands.insert(sync.commands.end(), result.commands.begin(), result.commands.end());
  std::ranges::move(result.caveats, std::back_inserter(sync.caveats));
}

// What crosses by class may name an object that the other side has not seen yet: then all that it will
// look at there comes along, whenever it was written.
class FirstSights {
public:
  FirstSights(const Analysis& analysis, Sync& sync) : a_(analysis), sync_(sync) {}

  void add() {
    const std::vector<Crossing>& crossings = a_.program.pruned().boundary.crossings;
    for (const SyncUnreached& one : sync_.unreached) {
      const bool to_driver = crossings[row(one.crossing)].to_driver;
      if (one.in) follow(one.field, to_driver);
      if (one.out) follow(one.field, !to_driver);
    }
    for (const SyncField& one : sync_.fields) {
      const FieldId field = sync_.paths[row(one.path)].field;
      const bool to_driver = crossings[row(one.crossing)].to_driver;
      if (field != none<FieldId> && one.in) follow_out_of_tree(field, to_driver);
      if (field != none<FieldId> && one.out) follow_out_of_tree(field, !to_driver);
    }
    for (const SyncRoot& one : sync_.roots) {
      if (!one.per_cpu) continue;
      const TypeId structure = a_.layout.pointed_structure(sync_.paths[row(one.path)].type);
      enter(structure, crossings[row(one.crossing)].to_driver != (one.root == RootKind::result));
    }
    for (const SyncRoot& one : sync_.roots)
      if (one.container != none<TypeId> && !crossings[row(one.crossing)].to_driver)
        enter(one.container, false);
    for (const Access& access : a_.program.summary().accesses) {
      const bool in_kernel = a_.program.in_kernel(access.function);
      const bool in_domain = a_.program.in_domain(access.function);
      for (const TypeId structure : {walked_from_variable(access.path), seen_around(access.path)}) {
        if (in_kernel) enter(structure, false);
        if (in_domain) enter(structure, true);
      }
    }
    while (!pending_.empty()) {
      const auto [structure, to_driver] = pending_.back();
      pending_.pop_back();
      add_fields(structure, to_driver);
    }
    sync_.unreached.insert(sync_.unreached.end(), found_.begin(), found_.end());
  }

private:
  // The structure of the elements, if the place is in one of those behind a pointer that a variable
  // holds: trees have the first of what was stored there.
  TypeId walked_from_variable(PathId place) const {
    while (place != none<PathId>) {
      const Path& path = a_.program.path(place);
      const PathId pointer =
          path.parent == none<PathId> ? none<PathId> : a_.program.path(path.parent).parent;
      if (path.step == StepKind::element && pointer != none<PathId> &&
          a_.program.path(path.parent).step == StepKind::dereference &&
          a_.program.path(pointer).step == StepKind::global) {
        const TypeId type = a_.layout.element(path.type);
        return a_.layout.is_structure(type) ? type : none<TypeId>;
      }
      place = path.parent;
    }
    return none<TypeId>;
  }

  // The structure that the place is in, if the code takes what a pointer leads to for a part of it: trees go by
  // what the pointer's type says.
  TypeId seen_around(PathId place) const {
    for (; place != none<PathId>; place = a_.program.path(place).parent) {
      const Path& path = a_.program.path(place);
      const TypeId structure = a_.layout.resolve(path.type);
      if (!a_.layout.is_structure(structure)) continue;
      if (path.step == StepKind::cast && bytes_behind_pointer(a_.program.summary(), place) < 0)
        return structure;
      if (path.step != StepKind::dereference) continue;
      const Path& pointer = a_.program.path(path.parent);
      if (a_.layout.begins_with(structure, a_.layout.pointed_structure(pointer.type)))
        return structure;
    }
    return none<TypeId>;
  }

  void follow(FieldId pointer, bool to_driver) {
    // Through tables of pointers, too.
    TypeId type = a_.layout.element(a_.layout.field(pointer).type);
    for (u32 steps = 0; a_.layout.is_pointer(type) && steps < 2; ++steps)
      type = a_.layout.element(a_.layout.pointee(type));
    if (a_.layout.is_structure(type)) enter(type, to_driver);
    for (const TypeId one : a_.layout.pointed_structures(pointer)) enter(one, to_driver);
    follow_out_of_part(pointer, to_driver);
  }

  // What lies behind a table of pointers is in no tree, nor is per-CPU memory.
  void follow_out_of_tree(FieldId pointer, bool to_driver) {
    const TypeId target = a_.layout.pointee(a_.layout.element(a_.layout.field(pointer).type));
    if (a_.layout.is_pointer(a_.layout.element(target)) || a_.facts.per_cpu().in_field(pointer))
      follow(pointer, to_driver);
    else
      follow_out_of_part(pointer, to_driver);
  }

  void follow_out_of_part(FieldId pointer, bool to_driver) {
    for (const SyncWhole& whole :
         std::ranges::equal_range(sync_.wholes, pointer, {}, &SyncWhole::pointer))
      enter(whole.structure, to_driver);
  }

  void enter(TypeId structure, bool to_driver) {
    if (structure != none<TypeId> && seen_.emplace(row(structure), to_driver).second)
      pending_.emplace_back(structure, to_driver);
  }

  void add_fields(TypeId structure, bool to_driver) {
    const FieldSet& given = to_driver ? a_.kernel_provides : a_.driver_writes;
    const FieldSet& used = to_driver ? a_.driver_reads : a_.kernel_uses;
    for (const u32 shared : a_.layout.shared_in(structure)) {
      const SharedField& entry = a_.layout.shared().fields[shared];
      if (!given.has(shared) || !used.has(shared) || a_.facts.per_cpu().is_left_out(entry.field))
        continue;
      add_unreached(found_,
                    {none<CrossingId>, entry.field, !to_driver, to_driver,
                     to_driver ? entry.driver_loc : entry.kernel_loc, Unreached::first_sight});
      follow(entry.field, to_driver);
    }
    for (const Embedded& embedded : a_.layout.embedded_in(structure))
      enter(embedded.structure, to_driver);
  }

  const Analysis& a_;
  Sync& sync_;
  std::set<std::pair<u32, bool>> seen_; // a structure, and the side that has not seen its objects
  std::vector<std::pair<TypeId, bool>> pending_;
  std::vector<SyncUnreached> found_; // by field
};

// Such a field stays what it is on each side.
void warn_of_per_cpu_fields(const Layout& layout, const DriverFacts& facts, Sync& sync) {
  for (const SharedField& field : layout.shared().fields) {
    if (!facts.per_cpu().is_left_out(field.field)) continue;
    const Caveat about{.loc = field.driver_loc, .field = field.field};
    if (field.kernel_reads && (field.driver_writes || field.driver_initializes))
      warn(sync.caveats, about, "per-cpu-field",
           field.name + " holds per-CPU memory of the driver, which kernel code does not get");
    else if (field.driver_reads && (field.kernel_writes || field.kernel_initializes))
      warn(sync.caveats, about, "per-cpu-field",
           field.name + " holds per-CPU memory of the kernel's, which the driver does not get");
  }
}

// The others, which cross as such.
void add_per_cpu(Sync& sync, const Layout& layout, const DriverFacts& facts) {
  for (const SharedField& field : layout.shared().fields)
    if (facts.per_cpu().in_field(field.field) && !facts.per_cpu().is_left_out(field.field))
      sync.per_cpu.push_back({field.field});
  std::ranges::sort(sync.per_cpu, {}, &SyncPerCpu::pointer);
}

// Once for each function of the driver.
void warn_of_untyped_unknowns(const View& program, const Layout& layout, Sync& sync) {
  for (u32 i = 0; i < program.function_count(); ++i) {
    if (!program.in_domain(FunctionId{i})) continue;
    for (const u32 row : program.unknowns_of(FunctionId{i})) {
      const Unknown& unknown = program.summary().unknowns[row];
      if ((!unknown.reads && !unknown.writes) || layout.resolve(unknown.type) != none<TypeId>)
        continue;
      warn(sync.caveats, {.loc = unknown.loc, .function = FunctionId{i}}, "untyped-access",
           program.function(FunctionId{i}).name +
               " touches memory of which not even the type is known: what is shared there does not "
               "cross");
      break;
    }
  }
}

} // namespace

std::vector<Command> find_commands(const Analysis& analysis, const Crossing& crossing,
                                   const Parameter& parameter,
                                   std::span<const FunctionId> targets) {
  const bool is_asked =
      analysis.commands.is_untyped(parameter.type) && crossing.variable == 0 &&
      !analysis.program.summary().types[row(function_type(analysis, crossing))].variadic;
  if (!is_asked) return {};
  std::vector<Command> commands = analysis.commands.of(targets, parameter.index);
  // A target of another prototype may have more arguments.
  const std::span<const Member> parameters =
      analysis.layout.members(function_type(analysis, crossing));
  if (!commands.empty() && commands.front().tag.argument >= parameters.size()) commands.clear();
  return commands;
}

namespace {

// A number that is an address for some values of another argument.
bool is_followed_number(const Analysis& analysis, const Crossing& crossing,
                        const Parameter& parameter) {
  return analysis.commands.is_number(parameter.type) && crossing.function != none<FunctionId> &&
         !find_commands(analysis, crossing, parameter, std::span(&crossing.function, 1)).empty();
}

} // namespace

std::vector<Parameter> find_pointer_parameters(const Analysis& analysis, const Crossing& crossing) {
  std::vector<Parameter> pointers;
  for (const Parameter& parameter : find_parameters(
           analysis.program.summary(), function_type(analysis, crossing), crossing.function))
    if (is_data_pointer(analysis.layout, parameter.type) ||
        analysis.layout.is_structure(analysis.layout.resolve(parameter.type)) ||
        is_followed_number(analysis, crossing, parameter))
      pointers.push_back(parameter);
  return pointers;
}

TypeId find_pointer_result(const Analysis& analysis, const Crossing& crossing) {
  const TypeId function = function_type(analysis, crossing);
  if (function == none<TypeId>) return none<TypeId>;
  const TypeId result = analysis.program.summary().types[row(function)].element;
  return is_data_pointer(analysis.layout, result) ? result : none<TypeId>;
}

namespace {

// Of what nothing that crosses fits what code does with it.
void warn_of_lost(const Crossing& crossing, const Parameter& parameter, const std::string& tag,
                  const Command& command, const Layout& layout, CrossingId id,
                  CrossingResult& result) {
  const Caveat about{.loc = crossing.loc, .crossing = id, .argument = parameter.index};
  const std::string values = fmt::format(
      "{} {}",
      command.range.unless ? command.range.values.empty() ? "any value" : "values other than"
                           : "value",
      fmt::join(command.range.values, ", "));
  if (command.kind == ArmKind::object)
    warn(
        result.caveats, about, "unknown-command",
        fmt::format("argument {} of {}: for {} of {} code looks at it otherwise than as struct {}, "
                    "too: only what that has crosses",
                    parameter.name, crossing.name, values, tag, layout.tag(command.structure)));
  else
    warn(
        result.caveats, about, "unknown-command",
        fmt::format("argument {} of {}: for {} of {} it is not known what it points to, which code "
                    "follows: it crosses as a number",
                    parameter.name, crossing.name, values, tag));
}

} // namespace

void add_commands(const Analysis& analysis, CrossingId id, const Parameter& parameter,
                  const std::vector<Command>& commands, std::span<const u32> calls, bool identity,
                  CrossingResult& result) {
  const Crossing& crossing = analysis.program.pruned().boundary.crossings[row(id)];
  const std::vector<Parameter> parameters = find_parameters(
      analysis.program.summary(), function_type(analysis, crossing), crossing.function);
  const auto add = [&](const Command& one, bool is_kept) {
    SyncCommand added{id, parameter.index, one.kind, one.structure, one.bytes, one.writes};
    // The kernel's end does not hear when a local of the kernel's is gone.
    added.caller_local = crossing.to_driver
                             ? analysis.commands.is_local_among(calls, parameter.index, one)
                             : analysis.commands.are_local(calls, parameter.index, one);
    added.identity = is_kept;
    added.tag = one.tag.argument;
    added.mask = one.tag.mask;
    added.values = {one.range.values.begin(), one.range.values.end()};
    added.unless = one.range.unless;
    result.commands.push_back(std::move(added));
  };
  for (Command one : commands) {
    if (one.is_lost)
      warn_of_lost(crossing, parameter, parameters[one.tag.argument].name, one, analysis.layout, id,
                   result);
    if (one.kind != ArmKind::cookie) {
      add(one, identity);
      continue;
    }
    // Kernel code of which nothing is known here, since it touches nothing of the driver's, may follow it: no
    // number that the driver chooses, but for what its own code takes for one.
    if (!crossing.to_driver && !one.is_handed) {
      Command number = one;
      number.range = {false, analysis.commands.numbers_among(calls, parameter.index, one)};
      one.range = without(one.range, number.range);
      if (!number.range.is_none()) add(number, false);
    }
    if (!one.range.is_none()) add(one, one.is_handed || !crossing.to_driver);
  }
}

void add_unreached(std::vector<SyncUnreached>& unreached, const SyncUnreached& one) {
  const auto at = std::lower_bound(
      unreached.begin(), unreached.end(), one,
      [](const SyncUnreached& a, const SyncUnreached& b) { return a.field < b.field; });
  if (at == unreached.end() || at->field != one.field) {
    unreached.insert(at, one);
    return;
  }
  at->in |= one.in;
  at->out |= one.out;
  at->why = std::min(at->why, one.why);
}

void add_left_out(const Analysis& analysis, CrossingId crossing, const Expansion& expansion,
                  CrossingResult& result) {
  if (!expansion.was_cut()) return;
  const Crossing& at = analysis.program.pruned().boundary.crossings[row(crossing)];
  warn(result.caveats, {.loc = at.loc, .crossing = crossing}, "tree-too-large",
       at.name + " reaches too many fields; the deepest cross in every object");
  const std::vector<SharedField>& fields = analysis.layout.shared().fields;
  for (u32 shared = 0; shared < fields.size(); ++shared) {
    const bool in = expansion.left_in().has(shared);
    const bool out = expansion.left_out().has(shared);
    if ((in || out) && !analysis.facts.per_cpu().is_left_out(fields[shared].field))
      add_unreached(result.unreached,
                    {crossing, fields[shared].field, in, out, at.loc, Unreached::cut});
  }
}

namespace {

bool may_leave_through_pointer(const View& program, CallId call) {
  const auto targets = program.targets_of(call);
  return program.call(row(call)).kind == CallKind::indirect &&
         (targets.empty() || std::ranges::any_of(targets, [&](FunctionId target) {
            return !program.in_domain(target);
          }));
}

} // namespace

void find_sets(Analysis& analysis) {
  const std::vector<SharedField>& fields = analysis.layout.shared().fields;
  for (FieldSet* set : {&analysis.driver_writes, &analysis.driver_touches, &analysis.driver_reads,
                        &analysis.kernel_reads, &analysis.kernel_writes, &analysis.kernel_uses,
                        &analysis.kernel_provides})
    *set = FieldSet(fields.size());
  for (const u32 call : analysis.program.domain_calls())
    if (may_leave_through_pointer(analysis.program, CallId{call}))
      analysis.calls_through_pointers.push_back(call);
  for (u32 i = 0; i < fields.size(); ++i) {
    const SharedField& field = fields[i];
    const bool writes = field.driver_writes || field.driver_initializes;
    if (writes) analysis.driver_writes.add(i);
    if (writes || field.driver_reads) analysis.driver_touches.add(i);
    if (field.driver_reads) analysis.driver_reads.add(i);
    if (field.kernel_reads) analysis.kernel_reads.add(i);
    if (field.kernel_writes) analysis.kernel_writes.add(i);
    if (is_used_by_kernel(field)) analysis.kernel_uses.add(i);
    // Static objects of the kernel have values that no code writes. Where the driver has such
    // objects too, any object may be the kernel's.
    if (field.kernel_writes || field.kernel_initializes || !writes || field.driver_initializes)
      analysis.kernel_provides.add(i);
  }
}

Sync find_sync(const Pruned& pruned, const Shared& shared, const Known& known) {
  const View program(pruned);
  Layout layout(pruned.summary, shared);
  Sync sync;
  Pointees pointees = find_pointees(program, layout);
  sync.pointees = std::move(pointees.known);
  for (const SyncPointee& one : sync.pointees) layout.add_pointee(one.pointer, one.structure);
  report_pass("pointees", pruned.summary.paths.size(), sync.pointees.size());
  sync.arms = find_arms(program, layout);
  for (const SyncArm& arm : sync.arms)
    if (arm.kind == ArmKind::object) layout.add_pointee(arm.place, arm.structure);
  warn_of_followed(layout, pointees.followed, sync);
  report_pass("arms", pruned.summary.accesses.size(), sync.arms.size());
  const std::vector<Effect> kernel_effects = find_kernel_effects(program, layout);
  report_pass("effects", pruned.summary.accesses.size(), kernel_effects.size());
  const std::vector<std::vector<Rooted>> rooted_effects = find_rooted_effects(program, layout);
  report_pass("rooted effects", kernel_effects.size(), rooted_effects.size());
  const KernelArguments kernel(program);
  report_pass("arguments", pruned.summary.arguments.size(), pruned.summary.functions.size());
  const std::vector<PathSummary> summaries =
      find_path_summaries(program, layout, kernel, kernel_effects);
  report_pass("summaries", pruned.summary.paths.size(), summaries.size());
  const PerCpu per_cpu(program, layout, known.rows(KnownTable::allocators));
  const DriverFacts facts(program, layout, summaries, per_cpu);
  const std::vector<Segment> segments = find_segments(program, layout, summaries);
  report_pass("segments", pruned.summary.calls.size(), segments.size());
  const Containers containers(program, layout);
  report_pass("containers", pruned.summary.paths.size(), pruned.summary.functions.size());
  const std::set<Whole> kernel_wholes = find_kernel_wholes(program, layout);
  Commands commands(program, layout);
  Analysis analysis{program,  layout,     kernel,        kernel_effects, rooted_effects, summaries,
                    segments, containers, kernel_wholes, facts,          commands};
  find_sets(analysis);
  warn_of_per_cpu_fields(layout, facts, sync);
  add_per_cpu(sync, layout, facts);
  warn_of_untyped_unknowns(program, layout, sync);
  // From here on, everything about functions is known; crossings do not depend on each other.
  for (u32 i = 0; i < pruned.boundary.crossings.size(); ++i) {
    const Crossing& crossing = pruned.boundary.crossings[i];
    if (crossing.kind == CrossingKind::named_only) continue;
    const CrossingId id{i};
    if (!crossing.to_driver)
      add_crossing(sync, layout, id, sync_to_kernel(analysis, id));
    else if (crossing.function != none<FunctionId>)
      add_crossing(sync, layout, id, sync_to_driver(analysis, id));
  }
  sync.wholes = find_wholes(program, layout, containers);
  report_pass("wholes", pruned.summary.paths.size(), sync.wholes.size());
  FirstSights(analysis, sync).add();
  report_pass("crossings", pruned.boundary.crossings.size(), sync.paths.size());
  return sync;
}

} // namespace ks::sync

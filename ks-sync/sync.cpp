// SPDX-License-Identifier: MIT
// The sync sets of all crossings.

#include "ks-sync/crossings.hpp"

#include <fmt/format.h>

#include <algorithm>

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
  if (crossing.function != none<FunctionId>) {
    const TypeId own = analysis.layout.resolve(analysis.program.function(crossing.function).type);
    if (own != none<TypeId>) type = own;
  }
  if (const TypeId target = analysis.layout.pointee(type); target != none<TypeId>) type = target;
  return type;
}

bool is_data_pointer(const Layout& layout, TypeId type) {
  return layout.is_pointer(layout.resolve(type)) && !layout.is_function_pointer(type);
}

void add_crossing(Sync& sync, CrossingId id, const CrossingResult& result) {
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
}

// Such a field stays what it is on each side.
void warn_of_per_cpu_fields(const Layout& layout, const DriverFacts& facts) {
  for (const SharedField& field : layout.shared().fields)
    if (field.kernel_reads && field.driver_writes && facts.is_per_cpu(field.field))
      warn(field.driver_loc, "per-cpu-field",
           field.name + " holds per-CPU memory of the driver, which kernel code does not get");
}

} // namespace

std::vector<Parameter> find_pointer_parameters(const Analysis& analysis, const Crossing& crossing) {
  std::vector<Parameter> pointers;
  for (const Parameter& parameter : find_parameters(
           analysis.program.summary(), function_type(analysis, crossing), crossing.function))
    if (is_data_pointer(analysis.layout, parameter.type)) pointers.push_back(parameter);
  return pointers;
}

TypeId find_pointer_result(const Analysis& analysis, const Crossing& crossing) {
  const TypeId function = function_type(analysis, crossing);
  if (function == none<TypeId>) return none<TypeId>;
  const TypeId result = analysis.program.summary().types[row(function)].element;
  return is_data_pointer(analysis.layout, result) ? result : none<TypeId>;
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
}

Analysis analyse(const View& program, const Layout& layout, const KernelArguments& kernel,
                 const std::vector<Effect>& kernel_effects,
                 const std::vector<PathSummary>& summaries, const DriverFacts& facts) {
  const u64 fields = layout.shared().fields.size();
  Analysis analysis{program,          layout,           kernel,
                    kernel_effects,   summaries,        facts,
                    FieldSet(fields), FieldSet(fields), FieldSet(fields),
                    FieldSet(fields), FieldSet(fields), FieldSet(fields)};
  for (u32 i = 0; i < fields; ++i) {
    const SharedField& field = layout.shared().fields[i];
    const bool writes = field.driver_writes || field.driver_initializes;
    if (writes) analysis.driver_writes.add(i);
    if (writes || field.driver_reads) analysis.driver_touches.add(i);
    if (field.driver_reads) analysis.driver_reads.add(i);
    if (field.kernel_reads) analysis.kernel_reads.add(i);
    if (field.kernel_writes) analysis.kernel_writes.add(i);
    // Static objects of the kernel have values that no code writes. Where the driver has such
    // objects too, any object may be the kernel's.
    if (field.kernel_writes || field.kernel_initializes || !writes || field.driver_initializes)
      analysis.kernel_provides.add(i);
  }
  return analysis;
}

Sync find_sync(const Pruned& pruned, const Shared& shared, const Known& known) {
  const View program(pruned);
  const Layout layout(pruned.summary, shared);
  const std::vector<Effect> kernel_effects = find_kernel_effects(program, layout);
  report_pass("effects", pruned.summary.accesses.size(), kernel_effects.size());
  const KernelArguments kernel(program);
  report_pass("arguments", pruned.summary.arguments.size(), pruned.summary.functions.size());
  const std::vector<PathSummary> summaries =
      find_path_summaries(program, layout, kernel, kernel_effects);
  report_pass("summaries", pruned.summary.paths.size(), summaries.size());
  const DriverFacts facts(program, layout, summaries, known.rows(KnownTable::allocators));
  const Analysis analysis = analyse(program, layout, kernel, kernel_effects, summaries, facts);
  warn_of_per_cpu_fields(layout, facts);
  // From here on, everything about functions is known; crossings do not depend on each other.
  Sync sync;
  for (u32 i = 0; i < pruned.boundary.crossings.size(); ++i) {
    const Crossing& crossing = pruned.boundary.crossings[i];
    if (crossing.kind == CrossingKind::named_only) continue;
    const CrossingId id{i};
    if (!crossing.to_driver)
      add_crossing(sync, id, sync_to_kernel(analysis, id));
    else if (crossing.function != none<FunctionId>)
      add_crossing(sync, id, sync_to_driver(analysis, id));
  }
  report_pass("crossings", pruned.boundary.crossings.size(), sync.paths.size());
  return sync;
}

} // namespace ks::sync

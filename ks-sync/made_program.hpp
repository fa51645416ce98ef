// SPDX-License-Identifier: MIT
// Small pruned programs for unit tests, made row by row.

#pragma once

#include "ks-sync/sync.hpp"

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

namespace ks {

struct MadeProgram {
  Pruned pruned;
  Shared shared;
  Summary& summary = pruned.summary;

  MadeProgram() = default;
  MadeProgram(const MadeProgram&) = delete;
  MadeProgram& operator=(const MadeProgram&) = delete;

  template <class Id, class Row>
  static Id add(std::vector<Row>& table, Row row) {
    table.push_back(std::move(row));
    return Id{static_cast<u32>(table.size() - 1)};
  }

  TypeId type(TypeKind kind, const std::string& name, u64 size, TypeId element = none<TypeId>) {
    Type one;
    one.kind = kind;
    one.name = name;
    one.size = size;
    one.element = element;
    one.complete = true;
    return add<TypeId>(summary.types, one);
  }
  TypeId integer() { return type(TypeKind::integer, "int", 4); }
  TypeId pointer(TypeId to) { return type(TypeKind::pointer, "", 8, to); }
  // Members are (name, type) at 8 bytes each.
  TypeId record(const std::string& name, std::vector<std::pair<std::string, TypeId>> members,
                TypeKind kind = TypeKind::structure, TypeId result = none<TypeId>) {
    const TypeId id = type(kind, name, members.size() * 8, result);
    summary.types[row(id)].first_member = static_cast<u32>(summary.members.size());
    summary.types[row(id)].member_count = static_cast<u32>(members.size());
    for (u32 i = 0; i < members.size(); ++i)
      summary.members.push_back({id, members[i].first, members[i].second, i * 64, 64, false});
    return id;
  }
  TypeId function_type(std::vector<std::pair<std::string, TypeId>> parameters,
                       TypeId result = none<TypeId>) {
    return record("", std::move(parameters), TypeKind::function, result);
  }
  // The n-th member of a record.
  FieldId field(TypeId structure, u32 n) {
    const Type& owner = summary.types[row(structure)];
    const Member& member = summary.members[owner.first_member + n];
    return add<FieldId>(summary.fields, Field{structure, member.offset_bits, member.size_bits,
                                              member.type,
                                              owner.name.substr(owner.name.find(' ') + 1) + "." +
                                                  member.name});
  }

  FunctionId function(const std::string& name, Side side, TypeId function_type = none<TypeId>) {
    Function one;
    one.name = one.source_name = name;
    one.type = function_type;
    one.defined = true;
    one.unit = UnitId{side == Side::driver ? 0u : 1u};
    if (summary.units.empty()) summary.units = {{"driver.c", ""}, {"kernel.c", ""}};
    const FunctionId id = add<FunctionId>(summary.functions, one);
    pruned.boundary.placements.push_back({id, side, Reason::called, none<FunctionId>});
    return id;
  }

  PathId root(FunctionId function, StepKind step, u32 index, TypeId type = none<TypeId>) {
    Path path;
    path.function = function;
    path.step = step;
    path.index = index;
    path.type = type;
    return add<PathId>(summary.paths, path);
  }
  PathId argument(FunctionId function, u32 index, TypeId type) {
    return root(function, StepKind::argument, index, type);
  }
  PathId step(PathId parent, StepKind step, TypeId type) {
    Path path;
    path.function = summary.paths[row(parent)].function;
    path.parent = parent;
    path.step = step;
    path.type = type;
    return add<PathId>(summary.paths, path);
  }
  PathId dereference(PathId parent, TypeId type) {
    return step(parent, StepKind::dereference, type);
  }
  PathId address(PathId place) { return step(place, StepKind::address, none<TypeId>); }
  PathId member(PathId parent, FieldId field) {
    const PathId id = step(parent, StepKind::field, summary.fields[row(field)].type);
    summary.paths[row(id)].field = field;
    return id;
  }

  Access& access(AccessKind kind, PathId path, u32 instruction = no_row) {
    Access one;
    one.function = summary.paths[row(path)].function;
    one.kind = kind;
    one.path = path;
    one.field = summary.paths[row(path)].field;
    one.instruction = instruction;
    one.size = 8;
    summary.accesses.push_back(one);
    return summary.accesses.back();
  }

  CallId call(FunctionId caller, FunctionId callee, std::vector<PathId> arguments,
              u32 instruction = no_row) {
    Call one;
    one.caller = caller;
    one.callee = callee;
    one.kind = callee == none<FunctionId> ? CallKind::indirect : CallKind::direct;
    one.instruction = instruction;
    const CallId id = add<CallId>(summary.calls, one);
    for (u32 i = 0; i < arguments.size(); ++i) summary.arguments.push_back({id, i, arguments[i]});
    return id;
  }

  CrossingId crossing(CrossingKind kind, FunctionId function) {
    Crossing one;
    one.kind = kind;
    one.name = summary.functions[row(function)].name;
    one.function = function;
    one.signature = summary.functions[row(function)].type;
    one.to_driver = kind != CrossingKind::import;
    return add<CrossingId>(pruned.boundary.crossings, one);
  }

  // `uses`: "r" and "w" of the driver and "R" and "W" of the kernel; "i": initialised.
  void share(FieldId field, const std::string& uses) {
    const auto has = [&](char use) { return uses.find(use) != std::string::npos; };
    shared.fields.push_back({field, summary.fields[row(field)].name, has('r'), has('w') || has('i'),
                             has('i'), has('R'), has('W'), {}, {}});
  }

  // What find_sync() says about one crossing: "dev->a:in,out" in order.
  static std::vector<std::string> leaves(const Sync& sync, CrossingId crossing) {
    std::vector<std::string> names;
    for (const SyncField& field : sync.fields) {
      if (field.crossing != crossing) continue;
      std::string name = sync.paths[row(field.path)].name + ":";
      name += field.in ? "in" : "";
      name += field.in && field.out ? "," : "";
      names.push_back(name + (field.out ? "out" : ""));
    }
    return names;
  }
  static SyncRoot root_of(const Sync& sync, CrossingId crossing, u32 index) {
    for (const SyncRoot& root : sync.roots)
      if (root.crossing == crossing && root.root == RootKind::argument && root.index == index)
        return root;
    return {};
  }
};

} // namespace ks

// SPDX-License-Identifier: MIT
// Pruned programs for the unit tests of all stages after ks-prune, made row by row.
//
// Each function adds one row (a record also those of its members, a call those of its arguments)
// and gives its number. What a test needs of a row besides, it sets in the tables.

#pragma once

#include "ks-prune/prune.hpp"

#include <cassert>
#include <string>
#include <utility>
#include <vector>

namespace ks {

struct MadePruned {
  using Named = std::vector<std::pair<std::string, TypeId>>; // members or parameters

  Pruned pruned;
  Summary& summary = pruned.summary;
  Bodies& bodies = pruned.bodies;
  Boundary& boundary = pruned.boundary;

  MadePruned() {
    summary.units = {{"drivers/made/driver.c", ""}, {"kernel/kernel.c", ""}};
    boundary.driver_units = {UnitId{0}};
  }
  MadePruned(const MadePruned&) = delete;
  MadePruned& operator=(const MadePruned&) = delete;

  template <class Id, class Row>
  static Id add(std::vector<Row>& table, Row made) {
    table.push_back(std::move(made));
    return Id{static_cast<u32>(table.size() - 1)};
  }

  TypeId type(TypeKind kind, const std::string& name, u64 size, TypeId element = none<TypeId>) {
    Type made;
    made.kind = kind;
    made.name = name;
    made.size = size;
    made.element = element;
    made.complete = true;
    made.file = "include/linux/things.h";
    return add<TypeId>(summary.types, made);
  }
  TypeId integer(const std::string& name = "int", u64 size = 4) {
    return type(TypeKind::integer, name, size);
  }
  TypeId pointer(TypeId to) { return type(TypeKind::pointer, "", 8, to); }
  TypeId array(TypeId of, u64 count) {
    const TypeId id = type(TypeKind::array, "", count * summary.types[row(of)].size, of);
    summary.types.back().count = count;
    return id;
  }
  // Members are (name, type), 8 bytes each.
  TypeId record(const std::string& name, const Named& members) {
    return with_members(type(TypeKind::structure, name, members.size() * 8), members);
  }
  TypeId function_type(const Named& parameters, TypeId result = none<TypeId>) {
    return with_members(type(TypeKind::function, "", 0, result), parameters);
  }

  // A member of a record, by its number or its name.
  FieldId field(TypeId structure, u32 n) {
    const Type& owner = summary.types[row(structure)];
    assert(n < owner.member_count);
    const Member& member = summary.members[owner.first_member + n];
    const std::string tag = owner.name.substr(owner.name.find(' ') + 1);
    return bits(structure, member.offset_bits, member.size_bits, tag + "." + member.name,
                member.type);
  }
  FieldId field(TypeId structure, const std::string& name) {
    const Type& owner = summary.types[row(structure)];
    u32 n = 0;
    while (n < owner.member_count && summary.members[owner.first_member + n].name != name) ++n;
    return field(structure, n);
  }
  // A field that need not be a member.
  FieldId bits(TypeId structure, u64 offset_bits, u64 size_bits, const std::string& name,
               TypeId type = none<TypeId>) {
    return add<FieldId>(summary.fields, Field{structure, offset_bits, size_bits, type, name});
  }

  FunctionId function(const std::string& name, Side side, TypeId function_type = none<TypeId>) {
    Function made;
    made.name = made.source_name = name;
    made.type = function_type;
    made.defined = true;
    made.unit = UnitId{side == Side::driver ? 0u : 1u};
    const FunctionId id = add<FunctionId>(summary.functions, made);
    boundary.placements.push_back({id, side, Reason::called, none<FunctionId>});
    return id;
  }
  GlobalId global(const std::string& name, TypeId type = none<TypeId>) {
    Global made;
    made.name = name;
    made.type = type;
    return add<GlobalId>(summary.globals, made);
  }
  void import_global(GlobalId global, GlobalUse use) {
    boundary.imported_globals.push_back({global, use, {}});
  }
  // A static object of the driver's holds `value` in this field.
  Initializer& initialize(GlobalId global, FieldId field, ValueKind value) {
    Initializer made{global};
    made.field = field;
    made.kind = value;
    return summary.initializers.emplace_back(made);
  }

  PathId root(FunctionId function, StepKind step, u32 index, TypeId type = none<TypeId>) {
    Path made{function, none<PathId>, step, index};
    made.type = type;
    return add<PathId>(summary.paths, made);
  }
  PathId argument(FunctionId function, u32 index, TypeId type = none<TypeId>) {
    return root(function, StepKind::argument, index, type);
  }
  PathId variable(FunctionId function, GlobalId global, TypeId type = none<TypeId>) {
    const PathId id = root(function, StepKind::global, 0, type);
    summary.paths.back().global = global;
    return id;
  }
  PathId step(PathId parent, StepKind step, TypeId type = none<TypeId>) {
    Path made{summary.paths[row(parent)].function, parent, step};
    made.type = type;
    return add<PathId>(summary.paths, made);
  }
  PathId dereference(PathId parent, TypeId type = none<TypeId>) {
    return step(parent, StepKind::dereference, type);
  }
  PathId address(PathId place) { return step(place, StepKind::address); }
  PathId member(PathId parent, FieldId field) {
    const PathId id = step(parent, StepKind::field, summary.fields[row(field)].type);
    summary.paths.back().field = field;
    return id;
  }

  // Of what a path denotes.
  Access& access(AccessKind kind, PathId path, u32 instruction = no_row) {
    const Path& place = summary.paths[row(path)];
    Access& made = add_access(place.function, kind);
    made.path = path;
    made.field = place.field;
    made.instruction = instruction;
    made.size = 8;
    return made;
  }
  // Of a field in an object of which nothing is known; of a variable.
  Access& touch(FunctionId function, FieldId field, AccessKind kind) {
    Access& made = add_access(function, kind);
    made.field = field;
    return made;
  }
  Access& touch(FunctionId function, GlobalId global, AccessKind kind) {
    Access& made = add_access(function, kind);
    made.global = global;
    return made;
  }

  // Through a pointer if there is no callee.
  CallId call(FunctionId caller, FunctionId callee, const std::vector<PathId>& arguments = {},
              u32 instruction = no_row) {
    Call made;
    made.caller = caller;
    made.callee = callee;
    made.kind = callee == none<FunctionId> ? CallKind::indirect : CallKind::direct;
    made.instruction = instruction;
    made.first_argument = static_cast<u32>(summary.arguments.size());
    made.argument_count = static_cast<u32>(arguments.size());
    const CallId id = add<CallId>(summary.calls, made);
    for (u32 i = 0; i < arguments.size(); ++i)
      summary.arguments.push_back({id, i, arguments[i], {}});
    return id;
  }

  LockOperation& lock(FunctionId function, LockAction action, const std::string& family,
                      FieldId field = none<FieldId>, u32 instruction = no_row) {
    LockOperation made;
    made.function = function;
    made.instruction = instruction;
    made.action = action;
    made.family = made.name = family;
    made.field = field;
    return summary.locks.emplace_back(made);
  }

  // The next block of a function, by its instructions' opcodes; successors are rows of blocks.
  u32 block(FunctionId function, const std::vector<std::string>& opcodes,
            std::vector<u32> successors) {
    const u32 id = static_cast<u32>(bodies.blocks.size());
    bodies.blocks.push_back({function, static_cast<u32>(bodies.instructions.size()),
                             static_cast<u32>(opcodes.size()), std::move(successors)});
    for (const std::string& opcode : opcodes) bodies.instructions.push_back({id, opcode, {}});
    return id;
  }

  CrossingId crossing(CrossingKind kind, FunctionId function) {
    const Function& to = summary.functions[row(function)];
    Crossing made;
    made.kind = kind;
    made.name = to.name;
    made.function = function;
    made.signature = to.type;
    made.to_driver = is_to_driver(kind);
    return add<CrossingId>(boundary.crossings, made);
  }
  // To a function that it makes, on the side where such a crossing ends.
  CrossingId crossing(CrossingKind kind, const std::string& name, TypeId signature,
                      std::vector<FieldId> fields = {}) {
    const Side side = is_to_driver(kind) ? Side::driver : Side::kernel;
    const CrossingId id = crossing(kind, function(name, side, signature));
    boundary.crossings.back().fields = std::move(fields);
    return id;
  }

private:
  static bool is_to_driver(CrossingKind kind) { return kind >= CrossingKind::module_init; }

  TypeId with_members(TypeId owner, const Named& members) {
    summary.types[row(owner)].first_member = static_cast<u32>(summary.members.size());
    summary.types[row(owner)].member_count = static_cast<u32>(members.size());
    for (u32 i = 0; i < members.size(); ++i)
      summary.members.push_back({owner, members[i].first, members[i].second, i * 64, 64, false});
    return owner;
  }

  // At the function's own line, so that places of different functions can be told apart.
  Access& add_access(FunctionId function, AccessKind kind) {
    Access made{function};
    made.kind = kind;
    made.loc = {"made.c", row(function) + 1, 1};
    return summary.accesses.emplace_back(made);
  }
};

} // namespace ks

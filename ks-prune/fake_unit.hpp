// SPDX-License-Identifier: MIT
// Builds the summary of a made-up translation unit, row by row, for the unit tests.

#pragma once

#include "ks-prune/assemble.hpp"
#include "ks-prune/counts.hpp"
#include "ks-prune/names.hpp"

namespace ks::prune {

class FakeUnit {
public:
  explicit FakeUnit(std::string name) { s_.units.push_back({std::move(name), ""}); }

  const Summary& summary() const { return s_; }

  TypeId type(Type type) {
    s_.types.push_back(std::move(type));
    return TypeId{static_cast<u32>(s_.types.size() - 1)};
  }
  TypeId integer() { return type({TypeKind::integer, "int", 4, true, true}); }
  TypeId pointer(TypeId to) {
    Type pointer{TypeKind::pointer, "", 8};
    pointer.element = to;
    return type(pointer);
  }
  TypeId forward(const std::string& name) { return type({TypeKind::structure, name}); }
  // A structure of `count` integers.
  TypeId structure(const std::string& name, u32 count, const std::string& file = "include/fake.h") {
    Type made{TypeKind::structure, name, 4 * count, false, true};
    made.file = file;
    made.layout = 1 + count;
    made.first_member = static_cast<u32>(s_.members.size());
    made.member_count = count;
    const TypeId element = integer();
    const TypeId id = type(made);
    for (u32 i = 0; i < count; ++i) {
      s_.members.push_back({id, "m" + std::to_string(i), element, 32 * i, 32, false});
    }
    return id;
  }
  TypeId signature(TypeId result, const std::vector<TypeId>& parameters) {
    Type made{TypeKind::function};
    made.element = result;
    made.first_member = static_cast<u32>(s_.members.size());
    made.member_count = static_cast<u32>(parameters.size());
    const TypeId id = type(made);
    for (TypeId parameter : parameters) s_.members.push_back({id, "", parameter, 0, 0, false});
    return id;
  }

  FieldId field(TypeId structure, u32 offset_bits, u32 size_bits = 32) {
    const std::string tag = s_.types[row(structure)].name;
    s_.fields.push_back(
        {structure, offset_bits, size_bits, none<TypeId>, tag + "@" + std::to_string(offset_bits)});
    return FieldId{static_cast<u32>(s_.fields.size() - 1)};
  }

  FunctionId declare(const std::string& name, TypeId type = none<TypeId>) {
    Function made;
    made.name = made.source_name = name;
    made.type = type;
    s_.functions.push_back(made);
    return FunctionId{static_cast<u32>(s_.functions.size() - 1)};
  }
  FunctionId define(const std::string& name, TypeId type = none<TypeId>) {
    const FunctionId id = declare(name, type);
    at(id).defined = true;
    at(id).loc = {s_.units[0].name, row(id) + 1, 1};
    return id;
  }
  Function& at(FunctionId id) { return s_.functions[row(id)]; }

  GlobalId global(const std::string& name, bool defined) {
    Global made;
    made.name = name;
    made.defined = defined;
    s_.globals.push_back(made);
    return GlobalId{static_cast<u32>(s_.globals.size() - 1)};
  }
  void initialize(GlobalId global, FieldId field, FunctionId function) {
    Initializer made{global};
    made.field = field;
    made.kind = ValueKind::function;
    made.function = function;
    s_.initializers.push_back(made);
    at(function).address_taken = true;
  }
  void alias(const std::string& name, FunctionId function) {
    s_.aliases.push_back({name, function, none<GlobalId>});
  }

  // Rows of bodies have to be added function by function, in the order of functions.
  PathId path(FunctionId in, StepKind step, PathId parent = none<PathId>, u32 index = 0) {
    Path made{in, parent, step, index};
    s_.paths.push_back(made);
    return PathId{static_cast<u32>(s_.paths.size() - 1)};
  }
  PathId field_of(FunctionId in, PathId object, FieldId field) {
    const PathId id = path(in, StepKind::field, object);
    s_.paths[row(id)].field = field;
    return id;
  }
  PathId path_of(FunctionId in, GlobalId global) {
    const PathId id = path(in, StepKind::global);
    s_.paths[row(id)].global = global;
    return id;
  }
  Path& at(PathId id) { return s_.paths[row(id)]; }
  void add(const Access& access) { s_.accesses.push_back(access); }
  PathId address_of(FunctionId in, FunctionId target) {
    const PathId id = path(in, StepKind::function);
    s_.paths[row(id)].target = target;
    at(target).address_taken = true;
    return id;
  }
  void touch(FunctionId in, FieldId field, AccessKind kind = AccessKind::read,
             PathId value = none<PathId>) {
    Access made{in};
    made.kind = kind;
    made.field = field;
    made.path =
        path(in, StepKind::field, path(in, StepKind::dereference, path(in, StepKind::argument)));
    s_.paths[row(made.path)].field = field;
    made.value = value;
    s_.accesses.push_back(made);
  }
  void touch(FunctionId in, GlobalId global, AccessKind kind = AccessKind::read) {
    Access made{in};
    made.kind = kind;
    made.global = global;
    made.path = path(in, StepKind::global);
    s_.paths[row(made.path)].global = global;
    s_.accesses.push_back(made);
  }
  void call(FunctionId in, FunctionId callee, const std::vector<PathId>& arguments = {}) {
    Call made{in};
    made.callee = callee;
    add(made, arguments);
  }
  void call_through(FunctionId in, FieldId field, TypeId signature = none<TypeId>,
                    const std::vector<PathId>& arguments = {}) {
    Call made{in};
    made.kind = CallKind::indirect;
    made.via = field;
    made.signature = signature;
    add(made, arguments);
  }
  void answer(FunctionId in, PathId value) { s_.returns.push_back({in, value}); }
  void call_argument(FunctionId in, u32 index) {
    Call made{in};
    made.kind = CallKind::indirect;
    made.target = path(in, StepKind::argument, none<PathId>, index);
    add(made, {});
  }
  void lock(FunctionId in) {
    LockOperation made{in};
    made.family = "spin";
    s_.locks.push_back(made);
  }

private:
  void add(Call call, const std::vector<PathId>& arguments) {
    call.first_argument = static_cast<u32>(s_.arguments.size());
    call.argument_count = static_cast<u32>(arguments.size());
    const CallId id{static_cast<u32>(s_.calls.size())};
    for (u32 i = 0; i < arguments.size(); ++i) s_.arguments.push_back({id, i, arguments[i], {}});
    s_.calls.push_back(call);
  }

  Summary s_;
};

// All passes over made-up units; the first `driver` of them are the driver's.
class FakeRun {
public:
  FakeRun(const std::vector<const FakeUnit*>& units, u32 driver) {
    for (const FakeUnit* unit : units) types_.add(unit->summary(), type_keys(unit->summary()));
    types_.resolve();
    for (const FakeUnit* unit : units) {
      digests_.push_back(digest_unit(unit->summary(), type_keys(unit->summary()),
                                     Known().rows(KnownTable::lock_families)));
    }
    program_ = link(digests_, driver, types_);
    targets_ = find_targets(program_);
    border_ = find_border(program_, targets_, library_, types_);
    tell_apart(program_, border_);
    effects_ = add_effects(program_, targets_, border_, library_, Known(), types_);
    touched_ = driver_touches(program_, border_, library_);
    kept_ = find_kept(program_, targets_, border_, touched_, library_);
    std::vector<UnitRows> rows;
    const Bodies none_at_all;
    for (u32 i = 0; i < units.size(); ++i) {
      rows.push_back(
          take_rows(choice(), i, units[i]->summary(), i < driver ? &none_at_all : nullptr));
    }
    pruned_ = assemble(choice(), rows, {});
  }

  Choice choice() const {
    return {program_, targets_, library_, border_, effects_, touched_, kept_, types_};
  }
  const Program& program() const { return program_; }
  const Border& border() const { return border_; }
  const Kept& kept() const { return kept_; }
  const Pruned& pruned() const { return pruned_; }

  u32 function(const std::string& name) const {
    for (u32 i = 0; i < program_.functions.size(); ++i) {
      if (program_.functions[i].row.name == name) return i;
    }
    return no_row;
  }
  bool keeps(const std::string& name) const { return kept_.kept[function(name)]; }
  Side side(const std::string& name) const { return border_.sides[function(name)]; }
  // "KIND NAME" of each crossing.
  std::vector<std::string> crossings() const {
    std::vector<std::string> all;
    for (const Border::Crossing& crossing : border_.crossings) {
      all.push_back(fmt::format("{} {}", enum_name(crossing.kind), crossing.name));
    }
    return all;
  }

private:
  TypeStore types_;
  std::vector<UnitDigest> digests_;
  Library library_{Known()};
  Program program_;
  Targets targets_;
  Border border_;
  Effects effects_;
  Touched touched_;
  Kept kept_;
  Pruned pruned_;
};

} // namespace ks::prune

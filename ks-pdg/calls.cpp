// SPDX-License-Identifier: MIT
// Calls: their arguments, and what the tables know about the function called.
#include "ks-pdg/accesses.hpp"
#include "ks-pdg/outcomes.hpp"

#include <llvm/IR/Constants.h>
#include <llvm/IR/Instructions.h>

#include <fmt/format.h>

#include <algorithm>

namespace ks::pdg {

void Accesses::visit_call(const llvm::CallBase& call) {
  Call& row = summary_.calls[ks::row(program_.call(&call))];
  row.outcome = outcome_after(call);
  const llvm::Function* callee = callee_of(call);
  if (callee) {
    row.kind = CallKind::direct;
    row.callee = program_.function(callee);
    row.signature = types_.signature(summary_.functions[ks::row(row.callee)].type);
  } else {
    row.kind = CallKind::indirect;
    const std::vector<PathId> targets = values_.rows_of(call.getCalledOperand(), none<TypeId>);
    for (PathId target : targets) {
      if (row.target == none<PathId> || row.via == none<FieldId>) {
        row.target = target;
        row.via = paths_.field_of(target);
        row.signature = types_.signature(paths_.row(target).type);
      }
    }
    for (PathId target : targets) {
      if (target != row.target) {
        row.more_targets.push_back(target);
      }
    }
    if (row.via == none<FieldId> && (row.target == none<PathId> || row.signature == none<TypeId>)) {
      add_unknown(call, UnknownReason::indirect_target, "call through a computed pointer",
                  anything);
    }
  }
  const bool pointer = call.getType()->isPointerTy() || call.getType()->isIntegerTy(64);
  for (const Reference& reference : pointer ? values_.of(&call) : References{}) {
    const Path& path = paths_.row(reference.path);
    if (!reference.address && path.index == ks::row(program_.call(&call)) &&
        (path.step == StepKind::call_result || path.step == StepKind::allocation)) {
      row.result = reference.path;
    }
  }
  const TypeId result =
      row.signature == none<TypeId> ? none<TypeId> : types_.row(row.signature).element;
  if (types_.is_record(result) && !call.hasStructRetAttr()) {
    row.result = paths_.root(StepKind::call_result, ks::row(program_.call(&call)), result);
  }
  add_arguments(call, row);
  if (!callee) {
    return;
  }
  const llvm::StringRef name = known_name(*callee);
  if (const Model* model = program_.tables.find_model(name)) {
    add_model(call, *model);
  } else {
    add_callee_effects(call, *callee);
  }
  const Allocator* allocator = program_.tables.find_allocator(name);
  if (allocator && allocator->action == AllocatorAction::free) {
    add_free(call, allocator->argument);
  }
  if (const LockModel* lock = program_.tables.find_lock(name)) {
    add_lock(call, *lock);
  }
}

// Of how many elements a loop passes the addresses.
void Accesses::add_walk(Argument& argument, const llvm::Value* pointer,
                        const llvm::Instruction& user) {
  if (paths_.row(argument.path).step != StepKind::address ||
      !is_element_behind_pointer(paths_.row(argument.path).parent)) {
    return;
  }
  const PathId place = paths_.row(argument.path).parent;
  const Counted counted = loop_bound(pointer, user);
  if (counted.lengths.empty()) {
    return;
  }
  argument.length = said_beside(place, counted.lengths);
  if (argument.length != none<PathId>) {
    argument.unit = counted.unit;
    argument.more = counted.more;
    argument.start = counted.start ? number_in(counted.start, place) : none<PathId>;
  }
}

void Accesses::add_arguments(const llvm::CallBase& call, Call& row) {
  const llvm::Function* callee = callee_of(call);
  const bool hidden = call.hasStructRetAttr();
  const std::vector<u32> numbers =
      parameter_numbers(types_, summary_, row.signature, static_cast<u32>(call.arg_size()), hidden);
  std::vector<Argument>& arguments = rows_.arguments[ks::row(program_.call(&call))];
  for (u32 i = 0; i < call.arg_size(); ++i) {
    const u32 behind = i - static_cast<u32>(numbers.size());
    const u32 number = i < numbers.size() ? numbers[i]
                       : numbers.empty() || row.signature == none<TypeId>
                           ? i
                           : types_.row(row.signature).member_count + behind;
    if (number == no_row) {
      for (PathId room : values_.rows_of(call.getArgOperand(i), none<TypeId>)) {
        arguments.push_back({.call = program_.call(&call), .index = result_room, .path = room});
      }
      continue;
    }
    TypeId wanted = none<TypeId>;
    if (row.signature != none<TypeId> && number < types_.row(row.signature).member_count) {
      wanted = types_.member(types_.row(row.signature).first_member + number).type;
    }
    if (call.paramHasAttr(i, llvm::Attribute::ByVal) && types_.is_record(wanted)) {
      for (PathId object : values_.objects(call.getArgOperand(i), wanted)) {
        arguments.push_back({.call = program_.call(&call), .index = number, .path = object});
      }
      continue;
    }
    if (types_.is_record(wanted)) {
      std::vector<const llvm::Value*> registers{call.getArgOperand(i)};
      while (i + 1 < call.arg_size() && i + 1 < numbers.size() && numbers[i + 1] == number) {
        registers.push_back(call.getArgOperand(++i));
      }
      std::vector<PathId> objects = whole_in(registers, wanted);
      if (objects.empty()) {
        objects.push_back(values_.add_local(wanted));
        for (u32 k = 0; k < registers.size(); ++k) {
          const u64 size = program_.data_layout.getTypeStoreSize(registers[k]->getType());
          add_register(call, objects.front(), k, size, values_.of(registers[k]));
        }
      }
      for (PathId object : objects) {
        arguments.push_back({.call = program_.call(&call), .index = number, .path = object});
      }
      continue;
    }
    const std::vector<PathId> rows = values_.rows_of(call.getArgOperand(i), wanted);
    for (PathId path : rows) {
      arguments.push_back({.call = program_.call(&call),
                           .index = number,
                           .path = path,
                           .guard = guard_of(call, path),
                           .commands = commands_of(call, path)});
      add_walk(arguments.back(), call.getArgOperand(i), call);
    }
    if (rows.empty()) {
      arguments.push_back({.call = program_.call(&call), .index = number, .path = none<PathId>});
    }
  }
  if (row.signature != none<TypeId> && types_.row(row.signature).variadic) {
    add_variable_arguments(call, row, static_cast<u32>(numbers.size()));
  }
  add_handed_on(call, row);
  if (callee && callee->isVarArg() && !program_.tables.find_model(known_name(*callee)) &&
      call.arg_size() > callee->getFunctionType()->getNumParams()) {
    // What a function of another unit does with them, its own rows say.
    const auto known = rows_.variable.find(callee);
    const bool said =
        callee->isDeclaration() || (known != rows_.variable.end() && known->second.taken.known);
    add_unknown(call, UnknownReason::variadic,
                fmt::format("arguments after the last parameter of {}", callee->getName().str()),
                said ? Touches{} : anything);
  }
}

// What a call passes behind the last parameter.
void Accesses::add_variable_arguments(const llvm::CallBase& call, Call& row, u32 first) {
  for (u32 i = first; i < call.arg_size(); ++i) {
    const bool in_memory = call.paramHasAttr(i, llvm::Attribute::ByVal);
    row.variable.push_back(in_memory ? none<TypeId> : values_.variable_type(call.getArgOperand(i)));
  }
}

// Who is passed a list may take what is left in it.
void Accesses::add_handed_on(const llvm::CallBase& call, const Call& row) {
  const auto handed = values_.variable().handed.find(&call);
  if (handed == values_.variable().handed.end() || row.signature == none<TypeId>) {
    return;
  }
  const u32 named = types_.row(row.signature).member_count;
  std::vector<Argument>& arguments = rows_.arguments[ks::row(program_.call(&call))];
  for (u32 to = 0; to < max_variable; ++to) {
    for (u32 from = 0; from + to < max_variable; ++from) {
      if (handed->second & (Positions{1} << from)) {
        arguments.push_back(
            {program_.call(&call), named + to, values_.variable_argument(from + to), {}, {}});
      }
    }
  }
}

// The object of which the registers are what lies there, one after the other.
std::vector<PathId> Accesses::whole_in(const std::vector<const llvm::Value*>& registers,
                                       TypeId type) {
  const llvm::Value* base = nullptr;
  i64 begin = 0;
  for (std::size_t k = 0; k < registers.size(); ++k) {
    const auto* load = llvm::dyn_cast<llvm::LoadInst>(registers[k]);
    if (!load) {
      return {};
    }
    llvm::APInt offset(64, 0);
    const llvm::Value* from = load->getPointerOperand()->stripAndAccumulateConstantOffsets(
        program_.data_layout, offset, true);
    if (k == 0) {
      base = from;
      begin = offset.getSExtValue();
    } else if (from != base || offset.getSExtValue() != begin + static_cast<i64>(8 * k)) {
      return {};
    }
  }
  const auto* first = llvm::cast<llvm::LoadInst>(registers.front());
  const std::vector<PathId> objects = values_.objects(first->getPointerOperand(), type);
  const bool are_whole = std::ranges::all_of(objects, [&](PathId object) {
    const Path& path = paths_.row(object);
    return path.step != StepKind::cast && types_.same(path.type, type);
  });
  return are_whole ? objects : std::vector<PathId>();
}

// What is passed or returned in a register is written to a variable that has no memory.
void Accesses::add_register(const llvm::Instruction& instruction, PathId record, u32 index,
                            u64 size, const References& value) {
  const i64 begin = i64{64} * index;
  const TypeId type = paths_.row(record).type;
  const i64 end =
      std::min(begin + static_cast<i64>(size) * 8, static_cast<i64>(types_.size(type)) * 8);
  if (begin >= end) {
    return;
  }
  for (const Leaf& leaf : program_.places.find_leaves(type, {begin, end}, false, true)) {
    Access access;
    access.function = paths_.owner();
    access.instruction = program_.instruction(&instruction);
    access.kind = AccessKind::write;
    access.source = AccessSource::instruction;
    access.path = paths_.steps(record, leaf.steps);
    access.field = leaf.field == none<FieldId> ? paths_.field_of(access.path) : leaf.field;
    access.size = std::min<u64>(size, leaf.size_bits / 8);
    access.loc = program_.loc_of(instruction);
    std::vector<PathId> rows;
    for (const Reference& reference : value) {
      const PathId row =
          types_.is_pointer(leaf.type) ? values_.row_of(reference, leaf.type) : none<PathId>;
      if (row != none<PathId>) {
        rows.push_back(row);
      }
    }
    if (rows.empty()) {
      rows.push_back(none<PathId>);
    }
    for (PathId row : rows) {
      access.value = row;
      summary_.accesses.push_back(access);
    }
  }
}

void Accesses::add_model(const llvm::CallBase& call, const Model& model) {
  for (const Effect& effect : model.effects) {
    const u32 end = effect.to_the_end ? static_cast<u32>(call.arg_size()) : effect.argument + 1;
    for (u32 i = effect.argument; i < end && i < call.arg_size(); ++i) {
      if (call.getArgOperand(i)->getType()->isPointerTy()) {
        add_effect(call, effect, i);
      }
    }
  }
}

void Accesses::add_effect(const llvm::CallBase& call, const Effect& effect, u32 argument) {
  const llvm::Value* pointer = call.getArgOperand(argument);
  const auto* constant_pointer = llvm::dyn_cast<llvm::Constant>(pointer);
  if (constant_pointer && constant_pointer->isNullValue()) {
    return;
  }
  u64 size = effect.size;
  const llvm::Value* length = nullptr;
  if (effect.length < call.arg_size()) {
    length = call.getArgOperand(effect.length);
    if (const auto* number = llvm::dyn_cast<llvm::ConstantInt>(length)) {
      size = number->getZExtValue();
      length = nullptr;
      const auto* count = effect.count < call.arg_size()
                              ? llvm::dyn_cast<llvm::ConstantInt>(call.getArgOperand(effect.count))
                              : nullptr;
      if (count) {
        size *= count->getZExtValue();
      }
      if (size == 0) {
        return;
      }
    }
  }
  const LockModel* lock = program_.tables.find_lock(callee_of(call)->getName());
  const bool one =
      effect.kind != AccessKind::update || (lock && lock->action == LockAction::atomic);
  // What is read and written one after the other is no update.
  const std::vector<AccessKind> kinds =
      one ? std::vector{effect.kind} : std::vector{AccessKind::read, AccessKind::write};
  const std::size_t first = summary_.accesses.size();
  for (AccessKind kind : kinds) {
    add_access({&call, kind, AccessSource::model}, pointer, {size, false, true}, nullptr, length);
  }
  if (effect.kind == AccessKind::read && effect.length == no_row && size == 0 &&
      !effect.to_the_end) {
    end_texts(first);
  }
}

// Characters that no number counts are a text.
void Accesses::end_texts(std::size_t first) {
  for (std::size_t i = first; i < summary_.accesses.size(); ++i) {
    const Access& access = summary_.accesses[i];
    const TypeId type =
        access.path == none<PathId> ? none<TypeId> : types_.strip(paths_.row(access.path).type);
    if (type != none<TypeId> && access.length == none<PathId> && types_.row(type).name == "char") {
      summary_.accesses[i].length = paths_.integer(up_to_zeroes);
    }
  }
}

void Accesses::add_callee_effects(const llvm::CallBase& call, const llvm::Function& callee) {
  const auto known = rows_.effects.find(&callee);
  if (known == rows_.effects.end()) {
    return;
  }
  for (const Effect& effect : std::vector<Effect>(known->second)) {
    const llvm::Value* pointer = values_.actual(call, callee, effect.argument);
    const auto* constant = llvm::dyn_cast_or_null<llvm::Constant>(pointer);
    if (pointer && pointer->getType()->isPointerTy() && !(constant && constant->isNullValue())) {
      add_access({&call, effect.kind, AccessSource::callee, {effect.update, effect.used}}, pointer,
                 {effect.size, false, effect.size == 0, effect.offset, effect.stride}, nullptr);
    }
  }
}

void Accesses::add_free(const llvm::CallBase& call, u32 argument) {
  if (argument >= call.arg_size()) {
    return;
  }
  for (PathId object : values_.objects(call.getArgOperand(argument), none<TypeId>)) {
    Access access;
    access.function = paths_.owner();
    access.instruction = program_.instruction(&call);
    access.kind = AccessKind::free;
    access.source = AccessSource::model;
    access.path = object;
    access.field = paths_.field_of(object);
    access.global = paths_.global_of(object);
    access.loc = program_.loc_of(call);
    summary_.accesses.push_back(std::move(access));
  }
}

void Accesses::add_lock(const llvm::CallBase& call, const LockModel& lock) {
  const llvm::Function* callee = callee_of(call);
  if (lock.argument >= call.arg_size()) {
    add_lock_row(call, lock.action, lock.family, lock.name, none<PathId>);
    return;
  }
  TypeId wanted = none<TypeId>;
  const TypeId signature =
      types_.signature(summary_.functions[row(program_.function(callee))].type);
  if (signature != none<TypeId> && lock.argument < types_.row(signature).member_count) {
    wanted = types_.pointee(types_.member(types_.row(signature).first_member + lock.argument).type);
  }
  const std::vector<PathId> objects = values_.objects(
      call.getArgOperand(lock.argument), types_.is_record(wanted) ? wanted : none<TypeId>);
  for (PathId object : objects) {
    add_lock_row(call, lock.action, lock.family, lock.name, object);
  }
  if (objects.empty()) {
    add_lock_row(call, lock.action, lock.family, lock.name, none<PathId>);
    add_unknown(call, UnknownReason::unknown_pointer,
                fmt::format("which lock {} is for", lock.name), {});
  }
}

} // namespace ks::pdg

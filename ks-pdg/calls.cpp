// SPDX-License-Identifier: MIT
// Calls: their arguments, and what the tables know about the function called.
#include "ks-pdg/accesses.hpp"

#include <llvm/IR/Constants.h>
#include <llvm/IR/Instructions.h>

#include <fmt/format.h>

#include <algorithm>

namespace ks::pdg {

void Accesses::visit_call(const llvm::CallBase& call) {
  Call& row = summary_.calls[ks::row(program_.call(&call))];
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

void Accesses::add_arguments(const llvm::CallBase& call, Call& row) {
  const llvm::Function* callee = callee_of(call);
  const bool hidden = call.hasStructRetAttr();
  const std::vector<u32> numbers =
      parameter_numbers(types_, summary_, row.signature, static_cast<u32>(call.arg_size()), hidden);
  std::vector<Argument>& arguments = rows_.arguments[ks::row(program_.call(&call))];
  for (u32 i = 0; i < call.arg_size(); ++i) {
    const u32 number = i < numbers.size() ? numbers[i] : i;
    if (number == no_row) {
      continue;
    }
    TypeId wanted = none<TypeId>;
    if (row.signature != none<TypeId> && number < types_.row(row.signature).member_count) {
      wanted = types_.member(types_.row(row.signature).first_member + number).type;
    }
    if (call.paramHasAttr(i, llvm::Attribute::ByVal) && types_.is_record(wanted)) {
      for (PathId object : values_.objects(call.getArgOperand(i), wanted)) {
        arguments.push_back({program_.call(&call), number, object});
      }
      continue;
    }
    if (types_.is_record(wanted)) { // in registers: where the first was loaded from is the whole
      const bool first = i == 0 || i - 1 >= numbers.size() || numbers[i - 1] != number;
      const auto* load = llvm::dyn_cast<llvm::LoadInst>(call.getArgOperand(i));
      const std::vector<PathId> objects = first && load
                                              ? values_.objects(load->getPointerOperand(), wanted)
                                              : std::vector<PathId>();
      for (PathId object : objects) {
        arguments.push_back({program_.call(&call), number, object});
      }
      if (!first || !objects.empty()) {
        continue;
      }
    }
    const std::vector<PathId> rows = values_.rows_of(call.getArgOperand(i), wanted);
    for (PathId path : rows) {
      arguments.push_back({program_.call(&call), number, path});
    }
    if (rows.empty()) {
      arguments.push_back({program_.call(&call), number, none<PathId>});
    }
  }
  if (callee && callee->isVarArg() && !program_.tables.find_model(known_name(*callee)) &&
      call.arg_size() > callee->getFunctionType()->getNumParams()) {
    add_unknown(call, UnknownReason::variadic,
                fmt::format("arguments after the last parameter of {}", callee->getName().str()),
                anything);
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
  for (AccessKind kind : kinds) {
    add_access({&call, kind, AccessSource::model}, pointer, {size, false, true}, nullptr, length);
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
      add_access({&call, effect.kind, AccessSource::callee}, pointer,
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

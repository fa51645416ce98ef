// SPDX-License-Identifier: MIT
// The fixed point over one function, and what each instruction makes of its operands. A small
// structure by value is one or two registers of eight bytes, each of which is what lies there.
// Address computations are in arithmetic.cpp, how references meet memory is in memory.cpp, and
// what functions return in summaries.cpp.
#include "ks-pdg/values.hpp"

#include "ks-pdg/tables.hpp"

#include <llvm/ADT/PostOrderIterator.h>
#include <llvm/ADT/SmallPtrSet.h>
#include <llvm/Analysis/ValueTracking.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/DataLayout.h>
#include <llvm/IR/DebugProgramInstruction.h>
#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>

#include <algorithm>
#include <map>

namespace ks::pdg {
namespace {

// Paths are finite, but a chain of casts could take many rounds to close.
constexpr int max_rounds = 12;
// From this round on, what moves on in a loop is taken for any of its elements.
constexpr int first_widening = 3;

bool is_tracked(const llvm::Type* type) {
  return type->isPointerTy() || (type->isIntegerTy() && type->getIntegerBitWidth() <= 64);
}

// Distance in bytes if `value` is `base` plus a constant, through address computations.
std::optional<i64> constant_distance(const llvm::Value* value, const llvm::Value* base,
                                     const llvm::DataLayout& layout) {
  llvm::APInt offset(64, 0);
  const llvm::Value* root = value->stripAndAccumulateConstantOffsets(layout, offset, true);
  return root == base ? std::optional<i64>(offset.getSExtValue()) : std::nullopt;
}

// Distance in bytes that a round of a loop moves the phi's value by, where it does not go on from another
// value that it meets on the way; none if it does not move.
std::optional<i64> moved_by(const llvm::Value* value, const llvm::PHINode& phi,
                            const llvm::DataLayout& layout,
                            llvm::SmallPtrSetImpl<const llvm::Value*>& seen) {
  llvm::APInt offset(64, 0);
  const llvm::Value* root = value->stripAndAccumulateConstantOffsets(layout, offset, true);
  if (root == &phi) {
    return offset.getSExtValue();
  }
  const auto* choice = llvm::dyn_cast<llvm::Instruction>(root);
  if (!choice || !(llvm::isa<llvm::PHINode>(choice) || llvm::isa<llvm::SelectInst>(choice))) {
    return std::nullopt;
  }
  if (!seen.insert(root).second) {
    // A loop inside moves it.
    return offset.isZero() ? std::nullopt : std::optional<i64>(offset.getSExtValue());
  }
  std::optional<i64> found;
  for (const llvm::Value* one : choice->operands()) {
    const std::optional<i64> inner =
        one->getType()->isPointerTy() ? moved_by(one, phi, layout, seen) : std::nullopt;
    if (inner && (!found || *found == 0)) {
      found = *inner + offset.getSExtValue();
    }
  }
  return found;
}

} // namespace

void sort_unique(References& references) {
  std::sort(references.begin(), references.end());
  references.erase(std::unique(references.begin(), references.end()), references.end());
}

std::vector<u32> parameter_numbers(const Types& types, const Summary& summary, TypeId function,
                                   u32 arguments, bool hidden_result) {
  std::vector<u32> numbers;
  if (hidden_result) {
    numbers.push_back(no_row);
  }
  function = types.signature(function);
  if (function == none<TypeId>) {
    return {};
  }
  const Type& type = types.row(function);
  const bool one_each = type.member_count + numbers.size() == arguments;
  for (u32 i = 0; i < type.member_count; ++i) {
    const TypeId parameter = summary.members[type.first_member + i].type;
    const u64 size = types.size(parameter);
    const bool two = !one_each && types.is_record(parameter) && size > 8 && size <= 16;
    if (types.is_record(parameter) && size == 0 && !one_each) {
      continue;
    }
    numbers.insert(numbers.end(), two ? 2 : 1, i);
  }
  if (numbers.size() > arguments || (numbers.size() < arguments && !type.variadic)) {
    return {};
  }
  return numbers;
}

Values::Values(Program& program, Paths& paths, const llvm::Function& function,
               const llvm::DenseMap<const llvm::Function*, ReturnSummary>& summaries,
               const VariableArguments& variable)
    : program_(program), types_(program.types), places_(program.places), paths_(paths),
      function_(function), summaries_(summaries), variable_(variable) {
  find_hints();
  solve();
}

u32 Values::parameter_number(const llvm::Argument& argument) const {
  const std::vector<u32> numbers = parameter_numbers(
      types_, program_.summary, program_.summary.functions[row(paths_.owner())].type,
      static_cast<u32>(function_.arg_size()), function_.hasStructRetAttr());
  return argument.getArgNo() < numbers.size() ? numbers[argument.getArgNo()] : argument.getArgNo();
}

// Types of the variables that hold a value, from debug records.
void Values::find_hints() {
  for (const llvm::Instruction& instruction : llvm::instructions(function_)) {
    if (const auto* place = llvm::dyn_cast<llvm::AllocaInst>(&instruction)) {
      alloca_numbers_[place] = locals_++;
    }
    for (const llvm::DbgVariableRecord& record :
         llvm::filterDbgVars(instruction.getDbgRecordRange())) {
      if (record.hasArgList() || record.getExpression()->getNumElements() != 0) {
        continue;
      }
      const llvm::Value* value = record.getVariableLocationOp(0);
      if (!value || llvm::isa<llvm::Constant>(value)) {
        continue;
      }
      const TypeId type = types_.from(record.getVariable()->getType());
      if (const auto* place = llvm::dyn_cast<llvm::AllocaInst>(value);
          place && record.isDbgDeclare()) {
        alloca_types_.try_emplace(place, type);
      } else if (types_.is_record(types_.pointee(type)) ||
                 types_.is_pointer(types_.pointee(type))) {
        const TypeId pointee = types_.strip(types_.pointee(type));
        hints_[value].push_back(pointee);
        llvm::APInt offset(64, 0);
        const llvm::Value* base =
            value->stripAndAccumulateConstantOffsets(program_.data_layout, offset, true);
        if (base != value && types_.is_record(pointee)) {
          around_[base].push_back({offset.getSExtValue(), pointee});
        }
      }
    }
  }
}

void Values::solve() {
  const llvm::ReversePostOrderTraversal<const llvm::Function*> order(&function_);
  std::vector<const llvm::PHINode*> moving;
  for (int round = 0; round < max_rounds; ++round) {
    bool changed = false;
    moving.clear();
    for (const llvm::BasicBlock* block : order) {
      for (const llvm::Instruction& instruction : *block) {
        if (!update(instruction, round >= first_widening)) {
          continue;
        }
        changed = true;
        if (const auto* phi = llvm::dyn_cast<llvm::PHINode>(&instruction)) {
          moving.push_back(phi);
        }
      }
    }
    if (!changed) {
      return;
    }
  }
  // What still changes may be anything, besides what it is known to be, and so may what is made of it.
  for (const llvm::PHINode* phi : moving) {
    unsettled_.insert(phi);
    references_[phi].push_back({paths_.root(StepKind::unknown, 0, none<TypeId>)});
    sort_unique(references_[phi]);
  }
  for (int round = 0; round < 2; ++round) {
    for (const llvm::BasicBlock* block : order) {
      for (const llvm::Instruction& instruction : *block) {
        update(instruction, true);
      }
    }
  }
}

// References to places of one type, or to values of one, are one unknown reference of that type.
References Values::widened(const References& references) {
  References all;
  for (const Reference& reference : references) {
    const Path path = paths_.row(reference.path);
    if (!reference.address && path.step == StepKind::integer) {
      continue;
    }
    all.push_back({paths_.root(StepKind::unknown, 0, types_.strip(path.type)), reference.address,
                   reference.derived, reference.offset});
  }
  sort_unique(all);
  if (all.empty() || all.size() > max_references) {
    return {{paths_.root(StepKind::unknown, 0, none<TypeId>)}};
  }
  return all;
}

// Several elements of one array, as functions called in a loop return them, are any of its elements.
References Values::with_any_element(References references) {
  std::map<PathId, u32> elements; // by array
  for (const Reference& reference : references)
    if (reference.address && paths_.row(reference.path).step == StepKind::element)
      ++elements[paths_.row(reference.path).parent];
  for (Reference& reference : references) {
    const Path path = paths_.row(reference.path);
    if (reference.address && path.step == StepKind::element && elements[path.parent] > 1)
      reference.path = paths_.element(path.parent, any_element, path.type);
  }
  sort_unique(references);
  return references;
}

// A value that a loop moves from round to round: several offsets from one path are any.
References Values::settled(References references, const llvm::PHINode& phi) {
  references = with_any_element(std::move(references));
  References all;
  for (const Reference& reference : references) {
    const auto moved = [&](const Reference& other) {
      return other.path == reference.path && other.address == reference.address &&
             other.offset != reference.offset;
    };
    if (std::none_of(references.begin(), references.end(), moved)) {
      all.push_back(reference);
    } else if (holds_pointer(reference)) {
      all.push_back(generalize(reference, 1, &phi).value_or(reference));
    } else {
      all.push_back({reference.path, false, true, 0});
    }
  }
  sort_unique(all);
  return all;
}

bool Values::update(const llvm::Instruction& instruction, bool widening) {
  if (!is_tracked(instruction.getType()) || unsettled_.contains(&instruction)) {
    return false;
  }
  References now = compute(instruction);
  sort_unique(now);
  const auto* phi = llvm::dyn_cast<llvm::PHINode>(&instruction);
  const auto found = references_.find(&instruction);
  if (phi && widening) {
    if (found != references_.end()) {
      now.insert(now.end(), found->second.begin(), found->second.end());
      sort_unique(now);
    }
    now = settled(std::move(now), *phi);
  }
  if (now.empty()) {
    now = {{paths_.root(StepKind::unknown, 0, none<TypeId>)}};
  } else if (now.size() > max_references) {
    now = widened(now);
  }
  if (found == references_.end()) {
    references_[&instruction] = std::move(now);
    return true;
  }
  if (found->second == now) {
    return false;
  }
  found->second = std::move(now);
  return true;
}

const References& Values::of(const llvm::Value* value) {
  static const References nothing;
  if (const auto found = references_.find(value); found != references_.end()) {
    return found->second;
  }
  if (const auto* argument = llvm::dyn_cast<llvm::Argument>(value)) {
    return references_[value] = this->argument(*argument);
  }
  if (const auto* constant = llvm::dyn_cast<llvm::Constant>(value)) {
    References references = this->constant(constant);
    sort_unique(references);
    return references_[value] = std::move(references);
  }
  return nothing;
}

References Values::argument(const llvm::Argument& argument) {
  const u32 number = parameter_number(argument);
  const TypeId function = types_.signature(program_.summary.functions[row(paths_.owner())].type);
  if (number == no_row) { // room for a structure that is returned, as a variable of its own
    const TypeId result = function == none<TypeId> ? none<TypeId> : types_.row(function).element;
    return {{paths_.root(StepKind::local, result_room, result), true}};
  }
  TypeId type = none<TypeId>;
  if (function != none<TypeId> && number < types_.row(function).member_count) {
    type = types_.member(types_.row(function).first_member + number).type;
  }
  const PathId path = paths_.root(StepKind::argument, number, type);
  const bool in_memory = argument.hasByValAttr() && types_.is_record(type);
  if (!in_memory && types_.is_record(type)) {
    u32 index = 0;
    for (u32 i = argument.getArgNo(); i > 0 && parameter_number(*function_.getArg(i - 1)) == number;
         --i) {
      ++index;
    }
    return register_of(path, index, argument.getType());
  }
  return {{path, in_memory}};
}

// The field that fills the register, if there is just one.
References Values::register_of(PathId record, u32 index, const llvm::Type* type) {
  const TypeId structure = paths_.row(record).type;
  const i64 begin = i64{64} * index;
  const i64 end = std::min(begin + 64, static_cast<i64>(types_.size(structure)) * 8);
  const std::vector<Leaf> leaves =
      begin < end ? places_.find_leaves(structure, {begin, end}, type->isPointerTy(), false)
                  : std::vector<Leaf>();
  if (leaves.size() == 1) {
    return {{paths_.steps(record, leaves.front().steps)}};
  }
  return {{record, false, true}};
}

References Values::register_of(const llvm::Value* registers, u32 index) {
  if (!registers->getType()->isAggregateType()) {
    return of(registers);
  }
  const auto* call = llvm::dyn_cast<llvm::CallBase>(registers);
  if (!call) {
    const llvm::Value* one = llvm::FindInsertedValue(const_cast<llvm::Value*>(registers), {index});
    return one ? of(one) : References{};
  }
  References parts;
  if (!call->isInlineAsm()) {
    for (const Reference& reference : call_result(*call)) {
      const Path path = paths_.row(reference.path);
      if (path.step == StepKind::call_result && types_.is_record(path.type)) {
        const References part =
            register_of(reference.path, index,
                        llvm::ExtractValueInst::getIndexedType(call->getType(), {index}));
        parts.insert(parts.end(), part.begin(), part.end());
      }
    }
  }
  return parts;
}

PathId Values::variable_argument(u32 position) {
  return paths_.root(StepKind::argument, variable_.named + position, none<TypeId>);
}

TypeId Values::variable_type(const llvm::Value* value) {
  const llvm::Type* type = value->getType();
  if (type->isIntegerTy(32) || type->isIntegerTy(64)) {
    return types_.integer(type->getIntegerBitWidth() / 8);
  }
  if (!type->isPointerTy()) {
    return none<TypeId>;
  }
  std::vector<TypeId> pointees;
  for (PathId path : rows_of(value, none<TypeId>)) {
    const Path& row = paths_.row(path);
    if (row.step == StepKind::integer) {
      continue;
    }
    pointees.push_back(row.step == StepKind::address    ? paths_.row(row.parent).type
                       : row.step == StepKind::function ? types_.signature(row.type)
                                                        : types_.pointee(row.type));
    if (pointees.back() == none<TypeId>) {
      pointees.back() = hint(value, 0, 0, false);
    }
  }
  const bool one = std::ranges::all_of(
      pointees, [&](TypeId pointee) { return types_.same(pointee, pointees.front()); });
  return types_.pointer_to(one && !pointees.empty() ? pointees.front() : none<TypeId>);
}

PathId Values::add_local(TypeId type) { return paths_.root(StepKind::local, locals_++, type); }

References Values::constant(const llvm::Constant* value) {
  if (const auto* alias = llvm::dyn_cast<llvm::GlobalAlias>(value)) {
    value = alias->getAliaseeObject();
  }
  if (const auto* variable = llvm::dyn_cast_or_null<llvm::GlobalVariable>(value)) {
    const GlobalId id = program_.global(variable);
    if (id == none<GlobalId>) {
      return {};
    }
    return {{paths_.global(id, program_.summary.globals[row(id)].type), true}};
  }
  if (const auto* function = llvm::dyn_cast_or_null<llvm::Function>(value)) {
    const FunctionId id = program_.function(function);
    if (id == none<FunctionId>) {
      return {};
    }
    return {{paths_.function(id, program_.summary.functions[row(id)].type)}};
  }
  if (llvm::isa<llvm::ConstantPointerNull>(value)) {
    return {{paths_.integer(0)}};
  }
  if (const auto* number = llvm::dyn_cast<llvm::ConstantInt>(value)) {
    return number->getBitWidth() <= 64
               ? References{{paths_.integer(static_cast<u64>(number->getSExtValue()))}}
               : References{};
  }
  const auto* expression = llvm::dyn_cast<llvm::ConstantExpr>(value);
  if (!expression) {
    return {};
  }
  if (const auto* gep = llvm::dyn_cast<llvm::GEPOperator>(expression)) {
    return step_address(*gep);
  }
  return expression->isCast() ? of(expression->getOperand(0)) : References{};
}

References Values::compute(const llvm::Instruction& instruction) {
  if (const auto* load = llvm::dyn_cast<llvm::LoadInst>(&instruction)) {
    if (const auto taken = variable_.loads.find(load); taken != variable_.loads.end()) {
      References references;
      for (u32 i = 0; i < max_variable; ++i) {
        if (taken->second & (Positions{1} << i)) {
          references.push_back({variable_argument(i)});
        }
      }
      return references;
    }
    return this->load(load->getPointerOperand(), load->getType());
  }
  if (const auto* gep = llvm::dyn_cast<llvm::GEPOperator>(&instruction)) {
    return step_address(*gep);
  }
  if (const auto* phi = llvm::dyn_cast<llvm::PHINode>(&instruction)) {
    return merge_phi(*phi);
  }
  if (const auto* select = llvm::dyn_cast<llvm::SelectInst>(&instruction)) {
    References both = of(select->getTrueValue());
    const References& other = of(select->getFalseValue());
    both.insert(both.end(), other.begin(), other.end());
    return both;
  }
  if (llvm::isa<llvm::CastInst>(instruction) || llvm::isa<llvm::FreezeInst>(instruction)) {
    return of(instruction.getOperand(0));
  }
  if (const auto* operation = llvm::dyn_cast<llvm::BinaryOperator>(&instruction)) {
    return arithmetic(*operation);
  }
  if (const auto* place = llvm::dyn_cast<llvm::AllocaInst>(&instruction)) {
    return alloca_place(*place);
  }
  if (const auto* atomic = llvm::dyn_cast<llvm::AtomicRMWInst>(&instruction)) {
    return load(atomic->getPointerOperand(), atomic->getType());
  }
  if (const auto* extract = llvm::dyn_cast<llvm::ExtractValueInst>(&instruction)) {
    const llvm::Value* aggregate = extract->getAggregateOperand();
    if (const auto* exchange = llvm::dyn_cast<llvm::AtomicCmpXchgInst>(aggregate)) {
      return extract->getIndices()[0] == 0
                 ? load(exchange->getPointerOperand(), exchange->getCompareOperand()->getType())
                 : References{};
    }
    const auto* call = llvm::dyn_cast<llvm::CallBase>(aggregate);
    const u32 index = extract->getIndices()[0];
    return call && call->isInlineAsm() ? assembly_result(*call, index)
                                       : register_of(aggregate, index);
  }
  if (const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction)) {
    return call->isInlineAsm() ? assembly_result(*call, 0) : call_result(*call);
  }
  return {};
}

References Values::alloca_place(const llvm::AllocaInst& instruction) {
  TypeId type = alloca_types_.lookup_or(&instruction, none<TypeId>);
  if (type == none<TypeId>) {
    type = types_.from(instruction.getAllocatedType());
  }
  return {{paths_.root(StepKind::local, alloca_numbers_.lookup(&instruction), type), true}};
}

References Values::merge_phi(const llvm::PHINode& phi) {
  References merged;
  u64 stride = 0;
  for (const llvm::Value* incoming : phi.incoming_values()) {
    const std::optional<i64> distance =
        phi.getType()->isPointerTy() && incoming != &phi
            ? constant_distance(incoming, &phi, program_.data_layout)
            : std::nullopt;
    if (distance && *distance != 0) {
      stride = static_cast<u64>(*distance < 0 ? -*distance : *distance);
    } else if (incoming != &phi) {
      llvm::SmallPtrSet<const llvm::Value*, 8> seen;
      const std::optional<i64> step = phi.getType()->isPointerTy()
                                          ? moved_by(incoming, phi, program_.data_layout, seen)
                                          : std::nullopt;
      stride = step && *step != 0 ? static_cast<u64>(*step < 0 ? -*step : *step) : stride;
      const References& references = of(incoming);
      merged.insert(merged.end(), references.begin(), references.end());
    }
  }
  if (stride != 0) {
    References stepped;
    for (const Reference& reference : merged) {
      stepped.push_back(generalize(reference, stride, &phi).value_or(reference));
    }
    return stepped;
  }
  return merged;
}

References Values::call_result(const llvm::CallBase& call) {
  if (const auto* intrinsic = llvm::dyn_cast<llvm::IntrinsicInst>(&call)) {
    switch (intrinsic->getIntrinsicID()) {
    case llvm::Intrinsic::expect:
    case llvm::Intrinsic::ptr_annotation:
    case llvm::Intrinsic::launder_invariant_group:
    case llvm::Intrinsic::ptrmask: return of(intrinsic->getArgOperand(0));
    default: return {};
    }
  }
  const llvm::Function* callee = callee_of(call);
  const u32 number = row(program_.call(&call));
  TypeId signature = none<TypeId>;
  if (callee) {
    const FunctionId id = program_.function(callee);
    signature = program_.summary.functions[row(id)].type;
    if (const Model* model = program_.tables.find_model(known_name(*callee));
        model && model->returns < call.arg_size()) {
      return of(call.getArgOperand(model->returns));
    }
    const Allocator* allocator = program_.tables.find_allocator(known_name(*callee));
    if (allocator && allocator->action == AllocatorAction::allocate) {
      return {{paths_.root(StepKind::allocation, number, none<TypeId>)}};
    }
    if (const auto summary = summaries_.find(callee); summary != summaries_.end()) {
      References references = returned(call, summary->second);
      if (!references.empty()) {
        return references;
      }
    }
  } else {
    for (const Reference& reference : of(call.getCalledOperand())) {
      if (signature == none<TypeId>) {
        signature = types_.signature(paths_.row(reference.path).type);
      }
    }
  }
  signature = types_.signature(signature);
  const TypeId type = signature == none<TypeId> ? none<TypeId> : types_.row(signature).element;
  const PathId result = paths_.root(StepKind::call_result, number, type);
  const bool one_register = types_.is_record(type) && !call.getType()->isAggregateType();
  return one_register ? register_of(result, 0, call.getType()) : References{{result}};
}

// What comes out of inline assembly: what was read from its only memory operand, else the
// register that went in.
References Values::assembly_result(const llvm::CallBase& call, u32 index) {
  const auto* assembly = llvm::cast<llvm::InlineAsm>(call.getCalledOperand());
  const llvm::InlineAsm::ConstraintInfoVector constraints = assembly->ParseConstraints();
  const llvm::Value* tied = nullptr;
  const llvm::Value* memory = nullptr;
  bool one_memory = true;
  u32 operand = 0;
  u32 result = 0;
  std::vector<u32> output_of; // direct outputs, by constraint number
  for (const llvm::InlineAsm::ConstraintInfo& constraint : constraints) {
    const bool output = constraint.Type == llvm::InlineAsm::isOutput;
    output_of.push_back(output && !constraint.isIndirect ? result++ : no_row);
    if (constraint.Type == llvm::InlineAsm::isClobber ||
        constraint.Type == llvm::InlineAsm::isLabel || (output && !constraint.isIndirect)) {
      continue;
    }
    const llvm::Value* value = call.getArgOperand(operand++);
    const std::string& code = constraint.Codes.empty() ? std::string() : constraint.Codes.front();
    if (constraint.isIndirect || code == "p") {
      one_memory &= !memory || memory == value;
      memory = value;
    } else if (!code.empty() && std::all_of(code.begin(), code.end(), ::isdigit)) {
      const u32 to = static_cast<u32>(std::stoul(code));
      if (to < output_of.size() && output_of[to] == index) {
        tied = value;
      }
    }
  }
  const llvm::Type* type = call.getType();
  if (const auto* record = llvm::dyn_cast<llvm::StructType>(type)) {
    type = record->getElementType(index);
  }
  if (!is_tracked(type)) {
    return {};
  }
  const bool cpu_offset = memory && program_.tables.is_own_cpu_offset(memory->getName());
  if (memory && one_memory && !cpu_offset) {
    return load(memory, type);
  }
  return tied ? of(tied) : References{};
}

} // namespace ks::pdg

// SPDX-License-Identifier: MIT
// Address computations, by GEP and in integers.
#include "ks-pdg/values.hpp"

#include <llvm/IR/Constants.h>
#include <llvm/IR/DataLayout.h>
#include <llvm/IR/GetElementPtrTypeIterator.h>

#include <algorithm>

namespace ks::pdg {
namespace {

// The areas of the CPUs look alike: adding an offset between them changes no type.
bool is_cpu_offset(const Tables& tables, const llvm::Value* value) {
  const auto* load = llvm::dyn_cast<llvm::LoadInst>(value);
  if (!load) {
    return false;
  }
  const llvm::Value* base = load->getPointerOperand()->stripInBoundsOffsets();
  while (const auto* gep = llvm::dyn_cast<llvm::GEPOperator>(base)) {
    base = gep->getPointerOperand();
  }
  return tables.is_cpu_offset(base->getName());
}

} // namespace

References Values::step_address(const llvm::GEPOperator& gep) {
  References stepped;
  const References bases = of(gep.getPointerOperand());
  for (const Reference& base : bases) {
    const References ends = step_one(base, gep);
    stepped.insert(stepped.end(), ends.begin(), ends.end());
  }
  for (Reference& reference : stepped) {
    enter_hinted(reference, gep);
  }
  return stepped;
}

// Optimised code counts all bytes round a pointer from that pointer. Where it leaves the object that it is
// declared to point to, it is in one that a variable of the source points to, at its distance.
void Values::enter_hinted(Reference& reference, const llvm::GEPOperator& gep) {
  llvm::APInt total(64, 0);
  const llvm::Value* base =
      gep.stripAndAccumulateConstantOffsets(program_.data_layout, total, true);
  const auto found = around_.find(base);
  if (found == around_.end() || !reference.address) {
    return;
  }
  const Spot spot = climb({reference.path, reference.offset});
  const i64 size = static_cast<i64>(types_.size(paths_.row(spot.object).type));
  if (spot.offset >= 0 && (spot.offset < size || size == 0)) {
    return;
  }
  for (const Around& around : found->second) {
    const i64 inside = total.getSExtValue() - around.offset;
    if (inside < 0 || inside >= static_cast<i64>(types_.size(around.type))) {
      continue;
    }
    const PathId record = narrow({reference.path, reference.offset - inside}, around.type);
    if (record != none<PathId>) {
      reference = {record, true, reference.derived, inside};
      return;
    }
  }
}

// To the structure of this type that the reference points to, by a cast if need be.
bool Values::enter_record(Reference& reference, TypeId record, const llvm::Value* base) {
  const std::optional<Spot> spot = spot_of(reference, record, base, 0);
  const PathId place = spot ? narrow(*spot, record) : none<PathId>;
  reference = {place, true};
  return place != none<PathId>;
}

// One index of an address computation that is not a member of a structure.
bool Values::step_index(Reference& reference, const llvm::GEPOperator& gep, u64 stride,
                        const llvm::ConstantInt* index, bool first) {
  const llvm::Value* base = gep.getPointerOperand();
  const TypeId record = first ? types_.from(gep.getSourceElementType()) : none<TypeId>;
  if (!index) {
    const std::optional<Reference> element =
        generalize(reference, stride, first ? base : nullptr, !first);
    reference = element.value_or(reference);
    return element && (record == none<TypeId> || enter_record(reference, record, base));
  }
  if (record == none<TypeId>) {
    reference.offset += index->getSExtValue() * static_cast<i64>(stride);
    return true;
  }
  if (!enter_record(reference, record, base)) {
    return false;
  }
  if (!index->isZero()) {
    reference.path =
        paths_.element(reference.path, static_cast<u64>(index->getSExtValue()), record);
  }
  return true;
}

References Values::step_one(Reference reference, const llvm::GEPOperator& gep) {
  const llvm::Value* base = gep.getPointerOperand();
  const StepKind step = paths_.row(reference.path).step;
  if (!reference.address &&
      (step == StepKind::function || (step == StepKind::integer && !gep.hasAllZeroIndices()))) {
    return {};
  }
  bool first = true;
  for (auto at = llvm::gep_type_begin(gep), end = llvm::gep_type_end(gep); at != end; ++at) {
    const auto* index = llvm::dyn_cast<llvm::ConstantInt>(at.getOperand());
    if (llvm::StructType* record = at.getStructTypeOrNull()) {
      const u32 member = static_cast<u32>(index->getZExtValue());
      reference.offset +=
          static_cast<i64>(program_.data_layout.getStructLayout(record)->getElementOffset(member));
    } else if (!step_index(reference, gep, at.getSequentialElementStride(program_.data_layout),
                           index, first)) {
      return {};
    }
    first = false;
  }
  const bool member = types_.from(gep.getSourceElementType()) != none<TypeId> &&
                      gep.getNumIndices() > 1 && reference.address && reference.offset >= 0;
  if (member && gep.getResultElementType()->isSized()) {
    const u64 size = program_.data_layout.getTypeAllocSize(gep.getResultElementType());
    if (const auto steps = places_.find_member(paths_.origin(reference.path),
                                               static_cast<u64>(reference.offset), size)) {
      return {{paths_.steps(reference.path, *steps), true, reference.derived}};
    }
  }
  if (!reference.address && reference.offset != 0) {
    const TypeId type = pointee_for(reference, none<TypeId>, base, 0, false);
    if (types_.is_record(type)) {
      const PathId object = paths_.dereference(reference.path, type);
      return object == none<PathId> ? References{}
                                    : References{{object, true, false, reference.offset}};
    }
  }
  return {reference};
}

bool Values::holds_pointer(const Reference& reference) const {
  const Path& path = paths_.row(reference.path);
  return reference.address || types_.is_pointer(path.type) || path.step == StepKind::function ||
         path.step == StepKind::allocation;
}

References Values::arithmetic(const llvm::BinaryOperator& operation) {
  switch (operation.getOpcode()) {
  case llvm::Instruction::Add: return add(operation, false);
  case llvm::Instruction::Sub: return add(operation, true);
  case llvm::Instruction::And:
  case llvm::Instruction::Or:
  case llvm::Instruction::Xor: {
    // Flags in the low bits of a pointer.
    if (operation.getType()->getIntegerBitWidth() != 64) {
      return {};
    }
    References references;
    for (Reference reference : of(operation.getOperand(0))) {
      if (paths_.row(reference.path).step != StepKind::integer) {
        reference.derived = true;
        references.push_back(reference);
      }
    }
    return references;
  }
  default: return {};
  }
}

References Values::add(const llvm::BinaryOperator& operation, bool negative) {
  if (operation.getType()->getIntegerBitWidth() != 64) {
    return {};
  }
  const llvm::Value* left = operation.getOperand(0);
  const llvm::Value* right = operation.getOperand(1);
  References result;
  if (const auto* number = llvm::dyn_cast<llvm::ConstantInt>(right)) {
    for (Reference reference : of(left)) {
      if (paths_.row(reference.path).step != StepKind::integer) {
        reference.offset += negative ? -number->getSExtValue() : number->getSExtValue();
        reference.derived = !holds_pointer(reference);
        result.push_back(reference);
      }
    }
    return result;
  }
  const auto points = [&](const llvm::Value* value) {
    const References& references = of(value);
    return llvm::isa<llvm::PtrToIntInst>(value) ||
           std::any_of(references.begin(), references.end(),
                       [&](const Reference& reference) { return holds_pointer(reference); });
  };
  if (!negative && !points(left)) {
    std::swap(left, right);
  }
  if (is_cpu_offset(program_.tables, right)) {
    return of(left);
  }
  if (!points(left) || points(right)) {
    return {};
  }
  const References bases = of(left);
  for (const Reference& reference : bases) {
    if (const std::optional<Reference> element = generalize(reference, 1, nullptr)) {
      result.push_back(*element);
    }
  }
  return result;
}

} // namespace ks::pdg

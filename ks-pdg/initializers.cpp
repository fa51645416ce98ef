// SPDX-License-Identifier: MIT
// Static initialisers: what each non-zero leaf of a global holds before the first
// instruction runs. Ops tables are found here.

#include "ks-pdg/constants.hpp"
#include "ks-pdg/program.hpp"

#include "pipelines/bits.hpp"

#include <llvm/IR/Constants.h>
#include <llvm/IR/DataLayout.h>
#include <llvm/IR/GetElementPtrTypeIterator.h>
#include <llvm/IR/GlobalAlias.h>
#include <llvm/IR/Operator.h>

namespace ks::pdg {
namespace {

// Rows for one table of numbers (a CRC table, a font) that are not 0. All are of one field or
// variable, so that the others would say nothing else about what has a value.
constexpr u64 max_numbers = 64;

class InitializerWalk {
public:
  InitializerWalk(Program& program, GlobalId global)
      : program_(program), global_(global), type_(program.summary.globals[row(global)].type) {}

  void walk(const llvm::Constant* value) {
    each_leaf(value, program_.data_layout, 0, [this](const llvm::Constant* leaf, u64 offset) {
      if (const auto* table = llvm::dyn_cast<llvm::ConstantDataSequential>(leaf)) {
        add_table(*table, offset);
      } else {
        add_leaf(leaf, offset);
      }
    });
  }

private:
  void add_table(const llvm::ConstantDataSequential& table, u64 offset) {
    u64 numbers = 0;
    for (u64 i = 0; i < table.getNumElements() && numbers < max_numbers; ++i) {
      const llvm::Constant* element = table.getElementAsConstant(static_cast<u32>(i));
      if (!element->isNullValue()) {
        ++numbers;
        add_leaf(element, offset + i * table.getElementByteSize());
      }
    }
  }

  void add_leaf(const llvm::Constant* value, u64 offset) {
    Initializer row;
    row.global = global_;
    row.offset_bits = offset * 8;
    if (!set_value(value, row)) {
      Unknown unknown;
      unknown.reason = UnknownReason::unsupported_instruction;
      unknown.what = "initializer of " + program_.summary.globals[ks::row(global_)].name +
                     " holds a computed constant";
      unknown.loc = program_.summary.globals[ks::row(global_)].loc;
      program_.summary.unknowns.push_back(std::move(unknown));
      return;
    }
    const u64 size = program_.data_layout.getTypeStoreSize(value->getType());
    if (offset + size <= program_.types.size(type_) || program_.types.size(type_) == 0) {
      const i64 begin = static_cast<i64>(offset * 8);
      const std::vector<Leaf> leaves =
          program_.places.find_leaves(type_, {begin, begin + static_cast<i64>(size * 8)},
                                      value->getType()->isPointerTy(), false);
      if (leaves.size() > 1 && row.kind == ValueKind::integer) {
        add_bit_fields(row, leaves);
        return;
      }
      row.field = leaves.empty() ? none<FieldId> : leaves.front().field;
    }
    program_.summary.initializers.push_back(row);
  }

  // One storage unit that holds several bit-fields.
  void add_bit_fields(const Initializer& unit, const std::vector<Leaf>& leaves) {
    for (const Leaf& leaf : leaves) {
      const u64 shift = leaf.offset_bits - std::min(leaf.offset_bits, unit.offset_bits);
      if (shift >= 64 || leaf.size_bits == 0) {
        continue;
      }
      const u64 mask = low_bits(leaf.size_bits);
      Initializer row = unit;
      row.integer = unit.integer >> shift & mask;
      row.offset_bits = leaf.offset_bits;
      row.field = leaf.field;
      if (row.integer != 0) {
        program_.summary.initializers.push_back(row);
      }
    }
  }

  bool set_value(const llvm::Constant* value, Initializer& row) const {
    if (const auto* number = llvm::dyn_cast<llvm::ConstantInt>(value)) {
      row.kind = ValueKind::integer;
      row.integer = number->getValue().getLoBits(64).getLimitedValue();
      return true;
    }
    if (const auto* expression = llvm::dyn_cast<llvm::ConstantExpr>(value);
        expression && (expression->getOpcode() == llvm::Instruction::PtrToInt ||
                       expression->getOpcode() == llvm::Instruction::Trunc ||
                       expression->getOpcode() == llvm::Instruction::IntToPtr)) {
      return set_value(expression->getOperand(0), row);
    }
    if (!value->getType()->isPointerTy()) {
      return false;
    }
    llvm::APInt addend(64, 0);
    const llvm::Value* base =
        value->stripAndAccumulateConstantOffsets(program_.data_layout, addend, true);
    base = base->stripPointerCastsAndAliases();
    row.addend = addend.getZExtValue();
    if (const auto* function = llvm::dyn_cast<llvm::Function>(base)) {
      row.kind = ValueKind::function;
      row.function = program_.function(function);
      return true;
    }
    if (const auto* variable = llvm::dyn_cast<llvm::GlobalVariable>(base)) {
      row.target = program_.global(variable);
      row.kind = !program_.summary.globals[ks::row(row.target)].string_value.empty()
                     ? ValueKind::string
                     : ValueKind::global;
      return true;
    }
    const auto* expression = llvm::dyn_cast<llvm::ConstantExpr>(base);
    return expression && expression->getOpcode() == llvm::Instruction::IntToPtr &&
           set_value(expression->getOperand(0), row);
  }

  Program& program_;
  GlobalId global_;
  TypeId type_;
};

} // namespace

void add_initializers(Program& program) {
  for (u32 i = 0; i < program.globals.size(); ++i) {
    const llvm::GlobalVariable* variable = program.globals[i];
    if (variable->hasInitializer() && program.summary.globals[i].string_value.empty()) {
      InitializerWalk(program, GlobalId{i}).walk(variable->getInitializer());
    }
  }
}

} // namespace ks::pdg

// SPDX-License-Identifier: MIT
// What each value of a function may be: the points-to part of ks-pdg. A value is a small
// set of references; a reference is a path, either the address of its place or what
// the place holds, and a number of bytes added to it. Types decide the path only where memory
// is touched, by the strongest evidence there: the structure that an address computation names,
// the declared type, the type of a variable that holds the pointer.

#pragma once

#include "ks-pdg/paths.hpp"
#include "ks-pdg/program.hpp"
#include "ks-pdg/variable.hpp"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/DenseSet.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/Operator.h>

#include <set>

namespace ks::pdg {

struct Reference {
  PathId path{no_row};
  bool address = false; // the address of `path`'s place, else what it holds
  bool derived = false; // computed from it: good enough to follow as a pointer only
  i64 offset = 0;       // bytes

  friend auto operator<=>(const Reference&, const Reference&) = default;
};
using References = std::vector<Reference>; // sorted, unique
void sort_unique(References& references);

// What a function returns, in terms of its own paths; empty if that says nothing to a caller.
using ReturnSummary = References;

// A place that is touched, and what is known about it.
struct Touched {
  PathId place{no_row};
  FieldId field{no_row};
  TypeId type{no_row};
  u64 offset_bits = 0; // from the start of the access
  u64 size_bits = 0;
  bool bit_field = false;
  bool partial = false; // less or more than the access
  bool covered = false; // all of it is touched
};

// A range of memory behind a pointer.
struct Range {
  u64 size = 0;         // bytes
  bool pointer = false; // a pointer is read or written
  bool bulk = false;    // bytes are copied, whatever they are
  i64 offset = 0;       // from where the pointer points to
  u64 stride = 0;       // or any multiple of these bytes further on
};

class Values {
public:
  Values(Program& program, Paths& paths, const llvm::Function& function,
         const llvm::DenseMap<const llvm::Function*, ReturnSummary>& summaries,
         const VariableArguments& variable);

  const References& of(const llvm::Value* value);
  // The parts of memory that an access touches, and whether every reference was understood.
  std::vector<Touched> touched(const llvm::Value* pointer, Range range, bool& complete);
  // The whole place that a pointer points to, without going into it, for locks and frees;
  // `wanted` is its type if known.
  std::vector<PathId> objects(const llvm::Value* pointer, TypeId wanted);
  // The row that stands for a value: an argument, a stored pointer, a callee. `wanted` is the
  // type of the parameter that receives it, if known.
  PathId row_of(const Reference& reference, TypeId wanted);
  std::vector<PathId> rows_of(const llvm::Value* value, TypeId wanted);
  // A pointer, or a number that is one.
  bool may_be_pointer(const llvm::Value* value);

  // What a register is of those in which a structure, the place `record`, is passed or returned.
  References register_of(PathId record, u32 index, const llvm::Type* type);
  // The same of a value that is several registers.
  References register_of(const llvm::Value* registers, u32 index);
  // The type of what is passed as a variable argument: int, long, a pointer; none if it is neither.
  TypeId variable_type(const llvm::Value* value);
  // What the function takes of its own ones.
  const VariableArguments& variable() const { return variable_; }
  PathId variable_argument(u32 position);
  // A variable of the source that has become registers only.
  PathId add_local(TypeId type);

  ReturnSummary summarize();
  // What a call passes for a parameter of the source, null if that is not one value.
  const llvm::Value* actual(const llvm::CallBase& call, const llvm::Function& callee,
                            u32 parameter) const;
  // Argument number in the source of an LLVM argument.
  u32 parameter_number(const llvm::Argument& argument) const;

private:
  struct Spot {
    PathId object{no_row};
    i64 offset = 0;
  };
  void find_hints();
  void solve();
  bool update(const llvm::Instruction& instruction, bool widening);
  References widened(const References& references);
  References with_any_element(References references);
  References settled(References references, const llvm::PHINode& phi);
  References compute(const llvm::Instruction& instruction);
  References constant(const llvm::Constant* value);
  References argument(const llvm::Argument& argument);
  References alloca_place(const llvm::AllocaInst& instruction);
  References load(const llvm::Value* pointer, const llvm::Type* type);
  References merge_phi(const llvm::PHINode& phi);
  References step_address(const llvm::GEPOperator& gep);
  References step_one(Reference reference, const llvm::GEPOperator& gep);
  void enter_hinted(Reference& reference, const llvm::GEPOperator& gep);
  bool step_index(Reference& reference, const llvm::GEPOperator& gep, u64 stride,
                  const llvm::ConstantInt* index, bool first);
  bool enter_record(Reference& reference, TypeId record, const llvm::Value* base);
  References arithmetic(const llvm::BinaryOperator& operation);
  References add(const llvm::BinaryOperator& operation, bool negative);
  References call_result(const llvm::CallBase& call);
  References assembly_result(const llvm::CallBase& call, u32 index);
  References returned(const llvm::CallBase& call, const ReturnSummary& summary);
  References translate_value(const llvm::CallBase& call, PathId callee_row);
  std::vector<PathId> translate_place(const llvm::CallBase& call, PathId callee_row);

  std::optional<Spot> spot_of(const Reference& reference, TypeId wanted, const llvm::Value* hinted,
                              u64 size, bool plain = false);
  TypeId pointee_for(const Reference& reference, TypeId wanted, const llvm::Value* hinted, u64 size,
                     bool plain);
  PathId narrow(Spot spot, TypeId wanted);
  Spot climb(Spot spot);
  std::optional<Spot> outward(Spot spot) const;
  std::optional<Reference> generalize(const Reference& reference, u64 stride,
                                      const llvm::Value* hinted, bool array = false);
  void touch(Spot spot, Range range, std::vector<Touched>& out);
  void touch_leaves(Spot spot, u64 size, Range range, std::vector<Touched>& out);
  void touch_open_end(Spot spot, Range range, std::vector<Touched>& out);
  bool touch_members(Spot spot, Range range, std::vector<Touched>& out);
  PathId later_row(Spot spot);
  Spot reach(Spot spot, Range range) const;
  bool holds_pointer(const Reference& reference) const;
  TypeId hint(const llvm::Value* value, i64 offset, u64 size, bool plain);
  bool is_of_member(const llvm::Value& pointer, TypeId record);

  Program& program_;
  Types& types_;
  Places& places_;
  Paths& paths_;
  const llvm::Function& function_;
  const llvm::DenseMap<const llvm::Function*, ReturnSummary>& summaries_;
  const VariableArguments& variable_;
  llvm::DenseMap<const llvm::Value*, References> references_;
  llvm::DenseSet<const llvm::Value*> unsettled_; // no number of rounds is enough for these
  llvm::DenseMap<const llvm::Value*, std::vector<TypeId>> hints_;
  // Of other values, by the one from which they are so many bytes away.
  struct Around {
    i64 offset = 0;
    TypeId type{no_row};
  };
  llvm::DenseMap<const llvm::Value*, std::vector<Around>> around_;
  llvm::DenseMap<const llvm::AllocaInst*, u32> alloca_numbers_;
  u32 locals_ = 0;
  llvm::DenseMap<const llvm::AllocaInst*, TypeId> alloca_types_;
};

// Of more references than this to one value, those to places of one type are told apart no more.
inline constexpr std::size_t max_references = 16;

// Source parameter of each LLVM argument of a function type: structures passed in two
// registers make two arguments of one parameter. Empty if the two do not match.
std::vector<u32> parameter_numbers(const Types& types, const Summary& summary, TypeId function,
                                   u32 arguments, bool hidden_result);

} // namespace ks::pdg

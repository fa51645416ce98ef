// SPDX-License-Identifier: MIT
// The rows of one function: what each instruction touches, calls, locks and returns, and
// what was not understood.

#pragma once

#include "ks-pdg/null.hpp"
#include "ks-pdg/guards.hpp"
#include "ks-pdg/loops.hpp"
#include "ks-pdg/tables.hpp"
#include "ks-pdg/updates.hpp"
#include "ks-pdg/values.hpp"

#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>

namespace ks::pdg {

// What functions know of each other while their rows are made, callees first.
struct FunctionRows {
  std::vector<std::vector<Argument>> arguments; // by call of the unit
  // What a function does to the scalars right behind its pointer arguments.
  llvm::DenseMap<const llvm::Function*, std::vector<Effect>> effects;
  VariableOfFunctions variable;
  NullEffects null_effects, error_effects;
};

class Accesses {
public:
  Accesses(Program& program, Paths& paths, Values& values, FunctionRows& rows,
           const llvm::Function& function);
  void add();

private:
  struct Site {
    const llvm::Instruction* instruction = nullptr;
    AccessKind kind{};
    AccessSource source{};
    Made made{};
  };
  void visit(const llvm::Instruction& instruction);
  void visit_load(const llvm::LoadInst& load);
  void visit_store(const llvm::StoreInst& store);
  void visit_compare(const llvm::Instruction& compare);
  void visit_return(const llvm::ReturnInst& exit);
  void visit_intrinsic(const llvm::IntrinsicInst& call);
  void visit_call(const llvm::CallBase& call);
  void visit_assembly(const llvm::CallBase& call);
  void add_copy(const llvm::MemIntrinsic& call);
  void add_copied_pointers(const llvm::MemTransferInst& copy, u64 size);
  void add_model(const llvm::CallBase& call, const Model& model);
  void end_texts(std::size_t first);
  void add_effect(const llvm::CallBase& call, const Effect& effect, u32 argument);
  void add_callee_effects(const llvm::CallBase& call, const llvm::Function& callee);
  void keep_effects(std::size_t first_access);
  void add_free(const llvm::CallBase& call, u32 argument);
  void add_lock(const llvm::CallBase& call, const LockModel& lock);
  void add_walk(Argument& argument, const llvm::Value* pointer, const llvm::Instruction& user);
  void add_arguments(const llvm::CallBase& call, Call& row);
  void add_variable_arguments(const llvm::CallBase& call, Call& row, u32 first);
  void add_handed_on(const llvm::CallBase& call, const Call& row);
  std::vector<PathId> whole_in(const std::vector<const llvm::Value*>& registers, TypeId type);
  void add_register(const llvm::Instruction& instruction, PathId record, u32 index, u64 size,
                    const References& value);
  PathId add_returned(const llvm::ReturnInst& exit, TypeId type);
  void add_atomic(const llvm::Instruction& instruction, const llvm::Value* pointer,
                  std::string_view name);
  void add_lock_row(const llvm::Instruction& instruction, LockAction action,
                    std::string_view family, std::string_view name, PathId lock);

  // One row for each place and each value; `bits` chooses among bit-fields.
  void add_access(const Site& site, const llvm::Value* pointer, Range range,
                  const llvm::Value* value, const llvm::Value* length = nullptr,
                  u64 bits = ~u64{0});
  // How many of the elements behind a pointer a loop walks, for each object that the pointer may be in.
  struct Counted {
    std::vector<PathId> lengths;
    u64 unit = 1;
    i64 more = 0;
    const llvm::Value* start = nullptr;
  };
  void count_as_declared(const llvm::Value* pointer, PathId place, Access& access);
  Counted loop_bound(const llvm::Value* pointer, const llvm::Instruction& user);
  // The nearest guard of a member on the way to the place that the member's object has, too.
  Guard guard_of(const llvm::Instruction& instruction, PathId place);
  bool is_choice(const Path& member);
  bool is_untyped(TypeId type) const;
  // What is known of arguments where what an untyped one leads to is touched, or that itself is used.
  std::vector<Guard> commands_of(const llvm::Instruction& instruction, PathId place);
  PathId said_beside(PathId place, const std::vector<PathId>& numbers) const;
  // What holds the number for the elements there; with the step `unknown` if nothing does.
  PathId number_in(const llvm::Value* value, PathId place);
  bool is_element_behind_pointer(PathId place) const;
  std::optional<u64> open_offset(PathId place) const;
  // `touches`: what the instruction may do to memory that is not known.
  struct Touches {
    bool reads = false;
    bool writes = false;
  };
  static constexpr Touches anything{true, true};
  void add_unknown(const llvm::Instruction& instruction, UnknownReason reason, std::string what,
                   Touches touches);
  void add_unknown_access(const Site& site, const llvm::Value* pointer);
  bool must_write(const Site& site, const Touched& part) const;
  void find_straight_line();

  Program& program_;
  Summary& summary_;
  Types& types_;
  Paths& paths_;
  Values& values_;
  FunctionRows& rows_;
  const llvm::Function& function_;
  Loops loops_;
  Guards guards_;
  bool is_lock_function_ = false;
  bool checks_errors_ = false; // whether the function does, of anything
  bool on_straight_line_ = true;
  std::vector<FieldId> read_before_;
  const llvm::BasicBlock* line_end_ = nullptr;
};

// Bits of a loaded storage unit that something depends on, without those that are only
// written back unchanged beside a bit-field.
u64 bits_read(const llvm::LoadInst& load);
// Bits of a storage unit that a store changes.
u64 bits_written(const llvm::StoreInst& store);

} // namespace ks::pdg

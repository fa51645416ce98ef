// SPDX-License-Identifier: MIT
// The tables of one unit while they are filled, and which row stands for which LLVM
// object. LLVM's objects are only ever looked up here, never walked in their order.

#pragma once

#include "ks-pdg/places.hpp"
#include "ks-pdg/tables.hpp"

#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/InstrTypes.h>
#include <llvm/IR/Module.h>

namespace ks::pdg {

class Program {
public:
  Program(Pdg& pdg, const llvm::Module& module, const Tables& tables,
          const std::string& source_root);

  Loc loc_of(const llvm::Instruction& instruction) const;
  FunctionId function(const llvm::Function* function) const;
  GlobalId global(const llvm::GlobalVariable* variable) const;
  u32 instruction(const llvm::Instruction* instruction) const;
  CallId call(const llvm::CallBase* call) const;
  u32 block(const llvm::BasicBlock* block) const { return blocks.lookup(block); }

  // Functions and globals that are defined here, by row.
  std::vector<const llvm::Function*> functions;
  std::vector<const llvm::GlobalVariable*> globals;

  Pdg& pdg;
  Summary& summary;
  const llvm::Module& module;
  const Tables& tables;
  const llvm::DataLayout& data_layout;
  Types types;
  Places places;

  // The code is as clang wrote it: it computes the address also of what lies at the start of a structure.
  bool names_first_members = false;

  llvm::DenseMap<const llvm::Function*, FunctionId> function_rows;
  llvm::DenseMap<const llvm::GlobalVariable*, GlobalId> global_rows;
  llvm::DenseMap<const llvm::Instruction*, u32> instructions;
  llvm::DenseMap<const llvm::CallBase*, CallId> calls;
  llvm::DenseMap<const llvm::BasicBlock*, u32> blocks;
};

// What a call really calls: through aliases; null if it is not known by name.
const llvm::Function* callee_of(const llvm::CallBase& call);
// The name by which the tables know a function; empty for one that a source keeps to itself, which
// may have the name of any function of the kernel. Functions of headers are everybody's.
llvm::StringRef known_name(const llvm::Function& function);

// Symbols: rows of functions, globals and aliases, in the order of their names.
void add_symbols(Program& program);
// Non-zero leaves of initialisers.
void add_initializers(Program& program);
// Blocks and instructions; numbers calls.
void add_instructions(Program& program);

} // namespace ks::pdg

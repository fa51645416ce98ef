// SPDX-License-Identifier: MIT
#include "ks-pdg/program.hpp"

#include <llvm/IR/DebugInfoMetadata.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/IR/IntrinsicInst.h>

#include <algorithm>

namespace ks::pdg {
namespace {

bool is_of_first_member(const llvm::Instruction& instruction) {
  const auto* gep = llvm::dyn_cast<llvm::GetElementPtrInst>(&instruction);
  return gep && gep->getSourceElementType()->isStructTy() && gep->getNumIndices() > 1 &&
         gep->hasAllZeroIndices();
}

bool computes_first_members(const llvm::Module& module) {
  return std::ranges::any_of(module, [](const llvm::Function& function) {
    return std::ranges::any_of(llvm::instructions(function), is_of_first_member);
  });
}

} // namespace

Program::Program(Pdg& pdg, const llvm::Module& module, const Tables& tables,
                 const std::string& source_root)
    : pdg(pdg), summary(pdg.summary), module(module), tables(tables),
      data_layout(module.getDataLayout()), types(pdg.summary, module, source_root),
      places(pdg.summary, types), names_first_members(computes_first_members(module)) {}

Loc Program::loc_of(const llvm::Instruction& instruction) const {
  Loc loc;
  if (const llvm::DILocation* at = instruction.getDebugLoc().get()) {
    loc.file = source_path(at->getFile(), types.source_root());
    loc.line = at->getLine();
    loc.column = at->getColumn();
  }
  return loc;
}

FunctionId Program::function(const llvm::Function* function) const {
  const auto found = function_rows.find(function);
  return found == function_rows.end() ? none<FunctionId> : found->second;
}

GlobalId Program::global(const llvm::GlobalVariable* variable) const {
  const auto found = global_rows.find(variable);
  return found == global_rows.end() ? none<GlobalId> : found->second;
}

u32 Program::instruction(const llvm::Instruction* instruction) const {
  const auto found = instructions.find(instruction);
  return found == instructions.end() ? no_row : found->second;
}

CallId Program::call(const llvm::CallBase* call) const {
  const auto found = calls.find(call);
  return found == calls.end() ? none<CallId> : found->second;
}

const llvm::Function* callee_of(const llvm::CallBase& call) {
  const llvm::Value* callee = call.getCalledOperand()->stripPointerCastsAndAliases();
  return llvm::dyn_cast<llvm::Function>(callee);
}

namespace {

// clang splits the same path in several ways.
std::string whole_path(const llvm::DIScope& scope) {
  if (scope.getFilename().starts_with("/")) return scope.getFilename().str();
  return (scope.getDirectory() + "/" + scope.getFilename()).str();
}

} // namespace

llvm::StringRef known_name(const llvm::Function& function) {
  const llvm::DISubprogram* debug = function.getSubprogram();
  const bool own = function.hasLocalLinkage() && debug && debug->getUnit() &&
                   whole_path(*debug) == whole_path(*debug->getUnit());
  return own ? llvm::StringRef() : function.getName();
}

void add_instructions(Program& program) {
  Bodies& bodies = program.pdg.bodies;
  for (const llvm::Function* function : program.functions) {
    const u32 first_block = static_cast<u32>(bodies.blocks.size());
    for (const llvm::BasicBlock& block : *function) {
      const u32 row = static_cast<u32>(bodies.blocks.size());
      program.blocks[&block] = row;
      Block out;
      out.function = program.function(function);
      out.first_instruction = static_cast<u32>(bodies.instructions.size());
      for (const llvm::Instruction& instruction : block) {
        program.instructions[&instruction] = static_cast<u32>(bodies.instructions.size());
        Instruction line;
        line.block = row;
        line.opcode = instruction.getOpcodeName();
        line.loc = program.loc_of(instruction);
        bodies.instructions.push_back(std::move(line));
        const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
        if (call && !llvm::isa<llvm::IntrinsicInst>(call)) {
          Call made;
          made.caller = out.function;
          made.instruction = program.instructions[&instruction];
          made.loc = bodies.instructions.back().loc;
          program.calls[call] = CallId{static_cast<u32>(program.summary.calls.size())};
          program.summary.calls.push_back(std::move(made));
        }
      }
      out.instruction_count = static_cast<u32>(bodies.instructions.size()) - out.first_instruction;
      bodies.blocks.push_back(std::move(out));
    }
    u32 row = first_block;
    for (const llvm::BasicBlock& block : *function) {
      std::vector<u32>& successors = bodies.blocks[row++].successors;
      for (const llvm::BasicBlock* successor : llvm::successors(&block)) {
        successors.push_back(program.blocks.lookup(successor));
      }
    }
  }
}

} // namespace ks::pdg

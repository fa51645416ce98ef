// SPDX-License-Identifier: MIT
#include "ks-pdg/build.hpp"

#include "ks-pdg/accesses.hpp"
#include "ks-pdg/dependences.hpp"
#include "ks-pdg/null.hpp"

#include <llvm/ADT/DenseSet.h>
#include <llvm/Analysis/TargetLibraryInfo.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>
#include <llvm/TargetParser/Triple.h>

#include <algorithm>
#include <map>

namespace ks::pdg {
namespace {

// Callees before callers, so that what a function returns is known where it is called.
void add_callees_first(const llvm::Function* function, llvm::DenseSet<const llvm::Function*>& seen,
                       std::vector<const llvm::Function*>& order) {
  struct Frame {
    const llvm::Function* function;
    std::vector<const llvm::Function*> callees;
    std::size_t next = 0;
  };
  const auto enter = [](const llvm::Function* at) {
    Frame frame{at, {}, 0};
    for (const llvm::Instruction& instruction : llvm::instructions(at)) {
      const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
      const llvm::Function* callee = call ? callee_of(*call) : nullptr;
      if (callee && !callee->isDeclaration()) {
        frame.callees.push_back(callee);
      }
    }
    return frame;
  };
  if (!seen.insert(function).second) {
    return;
  }
  std::vector<Frame> stack{enter(function)};
  while (!stack.empty()) {
    Frame& top = stack.back();
    if (top.next == top.callees.size()) {
      order.push_back(top.function);
      stack.pop_back();
      continue;
    }
    const llvm::Function* callee = top.callees[top.next++];
    if (seen.insert(callee).second) {
      stack.push_back(enter(callee));
    }
  }
}

std::map<u32, u32> formals_of(Program& program, const llvm::Function& function, Values& values) {
  std::map<u32, u32> formals;
  for (const llvm::Argument& argument : function.args()) {
    const References& references = values.of(&argument);
    if (!references.empty()) {
      u32 at = row(references.front().path);
      while (program.summary.paths[at].parent != none<PathId>) {
        at = row(program.summary.paths[at].parent);
      }
      formals[argument.getArgNo()] = at;
    }
  }
  return formals;
}

// The parameters that must not be NULL, by number.
std::vector<u32> nonnull_parameters(const llvm::Function& function, const Values& values,
                                    const std::vector<NullEffect>& effects) {
  std::vector<u32> numbers;
  for (const llvm::Argument& argument : function.args()) {
    const u32 number = values.parameter_number(argument);
    if (effects[argument.getArgNo()].follows && number != no_row) {
      numbers.push_back(number);
    }
  }
  return numbers;
}

void add_functions(Program& program, FunctionRows& rows) {
  std::vector<const llvm::Function*> order;
  llvm::DenseSet<const llvm::Function*> seen;
  for (const llvm::Function* function : program.functions) {
    add_callees_first(function, seen, order);
  }
  const llvm::TargetLibraryInfoImpl library_info(llvm::Triple(program.module.getTargetTriple()));
  llvm::DenseMap<const llvm::Function*, ReturnSummary> summaries;
  NullEffects null_effects;
  for (const llvm::Function* function : order) {
    const llvm::TargetLibraryInfo library(library_info, function);
    Paths paths(program.summary, program.types, program.function(function));
    Values values(program, paths, *function, summaries);
    summaries[function] = values.summarize();
    Accesses(program, paths, values, rows, *function).add();
    null_effects[function] = find_null_effects(*function, program.tables, null_effects);
    program.summary.functions[row(program.function(function))].nonnull =
        nonnull_parameters(*function, values, null_effects[function]);
    add_dependences(program, *function, formals_of(program, *function, values), library);
  }
}

void place_arguments(Program& program, const FunctionRows& rows) {
  for (u32 i = 0; i < program.summary.calls.size(); ++i) {
    Call& call = program.summary.calls[i];
    call.first_argument = static_cast<u32>(program.summary.arguments.size());
    call.argument_count = static_cast<u32>(rows.arguments[i].size());
    program.summary.arguments.insert(program.summary.arguments.end(), rows.arguments[i].begin(),
                                     rows.arguments[i].end());
  }
}

template <class Row>
void sort_by_function(std::vector<Row>& rows) {
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
    return std::tie(a.function, a.instruction) < std::tie(b.function, b.instruction);
  });
}

void renumber_fields(Summary& summary, Places& places) {
  const std::vector<u32> rows = places.sort_fields();
  const auto renumber = [&](FieldId& id) {
    if (id != none<FieldId>) {
      id = FieldId{rows[row(id)]};
    }
  };
  for (Initializer& initializer : summary.initializers) {
    renumber(initializer.field);
  }
  for (Path& path : summary.paths) {
    renumber(path.field);
  }
  for (Access& access : summary.accesses) {
    renumber(access.field);
  }
  for (Call& call : summary.calls) {
    renumber(call.via);
  }
  for (LockOperation& lock : summary.locks) {
    renumber(lock.field);
  }
}

// As debug info spells it, which a compiler can be told to write without the machine's own
// folders; the name that was compiled where there is none.
std::string unit_name(const llvm::Module& module, const std::string& source_root) {
  if (!module.debug_compile_units().empty()) {
    return source_path((*module.debug_compile_units_begin())->getFile(), source_root);
  }
  llvm::StringRef name = module.getSourceFileName();
  if (!source_root.empty() && name.consume_front(source_root)) {
    name.consume_front("/");
  }
  name.consume_front("./");
  return name.str();
}

} // namespace

Pdg build_pdg(const llvm::Module& module, const Tables& tables, const std::string& hash,
              const std::string& source_root) {
  Pdg pdg;
  Program program(pdg, module, tables, source_root);
  pdg.summary.units.push_back({unit_name(module, source_root), hash});
  add_symbols(program);
  add_instructions(program);
  // From here on, rows of functions, globals, instructions and calls are stable.
  add_initializers(program);
  FunctionRows rows;
  rows.arguments.resize(pdg.summary.calls.size());
  add_functions(program, rows);
  place_arguments(program, rows);
  add_call_edges(program);
  finish_edges(program);
  sort_by_function(pdg.summary.accesses);
  sort_by_function(pdg.summary.locks);
  sort_by_function(pdg.summary.unknowns);
  std::stable_sort(pdg.summary.returns.begin(), pdg.summary.returns.end(),
                   [](const Return& a, const Return& b) { return a.function < b.function; });
  renumber_fields(pdg.summary, program.places);
  return pdg;
}

} // namespace ks::pdg

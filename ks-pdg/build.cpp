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
#include <set>

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

// Those that may stand for an error.
std::vector<u32> error_parameters(const llvm::Function& function, const Values& values,
                                  const std::vector<NullEffect>& effects) {
  std::vector<u32> numbers;
  for (const llvm::Argument& argument : function.args()) {
    const NullEffect& effect = effects[argument.getArgNo()];
    const u32 number = values.parameter_number(argument);
    if (effect.checks && !effect.follows && number != no_row) {
      numbers.push_back(number);
    }
  }
  return numbers;
}

// Those behind the parameters that must not be NULL, here and in functions that are handed a list of them.
void add_nonnull_variable(const Program& program, const llvm::Function& function,
                          const VariableArguments& variable, const VariableOfFunctions& known,
                          const NullEffects& effects, std::vector<u32>& numbers) {
  std::set<u32> found;
  const auto add = [&](Positions positions, u32 behind) {
    for (u32 i = 0; i + behind < max_variable; ++i)
      if (positions & (Positions{1} << i)) found.insert(variable.named + i + behind);
  };
  for (const llvm::Instruction& instruction : llvm::instructions(function)) {
    if (const auto load = variable.loads.find(&instruction);
        load != variable.loads.end() &&
        follows_null(function, instruction, program.tables, effects))
      add(load->second, 0);
    const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
    const auto handed = call ? variable.handed.find(call) : variable.handed.end();
    const llvm::Function* callee = handed == variable.handed.end() ? nullptr : callee_of(*call);
    const auto of_callee = callee ? known.find(callee) : known.end();
    if (of_callee == known.end()) continue;
    for (u32 number : program.summary.functions[row(program.function(callee))].nonnull)
      if (number >= of_callee->second.named) add(handed->second, number - of_callee->second.named);
  }
  numbers.insert(numbers.end(), found.begin(), found.end());
}

// What the function takes of its variable arguments, or of those in a list that it is passed.
VariableArguments variable_arguments(const Program& program, const llvm::Function& function,
                                     const VariableOfFunctions& known) {
  const Types& types = program.types;
  const TypeId type =
      types.signature(program.summary.functions[row(program.function(&function))].type);
  if (type == none<TypeId>) {
    return VariableArguments();
  }
  const u32 named = types.row(type).member_count;
  const std::vector<u32> numbers =
      parameter_numbers(types, program.summary, type, static_cast<u32>(function.arg_size()),
                        function.hasStructRetAttr());
  std::vector<u32> lists;
  for (u32 i = 0; i < numbers.size(); ++i) {
    const TypeId pointee = numbers[i] == no_row
                               ? none<TypeId>
                               : types.strip(types.pointee(
                                     types.member(types.row(type).first_member + numbers[i]).type));
    if (pointee != none<TypeId> && types.row(pointee).name == "struct __va_list_tag") {
      lists.push_back(i);
    }
  }
  if (lists.size() > 1 || (!lists.empty() && function.isVarArg())) {
    return VariableArguments();
  }
  return find_variable_arguments(function, lists.empty() ? std::nullopt : std::optional(lists[0]),
                                 named, numbers, known);
}

void add_functions(Program& program, FunctionRows& rows) {
  std::vector<const llvm::Function*> order;
  llvm::DenseSet<const llvm::Function*> seen;
  for (const llvm::Function* function : program.functions) {
    add_callees_first(function, seen, order);
  }
  const llvm::TargetLibraryInfoImpl library_info(llvm::Triple(program.module.getTargetTriple()));
  llvm::DenseMap<const llvm::Function*, ReturnSummary> summaries;
  for (const llvm::Function* function : order) {
    const llvm::TargetLibraryInfo library(library_info, function);
    Paths paths(program.summary, program.types, program.function(function));
    rows.variable[function] = variable_arguments(program, *function, rows.variable);
    program.summary.functions[row(program.function(function))].taken =
        rows.variable[function].taken;
    Values values(program, paths, *function, summaries, rows.variable[function]);
    summaries[function] = values.summarize();
    Accesses(program, paths, values, rows, *function).add();
    Function& own = program.summary.functions[row(program.function(function))];
    rows.null_effects[function] = find_null_effects(*function, program.tables, rows.null_effects);
    own.nonnull = nonnull_parameters(*function, values, rows.null_effects[function]);
    add_nonnull_variable(program, *function, rows.variable[function], rows.variable,
                         rows.null_effects, own.nonnull);
    rows.error_effects[function] =
        find_error_effects(*function, program.tables, rows.error_effects);
    own.errors = error_parameters(*function, values, rows.error_effects[function]);
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

} // namespace

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

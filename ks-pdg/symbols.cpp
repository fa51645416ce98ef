// SPDX-License-Identifier: MIT
// Functions, globals and aliases by name. What EXPORT_SYMBOL did is only visible in the
// module's file-scope assembly, or in a variable that it made.

#include "ks-pdg/program.hpp"

#include <llvm/IR/Constants.h>
#include <llvm/IR/DebugInfoMetadata.h>
#include <llvm/IR/Instructions.h>

#include <algorithm>
#include <set>

namespace ks::pdg {
namespace {

// Labels "__ksymtab_NAME:" (through Linux 6.5) and "__export_symbol_NAME:".
std::set<std::string> find_exports(const llvm::Module& module) {
  std::set<std::string> exports;
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(module.getModuleInlineAsm()).split(lines, '\n', -1, false);
  for (llvm::StringRef line : lines) {
    line = line.trim();
    if ((line.consume_front("__ksymtab_") || line.consume_front("__export_symbol_")) &&
        line.consume_back(":")) {
      exports.insert(line.str());
    }
  }
  // Variables of that name, where the table is not made by assembly.
  for (const llvm::GlobalVariable& variable : module.globals()) {
    llvm::StringRef name = variable.getName();
    if (name.consume_front("__ksymtab_") && variable.hasInitializer()) {
      exports.insert(name.str());
    }
  }
  return exports;
}

bool is_used(const llvm::Function& function) {
  return !function.isDeclaration() || (!function.isIntrinsic() && !function.use_empty());
}

// Through constant expressions, any use but as the callee of a call.
bool address_taken(const llvm::Function& function) {
  return function.hasAddressTaken(nullptr, /*IgnoreCallbackUses=*/false,
                                  /*IgnoreAssumeLikeCalls=*/true, /*IngoreLLVMUsed=*/true);
}

void add_function_debug_info(Program& program, const llvm::DISubprogram& debug, Function& row) {
  row.source_name = debug.getName().str();
  row.loc.file = source_path(debug.getFile(), program.types.source_root());
  row.loc.line = debug.getLine();
  row.type = program.types.from(debug.getType());
  for (const llvm::DINode* node : debug.getRetainedNodes()) {
    const auto* variable = llvm::dyn_cast<llvm::DILocalVariable>(node);
    if (variable && variable->getArg() != 0) {
      row.parameters.resize(std::max<std::size_t>(row.parameters.size(), variable->getArg()));
      row.parameters[variable->getArg() - 1] = variable->getName().str();
    }
  }
}

void add_functions(Program& program, const std::set<std::string>& exports) {
  std::vector<const llvm::Function*> order;
  for (const llvm::Function& function : program.module) {
    if (is_used(function)) {
      order.push_back(&function);
    }
  }
  std::sort(order.begin(), order.end(),
            [](const auto* a, const auto* b) { return a->getName() < b->getName(); });
  for (const llvm::Function* function : order) {
    program.function_rows[function] =
        FunctionId{static_cast<u32>(program.summary.functions.size())};
    Function row;
    row.name = function->getName().str();
    row.source_name = row.name;
    row.defined = !function->isDeclaration();
    // A body that is only there to be inlined is no definition for others.
    row.local = function->hasLocalLinkage() || function->hasAvailableExternallyLinkage();
    row.weak = function->isWeakForLinker() && !row.local;
    row.exported = exports.contains(row.name);
    row.address_taken = address_taken(*function);
    row.variadic = function->isVarArg();
    row.section = function->getSection().str();
    if (const llvm::DISubprogram* debug = function->getSubprogram()) {
      add_function_debug_info(program, *debug, row);
    } else if (row.defined) {
      Unknown unknown;
      unknown.function = program.function(function);
      unknown.reason = UnknownReason::no_debug_info;
      unknown.what = "function " + row.name + " has no debug info";
      program.summary.unknowns.push_back(std::move(unknown));
    }
    program.summary.functions.push_back(std::move(row));
    if (!function->isDeclaration()) {
      program.functions.push_back(function);
    }
  }
}

std::string string_value(const llvm::GlobalVariable& variable) {
  if (variable.isConstant() && variable.hasInitializer()) {
    const auto* data = llvm::dyn_cast<llvm::ConstantDataSequential>(variable.getInitializer());
    if (data && data->isCString()) {
      const llvm::StringRef text = data->getAsCString();
      const bool printable = llvm::all_of(
          text, [](char c) { return (c >= ' ' && c <= '~') || c == '\n' || c == '\t'; });
      return printable ? text.str() : std::string();
    }
  }
  return {};
}

void add_globals(Program& program, const std::set<std::string>& exports) {
  std::vector<const llvm::GlobalVariable*> order;
  for (const llvm::GlobalVariable& variable : program.module.globals()) {
    if (!variable.getName().starts_with("llvm.") &&
        (!variable.isDeclaration() || !variable.use_empty())) {
      order.push_back(&variable);
    }
  }
  std::sort(order.begin(), order.end(),
            [](const auto* a, const auto* b) { return a->getName() < b->getName(); });
  for (const llvm::GlobalVariable* variable : order) {
    program.global_rows[variable] = GlobalId{static_cast<u32>(program.summary.globals.size())};
    Global row;
    row.name = variable->getName().str();
    row.type = program.types.from(variable->getValueType());
    row.size = variable->getValueType()->isSized()
                   ? program.data_layout.getTypeAllocSize(variable->getValueType()).getFixedValue()
                   : 0;
    row.defined = !variable->isDeclaration();
    row.local = variable->hasLocalLinkage();
    row.weak = variable->isWeakForLinker();
    row.constant = variable->isConstant();
    row.exported = exports.contains(row.name);
    row.section = variable->getSection().str();
    row.per_cpu = variable->getSection().starts_with(".data..percpu");
    row.string_value = string_value(*variable);
    llvm::SmallVector<llvm::DIGlobalVariableExpression*, 1> debug;
    variable->getDebugInfo(debug);
    if (!debug.empty()) {
      const llvm::DIGlobalVariable* info = debug.front()->getVariable();
      row.type = program.types.from(info->getType());
      row.loc.file = source_path(info->getFile(), program.types.source_root());
      row.loc.line = info->getLine();
    } else if (row.type == none<TypeId> && variable->isDeclaration() &&
               variable->getValueType()->isIntegerTy()) {
      // No unit may define it: the linker does.
      row.type = program.types.integer(row.size);
    }
    program.summary.globals.push_back(std::move(row));
    program.globals.push_back(variable);
  }
}

void add_aliases(Program& program) {
  for (const llvm::GlobalAlias& alias : program.module.aliases()) {
    Alias row;
    row.name = alias.getName().str();
    const llvm::GlobalObject* object = alias.getAliaseeObject();
    if (const auto* function = llvm::dyn_cast_or_null<llvm::Function>(object)) {
      row.function = program.function(function);
    } else if (const auto* variable = llvm::dyn_cast_or_null<llvm::GlobalVariable>(object)) {
      row.global = program.global(variable);
    }
    program.summary.aliases.push_back(std::move(row));
  }
  std::sort(program.summary.aliases.begin(), program.summary.aliases.end(),
            [](const Alias& a, const Alias& b) { return a.name < b.name; });
}

} // namespace

void add_symbols(Program& program) {
  const std::set<std::string> exports = find_exports(program.module);
  add_functions(program, exports);
  add_globals(program, exports);
  add_aliases(program);
}

} // namespace ks::pdg

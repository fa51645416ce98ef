// SPDX-License-Identifier: MIT
#include "ks-pdg/link.hpp"

#include "ks-pdg/link_scopes.hpp"
#include "ks-pdg/link_steps.hpp"

#include <llvm/IR/Constants.h>
#include <llvm/IR/DiagnosticInfo.h>
#include <llvm/IR/DiagnosticPrinter.h>
#include <llvm/IR/PassInstrumentation.h>
#include <llvm/IR/PassManager.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Linker/Linker.h>
#include <llvm/Transforms/IPO/GlobalDCE.h>
#include <llvm/Transforms/Utils/ModuleUtils.h>

#include <algorithm>

namespace ks::link {
namespace {

class Listener : public llvm::DiagnosticHandler {
public:
  explicit Listener(std::string& said) : said_(said) {}
  bool handleDiagnostics(const llvm::DiagnosticInfo& info) override {
    if (info.getSeverity() == llvm::DS_Error && said_.empty()) {
      llvm::raw_string_ostream out(said_);
      llvm::DiagnosticPrinterRawOStream printer(out);
      info.print(printer);
    }
    return true;
  }

private:
  std::string& said_;
};

void refuse(const LinkPlan& plan) {
  u64 refused = 0;
  for (const PlannedUnit& unit : plan) {
    for (const PlannedSymbol& symbol : unit.symbols) {
      if (symbol.fate != Fate::refused) continue;
      ++refused;
      const std::string place =
          symbol.loc.line == 0 ? unit.name : fmt::format("{}:{}", symbol.loc.file, symbol.loc.line);
      fmt::print(stderr, "{}: error: {}: {}\n", place, symbol.name, symbol.reason);
    }
  }
  if (refused != 0) fail("{} symbol{} refused", refused, refused == 1 ? " is" : "s are");
}

bool is_discarded(const llvm::Constant* value) {
  const auto* variable = llvm::dyn_cast<llvm::GlobalVariable>(value->stripPointerCasts());
  return variable && variable->getSection().starts_with(".discard");
}

// A global that has a section of its own is read by a linker script or a tool, whatever the module says.
void keep_sections(llvm::Module& module) {
  std::vector<llvm::GlobalValue*> kept;
  for (llvm::GlobalVariable& variable : module.globals()) {
    if (variable.hasSection() && !is_discarded(&variable) &&
        !variable.getSection().starts_with("llvm.") && !variable.isDeclaration()) {
      kept.push_back(&variable);
    }
  }
  llvm::appendToCompilerUsed(module, kept);
}

// A declaration in the place of an alias.
void declare(llvm::GlobalAlias& alias) {
  const std::string name = alias.getName().str();
  alias.setName("");
  llvm::Module& module = *alias.getParent();
  llvm::GlobalObject* declared = nullptr;
  if (auto* type = llvm::dyn_cast<llvm::FunctionType>(alias.getValueType())) {
    declared = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, name, module);
  } else {
    declared = new llvm::GlobalVariable(module, alias.getValueType(), false,
                                        llvm::GlobalValue::ExternalLinkage, nullptr, name);
  }
  alias.replaceAllUsesWith(declared);
  alias.eraseFromParent();
}

void declare(llvm::GlobalValue& value) {
  if (auto* alias = llvm::dyn_cast<llvm::GlobalAlias>(&value)) {
    declare(*alias);
    return;
  }
  if (auto* function = llvm::dyn_cast<llvm::Function>(&value)) {
    function->deleteBody();
    function->setSection("");
  } else if (auto* variable = llvm::dyn_cast<llvm::GlobalVariable>(&value)) {
    variable->setInitializer(nullptr);
    variable->setSection("");
  }
  value.setLinkage(llvm::GlobalValue::ExternalLinkage);
  if (auto* object = llvm::dyn_cast<llvm::GlobalObject>(&value)) object->setComdat(nullptr);
}

// All but what is needed of a unit of the kernel goes: its other symbols, its tables, its assembly, and
// what is listed to be run or kept.
void cut(llvm::Module& module, const PlannedUnit& plan) {
  module.setModuleInlineAsm("");
  std::set<std::string> stays;
  for (const PlannedSymbol& symbol : plan.symbols) {
    if (symbol.fate == Fate::cloned || symbol.fate == Fate::copied) stays.insert(symbol.name);
  }
  for (const char* list :
       {"llvm.used", "llvm.compiler.used", "llvm.global_ctors", "llvm.global_dtors"}) {
    if (llvm::GlobalVariable* found = module.getGlobalVariable(list)) found->eraseFromParent();
  }
  std::vector<llvm::GlobalValue*> others;
  for (llvm::GlobalValue& value : module.global_values()) {
    if (!value.hasLocalLinkage() && !value.isDeclaration() &&
        !stays.contains(value.getName().str()))
      others.push_back(&value);
  }
  for (llvm::GlobalValue* value : others) declare(*value);
  llvm::ModuleAnalysisManager analyses;
  analyses.registerPass([&] { return llvm::PassInstrumentationAnalysis(); });
  llvm::FunctionAnalysisManager functions;
  analyses.registerPass([&] { return llvm::FunctionAnalysisManagerModuleProxy(functions); });
  llvm::GlobalDCEPass().run(module, analyses);
}

// Makes way for a new name: a static symbol may have it, or a declaration of the same.
void free_name(llvm::Module& module, const std::string& name, llvm::GlobalValue& taker) {
  llvm::GlobalValue* other = module.getNamedValue(name);
  if (!other) return;
  if (other->hasLocalLinkage()) {
    other->setName(name + ".static");
  } else if (other->isDeclaration()) {
    other->replaceAllUsesWith(&taker);
    other->eraseFromParent();
  } else {
    fail("{}: the driver has a symbol of this name, which {} is to have", name,
         taker.getName().str());
  }
}

void rename(llvm::Module& module, const PlannedSymbol& symbol) {
  llvm::GlobalValue* value = module.getNamedValue(symbol.name);
  if (!value) return; // nothing that is taken in names it
  if (symbol.fate == Fate::replaced && !value->isDeclaration()) {
    declare(*value);
    value = module.getNamedValue(symbol.name);
  }
  if (symbol.fate == Fate::shown || (symbol.fate == Fate::renamed && value->hasLocalLinkage())) {
    value->setLinkage(llvm::GlobalValue::ExternalLinkage);
  }
  if (symbol.fate == Fate::copied) value->setLinkage(llvm::GlobalValue::InternalLinkage);
  if (symbol.becomes.empty() || symbol.becomes == symbol.name) return;
  free_name(module, symbol.becomes, *value);
  value->setName(symbol.becomes);
}

} // namespace

void drop_discarded(llvm::Module& module) {
  llvm::removeFromUsedLists(module, [](llvm::Constant* value) { return is_discarded(value); });
  for (llvm::GlobalVariable& variable : llvm::make_early_inc_range(module.globals())) {
    if (!is_discarded(&variable)) continue;
    variable.removeDeadConstantUsers();
    if (variable.use_empty()) variable.eraseFromParent();
  }
}

std::unique_ptr<llvm::Module> carry_out(const LinkPlan& plan, std::vector<LinkUnit> units,
                                        bool steps) {
  refuse(plan);
  llvm::LLVMContext& context = units.front().module->getContext();
  std::string said;
  context.setDiagnosticHandler(std::make_unique<Listener>(said));
  auto whole = std::make_unique<llvm::Module>("isolated", context);
  whole->setDataLayout(units.front().module->getDataLayout());
  whole->setTargetTriple(units.front().module->getTargetTriple());
  std::map<std::string, std::string> in_assembly;
  for (std::size_t i = 0; i < units.size(); ++i) {
    llvm::Module& module = *units[i].module;
    if (units[i].is_kernel) {
      cut(module, plan[i]);
    } else {
      keep_sections(module);
    }
    for (const PlannedSymbol& symbol : plan[i].symbols) rename(module, symbol);
    in_assembly.insert(plan[i].in_assembly.begin(), plan[i].in_assembly.end());
    if (llvm::Linker::linkModules(*whole, std::move(units[i].module))) {
      fail("{}: cannot be linked: {}", units[i].name, said);
    }
  }
  for (const auto& [name, becomes] : in_assembly) {
    whole->appendModuleInlineAsm(fmt::format(".set {}, {}", name, becomes));
  }
  mark_scopes(*whole);
  if (steps) {
    for (const StepLeft& left : give_steps_away(*whole)) {
      fmt::print(stderr, "{}:{}: warning: an atomic step is made where the driver runs: {}\n",
                 left.file, left.line, left.why);
    }
  }
  if (llvm::verifyModule(*whole)) fail("the linked module is malformed");
  return whole;
}

} // namespace ks::link

// SPDX-License-Identifier: MIT
#include "ks-pdg/link_plan.hpp"

#include "ks-pdg/types.hpp"
#include "pipelines/artifact.hpp"

#include <llvm/ADT/StringExtras.h>
#include <llvm/IR/Constants.h>
#include <llvm/IR/DebugInfoMetadata.h>
#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/Instructions.h>

#include <algorithm>
#include <functional>

namespace ks::link {
namespace {

// Calls of these the compiler makes by itself, of copies and loops.
constexpr std::string_view kMadeByCompiler[] = {"memcmp", "memcpy", "memmove", "memset", "strlen"};

Loc loc_of(const llvm::DILocation* at) {
  if (!at) return {};
  return {pdg::source_path(at->getFile(), ""), at->getLine(), at->getColumn()};
}

// Where a symbol is used first: the line of code, or the variable whose value names it.
Loc first_use(const llvm::Value& symbol) {
  llvm::DenseSet<const llvm::Value*> seen;
  std::vector<const llvm::Value*> work{&symbol};
  Loc best;
  while (!work.empty()) {
    const llvm::Value* at = work.back();
    work.pop_back();
    Loc loc;
    if (const auto* instruction = llvm::dyn_cast<llvm::Instruction>(at)) {
      loc = loc_of(instruction->getDebugLoc().get());
    } else if (const auto* variable = llvm::dyn_cast<llvm::GlobalVariable>(at);
               variable && at != &symbol) {
      llvm::SmallVector<llvm::DIGlobalVariableExpression*, 1> debug;
      variable->getDebugInfo(debug);
      if (!debug.empty()) {
        const llvm::DIGlobalVariable* info = debug.front()->getVariable();
        loc = {pdg::source_path(info->getFile(), ""), info->getLine(), 0};
      }
    } else {
      for (const llvm::User* user : at->users()) {
        if (seen.insert(user).second) work.push_back(user);
      }
    }
    const auto order = [](const Loc& a) { return std::tie(a.file, a.line, a.column); };
    if (loc.line != 0 && (best.line == 0 || order(loc) < order(best))) best = loc;
  }
  return best;
}

bool is_pseudo(const llvm::GlobalValue& value) { return value.getName().starts_with("llvm."); }

bool is_defined(const llvm::GlobalValue& value) { return !value.isDeclarationForLinker(); }

bool is_word(char c) { return llvm::isAlnum(c) || c == '_' || c == '.' || c == '$'; }

// Calls found(WORD) for each word of a text of assembly that can be a symbol.
void each_word(llvm::StringRef text, const std::function<void(llvm::StringRef)>& found) {
  while (!text.empty()) {
    text = text.drop_until(is_word);
    const llvm::StringRef word = text.take_while(is_word);
    text = text.drop_front(word.size());
    // In the text of a statement "$$" is "$".
    const llvm::StringRef name = word.ltrim('$');
    if (!name.empty() && !llvm::isDigit(name.front())) found(name);
  }
}

// Calls found(NAME) for each label of a text of assembly.
void each_label(llvm::StringRef text, const std::function<void(llvm::StringRef)>& found) {
  llvm::SmallVector<llvm::StringRef> lines;
  text.split(lines, '\n', -1, false);
  for (llvm::StringRef line : lines) {
    llvm::StringRef label = line.trim();
    if (label.consume_back(":") && llvm::all_of(label, is_word)) found(label);
  }
}

// The words of file-scope assembly, and of assembly in these functions.
void each_assembly_word(const llvm::Module& module,
                        const std::function<bool(const llvm::Function&)>& wanted, bool file_scope,
                        const std::function<void(llvm::StringRef)>& found) {
  if (file_scope) each_word(module.getModuleInlineAsm(), found);
  for (const llvm::Function& function : module) {
    if (!wanted(function)) continue;
    for (const llvm::Instruction& instruction : llvm::instructions(function)) {
      const auto* call = llvm::dyn_cast<llvm::CallBase>(&instruction);
      if (!call || !call->isInlineAsm()) continue;
      each_word(llvm::cast<llvm::InlineAsm>(call->getCalledOperand())->getAsmString(), found);
    }
  }
}

// Copies of a header's function are one to the analysis.
bool is_one_function(const llvm::GlobalValue& a, const llvm::GlobalValue& b) {
  const auto place = [](const llvm::GlobalValue& value) -> Loc {
    const auto* function = llvm::dyn_cast<llvm::Function>(&value);
    const llvm::DISubprogram* debug = function ? function->getSubprogram() : nullptr;
    return debug ? Loc{pdg::source_path(debug->getFile(), ""), debug->getLine(), 0} : Loc{};
  };
  return place(a).line != 0 && place(a) == place(b);
}

class Planner {
public:
  Planner(const std::vector<LinkUnit>& units, const LinkTables& tables)
      : units_(units), tables_(tables) {}

  LinkPlan run() {
    find_own();
    LinkPlan plan;
    for (const LinkUnit& unit : units_) {
      plan.push_back(unit.is_kernel ? of_kernel(unit) : of_driver(unit));
      std::ranges::sort(plan.back().symbols, {}, &PlannedSymbol::name);
    }
    return plan;
  }

private:
  static void each(const llvm::Module& module,
                   const std::function<void(const llvm::GlobalValue&)>& visit) {
    for (const llvm::GlobalValue& value : module.global_values()) {
      if (value.hasName() && !is_pseudo(value)) visit(value);
    }
  }

  const std::string* entry(const std::string& name) const {
    const auto found = tables_.symbols.find(name);
    return found == tables_.symbols.end() ? nullptr : &found->second;
  }
  // Whether it is the driver's own under its new name: the glue links to that.
  bool is_own_entry(const std::string& name) const {
    const std::string* to = entry(name);
    return to && tables_.visible.contains(*to);
  }
  bool has_row(const LinkUnit& unit, const std::string& name) const {
    return tables_.statics.contains({unit.name, name});
  }

  // Which names the driver itself defines for all of its units, and which static ones are wanted by
  // name in how many units.
  void find_own() {
    for (const LinkUnit& unit : units_) {
      if (unit.is_kernel) continue;
      each(*unit.module, [&](const llvm::GlobalValue& value) {
        const std::string name = value.getName().str();
        if (!is_defined(value)) return;
        if (!value.hasLocalLinkage()) {
          // Where the kernel has it too, a weak definition gives way.
          if (!value.isWeakForLinker() || !entry(name) || is_own_entry(name)) own_.insert(name);
        } else if (is_wanted(name) && !has_row(unit, name)) {
          static_in_[name].emplace_back(unit.name, &value);
        }
      });
      each_label(unit.module->getModuleInlineAsm(),
                 [&](llvm::StringRef label) { labels_.insert(label.str()); });
    }
  }

  bool is_wanted(const std::string& name) const {
    return is_own_entry(name) || tables_.visible.contains(name);
  }

  PlannedUnit of_driver(const LinkUnit& unit) const {
    PlannedUnit plan{unit.name, {}, {}};
    each(*unit.module, [&](const llvm::GlobalValue& value) {
      const std::string name = value.getName().str();
      if (is_defined(value) && value.hasLocalLinkage()) {
        plan.symbols.push_back(of_static(unit, value));
      } else if (is_defined(value) && own_.contains(name)) {
        plan.symbols.push_back(is_own_entry(name)
                                   ? PlannedSymbol{name, Fate::renamed, *entry(name), "", {}}
                                   : PlannedSymbol{name, Fate::kept, "", "", {}});
      } else if (!value.use_empty() || is_defined(value)) {
        plan.symbols.push_back(of_name(value, "the driver"));
      }
    });
    // From here on, the symbols are those that the unit's code names by value.
    add_assembly(unit, plan, [](const llvm::Function&) { return true; });
    for (const std::string_view name : kMadeByCompiler) {
      const std::string* to = entry(std::string(name));
      if (to && !own_.contains(std::string(name))) plan.in_assembly.emplace(name, *to);
    }
    return plan;
  }

  PlannedSymbol of_static(const LinkUnit& unit, const llvm::GlobalValue& value) const {
    const std::string name = value.getName().str();
    const auto row = tables_.statics.find({unit.name, name});
    if (row != tables_.statics.end()) {
      const std::string& to = is_own_entry(row->second) ? *entry(row->second) : row->second;
      if (to == name) return {name, Fate::shown, "", "the glue links to it", {}};
      return {name, Fate::renamed, to, "the glue knows it by that", {}};
    }
    const auto wanted = static_in_.find(name);
    // A row for another unit says that that one is meant; so does a definition for all units.
    if (wanted == static_in_.end() || own_.contains(name) || has_row_elsewhere(name)) {
      return {name, Fate::kept, "", "", {}};
    }
    const auto& [first, one] = wanted->second.front();
    for (const auto& [other, copy] : wanted->second) {
      if (copy == one || is_one_function(*copy, *one)) continue;
      return {name,
              Fate::refused,
              "",
              fmt::format("the glue links to it, and {} and {} each have one", first, other),
              {}};
    }
    if (&value != one) {
      return {name,
              Fate::replaced,
              is_own_entry(name) ? *entry(name) : name,
              fmt::format("{} has it, too", first),
              {}};
    }
    if (is_own_entry(name)) return {name, Fate::renamed, *entry(name), "the glue links to it", {}};
    return {name, Fate::shown, "", "the glue links to it", {}};
  }

  bool has_row_elsewhere(const std::string& name) const {
    return std::ranges::any_of(tables_.statics, [&](const auto& row) {
      return row.first.second == name && row.second == name;
    });
  }

  // What is named and not defined here.
  PlannedSymbol of_name(const llvm::GlobalValue& value, const std::string& by) const {
    const std::string name = value.getName().str();
    const Loc loc = first_use(value);
    if (labels_.contains(name)) return {name, Fate::kept, "", "the driver's assembly has it", {}};
    if (own_.contains(name)) {
      if (is_own_entry(name)) return {name, Fate::renamed, *entry(name), "", {}};
      return {name, Fate::kept, "", "another unit of the driver has it", {}};
    }
    if (const std::string* to = entry(name)) return {name, Fate::replaced, *to, "", loc};
    if (name == "__this_module") {
      return {name, Fate::kept, "", "it is no symbol of the kernel's", {}};
    }
    return {name, Fate::refused, "", by + " names it, and nothing stands for it", loc};
  }

  PlannedUnit of_kernel(const LinkUnit& unit) const {
    PlannedUnit plan{unit.name, {}, {}};
    const auto found = tables_.clones.find(unit.name);
    if (found == tables_.clones.end()) return plan;
    std::set<std::string> taken = found->second;
    for (const std::string& name : found->second) {
      // What it is another name for.
      const llvm::GlobalAlias* alias = unit.module->getNamedAlias(name);
      if (alias && alias->getAliaseeObject())
        taken.insert(alias->getAliaseeObject()->getName().str());
    }
    const llvm::DenseSet<const llvm::GlobalValue*> needed = needed_by(*unit.module, taken);
    each(*unit.module, [&](const llvm::GlobalValue& value) {
      if (!needed.contains(&value)) return;
      const bool is_body =
          !found->second.contains(value.getName().str()) && taken.contains(value.getName().str());
      plan.symbols.push_back(is_body
                                 ? PlannedSymbol{value.getName().str(), Fate::copied, "", "", {}}
                                 : of_needed(value, found->second));
    });
    for (const std::string& name : found->second) {
      const llvm::GlobalValue* value = unit.module->getNamedValue(name);
      if (!value || !is_defined(*value)) {
        plan.symbols.push_back(
            {name, Fate::refused, "", "it is to be cloned, and this unit has none", {}});
      }
    }
    add_assembly(unit, plan,
                 [&](const llvm::Function& function) { return needed.contains(&function); });
    return plan;
  }

  PlannedSymbol of_needed(const llvm::GlobalValue& value,
                          const std::set<std::string>& functions) const {
    const std::string name = value.getName().str();
    if (functions.contains(name) && is_defined(value)) {
      const std::string* to = entry(name);
      if (value.hasLocalLinkage()) return {name, Fate::copied, "", "", {}};
      if (!to) return {name, Fate::refused, "", "it is to be cloned, and has no name for that", {}};
      return {name, Fate::cloned, *to, "", {}};
    }
    if (value.hasLocalLinkage()) return {name, Fate::copied, "", "", {}};
    // The driver's own of that name is not meant.
    if (const std::string* to = entry(name); to && !is_own_entry(name)) {
      return {name, Fate::replaced, *to, "", first_use(value)};
    }
    if (tables_.library) {
      return {name, Fate::replaced, "ks_lib_" + name, "the domain library has it",
              first_use(value)};
    }
    return {name, Fate::refused, "", "a clone names it, and nothing stands for it",
            first_use(value)};
  }

  void add_assembly(const LinkUnit& unit, PlannedUnit& plan,
                    const std::function<bool(const llvm::Function&)>& wanted) const {
    each_assembly_word(*unit.module, wanted, !unit.is_kernel, [&](llvm::StringRef word) {
      const std::string name = word.str();
      const std::string* to = entry(name);
      if (labels_.contains(name)) return;
      if (own_.contains(name) && is_own_entry(name)) plan.in_assembly.emplace(name, *to);
      if (own_.contains(name) || is_own_entry(name)) return;
      if (to) plan.in_assembly.emplace(name, *to);
      if (!to && tables_.provided.contains(name)) plan.in_assembly.emplace(name, "ks_lib_" + name);
    });
  }

  const std::vector<LinkUnit>& units_;
  const LinkTables& tables_;
  std::set<std::string> own_;
  std::set<std::string> labels_; // of the driver's assembly
  // By name, those that are static: unit and symbol.
  std::map<std::string, std::vector<std::pair<std::string, const llvm::GlobalValue*>>> static_in_;
};

} // namespace

std::vector<std::vector<std::string>> rows_of(const std::string& path, char between,
                                              std::size_t columns) {
  std::vector<std::vector<std::string>> rows;
  const std::string text = read_file(path);
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(text).split(lines, '\n', -1, false);
  for (llvm::StringRef line : lines) {
    llvm::SmallVector<llvm::StringRef> words;
    line.split(words, between);
    if (words.size() != columns)
      fail("{}: a line without {} columns: {}", path, columns, line.str());
    rows.emplace_back();
    for (llvm::StringRef word : words) rows.back().push_back(word.str());
  }
  return rows;
}

LinkTables read_tables(const std::string& stem) {
  LinkTables tables;
  for (const auto& row : rows_of(stem + ".symbols", ' ', 2)) tables.symbols.emplace(row[0], row[1]);
  for (const auto& row : rows_of(stem + ".globalize", ' ', 1)) tables.visible.insert(row[0]);
  for (const auto& row : rows_of(stem + ".statics", '\t', 3)) {
    tables.statics.emplace(std::pair(row[0], row[1]), row[2]);
  }
  for (const auto& row : rows_of(stem + ".clones", '\t', 2)) tables.clones[row[0]].insert(row[1]);
  tables.steps = !rows_of(stem + ".steps", '\t', 2).empty();
  return tables;
}

LinkPlan make_plan(const std::vector<LinkUnit>& units, const LinkTables& tables) {
  return Planner(units, tables).run();
}

std::string print_plan(const LinkPlan& plan) {
  std::string text;
  for (const PlannedUnit& unit : plan) {
    const auto line = [&](std::string_view fate, const std::string& name,
                          const std::string& becomes, std::string reason, const Loc& loc) {
      if (loc.line != 0) {
        reason += fmt::format("{}{}:{}", reason.empty() ? "" : ", ", loc.file, loc.line);
      }
      text += fmt::format("{}\t{}\t{}\t{}\t{}\n", unit.name, fate, name, becomes, reason);
    };
    for (const PlannedSymbol& symbol : unit.symbols) {
      line(enum_name(symbol.fate), symbol.name, symbol.becomes, symbol.reason, symbol.loc);
    }
    for (const auto& [name, becomes] : unit.in_assembly) {
      line("replaced", name, becomes, "in assembly", {});
    }
  }
  return text;
}

llvm::DenseSet<const llvm::GlobalValue*> needed_by(const llvm::Module& module,
                                                   const std::set<std::string>& functions) {
  llvm::DenseSet<const llvm::GlobalValue*> needed;
  llvm::DenseSet<const llvm::Value*> seen;
  std::vector<const llvm::Value*> work;
  const auto add = [&](const llvm::Value* value) {
    if (value && llvm::isa<llvm::Constant>(value) && !llvm::isa<llvm::ConstantData>(value) &&
        seen.insert(value).second) {
      work.push_back(value);
    }
  };
  for (const std::string& name : functions) add(module.getNamedValue(name));
  while (!work.empty()) {
    const llvm::Value* at = work.back();
    work.pop_back();
    const auto* value = llvm::dyn_cast<llvm::GlobalValue>(at);
    if (value) needed.insert(value);
    // Of the kernel's other symbols only the name is taken.
    if (value && !value->hasLocalLinkage() && !functions.contains(value->getName().str())) continue;
    for (const llvm::Use& use : llvm::cast<llvm::User>(at)->operands()) add(use.get());
    const auto* function = llvm::dyn_cast<llvm::Function>(at);
    if (!function) continue;
    for (const llvm::Instruction& instruction : llvm::instructions(function)) {
      for (const llvm::Use& use : instruction.operands()) add(use.get());
    }
  }
  return needed;
}

} // namespace ks::link

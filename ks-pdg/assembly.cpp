// SPDX-License-Identifier: MIT
// Inline assembly: its constraints say which memory it touches; its mnemonics say whether
// to believe them. What is not in the table of assembly is an unknown, and may have changed
// all that its pointers reach.
#include "ks-pdg/accesses.hpp"

#include <llvm/IR/InlineAsm.h>
#include <llvm/IR/Instructions.h>

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace ks::pdg {
namespace {

// Statements of a template, without directives, labels, comments, and what goes to
// other sections (tables of fix-ups, alternatives that may replace the first choice).
std::vector<std::string> statements_of(llvm::StringRef text) {
  std::vector<std::string> statements;
  int depth = 0;
  std::string whole = text.str();
  std::replace(whole.begin(), whole.end(), ';', '\n');
  llvm::SmallVector<llvm::StringRef> lines;
  llvm::StringRef(whole).split(lines, '\n');
  for (llvm::StringRef line : lines) {
    line = line.take_until([](char c) { return c == '#'; });
    const std::size_t comment = line.find("/*");
    line = line.take_front(comment).trim(" \t\r");
    while (!line.empty()) {
      const llvm::StringRef word =
          line.take_while([](char c) { return std::isalnum(c) || c == '_' || c == '.'; });
      if (!line.substr(word.size()).starts_with(":") || word.empty()) {
        break;
      }
      line = line.substr(word.size() + 1).trim(" \t");
    }
    if (line.starts_with(".pushsection") || line.starts_with(".section")) {
      ++depth;
    } else if (line.starts_with(".popsection") || line.starts_with(".previous")) {
      --depth;
    } else if (depth == 0 && !line.empty() && !line.starts_with(".")) {
      statements.push_back(line.str());
    } else if (depth == 0 && line.starts_with(".byte 0x0f, 0x0b")) {
      statements.emplace_back("ud2");
    }
  }
  return statements;
}

bool is_symbol_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == '$' ||
         c == '\\' || c == '%';
}

// Symbols in what the assembly puts into tables of other sections: `.long 1b - ., handler - .`.
std::vector<std::string> symbols_in_tables(llvm::StringRef text) {
  std::vector<std::string> symbols;
  llvm::SmallVector<llvm::StringRef> lines;
  std::string whole = text.str();
  std::replace(whole.begin(), whole.end(), ';', '\n');
  llvm::StringRef(whole).split(lines, '\n');
  for (llvm::StringRef line : lines) {
    line = line.trim(" \t\r");
    const auto [directive, operands] = line.split(' ');
    if (directive != ".long" && directive != ".quad" && directive != ".int" &&
        directive != ".8byte" && directive != ".4byte") {
      continue;
    }
    for (llvm::StringRef rest = operands; !rest.empty();) {
      if (rest.starts_with("${")) {
        rest = rest.drop_front(std::min(rest.find('}'), rest.size()));
        continue;
      }
      const llvm::StringRef word = rest.take_while(is_symbol_character);
      rest = rest.drop_front(std::max<std::size_t>(word.size(), 1));
      const bool plain = !word.empty() && word.find_first_of(".$\\%") == llvm::StringRef::npos;
      if (plain && !std::isdigit(static_cast<unsigned char>(word.front()))) {
        symbols.push_back(word.str());
      }
    }
  }
  return symbols;
}

const AssemblyModel* model_of(const Tables& tables, llvm::StringRef statement) {
  llvm::StringRef mnemonic =
      statement.take_while([](char c) { return std::isalnum(static_cast<unsigned char>(c)); });
  // "rep movsb" on one line: what is repeated touches what its registers point to.
  const llvm::StringRef repeated = statement.drop_front(mnemonic.size()).ltrim();
  if (mnemonic.starts_with("rep") && !repeated.empty() && !repeated.starts_with("nop")) {
    return nullptr;
  }
  if (const AssemblyModel* model = tables.find_assembly(mnemonic)) {
    return model;
  }
  if (!mnemonic.empty() && llvm::StringRef("bwlq").contains(mnemonic.back())) {
    if (const AssemblyModel* model = tables.find_assembly(mnemonic.drop_back())) {
      return model;
    }
  }
  if (mnemonic == "call") {
    return tables.find_call(statement);
  }
  for (llvm::StringRef family : {"cmov", "set", "j"}) {
    if (mnemonic.starts_with(family)) {
      return tables.find_assembly(family == "j" ? "jmp" : family);
    }
  }
  return nullptr;
}

struct Understood {
  bool all = true;
  bool updates = false;
  Update update{}; // of the only instruction that updates memory
  std::vector<const AssemblyModel*> actions;
  std::string first_unknown;

  bool is_atomic() const {
    return std::any_of(actions.begin(), actions.end(), [](const AssemblyModel* model) {
      return *model->action == LockAction::atomic;
    });
  }
};

Understood understand(const Tables& tables, const std::vector<std::string>& statements) {
  Understood result;
  bool others = false;
  for (llvm::StringRef statement : statements) {
    const AssemblyModel* model = model_of(tables, statement);
    const bool through_register =
        statement.contains("($") || statement.contains("(%r") || statement.contains("(%e");
    const bool stack = statement.contains("%rsp)") || statement.contains("%esp)");
    const bool address_only = statement.starts_with("lea") || statement.starts_with("prefetch") ||
                              statement.starts_with("inv") || statement.starts_with("cl");
    if (!model || (through_register && !stack && !address_only)) {
      result.all = false;
      if (result.first_unknown.empty()) {
        result.first_unknown = statement.str();
      }
      continue;
    }
    result.updates |= model->updates;
    const AssemblyModel* locked = statement.starts_with("lock ")
                                      ? model_of(tables, statement.drop_front(5).ltrim())
                                      : nullptr;
    const Update update = locked ? locked->update : model->update;
    if (update != Update::none) {
      result.update = result.update == Update::none ? update : Update::other;
    } else if (statement != "lock" && !statement.starts_with("set")) {
      others = true; // what is added, say, may have been computed from what was there
    }
    if (model->action) {
      result.actions.push_back(model);
    }
  }
  if (result.update != Update::none && (others || !result.all)) {
    result.update = Update::other;
  }
  return result;
}

struct MemoryOperand {
  const llvm::Value* pointer = nullptr;
  llvm::Type* type = nullptr;
  bool read = false;
  bool written = false;
  bool hidden = false; // a pointer in a register
};

std::vector<MemoryOperand> operands_of(const llvm::CallBase& call) {
  const auto* assembly = llvm::cast<llvm::InlineAsm>(call.getCalledOperand());
  std::vector<MemoryOperand> operands;
  u32 operand = 0;
  for (const llvm::InlineAsm::ConstraintInfo& constraint : assembly->ParseConstraints()) {
    const bool output = constraint.Type == llvm::InlineAsm::isOutput;
    if (constraint.Type == llvm::InlineAsm::isClobber ||
        constraint.Type == llvm::InlineAsm::isLabel || (output && !constraint.isIndirect)) {
      continue;
    }
    const u32 number = operand++;
    const llvm::Value* value = call.getArgOperand(number);
    if (!value->getType()->isPointerTy()) {
      continue;
    }
    const bool place = !constraint.Codes.empty() && constraint.Codes.front() == "p";
    MemoryOperand entry;
    entry.pointer = value;
    entry.type = constraint.isIndirect ? call.getParamElementType(number) : nullptr;
    entry.hidden = !constraint.isIndirect && !place;
    entry.read = !output;
    entry.written = output;
    const auto same = std::find_if(operands.begin(), operands.end(), [&](const auto& known) {
      return known.pointer == value && known.hidden == entry.hidden;
    });
    if (same == operands.end()) {
      operands.push_back(entry);
    } else {
      same->read |= entry.read;
      same->written |= entry.written;
    }
  }
  return operands;
}

std::string shortened(std::string text) {
  if (text.size() > 60) {
    text.resize(57);
    text += "...";
  }
  return text;
}

} // namespace

void Accesses::visit_assembly(const llvm::CallBase& call) {
  Call& row = summary_.calls[ks::row(program_.call(&call))];
  row.kind = CallKind::inline_asm;
  const auto* assembly = llvm::cast<llvm::InlineAsm>(call.getCalledOperand());
  const std::vector<std::string> statements = statements_of(assembly->getAsmString());
  const Understood understood = understand(program_.tables, statements);
  const std::vector<MemoryOperand> operands = operands_of(call);
  // An answer may be a memory operand of its own.
  const bool answers =
      !call.use_empty() || std::ranges::count_if(operands, &MemoryOperand::written) > 1;
  for (const MemoryOperand& operand : operands) {
    if (operand.hidden && understood.all) {
      continue;
    }
    if (program_.tables.is_own_cpu_offset(operand.pointer->getName())) {
      continue; // the base of the CPU's area, not data
    }
    const u64 size =
        operand.type ? program_.data_layout.getTypeStoreSize(operand.type).getFixedValue() : 0;
    const bool read_only =
        operand.read && !operand.written && !understood.updates && understood.all;
    const bool write_only = operand.written && !operand.read && understood.all;
    const AccessKind kind = read_only    ? AccessKind::read
                            : write_only ? AccessKind::write
                                         : AccessKind::update;
    const Made made{kind == AccessKind::update && understood.update == Update::none
                        ? Update::other
                        : understood.update,
                    answers};
    const Range range{size, operand.type && operand.type->isPointerTy(), size == 0};
    if (kind == AccessKind::update && understood.all && !understood.is_atomic()) {
      for (const AccessKind half : {AccessKind::read, AccessKind::write}) {
        add_access({&call, half, AccessSource::inline_asm, made}, operand.pointer, range, nullptr);
      }
      continue;
    }
    add_access({&call, kind, AccessSource::inline_asm, kind == AccessKind::update ? made : Made{}},
               operand.pointer, range, nullptr);
    for (const AssemblyModel* model : understood.actions) {
      if (*model->action == LockAction::atomic && kind == AccessKind::update) {
        for (PathId place : values_.objects(operand.pointer, none<TypeId>)) {
          add_lock_row(call, LockAction::atomic, model->family, statements.front(), place);
        }
        break;
      }
    }
  }
  const bool has_memory = !operands.empty();
  for (const AssemblyModel* model : understood.actions) {
    if (*model->action != LockAction::atomic) {
      add_lock_row(call, *model->action, model->family, model->name, none<PathId>);
    } else if (!has_memory) {
      add_lock_row(call, LockAction::barrier, "memory", statements.front(), none<PathId>);
    }
  }
  for (const std::string& symbol : symbols_in_tables(assembly->getAsmString())) {
    add_unknown(call, UnknownReason::inline_asm, shortened("a table that names " + symbol), {});
  }
  if (!understood.all) {
    add_unknown(call, UnknownReason::inline_asm, shortened(understood.first_unknown), anything);
  }
}

} // namespace ks::pdg

// SPDX-License-Identifier: MIT
// Tree to text, and the text of an error. One item a paragraph; a long argument list has an
// argument a line.

#include "ks-idl/idl.hpp"
#include "ks-idl/lex.hpp"
#include "ks-idl/names.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace ks {

using namespace idl; // the words of the language

namespace {

constexpr size_t line_width = 100;

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      result += '\\';
    }
    result += c;
  }
  return result + "\"";
}

std::string verbatim(std::string_view expression) { return fmt::format("{{{{{}}}}}", expression); }

std::string print_attributes(const IdlAttributes& attributes) {
  std::vector<std::string> words;
  for (const IdlAttribute& attribute : attributes) {
    const AttributeName& name = attribute_names[static_cast<size_t>(attribute.kind)];
    switch (name.form) {
    case AttributeForm::plain: words.emplace_back(name.name); break;
    case AttributeForm::sided:
      words.push_back(fmt::format("{}({})", name.name,
                                  attribute.side == IdlSide::caller ? "caller" : "callee"));
      break;
    case AttributeForm::expression:
      words.push_back(fmt::format("{}<{}>", name.name, verbatim(attribute.expression)));
      break;
    }
  }
  return fmt::format("[{}]", fmt::join(words, ", "));
}

std::string print_size(const IdlType& type) {
  switch (type.size_kind) {
  case IdlSize::none:
  case IdlSize::number: return fmt::format("{}", type.size);
  case IdlSize::null_terminated: return "null";
  case IdlSize::extent: return type.size == 0 ? "extent" : fmt::format("extent {}", type.size);
  case IdlSize::expression: return verbatim(type.size_expression);
  }
  return {};
}

std::string print_named(std::string_view keyword, const std::string& name) {
  if (name.empty()) {
    return std::string(keyword);
  }
  bool is_structure = name.find(' ') != std::string::npos;
  return is_structure ? fmt::format("{} <{}>", keyword, name) : fmt::format("{} {}", keyword, name);
}

std::string print_stem(const IdlType& type) {
  switch (type.stem) {
  case IdlStem::void_: return "void";
  case IdlStem::scalar: return type.name;
  case IdlStem::string: return "string";
  case IdlStem::projection: return print_named("projection", type.name);
  case IdlStem::function: return print_named("rpc_ptr", type.name);
  case IdlStem::array:
    return fmt::format("array<{}, {}>", print_idl(type.element.at(0), ""), print_size(type));
  case IdlStem::handle: return fmt::format("handle<{}>", type.name);
  }
  return {};
}

std::string print_declaration(const IdlDeclaration& declaration) {
  if (declaration.is_tail) {
    std::string text = "tail " + verbatim(declaration.tail_expression);
    return declaration.type.attributes.empty()
               ? text
               : text + " " + print_attributes(declaration.type.attributes);
  }
  std::string text = print_idl(declaration.type, declaration.name);
  return declaration.bits != 0 ? fmt::format("{} : {}", text, declaration.bits) : text;
}

// Names after one another, over as many lines as they need.
std::string print_names(std::string text, const std::vector<std::string>& names,
                        std::string_view indent) {
  size_t column = text.size();
  for (size_t i = 0; i < names.size(); ++i) {
    std::string word = names[i] + (i + 1 < names.size() ? "," : "");
    bool wraps = column + 1 + word.size() + 2 > line_width;
    text += wraps ? fmt::format("\n{}{}", indent, word) : " " + word;
    column = (wraps ? indent.size() : column + 1) + word.size();
  }
  return text;
}

std::string print_clause(const IdlClause& clause) {
  return print_names(
             fmt::format("        {} {} {{", clause.push ? "push" : "pull", clause.structure),
             clause.fields, "            ") +
         " }";
}

std::string print_arguments(std::string_view start, const std::vector<IdlDeclaration>& arguments,
                            u32 variable, const std::vector<IdlClause>& clauses) {
  std::vector<std::string> words;
  for (const IdlDeclaration& argument : arguments) {
    if (variable != 0 && words.size() + variable == arguments.size()) {
      words.emplace_back("...");
    }
    words.push_back(print_declaration(argument));
  }
  std::string end;
  for (const IdlClause& clause : clauses) {
    end += "\n" + print_clause(clause);
  }
  end += ";\n";
  std::string line = fmt::format("    {}({})", start, fmt::join(words, ", "));
  if (line.size() + 1 <= line_width || words.empty()) {
    return line + end;
  }
  return fmt::format("    {}(\n        {})", start, fmt::join(words, ",\n        ")) + end;
}

struct ItemPrinter {
  std::string operator()(const IdlHeader& item) const {
    return fmt::format("    header <{}>;\n", item.path);
  }
  std::string operator()(const IdlOpaque& item) const {
    return fmt::format("    opaque {};\n", item.structure);
  }
  std::string operator()(const IdlLibrary& item) const {
    std::string text = "    library";
    size_t column = text.size();
    for (size_t i = 0; i < item.names.size(); ++i) {
      std::string word = item.names[i] + (i + 1 < item.names.size() ? "," : ";");
      bool wraps = column + 1 + word.size() > line_width;
      text += (wraps ? "\n        " : " ") + word;
      column = (wraps ? 8 : column + 1) + word.size();
    }
    return text + "\n";
  }
  std::string operator()(const IdlClone& item) const {
    return fmt::format("    clone {} from {};\n", item.name, quoted(item.unit));
  }
  std::string operator()(const IdlStatic& item) const {
    return fmt::format("    static {} is {} from {};\n", item.name,
                       is_name(item.symbol) ? item.symbol : quoted(item.symbol), quoted(item.unit));
  }
  std::string operator()(const IdlNamed& item) const {
    return fmt::format("    named {};\n", item.name);
  }
  std::string operator()(const IdlGlobal& item) const {
    std::string type = !item.signature.empty() ? "rpc_ptr " + item.signature
                       : item.type.empty()     ? std::to_string(item.size)
                       : item.pointer          ? fmt::format("handle<{}> *", item.type)
                       : item.count != 0       ? fmt::format("array<{}, {}>", item.type, item.count)
                                               : item.type;
    return fmt::format("    global <{}> {}{};\n", type,
                       item.out      ? "[in, out] "
                       : item.in     ? "[in] "
                       : item.module ? "[module] "
                                     : "",
                       item.name);
  }
  std::string operator()(const IdlPart& item) const {
    return fmt::format("    part {}.{} : {};\n", item.outer, item.path, item.inner);
  }
  std::string operator()(const IdlOwn& item) const {
    std::string type = item.structure.empty() ? std::to_string(item.size) : item.structure;
    std::string count = item.count != 0 ? fmt::format("[{}] ", item.count) : "";
    return fmt::format("    own <{}> {}{};\n", type, count, item.name);
  }
  std::string operator()(const IdlRoom& item) const {
    return fmt::format("    room <{}> {};\n", item.structure, item.bytes);
  }
  std::string operator()(const IdlProjection& item) const {
    std::string text = fmt::format("    projection <{}> {} {{\n", item.structure, item.name);
    for (const IdlDeclaration& field : item.fields) {
      text += fmt::format("        {};\n", print_declaration(field));
    }
    return text + "    }\n";
  }
  std::string operator()(const IdlClass& item) const {
    std::string text = fmt::format("    class <{}> {{\n", item.structure);
    for (const IdlDeclaration& field : item.fields) {
      text += fmt::format("        {};\n", print_declaration(field));
    }
    return text + "    }\n";
  }
  std::string operator()(const IdlSignature& item) const {
    std::string name = item.name + (item.operation.empty() ? "" : " : " + item.operation);
    if (item.functions.empty()) {
      return fmt::format("    signature {} {{}};\n", name);
    }
    std::string line =
        fmt::format("    signature {} {{ {} }};\n", name, fmt::join(item.functions, ", "));
    if (line.size() <= line_width + 1) {
      return line;
    }
    return fmt::format("    signature {} {{\n        {}\n    }};\n", name,
                       fmt::join(item.functions, ",\n        "));
  }
  std::string operator()(const IdlRpc& item) const {
    constexpr std::string_view keywords[] = {"rpc", "rpc_ptr", "rpc_export", "rpc_op"};
    return print_arguments(fmt::format("{} {}", keywords[static_cast<size_t>(item.kind)],
                                       print_idl(item.result, item.name)),
                           item.arguments, item.variable, item.clauses);
  }
  std::string operator()(const IdlSection& item) const {
    std::string text = fmt::format("    section {} {{\n", quoted(item.lock));
    for (const IdlSectionField& field : item.fields) {
      text += fmt::format("        {} {}.{};\n", field.send ? "send" : "fetch", field.structure,
                          field.field);
    }
    return text + "    }\n";
  }
};

// Runs of one-line items stand together; everything else has a blank line round it.
bool stands_apart(const IdlItem& item, const IdlItem& before) {
  return item.value.index() != before.value.index() || !item.comments.empty() ||
         std::holds_alternative<IdlProjection>(item.value) ||
         std::holds_alternative<IdlClass>(item.value) ||
         std::holds_alternative<IdlSection>(item.value);
}

} // namespace

const IdlAttribute* find_attribute(const IdlAttributes& attributes, IdlAttributeKind kind) {
  auto found = std::find_if(attributes.begin(), attributes.end(),
                            [kind](const IdlAttribute& a) { return a.kind == kind; });
  return found == attributes.end() ? nullptr : &*found;
}

std::string print_idl(const IdlType& type, std::string_view name) {
  std::string text = print_stem(type);
  for (const IdlAttributes& pointer : type.pointers) {
    if (!pointer.empty()) {
      text += " " + print_attributes(pointer);
    }
    text += text.ends_with('*') ? "*" : " *";
  }
  if (!type.attributes.empty()) {
    text += " " + print_attributes(type.attributes);
  }
  if (name.empty()) {
    return text;
  }
  return fmt::format("{}{}{}", text, text.ends_with('*') ? "" : " ", name);
}

std::string print_idl(const IdlModule& module) {
  std::string text;
  for (const std::string& comment : module.comments) {
    text += comment.empty() ? "//\n" : fmt::format("// {}\n", comment);
  }
  text += fmt::format("module {} {{\n", module.name);
  for (size_t i = 0; i < module.items.size(); ++i) {
    const IdlItem& item = module.items[i];
    if (i > 0 && stands_apart(item, module.items[i - 1])) {
      text += "\n";
    }
    for (const std::string& comment : item.comments) {
      text += comment.empty() ? "    //\n" : fmt::format("    // {}\n", comment);
    }
    text += std::visit(ItemPrinter{}, item.value);
  }
  return text + "}\n";
}

std::string format_idl_error(std::string_view path, std::string_view text, const IdlError& error) {
  std::string result = fmt::format("{}:{}:{}: error: {} [{}]\n", path, error.position.line,
                                   error.position.column, error.message, error.slug);
  size_t start = 0;
  for (u32 line = 1; line < error.position.line && start != std::string_view::npos; ++line) {
    start = text.find('\n', start);
    start = start == std::string_view::npos ? start : start + 1;
  }
  if (error.position.line == 0 || start >= text.size()) {
    return result;
  }
  std::string_view line = text.substr(start, text.find('\n', start) - start);
  std::string indent(line.substr(0, std::max(error.position.column, 1U) - 1));
  std::replace_if(indent.begin(), indent.end(), [](char c) { return c != '\t'; }, ' ');
  return result + std::string(line) + "\n" + indent + "^\n";
}

} // namespace ks

// SPDX-License-Identifier: MIT
// Words to tree, by recursive descent.

#include "ks-idl/declarations.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace ks::idl {
namespace {

class Parser {
public:
  Parser(std::string_view text, std::vector<IdlError>& errors, bool is_overlay)
      : c_(text, errors), declarations_(c_, is_overlay) {}

  IdlModule module() {
    IdlModule result;
    c_.attempt([&] {
      result.comments = c_.look().comments;
      c_.expect_word("module");
      result.name = c_.expect_name("a name after 'module'");
      c_.expect("{", "the module's name");
      c_.repeat([&] { result.items.push_back(item()); });
      c_.expect_end();
    });
    return result;
  }

  IdlOverlay overlay() {
    IdlOverlay result;
    c_.attempt([&] {
      c_.expect_word("overlay");
      result.name = c_.expect_name("a name after 'overlay'");
      c_.expect("{", "the overlay's name");
      c_.repeat([&] {
        if (c_.is_word("argument")) {
          result.arguments.push_back(argument_rule());
        } else if (c_.is_word("result")) {
          result.arguments.push_back(result_rule());
        } else {
          result.structs.push_back(struct_rule());
        }
      });
      c_.expect_end();
    });
    return result;
  }

private:
  IdlItem item() {
    static const std::map<std::string_view, void (Parser::*)(IdlItem&)> readers{
        {"header", &Parser::header},
        {"opaque", &Parser::opaque},
        {"library", &Parser::library},
        {"clone", &Parser::clone},
        {"static", &Parser::static_symbol},
        {"named", &Parser::named},
        {"global", &Parser::global},
        {"part", &Parser::part},
        {"own", &Parser::own},
        {"room", &Parser::room},
        {"projection", &Parser::projection},
        {"class", &Parser::object_class},
        {"signature", &Parser::signature},
        {"rpc", &Parser::rpc},
        {"rpc_ptr", &Parser::rpc},
        {"rpc_export", &Parser::rpc},
        {"rpc_op", &Parser::rpc},
        {"section", &Parser::section}};
    IdlItem result;
    result.comments = c_.look().comments;
    result.position = c_.look().position;
    auto reader = readers.find(c_.look().text);
    if (c_.look().kind != TokenKind::identifier || reader == readers.end()) {
      std::vector<std::string_view> words;
      for (const auto& [word, function] : readers) {
        words.push_back(word);
      }
      c_.expected(fmt::format("one of {}", fmt::join(words, ", ")));
    }
    (this->*reader->second)(result);
    return result;
  }

  void header(IdlItem& item) {
    c_.next();
    item.value = IdlHeader{c_.expect_kind(TokenKind::path, "'<' and a path after 'header'").text};
    c_.expect(";", "the header's path");
  }

  void opaque(IdlItem& item) {
    c_.next();
    item.value = IdlOpaque{c_.tagged_structure()};
    c_.expect(";", "the opaque struct");
  }

  void library(IdlItem& item) {
    c_.next();
    item.value = IdlLibrary{c_.names("a function's name")};
    c_.expect(";", "the library functions");
  }

  void clone(IdlItem& item) {
    c_.next();
    IdlClone result;
    result.name = c_.expect_name("a function's name after 'clone'");
    c_.expect_word("from");
    result.unit = c_.expect_kind(TokenKind::string, "a source file in quotes after 'from'").text;
    c_.expect(";", "the source file");
    item.value = std::move(result);
  }

  void static_symbol(IdlItem& item) {
    c_.next();
    IdlStatic result;
    result.name = c_.expect_name("a name after 'static'");
    c_.expect_word("is");
    result.symbol = c_.look().kind == TokenKind::string
                        ? c_.expect_kind(TokenKind::string, "a symbol after 'is'").text
                        : c_.expect_name("a symbol after 'is'");
    c_.expect_word("from");
    result.unit = c_.expect_kind(TokenKind::string, "a source file in quotes after 'from'").text;
    c_.expect(";", "the source file");
    item.value = std::move(result);
  }

  void named(IdlItem& item) {
    c_.next();
    item.value = IdlNamed{c_.expect_name("a function's name after 'named'")};
    c_.expect(";", "the function's name");
  }

  void global(IdlItem& item) {
    c_.next();
    IdlGlobal result;
    c_.expect("<", "'global'");
    if (c_.look().kind == TokenKind::number) {
      result.size = c_.next().number;
    } else if (c_.is_word("rpc_ptr")) {
      c_.next();
      result.signature = c_.expect_name("a signature's name after 'rpc_ptr'");
    } else if (c_.is_word("handle")) {
      c_.next();
      c_.expect("<", "'handle'");
      result.type = join_words(c_.words("a struct"));
      c_.expect(">", "the struct");
      c_.expect("*", "'handle'");
      result.pointer = true;
    } else if (c_.is_word("array")) {
      c_.next();
      c_.expect("<", "'array'");
      result.type = join_words(c_.words("a C type"));
      c_.expect(",", "the array's type");
      result.count = c_.expect_kind(TokenKind::number, "a number of elements").number;
      c_.expect(">", "the number of elements");
    } else {
      result.type = join_words(c_.words("a C type"));
    }
    c_.expect(">", "the global's type");
    if (c_.accept("[")) {
      result.module = c_.is_word("module");
      result.in = !result.module;
      c_.expect_word(result.module ? "module" : "in");
      if (result.in && c_.accept(",")) {
        c_.expect_word("out");
        result.out = true;
      }
      c_.expect("]", "the global's directions");
    }
    result.name = c_.expect_name("the global's name");
    c_.expect(";", "the global's name");
    item.value = std::move(result);
  }

  void part(IdlItem& item) {
    c_.next();
    IdlPart result;
    result.outer = c_.named_structure();
    c_.expect(".", "the outer struct");
    do {
      result.path += (result.path.empty() ? "" : ".") + c_.expect_name("a member's name after '.'");
      while (c_.accept("[")) {
        result.path += "[";
        if (c_.look().kind == TokenKind::number) {
          result.path += std::to_string(c_.next().number);
        } else if (c_.is_word("extent")) {
          result.path += c_.next().text;
        }
        c_.expect("]", "the element");
        result.path += "]";
      }
    } while (c_.accept("."));
    c_.expect(":", "the member");
    result.inner = c_.structure();
    c_.expect(";", "the part");
    item.value = std::move(result);
  }

  void room(IdlItem& item) {
    c_.next();
    IdlRoom result;
    c_.expect("<", "'room'");
    result.structure = c_.structure();
    c_.expect(">", "the struct");
    result.bytes = c_.expect_kind(TokenKind::number, "the number of bytes").number;
    c_.expect(";", "the number of bytes");
    item.value = std::move(result);
  }

  void own(IdlItem& item) {
    c_.next();
    IdlOwn result;
    c_.expect("<", "'own'");
    if (c_.look().kind == TokenKind::number) {
      result.size = c_.next().number;
    } else {
      result.structure = c_.structure();
    }
    c_.expect(">", "the variable's type");
    if (c_.accept("[")) {
      result.count = c_.expect_kind(TokenKind::number, "the number of elements").number;
      c_.expect("]", "the number of elements");
    }
    result.name = c_.expect_name("the variable's name");
    c_.expect(";", "the variable's name");
    item.value = std::move(result);
  }

  void projection(IdlItem& item) {
    c_.next();
    IdlProjection result;
    c_.expect("<", "'projection'");
    result.structure = c_.structure();
    c_.expect(">", "the projection's struct");
    result.name = c_.expect_name("the projection's name");
    c_.expect("{", "the projection's name");
    c_.repeat([&] { result.fields.push_back(declarations_.field()); });
    item.value = std::move(result);
  }

  void object_class(IdlItem& item) {
    c_.next();
    IdlClass result;
    c_.expect("<", "'class'");
    result.structure = c_.structure();
    c_.expect(">", "the class's struct");
    c_.expect("{", "the class's struct");
    c_.repeat([&] { result.fields.push_back(declarations_.field()); });
    item.value = std::move(result);
  }

  void signature(IdlItem& item) {
    c_.next();
    IdlSignature result;
    result.name = c_.expect_name("the signature's name");
    if (c_.accept(":")) {
      result.operation = c_.expect_name("an operation's name after ':'");
    }
    c_.expect("{", "the signature's name");
    if (!c_.is("}")) {
      result.functions = c_.names("a function's name");
    }
    c_.expect("}", "the signature's functions");
    c_.expect(";", "the signature");
    item.value = std::move(result);
  }

  void rpc(IdlItem& item) {
    std::string keyword = c_.next().text;
    IdlRpc result;
    result.kind = keyword == "rpc"       ? IdlRpcKind::rpc
                  : keyword == "rpc_ptr" ? IdlRpcKind::rpc_ptr
                  : keyword == "rpc_op"  ? IdlRpcKind::rpc_op
                                         : IdlRpcKind::rpc_export;
    result.result = declarations_.type();
    result.name = c_.expect_name("the function's name after its result");
    c_.expect("(", "the function's name");
    if (!c_.is(")")) {
      bool variable = false;
      do {
        if (!variable && c_.is(".")) {
          dots();
          variable = true;
        }
        result.arguments.push_back(declarations_.declaration());
        result.variable += variable;
      } while (c_.accept(","));
    }
    c_.expect(")", "the arguments");
    while (c_.is_word("pull") || c_.is_word("push")) {
      result.clauses.push_back(clause());
    }
    c_.expect(";", "the function");
    item.value = std::move(result);
  }

  void dots() {
    for (int i = 0; i < 3; ++i) {
      c_.expect(".", "the arguments");
    }
    c_.expect(",", "'...'");
  }

  IdlClause clause() {
    IdlClause result;
    result.position = c_.look().position;
    result.push = c_.next().text == "push";
    result.structure = c_.structure();
    c_.expect("{", "the clause's struct");
    do {
      result.fields.push_back(c_.expect_name("a field's name"));
      while (c_.accept(".")) {
        result.fields.back() += "." + c_.expect_name("a member's name after '.'");
      }
    } while (c_.accept(","));
    c_.expect("}", "the clause's fields");
    return result;
  }

  void section(IdlItem& item) {
    c_.next();
    IdlSection result;
    result.lock = c_.expect_kind(TokenKind::string, "a lock in quotes after 'section'").text;
    c_.expect("{", "the section's lock");
    c_.repeat([&] {
      IdlSectionField field;
      field.send = c_.is_word("send");
      if (!field.send && !c_.is_word("fetch")) {
        c_.expected("'fetch' or 'send'");
      }
      c_.next();
      field.structure = c_.expect_name("a struct's tag");
      c_.expect(".", "the struct's tag");
      field.field = c_.expect_name("a field's name after '.'");
      c_.expect(";", "the field");
      result.fields.push_back(std::move(field));
    });
    item.value = std::move(result);
  }

  IdlStructRule struct_rule() {
    IdlStructRule result;
    result.position = c_.look().position;
    result.structure = c_.structure();
    c_.expect("{", "the struct's tag");
    c_.repeat([&] { result.fields.push_back(declarations_.field()); });
    return result;
  }

  IdlArgumentRule result_rule() {
    IdlArgumentRule result;
    result.position = c_.look().position;
    result.is_result = true;
    c_.next();
    result.function = c_.expect_name("a function after 'result'");
    c_.expect(":", "the function");
    result.declaration.position = c_.look().position;
    result.declaration.type = declarations_.bare_type();
    c_.expect(";", "the result's type");
    return result;
  }

  IdlArgumentRule argument_rule() {
    IdlArgumentRule result;
    result.position = c_.look().position;
    c_.next();
    result.function = c_.expect_name("a function, or a struct's field, after 'argument'");
    if (c_.accept(".")) {
      result.structure = std::move(result.function);
      result.function = c_.expect_name("a field's name after '.'");
    }
    Token number = c_.expect_kind(TokenKind::number, "the argument's number, counted from 0");
    result.index = static_cast<u32>(std::min<u64>(number.number, no_row));
    c_.expect(":", "the argument's number");
    result.declaration = declarations_.field();
    return result;
  }

  Cursor c_;
  DeclarationReader declarations_;
};

void sort_by_position(std::vector<IdlError>& errors) {
  std::stable_sort(errors.begin(), errors.end(), [](const IdlError& a, const IdlError& b) {
    return a.position.line != b.position.line ? a.position.line < b.position.line
                                              : a.position.column < b.position.column;
  });
}

} // namespace
} // namespace ks::idl

namespace ks {

IdlModule parse_idl(std::string_view text, std::vector<IdlError>& errors) {
  IdlModule result = idl::Parser(text, errors, false).module();
  idl::sort_by_position(errors);
  return result;
}

IdlOverlay parse_overlay(std::string_view text, std::vector<IdlError>& errors) {
  IdlOverlay result = idl::Parser(text, errors, true).overlay();
  idl::sort_by_position(errors);
  return result;
}

std::string outer_of(std::string_view member) {
  return std::string(member.substr(0, member.find('.')));
}

std::vector<IdlWhole> wholes_of(std::string_view text) {
  std::vector<IdlWhole> wholes;
  auto is_space = [](char c) { return c == ' ' || c == '\n'; };
  while (!text.empty()) {
    std::string_view one = text.substr(0, text.find(','));
    text.remove_prefix(std::min(one.size() + 1, text.size()));
    size_t colon = one.find(':');
    std::string parts[] = {std::string(colon == one.npos ? "" : one.substr(0, colon)),
                           std::string(colon == one.npos ? one : one.substr(colon + 1))};
    for (std::string& part : parts) {
      part.erase(part.begin(), std::ranges::find_if_not(part, is_space));
      part.erase(std::find_if_not(part.rbegin(), part.rend(), is_space).base(), part.end());
    }
    constexpr std::string_view local = "local ";
    const bool is_local = parts[1].starts_with(local);
    wholes.push_back({parts[0], parts[1].substr(is_local ? local.size() : 0), is_local});
  }
  return wholes;
}

} // namespace ks

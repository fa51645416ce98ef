// SPDX-License-Identifier: MIT

#include "ks-idl/declarations.hpp"
#include "ks-idl/names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ks::idl {
namespace {

constexpr u32 deepest_array = 8;

} // namespace

IdlDeclaration DeclarationReader::field() {
  IdlDeclaration result = declaration(true);
  c_.expect(";", "the declaration");
  return result;
}

IdlDeclaration DeclarationReader::declaration(bool is_field) {
  IdlDeclaration result;
  result.position = c_.look().position;
  if (c_.is_word("tail") && c_.look(1).kind == TokenKind::verbatim) {
    c_.next();
    result.is_tail = true;
    result.tail_expression = c_.next().text;
    result.type.position = result.position;
    result.type.attributes = c_.is("[") ? attributes() : IdlAttributes{};
    return result;
  }
  result.type = type(true, 0);
  result.name = c_.expect_name("a name after the type");
  while (is_field && c_.accept(".")) {
    result.name += "." + c_.expect_name("a member's name after '.'");
  }
  if (c_.accept(":")) {
    Token bits = c_.expect_kind(TokenKind::number, "the bit-field's width");
    if (bits.number == 0 || bits.number > 64) {
      throw SyntaxError{bits.position,
                        fmt::format("a bit-field has 1 to 64 bits, not {}", bits.text)};
    }
    result.bits = static_cast<u32>(bits.number);
  }
  return result;
}

IdlType DeclarationReader::type(bool is_named, u32 depth) {
  IdlType result;
  result.position = c_.look().position;
  stem(result, is_named, depth);
  while (c_.is("[") || c_.is("*")) {
    IdlAttributes before = c_.is("[") ? attributes() : IdlAttributes{};
    if (!c_.accept("*")) {
      result.attributes = std::move(before);
      break;
    }
    result.pointers.push_back(std::move(before));
  }
  return result;
}

void DeclarationReader::stem(IdlType& type, bool is_named, u32 depth) {
  if (c_.is_word("array") && c_.is("<", 1)) {
    array(type, depth);
    return;
  }
  if (c_.is_word("handle") && c_.is("<", 1)) {
    c_.next();
    c_.next();
    type.stem = IdlStem::handle;
    type.name = c_.structure();
    c_.expect(">", "the handle's struct");
    return;
  }
  if (in_overlay_ && c_.is_word("projection") && c_.is("<", 1)) {
    c_.next();
    c_.next();
    type.stem = IdlStem::projection;
    type.name = c_.tagged_structure();
    c_.expect(">", "the projection's struct");
    return;
  }
  std::vector<std::string> read = type_words(is_named);
  bool named = read[0] == "projection" || read[0] == "rpc_ptr";
  if (named && (read.size() == 2 || (in_overlay_ && read.size() == 1))) {
    type.stem = read[0] == "projection" ? IdlStem::projection : IdlStem::function;
    type.name = read.size() == 2 ? read[1] : "";
  } else if (named) {
    throw SyntaxError{type.position, fmt::format("expected one name after '{}'", read[0])};
  } else if (read.size() == 1 && (read[0] == "void" || read[0] == "string")) {
    type.stem = read[0] == "void" ? IdlStem::void_ : IdlStem::string;
  } else {
    type.stem = IdlStem::scalar;
    type.name = join_words(read);
  }
}

// The words of a stem. A declaration's name is no part of it: the last word, unless "*" or
// "[" follows.
std::vector<std::string> DeclarationReader::type_words(bool is_named) {
  std::vector<std::string> result = c_.words("a type");
  if (!is_named || c_.is("*") || c_.is("[")) {
    return result;
  }
  if (result.size() == 1) {
    c_.expected(fmt::format("a name after type '{}'", result[0]));
  }
  result.pop_back();
  c_.back();
  return result;
}

void DeclarationReader::array(IdlType& type, u32 depth) {
  if (depth == deepest_array) {
    throw SyntaxError{c_.look().position, "arrays nested too deep"};
  }
  c_.next();
  c_.next();
  type.stem = IdlStem::array;
  type.element.push_back(this->type(false, depth + 1));
  c_.expect(",", "the array's element type");
  if (c_.look().kind == TokenKind::number) {
    type.size_kind = IdlSize::number;
    type.size = c_.next().number;
  } else if (c_.look().kind == TokenKind::verbatim) {
    type.size_kind = IdlSize::expression;
    type.size_expression = c_.next().text;
  } else if (c_.is_word("null")) {
    type.size_kind = IdlSize::null_terminated;
    c_.next();
  } else if (c_.is_word("extent")) {
    type.size_kind = IdlSize::extent;
    c_.next();
    type.size = c_.look().kind == TokenKind::number ? c_.next().number : 0;
  } else {
    c_.expected("the array's size: a number, null, extent, or '{{', an expression, '}}'");
  }
  c_.expect(">", "the array's size");
}

IdlAttributes DeclarationReader::attributes() {
  IdlAttributes result;
  c_.expect("[", "the type");
  do {
    result.push_back(attribute());
  } while (c_.accept(","));
  c_.expect("]", "the attributes");
  return result;
}

IdlAttribute DeclarationReader::attribute() {
  IdlAttribute result;
  result.position = c_.look().position;
  std::string word = c_.expect_name("an attribute");
  if (word == "merge") { // one word of three
    c_.expect("<", "'merge'");
    word += "<" + c_.expect_name("'add' or 'bits'") + ">";
    c_.expect(">", "what is merged");
  }
  auto name = std::find_if(attribute_names.begin(), attribute_names.end(),
                           [&](const AttributeName& known) { return known.name == word; });
  if (name == attribute_names.end()) {
    throw SyntaxError{result.position, fmt::format("unknown attribute '{}'", word)};
  }
  result.kind = name->kind;
  if (name->form == AttributeForm::sided) {
    c_.expect("(", fmt::format("'{}'", word));
    if (!c_.is_word("caller") && !c_.is_word("callee")) {
      c_.expected("'caller' or 'callee'");
    }
    result.side = c_.next().text == "caller" ? IdlSide::caller : IdlSide::callee;
    c_.expect(")", "the side");
  } else if (name->form == AttributeForm::expression) {
    c_.expect("<", fmt::format("'{}'", word));
    result.expression = c_.expect_kind(TokenKind::verbatim, "'{{', an expression, '}}'").text;
    c_.expect(">", "the expression");
  }
  return result;
}

} // namespace ks::idl

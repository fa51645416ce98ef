// SPDX-License-Identifier: MIT

#include "ks-idl/cursor.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace ks::idl {
namespace {

std::string describe(const Token& token) {
  switch (token.kind) {
  case TokenKind::end: return "the end of the file";
  case TokenKind::string: return fmt::format("string \"{}\"", token.text);
  case TokenKind::verbatim: return fmt::format("'{{{{{}}}}}'", token.text);
  case TokenKind::path: return fmt::format("'<{}>'", token.text);
  case TokenKind::identifier:
  case TokenKind::number:
  case TokenKind::punctuation: return fmt::format("'{}'", token.text);
  }
  return {};
}

} // namespace

Token Cursor::next() {
  Token token = look();
  at_ += token.kind == TokenKind::end ? 0 : 1;
  return token;
}

bool Cursor::accept(std::string_view punctuation) {
  bool found = is(punctuation);
  at_ += found ? 1 : 0;
  return found;
}

void Cursor::expected(std::string_view what) const {
  throw SyntaxError{look().position, fmt::format("expected {}, found {}", what, describe(look()))};
}

void Cursor::expect(std::string_view punctuation, std::string_view after) {
  if (!accept(punctuation)) {
    expected(fmt::format("'{}' after {}", punctuation, after));
  }
}

void Cursor::expect_word(std::string_view word) {
  if (!is_word(word)) {
    expected(fmt::format("'{}'", word));
  }
  next();
}

Token Cursor::expect_kind(TokenKind kind, std::string_view what) {
  if (look().kind != kind) {
    expected(what);
  }
  return next();
}

void Cursor::expect_end() {
  if (look().kind != TokenKind::end) {
    expected("the end of the file after the last '}'");
  }
}

void Cursor::recover() {
  u32 depth = 0;
  while (look().kind != TokenKind::end) {
    if (depth == 0 && is("}")) {
      return;
    }
    Token token = next();
    if (token.kind != TokenKind::punctuation) {
      continue;
    }
    depth += token.text == "{" ? 1 : 0;
    bool closes = token.text == "}" && --depth == 0;
    if (closes || (token.text == ";" && depth == 0)) {
      if (closes) {
        accept(";");
      }
      return;
    }
  }
}

std::string Cursor::named_structure() {
  bool is_tagged = is_word("struct") || is_word("union");
  return is_tagged ? tagged_structure() : expect_name("'struct', 'union' or a typedef of one");
}

std::string Cursor::structure() {
  std::string result = named_structure();
  while (accept(".")) {
    result += "." + expect_name("a member's name after '.'");
    while (accept("[")) {
      expect("]", "'['");
      result += "[]";
    }
  }
  return result;
}

std::string Cursor::tagged_structure() {
  if (!is_word("struct") && !is_word("union")) {
    expected("'struct' or 'union'");
  }
  std::string keyword = next().text;
  return keyword + " " + expect_name(fmt::format("a tag after '{}'", keyword));
}

std::vector<std::string> Cursor::words(std::string_view what) {
  std::vector<std::string> result{expect_name(what)};
  while (look().kind == TokenKind::identifier) {
    result.push_back(next().text);
  }
  return result;
}

std::vector<std::string> Cursor::names(std::string_view what) {
  std::vector<std::string> result;
  do {
    result.push_back(expect_name(what));
  } while (accept(","));
  return result;
}

std::string join_words(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, " "));
}

} // namespace ks::idl

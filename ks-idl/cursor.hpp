// SPDX-License-Identifier: MIT
// A place in the words of a file, and what a reader may ask and expect there. What cannot go on
// throws a SyntaxError; attempt() and repeat() catch it, and go on after the next ";" or "}".

#pragma once

#include "ks-idl/idl.hpp"
#include "ks-idl/lex.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace ks::idl {

struct SyntaxError {
  IdlPosition position;
  std::string message;
};

class Cursor {
public:
  Cursor(std::string_view text, std::vector<IdlError>& errors)
      : errors_(errors), tokens_(lex_idl(text, errors)) {}

  const Token& look(size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  Token next();
  // Un-reads the last word; there must be one.
  void back() { --at_; }

  bool is(std::string_view punctuation, size_t ahead = 0) const {
    return look(ahead).kind == TokenKind::punctuation && look(ahead).text == punctuation;
  }
  bool is_word(std::string_view word, size_t ahead = 0) const {
    return look(ahead).kind == TokenKind::identifier && look(ahead).text == word;
  }
  bool accept(std::string_view punctuation);

  [[noreturn]] void expected(std::string_view what) const;
  void expect(std::string_view punctuation, std::string_view after);
  void expect_word(std::string_view word);
  Token expect_kind(TokenKind kind, std::string_view what);
  std::string expect_name(std::string_view what) {
    return expect_kind(TokenKind::identifier, what).text;
  }
  void expect_end();

  // A struct by its tag or typedef.
  std::string named_structure();
  // Likewise, or a member of it whose struct has no name.
  std::string structure();
  std::string tagged_structure();
  // One or more words; names with commas between them.
  std::vector<std::string> words(std::string_view what);
  std::vector<std::string> names(std::string_view what);

  // False if `body` met an error, which is noted.
  template <class Body>
  bool attempt(const Body& body) {
    try {
      body();
      return true;
    } catch (const SyntaxError& error) {
      errors_.push_back({error.position, error.message, "syntax"});
      return false;
    }
  }

  // Items up to and including the "}" of the list.
  template <class Item>
  void repeat(const Item& read_item) {
    while (!is("}")) {
      if (look().kind == TokenKind::end) {
        expected("'}'");
      }
      if (!attempt(read_item)) {
        recover();
      }
    }
    next();
  }

private:
  // Skips to after the next ";", or after the "}" of a block that was skipped, or to the "}" that
  // ends the list.
  void recover();

  std::vector<IdlError>& errors_;
  std::vector<Token> tokens_;
  size_t at_ = 0;
};

// Joined with single spaces.
std::string join_words(const std::vector<std::string>& words);

} // namespace ks::idl

// SPDX-License-Identifier: MIT
// Text to words. `header` is the only word with a say in how the next one reads: a path in
// angle brackets is one token.

#include "ks-idl/lex.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace ks::idl {
namespace {

bool is_name_start(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }

bool is_name_part(char c) {
  return is_name_start(c) || std::isdigit(static_cast<unsigned char>(c));
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view blank = " \t\r\n";
  size_t first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) {
    return {};
  }
  return std::string(text.substr(first, text.find_last_not_of(blank) - first + 1));
}

class Lexer {
public:
  Lexer(std::string_view text, std::vector<IdlError>& errors) : text_(text), errors_(errors) {}

  std::vector<Token> run() {
    while (true) {
      skip_blanks_and_comments();
      Token token;
      token.comments = std::move(comments_);
      comments_.clear();
      token.position = position();
      if (at_ == text_.size()) {
        tokens_.push_back(std::move(token));
        return std::move(tokens_);
      }
      if (read(token)) {
        tokens_.push_back(std::move(token));
      }
    }
  }

private:
  char look(size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  bool starts_with(std::string_view prefix) const {
    return text_.substr(at_, prefix.size()) == prefix;
  }

  IdlPosition position() const { return {line_, static_cast<u32>(at_ - line_start_ + 1)}; }

  void advance(size_t count) {
    for (; count > 0 && at_ < text_.size(); --count) {
      if (text_[at_++] == '\n') {
        ++line_;
        line_start_ = at_;
      }
    }
  }

  void error(IdlPosition position, std::string message) {
    errors_.push_back({position, std::move(message), "syntax"});
  }

  void skip_blanks_and_comments() {
    while (at_ < text_.size()) {
      if (std::isspace(static_cast<unsigned char>(look()))) {
        advance(1);
      } else if (starts_with("//")) {
        size_t end = std::min(text_.find('\n', at_), text_.size());
        std::string_view line = text_.substr(at_ + 2, end - at_ - 2);
        line.remove_prefix(line.starts_with(' ') ? 1 : 0);
        size_t last = line.find_last_not_of(" \t\r");
        comments_.emplace_back(line.substr(0, last + 1));
        advance(end - at_);
      } else if (starts_with("/*")) {
        IdlPosition start = position();
        size_t end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) {
          error(start, "comment without end");
          end = text_.size();
        }
        advance(end + 2 - at_);
      } else {
        return;
      }
    }
  }

  bool read(Token& token) {
    char c = look();
    if (is_name_start(c)) {
      size_t length = 1;
      while (is_name_part(look(length))) {
        ++length;
      }
      token.kind = TokenKind::identifier;
      token.text = text_.substr(at_, length);
      advance(length);
      return true;
    }
    if (std::isdigit(static_cast<unsigned char>(c))) {
      return read_number(token);
    }
    if (c == '"') {
      return read_string(token);
    }
    if (starts_with("{{")) {
      return read_until(token, TokenKind::verbatim, "{{", "}}");
    }
    if (c == '<' && !tokens_.empty() && tokens_.back().kind == TokenKind::identifier &&
        tokens_.back().text == "header") {
      return read_until(token, TokenKind::path, "<", ">");
    }
    if (std::string_view("{}()[]<>,;:*.").find(c) != std::string_view::npos) {
      token.kind = TokenKind::punctuation;
      token.text = std::string(1, c);
      advance(1);
      return true;
    }
    bool printable = std::isprint(static_cast<unsigned char>(c));
    error(token.position, printable ? fmt::format("unexpected character '{}'", c)
                                    : fmt::format("unexpected byte 0x{:02x}", static_cast<u8>(c)));
    advance(1);
    return false;
  }

  bool read_number(Token& token) {
    size_t length = 1;
    while (is_name_part(look(length))) {
      ++length;
    }
    token.kind = TokenKind::number;
    token.text = text_.substr(at_, length);
    advance(length);
    for (char c : token.text) {
      if (!std::isdigit(static_cast<unsigned char>(c))) {
        error(token.position, fmt::format("'{}' is not a decimal number", token.text));
        return true;
      }
      u64 digit = static_cast<u64>(c - '0');
      if (token.number > (~u64{0} - digit) / 10) {
        error(token.position, fmt::format("number {} is too large", token.text));
        return true;
      }
      token.number = token.number * 10 + digit;
    }
    return true;
  }

  bool read_string(Token& token) {
    token.kind = TokenKind::string;
    advance(1);
    while (at_ < text_.size() && look() != '"' && look() != '\n') {
      if (look() == '\\' && (look(1) == '"' || look(1) == '\\')) {
        advance(1);
      }
      token.text += look();
      advance(1);
    }
    if (look() != '"' || at_ == text_.size()) {
      error(token.position, "string without end");
      return true;
    }
    advance(1);
    return true;
  }

  bool read_until(Token& token, TokenKind kind, std::string_view open, std::string_view close) {
    size_t end = text_.find(close, at_ + open.size());
    token.kind = kind;
    if (end == std::string_view::npos) {
      error(token.position, fmt::format("'{}' without '{}'", open, close));
      advance(open.size());
      return true;
    }
    token.text = trimmed(text_.substr(at_ + open.size(), end - at_ - open.size()));
    advance(end + close.size() - at_);
    return true;
  }

  std::string_view text_;
  std::vector<IdlError>& errors_;
  std::vector<Token> tokens_;
  std::vector<std::string> comments_;
  size_t at_ = 0;
  size_t line_start_ = 0;
  u32 line_ = 1;
};

} // namespace

std::vector<Token> lex_idl(std::string_view text, std::vector<IdlError>& errors) {
  return Lexer(text, errors).run();
}

bool is_name(std::string_view text) {
  return !text.empty() && is_name_start(text[0]) && std::ranges::all_of(text, is_name_part);
}

} // namespace ks::idl

// SPDX-License-Identifier: MIT
// Words of the interface definition language. Comments are words, too: those before an item
// belong to it.

#pragma once

#include "ks-idl/idl.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ks::idl {

enum class TokenKind : u8 { identifier, number, string, verbatim, path, punctuation, end };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string text; // without quotes, braces, angle brackets
  u64 number = 0;
  std::vector<std::string> comments; // "//" lines since the token before
  IdlPosition position;
};

// All tokens of `text`; the last one is the end. What is no token is an error and left out.
std::vector<Token> lex_idl(std::string_view text, std::vector<IdlError>& errors);

// Whether the text is one C identifier.
bool is_name(std::string_view text);

} // namespace ks::idl

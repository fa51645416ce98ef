// SPDX-License-Identifier: MIT

#include "ks-idlc/check_names.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace ks::idlc {
namespace {

constexpr std::array<std::string_view, 28> type_words{
    "_Bool", "bool",   "char",     "const",  "double",   "enum",   "float",
    "int",   "long",   "offsetof", "s16",    "s32",      "s64",    "s8",
    "short", "signed", "size_t",   "sizeof", "ssize_t",  "struct", "u16",
    "u32",   "u64",    "u8",       "union",  "unsigned", "void",   "volatile"};

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_'; }
bool is_letter_or_digit(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

bool is_macro(std::string_view name) {
  return std::ranges::none_of(name,
                              [](char c) { return std::islower(static_cast<unsigned char>(c)); });
}

// Whether what stands before position `at` makes the name there a member or a tag.
bool is_qualified(std::string_view text, size_t at) {
  while (at > 0 && text[at - 1] == ' ') {
    --at;
  }
  std::string_view before = text.substr(0, at);
  if (before.ends_with('.') || before.ends_with("->")) {
    return true;
  }
  for (std::string_view tag : {"struct", "union", "enum"}) {
    if (before.ends_with(tag)) {
      return true;
    }
  }
  return false;
}

} // namespace

std::vector<std::string> free_names(std::string_view expression) {
  std::vector<std::string> names;
  for (size_t i = 0; i < expression.size();) {
    if (!is_letter_or_digit(expression[i])) {
      ++i;
      continue;
    }
    size_t start = i;
    while (i < expression.size() && is_letter_or_digit(expression[i])) {
      ++i;
    }
    std::string_view name = expression.substr(start, i - start);
    bool is_known = !is_letter(name[0]) || is_macro(name) || is_qualified(expression, start) ||
                    std::ranges::find(type_words, name) != type_words.end();
    if (!is_known && std::ranges::find(names, name) == names.end()) {
      names.emplace_back(name);
    }
  }
  return names;
}

CallText call_of(std::string_view expression) {
  size_t open = expression.find('(');
  bool is_call = open != std::string_view::npos && open != 0 && expression.ends_with(')') &&
                 is_letter(expression[0]) &&
                 std::ranges::all_of(expression.substr(0, open), is_letter_or_digit);
  if (!is_call) {
    return {};
  }
  return {expression.substr(0, open), expression.substr(open + 1, expression.size() - open - 2)};
}

std::string rename_in(std::string_view expression, std::string_view name, std::string_view other) {
  std::string text;
  for (size_t i = 0; i < expression.size();) {
    size_t start = i;
    while (i < expression.size() && is_letter_or_digit(expression[i])) {
      ++i;
    }
    i += i == start ? 1 : 0;
    std::string_view piece = expression.substr(start, i - start);
    text += piece == name && !is_qualified(expression, start) ? other : piece;
  }
  return text;
}

std::vector<std::string> members_of_self(std::string_view expression) {
  constexpr std::string_view start = "self->";
  std::vector<std::string> names;
  for (size_t at = expression.find(start); at != std::string_view::npos;
       at = expression.find(start, at + 1)) {
    size_t end = at + start.size();
    while (end < expression.size() && is_letter_or_digit(expression[end])) {
      ++end;
    }
    std::string name(expression.substr(at + start.size(), end - at - start.size()));
    if (std::ranges::find(names, name) == names.end()) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

std::vector<std::string> dereferenced_names(std::string_view expression) {
  std::vector<std::string> names;
  for (size_t at = expression.find("->"); at != std::string_view::npos;
       at = expression.find("->", at + 1)) {
    size_t start = at;
    while (start > 0 && is_letter_or_digit(expression[start - 1])) {
      --start;
    }
    std::string name(expression.substr(start, at - start));
    if (std::ranges::find(names, name) == names.end()) {
      names.push_back(std::move(name));
    }
  }
  return names;
}

u32 edit_distance(std::string_view a, std::string_view b) {
  std::vector<u32> row(b.size() + 1);
  for (u32 j = 0; j < row.size(); ++j) {
    row[j] = j;
  }
  for (u32 i = 0; i < a.size(); ++i) {
    u32 diagonal = row[0];
    row[0] = i + 1;
    for (u32 j = 0; j < b.size(); ++j) {
      u32 above = row[j + 1];
      row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

} // namespace ks::idlc

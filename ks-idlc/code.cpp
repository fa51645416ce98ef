// SPDX-License-Identifier: MIT

#include "ks-idlc/code.hpp"

#include <cctype>

namespace ks::idlc {
namespace {

constexpr size_t line_width = 100;
constexpr size_t tab_width = 8;

// Where to break a line that is too long: behind the last ", " that still fits and stands
// in no string, else in front of the last operator; npos if there is none.
size_t find_break(std::string_view line, size_t room) {
  size_t comma = std::string_view::npos, operation = std::string_view::npos;
  bool in_string = false;
  for (size_t i = 0; i + 2 < line.size() && i < room; ++i) {
    in_string ^= line[i] == '"';
    if (!in_string && line.substr(i, 2) == ", ") {
      comma = i + 1;
    }
    bool operates =
        line[i] == ' ' && std::string_view("?:&|=").find(line[i + 1]) != std::string_view::npos;
    if (!in_string && operates && i > 0) {
      operation = i;
    }
  }
  return comma != std::string_view::npos ? comma : operation;
}

bool is_identifier(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

} // namespace

void Code::add(const std::string& line) {
  std::string_view rest = line;
  unsigned depth = rest.starts_with("#") ? 0 : depth_;
  bool is_comment = rest.starts_with("/*") || rest.starts_with(" *");
  while (!is_comment && depth * tab_width + rest.size() > line_width) {
    size_t at = find_break(rest, line_width - depth * tab_width);
    if (at == std::string_view::npos) {
      break;
    }
    text_.append(depth, '\t').append(rest.substr(0, at)).append("\n");
    rest.remove_prefix(at + 1);
    depth = depth_ + 2;
  }
  text_.append(depth, '\t').append(rest).append("\n");
}

std::string indented(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    size_t end = text.find('\n') + 1;
    std::string_view line = text.substr(0, end);
    result.append(line == "\n" ? "" : "\t").append(line);
    text.remove_prefix(end);
  }
  return result;
}

bool mentions(std::string_view text, std::string_view name) {
  for (size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    size_t end = at + name.size();
    if ((at == 0 || !is_identifier(text[at - 1])) &&
        (end == text.size() || !is_identifier(text[end]))) {
      return true;
    }
  }
  return false;
}

void Identifiers::add(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    size_t end = at;
    while (end < text.size() && is_identifier(text[end])) {
      ++end;
    }
    if (end > at) {
      names_.insert(text.substr(at, end - at));
    }
    at = end + 1;
  }
}

} // namespace ks::idlc

// SPDX-License-Identifier: MIT
// C text under construction: indented by tabs, long lines broken after a comma.

#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <unordered_set>

namespace ks::idlc {

class Code {
public:
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    add(fmt::format(format, std::forward<Args>(args)...));
  }
  // A line that begins a block; a block by itself if empty.
  template <class... Args>
  void open(fmt::format_string<Args...> format, Args&&... args) {
    std::string head = fmt::format(format, std::forward<Args>(args)...);
    add(head.empty() ? "{" : head + " {");
    ++depth_;
  }
  void close(std::string_view text = "}") {
    --depth_;
    add(std::string(text));
  }
  void blank() { text_ += "\n"; }
  // A statement under an `if` without braces.
  template <class... Args>
  void then(fmt::format_string<Args...> format, Args&&... args) {
    ++depth_;
    add(fmt::format(format, std::forward<Args>(args)...));
    --depth_;
  }
  // The head of a function's definition, and its end.
  void begin_function(const std::string& signature) {
    add(signature);
    add("{");
    ++depth_;
  }
  void end_function() {
    close();
    blank();
  }
  void indent(unsigned by = 1) { depth_ += by; }
  void append(std::string_view text) { text_ += text; }
  const std::string& text() const { return text_; }

private:
  void add(const std::string& line);

  std::string text_;
  unsigned depth_ = 0;
};

// Every line one tab deeper.
std::string indented(std::string_view text);

// Whether `name` stands in C text as a whole identifier.
bool mentions(std::string_view text, std::string_view name);

// The identifiers in C text, for who asks for many; the texts must outlive it. Numbers, and words of
// comments and strings, are among them.
class Identifiers {
public:
  void add(std::string_view text);
  bool contains(std::string_view name) const { return names_.contains(name); }

private:
  std::unordered_set<std::string_view> names_;
};

} // namespace ks::idlc

// SPDX-License-Identifier: MIT
// Ninja's syntax, as text: variables, rules, build statements.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ks::ninja {

using NinjaBindings = std::vector<std::pair<std::string, std::string>>;

struct NinjaEdge {
  std::vector<std::string> outputs;
  std::string rule;
  std::vector<std::string> inputs;     // $in
  std::vector<std::string> implicit;   // what else it depends on
  NinjaBindings bindings;
};

class NinjaText {
public:
  void comment(std::string_view text);
  void variable(std::string_view name, std::string_view value);
  void rule(std::string_view name, const NinjaBindings& bindings);
  void build(const NinjaEdge& edge);
  void alias(const std::string& name, const std::vector<std::string>& targets);
  void defaults(const std::vector<std::string>& targets);

  const std::string& text() const { return text_; }

private:
  std::string text_;
};

// A path where Ninja expects one.
std::string ninja_path(std::string_view path);

} // namespace ks::ninja

// SPDX-License-Identifier: MIT
#include "pipelines/ninja/ninja_text.hpp"

#include <fmt/format.h>

namespace ks::ninja {
namespace {

std::string paths(std::string_view before, const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& path : list) {
    text += text.empty() ? before : " ";
    text += ninja_path(path);
  }
  return text;
}

} // namespace

std::string ninja_path(std::string_view path) {
  std::string text;
  for (const char c : path) {
    if (c == '$' || c == ' ' || c == ':') {
      text += '$';
    }
    text += c;
  }
  return text;
}

void NinjaText::comment(std::string_view text) { text_ += fmt::format("# {}\n", text); }

void NinjaText::variable(std::string_view name, std::string_view value) {
  text_ += fmt::format("{} = {}\n", name, value);
}

void NinjaText::rule(std::string_view name, const NinjaBindings& bindings) {
  text_ += fmt::format("\nrule {}\n", name);
  for (const auto& [variable, value] : bindings) {
    text_ += fmt::format("  {} = {}\n", variable, value);
  }
}

void NinjaText::build(const NinjaEdge& edge) {
  text_ += fmt::format("build{}: {}{}{}\n", paths(" ", edge.outputs), edge.rule,
                       paths(" ", edge.inputs), paths(" | ", edge.implicit));
  for (const auto& [variable, value] : edge.bindings) {
    text_ += fmt::format("  {} = {}\n", variable, value);
  }
}

void NinjaText::alias(const std::string& name, const std::vector<std::string>& targets) {
  build({{name}, "phony", targets, {}, {}});
}

void NinjaText::defaults(const std::vector<std::string>& targets) {
  text_ += fmt::format("default{}\n", paths(" ", targets));
}

} // namespace ks::ninja

// SPDX-License-Identifier: MIT
#include "ks-prune/library.hpp"

#include "pipelines/diag.hpp"

#include <algorithm>
#include <array>

namespace ks {

namespace {

constexpr std::array classes = std::to_array<std::string_view>(
    {"allocate", "bits", "checksum", "compiler", "data", "list", "memory", "parse", "percpu", "print",
     "sort", "string", "tree"});

} // namespace

std::vector<std::pair<std::string, std::string>> read_table(std::string_view text,
                                                            const std::string& path) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (u32 number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.front() == '#') continue;
    const std::size_t tab = line.find('\t');
    if (tab == std::string_view::npos) fail("{}:{}: no tab after the name", path, number);
    lines.emplace_back(line.substr(0, tab), line.substr(tab + 1));
  }
  return lines;
}

void Library::add(std::string_view text, const std::string& path) {
  for (const auto& [name, kind] : read_table(text, path)) {
    if (std::find(classes.begin(), classes.end(), kind) == classes.end()) {
      fail("{}: {} has no known class: {}", path, name, kind);
    }
    entries_.insert_or_assign(name, kind);
  }
}

void Library::add_elsewhere(std::string_view text, const std::string& path) {
  for (const auto& [name, reason] : read_table(text, path)) elsewhere_.emplace(name, reason);
}

std::string_view Library::class_of(std::string_view name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() ? std::string_view() : found->second;
}

bool Library::allocates(std::string_view name) const {
  return class_of(name) == "allocate" || class_of(name) == "percpu";
}

bool Library::touches_callers_objects(std::string_view name) const {
  return class_of(name) == "list" || class_of(name) == "tree";
}

bool Library::is_pure(std::string_view name) const {
  return has(name) && class_of(name) != "print" && !allocates(name) &&
         !touches_callers_objects(name);
}

} // namespace ks

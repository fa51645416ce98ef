// SPDX-License-Identifier: MIT
#include "ks-prune/index.hpp"

namespace ks::prune {

std::vector<std::string> names_of(const KnownRows& lock_families) {
  std::vector<std::string> names;
  for (const KnownRow& row : lock_families) {
    std::string& name = names.emplace_back();
    for (const std::string_view column : row.columns) name.append(column).push_back('\t');
  }
  return names;
}

} // namespace ks::prune

// SPDX-License-Identifier: MIT
#include "ks-prune/names.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace ks::prune {
namespace {

// "drivers/x/a-b.c" -> "a_b"
std::string stem_of(const std::string& path) {
  std::string stem = path.substr(path.rfind('/') + 1);
  stem.resize(std::min(stem.rfind('.'), stem.size()));
  std::ranges::replace_if(stem, [](unsigned char c) { return !std::isalnum(c); }, '_');
  return stem;
}

// All functions that the interface knows by name, and those that the driver's object has.
std::map<std::string, std::set<u32>> find_holders(const Program& program, const Border& border) {
  std::map<std::string, std::set<u32>> holders;
  const auto add = [&](u32 function) {
    if (function != no_row) holders[program.functions[function].row.name].insert(function);
  };
  for (u32 i = 0; i < program.functions.size(); ++i) {
    if (program.functions[i].driver) add(i);
  }
  for (const Border::Crossing& crossing : border.crossings) add(crossing.function);
  for (const Border::Clone& clone : border.clones) add(clone.function);
  std::ranges::for_each(border.library, add);
  return holders;
}

} // namespace

void tell_apart(Program& program, const Border& border) {
  std::map<std::string, std::set<u32>> holders = find_holders(program, border);
  std::set<std::string> given;
  for (const Border::Crossing& crossing : border.crossings) {
    if (!crossing.to_driver) continue;
    Function& row = program.functions[crossing.function].row;
    const std::set<u32>& others = holders.at(row.name);
    if (!row.local || others.size() == 1) continue;
    const bool is_first =
        std::ranges::all_of(others, [&](u32 f) { return program.functions[f].row.local; }) &&
        given.insert(row.name).second;
    if (is_first) continue;
    std::string name = row.name + "__" + stem_of(program.units[ks::row(row.unit)].name);
    while (holders.contains(name)) name += "_";
    holders[name].insert(crossing.function);
    row.source_name = row.name;
    row.name = name;
  }
}

} // namespace ks::prune

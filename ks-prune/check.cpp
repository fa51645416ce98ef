// SPDX-License-Identifier: MIT
#include "ks-prune/check.hpp"

#include <map>
#include <set>
#include <utility>
#include <vector>

namespace ks::prune {

namespace {

std::set<std::string_view> names_of(const Program& program) {
  std::set<std::string_view> names;
  for (const ProgramFunction& function : program.functions) names.insert(function.row.name);
  for (const ProgramGlobal& global : program.globals) names.insert(global.row.name);
  return names;
}

// Whether the first column of the table names a function or variable. Rows of undo may name a
// field, STRUCT.FIELD.
bool names_symbols(KnownTable table) {
  switch (table) {
  case KnownTable::allocators:
  case KnownTable::cpu_offsets:
  case KnownTable::domain_library:
  case KnownTable::elsewhere:
  case KnownTable::ends:
  case KnownTable::locks:
  case KnownTable::models:
  case KnownTable::strings:
  case KnownTable::undo: return true;
  case KnownTable::addresses:
  case KnownTable::assembly:
  case KnownTable::entries:
  case KnownTable::failures:
  case KnownTable::headers:
  case KnownTable::lock_families: return false;
  }
  return false;
}

} // namespace

void check_known(const Choice& choice, const Known& known) {
  std::vector<std::pair<KnownTable, const KnownRow*>> added;
  for (std::size_t i = 0; i < known_table_count; ++i) {
    const auto table = static_cast<KnownTable>(i);
    if (!names_symbols(table)) continue;
    for (const KnownRow& row : known.added(table)) {
      if (row[0].find('.') == std::string_view::npos) added.emplace_back(table, &row);
    }
  }
  // Without --known, which is the rule, nothing is looked up.
  if (added.empty()) return;
  const std::set<std::string_view> names = names_of(choice.program);
  for (const auto& [table, row] : added) {
    if (names.contains((*row)[0])) continue;
    warn({std::string(row->path), row->line, 0}, "unmatched-row",
         fmt::format("the program has no {}, of which {} says something", (*row)[0],
                     name_of(table)));
  }
}

std::vector<Caveat> check_imports(const Choice& choice) {
  std::vector<Caveat> caveats;
  for (u32 i = 0; i < choice.border.crossings.size(); ++i) {
    const Border::Crossing& crossing = choice.border.crossings[i];
    if (crossing.to_driver || crossing.function == no_row) continue;
    if (choice.program.functions[crossing.function].home != no_row) continue;
    warn(caveats, {.loc = crossing.loc, .crossing = CrossingId{i}}, "undefined-import",
         fmt::format("no unit of the kernel defines {}: what it does is unknown", crossing.name));
  }
  return caveats;
}

std::vector<Caveat> check_layouts(const Choice& choice) {
  std::vector<Caveat> caveats;
  struct Users {
    bool driver = false;
    bool kernel = false;
  };
  std::map<u32, Users> users; // by type, those with fields that somebody names
  for (const ProgramField& field : choice.program.fields) {
    Users& known = users[choice.types.number(field.key.structure)];
    known.driver |= field.driver;
    known.kernel |= field.kernel;
  }
  std::map<std::string_view, std::vector<u32>> layouts;
  for (const auto& [number, who] : users) {
    if (number == no_row) continue;
    const Type& type = choice.types.type(number).type;
    if (type.complete && type.name.find(' ') != std::string::npos)
      layouts[type.name].push_back(number);
  }
  for (const auto& [name, numbers] : layouts) {
    for (u32 mine : numbers) {
      if (!users[mine].driver) continue;
      for (u32 theirs : numbers) {
        const Type& a = choice.types.type(mine).type;
        const Type& b = choice.types.type(theirs).type;
        if (theirs == mine || !users[theirs].kernel || a.layout == b.layout) continue;
        const std::string message = fmt::format(
            "{} has two layouts: that of {}:{} with {} bytes in the driver, and that of {}:{} with "
            "{} bytes in the kernel",
            name, a.file, a.line, a.size, b.file, b.line, b.size);
        const bool one_declaration = a.file == b.file && a.line == b.line && a.file.ends_with(".h");
        if (one_declaration && !users[mine].kernel)
          fail("{}: were both made with one configuration?", message);
        warn(caveats, {.loc = {a.file, a.line, 0}}, "two-layouts", message);
      }
    }
  }
  return caveats;
}

std::vector<Caveat> check_entries(const Choice& choice) {
  std::vector<Caveat> caveats;
  std::set<u32> called;
  for (u32 i = 0; i < choice.program.functions.size(); ++i) {
    if (choice.border.sides[i] == Side::driver) continue;
    for (u32 j = 0; j < choice.program.functions[i].body.sites.size(); ++j)
      for (const Target& target : choice.targets.of(i, j)) called.insert(target.function);
  }
  for (u32 i = 0; i < choice.border.crossings.size(); ++i) {
    const Border::Crossing& crossing = choice.border.crossings[i];
    const bool handed =
        crossing.kind == CrossingKind::ops || crossing.kind == CrossingKind::callback;
    if (!handed || called.contains(crossing.function)) continue;
    warn(caveats, {.loc = crossing.loc, .crossing = CrossingId{i}}, "unreached-entry",
         fmt::format("{} is handed to the kernel, of which no function is seen to call it",
                     crossing.name));
  }
  return caveats;
}

std::vector<Caveat> check_indirect_calls(const Choice& choice) {
  std::vector<Caveat> caveats;
  for (u32 i = 0; i < choice.program.functions.size(); ++i) {
    if (choice.border.sides[i] != Side::driver) continue;
    const ProgramFunction& function = choice.program.functions[i];
    for (u32 j = 0; j < function.body.sites.size(); ++j) {
      const std::vector<Target>& targets = choice.targets.of(i, j);
      const IndirectSite& site = function.body.sites[j];
      if (targets.empty()) {
        warn(caveats, {.loc = site.loc, .function = FunctionId{i}}, "unknown-callee",
             fmt::format("{} calls through a pointer that no known function is stored in",
                         function.row.name));
      } else if (targets.front().source == TargetSource::signature) {
        warn(
            caveats, {.loc = site.loc, .function = FunctionId{i}}, "callee-by-type",
            fmt::format("{} calls through a pointer that may reach any of {} functions of its type",
                        function.row.name, targets.size()));
      }
    }
  }
  return caveats;
}

} // namespace ks::prune

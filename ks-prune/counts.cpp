// SPDX-License-Identifier: MIT
#include "ks-prune/counts.hpp"

#include "ks-prune/read.hpp"

#include <algorithm>

namespace ks::prune {

namespace {

struct Sites {
  u64 all = 0;
  u64 unresolved = 0;
  u64 by_signature = 0;
};

Sites count_sites(const Choice& choice, bool inside) {
  Sites sites;
  for (u32 i = 0; i < choice.program.functions.size(); ++i) {
    if (choice.border.inside(i) != inside || !choice.kept.kept[i]) continue;
    for (u32 j = 0; j < choice.program.functions[i].body.sites.size(); ++j) {
      const std::vector<Target>& targets = choice.targets.of(i, j);
      ++sites.all;
      sites.unresolved += targets.empty();
      sites.by_signature += !targets.empty() && targets.front().source == TargetSource::signature;
    }
  }
  return sites;
}

std::string place(const Loc& loc) {
  return loc.line == 0 ? std::string() : fmt::format(" ({}:{})", loc.file, loc.line);
}

std::string name_of(const Choice& choice, u32 function) {
  return function == no_row ? "a static object of the driver"
                            : choice.program.functions[function].row.name;
}

std::string reason_text(const Choice& choice, const Kept::Why& why) {
  const std::string by = name_of(choice, why.because_of);
  switch (why.reason) {
  case Reason::driver_code: return "is the driver's";
  case Reason::crossing: return "the driver calls it or names it";
  case Reason::called: return fmt::format("called by {}", by);
  case Reason::indirect_call: return fmt::format("called through a pointer by {}", by);
  case Reason::callback: return fmt::format("calls {}, which is the driver's", by);
  case Reason::shares_field:
    return fmt::format("touches {}{}, as does {}", choice.program.fields[why.field].name,
                       why.enclosing == why.field || why.enclosing == no_row
                           ? std::string()
                           : " in " + choice.program.fields[why.enclosing].name,
                       by);
  case Reason::shares_global:
    return fmt::format("touches {}, as does {}", choice.program.globals[why.global].row.name, by);
  case Reason::library: return "the domain library provides it";
  case Reason::touches_only_its_arguments:
    return "is compiled into the domain: it touches nothing but what it is passed";
  case Reason::dropped:
    return "is dropped: it neither touches what the driver touches nor leads there from a crossing";
  }
  return {};
}

} // namespace

std::vector<PruneCount> count_rows(const Choice& choice) {
  u64 kernel = 0, kept = 0, driver = 0;
  for (u32 i = 0; i < choice.program.functions.size(); ++i) {
    const ProgramFunction& function = choice.program.functions[i];
    driver += function.driver;
    kernel += !function.driver && function.home != no_row;
    kept +=
        choice.border.sides[i] == Side::kernel && function.home != no_row && choice.kept.kept[i];
  }
  const std::vector<bool> open = units_to_open(choice.program, choice.touched, choice.kept);
  const auto crossings = [&](bool to_driver) {
    return static_cast<u64>(std::count_if(
        choice.border.crossings.begin(), choice.border.crossings.end(),
        [&](const Border::Crossing& crossing) { return crossing.to_driver == to_driver; }));
  };
  const Sites inside = count_sites(choice, true);
  const Sites outside = count_sites(choice, false);
  return {
      {"units", open.size()},
      {"units opened", static_cast<u64>(std::count(open.begin(), open.end(), true))},
      {"driver functions", driver},
      {"kernel functions", kernel},
      {"kernel functions reachable from a crossing", choice.kept.reachable},
      {"kernel functions kept", kept},
      {"crossings to the kernel", crossings(false)},
      {"crossings to the driver", crossings(true)},
      {"functions of the domain library", choice.border.library.size()},
      {"functions cloned", choice.border.clones.size()},
      {"indirect calls of the driver", inside.all},
      {"indirect calls of the driver resolved by signature only", inside.by_signature},
      {"indirect calls of the driver unresolved", inside.unresolved},
      {"indirect calls of the kernel kept", outside.all},
      {"indirect calls of the kernel resolved by signature only", outside.by_signature},
      {"indirect calls of the kernel unresolved", outside.unresolved},
  };
}

std::string explain(const Choice& choice, const std::string& name) {
  std::string text;
  for (u32 i = 0; i < choice.program.functions.size(); ++i) {
    if (choice.program.functions[i].row.name != name) continue;
    std::vector<bool> seen(choice.program.functions.size());
    for (u32 at = i; at != no_row && !seen[at]; at = choice.kept.why[at].because_of) {
      seen[at] = true;
      const ProgramFunction& function = choice.program.functions[at];
      text += fmt::format("{}{}: {}\n", function.row.name, place(function.row.loc),
                          reason_text(choice, choice.kept.why[at]));
    }
  }
  if (text.empty()) fail("no function is called {}", name);
  return text;
}

} // namespace ks::prune

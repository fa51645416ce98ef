// SPDX-License-Identifier: MIT
// A function qualifies if nothing that it does could tell where it runs, or matter to
// somebody who holds neither its arguments nor its result: no lock, no atomic operation,
// no field that it writes and reads as well, no assembly that is not understood, no call whose
// target is not certain, no allocation, no pointer that was made of a number.
// It may not name a global of the kernel either, a constant one included, since the
// constant's address could be stored in an object and compared over there. Nor may it touch a
// structure of a file that the glue cannot include: the domain has nothing of what is in it.
#include "ks-prune/clones.hpp"

#include "ks-prune/boundary.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace ks::prune {

namespace {

// Of the kernel's sources, or of a header in no include folder and not beside the driver.
bool is_hidden(const Program& program, const TypeStore& types, Key structure) {
  const u32 number = types.number(structure);
  std::string_view file = number == no_row ? "" : std::string_view(types.type(number).type.file);
  if (file.starts_with("./")) file.remove_prefix(2);
  if (file.empty() || file.starts_with("include/") || file.find("/include/") != file.npos)
    return false;
  const auto folder = [](std::string_view path) {
    return path.substr(0, path.find('/', path.find('/') + 1));
  };
  for (u32 unit = 0; unit < program.units.size(); unit++) {
    if (program.driver_units[unit] && folder(program.units[unit].name) == folder(file)) {
      return file.ends_with(".c");
    }
  }
  return true;
}

bool touches_hidden(const Program& program, const TypeStore& types, const Touches& touches) {
  return std::ranges::any_of(touches.fields, [&](const FieldTouch& touch) {
    return std::ranges::any_of(std::array{touch.field, touch.enclosing}, [&](u32 field) {
      return field != no_row && is_hidden(program, types, program.fields[field].key.structure);
    });
  });
}

bool touches_only_arguments(const Program& program, const Library& library, u32 function) {
  const ProgramFunction& at = program.functions[function];
  const auto library_has = [&](u32 global) {
    return library.has(program.globals[global].row.name);
  };
  return at.home != no_row && !at.driver && at.body.obstacle == Obstacle::none &&
         at.body.named.empty() &&
         std::all_of(at.body.touches.globals.begin(), at.body.touches.globals.end(), library_has) &&
         std::all_of(at.body.named_globals.begin(), at.body.named_globals.end(), library_has);
}

} // namespace

std::vector<u32> cloneable(const Program& program, const Library& library, const TypeStore& types,
                           u32 function) {
  std::set<u32> closure;
  u32 outside_headers = 0;
  std::vector<u32> pending = {function};
  while (!pending.empty()) {
    const u32 next = pending.back();
    pending.pop_back();
    const std::string& name = program.functions[next].row.name;
    if (library.has(name)) {
      if (!library.is_pure(name)) return {};
      continue;
    }
    // What is inside one says nothing of the lock.
    if (library.is_lock_operation(name)) return {};
    if (!closure.insert(next).second) continue;
    outside_headers += !program.functions[next].helper;
    if (outside_headers > clone_limit) return {};
    if (!touches_only_arguments(program, library, next)) return {};
    if (touches_hidden(program, types, program.functions[next].body.touches)) return {};
    const auto& callees = program.functions[next].body.callees;
    pending.insert(pending.end(), callees.begin(), callees.end());
  }
  return {closure.begin(), closure.end()};
}

} // namespace ks::prune

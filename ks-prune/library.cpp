// SPDX-License-Identifier: MIT
#include "ks-prune/library.hpp"

namespace ks::prune {

namespace {

std::string_view second_column(const KnownRows& rows, std::string_view key) {
  const KnownRow* row = find_row(rows, key);
  return row ? (*row)[1] : std::string_view();
}

} // namespace

std::string_view Library::class_of(std::string_view name) const {
  return second_column(provided_, name);
}

std::string_view Library::role_of(std::string_view symbol) const {
  return second_column(entries_, symbol);
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

bool Library::is_lock_operation(std::string_view name) const {
  const KnownRow* row = find_row(locks_, name);
  return row && second_column(families_, (*row)[2]) != "nothing";
}

std::set<std::string> Library::undoing() const {
  std::set<std::string> names;
  for (const KnownRow& row : known_.rows(KnownTable::undo)) names.emplace(called(row[2]));
  return names;
}

} // namespace ks::prune

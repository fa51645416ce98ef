// SPDX-License-Identifier: MIT
// What is known of functions by name: the tables domain_library (functions and variables that the
// domain library provides, so that naming them is not a crossing), elsewhere (functions at which
// a call path ends) and entries of ks-known(5).

#pragma once

#include "pipelines/known.hpp"

#include <set>
#include <string>
#include <string_view>

namespace ks::prune {

class Library {
public:
  explicit Library(const Known& known)
      : provided_(known.rows(KnownTable::domain_library)),
        elsewhere_(known.rows(KnownTable::elsewhere)), entries_(known.rows(KnownTable::entries)),
        locks_(known.rows(KnownTable::locks)), families_(known.rows(KnownTable::lock_families)),
        known_(known) {}

  bool has(std::string_view name) const { return find_row(provided_, name) != nullptr; }
  // Whether what a function calls is not done for its caller.
  bool leads_elsewhere(std::string_view name) const {
    return find_row(elsewhere_, name) != nullptr;
  }
  // Whether a function of the kernel that calls this one may be compiled into the domain:
  // it works on its arguments alone, and neither allocates nor prints.
  bool is_pure(std::string_view name) const;
  // Whether it takes a lock or lets one go, or orders memory.
  bool is_lock_operation(std::string_view name) const;
  // Whether it gives or takes back memory.
  bool allocates(std::string_view name) const;
  // Whether its body belongs to what the domain does to its objects (list and tree
  // helpers), rather than to the allocator's or the log's own state.
  bool touches_callers_objects(std::string_view name) const;
  // What is called to undo what a stopped driver did.
  std::set<std::string> undoing() const;
  // "init" or "exit" if the kernel calls a module's function by this name, else empty.
  std::string_view role_of(std::string_view symbol) const;

private:
  std::string_view class_of(std::string_view name) const;

  KnownRows provided_;
  KnownRows elsewhere_;
  KnownRows entries_;
  KnownRows locks_;
  KnownRows families_;
  Known known_; // holds the text that rows point into
};

} // namespace ks::prune

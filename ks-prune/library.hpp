// SPDX-License-Identifier: MIT
// What is known of functions by name. domain_library.def: functions and variables that the
// domain library provides, so that naming them is not a crossing. elsewhere.def: functions
// at which a call path ends.

#pragma once

#include "pipelines/artifact.hpp"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ks {

// The texts of domain_library.def and elsewhere.def.
extern const std::string_view domain_library_text;
extern const std::string_view elsewhere_text;

// The lines of a table that are no comments, cut at the tab. Fails on a line without one.
std::vector<std::pair<std::string, std::string>> read_table(std::string_view text,
                                                            const std::string& path);

class Library {
public:
  // Adds the lines of a table, `name TAB class`; `path` is for messages.
  void add(std::string_view text, const std::string& path);
  void add_elsewhere(std::string_view text, const std::string& path);

  bool has(std::string_view name) const { return entries_.find(name) != entries_.end(); }
  // Whether what a function calls is not done for its caller.
  bool leads_elsewhere(std::string_view name) const {
    return elsewhere_.find(name) != elsewhere_.end();
  }
  // Whether a function of the kernel that calls this one may be compiled into the domain:
  // it works on its arguments alone, and neither allocates nor prints.
  bool is_pure(std::string_view name) const;
  // Whether it gives or takes back memory.
  bool allocates(std::string_view name) const;
  // Whether its body belongs to what the domain does to its objects (list and tree
  // helpers), rather than to the allocator's or the log's own state.
  bool touches_callers_objects(std::string_view name) const;

private:
  std::string_view class_of(std::string_view name) const;

  std::map<std::string, std::string, std::less<>> entries_;
  std::map<std::string, std::string, std::less<>> elsewhere_;
};

} // namespace ks

// SPDX-License-Identifier: MIT
// What a person has said about kernel interfaces, by what it is said about, and which of it a
// driver needed.

#pragma once

#include "ks-idl/facts.hpp"
#include "ks-idl/idl.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace ks::idl {

struct Rule {
  std::string overlay;    // its name
  std::string subject;    // "struct sk_buff.head", "argument 0 of rtnl_link_ops.validate"
  std::string structure;  // "struct T" for a member; for an argument the struct whose field it is
  std::string function;   // argument: a function, or the field
  u32 index = 0;          // of the argument
  bool is_result = false; // of the function
  IdlDeclaration declaration;
  std::set<std::string> used_by;
};

class Overlays {
public:
  // Fails on an entry that names a member or an argument that its struct or function has not.
  Overlays(const std::vector<IdlOverlay>& overlays, const Pruned& pruned, const TypeTable& types);

  // The rules for members of "struct T"; tails included.
  std::vector<Rule*> fields(const std::string& tag);
  // The rule for an argument of the function, or of any function stored in one of its fields.
  Rule* argument(const Pruned& pruned, const Crossing& crossing, u32 index);
  Rule* result(const Crossing& crossing);

  // What the projections are called that rules were used for; of the others none came of it.
  void rename_places(const std::map<std::string, std::string>& names);

  // One line for each rule that was used.
  std::vector<std::string> report() const;

private:
  void add(const IdlOverlay& overlay, Rule rule, IdlPosition position);

  std::vector<Rule> members_, arguments_;
  std::set<std::string> subjects_;
};

// Path and text of each file to overlays; errors go to standard error, with their lines.
std::vector<IdlOverlay> read_overlays(const std::vector<std::string>& paths);

} // namespace ks::idl

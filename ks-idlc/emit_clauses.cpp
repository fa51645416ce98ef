// SPDX-License-Identifier: MIT
// Clauses: for each class and direction a put and a get of one form, and for each function the table
// of what it pulls and pushes.

#include "ks-idlc/emit_fields.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace ks::idlc {
namespace {

std::string table_name(const Crossing& crossing, Direction d) {
  return fmt::format("ks_{}_{}", d == Direction::in ? "pull" : "push", crossing.name);
}

// Whether this end sends what the clauses of this direction of the crossing say.
bool puts(const Crossing& crossing, Direction d, End end) {
  return (d == Direction::out) == (crossing.callee() == end);
}

// The functions behind a table: a class's put and get take a struct, these any pointer.
void emit_thunk(Code& code, const Interface& interface, End end, u32 projection, Direction d,
                bool is_put) {
  std::string name =
      is_put ? put_name(interface, projection, d) : get_name(interface, projection, d);
  std::string_view last = is_put ? "const ks_u64 *wanted" : "bool apply";
  code.begin_function(
      fmt::format("static void {}_any(struct ks_end *end, struct ks_message *message, "
                  "const struct ks_home *home, {}void *wire, void *self, void *twin, {})",
                  name, is_put ? "" : "const ", last));
  if (is_put) {
    code.line("{}(end, message, home, wire, self, twin, wanted);", name);
  } else if (end == End::kernel) {
    code.line("{}(end, message, home, wire, self, twin, apply);", name);
  } else {
    code.line("(void)apply;");
    code.line("{}(end, message, home, wire, self, twin);", name);
  }
  code.end_function();
}

std::string mask_of(const std::vector<u64>& words) {
  std::vector<std::string> texts;
  for (u64 word : words) {
    texts.push_back(fmt::format("{:#x}ull", word));
  }
  return fmt::format("(const ks_u64[]){{ {} }}", fmt::join(texts, ", "));
}

void emit_table(Code& code, const Interface& interface, const Crossing& crossing, Direction d,
                bool is_put) {
  code.open("static const struct ks_clause {}[] =", table_name(crossing, d));
  for (const Clause& clause : crossing.clauses[index(d)]) {
    const Projection& row = interface.projections[clause.projection];
    std::string name = is_put ? put_name(interface, clause.projection, d)
                              : get_name(interface, clause.projection, d);
    code.line("{{ {}, {}, sizeof(struct {}), {}, {}, {} }},", type_number(interface, row.type),
              clause.wanted.size(), wire_of(interface, clause.projection, d),
              mask_of(clause.wanted), is_put ? name + "_any" : "NULL",
              is_put ? "NULL" : name + "_any");
  }
  code.close("};");
  code.blank();
}

} // namespace

void emit_clauses(Code& code, const Interface& interface, End end) {
  std::set<std::tuple<u32, Direction, bool>> thunks;
  for (const Crossing& crossing : interface.crossings) {
    bool answers = crossing.callee() == end;
    if (!answers && !is_called(interface, crossing)) {
      continue;
    }
    for (Direction d : directions) {
      bool is_put = puts(crossing, d, end);
      for (const Clause& clause : crossing.clauses[index(d)]) {
        if (thunks.insert({clause.projection, d, is_put}).second) {
          emit_thunk(code, interface, end, clause.projection, d, is_put);
        }
      }
      if (!crossing.clauses[index(d)].empty()) {
        emit_table(code, interface, crossing, d, is_put);
      }
    }
  }
}

std::string clauses_call(const Crossing& crossing, Direction d, End end) {
  bool is_put = puts(crossing, d, end);
  bool is_driver = end == End::driver;
  return fmt::format("ks_{}_clauses(ks_end, ks_message, {}, {}, {}{});", is_put ? "put" : "get",
                     table_name(crossing, d), crossing.clauses[index(d)].size(), is_driver,
                     is_put      ? ""
                     : is_driver ? ", true"
                                 : ", ks_apply");
}

} // namespace ks::idlc

// SPDX-License-Identifier: MIT
// Classes and clauses. Of a class, what goes to the kernel is `in`, what goes to the driver is `out`,
// whoever calls: each end puts one of them and gets the other. One table has all classes; a
// function's clauses are masks over them, which only the end that sends needs.

#include "ks-idlc/emit_fields.hpp"

#include <fmt/ranges.h>

#include <algorithm>

namespace ks::idlc {
namespace {

Direction put_direction(End end) { return end == End::driver ? Direction::in : Direction::out; }
Direction get_direction(End end) { return end == End::driver ? Direction::out : Direction::in; }

bool crosses(const Interface& interface, u32 row, Direction d) {
  return interface.projections[row].crosses[index(d)];
}

// A class's put and get take a struct; the table's, any pointer.
void emit_put_any(Code& code, const Interface& interface, u32 row, Direction d) {
  std::string name = put_name(interface, row, d);
  code.begin_function(fmt::format(
      "static void {}_any(struct ks_end *end, struct ks_message *message, "
      "const struct ks_home *home, void *wire, void *self, void *twin, const ks_u64 *wanted)",
      name));
  code.line("{}(end, message, home, wire, self, twin, wanted);", name);
  code.end_function();
}

void emit_get_any(Code& code, const Interface& interface, End end, u32 row, Direction d) {
  std::string name = get_name(interface, row, d);
  code.begin_function(fmt::format(
      "static void {}_any(struct ks_end *end, struct ks_message *message, "
      "const struct ks_home *home, const void *wire, void *self, void *twin, bool apply)",
      name));
  if (end == End::driver) {
    code.line("(void)apply;");
  }
  code.line("{}(end, message, home, wire, self, twin{});", name,
            end == End::driver ? "" : ", apply");
  code.end_function();
}

std::string row_of_table(const Interface& interface, End end, u32 row) {
  const Projection& projection = interface.projections[row];
  Direction put = put_direction(end), get = get_direction(end);
  bool puts = crosses(interface, row, put), gets = crosses(interface, row, get);
  auto size = [&](bool is, Direction d) {
    return is ? fmt::format("sizeof(struct {})", wire_of(interface, row, d)) : "0";
  };
  return fmt::format("{{ {}, {}, {}, {}, {}, {} }},", type_number(interface, projection.type),
                     puts ? (std::max(projection.mask_bits[index(put)], 1U) + 63) / 64 : 0,
                     size(puts, put), size(gets, get),
                     puts ? put_name(interface, row, put) + "_any" : "NULL",
                     gets ? get_name(interface, row, get) + "_any" : "NULL");
}

std::string mask_of(const std::vector<u64>& words) {
  std::vector<std::string> texts;
  for (u64 word : words) {
    texts.push_back(fmt::format("{:#x}ull", word));
  }
  return fmt::format("(const ks_u64[]){{ {} }}", fmt::join(texts, ", "));
}

// Whether this end sends the clauses of this direction of a crossing.
bool sends(const Crossing& crossing, Direction d, End end) {
  return (d == Direction::out) == (crossing.callee() == end);
}

} // namespace

void emit_classes(Code& code, const Interface& interface, End end) {
  const std::vector<u32>& classes = interface.classes;
  if (classes.empty()) {
    return;
  }
  for (u32 row : classes) {
    if (crosses(interface, row, put_direction(end))) {
      emit_put_any(code, interface, row, put_direction(end));
    }
    if (crosses(interface, row, get_direction(end))) {
      emit_get_any(code, interface, end, row, get_direction(end));
    }
  }
  code.open("static const struct ks_class ks_classes[] =");
  for (u32 row : classes) {
    code.line("{}", row_of_table(interface, end, row));
  }
  code.close("};");
  code.blank();
  for (const Crossing& crossing : interface.crossings) {
    for (Direction d : directions) {
      bool runs = crossing.callee() == end || is_called(interface, crossing);
      if (!runs || !sends(crossing, d, end) || crossing.clauses[index(d)].empty()) {
        continue;
      }
      code.open("static const struct ks_clause ks_clauses_{}[] =", crossing.name);
      for (const Clause& clause : crossing.clauses[index(d)]) {
        auto number = std::ranges::find(classes, clause.projection) - classes.begin();
        code.line("{{ {}, {} }},", number, mask_of(clause.wanted));
      }
      code.close("};");
      code.blank();
    }
  }
}

std::string put_classes_call(const Interface& interface, const Crossing& crossing, Direction d,
                             End end) {
  size_t count = crossing.clauses[index(d)].size();
  return fmt::format("ks_put_classes(ks_end, ks_message, ks_classes, {}, {}, {}, ks_made, {});",
                     interface.classes.size(), count == 0 ? "NULL" : "ks_clauses_" + crossing.name,
                     count, end == End::driver);
}

std::string get_classes_call(const Interface& interface, End end) {
  return fmt::format("ks_get_classes(ks_end, ks_message, ks_classes, {}, {});",
                     interface.classes.size(),
                     end == End::driver ? "true, true" : "false, ks_apply");
}

} // namespace ks::idlc

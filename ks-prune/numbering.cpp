// SPDX-License-Identifier: MIT
#include "ks-prune/numbering.hpp"

#include "pipelines/columns.hpp"

#include <algorithm>

namespace ks::prune {

namespace {

class Numberer {
public:
  explicit Numberer(const Choice& choice) : choice_(choice), program_(choice.program) {
    n_.functions.number.resize(program_.functions.size(), no_row);
    n_.globals.number.resize(program_.globals.size(), no_row);
    n_.fields.number.resize(program_.fields.size(), no_row);
    n_.types.number.resize(choice.types.size(), no_row);
    n_.units.number.resize(program_.units.size(), no_row);
    n_.whole_types.resize(choice.types.size());
  }

  Numbering run(const std::vector<const FunctionRows*>& functions,
                const std::vector<Initializer>& initializers) {
    for (const FunctionRows* rows : functions) add(*rows);
    add_ids(initializers, true);
    add_boundary();
    add_symbols();
    close_types();
    sort_all();
    return std::move(n_);
  }

private:
  void add_type(u32 number, bool whole) {
    if (number == no_row) return;
    n_.types.need(number);
    if (whole && !n_.whole_types[number]) {
      n_.whole_types[number] = true;
      pending_whole_.push_back(number);
    } else {
      pending_.push_back(number);
    }
  }

  void add_field(u32 field, bool whole) {
    if (field == no_row) return;
    n_.fields.need(field);
    add_type(choice_.types.number(program_.fields[field].key.structure), whole);
    add_type(choice_.types.number(program_.fields[field].type), whole);
  }

  void add_id(FunctionId id, bool) { n_.functions.need(row(id)); }
  void add_id(GlobalId id, bool) { n_.globals.need(row(id)); }
  void add_id(FieldId id, bool whole) { add_field(row(id), whole); }
  void add_id(TypeId id, bool whole) { add_type(row(id), whole); }
  // Rows that come with their function.
  void add_id(PathId, bool) {}
  void add_id(CallId, bool) {}

  template <class Rows>
  void add_ids(const Rows& rows, bool whole) {
    for_each_id(rows, [&](auto id) { add_id(id, whole); });
  }

  void add(const FunctionRows& rows) {
    n_.functions.need(rows.function);
    add_ids(rows, choice_.border.inside(rows.function));
    for (const LocalEdge& edge : rows.edges) {
      if (edge.edge.from_kind == NodeKind::entry) n_.functions.need(edge.edge.from);
      if (edge.edge.to_kind == NodeKind::entry) n_.functions.need(edge.edge.to);
      if (edge.edge.from_kind == NodeKind::global) n_.globals.need(edge.edge.from);
      if (edge.edge.to_kind == NodeKind::global) n_.globals.need(edge.edge.to);
    }
  }

  void add_boundary() {
    for (const Border::Crossing& crossing : choice_.border.crossings) {
      n_.functions.need(crossing.function);
      add_type(choice_.types.number(crossing.signature), true);
      for (u32 field : crossing.fields) add_field(field, true);
    }
    for (const Border::Import& import : choice_.border.imports) n_.globals.need(import.global);
    for (u32 function : choice_.border.library) n_.functions.need(function);
    for (const ProgramAlias& alias : program_.aliases) {
      n_.functions.need(alias.function);
      n_.globals.need(alias.global);
    }
    for (u32 i = 0; i < program_.globals.size(); ++i) {
      const ProgramGlobal& global = program_.globals[i];
      if (global.driver && !is_pseudo(global.row)) n_.globals.need(i);
    }
  }

  // Types of all symbols, and the functions that explain why others are in.
  void add_symbols() {
    for (std::size_t i = 0; i < n_.functions.order.size(); ++i) {
      const u32 function = n_.functions.order[i];
      const ProgramFunction& at = program_.functions[function];
      add_type(choice_.types.number(at.type), choice_.border.inside(function));
      n_.functions.need(choice_.kept.why[function].because_of);
      n_.units.need(row(at.row.unit));
    }
    for (u32 global : n_.globals.order) {
      const ProgramGlobal& at = program_.globals[global];
      add_type(choice_.types.number(at.type), at.driver);
      n_.units.need(row(at.row.unit));
    }
  }

  void close_types() {
    while (!pending_whole_.empty()) {
      const StoredType& type = choice_.types.type(pending_whole_.back());
      pending_whole_.pop_back();
      add_type(choice_.types.number(type.element), true);
      for (const StoredMember& member : type.members) {
        add_type(choice_.types.number(member.type), true);
      }
    }
    std::vector<bool> seen(choice_.types.size());
    while (!pending_.empty()) {
      const u32 number = pending_.back();
      pending_.pop_back();
      if (seen[number]) continue;
      seen[number] = true;
      const StoredType& type = choice_.types.type(number);
      add_type(choice_.types.number(type.element), false);
      if (type.type.kind != TypeKind::function) continue;
      for (const StoredMember& member : type.members) {
        add_type(choice_.types.number(member.type), false);
      }
    }
  }

  void sort_all() {
    n_.units.sort([this](u32 a, u32 b) { return program_.units[a].name < program_.units[b].name; });
    const auto symbol = [this](const auto& at, u32 i) {
      return std::tuple(std::string_view(at.row.name), n_.units.number[row(at.row.unit)], i);
    };
    n_.functions.sort([&](u32 a, u32 b) {
      return symbol(program_.functions[a], a) < symbol(program_.functions[b], b);
    });
    n_.globals.sort([&](u32 a, u32 b) {
      return symbol(program_.globals[a], a) < symbol(program_.globals[b], b);
    });
    const auto place = [this](u32 i) {
      const FieldKey& key = program_.fields[i].key;
      return std::tuple(choice_.types.number(key.structure), key.offset_bits, key.size_bits);
    };
    n_.fields.sort([&](u32 a, u32 b) { return place(a) < place(b); });
    n_.types.sort([](u32 a, u32 b) { return a < b; });
  }

  const Choice& choice_;
  const Program& program_;
  Numbering n_;
  std::vector<u32> pending_;
  std::vector<u32> pending_whole_;
};

} // namespace

Numbering number_rows(const Choice& choice, const std::vector<const FunctionRows*>& functions,
                      const std::vector<Initializer>& initializers) {
  return Numberer(choice).run(functions, initializers);
}

} // namespace ks::prune

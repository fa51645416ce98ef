// SPDX-License-Identifier: MIT
#include "ks-prune/assemble.hpp"

#include "ks-prune/numbering.hpp"

#include "pipelines/columns.hpp"

#include <algorithm>
#include <map>

namespace ks::prune {

namespace {

// The first row of a function in each table that the rows of all functions go into.
struct Base {
  u32 path = 0, call = 0, argument = 0, block = 0, instruction = 0;
};

class Assembler {
public:
  Assembler(const Choice& choice, const std::vector<UnitRows>& units,
            const std::vector<Caveat>& caveats)
      : choice_(choice), program_(choice.program), units_(units), caveats_(caveats) {}

  Pruned run() {
    for (const UnitRows& unit : units_) {
      for (const FunctionRows& rows : unit.functions) rows_.push_back(&rows);
      initializers_.insert(initializers_.end(), unit.initializers.begin(), unit.initializers.end());
    }
    n_ = number_rows(choice_, rows_, initializers_);
    std::sort(rows_.begin(), rows_.end(), [this](const auto* a, const auto* b) {
      return n_.functions.number[a->function] < n_.functions.number[b->function];
    });
    // From here on, every row's final number is known but those of paths, calls and bodies,
    // which follow from the order of rows_.
    add_types();
    add_symbols();
    find_bases();
    for (const FunctionRows* rows : rows_) add_rows(*rows);
    sort_edges();
    add_boundary();
    return std::move(out_);
  }

private:
  Summary& summary() { return out_.summary; }

  u32 final_number(FunctionId id, const Base&) const { return n_.functions.number[row(id)]; }
  u32 final_number(GlobalId id, const Base&) const { return n_.globals.number[row(id)]; }
  u32 final_number(FieldId id, const Base&) const { return n_.fields.number[row(id)]; }
  u32 final_number(TypeId id, const Base&) const { return n_.types.number[row(id)]; }
  u32 final_number(UnitId id, const Base&) const { return n_.units.number[row(id)]; }
  u32 final_number(PathId id, const Base& base) const { return row(id) + base.path; }
  u32 final_number(CallId id, const Base& base) const { return row(id) + base.call; }

  template <class Id>
  Id final_id(Id id, const Base& base = {}) const {
    return id == none<Id> ? id : Id{final_number(id, base)};
  }
  // A row, or all of a function's rows; what is no id is left to the caller.
  template <class Rows>
  Rows with_final_ids(Rows rows, const Base& base = {}) const {
    for_each_id(rows, [&](auto& id) { id = final_id(id, base); });
    return rows;
  }
  FunctionId function(u32 old) const { return final_id(FunctionId{old}); }
  TypeId type_of(Key key) const { return final_id(TypeId{choice_.types.number(key)}); }

  void add_types() {
    for (u32 number : n_.types.order) {
      const StoredType& stored = choice_.types.type(number);
      const u32 at = static_cast<u32>(summary().types.size());
      Type& added = summary().types.emplace_back(stored.type);
      added.element = type_of(stored.element);
      added.first_member = static_cast<u32>(summary().members.size());
      added.member_count = 0;
      const bool listed = n_.whole_types[number] || stored.type.kind == TypeKind::function;
      added.complete = stored.type.complete && listed;
      if (!listed) continue;
      added.member_count = static_cast<u32>(stored.members.size());
      for (const StoredMember& member : stored.members) {
        summary().members.push_back({TypeId{at}, member.name, type_of(member.type),
                                     member.offset_bits, member.size_bits, member.bit_field});
      }
    }
  }

  void add_symbols() {
    for (u32 unit : n_.units.order) {
      summary().units.push_back(program_.units[unit]);
    }
    for (u32 old : n_.fields.order) {
      const ProgramField& field = program_.fields[old];
      summary().fields.push_back({type_of(field.key.structure), field.key.offset_bits,
                                  field.key.size_bits, type_of(field.type), field.name});
    }
    for (u32 old : n_.functions.order) {
      const ProgramFunction& at = program_.functions[old];
      Function& added = summary().functions.emplace_back(at.row);
      added.unit = final_id(at.row.unit);
      added.type = type_of(at.type);
      added.address_taken = at.address_taken;
    }
    for (u32 old : n_.globals.order) {
      const ProgramGlobal& at = program_.globals[old];
      Global& added = summary().globals.emplace_back(at.row);
      added.unit = final_id(at.row.unit);
      added.type = type_of(at.type);
    }
    for (const ProgramAlias& alias : program_.aliases) {
      summary().aliases.push_back(
          {alias.name, function(alias.function), final_id(GlobalId{alias.global})});
    }
    std::sort(summary().aliases.begin(), summary().aliases.end(),
              [](const Alias& a, const Alias& b) { return a.name < b.name; });
    add_initializers();
  }

  void add_initializers() {
    summary().initializers = with_final_ids(initializers_);
    std::stable_sort(summary().initializers.begin(), summary().initializers.end(),
                     [](const Initializer& a, const Initializer& b) {
                       return std::tie(a.global, a.offset_bits) < std::tie(b.global, b.offset_bits);
                     });
  }

  void find_bases() {
    Base next;
    for (const FunctionRows* rows : rows_) {
      bases_[rows->function] = next;
      next.path += static_cast<u32>(rows->paths.size());
      next.call += static_cast<u32>(rows->calls.size());
      next.argument += static_cast<u32>(rows->arguments.size());
      next.block += static_cast<u32>(rows->blocks.size());
      next.instruction += static_cast<u32>(rows->instructions.size());
    }
  }

  static u32 shifted(u32 number, u32 base) { return number == no_row ? no_row : number + base; }

  template <class Row>
  static void append(std::vector<Row>& to, std::vector<Row>& rows) {
    to.insert(to.end(), std::move_iterator(rows.begin()), std::move_iterator(rows.end()));
  }

  void add_rows(const FunctionRows& from) {
    const Base& base = bases_.at(from.function);
    FunctionRows rows = with_final_ids(from, base);
    shift_numbers(rows, base);
    std::sort(rows.targets.begin(), rows.targets.end(),
              [](const CallTarget& a, const CallTarget& b) {
                return std::tie(a.call, a.target) < std::tie(b.call, b.target);
              });
    append(summary().paths, rows.paths);
    append(summary().accesses, rows.accesses);
    append(summary().calls, rows.calls);
    append(summary().arguments, rows.arguments);
    append(summary().returns, rows.returns);
    append(summary().locks, rows.locks);
    append(summary().unknowns, rows.unknowns);
    append(out_.boundary.targets, rows.targets);
    append(out_.bodies.blocks, rows.blocks);
    append(out_.bodies.instructions, rows.instructions);
    for (LocalEdge& local : rows.edges) {
      local.edge.from = node(local.edge.from_kind, local.edge.from, local.from_function);
      local.edge.to = node(local.edge.to_kind, local.edge.to, local.to_function);
      out_.bodies.edges.push_back(local.edge);
    }
  }

  // Row numbers that are no ids.
  static void shift_numbers(FunctionRows& rows, const Base& base) {
    const auto shift_instructions = [&](auto& table) {
      for (auto& at : table) at.instruction = shifted(at.instruction, base.instruction);
    };
    shift_instructions(rows.accesses);
    shift_instructions(rows.calls);
    shift_instructions(rows.locks);
    shift_instructions(rows.unknowns);
    for (Path& path : rows.paths) {
      const bool of_call = path.step == StepKind::call_result || path.step == StepKind::allocation;
      if (of_call) path.index = shifted(path.index, base.call);
    }
    for (Call& call : rows.calls) call.first_argument += base.argument;
    for (Block& block : rows.blocks) {
      block.first_instruction += base.instruction;
      for (u32& successor : block.successors) successor += base.block;
    }
    for (Instruction& instruction : rows.instructions) instruction.block += base.block;
  }

  void sort_edges() {
    std::sort(out_.bodies.edges.begin(), out_.bodies.edges.end(), [](const Edge& a, const Edge& b) {
      return std::tie(a.function, a.kind, a.from_kind, a.from, a.to_kind, a.to) <
             std::tie(b.function, b.kind, b.from_kind, b.from, b.to_kind, b.to);
    });
  }

  u32 node(NodeKind kind, u32 number, u32 owner) const {
    switch (kind) {
    case NodeKind::instruction: return number + bases_.at(owner).instruction;
    case NodeKind::entry: return n_.functions.number[number];
    case NodeKind::formal_in:
    case NodeKind::formal_out: return number + bases_.at(owner).path;
    case NodeKind::actual_in:
    case NodeKind::actual_out: return number + bases_.at(owner).argument;
    case NodeKind::global: return n_.globals.number[number];
    }
    return no_row;
  }

  void add_boundary() {
    Boundary& to = out_.boundary;
    for (u32 old : n_.functions.order) {
      const Kept::Why& why = choice_.kept.why[old];
      to.placements.push_back(
          {function(old), choice_.border.sides[old], why.reason, function(why.because_of)});
    }
    for (const Border::Crossing& from : choice_.border.crossings) {
      Crossing& crossing = to.crossings.emplace_back();
      crossing = {from.kind,
                  from.name,
                  function(from.function),
                  type_of(from.signature),
                  from.to_driver,
                  {},
                  from.loc,
                  0,
                  {},
                  {},
                  std::ranges::binary_search(choice_.effects.answering, from.function)};
      for (u32 field : from.fields) crossing.fields.push_back(FieldId{n_.fields.number[field]});
      std::sort(crossing.fields.begin(), crossing.fields.end());
      if (crossing.loc.line == 0) crossing.loc = first_call(crossing.function);
    }
    for (const Border::Import& import : choice_.border.imports) {
      const GlobalId global{n_.globals.number[import.global]};
      to.imported_globals.push_back({global, import.use, first_use(global)});
    }
    for (const Border::Clone& clone : choice_.border.clones) {
      const ProgramFunction& at = program_.functions[clone.home];
      to.clones.push_back(
          {function(clone.function), program_.units[row(at.row.unit)].name, clone.reason});
    }
    for (u32 old : choice_.border.library) to.library.push_back(program_.functions[old].row.name);
    for (u32 i = 0; i < n_.functions.order.size(); ++i) {
      if (choice_.kept.peers[n_.functions.order[i]]) to.peers.push_back(FunctionId{i});
    }
    for (u32 i = 0; i < n_.fields.order.size(); ++i) {
      if (program_.escaping[n_.fields.order[i]]) to.escaping.push_back(FieldId{i});
    }
    for (u32 i = 0; i < n_.units.order.size(); ++i) {
      if (program_.driver_units[n_.units.order[i]]) to.driver_units.push_back(UnitId{i});
    }
    to.library.erase(std::unique(to.library.begin(), to.library.end()), to.library.end());
    std::set<std::string> lacking = choice_.library.undoing();
    for (const ProgramFunction& function : program_.functions)
      if (function.home != no_row && !function.driver) lacking.erase(function.row.name);
    to.lacking.assign(lacking.begin(), lacking.end());
    for (Caveat caveat : caveats_) {
      caveat.function = final_id(caveat.function);
      to.caveats.push_back(std::move(caveat));
    }
  }

  bool is_inside(FunctionId id) const { return choice_.border.inside(n_.functions.order[row(id)]); }

  Loc first_call(FunctionId callee) const {
    for (const Call& call : out_.summary.calls) {
      if (call.callee == callee && is_inside(call.caller)) return call.loc;
    }
    return {};
  }

  Loc first_use(GlobalId global) const {
    for (const Access& access : out_.summary.accesses) {
      if (access.global == global && is_inside(access.function)) return access.loc;
    }
    for (const Argument& argument : out_.summary.arguments) {
      if (argument.path == none<PathId>) continue;
      const Call& call = out_.summary.calls[row(argument.call)];
      if (out_.summary.paths[row(argument.path)].global == global && is_inside(call.caller)) {
        return call.loc;
      }
    }
    return out_.summary.globals[row(global)].loc;
  }

  const Choice& choice_;
  const Program& program_;
  const std::vector<UnitRows>& units_;
  const std::vector<Caveat>& caveats_;
  std::vector<const FunctionRows*> rows_;
  std::vector<Initializer> initializers_;
  Numbering n_;
  std::map<u32, Base> bases_; // by function of the program
  Pruned out_;
};

} // namespace

Pruned assemble(const Choice& choice, const std::vector<UnitRows>& units,
                const std::vector<Caveat>& caveats) {
  return Assembler(choice, units, caveats).run();
}

} // namespace ks::prune

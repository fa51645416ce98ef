// SPDX-License-Identifier: MIT
#include "ks-prune/assemble.hpp"

#include "ks-prune/numbering.hpp"

#include <algorithm>
#include <map>

namespace ks {

namespace {

class Assembler {
public:
  Assembler(const Choice& choice, const std::vector<UnitRows>& units)
      : choice_(choice), program_(choice.program), units_(units) {}

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
    add_edges();
    add_boundary();
    return std::move(out_);
  }

private:
  Summary& summary() { return out_.summary; }

  TypeId type(u32 number) const {
    return number == no_row ? none<TypeId> : TypeId{n_.types.number[number]};
  }
  TypeId type_of(Key key) const { return type(choice_.types.number(key)); }
  template <class Id>
  static Id renumbered(Id id, const Renumbering& by) {
    return id == none<Id> ? id : Id{by.number[row(id)]};
  }
  FunctionId function(u32 old) const { return renumbered(FunctionId{old}, n_.functions); }

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
      added.unit = renumbered(at.row.unit, n_.units);
      added.type = type_of(at.type);
      added.address_taken = at.address_taken;
    }
    for (u32 old : n_.globals.order) {
      const ProgramGlobal& at = program_.globals[old];
      Global& added = summary().globals.emplace_back(at.row);
      added.unit = renumbered(at.row.unit, n_.units);
      added.type = type_of(at.type);
    }
    for (const ProgramAlias& alias : program_.aliases) {
      summary().aliases.push_back({alias.name, function(alias.function),
                                   renumbered(GlobalId{alias.global}, n_.globals)});
    }
    std::sort(summary().aliases.begin(), summary().aliases.end(),
              [](const Alias& a, const Alias& b) { return a.name < b.name; });
    add_initializers();
  }

  void add_initializers() {
    for (Initializer value : initializers_) {
      value.global = renumbered(value.global, n_.globals);
      value.field = renumbered(value.field, n_.fields);
      value.function = renumbered(value.function, n_.functions);
      value.target = renumbered(value.target, n_.globals);
      summary().initializers.push_back(value);
    }
    std::stable_sort(summary().initializers.begin(), summary().initializers.end(),
                     [](const Initializer& a, const Initializer& b) {
                       return std::tie(a.global, a.offset_bits) < std::tie(b.global, b.offset_bits);
                     });
  }

  // The first row of each function in the tables that rows_ is concatenated into.
  struct Base {
    u32 path = 0, call = 0, argument = 0, block = 0, instruction = 0;
  };

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

  static PathId shifted(PathId path, const Base& base) {
    return path == none<PathId> ? path : PathId{row(path) + base.path};
  }
  static u32 shifted(u32 number, u32 base) { return number == no_row ? no_row : number + base; }

  void add_rows(const FunctionRows& rows) {
    const Base& base = bases_.at(rows.function);
    const FunctionId self = function(rows.function);
    for (const Path& path : rows.paths) add(path, self, base);
    for (const Access& access : rows.accesses) add(access, self, base);
    add_calls(rows, self, base);
    for (const Return& value : rows.returns) {
      summary().returns.push_back({self, shifted(value.path, base), value.integer, value.is_constant});
    }
    for (const LockOperation& lock : rows.locks) add(lock, self, base);
    for (const Unknown& unknown : rows.unknowns) {
      Unknown& added = summary().unknowns.emplace_back(unknown);
      added.function = self;
      added.instruction = shifted(unknown.instruction, base.instruction);
    }
    for (const Block& block : rows.blocks) {
      Block& added = out_.bodies.blocks.emplace_back(block);
      added.function = self;
      added.first_instruction += base.instruction;
      for (u32& successor : added.successors) successor += base.block;
    }
    for (const Instruction& instruction : rows.instructions) {
      out_.bodies.instructions.push_back(instruction);
      out_.bodies.instructions.back().block += base.block;
    }
  }

  void add(Path path, FunctionId self, const Base& base) {
    path.function = self;
    path.parent = shifted(path.parent, base);
    path.folded = shifted(path.folded, base);
    path.global = renumbered(path.global, n_.globals);
    path.target = renumbered(path.target, n_.functions);
    path.field = renumbered(path.field, n_.fields);
    path.type = type(row(path.type));
    const bool of_call = path.step == StepKind::call_result || path.step == StepKind::allocation;
    if (of_call) path.index = shifted(path.index, base.call);
    summary().paths.push_back(path);
  }

  void add(const Access& access, FunctionId self, const Base& base) {
    Access& added = summary().accesses.emplace_back(access);
    added.function = self;
    added.instruction = shifted(access.instruction, base.instruction);
    added.path = shifted(access.path, base);
    added.value = shifted(access.value, base);
    added.length = shifted(access.length, base);
    added.field = renumbered(access.field, n_.fields);
    added.global = renumbered(access.global, n_.globals);
  }

  void add(const LockOperation& lock, FunctionId self, const Base& base) {
    LockOperation& added = summary().locks.emplace_back(lock);
    added.function = self;
    added.instruction = shifted(lock.instruction, base.instruction);
    added.lock = shifted(lock.lock, base);
    added.field = renumbered(lock.field, n_.fields);
    added.global = renumbered(lock.global, n_.globals);
  }

  void add_calls(const FunctionRows& rows, FunctionId self, const Base& base) {
    for (const Call& call : rows.calls) {
      Call& added = summary().calls.emplace_back(call);
      added.caller = self;
      added.instruction = shifted(call.instruction, base.instruction);
      added.callee = renumbered(call.callee, n_.functions);
      added.target = shifted(call.target, base);
      added.via = renumbered(call.via, n_.fields);
      added.signature = type(row(call.signature));
      added.result = shifted(call.result, base);
      added.first_argument = call.first_argument + base.argument;
    }
    for (const Argument& argument : rows.arguments) {
      summary().arguments.push_back({CallId{row(argument.call) + base.call}, argument.index,
                                     shifted(argument.path, base)});
    }
    auto& targets = out_.boundary.targets;
    const auto first = static_cast<std::ptrdiff_t>(targets.size());
    for (const CallTarget& target : rows.targets) {
      targets.push_back({CallId{row(target.call) + base.call},
                         renumbered(target.target, n_.functions), target.source});
    }
    std::sort(targets.begin() + first, targets.end(), [](const CallTarget& a, const CallTarget& b) {
      return std::tie(a.call, a.target) < std::tie(b.call, b.target);
    });
  }

  void add_edges() {
    for (const FunctionRows* rows : rows_) {
      for (const LocalEdge& local : rows->edges) {
        Edge edge = local.edge;
        edge.function = renumbered(edge.function, n_.functions);
        edge.from = node(edge.from_kind, edge.from, local.from_function);
        edge.to = node(edge.to_kind, edge.to, local.to_function);
        out_.bodies.edges.push_back(edge);
      }
    }
    std::sort(out_.bodies.edges.begin(), out_.bodies.edges.end(), [](const Edge& a, const Edge& b) {
      return std::tie(a.function, a.kind, a.from_kind, a.from, a.to_kind, a.to) <
             std::tie(b.function, b.kind, b.from_kind, b.from, b.to_kind, b.to);
    });
  }

  u32 node(NodeKind kind, u32 number, u32 owner) const {
    switch (kind) {
    case NodeKind::instruction:
      return number + bases_.at(owner).instruction;
    case NodeKind::entry:
      return n_.functions.number[number];
    case NodeKind::formal_in:
    case NodeKind::formal_out:
      return number + bases_.at(owner).path;
    case NodeKind::actual_in:
    case NodeKind::actual_out:
      return number + bases_.at(owner).argument;
    case NodeKind::global:
      return n_.globals.number[number];
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
      crossing = {from.kind, from.name, function(from.function), type_of(from.signature),
                  from.to_driver, {}, from.loc};
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
    to.library.erase(std::unique(to.library.begin(), to.library.end()), to.library.end());
  }

  bool is_inside(FunctionId id) const {
    return choice_.border.inside(n_.functions.order[row(id)]);
  }

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
  std::vector<const FunctionRows*> rows_;
  std::vector<Initializer> initializers_;
  Numbering n_;
  std::map<u32, Base> bases_; // by function of the program
  Pruned out_;
};

} // namespace

Pruned assemble(const Choice& choice, const std::vector<UnitRows>& units) {
  return Assembler(choice, units).run();
}

} // namespace ks

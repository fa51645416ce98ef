// SPDX-License-Identifier: MIT
// Of the driver's side all rows are taken. Of the kernel's functions only what later
// stages can use: accesses to what the driver's side touches, to what a pointer without a
// structure leads to, stores of arguments, and frees; calls of functions that are kept; and
// whatever paths and calls these refer to.
#include "ks-prune/rows.hpp"

#include "pipelines/columns.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace ks::prune {

namespace {

struct Range {
  u32 first = 0;
  u32 end = 0;
};

// The range of each function's rows in a table that is grouped by function.
template <class Row, class Owner>
std::vector<Range> ranges(const std::vector<Row>& rows, std::size_t functions, Owner owner) {
  std::vector<Range> found(functions);
  for (u32 i = 0; i < rows.size(); ++i) {
    if (owner(rows[i]) == none<FunctionId>) continue;
    Range& range = found[row(owner(rows[i]))];
    if (range.end == 0) range.first = i;
    range.end = i + 1;
  }
  return found;
}

constexpr auto by_function = [](const auto& r) { return r.function; };
constexpr auto by_caller = [](const Call& r) { return r.caller; };

class Taker {
public:
  Taker(const Choice& choice, u32 digest, const Summary& summary, const Bodies* bodies)
      : choice_(choice), map_(choice.program.maps[digest]), digest_(digest), summary_(summary),
        bodies_(bodies), keys_(type_keys(summary)) {
    const std::size_t n = summary.functions.size();
    paths_ = ranges(summary.paths, n, by_function);
    accesses_ = ranges(summary.accesses, n, by_function);
    calls_ = ranges(summary.calls, n, by_caller);
    returns_ = ranges(summary.returns, n, by_function);
    locks_ = ranges(summary.locks, n, by_function);
    unknowns_ = ranges(summary.unknowns, n, by_function);
    keep_path_.resize(summary.paths.size());
    keep_call_.resize(summary.calls.size());
    new_path_.resize(summary.paths.size(), no_row);
    new_call_.resize(summary.calls.size(), no_row);
    new_argument_.resize(summary.arguments.size(), no_row);
    if (bodies != nullptr) number_instructions();
  }

  UnitRows run() {
    for (u32 i = 0; i < summary_.functions.size(); ++i) {
      if (is_taken(i)) take(i);
    }
    if (bodies_ != nullptr) take_bodies();
    take_initializers();
    return std::move(rows_);
  }

private:
  bool is_taken(u32 function) const {
    const u32 linked = map_.functions[function];
    const ProgramFunction& at = choice_.program.functions[linked];
    return choice_.kept.kept[linked] && at.home == digest_ && at.home_row == function;
  }

  void take(u32 function) {
    linked_ = map_.functions[function];
    whole_ = choice_.border.inside(linked_);
    FunctionRows& to = rows_.functions.emplace_back();
    to.function = linked_;
    find_handed_out(function);
    mark_rows(function);
    number_rows(function);
    take_paths(to, function);
    take_calls(to, function);
    take_accesses(to, function);
    take_instances(to, function);
    take_range(to.returns, summary_.returns, returns_[function]);
    take_range(to.locks, summary_.locks, locks_[function]);
    take_range(to.unknowns, summary_.unknowns, unknowns_[function]);
  }

  template <class Row>
  void take_range(std::vector<Row>& to, const std::vector<Row>& from, Range range) const {
    for (u32 i = range.first; i < range.end; ++i) to.push_back(moved_row(from[i]));
  }

  // What to keep, then all that it refers to.
  void mark_rows(u32 function) {
    const Range paths = paths_[function];
    if (whole_) {
      std::fill(keep_path_.begin() + paths.first, keep_path_.begin() + paths.end, true);
      std::fill(keep_call_.begin() + calls_[function].first,
                keep_call_.begin() + calls_[function].end, true);
      return;
    }
    for (u32 i = accesses_[function].first; i < accesses_[function].end; ++i) {
      const Access& access = summary_.accesses[i];
      if (!is_wanted(access)) continue;
      mark(access.path);
      mark(access.value);
      mark(access.length);
      mark(access.start);
      mark(access.guard.member);
      for (const Guard& command : access.commands) mark(command.member);
    }
    u32 site = 0;
    for (u32 i = calls_[function].first; i < calls_[function].end; ++i) {
      const Call& call = summary_.calls[i];
      if (is_wanted(call, site)) mark_call(i);
      site += call.kind == CallKind::indirect;
    }
    for (u32 i = returns_[function].first; i < returns_[function].end; ++i) {
      mark(summary_.returns[i].path);
    }
    for (u32 i = locks_[function].first; i < locks_[function].end; ++i)
      mark(summary_.locks[i].lock);
    for (const Instance& instance : choice_.effects.instances[linked_])
      if (is_wanted(instance)) mark(handed(instance).spot.base);
    mark_pending();
  }

  void mark(PathId path) {
    if (path == none<PathId> || keep_path_[row(path)]) return;
    keep_path_[row(path)] = true;
    pending_.push_back(row(path));
  }

  void mark_call(u32 call) {
    if (keep_call_[call]) return;
    keep_call_[call] = true;
    const Call& at = summary_.calls[call];
    mark(at.target);
    mark(at.result);
    for (const PathId other : at.more_targets) mark(other);
    for (u32 i = 0; i < at.argument_count; ++i) {
      const Argument& argument = summary_.arguments[at.first_argument + i];
      mark(argument.path);
      mark(argument.guard.member);
      mark(argument.length);
      mark(argument.start);
      for (const Guard& command : argument.commands) mark(command.member);
    }
  }

  void mark_pending() {
    while (!pending_.empty()) {
      const Path& path = summary_.paths[pending_.back()];
      pending_.pop_back();
      mark(path.parent);
      mark(path.folded);
      const bool of_call = path.step == StepKind::call_result || path.step == StepKind::allocation;
      if (of_call && path.index < keep_call_.size()) mark_call(path.index);
    }
  }

  bool is_wanted(const Access& access) const {
    if (access.kind == AccessKind::free) return true;
    if (argument_of_value(summary_, access.value) != no_row) return true;
    if (is_untyped(access.value)) return true;
    if (access.field != none<FieldId>) return choice_.touched.fields[row(moved(access.field))];
    if (access.global != none<GlobalId>) return choice_.touched.globals[row(moved(access.global))];
    return leads_outside(access.path);
  }

  // Whether the value is, or is made of, a pointer to nothing in particular out of a field that the driver's side
  // touches: who gets it elsewhere may follow it.
  bool is_untyped(PathId value) const {
    const auto is = [&](StepKind step) {
      return value != none<PathId> && summary_.paths[row(value)].step == step;
    };
    const auto up = [&] { value = summary_.paths[row(value)].parent; };
    if (is(StepKind::address)) {
      up();
      while (is(StepKind::element) || is(StepKind::cast)) up();
      if (!is(StepKind::dereference)) return false;
      up();
    }
    if (!is(StepKind::field)) return false;
    const FieldId field = summary_.paths[row(value)].field;
    if (field == none<FieldId> || !choice_.touched.fields[row(moved(field))]) return false;
    TypeId type = summary_.fields[row(field)].type;
    while (type != none<TypeId> && summary_.types[row(type)].kind == TypeKind::typedef_)
      type = summary_.types[row(type)].element;
    return type != none<TypeId> && summary_.types[row(type)].kind == TypeKind::pointer &&
           summary_.types[row(type)].element == none<TypeId>;
  }

  bool is_wanted(const Instance& instance) const {
    return whole_ || choice_.touched.fields[instance.part.field];
  }
  const Handed& handed(const Instance& instance) const {
    return choice_.program.functions[linked_].body.handed[instance.handed];
  }

  // Local pointers whose address the function hands out through a pointer: the driver's side may store one there, and
  // walks say how much it leads to.
  void find_handed_out(u32 function) {
    handed_out_.clear();
    for (u32 i = calls_[function].first; i < calls_[function].end; ++i) {
      const Call& call = summary_.calls[i];
      if (call.kind != CallKind::indirect) continue;
      for (u32 j = 0; j < call.argument_count; ++j) {
        const PathId path = summary_.arguments[call.first_argument + j].path;
        if (path == none<PathId> || summary_.paths[row(path)].step != StepKind::address) continue;
        const PathId at = summary_.paths[row(path)].parent;
        if (at != none<PathId> && pointee(summary_.paths[row(at)].type) != none<TypeId>)
          handed_out_.insert(row(at));
      }
    }
  }

  TypeId pointee(TypeId type) const {
    while (type != none<TypeId> && summary_.types[row(type)].kind == TypeKind::typedef_)
      type = summary_.types[row(type)].element;
    const bool is_pointer =
        type != none<TypeId> && summary_.types[row(type)].kind == TypeKind::pointer;
    return is_pointer ? summary_.types[row(type)].element : none<TypeId>;
  }

  // Whether a variable or a member of the type may be where a table of pointers is kept that the other side has passed:
  // walks through it say how many there are.
  bool leads_to_pointers(TypeId type) const { return pointee(pointee(type)) != none<TypeId>; }

  // Whether somebody else can know the place: the caller, a callee, or the driver's side, which
  // touches what holds it or points to it.
  bool leads_outside(PathId id) const {
    for (; id != none<PathId>; id = summary_.paths[row(id)].parent) {
      const Path& path = summary_.paths[row(id)];
      switch (path.step) {
      case StepKind::argument:
      case StepKind::call_result: return true;
      case StepKind::field:
        if (path.field != none<FieldId> && choice_.touched.fields[row(moved(path.field))])
          return true;
        if (path.field != none<FieldId> && leads_to_pointers(summary_.fields[row(path.field)].type))
          return true;
        break;
      case StepKind::local:
        if (handed_out_.contains(row(id))) return true;
        break;
      case StepKind::global:
        if (choice_.touched.globals[row(moved(path.global))]) return true;
        if (path.global != none<GlobalId> &&
            leads_to_pointers(summary_.globals[row(path.global)].type))
          return true;
        break;
      default: break;
      }
    }
    return false;
  }

  bool matters(u32 function) const {
    const std::string& name = choice_.program.functions[function].row.name;
    if (choice_.library.has(name)) {
      return choice_.library.allocates(name) || choice_.library.touches_callers_objects(name);
    }
    return choice_.kept.kept[function];
  }

  bool is_wanted(const Call& call, u32 site) const {
    switch (call.kind) {
    case CallKind::direct: return matters(map_.functions[row(call.callee)]);
    case CallKind::indirect: {
      if (call.via != none<FieldId> && choice_.touched.fields[row(moved(call.via))]) return true;
      const std::vector<Target>& targets = choice_.targets.of(linked_, site);
      return std::any_of(targets.begin(), targets.end(),
                         [this](const Target& t) { return matters(t.function); });
    }
    case CallKind::inline_asm: return false;
    }
    return false;
  }

  void number_rows(u32 function) {
    u32 next = 0;
    for (u32 i = paths_[function].first; i < paths_[function].end; ++i) {
      if (keep_path_[i]) new_path_[i] = next++;
    }
    next = 0;
    u32 argument = 0;
    for (u32 i = calls_[function].first; i < calls_[function].end; ++i) {
      if (!keep_call_[i]) continue;
      new_call_[i] = next++;
      const Call& call = summary_.calls[i];
      for (u32 j = 0; j < call.argument_count; ++j) {
        new_argument_[call.first_argument + j] = argument++;
      }
    }
  }

  void take_paths(FunctionRows& to, u32 function) {
    for (u32 i = paths_[function].first; i < paths_[function].end; ++i) {
      if (!keep_path_[i]) continue;
      Path path = moved_row(summary_.paths[i]);
      const bool of_call = path.step == StepKind::call_result || path.step == StepKind::allocation;
      if (of_call) path.index = path.index < new_call_.size() ? new_call_[path.index] : no_row;
      to.paths.push_back(path);
    }
  }

  void take_calls(FunctionRows& to, u32 function) {
    u32 site = 0;
    for (u32 i = calls_[function].first; i < calls_[function].end; ++i) {
      const Call& old = summary_.calls[i];
      const u32 this_site = site;
      site += old.kind == CallKind::indirect;
      if (!keep_call_[i]) continue;
      if (old.kind == CallKind::indirect) take_targets(to, this_site, CallId{new_call_[i]});
      to.calls.push_back(moved_row(old));
      to.calls.back().first_argument = static_cast<u32>(to.arguments.size());
      for (u32 j = 0; j < old.argument_count; ++j) {
        to.arguments.push_back(moved_row(summary_.arguments[old.first_argument + j]));
      }
    }
  }

  void take_targets(FunctionRows& to, u32 site, CallId call) {
    for (const Target& target : choice_.targets.of(linked_, site)) {
      if (!whole_ && !matters(target.function)) continue;
      to.targets.push_back({call, FunctionId{target.function}, target.source});
    }
  }

  void take_accesses(FunctionRows& to, u32 function) {
    for (u32 i = accesses_[function].first; i < accesses_[function].end; ++i) {
      if (!whole_ && !is_wanted(summary_.accesses[i])) continue;
      to.accesses.push_back(moved_row(summary_.accesses[i]));
    }
  }

  // What callees touch through pointers to memory that has no fields for them, and what the
  // function itself touches by a computed place in a structure.
  void take_instances(FunctionRows& to, u32 function) {
    PathMaker maker(to.paths);
    for (const Instance& instance : choice_.effects.instances[linked_]) {
      if (!is_wanted(instance)) continue;
      const Handed& from = handed(instance);
      Access access;
      access.function = FunctionId{linked_};
      access.source = AccessSource::callee;
      access.field = FieldId{instance.part.field};
      if (from.access != no_row) {
        const Access& own = summary_.accesses[accesses_[function].first + from.access];
        access.instruction = moved_instruction(own.instruction);
        access.source = own.source;
        access.commands = moved_row(own).commands;
        access.loc = own.loc;
      } else {
        const Call& call = summary_.calls[calls_[function].first + from.call];
        access.instruction = moved_instruction(call.instruction);
        access.loc = call.loc;
      }
      if (from.spot.base != none<PathId>) {
        access.path = part(maker, from.spot, instance.part);
        access.global = variable(from.spot);
      }
      access.update = instance.change.update;
      access.used = instance.change.used;
      if (instance.change.atomic) {
        access.kind = AccessKind::update;
        to.accesses.push_back(access);
        continue;
      }
      for (const AccessKind kind : {AccessKind::read, AccessKind::write}) {
        access.kind = kind;
        const bool done = kind == AccessKind::read ? instance.reads : instance.writes;
        if (done) to.accesses.push_back(access);
      }
    }
    std::stable_sort(to.accesses.begin(), to.accesses.end(), [](const Access& a, const Access& b) {
      return a.instruction < b.instruction;
    });
  }

  // Paths of the function that is taken, each once.
  class PathMaker {
  public:
    explicit PathMaker(std::vector<Path>& paths) : paths_(paths) {}
    PathId add(const Path& path) {
      if (known_.empty())
        for (u32 i = 0; i < paths_.size(); ++i) known_.emplace(key(paths_[i]), i);
      const auto [at, added] = known_.emplace(key(path), paths_.size());
      if (added) paths_.push_back(path);
      return PathId{at->second};
    }

  private:
    using Key = std::tuple<PathId, StepKind, u32, u64, GlobalId, FunctionId, FieldId, TypeId>;
    static Key key(const Path& path) {
      // A field has one type; a pointer may be seen to lead to several.
      const bool typed = path.step != StepKind::field;
      return {path.parent, path.step,   path.index, path.integer,
              path.global, path.target, path.field, typed ? path.type : none<TypeId>};
    }
    std::vector<Path>& paths_;
    std::map<Key, u32> known_;
  };

  PathId part(PathMaker& maker, const Spot& spot, const Part& part) const {
    Path step;
    step.function = FunctionId{linked_};
    step.parent = PathId{new_path_[row(spot.base)]};
    if (spot.pointer) {
      step.step = StepKind::dereference;
      step.type = TypeId{choice_.types.number(spot.structure)};
      step.parent = maker.add(step);
    }
    for (u32 i = 0; i < part.steps.size(); ++i) {
      step.step = part.steps[i] == no_row ? StepKind::element : StepKind::field;
      step.integer = part.steps[i] == no_row ? any_element : 0;
      step.field = FieldId{part.steps[i]};
      const ProgramField& at =
          choice_.program.fields[part.steps[i] == no_row ? part.steps[i + 1] : part.steps[i]];
      step.type =
          TypeId{choice_.types.number(part.steps[i] == no_row ? at.key.structure : at.type)};
      step.parent = maker.add(step);
    }
    return step.parent;
  }

  GlobalId variable(const Spot& spot) const {
    if (spot.pointer) return none<GlobalId>;
    for (PathId id = spot.base; id != none<PathId>; id = summary_.paths[row(id)].parent) {
      const Path& path = summary_.paths[row(id)];
      if (path.step == StepKind::dereference) return none<GlobalId>;
      if (path.step == StepKind::global) return moved(path.global);
    }
    return none<GlobalId>;
  }

  // All of the driver's; of the kernel's, those of fields that the driver touches.
  void take_initializers() {
    const bool all = digest_ < choice_.program.driver_digests;
    for (const Initializer& old : summary_.initializers) {
      const Initializer value = moved_row(old);
      const ProgramGlobal& global = choice_.program.globals[row(value.global)];
      const bool wanted =
          all || (value.field != none<FieldId> && choice_.touched.fields[row(value.field)]);
      if (!wanted) continue;
      if (global.home == digest_ && !is_pseudo(global.row)) rows_.initializers.push_back(value);
    }
  }

  // Instructions and blocks, counted from the first of their function.
  void number_instructions() {
    const std::size_t n = summary_.functions.size();
    blocks_ = ranges(bodies_->blocks, n, by_function);
    instruction_owner_.resize(bodies_->instructions.size(), no_row);
    instruction_base_.resize(n, no_row);
    for (const Block& block : bodies_->blocks) {
      u32& base = instruction_base_[row(block.function)];
      base = std::min(base, block.first_instruction);
      for (u32 i = 0; i < block.instruction_count; ++i) {
        instruction_owner_[block.first_instruction + i] = row(block.function);
      }
    }
  }

  void take_bodies() {
    std::vector<u32> place(summary_.functions.size(), no_row);
    for (u32 i = 0, next = 0; i < summary_.functions.size(); ++i) {
      if (is_taken(i)) place[i] = next++;
    }
    for (u32 i = 0; i < summary_.functions.size(); ++i) {
      if (place[i] != no_row) take_blocks(rows_.functions[place[i]], i);
    }
    for (const Edge& edge : bodies_->edges) {
      if (place[row(edge.function)] == no_row) continue;
      LocalEdge local{moved_row(edge), no_row, no_row};
      if (!count(edge.from_kind, local.edge.from, local.from_function)) continue;
      if (!count(edge.to_kind, local.edge.to, local.to_function)) continue;
      rows_.functions[place[row(edge.function)]].edges.push_back(local);
    }
  }

  void take_blocks(FunctionRows& to, u32 function) {
    const Range range = blocks_[function];
    for (u32 i = range.first; i < range.end; ++i) {
      Block block = moved_row(bodies_->blocks[i]);
      for (u32 j = 0; j < block.instruction_count; ++j) {
        Instruction instruction = bodies_->instructions[block.first_instruction + j];
        instruction.block = i - range.first;
        to.instructions.push_back(std::move(instruction));
      }
      block.first_instruction -= instruction_base_[function];
      for (u32& successor : block.successors) successor -= range.first;
      to.blocks.push_back(std::move(block));
    }
  }

  // Replaces a node's row by its number within its function; false if that function's
  // rows are not in the output.
  bool count(NodeKind kind, u32& node, u32& function) const {
    switch (kind) {
    case NodeKind::instruction: {
      const u32 owner = instruction_owner_[node];
      function = map_.functions[owner];
      node = moved_instruction(node);
      return is_taken(owner);
    }
    case NodeKind::entry: node = map_.functions[node]; return true;
    case NodeKind::formal_in:
    case NodeKind::formal_out:
      function = map_.functions[row(summary_.paths[node].function)];
      node = new_path_[node];
      return node != no_row;
    case NodeKind::actual_in:
    case NodeKind::actual_out: {
      const Argument& argument = summary_.arguments[node];
      function = map_.functions[row(summary_.calls[row(argument.call)].caller)];
      node = new_argument_[node];
      return node != no_row;
    }
    case NodeKind::global: node = map_.globals[node]; return true;
    }
    return false;
  }

  u32 moved_instruction(u32 instruction) const {
    if (bodies_ == nullptr || instruction == no_row) return no_row;
    return instruction - instruction_base_[instruction_owner_[instruction]];
  }

  // A row with the numbers it has in the output; what counts within the unit but is no id is
  // left to the caller, but for instructions.
  template <class Row>
  Row moved_row(Row at) const {
    for_each_id(at, [this](auto& id) { id = moved(id); });
    if constexpr (requires { at.instruction; }) {
      at.instruction = moved_instruction(at.instruction);
    }
    return at;
  }
  template <class Id>
  Id moved(Id id) const {
    return id == none<Id> ? id : Id{new_number(id)};
  }
  u32 new_number(PathId id) const { return new_path_[row(id)]; }
  u32 new_number(CallId id) const { return new_call_[row(id)]; }
  u32 new_number(GlobalId id) const { return map_.globals[row(id)]; }
  u32 new_number(FunctionId id) const { return map_.functions[row(id)]; }
  u32 new_number(FieldId id) const { return map_.fields[row(id)]; }
  u32 new_number(TypeId id) const { return choice_.types.number(keys_[row(id)]); }

  const Choice& choice_;
  const UnitMap& map_;
  const u32 digest_;
  const Summary& summary_;
  const Bodies* bodies_;
  const std::vector<Key> keys_;
  UnitRows rows_;
  u32 linked_ = no_row; // the function being taken
  bool whole_ = false; // and whether all its rows are
  std::vector<Range> paths_, accesses_, calls_, returns_, locks_, unknowns_, blocks_;
  std::vector<bool> keep_path_, keep_call_;
  std::vector<u32> new_path_, new_call_, new_argument_;
  std::vector<u32> pending_;
  std::set<u32> handed_out_; // paths of the function being taken
  std::vector<u32> instruction_owner_, instruction_base_;
};

} // namespace

UnitRows take_rows(const Choice& choice, u32 digest, const Summary& summary, const Bodies* bodies) {
  return Taker(choice, digest, summary, bodies).run();
}

} // namespace ks::prune

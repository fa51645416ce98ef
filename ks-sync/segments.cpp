// SPDX-License-Identifier: MIT
#include "ks-sync/segments.hpp"

#include <algorithm>
#include <set>

namespace ks::sync {
namespace {

// An object, by how the function at hand names it: what the pointer in `path` points to, or the
// variable that `path` is.
struct Named {
  PathId path{no_row};
  bool variable = false;
  friend bool operator==(const Named&, const Named&) = default;
};

enum class Way : u8 { back, forth };

class Finder {
public:
  Finder(const View& program, const Layout& layout, const std::vector<PathSummary>& summaries)
      : program_(program), layout_(layout), summaries_(summaries),
        predecessors_(program.pruned().bodies.blocks.size()),
        crosses_through_(program.function_count()),
        segments_(program.summary().calls.size(), Segment(0)),
        entry_(program.function_count(), FieldSet(fields())),
        exit_(program.function_count(), FieldSet(fields())) {
    const auto& blocks = program.pruned().bodies.blocks;
    for (u32 i = 0; i < blocks.size(); ++i)
      for (const u32 next : blocks[i].successors) predecessors_[next].push_back(i);
  }

  std::vector<Segment> run() {
    find_crossed_through();
    for (const u32 call : program_.domain_calls()) {
      const bool inside = calls_inside(call);
      if (!inside && !crosses(call)) continue;
      segments_[call] = Segment(fields());
      Reach& reach = reaches_[call];
      reach.entry = walk(call, Way::back);
      reach.exit = walk(call, Way::forth);
    }
    pass_through_calls();
    for (const auto& [call, reach] : reaches_) {
      const FunctionId caller = program_.call(call).caller;
      if (!crosses(call)) continue;
      if (reach.entry) segments_[call].any_written.add_all(entry_[row(caller)]);
      if (reach.exit) segments_[call].any_read.add_all(exit_[row(caller)]);
    }
    return std::move(segments_);
  }

private:
  struct Reach {
    bool entry = false;
    bool exit = false;
  };

  u64 fields() const { return layout_.shared().fields.size(); }

  bool calls_inside(u32 call) const {
    return std::ranges::any_of(program_.targets_of(CallId{call}),
                               [&](FunctionId target) { return program_.in_domain(target); });
  }

  // Some target is the kernel's, or it is not known who is called.
  bool crosses(u32 call) const {
    const auto targets = program_.targets_of(CallId{call});
    if (targets.empty()) return program_.call(call).kind == CallKind::indirect;
    return std::ranges::any_of(targets, [&](FunctionId target) {
      return !program_.in_domain(target) && !program_.is_library(target);
    });
  }
  // Whichever target it has, the boundary is crossed before it returns.
  bool always_crosses(u32 call) const {
    const auto targets = program_.targets_of(CallId{call});
    if (targets.empty()) return crosses(call);
    return std::ranges::all_of(targets, [&](FunctionId target) {
      return program_.in_domain(target) ? crosses_through_[row(target)]
                                        : !program_.is_library(target);
    });
  }

  // Functions of the domain in which no way from entry to exit is without a crossing; callees first.
  void find_crossed_through() {
    for (const std::vector<u32>& component : find_components(program_.callees_in_domain()))
      for (const u32 function : component)
        crosses_through_[function] =
            program_.in_domain(FunctionId{function}) && is_crossed_through(FunctionId{function});
  }

  bool is_crossed_through(FunctionId function) const {
    const auto blocks = program_.blocks_of(function);
    if (blocks.empty()) return false;
    const auto& rows = program_.pruned().bodies.blocks;
    std::set<u32> seen{blocks.front()};
    std::vector<u32> pending{blocks.front()};
    while (!pending.empty()) {
      const u32 block = pending.back();
      pending.pop_back();
      if (crosses_in(function, block)) continue;
      if (rows[block].successors.empty()) return false;
      for (const u32 next : rows[block].successors)
        if (seen.insert(next).second) pending.push_back(next);
    }
    return true;
  }

  bool crosses_in(FunctionId function, u32 block) const {
    const Block& row = program_.pruned().bodies.blocks[block];
    return std::ranges::any_of(at_instructions(program_.calls_of(function),
                                               program_.summary().calls, row.first_instruction,
                                               row.first_instruction + row.instruction_count),
                               [this](u32 call) { return always_crosses(call); });
  }

  // Of a function's rows, those at the instructions [first, last).
  template <class Row>
  static std::span<const u32> at_instructions(std::span<const u32> rows,
                                              const std::vector<Row>& table, u32 first, u32 last) {
    const auto at = [&](u32 i) { return table[i].instruction; };
    const auto begin = std::ranges::lower_bound(rows, first, {}, at);
    return {begin, std::ranges::lower_bound(begin, rows.end(), last, {}, at)};
  }

  // ---- objects ----

  Named object_of(PathId place) const {
    while (place != none<PathId>) {
      const Path& path = program_.path(place);
      switch (path.step) {
      case StepKind::field:
      case StepKind::element: place = path.parent; continue;
      case StepKind::dereference:
        return path.folded == none<PathId> ? Named{path.parent, false} : Named{};
      case StepKind::global:
      case StepKind::local: return {place, true};
      case StepKind::argument:
      case StepKind::function:
      case StepKind::call_result:
      case StepKind::allocation:
      case StepKind::integer:
      case StepKind::unknown:
      case StepKind::address:
      case StepKind::cast: return {};
      }
    }
    return {};
  }

  // What a value points to, if the value cannot have changed between two uses of its name.
  Named pointee_of(PathId value) const {
    if (value == none<PathId>) return {};
    switch (program_.path(value).step) {
    case StepKind::address: return object_of(program_.path(value).parent);
    case StepKind::argument:
    case StepKind::call_result:
    case StepKind::allocation: return {value, false};
    case StepKind::global:
    case StepKind::function:
    case StepKind::local:
    case StepKind::integer:
    case StepKind::unknown:
    case StepKind::dereference:
    case StepKind::field:
    case StepKind::element:
    case StepKind::cast: return {};
    }
    return {};
  }

  // The argument of the call that points to the object, or its result; no_row if none does.
  u32 argument_for(u32 call, const Named& object) const {
    if (object.path == none<PathId>) return no_row;
    const Path& path = program_.path(object.path);
    if (!object.variable && path.step == StepKind::call_result && path.index == call)
      return result_argument;
    u32 found = no_row;
    u32 same = 0;
    for (const u32 i : program_.arguments_of(CallId{call})) {
      const Argument& argument = program_.summary().arguments[i];
      if (pointee_of(argument.path) == object) found = argument.index;
    }
    // It must be that object, not one of several.
    for (const u32 i : program_.arguments_of(CallId{call}))
      same += program_.summary().arguments[i].index == found;
    return same == 1 ? found : no_row;
  }

  // A variable on the stack that nobody else knows.
  bool is_own_local(const Named& object) const {
    if (!object.variable || program_.path(object.path).step != StepKind::local) return false;
    const Path& local = program_.path(object.path);
    if (local.index == result_room) return false;
    return std::ranges::count(summaries_[row(local.function)].shown_locals, local.index) == 0;
  }

  // ---- what is met on the way ----

  void add(u32 call, Way way, const Named& object, FieldId pointer, FieldId field) {
    if (field == none<FieldId> || is_own_local(object)) return;
    Segment& segment = segments_[call];
    const u32 argument = argument_for(call, object);
    for (const u32 shared : layout_.touched(field)) {
      if (argument == no_row)
        (way == Way::back ? segment.any_written : segment.any_read).add(shared);
      else
        (way == Way::back ? segment.written : segment.read)
            .push_back({argument, pointer, shared, way == Way::back});
    }
  }

  // Bytes behind a pointer in a field cross with it.
  void add_bytes(u32 call, Way way, PathId place) {
    while (place != none<PathId> && (program_.path(place).step == StepKind::element ||
                                     program_.path(place).step == StepKind::cast))
      place = program_.path(place).parent;
    if (place == none<PathId> || program_.path(place).step != StepKind::dereference) return;
    const PathId pointer = program_.path(place).parent;
    if (pointer != none<PathId> && program_.path(pointer).step == StepKind::field)
      add(call, way, object_of(pointer), none<FieldId>, program_.path(pointer).field);
  }

  void add_access(u32 call, Way way, const Access& access) {
    const bool update = access.kind == AccessKind::update;
    const bool wanted =
        update || access.kind == (way == Way::back ? AccessKind::write : AccessKind::read);
    if (!wanted) return;
    if (access.field == none<FieldId>) {
      add_bytes(call, way, access.path);
      return;
    }
    const Named object = object_of(access.path);
    // One pointer further on: behind a field of an object that is passed.
    if (!object.variable && object.path != none<PathId> &&
        program_.path(object.path).step == StepKind::field) {
      const Named holder = object_of(object.path);
      if (argument_for(call, holder) != no_row) {
        add(call, way, holder, program_.path(object.path).field, access.field);
        return;
      }
    }
    add(call, way, object, none<FieldId>, access.field);
  }

  // All that a function of the domain does, as the call of it passes its arguments.
  void add_callee(u32 call, Way way, u32 inner, FunctionId target) {
    const PathSummary& summary = summaries_[row(target)];
    for (const Elsewhere& what : summary.elsewhere)
      if (way == Way::back ? what.written : what.read)
        add(call, way, {}, none<FieldId>, what.field);
    for (u32 i = 0; i < summary.places.size(); ++i) {
      const Place& place = summary.places[i];
      const FieldId field = field_touched(summary.places, i);
      if (field == none<FieldId> || !(way == Way::back ? place.written : place.read)) continue;
      const u32 argument = direct_argument(summary, i);
      if (argument == no_row) {
        if (is_of_argument(summary, i)) add(call, way, {}, none<FieldId>, field);
        continue;
      }
      for (const u32 k : program_.arguments_of(CallId{inner})) {
        const Argument& actual = program_.summary().arguments[k];
        if (actual.index == argument) add(call, way, pointee_of(actual.path), none<FieldId>, field);
      }
    }
  }

  // The argument in whose own object the place is; no_row if it is further away.
  static u32 direct_argument(const PathSummary& summary, u32 place) {
    while (place != no_row && summary.places[place].step == StepKind::field)
      place = summary.places[place].parent;
    if (place == no_row || summary.places[place].step != StepKind::dereference) return no_row;
    const Place& pointer = summary.places[summary.places[place].parent];
    return pointer.step == StepKind::argument ? pointer.index : no_row;
  }
  static bool is_of_argument(const PathSummary& summary, u32 place) {
    while (summary.places[place].parent != no_row) place = summary.places[place].parent;
    return summary.places[place].step == StepKind::argument;
  }

  // ---- the walk ----

  // False if the walk ends with this call.
  bool pass_call(u32 call, Way way, u32 met) {
    for (const FunctionId target : program_.targets_of(CallId{met}))
      if (program_.in_domain(target)) add_callee(call, way, met, target);
    return !always_crosses(met);
  }

  // What lies at the instructions [first, last), in the order of the walk; false if it ended there.
  bool pass(u32 call, Way way, FunctionId function, u32 first, u32 last) {
    const Summary& summary = program_.summary();
    const std::span<const u32> calls =
        at_instructions(program_.calls_of(function), summary.calls, first, last);
    u32 from = first;
    u32 to = last;
    bool goes_on = true;
    for (size_t k = 0; k < calls.size() && goes_on; ++k) {
      const u32 met = calls[way == Way::forth ? k : calls.size() - 1 - k];
      goes_on = pass_call(call, way, met);
      if (goes_on) continue;
      (way == Way::forth ? to : from) = summary.calls[met].instruction;
    }
    for (const u32 i : at_instructions(program_.accesses_of(function), summary.accesses, from, to))
      add_access(call, way, summary.accesses[i]);
    return goes_on;
  }

  // Whether the function's entry or exit is reached without another crossing.
  bool walk(u32 call, Way way) {
    const FunctionId function = program_.call(call).caller;
    const auto& bodies = program_.pruned().bodies;
    const u32 start = program_.call(call).instruction;
    if (program_.blocks_of(function).empty() || start >= bodies.instructions.size()) {
      for (const u32 i : program_.accesses_of(function))
        add_access(call, way, program_.summary().accesses[i]);
      for (const u32 other : program_.calls_of(function)) pass_call(call, way, other);
      return true;
    }
    const u32 home = bodies.instructions[start].block;
    const u32 first = bodies.blocks[home].first_instruction;
    const u32 end = first + bodies.blocks[home].instruction_count;
    // An access and a call may be one instruction: a copy by memcpy is no crossing.
    const bool left = way == Way::back ? pass(call, way, function, first, start)
                                       : pass(call, way, function, start + 1, end);
    return left && walk_on(call, way, function, home);
  }

  bool walk_on(u32 call, Way way, FunctionId function, u32 home) {
    const auto& blocks = program_.pruned().bodies.blocks;
    const u32 entry = program_.blocks_of(function).front();
    bool reached = false;
    std::set<u32> seen;
    std::vector<u32> pending{home};
    while (!pending.empty()) {
      const u32 block = pending.back();
      pending.pop_back();
      const auto& next = way == Way::back ? predecessors_[block] : blocks[block].successors;
      reached |= way == Way::back ? block == entry : next.empty();
      for (const u32 other : next) {
        if (!seen.insert(other).second) continue;
        const u32 first = blocks[other].first_instruction;
        if (pass(call, way, function, first, first + blocks[other].instruction_count))
          pending.push_back(other);
      }
    }
    return reached;
  }

  // ---- callers ----

  FieldSet all_of(u32 call, Way way) const {
    const Segment& segment = segments_[call];
    const Reach& reach = reaches_.at(call);
    const u32 caller = row(program_.call(call).caller);
    FieldSet all = way == Way::back ? segment.any_written : segment.any_read;
    for (const Rooted& one : way == Way::back ? segment.written : segment.read) all.add(one.shared);
    if (way == Way::back ? reach.entry : reach.exit)
      all.add_all(way == Way::back ? entry_[caller] : exit_[caller]);
    return all;
  }

  void pass_through_calls() {
    bool grew = true;
    while (grew) {
      grew = false;
      for (const auto& [call, reach] : reaches_)
        for (const FunctionId target : program_.targets_of(CallId{call})) {
          if (!program_.in_domain(target)) continue;
          grew |= entry_[row(target)].add_all(all_of(call, Way::back));
          grew |= exit_[row(target)].add_all(all_of(call, Way::forth));
        }
    }
  }

  const View& program_;
  const Layout& layout_;
  const std::vector<PathSummary>& summaries_;
  std::vector<std::vector<u32>> predecessors_; // by block
  std::vector<bool> crosses_through_; // by function
  std::vector<Segment> segments_; // by call
  std::map<u32, Reach> reaches_; // by call: those that cross or stay inside
  std::vector<FieldSet> entry_; // by function: written before it is called
  std::vector<FieldSet> exit_; // by function: read after it returns
};

} // namespace

std::vector<Segment> find_segments(const View& program, const Layout& layout,
                                   const std::vector<PathSummary>& summaries) {
  return Finder(program, layout, summaries).run();
}

} // namespace ks::sync

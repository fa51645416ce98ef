// SPDX-License-Identifier: MIT
// Sections over the control-flow graphs.
//
// A walk starts behind an operation. Its states are a block and how many times the lock is held on
// entry to it; families that nest (rcu, disabled preemption) may be held more than once. A callee
// is walked from its entry, with the lock in its own terms, and answers with the depths at which it
// may return. Of a function that touches no lock of the family, all is inside. Recursion makes the
// answers a least fixed point, as in summaries of pushdown systems (Sharir and Pnueli 1981).
//
// An attempt to take a lock succeeds only on some of the ways after it: its section is what lies on
// the way to a release, or to a return with the lock for the caller to find out.
//
// Which lock it is, is first told by names. What then stays open is walked again, and ended by what
// may be the same lock: two names may well have been one object. But what was found to release
// another section by its name ends only that.
//
// Limits: max_depth. More is held "at least so often", and a release may or may not be the last.
// max_locks: a call that may return with more of them is followed with one that may be any.

#include "ks-atomic/sections.hpp"

#include <algorithm>
#include <bit>
#include <tuple>

namespace ks::atomic {
namespace {

constexpr u32 max_depth = 4;
constexpr u32 max_locks = 16; // that one call is told apart by

// How many times a lock may be held: some of 0 to max_depth.
class Depths {
public:
  Depths() = default;
  Depths(u32 depth) : bits_(static_cast<u8>(1U << depth)) {}

  bool empty() const { return bits_ == 0; }
  u32 lowest() const { return static_cast<u32>(std::countr_zero(bits_)); }
  u32 highest() const { return static_cast<u32>(std::bit_width(bits_)) - 1; }
  bool contains(u32 depth) const { return (bits_ >> depth & 1) != 0; }
  friend bool operator==(Depths, Depths) = default;
  Depths operator|(Depths other) const {
    Depths result;
    result.bits_ = bits_ | other.bits_;
    return result;
  }

private:
  u8 bits_ = 0;
};

// All rows of one instruction.
struct Operation {
  FunctionId function{};
  u32 instruction = no_row;
  LockAction action{};
  Lock lock;
  u32 row = no_row; // the first
};

bool is_section_action(LockAction action) {
  switch (action) {
  case LockAction::acquire:
  case LockAction::try_acquire:
  case LockAction::release: return true;
  case LockAction::atomic:
  case LockAction::barrier: return false;
  }
  return false;
}

// Locks as dense numbers. A walk meets the same few again and again.
class Locks {
public:
  explicit Locks(const View& view) : names_(view) {}

  const LockNames& names() const { return names_; }
  const Lock& at(u32 id) const { return *locks_[id]; }
  u32 id_of(Lock lock) {
    const auto [place, added] = ids_.emplace(std::move(lock), static_cast<u32>(locks_.size()));
    if (added) locks_.push_back(&place->first);
    return place->second;
  }
  u32 in_callee(u32 id, u32 call) {
    const auto [place, added] = callees_.emplace(std::pair(id, call), 0);
    if (added) place->second = id_of(names_.in_callee(at(id), call));
    return place->second;
  }

private:
  LockNames names_;
  std::map<Lock, u32> ids_;
  std::vector<const Lock*> locks_; // the keys of ids_
  std::map<std::pair<u32, u32>, u32> callees_; // by lock, call
};

// What the walks ask: the operations and the calls of the domain.
class Code {
public:
  explicit Code(const View& view)
      : view_(view), locks_(view), callers_(view.function_count()),
        place_of_(view.pruned().bodies.blocks.size()),
        operation_at_(view.pruned().bodies.instructions.size(), no_row) {
    for (u32 function = 0; function < view.function_count(); ++function)
      for (u32 place = 0; const u32 block : view.blocks_of(FunctionId{function}))
        place_of_[block] = place++;
    add_operations();
    add_calls();
    find_families();
  }

  const View& view() const { return view_; }
  const LockNames& names() const { return locks_.names(); }
  Locks& locks() { return locks_; }
  const std::vector<Operation>& operations() const { return operations_; }
  const Operation* at(u32 instruction) const {
    const u32 found = operation_at_[instruction];
    return found == no_row ? nullptr : &operations_[found];
  }
  // By function: whether it, or what it calls in the domain, takes or releases locks of the family.
  const std::vector<bool>& having(const std::string& family) const { return having_.at(family); }
  // Of a block, among those of its function.
  u32 place_of(u32 block) const { return place_of_[block]; }
  const std::vector<u32>& callers_of(FunctionId function) const { return callers_[row(function)]; }
  bool has_body(FunctionId function) const { return !view_.blocks_of(function).empty(); }
  bool is_entry(FunctionId function) const {
    const CrossingId crossing = view_.crossing_of(function);
    return crossing != none<CrossingId> &&
           view_.pruned().boundary.crossings[row(crossing)].to_driver;
  }
  const Instruction& instruction(u32 id) const { return view_.pruned().bodies.instructions[id]; }
  const Block& block(u32 id) const { return view_.pruned().bodies.blocks[id]; }
  // The next instruction from this one on, of whatever block, at which a lock may change hands.
  u32 next_at(u32 instruction) const {
    return instruction < next_at_.size() ? next_at_[instruction] : no_row;
  }
  std::span<const u32> calls_at(u32 instruction) const { return calls_at_.of(instruction); }

private:
  void add_operations() {
    const Summary& summary = view_.summary();
    std::map<std::pair<FunctionId, u32>, Operation> operations;
    u32 no_place = no_row; // operations whose instruction is not known are one each
    for (u32 i = 0; i < summary.locks.size(); ++i) {
      const LockOperation& lock = summary.locks[i];
      if (!view_.in_domain(lock.function) || !is_section_action(lock.action)) continue;
      const bool placed = has_body(lock.function) && lock.instruction != no_row;
      Operation& operation = operations[{lock.function, placed ? lock.instruction : no_place--}];
      if (operation.row == no_row) {
        operation = {lock.function, placed ? lock.instruction : no_row, lock.action,
                     Lock{lock.family, {}}, i};
      }
      operation.lock.names.push_back(names().name_of(lock));
    }
    for (auto& [key, operation] : operations) {
      auto& names = operation.lock.names;
      std::sort(names.begin(), names.end());
      names.erase(std::unique(names.begin(), names.end()), names.end());
      if (operation.instruction != no_row)
        operation_at_[operation.instruction] = static_cast<u32>(operations_.size());
      operations_.push_back(std::move(operation));
    }
  }

  void add_calls() {
    std::vector<std::pair<u32, u32>> placed; // instruction, call
    for (const u32 i : view_.domain_calls()) {
      if (view_.call(i).instruction != no_row) placed.emplace_back(view_.call(i).instruction, i);
      for (const FunctionId target : view_.targets_of(CallId{i}))
        if (view_.in_domain(target)) callers_[row(target)].push_back(i);
    }
    calls_at_ = Groups(operation_at_.size(), placed);
    next_at_.resize(operation_at_.size());
    u32 next = no_row;
    for (u32 i = static_cast<u32>(operation_at_.size()); i-- > 0;) {
      if (operation_at_[i] != no_row || calls_inside(i)) next = i;
      next_at_[i] = next;
    }
  }

  bool calls_inside(u32 instruction) const {
    return std::ranges::any_of(calls_at_.of(instruction), [this](u32 call) {
      return std::ranges::any_of(view_.targets_of(CallId{call}),
                                 [this](FunctionId target) { return view_.in_domain(target); });
    });
  }

  void find_families() {
    std::vector<std::pair<u32, const std::string*>> pending;
    const auto add = [&](FunctionId function, const std::string& family) {
      std::vector<bool>& having = having_[family];
      having.resize(view_.function_count());
      if (having[row(function)]) return;
      having[row(function)] = true;
      pending.emplace_back(row(function), &family);
    };
    for (const Operation& operation : operations_) add(operation.function, operation.lock.family);
    while (!pending.empty()) {
      const auto [function, family] = pending.back();
      pending.pop_back();
      for (const u32 call : callers_[function]) add(view_.call(call).caller, *family);
    }
  }

  const View& view_;
  Locks locks_;
  std::vector<Operation> operations_;
  std::map<std::string, std::vector<bool>> having_;
  std::vector<std::vector<u32>> callers_; // rows of calls
  std::vector<u32> place_of_; // by block
  std::vector<u32> next_at_; // by instruction
  std::vector<u32> operation_at_; // by instruction: row of operations_
  Groups calls_at_ = Groups(0, {}); // by instruction: rows of calls
};

enum class Sameness : u8 { name, likely };

// One function's part of a section, with all that it calls.
class Walk {
public:
  // `paired`: rows of locks that are known to end something else.
  Walk(Code& code, Sameness sameness, const std::set<u32>& paired, const std::string& family,
       Section& section)
      : code_(code), having_(code.having(family)), sameness_(sameness), paired_(paired),
        section_(section) {}

  // Behind this instruction, where the lock has been taken once. The depths of the returns.
  Depths run_behind(FunctionId function, u32 instruction, u32 lock) {
    Depths exits;
    do {
      ++round_;
      grew_ = false;
      Frame frame(code_, function, lock, instruction);
      frame.pending.push_back({code_.instruction(instruction).block, instruction + 1, 1});
      run(frame);
      section_.held[function].insert(frame.held);
      exits = frame.exits;
      ends_ = std::move(frame.ends);
    } while (grew_);
    return exits;
  }

  // From the entry on, where the lock is held once.
  void run_inside(FunctionId function, u32 lock) {
    do {
      ++round_;
      grew_ = false;
      run_whole(function, lock, 1);
    } while (grew_);
  }

  // Instructions of the function walked first at which the lock is, or may be, released, and its
  // returns with it.
  const std::set<u32>& ends() const { return ends_; }
  const std::set<u32>& releases() const { return releases_; }

private:
  struct State {
    u32 block = no_row;
    u32 instruction = no_row;
    u32 depth = 0;
    friend auto operator<=>(const State&, const State&) = default;
  };

  struct Frame {
    Frame(const Code& code, FunctionId in, u32 of, u32 behind)
        : function(in), lock(of), start(behind), seen(code.view().blocks_of(in).size()) {}

    FunctionId function;
    u32 lock; // of Locks
    u32 start; // the instruction that takes it
    std::vector<State> pending;
    std::vector<Depths> seen; // by block of the function: on entry to it
    std::set<State> seen_inside; // of blocks that go on at several depths
    Depths exits;
    std::set<u32> ends;
    Instructions held;
  };

  // What is known of a function, the lock being held on entry.
  struct Known {
    Depths exits;
    u32 round = 0; // in which it was walked last
    bool is_running = false;
    bool is_recursive = false; // was asked for while it ran
  };

  // A recursive call returns as all rounds before found, so that rounds follow until none finds more.
  Depths run_whole(FunctionId function, u32 lock, u32 depth) {
    Known& known = known_[std::tuple(function, lock, depth)];
    known.is_recursive |= known.is_running;
    if (known.round == round_) return known.exits;
    known.round = round_;
    known.is_running = true;
    const Depths exits = known.exits | run_anew(function, lock, depth);
    known.is_running = false;
    grew_ |= known.is_recursive && exits != known.exits;
    return known.exits = exits;
  }

  Depths run_anew(FunctionId function, u32 lock, u32 depth) {
    if (!having_[row(function)]) {
      section_.whole.insert(function);
      return depth;
    }
    if (!code_.has_body(function)) return run_unknown(function, depth);
    Frame frame(code_, function, lock, no_row);
    go_to(frame, code_.view().blocks_of(function).front(), depth);
    run(frame);
    section_.held[function].insert(frame.held);
    // What never returns has no say in what its callers hold.
    return frame.exits;
  }

  void run(Frame& frame) {
    while (!frame.pending.empty()) {
      const State state = frame.pending.back();
      frame.pending.pop_back();
      run_block(frame, state.block, state.instruction, state.depth);
    }
  }

  void go_to(Frame& frame, u32 block, u32 depth) {
    Depths& seen = frame.seen[code_.place_of(block)];
    if (seen.contains(depth)) return;
    seen = seen | depth;
    frame.pending.push_back({block, code_.block(block).first_instruction, depth});
  }

  // Follows one block from `instruction` on, the lock being held `depth` times.
  void run_block(Frame& frame, u32 id, u32 instruction, u32 depth) {
    const Block& block = code_.block(id);
    const u32 end = block.first_instruction + block.instruction_count;
    u32 held_from = instruction;
    for (; (instruction = std::min(code_.next_at(instruction), end)) < end; ++instruction) {
      const Depths after = run_instruction(frame, instruction, depth);
      if (after.empty() || after.lowest() < depth) frame.ends.insert(instruction);
      // Other depths go on by themselves, as if the block began there.
      for (u32 other = 1; !after.empty() && other < after.highest(); ++other)
        if (after.contains(other) && frame.seen_inside.insert({id, instruction + 1, other}).second)
          frame.pending.push_back({id, instruction + 1, other});
      if (after.empty() || after.highest() == 0) {
        // What releases the lock for sure runs with it no longer.
        frame.held.insert(held_from, instruction + (after.empty() ? 1 : 0));
        return;
      }
      depth = after.highest();
    }
    frame.held.insert(held_from, end);
    if (block.successors.empty() && !ends_nowhere(block)) {
      frame.exits = frame.exits | depth;
      frame.ends.insert(end - 1);
    }
    for (const u32 successor : block.successors) go_to(frame, successor, depth);
  }

  // The depths behind an instruction; none if nothing comes behind it.
  Depths run_instruction(Frame& frame, u32 instruction, u32 depth) {
    if (instruction == frame.start) return depth;
    if (const Operation* operation = code_.at(instruction)) {
      const Lock& lock = code_.locks().at(frame.lock);
      if (!is_same(operation->lock, lock, operation->row)) return depth;
      // If the name stands for several objects, this may be another one.
      const bool sure = is_one_object(lock) && is_one_object(operation->lock);
      if (operation->action != LockAction::release) {
        const Depths more = std::min(depth + 1, max_depth);
        return sure ? more : more | depth;
      }
      if (depth == 1) releases_.insert(operation->row);
      const Depths less = depth - 1;
      return sure && depth < max_depth ? less : less | depth;
    }
    Depths after;
    bool inside = false;
    for (const u32 call : code_.calls_at(instruction)) {
      for (const FunctionId callee : code_.view().targets_of(CallId{call})) {
        if (!code_.view().in_domain(callee)) continue;
        inside = true;
        // What takes no lock of the family needs no name for it.
        after = after | (having_[row(callee)]
                             ? run_whole(callee, code_.locks().in_callee(frame.lock, call), depth)
                             : run_whole(callee, frame.lock, depth));
      }
    }
    return inside ? after : depth;
  }

  bool is_same(const Lock& a, const Lock& b, u32 id) const {
    if (is_same_name(a, b)) return true;
    return sameness_ == Sameness::likely && !paired_.contains(id) && may_be_same(a, b);
  }

  // Where a function without a body releases it is not known.
  Depths run_unknown(FunctionId function, u32 depth) {
    section_.whole.insert(function);
    return Depths(depth - 1) | depth;
  }

  bool ends_nowhere(const Block& block) const {
    if (block.instruction_count == 0) return false;
    return code_.instruction(block.first_instruction + block.instruction_count - 1).opcode ==
           "unreachable";
  }

  Code& code_;
  const std::vector<bool>& having_; // by function: whether the family of the lock matters there
  Sameness sameness_;
  const std::set<u32>& paired_;
  Section& section_;
  std::map<std::tuple<FunctionId, u32, u32>, Known> known_; // by function, lock, depth
  u32 round_ = 0;
  bool grew_ = false;
  std::set<u32> ends_;
  std::set<u32> releases_;
};

// The sections of one operation.
class Acquire {
public:
  Acquire(Code& code, const Operation& operation, Sameness sameness, const std::set<u32>& paired)
      : code_(code), sameness_(sameness), paired_(paired) {
    Section section;
    section.acquire = operation.row;
    is_attempt_ = operation.action == LockAction::try_acquire;
    follow(operation.function, operation.instruction, operation.lock, section);
    if (sections_.empty()) sections_ = std::move(unreleased_);
  }

  std::vector<Section> take() { return std::move(sections_); }
  bool is_open() const {
    return std::ranges::any_of(sections_, [](const Section& s) { return !s.balanced; });
  }

private:
  // Whether to go on with this lock behind the call; of many, as any lock of the family.
  bool is_new(u32 instruction, u32 call, Lock& lock) {
    std::set<u32>& locks = seen_[{instruction, call}];
    if (locks.size() >= max_locks) lock.names = {LockName()};
    return locks.insert(code_.locks().id_of(lock)).second;
  }

  // Goes on behind an instruction that has left the lock held; `inner` is what is held already.
  void follow(FunctionId function, u32 instruction, const Lock& lock, const Section& inner) {
    Section section = inner;
    section.function = function;
    section.lock = lock;
    Section own;
    Walk walk(code_, sameness_, paired_, lock.family, own);
    const Depths exits = walk.run_behind(function, instruction, code_.locks().id_of(lock));
    const bool returns_it = !exits.empty() && exits.highest() > 0;
    for (const auto& [at, held] : own.held) section.held[at].insert(held);
    section.whole.merge(own.whole);
    std::set<u32> releases(section.releases.begin(), section.releases.end());
    releases.insert(walk.releases().begin(), walk.releases().end());
    section.releases.assign(releases.begin(), releases.end());
    const bool releases_it = !walk.releases().empty();
    bool lifted = false;
    if (returns_it) {
      for (const u32 call : code_.callers_of(function)) {
        const Call& site = code_.view().call(call);
        if (!code_.has_body(site.caller) || site.instruction == no_row) continue;
        lifted = true;
        Lock outer = code_.names().in_caller(lock, call);
        if (is_new(instruction, call, outer)) follow(site.caller, site.instruction, outer, section);
      }
    }
    const bool is_last = !returns_it || !lifted || code_.is_entry(function);
    if (!is_attempt_) {
      section.balanced = !returns_it && (releases_it || !section.releases.empty());
      if (is_last) sections_.push_back(std::move(section));
    } else if (releases_it) {
      keep_way_to(walk.ends(), section.held[function], function);
      sections_.push_back(std::move(section));
    } else if (is_last) {
      section.balanced = false;
      unreleased_.push_back(std::move(section));
    }
  }

  // Blocks from which an end can be reached; in others the attempt must have failed.
  // A function that releases the lock and may also return with it is its callers' section, too,
  // and there, all of it counts.
  void keep_way_to(const std::set<u32>& ends, Instructions& held, FunctionId function) const {
    std::set<u32> reaching;
    for (const u32 end : ends)
      if (code_.instruction(end).opcode != "ret") reaching.insert(code_.instruction(end).block);
    for (bool grew = true; grew;) {
      grew = false;
      for (const u32 id : code_.view().blocks_of(function)) {
        if (reaching.contains(id)) continue;
        for (const u32 successor : code_.block(id).successors)
          if (reaching.contains(successor)) grew |= reaching.insert(id).second;
      }
    }
    held.erase_if([&](u32 id) { return !reaching.contains(code_.instruction(id).block); });
  }

  Code& code_;
  Sameness sameness_;
  const std::set<u32>& paired_;
  bool is_attempt_ = false;
  // Which locks, by instruction behind which it was held, and call.
  std::map<std::pair<u32, u32>, std::set<u32>> seen_;
  std::vector<Section> sections_;
  std::vector<Section> unreleased_; // attempts at the outermost functions
};

class Finder {
public:
  explicit Finder(const View& view) : code_(view) {}

  std::vector<Section> find() {
    for (const Operation& operation : code_.operations())
      if (operation.action != LockAction::release) add(operation);
    std::set<u32> paired;
    for (const Section& section : sections_)
      if (section.balanced) paired.insert(section.releases.begin(), section.releases.end());
    walk_open_again(paired);
    std::set<u32> ended;
    for (const Section& section : sections_)
      ended.insert(section.releases.begin(), section.releases.end());
    for (const Operation& operation : code_.operations())
      if (operation.action == LockAction::release && !ended.contains(operation.row))
        add_held_before(operation);
    name_by_callers();
    std::stable_sort(sections_.begin(), sections_.end(), [](const Section& a, const Section& b) {
      return std::tie(a.function, a.acquire) < std::tie(b.function, b.acquire);
    });
    return std::move(sections_);
  }

private:
  void add(const Operation& operation) {
    if (operation.instruction == no_row) {
      add_without_body(operation);
      return;
    }
    append(Acquire(code_, operation, Sameness::name, nothing_).take());
  }

  void append(std::vector<Section> found) {
    std::move(found.begin(), found.end(), std::back_inserter(sections_));
  }

  // Of cloned functions the control flow is not at hand.
  void add_without_body(const Operation& operation) {
    Section section;
    section.function = operation.function;
    section.acquire = operation.row;
    section.lock = operation.lock;
    section.whole.insert(operation.function);
    section.balanced = false;
    sections_.push_back(std::move(section));
  }

  void walk_open_again(const std::set<u32>& paired) {
    std::set<u32> open; // rows of locks
    std::set<u32> released;
    for (const Section& section : sections_) {
      if (!section.balanced && code_.has_body(section.function)) open.insert(section.acquire);
      if (!section.releases.empty()) released.insert(section.acquire);
    }
    for (const Operation& operation : code_.operations()) {
      if (!open.contains(operation.row)) continue;
      Acquire again(code_, operation, Sameness::likely, paired);
      if (again.is_open() && released.contains(operation.row)) continue;
      std::erase_if(sections_, [&](const Section& s) { return s.acquire == operation.row; });
      append(again.take());
    }
  }

  // From the entries of the domain on that lead to the release.
  void add_held_before(const Operation& operation) {
    if (operation.instruction == no_row) return;
    std::map<FunctionId, std::set<u32>> seen;
    std::vector<std::pair<FunctionId, Lock>> pending = {{operation.function, operation.lock}};
    while (!pending.empty()) {
      const auto [function, lock] = std::move(pending.back());
      pending.pop_back();
      if (!seen[function].insert(code_.locks().id_of(lock)).second) continue;
      bool called = false;
      for (const u32 call : code_.callers_of(function)) {
        const FunctionId caller = code_.view().call(call).caller;
        if (!code_.has_body(caller)) continue;
        Lock outer = code_.names().in_caller(lock, call);
        const std::set<u32>& known = seen[caller];
        if (known.size() >= max_locks) outer.names = {LockName()};
        if (known.contains(code_.locks().id_of(outer))) continue;
        called = true;
        pending.emplace_back(caller, std::move(outer));
      }
      if (called && !code_.is_entry(function)) continue;
      Section section;
      section.function = function;
      section.lock = lock;
      Walk walk(code_, Sameness::likely, nothing_, lock.family, section);
      walk.run_inside(function, code_.locks().id_of(lock));
      section.balanced = false;
      section.releases.assign(walk.releases().begin(), walk.releases().end());
      if (section.releases.empty()) section.releases = {operation.row};
      sections_.push_back(std::move(section));
    }
  }

  // A lock that is only known as what an argument points to is what the callers pass; so may be
  // what is touched inside.
  void name_by_callers() {
    std::vector<Section> named;
    std::map<std::pair<u32, u32>, std::set<u32>> seen; // which locks, by section and call
    std::vector<std::pair<u32, Section>> pending; // as found, as named so far
    for (Section& section : sections_)
      pending.emplace_back(static_cast<u32>(pending.size()), std::move(section));
    while (!pending.empty()) {
      auto [id, section] = std::move(pending.back());
      pending.pop_back();
      const bool from_caller = std::ranges::any_of(section.lock.names, [](const LockName& name) {
        return !is_known(name) && !name.empty() && name.front().kind == StepKind::argument;
      });
      bool lifted = false;
      for (const u32 call : code_.callers_of(section.function)) {
        const Call& site = code_.view().call(call);
        if (!from_caller || !code_.has_body(site.caller) || site.instruction == no_row) continue;
        lifted = true;
        Section outer = section;
        outer.function = site.caller;
        outer.lock = code_.names().in_caller(section.lock, call);
        std::set<u32>& known = seen[{id, call}];
        if (known.size() >= max_locks) outer.lock.names = {LockName()};
        if (!known.insert(code_.locks().id_of(outer.lock)).second) continue;
        outer.held[site.caller].insert(site.instruction, site.instruction + 1);
        pending.emplace_back(id, std::move(outer));
      }
      if (!lifted || code_.is_entry(section.function)) named.push_back(std::move(section));
    }
    sections_ = std::move(named);
  }

  Code code_;
  const std::set<u32> nothing_;
  std::vector<Section> sections_;
};

} // namespace

void Instructions::insert(u32 first, u32 end) {
  if (first >= end) return;
  if (is_in_.empty()) first_ = first;
  if (first < first_) {
    is_in_.insert(is_in_.begin(), first_ - first, false);
    first_ = first;
  }
  if (end - first_ > is_in_.size()) is_in_.resize(end - first_);
  std::fill(is_in_.begin() + (first - first_), is_in_.begin() + (end - first_), true);
}

void Instructions::insert(const Instructions& others) {
  for (u32 i = 0; i < others.is_in_.size(); ++i)
    if (others.is_in_[i]) insert(others.first_ + i, others.first_ + i + 1);
}

std::vector<Section> find_sections(const View& view) { return Finder(view).find(); }

} // namespace ks::atomic

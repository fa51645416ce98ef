// SPDX-License-Identifier: MIT
// Sections over the control-flow graph.
//
// A state is a block and how many times the lock is held on entry to it; families that nest
// (rcu, disabled preemption) may be held more than once. A try_acquire succeeds only on
// some of the paths after it: its section is what lies on the way to a release.

#include "ks-atomic/sections.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace ks::atomic {
namespace {

constexpr u32 max_depth = 8;

// All rows of one instruction.
struct Operation {
  u32 instruction = 0;
  LockAction action{};
  std::string family;
  std::vector<u32> rows;
  std::vector<LockPlace> places;
};

enum class Sameness : u8 { place, field };

bool is_same_lock(const LockPlace& a, const LockPlace& b, Sameness sameness) {
  if (sameness == Sameness::place && a.path != none<PathId> && b.path != none<PathId>)
    return a.path == b.path;
  return a.field == b.field && a.global == b.global;
}

bool is_same_lock(const Operation& a, const Operation& b, Sameness sameness) {
  if (a.family != b.family) return false;
  for (const LockPlace& one : a.places)
    for (const LockPlace& other : b.places)
      if (is_same_lock(one, other, sameness)) return true;
  return false;
}

std::vector<Operation> find_operations(const Summary& summary, const std::vector<u32>& locks) {
  std::map<u32, Operation> operations;
  for (const u32 id : locks) {
    const LockOperation& lock = summary.locks[id];
    Operation& operation = operations[lock.instruction];
    operation.instruction = lock.instruction;
    operation.action = lock.action;
    operation.family = lock.family;
    operation.rows.push_back(id);
    operation.places.push_back(find_lock_place(summary, lock));
  }
  std::vector<Operation> sorted;
  for (auto& entry : operations) sorted.push_back(std::move(entry.second));
  return sorted;
}

class Walk {
public:
  Walk(const View& view, FunctionId function, const std::vector<Operation>& operations,
       const Operation& acquire, Sameness sameness)
      : pruned_(view.pruned()), blocks_(view.blocks_of(function)), acquire_(acquire) {
    section_.acquire = acquire.rows.front();
    for (const Operation& operation : operations)
      if (is_same_lock(operation, acquire, sameness))
        by_instruction_.emplace(operation.instruction, &operation);
  }

  Section find() {
    const u32 at = acquire_.instruction;
    const u32 block = pruned_.bodies.instructions[at].block;
    run(block, at + 1, 1);
    while (!pending_.empty()) {
      const auto [next, depth] = *pending_.begin();
      pending_.erase(pending_.begin());
      run(next, pruned_.bodies.blocks[next].first_instruction, depth);
    }
    section_.releases.assign(releases_.begin(), releases_.end());
    if (acquire_.action == LockAction::try_acquire) keep_way_to_releases();
    section_.balanced = section_.balanced && !releases_.empty();
    section_.instructions.assign(held_.begin(), held_.end());
    return std::move(section_);
  }

private:
  // Follows one block from `instruction` on, the lock being held `depth` times.
  void run(u32 id, u32 instruction, u32 depth) {
    const Block& block = pruned_.bodies.blocks[id];
    const u32 end = block.first_instruction + block.instruction_count;
    for (; instruction < end; ++instruction) {
      if (const auto found = by_instruction_.find(instruction); found != by_instruction_.end()) {
        const Operation& operation = *found->second;
        if (operation.action == LockAction::release) {
          if (--depth == 0) releases_.insert(operation.rows.front());
        } else if (instruction != acquire_.instruction && depth < max_depth) {
          ++depth;
        }
      }
      if (depth == 0) return;
      held_.insert(instruction);
    }
    if (block.successors.empty() && !ends_nowhere(block) &&
        acquire_.action != LockAction::try_acquire)
      section_.balanced = false;
    for (const u32 successor : block.successors)
      if (seen_.insert({successor, depth}).second) pending_.insert({successor, depth});
  }

  bool ends_nowhere(const Block& block) const {
    if (block.instruction_count == 0) return false;
    const u32 last = block.first_instruction + block.instruction_count - 1;
    return pruned_.bodies.instructions[last].opcode == "unreachable";
  }

  // Blocks from which a release can be reached; in others the attempt must have failed.
  void keep_way_to_releases() {
    std::set<u32> reaching;
    for (const u32 release : releases_)
      reaching.insert(
          pruned_.bodies.instructions[pruned_.summary.locks[release].instruction].block);
    bool grew = true;
    while (grew) {
      grew = false;
      for (const u32 id : blocks_) {
        if (reaching.contains(id)) continue;
        for (const u32 successor : pruned_.bodies.blocks[id].successors)
          if (reaching.contains(successor)) grew |= reaching.insert(id).second;
      }
    }
    std::erase_if(held_, [&](u32 instruction) {
      return !reaching.contains(pruned_.bodies.instructions[instruction].block);
    });
  }

  const Pruned& pruned_;
  std::span<const u32> blocks_; // of the function
  const Operation& acquire_;
  Section section_;
  std::map<u32, const Operation*> by_instruction_; // operations on this lock
  std::set<std::pair<u32, u32>> pending_;  // block, depth
  std::set<std::pair<u32, u32>> seen_;
  std::set<u32> releases_;
  std::set<u32> held_;
};

} // namespace

LockPlace find_lock_place(const Summary& summary, const LockOperation& lock) {
  LockPlace place{lock.lock, lock.field, lock.global};
  while (place.path != none<PathId>) {
    const Path& path = summary.paths[row(place.path)];
    if (path.step != StepKind::field || path.field == none<FieldId>) break;
    place.field = path.field;
    if (summary.fields[row(path.field)].offset_bits != 0) break;
    place.path = path.parent;
  }
  return place;
}

// Objects of one structure are told apart by their paths, unless that leaves a lock
// without its release: then two paths may well have been one object.
FunctionSections find_sections(const View& view, FunctionId function,
                               const std::vector<u32>& locks) {
  FunctionSections found;
  const std::vector<Operation> operations = find_operations(view.summary(), locks);
  std::set<u32> paired;
  for (const Operation& operation : operations) {
    if (operation.action == LockAction::release) continue;
    Section section = Walk(view, function, operations, operation, Sameness::place).find();
    if (!section.balanced) {
      Section looser = Walk(view, function, operations, operation, Sameness::field).find();
      if (looser.balanced || section.releases.empty()) section = std::move(looser);
    }
    paired.insert(section.releases.begin(), section.releases.end());
    found.sections.push_back(std::move(section));
  }
  for (const Operation& operation : operations)
    if (operation.action == LockAction::release && !paired.contains(operation.rows.front()))
      found.unpaired_releases.push_back(operation.rows.front());
  return found;
}

} // namespace ks::atomic

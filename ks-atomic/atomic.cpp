// SPDX-License-Identifier: MIT
// Critical sections and atomic operations of the code that runs in the domain.

#include "ks-atomic/atomic.hpp"

#include "ks-atomic/held_fields.hpp"
#include "ks-atomic/sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace ks::atomic {
namespace {

class Finder {
public:
  Finder(const View& view, const Shared& shared, const Known& known)
      : view_(view), summary_(view.summary()), shared_(shared), fields_(view, shared),
        families_(known.rows(KnownTable::lock_families)) {
    for (const LockOperation& lock : summary_.locks)
      if (!view.in_domain(lock.function))
        kernel_locks_.insert(find_lock_place(summary_, lock).field);
    kernel_locks_.erase(none<FieldId>);
    for (const ImportedGlobal& global : view.pruned().boundary.imported_globals)
      if (global.use != GlobalUse::library) imported_.insert(global.global);
  }

  Atomic find() {
    std::map<FunctionId, std::vector<u32>> locks; // of the domain, in the table's order
    for (u32 i = 0; i < summary_.locks.size(); ++i) {
      const LockOperation& lock = summary_.locks[i];
      if (view_.in_domain(lock.function) && is_section_action(lock.action))
        locks[lock.function].push_back(i);
    }
    for (const auto& [function, rows] : locks) add_sections(function, rows);
    add_operations();
    return std::move(atomic_);
  }

private:
  static bool is_section_action(LockAction action) {
    switch (action) {
    case LockAction::acquire:
    case LockAction::try_acquire:
    case LockAction::release: return true;
    case LockAction::atomic:
    case LockAction::barrier: return false;
    }
    return false;
  }

  bool has_body(FunctionId function, const std::vector<u32>& locks) const {
    const u32 first = summary_.locks[locks.front()].instruction;
    return !view_.blocks_of(function).empty() && first < view_.pruned().bodies.instructions.size();
  }

  void add_sections(FunctionId function, const std::vector<u32>& locks) {
    if (!has_body(function, locks)) {
      add_sections_without_body(locks);
      return;
    }
    const FunctionSections found = find_sections(view_, function, locks);
    for (const Section& section : found.sections) {
      const FieldUse use = fields_.find(function, section.instructions);
      if (add_section(section, use) && !section.balanced)
        warn(summary_.locks[section.acquire].loc, "unpaired-lock",
             fmt::format("{} is not released on every path through {}",
                         lock_name(summary_.locks[section.acquire]), name(function)));
    }
    for (const u32 release : found.unpaired_releases)
      if (const LockOperation& lock = summary_.locks[release]; is_shared(lock))
        warn(lock.loc, "unpaired-lock",
             lock_name(lock) + " is released here but acquired in another function");
  }

  // Of cloned functions the control flow is not at hand.
  void add_sections_without_body(const std::vector<u32>& locks) {
    for (const u32 id : locks) {
      const LockOperation& lock = summary_.locks[id];
      if (lock.action == LockAction::release) continue;
      Section section;
      section.acquire = id;
      section.balanced = false;
      if (add_section(section, fields_.find_all(lock.function)))
        warn(lock.loc, "unknown-section",
             fmt::format("where {} is released is not known: all of {} counts as inside",
                         lock_name(lock), name(lock.function)));
    }
  }

  const std::string& name(FunctionId function) const {
    return summary_.functions[row(function)].name;
  }

  std::string lock_name(const LockOperation& lock) const {
    const LockPlace place = find_lock_place(summary_, lock);
    if (place.field != none<FieldId>) return summary_.fields[row(place.field)].name;
    if (place.global != none<GlobalId>) return "global " + summary_.globals[row(place.global)].name;
    return lock.family;
  }

  // A lock without a bit of state excludes nobody.
  bool is_shared(const LockOperation& lock) const {
    const LockPlace place = find_lock_place(summary_, lock);
    if (place.global != none<GlobalId>)
      return imported_.contains(place.global) || !summary_.globals[row(place.global)].defined;
    if (place.field != none<FieldId>)
      return summary_.fields[row(place.field)].size_bits > 0 &&
             (kernel_locks_.contains(place.field) || !fields_.touched(place.field).empty());
    // A lock that is no object may be one for the whole kernel.
    const KnownRow* family = find_row(families_, lock.family);
    return family && (*family)[1] == "kernel";
  }

  // Whether it is shared.
  bool add_section(const Section& section, const FieldUse& use) {
    const LockOperation& lock = summary_.locks[section.acquire];
    const LockPlace place = find_lock_place(summary_, lock);
    CriticalSection added;
    added.function = lock.function;
    added.function_name = name(lock.function);
    added.family = lock.family;
    added.lock = lock_name(lock);
    added.field = place.field;
    added.global = place.global;
    added.shared = is_shared(lock);
    added.balanced = section.balanced;
    added.acquire = lock.loc;
    for (const u32 release : section.releases)
      added.releases.push_back(summary_.locks[release].loc);
    const SectionId id{static_cast<u32>(atomic_.sections.size())};
    if (added.shared) add_section_fields(id, use);
    const bool shared = added.shared;
    atomic_.sections.push_back(std::move(added));
    return shared;
  }

  void add_section_fields(SectionId id, const FieldUse& use) {
    for (u32 i = 0; i < shared_.fields.size(); ++i) {
      const SharedField& field = shared_.fields[i];
      SectionField out{id, field.field, field.name, false, false};
      // A field that is only written is fetched too: a value that equals a stale one would
      // look unchanged.
      out.fetch = (use.reads[i] || use.writes[i]) && field.kernel_writes;
      out.send = use.writes[i] && (field.kernel_reads || field.kernel_writes);
      if (out.fetch || out.send) atomic_.fields.push_back(std::move(out));
    }
  }

  void add_operations() {
    std::set<std::pair<u32, u32>> done; // function, instruction
    std::vector<AtomicOperation> operations;
    std::vector<u32> order;
    const auto add = [&](FunctionId function, u32 instruction, const std::string& name,
                         FieldId field, const Loc& loc) {
      if (!done.insert({row(function), instruction}).second) return;
      AtomicOperation operation{function, name, field, "", false, loc};
      if (field != none<FieldId>) {
        operation.field_name = summary_.fields[row(field)].name;
        operation.shared = !fields_.touched(field).empty();
      }
      order.push_back(instruction);
      operations.push_back(std::move(operation));
    };
    for (const LockOperation& lock : summary_.locks)
      if (lock.action == LockAction::atomic && view_.in_domain(lock.function))
        add(lock.function, lock.instruction, lock.name, lock.field, lock.loc);
    for (const Access& access : summary_.accesses)
      if (access.kind == AccessKind::update && view_.in_domain(access.function) &&
          access.path != none<PathId>)
        add(access.function, access.instruction, operation_name(access), access.field, access.loc);
    std::vector<u32> sorted(operations.size());
    for (u32 i = 0; i < sorted.size(); ++i) sorted[i] = i;
    std::sort(sorted.begin(), sorted.end(), [&](u32 a, u32 b) {
      return std::pair(operations[a].function, order[a]) <
             std::pair(operations[b].function, order[b]);
    });
    for (const u32 i : sorted) atomic_.operations.push_back(std::move(operations[i]));
  }

  // The helper that is called, or else the instruction.
  std::string operation_name(const Access& access) const {
    if (access.source == AccessSource::inline_asm) return "asm";
    for (const u32 i : view_.calls_of(access.function))
      if (const Call& call = view_.call(i);
          call.instruction == access.instruction && call.callee != none<FunctionId>)
        return name(call.callee);
    const auto& instructions = view_.pruned().bodies.instructions;
    return access.instruction < instructions.size() ? instructions[access.instruction].opcode
                                                    : "update";
  }

  const View& view_;
  const Summary& summary_;
  const Shared& shared_;
  HeldFields fields_;
  KnownRows families_;
  std::set<FieldId> kernel_locks_;
  std::set<GlobalId> imported_;
  Atomic atomic_;
};

} // namespace

// What a section must copy follows from its own accesses, whatever the crossings copy.
Atomic find_atomic(const Pruned& pruned, const Shared& shared, const Known& known) {
  const View view(pruned);
  Atomic atomic = Finder(view, shared, known).find();
  report_pass("sections", pruned.summary.locks.size(), atomic.sections.size());
  return atomic;
}

} // namespace ks::atomic

// SPDX-License-Identifier: MIT
// Critical sections and atomic operations of the code that runs in the domain, and what of it must run
// at the owner's side.

#include "ks-atomic/atomic.hpp"

#include "ks-atomic/held_fields.hpp"
#include "ks-atomic/merging.hpp"
#include "ks-atomic/sections.hpp"
#include "ks-atomic/sharing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace ks::atomic {
namespace {

class Finder {
public:
  Finder(const View& view, const Shared& shared, const Known& known)
      : view_(view), summary_(view.summary()), shared_(shared), fields_(view, shared),
        sharing_(view, known) {}

  Atomic find() {
    for (const Section& section : find_sections(view_)) add_section(section);
    add_operations();
    Merges merges = find_merges(view_, shared_);
    atomic_.merged = std::move(merges.fields);
    std::move(merges.sites.begin(), merges.sites.end(), std::back_inserter(atomic_.sites));
    sort_sites();
    return std::move(atomic_);
  }

private:
  const std::string& name(FunctionId function) const {
    return summary_.functions[row(function)].name;
  }

  // By what is known of it: its outermost field, its variable, or its family.
  void name_lock(const Lock& lock, CriticalSection& named) const {
    named.family = named.lock = lock.family;
    for (const LockName& one : lock.names) {
      const std::vector<FieldId> fields = fields_of(one);
      if (!is_known(one)) continue;
      named.global = global_of(one);
      if (fields.empty()) {
        named.lock = "global " + summary_.globals[row(named.global)].name;
      } else {
        named.field = fields.back();
        named.lock = summary_.fields[row(named.field)].name;
      }
      return;
    }
  }

  void add_section(const Section& section) {
    CriticalSection added;
    added.function = section.function;
    added.function_name = name(section.function);
    name_lock(section.lock, added);
    added.shared = sharing_.is_shared(section.lock);
    added.balanced = section.balanced;
    added.acquire = section.acquire == no_row ? summary_.functions[row(section.function)].loc
                                              : summary_.locks[section.acquire].loc;
    for (const u32 release : section.releases)
      added.releases.push_back(summary_.locks[release].loc);
    if (added.shared) {
      warn_of(section, added);
      add_section_fields(SectionId{static_cast<u32>(atomic_.sections.size())},
                         fields_.find(section));
      add_site(section.acquire, added);
      for (const u32 release : section.releases) add_site(release, added);
    }
    atomic_.sections.push_back(std::move(added));
  }

  // Unless the call goes to the kernel by itself.
  void add_site(u32 lock, const CriticalSection& section) {
    if (lock == no_row || !listed_.insert(lock).second) return;
    const LockOperation& operation = summary_.locks[lock];
    for (const u32 call : view_.calls_of(operation.function))
      if (view_.call(call).instruction == operation.instruction && leaves_domain(call)) return;
    OwnerSite site;
    site.function = operation.function;
    site.function_name = name(operation.function);
    site.operation = operation.name;
    site.field = section.field;
    site.what = section.lock;
    site.reason = SiteReason::shared_lock;
    site.loc = operation.loc;
    atomic_.sites.push_back(std::move(site));
  }

  bool leaves_domain(u32 call) const {
    std::set<u32> seen{call};
    std::vector<u32> pending{call};
    while (!pending.empty()) {
      const u32 at = pending.back();
      pending.pop_back();
      for (const FunctionId target : view_.targets_of(CallId{at})) {
        if (!view_.in_domain(target) && !view_.is_library(target)) return true;
        for (const u32 inner : view_.calls_of(target))
          if (view_.in_domain(target) && seen.insert(inner).second) pending.push_back(inner);
      }
    }
    return false;
  }

  void sort_sites() {
    std::stable_sort(atomic_.sites.begin(), atomic_.sites.end(), [](const auto& a, const auto& b) {
      return std::tuple(a.function, a.loc.file, a.loc.line, a.loc.column) <
             std::tuple(b.function, b.loc.file, b.loc.line, b.loc.column);
    });
  }

  void warn_of(const Section& section, const CriticalSection& added) const {
    if (section.balanced) return;
    if (section.acquire == no_row) {
      warn(added.releases.front(), "unpaired-lock",
           fmt::format("{} is released here and acquired nowhere: it counts as held from the entry "
                       "of {} on",
                       added.lock, added.function_name));
    } else if (summary_.locks[section.acquire].instruction == no_row) {
      warn(added.acquire, "unknown-section",
           fmt::format("where {} is released is not known: all of {} counts as inside", added.lock,
                       added.function_name));
    } else {
      warn(added.acquire, "unpaired-lock",
           fmt::format("{} is not released on every path through {}", added.lock,
                       added.function_name));
    }
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
      AtomicOperation operation{function, name, Update::none, false, field, "", false, loc};
      for (const u32 i : view_.accesses_of(function)) {
        const Access& access = summary_.accesses[i];
        if (access.instruction != instruction || access.kind != AccessKind::update) continue;
        operation.update = access.update;
        operation.used = access.used;
      }
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
      // What a modelled function changes it changes bit by bit: strcat().
      if (access.kind == AccessKind::update && access.source != AccessSource::model &&
          view_.in_domain(access.function) && access.path != none<PathId>)
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
  Sharing sharing_;
  std::set<u32> listed_; // rows of locks
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

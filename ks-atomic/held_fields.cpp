// SPDX-License-Identifier: MIT
// Fields touched inside of sections. Functions of the domain are few, so that whole-function
// uses are found by going round until nothing changes.

#include "ks-atomic/held_fields.hpp"

namespace ks::atomic {
namespace {

// By field: the shared fields, by their rows, that share bits with it. A field without a bit,
// such as a lock that this configuration has no state of, is touched by nobody.
Groups find_touched(const Summary& summary, const Shared& shared) {
  std::vector<u32> shared_rows(summary.fields.size(), no_row);
  for (u32 i = 0; i < shared.fields.size(); ++i) shared_rows[row(shared.fields[i].field)] = i;
  const Groups overlaps = find_overlaps(summary, SameStructure::name);
  std::vector<std::pair<u32, u32>> touched;
  for (u32 i = 0; i < summary.fields.size(); ++i)
    for (const u32 other : overlaps.of(i))
      if (shared_rows[other] != no_row && (other != i || summary.fields[i].size_bits > 0))
        touched.emplace_back(i, shared_rows[other]);
  return Groups(summary.fields.size(), touched);
}

} // namespace

HeldFields::HeldFields(const View& view, const Shared& shared)
    : view_(view), shared_(shared), touched_(find_touched(view.summary(), shared)) {
  find_uses();
}

void HeldFields::add_access(const Access& access, FieldUse& use) const {
  if (access.field == none<FieldId>) return;
  for (const u32 shared : touched(access.field)) {
    switch (access.kind) {
    case AccessKind::read: use.reads[shared] = true; break;
    case AccessKind::write: use.writes[shared] = true; break;
    case AccessKind::update: use.reads[shared] = use.writes[shared] = true; break;
    case AccessKind::free:
    case AccessKind::compare: break;
    }
  }
}

bool HeldFields::add_callee(FunctionId callee, FieldUse& use) const {
  if (!view_.in_domain(callee)) return false;
  bool grew = false;
  const FieldUse& inner = uses_[row(callee)];
  for (u32 i = 0; i < use.reads.size(); ++i) {
    grew |= (inner.reads[i] && !use.reads[i]) || (inner.writes[i] && !use.writes[i]);
    use.reads[i] = use.reads[i] || inner.reads[i];
    use.writes[i] = use.writes[i] || inner.writes[i];
  }
  return grew;
}

void HeldFields::find_uses() {
  const std::vector<bool> nothing(shared_.fields.size());
  uses_.assign(view_.function_count(), FieldUse{});
  for (u32 i = 0; i < uses_.size(); ++i) {
    if (!view_.in_domain(FunctionId{i})) continue;
    uses_[i] = FieldUse{nothing, nothing};
    for (const u32 access : view_.accesses_of(FunctionId{i}))
      add_access(view_.summary().accesses[access], uses_[i]);
  }
  for (bool grew = true; grew;) {
    grew = false;
    for (const u32 call : view_.domain_calls())
      for (const FunctionId target : view_.targets_of(CallId{call}))
        grew |= add_callee(target, uses_[row(view_.call(call).caller)]);
  }
}

FieldUse HeldFields::find(const Section& section) const {
  const std::vector<bool> nothing(shared_.fields.size());
  FieldUse use{nothing, nothing};
  for (const auto& [function, held] : section.held)
    for (const u32 i : view_.accesses_of(function))
      if (held.contains(view_.summary().accesses[i].instruction))
        add_access(view_.summary().accesses[i], use);
  for (const FunctionId function : section.whole) add_callee(function, use);
  return use;
}

} // namespace ks::atomic

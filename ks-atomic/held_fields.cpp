// SPDX-License-Identifier: MIT
// Fields touched inside of sections. Functions of the domain are few, so that whole-function
// uses are found by going round until nothing changes.

#include "ks-atomic/held_fields.hpp"

#include <algorithm>
#include <map>

namespace ks {

HeldFields::HeldFields(const Pruned& pruned, const Shared& shared)
    : pruned_(pruned), shared_(shared), in_domain_(pruned.summary.functions.size()),
      accesses_(in_domain_.size()), calls_(in_domain_.size()),
      targets_(pruned.summary.calls.size()) {
  for (const Placement& placement : pruned.boundary.placements)
    in_domain_[row(placement.function)] =
        placement.side == Side::driver || placement.side == Side::cloned;
  const Summary& summary = pruned.summary;
  for (u32 i = 0; i < summary.accesses.size(); ++i)
    if (in_domain_[row(summary.accesses[i].function)])
      accesses_[row(summary.accesses[i].function)].push_back(i);
  for (u32 i = 0; i < summary.calls.size(); ++i) {
    if (!in_domain_[row(summary.calls[i].caller)]) continue;
    calls_[row(summary.calls[i].caller)].push_back(i);
    if (summary.calls[i].callee != none<FunctionId>) targets_[i].push_back(summary.calls[i].callee);
  }
  for (const CallTarget& target : pruned.boundary.targets)
    targets_[row(target.call)].push_back(target.target);
  find_touched();
  find_uses();
}

void HeldFields::find_touched() {
  const Summary& summary = pruned_.summary;
  std::map<std::string, std::vector<u32>> by_structure;
  const auto structure_of = [&](const Field& field) -> const std::string& {
    return summary.types[row(field.structure)].name;
  };
  for (u32 i = 0; i < shared_.fields.size(); ++i)
    by_structure[structure_of(summary.fields[row(shared_.fields[i].field)])].push_back(i);
  touched_.resize(summary.fields.size());
  for (u32 i = 0; i < touched_.size(); ++i) {
    const Field& field = summary.fields[i];
    if (field.structure == none<TypeId>) continue;
    const auto candidates = by_structure.find(structure_of(field));
    if (candidates == by_structure.end()) continue;
    for (const u32 shared : candidates->second) {
      const Field& other = summary.fields[row(shared_.fields[shared].field)];
      if (field.offset_bits < other.offset_bits + other.size_bits &&
          other.offset_bits < field.offset_bits + field.size_bits)
        touched_[i].push_back(shared);
    }
  }
}

void HeldFields::add_access(const Access& access, FieldUse& use) const {
  if (access.field == none<FieldId>) return;
  for (const u32 shared : touched_[row(access.field)]) {
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
  if (!in_domain(callee)) return false;
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
  uses_.assign(in_domain_.size(), FieldUse{});
  for (u32 i = 0; i < uses_.size(); ++i) {
    if (!in_domain_[i]) continue;
    uses_[i] = FieldUse{nothing, nothing};
    for (const u32 access : accesses_[i]) add_access(pruned_.summary.accesses[access], uses_[i]);
  }
  for (bool grew = true; grew;) {
    grew = false;
    for (u32 i = 0; i < uses_.size(); ++i)
      for (const u32 call : calls_[i])
        for (const FunctionId target : targets_[call]) grew |= add_callee(target, uses_[i]);
  }
}

FieldUse HeldFields::find(FunctionId function, const std::vector<u32>& instructions) const {
  const std::vector<bool> nothing(shared_.fields.size());
  FieldUse use{nothing, nothing};
  const auto is_held = [&](u32 instruction) {
    return std::binary_search(instructions.begin(), instructions.end(), instruction);
  };
  for (const u32 i : accesses_[row(function)])
    if (is_held(pruned_.summary.accesses[i].instruction))
      add_access(pruned_.summary.accesses[i], use);
  for (const u32 call : calls_[row(function)])
    if (is_held(pruned_.summary.calls[call].instruction))
      for (const FunctionId target : targets_[call]) add_callee(target, use);
  return use;
}

} // namespace ks

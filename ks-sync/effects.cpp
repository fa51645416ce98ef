// SPDX-License-Identifier: MIT
// Effects bottom-up over the components of the kernel's call graph.

#include "ks-sync/effects.hpp"

namespace ks::sync {

bool FieldSet::empty() const {
  for (const u64 word : words_)
    if (word != 0) return false;
  return true;
}

bool FieldSet::add_all(const FieldSet& other) {
  bool grew = false;
  for (u64 i = 0; i < words_.size(); ++i) {
    grew |= (other.words_[i] & ~words_[i]) != 0;
    words_[i] |= other.words_[i];
  }
  return grew;
}

FieldSet FieldSet::operator&(const FieldSet& other) const {
  FieldSet both = *this;
  for (u64 i = 0; i < words_.size(); ++i) both.words_[i] &= other.words_[i];
  return both;
}

FieldSet FieldSet::operator|(const FieldSet& other) const {
  FieldSet either = *this;
  either.add_all(other);
  return either;
}

namespace {

void add_own_accesses(const View& program, const Layout& layout, FunctionId function,
                      Effect& effect) {
  for (const u32 i : program.accesses_of(function)) {
    const Access& access = program.summary().accesses[i];
    if (access.field == none<FieldId>) continue;
    for (const u32 field : layout.touched(access.field)) {
      switch (access.kind) {
      case AccessKind::read: effect.reads.add(field); break;
      case AccessKind::write: effect.writes.add(field); break;
      case AccessKind::update:
        effect.reads.add(field);
        effect.writes.add(field);
        break;
      case AccessKind::free:
      case AccessKind::compare: break;
      }
    }
  }
}

} // namespace

// Members of a component call each other, so they have one effect in common.
std::vector<Effect> find_kernel_effects(const View& program, const Layout& layout) {
  const u64 fields = layout.shared().fields.size();
  const Groups callees = program.callees_in_kernel();
  std::vector<Effect> effects(callees.size(), Effect{FieldSet(fields), FieldSet(fields)});
  for (const std::vector<u32>& component : find_components(callees)) {
    Effect common{FieldSet(fields), FieldSet(fields)};
    for (const u32 function : component) {
      if (program.in_kernel(FunctionId{function}))
        add_own_accesses(program, layout, FunctionId{function}, common);
      for (const u32 callee : callees.of(function)) {
        common.reads.add_all(effects[callee].reads);
        common.writes.add_all(effects[callee].writes);
      }
    }
    for (const u32 function : component) effects[function] = common;
  }
  return effects;
}

} // namespace ks::sync

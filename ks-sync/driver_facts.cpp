// SPDX-License-Identifier: MIT
// Facts about the driver's code as a whole.

#include "ks-sync/driver_facts.hpp"

namespace ks::sync {

DriverFacts::DriverFacts(const View& program, const Layout& layout,
                         const std::vector<PathSummary>& summaries, const PerCpu& per_cpu)
    : program_(program), layout_(layout), per_cpu_(per_cpu),
      followed_(program.summary().fields.size()), entered_(program.summary().types.size()),
      made_(program.summary().types.size()) {
  const Summary& summary = program.summary();
  for (u32 i = 0; i < entered_.size(); ++i)
    entered_[i].resize(layout.embedded_in(TypeId{i}).size());
  for (const PathSummary& one : summaries) add_places(one);
  for (const Initializer& initializer : summary.initializers)
    if (program_.is_driver(initializer.global))
      enter_at(layout.resolve(summary.globals[row(initializer.global)].type),
               initializer.offset_bits);
  add_made_objects(summaries);
  add_private_structures(summaries);
}

void DriverFacts::add_places(const PathSummary& summary) {
  for (const Place& place : summary.places) {
    if (place.field != none<FieldId>) enter(place.field);
    if (place.step != StepKind::dereference || place.parent == no_row) continue;
    u32 pointer = place.parent;
    while (pointer != no_row && summary.places[pointer].step == StepKind::element)
      pointer = summary.places[pointer].parent;
    if (pointer != no_row && summary.places[pointer].field != none<FieldId>)
      followed_[row(summary.places[pointer].field)] = true;
  }
}

void DriverFacts::enter(FieldId id) {
  const Field& field = layout_.field(id);
  const TypeId outer = layout_.resolve(field.structure);
  if (outer == none<TypeId>) return;
  const std::vector<Embedded>& embedded = layout_.embedded_in(outer);
  for (u32 n = 0; n < embedded.size(); ++n)
    if (embedded[n].offset_bits == field.offset_bits && embedded[n].size_bits == field.size_bits)
      entered_[row(outer)][n] = true;
}

void DriverFacts::enter_at(TypeId outer, u64 offset_bits) {
  if (outer == none<TypeId>) return;
  const Type& type = program_.summary().types[row(outer)];
  if (type.kind == TypeKind::array) {
    const TypeId element = layout_.resolve(type.element);
    if (element == none<TypeId>) return;
    const u64 size = program_.summary().types[row(element)].size * 8;
    if (size != 0) enter_at(element, offset_bits % size);
    return;
  }
  const std::vector<Embedded>& embedded = layout_.embedded_in(outer);
  for (u32 n = 0; n < embedded.size(); ++n) {
    const Embedded& inner = embedded[n];
    if (offset_bits < inner.offset_bits || offset_bits >= inner.offset_bits + inner.size_bits)
      continue;
    entered_[row(outer)][n] = true;
    const u64 size = program_.summary().types[row(inner.structure)].size * 8;
    if (size != 0) enter_at(inner.structure, (offset_bits - inner.offset_bits) % size);
  }
}

// The structure and everything embedded in it.
void DriverFacts::add_made(TypeId type, std::vector<bool>& into) const {
  TypeId structure = layout_.resolve(type);
  while (structure != none<TypeId> &&
         program_.summary().types[row(structure)].kind == TypeKind::array)
    structure = layout_.resolve(program_.summary().types[row(structure)].element);
  if (!layout_.is_structure(structure) || into[row(structure)]) return;
  into[row(structure)] = true;
  for (const Embedded& inner : layout_.embedded_in(structure)) add_made(inner.structure, into);
}

void DriverFacts::add_made_objects(const std::vector<PathSummary>& summaries) {
  const Summary& summary = program_.summary();
  for (u32 i = 0; i < summary.globals.size(); ++i)
    if (program_.is_driver(GlobalId{i})) add_made(summary.globals[i].type, made_);
  for (const PathSummary& one : summaries) {
    for (const Place& place : one.places) {
      if (place.step == StepKind::local) add_made(place.type, made_);
      if (place.step != StepKind::dereference || place.parent == no_row) continue;
      const Place& pointer = one.places[place.parent];
      bool made = pointer.step == StepKind::allocation;
      if (pointer.step == StepKind::call_result && pointer.index < summary.calls.size())
        for (const FunctionId target : program_.targets_of(CallId{pointer.index}))
          made |= program_.is_library(target);
      if (made) add_made(place.type, made_);
    }
  }
}

void DriverFacts::add_private_structures(const std::vector<PathSummary>& summaries) {
  std::vector<bool> known_to_kernel(made_.size());
  for (const Path& path : program_.summary().paths)
    if (path.function != none<FunctionId> && !program_.in_domain(path.function))
      add_made(path.type, known_to_kernel);
  for (const PathSummary& one : summaries) {
    for (const Place& place : one.places) {
      const TypeId structure = layout_.resolve(place.type);
      if (layout_.is_structure(structure) && !known_to_kernel[row(structure)])
        add_made(structure, made_);
    }
  }
}

} // namespace ks::sync

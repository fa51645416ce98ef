// SPDX-License-Identifier: MIT
#include "ks-atomic/sharing.hpp"

#include <algorithm>

namespace ks::atomic {
namespace {

std::string_view folder_of(std::string_view file) {
  const size_t slash = file.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : file.substr(0, slash);
}

} // namespace

Sharing::Sharing(const View& view, const Known& known)
    : view_(view), types_(view.summary()), families_(known.rows(KnownTable::lock_families)),
      locks_(known.rows(KnownTable::locks)) {
  find_lock_types();
  find_structures();
  find_pointers();
  find_initializers();
}

// What operations on locks are passed.
void Sharing::find_lock_types() {
  for (const Function& function : view_.summary().functions) {
    const KnownRow* lock = find_row(locks_, function.name);
    if (!lock) continue;
    const std::span<const Member> parameters = types_.members(function.type);
    const u32 number = lock->number(3);
    if (number >= parameters.size() || !types_.is_pointer(parameters[number].type)) continue;
    const TypeId pointee = types_.at(types_.strip(parameters[number].type)).element;
    if (const TypeId type = types_.strip(pointee); type != none<TypeId>)
      lock_types_.insert(types_.at(type).name);
  }
}

// Declared in a source of the driver, or beside one where the kernel has none.
void Sharing::find_structures() {
  const Summary& summary = view_.summary();
  std::vector<bool> driver(summary.units.size());
  for (u32 i = 0; i < view_.function_count(); ++i)
    if (view_.side(FunctionId{i}) == Side::driver && view_.function(FunctionId{i}).defined)
      driver[row(view_.function(FunctionId{i}).unit)] = true;
  std::set<std::string_view> sources;
  std::set<std::string_view> folders;
  for (u32 i = 0; i < summary.units.size(); ++i) {
    if (!driver[i]) continue;
    sources.insert(summary.units[i].name);
    folders.insert(folder_of(summary.units[i].name));
  }
  for (u32 i = 0; i < summary.units.size(); ++i)
    if (!driver[i]) folders.erase(folder_of(summary.units[i].name));
  for (const Type& type : summary.types)
    if (types_.is_structure(TypeId{static_cast<u32>(&type - summary.types.data())}) &&
        (sources.contains(type.file) || folders.contains(folder_of(type.file))))
      own_.insert(type.name);
  // What the kernel's code looks into is no longer the driver's own, wherever it is declared.
  const auto look_into = [&](FieldId field) {
    if (field != none<FieldId>) own_.erase(summary.types[row(structure_of(field))].name);
  };
  for (const Path& path : summary.paths)
    if (view_.side(path.function) == Side::kernel && path.step == StepKind::field)
      look_into(path.field);
  for (const Access& access : summary.accesses)
    if (view_.side(access.function) == Side::kernel) look_into(access.field);
}

// An operation on a lock, by its name: it goes no further than that.
bool Sharing::is_operation(FunctionId function) const {
  return find_row(locks_, view_.function(function).name) != nullptr;
}

void Sharing::find_pointers() {
  const Summary& summary = view_.summary();
  for (const u32 call : view_.domain_calls()) {
    const std::span<const FunctionId> targets = view_.targets_of(CallId{call});
    const bool stays = !targets.empty() && std::ranges::all_of(targets, [&](FunctionId target) {
      return view_.in_domain(target) || view_.is_library(target) || is_operation(target);
    });
    if (stays) continue;
    const std::span<const Member> parameters = types_.members(view_.call(call).signature);
    for (const u32 i : view_.arguments_of(CallId{call})) {
      const Argument& argument = summary.arguments[i];
      add_pointer(argument.path, argument.index < parameters.size()
                                     ? parameters[argument.index].type
                                     : none<TypeId>);
    }
  }
  for (const Access& access : summary.accesses) {
    if (!view_.in_domain(access.function) || access.value == none<PathId>) continue;
    // A variable of a function is not seen from outside; who gets it is passed it.
    const bool local =
        access.path != none<PathId> && view_.path(access.path).step == StepKind::local;
    const TypeId wanted =
        access.field == none<FieldId> ? none<TypeId> : summary.fields[row(access.field)].type;
    if (!local) add_pointer(access.value, wanted);
  }
}

// `wanted`: what the pointer is declared as. An object is passed without its lock being meant, even
// if the lock comes first, unless that type says so.
void Sharing::add_pointer(PathId value, TypeId wanted) {
  if (value == none<PathId> || view_.path(value).step != StepKind::address) return;
  TypeId pointee = none<TypeId>;
  if (types_.is_pointer(wanted)) pointee = types_.complete(types_.at(types_.strip(wanted)).element);
  PathId at = view_.path(value).parent;
  if (at == none<PathId>) return;
  const Path& place = view_.path(at);
  if (place.step == StepKind::global) {
    escaping_variables_.insert(place.global);
  }
  // Whatever starts there, from the inside.
  while (at != none<PathId> && view_.path(at).step == StepKind::field &&
         view_.path(at).field != none<FieldId>) {
    const FieldId field = view_.path(at).field;
    escaping_.insert(field);
    if (view_.summary().fields[row(field)].offset_bits != 0) return;
    at = view_.path(at).parent;
  }
  // An object whose first field, or the first of that one, has the type that is wanted.
  const TypeId object = types_.complete(place.type);
  if (pointee == none<TypeId> || pointee == object || !types_.is_structure(object)) return;
  for (u32 i = 0; i < view_.summary().fields.size(); ++i) {
    const Field& field = view_.summary().fields[i];
    if (field.structure != none<TypeId> && types_.complete(field.structure) == object &&
        field.offset_bits == 0)
      escaping_.insert(FieldId{i});
  }
}

void Sharing::find_initializers() {
  for (const Initializer& value : view_.summary().initializers)
    if (value.kind == ValueKind::global && value.target != none<GlobalId>)
      escaping_variables_.insert(value.target);
}

bool Sharing::is_shared(const LockName& name) const {
  const Summary& summary = view_.summary();
  const std::vector<FieldId> fields = fields_of(name);
  const GlobalId variable = global_of(name);
  // A lock without a bit of state excludes nobody.
  if (!fields.empty() && summary.fields[row(fields.back())].size_bits == 0) return false;
  if (fields.empty()) {
    if (variable == none<GlobalId>) return true;
    const Global& row_of = summary.globals[row(variable)];
    return !row_of.defined || row_of.exported || escaping_variables_.contains(variable) ||
           std::ranges::any_of(
               view_.pruned().boundary.imported_globals, [&](const ImportedGlobal& imported) {
                 return imported.global == variable && imported.use != GlobalUse::library;
               });
  }
  if (variable != none<GlobalId> && !summary.globals[row(variable)].defined) return true;
  // What holds the lock is the driver's; what is inside of it, everybody's.
  bool is_held = false;
  for (const FieldId field : fields) {
    if (escaping_.contains(field)) return true;
    const std::string& structure = summary.types[row(structure_of(field))].name;
    if (!is_held && lock_types_.contains(structure)) continue;
    is_held = true;
    if (!own_.contains(structure)) return true;
  }
  return !is_held;
}

bool Sharing::is_shared(const Lock& lock) const {
  // Of a lock that is no object, its family says whether there is one for the whole kernel; of an
  // object that is not known, nothing is proved.
  const KnownRow* family = find_row(families_, lock.family);
  const std::string_view scope = family ? (*family)[1] : std::string_view("object");
  if (scope != "object") return scope == "kernel";
  return lock.names.empty() ||
         std::ranges::any_of(lock.names, [&](const LockName& name) { return is_shared(name); });
}

} // namespace ks::atomic

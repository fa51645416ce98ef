// SPDX-License-Identifier: MIT
#include "ks-prune/digest.hpp"

#include <algorithm>
#include <set>

namespace ks::prune {

namespace {

template <class T>
void sort_unique(std::vector<T>& rows) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
}

// One pass over each table, sorting its rows into the functions they belong to.
class Digester {
public:
  Digester(const Summary& summary, const std::vector<Key>& keys, const KnownRows& lock_families)
      : summary_(summary), types_(summary), keys_(keys), lock_families_(lock_families) {}

  UnitDigest run() {
    add_rows();
    add_paths();
    add_accesses();
    add_calls();
    for (const Return& value : summary_.returns) add_escape(body(value.function), path(value.path));
    add_flows();
    add_handed();
    add_answers();
    add_obstacles();
    for (FunctionDigest& body : digest_.bodies) tidy(body);
    return std::move(digest_);
  }

private:
  Key key(TypeId id) const { return id == none<TypeId> ? no_key : keys_[row(id)]; }
  FunctionDigest& body(FunctionId id) { return digest_.bodies[row(id)]; }

  void add_rows() {
    if (!summary_.units.empty()) digest_.name = summary_.units.front().name;
    digest_.units = summary_.units;
    for (const Field& field : summary_.fields) {
      digest_.fields.push_back({key(field.structure), field.offset_bits, field.size_bits});
      digest_.field_names.push_back(field.name);
      digest_.field_types.push_back(key(field.type));
    }
    for (const Function& function : summary_.functions) {
      digest_.function_types.push_back(key(function.type));
      digest_.signatures.push_back(signature_key(summary_, function.type));
      digest_.function_keys.push_back(
          symbol_key(SymbolSide::kernel, function, summary_.units.front()));
    }
    digest_.functions = summary_.functions;
    digest_.bodies.resize(summary_.functions.size());
    digest_.globals = summary_.globals;
    for (const Global& global : summary_.globals) {
      digest_.global_types.push_back(key(global.type));
      digest_.global_keys.push_back(symbol_key(SymbolSide::kernel, global, summary_.units.front()));
    }
    digest_.aliases = summary_.aliases;
    for (const Initializer& value : summary_.initializers) {
      digest_.initializers.push_back({row(value.global), row(value.field), row(value.function),
                                      row(value.target), value.addend});
    }
  }

  void block(FunctionDigest& body, Obstacle obstacle) {
    if (body.obstacle == Obstacle::none || obstacle < body.obstacle) body.obstacle = obstacle;
  }

  void add_paths() {
    for (const Path& path : summary_.paths) {
      FunctionDigest& at = body(path.function);
      if (path.step == StepKind::function) at.named.push_back(row(path.target));
      if (path.step == StepKind::global) at.named_globals.push_back(row(path.global));
    }
  }

  const Path* path(PathId id) const {
    return id == none<PathId> ? nullptr : &summary_.paths[row(id)];
  }

  const Path& root(const Path& from) const {
    const Path* at = &from;
    while (at->parent != none<PathId>) at = path(at->parent);
    return *at;
  }

  // Who computes from what was there runs with the owner, which may do so meanwhile. A number that the
  // function has set itself before, in the order of its code, it only gives to its caller; that it
  // may have been set on some ways only is not seen.
  void find_updates() {
    std::set<PathId> read, set;
    for (const Access& access : summary_.accesses)
      if (access.kind == AccessKind::read && access.field != none<FieldId> &&
          access.path != none<PathId>)
        read.insert(access.path);
    for (const Access& access : summary_.accesses) {
      if (access.kind != AccessKind::write || !is_of_others(access.path)) continue;
      const bool computed = access.update != Update::none || read.contains(access.path);
      if (computed && !set.contains(access.path)) block(body(access.function), Obstacle::atomic);
      if (!computed && access.field == none<FieldId>) set.insert(access.path);
    }
  }

  bool is_of_others(PathId place) const {
    return place != none<PathId> && root(*path(place)).step != StepKind::local;
  }

  // The same by functions that do nothing but read, or write, one field of what they are passed:
  // set(d, get(d) + 1). By callee: the field; no_row if it is no such function.
  void find_accessors(AccessKind kind, std::vector<u32>& fields) const {
    std::vector<bool> others(digest_.bodies.size());
    fields.assign(digest_.bodies.size(), no_row);
    for (const Access& access : summary_.accesses) {
      const u32 function = row(access.function);
      const bool fits = access.kind == kind && access.field != none<FieldId> &&
                        access.path != none<PathId> &&
                        root(*path(access.path)).step == StepKind::argument;
      if (!fits || fields[function] != no_row) others[function] = true;
      if (fits) fields[function] = row(access.field);
    }
    for (const Call& call : summary_.calls) others[row(call.caller)] = true;
    for (u32 i = 0; i < others.size(); ++i)
      if (others[i]) fields[i] = no_row;
  }

  void find_updates_by_accessors() {
    std::vector<u32> reads, writes;
    find_accessors(AccessKind::read, reads);
    find_accessors(AccessKind::write, writes);
    std::set<std::pair<u32, u32>> called, read; // function, field
    for (const Call& call : summary_.calls)
      if (call.kind == CallKind::direct && reads[row(call.callee)] != no_row)
        called.insert({row(call.caller), reads[row(call.callee)]});
    read = called;
    for (const Access& access : summary_.accesses)
      if (access.kind == AccessKind::read && access.field != none<FieldId>)
        read.insert({row(access.function), row(access.field)});
    for (const Call& call : summary_.calls)
      if (call.kind == CallKind::direct && writes[row(call.callee)] != no_row &&
          read.contains({row(call.caller), writes[row(call.callee)]}))
        block(body(call.caller), Obstacle::atomic);
    for (const Access& access : summary_.accesses)
      if (access.kind == AccessKind::write && is_of_others(access.path) &&
          called.contains({row(access.function), row(access.field)}))
        block(body(access.function), Obstacle::atomic);
  }

  void add_accesses() {
    find_updates();
    find_updates_by_accessors();
    for (const Access& access : summary_.accesses) {
      FunctionDigest& at = body(access.function);
      add_touch(at.touches, access);
      add_handled(at, access);
      if (access.kind == AccessKind::update) block(at, Obstacle::atomic);
      if (access.kind == AccessKind::free) {
        block(at, Obstacle::frees);
        add_freed(at, path(access.path));
      }
      const Path* place = path(access.path);
      const bool known = place != nullptr && root(*place).step != StepKind::unknown &&
                         root(*place).step != StepKind::integer;
      if (!known) block(at, Obstacle::unknown);
      add_escape(at, path(access.value));
    }
  }

  // An argument that is stored, one that is freed, or that leads to memory without fields. Who frees from a
  // member on, or from a place computed from the pointer, frees the object; but not who frees what
  // a member points to.
  void add_handled(FunctionDigest& at, const Access& access) const {
    const bool plain = access.field == none<FieldId> && access.global == none<GlobalId>;
    const bool frees = access.kind == AccessKind::free;
    if (const u32 stored = argument_of_value(summary_, access.value); stored != no_row)
      at.handled.push_back(stored);
    if (!frees && !plain) return;
    const Path* place = path(access.path);
    while (frees && place != nullptr && is_part_step(place->step)) place = path(place->parent);
    for (; place != nullptr; place = path(place->parent)) {
      if (place->step == StepKind::argument) at.handled.push_back(place->index);
      if (place->step == StepKind::field) return;
    }
  }

  void add_freed(FunctionDigest& at, const Path* place) const {
    while (place != nullptr && is_part_step(place->step)) place = path(place->parent);
    if (place == nullptr || place->step != StepKind::dereference) return;
    const Path* kept = path(place->parent);
    if (kept->step == StepKind::field) at.freed_fields.push_back(row(kept->field));
    if (kept->step == StepKind::global) at.freed_globals.push_back(row(kept->global));
  }

  static bool writes(const Access& access) {
    return access.kind == AccessKind::write || access.kind == AccessKind::update;
  }

  void add_touch(Touches& to, const Access& access) const {
    if (access.kind == AccessKind::free) return;
    if (access.field != none<FieldId>) {
      FieldTouch touch = place(path(access.path), row(access.field));
      touch.writes = writes(access);
      touch.reads = access.kind != AccessKind::write;
      if (access.global != none<GlobalId>) touch.variable = row(access.global);
      to.fields.push_back(touch);
    }
    if (access.global != none<GlobalId>) {
      to.globals.push_back(row(access.global));
      if (writes(access)) to.written_globals.push_back(row(access.global));
    }
  }

  // Up from a place to the object that it is in.
  FieldTouch place(const Path* at, u32 field) const {
    FieldTouch touch{field, field};
    for (; at != nullptr; at = path(at->parent)) {
      if (at->step == StepKind::field) touch.enclosing = row(at->field);
      if (at->step != StepKind::field && at->step != StepKind::element) break;
    }
    if (at != nullptr && at->step == StepKind::global) {
      touch.variable = row(at->global);
      if (touch.alone()) touch.enclosing = no_row;
    }
    if (at == nullptr || at->step != StepKind::dereference) return touch;
    const Path* pointer = path(at->parent);
    if (pointer->step == StepKind::argument) touch.argument = pointer->index;
    return touch;
  }

  void add_handed() {
    const Spots spots(types_, keys_);
    std::vector<u32> next(digest_.bodies.size());
    for (const Access& access : summary_.accesses) {
      Handed made;
      made.access = next[row(access.function)]++;
      if (access.field != none<FieldId>) continue;
      if (access.kind == AccessKind::free || access.kind == AccessKind::compare) continue;
      if (access.path != none<PathId>) made.spot = spots.of_place(access.path);
      made.loaded = !made.spot.is_known() && access.global == none<GlobalId> &&
                    spots.is_loaded_place(access.path);
      made.own.size = access.size;
      made.own.reads = access.kind != AccessKind::write;
      made.own.writes = access.kind != AccessKind::read;
      if (made.own.writes)
        made.own.change = {access.update, access.kind == AccessKind::update, access.used};
      if (made.spot.is_known() || made.loaded) body(access.function).handed.push_back(made);
    }
    next.assign(digest_.bodies.size(), 0);
    std::vector<u32> sites(digest_.bodies.size());
    for (const Call& call : summary_.calls) {
      Handed made;
      made.call = next[row(call.caller)]++;
      if (call.kind == CallKind::inline_asm) continue;
      if (call.kind == CallKind::direct) made.callee = row(call.callee);
      if (call.kind == CallKind::indirect) made.site = sites[row(call.caller)]++;
      for (u32 i = 0; i < call.argument_count; ++i) {
        const Argument& argument = summary_.arguments[call.first_argument + i];
        if (knows_structure(call, argument.index)) continue;
        made.index = argument.index;
        made.spot = spots.of_pointer(argument.path);
        made.loaded = !made.spot.is_known() && argument.path != none<PathId> &&
                      spots.is_loaded_pointer(argument.path);
        if (made.spot.is_known() || made.loaded) body(call.caller).handed.push_back(made);
      }
    }
  }

  void add_answers() {
    const Spots spots(types_, keys_);
    for (const Return& value : summary_.returns) {
      if (value.path == none<PathId> || returns_structure(value.function)) continue;
      Spot spot = spots.of_pointer(value.path);
      if (spot.structure == no_key || spot.pointer) continue;
      spot.base = none<PathId>;
      spot.argument = no_row;
      // A scalar, and not what lies behind it. What lies behind the object is no member.
      const Path& place = *path(path(value.path)->parent);
      const TypeId type = types_.strip(place.type);
      const bool is_array = types_.kind(type) == TypeKind::array;
      if (is_array && types_.at(type).size == 0) continue;
      if (place.step == StepKind::field && type != none<TypeId> && !is_array)
        spot.end = spot.offset + static_cast<i64>(types_.at(type).size);
      body(value.function).answers.push_back(spot);
    }
  }

  bool returns_pointer(FunctionId function) const {
    const TypeId type = types_.strip(summary_.functions[row(function)].type);
    return type != none<TypeId> && types_.kind(types_.at(type).element) == TypeKind::pointer;
  }

  bool returns_structure(FunctionId function) const {
    const TypeId type = types_.strip(summary_.functions[row(function)].type);
    return type != none<TypeId> && leads_to_structure(types_.at(type).element);
  }

  // Whether the callee has fields for what the parameter points to.
  bool knows_structure(const Call& call, u32 parameter) const {
    const std::span<const Member> parameters = types_.members(call.signature);
    if (parameter >= parameters.size()) return false;
    return leads_to_structure(parameters[parameter].type);
  }

  bool leads_to_structure(TypeId type) const {
    return types_.is_pointer(type) && types_.is_structure(types_.at(types_.strip(type)).element);
  }

  void add_flows() {
    Flows flows(summary_);
    for (u32 i = 0; i < digest_.bodies.size(); ++i) {
      FunctionDigest& at = digest_.bodies[i];
      at.flows = std::move(flows.of_functions[i]);
      for (u32 j = 0; j < at.sites.size(); ++j) at.sites[j].from = std::move(flows.of_sites[i][j]);
    }
  }

  void add_calls() {
    for (const Call& call : summary_.calls) {
      FunctionDigest& at = body(call.caller);
      switch (call.kind) {
      case CallKind::direct:
        at.callees.push_back(row(call.callee));
        add_handed_over(at, call);
        break;
      case CallKind::indirect:
        at.sites.push_back(site(call));
        for (u32 i = 0; i < call.argument_count; ++i) {
          const Argument& argument = summary_.arguments[call.first_argument + i];
          add_escape(at, path(argument.path));
          if (argument.path == none<PathId>) continue;
          const u32 passed = binding(*path(argument.path)).argument;
          const u32 site = static_cast<u32>(at.sites.size()) - 1;
          add_lent(at, *path(argument.path), {no_row, site, argument.index});
          if (passed != no_row) at.passed.push_back({site, argument.index, passed});
        }
        block(at, Obstacle::indirect_call);
        break;
      case CallKind::inline_asm: break;
      }
    }
  }

  void add_handed_over(FunctionDigest& at, const Call& call) {
    for (u32 i = 0; i < call.argument_count; ++i) {
      const Argument& argument = summary_.arguments[call.first_argument + i];
      add_binding(at, argument, row(call.callee));
    }
  }

  void add_binding(FunctionDigest& at, const Argument& argument, u32 callee) {
    const Path* value = path(argument.path);
    if (value == nullptr) return;
    Binding made = binding(*value);
    made.callee = callee;
    made.index = argument.index;
    at.bindings.push_back(made);
    add_lent(at, *value, {callee, no_row, argument.index});
  }

  void add_lent(FunctionDigest& at, const Path& value, Lent made) const {
    const Path* from = &value;
    if (from->step == StepKind::address) from = path(from->parent);
    while (from != nullptr && from->step != StepKind::field) from = path(from->parent);
    // The address of a field is a part of an object; one behind it was loaded out of it.
    if (from == nullptr || (value.step == StepKind::address && from == path(value.parent))) return;
    made.field = row(from->field);
    at.lent.push_back(made);
  }

  void add_escape(FunctionDigest& at, const Path* value) {
    if (value == nullptr) return;
    const Binding escape = binding(*value);
    if (escape.enclosing != no_row) at.escapes.into_fields.push_back(escape.enclosing);
    if (escape.argument != no_row) at.escapes.of_arguments.push_back(escape.argument);
  }

  Binding binding(const Path& pointer) const {
    const Path* value = &pointer;
    Binding binding;
    if (value->step == StepKind::argument) binding.argument = value->index;
    if (value->step == StepKind::address) {
      const FieldTouch into = place(path(value->parent), no_row);
      binding.enclosing = into.enclosing;
      binding.argument = into.argument;
      binding.variable = into.variable;
      binding.global = into.enclosing == no_row && root(*value).step == StepKind::global;
    }
    return binding;
  }

  IndirectSite site(const Call& call) const {
    IndirectSite site;
    site.field = row(call.via);
    site.signature = signature_key(summary_, call.signature);
    site.loc = call.loc;
    site.type = key(call.signature);
    const Path* target = path(call.target);
    if (target == nullptr) return site;
    if (target->step == StepKind::argument) site.argument = target->index;
    const Path& from = root(*target);
    if (from.step == StepKind::global) site.global = row(from.global);
    return site;
  }

  void add_obstacles() {
    for (u32 i = 0; i < digest_.functions.size(); ++i) {
      if (!digest_.functions[i].defined) block(digest_.bodies[i], Obstacle::not_defined);
      if (digest_.functions[i].variadic) block(digest_.bodies[i], Obstacle::variadic);
    }
    for (const LockOperation& lock : summary_.locks) {
      if (takes_nothing(lock)) continue;
      block(body(lock.function),
            lock.action == LockAction::atomic ? Obstacle::atomic : Obstacle::locks);
    }
    // A pointer that is made of a number, such as one with bits of its own beside the address, leads where nothing is
    // known to lie: the domain has no copy there.
    for (const Return& value : summary_.returns) {
      const bool is_lost =
          value.path == none<PathId> || path(value.path)->step == StepKind::unknown;
      if (is_lost && !value.is_constant && returns_pointer(value.function))
        block(body(value.function), Obstacle::unknown);
    }
    // An access whose global is known is judged by the global, typed or not.
    std::set<u32> to_globals;
    for (const Access& access : summary_.accesses) {
      if (access.global != none<GlobalId>) to_globals.insert(access.instruction);
    }
    for (const Unknown& unknown : summary_.unknowns) {
      if (unknown.function == none<FunctionId>) continue;
      const bool untyped = unknown.reason == UnknownReason::unknown_pointer ||
                           unknown.reason == UnknownReason::no_debug_info;
      if (untyped && to_globals.contains(unknown.instruction)) continue;
      const bool assembly = unknown.reason == UnknownReason::inline_asm;
      block(body(unknown.function), assembly ? Obstacle::inline_asm : Obstacle::unknown);
    }
  }

  // What waits for nobody and is seen by nobody is no obstacle.
  bool takes_nothing(const LockOperation& lock) const {
    const KnownRow* family = find_row(lock_families_, lock.family);
    return family && (*family)[1] == "nothing";
  }

  static void tidy(FunctionDigest& body) {
    sort_unique(body.touches.fields);
    sort_unique(body.touches.globals);
    sort_unique(body.touches.written_globals);
    sort_unique(body.bindings);
    sort_unique(body.passed);
    sort_unique(body.lent);
    sort_unique(body.escapes.into_fields);
    sort_unique(body.escapes.of_arguments);
    sort_unique(body.handled);
    sort_unique(body.freed_fields);
    sort_unique(body.freed_globals);
    sort_unique(body.named_globals);
    sort_unique(body.callees);
    sort_unique(body.named);
    sort_unique(body.flows);
  }

  const Summary& summary_;
  const Types types_;
  const std::vector<Key>& keys_;
  const KnownRows& lock_families_;
  UnitDigest digest_;
};

} // namespace

UnitDigest digest_unit(const Summary& summary, const std::vector<Key>& keys,
                       const KnownRows& lock_families) {
  return Digester(summary, keys, lock_families).run();
}

Key symbol_key(SymbolSide side, const Function& function, const Unit& unit) {
  KeyMaker maker;
  maker.add(side == SymbolSide::driver);
  if (!function.local) {
    maker.add(function.name);
  } else if (function.loc.file.ends_with(".h")) {
    maker.add(function.source_name).add(function.loc.file).add(function.loc.line);
  } else {
    maker.add(function.name).add(unit.name + '\n' + unit.hash).add(u64{0});
  }
  return maker.key();
}

Key symbol_key(SymbolSide side, const Global& global, const Unit& unit) {
  KeyMaker maker;
  maker.add(side == SymbolSide::driver).add(global.name);
  if (global.local) maker.add(unit.name + '\n' + unit.hash);
  return maker.key();
}

bool is_helper(const Function& function, bool address_taken) {
  return function.defined && function.local && !address_taken && function.loc.file.ends_with(".h");
}

bool is_pseudo(const Global& global) {
  return global.name.starts_with("llvm.") || global.section.starts_with(".discard") ||
         global.section.starts_with("___ksymtab") || global.section.starts_with("__ksymtab") ||
         global.section == "llvm.metadata";
}

} // namespace ks::prune

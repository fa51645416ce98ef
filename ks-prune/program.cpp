// SPDX-License-Identifier: MIT
#include "ks-prune/program.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace ks::prune {

namespace {

struct FieldKeyHash {
  std::size_t operator()(const FieldKey& key) const {
    return key.structure ^ (key.offset_bits * 0x9e3779b97f4a7c15 + key.size_bits);
  }
};

// Names that a unit can refer to, as numbers of one space each for driver and kernel.
class Linker {
public:
  Linker(const std::vector<UnitDigest>& digests, u32 driver_digests, const TypeStore& types)
      : digests_(digests), types_(types) {
    program_.driver_digests = driver_digests;
    program_.maps.resize(digests.size());
  }

  Program run() {
    for (u32 i = 0; i < digests_.size(); ++i) add_units(i);
    for (u32 i = 0; i < program_.driver_digests; ++i) add_driver_names(digests_[i]);
    for (u32 i = 0; i < digests_.size(); ++i) {
      add_functions(i);
      add_globals(i);
      add_fields(i);
    }
    follow_aliases();
    // From here on, every row of every unit has its row in the program.
    for (u32 i = 0; i < digests_.size(); ++i) {
      add_bodies(i);
      add_initializers(i);
      if (is_driver(i)) add_aliases(i);
    }
    add_overlaps();
    add_parts();
    count_helpers_where_called();
    return std::move(program_);
  }

private:
  bool is_driver(u32 digest) const { return digest < program_.driver_digests; }

  // Units of one name are told apart by what was compiled.
  void add_units(u32 digest) {
    for (const Unit& unit : digests_[digest].units) {
      if (!units_.emplace(unit_key(unit), program_.units.size()).second) continue;
      program_.units.push_back(unit);
      program_.driver_units.push_back(is_driver(digest));
    }
  }

  static std::string unit_key(const Unit& unit) { return unit.name + '\n' + unit.hash; }

  void add_driver_names(const UnitDigest& digest) {
    for (const Function& function : digest.functions) {
      if (!function.defined || function.local) continue;
      driver_names_.insert(function.name);
      if (function.exported) exported_.insert(function.name);
    }
    for (const Global& global : digest.globals) {
      if (!global.defined || global.local) continue;
      driver_names_.insert(global.name);
      if (global.exported) exported_.insert(global.name);
    }
  }

  // The side whose symbol a unit means by an external name.
  bool means_driver(u32 digest, const std::string& name, bool defined) const {
    if (is_driver(digest)) return driver_names_.contains(name);
    return !defined && exported_.contains(name);
  }

  // `known`: the key that the unit gave it for a program without a driver.
  template <class Symbol>
  Key key(u32 digest, const Symbol& symbol, Key known) const {
    const bool driver =
        symbol.local ? is_driver(digest) : means_driver(digest, symbol.name, symbol.defined);
    return driver ? symbol_key(SymbolSide::driver, symbol, digests_[digest].units.front()) : known;
  }

  UnitId unit_of(u32 digest, UnitId unit) const {
    return UnitId{static_cast<u32>(units_.at(unit_key(digests_[digest].units[row(unit)])))};
  }

  void add_functions(u32 digest) {
    const UnitDigest& unit = digests_[digest];
    for (u32 i = 0; i < unit.functions.size(); ++i) {
      const Function& function = unit.functions[i];
      const Key key = this->key(digest, function, unit.function_keys[i]);
      const auto [at, added] = functions_.emplace(key, program_.functions.size());
      if (added) program_.functions.emplace_back();
      ProgramFunction& known = program_.functions[at->second];
      program_.maps[digest].functions.push_back(static_cast<u32>(at->second));
      known.address_taken |= function.address_taken;
      const bool replaces = known.row.weak && function.defined && !function.weak;
      if ((known.home != no_row && !replaces) || (!added && !function.defined)) continue;
      known.row = function;
      known.row.unit = unit_of(digest, function.unit);
      known.type = unit.function_types[i];
      known.signature = unit.signatures[i];
      if (!function.defined) continue;
      known.home = digest;
      known.home_row = i;
      known.driver = is_driver(digest);
    }
  }

  void add_globals(u32 digest) {
    const UnitDigest& unit = digests_[digest];
    for (u32 i = 0; i < unit.globals.size(); ++i) {
      const Global& global = unit.globals[i];
      const auto [at, added] =
          globals_.emplace(key(digest, global, unit.global_keys[i]), program_.globals.size());
      if (added) program_.globals.emplace_back();
      ProgramGlobal& known = program_.globals[at->second];
      program_.maps[digest].globals.push_back(static_cast<u32>(at->second));
      const bool replaces = known.row.weak && global.defined && !global.weak;
      if ((known.home != no_row && !replaces) || (!added && !global.defined)) continue;
      known.row = global;
      known.row.unit = unit_of(digest, global.unit);
      known.type = unit.global_types[i];
      if (!global.defined) continue;
      known.home = digest;
      known.driver = is_driver(digest);
    }
  }

  void add_fields(u32 digest) {
    const UnitDigest& unit = digests_[digest];
    for (u32 i = 0; i < unit.fields.size(); ++i) {
      FieldKey key = unit.fields[i];
      key.structure = types_.canonical(key.structure);
      const auto [at, added] = fields_.emplace(key, program_.fields.size());
      if (added) program_.fields.push_back({key, unit.field_names[i], unit.field_types[i], false});
      program_.fields[at->second].kernel |= !is_driver(digest);
      program_.fields[at->second].driver |= is_driver(digest);
      program_.maps[digest].fields.push_back(static_cast<u32>(at->second));
    }
  }

  // What a unit of the kernel calls by another name that a unit of the kernel gives it. What the
  // driver calls keeps its name: it has to be linked.
  void follow_aliases() {
    std::map<std::string_view, u32> functions;
    std::map<std::string_view, u32> globals;
    for (u32 i = program_.driver_digests; i < digests_.size(); ++i) {
      for (const Alias& alias : digests_[i].aliases) {
        if (alias.function != none<FunctionId>)
          functions.emplace(alias.name, program_.maps[i].functions[row(alias.function)]);
        if (alias.global != none<GlobalId>)
          globals.emplace(alias.name, program_.maps[i].globals[row(alias.global)]);
      }
    }
    const auto follow = [](const auto& names, const auto& symbols, std::vector<u32>& rows) {
      for (u32& row : rows) {
        if (symbols[row].home != no_row || symbols[row].row.local) continue;
        if (const auto at = names.find(symbols[row].row.name); at != names.end()) row = at->second;
      }
    };
    for (u32 i = program_.driver_digests; i < digests_.size(); ++i) {
      follow(functions, program_.functions, program_.maps[i].functions);
      follow(globals, program_.globals, program_.maps[i].globals);
    }
  }

  static void translate(std::vector<u32>& rows, const std::vector<u32>& map) {
    for (u32& row : rows) row = map[row];
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  }

  static void translate(Holder& holder, const UnitMap& map) {
    if (holder.row == no_row) return;
    holder.row = holder.is(Holder::Kind::field)    ? map.fields[holder.row]
                 : holder.is(Holder::Kind::global) ? map.globals[holder.row]
                                                   : map.functions[holder.row];
  }

  static u32 translated(u32 row, const std::vector<u32>& map) {
    return row == no_row ? no_row : map[row];
  }

  void add_bodies(u32 digest) {
    const UnitMap& map = program_.maps[digest];
    for (u32 i = 0; i < map.functions.size(); ++i) {
      ProgramFunction& function = program_.functions[map.functions[i]];
      if (function.home != digest || function.home_row != i) continue;
      function.body = digests_[digest].bodies[i];
      translate(function.body.touches.globals, map.globals);
      translate(function.body.touches.written_globals, map.globals);
      for (FieldTouch& touch : function.body.touches.fields) {
        touch.field = translated(touch.field, map.fields);
        touch.enclosing = translated(touch.enclosing, map.fields);
        touch.variable = translated(touch.variable, map.globals);
      }
      translate(function.body.escapes.into_fields, map.fields);
      translate(function.body.freed_fields, map.fields);
      translate(function.body.freed_globals, map.globals);
      for (Binding& binding : function.body.bindings) {
        binding.callee = translated(binding.callee, map.functions);
        binding.enclosing = translated(binding.enclosing, map.fields);
        binding.variable = translated(binding.variable, map.globals);
      }
      for (Lent& lent : function.body.lent) {
        lent.callee = translated(lent.callee, map.functions);
        lent.field = translated(lent.field, map.fields);
      }
      translate(function.body.named_globals, map.globals);
      translate(function.body.callees, map.functions);
      translate(function.body.named, map.functions);
      for (IndirectSite& site : function.body.sites) {
        site.field = translated(site.field, map.fields);
        site.global = translated(site.global, map.globals);
        for (Holder& holder : site.from) translate(holder, map);
      }
      for (Handed& handed : function.body.handed) {
        handed.callee = translated(handed.callee, map.functions);
      }
      for (Flow& flow : function.body.flows) {
        translate(flow.from, map);
        translate(flow.to, map);
      }
    }
  }

  void add_initializers(u32 digest) {
    const UnitMap& map = program_.maps[digest];
    for (InitializerDigest value : digests_[digest].initializers) {
      value.global = map.globals[value.global];
      const ProgramGlobal& global = program_.globals[value.global];
      if (global.home != digest || is_pseudo(global.row)) continue;
      value.field = translated(value.field, map.fields);
      value.function = translated(value.function, map.functions);
      value.target = translated(value.target, map.globals);
      if (is_driver(digest) || value.function != no_row || value.field != no_row) {
        program_.initializers.push_back({value, is_driver(digest)});
      }
    }
  }

  void add_aliases(u32 digest) {
    const UnitMap& map = program_.maps[digest];
    for (const Alias& alias : digests_[digest].aliases) {
      program_.aliases.push_back({alias.name, translated(row(alias.function), map.functions),
                                  translated(row(alias.global), map.globals)});
    }
  }

  void add_overlaps() {
    std::map<Key, std::vector<u32>> by_structure;
    for (u32 i = 0; i < program_.fields.size(); ++i) {
      by_structure[program_.fields[i].key.structure].push_back(i);
    }
    program_.overlaps.resize(program_.fields.size());
    const auto share = [this](u32 a, u32 b) {
      const FieldKey& x = program_.fields[a].key;
      const FieldKey& y = program_.fields[b].key;
      return x.offset_bits < y.offset_bits + y.size_bits &&
             y.offset_bits < x.offset_bits + x.size_bits;
    };
    for (const auto& [structure, fields] : by_structure) {
      for (u32 a : fields) {
        for (u32 b : fields) {
          if (a == b || share(a, b)) program_.overlaps[a].push_back(b);
        }
      }
    }
  }

  void add_parts() {
    std::map<u32, u32> lists; // by type
    for (const ProgramField& field : program_.fields) {
      const u32 type = types_.element(field.type);
      u32 list = no_row;
      if (is_structure(type)) {
        const auto [at, added] = lists.emplace(type, program_.part_lists.size());
        list = at->second;
        if (added) program_.part_lists.push_back(parts_of(type));
      }
      program_.parts_of_field.push_back(list);
    }
  }

  bool is_structure(u32 type) const {
    if (type == no_row) return false;
    const TypeKind kind = types_.type(type).type.kind;
    return kind == TypeKind::structure || kind == TypeKind::union_;
  }

  // A structure without a tag has no fields of its own; those around it have them.
  std::vector<Key> parts_of(u32 type) const {
    std::set<u32> seen{type};
    std::vector<u32> pending{type};
    while (!pending.empty()) {
      const u32 at = pending.back();
      pending.pop_back();
      for (const StoredMember& member : types_.type(at).members) {
        const u32 inner = types_.element(member.type);
        if (is_structure(inner) && seen.insert(inner).second) pending.push_back(inner);
      }
    }
    std::vector<Key> keys;
    for (const u32 one : seen) keys.push_back(types_.key(one));
    std::sort(keys.begin(), keys.end());
    return keys;
  }

  void count_helpers_where_called() {
    std::vector<TouchingFunction> functions;
    std::vector<Touches> touches;
    for (ProgramFunction& function : program_.functions) {
      function.helper = is_helper(function.row, function.address_taken);
      functions.push_back({function.helper, &function.body.callees, &function.body.bindings,
                           &function.body.escapes});
      touches.push_back(std::move(function.body.touches));
    }
    add_helpers(functions, touches);
    for (u32 i = 0; i < touches.size(); ++i) {
      program_.functions[i].body.touches = std::move(touches[i]);
    }
    program_.escaping.resize(program_.fields.size());
    for (u32 field : escaping_fields(functions)) add_escaping(field);
    add_escapes_of_initializers();
  }

  void add_escaping(u32 field) {
    for (u32 same : program_.overlaps[field]) program_.escaping[same] = true;
  }

  // A variable that holds the address of a part of another keeps a pointer to that part, and to what that
  // begins with.
  void add_escapes_of_initializers() {
    std::map<Key, std::vector<u32>> by_structure;
    for (u32 i = 0; i < program_.fields.size(); ++i)
      by_structure[program_.fields[i].key.structure].push_back(i);
    for (const ProgramInitializer& value : program_.initializers) {
      if (value.row.target == no_row) continue;
      add_escaping_at(by_structure, program_.globals[value.row.target].type, value.row.addend * 8);
    }
  }

  // The fields of all that lies there, in each member of a union.
  void add_escaping_at(const std::map<Key, std::vector<u32>>& by_structure, Key type, u64 at) {
    const u32 number = types_.element(type);
    if (number == no_row || types_.type(number).type.size == 0) return;
    at %= types_.type(number).type.size * 8;
    const auto covers = [at](u64 offset_bits, u64 size_bits) {
      return offset_bits <= at && at < offset_bits + size_bits;
    };
    const auto fields = by_structure.find(types_.key(number));
    if (fields != by_structure.end()) {
      for (const u32 field : fields->second) {
        const FieldKey& place = program_.fields[field].key;
        if (covers(place.offset_bits, place.size_bits)) add_escaping(field);
      }
    }
    for (const StoredMember& member : types_.type(number).members) {
      if (covers(member.offset_bits, member.size_bits))
        add_escaping_at(by_structure, member.type, at - member.offset_bits);
    }
  }

  const std::vector<UnitDigest>& digests_;
  const TypeStore& types_;
  Program program_;
  std::map<std::string, std::size_t> units_;
  std::set<std::string> driver_names_;
  std::set<std::string> exported_;
  std::unordered_map<Key, std::size_t> functions_;
  std::unordered_map<Key, std::size_t> globals_;
  std::unordered_map<FieldKey, std::size_t, FieldKeyHash> fields_;
};

} // namespace

bool Program::has_part(u32 field, Key structure) const {
  const u32 list = field < parts_of_field.size() ? parts_of_field[field] : no_row;
  return list != no_row && std::ranges::binary_search(part_lists[list], structure);
}

Program link(const std::vector<UnitDigest>& digests, u32 driver_digests, const TypeStore& types) {
  return Linker(digests, driver_digests, types).run();
}

} // namespace ks::prune

// SPDX-License-Identifier: MIT
#include "ks-prune/boundary.hpp"

#include "ks-prune/clones.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace ks::prune {

namespace {

std::string directory(const std::string& file) {
  return file.substr(0, std::min(file.rfind('/'), file.size()));
}

class Surveyor {
public:
  Surveyor(const Program& program, const Targets& targets, const Library& library,
           const TypeStore& types)
      : program_(program), targets_(targets), library_(library), types_(types) {}

  Border run() {
    place_functions();
    find_uses();
    place_library();
    place_clones();
    // From here on, sides are final.
    add_imports();
    add_kernel_pointers();
    add_entries();
    add_globals();
    const auto order = [](const Border::Crossing& c) {
      return std::tuple(c.kind, std::string_view(c.name), c.function, c.signature);
    };
    std::sort(border_.crossings.begin(), border_.crossings.end(),
              [&](const auto& a, const auto& b) { return order(a) < order(b); });
    return std::move(border_);
  }

private:
  const std::string& name(u32 function) const { return program_.functions[function].row.name; }

  void sort_by_name(std::vector<u32>& functions) const {
    std::sort(functions.begin(), functions.end(),
              [this](u32 a, u32 b) { return std::tie(name(a), a) < std::tie(name(b), b); });
  }

  void place_functions() {
    border_.sides.resize(program_.functions.size(), Side::kernel);
    for (u32 i = 0; i < program_.functions.size(); ++i) {
      if (!program_.functions[i].driver) continue;
      border_.sides[i] = Side::driver;
      directories_.insert(directory(unit_name(i)));
    }
  }

  const std::string& unit_name(u32 function) const {
    return program_.units[row(program_.functions[function].row.unit)].name;
  }

  // What the driver calls, and whose address it takes, outside of itself.
  void find_uses() {
    for (u32 i = 0; i < program_.functions.size(); ++i) {
      const ProgramFunction& function = program_.functions[i];
      if (!function.driver) continue;
      for (u32 callee : function.body.callees) {
        if (is_foreign(callee)) called_.insert(callee);
      }
      for (u32 other : function.body.named) {
        if (is_foreign(other)) named_.insert(other);
      }
    }
    for (const ProgramInitializer& value : program_.initializers) {
      if (!value.driver || value.row.function == no_row) continue;
      if (is_foreign(value.row.function)) named_.insert(value.row.function);
    }
    for (u32 i = 0; i < program_.functions.size(); ++i)
      if (program_.functions[i].driver) find_called_by_address(i);
  }

  // What the driver names, it may call through a pointer of its own.
  void find_called_by_address(u32 function) {
    for (u32 site = 0; site < program_.functions[function].body.sites.size(); ++site)
      for (const Target& target : targets_.of(function, site))
        if (named_.contains(target.function)) called_.insert(target.function);
  }

  bool is_foreign(u32 function) const {
    return !program_.functions[function].driver && !name(function).starts_with("llvm.");
  }

  void place_library() {
    std::set<u32> all = called_;
    all.insert(named_.begin(), named_.end());
    for (u32 function : all) {
      if (!library_.has(name(function))) continue;
      border_.sides[function] = Side::library;
      border_.library.push_back(function);
      called_.erase(function);
      named_.erase(function);
    }
  }

  void place_clones() {
    const std::set<u32> candidates = called_;
    for (u32 function : candidates) {
      if (named_.contains(function) || is_handed_functions(function)) continue;
      const std::vector<u32> closure = cloneable(program_, library_, types_, function);
      for (u32 member : closure) add_clone(function, member);
      if (!closure.empty()) called_.erase(function);
    }
    std::sort(border_.clones.begin(), border_.clones.end(), [this](const auto& a, const auto& b) {
      return std::tie(name(a.function), a.function) < std::tie(name(b.function), b.function);
    });
    sort_by_name(border_.library);
  }

  // Whether the driver passes it the address of a function. The kernel may call that one
  // later, so the glue has to see it pass.
  bool is_handed_functions(u32 callee) const {
    return std::any_of(program_.functions.begin(), program_.functions.end(), [&](const auto& from) {
      return from.driver &&
             std::any_of(from.body.flows.begin(), from.body.flows.end(), [&](const Flow& flow) {
               return flow.from.is(Holder::Kind::function) && flow.to.is(Holder::Kind::argument) &&
                      flow.to.row == callee;
             });
    });
  }

  void add_clone(u32 import, u32 member) {
    called_.erase(member);
    if (border_.sides[member] == Side::cloned) return;
    border_.sides[member] = Side::cloned;
    std::string reason = "touches nothing but what it is passed";
    if (member != import) reason += fmt::format(", and {} calls it", name(import));
    // A header's function is taken from the unit that it is wanted for.
    const u32 home = program_.functions[member].helper ? import : member;
    border_.clones.push_back({member, home, reason});
    for (u32 callee : program_.functions[member].body.callees) {
      if (!library_.has(name(callee)) || border_.sides[callee] == Side::library) continue;
      border_.sides[callee] = Side::library;
      border_.library.push_back(callee);
    }
  }

  void add_crossing(CrossingKind kind, u32 function, bool to_driver, std::vector<u32> fields) {
    const ProgramFunction& at = program_.functions[function];
    border_.crossings.push_back(
        {kind, at.row.name, function, at.type, to_driver, std::move(fields), at.row.loc});
  }

  void add_imports() {
    for (u32 function : called_) add_crossing(CrossingKind::import, function, false, {});
    for (u32 function : named_) {
      if (called_.contains(function)) continue;
      add_crossing(CrossingKind::named_only, function, false, targets_.stored_in[function]);
    }
  }

  void add_kernel_pointers() {
    std::set<std::pair<std::string, Key>> known;
    for (u32 i = 0; i < program_.functions.size(); ++i) {
      if (border_.sides[i] != Side::driver) continue;
      const auto& sites = program_.functions[i].body.sites;
      for (u32 j = 0; j < sites.size(); ++j) {
        if (!may_leave(i, j)) continue;
        const std::string place = site_name(i, sites[j]);
        if (!known.emplace(place, types_.canonical(sites[j].type)).second) continue;
        std::vector<u32> fields;
        if (sites[j].field != no_row) fields.push_back(sites[j].field);
        border_.crossings.push_back({CrossingKind::kernel_pointer, place, no_row, sites[j].type,
                                     false, std::move(fields), sites[j].loc});
      }
    }
  }

  bool may_leave(u32 function, u32 site) const {
    const std::vector<Target>& targets = targets_.of(function, site);
    return targets.empty() || std::any_of(targets.begin(), targets.end(), [&](const Target& t) {
             return border_.sides[t.function] == Side::kernel;
           });
  }

  std::string site_name(u32 function, const IndirectSite& site) const {
    if (site.field != no_row) return program_.fields[site.field].name;
    if (site.global != no_row) return program_.globals[site.global].row.name;
    if (site.argument != no_row)
      return fmt::format("{}: argument {}", name(function), site.argument);
    return fmt::format("{}: line {}", name(function), site.loc.line);
  }

  // A field of the driver's own structure that no unit of the kernel knows: what is stored
  // there does not leave the driver that way.
  bool is_private(u32 field) const {
    const ProgramField& at = program_.fields[field];
    if (at.kernel) return false;
    const StoredType& structure = types_.type(types_.number(at.key.structure));
    return directories_.contains(directory(structure.type.file));
  }

  std::vector<u32> public_fields(u32 function) const {
    std::vector<u32> fields = targets_.stored_in[function];
    std::erase_if(fields, [this](u32 field) { return is_private(field); });
    return fields;
  }

  // kernel -> driver: the first kind that applies, in the order of CrossingKind.
  void add_entries() {
    std::set<u32> in_static_objects;
    std::set<u32> in_sections; // arrays that a linker script makes
    for (const ProgramInitializer& value : program_.initializers) {
      if (value.row.function == no_row) continue;
      const bool leaves = value.row.field == no_row || !is_private(value.row.field);
      if (leaves) in_static_objects.insert(value.row.function);
      const std::string& section = program_.globals[value.row.global].row.section;
      if (!section.empty() && !section.starts_with('.')) in_sections.insert(value.row.function);
      if (section.starts_with(".init") || section.starts_with(".exit"))
        in_sections.insert(value.row.function);
    }
    for (u32 i = 0; i < program_.functions.size(); ++i) {
      if (border_.sides[i] != Side::driver) continue;
      const bool leaves = in_sections.contains(i) || !public_fields(i).empty() ||
                          targets_.handed_over[i] || targets_.called_by_kernel[i];
      const std::optional<CrossingKind> kind = entry_kind(i, leaves, in_static_objects.contains(i));
      if (kind) add_crossing(*kind, i, true, public_fields(i));
    }
  }

  // `leaves`: its address gets to where the kernel finds it.
  std::optional<CrossingKind> entry_kind(u32 function, bool leaves, bool in_static_object) const {
    const auto kind = [this](const std::string& symbol) -> std::optional<CrossingKind> {
      const std::string_view role = library_.role_of(symbol);
      if (role == "init") return CrossingKind::module_init;
      if (role == "exit") return CrossingKind::module_exit;
      return std::nullopt;
    };
    for (const ProgramAlias& alias : program_.aliases) {
      if (alias.function == function && kind(alias.name)) return kind(alias.name);
    }
    const Function& row = program_.functions[function].row;
    if (row.defined && !row.local && kind(row.name)) return kind(row.name);
    if (leaves) return in_static_object ? CrossingKind::ops : CrossingKind::callback;
    if (row.exported) return CrossingKind::exported;
    return std::nullopt;
  }

  void add_globals() {
    std::map<u32, GlobalUse> uses;
    const auto use = [&](u32 global, GlobalUse how) {
      const ProgramGlobal& at = program_.globals[global];
      if (at.driver || is_pseudo(at.row) || at.row.name.starts_with("llvm.")) return;
      if (library_.has(at.row.name)) how = GlobalUse::library;
      GlobalUse& known = uses.emplace(global, how).first->second;
      known = std::max(known, how);
    };
    for (u32 i = 0; i < program_.functions.size(); ++i) {
      if (border_.sides[i] != Side::driver && border_.sides[i] != Side::cloned) continue;
      const FunctionDigest& body = program_.functions[i].body;
      for (u32 global : body.named_globals) use(global, GlobalUse::address_only);
      for (u32 global : body.touches.globals) use(global, GlobalUse::read);
      for (u32 global : body.touches.written_globals) use(global, GlobalUse::written);
    }
    for (const ProgramInitializer& value : program_.initializers) {
      if (value.driver && value.row.target != no_row)
        use(value.row.target, GlobalUse::address_only);
    }
    for (const auto& [global, how] : uses) border_.imports.push_back({global, how});
    std::sort(border_.imports.begin(), border_.imports.end(), [this](const auto& a, const auto& b) {
      return program_.globals[a.global].row.name < program_.globals[b.global].row.name;
    });
  }

  const Program& program_;
  const Targets& targets_;
  const Library& library_;
  const TypeStore& types_;
  Border border_;
  std::set<u32> called_;
  std::set<u32> named_;
  std::set<std::string> directories_; // of the driver's source files
};

} // namespace

Border find_border(const Program& program, const Targets& targets, const Library& library,
                   const TypeStore& types) {
  return Surveyor(program, targets, library, types).run();
}

} // namespace ks::prune

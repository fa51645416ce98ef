// SPDX-License-Identifier: MIT
#include "ks-prune/effects.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

namespace ks::prune {

namespace {

// So many ranges behind a function's arguments are told apart.
constexpr std::size_t max_effects = 48;

using PartVisit = std::function<void(const Part&)>;

struct Range {
  i64 begin = 0;
  i64 end = 0;
};

class Finder {
public:
  Finder(Program& program, const Targets& targets, const Border& border, const Library& library,
         const Known& known, const TypeStore& types)
      : program_(program), targets_(targets), border_(border), library_(library), types_(types),
        known_{known.rows(KnownTable::models), known.rows(KnownTable::allocators),
               known.rows(KnownTable::locks), known.rows(KnownTable::strings)},
        effects_(program.functions.size()), callers_(program.functions.size()) {}

  Effects run() {
    for (u32 i = 0; i < program_.fields.size(); ++i)
      by_structure_[types_.number(program_.fields[i].key.structure)].push_back(i);
    find_own_effects();
    spread();
    find_answers();
    found_.instances.resize(program_.functions.size());
    for (u32 i = 0; i < program_.functions.size(); ++i) add_instances(i);
    count_helpers();
    return std::move(found_);
  }

private:
  void find_own_effects() {
    for (u32 i = 0; i < program_.functions.size(); ++i) {
      const FunctionDigest& body = program_.functions[i].body;
      for (const Handed& handed : body.handed) {
        if (handed.access != no_row) {
          if (handed.spot.argument != no_row) add(i, combined(handed.spot, handed.own));
          continue;
        }
        if (handed.spot.argument == no_row) continue;
        for_each_callee(i, handed, [&](u32 callee) { callers_[callee].push_back(i); });
      }
    }
    for (auto& callers : callers_) {
      std::sort(callers.begin(), callers.end());
      callers.erase(std::unique(callers.begin(), callers.end()), callers.end());
    }
  }

  // The functions that may get the pointer. Those on the other side of the boundary, too, where what it
  // leads to crosses as a copy: the caller's end makes it of what is there, and writes it back.
  template <class Visit>
  void for_each_callee(u32 caller, const Handed& handed, const Visit& visit) const {
    const auto visit_one = [&](u32 callee) {
      if (border_.inside(caller) == border_.inside(callee) ||
          border_.sides[caller] == Side::cloned || border_.sides[callee] == Side::library ||
          border_.sides[callee] == Side::cloned || !takes_structure(callee, handed.index))
        visit(callee);
    };
    if (handed.callee != no_row) visit_one(handed.callee);
    if (handed.site == no_row) return;
    for (const Target& target : targets_.of(caller, handed.site)) visit_one(target.function);
  }

  // Objects cross for themselves.
  bool takes_structure(u32 function, u32 parameter) const {
    const u32 type = types_.strip(program_.functions[function].type);
    if (type == no_row || parameter >= types_.type(type).members.size()) return false;
    const u32 pointer = types_.strip(types_.type(type).members[parameter].type);
    if (pointer == no_row || types_.type(pointer).type.kind != TypeKind::pointer) return false;
    return is_structure(types_.strip(types_.type(pointer).element));
  }

  static Effect combined(const Spot& spot, Effect effect) {
    effect.argument = spot.argument;
    effect.offset += spot.offset;
    effect.anywhere |= spot.anywhere;
    if (effect.anywhere) effect.offset = 0;
    return effect;
  }

  // Code that is not there, and of which no table says anything.
  bool is_unknown(u32 function) const {
    const ProgramFunction& at = program_.functions[function];
    const std::string& name = at.row.name;
    if (at.home != no_row || library_.has(name) || name.starts_with("llvm.")) return false;
    return std::none_of(std::begin(known_), std::end(known_),
                        [&](const KnownRows& rows) { return find_row(rows, name) != nullptr; });
  }
  // A function of which a table says what it does has rows where it is called. What an allocator
  // does with memory that it was given back nobody sees.
  bool is_modelled(u32 function) const {
    const std::string& name = program_.functions[function].row.name;
    const KnownRow* allocator = find_row(known_[1], name);
    return find_row(known_[0], name) != nullptr || (allocator && (*allocator)[1] == "free");
  }

  std::vector<Effect> effects_of(u32 callee, u32 index) const {
    if (is_modelled(callee)) return {};
    if (is_unknown(callee)) return {{index, 0, 0, true, true, true}};
    std::vector<Effect> found;
    for (const Effect& effect : effects_[callee])
      if (effect.argument == index) found.push_back(effect);
    return found;
  }

  bool add(u32 function, const Effect& effect) {
    std::set<Effect>& all = effects_[function];
    Effect any{effect.argument, 0, 0, true, effect.reads, effect.writes, {}};
    if (all.contains(any)) return false;
    if (!all.insert(effect).second) return false;
    if (all.size() <= max_effects) return true;
    // From now on, any byte behind each argument.
    std::map<u32, Effect> of_argument;
    for (const Effect& one : all) {
      Effect& whole =
          of_argument.emplace(one.argument, Effect{one.argument, 0, 0, true}).first->second;
      whole.reads |= one.reads;
      whole.writes |= one.writes;
    }
    all.clear();
    for (const auto& [argument, whole] : of_argument) all.insert(whole);
    return true;
  }

  void spread() {
    std::vector<u32> pending;
    std::vector<bool> queued(program_.functions.size(), true);
    for (u32 i = static_cast<u32>(program_.functions.size()); i-- > 0;) pending.push_back(i);
    while (!pending.empty()) {
      const u32 function = pending.back();
      pending.pop_back();
      queued[function] = false;
      if (!spread_to(function)) continue;
      for (u32 caller : callers_[function]) {
        if (!queued[caller]) pending.push_back(caller);
        queued[caller] = true;
      }
    }
  }

  // Adds what its callees do to its own arguments; whether that was news.
  bool spread_to(u32 function) {
    bool changed = false;
    for (const Handed& handed : program_.functions[function].body.handed) {
      if (handed.access != no_row || handed.spot.argument == no_row) continue;
      for_each_callee(function, handed, [&](u32 callee) {
        for (const Effect& effect : effects_of(callee, handed.index))
          changed |= add(function, combined(handed.spot, effect));
      });
    }
    return changed;
  }

  // The scalars in objects that the kernel's functions return pointers to when the driver calls them, by
  // themselves or as what they are answered.
  void find_answers() {
    std::set<Spot> answers;
    for (const Border::Crossing& crossing : border_.crossings) {
      if (crossing.to_driver || crossing.function == no_row) continue;
      const std::set<Spot> spots = answers_of(crossing.function);
      if (!spots.empty()) found_.answering.push_back(crossing.function);
      answers.insert(spots.begin(), spots.end());
    }
    std::ranges::sort(found_.answering);
    for (const Spot& spot : answers) add_answered(spot);
  }

  void add_answered(const Spot& spot) {
    const u32 structure = types_.number(spot.structure);
    if (structure == no_row) return;
    Range range{spot.offset, spot.end};
    if (spot.anywhere || spot.end <= spot.offset)
      range = {0, static_cast<i64>(types_.type(structure).type.size)};
    PartSteps steps;
    visit_parts(structure, {range.begin * 8, range.end * 8}, steps,
                [&](const Part& part) { answered_.push_back(part); });
  }

  std::set<Spot> answers_of(u32 function) const {
    std::set<Spot> spots;
    std::set<u32> known{function};
    for (std::vector<u32> pending{function}; !pending.empty();) {
      const u32 at = pending.back();
      pending.pop_back();
      const FunctionDigest& body = program_.functions[at].body;
      spots.insert(body.answers.begin(), body.answers.end());
      const Holder result{HolderKind::result, false, at};
      for (const Flow& flow : body.flows) {
        if (flow.to == result && flow.from.is(HolderKind::result) && !flow.from.behind &&
            known.insert(flow.from.row).second)
          pending.push_back(flow.from.row);
      }
    }
    return spots;
  }

  // What a pointer that is loaded may lead to: any such scalar of the size.
  void instantiate_answers(u32 function, u32 handed, const Effect& effect) {
    for (const Part& part : answered_) {
      const u32 type = types_.element(program_.fields[part.field].type);
      const u64 size = type == no_row ? 0 : types_.type(type).type.size;
      if (size == 0 || effect.size % size == 0)
        add_instance(function, handed, Spot{}, part, effect);
    }
  }

  void add_instances(u32 function) {
    const std::vector<Handed>& all = program_.functions[function].body.handed;
    for (u32 i = 0; i < all.size(); ++i) {
      const Handed& handed = all[i];
      known_parts_.clear();
      if (handed.loaded && border_.inside(function) && !answered_.empty()) {
        if (handed.access != no_row) {
          instantiate_answers(function, i, handed.own);
          continue;
        }
        for_each_callee(function, handed, [&](u32 callee) {
          for (const Effect& effect : effects_of(callee, handed.index))
            instantiate_answers(function, i, effect);
        });
        continue;
      }
      if (handed.spot.structure == no_key) continue;
      if (handed.access != no_row) {
        instantiate(function, i, handed.spot, handed.own);
        continue;
      }
      for_each_callee(function, handed, [&](u32 callee) {
        for (const Effect& effect : effects_of(callee, handed.index))
          instantiate(function, i, handed.spot, effect);
      });
    }
  }

  void instantiate(u32 function, u32 handed, const Spot& spot, const Effect& effect) {
    const u32 structure = types_.number(spot.structure);
    if (structure == no_row) return;
    const i64 size = static_cast<i64>(types_.type(structure).type.size);
    Range range{spot.offset + effect.offset, 0};
    range.end = range.begin + static_cast<i64>(effect.size);
    if (effect.size == 0) range.end = spot.end != 0 ? spot.end : size;
    if (effect.anywhere) range = {spot.offset, spot.end != 0 ? spot.end : size};
    if (spot.anywhere) range = {0, size};
    PartSteps steps;
    visit_parts(structure, {range.begin * 8, range.end * 8}, steps,
                [&](const Part& part) { add_instance(function, handed, spot, part, effect); });
  }

  void add_instance(u32 function, u32 handed, const Spot& spot, const Part& part,
                    const Effect& effect) {
    std::vector<Instance>& all = found_.instances[function];
    const auto [at, added] = known_parts_.emplace(part.steps, all.size());
    if (!added) {
      Instance& known = all[at->second];
      if (known.writes && effect.writes && known.change != effect.change) known.change = {};
      if (!known.writes) known.change = effect.change;
      known.reads |= effect.reads;
      known.writes |= effect.writes;
      return;
    }
    all.push_back({handed, part, effect.reads, effect.writes, effect.change});
    FieldTouch touch;
    touch.field = part.field;
    touch.enclosing = part.steps.front();
    touch.argument = no_row;
    touch.reads = effect.reads;
    touch.writes = effect.writes;
    add_touch(function, touch);
    // The structure may itself be a part of a larger one.
    if (touch.enclosing == touch.field || spot.base == none<PathId>) return;
    touch.enclosing = touch.field;
    add_touch(function, touch);
  }

  void add_touch(u32 function, const FieldTouch& touch) {
    std::vector<FieldTouch>& all = program_.functions[function].body.touches.fields;
    const auto at = std::lower_bound(all.begin(), all.end(), touch);
    if (at == all.end() || *at != touch) all.insert(at, touch);
  }

  bool is_structure(u32 number) const {
    if (number == no_row) return false;
    const TypeKind kind = types_.type(number).type.kind;
    return kind == TypeKind::structure || kind == TypeKind::union_;
  }

  // Visits the fields in a range of a structure's bits that some unit names.
  void visit_parts(u32 structure, Range bits, PartSteps& steps, const PartVisit& visit) {
    if (steps.size() > 8) return;
    const auto known = by_structure_.find(structure);
    if (known != by_structure_.end()) {
      for (u32 field : std::vector<u32>(known->second)) {
        const FieldKey& key = program_.fields[field].key;
        const i64 begin = static_cast<i64>(key.offset_bits);
        if (begin >= bits.end || begin + static_cast<i64>(key.size_bits) <= bits.begin) continue;
        if (is_structure(types_.element(program_.fields[field].type))) continue;
        steps.push_back(field);
        visit(Part{steps, field});
        steps.pop_back();
      }
    }
    visit_members(structure, structure, 0, bits, steps, visit);
  }

  // The members of `record`, which lies `offset` bits into `structure`, that are structures.
  void visit_members(u32 structure, u32 record, i64 offset, Range bits, PartSteps& steps,
                     const PartVisit& visit) {
    for (const StoredMember& member : types_.type(record).members) {
      const i64 begin = offset + static_cast<i64>(member.offset_bits);
      if (begin >= bits.end || begin + static_cast<i64>(member.size_bits) <= bits.begin) continue;
      const u32 type = types_.element(member.type);
      if (!is_structure(type)) continue;
      const bool array = types_.strip(member.type) != type;
      const StoredType& inner = types_.type(type);
      const bool named = !inner.type.name.empty();
      if (!named && !array) {
        visit_members(structure, type, begin, bits, steps, visit);
        continue;
      }
      if (!named) continue; // elements of no name of their own: fields of the structure itself
      if (!by_structure_.contains(type) && inner.members.empty()) continue;
      const Range rest = array ? Range{0, static_cast<i64>(inner.type.size) * 8}
                               : Range{bits.begin - begin, bits.end - begin};
      const std::size_t depth = steps.size();
      std::vector<Part> parts;
      PartSteps below;
      visit_parts(type, rest, below, [&](const Part& part) { parts.push_back(part); });
      if (parts.empty()) continue;
      steps.push_back(field(structure, static_cast<u64>(begin), member));
      if (array) steps.push_back(no_row);
      for (const Part& part : parts) {
        PartSteps all = steps;
        all.insert(all.end(), part.steps.begin(), part.steps.end());
        visit(Part{std::move(all), part.field});
      }
      steps.resize(depth);
    }
  }

  // The row of a member, made if there is none.
  u32 field(u32 structure, u64 offset, const StoredMember& member) {
    std::vector<u32>& known = by_structure_[structure];
    for (u32 field : known) {
      const FieldKey& key = program_.fields[field].key;
      if (key.offset_bits == offset && key.size_bits == member.size_bits) return field;
    }
    const std::string& name = types_.type(structure).type.name;
    ProgramField made;
    made.key = {types_.key(structure), offset, member.size_bits};
    made.name = name.substr(name.find(' ') + 1) + "." + member.name;
    made.type = member.type;
    const u32 row = static_cast<u32>(program_.fields.size());
    program_.fields.push_back(std::move(made));
    program_.escaping.push_back(true);
    std::vector<u32>& same = program_.overlaps.emplace_back();
    for (u32 other : known) {
      const FieldKey& key = program_.fields[other].key;
      if (key.offset_bits >= offset + member.size_bits || offset >= key.offset_bits + key.size_bits)
        continue;
      same.push_back(other);
      program_.overlaps[other].push_back(row);
    }
    same.push_back(row);
    known.push_back(row);
    return row;
  }

  // Helpers are counted where they are called.
  void count_helpers() {
    for (bool changed = true; changed;) {
      changed = false;
      for (u32 i = 0; i < program_.functions.size(); ++i) {
        const ProgramFunction& caller = program_.functions[i];
        for (u32 callee : caller.body.callees) {
          if (!program_.functions[callee].helper || callee == i) continue;
          for (const FieldTouch& touch : added_touches(callee)) {
            const std::size_t before = caller.body.touches.fields.size();
            add_touch(i, touch);
            if (caller.body.touches.fields.size() == before) continue;
            passed_on_[i].push_back(touch);
            changed |= caller.helper;
          }
        }
      }
    }
  }

  std::vector<FieldTouch> added_touches(u32 helper) const {
    std::vector<FieldTouch> all;
    for (const Instance& instance : found_.instances[helper]) {
      FieldTouch touch;
      touch.field = touch.enclosing = instance.part.field;
      touch.reads = instance.reads;
      touch.writes = instance.writes;
      all.push_back(touch);
    }
    const auto more = passed_on_.find(helper);
    if (more != passed_on_.end()) all.insert(all.end(), more->second.begin(), more->second.end());
    return all;
  }

  Program& program_;
  const Targets& targets_;
  const Border& border_;
  const Library& library_;
  const TypeStore& types_;
  const KnownRows known_[4]; // models first
  std::vector<std::set<Effect>> effects_; // by function
  std::vector<std::vector<u32>> callers_; // by function: who passes its own arguments on to it
  std::map<u32, std::vector<u32>> by_structure_; // fields, by number of the type
  std::vector<Part> answered_; // such scalars
  std::map<PartSteps, std::size_t> known_parts_; // what is handed on at the moment: its instances
  std::map<u32, std::vector<FieldTouch>> passed_on_; // by function: touches of helpers
  Effects found_;
};

} // namespace

Effects add_effects(Program& program, const Targets& targets, const Border& border,
                    const Library& library, const Known& known, const TypeStore& types) {
  return Finder(program, targets, border, library, known, types).run();
}

} // namespace ks::prune

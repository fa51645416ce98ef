// SPDX-License-Identifier: MIT
// Reasons are collected crossing by crossing; the worst is the verdict.

#include "ks-idl/readiness.hpp"

#include "pipelines/json.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <sstream>

namespace ks::idl {
namespace {

using Kind = IdlAttributeKind;

constexpr size_t kNamesShown = 4; // of fields with one reason

// "struct T" has the field "T.f".
std::string field_of(const std::string& structure, const std::string& member) {
  return structure.substr(structure.find(' ') + 1) + "." + member;
}

std::string_view why(Unreached reason) {
  switch (reason) {
  case Unreached::cut: return "the crossing reaches too many fields";
  case Unreached::hidden: return "a struct on the way is in no header";
  case Unreached::lost: return "what leads there was not understood";
  case Unreached::another: return "another object may have been put on the way there";
  case Unreached::elsewhere: return "the driver finds it without an argument";
  case Unreached::meanwhile: return "the driver touches it around the call, whatever is called";
  case Unreached::first_sight: return "it is seen for the first time";
  }
  return {};
}

bool has(const IdlAttributes& attributes, Kind kind) {
  return find_attribute(attributes, kind) != nullptr;
}

// Whether the value itself goes to the callee, or comes back.
bool goes(const IdlType& type, Kind direction) {
  return has(type.pointers.empty() ? type.attributes : type.pointers.back(), direction);
}

// The functions of the domain that one of them may call, itself included.
std::vector<bool> reachable(const Groups& callees, FunctionId from) {
  std::vector<bool> reached(callees.size());
  std::vector<u32> pending{row(from)};
  while (!pending.empty()) {
    const u32 function = pending.back();
    pending.pop_back();
    if (function >= reached.size() || reached[function]) {
      continue;
    }
    reached[function] = true;
    const std::span<const u32> next = callees.of(function);
    pending.insert(pending.end(), next.begin(), next.end());
  }
  return reached;
}

class Reader {
public:
  Reader(const Inference& inference, const IdlModule& module)
      : inference_(inference), boundary_(inference.pruned().boundary) {
    for (const IdlItem& item : module.items) {
      if (const auto* rpc = std::get_if<IdlRpc>(&item.value)) {
        rpcs_.emplace(rpc->name, rpc);
      } else if (const auto* projection = std::get_if<IdlProjection>(&item.value)) {
        projections_.emplace(projection->name, projection);
      } else if (const auto* known = std::get_if<IdlClass>(&item.value)) {
        classes_.emplace(known->structure, known);
      }
    }
  }

  Readiness read() {
    list_crossings();
    find_fields();
    find_reached();
    for (const Caution& caution : inference_.draft.cautions) {
      if (!is_moot(caution.caveat)) {
        add(caution);
      }
    }
    for (const auto* caveats : {&boundary_.caveats, &inference_.tree.sync().caveats}) {
      for (const Caveat& caveat : *caveats) {
        if (!is_settled(caveat) && !is_moot(caveat)) {
          add({caveat, find_settled(caveat.slug).verdict});
        }
      }
    }
    add_kernel_accesses();
    add_classes();
    for (const auto& [crossing, number] : numbers_) {
      add_declared(crossing, number);
    }
    finish();
    return std::move(result_);
  }

private:
  const Inference& inference_;
  const Boundary& boundary_;
  std::map<std::string, const IdlRpc*> rpcs_;
  std::map<std::string, const IdlProjection*> projections_;
  std::map<std::string, const IdlClass*> classes_; // by struct
  std::map<CrossingId, u32> numbers_; // of rows
  std::map<FieldId, std::set<u32>> to_kernel_; // rows of crossings with which it goes there
  // Row, struct and member of what crosses by class, and an access that makes it do so.
  std::map<std::tuple<u32, std::string, std::string>, Loc> by_class_;
  std::map<u32, std::vector<bool>> reached_; // by row, of those to the driver: functions
  std::set<std::tuple<u32, std::string, std::string>> said_; // row, slug, what
  Readiness result_;

  // Operations of one prototype are one crossing.
  CrossingId stand_in(CrossingId id) const {
    const Crossing& crossing = inference_.crossing(id);
    if (crossing.kind != CrossingKind::kernel_pointer || crossing.signature == none<TypeId>) {
      return id;
    }
    const auto found = std::ranges::find_if(inference_.operations, [&](const Operation& one) {
      return one.crossing != none<CrossingId> &&
             inference_.types.same_prototype(one.prototype, crossing.signature);
    });
    return found == inference_.operations.end() ? id : found->crossing;
  }

  void list_crossings() {
    for (const bool to_driver : {true, false}) {
      for (u32 i = 0; i < boundary_.crossings.size(); ++i) {
        const Crossing& crossing = boundary_.crossings[i];
        const CrossingId id{i};
        if (crossing.to_driver != to_driver || crossing.kind == CrossingKind::named_only ||
            stand_in(id) != id) {
          continue;
        }
        std::string name = rpc_name(inference_, id);
        numbers_.emplace(id, static_cast<u32>(result_.crossings.size()));
        result_.crossings.push_back({name.empty() ? crossing.name : std::move(name), crossing.kind,
                                     to_driver, Verdict::exact, crossing.loc});
      }
    }
  }

  u32 number_of(CrossingId id) const {
    const auto found = id == none<CrossingId> ? numbers_.end() : numbers_.find(stand_in(id));
    return found == numbers_.end() ? no_row : found->second;
  }

  void find_fields() {
    const Sync& sync = inference_.tree.sync();
    const auto note = [&](CrossingId crossing, FieldId field, bool in, bool out) {
      const u32 number = number_of(crossing);
      if (number != no_row && field != none<FieldId> &&
          (result_.crossings[number].to_driver ? out : in)) {
        to_kernel_[field].insert(number);
      }
    };
    for (const SyncField& leaf : sync.fields) {
      note(leaf.crossing, inference_.tree.at(leaf.path).field, leaf.in, leaf.out);
    }
    for (const SyncUnreached& one : sync.unreached) {
      note(one.crossing, one.field, one.in, one.out);
      if (const u32 number = number_of(one.crossing); number != no_row) {
        const std::string tag = inference_.types.tag(inference_.field(one.field).structure);
        by_class_.emplace(std::tuple(number, tag, std::string()), one.loc);
        for (const std::string& name : names_in_class(inference_, one.field)) {
          by_class_.emplace(std::tuple(number, tag, name), one.loc);
        }
      }
    }
  }

  void find_reached() {
    const Groups callees = inference_.view.callees_in_domain();
    for (const auto& [crossing, number] : numbers_) {
      const FunctionId function = inference_.crossing(crossing).function;
      if (result_.crossings[number].to_driver && function != none<FunctionId>) {
        reached_.emplace(number, reachable(callees, function));
      }
    }
  }

  void say(u32 number, const Caution& caution, const Loc& loc) {
    const Caveat& caveat = caution.caveat;
    if (caution.verdict != Verdict::exact &&
        said_.insert({number, caveat.slug, caveat.what}).second) {
      result_.reasons.push_back({ReadyId{number}, caution.verdict, caveat.slug, caveat.what, loc,
                                 caution.rule.empty() ? std::string(find_settled(caveat.slug).by)
                                                      : "overlay: " + caution.rule});
    }
  }
  void say(u32 number, const std::string& slug, const std::string& what, const Loc& loc) {
    say(number, {{slug, what}, find_settled(slug).verdict}, loc);
  }

  // All calls of the driver's that are seen pass NULL: whatever else could not cross never does.
  bool passes_null(const Crossing& crossing, u32 index) const {
    if (crossing.to_driver || crossing.function == none<FunctionId>) {
      return false;
    }
    const std::span<const u32> calls = inference_.view.domain_calls_to(crossing.function);
    return !calls.empty() && std::ranges::all_of(calls, [&](u32 call) {
      return std::ranges::any_of(inference_.view.arguments_of(CallId{call}), [&](u32 number) {
        const Argument& argument = inference_.pruned().summary.arguments[number];
        const Path* path =
            argument.path == none<PathId> ? nullptr : &inference_.view.path(argument.path);
        return argument.index == index && path && path->step == StepKind::integer &&
               path->integer == 0;
      });
    });
  }
  bool is_moot(const Caveat& caveat) const {
    return caveat.crossing != none<CrossingId> && caveat.argument != no_row &&
           passes_null(inference_.crossing(caveat.crossing), caveat.argument);
  }

  // A rule says what the argument is.
  bool is_settled(const Caveat& caveat) const {
    return caveat.crossing != none<CrossingId> && caveat.argument != no_row &&
           inference_.overlays.argument(inference_.pruned(), inference_.crossing(caveat.crossing),
                                        caveat.argument);
  }

  // What a warning is about; nothing if that is the driver as a whole.
  std::set<u32> crossings_of(const Caveat& caveat) const {
    std::set<u32> numbers{number_of(caveat.crossing)};
    numbers.erase(no_row);
    if (const auto found = to_kernel_.find(caveat.field); found != to_kernel_.end()) {
      numbers.insert(found->second.begin(), found->second.end());
    }
    if (caveat.function != none<FunctionId>) {
      for (const auto& [number, reached] : reached_) {
        if (reached[row(caveat.function)]) {
          numbers.insert(number);
        }
      }
    }
    return numbers;
  }

  void add(const Caution& caution) {
    std::set<u32> numbers = crossings_of(caution.caveat);
    for (const u32 number : numbers) {
      say(number, caution, caution.caveat.loc);
    }
    // A class is nobody's: it is asked for where what it says crosses.
    bool is_said = !numbers.empty();
    for (u32 number = 0; number < result_.crossings.size() && !caution.structure.empty();
         ++number) {
      const auto found = by_class_.find({number, caution.structure, caution.member});
      if (found != by_class_.end()) {
        say(number, caution, found->second);
        is_said = true;
      }
    }
    if (!is_said) {
      say(no_row, caution, caution.structure.empty() ? caution.caveat.loc : Loc{});
    }
  }

  // Nearly every call into a large part of the kernel gets to some of these, so they are no crossing's.
  void add_kernel_accesses() {
    u64 count = 0;
    Loc first;
    for (const Unknown& unknown : inference_.pruned().summary.unknowns) {
      const bool counts = (unknown.reads || unknown.writes) && unknown.type == none<TypeId> &&
                          inference_.view.in_kernel(unknown.function);
      if (counts && count++ == 0) {
        first = unknown.loc;
      }
    }
    if (count != 0) {
      say(no_row, "kernel-access",
          fmt::format("kernel code touches memory of which not even the type is known in {} "
                      "place{}: what the driver has there does not cross",
                      count, count == 1 ? "" : "s"),
          first);
    }
  }

  const IdlRpc* rpc_of(u32 number) const {
    const auto found = rpcs_.find(result_.crossings[number].name);
    return found == rpcs_.end() ? nullptr : found->second;
  }

  static bool names(const IdlRpc& rpc, const std::string& structure, const std::string& member) {
    return std::ranges::any_of(rpc.clauses, [&](const IdlClause& clause) {
      return clause.structure == structure && std::ranges::count(clause.fields, member) > 0;
    });
  }

  // Fields in whichever object they are, one reason for all that have the same one.
  void add_classes() {
    struct Found {
      std::set<std::string> fields;
      Loc loc;
    };
    std::map<std::pair<u32, Unreached>, Found> found;
    for (const SyncUnreached& one : inference_.tree.sync().unreached) {
      const u32 number = number_of(one.crossing);
      const IdlRpc* rpc = number == no_row ? nullptr : rpc_of(number);
      const Field& field = inference_.field(one.field);
      const std::string tag = inference_.types.tag(field.structure);
      if (!rpc || std::ranges::none_of(names_in_class(inference_, one.field),
                                       [&](const auto& name) { return names(*rpc, tag, name); })) {
        continue;
      }
      Found& group = found[{number, one.why}];
      group.fields.insert(field.name);
      if (group.loc.line == 0) {
        group.loc = one.loc;
      }
    }
    for (const auto& [key, group] : found) {
      std::vector<std::string> shown(group.fields.begin(), group.fields.end());
      const size_t more = shown.size() > kNamesShown ? shown.size() - kNamesShown : 0;
      shown.resize(shown.size() - more);
      say(key.first, fmt::format("class-{}", enum_name(key.second)),
          fmt::format("{}{}: in whichever object, since {}", fmt::join(shown, ", "),
                      more == 0 ? "" : fmt::format(" and {} more", more), why(key.second)),
          group.loc);
    }
  }

  // What the declaration itself says.
  struct Walk {
    const Crossing& crossing;
    u32 number = 0;
    bool to_kernel = false;
    std::set<std::string> projections; // that were looked at
  };

  void add_declared(CrossingId id, u32 number) {
    const Crossing& crossing = inference_.crossing(id);
    const IdlRpc* rpc = rpc_of(number);
    if (!rpc) {
      say(number, "unnameable-function", "it has no declaration", crossing.loc);
      return;
    }
    Walk walk{crossing, number, is_to_kernel(rpc->kind), {}};
    look_at(walk, rpc->result, "the result");
    for (u32 i = 0; i < rpc->arguments.size(); ++i) {
      const IdlDeclaration& argument = rpc->arguments[i];
      look_at(walk, argument.type, "argument " + argument.name);
    }
    look_at_roots(walk, id, *rpc);
    for (const IdlClause& clause : rpc->clauses) {
      look_at_class(walk, clause);
    }
  }

  // Roots that cross as bytes, and untyped ones that the callee looks behind.
  void look_at_roots(const Walk& walk, CrossingId id, const IdlRpc& rpc) {
    const std::vector<std::string> names = argument_names(inference_, walk.crossing);
    for (u32 i = 0; i < names.size(); ++i) {
      const SyncRoot* root = inference_.tree.root(id, RootKind::argument, i);
      const auto declared = std::ranges::find(rpc.arguments, names[i], &IdlDeclaration::name);
      if (!root || declared == rpc.arguments.end()) {
        continue;
      }
      const IdlType& type = declared->type;
      if (root->bytes != 0 && type.stem == IdlStem::array) {
        say(walk.number, "several-structs",
            fmt::format("argument {} is taken for several structs: {} bytes of it cross", names[i],
                        root->bytes),
            walk.crossing.loc);
      }
      if (root->touched && type.stem == IdlStem::void_ && type.pointers.size() == 1 &&
          has(type.pointers[0], Kind::cookie) && !has(type.pointers[0], Kind::refused) &&
          !has(type.pointers[0], Kind::when)) {
        say(walk.number, "followed-argument",
            fmt::format("argument {} crosses as a number, and the callee looks behind it",
                        names[i]),
            walk.crossing.loc);
      }
    }
  }

  void look_at_class(Walk& walk, const IdlClause& clause) {
    const auto known = classes_.find(clause.structure);
    if (known == classes_.end()) {
      return;
    }
    for (const IdlDeclaration& field : known->second->fields) {
      if (std::ranges::count(clause.fields, field.name) == 0) {
        continue;
      }
      const std::string name = field_of(clause.structure, field.name);
      // A class says in to the kernel, whoever calls.
      look_at_member(walk, field.type, name, true);
      if (!field.type.pointers.empty() && has(field.type.pointers.front(), Kind::kept)) {
        say(walk.number, "kept-contents",
            fmt::format("what {} leads to crosses with every object of its struct", name),
            walk.crossing.loc);
      }
    }
  }

  void look_at_member(Walk& walk, const IdlType& type, const std::string& field, bool by_class) {
    look_at(walk, type, field);
    if (type.stem != IdlStem::void_ || type.pointers.empty() ||
        !has(type.pointers.front(), Kind::cookie) || has(type.pointers.front(), Kind::inner)) {
      return;
    }
    const bool in_is_to_kernel = by_class || walk.to_kernel;
    const bool kernel = goes(type, in_is_to_kernel ? Kind::in : Kind::out) &&
                        inference_.followed_in_kernel.fields.contains(field);
    const bool driver = goes(type, in_is_to_kernel ? Kind::out : Kind::in) &&
                        inference_.followed_in_domain.fields.contains(field);
    if (kernel || driver) {
      say(walk.number, "followed-member",
          fmt::format("{} crosses as a place or a number, and the {} looks behind it", field,
                      kernel ? "kernel" : "driver"),
          walk.crossing.loc);
    }
  }

  void look_at(Walk& walk, const IdlType& type, const std::string& place) {
    if (type.stem == IdlStem::array && type.size_kind == IdlSize::extent && !is_size_said(walk)) {
      say(walk.number, "block-size",
          fmt::format("{}: as much crosses as is known to lie there", place), walk.crossing.loc);
    }
    for (const IdlAttributes& pointer : type.pointers) {
      if (has(pointer, Kind::refused) && !is_always_null(walk.crossing, place)) {
        say(walk.number, "null-only", fmt::format("{}: only NULL can cross", place),
            walk.crossing.loc);
      }
    }
    for (const IdlType& element : type.element) {
      look_at(walk, element, place);
    }
    const auto projection =
        type.stem == IdlStem::projection ? projections_.find(type.name) : projections_.end();
    if (projection == projections_.end() || !walk.projections.insert(type.name).second) {
      return;
    }
    for (const IdlDeclaration& field : projection->second->fields) {
      look_at_member(walk, field.type, field_of(projection->second->structure, field.name), false);
    }
  }

  // A warning says it better.
  bool is_size_said(const Walk& walk) const {
    return std::ranges::any_of(result_.reasons, [&](const ReadyReason& reason) {
      return row(reason.crossing) == walk.number &&
             (reason.slug == "unknown-size" || reason.slug == "flexible-array");
    });
  }

  // Nothing else is ever passed there.
  bool is_always_null(const Crossing& crossing, const std::string& place) const {
    const std::vector<std::string> names = argument_names(inference_, crossing);
    for (u32 i = 0; i < names.size(); ++i) {
      if (place == "argument " + names[i]) {
        return passes_null(crossing, i) ||
               std::ranges::count(crossing.fixed, i, &FixedArgument::index) != 0;
      }
    }
    return false;
  }

  void finish() {
    std::ranges::stable_sort(result_.reasons, [](const ReadyReason& a, const ReadyReason& b) {
      return std::pair(row(a.crossing), b.verdict) < std::pair(row(b.crossing), a.verdict);
    });
    for (const ReadyReason& reason : result_.reasons) {
      if (reason.crossing != none<ReadyId>) {
        Verdict& verdict = result_.crossings[row(reason.crossing)].verdict;
        verdict = std::max(verdict, reason.verdict);
      }
    }
    for (const Verdict verdict : {Verdict::exact, Verdict::wide, Verdict::refused}) {
      const auto count = std::ranges::count(result_.crossings, verdict, &ReadyCrossing::verdict);
      result_.totals.push_back({verdict, static_cast<u64>(count)});
    }
  }
};

std::string place_of(const Loc& loc) {
  return loc.line == 0 ? "" : fmt::format("{}:{}", loc.file, loc.line);
}

void print_reasons(std::string& text, const Readiness& readiness, ReadyId crossing) {
  for (const ReadyReason& reason : readiness.reasons) {
    if (reason.crossing != crossing) {
      continue;
    }
    const std::string at = place_of(reason.loc);
    text += fmt::format("    {}{}{} [{}]\n", at, at.empty() ? "" : ": ", reason.what, reason.slug);
    if (!reason.settled_by.empty()) {
      text += fmt::format("      settled by {}\n", reason.settled_by);
    }
  }
}

} // namespace

Readiness find_readiness(const Inference& inference, const IdlModule& module) {
  return Reader(inference, module).read();
}

std::string print_readiness(const Readiness& readiness) {
  size_t width = 0;
  for (const ReadyCrossing& crossing : readiness.crossings) {
    width = std::max(width, crossing.name.size());
  }
  std::string text;
  for (const bool to_driver : {true, false}) {
    text += to_driver ? "entry points of the driver\n" : "\ncalls to the kernel\n";
    for (u32 i = 0; i < readiness.crossings.size(); ++i) {
      const ReadyCrossing& crossing = readiness.crossings[i];
      if (crossing.to_driver != to_driver) {
        continue;
      }
      text += fmt::format("  {:<7} {:<{}}  {}\n", enum_name(crossing.verdict), crossing.name, width,
                          place_of(crossing.loc));
      print_reasons(text, readiness, ReadyId{i});
    }
  }
  if (!readiness.reasons.empty() && readiness.reasons.back().crossing == none<ReadyId>) {
    text += "\nthe driver as a whole\n";
    print_reasons(text, readiness, none<ReadyId>);
  }
  std::vector<std::string> totals;
  for (const ReadyTotal& total : readiness.totals) {
    totals.push_back(fmt::format("{} {}", enum_name(total.verdict), total.count));
  }
  return text + fmt::format("\n{}\n", fmt::join(totals, ", "));
}

std::string dump_readiness(const Readiness& readiness) {
  std::ostringstream out;
  print_json_table("crossings", readiness.crossings, out);
  print_json_table("reasons", readiness.reasons, out);
  print_json_table("totals", readiness.totals, out);
  return out.str();
}

} // namespace ks::idl

// SPDX-License-Identifier: MIT

#include "ks-idl/infer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

namespace ks::idl {
namespace {

using Kind = IdlAttributeKind;

// $N, a digit, and $R are all that a dollar sign can begin.
bool has_bad_name(std::string_view text) {
  for (size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    std::string_view name = text.substr(at + 1, 1);
    if (name.empty() || std::string_view("R0123456789").find(name) == std::string_view::npos) {
      return true;
    }
  }
  return false;
}

void check_call(const KnownRow& row, std::string_view call) {
  if (!is_name(called(call)) || !call.ends_with(')') || has_bad_name(call)) {
    row.refuse(fmt::format("{}: not a call of one function with $N and $R", call));
  }
}

Kind kind_of(const KnownRow& row) {
  return row[1] == "unlock"      ? Kind::unlock
         : row[1] == "cancel"    ? Kind::cancel
         : row[1] == "reference" ? Kind::reference
                                 : Kind::undo;
}

bool is_undo(Kind kind) {
  return kind == Kind::undo || kind == Kind::unlock || kind == Kind::cancel;
}

bool is_object_pointer(const IdlType& type) {
  return (type.stem == IdlStem::projection || type.stem == IdlStem::handle) &&
         type.pointers.size() == 1;
}

// Whether the value means the same after the call: no copy, and nothing that was left out.
bool outlives_call(const IdlType& type, bool must_be_object) {
  IdlAttributes attributes = type.attributes;
  for (const IdlAttributes& pointer : type.pointers) {
    attributes.insert(attributes.end(), pointer.begin(), pointer.end());
  }
  for (Kind copied : {Kind::unused, Kind::alloc_stack}) {
    if (find_attribute(attributes, copied) != nullptr) {
      return false;
    }
  }
  bool is_scalar = type.stem == IdlStem::scalar && type.pointers.empty();
  bool is_object = is_object_pointer(type);
  bool is_number = is_scalar || find_attribute(attributes, Kind::cookie) != nullptr;
  return is_object || (is_number && !must_be_object);
}

// A table's text with arguments and result under their names; nothing if one of them is not there
// after the call.
std::optional<std::string> spell(std::string_view text, const IdlRpc& rpc,
                                 bool only_objects = false) {
  std::string spelled;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '$') {
      spelled += text[i];
      continue;
    }
    char what = text[++i];
    size_t number = static_cast<size_t>(what - '0');
    bool is_result = what == 'R';
    if (!is_result && number >= rpc.arguments.size()) {
      return std::nullopt;
    }
    // What the driver is given, it keeps as an object.
    bool is_given = !is_result && rpc.kind != IdlRpcKind::rpc;
    if (!outlives_call(is_result ? rpc.result : rpc.arguments[number].type,
                       is_given || only_objects)) {
      return std::nullopt;
    }
    spelled += is_result ? "result" : rpc.arguments[number].name;
  }
  return spelled;
}

void add(IdlRpc& rpc, Kind kind, std::string expression) {
  rpc.result.attributes.push_back({kind, IdlSide::none, std::move(expression), {}});
}

const Undo* undo_of(const Inference& inference, const Crossing& crossing, const IdlRpc& rpc) {
  if (rpc.kind == IdlRpcKind::rpc) {
    return inference.undo.find(rpc.name);
  }
  for (FieldId field : crossing.fields) {
    if (const Undo* found = inference.undo.find(inference.field(field).name)) {
      return found;
    }
  }
  return nullptr;
}

void add_failure(const UndoTables& tables, IdlRpc& rpc) {
  const IdlType& type = rpc.result;
  std::string_view value = tables.failure_of(type.name);
  if (rpc.kind != IdlRpcKind::rpc && type.stem == IdlStem::scalar && type.pointers.empty() &&
      !value.empty()) {
    add(rpc, Kind::failure, std::string(value));
  }
}

// What a call of the function ends of what `undo` says, with its own arguments.
std::optional<std::string> ended_by(const UndoTables& tables, const IdlRpc& rpc,
                                    std::string_view undo, bool only_objects = false) {
  std::string_view ended = tables.ended_by(rpc.name);
  if (!ended.empty() && called(ended) == called(undo)) {
    return spell(ended, rpc, only_objects);
  }
  if (rpc.name != called(undo)) {
    return std::nullopt;
  }
  size_t count = undo.ends_with("()") ? 0 : 1 + static_cast<size_t>(std::ranges::count(undo, ','));
  std::string text = rpc.name + "(";
  for (size_t i = 0; i < count; ++i) {
    text += fmt::format("{}${}", i == 0 ? "" : ", ", i);
  }
  return spell(text + ")", rpc, only_objects);
}

// The function by which the driver frees objects of the type; empty if it frees none.
std::string freed_by(const Inference& inference, const IdlType& type) {
  if (!outlives_call(type, true)) {
    return {};
  }
  std::string tag = type.name;
  for (const IdlItem& item : inference.draft.items) {
    const auto* projection = std::get_if<IdlProjection>(&item.value);
    if (type.stem == IdlStem::projection && projection && projection->name == type.name) {
      tag = projection->structure;
    }
  }
  auto found = inference.freed.find(tag);
  return found == inference.freed.end() ? std::string() : found->second;
}

// What the driver may free with its own allocator though the kernel has made it: what a function of the
// kernel's has just allocated and returns, and arguments that the driver's function frees.
void add_given(Inference& inference, CrossingId id, IdlRpc& rpc) {
  if (rpc.kind == IdlRpcKind::rpc) {
    const SyncRoot* root = inference.tree.root(id, RootKind::result, 0);
    std::string free = root && root->fresh ? freed_by(inference, rpc.result) : "";
    if (!free.empty()) {
      add(rpc, Kind::given, free + "(result)");
    }
    return;
  }
  for (u32 i = 0; i < rpc.arguments.size(); ++i) {
    const SyncRoot* root = inference.tree.root(id, RootKind::argument, i);
    std::string free = root && root->freed ? freed_by(inference, rpc.arguments[i].type) : "";
    if (!free.empty()) {
      add(rpc, Kind::given, fmt::format("{}({})", free, rpc.arguments[i].name));
      return;
    }
  }
}

} // namespace

std::map<std::string, std::string> find_freed(const View& view, const TypeTable& types,
                                              const KnownRows& allocators) {
  const std::vector<std::string>& library = view.pruned().boundary.library;
  const std::set<std::string> in_domain(library.begin(), library.end());
  // The library's function that is called there and frees its first argument.
  const auto deallocator = [&](const Access& access) -> std::string {
    for (const u32 i : view.calls_of(access.function)) {
      const Call& call = view.call(i);
      if (call.instruction != access.instruction || call.callee == none<FunctionId>) {
        continue;
      }
      const std::string& name = view.summary().functions[row(call.callee)].name;
      const KnownRow* known = find_row(allocators, name);
      if (in_domain.contains(name) && known && (*known)[1] == "free" && (*known)[2] == "0") {
        return name;
      }
    }
    return {};
  };
  std::map<std::string, std::string> freed;
  for (const Access& access : view.summary().accesses) {
    if (access.kind != AccessKind::free || access.path == none<PathId> ||
        !view.in_domain(access.function)) {
      continue;
    }
    const std::string tag = types.tag(types.complete(view.path(access.path).type));
    if (tag.empty()) {
      continue;
    }
    const std::string by = deallocator(access);
    const auto [known, added] = freed.emplace(tag, by);
    if (!added && known->second != by) {
      known->second.clear(); // which of them frees this object is not known
    }
  }
  return freed;
}

UndoTables::UndoTables(const Known& known)
    : ends_(known.rows(KnownTable::ends)), failures_(known.rows(KnownTable::failures)),
      known_(known) {
  for (const KnownRow& row : known.rows(KnownTable::undo)) {
    check_call(row, row[2]);
    if (has_bad_name(row[3])) {
      row.refuse(fmt::format("{}: has another name than $N and $R", row[3]));
    }
    undos_.push_back({row[0], kind_of(row), row[2], row[3], row[4]});
  }
  for (const KnownRow& row : ends_) {
    check_call(row, row[1]);
  }
}

const Undo* UndoTables::find(std::string_view function) const {
  auto found = std::ranges::lower_bound(undos_, function, {}, &Undo::function);
  return found == undos_.end() || found->function != function ? nullptr : &*found;
}

std::string_view UndoTables::ended_by(std::string_view function) const {
  const KnownRow* row = find_row(ends_, function);
  return row ? (*row)[1] : std::string_view();
}

std::string_view UndoTables::failure_of(std::string_view type) const {
  const KnownRow* row = find_row(failures_, type);
  return row ? (*row)[1] : std::string_view();
}

void add_undo(Inference& inference, CrossingId id, IdlRpc& rpc) {
  if (rpc.kind == IdlRpcKind::rpc_op) {
    return; // which function it is, is not known
  }
  const Crossing& crossing = inference.crossing(id);
  add_failure(inference.undo, rpc);
  const Undo* known = undo_of(inference, crossing, rpc);
  if (!known) {
    add_given(inference, id, rpc);
    return;
  }
  bool is_reference = known->kind == Kind::reference;
  std::optional<std::string> undo = spell(known->call, rpc, is_reference);
  std::optional<std::string> done = spell(known->done, rpc);
  if (!undo || !done) {
    if (is_reference) {
      inference.uncounted.emplace(called(known->call));
    }
    warn(inference, crossing.loc, "undo-left-out",
         is_reference
             ? fmt::format("{}: references that {} drops are not counted, since what they are "
                           "to does not cross as an object",
                           rpc.name, called(known->call))
             : fmt::format("{}: what it does is not undone by {} for a domain that was stopped, "
                           "since not all arguments of that cross as objects or numbers",
                           rpc.name, called(known->call)));
    return;
  }
  if (std::ranges::binary_search(inference.view.pruned().boundary.lacking, called(known->call))) {
    warn(
        inference, crossing.loc, "undo-left-out",
        fmt::format(
            "{}: what it does is not undone for a domain that was stopped, since this kernel has no {}",
            rpc.name, called(known->call)));
    return;
  }
  add(rpc, known->kind, std::move(*undo));
  if (!done->empty()) {
    add(rpc, Kind::done, std::move(*done));
  }
  if (!is_reference) {
    inference.draft.headers.insert(std::string(known->header));
  }
}

namespace {

// Which references a call drops, whether or not the driver takes such; whether there are any.
bool add_drops(Inference& inference) {
  bool drops_any = false;
  std::set<std::string_view> crossing; // functions of the kernel's
  for (const IdlItem& item : inference.draft.items) {
    const auto* rpc = std::get_if<IdlRpc>(&item.value);
    if (rpc && rpc->kind == IdlRpcKind::rpc) {
      crossing.insert(rpc->name);
    }
  }
  for (IdlItem& item : inference.draft.items) {
    auto* rpc = std::get_if<IdlRpc>(&item.value);
    if (!rpc || rpc->kind != IdlRpcKind::rpc) {
      continue;
    }
    for (const Undo& undo : inference.undo.all()) {
      if (undo.kind != Kind::reference ||
          inference.uncounted.contains(std::string(called(undo.call)))) {
        continue;
      }
      std::optional<std::string> drops = ended_by(inference.undo, *rpc, undo.call, true);
      bool takes = rpc->name == undo.function &&
                   find_attribute(rpc->result.attributes, Kind::reference) != nullptr;
      if ((takes || drops) && !crossing.contains(called(undo.call))) {
        inference.draft.headers.insert(std::string(undo.header));
      }
      if (drops && !find_attribute(rpc->result.attributes, Kind::drops)) {
        add(*rpc, Kind::drops, std::move(*drops));
        drops_any = true;
      }
    }
  }
  return drops_any;
}

// What a function makes or finds for the driver may come with a reference, unless it is known which.
void entrust_results(std::vector<IdlItem>& items) {
  for (IdlItem& item : items) {
    auto* rpc = std::get_if<IdlRpc>(&item.value);
    if (rpc && (rpc->kind == IdlRpcKind::rpc || rpc->kind == IdlRpcKind::rpc_op) &&
        is_object_pointer(rpc->result) &&
        !find_attribute(rpc->result.attributes, Kind::reference)) {
      rpc->result.attributes.push_back({Kind::entrusted, IdlSide::none, {}, {}});
    }
  }
}

} // namespace

void add_ends(Inference& inference) {
  if (add_drops(inference)) {
    entrust_results(inference.draft.items);
  }
  const UndoTables& tables = inference.undo;
  std::vector<IdlItem>& items = inference.draft.items;
  std::set<std::string> undone, ended; // what the undos call
  for (const IdlItem& item : items) {
    const auto* rpc = std::get_if<IdlRpc>(&item.value);
    for (const IdlAttribute& attribute : rpc ? rpc->result.attributes : IdlAttributes{}) {
      if (is_undo(attribute.kind)) {
        undone.insert(attribute.expression);
      }
    }
  }
  for (IdlItem& item : items) {
    auto* rpc = std::get_if<IdlRpc>(&item.value);
    for (const std::string& undo :
         rpc && rpc->kind == IdlRpcKind::rpc ? undone : std::set<std::string>{}) {
      std::optional<std::string> ends = ended_by(tables, *rpc, undo);
      if (ends && !find_attribute(rpc->result.attributes, Kind::ends)) {
        ended.insert(std::string(called(undo)));
        add(*rpc, Kind::ends, std::move(*ends));
      }
    }
  }
  // Drivers have the release of such a lock inlined: nobody would say that it was released.
  for (IdlItem& item : items) {
    if (auto* rpc = std::get_if<IdlRpc>(&item.value)) {
      IdlAttributes& attributes = rpc->result.attributes;
      const IdlAttribute* unlock = find_attribute(attributes, Kind::unlock);
      if (unlock && !ended.contains(std::string(called(unlock->expression)))) {
        std::erase_if(attributes, [](const IdlAttribute& attribute) {
          return attribute.kind == Kind::unlock || attribute.kind == Kind::done;
        });
      }
    }
  }
}

} // namespace ks::idl

// SPDX-License-Identifier: MIT
#include "ks-pdg/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

namespace ks::pdg {
namespace {

template <class Entry>
const Entry* find(const std::vector<Entry>& entries, std::string_view name) {
  const auto at = std::ranges::lower_bound(entries, name, {}, &Entry::name);
  return at == entries.end() || at->name != name ? nullptr : &*at;
}

bool take(std::string_view& text, std::string_view prefix) {
  const bool there = text.starts_with(prefix);
  if (there) text.remove_prefix(prefix.size());
  return there;
}

bool take_number(std::string_view& text, auto& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return error == std::errc();
}

std::optional<AccessKind> take_kind(std::string_view& text) {
  if (take(text, "r")) return AccessKind::read;
  if (take(text, "w")) return AccessKind::write;
  if (take(text, "u")) return AccessKind::update;
  return std::nullopt;
}

// "w0/2": writes what argument 0 points to, as many bytes as argument 2 says.
std::optional<Effect> parse_effect(std::string_view text) {
  const std::optional<AccessKind> kind = take_kind(text);
  Effect effect;
  if (!kind || !take_number(text, effect.argument)) return std::nullopt;
  effect.kind = *kind;
  effect.bears_null = take(text, "?");
  bool good = true;
  if (take(text, "+")) {
    effect.to_the_end = true;
  } else if (take(text, "/=")) {
    good = take_number(text, effect.size);
  } else if (take(text, "/")) {
    good =
        take_number(text, effect.length) && (!take(text, "*") || take_number(text, effect.count));
  }
  return good && text.empty() ? std::optional(effect) : std::nullopt;
}

Model parse_model(const KnownRow& row) {
  Model model{row[0], {}, row.number(2)};
  for (std::string_view rest = row[1]; !rest.empty();) {
    const std::size_t space = std::min(rest.find(' '), rest.size());
    const std::optional<Effect> effect = parse_effect(rest.substr(0, space));
    if (!effect) row.refuse(fmt::format("{}: not an effect on memory", rest.substr(0, space)));
    model.effects.push_back(*effect);
    rest.remove_prefix(std::min(space + 1, rest.size()));
  }
  return model;
}

Allocator parse_allocator(const KnownRow& row) {
  const bool frees = row[1] == "free";
  if (frees && row[2].empty()) row.refuse("what frees says which argument it frees");
  if (row[1] == "allocate_percpu" && !row[2].empty()) row.refuse("has no argument");
  return {row[0], frees ? AllocatorAction::free : AllocatorAction::allocate, row.number(2)};
}

LockModel parse_lock(const KnownRow& row) {
  const std::optional<LockAction> action = enum_value<LockAction>(row[1]);
  if (!action) row.refuse(fmt::format("{}: not an action", row[1]));
  return {row[0], *action, row[2], row.number(3)};
}

AssemblyModel parse_instruction(const KnownRow& row) {
  if (row[2].empty() != row[3].empty()) row.refuse("an action has a family");
  const std::optional<Update> update = enum_value<Update>(row[4]);
  if (update && row[1] != "updated") row.refuse("what only reads makes nothing of what was there");
  if (row[5].empty() != row[6].empty())
    row.refuse("what touches user memory does as a function does");
  const UserAccess user = row[5].empty()    ? UserAccess::none
                          : row[5] == "get" ? UserAccess::get
                                            : UserAccess::put;
  return {row[0], row[1] == "updated",           enum_value<LockAction>(row[2]),
          row[3], update.value_or(Update::none), user,
          row[6]};
}

template <class Entry>
std::vector<Entry> parse_all(const KnownRows& rows, Entry (*parse)(const KnownRow&)) {
  std::vector<Entry> entries;
  entries.reserve(rows.size());
  for (const KnownRow& row : rows) entries.push_back(parse(row));
  return entries;
}

} // namespace

Tables::Tables(Known known)
    : known_(std::move(known)), models_(parse_all(known_.rows(KnownTable::models), parse_model)),
      allocators_(parse_all(known_.rows(KnownTable::allocators), parse_allocator)),
      locks_(parse_all(known_.rows(KnownTable::locks), parse_lock)),
      assembly_(parse_all(known_.rows(KnownTable::assembly), parse_instruction)),
      cpu_offsets_(known_.rows(KnownTable::cpu_offsets)) {}

const Model* Tables::find_model(std::string_view function) const { return find(models_, function); }

const Allocator* Tables::find_allocator(std::string_view function) const {
  return find(allocators_, function);
}

const LockModel* Tables::find_lock(std::string_view function) const {
  return find(locks_, function);
}

const AssemblyModel* Tables::find_call(std::string_view statement) const {
  constexpr std::string_view call = "call";
  if (!statement.starts_with(call)) return nullptr;
  statement.remove_prefix(call.size());
  statement.remove_prefix(std::min(statement.find_first_not_of(" \t"), statement.size()));
  const auto is_name = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
  };
  std::string name(statement.begin(), std::ranges::find_if_not(statement, is_name));
  name.erase(name.find_last_not_of("0123456789_") + 1);
  return find_assembly("call " + name);
}

const AssemblyModel* Tables::find_assembly(std::string_view mnemonic) const {
  return find(assembly_, mnemonic);
}

bool Tables::is_own_cpu_offset(std::string_view variable) const {
  const KnownRow* row = find_row(cpu_offsets_, variable);
  return row && (*row)[1] == "own";
}

} // namespace ks::pdg

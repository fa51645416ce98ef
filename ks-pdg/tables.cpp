// SPDX-License-Identifier: MIT
#include "ks-pdg/tables.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>

namespace ks {
namespace {

struct ModelText {
  std::string_view name;
  std::string_view effects;
  u32 returns;
};

struct AllocatorEntry {
  std::string_view name;
  Allocator allocator;
};

#define KS_MODEL(name, effects, returns) ModelText{#name, effects, returns},
constexpr ModelText models[] = {
#include "ks-pdg/models.def"
};
#undef KS_MODEL

#define KS_ALLOCATE(name) AllocatorEntry{#name, {AllocatorAction::allocate, no_row}},
#define KS_FREE(name, argument) AllocatorEntry{#name, {AllocatorAction::free, argument}},
constexpr AllocatorEntry allocators[] = {
#include "ks-pdg/allocators.def"
};
#undef KS_ALLOCATE
#undef KS_FREE

#define KS_LOCK(name, action, family, argument)                                                \
  LockModel{#name, LockAction::action, #family, argument},
constexpr LockModel locks[] = {
#include "ks-pdg/locks.def"
};
#undef KS_LOCK

#define KS_ASM(mnemonic, updates) AssemblyModel{mnemonic, updates, std::nullopt, {}},
#define KS_ASM_ACTION(mnemonic, updates, action, family)                                       \
  AssemblyModel{mnemonic, updates, LockAction::action, #family},
constexpr AssemblyModel assembly[] = {
#include "ks-pdg/assembly.def"
};
#undef KS_ASM
#undef KS_ASM_ACTION

template <class Table, class Key>
consteval bool is_sorted_by(const Table& table, Key key) {
  for (std::size_t i = 1; i < std::size(table); ++i) {
    if (!(key(table[i - 1]) < key(table[i]))) {
      return false;
    }
  }
  return true;
}

constexpr auto model_name = [](const ModelText& entry) { return entry.name; };
constexpr auto allocator_name = [](const AllocatorEntry& entry) { return entry.name; };
constexpr auto lock_name = [](const LockModel& entry) { return entry.function; };
constexpr auto assembly_name = [](const AssemblyModel& entry) { return entry.mnemonic; };

static_assert(is_sorted_by(models, model_name), "models.def is not sorted by name");
static_assert(is_sorted_by(allocators, allocator_name), "allocators.def is not sorted by name");
static_assert(is_sorted_by(locks, lock_name), "locks.def is not sorted by name");
static_assert(is_sorted_by(assembly, assembly_name), "assembly.def is not sorted by name");

template <class Table, class Key>
auto find(const Table& table, std::string_view name, Key key) -> decltype(&table[0]) {
  const auto at = std::lower_bound(
      std::begin(table), std::end(table), name,
      [&](const auto& entry, std::string_view wanted) { return key(entry) < wanted; });
  return at == std::end(table) || key(*at) != name ? nullptr : &*at;
}

u64 take_number(std::string_view& text) {
  u64 number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  assert(error == std::errc());
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

// "w0/2": writes what argument 0 points to, as many bytes as argument 2 says.
Effect parse_effect(std::string_view text) {
  Effect effect;
  effect.kind = text[0] == 'w'   ? AccessKind::write
                : text[0] == 'u' ? AccessKind::update
                                 : AccessKind::read;
  text.remove_prefix(1);
  effect.argument = static_cast<u32>(take_number(text));
  if (text.starts_with("?")) {
    text.remove_prefix(1);
    effect.bears_null = true;
  }
  if (text.starts_with("+")) {
    effect.to_the_end = true;
  } else if (text.starts_with("/=")) {
    text.remove_prefix(2);
    effect.size = take_number(text);
  } else if (text.starts_with("/")) {
    text.remove_prefix(1);
    effect.length = static_cast<u32>(take_number(text));
    if (text.starts_with("*")) {
      text.remove_prefix(1);
      effect.count = static_cast<u32>(take_number(text));
    }
  }
  return effect;
}

} // namespace

std::optional<Model> find_model(std::string_view function) {
  const ModelText* entry = find(models, function, model_name);
  if (!entry) {
    return std::nullopt;
  }
  Model model;
  model.returns = entry->returns;
  for (std::string_view rest = entry->effects; !rest.empty();) {
    const std::size_t space = std::min(rest.find(' '), rest.size());
    model.effects.push_back(parse_effect(rest.substr(0, space)));
    rest.remove_prefix(std::min(space + 1, rest.size()));
  }
  return model;
}

const Allocator* find_allocator(std::string_view function) {
  const AllocatorEntry* entry = find(allocators, function, allocator_name);
  return entry ? &entry->allocator : nullptr;
}

const LockModel* find_lock(std::string_view function) { return find(locks, function, lock_name); }

const AssemblyModel* find_assembly(std::string_view mnemonic) {
  return find(assembly, mnemonic, assembly_name);
}

} // namespace ks

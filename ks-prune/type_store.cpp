// SPDX-License-Identifier: MIT
#include "ks-prune/type_store.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>

namespace ks::prune {

KeyMaker& KeyMaker::add(std::string_view text) {
  add(text.size());
  bytes_.append(text);
  return *this;
}

KeyMaker& KeyMaker::add(u64 number) {
  for (int shift = 0; shift < 64; shift += 8) bytes_.push_back(static_cast<char>(number >> shift));
  return *this;
}

Key KeyMaker::key() const {
  const Key key = XXH3_64bits(bytes_.data(), bytes_.size());
  return key == no_key ? 1 : key;
}

namespace {

bool is_tagged(TypeKind kind) { return kind == TypeKind::structure || kind == TypeKind::union_; }

u64 number_of(TypeKind kind) { return static_cast<u64>(kind); }

// What a type without a layout is, but for the types in it.
void add_own(KeyMaker& maker, const Type& type) {
  maker.add(number_of(type.kind)).add(type.name).add(type.size).add(type.is_signed);
  maker.add(type.count).add(type.variadic).add(type.user);
}

// Computes keys on demand. C lets a type contain itself only by way of a structure, and
// a structure's key does not look at its members, so the recursion ends.
class UnitKeys {
public:
  explicit UnitKeys(const Summary& summary)
      : summary_(summary), keys_(summary.types.size(), no_key) {}

  std::vector<Key> all() {
    for (u32 i = 0; i < keys_.size(); ++i) key(TypeId{i});
    return std::move(keys_);
  }

private:
  Key key(TypeId id) {
    if (id == none<TypeId>) return no_key;
    Key& known = keys_[row(id)];
    if (known == no_key) {
      const Key made = make(summary_.types[row(id)]);
      keys_[row(id)] = made;
      return made;
    }
    return known;
  }

  Key make(const Type& type) {
    KeyMaker maker;
    if (is_tagged(type.kind)) {
      maker.add(number_of(type.kind)).add(type.name).add(type.layout);
      if (type.name.empty()) maker.add(type.file).add(type.line);
      return maker.key();
    }
    add_own(maker, type);
    maker.add(key(type.element));
    if (type.kind == TypeKind::function) {
      for (u32 i = 0; i < type.member_count; ++i) {
        const Member& parameter = summary_.members[type.first_member + i];
        maker.add(parameter.name).add(key(parameter.type));
      }
    }
    return maker.key();
  }

  const Summary& summary_;
  std::vector<Key> keys_;
};

Key coarse_key(const Summary& summary, TypeId id) {
  if (id == none<TypeId>) return no_key;
  const Type& type = summary.types[row(id)];
  KeyMaker maker;
  switch (type.kind) {
  case TypeKind::typedef_: return coarse_key(summary, type.element);
  case TypeKind::pointer:
    return maker.add(number_of(type.kind)).add(coarse_key(summary, type.element)).key();
  case TypeKind::boolean:
  case TypeKind::character:
  case TypeKind::integer:
  case TypeKind::enumeration: return maker.add(number_of(TypeKind::integer)).add(type.size).key();
  case TypeKind::structure:
  case TypeKind::union_: return maker.add(number_of(type.kind)).add(type.name).key();
  case TypeKind::array:
    return maker.add(number_of(type.kind)).add(coarse_key(summary, type.element)).key();
  case TypeKind::void_: return no_key;
  case TypeKind::floating:
  case TypeKind::function:
  case TypeKind::unknown: return maker.add(number_of(type.kind)).key();
  }
  return no_key;
}

StoredType stored_type(const Summary& summary, const Type& type, const std::vector<Key>& keys) {
  const auto key = [&](TypeId id) { return id == none<TypeId> ? no_key : keys[row(id)]; };
  StoredType stored;
  stored.type = type;
  stored.type.element = none<TypeId>;
  stored.type.first_member = 0;
  stored.element = key(type.element);
  stored.origin = summary.units.front().name;
  for (u32 i = 0; i < type.member_count; ++i) {
    const Member& member = summary.members[type.first_member + i];
    stored.members.push_back(
        {member.name, key(member.type), member.offset_bits, member.size_bits, member.bit_field});
    TypeId id = member.type;
    while (id != none<TypeId> && !is_tagged(summary.types[row(id)].kind)) {
      id = summary.types[row(id)].element;
    }
    stored.vague += id != none<TypeId> && !summary.types[row(id)].complete;
  }
  return stored;
}

// Which of two rows of the same key tells more; ties are broken by the unit's name, so
// that the order of arrival does not matter.
bool better(const StoredType& a, const StoredType& b) {
  return std::tuple(!a.type.complete, a.vague, std::string_view(a.origin)) <
         std::tuple(!b.type.complete, b.vague, std::string_view(b.origin));
}

// Whether a unit cannot tell more than what is stored, by looks alone.
bool nothing_to_add(const StoredType& stored, const Type& type, std::string_view origin) {
  if (stored.type.complete && !type.complete) return true;
  return stored.type.complete == type.complete && stored.vague == 0 && stored.origin <= origin;
}

} // namespace

std::vector<Key> type_keys(const Summary& summary) { return UnitKeys(summary).all(); }

Key signature_key(const Summary& summary, TypeId function) {
  while (function != none<TypeId> && summary.types[row(function)].kind != TypeKind::function) {
    function = summary.types[row(function)].element;
  }
  if (function == none<TypeId>) return no_key;
  const Type& type = summary.types[row(function)];
  KeyMaker maker;
  maker.add(coarse_key(summary, type.element)).add(type.variadic);
  for (u32 i = 0; i < type.member_count; ++i) {
    maker.add(coarse_key(summary, summary.members[type.first_member + i].type));
  }
  return maker.key();
}

void TypeStore::add(const Summary& summary, const std::vector<Key>& keys) {
  const std::lock_guard lock(mutex_);
  for (u32 i = 0; i < keys.size(); ++i) {
    const Type& type = summary.types[i];
    const auto found = types_.find(keys[i]);
    if (found == types_.end()) {
      types_.emplace(keys[i], stored_type(summary, type, keys));
    } else if (!nothing_to_add(found->second, type, summary.units.front().name)) {
      StoredType stored = stored_type(summary, type, keys);
      if (better(stored, found->second)) found->second = std::move(stored);
    }
  }
}

std::vector<KeyedType> TypeStore::all() const {
  std::vector<KeyedType> types;
  for (const auto& [key, stored] : types_) types.push_back({key, stored});
  std::sort(types.begin(), types.end(),
            [](const KeyedType& a, const KeyedType& b) { return a.key < b.key; });
  return types;
}

void TypeStore::begin_with(std::vector<KeyedType> types) {
  types_.reserve(types.size());
  for (KeyedType& type : types) types_.emplace(type.key, std::move(type.stored));
}

Key TypeStore::complete_key(const StoredType& stored, Key key) const {
  if (stored.type.complete) return key;
  const auto found = complete_.find({stored.type.kind, stored.type.name});
  if (found == complete_.end() || stored.type.name.empty()) return key;
  return found->second.size() == 1 ? found->second.front() : key;
}

Key TypeStore::canonical_key(Key key) {
  if (key == no_key) return no_key;
  if (const auto known = canonical_.find(key); known != canonical_.end()) return known->second;
  const StoredType& stored = types_.at(key);
  Key made = key;
  if (is_tagged(stored.type.kind)) {
    made = complete_key(stored, key);
  } else {
    KeyMaker maker;
    add_own(maker, stored.type);
    maker.add(canonical_key(stored.element));
    for (const StoredMember& member : stored.members) {
      if (stored.type.kind != TypeKind::function) continue;
      maker.add(member.name).add(canonical_key(member.type));
    }
    made = maker.key();
  }
  canonical_[key] = made;
  return made;
}

void TypeStore::resolve() {
  for (const auto& [key, stored] : types_) {
    if (is_tagged(stored.type.kind) && stored.type.complete) {
      complete_[{stored.type.kind, stored.type.name}].push_back(key);
    }
  }
  for (auto& [name, keys] : complete_) std::sort(keys.begin(), keys.end());
  for (const auto& [key, stored] : types_) canonical_key(key);
  number_types();
}

void TypeStore::number_types() {
  std::unordered_map<Key, const StoredType*> chosen;
  for (const auto& [key, stored] : types_) {
    const StoredType*& best = chosen[canonical_.at(key)];
    if (best == nullptr || better(stored, *best)) best = &stored;
  }
  numbered_.assign(chosen.begin(), chosen.end());
  std::sort(numbered_.begin(), numbered_.end(), [](const auto& a, const auto& b) {
    const Type& x = a.second->type;
    const Type& y = b.second->type;
    return std::tie(x.name, x.kind, x.layout, a.first) <
           std::tie(y.name, y.kind, y.layout, b.first);
  });
  for (u32 i = 0; i < numbered_.size(); ++i) numbers_[numbered_[i].first] = i;
}

Key TypeStore::canonical(Key key) const { return key == no_key ? no_key : canonical_.at(key); }

u32 TypeStore::number(Key key) const {
  return key == no_key ? no_row : numbers_.at(canonical(key));
}

// A typedef or an array of itself, which no compiler lets pass, is of no type.
u32 TypeStore::strip(Key key) const {
  u32 at = number(key);
  for (u32 steps = 0; at != no_row && type(at).type.kind == TypeKind::typedef_; ++steps)
    at = steps < size() ? number(type(at).element) : no_row;
  return at;
}

u32 TypeStore::element(Key key) const {
  u32 at = strip(key);
  for (u32 steps = 0; at != no_row && type(at).type.kind == TypeKind::array; ++steps)
    at = steps < size() ? strip(type(at).element) : no_row;
  return at;
}

} // namespace ks::prune

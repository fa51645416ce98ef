// SPDX-License-Identifier: MIT
// The types of many units as one set. A type's key is computed from its content alone
// (name and layout for structures, structure for what has no name), so the set does not
// depend on the order in which units arrive, nor on which thread brings them.
//
// A forward declaration stands for the one complete type of its name, if there is
// exactly one layout; canonical() applies this all the way through pointers, arrays,
// functions and typedefs.

#pragma once

#include "ks-pdg/pdg.hpp"

#include <map>
#include <mutex>
#include <unordered_map>

namespace ks::prune {

using Key = u64;

// Of a row that is none: void, or unknown.
inline constexpr Key no_key = 0;

class KeyMaker {
public:
  KeyMaker& add(std::string_view text);
  KeyMaker& add(u64 number);
  Key key() const;

private:
  std::string bytes_;
};

struct StoredMember {
  std::string name;
  Key type = no_key;
  u64 offset_bits = 0;
  u64 size_bits = 0;
  bool bit_field = false;

  KS_DESCRIBE(name, type, offset_bits, size_bits, bit_field)
};

struct StoredType {
  Type type; // element and members are below, by key
  Key element = no_key;
  std::vector<StoredMember> members;
  u32 vague = 0; // how many members mention an incomplete type
  std::string origin; // the unit it is taken from

  KS_DESCRIBE(type, element, members, vague, origin)
};

// A type and its key.
struct KeyedType {
  Key key = no_key;
  StoredType stored;

  KS_DESCRIBE(key, stored)
};

// The keys of a unit's types, by row.
std::vector<Key> type_keys(const Summary& summary);

// The key of a function's type as an indirect call sees it: typedefs looked through,
// structures by name, integers by size. no_key if there is no such type.
Key signature_key(const Summary& summary, TypeId function);

class TypeStore {
public:
  // May be called from several threads.
  void add(const Summary& summary, const std::vector<Key>& keys);
  // What one store holds, by key, for another to begin with.
  std::vector<KeyedType> all() const;
  void begin_with(std::vector<KeyedType> types);

  // To be called once, after the last add(). From here on the members below may be used.
  void resolve();
  Key canonical(Key key) const;
  // The number of a canonical type, dense and by rising name; no_row for no_key.
  u32 number(Key key) const;
  // Likewise, without typedefs; and of what an array holds, at any depth.
  u32 strip(Key key) const;
  u32 element(Key key) const;
  const StoredType& type(u32 number) const { return *numbered_[number].second; }
  Key key(u32 number) const { return numbered_[number].first; }
  u32 size() const { return static_cast<u32>(numbered_.size()); }

private:
  Key canonical_key(Key key);
  Key complete_key(const StoredType& stored, Key key) const;
  void number_types();

  std::mutex mutex_;
  std::unordered_map<Key, StoredType> types_;
  std::map<std::pair<TypeKind, std::string>, std::vector<Key>> complete_;
  std::unordered_map<Key, Key> canonical_;
  std::vector<std::pair<Key, const StoredType*>> numbered_;
  std::unordered_map<Key, u32> numbers_;
};

} // namespace ks::prune

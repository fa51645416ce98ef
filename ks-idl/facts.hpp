// SPDX-License-Identifier: MIT
// What the stages before have found, in the form that inference asks for it: types by what C
// calls them, sync sets as trees.

#pragma once

#include "ks-idl/lex.hpp"
#include "ks-atomic/atomic.hpp"
#include "ks-idl/headers.hpp"
#include "ks-prune/view.hpp"
#include "ks-sync/sync.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace ks::idl {

struct Direction {
  bool in = false;
  bool out = false;
  explicit operator bool() const { return in || out; }
  Direction& operator|=(Direction other) {
    in |= other.in;
    out |= other.out;
    return *this;
  }
};

// Types as C spells them, and the headers that declare them.
class TypeTable : public Types {
public:
  explicit TypeTable(const View& view, const Known& known = {});

  bool is_scalar(TypeId type) const;
  // As it is spelt, typedefs included.
  TypeId pointee(TypeId pointer) const { return at(strip(pointer)).element; }
  u64 size(TypeId type) const;
  bool is_flexible(TypeId type) const; // an array without a length
  // A member by name, also one of an anonymous struct or union inside; no owner if there is none.
  // Its offset is from the start of `type`.
  Member find_member(TypeId type, std::string_view name) const;
  // The member of the type `inner` that lies so many bits after the start of `type`, at any depth, as C
  // writes it after the struct: "a.b"; empty if none has a name.
  std::string member_at(TypeId type, u64 offset_bits, TypeId inner) const;
  // The members that overlap these bits, those of anonymous structs and unions inside included.
  std::vector<Member> members_within(TypeId type, const Bits& bits) const;

  // A scalar (or a struct by value) as C spells it where the type's header is included.
  std::string spelling(TypeId type) const;
  // "struct T", "union T", or the typedef that names a struct; empty if it has no name.
  std::string tag(TypeId type) const;
  // A struct of which nothing is copied: no header that we may include defines it, or code computes with its address.
  bool is_opaque(TypeId type) const;
  // A struct that stands for something by its address: a pointer to it has the same value at both ends.
  bool is_by_address(TypeId type) const;
  // The file in which a struct is declared.
  std::string declared_in(TypeId structure) const;
  // The header that declares what spelling() and tag() name; empty if none does.
  std::string header(TypeId type) const;
  // Headers so that each finds what it needs: the driver's own rely on all of the kernel's.
  std::vector<std::string> in_order(const std::set<std::string>& headers) const;

private:
  using Named = std::map<std::string, Member, std::less<>>; // those of unnamed members, too

  bool is_private(const std::string& file) const;
  const Named& named_members(TypeId type) const;
  mutable std::map<TypeId, Named> named_;

  Headers headers_;
  std::map<std::string, std::string> addresses_; // tags, and where they are declared
  std::set<std::string> driver_roots_; // "drivers/net/": where headers of the driver may lie
};

using SyncPaths = std::vector<SyncPathId>;

class SyncTree {
public:
  explicit SyncTree(const Sync& sync);

  const SyncPath& at(SyncPathId path) const { return sync_.paths[row(path)]; }
  // What itself is copied, and what of its subtree, itself included.
  Direction own(SyncPathId path) const { return own_[row(path)]; }
  Direction below(SyncPathId path) const { return below_[row(path)]; }
  Direction below(const SyncPaths& paths) const;
  SyncPaths children(const SyncPaths& paths, StepKind step) const;
  const SyncRoot* root(CrossingId crossing, RootKind kind, u32 index) const;
  const Sync& sync() const { return sync_; }

private:
  const Sync& sync_;
  std::vector<std::vector<SyncPathId>> children_;
  std::vector<Direction> own_, below_;
  std::map<std::tuple<u32, RootKind, u32>, u32> roots_;
};

// The name of a field without its structure; empty if debug info has none.
std::string field_name(const Field& field);

// One or more C identifiers, separated by single spaces.
bool is_words(std::string_view text);
// With '_' for what no name may have in it.
std::string with_name_parts(std::string text);

} // namespace ks::idl

// SPDX-License-Identifier: MIT
// Arguments whose type does not say what they lead to, of which another argument, the command, tells.
//
// Method: each use of such an argument, in the function and in all that it hands the argument on to, says
// what is taken to be there, and for which values of the function's other arguments. What a callee knows of
// its own argument is known of the caller's argument that is passed for it; where that is a constant, the use
// is one or it is none. For each value of the command there must then be one thing that all uses agree with:
// a struct, one that begins with those that others see, or scalars. For values of which nothing is known, or
// several things are, the pointer crosses as a number, and a warning says so if code follows it.

#pragma once

#include "ks-sync/layout.hpp"
#include "ks-sync/ranges.hpp"
#include "ks-sync/sync.hpp"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace ks::sync {

// An argument, and the bits of it that are compared.
struct CommandTag {
  u32 argument = 0;
  u64 mask = 0;
  friend auto operator<=>(const CommandTag&, const CommandTag&) = default;
};

// The values of a command for which code takes an argument for one thing.
struct Command {
  ArmKind kind = ArmKind::cookie; // object, scalars, cookie
  TypeId structure{no_row}; // of an object
  u64 bytes = 0; // of scalars
  bool writes = false; // to scalars
  bool is_lost = false; // nothing that crosses fits what code does with it
  bool is_handed = false; // of a cookie: code keeps it, or follows it
  CommandTag tag;
  Range range;
};

class Commands {
public:
  Commands(const View& program, const Layout& layout);

  // What an argument of a call of any of these is; empty if no argument tells.
  std::vector<Command> of(std::span<const FunctionId> targets, u32 index);
  // Whether all of these calls that may pass such a command pass the address of a local for the argument,
  // or NULL.
  bool are_local(std::span<const u32> calls, u32 index, const Command& command) const;
  // Whether one of them may pass a local of this side's, its callers' locals included.
  bool is_local_among(std::span<const u32> calls, u32 index, const Command& command) const;
  // The values of the command for which one of these calls passes a number that could be an address.
  std::set<u64> numbers_among(std::span<const u32> calls, u32 index, const Command& command) const;
  // The calls of a function from this side; those that are known by more than its type, if there are any.
  std::vector<u32> calls_of(FunctionId function, bool in_kernel) const;
  // A pointer to nothing in particular, or a number that has room for one.
  bool is_untyped(TypeId type) const;
  bool is_number(TypeId type) const;

private:
  enum class Kind : u8 { object, scalars, followed, handed };
  struct Thing {
    Kind kind{};
    TypeId structure{no_row};
    u64 bytes = 0;
    bool writes = false;
    friend auto operator<=>(const Thing&, const Thing&) = default;
  };
  using Known = std::map<CommandTag, Range>;
  struct Use {
    Thing thing;
    Known known;
    friend auto operator<=>(const Use&, const Use&) = default;
  };
  using Key = std::pair<FunctionId, u32>;
  struct Handing {
    u32 call = no_row;
    Key to;
    Known known;
  };
  struct Own {
    std::set<Use> uses;
    std::vector<Handing> handings;
  };

  const Own& own(const Key& key);
  void add_accesses(const Key& key, Own& own) const;
  void add_calls(const Key& key, Own& own) const;
  void add_call(const Key& key, u32 call, const Argument& argument, Own& own) const;
  bool is_modelled(const Key& key) const;
  bool holds_pointer(TypeId type) const;
  bool is_of_numbers(const Access& access) const;
  std::optional<Thing> thing_at(PathId place, u32 index, const Access* access) const;
  Known known_by(const std::vector<Guard>& guards) const;
  std::optional<Use> translated(const Use& use, const Handing& handing) const;
  const std::set<Use>& uses(const Key& key);
  Command choose(const std::vector<const Use*>& uses) const;
  std::vector<Command> split(const std::set<Use>& uses, const CommandTag& tag) const;
  TypeId parameter(FunctionId function, TypeId signature, u32 index) const;
  u64 bits_of_argument(FunctionId function, u32 index) const;
  bool is_argument(PathId path, u32 index) const;
  struct Wanted {
    u32 argument = no_row; // none: whatever is passed
    u64 mask = 0;
    Range range = all_values();
  };
  using Seen = std::set<std::tuple<FunctionId, u32, u32>>;
  bool is_local(u32 call, u32 index, const Wanted& wanted, Seen& seen) const;
  bool may_be_local(u32 call, u32 index, const Wanted& wanted, Seen& seen) const;
  bool is_address_of_local(PathId value) const;
  // What a call's argument, which is one of the caller's own, is wanted for there.
  Wanted at_callers(u32 call, const Wanted& wanted) const;
  bool may_pass(u32 call, const Wanted& wanted) const;
  std::optional<PathId> passed(u32 call, u32 index) const;

  const View& program_;
  const Summary& summary_;
  const Layout& layout_;
  Groups calls_to_; // by function
  std::set<std::pair<u32, FunctionId>> weak_; // targets that only a type says
  std::map<Key, Own> own_;
  std::map<Key, std::set<Use>> uses_;
};

} // namespace ks::sync

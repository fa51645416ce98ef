// SPDX-License-Identifier: MIT
// How the stages after ks-prune look at a pruned program: where functions run, whom they call,
// which rows of a table are theirs, which fields share bits, and what a type is without its
// typedefs. Each question has its answer here once. Where two stages need two answers that differ
// (who runs where, which fields overlap), both have a name, and a comment says why there are two.
//
// Everything is by row number, in flat tables, and in the order of the rows. A view keeps
// references: what it was made from must outlive it.

#pragma once

#include "ks-prune/prune.hpp"

#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace ks {

// Rows (or other numbers) by the group that they belong to, in their own order inside a group.
class Groups {
public:
  Groups() : first_{0} {}
  // The rows of a table. `key(row)` is the group of a row; a row whose group is not below
  // `groups` is in none.
  template <class Key>
  Groups(u64 groups, u64 rows, const Key& key) {
    fill(groups, rows, key, [](u32 i) { return i; });
  }
  // (group, member), with the same rule.
  Groups(u64 groups, std::span<const std::pair<u32, u32>> members) {
    fill(
        groups, members.size(), [&](u32 i) { return members[i].first; },
        [&](u32 i) { return members[i].second; });
  }

  u32 size() const { return static_cast<u32>(first_.size() - 1); }
  // Nothing of a group that there is not, such as that of no row.
  std::span<const u32> of(u32 group) const {
    if (group >= size()) return {};
    return {members_.data() + first_[group], first_[group + 1] - first_[group]};
  }

private:
  template <class Key, class Member>
  void fill(u64 groups, u64 count, const Key& key, const Member& member) {
    first_.assign(groups + 1, 0);
    for (u32 i = 0; i < count; ++i)
      if (const u32 group = key(i); group < groups) ++first_[group + 1];
    for (u64 group = 0; group < groups; ++group) first_[group + 1] += first_[group];
    members_.resize(first_.back());
    std::vector<u32> next(first_.begin(), first_.end() - 1);
    for (u32 i = 0; i < count; ++i)
      if (const u32 group = key(i); group < groups) members_[next[group]++] = member(i);
  }

  std::vector<u32> first_; // by group: where its members start
  std::vector<u32> members_;
};

// The strongly connected components of a graph (by node, its successors), each after all that it
// reaches, with rising nodes. Tarjan, Depth-first search and linear graph algorithms, SIAM Journal
// on Computing 1(2), 1972; here without recursion, because call chains of a kernel are deep.
std::vector<std::vector<u32>> find_components(const Groups& successors);

// Whether the peers count as functions that may touch the driver's objects.
enum class Peers : u8 { counted, left_out };

// A pruned program by function and by call.
//
// Where a function *is* and where it *runs* are two questions.
//
// in_domain() and in_kernel() follow its placement. They ask whose rows of code say what happens on
// that side, so a library function is in neither: its rows are the kernel's version, and the
// domain runs ks-rt's. A cloned function has a copy on both sides and is in both.
//
// runs_in_domain() and runs_in_kernel() ask who may touch an object. A library function does to
// what it is passed what the kernel's version does, so it runs in the domain. In the kernel, a
// cloned or library function runs only if code that runs there calls it.
class View {
public:
  explicit View(const Pruned& pruned);

  const Pruned& pruned() const { return pruned_; }
  const Summary& summary() const { return pruned_.summary; }
  u32 function_count() const { return static_cast<u32>(summary().functions.size()); }

  const Function& function(FunctionId id) const { return summary().functions[row(id)]; }
  const Path& path(PathId id) const { return summary().paths[row(id)]; }
  const Call& call(u32 call_row) const { return summary().calls[call_row]; }

  // A function without a placement is the kernel's.
  Side side(FunctionId function) const { return placements_[row(function)].side; }
  bool in_domain(FunctionId function) const; // driver or cloned
  bool in_kernel(FunctionId function) const; // kernel or cloned
  bool is_library(FunctionId function) const { return side(function) == Side::library; }
  // A variable that the domain library has for itself.
  bool is_library(GlobalId global) const {
    return global != none<GlobalId> && library_globals_[row(global)];
  }
  // A variable that a unit of the driver defines.
  bool is_driver(GlobalId global) const;
  // There is no code of it: it was pruned for its size, or is defined nowhere.
  bool was_dropped(FunctionId function) const;
  // A peer is called for other objects than the driver's, unless by another peer.
  bool is_for_others(FunctionId caller, FunctionId target) const {
    return peers_[row(target)] && !peers_[row(caller)];
  }

  // By function.
  std::vector<bool> runs_in_domain() const;
  std::vector<bool> runs_in_kernel(Peers peers) const;

  // Rows of the table of that name.
  std::span<const u32> paths_of(FunctionId function) const { return paths_.of(row(function)); }
  std::span<const u32> accesses_of(FunctionId function) const {
    return accesses_.of(row(function));
  }
  std::span<const u32> calls_of(FunctionId function) const { return calls_.of(row(function)); }
  std::span<const u32> returns_of(FunctionId function) const { return returns_.of(row(function)); }
  std::span<const u32> unknowns_of(FunctionId function) const {
    return unknowns_.of(row(function));
  }
  std::span<const u32> blocks_of(FunctionId function) const { return blocks_.of(row(function)); }
  std::span<const u32> arguments_of(CallId call) const { return arguments_.of(row(call)); }
  // Rows of calls that call the function by its name.
  std::span<const u32> calls_to(FunctionId function) const { return calls_to_.of(row(function)); }
  // Rows of calls that code of the domain makes.
  const std::vector<u32>& domain_calls() const { return domain_calls_; }
  // Those of them that may call the function, by its name or through a pointer. Rising.
  std::span<const u32> domain_calls_to(FunctionId function) const {
    return domain_calls_to_.of(row(function));
  }
  // The first crossing to the function, or none.
  CrossingId crossing_of(FunctionId function) const;

  // The direct callee, or the resolved targets. Rising, each once.
  std::span<const FunctionId> targets_of(CallId call) const {
    return {targets_.data() + first_target_[row(call)],
            first_target_[row(call) + 1] - first_target_[row(call)]};
  }

  // By function: its callees, once for each call of one. Calls that leave the side are left out,
  // and in the kernel those that are for others' objects.
  Groups callees_in_domain() const;
  Groups callees_in_kernel() const;

private:
  void add_targets();

  const Pruned& pruned_;
  std::vector<Placement> placements_; // by function
  Groups paths_;
  Groups accesses_;
  Groups calls_;
  Groups calls_to_;
  Groups returns_;
  Groups unknowns_;
  Groups blocks_;
  Groups arguments_;
  Groups crossings_;
  std::vector<u32> first_target_; // by call, and one more
  std::vector<FunctionId> targets_;
  std::vector<u32> domain_calls_;
  Groups domain_calls_to_;
  std::vector<bool> peers_; // by function
  std::vector<bool> library_globals_; // by global
};

// Types by what C makes of them.
class Types {
public:
  explicit Types(const Summary& summary);

  const Summary& summary() const { return summary_; }
  const Type& at(TypeId type) const { return summary_.types[row(type)]; }

  // Without typedefs; none is void, and stays none.
  TypeId strip(TypeId type) const { return type == none<TypeId> ? type : stripped_[row(type)]; }
  // Likewise, and a forward declaration is the complete structure of its name if there is one: for
  // who asks what lies where. Who asks how C spells a type takes strip().
  TypeId complete(TypeId type) const { return type == none<TypeId> ? type : completed_[row(type)]; }
  // What an array of arrays has as its elements; the type itself if it is no array.
  TypeId element(TypeId type) const;
  // The structure or union of that name ("struct net_device"): the first that is complete, or else
  // the first; none if there is none.
  TypeId find(std::string_view name) const;

  // Typedefs are looked through.
  TypeKind kind(TypeId type) const;
  bool is_structure(TypeId type) const; // or a union
  bool is_pointer(TypeId type) const { return kind(type) == TypeKind::pointer; }
  bool is_function_pointer(TypeId type) const;
  // Members of a structure, parameters of a function.
  std::span<const Member> members(TypeId type) const;
  // The same prototype, whatever the parameters are called.
  bool same_prototype(TypeId a, TypeId b) const;

private:
  std::string prototype(TypeId type) const;
  void strip_all();
  void complete_all();

  const Summary& summary_;
  std::vector<TypeId> stripped_; // by type
  std::vector<TypeId> completed_; // by type
  std::vector<TypeId> structures_; // by name, each name once
};

// A range of bits in one structure.
struct Bits {
  u64 offset = 0;
  u64 size = 0;
};
inline Bits bits_of(const Field& field) { return {field.offset_bits, field.size_bits}; }
inline Bits bits_of(const Member& member) { return {member.offset_bits, member.size_bits}; }
inline bool overlap(const Bits& a, const Bits& b) {
  return a.offset < b.offset + b.size && b.offset < a.offset + a.size;
}
// Two fields of one type.
inline bool share_bits(const Field& a, const Field& b) {
  return a.structure == b.structure && overlap(bits_of(a), bits_of(b));
}

// When two fields are of one structure. `type`: they have one row of types, since a tag with two
// layouts is two structures, and bits of one say nothing about bits of the other. `name`: their rows
// of types have one name, for who would rather take two places for one than overlook that they are.
// Neither looks into embedded structures; ks-sync's Layout does.
enum class SameStructure : u8 { type, name };

// By field: the fields that share bits with it (members of a union; a bit-field and the word it is
// in), rising. A field is always among its own, though it may have no bit. By name, a
// field without a structure has only itself.
Groups find_overlaps(const Summary& summary, SameStructure same);

// What a function touches, where helpers (functions of headers that are only called) are
// counted in their callers. `enclosing` is the outermost field of the same object that the
// field is embedded in; it is the field itself if it is not known to be embedded, and none
// in a global variable of the field's own structure.
struct Touch {
  FieldId field{};
  FieldId enclosing{};
  GlobalId variable{no_row}; // the object, if it is known to be this global variable
  bool reads = false;
  bool writes = false;
};

// By function; empty for helpers.
std::vector<std::vector<Touch>> find_touches(const Summary& summary);

// A step to a part of what the path before it denotes.
inline bool is_part_step(StepKind step) {
  return step == StepKind::field || step == StepKind::element || step == StepKind::cast;
}
// The argument whose object contains what the path denotes (reached by one dereference),
// or no_row.
u32 argument_of_place(const Summary& summary, PathId place);
// The argument whose value, or the address of a part of whose object, the path stands for; or no_row.
u32 argument_of_value(const Summary& summary, PathId value);

} // namespace ks

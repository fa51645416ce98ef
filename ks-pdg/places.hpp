// SPDX-License-Identifier: MIT
// What lies at a byte range of a type: the walk from a place to the fields and array
// elements inside it. Works on the rows of types and members only.

#pragma once

#include "ks-pdg/types.hpp"

#include <optional>
#include <set>
#include <unordered_map>

namespace ks::pdg {

// One step of a path below a place.
struct Step {
  StepKind kind{};         // field or element
  FieldId field{no_row};   // field
  u64 index = 0;           // element
  TypeId type{no_row};     // of what the step leads to
};

// A part of a place that holds no structure: where accesses happen.
struct Leaf {
  std::vector<Step> steps;
  FieldId field{no_row}; // innermost, none if no structure is on the way
  TypeId type{no_row};
  u64 offset_bits = 0;   // from the place
  u64 size_bits = 0;
  bool bit_field = false;
};

// Where a walk starts. A place of anonymous type says where it lies in the named structure
// round it: its parts are fields of that.
struct Origin {
  Origin(TypeId type) : type(type) {} // NOLINT: a type is an origin
  TypeId type{no_row};
  TypeId structure{no_row};
  u64 offset_bits = 0;
  std::string expression;
  FieldId array{no_row}; // the place is this field, an array
};

// Bits of a place, from its start.
struct BitRange {
  i64 begin = 0;
  i64 end = 0;
};

class Places {
public:
  Places(Summary& summary, Types& types) : summary_(summary), types_(types) {}

  // The steps to a subobject that starts `offset` bytes into `from` and has type
  // `wanted`; if wanted is none, to the outermost that starts there. Nothing if there is none.
  std::optional<std::vector<Step>> find_object(const Origin& from, u64 offset, TypeId wanted);

  // Whether the structure ends with an array without a length, which has what lies there, behind its
  // size.
  bool ends_open(TypeId type, u64 offset);

  // The steps to the member that starts `offset` bytes into a structure and has `size`
  // bytes. Nothing if that is an anonymous one, whose parts are members of the structure.
  std::optional<std::vector<Step>> find_member(const Origin& from, u64 offset, u64 size);

  // The steps to the array in `from` that spans byte `offset` and whose elements have
  // `stride` bytes, and the element's offset in `rest`.
  std::optional<std::vector<Step>> find_array(const Origin& from, u64 offset, u64 stride,
                                              u64& rest);

  // The parts that an access to a range touches: one, if a member holds all of it. Where the
  // range covers several, all of them; where debug info has nothing, a field without name.
  // `bulk`: bytes are copied whatever they mean, so every member of a union is touched.
  std::vector<Leaf> find_leaves(const Origin& from, BitRange range, bool wants_pointer, bool bulk);

  FieldId field(TypeId structure, u64 offset_bits, u64 size_bits, TypeId type,
                const std::string& expression);

  // Sorts the rows of fields; new row by old row.
  std::vector<u32> sort_fields();

private:
  // A subobject: `type`, `offset` bits into the innermost named structure round it.
  struct Cursor {
    TypeId type{no_row};
    TypeId structure{no_row};
    u64 offset = 0;
    std::string expression;
    FieldId array{no_row}; // the array of which it is an element
    bool unnamed = false; // a member without a name
  };
  // The leaves found so far, and the way to where the walk is.
  struct Walk {
    bool wants_pointer = false;
    bool bulk = false; // each view of a union is touched
    std::vector<Step> steps;
    u64 place_offset = 0;
    std::vector<Leaf> leaves;
    std::set<std::pair<FieldId, u64>> known; // fields among them, and where
  };
  static Cursor start(const Origin& from);
  Cursor enter(const Cursor& at, const Member& member) const;
  bool has_steps_of_its_own(TypeId type) const;
  bool is_part_only(const Cursor& at) const;
  FieldId field_of(const Cursor& at, u64 size_bits);
  Cursor step_into(const Cursor& at, std::vector<Step>& steps);
  Cursor step_element(const Cursor& at, u64 index, std::vector<Step>& steps);
  bool seek(Cursor at, u64 offset, TypeId wanted, std::vector<Step>& steps);
  bool seek_member(Cursor at, u64 offset, u64 size, std::vector<Step>& steps);
  bool seek_array(Cursor at, u64 offset, u64 stride, std::vector<Step>& steps, u64& rest);
  int score(TypeId type, BitRange range, bool wants_pointer);
  void collect(Cursor at, BitRange range, Walk& walk);
  void collect_record(const Cursor& at, BitRange range, Walk& walk);
  bool collect_union(const Cursor& at, BitRange range, Walk& walk);
  void collect_member(const Cursor& at, const Member& member, BitRange range, Walk& walk);
  void collect_elements(const Cursor& at, BitRange range, i64 stride, Walk& walk);
  void add_leaf(const Cursor& at, u64 size_bits, bool bit_field, Walk& walk);
  void add_gap(const Cursor& at, BitRange range, Walk& walk);
  std::vector<Member> members_of(TypeId type);

  Summary& summary_;
  Types& types_;
  std::unordered_map<std::string, FieldId> by_key_;
  std::vector<bool> named_; // by field
};

} // namespace ks::pdg

// SPDX-License-Identifier: MIT
// Structures as the sync sets see them: which shared fields lie directly in one, which
// structures are embedded in it, and what a pointer points to. A forward declaration
// stands for the complete type of the same name.

#pragma once

#include "ks-prune/view.hpp"
#include "ks-shared/shared.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace ks::sync {

// A structure or union that is part of another one, possibly inside of anonymous ones.
struct Embedded {
  TypeId structure{};
  std::string name; // C expression from the enclosing structure: "queue", "u.info"
  u64 offset_bits = 0;
  u64 size_bits = 0;  // of the whole array, for an array
  bool array = false; // an array of `structure`
  FieldId field{no_row}; // the row of fields that is exactly this, if there is one
};

// Whether kernel code needs what the driver writes there. It does where it only writes what the driver
// reads, too: what comes back must start from the driver's value, or cannot be seen to have changed.
inline bool is_used_by_kernel(const SharedField& field) {
  return field.kernel_reads || (field.kernel_writes && field.driver_reads);
}

class Layout {
public:
  Layout(const Summary& summary, const Shared& shared);

  const Summary& summary() const { return types_.summary(); }
  const Shared& shared() const { return shared_; }

  // Without typedefs; a structure is the complete one of its name.
  TypeId resolve(TypeId type) const { return types_.complete(type); }
  bool is_structure(TypeId type) const { return types_.is_structure(type); }
  bool is_pointer(TypeId type) const { return types_.is_pointer(type); }
  bool is_function_pointer(TypeId type) const { return types_.is_function_pointer(type); }
  bool same_prototype(TypeId a, TypeId b) const { return types_.same_prototype(a, b); }
  // What a pointer type points to, resolved; none for void and for no pointer.
  TypeId pointee(TypeId type) const;
  // The structure behind a pointer type, or none.
  TypeId pointed_structure(TypeId type) const;
  // Likewise of what a member holds, or an array's elements, which its type need not say.
  TypeId pointed_structure(FieldId field) const;
  // All that it may be, of a member that can point to several.
  std::vector<TypeId> pointed_structures(FieldId field) const;
  // From here on, this member is known to point to that structure, whatever its type says.
  void add_pointee(FieldId pointer, TypeId structure) {
    std::vector<TypeId>& known = pointees_[pointer];
    if (std::ranges::find(known, structure) == known.end()) known.push_back(structure);
  }
  // Of a structure or function, what it has.
  std::span<const Member> members(TypeId type) const { return types_.members(type); }
  // Of an array, at any depth, what its elements are, resolved; else the type itself.
  TypeId element(TypeId type) const;
  u64 size(TypeId type) const; // in bytes; 0 if unknown, and of a structure without members
  // Whether a structure is more than declared. What its members are need not be known: ks-prune leaves out those
  // that nobody asks for.
  bool is_defined(TypeId structure) const {
    return size(structure) != 0 || types_.at(resolve(structure)).complete;
  }
  // "net_device" for struct net_device
  std::string tag(TypeId structure) const;

  // Rows of Shared's fields whose structure is this one.
  std::span<const u32> shared_in(TypeId structure) const;
  const std::vector<Embedded>& embedded_in(TypeId structure) const;
  // Whether one structure has another one at its start, at any depth.
  bool begins_with(TypeId outer, TypeId inner) const;
  // Rows of Shared's fields that an access to this field touches: it overlaps them.
  const std::vector<u32>& touched(FieldId field) const;
  const Field& field(FieldId id) const { return summary().fields[row(id)]; }
  // The part of a field's name after the structure's: "flags".
  std::string member_name(FieldId field) const;
  // The rows of fields of this structure, members of embedded ones apart.
  std::vector<FieldId> fields_in(TypeId structure) const;
  // The row of fields at this place, or none.
  FieldId find_field(TypeId structure, u64 offset_bits, u64 size_bits) const;

private:
  void add_embedded(TypeId outer, TypeId members_of, u64 offset_bits, const std::string& prefix);
  void find_touched();
  void add_touched(TypeId structure, const Bits& bits, std::vector<u32>& found) const;

  Types types_;
  const Shared& shared_;
  std::vector<std::vector<u32>> shared_in_; // by type
  std::vector<std::vector<Embedded>> embedded_; // by type
  std::vector<std::vector<u32>> touched_; // by field
  std::map<std::tuple<u32, u64, u64>, FieldId> places_;
  std::map<FieldId, std::vector<TypeId>> pointees_;
};

} // namespace ks::sync

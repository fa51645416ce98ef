// SPDX-License-Identifier: MIT
// Debug info -> rows of types and members. A row is made when something first refers to
// it, and its members are listed only when something looks inside, so that a unit's
// table holds what the unit uses and not the thousands of types its headers declare.

#pragma once

#include "ks-pdg/pdg.hpp"

#include <llvm/ADT/DenseMap.h>
#include <llvm/IR/DebugInfoMetadata.h>
#include <llvm/IR/DerivedTypes.h>
#include <llvm/IR/Module.h>

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace ks::pdg {

// Debug info's name of a source file, relative to the source tree.
std::string source_path(const llvm::DIFile* file, const std::string& source_root);

class Types {
public:
  Types(Summary& summary, const llvm::Module& module, std::string source_root);

  // No row for void, nor where debug info has nothing.
  TypeId from(const llvm::DIType* type);
  // The row of a C type that goes by this LLVM name and has this size.
  TypeId from(const llvm::Type* type);
  // An unsigned integer of so many bytes, for what only LLVM's type says.
  TypeId integer(u64 bytes);
  TypeId pointer_to(TypeId type);

  const Type& row(TypeId id) const { return summary_.types[ks::row(id)]; }
  const Member& member(u32 row) const { return summary_.members[row]; }
  // Without typedefs.
  TypeId strip(TypeId id) const;
  TypeKind kind(TypeId id) const;
  bool is_record(TypeId id) const;
  bool is_pointer(TypeId id) const { return kind(id) == TypeKind::pointer; }
  // Integers, enumerations, pointers: what one load moves.
  bool is_scalar(TypeId id) const;
  // Types that C programmers use for raw memory: void, char, unsigned char, long.
  bool is_raw(TypeId id) const;
  TypeId pointee(TypeId id) const;
  bool is_user(TypeId id) const; // a pointer into user space
  // The function type behind a function pointer, or the type itself.
  TypeId signature(TypeId id) const;
  bool same(TypeId a, TypeId b) const { return strip(a) == strip(b) && a != none<TypeId>; }
  u64 size(TypeId id) const;
  // Lists the members of a structure, and of those it holds by value.
  void complete(TypeId id);

  const std::string& source_root() const { return source_root_; }

private:
  void index_definitions(const llvm::Module& module);
  const llvm::DICompositeType* definition(const llvm::DICompositeType* type) const;
  std::string tagged_name(const llvm::DICompositeType* type) const;
  u64 layout_of(const llvm::DICompositeType* type);
  u64 spelling(const llvm::DIType* type);
  u64 compute_spelling(const llvm::DIType* type);
  TypeId intern(std::string key, Type row, const llvm::DIType* type);
  TypeId make(const llvm::DIType* type);
  TypeId make_derived(const llvm::DIDerivedType* type);
  TypeId make_composite(const llvm::DICompositeType* type);
  TypeId make_opaque(const std::string& name, TypeKind kind, u64 size);
  TypeId make_array(const llvm::DICompositeType* type);
  TypeId make_function(const llvm::DISubroutineType* type);

  Summary& summary_;
  u64 pointer_size_;
  const llvm::DataLayout& data_layout_;
  std::string source_root_;
  std::vector<const llvm::DIType*> debug_; // by row
  llvm::DenseMap<const llvm::DIType*, TypeId> rows_;
  llvm::DenseMap<const llvm::DIType*, u64> spellings_;
  llvm::DenseMap<const llvm::DIType*, const llvm::DIDerivedType*> typedef_of_;
  std::unordered_map<std::string, TypeId> by_key_;
  std::map<std::string, std::vector<const llvm::DICompositeType*>> definitions_; // by name
  llvm::DenseMap<const llvm::Type*, TypeId> llvm_rows_;
};

} // namespace ks::pdg

// SPDX-License-Identifier: MIT
// Which types are the same in different units: hashes of how a type is spelled and laid out.
// A spelling stops at names, so that it ends.
#include "ks-pdg/debug_types.hpp"
#include "ks-pdg/types.hpp"

#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/IR/Constants.h>
#include <llvm/Support/xxhash.h>

namespace ks::pdg {
namespace {

bool is_qualifier(u32 tag) {
  using namespace llvm::dwarf;
  return tag == DW_TAG_const_type || tag == DW_TAG_volatile_type || tag == DW_TAG_restrict_type ||
         tag == DW_TAG_atomic_type || tag == DW_TAG_immutable_type;
}

} // namespace

const llvm::DIType* unqualified(const llvm::DIType* type) {
  while (const auto* derived = llvm::dyn_cast_or_null<llvm::DIDerivedType>(type)) {
    if (!is_qualifier(derived->getTag())) {
      break;
    }
    type = derived->getBaseType();
  }
  return type;
}

bool has_tag(const llvm::DIDerivedType* type, llvm::StringRef tag) {
  const auto* annotations = llvm::dyn_cast_or_null<llvm::MDNode>(type->getRawAnnotations());
  if (!annotations) {
    return false;
  }
  return llvm::any_of(annotations->operands(), [&](const llvm::MDOperand& annotation) {
    const auto* pair = llvm::dyn_cast_or_null<llvm::MDNode>(annotation.get());
    if (!pair || pair->getNumOperands() != 2) {
      return false;
    }
    const auto* name = llvm::dyn_cast<llvm::MDString>(pair->getOperand(0));
    const auto* value = llvm::dyn_cast<llvm::MDString>(pair->getOperand(1));
    return name && value && name->getString() == "btf_type_tag" && value->getString() == tag;
  });
}

u64 array_count(const llvm::DINode* range) {
  if (const auto* subrange = llvm::dyn_cast_or_null<llvm::DISubrange>(range)) {
    if (auto* constant = llvm::dyn_cast_if_present<llvm::ConstantInt*>(subrange->getCount())) {
      const i64 count = constant->getSExtValue();
      return count > 0 ? static_cast<u64>(count) : 0;
    }
  }
  return 0;
}

u64 mix(u64 hash, u64 value) {
  const u64 words[2] = {hash, value};
  return llvm::xxh3_64bits(llvm::ArrayRef<u8>(reinterpret_cast<const u8*>(words), sizeof words));
}

u64 mix(u64 hash, llvm::StringRef text) { return mix(hash, llvm::xxh3_64bits(text)); }

u64 Types::spelling(const llvm::DIType* type) {
  const auto [at, fresh] = spellings_.try_emplace(type, 0);
  if (!fresh) {
    return at->second;
  }
  const u64 hash = compute_spelling(type);
  spellings_[type] = hash;
  return hash;
}

u64 Types::compute_spelling(const llvm::DIType* type) {
  type = unqualified(type);
  if (!type) {
    return mix(0, "void");
  }
  if (const auto* derived = llvm::dyn_cast<llvm::DIDerivedType>(type)) {
    return derived->getTag() == llvm::dwarf::DW_TAG_typedef
               ? mix(1, derived->getName())
               : mix(2, spelling(derived->getBaseType()));
  }
  if (const auto* function = llvm::dyn_cast<llvm::DISubroutineType>(type)) {
    u64 hash = 3;
    for (const llvm::DIType* part : function->getTypeArray()) {
      hash = mix(hash, spelling(part));
    }
    return hash;
  }
  if (const auto* composite = llvm::dyn_cast<llvm::DICompositeType>(type)) {
    if (composite->getTag() == llvm::dwarf::DW_TAG_array_type) {
      u64 hash = mix(4, spelling(composite->getBaseType()));
      for (const llvm::DINode* range : composite->getElements()) {
        hash = mix(hash, array_count(range));
      }
      return hash;
    }
    const std::string name = tagged_name(composite);
    return name.empty() ? mix(5, layout_of(composite)) : mix(6, name);
  }
  return mix(7, type->getName());
}

u64 Types::layout_of(const llvm::DICompositeType* type) {
  if (type->isForwardDecl()) {
    return 0;
  }
  u64 hash = mix(mix(8, tagged_name(type)), type->getSizeInBits());
  for (const llvm::DINode* element : type->getElements()) {
    if (const auto* member = llvm::dyn_cast_or_null<llvm::DIDerivedType>(element)) {
      hash = mix(mix(hash, member->getName()), member->getOffsetInBits());
      hash = mix(mix(hash, member->getSizeInBits()), spelling(member->getBaseType()));
    } else if (const auto* value = llvm::dyn_cast_or_null<llvm::DIEnumerator>(element)) {
      hash = mix(mix(hash, value->getName()), value->getValue().getLimitedValue());
    }
  }
  return hash;
}

} // namespace ks::pdg

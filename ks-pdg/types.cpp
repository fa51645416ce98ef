// SPDX-License-Identifier: MIT
#include "ks-pdg/types.hpp"

#include "ks-pdg/debug_types.hpp"

#include <llvm/BinaryFormat/Dwarf.h>
#include <llvm/IR/DataLayout.h>
#include <llvm/IR/DebugInfo.h>

#include <fmt/format.h>

#include <array>
#include <utility>

namespace ks::pdg {
namespace {

bool is_record_tag(u32 tag) {
  return tag == llvm::dwarf::DW_TAG_structure_type || tag == llvm::dwarf::DW_TAG_union_type ||
         tag == llvm::dwarf::DW_TAG_class_type;
}

Type basic_row(const llvm::DIBasicType* type) {
  using namespace llvm::dwarf;
  Type row;
  row.name = type->getName().str();
  row.size = type->getSizeInBits() / 8;
  row.complete = true;
  switch (type->getEncoding()) {
  case DW_ATE_boolean: row.kind = TypeKind::boolean; break;
  case DW_ATE_signed_char: row.is_signed = true; [[fallthrough]];
  case DW_ATE_unsigned_char: row.kind = TypeKind::character; break;
  case DW_ATE_float:
    row.kind = TypeKind::floating;
    row.is_signed = true;
    break;
  default:
    row.kind = TypeKind::integer;
    row.is_signed = type->getEncoding() == DW_ATE_signed;
    break;
  }
  return row;
}

} // namespace

std::string source_path(const llvm::DIFile* file, const std::string& source_root) {
  if (!file) {
    return {};
  }
  llvm::StringRef name = file->getFilename();
  std::string joined;
  if (!name.starts_with("/") && file->getDirectory().starts_with("/") && !source_root.empty()) {
    joined = (file->getDirectory() + "/" + name).str();
    name = joined;
  }
  if (!source_root.empty() && name.consume_front(source_root)) {
    name.consume_front("/");
  }
  while (name.consume_front("./")) {
  }
  return name.str();
}

Types::Types(Summary& summary, const llvm::Module& module, std::string source_root)
    : summary_(summary), pointer_size_(module.getDataLayout().getPointerSize()),
      data_layout_(module.getDataLayout()), source_root_(std::move(source_root)) {
  index_definitions(module);
}

void Types::index_definitions(const llvm::Module& module) {
  llvm::DebugInfoFinder finder;
  finder.processModule(module);
  for (const llvm::DIType* type : finder.types()) {
    const auto* derived = llvm::dyn_cast<llvm::DIDerivedType>(type);
    if (derived && derived->getTag() == llvm::dwarf::DW_TAG_typedef) {
      const auto* base =
          llvm::dyn_cast_or_null<llvm::DICompositeType>(unqualified(derived->getBaseType()));
      if (base && base->getName().empty()) {
        typedef_of_.try_emplace(base, derived);
      }
    }
  }
  for (const llvm::DIType* type : finder.types()) {
    const auto* composite = llvm::dyn_cast<llvm::DICompositeType>(type);
    if (composite && is_record_tag(composite->getTag()) && !composite->isForwardDecl()) {
      const std::string name = tagged_name(composite);
      if (!name.empty()) {
        definitions_[name].push_back(composite);
      }
    }
  }
}

std::string Types::tagged_name(const llvm::DICompositeType* type) const {
  if (type->getName().empty()) {
    const auto found = typedef_of_.find(type);
    return found == typedef_of_.end() ? std::string() : found->second->getName().str();
  }
  const char* tag = type->getTag() == llvm::dwarf::DW_TAG_union_type         ? "union "
                    : type->getTag() == llvm::dwarf::DW_TAG_enumeration_type ? "enum "
                                                                             : "struct ";
  return tag + type->getName().str();
}

const llvm::DICompositeType* Types::definition(const llvm::DICompositeType* type) const {
  if (type->isForwardDecl()) {
    const auto found = definitions_.find(tagged_name(type));
    if (found != definitions_.end() && found->second.size() == 1) {
      return found->second.front();
    }
  }
  return type;
}

TypeId Types::intern(std::string key, Type row, const llvm::DIType* type) {
  const auto [at, fresh] =
      by_key_.try_emplace(std::move(key), TypeId{static_cast<u32>(summary_.types.size())});
  if (fresh) {
    summary_.types.push_back(std::move(row));
    debug_.push_back(type);
  }
  return at->second;
}

TypeId Types::from(const llvm::DIType* type) {
  type = unqualified(type);
  if (!type) {
    return none<TypeId>;
  }
  if (const auto found = rows_.find(type); found != rows_.end()) {
    return found->second;
  }
  const TypeId id = make(type);
  rows_[type] = id;
  return id;
}

TypeId Types::make(const llvm::DIType* type) {
  if (const auto* basic = llvm::dyn_cast<llvm::DIBasicType>(type)) {
    if (basic->getTag() == llvm::dwarf::DW_TAG_unspecified_type) {
      return none<TypeId>;
    }
    return intern("b" + basic->getName().str(), basic_row(basic), type);
  }
  if (const auto* derived = llvm::dyn_cast<llvm::DIDerivedType>(type)) {
    return make_derived(derived);
  }
  if (const auto* composite = llvm::dyn_cast<llvm::DICompositeType>(type)) {
    return composite->getTag() == llvm::dwarf::DW_TAG_array_type ? make_array(composite)
                                                                 : make_composite(composite);
  }
  if (const auto* function = llvm::dyn_cast<llvm::DISubroutineType>(type)) {
    return make_function(function);
  }
  Type row;
  row.name = type->getName().str();
  row.size = type->getSizeInBits() / 8;
  return intern("?" + row.name, row, type);
}

TypeId Types::make_derived(const llvm::DIDerivedType* type) {
  Type row;
  if (type->getTag() == llvm::dwarf::DW_TAG_typedef) {
    const auto* base =
        llvm::dyn_cast_or_null<llvm::DICompositeType>(unqualified(type->getBaseType()));
    if (base && typedef_of_.lookup(base) == type) {
      return from(base); // the typedef is the structure's only name
    }
    row.kind = TypeKind::typedef_;
    row.name = type->getName().str();
    row.file = source_path(type->getFile(), source_root_);
    row.line = type->getLine();
    row.element = from(type->getBaseType());
    row.size = size(row.element);
    row.layout = spelling(type->getBaseType());
    row.complete = true;
    return intern(fmt::format("t{}:{}", row.name, ks::row(row.element)), row, type);
  }
  row.kind = TypeKind::pointer;
  row.size = pointer_size_;
  row.complete = true;
  row.element = from(type->getBaseType());
  row.user = has_tag(type, "user");
  row.layout = spelling(type);
  return intern(fmt::format("*{}{}", row.user ? "u" : "", ks::row(row.element)), row, type);
}

TypeId Types::make_composite(const llvm::DICompositeType* type) {
  type = definition(type);
  Type row;
  row.name = tagged_name(type);
  row.size = type->getSizeInBits() / 8;
  row.file = source_path(type->getFile(), source_root_);
  row.line = type->getLine();
  row.layout = layout_of(type);
  if (type->getTag() == llvm::dwarf::DW_TAG_enumeration_type) {
    row.kind = TypeKind::enumeration;
    row.complete = !type->isForwardDecl();
    row.element = from(type->getBaseType());
    row.is_signed = row.element != none<TypeId> && this->row(row.element).is_signed;
    for (const llvm::DINode* element : type->getElements()) {
      if (const auto* value = llvm::dyn_cast_or_null<llvm::DIEnumerator>(element)) {
        if (!value->getValue().isNegative() || value->isUnsigned()) {
          row.count = std::max(row.count, value->getValue().getLimitedValue());
        }
      }
    }
  } else {
    row.kind =
        type->getTag() == llvm::dwarf::DW_TAG_union_type ? TypeKind::union_ : TypeKind::structure;
  }
  return intern(fmt::format("s{}:{}:{:x}:{}:{}", static_cast<u32>(row.kind), row.name, row.layout,
                            row.name.empty() ? row.file : "", row.name.empty() ? row.line : 0),
                row, type);
}

TypeId Types::make_array(const llvm::DICompositeType* type) {
  TypeId element = from(type->getBaseType());
  const llvm::DINodeArray ranges = type->getElements();
  for (u32 i = ranges.size(); i-- > 0;) {
    Type row;
    row.kind = TypeKind::array;
    row.element = element;
    row.count = array_count(ranges[i]);
    row.size = row.count * size(element);
    row.complete = true;
    row.layout = mix(mix(9, spelling(type->getBaseType())), row.count);
    element = intern(fmt::format("[{}:{}", ks::row(element), row.count), row, type);
  }
  return element;
}

TypeId Types::make_function(const llvm::DISubroutineType* type) {
  Type row;
  row.kind = TypeKind::function;
  row.complete = true;
  row.layout = spelling(type);
  const auto parts = type->getTypeArray();
  std::vector<TypeId> parameters;
  for (u32 i = 0; i < parts.size(); ++i) {
    if (i == 0) {
      row.element = from(parts[i]);
    } else if (!parts[i]) {
      row.variadic = true;
    } else {
      parameters.push_back(from(parts[i]));
    }
  }
  std::string key = fmt::format("({}:{}", ks::row(row.element), row.variadic);
  for (TypeId parameter : parameters) {
    key += fmt::format(",{}", ks::row(parameter));
  }
  const TypeId known = TypeId{static_cast<u32>(summary_.types.size())};
  const TypeId id = intern(std::move(key), row, type);
  if (id == known) {
    summary_.types[ks::row(id)].first_member = static_cast<u32>(summary_.members.size());
    summary_.types[ks::row(id)].member_count = static_cast<u32>(parameters.size());
    for (TypeId parameter : parameters) {
      Member member;
      member.owner = id;
      member.type = parameter;
      member.size_bits = size(parameter) * 8;
      summary_.members.push_back(member);
    }
  }
  return id;
}

void Types::complete(TypeId id) {
  std::vector<TypeId> work{id};
  while (!work.empty()) {
    TypeId at = strip(work.back());
    work.pop_back();
    while (at != none<TypeId> && row(at).kind == TypeKind::array) {
      at = strip(row(at).element);
    }
    if (!is_record(at) || row(at).complete) {
      continue;
    }
    const auto* type = llvm::cast_or_null<llvm::DICompositeType>(debug_[ks::row(at)]);
    if (!type || type->isForwardDecl()) {
      continue;
    }
    std::vector<Member> members;
    for (const llvm::DINode* element : type->getElements()) {
      const auto* member = llvm::dyn_cast_or_null<llvm::DIDerivedType>(element);
      if (!member || member->getTag() != llvm::dwarf::DW_TAG_member) {
        continue;
      }
      Member row;
      row.owner = at;
      row.name = member->getName().str();
      row.type = from(member->getBaseType());
      row.offset_bits = member->getOffsetInBits();
      row.size_bits = member->isBitField() ? member->getSizeInBits() : size(row.type) * 8;
      row.bit_field = member->isBitField();
      work.push_back(row.type);
      members.push_back(std::move(row));
    }
    Type& row = summary_.types[ks::row(at)];
    row.complete = true;
    row.first_member = static_cast<u32>(summary_.members.size());
    row.member_count = static_cast<u32>(members.size());
    summary_.members.insert(summary_.members.end(), members.begin(), members.end());
  }
}

TypeId Types::from(const llvm::Type* type) {
  const auto* record = llvm::dyn_cast_or_null<llvm::StructType>(type);
  if (!record || !record->hasName()) {
    return none<TypeId>;
  }
  if (const auto found = llvm_rows_.find(type); found != llvm_rows_.end()) {
    return found->second;
  }
  // "struct.foo", "struct.foo.12" for the second of that name in a module.
  const auto [tag, tail] = record->getName().split('.');
  llvm::StringRef name = tail;
  if (const auto [stem, number] = tail.rsplit('.');
      !number.empty() && llvm::all_of(number, llvm::isDigit)) {
    name = stem;
  }
  TypeId id = none<TypeId>;
  if (!name.empty() && record->isSized()) {
    const u64 bits = data_layout_.getTypeAllocSizeInBits(const_cast<llvm::StructType*>(record));
    for (const std::string& spelled : {(tag + " " + name).str(), name.str()}) {
      const auto found = definitions_.find(spelled);
      if (found == definitions_.end() || id != none<TypeId>) {
        continue;
      }
      for (const llvm::DICompositeType* candidate : found->second) {
        if (candidate->getSizeInBits() == bits && id == none<TypeId>) {
          id = from(candidate);
        }
      }
    }
  }
  if (id == none<TypeId> && (tag == "struct" || tag == "union") && name != "anon" &&
      record->isSized()) {
    id = make_opaque((tag + " " + name).str(),
                     tag == "union" ? TypeKind::union_ : TypeKind::structure,
                     data_layout_.getTypeAllocSize(const_cast<llvm::StructType*>(record)));
  }
  llvm_rows_[type] = id;
  return id;
}

TypeId Types::integer(u64 bytes) {
  static constexpr std::array<std::pair<u64, const char*>, 4> names = {
      {{1, "unsigned char"}, {2, "unsigned short"}, {4, "unsigned int"}, {8, "unsigned long"}}};
  const auto name = llvm::find_if(names, [&](const auto& of) { return of.first == bytes; });
  if (name == names.end()) {
    return none<TypeId>;
  }
  Type row;
  row.kind = bytes == 1 ? TypeKind::character : TypeKind::integer;
  row.name = name->second;
  row.size = bytes;
  row.complete = true;
  return intern(fmt::format("i{}", bytes), row, nullptr);
}

TypeId Types::pointer_to(TypeId type) {
  Type row;
  row.kind = TypeKind::pointer;
  row.size = pointer_size_;
  row.complete = true;
  row.element = type;
  return intern(fmt::format("*{}", ks::row(type)), row, nullptr);
}

// Debug info leaves out what a unit only uses through a declared variable. Then fields are
// byte ranges, which another unit's debug info may name.
TypeId Types::make_opaque(const std::string& name, TypeKind kind, u64 size) {
  Type row;
  row.kind = kind;
  row.name = name;
  const TypeId id = intern(fmt::format("s{}:{}:0::0", static_cast<u32>(kind), name), row, nullptr);
  summary_.types[ks::row(id)].size = size;
  return id;
}

TypeId Types::strip(TypeId id) const {
  while (id != none<TypeId> && row(id).kind == TypeKind::typedef_) {
    id = row(id).element;
  }
  return id;
}

TypeKind Types::kind(TypeId id) const {
  id = strip(id);
  return id == none<TypeId> ? TypeKind::void_ : row(id).kind;
}

bool Types::is_record(TypeId id) const {
  const TypeKind k = kind(id);
  return k == TypeKind::structure || k == TypeKind::union_;
}

bool Types::is_scalar(TypeId id) const {
  switch (kind(id)) {
  case TypeKind::boolean:
  case TypeKind::character:
  case TypeKind::integer:
  case TypeKind::floating:
  case TypeKind::enumeration:
  case TypeKind::pointer: return true;
  case TypeKind::void_:
  case TypeKind::structure:
  case TypeKind::union_:
  case TypeKind::array:
  case TypeKind::function:
  case TypeKind::typedef_:
  case TypeKind::unknown: return false;
  }
  return false;
}

bool Types::is_raw(TypeId id) const {
  const TypeKind k = kind(id);
  return k == TypeKind::void_ || k == TypeKind::character || k == TypeKind::integer ||
         k == TypeKind::unknown || (is_record(id) && size(id) == 0);
}

bool Types::is_user(TypeId id) const {
  id = strip(id);
  return id != none<TypeId> && row(id).user;
}

TypeId Types::pointee(TypeId id) const {
  id = strip(id);
  if (id == none<TypeId> || row(id).kind != TypeKind::pointer) {
    return none<TypeId>;
  }
  return row(id).element;
}

TypeId Types::signature(TypeId id) const {
  id = strip(id);
  if (is_pointer(id)) {
    id = strip(pointee(id));
  }
  return kind(id) == TypeKind::function ? id : none<TypeId>;
}

u64 Types::size(TypeId id) const {
  id = strip(id);
  return id == none<TypeId> ? 0 : row(id).size;
}

} // namespace ks::pdg

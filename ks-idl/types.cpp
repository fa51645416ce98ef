// SPDX-License-Identifier: MIT
// How C spells a type, and which header to include for it.

#include "ks-idl/facts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace ks::idl {
namespace {

// "a/b/" of "a/b/c/d.c".
std::string two_levels(const std::string& file) {
  size_t first = file.find('/');
  size_t second = first == std::string::npos ? first : file.find('/', first + 1);
  return second == std::string::npos ? "" : file.substr(0, second + 1);
}

std::string without_dot(const std::string& file) {
  return file.starts_with("./") ? file.substr(2) : file;
}

// What stands between the angle brackets; empty if the file is in no include directory.
std::string include_path(const std::string& file) {
  constexpr std::string_view roots[] = {"generated/uapi/", "generated/", "uapi/", ""};
  size_t start = file.find("include/");
  bool in_arch = file.starts_with("arch/") && start != std::string::npos;
  if (start != 0 && !in_arch) {
    return {};
  }
  std::string_view rest = std::string_view(file).substr(start + 8);
  for (std::string_view root : roots) {
    if (rest.starts_with(root)) {
      return std::string(rest.substr(root.size()));
    }
  }
  return {};
}

std::string integer_spelling(u64 size, bool is_signed) {
  switch (size) {
  case 1: return is_signed ? "s8" : "u8";
  case 2: return is_signed ? "s16" : "u16";
  case 4: return is_signed ? "int" : "unsigned int";
  default: return is_signed ? "s64" : "u64";
  }
}

} // namespace

std::string with_name_parts(std::string text) {
  std::ranges::replace_if(text, [](char c) { return !is_name(std::string("_") + c); }, '_');
  return text;
}

bool is_words(std::string_view text) {
  while (true) {
    size_t space = text.find(' ');
    if (!is_name(text.substr(0, space))) {
      return false;
    }
    if (space == std::string_view::npos) {
      return true;
    }
    text.remove_prefix(space + 1);
  }
}

std::string field_name(const Field& field) {
  size_t dot = field.name.find('.');
  std::string name = dot == std::string::npos ? "" : field.name.substr(dot + 1);
  return is_name(name) ? name : "";
}

TypeTable::TypeTable(const View& view, const Known& known)
    : Types(view.summary()), headers_(known) {
  for (const KnownRow& row : known.rows(KnownTable::addresses)) {
    addresses_.emplace(row[0], row[1]);
  }
  for (u32 i = 0; i < view.function_count(); ++i) {
    const FunctionId function{i};
    if (view.side(function) == Side::driver) {
      driver_roots_.insert(two_levels(summary().units[row(view.function(function).unit)].name));
    }
  }
  driver_roots_.erase("");
}

bool TypeTable::is_scalar(TypeId type) const {
  switch (kind(type)) {
  case TypeKind::boolean:
  case TypeKind::character:
  case TypeKind::integer:
  case TypeKind::floating:
  case TypeKind::enumeration:
  case TypeKind::unknown: return true;
  case TypeKind::void_:
  case TypeKind::pointer:
  case TypeKind::structure:
  case TypeKind::union_:
  case TypeKind::array:
  case TypeKind::function:
  case TypeKind::typedef_: return false;
  }
  return false;
}

u64 TypeTable::size(TypeId type) const {
  TypeId stripped = strip(type);
  return stripped == none<TypeId> ? 0 : at(stripped).size;
}

bool TypeTable::is_flexible(TypeId type) const {
  return kind(type) == TypeKind::array && at(strip(type)).count == 0;
}

const TypeTable::Named& TypeTable::named_members(TypeId type) const {
  if (const auto known = named_.find(type); known != named_.end()) {
    return known->second;
  }
  Named named;
  for (const Member& member : members(type)) {
    if (!member.name.empty()) {
      named.emplace(member.name, member);
    } else if (is_structure(member.type)) {
      for (auto [name, inner] : named_members(member.type)) {
        inner.offset_bits += member.offset_bits;
        named.emplace(name, inner);
      }
    }
  }
  return named_[type] = std::move(named);
}

Member TypeTable::find_member(TypeId type, std::string_view name) const {
  const Named& named = named_members(type);
  const auto found = named.find(name);
  return found == named.end() ? Member{} : found->second;
}

std::string TypeTable::member_at(TypeId type, u64 offset_bits, TypeId inner) const {
  for (const Member& member : members(complete(type))) {
    TypeId of = complete(member.type);
    if (!is_structure(of) || offset_bits < member.offset_bits ||
        offset_bits >= member.offset_bits + member.size_bits) {
      continue;
    }
    if (of == complete(inner) && offset_bits == member.offset_bits && !member.name.empty()) {
      return member.name;
    }
    std::string rest = member_at(of, offset_bits - member.offset_bits, inner);
    if (!rest.empty()) {
      return member.name.empty() ? rest : member.name + "." + rest;
    }
  }
  return {};
}

std::vector<Member> TypeTable::members_within(TypeId type, const Bits& bits) const {
  std::vector<Member> result;
  for (const Member& member : members(type)) {
    if (!overlap(bits_of(member), bits)) {
      continue;
    }
    if (!member.name.empty() || !is_structure(member.type)) {
      result.push_back(member);
      continue;
    }
    u64 start = member.offset_bits;
    u64 first = std::max(start, bits.offset);
    u64 end = std::min(start + member.size_bits, bits.offset + bits.size);
    for (Member inner : members_within(member.type, {first - start, end - first})) {
      inner.offset_bits += start;
      result.push_back(inner);
    }
  }
  return result;
}

bool TypeTable::is_private(const std::string& file) const {
  std::string name = without_dot(file);
  if (name.empty() || name.ends_with(".c")) {
    return true;
  }
  std::string path = include_path(name);
  return path.empty() ? !driver_roots_.contains(two_levels(name)) : headers_.is_closed(path);
}

std::string TypeTable::spelling(TypeId type) const {
  while (type != none<TypeId>) {
    const Type& row = at(type);
    bool is_public = !is_private(row.file) && is_words(row.name);
    switch (row.kind) {
    case TypeKind::typedef_:
      if (is_public) {
        return row.name;
      }
      type = row.element;
      continue;
    case TypeKind::boolean: return "bool";
    case TypeKind::enumeration:
      return is_public ? row.name : integer_spelling(row.size, row.is_signed);
    case TypeKind::structure:
    case TypeKind::union_: return is_words(row.name) ? row.name : "char";
    case TypeKind::character:
    case TypeKind::integer:
    case TypeKind::floating:
      return is_words(row.name) ? row.name : integer_spelling(row.size, row.is_signed);
    case TypeKind::void_: return "void";
    case TypeKind::pointer:
    case TypeKind::array:
    case TypeKind::function:
    case TypeKind::unknown: return "unsigned long";
    }
  }
  return "void";
}

std::string TypeTable::tag(TypeId type) const {
  if (!is_structure(type)) {
    return {};
  }
  const Type& row = at(strip(type));
  bool is_typedef = is_name(row.name);
  return is_words(row.name) && !(is_typedef && is_private(row.file)) ? row.name : "";
}

bool TypeTable::is_opaque(TypeId type) const {
  TypeId best = find(tag(type));
  return best == none<TypeId> || !at(best).complete || is_private(at(best).file) ||
         is_by_address(best);
}

bool TypeTable::is_by_address(TypeId type) const {
  const auto row = addresses_.find(tag(type));
  return row != addresses_.end() && declared_in(type) == row->second;
}

std::string TypeTable::declared_in(TypeId structure) const {
  return without_dot(at(complete(structure)).file);
}

std::string TypeTable::header(TypeId type) const {
  TypeId named = is_structure(type) && !tag(type).empty() ? find(tag(type)) : type;
  while (named != none<TypeId> && at(named).kind == TypeKind::typedef_ &&
         is_private(at(named).file)) {
    named = at(named).element;
  }
  if (named == none<TypeId> || is_private(at(named).file)) {
    return {};
  }
  std::string file = without_dot(at(named).file);
  std::string path = include_path(file);
  return path.empty() ? file : headers_.header_for(path);
}

std::vector<std::string> TypeTable::in_order(const std::set<std::string>& headers) const {
  std::vector<std::string> result;
  auto add = [&](const std::string& header) {
    if (std::ranges::find(result, header) == result.end()) {
      result.push_back(header);
    }
  };
  for (bool own : {false, true}) {
    for (const std::string& header : headers) {
      if (driver_roots_.contains(two_levels(header)) == own) {
        std::string first = headers_.header_before(header);
        add(first.empty() ? header : first);
        add(header);
      }
    }
  }
  return result;
}

} // namespace ks::idl

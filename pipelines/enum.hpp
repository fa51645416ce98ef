// SPDX-License-Identifier: MIT
// Enumerations that artifacts hold: KS_ENUM(Kind, a, b, c) at namespace scope declares
// `enum class Kind : u8 { a, b, c }` with its names. Binary artifacts hold the number,
// JSON the name; a number without a name is refused on load.

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#define KS_ENUM(Name, ...)                                                                         \
  enum class Name : std::uint8_t { __VA_ARGS__ };                                                  \
  constexpr std::string_view enum_type(Name) { return #Name; }                                     \
  constexpr std::string_view enum_names(Name) { return #__VA_ARGS__; }

namespace ks {

template <class E>
concept NamedEnum = std::is_enum_v<E> && requires(E value) { enum_names(value); };

template <class E>
constexpr std::size_t enum_count() {
  std::size_t count = 1;
  for (char c : enum_names(E{})) count += c == ',';
  return count;
}

// The n-th of the names, which a comma and a space separate.
template <NamedEnum E>
constexpr std::string_view enum_name(E value) {
  std::string_view names = enum_names(value);
  for (auto left = static_cast<std::size_t>(value); left > 0; --left) {
    names.remove_prefix(names.find(',') + 1);
  }
  names.remove_prefix(names.find_first_not_of(' '));
  return names.substr(0, names.find(','));
}

template <NamedEnum E>
constexpr std::optional<E> enum_value(std::string_view name) {
  for (std::size_t i = 0; i < enum_count<E>(); ++i) {
    if (enum_name(static_cast<E>(i)) == name) return static_cast<E>(i);
  }
  return std::nullopt;
}

} // namespace ks

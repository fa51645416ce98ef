// SPDX-License-Identifier: MIT
// What a column of a table may hold: bool, integers, strings, named enumerations, row
// numbers, vectors of these, and structs of them.

#pragma once

#include "pipelines/describe.hpp"
#include "pipelines/enum.hpp"
#include "pipelines/integers.hpp"

#include <concepts>
#include <string>
#include <type_traits>
#include <vector>

namespace ks {

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

template <class T>
concept RowId = std::is_enum_v<T> && std::same_as<std::underlying_type_t<T>, u32>;

// What a table may hold instead of rows.
template <class T>
concept BareValue = std::integral<T> || std::same_as<T, std::string> || RowId<T> || NamedEnum<T>;

// Calls visit(id) for each row number in a column, a row, a table, or a struct of tables.
// The type of an id says which table it is a row of.
template <class T, class Visit>
void for_each_id(T& in, const Visit& visit) {
  using Value = std::remove_const_t<T>;
  if constexpr (RowId<Value>) {
    visit(in);
  } else if constexpr (is_vector<Value>) {
    for (auto& value : in) for_each_id(value, visit);
  } else if constexpr (Described<Value>) {
    in.with_members([&](auto&... member) { (for_each_id(member, visit), ...); });
  }
}

} // namespace ks

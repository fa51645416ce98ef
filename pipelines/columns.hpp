// SPDX-License-Identifier: MIT
// What a column of a table may hold: bool, integers, strings, named enumerations, row
// numbers, vectors of these, and structs of them.

#pragma once

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
concept BareValue =
    std::integral<T> || std::same_as<T, std::string> || RowId<T> || NamedEnum<T>;

} // namespace ks

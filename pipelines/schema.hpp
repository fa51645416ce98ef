// SPDX-License-Identifier: MIT
// The shape of an artifact as text: its kind and version, and per table the columns with
// their types, a line each. tests/compat keeps these, so that a changed shape without a new version
// is noticed.

#pragma once

#include "pipelines/artifact.hpp"
#include "pipelines/columns.hpp"
#include "pipelines/describe.hpp"

#include <fmt/format.h>

#include <concepts>
#include <string>
#include <tuple>
#include <type_traits>

namespace ks {

template <Described Row>
void print_columns(std::string& out, std::string_view separator, std::string_view ending);

// The type of a column.
template <class T>
void print_column_type(std::string& out) {
  if constexpr (std::same_as<T, bool>) {
    out += "bool";
  } else if constexpr (std::same_as<T, std::string>) {
    out += "string";
  } else if constexpr (std::integral<T>) {
    out += fmt::format("{}{}", std::is_signed_v<T> ? 'i' : 'u', 8 * sizeof(T));
  } else if constexpr (RowId<T>) {
    out += "id";
  } else if constexpr (NamedEnum<T>) {
    out += "enum(";
    for (std::size_t i = 0; i < enum_count<T>(); ++i) {
      out += fmt::format("{}{}", i == 0 ? "" : " ", enum_name(static_cast<T>(i)));
    }
    out += ')';
  } else if constexpr (is_vector<T>) {
    out += "list ";
    print_column_type<typename T::value_type>(out);
  } else {
    out += '{';
    print_columns<T>(out, " ", ",");
    out.back() = ' ';
    out += '}';
  }
}

template <class T>
void print_column(std::string& out, std::string_view separator, std::string_view name,
                  std::string_view ending) {
  out += fmt::format("{}{} ", separator, name);
  print_column_type<T>(out);
  out += ending;
}

template <Described Row>
void print_columns(std::string& out, std::string_view separator, std::string_view ending) {
  Row row;
  for_each_member(row, [&]<class T>(std::string_view name, const T&) {
    print_column<T>(out, separator, name, ending);
  });
}

// A blank line before each chunk.
template <class T>
std::string shape() {
  std::string out = fmt::format("{} {}\n", T::kind, T::version);
  const auto print = [&out]<class Row>(std::string_view name, const std::vector<Row>&) {
    out += fmt::format("{}\n", name);
    if constexpr (BareValue<Row>)
      print_column<Row>(out, "  ", "value", "\n");
    else
      print_columns<Row>(out, "  ", "\n");
  };
  const auto print_chunk = [&](const auto& chunk) {
    out += '\n';
    for_each_member(chunk, print);
  };
  const T artifact;
  std::apply([&](const auto&... chunk) { (print_chunk(chunk), ...); }, artifact.chunks());
  return out;
}

} // namespace ks

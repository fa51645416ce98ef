// SPDX-License-Identifier: MIT
// The shape of an artifact as text: its kind and version, and per table the columns with
// their types, a line each. tests/compat keeps these, so that a changed shape without a new version
// is noticed.

#pragma once

#include "pipelines/artifact.hpp"
#include "pipelines/columns.hpp"

#include <cereal/cereal.hpp>
#include <fmt/format.h>

#include <concepts>
#include <string>
#include <tuple>
#include <type_traits>

namespace ks {

class ShapePrinter {
public:
  ShapePrinter(std::string& out, const char* separator, const char* ending)
      : out_(out), separator_(separator), ending_(ending) {}

  template <class... Pairs>
  void operator()(Pairs&&... pairs) {
    (column(pairs.name, pairs.value), ...);
  }
  template <class T>
  void column(const char* name, T&) {
    out_ += fmt::format("{}{} ", separator_, name);
    print<T>();
    out_ += ending_;
  }

private:
  template <class T>
  void print() {
    if constexpr (std::same_as<T, bool>) {
      out_ += "bool";
    } else if constexpr (std::same_as<T, std::string>) {
      out_ += "string";
    } else if constexpr (std::integral<T>) {
      out_ += fmt::format("{}{}", std::is_signed_v<T> ? 'i' : 'u', 8 * sizeof(T));
    } else if constexpr (RowId<T>) {
      out_ += "id";
    } else if constexpr (NamedEnum<T>) {
      out_ += "enum(";
      for (std::size_t i = 0; i < enum_count<T>(); ++i) {
        out_ += fmt::format("{}{}", i == 0 ? "" : " ", enum_name(static_cast<T>(i)));
      }
      out_ += ')';
    } else if constexpr (is_vector<T>) {
      out_ += "list ";
      print<typename T::value_type>();
    } else {
      T row;
      ShapePrinter members(out_, " ", ",");
      out_ += '{';
      row.serialize(members);
      out_.back() = ' ';
      out_ += '}';
    }
  }

  std::string& out_;
  const char* separator_;
  const char* ending_;
};

class TableShapePrinter {
public:
  explicit TableShapePrinter(std::string& out) : out_(out) {}

  template <class... Pairs>
  void operator()(Pairs&&... pairs) {
    (table(pairs.name, pairs.value), ...);
  }

private:
  template <class Row>
  void table(const char* name, std::vector<Row>&) {
    out_ += fmt::format("{}\n", name);
    ShapePrinter columns(out_, "  ", "\n");
    Row row{};
    if constexpr (BareValue<Row>) columns.column("value", row);
    else row.serialize(columns);
  }

  std::string& out_;
};

// A blank line before each chunk.
template <class T>
std::string shape() {
  std::string out = fmt::format("{} {}\n", T::kind, T::version);
  T artifact;
  TableShapePrinter printer(out);
  const auto print = [&](auto& chunk) {
    out += '\n';
    chunk.serialize(printer);
  };
  std::apply([&](auto&... chunk) { (print(chunk), ...); }, artifact.chunks());
  return out;
}

} // namespace ks

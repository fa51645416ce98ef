// SPDX-License-Identifier: MIT
// The printer behind dump_json(): it asks the types of members what to do.

#pragma once

#include "pipelines/columns.hpp"
#include "pipelines/describe.hpp"
#include "pipelines/json.hpp"

#include <fmt/format.h>

#include <ostream>
#include <tuple>

namespace ks {

// Appends `text` in quotes.
void print_json_string(std::string& out, std::string_view text);

// Appends the members of a row, or one value, to a line of text.
class RowPrinter {
public:
  explicit RowPrinter(std::string& out) : out_(out) {}

  template <Described Row>
  void members(const Row& row) {
    for_each_member(row, [this](std::string_view name, const auto& value) { member(name, value); });
  }
  template <class T>
  void member(std::string_view name, const T& value) {
    if (out_.back() != '{') out_ += ',';
    print_json_string(out_, name);
    out_ += ':';
    print(value);
  }

private:
  template <class T>
  void print(const T& value) {
    if constexpr (std::same_as<T, bool>) {
      out_ += value ? "true" : "false";
    } else if constexpr (std::same_as<T, std::string>) {
      print_json_string(out_, value);
    } else if constexpr (std::integral<T>) {
      fmt::format_to(std::back_inserter(out_), "{}", value);
    } else if constexpr (RowId<T>) {
      if (row(value) == no_row)
        out_ += "null";
      else
        fmt::format_to(std::back_inserter(out_), "{}", row(value));
    } else if constexpr (NamedEnum<T>) {
      print_json_string(out_, enum_name(value));
    } else if constexpr (is_vector<T>) {
      print_array(value);
    } else {
      out_ += '{';
      members(value);
      out_ += '}';
    }
  }
  template <class T>
  void print_array(const std::vector<T>& values) {
    out_ += '[';
    for (const T& value : values) {
      if (&value != values.data()) out_ += ',';
      print(value);
    }
    out_ += ']';
  }

  std::string& out_;
};

template <class Row>
void print_json_table(std::string_view name, const std::vector<Row>& rows, std::ostream& out) {
  std::string line;
  u64 number = 0;
  for (const Row& row : rows) {
    line = fmt::format(R"({{"table":"{}","row":{})", name, number++);
    RowPrinter printer(line);
    if constexpr (BareValue<Row>)
      printer.member("value", row);
    else
      printer.members(row);
    line += "}\n";
    out << line;
  }
}

void print_json_head(const Head& head, std::ostream& out);

template <class T>
void dump_json(const T& artifact, const Head& head, std::ostream& out) {
  print_json_head(head, out);
  const auto print = [&out](std::string_view name, const auto& rows) {
    print_json_table(name, rows, out);
  };
  std::apply([&](const auto&... chunk) { (for_each_member(chunk, print), ...); },
             artifact.chunks());
}

} // namespace ks

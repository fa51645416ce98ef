// SPDX-License-Identifier: MIT
// The printers behind dump_json(). Each is what serialize() takes for an archive: it is
// handed name-value pairs and asks their types what to do.

#pragma once

#include "pipelines/columns.hpp"
#include "pipelines/json.hpp"

#include <cereal/cereal.hpp>
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

  template <class... Pairs>
  void operator()(Pairs&&... pairs) {
    (member(pairs.name, pairs.value), ...);
  }
  template <class T>
  void member(std::string_view name, T& value) {
    if (out_.back() != '{') out_ += ',';
    print_json_string(out_, name);
    out_ += ':';
    print(value);
  }

private:
  template <class T>
  void print(T& value) {
    if constexpr (std::same_as<T, bool>) {
      out_ += value ? "true" : "false";
    } else if constexpr (std::same_as<T, std::string>) {
      print_json_string(out_, value);
    } else if constexpr (std::integral<T>) {
      fmt::format_to(std::back_inserter(out_), "{}", value);
    } else if constexpr (RowId<T>) {
      if (row(value) == no_row) out_ += "null";
      else fmt::format_to(std::back_inserter(out_), "{}", row(value));
    } else if constexpr (NamedEnum<T>) {
      print_json_string(out_, enum_name(value));
    } else if constexpr (is_vector<T>) {
      print_array(value);
    } else {
      out_ += '{';
      value.serialize(*this);
      out_ += '}';
    }
  }
  template <class T>
  void print_array(std::vector<T>& values) {
    out_ += '[';
    for (T& value : values) {
      if (&value != values.data()) out_ += ',';
      print(value);
    }
    out_ += ']';
  }

  std::string& out_;
};

// Prints each table of a chunk.
class TablePrinter {
public:
  explicit TablePrinter(std::ostream& out) : out_(out) {}

  template <class... Pairs>
  void operator()(Pairs&&... pairs) {
    (table(pairs.name, pairs.value), ...);
  }

private:
  template <class Row>
  void table(const char* name, std::vector<Row>& rows) {
    std::string line;
    u64 number = 0;
    for (Row& row : rows) {
      line = fmt::format(R"({{"table":"{}","row":{})", name, number++);
      RowPrinter printer(line);
      if constexpr (BareValue<Row>) printer.member("value", row);
      else row.serialize(printer);
      line += "}\n";
      out_ << line;
    }
  }

  std::ostream& out_;
};

void print_json_head(const Head& head, std::ostream& out);

template <class T>
void dump_json(const T& artifact, const Head& head, std::ostream& out) {
  print_json_head(head, out);
  TablePrinter printer(out);
  // serialize() is shared with loading, hence not const; the printers only read.
  const auto print = [&](const auto& chunk) {
    const_cast<std::remove_cvref_t<decltype(chunk)>&>(chunk).serialize(printer);
  };
  std::apply([&](const auto&... chunk) { (print(chunk), ...); }, artifact.chunks());
}

} // namespace ks

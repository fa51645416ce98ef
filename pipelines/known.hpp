// SPDX-License-Identifier: MIT
// What is known of the kernel, and cannot be found by looking at it: the tables below
// pipelines/known/, which every tool holds a copy of, and what --known=FILE adds to them.
// ks-known(5) describes the syntax and each table. A stage turns the rows of the tables it
// needs into structures of its own when it starts.

#pragma once

#include "pipelines/integers.hpp"

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace ks {

// By name; known.cpp has their columns.
enum class KnownTable : u8 {
  addresses,
  allocators,
  assembly,
  cpu_offsets,
  domain_library,
  elsewhere,
  ends,
  entries,
  failures,
  headers,
  lock_families,
  locks,
  models,
  strings,
  undo
};
inline constexpr std::size_t known_table_count = 15;

std::string_view name_of(KnownTable table);

struct KnownRow {
  std::string_view path; // where it was read
  u32 line = 0;
  std::array<std::string_view, 7> columns; // empty where the table has "-", or no such column
  std::string_view reason;

  std::string_view operator[](std::size_t column) const { return columns[column]; }
  // A column that the table's form says to be a number; u32's greatest if there is none.
  u32 number(std::size_t column) const;
  // "PATH:LINE: MESSAGE", for what only the table's user can know to be wrong.
  [[noreturn]] void refuse(std::string_view message) const;
};

// By their keys, each key once.
using KnownRows = std::vector<KnownRow>;
using KnownTables = std::array<KnownRows, known_table_count>;

// The rows of a text. Fails with "PATH:LINE: ..." on what is not a row of its table, out of
// order or there twice. The rows point into both arguments.
KnownTables read_known(std::string_view text, std::string_view path);

// The row whose first column is `key`, null if there is none; of several the first.
const KnownRow* find_row(const KnownRows& rows, std::string_view key);

class Known {
public:
  // Adds the rows of a file's text; a row whose key is there already takes its place.
  void add(const std::string& path, const std::string& text);
  // Fails if tables contradict each other in what was added.
  void check() const;

  KnownRows rows(KnownTable table) const;
  // Those that add() has read.
  const KnownRows& added(KnownTable table) const { return added_[static_cast<std::size_t>(table)]; }

private:
  KnownTables added_;
  std::vector<std::shared_ptr<const std::string>> texts_; // what the rows point into
};

// Known with the rows of these files.
Known read_known_files(const std::vector<std::string>& paths);

// The name of the function that a call in a table is of, as in "unregister_netdev($0)".
inline std::string_view called(std::string_view call) { return call.substr(0, call.find('(')); }

} // namespace ks

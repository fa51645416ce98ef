// SPDX-License-Identifier: MIT
// The readers behind load_json(): they fill the members that a line of JSON has a value for.

#pragma once

#include "pipelines/columns.hpp"
#include "pipelines/describe.hpp"
#include "pipelines/json.hpp"

#include <fmt/format.h>
#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <limits>
#include <stdexcept>
#include <tuple>

namespace ks {

// What is wrong with a line; load_json adds where.
struct JsonError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Each fails with JsonError, naming `name`, on a value of another type.
bool json_bool(const nlohmann::json& value, std::string_view name);
u64 json_unsigned(const nlohmann::json& value, std::string_view name, u64 most);
i64 json_signed(const nlohmann::json& value, std::string_view name, i64 least, i64 most);
std::string json_string(const nlohmann::json& value, std::string_view name);
std::size_t json_array_size(const nlohmann::json& value, std::string_view name);
const nlohmann::json& json_element(const nlohmann::json& array, std::size_t index);
bool json_null(const nlohmann::json& value);
// None if there is no such key.
const nlohmann::json* json_find(const nlohmann::json& object, std::string_view name);
void json_check_object(const nlohmann::json& value, std::string_view name);
// Fails on a key of `object` that is not among `known`.
void json_check_keys(const nlohmann::json& object, const std::vector<std::string_view>& known);

// Fills a row from an object.
class RowReader {
public:
  RowReader(const nlohmann::json& object, std::vector<std::string_view> known)
      : object_(object), known_(std::move(known)) {}

  template <Described Row>
  void members(Row& row) {
    for_each_member(row, [this](std::string_view name, auto& value) { member(name, value); });
  }
  template <class T>
  void member(std::string_view name, T& value) {
    known_.push_back(name);
    if (const nlohmann::json* found = json_find(object_, name)) read(*found, name, value);
  }
  void check_keys() const { json_check_keys(object_, known_); }

private:
  template <class T>
  static void read(const nlohmann::json& json, std::string_view name, T& value) {
    if constexpr (std::same_as<T, bool>) {
      value = json_bool(json, name);
    } else if constexpr (std::same_as<T, std::string>) {
      value = json_string(json, name);
    } else if constexpr (std::unsigned_integral<T>) {
      value = static_cast<T>(json_unsigned(json, name, std::numeric_limits<T>::max()));
    } else if constexpr (std::signed_integral<T>) {
      value = static_cast<T>(
          json_signed(json, name, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
    } else if constexpr (RowId<T>) {
      value = none<T>;
      if (!json_null(json)) value = T{static_cast<u32>(json_unsigned(json, name, no_row - 1))};
    } else if constexpr (NamedEnum<T>) {
      const std::string word = json_string(json, name);
      const std::optional<T> known = enum_value<T>(word);
      if (!known) throw JsonError(fmt::format("{} cannot be {}", name, word));
      value = *known;
    } else if constexpr (is_vector<T>) {
      value.resize(json_array_size(json, name));
      for (std::size_t i = 0; i < value.size(); ++i) read(json_element(json, i), name, value[i]);
    } else {
      json_check_object(json, name);
      RowReader nested(json, {});
      nested.members(value);
      nested.check_keys();
    }
  }

  const nlohmann::json& object_;
  std::vector<std::string_view> known_;
};

// Appends one line's row to a table.
template <class Row>
void read_json_row(const nlohmann::json& line, u64 number, std::string_view name,
                   std::vector<Row>& rows) {
  if (number != rows.size()) {
    throw JsonError(fmt::format("row {} of {} where {} is due", number, name, rows.size()));
  }
  RowReader reader(line, {"table", "row"});
  Row& row = rows.emplace_back();
  if constexpr (BareValue<Row>)
    reader.member("value", row);
  else
    reader.members(row);
  reader.check_keys();
}

using AddRow = std::function<bool(const nlohmann::json& line, std::string_view table, u64 number)>;

// The lines of a dump, one after the other: checks the head, hands each row to `add_row`,
// which says whether it knows the table.
void read_json_lines(std::istream& in, const std::string& path, std::string_view kind, u32 version,
                     std::vector<Ancestor>& ancestors, const AddRow& add_row);

template <class T>
T load_json(std::istream& in, const std::string& path, std::vector<Ancestor>& ancestors) {
  T artifact;
  const AddRow add_row = [&](const nlohmann::json& line, std::string_view table, u64 number) {
    bool found = false;
    const auto read = [&](std::string_view name, auto& rows) {
      if (name != table) return;
      found = true;
      read_json_row(line, number, name, rows);
    };
    std::apply([&](auto&... chunk) { (for_each_member(chunk, read), ...); }, artifact.chunks());
    return found;
  };
  read_json_lines(in, path, T::kind, T::version, ancestors, add_row);
  return artifact;
}

} // namespace ks

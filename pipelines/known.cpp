// SPDX-License-Identifier: MIT
#include "pipelines/known.hpp"

#include "pipelines/artifact.hpp"
#include "pipelines/diag.hpp"
#include "pipelines/known_texts.hpp"

#include <algorithm>
#include <cassert>
#include <charconv>
#include <optional>
#include <span>

namespace ks {
namespace {

// What may stand in a column. Optional ones may be "-".
enum class Content : u8 { text, optional_text, number, optional_number, word, optional_word };

struct Column {
  std::string_view name;
  Content content{};
  std::string_view words = {}; // which, separated by spaces
};

struct Form {
  std::string_view name;
  std::size_t keys; // how many columns tell a row from others
  std::vector<Column> columns;
};

constexpr std::string_view lock_actions = "acquire atomic barrier release try_acquire";

const std::array<Form, known_table_count>& forms() {
  using enum Content;
  static const std::array<Form, known_table_count> all = {{
      {"addresses", 1, {{"type"}, {"file"}}},
      {"allocators",
       1,
       {{"function"},
        {"action", word, "allocate allocate_percpu free"},
        {"argument", optional_number}}},
      {"assembly",
       1,
       {{"mnemonic"},
        {"inputs", word, "read updated"},
        {"action", optional_word, lock_actions},
        {"family", optional_text},
        {"update", optional_word, "add clear_bits compare_exchange exchange other set_bits"},
        {"user", optional_word, "get put"},
        {"function", optional_text}}},
      {"cpu_offsets", 1, {{"variable"}, {"which", word, "own table"}}},
      {"domain_library",
       1,
       {{"name"},
        {"class", word,
         "allocate bits checksum compiler data list memory module parse "
         "percpu print sort string tree"}}},
      {"elsewhere", 1, {{"function"}}},
      {"ends", 1, {{"function"}, {"call"}}},
      {"entries", 1, {{"symbol"}, {"role", word, "exit init"}}},
      {"failures", 1, {{"type"}, {"value"}}},
      {"headers",
       2,
       {{"header"}, {"relation", word, "before closed instead"}, {"other", optional_text}}},
      {"lock_families",
       1,
       {{"family"},
        {"scope", word, "kernel line nothing object order processor"},
        {"undone", word, "no yes"}}},
      {"locks",
       1,
       {{"function"}, {"action", word, lock_actions}, {"family"}, {"argument", optional_number}}},
      {"models",
       1,
       {{"function"}, {"effects", optional_text}, {"returned argument", optional_number}}},
      {"strings", 2, {{"function"}, {"argument", number}}},
      {"undo",
       1,
       {{"function"},
        {"kind", word, "cancel reference undo unlock"},
        {"call"},
        {"done", optional_text},
        {"header"}}},
  }};
  return all;
}

const Form& form_of(KnownTable table) { return forms()[static_cast<std::size_t>(table)]; }

bool is_optional(Content content) {
  switch (content) {
  case Content::optional_text:
  case Content::optional_number:
  case Content::optional_word: return true;
  case Content::text:
  case Content::number:
  case Content::word: return false;
  }
  return false;
}

std::optional<u32> number_in(std::string_view text) {
  u32 number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return taken;
}

bool is_word_of(std::string_view words, std::string_view text) {
  while (!words.empty()) {
    if (take_until(words, ' ') == text) return true;
  }
  return false;
}

bool fits(const Column& column, std::string_view text) {
  switch (column.content) {
  case Content::text:
  case Content::optional_text: return true;
  case Content::number:
  case Content::optional_number: return number_in(text).has_value();
  case Content::word:
  case Content::optional_word: return is_word_of(column.words, text);
  }
  return false;
}

KnownTable table_named(std::string_view name, const KnownRow& where) {
  const auto found = std::ranges::find(forms(), name, &Form::name);
  if (found == forms().end()) where.refuse(fmt::format("there is no table {}", name));
  return static_cast<KnownTable>(found - forms().begin());
}

// Fills the row from a line: the columns of its table, and a reason if it likes.
void read_row(const Form& form, std::string_view line, KnownRow& row) {
  assert(form.columns.size() <= row.columns.size());
  const auto columns = static_cast<std::size_t>(std::ranges::count(line, '\t')) + 1;
  if (columns < form.columns.size() || columns > form.columns.size() + 1) {
    row.refuse(fmt::format("{} has {} columns and perhaps a reason, this has {}", form.name,
                           form.columns.size(), columns));
  }
  for (std::size_t i = 0; i < form.columns.size(); ++i) {
    const Column& column = form.columns[i];
    const std::string_view text = take_until(line, '\t');
    if (text.empty()) row.refuse(fmt::format("an empty column {}: write -", column.name));
    if (text == "-" && is_optional(column.content)) continue;
    if (text == "-" || !fits(column, text)) {
      row.refuse(fmt::format("{}: no {} of {}", text, column.name, form.name));
    }
    row.columns[i] = text;
  }
  row.reason = line;
}

std::span<const std::string_view> key_of(const KnownRow& row, std::size_t keys) {
  return std::span(row.columns).first(keys);
}

std::strong_ordering compare(const KnownRow& a, const KnownRow& b, std::size_t keys) {
  const auto left = key_of(a, keys), right = key_of(b, keys);
  return std::lexicographical_compare_three_way(left.begin(), left.end(), right.begin(),
                                                right.end());
}

// Rows of `over` take the place of those of `rows` with the same key.
KnownRows merge(const KnownRows& rows, const KnownRows& over, std::size_t keys) {
  const auto less = [keys](const KnownRow& a, const KnownRow& b) {
    return compare(a, b, keys) < 0;
  };
  KnownRows merged;
  merged.reserve(rows.size() + over.size());
  std::set_union(over.begin(), over.end(), rows.begin(), rows.end(), std::back_inserter(merged),
                 less);
  return merged;
}

} // namespace

std::string_view name_of(KnownTable table) { return form_of(table).name; }

u32 KnownRow::number(std::size_t column) const {
  return number_in(columns[column]).value_or(~u32{0});
}

void KnownRow::refuse(std::string_view message) const { fail("{}:{}: {}", path, line, message); }

KnownTables read_known(std::string_view text, std::string_view path) {
  KnownTables tables;
  std::optional<KnownTable> table;
  for (KnownRow row{path, 1, {}, {}}; !text.empty(); row = {path, row.line + 1, {}, {}}) {
    const std::string_view line = take_until(text, '\n');
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[' && line.back() == ']') {
      table = table_named(line.substr(1, line.size() - 2), row);
      continue;
    }
    if (!table) row.refuse("a row before the first [table]");
    const Form& form = form_of(*table);
    KnownRows& rows = tables[static_cast<std::size_t>(*table)];
    read_row(form, line, row);
    if (!rows.empty() && compare(rows.back(), row, form.keys) >= 0) {
      const bool twice = compare(rows.back(), row, form.keys) == 0;
      row.refuse(fmt::format("{} {} {}", row[0],
                             twice ? "is there twice, after line" : "is not in order after line",
                             rows.back().line));
    }
    rows.push_back(row);
  }
  return tables;
}

const KnownRow* find_row(const KnownRows& rows, std::string_view key) {
  const auto found =
      std::ranges::lower_bound(rows, key, {}, [](const KnownRow& row) { return row[0]; });
  return found == rows.end() || (*found)[0] != key ? nullptr : &*found;
}

void Known::add(const std::string& path, const std::string& text) {
  texts_.push_back(std::make_shared<const std::string>(path));
  const std::string_view kept_path = *texts_.back();
  texts_.push_back(std::make_shared<const std::string>(text));
  const KnownTables tables = read_known(*texts_.back(), kept_path);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    added_[i] = merge(added_[i], tables[i], forms()[i].keys);
  }
}

void Known::check() const {
  if (added(KnownTable::locks).empty() && added(KnownTable::assembly).empty()) return;
  const KnownRows families = rows(KnownTable::lock_families);
  for (const KnownTable table : {KnownTable::locks, KnownTable::assembly}) {
    const std::size_t column = table == KnownTable::locks ? 2 : 3;
    for (const KnownRow& row : added(table)) {
      if (!row[column].empty() && !find_row(families, row[column])) {
        row.refuse(fmt::format("{} is no family of lock_families", row[column]));
      }
    }
  }
}

KnownRows Known::rows(KnownTable table) const {
  const auto i = static_cast<std::size_t>(table);
  KnownTables built_in = read_known(known_texts[i], known_paths[i]);
  if (added_[i].empty()) return std::move(built_in[i]);
  return merge(built_in[i], added_[i], forms()[i].keys);
}

Known read_known_files(const std::vector<std::string>& paths) {
  Known known;
  for (const std::string& path : paths) known.add(path, read_file(path));
  known.check();
  return known;
}

} // namespace ks

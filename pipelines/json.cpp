// SPDX-License-Identifier: MIT

#include "pipelines/json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <istream>
#include <ostream>

namespace ks {

namespace {

using nlohmann::json;

// Bytes that are not UTF-8 travel as code points of a private plane; so do the bytes of
// these code points themselves, which keeps the mapping one to one.
constexpr u32 first_stray = 0x10f080;
constexpr u32 last_stray = 0x10f0ff;
constexpr u32 stray_base = 0x10f000;

// The length of the UTF-8 sequence at the start of `text`, 0 if there is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const u32 lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return 0;
  u32 point = lead & (0x7f >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
    point = point << 6 | (byte(i) & 0x3f);
  }
  const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
  const bool surrogate = point >= 0xd800 && point <= 0xdfff;
  const bool stray = point >= first_stray && point <= last_stray;
  return overlong || surrogate || stray || point > 0x10ffff ? 0 : length;
}

void print_code_point(std::string& out, u32 point) {
  out += static_cast<char>(0xf0 | point >> 18);
  out += static_cast<char>(0x80 | (point >> 12 & 0x3f));
  out += static_cast<char>(0x80 | (point >> 6 & 0x3f));
  out += static_cast<char>(0x80 | (point & 0x3f));
}

void print_ascii(std::string& out, char c) {
  switch (c) {
  case '"': out += "\\\""; return;
  case '\\': out += "\\\\"; return;
  case '\n': out += "\\n"; return;
  case '\t': out += "\\t"; return;
  }
  if (static_cast<unsigned char>(c) >= 0x20)
    out += c;
  else
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(c));
}

// The inverse of what print_json_string does to stray bytes.
std::string with_stray_bytes(const std::string& text) {
  std::string out;
  std::size_t at = 0;
  for (std::size_t next = 0; (next = text.find("\xf4\x8f", next)) != std::string::npos;) {
    // The JSON parser has seen to it that two more bytes follow.
    const u32 point = stray_base | (text[next + 2] & 0x3f) << 6 | (text[next + 3] & 0x3f);
    if (point >= first_stray && point <= last_stray) {
      out.append(text, at, next - at);
      out += static_cast<char>(point - stray_base);
      at = next + 4;
    }
    next += 4;
  }
  return out.append(text, at);
}

[[noreturn]] void fail_type(std::string_view name, std::string_view expected) {
  throw JsonError(fmt::format("{} is not {}", name, expected));
}

const json& required(const json& object, std::string_view name) {
  const json* found = json_find(object, name);
  if (found == nullptr) throw JsonError(fmt::format("no {}", name));
  return *found;
}

// As the head line of an artifact holds it.
std::string read_word(const json& value, std::string_view name) {
  std::string word = json_string(value, name);
  if (word.empty() || word.find_first_of("= \n") != std::string::npos) fail_type(name, "a word");
  return word;
}

std::vector<Ancestor> read_ancestors(const json& object) {
  json_check_object(object, "ancestors");
  std::vector<Ancestor> ancestors;
  for (const auto& [key, hashes] : object.items()) {
    const std::string kind = read_word(key, "the kind of an ancestor");
    if (!hashes.is_array()) {
      ancestors.push_back({kind, read_word(hashes, kind)});
      continue;
    }
    for (const json& hash : hashes) ancestors.push_back({kind, read_word(hash, kind)});
  }
  return ancestors;
}

void read_head(const json& line, std::string_view kind, u32 version,
               std::vector<Ancestor>& ancestors) {
  json_check_keys(line, {"table", "kind", "version", "ancestors"});
  const std::string its_kind = json_string(required(line, "kind"), "kind");
  if (its_kind != kind) throw JsonError(fmt::format("is of kind {}, not {}", its_kind, kind));
  const u64 its_version = json_unsigned(required(line, "version"), "version", no_row);
  if (its_version != version) {
    throw JsonError(fmt::format("is of version {}, not {}", its_version, version));
  }
  ancestors = read_ancestors(required(line, "ancestors"));
}

json parse_line(const std::string& text) {
  try {
    json line = json::parse(text);
    json_check_object(line, "the line");
    return line;
  } catch (const json::parse_error& error) {
    throw JsonError(fmt::format("not JSON from column {} on", error.byte));
  }
}

} // namespace

void print_json_string(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0)
      print_code_point(out, stray_base + static_cast<unsigned char>(text[0]));
    else if (length == 1)
      print_ascii(out, text[0]);
    else
      out += text.substr(0, length);
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  out += '"';
}

bool json_bool(const json& value, std::string_view name) {
  if (!value.is_boolean()) fail_type(name, "true or false");
  return value.get<bool>();
}

u64 json_unsigned(const json& value, std::string_view name, u64 most) {
  if (!value.is_number_unsigned()) fail_type(name, "a whole number");
  const u64 number = value.get<u64>();
  if (number > most) throw JsonError(fmt::format("{} is more than {}", name, most));
  return number;
}

i64 json_signed(const json& value, std::string_view name, i64 least, i64 most) {
  if (!value.is_number_integer() ||
      (value.is_number_unsigned() && value.get<u64>() > std::numeric_limits<i64>::max())) {
    fail_type(name, "a whole number of 64 bits");
  }
  const i64 number = value.get<i64>();
  if (number < least || number > most) {
    throw JsonError(fmt::format("{} is not within {} and {}", name, least, most));
  }
  return number;
}

std::string json_string(const json& value, std::string_view name) {
  if (!value.is_string()) fail_type(name, "a string");
  return with_stray_bytes(value.get_ref<const std::string&>());
}

std::size_t json_array_size(const json& value, std::string_view name) {
  if (!value.is_array()) fail_type(name, "an array");
  return value.size();
}

const json& json_element(const json& array, std::size_t index) { return array[index]; }

bool json_null(const json& value) { return value.is_null(); }

const json* json_find(const json& object, std::string_view name) {
  const auto found = object.find(name);
  return found == object.end() ? nullptr : &*found;
}

void json_check_object(const json& value, std::string_view name) {
  if (!value.is_object()) fail_type(name, "an object");
}

void json_check_keys(const json& object, const std::vector<std::string_view>& known) {
  for (const auto& [key, value] : object.items()) {
    if (std::ranges::find(known, key) == known.end()) {
      throw JsonError(fmt::format("unknown key {}", key));
    }
  }
}

void print_json_head(const Head& head, std::ostream& out) {
  std::string line = fmt::format(R"({{"table":"head","kind":"{}","version":{},"ancestors":{{)",
                                 head.kind, head.version);
  for (auto first = head.ancestors.begin(); first != head.ancestors.end();) {
    const auto last = std::find_if(first, head.ancestors.end(),
                                   [&](const Ancestor& a) { return a.kind != first->kind; });
    std::vector<std::string> hashes;
    for (auto it = first; it != last; ++it) hashes.push_back(fmt::format("\"{}\"", it->hash));
    const std::string list = fmt::format("{}", fmt::join(hashes, ","));
    fmt::format_to(std::back_inserter(line), "{}\"{}\":{}",
                   first == head.ancestors.begin() ? "" : ",", first->kind,
                   hashes.size() == 1 ? list : "[" + list + "]");
    first = last;
  }
  out << line << "}}\n";
}

void read_json_lines(std::istream& in, const std::string& path, std::string_view kind, u32 version,
                     std::vector<Ancestor>& ancestors, const AddRow& add_row) {
  bool headed = false;
  u64 line_number = 0;
  for (std::string text; std::getline(in, text);) {
    ++line_number;
    if (text.empty() || text[0] == '#') continue;
    try {
      const json line = parse_line(text);
      const std::string table = json_string(required(line, "table"), "table");
      if ((table == "head") == headed) {
        throw JsonError(headed ? "a second head" : "the first line is not the head");
      }
      if (!headed) {
        read_head(line, kind, version, ancestors);
        headed = true;
      } else if (!add_row(line, table, json_unsigned(required(line, "row"), "row", no_row - 1))) {
        throw JsonError(fmt::format("{} artifacts have no table {}", kind, table));
      }
    } catch (const JsonError& error) {
      fail("{}:{}: {}", path, line_number, error.what());
    }
  }
  if (!headed) fail("{}: no head line", path);
}

} // namespace ks

// SPDX-License-Identifier: MIT

#include "pipelines/artifact.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>
#include <zstd.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace ks {

namespace {

constexpr int compression_level = 3;
constexpr u64 hash_bytes = 16;
constexpr u64 entry_bytes = 2 * sizeof(u64) + hash_bytes;
constexpr u64 longest_head = 1 << 20;
// A zstd block of four bytes can stand for 128 KiB of equal ones.
constexpr u64 best_ratio = 1 << 15;

u64 index_bytes(u64 chunks) { return sizeof(u32) + chunks * entry_bytes + sizeof(u64); }

std::string to_hex(std::string_view bytes) {
  std::string text;
  for (unsigned char byte : bytes) fmt::format_to(std::back_inserter(text), "{:02x}", byte);
  return text;
}

std::string digest(std::string_view bytes) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
  return {reinterpret_cast<const char*>(canonical.digest), sizeof canonical.digest};
}

template <class N>
void append(std::string& bytes, N number) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

template <class N>
N number_at(std::string_view bytes, u64 offset) {
  N number = 0;
  std::memcpy(&number, bytes.data() + offset, sizeof number);
  return number;
}

std::string head_line(const Head& head) {
  std::string line = fmt::format("ks {} {} {} {}", head.kind, head.version, head.hash, head.size);
  for (const Ancestor& ancestor : head.ancestors) {
    fmt::format_to(std::back_inserter(line), " {}={}", ancestor.kind, ancestor.hash);
  }
  return line + '\n';
}

template <class N>
N parse_number(std::string_view word, const std::string& path) {
  N number = 0;
  const char* end = word.data() + word.size();
  const auto [rest, error] = std::from_chars(word.data(), end, number);
  if (error != std::errc() || rest != end) fail("{}: not an artifact", path);
  return number;
}

// `line` is without its newline.
Head parse_head(const std::string& path, std::string_view line) {
  std::vector<std::string_view> words;
  for (std::string_view rest = line; words.empty() || !rest.empty();) {
    const std::size_t space = std::min(rest.find(' '), rest.size());
    words.push_back(rest.substr(0, space));
    rest.remove_prefix(std::min(space + 1, rest.size()));
  }
  if (words.size() < 5 || words[0] != "ks") fail("{}: not an artifact", path);
  Head head;
  head.kind = words[1];
  head.version = parse_number<u32>(words[2], path);
  head.hash = words[3];
  head.size = parse_number<u64>(words[4], path);
  for (std::string_view word : std::span(words).subspan(5)) {
    const std::size_t equals = word.find('=');
    if (equals == std::string_view::npos) fail("{}: not an artifact", path);
    head.ancestors.push_back(
        {std::string(word.substr(0, equals)), std::string(word.substr(equals + 1))});
  }
  return head;
}

[[noreturn]] void fail_corrupt(const std::string& path) {
  fail("{}: corrupt: its hash does not match", path);
}

// `bytes` starts with the head line and holds at least the index, if there is one.
Framed parse_frame(const std::string& path, std::string_view bytes, u64 file_size) {
  const std::size_t newline = bytes.substr(0, longest_head).find('\n');
  if (!bytes.starts_with("ks ") || newline == std::string_view::npos) {
    fail("{}: not an artifact", path);
  }
  Framed file;
  file.path = path;
  file.head = parse_head(path, bytes.substr(0, newline));
  const u64 start = newline + 1;
  if (file.head.size > file_size - start) {
    fail("{}: truncated: {} of {} bytes", path, file_size - start, file.head.size);
  }
  if (file.head.size < file_size - start) {
    fail("{}: corrupt: {} bytes after its end", path, file_size - start - file.head.size);
  }
  const std::string_view body = bytes.substr(start);
  if (body.size() < sizeof(u32)) fail_corrupt(path);
  const u64 count = number_at<u32>(body, 0);
  if (body.size() < index_bytes(count)) fail_corrupt(path);
  const std::string_view entries = body.substr(0, index_bytes(count) - sizeof(u64));
  const u64 line_hash = number_at<u64>(body, entries.size());
  if (hash_of(entries) != file.head.hash || XXH3_64bits(bytes.data(), start) != line_hash) {
    fail_corrupt(path);
  }
  u64 offset = start + index_bytes(count);
  for (u64 i = 0; i < count; ++i) {
    const u64 at = sizeof(u32) + i * entry_bytes;
    ChunkEntry entry{offset, number_at<u64>(body, at), number_at<u64>(body, at + sizeof(u64)),
                     to_hex(body.substr(at + 2 * sizeof(u64), hash_bytes))};
    if (entry.packed_size > file_size - offset) fail_corrupt(path);
    offset += entry.packed_size;
    file.chunks.push_back(std::move(entry));
  }
  if (offset != file_size) fail_corrupt(path);
  return file;
}

void check_chunk(const std::string& path, const ChunkEntry& entry, std::string_view packed) {
  if (packed.size() != entry.packed_size || hash_of(packed) != entry.hash) fail_corrupt(path);
}

} // namespace

std::string hash_of(std::string_view bytes) { return to_hex(digest(bytes)); }

Ancestor combined(std::string_view kind, std::span<const Framed> files) {
  std::vector<std::string> hashes;
  for (const Framed& file : files) hashes.push_back(file.head.hash);
  std::ranges::sort(hashes);
  std::string all;
  for (const std::string& hash : hashes) all += hash + '\n';
  return {std::string(kind), hash_of(all)};
}

std::string compress(std::string_view raw) {
  std::string packed(ZSTD_compressBound(raw.size()), '\0');
  const std::size_t size =
      ZSTD_compress(packed.data(), packed.size(), raw.data(), raw.size(), compression_level);
  if (ZSTD_isError(size)) fail("cannot compress: {}", ZSTD_getErrorName(size));
  packed.resize(size);
  return packed;
}

std::string decompress(const std::string& path, std::string_view packed, u64 raw_size) {
  if (raw_size > packed.size() * best_ratio) fail("{}: malformed: too large a chunk", path);
  std::string raw(raw_size, '\0');
  const std::size_t size = ZSTD_decompress(raw.data(), raw.size(), packed.data(), packed.size());
  if (ZSTD_isError(size)) fail("{}: malformed: {}", path, ZSTD_getErrorName(size));
  if (size != raw_size) fail("{}: malformed: a chunk is too short", path);
  return raw;
}

std::string frame(std::string_view kind, u32 version, std::span<const Ancestor> ancestors,
                  std::span<const std::string> packed, std::span<const u64> raw_sizes) {
  std::string entries;
  append(entries, static_cast<u32>(packed.size()));
  u64 size = index_bytes(packed.size());
  for (std::size_t i = 0; i < packed.size(); ++i) {
    append(entries, u64{packed[i].size()});
    append(entries, raw_sizes[i]);
    entries += digest(packed[i]);
    size += packed[i].size();
  }
  Head head{std::string(kind), version, hash_of(entries), size, {}};
  head.ancestors.assign(ancestors.begin(), ancestors.end());
  std::ranges::sort(head.ancestors);
  const auto repeated = std::ranges::unique(head.ancestors);
  head.ancestors.erase(repeated.begin(), repeated.end());

  std::string bytes = head_line(head);
  const u64 line_hash = XXH3_64bits(bytes.data(), bytes.size());
  bytes.reserve(bytes.size() + size);
  bytes += entries;
  append(bytes, line_hash);
  for (const std::string& chunk : packed) bytes += chunk;
  return bytes;
}

Framed open_artifact(const std::string& path) {
  std::string bytes = read_file(path);
  Framed file = parse_frame(path, bytes, bytes.size());
  file.bytes = std::move(bytes);
  for (const ChunkEntry& entry : file.chunks) {
    check_chunk(path, entry, std::string_view(file.bytes).substr(entry.offset, entry.packed_size));
  }
  return file;
}

Framed open_artifact_lazily(const std::string& path) {
  const std::optional<u64> size = size_of_regular_file(path);
  if (!size) return open_artifact(path);
  // Nearly every head and index fits the first part.
  for (u64 part = 4096;; part *= 16) {
    const std::string bytes = read_part(path, 0, std::min(part, *size));
    const std::size_t newline = bytes.find('\n');
    const bool whole = part >= *size || part > longest_head;
    if (whole || (newline != std::string::npos && bytes.size() > newline + sizeof(u32) &&
                  bytes.size() - newline - 1 >= index_bytes(number_at<u32>(bytes, newline + 1)))) {
      return parse_frame(path, bytes, *size);
    }
  }
}

std::string chunk_payload(const Framed& file, u32 chunk) {
  const ChunkEntry& entry = file.chunks.at(chunk);
  if (!file.bytes.empty()) {
    return decompress(file.path,
                      std::string_view(file.bytes).substr(entry.offset, entry.packed_size),
                      entry.raw_size);
  }
  const std::string packed = read_part(file.path, entry.offset, entry.packed_size);
  check_chunk(file.path, entry, packed);
  return decompress(file.path, packed, entry.raw_size);
}

void check_kind(const Framed& file, std::string_view kind, u32 version, u64 chunks) {
  const Head& head = file.head;
  if (head.kind != kind) fail("{}: is of kind {}, not {}", file.path, head.kind, kind);
  if (head.version != version) {
    fail("{}: is of version {}, not {}", file.path, head.version, version);
  }
  if (file.chunks.size() != chunks) {
    fail("{}: malformed: {} chunks, not {}", file.path, file.chunks.size(), chunks);
  }
}

} // namespace ks

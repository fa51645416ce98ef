// SPDX-License-Identifier: MIT
// The frame every artifact travels in: one head line a person can read, an
// index of chunks, then the chunks. It tells a truncated, corrupted or
// mismatched file from a good one before any stage looks at a row.
//
//   ks KIND VERSION HASH SIZE [KIND=HASH]...\n
//
// HASH (32 hexadecimal digits, XXH3-128) stands for the rows: it covers the index's
// entries, and these hold the hash of each chunk, so that a reader of one chunk need not
// read the others. SIZE is the length of index and chunks in bytes. Ancestors are sorted.
// A chunk is a zstd frame round a cereal portable-binary payload. No dates, no paths, no
// pointer order: same rows, same bytes.
//
// The index, little-endian:
//   u32 count, then per chunk u64 packed size, u64 raw size, 16 bytes of hash;
//   u64 XXH3-64 of the head line.
//
// An artifact type T provides
//   static constexpr std::string_view kind;
//   static constexpr u32 version;
//   auto chunks();        // std::tie of structs of tables, each a chunk
//   auto chunks() const;
// and a chunk, like its rows, lists its members with KS_DESCRIBE.

#pragma once

#include "pipelines/diag.hpp"
#include "pipelines/integers.hpp"

#include <compare>
#include <functional>
#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace ks {

// The number of "no row" in every table.
inline constexpr u32 no_row = 0xffffffff;

// Id types are `enum class XId : u32 {}`; none<XId> names no row.
template <class Id>
inline constexpr Id none = Id{no_row};

template <class Id>
constexpr u32 row(Id id) {
  return static_cast<u32>(id);
}

struct Ancestor {
  std::string kind;
  std::string hash;

  friend auto operator<=>(const Ancestor&, const Ancestor&) = default;
};

struct Head {
  std::string kind;
  u32 version = 0;
  std::string hash;
  u64 size = 0;
  std::vector<Ancestor> ancestors; // by kind, then hash
};

// Where a chunk lies, from the start of the file.
struct ChunkEntry {
  u64 offset = 0;
  u64 packed_size = 0;
  u64 raw_size = 0;
  std::string hash;
};

// A file as read from disk, head and index parsed and checked, chunks still packed.
struct Framed {
  std::string path; // for messages; "-" is standard input
  Head head;
  std::vector<ChunkEntry> chunks;
  std::string bytes; // the whole file; empty if it was opened lazily
};

// Reads a whole file; "-" is standard input. Fails with the reason (missing,
// unreadable, a directory).
std::string read_file(const std::string& path);

// At most `size` bytes from `offset` on; fewer if the file ends before.
std::string read_part(const std::string& path, u64 offset, u64 size);

// None if the path does not name a regular file.
std::optional<u64> size_of_regular_file(const std::string& path);

// Writes beside `path` and renames; a file that already holds these bytes is
// left untouched. "-" is standard output. Fails on any short write and leaves
// the old file as it was.
void write_file(const std::string& path, std::string_view bytes);

// As read_file and write_file, without ever holding the whole text.
void read_stream(const std::string& path, const std::function<void(std::istream&)>& read);
void write_stream(const std::string& path, const std::function<void(std::ostream&)>& print);

// Parses the head and checks SIZE and HASH. Fails with "PATH: not an artifact",
// "PATH: truncated: N of M bytes", "PATH: corrupt: its hash does not match".
Framed open_artifact(const std::string& path);

// Reads only the head line, the index and later the chunks asked for, for a stage that
// opens many large files and needs little of each; checks the hash of what it reads.
Framed open_artifact_lazily(const std::string& path);

// 32 hexadecimal digits of XXH3-128 over `bytes`.
std::string hash_of(std::string_view bytes);

// One ancestor that stands for many files of a kind, in whatever order they were given.
Ancestor combined(std::string_view kind, std::span<const Framed> files);

// Packs and unpacks one chunk: a string of raw payload <-> a zstd frame.
std::string compress(std::string_view raw);
std::string decompress(const std::string& path, std::string_view packed, u64 raw_size);

// The whole file: head line, index, chunks. `packed` holds compressed chunks,
// `raw_sizes` their lengths before compression.
std::string frame(std::string_view kind, u32 version, std::span<const Ancestor> ancestors,
                  std::span<const std::string> packed, std::span<const u64> raw_sizes);

// The n-th chunk's payload, decompressed.
std::string chunk_payload(const Framed& file, u32 chunk);

// Fails unless `file` is of this kind and version and has this many chunks.
void check_kind(const Framed& file, std::string_view kind, u32 version, u64 chunks);

// artifact_codec.hpp has encode() and decode(), from and to tables.

} // namespace ks

// SPDX-License-Identifier: MIT
// From tables to an artifact and back. The payload of a chunk is what cereal's portable binary
// archive would write; the archives here work on memory instead of streams, which is what
// makes opening a thousand files quick, and refuse a length that the payload cannot hold
// before anything is allocated for it.

#pragma once

#include "pipelines/artifact.hpp"
#include "pipelines/describe.hpp"
#include "pipelines/enum.hpp"

#include <cereal/cereal.hpp>
#include <cereal/types/string.hpp>
#include <cereal/types/vector.hpp>

#include <bit>
#include <cstring>
#include <tuple>
#include <type_traits>

namespace ks {

static_assert(std::endian::native == std::endian::little);

class PayloadWriter : public cereal::OutputArchive<PayloadWriter, cereal::AllowEmptyClassElision> {
public:
  PayloadWriter() : OutputArchive(this) { bytes_ += '\1'; } // little-endian
  void put(const void* data, std::size_t size) {
    bytes_.append(static_cast<const char*>(data), size);
  }
  std::string take() { return std::move(bytes_); }

private:
  std::string bytes_;
};

class PayloadReader : public cereal::InputArchive<PayloadReader, cereal::AllowEmptyClassElision> {
public:
  explicit PayloadReader(std::string_view bytes) : InputArchive(this), left_(bytes) {
    char little_endian = 0;
    get(&little_endian, 1);
    if (little_endian != 1) throw cereal::Exception("not little-endian");
  }
  void get(void* data, std::size_t size) {
    need(size);
    if (size == 0) return; // data may be null, which memcpy does not take
    std::memcpy(data, left_.data(), size);
    left_.remove_prefix(size);
  }
  // Every element of a sequence takes at least a byte.
  void need(u64 size) const {
    if (size > left_.size()) throw cereal::Exception("a table ends too early");
  }
  bool done() const { return left_.empty(); }

private:
  std::string_view left_;
};

// What cereal looks up by the archive's type.
template <class T>
  requires std::is_arithmetic_v<T>
void save(PayloadWriter& ar, const T& value) {
  ar.put(&value, sizeof value);
}
template <class T>
  requires std::is_arithmetic_v<T>
void load(PayloadReader& ar, T& value) {
  ar.get(&value, sizeof value);
}
inline void load(PayloadReader& ar, bool& value) {
  u8 byte = 0;
  ar.get(&byte, 1);
  if (byte > 1) throw cereal::Exception("bad value of bool");
  value = byte != 0;
}
template <class T>
void save(PayloadWriter& ar, const cereal::BinaryData<T>& data) {
  ar.put(data.data, data.size);
}
template <class T>
void load(PayloadReader& ar, cereal::BinaryData<T>& data) {
  ar.get(data.data, data.size);
}
template <class T>
void save(PayloadWriter& ar, const cereal::SizeTag<T>& tag) {
  ar(static_cast<u64>(tag.size));
}
template <class T>
void load(PayloadReader& ar, cereal::SizeTag<T>& tag) {
  u64 size = 0;
  ar(size);
  ar.need(size);
  tag.size = size;
}
[[noreturn, gnu::cold]] inline void throw_bad_enum(std::string_view type) {
  throw cereal::Exception(fmt::format("bad value of {}", type));
}
template <NamedEnum E>
u8 save_minimal(const PayloadWriter&, const E& value) {
  return static_cast<u8>(value);
}
template <NamedEnum E>
void load_minimal(const PayloadReader&, E& value, const u8& number) {
  constexpr std::size_t count = enum_count<E>();
  if (number >= count) throw_bad_enum(enum_type(E{}));
  value = static_cast<E>(number);
}

// A struct is its members, one after the other.
template <class A, Described T>
void serialize(A& ar, T& value) {
  value.with_members([&ar](auto&... member) { ar(member...); });
}

template <class C>
std::string encode_chunk(const C& chunk) {
  PayloadWriter writer;
  writer(chunk);
  return writer.take();
}

// Fails on a payload that does not hold exactly C's tables.
template <class C>
void decode_payload(const std::string& path, std::string_view payload, C& chunk) {
  try {
    PayloadReader reader(payload);
    reader(chunk);
    if (!reader.done()) throw cereal::Exception("bytes after the last table");
  } catch (const cereal::Exception& error) {
    fail("{}: malformed: {}", path, error.what());
  }
}

template <class T>
inline constexpr u64 chunk_count = std::tuple_size_v<decltype(std::declval<T&>().chunks())>;

// The whole file.
template <class T>
std::string encode(const T& artifact, std::span<const Ancestor> ancestors) {
  std::vector<std::string> packed;
  std::vector<u64> raw_sizes;
  std::apply(
      [&](const auto&... chunk) {
        for (const std::string& raw : {encode_chunk(chunk)...}) {
          packed.push_back(compress(raw));
          raw_sizes.push_back(raw.size());
        }
      },
      artifact.chunks());
  return frame(T::kind, T::version, ancestors, packed, raw_sizes);
}

// Fails on a kind or version other than T's, and on a payload that does not hold exactly T's
// tables.
template <class T>
T decode(const Framed& file) {
  check_kind(file, T::kind, T::version, chunk_count<T>);
  T artifact;
  u32 number = 0;
  std::apply(
      [&](auto&... chunk) {
        (decode_payload(file.path, chunk_payload(file, number++), chunk), ...);
      },
      artifact.chunks());
  return artifact;
}

// Only chunk number `chunk` of T, whose type is C. Reads only that from a file that was
// opened lazily.
template <class T, class C>
C decode_chunk(const Framed& file, u32 chunk) {
  check_kind(file, T::kind, T::version, chunk_count<T>);
  C result;
  decode_payload(file.path, chunk_payload(file, chunk), result);
  return result;
}

} // namespace ks

CEREAL_SETUP_ARCHIVE_TRAITS(ks::PayloadReader, ks::PayloadWriter)

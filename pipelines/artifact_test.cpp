// SPDX-License-Identifier: MIT

#include "pipelines/artifact_codec.hpp"

#include "pipelines/sample.hpp"

#include <cereal/archives/portable_binary.hpp>
#include <gmock/gmock.h>

#include <sstream>

namespace ks {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using testing::StartsWith;

class Artifact : public InEmptyFolder {
protected:
  const std::vector<Ancestor> ancestors_{{"pdg", "2b"}, {"bc", "1a"}, {"pdg", "2b"}};
  const std::string bytes_ = encode(make_sample(), ancestors_);

  std::string failure_with(const std::string& bytes) {
    write_file("a", bytes);
    const std::string eager = failure_of([] { decode<Sample>(open_artifact("a")); });
    const std::string lazy = failure_of([] { decode<Sample>(open_artifact_lazily("a")); });
    EXPECT_EQ(eager, lazy);
    return eager;
  }
};

TEST_F(Artifact, IsReadBackAsWritten) {
  write_file("a", bytes_);
  const Framed file = open_artifact("a");
  EXPECT_EQ(decode<Sample>(file), make_sample());
  EXPECT_EQ(encode(decode<Sample>(file), file.head.ancestors), bytes_);
}

TEST_F(Artifact, HeadLineIsText) {
  const std::string line = bytes_.substr(0, bytes_.find('\n'));
  EXPECT_THAT(line, testing::MatchesRegex("ks sample 3 [0-9a-f]+ [0-9]+ bc=1a pdg=2b"));
}

TEST_F(Artifact, HashDoesNotDependOnAncestors) {
  write_file("a", bytes_);
  write_file("b", encode(make_sample(), {}));
  EXPECT_EQ(open_artifact("a").head.hash, open_artifact("b").head.hash);
}

TEST_F(Artifact, OneChunkIsReadWithoutTheOthers) {
  std::string damaged = bytes_;
  write_file("a", bytes_);
  damaged[open_artifact("a").chunks[0].offset + 5] ^= 1;
  write_file("a", damaged);
  const Framed file = open_artifact_lazily("a");
  EXPECT_EQ((decode_chunk<Sample, SampleMore>(file, 1)), make_sample().more);
  EXPECT_THAT(failure_of([&] { decode_chunk<Sample, SampleTables>(file, 0); }),
              "a: corrupt: its hash does not match");
}

TEST_F(Artifact, LongHeadIsReadLazily) {
  std::vector<Ancestor> many;
  for (u32 i = 0; i < 3000; ++i) many.push_back({"pdg", hash_of(std::to_string(i))});
  write_file("a", encode(make_sample(), many));
  EXPECT_EQ(decode<Sample>(open_artifact_lazily("a")), make_sample());
}

TEST_F(Artifact, BadTruncatedAnywhere) {
  for (std::size_t size = 0; size < bytes_.size(); ++size) {
    EXPECT_THAT(failure_with(bytes_.substr(0, size)),
                AnyOf("a: not an artifact", StartsWith("a: truncated: ")));
  }
}

TEST_F(Artifact, BadFlippedAnywhere) {
  for (std::size_t at = 0; at < bytes_.size(); ++at) {
    for (const int bit : {0, 6}) {
      std::string flipped = bytes_;
      flipped[at] = static_cast<char>(flipped[at] ^ 1 << bit);
      EXPECT_THAT(failure_with(flipped), StartsWith("a: ")) << at;
    }
  }
}

TEST_F(Artifact, BadTrailingBytes) {
  EXPECT_EQ(failure_with(bytes_ + "\n"), "a: corrupt: 1 bytes after its end");
}

struct Other : Sample {
  static constexpr std::string_view kind = "other";
};
struct Newer : Sample {
  static constexpr u32 version = 4;
};

TEST_F(Artifact, BadOtherKindOrVersion) {
  EXPECT_EQ(failure_with(encode(Other{}, {})), "a: is of kind other, not sample");
  EXPECT_EQ(failure_with(encode(Newer{}, {})), "a: is of version 4, not 3");
}

// The hash of these files is right: they were made to mislead.
std::string framed_payloads(const std::string& first, const std::string& second) {
  return frame(Sample::kind, Sample::version, {},
               std::vector<std::string>{compress(first), compress(second)},
               std::vector<u64>{first.size(), second.size()});
}

TEST_F(Artifact, BadPayload) {
  const std::string tables = encode_chunk(make_sample().tables);
  const std::string more = encode_chunk(make_sample().more);
  EXPECT_EQ(failure_with(framed_payloads(tables, more)), "");
  EXPECT_EQ(failure_with(framed_payloads(tables, more + '\0')),
            "a: malformed: bytes after the last table");
  EXPECT_EQ(failure_with(framed_payloads(tables, more.substr(0, more.size() - 1))),
            "a: malformed: a table ends too early");
  EXPECT_EQ(failure_with(framed_payloads("", more)), "a: malformed: a table ends too early");
  EXPECT_EQ(failure_with(framed_payloads('\0' + tables.substr(1), more)),
            "a: malformed: not little-endian");
}

TEST_F(Artifact, BadLengthAllocatesNothing) {
  const std::string huge = '\1' + std::string(7, '\xff') + '\x1f';
  EXPECT_EQ(failure_with(framed_payloads(huge, huge)), "a: malformed: a table ends too early");
  EXPECT_EQ(failure_with(frame(Sample::kind, Sample::version, {},
                               std::vector<std::string>{compress("x"), compress("y")},
                               std::vector<u64>{u64{1} << 60, 1})),
            "a: malformed: too large a chunk");
}

TEST_F(Artifact, BadNumberOfChunks) {
  EXPECT_EQ(failure_with(frame(Sample::kind, Sample::version, {}, {}, {})),
            "a: malformed: 0 chunks, not 2");
}

TEST_F(Artifact, BadEnumerationAndBool) {
  std::string tables = encode_chunk(make_sample().tables);
  const std::string more = encode_chunk(make_sample().more);
  const std::size_t colour = 1 + sizeof(u64) + sizeof(u32);
  tables[colour] = 3;
  EXPECT_EQ(failure_with(framed_payloads(tables, more)), "a: malformed: bad value of Colour");
  tables[colour] = 2;
  const std::size_t flag = colour + 1 + (sizeof(u64) + 5) + 2 * sizeof(u64) + 1;
  ASSERT_EQ(tables[flag - 1], 7);
  tables[flag] = 2;
  EXPECT_EQ(failure_with(framed_payloads(tables, more)), "a: malformed: bad value of bool");
}

TEST_F(Artifact, PayloadIsWhatCerealWrites) {
  std::ostringstream stream;
  {
    cereal::PortableBinaryOutputArchive archive(stream);
    archive(make_sample().tables);
  }
  EXPECT_EQ(stream.str(), encode_chunk(make_sample().tables));
}

TEST_F(Artifact, CombinedAncestorDependsOnTheSetOnly) {
  write_file("a", bytes_);
  write_file("b", encode(Sample{}, {}));
  const Framed a = open_artifact("a");
  const Framed b = open_artifact("b");
  EXPECT_EQ(combined("pdg", std::vector{a, b}), combined("pdg", std::vector{b, a}));
  EXPECT_NE(combined("pdg", std::vector{a, b}), combined("pdg", std::vector{a}));
}

TEST(Enum, NamesBothWays) {
  static_assert(enum_count<Colour>() == 3);
  static_assert(enum_name(Colour::red) == "red");
  static_assert(enum_name(Colour::blue) == "blue");
  static_assert(enum_value<Colour>("green") == Colour::green);
  static_assert(!enum_value<Colour>("gree"));
  static_assert(!enum_value<Colour>(""));
}

} // namespace
} // namespace ks

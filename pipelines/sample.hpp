// SPDX-License-Identifier: MIT
// An artifact with one of everything that a row may hold, for the unit tests of this folder.

#pragma once

#include "pipelines/artifact.hpp"
#include "pipelines/describe.hpp"
#include "pipelines/diag.hpp"
#include "pipelines/enum.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <tuple>
#include <unistd.h>
#include <vector>

namespace ks {

enum class SampleId : u32 {};

KS_ENUM(Colour, red, green, // a comment is not part of a name
        blue)

struct SampleRow {
  SampleId id{no_row};
  Colour colour{};
  std::string text = "unset";
  u64 large = 0;
  i64 negative = 0;
  u8 small = 7;
  bool flag = false;
  Loc loc;
  std::vector<u32> numbers;
  std::vector<SampleId> ids;
  std::vector<Loc> locs;
  std::vector<std::string> texts;

  KS_DESCRIBE(id, colour, text, large, negative, small, flag, loc, numbers, ids, locs, texts)
  friend bool operator==(const SampleRow&, const SampleRow&) = default;
};

struct SampleTables {
  std::vector<SampleRow> rows;
  std::vector<std::string> words;

  KS_DESCRIBE(rows, words)
  friend bool operator==(const SampleTables&, const SampleTables&) = default;
};

struct SampleMore {
  std::vector<SampleId> extra;

  KS_DESCRIBE(extra)
  friend bool operator==(const SampleMore&, const SampleMore&) = default;
};

struct Sample {
  static constexpr std::string_view kind = "sample";
  static constexpr u32 version = 3;

  SampleTables tables;
  SampleMore more;

  auto chunks() { return std::tie(tables, more); }
  auto chunks() const { return std::tie(tables, more); }
  friend bool operator==(const Sample&, const Sample&) = default;
};

inline Sample make_sample() {
  Sample sample;
  SampleRow row;
  row.id = SampleId{12};
  row.colour = Colour::blue;
  row.text = std::string("quote \" slash \\ newline \n nul \0 end", 33);
  row.large = ~u64{0};
  row.negative = std::numeric_limits<i64>::min();
  row.small = 255;
  row.flag = true;
  row.loc = {"net/core/dev.c", 7, 3};
  row.numbers = {0, no_row};
  row.ids = {SampleId{1}, none<SampleId>};
  row.locs = {{}, {"a.c", 1, 0}};
  row.texts = {"", "b"};
  sample.tables.rows = {SampleRow{}, row};
  sample.tables.words = {"one", ""};
  sample.more.extra = {none<SampleId>, SampleId{0}};
  return sample;
}

// What the call in `action` fails with; empty if it does not.
template <class Action>
std::string failure_of(Action action) {
  try {
    action();
  } catch (const Failure& failure) {
    return failure.what();
  }
  return "";
}

// A test in an empty folder of its own, which is the working directory.
class InEmptyFolder : public testing::Test {
protected:
  InEmptyFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "ks-test.XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) fail("{}: cannot be made", name);
    folder_ = name;
    std::filesystem::current_path(folder_);
  }
  ~InEmptyFolder() override {
    std::filesystem::current_path("/");
    std::filesystem::remove_all(folder_);
  }
  static std::size_t files_here() {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator("."), {}));
  }

private:
  std::filesystem::path folder_;
};

} // namespace ks

// SPDX-License-Identifier: MIT

#include "pipelines/json.hpp"

#include "pipelines/sample.hpp"

#include <gmock/gmock.h>

#include <sstream>

namespace ks {
namespace {

using testing::HasSubstr;

const std::string head = R"({"table":"head","kind":"sample","version":3,"ancestors":{}})";

std::string dump(const Sample& sample, const std::vector<Ancestor>& ancestors = {}) {
  std::ostringstream out;
  dump_json(sample, {"sample", 3, "", 0, ancestors}, out);
  return out.str();
}

Sample load(const std::string& text, std::vector<Ancestor>* ancestors = nullptr) {
  std::istringstream in(text);
  std::vector<Ancestor> unused;
  return load_json<Sample>(in, "a", ancestors ? *ancestors : unused);
}

std::string failure_with(const std::string& text) {
  return failure_of([&] { load(text); });
}

TEST(Json, IsReadBackAsWritten) {
  const Sample sample = make_sample();
  EXPECT_EQ(load(dump(sample)), sample);
  EXPECT_EQ(dump(load(dump(sample))), dump(sample));
}

TEST(Json, LooksAsDocumented) {
  const std::string text = dump(make_sample());
  EXPECT_THAT(text, testing::StartsWith(head + "\n"));
  EXPECT_THAT(text, HasSubstr(R"({"table":"rows","row":1,"id":12,"colour":"blue",)"));
  EXPECT_THAT(text, HasSubstr(R"("large":18446744073709551615,)"));
  EXPECT_THAT(text, HasSubstr(R"("loc":{"file":"net/core/dev.c","line":7,"column":3})"));
  EXPECT_THAT(text, HasSubstr(R"("ids":[1,null])"));
  EXPECT_THAT(text, HasSubstr(R"({"table":"words","row":0,"value":"one"})"));
  EXPECT_THAT(text, HasSubstr(R"({"table":"extra","row":0,"value":null})"));
}

TEST(Json, AncestorsSurvive) {
  const std::vector<Ancestor> ancestors{{"bc", "1"}, {"bc", "2"}, {"pdg", "3"}};
  const std::string text = dump({}, ancestors);
  EXPECT_THAT(text, HasSubstr(R"("ancestors":{"bc":["1","2"],"pdg":"3"})"));
  std::vector<Ancestor> loaded;
  load(text, &loaded);
  EXPECT_EQ(loaded, ancestors);
}

TEST(Json, EveryByteSurvives) {
  Sample sample;
  std::string& all = sample.tables.words.emplace_back();
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  // Valid text, a code point that stands for a byte, its neighbours, half a sequence.
  for (const char* word : {"\u00e9\u20ac\U0001f600", "\U0010f080\U0010f0ff", "\U0010f07f\U0010f100",
                           "\xe2\x82", "\xed\xa0\x80", "\xc0\x80", "\xf4\x90\x80\x80"}) {
    sample.tables.words.push_back(word);
  }
  EXPECT_EQ(load(dump(sample)), sample);
}

TEST(Json, MissingKeyHasTheValueOfANewRow) {
  const Sample sample = load("# by hand\n\n" + head + "\n{\"table\":\"rows\",\"row\":0}\n");
  EXPECT_EQ(sample.tables.rows.at(0), SampleRow{});
}

TEST(Json, BadHead) {
  EXPECT_EQ(failure_with(""), "a: no head line");
  EXPECT_EQ(failure_with(R"({"table":"words","row":0,"value":""})"),
            "a:1: the first line is not the head");
  EXPECT_EQ(failure_with(head + "\n" + head), "a:2: a second head");
  EXPECT_EQ(failure_with(R"({"table":"head","kind":"pdg","version":3,"ancestors":{}})"),
            "a:1: is of kind pdg, not sample");
  EXPECT_EQ(failure_with(R"({"table":"head","kind":"sample","version":2,"ancestors":{}})"),
            "a:1: is of version 2, not 3");
  EXPECT_EQ(failure_with(R"({"table":"head","kind":"sample","version":3})"), "a:1: no ancestors");
  EXPECT_EQ(failure_with(R"({"table":"head","kind":"sample","version":3,"ancestors":{"a":"b c"}})"),
            "a:1: a is not a word");
}

TEST(Json, BadRows) {
  const auto failure_with_row = [](const std::string& row) {
    return failure_with(head + "\n" + row);
  };
  EXPECT_EQ(failure_with_row("[]"), "a:2: the line is not an object");
  EXPECT_EQ(failure_with_row("{\"table\":"), "a:2: not JSON from column 10 on");
  EXPECT_EQ(failure_with_row(R"({"row":0})"), "a:2: no table");
  EXPECT_EQ(failure_with_row(R"({"table":"x","row":0})"), "a:2: sample artifacts have no table x");
  EXPECT_EQ(failure_with_row(R"({"table":"rows","row":1})"), "a:2: row 1 of rows where 0 is due");
  EXPECT_EQ(failure_with_row(R"({"table":"rows","row":0,"txt":""})"), "a:2: unknown key txt");
}

TEST(Json, BadValues) {
  const auto failure_with_value = [](const std::string& value) {
    return failure_with(head + "\n" + R"({"table":"rows","row":0,)" + value + "}");
  };
  EXPECT_EQ(failure_with_value(R"("id":-1)"), "a:2: id is not a whole number");
  EXPECT_EQ(failure_with_value(R"("id":4294967295)"), "a:2: id is more than 4294967294");
  EXPECT_EQ(failure_with_value(R"("colour":"pink")"), "a:2: colour cannot be pink");
  EXPECT_EQ(failure_with_value(R"("colour":1)"), "a:2: colour is not a string");
  EXPECT_EQ(failure_with_value(R"("small":256)"), "a:2: small is more than 255");
  EXPECT_EQ(failure_with_value(R"("large":18446744073709551616)"),
            "a:2: large is not a whole number");
  EXPECT_EQ(failure_with_value(R"("flag":0)"), "a:2: flag is not true or false");
  EXPECT_EQ(failure_with_value(R"("numbers":0)"), "a:2: numbers is not an array");
  EXPECT_EQ(failure_with_value(R"("loc":[])"), "a:2: loc is not an object");
  EXPECT_EQ(failure_with_value(R"("loc":{"row":1})"), "a:2: unknown key row");
}

} // namespace
} // namespace ks

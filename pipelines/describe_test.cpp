// SPDX-License-Identifier: MIT

#include "pipelines/columns.hpp"
#include "pipelines/describe.hpp"

#include "pipelines/sample.hpp"

#include <gmock/gmock.h>

namespace ks {
namespace {

using testing::ElementsAre;

TEST(Describe, NamesEachMemberInItsOrder) {
  EXPECT_THAT(member_names<SampleRow>,
              ElementsAre("id", "colour", "text", "large", "negative", "small", "flag", "loc",
                          "numbers", "ids", "locs", "texts"));
  EXPECT_THAT(member_names<SampleMore>, ElementsAre("extra"));
}

TEST(Describe, NameAndMemberBelongTogether) {
  const Loc loc{"a.c", 7, 3};
  std::vector<std::string> seen;
  for_each_member(loc, [&](std::string_view name, const auto& member) {
    seen.push_back(fmt::format("{}={}", name, member));
  });
  EXPECT_THAT(seen, ElementsAre("file=a.c", "line=7", "column=3"));
}

TEST(Describe, IdsAreFoundInRowsAndListsAndNothingElseIs) {
  Sample sample = make_sample();
  std::vector<u32> seen;
  for_each_id(sample.tables, [&](SampleId& id) {
    seen.push_back(row(id));
    id = SampleId{5};
  });
  EXPECT_THAT(seen, ElementsAre(no_row, 12, 1, no_row));
  Sample expected = make_sample();
  expected.tables.rows[0].id = expected.tables.rows[1].id = SampleId{5};
  expected.tables.rows[1].ids = {SampleId{5}, SampleId{5}};
  EXPECT_EQ(sample, expected);
}

} // namespace
} // namespace ks

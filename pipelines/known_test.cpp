// SPDX-License-Identifier: MIT
// The syntax of the tables, and how a file adds to the built-in ones.

#include "pipelines/known.hpp"
#include "pipelines/known_texts.hpp"

#include "pipelines/diag.hpp"

#include <gtest/gtest.h>

namespace ks {
namespace {

std::string error_of(const std::string& text) {
  try {
    read_known(text, "f");
  } catch (const Failure& failure) {
    return failure.what();
  }
  return "";
}

TEST(Known, ARowHasItsTablesColumnsAndPerhapsAReason) {
  const KnownTables tables =
      read_known("# c\n\n[locks]\na\tacquire\tspin\t0\nb\trelease\trcu\t-\todd\n", "f");
  const KnownRows& rows = tables[static_cast<std::size_t>(KnownTable::locks)];
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0][2], "spin");
  EXPECT_EQ(rows[0].number(3), 0u);
  EXPECT_EQ(rows[0].line, 4u);
  EXPECT_EQ(rows[1][3], "");
  EXPECT_EQ(rows[1].number(3), ~u32{0});
  EXPECT_EQ(rows[1].reason, "odd");
}

TEST(Known, WhatIsNoRowOfItsTableIsRefusedWithItsPlace) {
  EXPECT_EQ(error_of("[lock]\n"), "f:1: there is no table lock");
  EXPECT_EQ(error_of("# c\na\tinit\n"), "f:2: a row before the first [table]");
  EXPECT_EQ(error_of("[locks]\na\tacquire\tspin\n"),
            "f:2: locks has 4 columns and perhaps a reason, this has 3");
  EXPECT_EQ(error_of("[entries]\na\tinit\todd\tmore\n"),
            "f:2: entries has 2 columns and perhaps a reason, this has 4");
  EXPECT_EQ(error_of("[entries]\n\tinit\n"), "f:2: an empty column symbol: write -");
  EXPECT_EQ(error_of("[entries]\na\tend\n"), "f:2: end: no role of entries");
  EXPECT_EQ(error_of("[entries]\na\tinit exit\n"), "f:2: init exit: no role of entries");
  EXPECT_EQ(error_of("[entries]\na\t-\n"), "f:2: -: no role of entries");
  EXPECT_EQ(error_of("[locks]\na\tacquire\tspin\tx\n"), "f:2: x: no argument of locks");
  EXPECT_EQ(error_of("[locks]\na\tacquire\tspin\t1x\n"), "f:2: 1x: no argument of locks");
  EXPECT_EQ(error_of("[strings]\na\t-\n"), "f:2: -: no argument of strings");
}

TEST(Known, RowsAreInOrderAndThereOnce) {
  EXPECT_EQ(error_of("[entries]\nb\tinit\na\tinit\n"), "f:3: a is not in order after line 2");
  EXPECT_EQ(error_of("[entries]\na\tinit\na\texit\n"), "f:3: a is there twice, after line 2");
  EXPECT_EQ(error_of("[strings]\na\t0\na\t1\n"), "");
  EXPECT_EQ(error_of("[strings]\na\t0\na\t0\n"), "f:3: a is there twice, after line 2");
}

TEST(Known, WhatIsAddedTakesThePlaceOfWhatWasThere) {
  Known known;
  known.add("f", "[elsewhere]\nfrob\tone\nschedule\tmine\n");
  known.add("g", "[elsewhere]\nfrob\ttwo\n");
  const KnownRows rows = known.rows(KnownTable::elsewhere);
  EXPECT_EQ(rows.size(), Known().rows(KnownTable::elsewhere).size() + 1);
  EXPECT_EQ(find_row(rows, "schedule")->reason, "mine");
  EXPECT_EQ(find_row(rows, "frob")->path, "g");
  EXPECT_EQ(known.added(KnownTable::elsewhere).size(), 2u);
  EXPECT_EQ(find_row(rows, "fro"), nullptr);
  EXPECT_EQ(find_row(rows, ""), nullptr);
}

TEST(Known, ALockThatIsAddedIsOfAKnownFamily) {
  Known known;
  known.add("f", "[locks]\nfrob_lock\tacquire\tfrob\t0\n");
  EXPECT_THROW(known.check(), Failure);
  known.add("g", "[lock_families]\nfrob\tobject\tno\n");
  EXPECT_NO_THROW(known.check());
}

TEST(KnownTables, EachFileIsOneTableAndIsNamedForIt) {
  for (std::size_t i = 0; i < known_table_count; ++i) {
    const std::string name(name_of(static_cast<KnownTable>(i)));
    EXPECT_EQ(known_paths[i], "pipelines/known/" + name);
    const KnownTables tables = read_known(known_texts[i], known_paths[i]);
    for (std::size_t j = 0; j < known_table_count; ++j) {
      EXPECT_EQ(tables[j].empty(), i != j) << name;
    }
  }
}

} // namespace
} // namespace ks

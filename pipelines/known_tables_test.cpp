// SPDX-License-Identifier: MIT
// What the built-in tables say, held against each other.

#include "pipelines/known.hpp"

#include <gtest/gtest.h>

#include <set>

namespace ks {
namespace {

struct Consistency : testing::Test {
  static KnownRows rows(KnownTable table) { return Known().rows(table); }

  std::string_view scope(const KnownRow& lock) const { return family(lock, 1); }
  bool undone(const KnownRow& lock) const { return family(lock, 2) == "yes"; }
  std::string_view family(const KnownRow& lock, std::size_t column) const {
    const KnownRow* row = find_row(families, lock[2]);
    return row ? (*row)[column] : std::string_view();
  }
  static std::string_view called(std::string_view call) { return call.substr(0, call.find('(')); }
  static bool acquires(const KnownRow& lock) {
    return lock[1] == "acquire" || lock[1] == "try_acquire";
  }

  const KnownRows locks = rows(KnownTable::locks);
  const KnownRows families = rows(KnownTable::lock_families);
  const KnownRows undo = rows(KnownTable::undo);
  const KnownRows ends = rows(KnownTable::ends);
  const KnownRows library = rows(KnownTable::domain_library);
  const KnownRows allocators = rows(KnownTable::allocators);
  const KnownRows models = rows(KnownTable::models);
};

TEST_F(Consistency, ALockIsAnObjectThatItsFunctionsArePassedOrItIsNone) {
  for (const KnownRow& lock : locks) {
    const bool object = scope(lock) == "object" || scope(lock) == "nothing";
    EXPECT_NE(scope(lock), "") << lock[0];
    EXPECT_EQ(object, !lock[3].empty()) << lock[0];
  }
}

TEST_F(Consistency, EveryFamilyHasFunctionsOrInstructions) {
  std::set<std::string_view> used;
  for (const KnownRow& lock : locks) used.insert(lock[2]);
  for (const KnownRow& row : rows(KnownTable::assembly)) {
    EXPECT_TRUE(row[3].empty() || find_row(families, row[3])) << row[0];
    used.insert(row[3]);
  }
  for (const KnownRow& family : families) EXPECT_TRUE(used.contains(family[0])) << family[0];
}

// Or says why not, where locks has it.
TEST_F(Consistency, WhoTakesALockThatIsUndoneHasARowThatReleasesIt) {
  for (const KnownRow& lock : locks) {
    if (!undone(lock) || !acquires(lock)) continue;
    const KnownRow* row = find_row(undo, lock[0]);
    EXPECT_NE(row != nullptr, !lock.reason.empty()) << lock[0];
    if (!row) continue;
    EXPECT_EQ((*row)[1], "unlock") << lock[0];
    EXPECT_TRUE(lock[1] == "try_acquire" ? !(*row)[3].empty()
                                         : (*row)[3].empty() || !row->reason.empty())
        << lock[0] << ": what may fail to take the lock says when it has";
  }
}

TEST_F(Consistency, WhatIsUndoneByAReleaseIsTheSameFamilysLock) {
  for (const KnownRow& row : undo) {
    const KnownRow* lock = find_row(locks, row[0]);
    EXPECT_TRUE(row[1] == "unlock" || !lock) << row[0];
    if (row[1] != "unlock") continue;
    EXPECT_NE(lock != nullptr && acquires(*lock), !lock && !row.reason.empty()) << row[0];
    const KnownRow* release = find_row(locks, called(row[2]));
    ASSERT_TRUE(release) << row[0];
    EXPECT_EQ((*release)[1], "release") << row[0];
    EXPECT_TRUE(undone(*release)) << row[0];
    if (!lock) continue;
    EXPECT_EQ((*lock)[2], (*release)[2]) << row[0];
    const std::string argument = (*lock)[3].empty() ? "()" : "$" + std::string((*lock)[3]);
    const std::string_view call = row[2];
    // The argument, or a member of what it points to.
    EXPECT_TRUE(call.ends_with(argument) || call.ends_with("(" + argument + ")") ||
                call.find("(&" + argument + "->") != std::string_view::npos)
        << row[0];
  }
}

// A release that nobody knows of would be undone once more.
TEST_F(Consistency, EveryReleaseOfWhatIsUndoneIsKnownToEndIt) {
  std::set<std::string_view> releases;
  for (const KnownRow& row : undo) releases.insert(called(row[2]));
  for (const KnownRow& lock : locks) {
    if (!undone(lock) || lock[1] != "release") continue;
    const bool known = releases.contains(lock[0]) || find_row(ends, lock[0]);
    EXPECT_NE(known, !lock.reason.empty()) << lock[0];
  }
  for (const KnownRow& row : ends) EXPECT_TRUE(releases.contains(called(row[1]))) << row[0];
}

TEST_F(Consistency, TheDomainLibraryTakesNoLockAndAllocatesWhatItSays) {
  for (const KnownRow& row : library) {
    EXPECT_FALSE(find_row(locks, row[0])) << row[0];
    EXPECT_FALSE(find_row(undo, row[0])) << row[0];
    EXPECT_TRUE(row[1] != "data" || !find_row(models, row[0])) << row[0];
    const KnownRow* allocator = find_row(allocators, row[0]);
    if (!allocator) continue;
    const bool percpu = row[0].find("percpu") != std::string_view::npos;
    EXPECT_EQ(row[1], percpu ? "percpu" : "allocate") << row[0];
  }
}

TEST_F(Consistency, AFunctionIsEitherALockOperationOrSomethingElse) {
  for (const KnownRow& lock : locks) {
    EXPECT_FALSE(find_row(models, lock[0])) << lock[0];
    EXPECT_FALSE(find_row(allocators, lock[0])) << lock[0];
  }
}

// Whether an effect's text is about the argument, or about all from there on.
bool is_about(std::string_view effect, std::string_view argument) {
  effect.remove_prefix(1);
  return effect.substr(0, effect.find_first_of("?/+")) == argument || effect.ends_with('+');
}

TEST_F(Consistency, AStringIsReadByItsFunction) {
  for (const KnownRow& row : rows(KnownTable::strings)) {
    const KnownRow* model = find_row(models, row[0]);
    std::string_view effects = model ? (*model)[1] : std::string_view();
    bool found = !model;
    while (!effects.empty()) {
      const std::size_t space = std::min(effects.find(' '), effects.size());
      found |= is_about(effects.substr(0, space), row[1]);
      effects.remove_prefix(std::min(space + 1, effects.size()));
    }
    EXPECT_TRUE(found) << row[0];
  }
}

} // namespace
} // namespace ks

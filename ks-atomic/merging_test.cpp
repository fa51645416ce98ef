// SPDX-License-Identifier: MIT
// Claims about which changes by both sides are merged, and which must be made by the owner.

#include "ks-atomic/merging.hpp"
#include "ks-shared/made_shared.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ks::atomic {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct MergingTest : testing::Test, MadeShared {
  FunctionId driver = function("driver", Side::driver);
  FunctionId kernel = function("kernel", Side::kernel);
  TypeId counter = record("atomic_t", {{"value", integer()}});
  TypeId structure = record("struct s", {{"a", integer()}, {"users", counter}, {"refs", counter}});
  FieldId a = field(structure, "a");
  FieldId users = field(structure, "users");
  FieldId refs = field(structure, "refs");
  FieldId value = field(counter, "value");

  MergingTest() {
    share(a, "rwRW");
    share(value, "rwRW");
  }

  PathId object(FunctionId function) { return dereference(argument(function, 0)); }
  using MadePruned::step;
  Access& step(PathId place, Update update, AccessKind kind = AccessKind::update) {
    Access& made = access(kind, place);
    made.update = update;
    return made;
  }
  // A function of a header, to which the field behind its argument happens.
  FunctionId helper(const std::string& name, Side side, Update update) {
    const FunctionId id = function(name, side);
    summary.functions[row(id)].local = true;
    summary.functions[row(id)].loc.file = "include/linux/atomic.h";
    step(member(object(id), value), update);
    return id;
  }
  std::vector<std::string> merged() {
    std::vector<std::string> names;
    const Merges merges = find_merges(View(pruned), shared);
    for (const MergedField& field : merges.fields)
      names.push_back(field.name + (field.merge == Merge::add ? " add" : " bits"));
    return names;
  }
  std::vector<std::string> sites() {
    std::vector<std::string> names;
    const Merges merges = find_merges(View(pruned), shared);
    for (const OwnerSite& site : merges.sites)
      names.push_back(site.function_name + " " + site.operation + " " + site.what + " " +
                      (site.reason == SiteReason::result ? "result" : "order"));
    return names;
  }
};

TEST_F(MergingTest, WhatBothSidesAddToIsMerged) {
  step(member(object(driver), a), Update::add);
  access(AccessKind::write, member(object(kernel), a));
  EXPECT_THAT(merged(), ElementsAre("s.a add"));
  EXPECT_THAT(sites(), IsEmpty());
}

TEST_F(MergingTest, BitsThatAreSetAndClearedAreMerged) {
  step(member(object(driver), a), Update::set_bits);
  step(member(object(driver), a), Update::clear_bits, AccessKind::write);
  step(member(object(kernel), a), Update::set_bits);
  EXPECT_THAT(merged(), ElementsAre("s.a bits"));
}

TEST_F(MergingTest, ElementsOfAnArrayAreCountedEach) {
  const TypeId rows = record(
      "struct rows", {{"sums", array(integer("u64", 8), 4)}, {"parts", array(structure, 3)}});
  FieldId sums = field(rows, "sums");
  summary.fields[row(sums)].size_bits = 256;
  share(sums, "rwRW");
  step(step(member(object(driver), sums), StepKind::element), Update::add).field = sums;
  access(AccessKind::write, member(object(kernel), sums));
  EXPECT_THAT(merged(), ElementsAre("rows.sums add"));
  summary.accesses.front().size = 4;
  EXPECT_THAT(merged(), IsEmpty()) << "half of a number lacks the carry";
}

TEST_F(MergingTest, WhatOneSideLeavesAloneIsNotMerged) {
  step(member(object(driver), a), Update::add);
  EXPECT_THAT(merged(), IsEmpty());
}

TEST_F(MergingTest, WhatTheDriverStoresOrMixesIsNotMerged) {
  step(member(object(driver), a), Update::add);
  access(AccessKind::write, member(object(kernel), a));
  Access& other = step(member(object(driver), a), Update::set_bits);
  EXPECT_THAT(merged(), IsEmpty());
  other.update = Update::add;
  EXPECT_THAT(merged(), ElementsAre("s.a add"));
  access(AccessKind::write, member(object(driver), a));
  EXPECT_THAT(merged(), IsEmpty());
}

TEST_F(MergingTest, WhereANewObjectStartsDoesNotMatter) {
  step(member(object(driver), a), Update::add);
  access(AccessKind::write, member(object(kernel), a));
  access(AccessKind::write, member(dereference(root(driver, StepKind::allocation, 0)), a));
  EXPECT_THAT(merged(), ElementsAre("s.a add"));
}

TEST_F(MergingTest, MembersOfOneTypeAreToldApart) {
  const FunctionId inc = helper("inc", Side::driver, Update::add);
  const FunctionId set = helper("set", Side::driver, Update::none);
  const FunctionId add = helper("add", Side::kernel, Update::add);
  for (const FieldId field : {users, refs})
    call(kernel, add, {address(member(object(kernel), field))});
  call(driver, inc, {address(member(object(driver), users))});
  call(driver, inc, {address(member(object(driver), refs))});
  call(driver, set, {address(member(object(driver), refs))});
  EXPECT_THAT(merged(), ElementsAre("s.users.value add"));
}

TEST_F(MergingTest, AnUnknownMemberMayBeAny) {
  const FunctionId inc = helper("inc", Side::driver, Update::add);
  access(AccessKind::write, member(object(kernel), value));
  call(driver, inc, {address(member(object(driver), users))});
  EXPECT_THAT(merged(), ElementsAre("s.users.value add", "atomic_t.value add"));
  const FunctionId set = helper("set", Side::driver, Update::none);
  call(driver, set, {argument(driver, 1)});
  EXPECT_THAT(merged(), IsEmpty());
}

TEST_F(MergingTest, AnAnswerThatIsUsedIsTheOwnersWhereTheHelperIsCalled) {
  const FunctionId test = helper("dec_and_test", Side::driver, Update::add);
  summary.accesses.back().used = true;
  access(AccessKind::write, member(object(kernel), value));
  call(driver, test, {address(member(object(driver), refs))});
  EXPECT_THAT(sites(), ElementsAre("driver dec_and_test s.refs.value result"));
}

TEST_F(MergingTest, WhatDoesNotCommuteIsTheOwners) {
  access(AccessKind::write, member(object(kernel), a));
  step(member(object(driver), a), Update::exchange);
  EXPECT_THAT(sites(), ElementsAre("driver update s.a order"));
}

TEST_F(MergingTest, StoreToMemoryThatIsNotKnownStopsAMerge) {
  step(member(object(driver), a), Update::add);
  step(member(object(kernel), a), Update::add);
  EXPECT_THAT(merged(), ElementsAre("s.a add"));
  Unknown store;
  store.function = driver;
  store.writes = true;
  store.type = counter;
  summary.unknowns.push_back(store);
  EXPECT_THAT(merged(), ElementsAre("s.a add")) << "it is to another structure";
  summary.unknowns.back().type = structure;
  EXPECT_THAT(merged(), IsEmpty());
  summary.unknowns.back().type = TypeId{no_row};
  EXPECT_THAT(merged(), IsEmpty());
  summary.unknowns.back().function = kernel;
  EXPECT_THAT(merged(), ElementsAre("s.a add")) << "what the kernel does to it does not matter";
}

} // namespace
} // namespace ks::atomic

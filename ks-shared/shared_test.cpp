// SPDX-License-Identifier: MIT
#include "ks-shared/shared.hpp"

#include "ks-prune/made_pruned.hpp"
#include "ks-shared/deep_copy.hpp"

#include <gmock/gmock.h>

#include <random>

namespace ks::shared {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Fields of 32 bits of one structure.
struct Tables : MadePruned {
  TypeId structure = record("struct s", {});
  TypeId inner_structure = record("struct inner", {});

  FunctionId at(Side side) { return function("f", side); }
  FieldId word(u32 number, u32 size_bits = 32) {
    return bits(structure, 32 * number, size_bits, "s.m" + std::to_string(number));
  }
  FieldId inner() { return bits(inner_structure, 0, 32, "inner.x"); }
  // *argument . enclosing . field
  void read_in(FunctionId function, FieldId enclosing, FieldId field) {
    access(AccessKind::read, member(member(dereference(argument(function, 0)), enclosing), field));
  }
  std::vector<std::string> shared() const {
    std::vector<std::string> names;
    for (const SharedField& field : find_shared(pruned).fields) names.push_back(field.name);
    return names;
  }
};

TEST(Shared, FieldOfOneSideIsNotListed) {
  Tables t;
  const FunctionId driver = t.at(Side::driver);
  const FunctionId kernel = t.at(Side::kernel);
  const FieldId mine = t.word(0), theirs = t.word(1), both = t.word(2);
  t.touch(driver, mine, AccessKind::write);
  t.touch(kernel, theirs, AccessKind::write);
  t.touch(driver, both, AccessKind::write);
  t.touch(kernel, both, AccessKind::read);
  const Shared shared = find_shared(t.pruned);
  ASSERT_EQ(shared.fields.size(), 1u);
  EXPECT_EQ(shared.fields[0].field, both);
  EXPECT_TRUE(shared.fields[0].driver_writes);
  EXPECT_FALSE(shared.fields[0].driver_reads);
  EXPECT_TRUE(shared.fields[0].kernel_reads);
  EXPECT_FALSE(shared.fields[0].kernel_writes);
  EXPECT_EQ(shared.fields[0].driver_loc.line, 1u);
  EXPECT_EQ(shared.fields[0].kernel_loc.line, 2u);
}

TEST(Shared, FieldThatNobodyWritesIsListed) {
  Tables t;
  const FieldId field = t.word(0);
  t.touch(t.at(Side::driver), field, AccessKind::read);
  t.touch(t.at(Side::kernel), field, AccessKind::read);
  EXPECT_THAT(t.shared(), ElementsAre("s.m0"));
}

TEST(Shared, WhatLiesBetweenMembersIsNotListed) {
  Tables t;
  const TypeId padded =
      t.record("struct padded", {{"first", none<TypeId>}, {"rest", none<TypeId>}});
  const u32 first = t.summary.types[row(padded)].first_member;
  t.summary.members[first].size_bits = 32;
  t.summary.members[first + 1].size_bits = 0; // open at its end
  for (const auto& [offset, name] : {std::pair(0, "first"), {32, "gap"}, {96, "rest"}}) {
    const FieldId field = t.bits(padded, offset, 32, name);
    t.touch(t.at(Side::driver), field, AccessKind::write);
    t.touch(t.at(Side::kernel), field, AccessKind::read);
  }
  EXPECT_THAT(t.shared(), ElementsAre("first", "rest"));
}

TEST(Shared, FreeIsNoTouch) {
  Tables t;
  const FieldId field = t.word(0);
  t.touch(t.at(Side::driver), field, AccessKind::free);
  t.touch(t.at(Side::kernel), field, AccessKind::read);
  EXPECT_THAT(t.shared(), IsEmpty());
}

TEST(Shared, StaticInitializerOfTheDriverWrites) {
  Tables t;
  const FieldId field = t.word(0);
  const GlobalId ops = t.global("ops");
  t.summary.globals[row(ops)].defined = true;
  t.initialize(ops, field, ValueKind::integer);
  t.call(t.at(Side::kernel), none<FunctionId>);
  t.summary.calls.back().via = field;
  const Shared shared = find_shared(t.pruned);
  ASSERT_EQ(shared.fields.size(), 1u);
  EXPECT_TRUE(shared.fields[0].driver_initializes);
  EXPECT_TRUE(shared.fields[0].driver_writes);
  EXPECT_TRUE(shared.fields[0].kernel_reads);
}

TEST(Shared, StaticInitializerOfTheKernelIsAValueThatTheDriverReads) {
  Tables t;
  const FieldId field = t.word(0);
  const GlobalId object = t.global("limits");
  t.summary.globals[row(object)].unit = UnitId{1};
  t.summary.globals[row(object)].defined = true;
  t.initialize(object, field, ValueKind::integer);
  t.touch(t.at(Side::driver), field, AccessKind::read);
  const Shared shared = find_shared(t.pruned);
  ASSERT_EQ(shared.fields.size(), 1u);
  EXPECT_TRUE(shared.fields[0].kernel_initializes);
  EXPECT_FALSE(shared.fields[0].kernel_writes);
  EXPECT_FALSE(shared.fields[0].driver_initializes);
}

TEST(Shared, MembersThatShareBitsAreTouchedTogether) {
  Tables t;
  const FieldId whole = t.word(0, 64);
  const FieldId half = t.word(1, 32);
  t.touch(t.at(Side::driver), whole, AccessKind::write);
  t.touch(t.at(Side::kernel), half, AccessKind::read);
  EXPECT_THAT(t.shared(), ElementsAre("s.m0", "s.m1"));
}

TEST(Shared, EmbeddedFieldIsToldApartByWhatEnclosesIt) {
  Tables t;
  const FieldId one = t.word(0), other = t.word(1);
  const FieldId inner = t.inner();
  const FunctionId driver = t.at(Side::driver);
  const FunctionId kernel = t.at(Side::kernel);
  t.read_in(driver, one, inner);
  t.read_in(kernel, other, inner);
  EXPECT_THAT(t.shared(), IsEmpty());
  t.read_in(kernel, one, inner);
  EXPECT_THAT(t.shared(), ElementsAre("inner.x"));
}

TEST(Shared, PointerLeadsToAnEmbeddedFieldOnlyIfPointersToItAreKept) {
  Tables t;
  const FieldId one = t.word(0);
  const FieldId inner = t.inner();
  t.read_in(t.at(Side::driver), one, inner);
  t.touch(t.at(Side::kernel), inner, AccessKind::read);
  EXPECT_THAT(t.shared(), IsEmpty());
  t.boundary.escaping = {one};
  EXPECT_THAT(t.shared(), ElementsAre("inner.x"));
}

TEST(Shared, FieldThatOnlyPeersTouchIsNotListed) {
  Tables t;
  const FieldId field = t.word(0);
  t.touch(t.at(Side::driver), field, AccessKind::write);
  const FunctionId peer = t.at(Side::kernel);
  t.touch(peer, field, AccessKind::write);
  t.boundary.peers = {peer};
  EXPECT_THAT(t.shared(), IsEmpty());
  t.touch(t.at(Side::kernel), field, AccessKind::read);
  EXPECT_THAT(t.shared(), ElementsAre("s.m0"));
}

TEST(Shared, ClonedFunctionCountsForTheKernelOnlyIfTheKernelCallsIt) {
  Tables t;
  const FunctionId cloned = t.at(Side::cloned);
  t.touch(cloned, t.word(0), AccessKind::read);
  EXPECT_THAT(t.shared(), IsEmpty());
  t.call(t.at(Side::kernel), cloned);
  EXPECT_THAT(t.shared(), ElementsAre("s.m0"));
}

TEST(Shared, ImportedGlobalIsSharedUnlessTheLibraryHasIt) {
  Tables t;
  const FunctionId driver = t.at(Side::driver);
  const GlobalId read = t.global("read_by_driver");
  const GlobalId own = t.global("in_library");
  const GlobalId named = t.global("address_only");
  t.touch(driver, read, AccessKind::read);
  t.touch(driver, own, AccessKind::read);
  t.import_global(named, GlobalUse::address_only);
  t.import_global(own, GlobalUse::library);
  t.import_global(read, GlobalUse::read);
  const Shared shared = find_shared(t.pruned);
  ASSERT_EQ(shared.globals.size(), 1u);
  EXPECT_EQ(shared.globals[0].name, "read_by_driver");
}

// A mask of the kernel that the domain library has, too: through its address, and by name.
TEST(Shared, FieldOfAVariableThatTheLibraryHasIsNotListed) {
  Tables t;
  const FunctionId driver = t.at(Side::driver);
  const FunctionId kernel = t.at(Side::kernel);
  const FunctionId helper = t.at(Side::driver);
  const GlobalId mask = t.global("mask");
  t.summary.functions[row(helper)].local = true;
  t.summary.functions[row(helper)].loc.file = "mask.h";
  const FieldId bit = t.word(0);
  t.touch(kernel, bit, AccessKind::write);
  t.touch(driver, bit, AccessKind::read).global = mask;
  // helper(&mask), which reads argument->m0
  const PathId seen = t.member(t.dereference(t.argument(helper, 0)), bit);
  t.access(AccessKind::read, seen);
  t.call(driver, helper, {t.address(t.variable(driver, mask))});
  t.import_global(mask, GlobalUse::address_only);
  EXPECT_THAT(t.shared(), ElementsAre("s.m0"));
  t.boundary.imported_globals[0].use = GlobalUse::library;
  EXPECT_THAT(t.shared(), IsEmpty());
}

// The slow twin: for each field, every access of every field, bit by bit.
TEST(Shared, ListsExactlyWhatTheSlowTwinLists) {
  for (u32 seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    Tables t;
    const FunctionId functions[] = {t.at(Side::driver), t.at(Side::kernel)};
    std::vector<u64> touched[2] = {std::vector<u64>(64), std::vector<u64>(64)};
    std::vector<bool> named(8);
    for (u32 i = 0; i < 8; ++i) t.word(i, random() % 4 == 0 ? 64 : 32);
    for (u32 i = 0; i < 6; ++i) {
      const u32 field = random() % 8;
      const u32 side = random() % 2;
      t.touch(functions[side], FieldId{field}, AccessKind::read);
      named[field] = true;
      for (u32 word = field; word < field + t.summary.fields[field].size_bits / 32; ++word) {
        touched[side][word] = true;
      }
    }
    std::vector<std::string> expected;
    for (u32 i = 0; i < 8; ++i) {
      bool both[2] = {};
      for (u32 word = i; word < i + t.summary.fields[i].size_bits / 32; ++word) {
        for (u32 side = 0; side < 2; ++side) both[side] |= touched[side][word] != 0;
      }
      if (named[i] && both[0] && both[1]) expected.push_back(t.summary.fields[i].name);
    }
    EXPECT_EQ(t.shared(), expected) << "seed " << seed;
  }
}

TEST(DeepCopy, CountsEachStructureOnceForEachRoot) {
  MadePruned t;
  // struct s { int a; struct s* next; }; void f(struct s*, struct s*, int);
  const TypeId number = t.integer();
  const TypeId pointer = t.pointer(TypeId{2});
  t.record("struct s", {{"a", number}, {"next", pointer}});
  const TypeId takes = t.function_type({{"x", pointer}, {"y", pointer}, {"n", number}});
  t.crossing(CrossingKind::import, "f", takes);
  EXPECT_EQ(count_deep_copy(t.pruned), 4u);
}

} // namespace
} // namespace ks::shared

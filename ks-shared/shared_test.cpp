// SPDX-License-Identifier: MIT
#include "ks-shared/shared.hpp"

#include "ks-shared/deep_copy.hpp"

#include <gmock/gmock.h>

#include <random>

namespace ks {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Literal tables of one structure with fields of 32 bits.
struct Tables {
  Tables() { pruned.summary.types.resize(2); }

  Pruned pruned;

  FunctionId function(Side side) {
    const FunctionId id{static_cast<u32>(pruned.summary.functions.size())};
    pruned.summary.functions.push_back({});
    pruned.boundary.placements.push_back({id, side, Reason::crossing, none<FunctionId>});
    return id;
  }
  FieldId field(u32 number, u32 size_bits = 32) {
    Field made{TypeId{0}, 32 * number, size_bits, none<TypeId>, "s.m" + std::to_string(number)};
    pruned.summary.fields.push_back(made);
    return FieldId{static_cast<u32>(pruned.summary.fields.size() - 1)};
  }
  GlobalId global(const std::string& name) {
    Global made;
    made.name = name;
    pruned.summary.globals.push_back(made);
    return GlobalId{static_cast<u32>(pruned.summary.globals.size() - 1)};
  }
  void touch(FunctionId function, FieldId field, AccessKind kind) {
    Access made{function};
    made.kind = kind;
    made.field = field;
    made.loc = {"a.c", row(function) + 1, 1};
    pruned.summary.accesses.push_back(made);
  }
  // *argument . enclosing . field
  void touch_in(FunctionId function, FieldId enclosing, FieldId field) {
    std::vector<Path>& paths = pruned.summary.paths;
    const u32 first = static_cast<u32>(paths.size());
    paths.push_back({function, none<PathId>, StepKind::argument});
    paths.push_back({function, PathId{first}, StepKind::dereference});
    paths.push_back({function, PathId{first + 1}, StepKind::field});
    paths.back().field = enclosing;
    paths.push_back({function, PathId{first + 2}, StepKind::field});
    paths.back().field = field;
    touch(function, field, AccessKind::read);
    pruned.summary.accesses.back().path = PathId{first + 3};
  }
  void touch(FunctionId function, GlobalId global, AccessKind kind) {
    Access made{function};
    made.kind = kind;
    made.global = global;
    pruned.summary.accesses.push_back(made);
  }
  std::vector<std::string> shared() const {
    std::vector<std::string> names;
    for (const SharedField& field : find_shared(pruned).fields) names.push_back(field.name);
    return names;
  }
};

TEST(Shared, FieldOfOneSideIsNotListed) {
  Tables t;
  const FunctionId driver = t.function(Side::driver);
  const FunctionId kernel = t.function(Side::kernel);
  const FieldId mine = t.field(0), theirs = t.field(1), both = t.field(2);
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
  const FieldId field = t.field(0);
  t.touch(t.function(Side::driver), field, AccessKind::read);
  t.touch(t.function(Side::kernel), field, AccessKind::read);
  EXPECT_THAT(t.shared(), ElementsAre("s.m0"));
}

TEST(Shared, FreeIsNoTouch) {
  Tables t;
  const FieldId field = t.field(0);
  t.touch(t.function(Side::driver), field, AccessKind::free);
  t.touch(t.function(Side::kernel), field, AccessKind::read);
  EXPECT_THAT(t.shared(), IsEmpty());
}

TEST(Shared, StaticInitializerOfTheDriverWrites) {
  Tables t;
  const FieldId field = t.field(0);
  Initializer value{t.global("ops")};
  value.field = field;
  t.pruned.summary.initializers.push_back(value);
  Call call{t.function(Side::kernel)};
  call.kind = CallKind::indirect;
  call.via = field;
  t.pruned.summary.calls.push_back(call);
  const Shared shared = find_shared(t.pruned);
  ASSERT_EQ(shared.fields.size(), 1u);
  EXPECT_TRUE(shared.fields[0].driver_initializes);
  EXPECT_TRUE(shared.fields[0].driver_writes);
  EXPECT_TRUE(shared.fields[0].kernel_reads);
}

TEST(Shared, MembersThatShareBitsAreTouchedTogether) {
  Tables t;
  const FieldId whole = t.field(0, 64);
  const FieldId half = t.field(1, 32);
  t.touch(t.function(Side::driver), whole, AccessKind::write);
  t.touch(t.function(Side::kernel), half, AccessKind::read);
  EXPECT_THAT(t.shared(), ElementsAre("s.m0", "s.m1"));
}

TEST(Shared, EmbeddedFieldIsToldApartByWhatEnclosesIt) {
  Tables t;
  const FieldId one = t.field(0), other = t.field(1);
  t.pruned.summary.fields.push_back({TypeId{1}, 0, 32, none<TypeId>, "inner.x"});
  const FieldId inner{2};
  const FunctionId driver = t.function(Side::driver);
  const FunctionId kernel = t.function(Side::kernel);
  t.touch_in(driver, one, inner);
  t.touch_in(kernel, other, inner);
  EXPECT_THAT(t.shared(), IsEmpty());
  t.touch_in(kernel, one, inner);
  EXPECT_THAT(t.shared(), ElementsAre("inner.x"));
}

TEST(Shared, PointerLeadsToAnEmbeddedFieldOnlyIfPointersToItAreKept) {
  Tables t;
  const FieldId one = t.field(0);
  t.pruned.summary.fields.push_back({TypeId{1}, 0, 32, none<TypeId>, "inner.x"});
  t.touch_in(t.function(Side::driver), one, FieldId{1});
  t.touch(t.function(Side::kernel), FieldId{1}, AccessKind::read);
  EXPECT_THAT(t.shared(), IsEmpty());
  t.pruned.boundary.escaping = {one};
  EXPECT_THAT(t.shared(), ElementsAre("inner.x"));
}

TEST(Shared, FieldThatOnlyPeersTouchIsNotListed) {
  Tables t;
  const FieldId field = t.field(0);
  t.touch(t.function(Side::driver), field, AccessKind::write);
  const FunctionId peer = t.function(Side::kernel);
  t.touch(peer, field, AccessKind::write);
  t.pruned.boundary.peers = {peer};
  EXPECT_THAT(t.shared(), IsEmpty());
  t.touch(t.function(Side::kernel), field, AccessKind::read);
  EXPECT_THAT(t.shared(), ElementsAre("s.m0"));
}

TEST(Shared, ClonedFunctionCountsForTheKernelOnlyIfTheKernelCallsIt) {
  Tables t;
  const FunctionId cloned = t.function(Side::cloned);
  t.touch(cloned, t.field(0), AccessKind::read);
  EXPECT_THAT(t.shared(), IsEmpty());
  Call call{t.function(Side::kernel)};
  call.callee = cloned;
  t.pruned.summary.calls.push_back(call);
  EXPECT_THAT(t.shared(), ElementsAre("s.m0"));
}

TEST(Shared, ImportedGlobalIsSharedUnlessTheLibraryHasIt) {
  Tables t;
  const FunctionId driver = t.function(Side::driver);
  const GlobalId read = t.global("read_by_driver");
  const GlobalId own = t.global("in_library");
  const GlobalId named = t.global("address_only");
  t.touch(driver, read, AccessKind::read);
  t.touch(driver, own, AccessKind::read);
  t.pruned.boundary.imported_globals = {
      {named, GlobalUse::address_only, {}}, {own, GlobalUse::library, {}}, {read, GlobalUse::read, {}}};
  const Shared shared = find_shared(t.pruned);
  ASSERT_EQ(shared.globals.size(), 1u);
  EXPECT_EQ(shared.globals[0].name, "read_by_driver");
}

// A mask of the kernel that the domain library has, too: through its address, and by name.
TEST(Shared, FieldOfAVariableThatTheLibraryHasIsNotListed) {
  Tables t;
  const FunctionId driver = t.function(Side::driver);
  const FunctionId kernel = t.function(Side::kernel);
  const FunctionId helper = t.function(Side::driver);
  const GlobalId mask = t.global("mask");
  Summary& s = t.pruned.summary;
  s.functions[row(helper)].defined = s.functions[row(helper)].local = true;
  s.functions[row(helper)].loc.file = "mask.h";
  t.touch(kernel, t.field(0), AccessKind::write);
  t.touch(driver, FieldId{0}, AccessKind::read);
  s.accesses.back().global = mask;
  // helper(&mask), which reads argument->m0
  s.paths = {{helper, none<PathId>, StepKind::argument}, {helper, PathId{0}, StepKind::dereference},
             {helper, PathId{1}, StepKind::field},       {driver, none<PathId>, StepKind::global},
             {driver, PathId{3}, StepKind::address}};
  s.paths[2].field = FieldId{0};
  s.paths[3].global = mask;
  t.touch(helper, FieldId{0}, AccessKind::read);
  s.accesses.back().path = PathId{2};
  Call call{driver};
  call.callee = helper;
  call.argument_count = 1;
  s.calls = {call};
  s.arguments = {{CallId{0}, 0, PathId{4}}};
  t.pruned.boundary.imported_globals = {{mask, GlobalUse::address_only, {}}};
  EXPECT_THAT(t.shared(), ElementsAre("s.m0"));
  t.pruned.boundary.imported_globals = {{mask, GlobalUse::library, {}}};
  EXPECT_THAT(t.shared(), IsEmpty());
}

// The slow twin: for each field, every access of every field, bit by bit.
TEST(Shared, ListsExactlyWhatTheSlowTwinLists) {
  for (u32 seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    Tables t;
    const FunctionId functions[] = {t.function(Side::driver), t.function(Side::kernel)};
    std::vector<u64> touched[2] = {std::vector<u64>(64), std::vector<u64>(64)};
    std::vector<bool> named(8);
    for (u32 i = 0; i < 8; ++i) t.field(i, random() % 4 == 0 ? 64 : 32);
    for (u32 i = 0; i < 6; ++i) {
      const u32 field = random() % 8;
      const u32 side = random() % 2;
      t.touch(functions[side], FieldId{field}, AccessKind::read);
      named[field] = true;
      for (u32 word = field; word < field + t.pruned.summary.fields[field].size_bits / 32; ++word) {
        touched[side][word] = true;
      }
    }
    std::vector<std::string> expected;
    for (u32 i = 0; i < 8; ++i) {
      bool both[2] = {};
      for (u32 word = i; word < i + t.pruned.summary.fields[i].size_bits / 32; ++word) {
        for (u32 side = 0; side < 2; ++side) both[side] |= touched[side][word] != 0;
      }
      if (named[i] && both[0] && both[1]) expected.push_back(t.pruned.summary.fields[i].name);
    }
    EXPECT_EQ(t.shared(), expected) << "seed " << seed;
  }
}

TEST(DeepCopy, CountsEachStructureOnceForEachRoot) {
  Tables t;
  Summary& s = t.pruned.summary;
  // struct s { int a; struct s* next; }; void f(struct s*, struct s*, int);
  s.types = {{TypeKind::structure, "struct s", 16}, {TypeKind::pointer, "", 8},
             {TypeKind::integer, "int", 4}, {TypeKind::function}};
  s.types[1].element = TypeId{0};
  s.types[0].member_count = 2;
  s.types[3].first_member = 2;
  s.types[3].member_count = 3;
  s.members = {{TypeId{0}, "a", TypeId{2}, 0, 32, false}, {TypeId{0}, "next", TypeId{1}, 64, 64, false},
               {TypeId{3}, "x", TypeId{1}, 0, 0, false},  {TypeId{3}, "y", TypeId{1}, 0, 0, false},
               {TypeId{3}, "n", TypeId{2}, 0, 0, false}};
  Crossing crossing;
  crossing.signature = TypeId{3};
  t.pruned.boundary.crossings = {crossing};
  EXPECT_EQ(count_deep_copy(t.pruned), 4u);
}

} // namespace
} // namespace ks

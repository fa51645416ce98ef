// SPDX-License-Identifier: MIT
// Claims about critical sections on small control-flow graphs.

#include "ks-atomic/atomic.hpp"
#include "ks-atomic/sections.hpp"
#include "ks-shared/made_shared.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace ks::atomic {
namespace {

using testing::ElementsAre;
using testing::UnorderedElementsAre;

constexpr u32 block_size = 4; // instructions of each block; those that do something come first

// One driver function `f` whose blocks follow each other, and one field of each kind.
struct AtomicTest : testing::Test, MadeShared {
  FunctionId f = function("f", Side::driver);
  TypeId structure = record("struct s", {{"lock", integer()}, {"a", integer()}, {"b", integer()}});
  FieldId lock_field = field(structure, "lock");
  FieldId a = field(structure, "a");
  FieldId b = field(structure, "b");

  // The next block of `f`, or of another function.
  void block(std::vector<u32> successors) { block_of(f, std::move(successors)); }
  void block_of(FunctionId function, std::vector<u32> successors) {
    std::vector<std::string> opcodes(block_size, "call");
    opcodes.back() = successors.empty() ? "ret" : "br";
    MadeShared::block(function, opcodes, std::move(successors));
  }
  // On the lock behind the function's first argument.
  void lock_of(FunctionId function, u32 instruction, LockAction action) {
    LockOperation& made = MadeShared::lock(function, action, "spin", lock_field, instruction);
    made.lock = member(dereference(argument(function, 0)), lock_field);
    made.loc = {"f.c", instruction + 1, 0};
  }
  void make_driver_own(TypeId type) { summary.types[row(type)].file = "drivers/made/driver.c"; }

  static u32 at(u32 block, u32 place) { return block * block_size + place; }

  void lock(u32 instruction, LockAction action) { lock(instruction, action, lock_field); }
  void lock(u32 instruction, LockAction action, FieldId field) {
    MadeShared::lock(f, action, "spin", field, instruction).loc = {"f.c", instruction + 1, 0};
  }
  void lock(u32 instruction, LockAction action, const std::string& family) {
    MadeShared::lock(f, action, family, none<FieldId>, instruction).loc = {"f.c", instruction + 1,
                                                                           0};
  }

  void access(u32 instruction, AccessKind kind, FieldId field) {
    access(instruction, kind, field, f);
  }
  void access(u32 instruction, AccessKind kind, FieldId field, FunctionId function) {
    MadeShared::access(kind, member(dereference(argument(function, 0)), field), instruction);
  }

  void share_all() {
    for (u32 i = 0; i < summary.fields.size(); ++i) share(FieldId{i}, "rwRW");
  }

  Atomic find() { return find_atomic(pruned, shared); }

  static std::vector<u32> lines(const std::vector<Loc>& locs) {
    std::vector<u32> lines;
    for (const Loc& loc : locs) lines.push_back(loc.line - 1);
    return lines;
  }
  static std::vector<std::string> fields(const Atomic& atomic) {
    std::vector<std::string> fields;
    for (const SectionField& field : atomic.fields)
      fields.push_back(field.name + (field.fetch ? " fetch" : "") + (field.send ? " send" : ""));
    return fields;
  }
};

TEST_F(AtomicTest, FieldsInsideAreFetchedAndSent) {
  block({});
  share_all();
  lock(at(0, 0), LockAction::acquire);
  access(at(0, 1), AccessKind::read, a);
  lock(at(0, 2), LockAction::release);
  access(at(0, 3), AccessKind::write, b);
  const Atomic atomic = find();
  ASSERT_EQ(atomic.sections.size(), 1u);
  EXPECT_TRUE(atomic.sections[0].shared);
  EXPECT_TRUE(atomic.sections[0].balanced);
  EXPECT_EQ(atomic.sections[0].lock, "s.lock");
  EXPECT_THAT(fields(atomic), ElementsAre("s.a fetch"));
}

TEST_F(AtomicTest, ReleasedOnEachOfTwoWays) {
  block({1, 2});
  block({});
  block({});
  lock(at(0, 0), LockAction::acquire);
  lock(at(1, 0), LockAction::release);
  lock(at(2, 0), LockAction::release);
  const Atomic atomic = find();
  EXPECT_TRUE(atomic.sections[0].balanced);
  EXPECT_THAT(lines(atomic.sections[0].releases), ElementsAre(at(1, 0), at(2, 0)));
}

TEST_F(AtomicTest, NotReleasedOnAnEarlyReturn) {
  block({1, 2});
  block({});
  block({});
  lock(at(0, 0), LockAction::acquire);
  lock(at(1, 0), LockAction::release);
  share_all();
  const u64 before = warning_count();
  EXPECT_FALSE(find().sections[0].balanced);
  EXPECT_EQ(warning_count(), before + 1);
}

TEST_F(AtomicTest, AWayThatNeverReturnsNeedsNoRelease) {
  block({1, 2});
  block({});
  block({});
  bodies.instructions[at(2, block_size - 1)].opcode = "unreachable";
  lock(at(0, 0), LockAction::acquire);
  lock(at(1, 0), LockAction::release);
  EXPECT_TRUE(find().sections[0].balanced);
}

TEST_F(AtomicTest, AnAttemptHoldsOnlyOnTheWayToARelease) {
  block({1, 2});
  block({3});
  block({3});
  block({});
  share_all();
  lock(at(0, 0), LockAction::try_acquire);
  access(at(1, 0), AccessKind::write, a);
  lock(at(1, 1), LockAction::release);
  access(at(2, 0), AccessKind::write, b);
  const Atomic atomic = find();
  EXPECT_TRUE(atomic.sections[0].balanced);
  EXPECT_THAT(fields(atomic), ElementsAre("s.a fetch send"));
}

TEST_F(AtomicTest, NestedSectionsOfOneLockEndWithTheOuterRelease) {
  block({});
  lock(at(0, 0), LockAction::acquire, "rcu");
  lock(at(0, 1), LockAction::acquire, "rcu");
  lock(at(0, 2), LockAction::release, "rcu");
  lock(at(0, 3), LockAction::release, "rcu");
  const Atomic atomic = find();
  ASSERT_EQ(atomic.sections.size(), 2u);
  EXPECT_THAT(lines(atomic.sections[0].releases), ElementsAre(at(0, 3)));
  EXPECT_THAT(lines(atomic.sections[1].releases), ElementsAre(at(0, 2)));
  EXPECT_TRUE(atomic.sections[0].shared);
}

TEST_F(AtomicTest, ALoopIsFollowedRound) {
  block({1});
  block({1, 2});
  block({});
  share_all();
  lock(at(0, 0), LockAction::acquire);
  access(at(1, 0), AccessKind::read, a);
  lock(at(2, 0), LockAction::release);
  EXPECT_THAT(fields(find()), ElementsAre("s.a fetch"));
}

TEST_F(AtomicTest, ALockInAStructureOfTheDriversIsPrivate) {
  make_driver_own(structure);
  block({});
  lock(at(0, 0), LockAction::acquire);
  lock(at(0, 1), LockAction::release);
  EXPECT_FALSE(find().sections[0].shared);
}

// The function that takes it may have been pruned.
TEST_F(AtomicTest, ALockThatNobodyElseIsSeenToTakeIsNotThereforePrivate) {
  block({});
  lock(at(0, 0), LockAction::acquire);
  lock(at(0, 1), LockAction::release);
  EXPECT_TRUE(find().sections[0].shared);
}

TEST_F(AtomicTest, AStructureThatTheKernelLooksIntoIsNotTheDrivers) {
  make_driver_own(structure);
  block({});
  lock(at(0, 0), LockAction::acquire);
  lock(at(0, 1), LockAction::release);
  touch(function("k", Side::kernel), a, AccessKind::read);
  EXPECT_TRUE(find().sections[0].shared);
}

TEST_F(AtomicTest, APointerToALockThatIsStoredMakesItShared) {
  make_driver_own(structure);
  block({});
  lock(at(0, 0), LockAction::acquire);
  lock(at(0, 1), LockAction::release);
  access(at(0, 2), AccessKind::write, a);
  const PathId place = member(dereference(argument(f, 0)), lock_field);
  summary.accesses.back().value = address(place);
  EXPECT_TRUE(find().sections[0].shared);
}

TEST_F(AtomicTest, APointerToALockThatTheKernelIsPassedMakesItShared) {
  make_driver_own(structure);
  block({});
  lock(at(0, 0), LockAction::acquire);
  lock(at(0, 1), LockAction::release);
  const PathId place = member(dereference(argument(f, 0)), lock_field);
  const CallId known = call(f, function("spin_lock", Side::kernel), {address(place)}, at(0, 0));
  EXPECT_FALSE(find().sections[0].shared);
  summary.calls[row(known)].callee = function("k", Side::kernel);
  EXPECT_TRUE(find().sections[0].shared);
}

TEST_F(AtomicTest, AVariableOfTheDriversIsPrivateUntilSomethingPointsToIt) {
  block({});
  const GlobalId variable = global("driver_lock");
  summary.globals.back().defined = true;
  for (const auto& [place, action] :
       {std::pair(0, LockAction::acquire), {1, LockAction::release}}) {
    lock(at(0, static_cast<u32>(place)), action, "spin");
    summary.locks.back().global = variable;
  }
  const Atomic own = find();
  EXPECT_EQ(own.sections[0].lock, "global driver_lock");
  EXPECT_FALSE(own.sections[0].shared);
  initialize(global("table"), a, ValueKind::global).target = variable;
  EXPECT_TRUE(find().sections[0].shared);
}

TEST_F(AtomicTest, AnUnknownLockIsShared) {
  make_driver_own(structure);
  block({});
  lock(at(0, 0), LockAction::acquire, "spin");
  lock(at(0, 1), LockAction::release, "spin");
  const Atomic atomic = find();
  EXPECT_TRUE(atomic.sections[0].shared);
  EXPECT_TRUE(atomic.sections[0].balanced);
}

TEST_F(AtomicTest, DisabledInterruptsAreNotALockOfTheKernels) {
  block({});
  lock(at(0, 0), LockAction::acquire, "irq");
  lock(at(0, 1), LockAction::release, "irq");
  EXPECT_FALSE(find().sections[0].shared);
}

TEST_F(AtomicTest, ALockAndWhatIsInsideOfItAreOne) {
  block({});
  const FieldId inner = bits(structure, 0, 32, "lock.raw");
  const PathId outer_place = member(argument(f, 0), a);
  const PathId inner_place = member(outer_place, inner);
  lock(at(0, 0), LockAction::acquire, inner);
  summary.locks.back().lock = inner_place;
  lock(at(0, 1), LockAction::release, a);
  summary.locks.back().lock = outer_place;
  const Atomic atomic = find();
  EXPECT_TRUE(atomic.sections[0].balanced);
  EXPECT_EQ(atomic.sections[0].lock, "s.a");
}

TEST_F(AtomicTest, OneOperationOnEitherOfTwoObjectsIsOneSection) {
  block({});
  const PathId one = argument(f, 0);
  const PathId other = argument(f, 1);
  for (const PathId path : {one, other}) {
    lock(at(0, 0), LockAction::acquire);
    summary.locks.back().lock = path;
  }
  lock(at(0, 1), LockAction::release);
  summary.locks.back().lock = other;
  const Atomic atomic = find();
  ASSERT_EQ(atomic.sections.size(), 1u);
  EXPECT_TRUE(atomic.sections[0].balanced);
}

TEST_F(AtomicTest, WithoutControlFlowTheWholeFunctionIsInside) {
  share_all();
  lock(no_row, LockAction::acquire);
  access(no_row, AccessKind::read, a);
  lock(no_row, LockAction::release);
  const u64 before = warning_count();
  EXPECT_THAT(fields(find()), ElementsAre("s.a fetch"));
  EXPECT_EQ(warning_count(), before + 1);
}

TEST_F(AtomicTest, ACalleesFieldsAreInside) {
  block({});
  share_all();
  const FunctionId callee = function("g", Side::driver);
  access(no_row, AccessKind::write, b, callee);
  lock(at(0, 0), LockAction::acquire);
  call(f, callee, {}, at(0, 1));
  lock(at(0, 2), LockAction::release);
  EXPECT_THAT(fields(find()), ElementsAre("s.b fetch send"));
}

TEST_F(AtomicTest, WhatIsReleasedAndAcquiredNowhereIsHeldFromTheEntryOn) {
  block({});
  share_all();
  access(at(0, 0), AccessKind::write, a);
  lock(at(0, 1), LockAction::release);
  access(at(0, 2), AccessKind::write, b);
  const u64 before = warning_count();
  const Atomic atomic = find();
  EXPECT_THAT(fields(atomic), ElementsAre("s.a fetch send"));
  EXPECT_THAT(lines(atomic.sections[0].releases), ElementsAre(at(0, 1)));
  EXPECT_EQ(warning_count(), before + 1);
}

struct CalleeTest : AtomicTest {
  FunctionId g = function("g", Side::driver);
  FunctionId h = function("h", Side::driver);

  CalleeTest() {
    share_all();
    block({});
    block_of(g, {});
    block_of(h, {});
  }
  void call_at(u32 instruction, FunctionId callee) {
    call(f, callee, {argument(f, 0)}, instruction);
  }
};

TEST_F(CalleeTest, ASectionGoesOnBehindTheCallOfWhoTookTheLock) {
  call_at(at(0, 0), g);
  access(at(0, 1), AccessKind::write, a);
  call_at(at(0, 2), h);
  access(at(0, 3), AccessKind::write, b);
  lock_of(g, at(1, 0), LockAction::acquire);
  lock_of(h, at(2, 0), LockAction::release);
  const u64 before = warning_count();
  const Atomic atomic = find();
  ASSERT_EQ(atomic.sections.size(), 1u);
  EXPECT_EQ(atomic.sections[0].function_name, "f");
  EXPECT_THAT(lines(atomic.sections[0].releases), ElementsAre(at(2, 0)));
  EXPECT_THAT(fields(atomic), ElementsAre("s.a fetch send"));
  EXPECT_EQ(warning_count(), before);
}

TEST_F(CalleeTest, AnAttemptInAHelperIsItsCallersSection) {
  call_at(at(0, 0), g);
  access(at(0, 1), AccessKind::write, a);
  lock_of(f, at(0, 2), LockAction::release);
  access(at(0, 3), AccessKind::write, b);
  lock_of(g, at(1, 0), LockAction::try_acquire);
  const Atomic atomic = find();
  ASSERT_EQ(atomic.sections.size(), 1u);
  EXPECT_EQ(atomic.sections[0].function_name, "f");
  EXPECT_TRUE(atomic.sections[0].balanced);
}

TEST_F(CalleeTest, WhatACalleeDoesAfterItsReleaseIsOutside) {
  lock_of(f, at(0, 0), LockAction::acquire);
  call_at(at(0, 1), g);
  access(no_row, AccessKind::write, a, g);
  summary.accesses.back().instruction = at(1, 0);
  lock_of(g, at(1, 1), LockAction::release);
  access(no_row, AccessKind::write, b, g);
  summary.accesses.back().instruction = at(1, 2);
  EXPECT_THAT(fields(find()), ElementsAre("s.a fetch send"));
}

TEST_F(CalleeTest, TwoSectionsOfOneHelperAreTwoInItsCallersTerms) {
  // f calls g, which takes the lock that it is passed by h twice, with a write in each section.
  const auto lock_itself = [&](FunctionId function, u32 instruction, LockAction action) {
    MadeShared::lock(function, action, "spin", none<FieldId>, instruction).lock =
        dereference(argument(function, 0));
  };
  call_at(at(0, 0), g);
  bodies.blocks[1].successors = {3};
  block_of(g, {});
  lock_itself(h, at(2, 0), LockAction::acquire);
  call(g, h, {argument(g, 0)}, at(1, 0));
  access(at(1, 1), AccessKind::write, a, g);
  lock_itself(g, at(1, 2), LockAction::release);
  call(g, h, {argument(g, 0)}, at(3, 0));
  access(at(3, 1), AccessKind::write, b, g);
  lock_itself(g, at(3, 2), LockAction::release);
  EXPECT_THAT(fields(find()), UnorderedElementsAre("s.a fetch send", "s.b fetch send"));
}

TEST_F(CalleeTest, ARecursiveCallReturnsAsTheFunctionDoes) {
  // h calls itself first, or releases the lock; it never returns with it.
  bodies.blocks.back().successors = {3, 4};
  block_of(h, {});
  block_of(h, {});
  lock_of(f, at(0, 0), LockAction::acquire);
  call_at(at(0, 1), h);
  access(at(0, 2), AccessKind::write, b);
  call(h, h, {argument(h, 0)}, at(3, 0));
  access(at(3, 1), AccessKind::write, a, h);
  lock_of(h, at(4, 0), LockAction::release);
  const Atomic atomic = find();
  EXPECT_TRUE(atomic.sections[0].balanced);
  EXPECT_THAT(fields(atomic), ElementsAre());
}

TEST_F(CalleeTest, ALockThatACalleeIsPassedByPointerHasItsCallersName) {
  const PathId place = member(dereference(argument(f, 0)), lock_field);
  call(f, g, {address(place)}, at(0, 0));
  for (const auto& [at_place, action] :
       {std::pair(0, LockAction::acquire), {1, LockAction::release}}) {
    MadeShared::lock(g, action, "spin", none<FieldId>, at(1, static_cast<u32>(at_place))).lock =
        dereference(argument(g, 0));
  }
  const Atomic atomic = find();
  ASSERT_EQ(atomic.sections.size(), 1u);
  EXPECT_EQ(atomic.sections[0].lock, "s.lock");
  EXPECT_EQ(atomic.sections[0].function_name, "f");
}

// d->lock and d->parent->lock have one name.
TEST_F(AtomicTest, ANameOfSeveralObjectsEndsNothingForSure) {
  block({});
  share_all();
  const PathId object = dereference(argument(f, 0));
  summary.paths.emplace_back(summary.paths[row(object)]).folded = object;
  const PathId place = member(object, lock_field);
  for (u32 i = 0; i < 2; ++i) {
    lock(at(0, i), i == 0 ? LockAction::acquire : LockAction::release);
    summary.locks.back().lock = place;
  }
  access(at(0, 2), AccessKind::write, a);
  EXPECT_THAT(fields(find()), ElementsAre("s.a fetch send"));
}

TEST_F(AtomicTest, AtomicOperationsAreListedOnce) {
  block({});
  share_all();
  lock(at(0, 1), LockAction::atomic, a);
  access(at(0, 1), AccessKind::update, a);
  access(at(0, 0), AccessKind::update, b);
  const Atomic atomic = find();
  ASSERT_EQ(atomic.operations.size(), 2u);
  EXPECT_EQ(atomic.operations[0].field_name, "s.b");
  EXPECT_EQ(atomic.operations[0].name, "call");
  EXPECT_EQ(atomic.operations[1].field_name, "s.a");
  EXPECT_TRUE(atomic.operations[1].shared);
}

TEST_F(AtomicTest, FunctionThatChangesTextIsNoAtomicOperation) {
  block({});
  share_all();
  access(at(0, 0), AccessKind::update, a);
  summary.accesses.back().source = AccessSource::model;
  EXPECT_TRUE(find().operations.empty());
}

// By following every path of up to `steps` blocks one by one.
void walk_slowly(const Pruned& pruned, u32 instruction, u32 steps, std::set<u32>& held,
                 std::set<u32>& releases) {
  const u32 id = pruned.bodies.instructions[instruction].block;
  const Block& block = pruned.bodies.blocks[id];
  for (; instruction < block.first_instruction + block.instruction_count; ++instruction) {
    for (u32 i = 0; i < pruned.summary.locks.size(); ++i) {
      const LockOperation& lock = pruned.summary.locks[i];
      if (lock.instruction == instruction && lock.action == LockAction::release) {
        releases.insert(i);
        return;
      }
    }
    held.insert(instruction);
  }
  if (steps == 0) return;
  for (const u32 successor : block.successors)
    walk_slowly(pruned, pruned.bodies.blocks[successor].first_instruction, steps - 1, held,
                releases);
}

TEST_F(AtomicTest, RandomGraphsAgreeWithTheSlowTwin) {
  std::mt19937 random(3);
  for (u32 round = 0; round < 200; ++round) {
    bodies = {};
    summary.locks.clear();
    for (u32 i = 0; i < 6; ++i) {
      std::vector<u32> successors;
      for (u32 n = random() % 3; n > 0; --n) successors.push_back(random() % 6);
      block(successors);
    }
    lock(at(0, 0), LockAction::acquire);
    for (u32 n = random() % 4; n > 0; --n) lock(at(1 + random() % 5, 1), LockAction::release);
    // The acquire's own block is entered again by loops, where it would be taken twice.
    for (Block& block : bodies.blocks) std::erase(block.successors, 0u);
    std::set<u32> held;
    std::set<u32> releases;
    walk_slowly(pruned, at(0, 1), 6, held, releases);
    held.insert(at(0, 0));
    const std::vector<Section> found = find_sections(View(pruned));
    const auto section = std::ranges::find(found, 0u, &Section::acquire);
    ASSERT_NE(section, found.end());
    std::set<u32> inside = {at(0, 0)};
    for (u32 i = 0; i < bodies.instructions.size(); ++i)
      if (section->held.at(f).contains(i)) inside.insert(i);
    EXPECT_EQ(inside, held);
    // Of one instruction, the first row.
    std::set<u32> instructions;
    for (const u32 release : section->releases)
      instructions.insert(summary.locks[release].instruction);
    std::set<u32> expected;
    for (const u32 release : releases) expected.insert(summary.locks[release].instruction);
    EXPECT_EQ(instructions, expected);
  }
}

} // namespace
} // namespace ks::atomic

// SPDX-License-Identifier: MIT
// Claims about critical sections, each on one function's control-flow graph.

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
using testing::IsEmpty;

constexpr u32 block_size = 4; // instructions of each block; those that do something come first

// One driver function `f` whose blocks follow each other, and one field of each kind.
struct AtomicTest : testing::Test, MadeShared {
  FunctionId f = function("f", Side::driver);
  TypeId structure = record("struct s", {{"lock", integer()}, {"a", integer()}, {"b", integer()}});
  FieldId lock_field = field(structure, "lock");
  FieldId a = field(structure, "a");
  FieldId b = field(structure, "b");

  // The next block of `f`.
  void block(std::vector<u32> successors) {
    std::vector<std::string> opcodes(block_size, "call");
    opcodes.back() = "br";
    MadeShared::block(f, opcodes, std::move(successors));
  }

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

TEST_F(AtomicTest, ALockThatTheKernelNeverTakesIsPrivate) {
  block({});
  lock(at(0, 0), LockAction::acquire);
  lock(at(0, 1), LockAction::release);
  EXPECT_FALSE(find().sections[0].shared);
}

TEST_F(AtomicTest, ALockThatAKernelFunctionTakesIsShared) {
  block({});
  lock(at(0, 0), LockAction::acquire);
  lock(at(0, 1), LockAction::release);
  lock(no_row, LockAction::acquire);
  summary.locks.back().function = function("k", Side::kernel);
  const Atomic atomic = find();
  ASSERT_EQ(atomic.sections.size(), 1u);
  EXPECT_TRUE(atomic.sections[0].shared);
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

TEST_F(AtomicTest, AReleaseOfAnotherFunctionsLockIsReported) {
  block({});
  share_all();
  lock(at(0, 0), LockAction::release);
  const u64 before = warning_count();
  EXPECT_THAT(find().sections, IsEmpty());
  EXPECT_EQ(warning_count(), before + 1);
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
    std::vector<u32> rows;
    for (u32 i = 0; i < summary.locks.size(); ++i) rows.push_back(i);
    // The acquire's own block is entered again by loops, where it would be taken twice.
    for (Block& block : bodies.blocks) std::erase(block.successors, 0u);
    std::set<u32> held;
    std::set<u32> releases;
    walk_slowly(pruned, at(0, 1), 6, held, releases);
    const FunctionSections found = find_sections(View(pruned), f, rows);
    const Section& section = found.sections[0];
    EXPECT_EQ(std::set<u32>(section.instructions.begin(), section.instructions.end()), held);
    EXPECT_EQ(std::set<u32>(section.releases.begin(), section.releases.end()), releases);
  }
}

} // namespace
} // namespace ks::atomic

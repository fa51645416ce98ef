// SPDX-License-Identifier: MIT
// Claims about critical sections, each on one function's control-flow graph.

#include "ks-atomic/atomic.hpp"
#include "ks-atomic/sections.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace ks {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr u32 block_size = 4; // instructions of each block; those that do something come first

// One driver function `f` whose blocks follow each other, and one field of each kind.
struct AtomicTest : testing::Test {
  Pruned pruned;
  Shared shared;
  Summary& summary = pruned.summary;
  FunctionId f = add_function("f", Side::driver);

  AtomicTest() {
    Type type;
    type.kind = TypeKind::structure;
    type.name = "struct s";
    type.size = 64;
    type.complete = true;
    summary.types.push_back(type);
    for (const char* name : {"lock", "a", "b"}) {
      const u64 offset = summary.fields.size() * 64;
      summary.fields.push_back({TypeId{0}, offset, 64, none<TypeId>, std::string("s.") + name});
    }
  }

  FunctionId add_function(const std::string& name, Side side) {
    Function function;
    function.name = name;
    function.defined = true;
    summary.functions.push_back(function);
    const FunctionId id{static_cast<u32>(summary.functions.size() - 1)};
    pruned.boundary.placements.push_back({id, side, Reason::driver_code, none<FunctionId>});
    return id;
  }

  // The next block of `f`.
  void block(std::vector<u32> successors) {
    const u32 id = static_cast<u32>(pruned.bodies.blocks.size());
    const u32 first = id * block_size;
    for (u32 i = 0; i < block_size; ++i)
      pruned.bodies.instructions.push_back({id, i + 1 < block_size ? "call" : "br", {}});
    pruned.bodies.blocks.push_back({f, first, block_size, std::move(successors)});
  }

  static u32 at(u32 block, u32 place) { return block * block_size + place; }

  void lock(u32 instruction, LockAction action, const std::string& family = "spin",
            FieldId field = FieldId{0}) {
    LockOperation operation;
    operation.function = f;
    operation.instruction = instruction;
    operation.action = action;
    operation.family = family;
    operation.name = family;
    operation.field = family == "spin" ? field : none<FieldId>;
    operation.loc = {"f.c", instruction + 1, 0};
    summary.locks.push_back(operation);
  }

  void access(u32 instruction, AccessKind kind, FieldId field,
              FunctionId function = FunctionId{0}) {
    Access access;
    access.function = function;
    access.instruction = instruction;
    access.kind = kind;
    access.field = field;
    access.path = PathId{0};
    summary.accesses.push_back(access);
  }

  void share_all() {
    for (u32 i = 0; i < summary.fields.size(); ++i)
      shared.fields.push_back(
          {FieldId{i}, summary.fields[i].name, true, true, false, true, true, {}, {}});
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
  access(at(0, 1), AccessKind::read, FieldId{1});
  lock(at(0, 2), LockAction::release);
  access(at(0, 3), AccessKind::write, FieldId{2});
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
  pruned.bodies.instructions[at(2, block_size - 1)].opcode = "unreachable";
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
  access(at(1, 0), AccessKind::write, FieldId{1});
  lock(at(1, 1), LockAction::release);
  access(at(2, 0), AccessKind::write, FieldId{2});
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
  access(at(1, 0), AccessKind::read, FieldId{1});
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
  summary.locks.back().function = add_function("k", Side::kernel);
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
  const u32 inner = static_cast<u32>(summary.fields.size());
  summary.fields.push_back({TypeId{0}, 0, 32, none<TypeId>, "lock.raw"});
  Path path;
  path.step = StepKind::argument;
  summary.paths.push_back(path);
  for (const FieldId field : {FieldId{1}, FieldId{inner}}) {
    path.step = StepKind::field;
    path.parent = PathId{static_cast<u32>(summary.paths.size() - 1)};
    path.field = field;
    summary.paths.push_back(path);
  }
  lock(at(0, 0), LockAction::acquire, "spin", FieldId{inner});
  summary.locks.back().lock = PathId{2};
  lock(at(0, 1), LockAction::release, "spin", FieldId{1});
  summary.locks.back().lock = PathId{1};
  const Atomic atomic = find();
  EXPECT_TRUE(atomic.sections[0].balanced);
  EXPECT_EQ(atomic.sections[0].lock, "s.a");
}

TEST_F(AtomicTest, OneOperationOnEitherOfTwoObjectsIsOneSection) {
  block({});
  summary.paths.resize(2);
  for (const u32 path : {0u, 1u}) {
    lock(at(0, 0), LockAction::acquire);
    summary.locks.back().lock = PathId{path};
  }
  lock(at(0, 1), LockAction::release);
  summary.locks.back().lock = PathId{1};
  const Atomic atomic = find();
  ASSERT_EQ(atomic.sections.size(), 1u);
  EXPECT_TRUE(atomic.sections[0].balanced);
}

TEST_F(AtomicTest, WithoutControlFlowTheWholeFunctionIsInside) {
  share_all();
  lock(no_row, LockAction::acquire);
  access(no_row, AccessKind::read, FieldId{1});
  lock(no_row, LockAction::release);
  const u64 before = warning_count();
  EXPECT_THAT(fields(find()), ElementsAre("s.a fetch"));
  EXPECT_EQ(warning_count(), before + 1);
}

TEST_F(AtomicTest, ACalleesFieldsAreInside) {
  block({});
  share_all();
  const FunctionId callee = add_function("g", Side::driver);
  access(no_row, AccessKind::write, FieldId{2}, callee);
  lock(at(0, 0), LockAction::acquire);
  Call call;
  call.caller = f;
  call.callee = callee;
  call.instruction = at(0, 1);
  summary.calls.push_back(call);
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
  lock(at(0, 1), LockAction::atomic, "spin", FieldId{1});
  access(at(0, 1), AccessKind::update, FieldId{1});
  access(at(0, 0), AccessKind::update, FieldId{2});
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
    pruned.bodies = {};
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
    for (Block& block : pruned.bodies.blocks) std::erase(block.successors, 0u);
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
} // namespace ks

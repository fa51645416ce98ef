// SPDX-License-Identifier: MIT
// Claims about arguments that another argument tells what they are, each on a program of a few rows.

#include "ks-sync/commands.hpp"

#include "ks-shared/made_shared.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ks::sync {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A function of the driver's that takes a number and a pointer to nothing in particular.
struct CommandsTest : testing::Test {
  MadeShared p;
  TypeId number = p.integer("unsigned long", 8);
  TypeId untyped = p.pointer(none<TypeId>);
  TypeId a = p.record("struct a", {{"x", number}});
  TypeId b = p.record("struct b", {{"y", number}});
  TypeId around_a = p.record("struct around", {{"a", a}, {"z", number}});
  FieldId x = p.field(a, 0);
  FieldId y = p.field(b, 0);
  FieldId z = p.field(around_a, 1);
  TypeId handler = p.function_type({{"op", number}, {"data", untyped}});
  FunctionId handle = p.function("handle", Side::driver, handler);
  PathId op = p.argument(handle, 0, number);
  PathId data = p.argument(handle, 1, untyped);

  static Guard when(PathId argument, std::vector<u64> values, bool unless = false,
                    u64 mask = ~u64{0}) {
    return {argument, mask, std::move(values), unless};
  }
  void reads(PathId pointer, TypeId structure, FieldId field, std::vector<Guard> commands = {}) {
    p.access(AccessKind::read, p.member(p.dereference(pointer, structure), field)).commands =
        std::move(commands);
  }
  Access& reads_bytes(u64 size, std::vector<Guard> commands = {}) {
    Access& access = p.access(AccessKind::read, p.dereference(data));
    access.size = size;
    access.commands = std::move(commands);
    return access;
  }
  // Passes its own arguments on.
  FunctionId helper(std::vector<Guard> commands = {}, PathId first = none<PathId>,
                    Side side = Side::driver) {
    const FunctionId to = p.function("helper", side, handler);
    p.call(handle, to, {first == none<PathId> ? op : first, data});
    p.summary.arguments.back().commands = std::move(commands);
    return to;
  }

  // "a 1,2", "number of 4 bytes !1": what is there, and for which values of op.
  std::vector<std::string> commands() {
    const View program(p.pruned);
    const Layout layout(p.pruned.summary, p.shared);
    std::vector<std::string> found;
    for (const Command& one : Commands(program, layout).of(std::span(&handle, 1), 1)) {
      std::string text = one.kind == ArmKind::object    ? layout.tag(one.structure)
                         : one.kind == ArmKind::scalars ? std::to_string(one.bytes) + " bytes"
                                                        : "cookie";
      text += one.is_lost ? " lost" : "";
      text += one.range.unless ? " !" : " ";
      for (const u64 value : one.range.values)
        text += (text.back() == ' ' || text.back() == '!' ? "" : ",") + std::to_string(value);
      found.push_back(text);
    }
    return found;
  }
};

TEST_F(CommandsTest, StructsAreThereForTheValuesForWhichCodeUsesThem) {
  reads(data, a, x, {when(op, {1})});
  reads(data, b, y, {when(op, {2, 3})});
  EXPECT_THAT(commands(), ElementsAre("a 1", "b 2,3", "cookie !1,2,3"));
}

TEST_F(CommandsTest, OneStructIsANumberForOtherValues) {
  reads(data, a, x, {when(op, {1})});
  EXPECT_THAT(commands(), ElementsAre("a 1", "cookie !1"));
}

TEST_F(CommandsTest, WhatIsUsedWithoutAskingIsNoCommand) {
  reads(data, a, x);
  EXPECT_THAT(commands(), IsEmpty());
}

TEST_F(CommandsTest, AStructThatBeginsWithWhatIsUsedWithoutAskingStandsForIt) {
  reads(data, a, x);
  reads(data, around_a, z, {when(op, {5})});
  EXPECT_THAT(commands(), ElementsAre("around 5", "a !5"));
}

TEST_F(CommandsTest, TwoStructsForOneValueAreLost) {
  reads(data, a, x, {when(op, {1, 2})});
  reads(data, b, y, {when(op, {2})});
  EXPECT_THAT(commands(), ElementsAre("a 1", "cookie lost 2", "cookie !1,2"));
}

TEST_F(CommandsTest, ScalarsAreAsLargeAsWhatIsRead) {
  reads_bytes(4, {when(op, {1})});
  reads_bytes(8, {when(op, {2})});
  EXPECT_THAT(commands(), ElementsAre("4 bytes 1", "8 bytes 2", "cookie !1,2"));
}

TEST_F(CommandsTest, APointerInMemoryWithoutAStructIsLost) {
  reads(data, a, x, {when(op, {1})});
  reads_bytes(8, {when(op, {2})}).as_pointer = true;
  EXPECT_THAT(commands(), ElementsAre("a 1", "cookie lost 2", "cookie !1,2"));
}

TEST_F(CommandsTest, ACopyOfWhatHasPointersInItIsLost) {
  const TypeId with_pointer = p.record("struct with_pointer", {{"p", untyped}});
  const PathId flat = p.dereference(p.argument(handle, 2), a);
  const PathId other = p.dereference(p.argument(handle, 3), with_pointer);
  const auto copies = [&](PathId to, u32 instruction, u64 value) {
    Access& read = reads_bytes(8, {when(op, {value})});
    read.source = AccessSource::memory_intrinsic;
    read.instruction = instruction;
    p.access(AccessKind::write, to, instruction).source = AccessSource::memory_intrinsic;
  };
  copies(flat, 1, 1);
  copies(other, 2, 2);
  EXPECT_THAT(commands(), ElementsAre("8 bytes 1", "cookie lost 2", "cookie !1,2"));
}

TEST_F(CommandsTest, ANumberMayBeAnAddress) {
  p.summary.functions[row(handle)].type = p.function_type({{"op", number}, {"arg", number}});
  p.summary.paths[row(data)].type = number;
  reads(data, a, x, {when(op, {1})});
  EXPECT_THAT(commands(), ElementsAre("a 1", "cookie !1"));
}

TEST_F(CommandsTest, WhatAHelperKnowsItsCallerKnows) {
  const FunctionId to = helper({when(op, {9}, true)});
  reads(p.argument(to, 1, untyped), a, x, {when(p.argument(to, 0, number), {1, 9})});
  EXPECT_THAT(commands(), ElementsAre("a 1", "cookie !1"));
}

TEST_F(CommandsTest, AConstantThatIsPassedSelectsTheUse) {
  const PathId one = p.root(handle, StepKind::integer, 0);
  p.summary.paths.back().integer = 1;
  const FunctionId to = helper({when(op, {40})}, one);
  const PathId theirs = p.argument(to, 1, untyped), tag = p.argument(to, 0, number);
  reads(theirs, a, x, {when(tag, {1})});
  reads(theirs, b, y, {when(tag, {2})});
  EXPECT_THAT(commands(), ElementsAre("a 40", "cookie !40"));
}

TEST_F(CommandsTest, ABoundaryIsNoEndOfWhatIsHandedOn) {
  const FunctionId to = helper({}, none<PathId>, Side::kernel);
  reads(p.argument(to, 1, untyped), a, x, {when(p.argument(to, 0, number), {1})});
  EXPECT_THAT(commands(), ElementsAre("a 1", "cookie !1"));
}

TEST_F(CommandsTest, ATypedParameterSaysWhatIsThere) {
  const FunctionId to = p.function("typed", Side::driver, p.function_type({{"b", p.pointer(b)}}));
  p.call(handle, to, {data});
  p.summary.arguments.back().commands = {when(op, {3})};
  EXPECT_THAT(commands(), ElementsAre("b 3", "cookie !3"));
}

TEST_F(CommandsTest, WhoPassesItOnToItselfEnds) {
  reads(data, a, x, {when(op, {1})});
  p.call(handle, handle, {op, data});
  EXPECT_THAT(commands(), ElementsAre("a 1", "cookie !1"));
}

TEST_F(CommandsTest, OfTwoNumbersTheOneThatTellsIsTheCommand) {
  handler = p.function_type({{"op", number}, {"data", untyped}, {"size", number}});
  p.summary.functions[row(handle)].type = handler;
  const PathId size = p.argument(handle, 2, number);
  reads(data, a, x, {when(size, {8}), when(op, {1})});
  reads(data, b, y, {when(size, {8}), when(op, {2})});
  EXPECT_THAT(commands(), ElementsAre("a 1", "b 2", "cookie !1,2"));
}

TEST_F(CommandsTest, LocalsAreThoseOfTheCallsThatPassTheCommand) {
  reads(data, a, x, {when(op, {1})});
  reads(data, b, y, {when(op, {2})});
  const FunctionId caller = p.function("caller", Side::kernel);
  const auto constant = [&](u64 value) {
    const PathId path = p.root(caller, StepKind::integer, 0);
    p.summary.paths.back().integer = value;
    return path;
  };
  const auto local = [&] { return p.address(p.root(caller, StepKind::local, 0, a)); };
  p.call(caller, handle, {constant(1), local()});
  p.call(caller, handle, {constant(1), constant(0)});
  p.call(caller, handle, {constant(2), p.argument(caller, 0, untyped)});
  const View program(p.pruned);
  const Layout layout(p.pruned.summary, p.shared);
  Commands found(program, layout);
  const std::vector<Command> all = found.of(std::span(&handle, 1), 1);
  const std::vector<u32> calls = found.calls_of(handle, true);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(calls.size(), 3U);
  EXPECT_TRUE(found.are_local(calls, 1, all[0]));
  EXPECT_FALSE(found.are_local(calls, 1, all[1]));
  EXPECT_TRUE(found.is_local_among(calls, 1, all[0]));
  EXPECT_FALSE(found.is_local_among(calls, 1, all[1]));
}

TEST_F(CommandsTest, NumbersAreWhatCallsPassThatIsNoPointer) {
  reads(data, a, x, {when(op, {1})});
  const FunctionId caller = p.function("caller", Side::driver);
  const auto constant = [&](u64 value) {
    const PathId path = p.root(caller, StepKind::integer, 0);
    p.summary.paths.back().integer = value;
    return path;
  };
  p.call(caller, handle, {constant(1), none<PathId>});
  p.call(caller, handle, {constant(2), constant(0x10000)});
  p.call(caller, handle, {constant(3), constant(1)});
  p.call(caller, handle, {constant(4), none<PathId>});
  p.call(caller, handle, {constant(5), p.address(p.root(caller, StepKind::local, 0, a))});
  const View program(p.pruned);
  const Layout layout(p.pruned.summary, p.shared);
  Commands found(program, layout);
  const std::vector<Command> all = found.of(std::span(&handle, 1), 1);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_THAT(found.numbers_among(found.calls_of(handle, false), 1, all[1]), ElementsAre(2, 4));
}

} // namespace
} // namespace ks::sync

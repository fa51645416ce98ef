// SPDX-License-Identifier: MIT
// Claims about pointers that one side makes and one side follows, each on a program of a few rows.

#include "ks-idl/infer.hpp"
#include "ks-prune/made_pruned.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ks::idl {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// struct holder { void *held, *copy; }, which a function of the kernel's takes, and an op of the driver's.
struct FollowedTest : testing::Test {
  MadePruned p;
  TypeId byte = p.integer("u8", 1);
  TypeId untyped = p.pointer(none<TypeId>);
  TypeId holder = p.record("struct holder", {{"held", untyped}, {"copy", untyped}});
  TypeId holder_pointer = p.pointer(holder);
  FieldId held = p.field(holder, 0);
  FieldId copy = p.field(holder, 1);
  TypeId handler = p.function_type({{"holder", holder_pointer}}, untyped);
  FunctionId taker = p.function("taker", Side::kernel, handler);
  FunctionId op = p.function("op", Side::driver, handler);
  PathId object = p.dereference(p.argument(taker, 0, holder_pointer), holder);

  PathId bytes(PathId pointer) { return p.dereference(pointer, byte); }
  PathId moved(PathId pointer) {
    return p.address(p.step(bytes(pointer), StepKind::element, byte));
  }
  void returns(FunctionId function, PathId path) {
    Return made;
    made.function = function;
    made.path = path;
    p.summary.returns.push_back(made);
  }
  PathId result(FunctionId caller, FunctionId callee) {
    return p.root(caller, StepKind::call_result, row(p.call(caller, callee)), untyped);
  }
  Followed in(bool domain) {
    const View view(p.pruned);
    return find_followed(view, TypeTable(view), domain);
  }
};

TEST_F(FollowedTest, WhatAHelperReturnsAfterArithmeticIsFollowed) {
  const FunctionId helper = p.function("helper", Side::kernel, handler);
  const PathId inner = p.dereference(p.argument(helper, 0, holder_pointer), holder);
  returns(helper, moved(p.member(inner, held)));
  p.access(AccessKind::write, bytes(result(taker, helper)));
  EXPECT_THAT(in(false).fields, ElementsAre("holder.held"));
  EXPECT_THAT(in(false).written, ElementsAre("holder.held"));
  EXPECT_THAT(in(true).fields, IsEmpty());
}

TEST_F(FollowedTest, APointerThatIsStoredAgainIsFollowedWhereTheCopyIs) {
  p.access(AccessKind::write, p.member(object, copy)).value = p.member(object, held);
  p.access(AccessKind::read, bytes(p.member(object, copy)));
  EXPECT_THAT(in(false).fields, ElementsAre("holder.copy", "holder.held"));
  EXPECT_THAT(in(false).written, IsEmpty());
}

TEST_F(FollowedTest, WhatIsSeenAsAStructIsNoPlainMemory) {
  p.access(AccessKind::read, p.member(p.dereference(p.member(object, held), holder), copy));
  EXPECT_THAT(in(false).fields, IsEmpty());
}

TEST_F(FollowedTest, WhatTheOtherSideHasGivenIsNotMade) {
  const PathId mine = p.dereference(p.argument(op, 0, holder_pointer), holder);
  p.access(AccessKind::write, p.member(mine, copy)).value = p.member(mine, held);
  EXPECT_THAT(in(true).made, IsEmpty());
  EXPECT_THAT(in(true).stored, ElementsAre("holder.copy"));
}

TEST_F(FollowedTest, WhatIsNotKnownIsMade) {
  const PathId mine = p.dereference(p.argument(op, 0, holder_pointer), holder);
  p.access(AccessKind::write, p.member(mine, held));
  p.access(AccessKind::write, p.member(mine, copy)).value = p.member(mine, held);
  EXPECT_THAT(in(true).made, ElementsAre("holder.copy", "holder.held"));
  EXPECT_THAT(in(false).made, IsEmpty());
}

TEST_F(FollowedTest, ResultsOfTheDriversThatTheKernelFollows) {
  returns(op, p.root(op, StepKind::allocation, 0, untyped));
  p.access(AccessKind::read, bytes(result(taker, op)));
  EXPECT_THAT(in(false).results, ElementsAre(op));
  EXPECT_THAT(in(true).made_results, ElementsAre(op));
}

} // namespace
} // namespace ks::idl

// SPDX-License-Identifier: MIT
// Claims about members that are several things, each on a program of a few rows.

#include "ks-sync/tags.hpp"

#include "ks-shared/made_shared.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ks::sync {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// struct req { u64 kind; void *data; }, which a function of the kernel's takes.
struct TagsTest : testing::Test {
  MadeShared p;
  TypeId number = p.integer();
  TypeId untyped = p.pointer(none<TypeId>);
  TypeId a = p.record("struct a", {{"x", number}});
  TypeId b = p.record("struct b", {{"y", number}});
  TypeId req = p.record("struct req", {{"kind", number}, {"data", untyped}});
  TypeId req_pointer = p.pointer(req);
  FieldId kind = p.field(req, 0);
  FieldId data = p.field(req, 1);
  FieldId x = p.field(a, 0);
  FieldId y = p.field(b, 0);
  FunctionId taker = p.function("taker", Side::kernel, p.function_type({{"req", req_pointer}}));
  PathId object = p.dereference(p.argument(taker, 0, req_pointer), req);
  PathId tag = p.member(object, kind);
  PathId value = p.member(object, data);

  void reads(PathId place, Guard guard = {}) { p.access(AccessKind::read, place).guard = guard; }
  PathId behind(TypeId structure, FieldId field) {
    return p.member(p.dereference(value, structure), field);
  }
  Guard when(std::vector<u64> values, bool unless = false, u64 mask = ~u64{0}) const {
    return {tag, mask, std::move(values), unless};
  }

  // "a 1,2", "b !1": what is there, and for which values.
  std::vector<std::string> arms() {
    const View program(p.pruned);
    const Layout layout(p.pruned.summary, p.shared);
    std::vector<std::string> found;
    for (const SyncArm& arm : find_arms(program, layout)) {
      std::string text = arm.kind == ArmKind::object   ? layout.tag(arm.structure)
                         : arm.kind == ArmKind::number ? "number"
                         : arm.kind == ArmKind::cookie ? "cookie"
                                                       : "scalars";
      text += arm.unless ? " !" : " ";
      for (const u64 one : arm.values)
        text += (text.back() == ' ' || text.back() == '!' ? "" : ",") + std::to_string(one);
      found.push_back(text);
    }
    return found;
  }
};

TEST_F(TagsTest, StructsAreThereForTheValuesForWhichCodeUsesThem) {
  reads(behind(a, x), when({1}));
  reads(behind(a, x), when({3}));
  reads(behind(b, y), when({2}));
  EXPECT_THAT(arms(), ElementsAre("a 1,3", "b 2"));
}

TEST_F(TagsTest, WhatIsUsedWithoutAskingIsThereForAllOtherValues) {
  reads(behind(a, x), when({1}));
  reads(behind(b, y));
  EXPECT_THAT(arms(), ElementsAre("a 1", "b !1"));
}

TEST_F(TagsTest, ANumberIsWhatIsLeft) {
  reads(behind(a, x), when({1}));
  reads(value); // as a number: LLVM loads none of a pointer
  EXPECT_THAT(arms(), ElementsAre("a 1", "number !1"));
}

TEST_F(TagsTest, APointerUsedWithoutAskingIsThereUnlessTheNumberIs) {
  reads(behind(a, x));
  reads(value, when({4}));
  EXPECT_THAT(arms(), ElementsAre("a !4", "number 4"));
}

TEST_F(TagsTest, APointerThatIsOnlyHandedOnIsWhatIsLeft) {
  reads(behind(a, x), when({1}));
  reads(behind(b, y), when({2}));
  p.access(AccessKind::read, value).as_pointer = true;
  EXPECT_THAT(arms(), ElementsAre("a 1", "b 2", "cookie !1,2"));
}

TEST_F(TagsTest, WhatAHelperTakesForScalarsIsScalars) {
  const TypeId helper_type = p.function_type({{"to", p.pointer(number)}});
  const FunctionId helper = p.function("helper", Side::kernel, helper_type);
  reads(behind(a, x), when({1}));
  p.call(taker, helper, {value});
  p.summary.calls.back().signature = helper_type;
  p.summary.arguments.back().guard = when({2});
  EXPECT_THAT(arms(), ElementsAre("a 1", "scalars 2"));
}

TEST_F(TagsTest, BitsOfASiblingTellToo) {
  reads(behind(a, x), when({4}, false, 4));
  reads(behind(b, y), when({4}, true, 4));
  EXPECT_THAT(arms(), ElementsAre("a 4", "b !4"));
}

TEST_F(TagsTest, StructsUsedForOneValueAreNotToldApart) {
  reads(behind(a, x), when({1, 2}));
  reads(behind(b, y), when({2}));
  EXPECT_THAT(arms(), IsEmpty());
}

TEST_F(TagsTest, TwoStructsUsedWithoutAskingAreNotToldApart) {
  reads(behind(a, x));
  reads(behind(b, y));
  EXPECT_THAT(arms(), IsEmpty());
}

TEST_F(TagsTest, OneStructNeedsNoTag) {
  reads(behind(a, x), when({1}));
  EXPECT_THAT(arms(), IsEmpty());
}

} // namespace
} // namespace ks::sync

// SPDX-License-Identifier: MIT
// Claims about sync sets, each on a program of a few rows.

#include "ks-sync/sync.hpp"

#include "ks-shared/made_shared.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace ks::sync {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// What find_sync() says about one crossing's arguments and result: "dev->a:in,out" in order.
std::vector<std::string> leaves(const Sync& sync, CrossingId crossing) {
  std::vector<std::string> names;
  for (const SyncField& field : sync.fields) {
    if (field.crossing != crossing || sync.paths[row(field.path)].root == RootKind::handle)
      continue;
    std::string name = sync.paths[row(field.path)].name + ":";
    name += field.in ? "in" : "";
    name += field.in && field.out ? "," : "";
    names.push_back(name + (field.out ? "out" : ""));
  }
  return names;
}

// What crosses in whatever object it is: "dev.a:in", by field.
std::vector<std::string> unreached(const Sync& sync, CrossingId crossing) {
  std::vector<std::string> names;
  for (const SyncUnreached& one : sync.unreached) {
    if (one.crossing != crossing) continue;
    const char* const fields[] = {"dev.a", "dev.b", "dev.next"}; // the fixture's, in order
    std::string name = row(one.field) < 3 ? fields[row(one.field)] : "another";
    name += one.in && one.out ? ":in,out" : one.in ? ":in" : ":out";
    names.push_back(name);
  }
  return names;
}

SyncRoot root_of(const Sync& sync, CrossingId crossing, u32 index) {
  for (const SyncRoot& root : sync.roots)
    if (root.crossing == crossing && root.root == RootKind::argument && root.index == index)
      return root;
  return {};
}

// struct dev { int a; int b; struct dev *next; }, a handler of the driver, an import.
struct SyncTest : testing::Test {
  MadeShared p;
  TypeId number = p.integer();
  TypeId dev_pointer = p.pointer(TypeId{2});
  TypeId dev = p.record("struct dev", {{"a", number}, {"b", number}, {"next", dev_pointer}});
  FieldId a = p.field(dev, 0);
  FieldId b = p.field(dev, 1);
  FieldId next = p.field(dev, 2);
  TypeId takes_dev = p.function_type({{"dev", dev_pointer}});
  FunctionId handler = p.function("handler", Side::driver, takes_dev);
  FunctionId import = p.function("import", Side::kernel, takes_dev);
  PathId object = p.dereference(p.argument(handler, 0, dev_pointer), dev);
  PathId kernel_object = p.dereference(p.argument(import, 0, dev_pointer), dev);

  Sync sync() { return find_sync(p.pruned, p.shared); }
};

TEST_F(SyncTest, WhatAHandlerReadsComesIn) {
  p.share(a, "rW");
  p.share(b, "rwR"); // the driver's own value
  p.access(AccessKind::read, p.member(object, a));
  p.access(AccessKind::read, p.member(object, b));
  const CrossingId crossing = p.crossing(CrossingKind::ops, handler);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("dev->a:in"));
}

TEST_F(SyncTest, WhatNoCodeWritesIsSetInAStaticObjectOfTheKernels) {
  p.share(a, "rR");
  p.share(b, "irR"); // in one of the driver's, or of the kernel's
  p.access(AccessKind::read, p.member(object, a));
  p.access(AccessKind::read, p.member(object, b));
  const CrossingId crossing = p.crossing(CrossingKind::ops, handler);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("dev->a:in", "dev->b:in"));
}

TEST_F(SyncTest, WhatAHandlerWritesGoesOut) {
  p.share(a, "wR");
  p.share(b, "wRW");
  p.access(AccessKind::write, p.member(object, a));
  p.access(AccessKind::write, p.member(object, b));
  const CrossingId crossing = p.crossing(CrossingKind::ops, handler);
  // A write of a value that equals a stale one must not be taken for no write at all.
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("dev->a:out", "dev->b:in,out"));
}

TEST_F(SyncTest, WhatAnArgumentLeadsToGoesToTheKernelUnlessItIsOverwrittenForCertain) {
  const TypeId pointer = p.pointer(number);
  const FunctionId property =
      p.function("property", Side::kernel, p.function_type({{"value", pointer}}));
  const PathId value = p.dereference(p.argument(property, 0, pointer), number);
  const auto written = p.summary.accesses.size();
  p.access(AccessKind::write, value);
  const CrossingId crossing = p.crossing(CrossingKind::import, property);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("*value:in,out"));
  p.summary.accesses[written].must = true;
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("*value:out"));
  p.access(AccessKind::write, p.step(value, StepKind::element, number)); // if there is a second one
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("*value:in,out"));
}

TEST_F(SyncTest, AFieldThatIsOverwrittenFirstIsNotRead) {
  p.block(handler, {"store", "load", "ret"}, {});
  p.share(a, "rwRW");
  p.shared.fields[0].kernel_writes = false;
  const PathId path = p.member(object, a);
  p.access(AccessKind::write, path, 0).must = true;
  p.access(AccessKind::read, path, 1);
  const CrossingId crossing = p.crossing(CrossingKind::ops, handler);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("dev->a:out"));
}

TEST_F(SyncTest, ACalleesPlacesAreGraftedOntoTheCallersPaths) {
  const FunctionId helper = p.function("helper", Side::driver, takes_dev);
  const PathId inner = p.dereference(p.argument(helper, 0, dev_pointer), dev);
  p.access(AccessKind::read, p.member(inner, a));
  p.call(handler, helper, {PathId{0}});
  p.share(a, "rW");
  const CrossingId crossing = p.crossing(CrossingKind::ops, handler);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("dev->a:in"));
}

TEST_F(SyncTest, WhatIsTakenForAWholeIsInAnyObjectOfThat) {
  const TypeId part = p.record("struct part", {{"x", number}});
  const TypeId part_pointer = p.pointer(part);
  const FunctionId takes_part =
      p.function("takes_part", Side::driver, p.function_type({{"p", part_pointer}}));
  const PathId pointer = p.argument(takes_part, 0, part_pointer);
  p.access(AccessKind::read, p.member(p.dereference(pointer, dev), a));
  p.access(AccessKind::read, p.member(p.dereference(pointer, part), p.field(part, 0)));
  p.share(a, "rW");
  p.share(p.field(part, 0), "rW");
  const CrossingId crossing = p.crossing(CrossingKind::callback, takes_part);
  EXPECT_THAT(unreached(sync(), crossing), ElementsAre("dev.a:in"));
}

TEST_F(SyncTest, AMemberArrayWithoutALengthIsAFieldLikeOthers) {
  const TypeId list = p.record("struct list", {{"count", number}, {"items", p.array(number, 0)}});
  const FieldId items = p.bits(list, 128, 0, "list.items", p.array(number, 0));
  const TypeId list_pointer = p.pointer(list);
  const FunctionId fill =
      p.function("fill", Side::driver, p.function_type({{"list", list_pointer}}));
  p.access(AccessKind::read,
           p.member(p.dereference(p.argument(fill, 0, list_pointer), list), items));
  p.share(items, "rW");
  const CrossingId crossing = p.crossing(CrossingKind::callback, fill);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("list->items:in"));
}

TEST_F(SyncTest, WhatAPointerInALocalLeadsToIsAnyObject) {
  const PathId entry = p.root(handler, StepKind::local, 0, dev_pointer);
  p.access(AccessKind::read, p.member(p.dereference(entry, dev), a));
  p.share(a, "rW");
  const CrossingId crossing = p.crossing(CrossingKind::ops, handler);
  EXPECT_THAT(unreached(sync(), crossing), ElementsAre("dev.a:in"));
}

TEST_F(SyncTest, AResultOfALocalCalleeIsFollowed) {
  const FunctionId get = p.function("get", Side::driver, takes_dev);
  p.summary.returns.push_back({get, p.argument(get, 0, dev_pointer), 0, false});
  const CallId call = p.call(handler, get, {PathId{0}});
  const PathId result = p.root(handler, StepKind::call_result, row(call), dev_pointer);
  p.access(AccessKind::read, p.member(p.dereference(result, dev), a));
  p.share(a, "rW");
  const CrossingId crossing = p.crossing(CrossingKind::ops, handler);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("dev->a:in"));
}

TEST_F(SyncTest, AnEmbeddedStructurePassedByAddressIsFollowed) {
  const TypeId part = p.record("struct part", {{"x", number}});
  const TypeId whole = p.record("struct whole", {{"first", number}, {"part", part}});
  const FieldId in_whole = p.field(whole, 1);
  const FieldId x = p.field(part, 0);
  const TypeId whole_pointer = p.pointer(whole);
  const TypeId part_pointer = p.pointer(part);
  const FunctionId outer =
      p.function("outer", Side::driver, p.function_type({{"w", whole_pointer}}));
  const FunctionId inner =
      p.function("inner", Side::driver, p.function_type({{"p", part_pointer}}));
  const PathId place =
      p.member(p.dereference(p.argument(outer, 0, whole_pointer), whole), in_whole);
  p.call(outer, inner, {p.address(place)});
  p.access(AccessKind::read, p.member(p.dereference(p.argument(inner, 0, part_pointer), part), x));
  p.share(x, "rW");
  const CrossingId crossing = p.crossing(CrossingKind::callback, outer);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("w->part.x:in"));
}

TEST_F(SyncTest, APointerOnTheWayIsKeptInStep) {
  p.share(a, "rW");
  p.share(next, "rRW");
  const TypeId box_pointer = p.pointer(TypeId{static_cast<u32>(p.summary.types.size()) + 1});
  const TypeId box = p.record("struct box", {{"dev", dev_pointer}});
  const FieldId held = p.field(box, 0);
  p.share(held, "wR");
  const FunctionId opened =
      p.function("opened", Side::driver, p.function_type({{"box", box_pointer}}));
  const PathId place = p.member(p.dereference(p.argument(opened, 0, box_pointer), box), held);
  p.access(AccessKind::read, p.member(p.dereference(place, dev), a));
  const CrossingId crossing = p.crossing(CrossingKind::callback, opened);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("box->dev:in", "box->dev->a:in"));
}

TEST_F(SyncTest, TwoObjectsOfOneStructureOnAPathAreTwo) {
  p.share(next, "rW");
  p.share(a, "rW");
  const PathId second = p.dereference(p.member(object, next), dev);
  p.access(AccessKind::read, p.member(object, next));
  p.access(AccessKind::read, p.member(second, a));
  const CrossingId crossing = p.crossing(CrossingKind::ops, handler);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("dev->next:in", "dev->next->a:in"));
}

TEST_F(SyncTest, WhatStandsForAllFurtherObjectsIsInAnyOfThem) {
  p.share(a, "rW");
  const PathId second = p.dereference(p.member(object, next), dev);
  const PathId third = p.dereference(p.member(second, next), dev);
  p.summary.paths[row(third)].folded = second;
  p.access(AccessKind::read, p.member(third, a));
  const CrossingId crossing = p.crossing(CrossingKind::ops, handler);
  EXPECT_THAT(leaves(sync(), crossing), IsEmpty());
  EXPECT_THAT(unreached(sync(), crossing), ElementsAre("dev.a:in"));
}

TEST_F(SyncTest, ANestedCrossingSynchronisesStructuresForItself) {
  p.share(a, "rwRW");
  p.call(handler, import, {PathId{0}});
  p.access(AccessKind::write, p.member(kernel_object, a));
  const CrossingId in = p.crossing(CrossingKind::import, import);
  const CrossingId out = p.crossing(CrossingKind::ops, handler);
  const Sync result = sync();
  EXPECT_THAT(leaves(result, in), ElementsAre("dev->a:in,out"));
  EXPECT_THAT(leaves(result, out), IsEmpty());
  EXPECT_TRUE(root_of(result, out, 0).identity);
}

TEST_F(SyncTest, ANestedCrossingWritesIntoTheHandlersObject) {
  const TypeId number_pointer = p.pointer(number);
  const FunctionId fill =
      p.function("fill", Side::kernel, p.function_type({{"value", number_pointer}}));
  p.access(AccessKind::write, p.dereference(p.argument(fill, 0, number_pointer), number));
  p.call(handler, fill, {p.address(p.member(object, a))});
  p.share(a, "rR");
  const CrossingId crossing = p.crossing(CrossingKind::ops, handler);
  const CrossingId nested = p.crossing(CrossingKind::import, fill);
  const Sync result = sync();
  EXPECT_THAT(leaves(result, crossing), ElementsAre("dev->a:out"));
  EXPECT_THAT(leaves(result, nested), ElementsAre("*value:in,out"));
}

TEST_F(SyncTest, AnImportSendsWhatItReadsAndReturnsWhatItWrites) {
  const FunctionId deeper = p.function("deeper", Side::kernel, takes_dev);
  const PathId inner = p.dereference(p.argument(deeper, 0, dev_pointer), dev);
  p.access(AccessKind::read, p.member(inner, a));
  p.access(AccessKind::write, p.member(inner, b));
  p.call(import, deeper, {PathId{2}});
  p.share(a, "wR");
  p.share(b, "rW");
  const CrossingId crossing = p.crossing(CrossingKind::import, import);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("dev->a:in", "dev->b:out"));
}

TEST_F(SyncTest, WhatACallbackDoesIsNotTheImports) {
  p.access(AccessKind::write, p.member(object, b));
  p.call(import, handler, {PathId{2}});
  p.share(b, "wR");
  const CrossingId crossing = p.crossing(CrossingKind::import, import);
  EXPECT_THAT(leaves(sync(), crossing), IsEmpty());
}

TEST_F(SyncTest, WhatAPeerDoesItDoesToOtherObjects) {
  const FunctionId peer = p.function("peer", Side::kernel, takes_dev);
  const PathId inner = p.dereference(p.argument(peer, 0, dev_pointer), dev);
  p.access(AccessKind::write, p.member(inner, b));
  const CallId call = p.call(import, none<FunctionId>, {PathId{2}});
  p.boundary.targets.push_back({call, peer, TargetSource::static_initializer});
  p.share(b, "rW");
  const CrossingId crossing = p.crossing(CrossingKind::import, import);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("dev->b:out"));
  p.boundary.peers = {peer};
  EXPECT_THAT(leaves(sync(), crossing), IsEmpty());
}

TEST_F(SyncTest, AStaticObjectIsSentAsAWholeWhenItIsHandedOver) {
  const GlobalId ops = p.global("ops", dev);
  p.summary.globals[row(ops)].defined = true;
  p.initialize(ops, a, ValueKind::integer).integer = 1;
  p.share(a, "iR"); // read by the kernel some other time
  const CrossingId crossing = p.crossing(CrossingKind::import, import);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("dev->a:in"));
}

TEST_F(SyncTest, AnUnknownCalleeMayTouchAllThatTheKernelTouches) {
  p.summary.functions[row(import)].defined = false;
  p.share(a, "wR");
  p.share(b, "rW");
  const CrossingId crossing = p.crossing(CrossingKind::import, import);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("dev->a:in", "dev->b:out"));
}

TEST_F(SyncTest, FreeingIsFollowedThroughCallsThatPassTheObjectOn) {
  const FunctionId release = p.function("release", Side::kernel, takes_dev);
  const PathId freed = p.dereference(p.argument(release, 0, dev_pointer), dev);
  p.access(AccessKind::free, freed);
  p.call(import, release, {PathId{2}});
  const CrossingId crossing = p.crossing(CrossingKind::import, import);
  EXPECT_TRUE(root_of(sync(), crossing, 0).freed);
}

TEST_F(SyncTest, WhatTheCallerThenReturnsSaysWhetherItWasFreed) {
  const FunctionId release = p.function("release", Side::kernel, takes_dev);
  p.access(AccessKind::free, p.dereference(p.argument(release, 0, dev_pointer), dev));
  const CallId call = p.call(import, release, {PathId{2}});
  p.summary.calls[row(call)].outcome = Outcome::nonzero;
  const CrossingId crossing = p.crossing(CrossingKind::import, import);
  EXPECT_EQ(root_of(sync(), crossing, 0).freed_if, Outcome::nonzero);
  p.summary.calls[row(p.call(import, release, {PathId{2}}))].outcome = Outcome::zero;
  EXPECT_EQ(root_of(sync(), crossing, 0).freed_if, Outcome::any);
}

TEST_F(SyncTest, FreeingFromAPlaceInsideFreesTheObject) {
  p.access(AccessKind::free, p.member(kernel_object, a));
  const CrossingId crossing = p.crossing(CrossingKind::import, import);
  EXPECT_TRUE(root_of(sync(), crossing, 0).freed);
}

TEST_F(SyncTest, FreeingWhatAMemberPointsToIsNotFreeingIt) {
  const PathId member = p.member(kernel_object, next);
  p.access(AccessKind::free, p.dereference(member, dev));
  const CrossingId crossing = p.crossing(CrossingKind::import, import);
  EXPECT_FALSE(root_of(sync(), crossing, 0).freed);
}

TEST_F(SyncTest, AnObjectAllocatedByTheCallingFunctionIsFresh) {
  const FunctionId maker = p.function("maker", Side::kernel, p.function_type({}, dev_pointer));
  const CallId call =
      p.call(maker, none<FunctionId>, {p.root(maker, StepKind::allocation, 0, dev_pointer)});
  p.boundary.targets.push_back({call, handler, TargetSource::argument});
  p.summary.returns.push_back({maker, p.summary.arguments.back().path, 0, false});
  p.summary.returns.push_back({maker, none<PathId>, 0, true});
  const CrossingId setup = p.crossing(CrossingKind::callback, handler);
  const CrossingId made = p.crossing(CrossingKind::import, maker);
  const Sync result = sync();
  EXPECT_TRUE(root_of(result, setup, 0).fresh);
  // By the time it is returned, the driver has seen it.
  EXPECT_EQ(result.roots.back().crossing, made);
  EXPECT_FALSE(result.roots.back().fresh);
}

TEST_F(SyncTest, AResultThatWasJustAllocatedIsFresh) {
  const FunctionId maker = p.function("maker", Side::kernel, p.function_type({}, dev_pointer));
  p.summary.returns.push_back(
      {maker, p.root(maker, StepKind::allocation, 0, dev_pointer), 0, false});
  p.crossing(CrossingKind::import, maker);
  EXPECT_TRUE(sync().roots.back().fresh);
}

TEST_F(SyncTest, NothingComesBackOfAnObjectThatIsFreed) {
  p.share(a, "rwRW");
  p.access(AccessKind::write, p.member(kernel_object, a));
  p.access(AccessKind::free, kernel_object);
  const CrossingId crossing = p.crossing(CrossingKind::import, import);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("dev->a:in"));
}

TEST_F(SyncTest, StateThatIsNotCopiedNeedsTheSameObject) {
  p.access(AccessKind::write, p.member(object, a)); // no kernel code knows the field
  const CrossingId crossing = p.crossing(CrossingKind::ops, handler);
  p.share(b, "rR");
  EXPECT_TRUE(root_of(sync(), crossing, 0).identity);
}

TEST_F(SyncTest, PerCpuMemoryCrossesAndWhatLiesThereByClass) {
  const FunctionId allocate = p.function("__alloc_percpu", Side::library);
  const CallId call = p.call(handler, allocate, {});
  const PathId memory = p.root(handler, StepKind::allocation, row(call), dev_pointer);
  p.access(AccessKind::write, p.member(object, next)).value = memory;
  p.access(AccessKind::write, p.member(p.dereference(p.member(object, next), dev), a));
  p.share(a, "wR");
  p.share(next, "wRW");
  const CrossingId crossing = p.crossing(CrossingKind::ops, handler);
  const u64 before = warning_count();
  const Sync result = sync();
  EXPECT_THAT(leaves(result, crossing), ElementsAre("dev->next:in,out"));
  EXPECT_THAT(unreached(result, crossing), ElementsAre("dev.a:out"));
  ASSERT_EQ(result.per_cpu.size(), 1u);
  EXPECT_EQ(result.per_cpu[0].pointer, next);
  EXPECT_EQ(warning_count(), before);
}

TEST_F(SyncTest, PerCpuMemoryOfTheKernelIsPerCpuMemory) {
  const FunctionId allocate = p.function("__alloc_percpu", Side::kernel);
  const CallId call = p.call(import, allocate, {});
  const PathId memory = p.root(import, StepKind::allocation, row(call), dev_pointer);
  p.access(AccessKind::write, p.member(kernel_object, next)).value = memory;
  p.share(next, "rW");
  p.crossing(CrossingKind::import, import);
  EXPECT_EQ(sync().per_cpu.size(), 1u);
}

TEST_F(SyncTest, PerCpuMemoryThatIsNoStructureIsLeftOut) {
  const TypeId numbers = p.pointer(number);
  const TypeId box = p.record("struct box", {{"numbers", numbers}});
  const FieldId field = p.field(box, 0);
  const TypeId box_pointer = p.pointer(box);
  const FunctionId fill = p.function("fill", Side::driver, p.function_type({{"box", box_pointer}}));
  const CallId call = p.call(fill, p.function("__alloc_percpu", Side::library), {});
  const PathId memory = p.root(fill, StepKind::allocation, row(call), numbers);
  p.access(AccessKind::write, p.member(p.dereference(p.argument(fill, 0, box_pointer), box), field))
      .value = memory;
  p.share(field, "wR");
  const CrossingId crossing = p.crossing(CrossingKind::ops, fill);
  const u64 before = warning_count();
  EXPECT_THAT(leaves(sync(), crossing), IsEmpty());
  EXPECT_EQ(warning_count(), before + 1);
}

TEST_F(SyncTest, AnArgumentMayBeOneProcessorsPerCpuMemory) {
  const FunctionId allocate = p.function("__alloc_percpu", Side::library);
  const CallId call = p.call(handler, allocate, {});
  p.call(handler, import, {p.root(handler, StepKind::allocation, row(call), dev_pointer)});
  const CrossingId crossing = p.crossing(CrossingKind::import, import);
  const u64 before = warning_count();
  EXPECT_FALSE(root_of(sync(), crossing, 0).per_cpu);
  EXPECT_EQ(warning_count(), before + 1);
}

TEST_F(SyncTest, ABufferOfWhichNothingIsKnownIsCopiedBothWays) {
  const TypeId number_pointer = p.pointer(number);
  const FunctionId fill =
      p.function("fill", Side::kernel, p.function_type({{"value", number_pointer}}));
  const CrossingId crossing = p.crossing(CrossingKind::import, fill);
  p.summary.unknowns.push_back({.function = fill});
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("*value:in,out"));
}

TEST_F(SyncTest, ABufferThatNoCalleeLooksAtDoesNotCross) {
  const FunctionId ignore =
      p.function("ignore", Side::kernel, p.function_type({{"value", p.pointer(number)}}));
  EXPECT_THAT(leaves(sync(), p.crossing(CrossingKind::import, ignore)), IsEmpty());
}

TEST_F(SyncTest, AnObjectPassedWithoutATypeIsACookie) {
  const TypeId untyped = p.pointer(none<TypeId>);
  const FunctionId keep = p.function("keep", Side::kernel, p.function_type({{"data", untyped}}));
  p.call(handler, keep, {PathId{0}});
  const CrossingId crossing = p.crossing(CrossingKind::import, keep);
  const Sync result = sync();
  EXPECT_THAT(leaves(result, crossing), IsEmpty());
  EXPECT_TRUE(root_of(result, crossing, 0).identity);
}

TEST_F(SyncTest, WhatTheKernelOnlyHandsBackItDoesNotFollow) {
  const TypeId untyped = p.pointer(none<TypeId>);
  const TypeId takes_data = p.function_type({{"data", untyped}});
  const FunctionId each = p.function("each", Side::driver, takes_data);
  const FunctionId walk = p.function("walk", Side::kernel, takes_data);
  const CallId calls = p.call(walk, none<FunctionId>, {p.argument(walk, 0, untyped)});
  p.summary.calls[row(calls)].target = p.argument(walk, 1, p.pointer(takes_data));
  p.boundary.targets = {{calls, each, TargetSource::argument}};
  p.access(AccessKind::read, p.member(p.dereference(p.argument(each, 0, untyped), dev), a));
  p.share(a, "rW");
  const CrossingId crossing = p.crossing(CrossingKind::callback, each);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("data->a:in")) << "an object of the kernel's";
  p.call(handler, walk, {PathId{0}});
  EXPECT_THAT(leaves(sync(), crossing), IsEmpty());
  EXPECT_THAT(unreached(sync(), crossing), ElementsAre("dev.a:in"));
  p.summary.calls[row(calls)].target = none<PathId>;
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("data->a:in"))
      << "what was stored is called with what the kernel has, too";
}

TEST_F(SyncTest, AnObjectThatOneCallerDidNotAllocateIsNotFresh) {
  const FunctionId maker = p.function("maker", Side::kernel);
  const CallId first =
      p.call(maker, none<FunctionId>, {p.root(maker, StepKind::allocation, 0, dev_pointer)});
  const CallId second = p.call(import, none<FunctionId>, {PathId{2}});
  p.boundary.targets = {{first, handler, TargetSource::argument},
                        {second, handler, TargetSource::argument}};
  const CrossingId setup = p.crossing(CrossingKind::callback, handler);
  EXPECT_FALSE(root_of(sync(), setup, 0).fresh);
}

TEST_F(SyncTest, ALocalVariableHasNoIdentity) {
  p.call(handler, import, {p.address(p.root(handler, StepKind::local, 0, dev))});
  const CrossingId crossing = p.crossing(CrossingKind::import, import);
  const SyncRoot root = root_of(sync(), crossing, 0);
  EXPECT_TRUE(root.caller_local);
  EXPECT_FALSE(root.identity);
}

TEST_F(SyncTest, ALocalVariableThatTheKernelTellsApartByAPartOfItHasAnIdentity) {
  p.call(handler, import, {p.address(p.root(handler, StepKind::local, 0, dev))});
  p.access(AccessKind::compare, p.address(p.member(kernel_object, a)));
  const CrossingId crossing = p.crossing(CrossingKind::import, import);
  const SyncRoot root = root_of(sync(), crossing, 0);
  EXPECT_TRUE(root.caller_local);
  EXPECT_TRUE(root.identity);
}

TEST_F(SyncTest, AFieldOfAnObjectThatNoArgumentReachesIsUnreached) {
  const PathId root = p.root(handler, StepKind::global, 0, dev);
  p.access(AccessKind::read, p.member(root, a));
  p.share(a, "rW");
  const CrossingId crossing = p.crossing(CrossingKind::ops, handler);
  const Sync result = sync();
  EXPECT_THAT(leaves(result, crossing), IsEmpty());
  ASSERT_EQ(result.unreached.size(), 1u);
  EXPECT_EQ(result.unreached[0].field, a);
  EXPECT_TRUE(result.unreached[0].in);
  EXPECT_EQ(result.unreached[0].why, Unreached::elsewhere);
}

TEST_F(SyncTest, AFieldOfAVariableThatTheLibraryHasIsReached) {
  const GlobalId mask = p.global("mask", dev);
  const PathId root = p.variable(handler, mask, dev);
  p.access(AccessKind::read, p.member(root, a));
  p.share(a, "rW");
  p.crossing(CrossingKind::ops, handler);
  EXPECT_EQ(sync().unreached.size(), 1u);
  p.import_global(mask, GlobalUse::library);
  EXPECT_THAT(sync().unreached, IsEmpty());
}

TEST_F(SyncTest, AnObjectOnTheHandlersStackIsItsOwn) {
  p.access(AccessKind::write, p.member(p.root(handler, StepKind::local, 0, dev), a));
  p.share(a, "wR");
  p.crossing(CrossingKind::ops, handler);
  EXPECT_THAT(sync().unreached, IsEmpty());
}

TEST_F(SyncTest, AnUnknownPlaceMayBeAnyObjectOfItsStructure) {
  p.share(a, "rW");
  p.share(b, "rW");
  p.access(AccessKind::read, p.member(object, b));
  p.access(AccessKind::read, p.member(object, a)).path = none<PathId>;
  const CrossingId crossing = p.crossing(CrossingKind::ops, handler);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("dev->b:in"));
  EXPECT_THAT(unreached(sync(), crossing), ElementsAre("dev.a:in"));
  EXPECT_EQ(sync().unreached[0].why, Unreached::lost);
}

TEST_F(SyncTest, OfSeveralReasonsTheFirstOneIsKept) {
  p.share(a, "rW");
  p.access(AccessKind::read, p.member(p.root(handler, StepKind::global, 0, dev), a));
  p.access(AccessKind::read, p.member(object, a)).path = none<PathId>;
  p.crossing(CrossingKind::ops, handler);
  const Sync result = sync();
  ASSERT_EQ(result.unreached.size(), 1u);
  EXPECT_EQ(result.unreached[0].why, Unreached::lost);
}

// struct part { int x; }, struct whole { int first; struct part part; }, and functions that get a part.
struct ContainerTest : SyncTest {
  TypeId part = p.record("struct part", {{"x", number}});
  TypeId whole = p.record("struct whole", {{"first", number}, {"part", part}});
  TypeId part_pointer = p.pointer(part);
  TypeId takes_part = p.function_type({{"part", part_pointer}});
  FunctionId use = p.function("use", Side::kernel, takes_part);
  FunctionId inner = p.function("inner", Side::kernel, takes_part);
  CrossingId uses = p.crossing(CrossingKind::import, use);

  PathId argument(FunctionId function) { return p.argument(function, 0, part_pointer); }
  // container_of(argument, struct whole, part)
  PathId around(FunctionId function, PathId pointer, i64 offset = -8) {
    const PathId object = p.dereference(pointer, part);
    const PathId cast = p.root(function, StepKind::cast, 0, whole);
    Path& made = p.summary.paths[row(cast)];
    made.parent = object;
    made.integer = static_cast<u64>(offset);
    return cast;
  }
};

TEST_F(ContainerTest, WhatAnArgumentIsTakenForAPartOfIsKnown) {
  around(use, argument(use));
  const SyncRoot root = root_of(sync(), uses, 0);
  EXPECT_EQ(root.container, whole);
  EXPECT_EQ(root.container_offset, 8u);
}

TEST_F(ContainerTest, SoItIsIfACalleeDoes) {
  around(inner, argument(inner));
  p.call(use, inner, {argument(use)});
  EXPECT_EQ(root_of(sync(), uses, 0).container, whole);
}

TEST_F(ContainerTest, OfTwoPlacesNeitherIsKnown) {
  const PathId pointer = argument(use);
  around(use, pointer);
  around(use, pointer, -4);
  EXPECT_EQ(root_of(sync(), uses, 0).container, none<TypeId>);
}

// Trees go by the pointer's type: what lies around that is in none.
TEST_F(ContainerTest, WhatALoadedPointerIsTakenForAPartOfComesAtFirstSight) {
  const TypeId wider = p.record("struct wider", {{"part", part}, {"more", number}});
  const TypeId holder = p.record("struct holder", {{"held", part_pointer}});
  const FieldId first = p.field(whole, 0), more = p.field(wider, 1), held = p.field(holder, 0);
  const PathId pointer =
      p.member(p.dereference(p.argument(use, 0, p.pointer(holder)), holder), held);
  p.share(first, "wR");
  p.share(more, "wR");
  const auto at_first_sight = [&] {
    std::vector<FieldId> fields;
    for (const SyncUnreached& one : sync().unreached)
      if (one.crossing == none<CrossingId> && one.in) fields.push_back(one.field);
    return fields;
  };
  EXPECT_THAT(at_first_sight(), IsEmpty());
  p.access(AccessKind::read, p.member(around(use, pointer), first));
  EXPECT_THAT(at_first_sight(), ElementsAre(first));
  p.access(AccessKind::read, p.member(p.dereference(pointer, wider), more));
  EXPECT_THAT(at_first_sight(), ElementsAre(first, more));
}

// Each round would be further before the argument than the last one.
TEST_F(ContainerTest, ARecursionThatGoesOutwardsComesToAnEnd) {
  const PathId own = argument(use);
  const PathId other = argument(inner);
  p.call(use, inner, {p.address(around(use, own))});
  p.call(inner, use, {p.address(around(inner, other))});
  EXPECT_EQ(root_of(sync(), uses, 0).container, whole);
}

// A struct node whose field next points to the part of another one.
struct WholeTest : SyncTest {
  TypeId link = p.record("struct link", {{"next", p.pointer(number)}});
  TypeId next_type = p.pointer(link);
  TypeId node = p.record("struct node", {{"v", number}, {"link", link}});
  TypeId hub = p.record("struct hub", {{"n", number}, {"first", next_type}, {"last", next_type}});
  FieldId first = p.field(hub, 1), last = p.field(hub, 2);
  FunctionId walk = p.function("walk", Side::driver, p.function_type({{"h", p.pointer(hub)}}));

  // container_of(h->first, struct node, link), so many bytes before the link
  void look(i64 before) {
    const PathId object = p.dereference(p.argument(walk, 0, p.pointer(hub)), hub);
    look_from(p.dereference(p.member(object, first), link), before);
  }
  void look_from(PathId pointed, i64 before) {
    const PathId cast = p.root(walk, StepKind::cast, 0, node);
    Path& made = p.summary.paths[row(cast)];
    made.parent = pointed;
    made.integer = static_cast<u64>(-before);
  }
};

TEST_F(WholeTest, WhatAFieldsPointerLeadsIntoIsKnownWithItsHolder) {
  p.share(p.field(node, 0), "rW");
  look(8);
  const std::vector<SyncWhole> wholes = sync().wholes;
  ASSERT_EQ(wholes.size(), 2u); // what first leads into, last does, too
  EXPECT_THAT((std::set{wholes[0].pointer, wholes[1].pointer}), ElementsAre(first, last));
  EXPECT_EQ(wholes[0].structure, node);
  EXPECT_EQ(wholes[0].offset, 8u);
}

TEST_F(WholeTest, EntriesOfATableAreToldByTheFieldThatHasItOrLeadsToIt) {
  p.share(p.field(node, 0), "rW");
  const TypeId list = p.record("struct list", {{"table", p.pointer(next_type)},
                                               {"own", p.array(next_type, 2)},
                                               {"number", p.pointer(number)}});
  const FieldId table = p.field(list, 0), own = p.field(list, 1), other = p.field(list, 2);
  const PathId object = p.dereference(p.argument(walk, 0, p.pointer(list)), list);
  const PathId behind = p.dereference(p.member(object, table), next_type);
  const PathId inside = p.member(object, own);
  const PathId no_table = p.dereference(p.member(object, other), number);
  for (const PathId entries : {behind, inside, no_table})
    look_from(p.dereference(p.step(entries, StepKind::element, next_type), link), 8);
  const std::vector<SyncWhole> wholes = sync().wholes;
  ASSERT_EQ(wholes.size(), 2u);
  EXPECT_EQ(wholes[0].pointer, table);
  EXPECT_EQ(wholes[1].pointer, own);
  EXPECT_EQ(wholes[1].structure, node);
}

TEST_F(WholeTest, OfWhatOnlyOneSideTouchesThePartWillDo) {
  look(8);
  EXPECT_TRUE(sync().wholes.empty());
}

TEST_F(WholeTest, ACastToTheSamePlaceOrFartherThanTheWholeSaysNothing) {
  p.share(p.field(node, 0), "rW");
  look(0);
  look(4096);
  EXPECT_TRUE(sync().wholes.empty());
}

// struct slot { void *held; }, which the handler fills and the import looks behind.
struct PointeeTest : SyncTest {
  TypeId untyped = p.pointer(none<TypeId>);
  TypeId slot = p.record("struct slot", {{"held", untyped}});
  FieldId held = p.field(slot, 0);
  TypeId slot_pointer = p.pointer(slot);
  FunctionId look = p.function("look", Side::kernel, p.function_type({{"s", slot_pointer}}));
  FunctionId fill = p.function("fill", Side::driver, p.function_type({{"s", slot_pointer}}));

  PathId held_in(FunctionId function) {
    return p.member(p.dereference(p.argument(function, 0, slot_pointer), slot), held);
  }
  void look_behind_as(TypeId type) { p.dereference(held_in(look), type); }
  std::vector<SyncPointee> pointees() {
    p.share(held, "wR");
    return sync().pointees;
  }
};

TEST_F(PointeeTest, AnUntypedMemberPointsToWhatTheOtherSideSeesThere) {
  look_behind_as(dev);
  ASSERT_EQ(pointees().size(), 1u);
  EXPECT_EQ(sync().pointees[0].pointer, held);
  EXPECT_EQ(sync().pointees[0].structure, dev);
}

TEST_F(PointeeTest, WhatIsSeenAsTwoStructuresOrAsNoneIsNotKnown) {
  look_behind_as(dev);
  look_behind_as(slot);
  EXPECT_THAT(pointees(), IsEmpty());
}

TEST_F(PointeeTest, BytesBehindAnUntypedMemberAreNoStructure) {
  look_behind_as(dev);
  look_behind_as(number);
  EXPECT_THAT(pointees(), IsEmpty());
}

TEST_F(PointeeTest, AnotherStructureThatIsStoredThereSpeaksAgainstIt) {
  look_behind_as(dev);
  p.access(AccessKind::write, held_in(fill));
  p.summary.accesses.back().value = p.argument(fill, 0, slot_pointer);
  EXPECT_THAT(pointees(), IsEmpty());
}

TEST_F(PointeeTest, WhatOnlyTheSideSeesThatStoresItIsItsOwn) {
  p.dereference(held_in(fill), dev);
  EXPECT_THAT(pointees(), IsEmpty());
}

TEST_F(PointeeTest, AConstantThatIsStoredThereSpeaksAgainstAPointer) {
  look_behind_as(dev);
  p.access(AccessKind::write, held_in(fill));
  const PathId constant = p.root(fill, StepKind::integer, 0);
  p.summary.paths[row(constant)].integer = 5;
  p.summary.accesses.back().value = constant;
  EXPECT_THAT(pointees(), IsEmpty());
}

// struct word { unsigned long held; }, likewise.
struct NumberTest : SyncTest {
  TypeId wide = p.integer("unsigned long", 8);
  TypeId word = p.record("struct word", {{"held", wide}});
  FieldId held = p.field(word, 0);
  TypeId word_pointer = p.pointer(word);
  FunctionId look = p.function("look", Side::kernel, p.function_type({{"w", word_pointer}}));
  FunctionId fill = p.function("fill", Side::driver, p.function_type({{"w", word_pointer}}));

  PathId held_in(FunctionId function) {
    return p.member(p.dereference(p.argument(function, 0, word_pointer), word), held);
  }
  void store(PathId value) {
    p.access(AccessKind::write, held_in(fill));
    p.summary.accesses.back().value = value;
  }
  std::vector<SyncPointee> pointees() {
    p.share(held, "wR");
    p.dereference(held_in(look), dev);
    return sync().pointees;
  }
};

TEST_F(NumberTest, ANumberThatHoldsAddressesOfOneStructureIsAPointer) {
  store(p.argument(fill, 0, dev_pointer));
  EXPECT_EQ(pointees().size(), 1u);
}

TEST_F(NumberTest, ANumberInWhichAnythingElseIsStoredIsNone) {
  store(p.argument(fill, 0, dev_pointer));
  store(none<PathId>);
  EXPECT_THAT(pointees(), IsEmpty());
}

// The import's argument is a struct dev by its type; the driver passes the address of another struct.
struct ViewTest : SyncTest {
  TypeId general = p.record("struct general", {{"family", number}, {"data", number}});
  TypeId special = p.record("struct special", {{"kind", number}, {"port", number}});
  TypeId with_pointer = p.record("struct with_pointer", {{"kind", number}, {"p", dev_pointer}});
  FunctionId get = p.function("get", Side::kernel, p.function_type({{"s", p.pointer(general)}}));
  CrossingId gets = p.crossing(CrossingKind::import, get);

  void pass(TypeId type) {
    p.call(handler, get, {p.address(p.root(handler, StepKind::local, 0, type))});
  }
};

TEST_F(ViewTest, MemoryThatIsTwoStructuresCrossesAsBytes) {
  pass(special);
  EXPECT_EQ(root_of(sync(), gets, 0).bytes, 16u);
  EXPECT_TRUE(root_of(sync(), gets, 0).touched);
  EXPECT_THAT(leaves(sync(), gets), ElementsAre("*s:in,out"));
}

TEST_F(ViewTest, PointersDoNotCrossAsBytes) {
  pass(with_pointer);
  EXPECT_EQ(root_of(sync(), gets, 0).bytes, 0u);
}

TEST_F(ViewTest, OneStructureIsAnObject) {
  pass(general);
  EXPECT_EQ(root_of(sync(), gets, 0).bytes, 0u);
}

// A handler with two accesses round a call of the import, and an object that a variable names.
struct SegmentTest : SyncTest {
  FunctionId kick = p.function("kick", Side::kernel, p.function_type({}));
  CrossingId kicks = p.crossing(CrossingKind::import, kick);
  PathId listed =
      p.dereference(p.variable(handler, p.global("list", dev_pointer), dev_pointer), dev);

  void body() {
    p.block(handler, {"store", "call", "load", "call", "load", "ret"}, {});
    p.access(AccessKind::write, p.member(object, a), 0);
    p.summary.calls[row(p.call(handler, kick, {}))].instruction = 1;
    p.access(AccessKind::read, p.member(listed, b), 2);
    p.share(a, "wR");
    p.share(b, "rW");
  }
};

TEST_F(SegmentTest, WhatWasWrittenBeforeACallGoesAlongWhateverItPasses) {
  body();
  const Sync result = sync();
  EXPECT_THAT(unreached(result, kicks), testing::Contains("dev.a:in"));
  EXPECT_EQ(result.unreached[0].why, Unreached::meanwhile);
}

TEST_F(SegmentTest, WhatIsReadAfterACallComesBackWhateverItPassed) {
  body();
  EXPECT_THAT(unreached(sync(), kicks), testing::Contains("dev.b:out"));
}

TEST_F(SegmentTest, AnotherCrossingInBetweenHasSeenToIt) {
  body();
  const FunctionId other = p.function("other", Side::kernel, p.function_type({}));
  const CrossingId crossing = p.crossing(CrossingKind::import, other);
  p.summary.calls[row(p.call(handler, other, {}))].instruction = 3;
  p.access(AccessKind::read, p.member(listed, next), 4);
  p.share(next, "rW");
  EXPECT_THAT(unreached(sync(), crossing), ElementsAre("dev.next:out"));
}

TEST_F(SegmentTest, WhatAPointerFirstShowsComesAlongWheneverItWasWritten) {
  p.block(handler, {"store", "call", "ret"}, {});
  p.access(AccessKind::write, p.member(object, next), 0);
  p.summary.calls[row(p.call(handler, kick, {}))].instruction = 1;
  p.share(next, "wR");
  p.share(a, "iR");
  p.share(b, "rW");
  EXPECT_THAT(unreached(sync(), kicks), ElementsAre("dev.next:in"));
  EXPECT_THAT(unreached(sync(), none<CrossingId>), ElementsAre("dev.a:in", "dev.next:in"));
}

TEST_F(SegmentTest, WhatCallersWroteAndWillReadCountsToo) {
  const FunctionId helper = p.function("helper", Side::driver, p.function_type({}));
  p.block(handler, {"store", "call", "load", "ret"}, {});
  p.access(AccessKind::write, p.member(object, a), 0);
  p.summary.calls[row(p.call(handler, helper, {}))].instruction = 1;
  p.access(AccessKind::read, p.member(listed, b), 2);
  p.block(helper, {"call", "ret"}, {});
  p.summary.calls[row(p.call(helper, kick, {}))].instruction = 4;
  p.share(a, "wR");
  p.share(b, "rW");
  EXPECT_THAT(unreached(sync(), kicks), ElementsAre("dev.a:in", "dev.b:out"));
}

TEST_F(SegmentTest, WhatItsCalleesInsideTheDomainDoCountsToo) {
  const FunctionId helper = p.function("helper", Side::driver, takes_dev);
  const PathId inner = p.dereference(p.argument(helper, 0, dev_pointer), dev);
  p.block(handler, {"call", "call", "ret"}, {});
  p.summary.calls[row(p.call(handler, helper, {PathId{0}}))].instruction = 0;
  p.summary.calls[row(p.call(handler, kick, {}))].instruction = 1;
  p.access(AccessKind::write, p.member(inner, a));
  p.share(a, "wR");
  EXPECT_THAT(unreached(sync(), kicks), ElementsAre("dev.a:in"));
}

TEST_F(SegmentTest, WhatTheCallPassesIsInItsTreeAlready) {
  p.block(handler, {"store", "call", "load", "ret"}, {});
  p.access(AccessKind::write, p.member(object, a), 0);
  p.summary.calls[row(p.call(handler, import, {PathId{0}}))].instruction = 1;
  p.access(AccessKind::read, p.member(object, b), 2);
  p.access(AccessKind::read, p.member(kernel_object, a));
  p.access(AccessKind::write, p.member(kernel_object, b));
  p.share(a, "wR");
  p.share(b, "rW");
  const CrossingId crossing = p.crossing(CrossingKind::import, import);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("dev->a:in", "dev->b:out"));
  EXPECT_THAT(unreached(sync(), crossing), IsEmpty());
}

TEST_F(SyncTest, WhatAKernelFunctionTouchesBehindItsArgumentCrossesThereAlone) {
  const FunctionId inner = p.function("inner", Side::kernel, takes_dev);
  const PathId inner_object = p.dereference(p.argument(inner, 0, dev_pointer), dev);
  p.access(AccessKind::read, p.member(inner_object, a));
  p.call(import, inner, {p.argument(import, 0, dev_pointer)});
  p.share(a, "wR");
  p.call(handler, import, {PathId{0}});
  const CrossingId crossing = p.crossing(CrossingKind::import, import);
  EXPECT_THAT(leaves(sync(), crossing), ElementsAre("dev->a:in"));
  EXPECT_THAT(unreached(sync(), crossing), IsEmpty());
}

TEST_F(SyncTest, AnObjectOfTheSameStructureBehindTheArgumentsOwnIsAnother) {
  p.share(next, "rR");
  p.share(a, "wR");
  const PathId second = p.dereference(p.member(kernel_object, next), dev);
  p.access(AccessKind::read, p.member(kernel_object, next));
  p.access(AccessKind::read, p.member(second, a));
  p.call(handler, import, {PathId{0}});
  const CrossingId crossing = p.crossing(CrossingKind::import, import);
  EXPECT_THAT(leaves(sync(), crossing), testing::Contains("dev->next->a:in"));
}

TEST_F(SyncTest, NothingOfAnUnusedArgumentIsCopied) {
  p.share(a, "rwRW");
  const CrossingId crossing = p.crossing(CrossingKind::ops, handler);
  const Sync result = sync();
  EXPECT_THAT(leaves(result, crossing), IsEmpty());
  EXPECT_FALSE(root_of(result, crossing, 0).touched);
}

// Thirty structures, each with pointers to all: the tree below one of them has no end.
TEST_F(SyncTest, WhatATreeHasNoRoomForCrossesInAnyObject) {
  constexpr u32 count = 30;
  const u32 first = static_cast<u32>(p.summary.types.size());
  MadePruned::Named members{{"value", number}};
  for (u32 i = 0; i < count; ++i)
    members.emplace_back("p" + std::to_string(i), p.pointer(TypeId{first + count + i}));
  std::vector<FieldId> values;
  for (u32 i = 0; i < count; ++i) {
    const TypeId node = p.record("struct node" + std::to_string(i), members);
    for (u32 j = 0; j <= count; ++j) {
      p.share(p.field(node, j), "wR");
      if (j == 0) values.push_back(FieldId{static_cast<u32>(p.summary.fields.size() - 1)});
    }
  }
  const FunctionId far =
      p.function("far", Side::kernel, p.function_type({{"n", members[1].second}}));
  p.summary.functions[row(far)].defined = false; // it may read whatever kernel code reads
  const CrossingId crossing = p.crossing(CrossingKind::import, far);
  const u64 before = warning_count();
  const Sync found = sync();
  EXPECT_EQ(warning_count(), before + 1);
  ASSERT_EQ(found.caveats.size(), 1u);
  EXPECT_EQ(found.caveats[0].slug, "tree-too-large");
  EXPECT_EQ(found.caveats[0].crossing, crossing);
  for (const FieldId value : values) {
    EXPECT_TRUE(std::ranges::any_of(found.unreached, [&](const SyncUnreached& one) {
      return one.crossing == crossing && one.field == value && one.in;
    }));
  }
  EXPECT_TRUE(std::ranges::any_of(found.unreached, [&](const SyncUnreached& one) {
    return one.crossing == crossing && one.why == Unreached::cut;
  }));
}

} // namespace
} // namespace ks::sync

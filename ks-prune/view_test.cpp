// SPDX-License-Identifier: MIT
// Claims about the view of a pruned program: components against a slow twin, and each notion of
// which there are two beside the other.

#include "ks-prune/view.hpp"

#include "ks-prune/made_pruned.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <set>

namespace ks::prune {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Pairs = std::vector<std::pair<u32, u32>>;

TEST(Groups, MembersKeepTheirOrderAndNoGroupHasNone) {
  const Pairs pairs = {{1, 7}, {0, 5}, {1, 3}, {no_row, 9}, {1, 7}};
  const Groups groups(3, pairs);
  EXPECT_EQ(groups.size(), 3u);
  EXPECT_THAT(groups.of(0), ElementsAre(5));
  EXPECT_THAT(groups.of(1), ElementsAre(7, 3, 7));
  EXPECT_THAT(groups.of(2), IsEmpty());
  EXPECT_THAT(groups.of(no_row), IsEmpty());
}

Groups make_graph(std::mt19937& random, u32 nodes, u32 edges) {
  Pairs pairs;
  for (u32 i = 0; i < edges; ++i) {
    const u32 from = random() % nodes;
    pairs.emplace_back(from, random() % nodes);
  }
  return Groups(nodes, pairs);
}

std::vector<std::set<u32>> close(const Groups& graph) {
  std::vector<std::set<u32>> reached(graph.size());
  for (bool grew = true; grew;) {
    grew = false;
    for (u32 node = 0; node < graph.size(); ++node)
      for (const u32 next : graph.of(node)) {
        grew |= reached[node].insert(next).second;
        for (const u32 further : std::set<u32>(reached[next]))
          grew |= reached[node].insert(further).second;
      }
  }
  return reached;
}

TEST(Components, AreThoseOfMutualReach) {
  std::mt19937 random(1);
  for (u32 round = 0; round < 200; ++round) {
    const Groups graph = make_graph(random, 12, random() % 30);
    const auto reached = close(graph);
    std::vector<u32> position(graph.size());
    const auto components = find_components(graph);
    for (u32 i = 0; i < components.size(); ++i)
      for (const u32 node : components[i]) position[node] = i;
    for (u32 a = 0; a < graph.size(); ++a)
      for (u32 b = 0; b < graph.size(); ++b) {
        const bool mutual = a == b || (reached[a].contains(b) && reached[b].contains(a));
        EXPECT_EQ(position[a] == position[b], mutual);
        EXPECT_TRUE(!reached[a].contains(b) || position[b] <= position[a]);
      }
  }
}

// One function of each side.
struct ViewTest : testing::Test, MadePruned {
  FunctionId driver = function("driver", Side::driver);
  FunctionId kernel = function("kernel", Side::kernel);
  FunctionId library = function("library", Side::library);
  FunctionId cloned = function("cloned", Side::cloned);
};

TEST_F(ViewTest, ALibraryFunctionRunsInTheDomainButItsRowsAreNotTheDomains) {
  const View view(pruned);
  EXPECT_FALSE(view.in_domain(library));
  EXPECT_FALSE(view.in_kernel(library));
  EXPECT_THAT(view.runs_in_domain(), ElementsAre(true, false, true, true));
}

TEST_F(ViewTest, AClonedFunctionIsOnBothSidesButRunsInTheKernelOnlyIfCalledThere) {
  call(driver, cloned);
  EXPECT_TRUE(View(pruned).in_kernel(cloned));
  EXPECT_THAT(View(pruned).runs_in_kernel(Peers::counted), ElementsAre(false, true, false, false));
  call(kernel, cloned);
  call(cloned, library);
  EXPECT_THAT(View(pruned).runs_in_kernel(Peers::counted), ElementsAre(false, true, true, true));
}

TEST_F(ViewTest, WhatOnlyPeersCallDoesNotRunInTheKernelWithoutThem) {
  boundary.peers = {kernel};
  const CallId at = call(kernel, none<FunctionId>);
  boundary.targets = {{at, cloned, TargetSource::signature}};
  EXPECT_THAT(View(pruned).runs_in_kernel(Peers::counted), ElementsAre(false, true, false, true));
  EXPECT_THAT(View(pruned).runs_in_kernel(Peers::left_out),
              ElementsAre(false, false, false, false));
}

TEST_F(ViewTest, TargetsAreTheCalleeAndWhatWasResolvedRisingAndOnce) {
  const CallId first = call(driver, none<FunctionId>);
  const CallId second = call(driver, kernel);
  boundary.targets = {{first, cloned, TargetSource::argument},
                      {first, driver, TargetSource::signature},
                      {second, kernel, TargetSource::signature}};
  const View view(pruned);
  EXPECT_THAT(view.targets_of(first), ElementsAre(driver, cloned));
  EXPECT_THAT(view.targets_of(second), ElementsAre(kernel));
  EXPECT_THAT(view.calls_to(kernel), ElementsAre(row(second)));
  EXPECT_THAT(view.callees_in_domain().of(row(driver)), ElementsAre(row(driver), row(cloned)));
}

TEST_F(ViewTest, APeerIsACalleeOfPeersOnly) {
  const FunctionId peer = function("peer", Side::kernel);
  const FunctionId other = function("other", Side::kernel);
  call(kernel, peer);
  call(peer, other);
  boundary.peers = {peer, other};
  const Groups callees = View(pruned).callees_in_kernel();
  EXPECT_THAT(callees.of(row(kernel)), IsEmpty());
  EXPECT_THAT(callees.of(row(peer)), ElementsAre(row(other)));
}

TEST_F(ViewTest, TheFirstCrossingToAFunctionIsTheOneThatIsMeant) {
  const CrossingId first = crossing(CrossingKind::import, kernel);
  crossing(CrossingKind::named_only, kernel);
  EXPECT_EQ(View(pruned).crossing_of(kernel), first);
  EXPECT_EQ(View(pruned).crossing_of(driver), none<CrossingId>);
}

TEST(Types, AForwardDeclarationIsCompletedButStaysWhatItIsWithoutTypedefs) {
  MadePruned p;
  const TypeId declared = p.record("struct s", {});
  p.summary.types[row(declared)].complete = false;
  const TypeId other = p.record("struct t", {});
  p.summary.types[row(other)].complete = false;
  const TypeId defined = p.record("struct s", {{"a", p.integer()}});
  const TypeId named = p.type(TypeKind::typedef_, "s_t", 8, declared);
  const Types types(p.summary);
  EXPECT_EQ(types.strip(named), declared);
  EXPECT_EQ(types.complete(named), defined);
  EXPECT_EQ(types.complete(other), other);
  EXPECT_EQ(types.find("struct s"), defined);
  EXPECT_EQ(types.find("struct t"), other);
  EXPECT_EQ(types.find("struct u"), none<TypeId>);
  EXPECT_TRUE(types.is_structure(named));
  EXPECT_EQ(types.kind(none<TypeId>), TypeKind::void_);
}

TEST(Types, StructuresWithoutANameAreNotEachOther) {
  MadePruned p;
  const TypeId declared = p.record("", {});
  p.summary.types[row(declared)].complete = false;
  p.record("", {{"a", p.integer()}});
  EXPECT_EQ(Types(p.summary).complete(declared), declared);
}

TEST(Types, ATypedefOfItselfIsNothing) {
  MadePruned p;
  const TypeId one = p.type(TypeKind::typedef_, "one", 8, TypeId{1});
  p.type(TypeKind::typedef_, "other", 8, one);
  EXPECT_EQ(Types(p.summary).strip(one), none<TypeId>);
}

TEST(Overlaps, AreOfOneTypeOrOfOneName) {
  MadePruned p;
  const TypeId one = p.record("struct s", {});
  const TypeId other = p.record("struct s", {});
  p.bits(one, 0, 64, "s.whole");
  p.bits(one, 32, 32, "s.half");
  p.bits(one, 64, 32, "s.next");
  p.bits(other, 0, 32, "s.whole");
  p.bits(one, 0, 0, "s.empty");
  const Groups by_type = find_overlaps(p.summary, SameStructure::type);
  EXPECT_THAT(by_type.of(0), ElementsAre(0, 1));
  EXPECT_THAT(by_type.of(1), ElementsAre(0, 1));
  EXPECT_THAT(by_type.of(2), ElementsAre(2));
  EXPECT_THAT(by_type.of(3), ElementsAre(3));
  EXPECT_THAT(by_type.of(4), ElementsAre(4));
  const Groups by_name = find_overlaps(p.summary, SameStructure::name);
  EXPECT_THAT(by_name.of(0), ElementsAre(0, 1, 3));
  EXPECT_THAT(by_name.of(3), ElementsAre(0, 3));
}

} // namespace
} // namespace ks::prune

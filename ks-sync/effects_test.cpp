// SPDX-License-Identifier: MIT
// Effects against their slow twin, on random call graphs.

#include "ks-sync/effects.hpp"

#include "ks-shared/made_shared.hpp"

#include <gtest/gtest.h>

#include <random>
#include <set>

namespace ks::sync {
namespace {

std::vector<std::vector<u32>> make_graph(std::mt19937& random, u32 nodes, u32 edges) {
  std::vector<std::vector<u32>> graph(nodes);
  for (u32 i = 0; i < edges; ++i) graph[random() % nodes].push_back(random() % nodes);
  return graph;
}

struct RandomProgram {
  MadeShared p;
  std::vector<std::vector<u32>> calls;
  std::vector<std::set<u32>> reads;

  explicit RandomProgram(std::mt19937& random) {
    const u32 functions = 10;
    const TypeId number = p.integer();
    const TypeId record = p.record(
        "struct s", {{"a", number}, {"b", number}, {"c", number}, {"d", number}, {"e", number}});
    for (u32 i = 0; i < 5; ++i) p.share(p.field(record, i), "rwRW");
    calls = make_graph(random, functions, random() % 20);
    reads.resize(functions);
    for (u32 i = 0; i < functions; ++i)
      p.function("f" + std::to_string(i), random() % 4 == 0 ? Side::driver : Side::kernel);
    for (u32 i = 0; i < functions; ++i) {
      const PathId object = p.dereference(p.argument(FunctionId{i}, 0, none<TypeId>), record);
      for (u32 field = 0; field < 5; ++field) {
        if (random() % 4 != 0) continue;
        p.access(AccessKind::read, p.member(object, FieldId{field}));
        reads[i].insert(field);
      }
      for (const u32 callee : calls[i]) p.call(FunctionId{i}, FunctionId{callee}, {});
    }
  }

  bool is_kernel(u32 function) const {
    return p.pruned.boundary.placements[function].side == Side::kernel;
  }

  // By going round until nothing changes.
  std::vector<std::set<u32>> slow_reads() const {
    std::vector<std::set<u32>> all = reads;
    for (bool grew = true; grew;) {
      grew = false;
      for (u32 i = 0; i < calls.size(); ++i)
        for (const u32 callee : calls[i])
          if (is_kernel(i) && is_kernel(callee))
            for (const u32 field : std::set<u32>(all[callee])) grew |= all[i].insert(field).second;
    }
    return all;
  }
};

TEST(Effects, AreThoseOfTheSlowTwin) {
  std::mt19937 random(2);
  for (u32 round = 0; round < 200; ++round) {
    const RandomProgram made(random);
    const View program(made.p.pruned);
    const Layout layout(made.p.pruned.summary, made.p.shared);
    const auto effects = find_kernel_effects(program, layout);
    const auto expected = made.slow_reads();
    for (u32 i = 0; i < expected.size(); ++i) {
      if (!made.is_kernel(i)) continue;
      for (u32 field = 0; field < 5; ++field)
        EXPECT_EQ(effects[i].reads.has(field), expected[i].contains(field));
    }
  }
}

} // namespace
} // namespace ks::sync

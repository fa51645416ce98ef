// SPDX-License-Identifier: MIT
#include "ks-rt/inside/heap.h"

#include <cstdlib>
#include <cstring>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <vector>

namespace ks {
namespace {

struct Heap : testing::Test {
  static constexpr ks_u32 pages = 64;
  void* base = std::aligned_alloc(KS_HEAP_PAGE, pages* KS_HEAP_PAGE);
  Heap() { ks_heap_init(base, pages); }
  ~Heap() override { std::free(base); }
};

TEST_F(Heap, sizes_are_rounded_and_aligned) {
  for (std::size_t size : {1, 16, 17, 100, 512, 2047, 2048}) {
    void* memory = ks_heap_alloc(size);
    std::size_t got = ks_heap_size(memory);
    EXPECT_GE(got, size);
    EXPECT_LT(got, 2 * size + 16);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(memory) % got, 0u);
    ks_heap_free(memory);
  }
  void* memory = ks_heap_alloc(2049);
  EXPECT_EQ(ks_heap_size(memory), 4096u);
  ks_heap_free(memory);
  EXPECT_EQ(ks_heap_used(), 0u);
}

TEST_F(Heap, all_of_it_can_be_had_again) {
  for (int round = 0; round < 3; round++) {
    void* all = ks_heap_alloc(pages * KS_HEAP_PAGE);
    ASSERT_NE(all, nullptr);
    EXPECT_EQ(ks_heap_alloc(1), nullptr);
    ks_heap_free(all);
    std::vector<void*> small;
    while (void* memory = ks_heap_alloc(64)) small.push_back(memory);
    EXPECT_EQ(small.size(), pages * KS_HEAP_PAGE / 64);
    for (void* memory : small) ks_heap_free(memory);
  }
}

TEST_F(Heap, too_much_is_refused) {
  EXPECT_EQ(ks_heap_alloc(pages * KS_HEAP_PAGE + 1), nullptr);
  EXPECT_EQ(ks_heap_alloc(~std::size_t{0}), nullptr);
}

TEST_F(Heap, block_of_an_address_is_found) {
  std::size_t size = 0;
  char* small = static_cast<char*>(ks_heap_alloc(100));
  char* large = static_cast<char*>(ks_heap_alloc(3 * KS_HEAP_PAGE));
  EXPECT_EQ(ks_heap_block(small + 99, &size), small);
  EXPECT_EQ(size, 128u);
  EXPECT_EQ(ks_heap_block(large + 2 * KS_HEAP_PAGE + 5, &size), large);
  EXPECT_EQ(size, 3 * KS_HEAP_PAGE);
  ks_heap_free(large);
  EXPECT_EQ(ks_heap_block(large, &size), nullptr);
  EXPECT_EQ(ks_heap_block(&size, &size), nullptr);
  ks_heap_free(small);
}

TEST_F(Heap, what_is_not_allocated_is_not_freed) {
  int other = 0;
  char* memory = static_cast<char*>(ks_heap_alloc(100));
  char* run = static_cast<char*>(ks_heap_alloc(3 * KS_HEAP_PAGE));
  std::size_t used = ks_heap_used();
  ks_heap_free(nullptr);
  ks_heap_free(&other);
  ks_heap_free(memory + 8);
  ks_heap_free(run + 8);
  ks_heap_free(run + KS_HEAP_PAGE);
  EXPECT_EQ(ks_heap_used(), used);
  EXPECT_EQ(ks_heap_size(&other), 0u);
}

// Against a model: nothing overlaps, nothing changes but by its owner.
TEST_F(Heap, objects_keep_what_is_written) {
  std::mt19937 random(3);
  char* start = static_cast<char*>(base);
  std::map<std::size_t, std::pair<std::size_t, char>> live; // by offset
  for (int step = 0; step < 20000; step++) {
    if (live.empty() || random() % 2) {
      std::size_t size = random() % (random() % 8 ? 300 : 20000) + 1;
      auto* memory = static_cast<char*>(ks_heap_alloc(size));
      if (!memory) continue;
      char fill = static_cast<char>(random());
      std::memset(memory, fill, size);
      EXPECT_TRUE(live.emplace(memory - start, std::pair{size, fill}).second);
    } else {
      auto at = std::next(live.begin(), random() % live.size());
      for (std::size_t i = 0; i < at->second.first; i++)
        ASSERT_EQ(start[at->first + i], at->second.second);
      ks_heap_free(start + at->first);
      live.erase(at);
    }
  }
  for (auto& [at, rest] : live) ks_heap_free(start + at);
  EXPECT_EQ(ks_heap_used(), 0u);
}

TEST(PerCpu, offsets_are_aligned_apart_and_used_again) {
  ks_percpu_init(0x1f010, 8192);
  std::map<std::size_t, std::size_t> live;
  for (std::size_t align : {1, 8, 64, 1024, 4096}) {
    std::size_t at = ks_percpu_alloc(40, align);
    ASSERT_NE(at, 0u);
    EXPECT_EQ(at % align, 0u);
    live[at] = 48;
  }
  std::size_t end = 0;
  for (auto [at, size] : live) {
    EXPECT_GE(at, end);
    end = at + size;
  }
  for (auto [at, size] : live) EXPECT_EQ(ks_percpu_free(at), size);
  std::size_t all = ks_percpu_alloc(8192, 16);
  EXPECT_EQ(all, 0x1f010u);
  EXPECT_EQ(ks_percpu_alloc(1, 1), 0u);
  EXPECT_EQ(ks_percpu_free(all + 16), 0u);
  EXPECT_EQ(ks_percpu_free(5), 0u);
  EXPECT_EQ(ks_percpu_free(all), 8192u);
}

TEST(PerCpu, nonsense_is_refused) {
  ks_percpu_init(16, 4096);
  EXPECT_EQ(ks_percpu_alloc(0, 8), 0u);
  EXPECT_EQ(ks_percpu_alloc(8, 0), 0u);
  EXPECT_EQ(ks_percpu_alloc(8, 24), 0u);
  EXPECT_EQ(ks_percpu_alloc(8, 8192), 0u);
  EXPECT_EQ(ks_percpu_alloc(~std::size_t{0}, 8), 0u);
}

} // namespace
} // namespace ks

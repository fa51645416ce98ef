// SPDX-License-Identifier: MIT
#include "ks-pdg/tables.hpp"

#include <gtest/gtest.h>

namespace ks::pdg {
namespace {

TEST(Tables, ModelSaysWhatIsWrittenAndHowMuch) {
  const Tables tables{Known()};
  const Model* model = tables.find_model("memcpy");
  ASSERT_TRUE(model);
  ASSERT_EQ(model->effects.size(), 2u);
  EXPECT_EQ(model->effects[0].kind, AccessKind::write);
  EXPECT_EQ(model->effects[0].argument, 0u);
  EXPECT_EQ(model->effects[0].length, 2u);
  EXPECT_EQ(model->effects[1].kind, AccessKind::read);
  EXPECT_EQ(model->effects[1].argument, 1u);
  EXPECT_EQ(model->returns, 0u);
}

TEST(Tables, ModelKnowsFixedSizesFactorsAndTails) {
  const Tables tables{Known()};
  EXPECT_EQ(tables.find_model("copy_page")->effects[0].size, 4096u);
  EXPECT_EQ(tables.find_model("sort")->effects[0].length, 1u);
  EXPECT_EQ(tables.find_model("sort")->effects[0].count, 2u);
  const Effect tail = tables.find_model("sscanf")->effects[2];
  EXPECT_TRUE(tail.to_the_end);
  EXPECT_EQ(tail.kind, AccessKind::write);
  EXPECT_EQ(tail.length, no_row);
}

TEST(Tables, ModelKnowsWhatMayBeNull) {
  const Tables tables{Known()};
  const Effect copied = tables.find_model("kstrndup")->effects[0];
  EXPECT_TRUE(copied.bears_null);
  EXPECT_EQ(copied.argument, 0u);
  EXPECT_EQ(copied.length, 1u);
  EXPECT_FALSE(tables.find_model("strlen")->effects[0].bears_null);
}

TEST(Tables, WhatIsNotThereIsNotFound) {
  const Tables tables{Known()};
  EXPECT_EQ(tables.find_model("memcpy2"), nullptr);
  EXPECT_EQ(tables.find_model(""), nullptr);
  EXPECT_EQ(tables.find_lock("spin_lock_"), nullptr);
  EXPECT_EQ(tables.find_allocator("kmallo"), nullptr);
  EXPECT_EQ(tables.find_assembly("zzz"), nullptr);
}

TEST(Tables, LocksKnowTheirArgument) {
  const Tables tables{Known()};
  EXPECT_EQ(tables.find_lock("spin_lock")->argument, 0u);
  EXPECT_EQ(tables.find_lock("rtnl_lock")->argument, no_row);
  EXPECT_EQ(tables.find_lock("mutex_lock_interruptible")->action, LockAction::try_acquire);
  EXPECT_EQ(tables.find_lock("bit_spin_lock")->argument, 1u);
}

TEST(Tables, FreesKnowWhichArgument) {
  const Tables tables{Known()};
  EXPECT_EQ(tables.find_allocator("kmem_cache_free")->argument, 1u);
  EXPECT_EQ(tables.find_allocator("kfree")->action, AllocatorAction::free);
  EXPECT_EQ(tables.find_allocator("kmalloc")->action, AllocatorAction::allocate);
}

TEST(Tables, CpuOffsetsAreNoData) {
  const Tables tables{Known()};
  EXPECT_TRUE(tables.is_cpu_offset("__per_cpu_offset"));
  EXPECT_FALSE(tables.is_own_cpu_offset("__per_cpu_offset"));
  EXPECT_TRUE(tables.is_own_cpu_offset("this_cpu_off"));
  EXPECT_FALSE(tables.is_cpu_offset("jiffies"));
}

Tables tables_with(const std::string& text) {
  Known known;
  known.add("more", text);
  return Tables(known);
}

TEST(Tables, RowsThatAreAddedAreFoundAndTakeTheBuiltInOnesPlace) {
  const Tables tables = tables_with("[locks]\nfrob_lock\tacquire\tspin\t1\n"
                                    "spin_lock\ttry_acquire\tmutex\t2\n");
  EXPECT_EQ(tables.find_lock("frob_lock")->argument, 1u);
  EXPECT_EQ(tables.find_lock("spin_lock")->action, LockAction::try_acquire);
  EXPECT_EQ(tables.find_lock("spin_lock_bh")->action, LockAction::acquire);
}

TEST(Tables, RowsThatMakeNoSenseAreRefused) {
  for (const char* row :
       {"[models]\nfrob\tx0\t-\n", "[models]\nfrob\tr\t-\n", "[models]\nfrob\tr0/2*\t-\n",
        "[models]\nfrob\tr0 r1!\t-\n", "[allocators]\nfrob\tfree\t-\n",
        "[allocators]\nfrob\tallocate_percpu\t0\n", "[assembly]\nfrob\tread\tacquire\t-\t-\t-\t-\n",
        "[assembly]\nfrob\tread\t-\t-\t-\tget\t-\n", "[assembly]\nfrob\tread\t-\t-\tadd\t-\t-\n"}) {
    EXPECT_THROW(tables_with(row), Failure) << row;
  }
}

} // namespace
} // namespace ks::pdg

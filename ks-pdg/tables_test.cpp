// SPDX-License-Identifier: MIT
#include "ks-pdg/tables.hpp"

#include <gtest/gtest.h>

namespace ks {
namespace {

TEST(Tables, ModelSaysWhatIsWrittenAndHowMuch) {
  const std::optional<Model> model = find_model("memcpy");
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
  EXPECT_EQ(find_model("copy_page")->effects[0].size, 4096u);
  EXPECT_EQ(find_model("sort")->effects[0].length, 1u);
  EXPECT_EQ(find_model("sort")->effects[0].count, 2u);
  const Effect tail = find_model("sscanf")->effects[2];
  EXPECT_TRUE(tail.to_the_end);
  EXPECT_EQ(tail.kind, AccessKind::write);
  EXPECT_EQ(tail.length, no_row);
}

TEST(Tables, ModelKnowsWhatMayBeNull) {
  const Effect copied = find_model("kstrndup")->effects[0];
  EXPECT_TRUE(copied.bears_null);
  EXPECT_EQ(copied.argument, 0u);
  EXPECT_EQ(copied.length, 1u);
  EXPECT_FALSE(find_model("strlen")->effects[0].bears_null);
}

TEST(Tables, WhatIsNotThereIsNotFound) {
  EXPECT_FALSE(find_model("memcpy2"));
  EXPECT_FALSE(find_model(""));
  EXPECT_EQ(find_lock("spin_lock_"), nullptr);
  EXPECT_EQ(find_allocator("kmallo"), nullptr);
  EXPECT_EQ(find_assembly("zzz"), nullptr);
}

TEST(Tables, LocksKnowTheirArgument) {
  EXPECT_EQ(find_lock("spin_lock")->argument, 0u);
  EXPECT_EQ(find_lock("rtnl_lock")->argument, no_row);
  EXPECT_EQ(find_lock("mutex_lock_interruptible")->action, LockAction::try_acquire);
  EXPECT_EQ(find_lock("bit_spin_lock")->argument, 1u);
}

TEST(Tables, FreesKnowWhichArgument) {
  EXPECT_EQ(find_allocator("kmem_cache_free")->argument, 1u);
  EXPECT_EQ(find_allocator("kfree")->action, AllocatorAction::free);
  EXPECT_EQ(find_allocator("kmalloc")->action, AllocatorAction::allocate);
}

} // namespace
} // namespace ks

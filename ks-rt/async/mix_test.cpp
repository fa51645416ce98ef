// SPDX-License-Identifier: MIT
// Blocks as C has them, many threads, and what else is on their stacks: exceptions, unwinding.
#include "ks-rt/async/async_test.hpp"

#include "ks-rt/async/blocks_test.h"

#include <random>
#include <thread>
#include <vector>

#include <execinfo.h>

namespace ks {
namespace {

#if defined(KS_ASYNC_ASAN) || defined(KS_ASYNC_TSAN)
constexpr int many = 2000; // the sanitizers: room for 8000 stacks at most, and slow ones
#else
constexpr int many = 20000;
#endif

TEST(AsyncBlocks, start_at_once_and_go_on_behind_who_waits) {
  Runtime runtime;
  EXPECT_EQ(ks_blocks_order(), 0);
}

TEST(AsyncBlocks, share_or_copy_the_variables_around_them) {
  Runtime runtime;
  EXPECT_EQ(ks_blocks_variables(), 0);
  EXPECT_EQ(ks_blocks_arrays(), 0);
}

TEST(AsyncBlocks, nest) {
  Runtime runtime;
  EXPECT_EQ(ks_blocks_nest(), 0);
}

TEST(AsyncBlocks, are_waited_for_however_the_finish_block_is_left) {
  Runtime runtime;
  EXPECT_EQ(ks_blocks_leave_early(), 0);
}

TEST(AsyncBlocks, fail_their_finish_block_and_no_other) {
  Runtime runtime;
  EXPECT_EQ(ks_blocks_errors(), 0);
}

TEST(AsyncBlocks, are_cancelled_with_their_finish_block) {
  Runtime runtime;
  EXPECT_EQ(ks_blocks_cancel(), 0);
}

TEST(AsyncBlocks, can_be_pending_by_the_thousand) {
  Runtime runtime;
  EXPECT_EQ(ks_blocks_many(many), 0);
  EXPECT_EQ(ks_blocks_many(many), 0);
  EXPECT_EQ(counts().stacks, static_cast<ks_u32>(many)) << "stacks are used again";
  EXPECT_EQ(counts().pending, 0u);
}

TEST(AsyncBlocks, without_a_stack_do_not_run_and_say_so) {
  Runtime runtime({.stacks_max = 3});
  EXPECT_EQ(ks_blocks_without_a_stack(), 0);
  EXPECT_EQ(ks_blocks_without_a_stack(), 0);
}

TEST(Async, exceptions_stay_in_their_thread) {
  Runtime runtime;
  int caught = 0;
  finish([&] {
    for (int i = 0; i < 10; i++)
      runtime.start([&caught, i] {
        try {
          ks_yield();
          throw i;
        } catch (int number) {
          ks_yield();
          caught += number == i;
        }
      });
  });
  EXPECT_EQ(caught, 10);
}

TEST(Async, unwinding_stops_where_a_thread_starts) {
  Runtime runtime;
  int frames = 0;
  finish([&] {
    runtime.start([&] {
      void* addresses[64];
      frames = backtrace(addresses, 64);
      ks_yield();
      EXPECT_EQ(backtrace(addresses, 64), frames);
    });
  });
  EXPECT_GT(frames, 1);
  EXPECT_LT(frames, 16);
}

TEST(Async, system_threads_have_runtimes_of_their_own) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; i++)
    threads.emplace_back([] {
      Runtime runtime({.flags = KS_ASYNC_CATCH_OVERFLOW});
      EXPECT_EQ(ks_blocks_many(300), 0);
      EXPECT_EQ(ks_blocks_nest(), 0);
    });
  for (std::thread& thread : threads) thread.join();
}

// Every thread keeps what it had on its stack, whoever wakes whom in whichever order.
TEST(Async, random_mixes) {
  Runtime runtime;
  std::mt19937 random(7);
  std::deque<ks_async_id> waiting;
  int ended = 0, started = 0;
  std::function<void(int)> live = [&](int depth) {
    started++;
    unsigned mine[64];
    unsigned seed = random();
    for (unsigned& word : mine) word = seed++;
    for (int i = static_cast<int>(random() % 8); i; i--) {
      switch (random() % 5) {
      case 0: ks_yield(); break;
      case 1:
        waiting.push_back(ks_async_self());
        ks_wait();
        break;
      case 2:
        if (!waiting.empty()) {
          ks_async_id id = waiting.front();
          waiting.pop_front();
          ks_yield_to(id);
        }
        break;
      case 3:
        if (!waiting.empty()) {
          EXPECT_EQ(ks_resume(waiting.front(), 0), 0);
          waiting.pop_front();
        }
        break;
      case 4:
        if (depth < 3) finish([&] { runtime.start([&, depth] { live(depth + 1); }); });
      }
    }
    seed -= 64;
    for (unsigned word : mine) EXPECT_EQ(word, seed++);
    ended++;
  };
  finish([&] {
    for (int i = 0; i < 1000; i++) runtime.start([&] { live(0); });
    while (ended < started) {
      if (!waiting.empty()) {
        EXPECT_EQ(ks_resume(waiting.front(), 0), 0);
        waiting.pop_front();
      }
      ks_yield();
    }
  });
  EXPECT_GE(ended, 1000);
  EXPECT_EQ(counts().pending, 0u);
}

} // namespace
} // namespace ks

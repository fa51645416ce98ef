// SPDX-License-Identifier: MIT
#include "ks-rt/async/async_test.hpp"

#include <algorithm>
#include <cfenv>
#include <exception>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

namespace ks {
namespace {

TEST(Async, begins_and_ends_once) {
  EXPECT_EQ(ks_async_end(), -ESRCH);
  {
    Runtime runtime;
    EXPECT_EQ(ks_async_begin(nullptr), -EBUSY);
  }
  EXPECT_EQ(ks_async_end(), -ESRCH);
#ifdef KS_ASYNC_CHECKED
  EXPECT_EQ(ks_wait(), -ESRCH);
  EXPECT_EQ(ks_yield(), -ESRCH);
  EXPECT_EQ(ks_resume(1, 0), -ESRCH);
  EXPECT_EQ(finish([] { FAIL(); }), -ESRCH);
#endif
}

TEST(Async, does_not_end_while_a_thread_is_pending) {
  Runtime runtime;
  ks_async_id id = 0;
  runtime.start([&] {
    id = ks_async_self();
    ks_wait();
  });
  EXPECT_EQ(ks_async_end(), -EBUSY);
  EXPECT_EQ(ks_resume(id, 0), 0);
  EXPECT_EQ(ks_async_end(), -EBUSY);
  ks_yield();
}

TEST(Async, ready_threads_run_in_turn) {
  Runtime runtime;
  std::string order;
  finish([&] {
    for (char name : {'a', 'b', 'c'})
      runtime.start([&order, name] {
        for (int i = 0; i < 3; i++) {
          order += name;
          ks_yield();
        }
      });
    order += '.';
  });
  EXPECT_EQ(order, "abc.abcabc");
}

TEST(Async, wait_gives_what_resume_was_given) {
  Runtime runtime;
  ks_async_id id = 0;
  std::vector<int> got;
  finish([&] {
    runtime.start([&] {
      for (int i = 0; i < 3; i++) {
        id = ks_async_self();
        got.push_back(ks_wait());
      }
    });
    for (int result : {7, -9, 0}) {
      EXPECT_EQ(ks_resume(id, result), 0);
      ks_yield();
    }
  });
  EXPECT_EQ(got, (std::vector<int>{7, -9, 0}));
}

TEST(Async, id_is_good_for_one_wait) {
  Runtime runtime;
  ks_async_id first = 0, second = 0, ended = 0;
  finish([&] {
    runtime.start([&] {
      first = ks_async_self();
      EXPECT_EQ(ks_resume(first, 0), -EAGAIN);
      ks_wait();
      second = ks_async_self();
      ks_wait();
    });
    EXPECT_NE(first, 0u);
    EXPECT_EQ(ks_resume(first, 0), 0);
    EXPECT_EQ(ks_resume(first, 0), -EALREADY);
    ks_yield();
    EXPECT_NE(first, second);
    EXPECT_EQ(ks_resume(first, 0), -EALREADY);
    EXPECT_EQ(ks_resume(second, 0), 0);
    runtime.start([&] { ended = ks_async_self(); });
  });
  EXPECT_EQ(ks_resume(second, 0), -ESTALE);
  EXPECT_EQ(ks_resume(ended, 0), -ESTALE);
  finish([&] {
    std::vector<ks_async_id> next;
    for (int i = 0; i < 2; i++) // on the stacks of those that ended
      runtime.start([&] {
        next.push_back(ks_async_self());
        EXPECT_EQ(ks_wait(), 5);
      });
    for (ks_async_id id : {first, second, ended}) EXPECT_EQ(ks_resume(id, 1), -ESTALE);
    EXPECT_EQ(counts().waiting, 2u);
    for (ks_async_id id : next) EXPECT_EQ(ks_resume(id, 5), 0);
  });
}

TEST(Async, forged_ids_are_refused) {
  Runtime runtime;
  std::mt19937_64 random(1);
  std::vector<ks_async_id> ids;
  std::vector<int> results;
  finish([&] {
    for (int i = 0; i < 50; i++)
      runtime.start([&] {
        ids.push_back(ks_async_self());
        results.push_back(ks_wait());
      });
    for (ks_async_id id : ids)
      for (int bit = 0; bit < 64; bit++) {
        ks_async_id forged = id ^ ks_async_id{1} << bit;
        if (std::find(ids.begin(), ids.end(), forged) == ids.end()) {
          EXPECT_LT(ks_resume(forged, 1), 0);
          EXPECT_LT(ks_wait_for(forged), 0);
          EXPECT_LT(ks_yield_to(forged), 0);
        }
      }
    for (int i = 0; i < 10000; i++) EXPECT_EQ(ks_resume(random(), 1), -ESTALE);
    EXPECT_EQ(ks_resume(0, 1), -ESTALE);
    EXPECT_EQ(counts().waiting, 50u);
    for (ks_async_id id : ids) EXPECT_EQ(ks_resume(id, 0), 0);
  });
  EXPECT_EQ(results, std::vector<int>(50, 0));
}

TEST(Async, yield_to_prefers_a_thread) {
  Runtime runtime;
  std::string order;
  ks_async_id waits = 0, ready = 0;
  finish([&] {
    runtime.start([&] {
      ks_yield();
      order += 'a';
    });
    runtime.start([&] {
      ready = ks_async_self();
      ks_yield();
      order += 'b';
    });
    runtime.start([&] {
      waits = ks_async_self();
      EXPECT_EQ(ks_wait(), 0);
      order += 'c';
    });
    EXPECT_EQ(ks_yield_to(waits), 0);
    order += '1';
    EXPECT_EQ(ks_yield_to(waits), -ESTALE);
  });
  EXPECT_EQ(order, "cab1");
  order.clear();
  finish([&] {
    for (int i = 0; i < 3; i++)
      runtime.start([&, i] {
        ready = ks_async_self();
        ks_yield();
        order += static_cast<char>('a' + i);
      });
    EXPECT_EQ(ks_yield_to(ready), 0);
    order += '1';
  });
  EXPECT_EQ(order, "cab1");
}

// A thread that has not waited yet is its parent's call; parents must not be lost by it.
TEST(Async, first_wait_may_be_for_or_to_another_thread) {
  Runtime runtime;
  std::string order;
  finish([&] {
    ks_async_id one = 0, two = 0;
    runtime.start([&] {
      one = ks_async_self();
      ks_wait();
      order += 'a';
    });
    runtime.start([&] {
      two = ks_async_self();
      EXPECT_EQ(ks_wait_for(one), 8);
      order += 'b';
    });
    order += '1';
    runtime.start([&] {
      EXPECT_EQ(ks_resume(two, 8), 0);
      ks_async_id me = ks_async_self();
      runtime.start([&] {
        EXPECT_EQ(ks_yield_to(me), -EAGAIN);
        EXPECT_EQ(ks_yield_to(two), -EALREADY);
        ks_yield();
        order += 'd';
      });
      order += 'c';
    });
    order += '2';
  });
  EXPECT_EQ(order, "a1c2bd");
}

TEST(Async, wait_for_hands_over_and_back) {
  Runtime runtime;
  constexpr int rounds = 100000;
  ks_async_id ids[2] = {};
  int turns = 0;
  finish([&] {
    ids[0] = ks_async_self();
    runtime.start([&] {
      ids[1] = ks_async_self();
      ks_wait();
      for (int i = 0; i < rounds; i++) {
        turns += turns % 2 == 1;
        ids[1] = ks_async_self();
        ks_wait_for(ids[0]);
      }
    });
    for (int i = 0; i < rounds; i++) {
      turns += turns % 2 == 0;
      ids[0] = ks_async_self();
      ks_wait_for(ids[1]);
    }
    EXPECT_EQ(ks_resume(ids[1], 0), 0);
  });
  EXPECT_EQ(turns, 2 * rounds);
}

TEST(Async, hand_over_goes_there_and_back_and_loses_no_parent) {
  Runtime runtime;
  std::string order;
  ks_thread *producer = ks_thread_self(), *consumer = nullptr;
  finish([&] {
    runtime.start([&] {
      consumer = ks_thread_self();
      ks_hand_over(producer);
      for (int i = 0; i < 3; i++) {
        order += 'c';
        ks_hand_over(producer);
      }
      order += 'e';
      ks_release(producer);
    });
    for (int i = 0; i < 4; i++) {
      order += 'p';
      ks_hand_over(consumer);
    }
  });
  EXPECT_EQ(order, "pcpcpcpe");
  EXPECT_EQ(counts().pending, 0u);
  order.clear();
  finish([&] {
    ks_thread *one = nullptr, *two = nullptr;
    runtime.start([&] {
      one = ks_thread_self();
      ks_hand_over(producer);
      order += 'a';
      ks_release(two);
    });
    runtime.start([&] {
      two = ks_thread_self();
      ks_hand_over(one); // the thread that started it is neither called nor forgotten
      order += 'b';
    });
    order += '1';
  });
  EXPECT_EQ(order, "a1b");
}

TEST(Async, thread_of_a_cancelled_block_is_cancelled_when_it_starts) {
  Runtime runtime;
  ks_finish cancelled;
  int got = 0;
  ks_finish(&cancelled) {
    ks_finish_cancel(&cancelled, -EPIPE);
    runtime.start([&] { got = ks_wait(); });
    EXPECT_EQ(got, -ECANCELED);
  }
  EXPECT_EQ(cancelled.error, -EPIPE);
}

TEST(Async, nobody_ready_is_an_error_to_all) {
  Runtime runtime;
  std::vector<int> got;
  finish([&] {
    for (int i = 0; i < 3; i++) runtime.start([&] { got.push_back(ks_wait()); });
  });
  EXPECT_EQ(got, std::vector<int>(3, -EDEADLK));
  EXPECT_EQ(ks_wait(), -EDEADLK);
}

struct Hook {
  std::deque<ks_async_id> ids;
  int asleep = 0, awake = 0, error = -EPIPE;

  static int idle(void* argument, bool sleep) {
    Hook& hook = *static_cast<Hook*>(argument);
    (sleep ? hook.asleep : hook.awake)++;
    if (hook.ids.empty()) return hook.error;
    EXPECT_EQ(ks_resume(hook.ids.front(), 4), 0);
    hook.ids.pop_front();
    return 0;
  }
};

TEST(Async, idle_hook_brings_what_others_wait_for) {
  Hook hook;
  Runtime runtime({.idle = Hook::idle, .argument = &hook});
  int got = 0;
  finish([&] {
    for (int i = 0; i < 10; i++)
      runtime.start([&] {
        hook.ids.push_back(ks_async_self());
        got += ks_wait();
      });
    EXPECT_EQ(hook.asleep + hook.awake, 0);
    ks_yield();
    EXPECT_EQ(hook.awake, 1);
    EXPECT_EQ(got, 4);
    hook.ids.push_back(ks_async_self());
    EXPECT_EQ(ks_wait(), 4); // resumed by itself, as it were
  });
  EXPECT_EQ(got, 40);
  EXPECT_EQ(hook.asleep, 10);
  EXPECT_EQ(ks_wait(), -EPIPE);
}

TEST(Async, idle_hook_must_not_wait) {
  ks_async_options options = {};
  options.idle = [](void*, bool) {
    EXPECT_EQ(ks_wait(), -EDEADLK);
    EXPECT_EQ(ks_yield(), -EDEADLK);
    return -ENODATA;
  };
  Runtime runtime(options);
  EXPECT_EQ(ks_wait(), -ENODATA);
}

TEST(Async, stacks_are_limited_and_used_again) {
  Runtime runtime({.stacks_max = 2});
  for (int round = 0; round < 3; round++)
    finish([&] {
      EXPECT_EQ(runtime.start([] { ks_yield(); }), 0);
      EXPECT_EQ(runtime.start([] { ks_yield(); }), 0);
      EXPECT_EQ(runtime.start([] { FAIL(); }), -ENOMEM);
    });
  for (int i = 0; i < 1000; i++) EXPECT_EQ(runtime.start([] {}), 0);
  EXPECT_EQ(counts().stacks, 2u);
}

TEST(Async, floating_point_control_is_each_threads_own_when_kept) {
  for (bool from_the_start : {false, true}) {
    Runtime runtime({.flags = from_the_start ? KS_ASYNC_FPU : 0u});
    finish([&] {
      runtime.start([&] { // waits before anybody says anything
        ks_yield();
        EXPECT_EQ(fegetround(), FE_TONEAREST);
        ks_yield();
        EXPECT_EQ(fegetround(), FE_TONEAREST);
      });
      for (int mode : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO})
        runtime.start([mode] {
          ks_async_keep_fpu();
          fesetround(mode);
          for (int i = 0; i < 3; i++) {
            ks_yield();
            EXPECT_EQ(fegetround(), mode);
          }
          finish([] { ks_yield(); });
          EXPECT_EQ(fegetround(), mode);
        });
      EXPECT_EQ(fegetround(), FE_TONEAREST);
      ks_yield();
      EXPECT_EQ(fegetround(), FE_TONEAREST);
    });
    EXPECT_EQ(fegetround(), FE_TONEAREST);
  }
}

// Says in its destructor, that is while an exception unwinds the stack, how many there are; then waits.
struct WaitsWhenLeft {
  int& uncaught;
  ~WaitsWhenLeft() {
    uncaught = std::uncaught_exceptions();
    ks_yield();
  }
};

TEST(Async, exceptions_are_each_threads_own) {
  Runtime runtime;
  int in_flight[2] = {};
  finish([&] {
    for (std::string name : {"first", "second"})
      runtime.start([name] {
        try {
          throw std::runtime_error(name);
        } catch (const std::runtime_error&) {
          ks_yield();
          try {
            throw; // the one that is handled here
          } catch (const std::runtime_error& again) {
            EXPECT_EQ(again.what(), name);
          }
          finish([] { ks_yield(); });
        }
        EXPECT_EQ(std::current_exception(), nullptr);
      });
    for (int& uncaught : in_flight)
      runtime.start([&uncaught] {
        try {
          WaitsWhenLeft waits{uncaught};
          throw 1;
        } catch (int) {
        }
        EXPECT_EQ(std::uncaught_exceptions(), 0);
      });
    for (int i = 0; i < 4; i++) {
      EXPECT_EQ(std::current_exception(), nullptr);
      EXPECT_EQ(std::uncaught_exceptions(), 0);
      ks_yield();
    }
  });
  EXPECT_EQ(in_flight[0], 1);
  EXPECT_EQ(in_flight[1], 1);
}

TEST(Async, who_starts_a_thread_in_a_handler_has_its_exception_afterwards) {
  Runtime runtime;
  try {
    throw std::runtime_error("outer");
  } catch (const std::runtime_error&) {
    finish([&] {
      for (bool waits : {false, true})
        runtime.start([waits] {
          EXPECT_EQ(std::current_exception(), nullptr);
          if (waits) ks_yield();
        });
      EXPECT_THROW(throw, std::runtime_error);
    });
    EXPECT_THROW(throw, std::runtime_error);
  }
}

} // namespace
} // namespace ks

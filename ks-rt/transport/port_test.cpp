// SPDX-License-Identifier: MIT
#include "ks-rt/transport/port_pair.hpp"

#include <chrono>
#include <numeric>
#include <random>
#include <signal.h>
#include <sys/wait.h>

namespace ks {
namespace {

ks_u64 unexpected(ks_port*, ks_u64, ks_u16) {
  ADD_FAILURE() << "nobody calls this end";
  return 0;
}

TEST(Port, a_call_is_answered_whichever_way_its_caller_waits) {
  for (const Wait& how : {spin_then_sleep, yield_only, sleep_at_once})
    for (const Wait& idle : {spin_then_sleep, yield_only, sleep_at_once}) {
      Ports ports(1);
      Server none(unexpected), twice([](ks_port*, ks_u64 n, ks_u16) { return 2 * n; });
      Dispatcher dispatcher(ports, twice, idle);
      ks_port_init(&ports.mine[0], &none);
      for (ks_u64 i = 1; i < 300; i++)
        ASSERT_EQ(number_call(&ports.mine[0], i, how), static_cast<long>(2 * i));
    }
}

// Replies in reverse: each of many threads gets its own, and goes on in that order.
TEST(Port, replies_come_in_any_order) {
  Ports ports(1, {64, 1, 0, 0, true});
  Server none(unexpected);
  Threads threads(ports, none);
  constexpr int count = 32; // half the window
  std::vector<int> slots, order;
  std::vector<ks_u64> numbers;
  EXPECT_EQ(threads.run([&] {
    for (int i = 0; i < count; i++)
      Threads::start([&, i] {
        EXPECT_EQ(number_call(&ports.mine[0], static_cast<ks_u64>(i)), 1000 + i);
        order.push_back(i);
      });
    Payload payload;
    for (int i = 0; i < count; i++) {
      slots.push_back(ks_channel_take(&ports.raw(), &payload, true));
      numbers.push_back(payload.data[0]);
    }
    for (int i = count; i-- > 0; ks_yield(), ks_yield()) {
      payload.size = 8;
      payload.data[0] = 1000 + numbers[static_cast<size_t>(i)];
      ASSERT_EQ(ks_channel_reply(&ports.raw(), static_cast<ks_u32>(slots[static_cast<size_t>(i)]),
                                 &payload),
                0);
    }
  }),
            -ESHUTDOWN);
  ASSERT_EQ(order.size(), static_cast<size_t>(count));
  for (int i = 0; i < count; i++) EXPECT_EQ(order[static_cast<size_t>(i)], count - 1 - i);
}

TEST(Port, more_calls_than_slots_take_turns) {
  Ports ports(1);
  Server none(unexpected), plus([](ks_port*, ks_u64 n, ks_u16) { return n + 1; });
  Dispatcher dispatcher(ports, plus);
  int answered = 0;
  {
    Threads threads(ports, none);
    threads.run([&] {
      for (int i = 0; i < 200; i++)
        Threads::start(
            [&, i] { answered += number_call(&ports.mine[0], static_cast<ks_u64>(i)) == i + 1; });
    });
  }
  EXPECT_EQ(answered, 200);
}

// Down and up between both ends, n times, on one port.
TEST(Port, calls_nest_as_deep_as_the_window) {
  Ports ports(1);
  Serve down = [](ks_port* port, ks_u64 n, ks_u16) {
    return n ? static_cast<ks_u64>(number_call(port, n - 1)) + 1 : 0;
  };
  Server kernel(down), driver(down);
  Dispatcher dispatcher(ports, driver);
  ks_port_init(&ports.mine[0], &kernel);
  for (ks_u64 depth = 0; depth < 16; depth++)
    ASSERT_EQ(number_call(&ports.mine[0], depth), static_cast<long>(depth));
  // The seventeenth finds no slot: an error for the innermost, which each adds one to.
  EXPECT_EQ(number_call(&ports.mine[0], 16), -ENOBUFS + 16);
  EXPECT_EQ(number_call(&ports.mine[0], 3), 3);
}

TEST(Port, a_call_back_is_run_by_the_thread_that_called) {
  Ports ports(4);
  Server driver([](ks_port* port, ks_u64 n, ks_u16) {
    return static_cast<ks_u64>(number_call(port, n)) + 1;
  });
  Server kernel([](ks_port*, ks_u64 n, ks_u16) {
    return n + (std::hash<std::thread::id>()(std::this_thread::get_id()) & 0xffff);
  });
  Dispatcher dispatcher(ports, driver);
  std::vector<std::thread> callers;
  for (ks_port& port : ports.mine) {
    ks_port_init(&port, &kernel);
    callers.emplace_back([&port] {
      ks_u64 mine = std::hash<std::thread::id>()(std::this_thread::get_id()) & 0xffff;
      for (ks_u64 i = 0; i < 1000; i++)
        ASSERT_EQ(number_call(&port, i, i % 2 ? spin_then_sleep : yield_only),
                  static_cast<long>(i + mine + 1));
    });
  }
  for (std::thread& caller : callers) caller.join();
}

// What a call has started is part of it: those call back too, and are waited for.
TEST(Port, threads_of_a_call_call_back_and_end_before_its_answer) {
  Ports ports(1);
  int ended = 0;
  Server driver([&](ks_port* port, ks_u64, ks_u16) {
    for (ks_u64 i = 0; i < 4; i++)
      Threads::start([&ended, port, i] {
        EXPECT_EQ(ks_hub_served(port->hub)->port, port);
        EXPECT_EQ(number_call(port, i), static_cast<long>(i * i));
        ended++;
      });
    return 7;
  });
  Server kernel([](ks_port*, ks_u64 n, ks_u16) { return n * n; });
  Dispatcher dispatcher(ports, driver);
  ks_port_init(&ports.mine[0], &kernel);
  for (int i = 1; i <= 100; i++) {
    ASSERT_EQ(number_call(&ports.mine[0], 0), 7);
    ASSERT_EQ(ended, 4 * i);
  }
}

TEST(Port, without_a_stack_a_call_is_refused) {
  Ports ports(2);
  std::atomic<bool> begun{false}, go{false};
  Server driver([&](ks_port*, ks_u64, ks_u16) {
    for (begun = true; !go;) ks_yield();
    return 1;
  });
  Server none(unexpected);
  Dispatcher dispatcher(ports, driver, yield_only, 1);
  for (ks_port& port : ports.mine) ks_port_init(&port, &none);
  std::thread first([&] { EXPECT_EQ(number_call(&ports.mine[0], 0), 1); });
  while (!begun) std::this_thread::yield();
  EXPECT_EQ(number_call(&ports.mine[1], 0), -ENOMEM);
  EXPECT_EQ(driver.refused, 1);
  go = true;
  first.join();
  EXPECT_EQ(number_call(&ports.mine[1], 0), 1);
}

// ---- levels ----

// A call of level 1 that waits for its call-back is not interrupted but by one of level 2.
TEST(Port, a_call_of_a_level_is_interrupted_by_higher_ones_only) {
  for (ks_u16 other : {0, 1, 2}) {
    Ports ports(2);
    std::vector<int> order; // of the dispatcher alone
    Server driver([&](ks_port* port, ks_u64 n, ks_u16 level) {
      order.push_back(static_cast<int>(n));
      if (n == 1) {
        EXPECT_EQ(number_call(port, 0, yield_only, level), 5);
      }
      order.push_back(-static_cast<int>(n));
      return 0;
    });
    std::thread second;
    std::atomic<bool> answered{false};
    Server kernel([&](ks_port*, ks_u64, ks_u16) {
      second = std::thread([&] {
        EXPECT_EQ(number_call(&ports.mine[1], 2, yield_only, other), 0);
        answered = true;
      });
      for (int i = 0; other > 1 ? !answered : i < 30; i++)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return 5;
    });
    {
      Dispatcher dispatcher(ports, driver);
      for (ks_port& port : ports.mine) ks_port_init(&port, &kernel);
      EXPECT_EQ(number_call(&ports.mine[0], 1, yield_only, 1), 0);
      second.join();
    }
    if (other > 1)
      EXPECT_EQ(order, (std::vector<int>{1, 2, -2, -1}));
    else
      EXPECT_EQ(order, (std::vector<int>{1, -1, 2, -2}));
  }
}

// ---- ends ----

TEST(Port, every_call_in_flight_ends_with_an_error) {
  for (bool by_peer : {false, true}) {
    Ports ports(4);
    Server none(unexpected);
    Threads threads(ports, none);
    int ended = 0, turns = 0;
    int expected = by_peer ? -EPIPE : -ECONNABORTED;
    EXPECT_EQ(threads.run([&] {
      for (int i = 0; i < 40; i++)
        Threads::start([&, i] {
          EXPECT_EQ(number_call(&ports.mine[static_cast<size_t>(i % 4)], 1), expected);
          ended++;
        });
      for (turns = 0; turns < 10; turns++) ks_yield();
      EXPECT_EQ(ended, 0);
      if (by_peer)
        ks_channel_close(&ports.raw(2));
      else
        ks_hub_stop(&threads.hub(), -ECONNABORTED);
    }),
              expected);
    EXPECT_EQ(ended, 40);
    for (ks_port& port : ports.mine) EXPECT_EQ(ks_window_abandon(&port.channel.out), -ENOENT);
  }
}

// In the middle of calls whose threads wait for call-backs, at both ends and in any order.
TEST(Port, shutdown_in_the_middle_ends_both_ends) {
  for (int round = 0; round < 20; round++) {
    Ports ports(4);
    Serve down = [](ks_port* port, ks_u64 n, ks_u16) {
      return n ? static_cast<ks_u64>(number_call(port, n - 1)) : 0;
    };
    Server kernel(down), driver(down);
    Dispatcher dispatcher(ports, driver);
    std::vector<std::thread> callers;
    for (ks_port& port : ports.mine) {
      ks_port_init(&port, &kernel);
      callers.emplace_back([&port] {
        long result;
        while ((result = number_call(&port, 5, spin_then_sleep)) == 0) {
        }
        EXPECT_EQ(result, -EPIPE);
      });
    }
    std::this_thread::sleep_for(std::chrono::microseconds(300 * round));
    dispatcher.end();
    EXPECT_EQ(dispatcher.error, -EPIPE);
    for (std::thread& caller : callers) caller.join();
  }
}

TEST(Port, a_cancelled_thread_still_waits_for_its_reply) {
  Ports ports(1);
  Server none(unexpected);
  Threads threads(ports, none);
  long result = 0;
  threads.run([&] {
    ks_finish block;
    ks_finish(&block) {
      Threads::start([&] { result = number_call(&ports.mine[0], 1); });
      ks_finish_cancel(&block, -EINTR);
      ks_yield();
      Payload payload;
      int slot = ks_channel_take(&ports.raw(), &payload, true);
      ASSERT_GE(slot, 0);
      payload.data[0] = 9;
      ASSERT_EQ(ks_channel_reply(&ports.raw(), static_cast<ks_u32>(slot), &payload), 0);
    }
    EXPECT_EQ(block.error, -EINTR);
  });
  EXPECT_EQ(result, 9);
}

// ---- a hostile peer ----

// Every field of a head, in a request and in a reply.
TEST(Port, nonsense_ends_the_channel) {
  struct Head {
    ks_u32 sequence;
    ks_u16 tag, size;
  };
  const std::vector<Head> requests = {
      {1, KS_PORT_LEVELS, 8}, {1, 0xffff, 8}, {1, 0, KS_LINE_BYTES + 1},
      {1, 0, 0xffff},         {2, 0, 8},      {~0u, 0, 8}};
  const std::vector<Head> replies = {
      {2, 0, KS_LINE_BYTES + 1}, {2, 0, 0xffff}, {3, 0, 8}, {0, 0, 8}};
  for (bool in_hub : {false, true})
    for (const auto& [heads, is_reply] : {std::pair{requests, false}, std::pair{replies, true}})
      for (const Head& head : heads) {
        Ports ports(1);
        Server none(unexpected);
        ks_line* line = is_reply ? ports.mine[0].channel.out.slots[0].line
                                 : ports.mine[0].channel.in.slots[0].line;
        auto spoil = [&] {
          __atomic_store_n(&line->head, ks_head(head.sequence, head.tag, head.size),
                           __ATOMIC_RELEASE);
        };
        if (in_hub) {
          Threads threads(ports, none);
          EXPECT_EQ(threads.run([&] {
            Threads::start([&] { EXPECT_EQ(number_call(&ports.mine[0], 1), -EPROTO); });
            spoil();
          }),
                    -EPROTO);
        } else {
          ks_port_init(&ports.mine[0], &none);
          std::thread peer([&] {
            while (!ks_mailbox_ready(&ports.raw().in.slots[0])) std::this_thread::yield();
            spoil();
          });
          EXPECT_EQ(number_call(&ports.mine[0], 1), -EPROTO);
          peer.join();
          EXPECT_EQ(number_call(&ports.mine[0], 1), -EPROTO);
        }
      }
}

// A tag of a reply is the peer's business.
TEST(Port, a_caller_cannot_ask_for_a_level_that_is_none) {
  Ports ports(1);
  Server none(unexpected);
  ks_port_init(&ports.mine[0], &none);
  EXPECT_EQ(number_call(&ports.mine[0], 1, yield_only, KS_PORT_LEVELS), -EINVAL);
}

// All that the peer shares is written over, by another process, while calls are under way: each ends.
TEST(Port, garbage_is_survived) {
  for (unsigned seed = 0; seed < 30; seed++) {
    Ports ports(2);
    Server any([](ks_port*, ks_u64 n, ks_u16) { return n; });
    pid_t vandal = fork();
    std::minstd_rand random(seed);
    while (!vandal) {
      ks_u64 value = mix(random());
      if (random() % 4)
        value = ks_head(random() % 6, static_cast<ks_u16>(random() % 5),
                        static_cast<ks_u16>(value % 80));
      auto* words = reinterpret_cast<ks_u64*>(ports.memory(random() % 2));
      __atomic_store_n(&words[random() % 512], value, __ATOMIC_RELAXED);
    }
    {
      Threads threads(ports, any);
      EXPECT_LT(threads.run([&] {
        for (size_t i = 0; i < 12; i++)
          Threads::start([&, i] {
            while (!ks_channel_state(&ports.mine[0].channel) &&
                   !ks_channel_state(&ports.mine[1].channel))
              number_call(&ports.mine[i % 2], 1);
          });
      }),
                0);
    }
    kill(vandal, SIGKILL);
    waitpid(vandal, nullptr, 0);
  }
}

} // namespace
} // namespace ks

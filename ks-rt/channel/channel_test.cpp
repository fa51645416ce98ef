// SPDX-License-Identifier: MIT
#include "ks-rt/channel/pair.hpp"

#include <atomic>
#include <thread>

namespace ks {
namespace {

constexpr ks_wait policies[] = {spin_only, yield_only, sleep_at_once, spin_then_sleep};

struct Look {
  ks_channel* channel;
  Payload* payload;
  static int serve(void* context, bool) {
    auto* look = static_cast<Look*>(context);
    return ks_channel_serve(look->channel, look->payload);
  }
  static int pop(void* context, bool) {
    auto* look = static_cast<Look*>(context);
    return ks_channel_pop(look->channel, look->payload);
  }
  static int nothing(void*, bool) { return -EAGAIN; }
};

int wait_serve(ks_channel& channel, const ks_wait& how, Payload& payload) {
  Look look{&channel, &payload};
  return ks_channel_wait(&channel, &how, Look::serve, &look);
}

// Answers each synchronous call with its own contents until the channel ends; why it ended.
int echo(ks_channel& channel, const ks_wait& how) {
  Payload payload;
  int error;
  while (!(error = wait_serve(channel, how, payload)) &&
         !(error = ks_channel_answer(&channel, &payload)))
    ks_channel_flush(&channel);
  return error;
}

TEST(Channel, shapes_that_make_no_sense_are_refused) {
  const ks_channel_shape bad[] = {{0, 16, 0, 0, false},   {3, 16, 0, 0, false},
                                  {128, 16, 0, 0, false}, {8, 0, 0, 0, false},
                                  {8, 24, 0, 0, false},   {8, 1u << 21, 0, 0, false},
                                  {8, 16, 8, 0, false},   {8, 16, 65536, 0, false},
                                  {8, 16, 0, 63, false},  {8, 16, 0, ~0u - 63, false}};
  ks_channel channel;
  alignas(4096) static char memory[4096];
  for (const ks_channel_shape& shape : bad) {
    EXPECT_EQ(ks_channel_size(&shape), 0u);
    EXPECT_EQ(ks_channel_init(&channel, memory, &shape, 0), -EINVAL);
  }
  EXPECT_EQ(ks_channel_init(&channel, nullptr, &small_shape, 0), -EINVAL);
  EXPECT_EQ(ks_channel_init(&channel, memory + 64, &small_shape, 0), -EINVAL);
  EXPECT_EQ(ks_channel_init(&channel, memory, &small_shape, 2), -EINVAL);
}

// Everything both ends may write, filled at once, holds what each wrote, within the size.
TEST(Channel, parts_do_not_overlap) {
  for (const ks_channel_shape& shape : {small_shape, ks_channel_shape{64, 1, 64, 0, false},
                                        ks_channel_shape{1, 64, 0, 65472, false}}) {
    ChannelPair pair(shape);
    Payload got(70000);
    ks_u32 call = KS_LINE_BYTES + shape.call_tail, ring = KS_LINE_BYTES + shape.ring_tail;
    for (int end = 0; end < 2; end++) {
      Payload payload(end, call);
      EXPECT_EQ(ks_mailbox_post(&pair.ends[end].call, &payload), 0);
      for (ks_u32 i = 0; i < shape.slots; i++) {
        payload.fill(1000 * end + i, call);
        EXPECT_EQ(ks_channel_post(&pair.ends[end], &payload), static_cast<int>(i));
      }
      Payload notice(0, ring);
      for (ks_u32 i = 0; i < shape.ring_slots; i++) {
        notice.fill(5000 * end + i, ring);
        EXPECT_EQ(ks_channel_push(&pair.ends[end], &notice), 0);
      }
    }
    for (int end = 0; end < 2; end++) {
      ks_channel* peer = &pair.ends[!end];
      EXPECT_EQ(ks_channel_serve(peer, &got), 0);
      EXPECT_TRUE(got.is(end, call));
      for (ks_u32 i = 0; i < shape.slots; i++)
        EXPECT_TRUE(ks_channel_take(peer, &got, false) == static_cast<int>(i) &&
                    got.is(1000 * end + i, call));
      for (ks_u32 i = 0; i < shape.ring_slots; i++)
        EXPECT_TRUE(!ks_channel_pop(peer, &got) && got.is(5000 * end + i, ring));
    }
  }
}

TEST(Channel, calls_under_every_policy) {
  for (const ks_wait& how : policies)
    for (const ks_wait& peers : policies) {
      ChannelPair pair;
      std::thread server([&] { EXPECT_EQ(echo(pair.ends[1], peers), -EPIPE); });
      Payload payload;
      for (ks_u64 i = 0; i < 300; i++) {
        payload.fill(i, i % 300);
        ASSERT_EQ(ks_channel_call(&pair.ends[0], &payload, &payload, &how), 0);
        ASSERT_TRUE(payload.is(i, i % 300));
      }
      ks_channel_close(&pair.ends[0]);
      server.join();
    }
}

TEST(Channel, a_stalled_peer_is_a_timeout_and_its_answer_still_comes) {
  for (ks_wait how : policies) {
    how.timeout = 2'000'000;
    ChannelPair pair;
    Payload request(1, 8), reply, at_server;
    EXPECT_EQ(ks_channel_call(&pair.ends[0], &request, &reply, &how), -ETIMEDOUT);
    EXPECT_EQ(ks_channel_call(&pair.ends[0], &request, &reply, &how), -EBUSY);
    ASSERT_EQ(ks_channel_serve(&pair.ends[1], &at_server), 0);
    ASSERT_EQ(ks_channel_answer(&pair.ends[1], &at_server), 0);
    EXPECT_EQ(ks_channel_await(&pair.ends[0], &reply, &how), 0);
    EXPECT_TRUE(reply.is(1, 8));
  }
}

TEST(Channel, closing_ends_every_call_in_flight) {
  for (int who : {0, 1}) {
    ChannelPair pair;
    Payload payload(1, 8);
    for (int i = 0; i < 5; i++) ASSERT_EQ(ks_channel_post(&pair.ends[0], &payload), i);
    ASSERT_EQ(ks_channel_take(&pair.ends[1], &payload, true), 0);
    ASSERT_EQ(ks_channel_reply(&pair.ends[1], 0, &payload), 0);
    ks_channel_close(&pair.ends[who]);
    EXPECT_EQ(ks_channel_collect_any(&pair.ends[0], &payload, true), 0) << "answered before";
    EXPECT_EQ(ks_channel_collect_any(&pair.ends[0], &payload, true), -EPIPE);
    for (ks_u32 i = 1; i < 5; i++)
      EXPECT_EQ(ks_channel_collect(&pair.ends[0], i, &payload), -EPIPE);
    EXPECT_EQ(ks_channel_post(&pair.ends[0], &payload), -EPIPE);
    EXPECT_EQ(ks_channel_reply(&pair.ends[1], 1, &payload), -EPIPE);
    EXPECT_EQ(ks_channel_push(&pair.ends[0], &payload), -EPIPE);
    EXPECT_EQ(ks_channel_pop(&pair.ends[0], &payload), -EPIPE);
    EXPECT_EQ(ks_channel_call(&pair.ends[0], &payload, &payload, &spin_only), -EPIPE);
    for (int i = 1; i < 5; i++) EXPECT_EQ(ks_window_abandon(&pair.ends[0].out), i);
    EXPECT_EQ(ks_window_abandon(&pair.ends[0].out), -ENOENT);
  }
}

TEST(Channel, what_was_sent_before_the_end_is_received) {
  ChannelPair pair;
  for (ks_u64 i = 0; i < 3; i++) {
    Payload payload(i, 8);
    ASSERT_EQ(ks_channel_push(&pair.ends[0], &payload), 0);
  }
  ks_channel_close(&pair.ends[0]);
  Payload payload;
  for (ks_u64 i = 0; i < 3; i++)
    EXPECT_TRUE(!ks_channel_pop(&pair.ends[1], &payload) && payload.is(i, 8));
  EXPECT_EQ(ks_channel_pop(&pair.ends[1], &payload), -EPIPE);
}

// From either end, by a thread that does not own the end it closes.
TEST(Channel, closing_wakes_whoever_waits) {
  for (const ks_wait& how : policies)
    for (int who : {0, 1})
      for (int delay : {0, 1, 3}) {
        ChannelPair pair;
        Payload payload(1, 8);
        std::thread closer([&] {
          std::this_thread::sleep_for(std::chrono::milliseconds(delay));
          ks_channel_close(&pair.ends[who]);
        });
        EXPECT_EQ(ks_channel_call(&pair.ends[0], &payload, &payload, &how), -EPIPE);
        closer.join();
      }
}

TEST(Channel, the_first_reason_stays) {
  ChannelPair pair;
  ks_channel_stop(&pair.ends[0], -ECONNRESET);
  ks_channel_close(&pair.ends[0]);
  EXPECT_EQ(ks_channel_state(&pair.ends[0]), -ECONNRESET);
  EXPECT_EQ(ks_channel_state(&pair.ends[1]), -EPIPE);
}

TEST(Channel, nonsense_ends_it_for_both) {
  ChannelPair pair;
  Payload payload(1, 8);
  ASSERT_EQ(ks_channel_post(&pair.ends[0], &payload), 0);
  ASSERT_EQ(ks_channel_post(&pair.ends[0], &payload), 1);
  pair.ends[0].out.slots[1].line->head = ~ks_u64{0};
  EXPECT_EQ(ks_channel_collect(&pair.ends[0], 1, &payload), -EPROTO);
  EXPECT_EQ(ks_channel_collect(&pair.ends[0], 0, &payload), -EPROTO);
  EXPECT_EQ(ks_channel_post(&pair.ends[0], &payload), -EPROTO);
  EXPECT_EQ(ks_channel_push(&pair.ends[1], &payload), -EPIPE);
}

TEST(Channel, the_policys_check_ends_a_wait) {
  for (ks_wait how : policies) {
    int left = 3;
    how.nap = 1'000'000;
    how.check = [](void* context) { return --*static_cast<int*>(context) ? 0 : -ENODEV; };
    how.context = &left;
    ChannelPair pair;
    Payload payload(1, 8);
    EXPECT_EQ(ks_channel_call(&pair.ends[0], &payload, &payload, &how), -ENODEV);
    EXPECT_EQ(ks_channel_state(&pair.ends[0]), -ENODEV);
  }
}

// The peer silences the bell of a sleeper: it costs a nap, and is no hang.
TEST(Channel, a_silenced_bell_costs_one_nap) {
  ChannelPair pair;
  std::atomic<bool> done = false;
  std::thread vandal([&] {
    while (!done) {
      __atomic_store_n(&pair.ends[0].mine->bell, mix(ks_os_now()) & 1, __ATOMIC_RELAXED);
      std::this_thread::yield();
    }
  });
  std::thread server([&] { echo(pair.ends[1], spin_then_sleep); });
  ks_wait how = sleep_at_once;
  how.nap = 1'000'000;
  Payload payload;
  for (ks_u64 i = 0; i < 50; i++) {
    payload.fill(i, 8);
    ASSERT_EQ(ks_channel_call(&pair.ends[0], &payload, &payload, &how), 0);
  }
  done = true;
  ks_channel_close(&pair.ends[0]);
  vandal.join();
  server.join();
}

TEST(Channel, a_producer_is_woken_when_there_is_room) {
  ChannelPair pair;
  constexpr ks_u64 count = 20000;
  std::thread consumer([&] {
    Payload payload;
    Look look{&pair.ends[1], &payload};
    for (ks_u64 i = 0; i < count; i++) {
      ASSERT_EQ(ks_channel_wait(&pair.ends[1], &sleep_at_once, Look::pop, &look), 0);
      ASSERT_TRUE(payload.is(i, i % 185));
    }
  });
  struct Push {
    ks_channel* channel;
    Payload payload;
    static int poll(void* context, bool) {
      auto* push = static_cast<Push*>(context);
      return ks_channel_push(push->channel, &push->payload);
    }
  } push{&pair.ends[0], Payload()};
  for (ks_u64 i = 0; i < count; i++) {
    push.payload.fill(i, i % 185);
    int error = Push::poll(&push, false);
    if (error == -EAGAIN) {
      ks_channel_flush(&pair.ends[0]);
      error = ks_channel_wait(&pair.ends[0], &sleep_at_once, Push::poll, &push);
    }
    ASSERT_EQ(error, 0);
  }
  ks_channel_flush(&pair.ends[0]);
  consumer.join();
}

TEST(Channel, memory_that_could_be_cut_is_not_mapped) {
  size_t size = ks_channel_size(&small_shape);
  FILE* plain = tmpfile();
  ASSERT_NE(plain, nullptr);
  EXPECT_EQ(PTR_ERR(ks_channel_memory_map(fileno(plain), size)), -EPERM);
  fclose(plain);
  int fd = ks_channel_memory_make(size);
  ASSERT_GE(fd, 0);
  EXPECT_EQ(ftruncate(fd, 4096), -1);
  EXPECT_EQ(PTR_ERR(ks_channel_memory_map(fd, size + 1)), -EINVAL);
  EXPECT_EQ(PTR_ERR(ks_channel_memory_map(fd, 0)), -EINVAL);
  close(fd);
}

} // namespace
} // namespace ks

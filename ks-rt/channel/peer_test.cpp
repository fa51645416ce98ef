// SPDX-License-Identifier: MIT
// Two processes, one of which dies, stalls or writes what it likes.
#include "ks-rt/channel/pair.hpp"

#include <chrono>
#include <functional>
#include <random>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>

namespace ks {
namespace {

// A child that maps the channel's memory anew, and has end 1.
class Child {
public:
  Child(const ChannelPair& pair, const ks_channel_shape& shape,
        const std::function<void(ks_channel&, ks_u8*)>& body)
      : process_(fork()) {
    if (process_) {
      pidfd_ = static_cast<int>(syscall(SYS_pidfd_open, process_, 0));
      EXPECT_GE(pidfd_, 0);
      return;
    }
    auto* memory = static_cast<ks_u8*>(ks_channel_memory_map(pair.fd(), pair.size()));
    ks_channel channel;
    if (!IS_ERR(memory) && !ks_channel_init(&channel, memory, &shape, 1)) body(channel, memory);
    _exit(0);
  }
  ~Child() {
    signal(SIGKILL);
    if (process_ > 0) waitpid(process_, nullptr, 0);
    close(pidfd_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void signal(int number) const {
    if (process_ > 0) kill(process_, number);
  }
  int* pidfd() { return &pidfd_; }

private:
  pid_t process_;
  int pidfd_ = -1;
};

// Serves whatever comes, for ever.
void serve_all(ks_channel& channel) {
  Payload payload;
  while (!ks_channel_state(&channel)) {
    bool idle = true;
    if (!ks_channel_serve(&channel, &payload)) idle = ks_channel_answer(&channel, &payload);
    for (int slot; (slot = ks_channel_take(&channel, &payload, false)) >= 0; idle = false)
      ks_channel_reply(&channel, static_cast<ks_u32>(slot), &payload);
    if (!idle)
      ks_channel_flush(&channel);
    else
      sched_yield();
  }
}

ks_wait watching(ks_wait how, Child& child) {
  how.nap = 2'000'000;
  how.check = ks_channel_check_process;
  how.context = child.pidfd();
  return how;
}

TEST(Peer, calls_go_between_processes) {
  ChannelPair pair;
  Child child(pair, small_shape, [](ks_channel& channel, ks_u8*) { serve_all(channel); });
  Payload payload;
  for (const ks_wait& policy : {yield_only, sleep_at_once}) {
    ks_wait how = watching(policy, child);
    for (ks_u64 i = 0; i < 500; i++) {
      payload.fill(i, i % 312);
      ASSERT_EQ(ks_channel_call(&pair.ends[0], &payload, &payload, &how), 0);
      ASSERT_TRUE(payload.is(i, i % 312));
    }
  }
}

// Killed in the middle of calls: each call in flight gets a reply or the error, and soon.
TEST(Peer, a_killed_peer_ends_every_call) {
  for (const ks_wait& policy : {yield_only, sleep_at_once, spin_only})
    for (int round = 0; round < 6; round++) {
      ChannelPair pair;
      Child child(pair, small_shape, [](ks_channel& channel, ks_u8*) { serve_all(channel); });
      ks_wait how = watching(policy, child);
      std::thread killer([&] {
        std::this_thread::sleep_for(std::chrono::microseconds(700 * round));
        child.signal(SIGKILL);
      });
      Payload payload(1, 100);
      int error;
      do {
        while (ks_channel_post(&pair.ends[0], &payload) >= 0) {
        }
        ks_channel_flush(&pair.ends[0]);
        error = ks_channel_call(&pair.ends[0], &payload, &payload, &how);
        while (ks_channel_collect_any(&pair.ends[0], &payload, true) >= 0) {
        }
      } while (!error);
      killer.join();
      EXPECT_EQ(error, -ECONNRESET);
      EXPECT_EQ(ks_channel_collect_any(&pair.ends[0], &payload, true), -ECONNRESET);
      for (int pending = 0; ks_window_abandon(&pair.ends[0].out) >= 0; pending++)
        ASSERT_LT(pending, 8);
      EXPECT_EQ(ks_channel_call(&pair.ends[0], &payload, &payload, &how), -ECONNRESET);
    }
}

TEST(Peer, a_stopped_peer_is_a_timeout_until_it_goes_on) {
  ChannelPair pair;
  Child child(pair, small_shape, [](ks_channel& channel, ks_u8*) { serve_all(channel); });
  ks_wait how = watching(sleep_at_once, child);
  Payload payload(1, 8);
  ASSERT_EQ(ks_channel_call(&pair.ends[0], &payload, &payload, &how), 0);
  child.signal(SIGSTOP);
  ASSERT_EQ(waitid(P_PIDFD, static_cast<id_t>(*child.pidfd()), nullptr, WSTOPPED | WNOWAIT), 0);
  payload.fill(2, 8);
  how.timeout = 20'000'000;
  EXPECT_EQ(ks_channel_call(&pair.ends[0], &payload, &payload, &how), -ETIMEDOUT);
  child.signal(SIGCONT);
  how.timeout = 10'000'000'000;
  EXPECT_EQ(ks_channel_await(&pair.ends[0], &payload, &how), 0);
  EXPECT_TRUE(payload.is(2, 8));
}

// All of the other process's time goes into writing over every word that is shared.
void vandalise(ks_u8* memory, size_t size, unsigned seed) {
  std::minstd_rand random(seed);
  auto* words = reinterpret_cast<ks_u64*>(memory);
  ks_u64 count = seed % 2 ? size / 8 : 1536; // or mostly heads, bells and counts
  for (;;) {
    ks_u64 value = mix(random());
    if (random() % 2)
      value = ks_head(random() % 8, static_cast<ks_u16>(value), static_cast<ks_u16>(value >> 52));
    __atomic_store_n(&words[random() % count], value, __ATOMIC_RELAXED);
  }
}

// Anything may come back, but it comes back, and within what was given for it.
TEST(Peer, garbage_in_every_field_is_an_error_at_worst) {
  int refused = 0;
  for (unsigned seed = 0; seed < 24; seed++) {
    ChannelPair pair;
    size_t size = pair.size();
    Child child(pair, small_shape,
                [=](ks_channel&, ks_u8* memory) { vandalise(memory, size, seed); });
    ks_wait how = watching(seed % 3 ? yield_only : sleep_at_once, child);
    how.timeout = 3'000'000;
    ks_channel& channel = pair.ends[0];
    Payload payload(312 + 56);
    auto start = std::chrono::steady_clock::now();
    while (!ks_channel_state(&channel) &&
           std::chrono::steady_clock::now() - start < std::chrono::milliseconds(60)) {
      payload.fill(seed, 100);
      ks_channel_post(&channel, &payload);
      ks_channel_push(&channel, &payload);
      ks_channel_flush(&channel);
      ks_channel_call(&channel, &payload, &payload, &how);
      int slot = ks_channel_take(&channel, &payload, true);
      EXPECT_LT(slot, 8);
      EXPECT_LE(payload.size, payload.capacity);
      payload.size = 8;
      if (slot >= 0) ks_channel_reply(&channel, static_cast<ks_u32>(slot), &payload);
      if (!ks_channel_serve(&channel, &payload)) ks_channel_answer(&channel, &payload);
      ks_channel_pop(&channel, &payload);
      EXPECT_LT(ks_channel_collect_any(&channel, &payload, true), 8);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(8));
    refused += ks_channel_state(&channel) == -EPROTO;
  }
  EXPECT_GT(refused, 0);
}

} // namespace
} // namespace ks

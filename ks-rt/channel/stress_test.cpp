// SPDX-License-Identifier: MIT
// Two threads that do everything a channel can do, in random mixes, to each other at once:
// calls of both kinds in both directions, replies out of order, notices, every way to wait.
// All contents are verified. KS_STRESS_SECONDS says how long (1).
#include "ks-rt/channel/pair.hpp"

#include <chrono>
#include <cstdlib>
#include <cstring>
#include <map>
#include <random>
#include <thread>

namespace ks {
namespace {

constexpr ks_u16 bye = 0xffff;

// A request says its own number, so that the server can verify it.
void make_request(ks_u64 number, ks_u32 size, Payload& request) {
  request.fill(number, size);
  request.data[0] = number;
}

bool is_request(const Payload& payload) {
  Payload expected;
  make_request(payload.data[0], payload.size, expected);
  return payload.tag == expected.tag && !memcmp(payload.data, expected.data, payload.size);
}

// Number and size of what a request is answered with.
std::pair<ks_u64, ks_u32> reply_to(const Payload& request) {
  ks_u64 number = mix(request.data[0] + request.size);
  return {number, static_cast<ks_u32>(number % 313)};
}

class Actor {
public:
  Actor(ks_channel& channel, unsigned seed) : channel_(channel), random_(seed) {}

  void run(std::chrono::steady_clock::time_point end) {
    for (ks_u64 step = 0;; step++) {
      // On a busy machine all of the time may pass without this thread.
      if (step >= 256 && step % 64 == 0 && std::chrono::steady_clock::now() > end) break;
      if (!start_something() && !finish_something()) wait();
    }
    while (pending_.size() || calling_ || owed_.size() || !said_bye_ || !heard_bye_) {
      if (pending_.empty() && !calling_ && owed_.empty() && !said_bye_) say_bye();
      if (!finish_something()) wait();
    }
    ks_channel_flush(&channel_);
  }

  ks_u64 calls = 0, synchronous = 0, pushed = 0, notices = 0, served = 0;

private:
  // Whether anything was sent.
  bool start_something() {
    Payload payload;
    switch (random_() % 6) {
    case 0:
    case 1: {
      if (random_() % 4 == 0) return false;
      make_request(random_(), 8 + random_() % 305, payload);
      int slot = ks_channel_post(&channel_, &payload);
      if (slot < 0) return expect_again(slot);
      EXPECT_TRUE(pending_.emplace(slot, reply_to(payload)).second);
      calls++;
      return true;
    }
    case 2:
      if (calling_) return false;
      make_request(random_(), 8 + random_() % 305, payload);
      EXPECT_EQ(ks_mailbox_post(&channel_.call, &payload), 0);
      calling_ = true;
      call_expected_ = reply_to(payload);
      synchronous++;
      return true;
    case 3: {
      payload.fill(pushed, static_cast<ks_u32>(mix(pushed) % 185));
      if (payload.tag == bye) payload.tag = 0;
      int error = ks_channel_push(&channel_, &payload);
      if (error) return expect_again(error);
      pushed++;
      return true;
    }
    default: return false;
    }
  }

  bool finish_something() {
    bool done = collect() | take() | serve() | pop();
    if (owed_.size() && (random_() % 3 == 0 || !done)) done |= answer();
    if (random_() % 8 == 0) ks_channel_flush(&channel_);
    return done;
  }

  bool collect() {
    Payload payload;
    bool done = false;
    if (calling_ && !ks_mailbox_collect(&channel_.call, &payload)) {
      EXPECT_TRUE(payload.is(call_expected_.first, call_expected_.second));
      calling_ = false;
      done = true;
    }
    int slot = ks_channel_collect_any(&channel_, &payload, false);
    if (slot < 0) return expect_again(slot) || done;
    auto call = pending_.find(slot);
    EXPECT_TRUE(call != pending_.end() && payload.is(call->second.first, call->second.second));
    pending_.erase(slot);
    return true;
  }

  bool take() {
    Payload payload;
    int slot = ks_channel_take(&channel_, &payload, random_() % 2);
    if (slot < 0) return expect_again(slot);
    EXPECT_TRUE(is_request(payload));
    auto [number, size] = reply_to(payload);
    owed_.emplace_back(slot, number, size);
    return true;
  }

  bool answer() {
    size_t which = random_() % owed_.size();
    auto [slot, number, size] = owed_[which];
    Payload reply(number, size);
    EXPECT_EQ(ks_channel_reply(&channel_, static_cast<ks_u32>(slot), &reply), 0);
    owed_.erase(owed_.begin() + static_cast<long>(which));
    served++;
    return true;
  }

  bool serve() {
    Payload payload;
    int error = ks_channel_serve(&channel_, &payload);
    if (error) return expect_again(error);
    EXPECT_TRUE(is_request(payload));
    auto [number, size] = reply_to(payload);
    Payload reply(number, size);
    EXPECT_EQ(ks_channel_answer(&channel_, &reply), 0);
    return true;
  }

  bool pop() {
    Payload payload;
    int error = ks_channel_pop(&channel_, &payload);
    if (error) return expect_again(error);
    if (payload.tag == bye) {
      heard_bye_ = true;
      return true;
    }
    Payload expected(notices, static_cast<ks_u32>(mix(notices) % 185));
    payload.tag = expected.tag;
    EXPECT_TRUE(payload.is(notices, expected.size));
    notices++;
    return true;
  }

  void say_bye() {
    Payload payload(0, 0);
    payload.tag = bye;
    said_bye_ = !ks_channel_push(&channel_, &payload);
  }

  // Whether there is anything to finish.
  static int look(void* context, bool) {
    auto* actor = static_cast<Actor*>(context);
    const ks_channel& channel = actor->channel_;
    bool room = !actor->said_bye_ && ks_ring_refresh(&actor->channel_.send);
    for (ks_u32 i = 0; i < channel.out.count; i++)
      room |= ks_mailbox_ready(&channel.out.slots[i]) | ks_mailbox_ready(&channel.in.slots[i]);
    return room || ks_mailbox_ready(&channel.call) || ks_mailbox_ready(&channel.serve) ||
                   ks_ring_ready(&channel.receive)
               ? 0
               : -EAGAIN;
  }

  void wait() {
    static constexpr ks_wait ways[] = {spin_only, yield_only, sleep_at_once, spin_then_sleep};
    ks_wait how = ways[random_() % 4];
    // Nobody owes this end anything if it owes all: then it waits only a moment.
    if (owed_.size() || pending_.size() + calling_ == 0) how.timeout = 20'000;
    ks_channel_flush(&channel_);
    int error = ks_channel_wait(&channel_, &how, look, this);
    EXPECT_TRUE(!error || (error == -ETIMEDOUT && how.timeout == 20'000)) << error;
  }

  static bool expect_again(int error) {
    EXPECT_EQ(error, -EAGAIN);
    return false;
  }

  ks_channel& channel_;
  std::minstd_rand random_;
  std::pair<ks_u64, ks_u32> call_expected_;
  std::map<int, std::pair<ks_u64, ks_u32>> pending_;
  std::vector<std::tuple<int, ks_u64, ks_u32>> owed_;
  bool calling_ = false, said_bye_ = false, heard_bye_ = false;
};

TEST(ChannelStress, random_mixes_keep_all_contents) {
  const char* seconds = getenv("KS_STRESS_SECONDS");
  auto length = std::chrono::milliseconds(1000 * (seconds ? std::max(atoi(seconds), 1) : 1) / 4);
  for (ks_channel_shape shape :
       {small_shape, ks_channel_shape{1, 1, 256, 128, true},
        ks_channel_shape{64, 1024, 320, 192, true}, ks_channel_shape{4, 8, 256, 128, false}}) {
    ChannelPair pair(shape);
    Actor one(pair.ends[0], 1), other(pair.ends[1], 2);
    auto end = std::chrono::steady_clock::now() + length;
    std::thread peer([&] { other.run(end); });
    one.run(end);
    peer.join();
    EXPECT_EQ(one.pushed, other.notices);
    EXPECT_EQ(other.pushed, one.notices);
    EXPECT_EQ(one.calls, other.served);
    EXPECT_EQ(other.calls, one.served);
    EXPECT_GT(one.calls + one.synchronous + other.calls + other.synchronous, 0u);
  }
}

} // namespace
} // namespace ks

// SPDX-License-Identifier: MIT
#include "ks-rt/channel/pair.hpp"

#include <deque>
#include <map>
#include <random>

namespace ks {
namespace {

struct Windows {
  ChannelPair pair;
  ks_window* caller = &pair.ends[0].out;
  ks_window* server = &pair.ends[1].in;
  explicit Windows(ks_u32 slots = 8) : pair({slots, 1, 64, 0, false}) {}

  int post(ks_u64 number) {
    Payload payload(number, 8);
    return ks_window_post(caller, &payload);
  }
  int take(ks_u64 number, bool thorough = true) {
    Payload payload;
    int slot = ks_window_take(server, &payload, thorough);
    EXPECT_TRUE(slot < 0 || payload.is(number, 8)) << number;
    return slot;
  }
  int reply(int slot, ks_u64 number) {
    Payload payload(number, 16);
    return ks_window_reply(server, static_cast<ks_u32>(slot), &payload);
  }
  int collect(int slot, ks_u64 number) {
    Payload payload;
    int error = ks_window_collect(caller, static_cast<ks_u32>(slot), &payload);
    EXPECT_TRUE(error || payload.is(number, 16));
    return error;
  }
};

TEST(Window, fills_and_empties) {
  for (ks_u32 slots : {1u, 2u, 8u, 64u}) {
    Windows windows(slots);
    for (int lap = 0; lap < 3; lap++) {
      for (ks_u32 i = 0; i < slots; i++) EXPECT_EQ(windows.post(i), static_cast<int>(i));
      EXPECT_EQ(windows.post(99), -EAGAIN);
      for (ks_u32 i = 0; i < slots; i++) EXPECT_EQ(windows.take(i, false), static_cast<int>(i));
      EXPECT_EQ(windows.take(0), -EAGAIN);
      for (ks_u32 i = 0; i < slots; i++) EXPECT_EQ(windows.reply(static_cast<int>(i), i), 0);
      for (ks_u32 i = 0; i < slots; i++) EXPECT_EQ(windows.collect(static_cast<int>(i), i), 0);
    }
  }
}

TEST(Window, replies_come_in_any_order) {
  Windows windows;
  for (int i = 0; i < 8; i++) ASSERT_EQ(windows.post(i), i);
  for (int i = 0; i < 8; i++) ASSERT_EQ(windows.take(i), i);
  for (int i : {5, 2, 7, 0, 1, 6, 4, 3}) {
    ASSERT_EQ(windows.reply(i, 100 + i), 0);
    Payload payload;
    EXPECT_EQ(ks_window_collect_any(windows.caller, &payload, true), i);
    EXPECT_TRUE(payload.is(100 + i, 16));
  }
}

TEST(Window, a_long_call_is_passed_over) {
  Windows windows;
  ASSERT_EQ(windows.post(0), 0);
  ASSERT_EQ(windows.take(0), 0);
  for (ks_u64 i = 1; i < 100; i++) {
    int slot = windows.post(i);
    ASSERT_GT(slot, 0);
    ASSERT_EQ(windows.take(i), slot);
    ASSERT_EQ(windows.reply(slot, i), 0);
    ASSERT_EQ(windows.collect(slot, i), 0);
  }
  ASSERT_EQ(windows.reply(0, 7), 0);
  EXPECT_EQ(windows.collect(0, 7), 0);
}

TEST(Window, a_server_that_is_not_thorough_finds_it_soon) {
  Windows windows;
  ASSERT_EQ(windows.post(0), 0);
  ASSERT_EQ(windows.post(1), 1);
  ASSERT_EQ(windows.take(0), 0);
  ASSERT_EQ(windows.take(1), 1);
  ASSERT_EQ(windows.reply(1, 1), 0);
  ASSERT_EQ(windows.collect(1, 1), 0);
  for (int i = 2; i < 8; i++) {
    ASSERT_EQ(windows.post(i), i);
    ASSERT_EQ(windows.take(i), i);
  }
  // The caller still waits for slot 0, the server has answered: it looks there first.
  ASSERT_EQ(windows.reply(0, 0), 0);
  ASSERT_EQ(windows.post(8), 1);
  int looks = 1;
  while (windows.take(8, false) == -EAGAIN) looks++;
  EXPECT_GT(looks, 1);
  EXPECT_LE(looks, KS_WINDOW_PATIENCE);
}

TEST(Window, slots_that_are_not_in_use_are_refused) {
  Windows windows;
  Payload payload(0, 8);
  for (ks_u32 slot : {0u, 7u, 8u, 63u, 64u, ~0u}) {
    EXPECT_EQ(ks_window_collect(windows.caller, slot, &payload), -ENOENT);
    EXPECT_EQ(ks_window_reply(windows.server, slot, &payload), -ENOENT);
  }
  ASSERT_EQ(windows.post(0), 0);
  ASSERT_EQ(windows.take(0), 0);
  ASSERT_EQ(windows.reply(0, 0), 0);
  EXPECT_EQ(windows.reply(0, 0), -ENOENT) << "a second reply";
}

TEST(Window, abandoned_calls_are_told_once) {
  Windows windows;
  for (int i = 0; i < 4; i++) ASSERT_EQ(windows.post(i), i);
  for (int i = 0; i < 4; i++) EXPECT_EQ(ks_window_abandon(windows.caller), i);
  EXPECT_EQ(ks_window_abandon(windows.caller), -ENOENT);
  EXPECT_EQ(windows.post(4), 4) << "the peer may still write to the first four";
}

TEST(Window, nonsense_in_any_slot_is_found) {
  for (int slot = 0; slot < 8; slot++) {
    Windows windows;
    Payload payload;
    ASSERT_EQ(windows.post(0), 0);
    windows.caller->slots[slot].line->head = ks_head(77, 0, 0);
    int found = ks_window_take(windows.server, &payload, true);
    if (slot) {
      EXPECT_EQ(found, 0) << "what is in turn is good";
      found = ks_window_take(windows.server, &payload, true);
    }
    EXPECT_EQ(found, -EPROTO);
  }
}

// Against the obvious: requests posted, taken and answered, each in a table.
class Twin {
public:
  Twin(ks_u32 slots, bool pass_over) : windows_(slots), slots_(slots), pass_over_(pass_over) {}

  void step(unsigned choice, unsigned which) {
    switch (choice % 4) {
    case 0: return post();
    case 1: return take();
    case 2: return reply(which);
    case 3: return collect();
    }
  }
  ks_u64 number = 0;

private:
  void post() {
    ks_window* caller = windows_.caller;
    if (!pass_over_ && caller->busy >> caller->next & 1) return;
    int slot = windows_.post(number);
    ASSERT_EQ(slot < 0, posted_.size() + taken_.size() + answered_.size() == slots_);
    if (slot >= 0) posted_.push_back({slot, number++});
  }
  void take() {
    Payload payload;
    int slot = ks_window_take(windows_.server, &payload, true);
    ASSERT_EQ(slot == -EAGAIN, posted_.empty());
    if (slot < 0) return;
    auto request = posted_.begin();
    while (pass_over_ && request->first != slot) ASSERT_NE(++request, posted_.end());
    ASSERT_EQ(request->first, slot) << "taken in the order posted";
    ASSERT_TRUE(payload.is(request->second, 8));
    taken_.insert(*request);
    posted_.erase(request);
  }
  void reply(unsigned which) {
    if (taken_.empty()) return;
    auto call = std::next(taken_.begin(), static_cast<long>(which % taken_.size()));
    ASSERT_EQ(windows_.reply(call->first, call->second), 0);
    answered_.insert(*call);
    taken_.erase(call);
  }
  void collect() {
    Payload payload;
    int slot = ks_window_collect_any(windows_.caller, &payload, true);
    ASSERT_EQ(slot == -EAGAIN, answered_.empty());
    if (slot < 0) return;
    ASSERT_TRUE(answered_.count(slot) && payload.is(answered_[slot], 16));
    answered_.erase(slot);
  }

  Windows windows_;
  ks_u32 slots_;
  bool pass_over_;
  std::deque<std::pair<int, ks_u64>> posted_;
  std::map<int, ks_u64> taken_, answered_;
};

TEST(Window, does_what_its_twin_does) {
  for (bool pass_over : {false, true})
    for (ks_u32 slots : {1u, 2u, 4u, 64u}) {
      std::minstd_rand random(1);
      Twin twin(slots, pass_over);
      for (int step = 0; step < 20000 && !testing::Test::HasFatalFailure(); step++) {
        unsigned choice = random();
        twin.step(choice >> 8, random());
      }
      EXPECT_GT(twin.number, 1000u);
    }
}

} // namespace
} // namespace ks

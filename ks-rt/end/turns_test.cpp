// SPDX-License-Identifier: MIT
#include "ks-rt/end/pair.hpp"

#include <atomic>
#include <chrono>
#include <string>
#include <thread>

namespace ks {
namespace {

struct Turns : testing::Test, Pair {
  void call(ks_u32 crossing, int error = 0) {
    Message message(kernel);
    ks_collect(kernel, message);
    if (error != 0) ks_message_fail(message, error);
    ks_call(kernel, crossing, message);
  }
  // As glue reads a request.
  static int read(ks_end* end, ks_message* message, int error = 0) {
    ks_apply(end, message);
    if (error != 0) return error;
    ks_applied(end, message);
    ks_message_reset(message);
    return message->error;
  }
  ks_u64 missed() { return statistics().turns_missed; }
};

TEST_F(Turns, what_was_written_first_is_read_first) {
  std::atomic<bool> first_is_there{false}, second_is_there{false};
  std::string read_so_far;
  table.driver[0] = [&](ks_end* end, ks_message* message) {
    first_is_there = true;
    while (!second_is_there) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    ks_apply(end, message);
    read_so_far += '1';
    ks_applied(end, message);
    return 0;
  };
  table.driver[1] = [&](ks_end* end, ks_message* message) {
    second_is_there = true;
    ks_apply(end, message);
    read_so_far += '2';
    ks_applied(end, message);
    return 0;
  };
  const ks_u64 before = missed();
  std::thread first([&] { call(0); });
  while (!first_is_there) std::this_thread::yield();
  call(1);
  first.join();
  EXPECT_EQ(read_so_far, "12");
  EXPECT_EQ(missed(), before);
}

TEST_F(Turns, nobody_waits_for_what_was_not_sent) {
  table.driver[1] = [&](ks_end* end, ks_message* message) { return read(end, message); };
  const ks_u64 before = missed();
  call(0, -EMSGSIZE);
  call(1);
  EXPECT_EQ(missed(), before);
}

TEST_F(Turns, nobody_waits_for_what_was_not_read_to_the_end) {
  table.driver[0] = [&](ks_end* end, ks_message* message) { return read(end, message, -ENOMEM); };
  table.driver[1] = [&](ks_end* end, ks_message* message) { return read(end, message); };
  const ks_u64 before = missed();
  call(0);
  call(2); // the default answer reads nothing
  call(1);
  EXPECT_EQ(missed(), before);
}

TEST_F(Turns, who_waits_for_ever_goes_on_and_is_counted) {
  table.driver[0] = [&](ks_end* end, ks_message* message) {
    message->turn++; // there was one more, which nobody has seen
    return read(end, message);
  };
  const ks_u64 before = missed();
  call(0);
  EXPECT_EQ(missed(), before + 1);
}

TEST_F(Turns, a_turn_that_is_nobodys_is_bad) {
  table.driver[0] = [&](ks_end* end, ks_message* message) {
    ks_call(end, 1, Message(end));
    ks_message_reset(message);
    return 0;
  };
  table.kernel[1] = [&](ks_end* end, ks_message* message) {
    message->turn = ks_u64{1} << 40;
    return read(end, message);
  };
  const ks_u64 before = missed();
  call(0);
  EXPECT_EQ(statistics().stopped_domains, 1u);
  EXPECT_EQ(missed(), before);
}

} // namespace
} // namespace ks

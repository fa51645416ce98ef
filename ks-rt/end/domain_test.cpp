// SPDX-License-Identifier: MIT
#include "ks-rt/end/pair.hpp"

#include <thread>

namespace ks {
namespace {

// A crossing as glue does it: one number there, one number back.
int call(ks_end* end, ks_u32 crossing, ks_u32 value, ks_u32* result) {
  Message message(end);
  if (!message) return -ENOMEM;
  *static_cast<ks_u32*>(ks_message_reserve(message, 4)) = value;
  int error = ks_call(end, crossing, message);
  if (error) return error;
  const auto* reply = static_cast<const ks_u32*>(ks_message_take(message, 4));
  if (!reply) return message->error;
  *result = *reply;
  return 0;
}

Answer plus(ks_u32 n) {
  return [n](ks_end*, ks_message* message) {
    const auto* value = static_cast<const ks_u32*>(ks_message_take(message, 4));
    if (!value) return message->error;
    ks_u32 result = *value + n;
    ks_message_reset(message);
    *static_cast<ks_u32*>(ks_message_reserve(message, 4)) = result;
    return 0;
  };
}

TEST(Domain, calls_cross_both_ways_and_are_counted) {
  Pair pair;
  pair.table.kernel[0] = plus(1);
  pair.table.driver[1] = plus(2);
  ks_u32 result = 0;
  EXPECT_EQ(call(pair.driver, 0, 10, &result), 0);
  EXPECT_EQ(result, 11u);
  EXPECT_EQ(call(pair.kernel, 1, 10, &result), 0);
  EXPECT_EQ(result, 12u);
  EXPECT_EQ(pair.statistics().crossings_to_kernel, 1u);
  EXPECT_EQ(pair.statistics().crossings_to_driver, 1u);
  EXPECT_EQ(pair.statistics().messages_in_use, 0u);
}

TEST(Domain, calls_nest_until_the_pool_is_empty) {
  Pair pair;
  ks_u32 deepest = 0;
  auto down = [&](ks_end* end, ks_message* message) {
    ks_u32 depth = *static_cast<const ks_u32*>(ks_message_take(message, 4));
    deepest = std::max(deepest, depth);
    ks_u32 result = 0;
    int error = call(end, 0, depth + 1, &result);
    ks_message_reset(message);
    *static_cast<ks_u32*>(ks_message_reserve(message, 4)) = error ? depth : result;
    return 0;
  };
  pair.table.kernel[0] = down;
  pair.table.driver[0] = down;
  ks_u32 result = 0;
  EXPECT_EQ(call(pair.kernel, 0, 1, &result), 0);
  EXPECT_EQ(result, deepest);
  EXPECT_GE(deepest, 16u);
  EXPECT_FALSE(ks_domain_stopped(pair.kernel));
  EXPECT_EQ(pair.statistics().messages_in_use, 0u);
}

TEST(Domain, error_of_the_driver_reaches_its_caller_only) {
  Pair pair;
  int error = -ENOSPC;
  pair.table.driver[0] = [&](ks_end*, ks_message*) { return error; };
  ks_u32 result = 0;
  EXPECT_EQ(call(pair.kernel, 0, 1, &result), -ENOSPC);
  error = -EBADMSG;
  EXPECT_EQ(call(pair.kernel, 0, 1, &result), -EPROTO);
  EXPECT_FALSE(ks_domain_stopped(pair.kernel));
}

TEST(Domain, error_of_the_kernel_reaches_the_driver) {
  Pair pair;
  pair.table.kernel[0] = [&](ks_end*, ks_message*) { return -ENOMEM; };
  ks_u32 result = 0;
  EXPECT_EQ(call(pair.driver, 0, 1, &result), -ENOMEM);
  EXPECT_FALSE(ks_domain_stopped(pair.kernel));
}

// Each of these must stop the domain, and every call after it is answered -EIO.
class Hostile : public testing::Test {
protected:
  Pair pair;
  void expect_stopped() {
    EXPECT_TRUE(ks_domain_stopped(pair.kernel));
    EXPECT_TRUE(ks_domain_stopped(pair.driver));
    EXPECT_EQ(ks_message_get(pair.kernel), nullptr);
    EXPECT_EQ(ks_message_get(pair.driver), nullptr);
    EXPECT_EQ(pair.statistics().stopped_domains, 1u);
    EXPECT_EQ(pair.statistics().messages_in_use, 0u);
  }
};

TEST_F(Hostile, bad_short_message) {
  pair.table.kernel[0] = plus(1);
  {
    Message message(pair.driver);
    EXPECT_EQ(ks_call(pair.driver, 0, message), -EBADMSG);
  }
  expect_stopped();
}

TEST_F(Hostile, bad_crossing_number) {
  for (ks_u32 crossing : {crossing_count, crossing_count + 1, ~0u}) {
    Pair other("other");
    Message message(other.driver);
    EXPECT_EQ(ks_call(other.driver, crossing, message), -EBADMSG);
    EXPECT_TRUE(ks_domain_stopped(other.driver));
  }
}

TEST_F(Hostile, bad_size_of_a_message) {
  {
    Message message(pair.driver);
    message->size = KS_MESSAGE_SIZE + 1;
    EXPECT_EQ(ks_call(pair.driver, 0, message), -EBADMSG);
  }
  expect_stopped();
}

TEST_F(Hostile, bad_size_of_a_reply) {
  pair.table.driver[0] = [](ks_end*, ks_message* message) {
    message->size = ~0u;
    return 0;
  };
  ks_u32 result = 0;
  EXPECT_EQ(call(pair.kernel, 0, 1, &result), -EBADMSG);
  expect_stopped();
}

TEST_F(Hostile, bad_short_reply) {
  pair.table.driver[0] = [](ks_end*, ks_message* message) {
    ks_message_reset(message);
    return 0;
  };
  ks_u32 result = 0;
  EXPECT_EQ(call(pair.kernel, 0, 1, &result), -EBADMSG);
  expect_stopped();
}

TEST_F(Hostile, bad_answer_that_is_no_error) {
  pair.table.driver[0] = [](ks_end*, ks_message*) { return -100000; };
  ks_u32 result = 0;
  EXPECT_EQ(call(pair.kernel, 0, 1, &result), -EBADMSG);
  expect_stopped();
}

TEST_F(Hostile, stopped_in_the_middle_of_a_call) {
  pair.table.driver[0] = [](ks_end* end, ks_message* message) {
    ks_domain_stop(end, "for the test");
    ks_message_reset(message);
    return 0;
  };
  ks_u32 result = 0;
  EXPECT_EQ(call(pair.kernel, 0, 1, &result), -EIO);
  expect_stopped();
}

TEST(Domain, message_taken_before_the_stop_is_answered_eio) {
  Pair pair;
  Message message(pair.kernel);
  ks_domain_stop(pair.kernel, "for the test");
  EXPECT_EQ(ks_call(pair.kernel, 0, message), -EIO);
  EXPECT_EQ(message->error, -EIO);
  EXPECT_EQ(ks_message_take(message, 0), nullptr);
}

TEST(Domain, open_needs_an_offer_of_the_same_idl) {
  Pair pair;
  ks_interface kernel = pair.kernel_interface;
  EXPECT_EQ(PTR_ERR(ks_domain_open(&kernel)), -EEXIST);
  EXPECT_EQ(PTR_ERR(ks_domain_offer(&pair.driver_interface)), -EEXIST);
  kernel.name = "nobody";
  EXPECT_EQ(PTR_ERR(ks_domain_open(&kernel)), -ENOENT);
  ks_domain_close(pair.kernel);
  kernel = pair.kernel_interface;
  kernel.hash++;
  EXPECT_EQ(PTR_ERR(ks_domain_open(&kernel)), -ENOEXEC);
  kernel.hash--;
  kernel.is_driver = true;
  EXPECT_EQ(PTR_ERR(ks_domain_open(&kernel)), -EINVAL);
  pair.kernel = ks_domain_open(&pair.kernel_interface);
  EXPECT_FALSE(IS_ERR(pair.kernel));
}

TEST(Domain, opened_again_starts_afresh) {
  Pair pair;
  int object = 0;
  ks_ref ref = 0;
  {
    Message message(pair.driver);
    ref = ref_of(pair.driver, message, &object, type_packet);
  }
  EXPECT_TRUE(ks_ref_known(pair.driver, ref));
  ks_domain_close(pair.kernel);
  EXPECT_TRUE(ks_domain_stopped(pair.driver)) << "nobody to call";
  pair.kernel = ks_domain_open(&pair.kernel_interface);
  EXPECT_FALSE(ks_ref_known(pair.driver, ref));
  pair.cross(pair.driver);
}

TEST(Domain, either_end_may_leave_first) {
  Pair pair;
  ks_domain_withdraw(pair.driver);
  pair.driver = nullptr;
  EXPECT_TRUE(ks_domain_stopped(pair.kernel));
  EXPECT_EQ(ks_message_get(pair.kernel), nullptr);
}

TEST(Domain, leaving_waits_for_the_calls_under_way) {
  Pair pair;
  bool inside = false, done = false;
  pair.table.kernel[0] = [&](ks_end*, ks_message* message) {
    __atomic_store_n(&inside, true, __ATOMIC_SEQ_CST);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    ks_message_reset(message);
    done = true;
    return 0;
  };
  std::thread caller([&] {
    Message message(pair.driver);
    ks_call(pair.driver, 0, message);
  });
  while (!__atomic_load_n(&inside, __ATOMIC_SEQ_CST)) std::this_thread::yield();
  pair.close_kernel();
  pair.kernel = nullptr;
  EXPECT_TRUE(done);
  caller.join();
}

TEST(Domain, totals_remember_what_is_gone) {
  ks_statistics before, after;
  ks_all_statistics(&before);
  {
    Pair pair;
    pair.cross(pair.kernel);
    pair.cross(pair.driver);
  }
  ks_all_statistics(&after);
  EXPECT_EQ(after.crossings_to_driver, before.crossings_to_driver + 1);
  EXPECT_EQ(after.crossings_to_kernel, before.crossings_to_kernel + 1);
  EXPECT_EQ(after.live_objects, 0u);
  EXPECT_EQ(after.messages_in_use, 0u);
}

} // namespace
} // namespace ks

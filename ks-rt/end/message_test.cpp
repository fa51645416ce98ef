// SPDX-License-Identifier: MIT
#include "ks-rt/end/pair.hpp"

#include <cstdarg>
#include <cstring>
#include <string>
#include <vector>

namespace ks {
namespace {

TEST(Message, reserve_aligns_and_zeroes_padding) {
  Pair pair;
  Message message(pair.driver);
  memset(message->data, 0xff, message->capacity);
  auto* one = static_cast<ks_u8*>(ks_message_reserve(message, 3));
  auto* two = static_cast<ks_u8*>(ks_message_reserve(message, 8));
  ASSERT_NE(one, nullptr);
  EXPECT_EQ(two, one + 8);
  EXPECT_EQ(message->size, 16u);
  for (int i = 0; i < 16; i++) EXPECT_EQ(message->data[i], 0) << i;
}

TEST(Message, overflow_sticks) {
  Pair pair;
  Message message(pair.driver);
  EXPECT_NE(ks_message_reserve(message, KS_MESSAGE_SIZE - 7), nullptr);
  EXPECT_EQ(ks_message_reserve(message, 1), nullptr);
  EXPECT_EQ(message->error, -EMSGSIZE);
  EXPECT_EQ(ks_message_reserve(message, 0), nullptr);
  EXPECT_EQ(ks_call(pair.driver, 0, message), -EMSGSIZE);
  EXPECT_FALSE(ks_domain_stopped(pair.driver));
}

ks_u32 put_format(ks_message* message, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const ks_u32 slot = ks_put_format(message, format, arguments);
  va_end(arguments);
  return slot;
}

const char* take_text(ks_message* message, ks_u32 slot) {
  return static_cast<const char*>(ks_message_take(message, slot - 1));
}

TEST(Message, what_a_format_makes_crosses_as_a_string) {
  Pair pair;
  Message message(pair.driver);
  EXPECT_EQ(put_format(message, nullptr), 0u);
  const ks_u32 first = put_format(message, "%d of %s", 3, "five");
  const ks_u32 second = put_format(message, "ends %c here", 0);
  const ks_u32 third = put_format(message, "");
  EXPECT_EQ(first, 11u);
  EXPECT_STREQ(take_text(message, first), "3 of five");
  EXPECT_STREQ(take_text(message, second), "ends ");
  EXPECT_STREQ(take_text(message, third), "");
  const std::string longer(KS_MESSAGE_SIZE, 'x');
  EXPECT_EQ(put_format(message, "%s", longer.c_str()), 0u);
  EXPECT_EQ(message->error, -EMSGSIZE);
}

TEST(Message, sizes_near_the_limits_do_not_wrap) {
  Pair pair;
  for (size_t n : {size_t{0} - 1, size_t{0} - 8, size_t{1} << 32, size_t{KS_MESSAGE_SIZE} + 1}) {
    Message message(pair.driver);
    EXPECT_EQ(ks_message_reserve(message, n), nullptr) << n;
    Message other(pair.driver);
    ASSERT_NE(ks_message_reserve(other, 16), nullptr);
    EXPECT_EQ(ks_message_take(other, n), nullptr) << n;
    EXPECT_EQ(other->error, -EBADMSG);
    Message third(pair.driver);
    EXPECT_EQ(ks_scratch(third, n), nullptr) << n;
  }
  Message full(pair.driver);
  EXPECT_NE(ks_message_reserve(full, KS_MESSAGE_SIZE), nullptr);
}

TEST(Message, take_stops_at_what_was_received) {
  Pair pair;
  Message message(pair.driver);
  ASSERT_NE(ks_message_reserve(message, 12), nullptr);
  EXPECT_NE(ks_message_take(message, 4), nullptr);
  EXPECT_NE(ks_message_take(message, 4), nullptr);
  EXPECT_EQ(ks_message_take(message, 1), nullptr);
  EXPECT_EQ(message->error, -EBADMSG);
  ks_message_rewind(message);
  EXPECT_EQ(ks_message_take(message, 1), nullptr) << "the error sticks";
}

TEST(Message, rewind_reads_the_same_again) {
  Pair pair;
  Message message(pair.driver);
  *static_cast<ks_u32*>(ks_message_reserve(message, 4)) = 7;
  const void* first = ks_message_take(message, 4);
  ks_message_rewind(message);
  EXPECT_EQ(ks_message_take(message, 4), first);
}

TEST(Message, scratch_of_a_page_begins_at_one) {
  Pair pair;
  Message message(pair.driver);
  EXPECT_NE(ks_scratch(message, 8), nullptr);
  EXPECT_EQ(reinterpret_cast<size_t>(ks_scratch(message, 4096)) % 4096, 0u);
  EXPECT_EQ(reinterpret_cast<size_t>(ks_scratch(message, 4096)) % 4096, 0u);
}

TEST(Message, scratch_is_zeroed_and_bounded) {
  Pair pair;
  {
    Message message(pair.driver);
    memset(ks_scratch(message, KS_MESSAGE_SIZE), 0xff, KS_MESSAGE_SIZE);
    EXPECT_EQ(ks_scratch(message, 1), nullptr);
    EXPECT_EQ(message->error, -EMSGSIZE);
  }
  Message message(pair.driver);
  auto* bytes = static_cast<ks_u8*>(ks_scratch(message, 100));
  for (int i = 0; i < 100; i++) EXPECT_EQ(bytes[i], 0);
  EXPECT_EQ(reinterpret_cast<size_t>(ks_scratch(message, 8)) % 16, 0u);
}

TEST(Message, pool_runs_dry_and_recovers) {
  Pair pair;
  std::vector<ks_message*> taken;
  while (ks_message* message = ks_message_get(pair.driver)) {
    taken.push_back(message);
    ASSERT_LE(taken.size(), 1000u);
  }
  EXPECT_GE(taken.size(), 16u);
  EXPECT_EQ(pair.statistics().messages_in_use, taken.size());
  {
    Message message(pair.kernel);
    EXPECT_EQ(ks_call(pair.kernel, 0, message), -ENOBUFS);
  }
  for (ks_message* message : taken) ks_message_put(pair.driver, message);
  EXPECT_EQ(pair.statistics().messages_in_use, 0u);
  pair.cross(pair.kernel);
}

} // namespace
} // namespace ks

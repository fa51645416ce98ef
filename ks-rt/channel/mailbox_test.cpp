// SPDX-License-Identifier: MIT
#include "ks-rt/channel/pair.hpp"

namespace ks {
namespace {

struct Box {
  ks_line line{};
  std::vector<ks_u8> tail = std::vector<ks_u8>(128);
  ks_mailbox caller{}, server{};
  Box() {
    ks_mailbox_init(&caller, &line, tail.data(), 128);
    ks_mailbox_init(&server, &line, tail.data(), 128);
  }
};

TEST(Mailbox, carries_a_call_and_its_reply_of_any_size) {
  Box box;
  Payload received;
  for (ks_u32 size = 0; size <= KS_LINE_BYTES + 128; size++) {
    Payload request(size, size), reply(1000 + size, KS_LINE_BYTES + 128 - size);
    ASSERT_EQ(ks_mailbox_post(&box.caller, &request), 0);
    ASSERT_EQ(ks_mailbox_take(&box.server, &received), 0);
    EXPECT_TRUE(received.is(size, size)) << size;
    ASSERT_EQ(ks_mailbox_reply(&box.server, &reply), 0);
    ASSERT_EQ(ks_mailbox_collect(&box.caller, &received), 0);
    EXPECT_TRUE(received.is(1000 + size, KS_LINE_BYTES + 128 - size)) << size;
  }
}

TEST(Mailbox, turns_are_kept) {
  Box box;
  Payload payload(1, 8);
  EXPECT_EQ(ks_mailbox_collect(&box.caller, &payload), -ENOENT);
  EXPECT_EQ(ks_mailbox_take(&box.server, &payload), -EAGAIN);
  EXPECT_EQ(ks_mailbox_reply(&box.server, &payload), -EINVAL);
  ASSERT_EQ(ks_mailbox_post(&box.caller, &payload), 0);
  EXPECT_EQ(ks_mailbox_post(&box.caller, &payload), -EBUSY);
  EXPECT_EQ(ks_mailbox_collect(&box.caller, &payload), -EAGAIN);
  ASSERT_EQ(ks_mailbox_take(&box.server, &payload), 0);
  EXPECT_EQ(ks_mailbox_take(&box.server, &payload), -EBUSY);
  EXPECT_EQ(ks_mailbox_collect(&box.caller, &payload), -EAGAIN);
}

TEST(Mailbox, what_is_past_the_size_stays_private) {
  Box box;
  Payload payload(1, KS_LINE_BYTES);
  memset(box.line.words, 0, sizeof box.line.words);
  memset(payload.data, 0xff, KS_LINE_BYTES);
  payload.size = 11;
  ASSERT_EQ(ks_mailbox_post(&box.caller, &payload), 0);
  EXPECT_EQ(box.line.words[0], ~ks_u64{0});
  EXPECT_EQ(box.line.words[1], 0xffffffu);
  EXPECT_EQ(box.line.words[2], 0u);
}

TEST(Mailbox, too_long_is_not_sent) {
  Box box;
  Payload payload(1, KS_LINE_BYTES + 129);
  EXPECT_EQ(ks_mailbox_post(&box.caller, &payload), -EMSGSIZE);
  payload.size = ~0u;
  EXPECT_EQ(ks_mailbox_post(&box.caller, &payload), -EMSGSIZE);
  EXPECT_EQ(box.line.head, 0u);
  EXPECT_FALSE(ks_mailbox_busy(&box.caller));
}

TEST(Mailbox, a_receiver_without_room_can_ask_again) {
  Box box;
  Payload sent(7, 100), small(64), large(100);
  ASSERT_EQ(ks_mailbox_post(&box.caller, &sent), 0);
  EXPECT_EQ(ks_mailbox_take(&box.server, &small), -EMSGSIZE);
  EXPECT_EQ(small.size, 100u);
  ASSERT_EQ(ks_mailbox_take(&box.server, &large), 0);
  EXPECT_TRUE(large.is(7, 100));
}

TEST(Mailbox, the_sequence_wraps) {
  Box box;
  box.line.head = box.caller.last = box.server.last = ks_head(~ks_u32{0} - 1, 0, 0);
  Payload received;
  for (int i = 0; i < 3; i++) {
    Payload payload(i, 8);
    ASSERT_EQ(ks_mailbox_post(&box.caller, &payload), 0);
    ASSERT_EQ(ks_mailbox_take(&box.server, &received), 0);
    ASSERT_EQ(ks_mailbox_reply(&box.server, &payload), 0);
    ASSERT_EQ(ks_mailbox_collect(&box.caller, &received), 0);
    EXPECT_TRUE(received.is(i, 8));
  }
}

// Every head but two is refused: what was there, and what may come.
TEST(Mailbox, a_wrong_head_is_refused) {
  for (unsigned bit = 0; bit < 64; bit++) {
    Box box;
    Payload payload(1, 8);
    box.line.head ^= ks_u64{1} << bit;
    EXPECT_EQ(ks_mailbox_take(&box.server, &payload), bit == 32 ? 0 : -EPROTO) << bit;
  }
  for (unsigned bit = 0; bit < 64; bit++) {
    Box box;
    Payload payload(1, 8);
    ASSERT_EQ(ks_mailbox_post(&box.caller, &payload), 0);
    box.line.head ^= ks_u64{1} << bit;
    EXPECT_EQ(ks_mailbox_collect(&box.caller, &payload), -EPROTO) << bit;
  }
}

TEST(Mailbox, a_wrong_size_is_refused) {
  for (ks_u32 size : {KS_LINE_BYTES + 129u, 0x8000u, 0xffffu}) {
    Box box;
    Payload payload(70000);
    box.line.head = ks_head(1, 0, static_cast<ks_u16>(size));
    EXPECT_EQ(ks_mailbox_take(&box.server, &payload), -EPROTO);
    EXPECT_FALSE(ks_mailbox_busy(&box.server));
  }
}

} // namespace
} // namespace ks

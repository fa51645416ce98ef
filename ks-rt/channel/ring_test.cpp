// SPDX-License-Identifier: MIT
#include "ks-rt/channel/pair.hpp"

namespace ks {
namespace {

struct Rings {
  ChannelPair pair;
  ks_ring* producer = &pair.ends[0].send;
  ks_ring* consumer = &pair.ends[1].receive;
  explicit Rings(ks_u32 slots = 16) : pair({1, slots, 0, 128, false}) {}

  int push(ks_u64 number, ks_u32 size = 8) {
    Payload payload(number, size);
    return ks_ring_push(producer, &payload);
  }
  int pop(ks_u64 number, ks_u32 size = 8) {
    Payload payload;
    int error = ks_ring_pop(consumer, &payload);
    EXPECT_TRUE(error || payload.is(number, size)) << number;
    return error;
  }
};

TEST(Ring, keeps_order_over_many_laps) {
  for (ks_u32 slots : {1u, 2u, 16u, 1024u}) {
    Rings rings(slots);
    ks_u64 pushed = 0, popped = 0;
    for (int round = 0; round < 100; round++) {
      while (rings.push(pushed, static_cast<ks_u32>(pushed % 185)) == 0) pushed++;
      EXPECT_LE(pushed - popped, slots);
      for (int i = 0; i <= round % 7 && rings.pop(popped, static_cast<ks_u32>(popped % 185)) == 0;
           i++)
        popped++;
    }
    EXPECT_GE(pushed, slots);
  }
}

TEST(Ring, full_and_empty_are_results) {
  Rings rings;
  EXPECT_EQ(rings.pop(0), -EAGAIN);
  for (int i = 0; i < 16; i++) EXPECT_EQ(rings.push(i), 0);
  EXPECT_EQ(rings.push(16), -EAGAIN);
  for (int i = 0; i < 16; i++) EXPECT_EQ(rings.pop(i), 0);
  EXPECT_EQ(rings.pop(16), -EAGAIN);
  EXPECT_EQ(rings.push(16), 0);
}

// Nobody waits for room that is there: who empties the ring has told so.
TEST(Ring, an_empty_ring_is_all_room) {
  for (int used = 1; used <= 16; used++) {
    Rings rings;
    for (int i = 0; i < used; i++) ASSERT_EQ(rings.push(i), 0);
    for (int i = 0; i < used; i++) ASSERT_EQ(rings.pop(i), 0);
    ASSERT_EQ(rings.pop(0), -EAGAIN);
    for (int i = 0; i < 16; i++) EXPECT_EQ(rings.push(i), 0) << used;
  }
}

TEST(Ring, a_batch_stops_where_it_is_full) {
  Rings rings;
  std::vector<ks_u64> word{1};
  std::vector<ks_payload> payloads(10, ks_payload{word.data(), 8, 8, 3});
  EXPECT_EQ(ks_ring_push_many(rings.producer, payloads.data(), 10), 10);
  EXPECT_EQ(ks_ring_push_many(rings.producer, payloads.data(), 10), 6);
  EXPECT_EQ(ks_ring_push_many(rings.producer, payloads.data(), 10), -EAGAIN);
  EXPECT_EQ(ks_ring_push_many(rings.producer, payloads.data(), 0), 0);
}

TEST(Ring, too_long_is_not_sent) {
  Rings rings;
  EXPECT_EQ(rings.push(0, KS_LINE_BYTES + 129), -EMSGSIZE);
  EXPECT_EQ(rings.pop(0), -EAGAIN);
}

// At every fill the consumer can tell of as many payloads as were sent since, and no more.
TEST(Ring, a_wrong_count_of_freed_slots_is_refused) {
  for (ks_u32 told : {1u, 17u, 100u, 0x7fffffffu, 0x80000000u, ~0u, ~0u - 16}) {
    Rings rings;
    for (int i = 0; i < 16; i++) ASSERT_EQ(rings.push(i), 0);
    *rings.producer->freed = told;
    EXPECT_EQ(rings.push(16), told <= 16 ? 0 : -EPROTO) << told;
  }
  Rings rings;
  for (int i = 0; i < 16; i++) ASSERT_EQ(rings.push(i), 0);
  *rings.producer->freed = 16;
  ASSERT_EQ(rings.push(16), 0);
  *rings.producer->freed = 15;
  for (int i = 17; i < 32; i++)
    ASSERT_EQ(rings.push(i), 0) << "it is not looked at before it is needed";
  EXPECT_EQ(rings.push(32), -EPROTO) << "freed slots cannot be taken back";
}

TEST(Ring, a_wrong_head_is_refused) {
  for (ks_u32 sequence : {2u, 3u, ~0u}) {
    Rings rings;
    rings.producer->lines[0].head = ks_head(sequence, 0, 8);
    EXPECT_TRUE(ks_ring_ready(rings.consumer));
    EXPECT_EQ(rings.pop(0), -EPROTO);
  }
  for (ks_u32 size : {KS_LINE_BYTES + 129u, 0xffffu}) {
    Rings rings;
    rings.producer->lines[0].head = ks_head(1, 0, static_cast<ks_u16>(size));
    EXPECT_EQ(rings.pop(0), -EPROTO);
  }
}

TEST(Ring, positions_wrap) {
  Rings rings;
  ks_u64 start = (ks_u64{1} << 36) - 32; // the lap's 32 bits and the count's wrap soon
  for (ks_ring* ring : {rings.producer, rings.consumer}) ring->position = ring->known = start;
  *rings.producer->freed = static_cast<ks_u32>(start);
  for (int i = 0; i < 16; i++)
    rings.producer->lines[i].head = ks_head(ks_ring_sequence(rings.producer, start) - 1, 0, 0);
  for (ks_u64 i = 0; i < 100; i++) {
    ASSERT_EQ(rings.push(i), 0) << i;
    ASSERT_EQ(rings.pop(i), 0) << i;
  }
}

} // namespace
} // namespace ks

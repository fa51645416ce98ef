// SPDX-License-Identifier: MIT
// For tests: both ends of a channel in one process, and payloads whose contents can be told.
#pragma once

#include "ks-rt/channel/user.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <unistd.h>
#include <vector>

namespace ks {

// Long enough for the busiest machine. A nap is as long, so that a lost wake-up is a time-out.
inline constexpr struct ks_wait spin_only{~0u, 0, false, 50'000'000'000, 0, nullptr, nullptr};
inline constexpr struct ks_wait yield_only{16, 1, false, 50'000'000'000, 0, nullptr, nullptr};
inline constexpr struct ks_wait sleep_at_once{0,       0,      true, 50'000'000'000, 50'000'000'000,
                                              nullptr, nullptr};
inline constexpr struct ks_wait spin_then_sleep{
    200, 2, true, 50'000'000'000, 50'000'000'000, nullptr, nullptr};

inline constexpr ks_channel_shape small_shape{8, 16, 256, 128, true};

class ChannelPair {
public:
  explicit ChannelPair(const ks_channel_shape& shape = small_shape)
      : size_(ks_channel_size(&shape)), fd_(ks_channel_memory_make(size_)),
        memory_(ks_channel_memory_map(fd_, size_)) {
    EXPECT_FALSE(IS_ERR(memory_));
    for (int end = 0; end < 2; end++)
      EXPECT_EQ(ks_channel_init(&ends[end], memory_, &shape, end), 0);
  }
  ~ChannelPair() {
    ks_channel_memory_unmap(memory_, size_);
    close(fd_);
  }
  ChannelPair(const ChannelPair&) = delete;
  ChannelPair& operator=(const ChannelPair&) = delete;

  void* memory() const { return memory_; }
  size_t size() const { return size_; }
  int fd() const { return fd_; }

  ks_channel ends[2];

private:
  size_t size_;
  int fd_;
  void* memory_;
};

// Pseudo-random, by number: what the other end makes again to compare.
inline ks_u64 mix(ks_u64 value) {
  value += 0x9e3779b97f4a7c15;
  value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
  value = (value ^ value >> 27) * 0x94d049bb133111eb;
  return value ^ value >> 31;
}

// A payload with room, filled by number.
class Payload : public ks_payload {
public:
  explicit Payload(ks_u32 room = 1024) : ks_payload{}, words_(room / 8 + 1) {
    data = words_.data();
    capacity = room;
  }
  Payload(ks_u64 number, ks_u32 bytes) : Payload(std::max<ks_u32>(bytes + 8, 64)) {
    fill(number, bytes);
  }
  Payload(const Payload&) = delete;
  Payload& operator=(const Payload&) = delete;

  void fill(ks_u64 number, ks_u32 bytes) {
    size = bytes;
    tag = static_cast<ks_u16>(mix(number));
    for (ks_u32 i = 0; i < (bytes + 7) / 8; i++) data[i] = mix(number + i);
  }
  bool is(ks_u64 number, ks_u32 bytes) const {
    if (size != bytes || tag != static_cast<ks_u16>(mix(number))) return false;
    for (ks_u32 i = 0; i < bytes; i++)
      if ((data[i / 8] ^ mix(number + i / 8)) >> 8 * (i % 8) & 0xff) return false;
    return true;
  }

private:
  std::vector<ks_u64> words_;
};

} // namespace ks

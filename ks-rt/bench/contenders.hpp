// SPDX-License-Identifier: MIT
// What ks-rt's channels are measured against: queues of 64-byte messages.
#pragma once

#include "ks-rt/bench/measure.hpp"

#include <boost/lockfree/spsc_queue.hpp>
#include <concurrentqueue/concurrentqueue.h>

#include <array>
#include <memory>

namespace ks::bench {

struct alignas(64) Message {
  u64 words[8];
};

// A ring as libfipc's authors describe theirs: a line per message, whose status word says
// whether it was sent; each end counts for itself, and the consumer clears the status.
template <unsigned slots>
class StatusRing {
public:
  bool push(const Message& message) {
    Slot& slot = slots_[sent_ % slots];
    if (__atomic_load_n(&slot.status, __ATOMIC_ACQUIRE) == full)
      return false;
    for (int i = 0; i < 7; i++)
      slot.words[i] = message.words[i];
    __atomic_store_n(&slot.status, full, __ATOMIC_RELEASE);
    sent_++;
    return true;
  }
  bool pop(Message& message) {
    Slot& slot = slots_[received_ % slots];
    if (__atomic_load_n(&slot.status, __ATOMIC_ACQUIRE) != full)
      return false;
    for (int i = 0; i < 7; i++)
      message.words[i] = slot.words[i];
    __atomic_store_n(&slot.status, empty, __ATOMIC_RELEASE);
    received_++;
    return true;
  }

private:
  static constexpr uint32_t empty = 0, full = 1;
  struct alignas(64) Slot {
    uint32_t status;
    uint32_t flags;
    u64 words[7];
  };
  std::array<Slot, slots> slots_{};
  alignas(64) u64 sent_ = 0;
  alignas(64) u64 received_ = 0;
};

class BoostQueue {
public:
  bool push(const Message& message) { return queue_.push(message); }
  bool pop(Message& message) { return queue_.pop(message); }

private:
  boost::lockfree::spsc_queue<Message, boost::lockfree::capacity<1023>> queue_;
};

class MoodycamelQueue {
public:
  bool push(const Message& message) { return queue_.enqueue(producer_, message); }
  bool pop(Message& message) { return queue_.try_dequeue(consumer_, message); }

private:
  moodycamel::ConcurrentQueue<Message> queue_{4096};
  moodycamel::ProducerToken producer_{queue_};
  moodycamel::ConsumerToken consumer_{queue_};
};

inline void answer(Message& message) {
  u64 sum = 0;
  for (int i = 0; i < 6; i++)
    sum += message.words[i];
  message.words[0] = sum;
}

// Callers post again when this many of their window are free.
inline unsigned refill(unsigned window) {
  return window < 4 ? 1 : window / 4;
}

// Calls over two queues, `window` of them in flight.
template <class Queue>
double queue_calls(unsigned window, u64 each, u64 windows) {
  auto requests = std::make_unique<Queue>();
  auto replies = std::make_unique<Queue>();
  u64 count = each * windows;
  Peer server(0, [&] {
    Message message{};
    for (u64 i = 0; i < count; i++) {
      while (!requests->pop(message))
        _mm_pause();
      answer(message);
      while (!replies->push(message))
        _mm_pause();
    }
  });
  Windows times(each);
  Message message{};
  times.start();
  for (u64 sent = 0, received = 0; received < count;) {
    if (window - (sent - received) >= refill(window))
      for (; sent < count && sent - received < window; sent++) {
        for (u64 i = 0; i < 6; i++)
          message.words[i] = sent + i;
        while (!requests->push(message))
          _mm_pause();
      }
    while (!replies->pop(message))
      _mm_pause();
    require(message.words[0] == 6 * received + 15, "a queue's reply");
    if (++received % each == 0)
      times.end_of_one();
  }
  return times.median();
}

template <class Queue>
double queue_messages(u64 each, u64 windows) {
  auto queue = std::make_unique<Queue>();
  u64 count = each * windows;
  Peer producer(0, [&] {
    Message message{};
    for (u64 i = 0; i < count; i++) {
      message.words[0] = i;
      message.words[6] = ~i;
      while (!queue->push(message))
        _mm_pause();
    }
  });
  Windows times(each);
  Message message{};
  times.start();
  for (u64 i = 0; i < count;) {
    while (!queue->pop(message))
      _mm_pause();
    require(message.words[0] == i && message.words[6] == ~i, "a queue's message");
    if (++i % each == 0)
      times.end_of_one();
  }
  return times.median();
}

} // namespace ks::bench

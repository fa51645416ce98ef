// SPDX-License-Identifier: MIT
// What ks-rt's channels are measured against: queues of 64-byte messages.
#pragma once

#include "ks-rt/bench/measure.hpp"

#include <boost/lockfree/spsc_queue.hpp>
#include <concurrentqueue/concurrentqueue.h>

#include <array>

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
    if (__atomic_load_n(&slot.status, __ATOMIC_ACQUIRE) == full) return false;
    for (int i = 0; i < 7; i++) slot.words[i] = message.words[i];
    __atomic_store_n(&slot.status, full, __ATOMIC_RELEASE);
    sent_++;
    return true;
  }
  bool pop(Message& message) {
    Slot& slot = slots_[received_ % slots];
    if (__atomic_load_n(&slot.status, __ATOMIC_ACQUIRE) != full) return false;
    for (int i = 0; i < 7; i++) message.words[i] = slot.words[i];
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

} // namespace ks::bench

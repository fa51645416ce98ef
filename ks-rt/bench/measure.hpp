// SPDX-License-Identifier: MIT
// For what takes two processors: pinned peers, and nanoseconds window by window.
#pragma once

#include "ks-rt/bench/bench.hpp"

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <pthread.h>
#include <sched.h>
#include <time.h>
#include <x86intrin.h>

namespace ks::bench {

using u64 = std::uint64_t;

inline int home, away; // the processors of whoever measures, and of its peer

inline void pin(int processor) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(processor, &set);
  if (sched_setaffinity(0, sizeof set, &set))
    fprintf(stderr, "ks-bench-rt: warning: cannot stay on processor %d\n", processor);
}

inline void require(bool good, const char* what) {
  if (good) return;
  fprintf(stderr, "ks-bench-rt: error: wrong: %s\n", what);
  abort();
}

// A thread that is born on its processor: under a real-time policy one that was
// born beside a spinning parent would never get there.
class Peer {
public:
  explicit Peer(std::function<void()> body) : body_(std::move(body)) {
    pthread_attr_t attributes;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(away, &set);
    pthread_attr_init(&attributes);
    pthread_attr_setaffinity_np(&attributes, sizeof set, &set);
    require(!pthread_create(&thread_, &attributes, run, this), "a thread on another processor");
    pthread_attr_destroy(&attributes);
  }
  ~Peer() { pthread_join(thread_, nullptr); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

private:
  static void* run(void* self) {
    static_cast<Peer*>(self)->body_();
    return nullptr;
  }
  std::function<void()> body_;
  pthread_t thread_{};
};

inline double nanoseconds_now() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

// Of the time stamp counter.
inline double cycles_per_nanosecond() {
  static const double value = [] {
    double from = nanoseconds_now();
    u64 first = __rdtsc();
    while (nanoseconds_now() - from < 5e7) {
    }
    u64 last = __rdtsc();
    return static_cast<double>(last - first) / (nanoseconds_now() - from);
  }();
  return value;
}

// Nanoseconds of one of `each` operations, window after window. The first windows see the peer
// arrive, and do not count.
class Windows {
public:
  Windows(u64 each, std::size_t count) : each_(each), count_(count) {}
  u64 operations() const { return each_ * (count_ + warm_up); }
  void start() { last_ = __rdtsc(); }
  void done(u64 operations) {
    if (operations % each_) return;
    u64 now = __rdtsc();
    if (operations > each_ * warm_up)
      values_.push_back(static_cast<double>(now - last_) / static_cast<double>(each_) /
                        cycles_per_nanosecond());
    last_ = now;
  }
  Values times() const { return values_; }
  Values rates() const { // millions a second
    Values result;
    for (double value : values_) result.push_back(1e3 / value);
    return result;
  }

private:
  static constexpr u64 warm_up = 2;
  u64 each_;
  std::size_t count_;
  u64 last_ = 0;
  Values values_;
};

constexpr u64 calls_each = 1000; // operations in a window
constexpr u64 messages_each = 5000;
constexpr u64 sleeps_each = 20;

// Callers post again when this many of their window are free.
constexpr unsigned refill(unsigned window) { return window < 4 ? 1 : window / 4; }

} // namespace ks::bench

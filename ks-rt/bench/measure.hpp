// SPDX-License-Identifier: MIT
// For benchmarks of two processors: pinned peers, cycles over windows, rows.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <pthread.h>
#include <sched.h>
#include <string>
#include <time.h>
#include <vector>
#include <x86intrin.h>

namespace ks::bench {

using u64 = uint64_t;

inline void pin(int processor) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(processor, &set);
  if (sched_setaffinity(0, sizeof set, &set)) {
    perror("ring-bench: sched_setaffinity");
    exit(77);
  }
}

// A thread that is born on its processor: under a real-time policy one that was
// born beside a spinning parent would never get there.
class Peer {
public:
  Peer(int processor, std::function<void()> body) : body_(std::move(body)) {
    pthread_attr_t attributes;
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(processor, &set);
    pthread_attr_init(&attributes);
    pthread_attr_setaffinity_np(&attributes, sizeof set, &set);
    if (pthread_create(&thread_, &attributes, run, this)) {
      fprintf(stderr, "ring-bench: no second processor\n");
      exit(77);
    }
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
  static const double rate = [] {
    double from = nanoseconds_now();
    u64 first = __rdtsc();
    while (nanoseconds_now() - from < 5e7) {
    }
    u64 last = __rdtsc();
    return static_cast<double>(last - first) / (nanoseconds_now() - from);
  }();
  return rate;
}

inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Nanoseconds of one of `each` operations, window after window.
class Windows {
public:
  explicit Windows(u64 each) : each_(each) {}
  void start() { last_ = __rdtsc(); }
  void end_of_one() {
    u64 now = __rdtsc();
    values_.push_back(static_cast<double>(now - last_) / static_cast<double>(each_) /
                      cycles_per_nanosecond());
    last_ = now;
  }
  double median() const { return ks::bench::median(values_); }
  u64 each() const { return each_; }

private:
  u64 each_;
  u64 last_ = 0;
  std::vector<double> values_;
};

inline void row(const std::string& name, double value, const char* unit) {
  printf("%s\t%.*f\t%s\n", name.c_str(), value < 100 ? 2 : 0, value, unit);
  fflush(stdout);
}

inline void require(bool good, const char* what) {
  if (good)
    return;
  fprintf(stderr, "ring-bench: wrong contents: %s\n", what);
  abort();
}

} // namespace ks::bench

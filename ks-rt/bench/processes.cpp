// SPDX-License-Identifier: MIT
// What the kernel offers for round trips between two processes, as it is commonly used.
#include "ks-rt/bench/processes.hpp"

#include <climits>
#include <linux/futex.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>

namespace ks::bench {
namespace {

using Half = std::function<void(uint32_t number)>;

// Round trips by `parent`, against a child that runs `child` for each.
Values round_trips(const Half& child, const Half& parent, std::size_t windows) {
  Process server([&] {
    for (uint32_t i = 1;; i++) child(i);
  });
  Windows times(sleeps_each, windows);
  times.start();
  for (u64 i = 0; i < times.operations();) {
    parent(static_cast<uint32_t>(++i));
    times.done(i);
  }
  return times.times();
}

void futex_signal(uint32_t* word, uint32_t value) {
  __atomic_store_n(word, value, __ATOMIC_SEQ_CST);
  syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
}

void futex_await(uint32_t* word, uint32_t value) {
  uint32_t now;
  while ((now = __atomic_load_n(word, __ATOMIC_ACQUIRE)) != value)
    syscall(SYS_futex, word, FUTEX_WAIT, now, nullptr, nullptr, 0);
}

Values futex_trips(std::size_t windows) {
  SharedMemory memory(4096);
  auto* there = static_cast<uint32_t*>(memory.data());
  uint32_t* back = there + 32;
  return round_trips([=](uint32_t i) { futex_await(there, i), futex_signal(back, i); },
                     [=](uint32_t i) { futex_signal(there, i), futex_await(back, i); }, windows);
}

void put(int fd) {
  u64 one = 1;
  require(write(fd, &one, sizeof one) == sizeof one, "a descriptor");
}

void get(int fd) {
  u64 value;
  require(read(fd, &value, sizeof value) == sizeof value, "a descriptor");
}

Values eventfd_trips(std::size_t windows) {
  int there = eventfd(0, 0), back = eventfd(0, 0);
  Values result = round_trips([=](uint32_t) { get(there), put(back); },
                              [=](uint32_t) { put(there), get(back); }, windows);
  close(there);
  close(back);
  return result;
}

Values pipe_trips(std::size_t windows) {
  int there[2], back[2];
  require(!pipe(there) && !pipe(back), "pipes");
  Values result = round_trips([&](uint32_t) { get(there[0]), put(back[1]); },
                              [&](uint32_t) { put(there[1]), get(back[0]); }, windows);
  for (int fd : {there[0], there[1], back[0], back[1]}) close(fd);
  return result;
}

} // namespace

std::vector<Case> process_cases() {
  return {
      {process_trip, "futex", nullptr, 1, nanoseconds, futex_trips},
      {process_trip, "eventfd", nullptr, 1, nanoseconds, eventfd_trips},
      {process_trip, "pipe", nullptr, 1, nanoseconds, pipe_trips},
  };
}

} // namespace ks::bench

// SPDX-License-Identifier: MIT
// What the kernel offers for round trips between two processes, as it is commonly used.
#pragma once

#include "ks-rt/bench/measure.hpp"

#include <climits>
#include <linux/futex.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ks::bench {

// A child on processor 0, killed at the end of the scope. It is born there: the parent moves
// away, since under a real-time policy it would not let the child run.
class Process {
public:
  explicit Process(const std::function<void()>& body) {
    pin(0);
    child_ = fork();
    require(child_ >= 0, "fork");
    if (child_) {
      pin(1);
      return;
    }
    body();
    _exit(0);
  }
  ~Process() {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

private:
  pid_t child_ = 0;
};

// Round trips by `there_and_back`, against a child that runs `there` for each.
inline double round_trips(const std::function<void(uint32_t)>& child,
                          const std::function<void(uint32_t)>& parent, u64 each, u64 windows) {
  Process server([&] {
    for (uint32_t i = 1;; i++)
      child(i);
  });
  Windows times(each);
  uint32_t number = 1;
  while (number <= 2 * each)
    parent(number++);
  times.start();
  for (u64 window = 0; window < windows; window++) {
    for (u64 i = 0; i < each; i++)
      parent(number++);
    times.end_of_one();
  }
  return times.median();
}

inline void futex_signal(uint32_t* word, uint32_t value) {
  __atomic_store_n(word, value, __ATOMIC_SEQ_CST);
  syscall(SYS_futex, word, FUTEX_WAKE, INT_MAX, nullptr, nullptr, 0);
}

inline void futex_await(uint32_t* word, uint32_t value) {
  uint32_t now;
  while ((now = __atomic_load_n(word, __ATOMIC_ACQUIRE)) != value)
    syscall(SYS_futex, word, FUTEX_WAIT, now, nullptr, nullptr, 0);
}

inline double futex_calls(u64 each, u64 windows) {
  auto* words = static_cast<uint32_t*>(
      mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  require(words != MAP_FAILED, "set-up");
  double result = round_trips(
      [=](uint32_t i) {
        futex_await(words, i);
        futex_signal(words + 32, i);
      },
      [=](uint32_t i) {
        futex_signal(words, i);
        futex_await(words + 32, i);
      },
      each, windows);
  munmap(words, 4096);
  return result;
}

inline void move(bool good) { require(good, "a descriptor"); }

inline double eventfd_calls(u64 each, u64 windows) {
  int there = eventfd(0, 0), back = eventfd(0, 0);
  auto send = [](int fd) {
    u64 one = 1;
    move(write(fd, &one, 8) == 8);
  };
  auto wait = [](int fd) {
    u64 value;
    move(read(fd, &value, 8) == 8);
  };
  double result = round_trips([=](uint32_t) { wait(there), send(back); },
                              [=](uint32_t) { send(there), wait(back); }, each, windows);
  close(there);
  close(back);
  return result;
}

inline double pipe_calls(u64 each, u64 windows) {
  int there[2], back[2];
  move(!pipe(there) && !pipe(back));
  auto send = [](int fd, u64 value) { move(write(fd, &value, 8) == 8); };
  auto wait = [](int fd) {
    u64 value;
    move(read(fd, &value, 8) == 8);
  };
  double result = round_trips([&](uint32_t i) { wait(there[0]), send(back[1], i); },
                              [&](uint32_t i) { send(there[1], i), wait(back[0]); }, each, windows);
  for (int fd : {there[0], there[1], back[0], back[1]})
    close(fd);
  return result;
}

} // namespace ks::bench

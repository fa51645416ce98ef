// SPDX-License-Identifier: MIT
// C++20 coroutines, compiled by g++ and by clang++: no stack, no scheduler; frames come from a pool.
#include "ks-rt/bench/bench.hpp"

#include <coroutine>
#include <cstdlib>
#include <exception>

namespace ks::bench {
namespace {

struct Frames {
  static void* take(std::size_t size) {
    if (size > 256) return std::malloc(size);
    void* frame = free;
    if (!frame) return std::malloc(256);
    free = *static_cast<void**>(frame);
    return frame;
  }

  static void give(void* frame, std::size_t size) {
    if (size > 256) return std::free(frame);
    *static_cast<void**>(frame) = free;
    free = frame;
  }

  static inline void* free;
};

struct Task {
  struct promise_type {
    Task get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
    static void* operator new(std::size_t size) { return Frames::take(size); }
    static void operator delete(void* frame, std::size_t size) { Frames::give(frame, size); }
  };

  std::coroutine_handle<promise_type> handle;
};

// Not inlined: else the compiler sees that nothing is to be switched.
__attribute__((noinline)) Task run_once() {
  counter = counter + 1;
  co_return;
}

__attribute__((noinline)) Task wait_once() {
  counter = counter + 1;
  co_await std::suspend_always{};
}

__attribute__((noinline)) Task wait_forever() {
  for (;;) {
    counter = counter + 1;
    co_await std::suspend_always{};
  }
}

void switches(std::uint64_t runs) {
  Task task = wait_forever();
  for (std::uint64_t i = 0; i < runs; i++) task.handle.resume();
  task.handle.destroy();
}

void create_and_run(std::uint64_t runs) {
  for (std::uint64_t i = 0; i < runs; i++) run_once().handle.destroy();
}

template <int count>
void create_and_wait(std::uint64_t runs) {
  static Task all[count];
  for (std::uint64_t i = 0; i < runs; i++) {
    for (Task& task : all) task = wait_once();
    for (Task& task : all) {
      task.handle.resume();
      task.handle.destroy();
    }
  }
}

} // namespace

#ifdef __clang__
#define CASES coroutine_cases_clang
constexpr const char* subject = "C++20 coroutine, clang++";
#else
#define CASES coroutine_cases_gcc
constexpr const char* subject = "C++20 coroutine, g++";
#endif

std::vector<Case> CASES() {
  return {
      {one_switch, subject, switches},
      {create_run, subject, create_and_run},
      {create_wait, subject, create_and_wait<1>},
      {pending_10, subject, create_and_wait<10>, 10},
      {pending_100, subject, create_and_wait<100>, 100},
  };
}

} // namespace ks::bench

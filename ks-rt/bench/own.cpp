// SPDX-License-Identifier: MIT
// Asynchronous threads of ks-rt: functions, and blocks as C has them (own_blocks.c).
#include "ks-rt/bench/bench.hpp"

#include "ks-rt/async/async.h"

extern "C" {
void ks_bench_block_run(volatile std::uint64_t* counter, std::uint64_t runs);
void ks_bench_block_wait(volatile std::uint64_t* counter, std::uint64_t runs);
void ks_bench_block_pending(volatile std::uint64_t* counter, std::uint64_t runs, int pending);
}

namespace ks::bench {
namespace {

void count(void*) { counter = counter + 1; }

void wait_and_count(void*) {
  counter = counter + 1;
  ks_yield();
}

ks_async_id there, here;
ks_thread *producer, *consumer;
bool stop;

// The switch itself, without the runtime's knowing who runs: what a hand-over is at best.
void switch_back(void*) {
  consumer = ks_thread_self();
  ks_hand_over(producer);
  ks_thread *self = consumer, *other = producer;
  while (!stop) {
    counter = counter + 1;
    other = ks_switch(self, other);
  }
  ks_release(producer);
}

void bare_switches(std::uint64_t runs) {
  ks_finish all;
  stop = false;
  producer = ks_thread_self();
  ks_finish(&all) {
    ks_async_call(switch_back, nullptr);
    ks_hand_over(consumer);
    ks_thread *self = producer, *other = consumer;
    for (std::uint64_t i = 1; i < runs; i++) other = ks_switch(self, other);
    stop = true;
    ks_switch(self, other); // the runtime takes the consumer for the one that runs, as it is now
  }
}

void hand_back(void*) {
  there = ks_async_self();
  ks_wait();
  while (!stop) {
    counter = counter + 1;
    there = ks_async_self();
    ks_wait_for(here);
  }
}

void switches(std::uint64_t runs) {
  ks_finish all;
  stop = false;
  ks_finish(&all) {
    ks_async_call(hand_back, nullptr);
    for (std::uint64_t i = 0; i < runs; i++) {
      here = ks_async_self();
      ks_wait_for(there);
    }
    stop = true;
    ks_resume(there, 0);
  }
}

void hand_over_back(void*) {
  consumer = ks_thread_self();
  ks_hand_over(producer);
  while (!stop) {
    counter = counter + 1;
    ks_hand_over(producer);
  }
  ks_release(producer);
}

void hand_overs(std::uint64_t runs) {
  ks_finish all;
  stop = false;
  producer = ks_thread_self();
  ks_finish(&all) {
    ks_async_call(hand_over_back, nullptr);
    for (std::uint64_t i = 0; i < runs; i++) ks_hand_over(consumer);
    stop = true;
    ks_hand_over(consumer);
  }
}

void yield_back(void*) {
  while (!stop) {
    counter = counter + 1;
    ks_yield();
  }
}

void yields(std::uint64_t runs) {
  ks_finish all;
  stop = false;
  ks_finish(&all) {
    ks_async_call(yield_back, nullptr);
    for (std::uint64_t i = 0; i < runs; i++) ks_yield();
    stop = true;
  }
}

void create_and_run(std::uint64_t runs) {
  for (std::uint64_t i = 0; i < runs; i++) ks_async_call(count, nullptr);
}

template <int count>
void create_and_wait(std::uint64_t runs) {
  for (std::uint64_t i = 0; i < runs; i++) {
    ks_finish all;
    ks_finish(&all) {
      for (int j = 0; j < count; j++) ks_async_call(wait_and_count, nullptr);
    }
  }
}

} // namespace

std::vector<Case> own_cases() {
  ks_async_begin(nullptr);
  return {
      {one_switch, "ks_hand_over", hand_overs},
      {one_switch, "ks_switch, the jump alone", bare_switches},
      {one_switch, "ks_wait_for", switches},
      {one_switch, "ks_yield", yields},
      {create_run, "ks_async_call", create_and_run},
      {create_wait, "ks_async_call", create_and_wait<1>},
      {pending_10, "ks_async_call", create_and_wait<10>, 10},
      {pending_100, "ks_async_call", create_and_wait<100>, 100},
  };
}

std::vector<Case> own_block_cases() {
  return {
      {create_run, "ks_async block",
       [](std::uint64_t runs) { ks_bench_block_run(&counter, runs); }},
      {create_wait, "ks_async block",
       [](std::uint64_t runs) { ks_bench_block_wait(&counter, runs); }},
      {pending_10, "ks_async block",
       [](std::uint64_t runs) { ks_bench_block_pending(&counter, runs, 10); }, 10},
      {pending_100, "ks_async block",
       [](std::uint64_t runs) { ks_bench_block_pending(&counter, runs, 100); }, 100},
  };
}

} // namespace ks::bench

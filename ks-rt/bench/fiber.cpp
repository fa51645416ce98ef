// SPDX-License-Identifier: MIT
// Boost.Fiber: threads with a scheduler, as ours are.
#include "ks-rt/bench/bench.hpp"
#include "ks-rt/bench/pool.hpp"

#include <boost/fiber/all.hpp>

namespace ks::bench {
namespace {

namespace fibers = boost::fibers;

void switches(std::uint64_t runs) {
  bool stop = false;
  fibers::fiber other(fibers::launch::dispatch, std::allocator_arg, Pool{}, [&stop] {
    while (!stop) {
      counter = counter + 1;
      boost::this_fiber::yield();
    }
  });
  for (std::uint64_t i = 0; i < runs; i++) boost::this_fiber::yield();
  stop = true;
  other.join();
}

template <bool wait, int count>
void create(std::uint64_t runs) {
  static fibers::fiber all[count];
  for (std::uint64_t i = 0; i < runs; i++) {
    for (fibers::fiber& fiber : all)
      fiber = fibers::fiber(fibers::launch::dispatch, std::allocator_arg, Pool{}, [] {
        counter = counter + 1;
        if (wait) boost::this_fiber::yield();
      });
    for (fibers::fiber& fiber : all) fiber.join();
  }
}

} // namespace

std::vector<Case> fiber_cases() {
  constexpr const char* subject = "Boost.Fiber";
  return {
      {one_switch, subject, switches},
      {create_run, subject, create<false, 1>},
      {create_wait, subject, create<true, 1>},
      {pending_10, subject, create<true, 10>, 10},
      {pending_100, subject, create<true, 100>, 100},
  };
}

} // namespace ks::bench

// SPDX-License-Identifier: MIT
// Boost.Context: its interface (fiber, continuation), and the jump below, which is not for users. Stacks
// come from a pool like ours, since its own allocators would be all that is measured.
#include "ks-rt/bench/bench.hpp"
#include "ks-rt/bench/pool.hpp"

#include <boost/context/continuation.hpp>
#include <boost/context/detail/fcontext.hpp>
#include <boost/context/fiber.hpp>

namespace ks::bench {
namespace {

namespace context = boost::context;
using context::detail::fcontext_t;
using context::detail::jump_fcontext;
using context::detail::make_fcontext;
using context::detail::transfer_t;

context::fiber start_fiber(bool wait) {
  return context::fiber(std::allocator_arg, Pool{}, [wait](context::fiber&& back) {
    counter = counter + 1;
    if (wait) back = std::move(back).resume();
    return std::move(back);
  });
}

void fiber_switches(std::uint64_t runs) {
  bool stop = false;
  context::fiber other(std::allocator_arg, Pool{}, [&stop](context::fiber&& back) {
    while (!stop) {
      counter = counter + 1;
      back = std::move(back).resume();
    }
    return std::move(back);
  });
  for (std::uint64_t i = 0; i < runs; i++) other = std::move(other).resume();
  stop = true;
  other = std::move(other).resume();
}

void fiber_run(std::uint64_t runs) {
  for (std::uint64_t i = 0; i < runs; i++) start_fiber(false).resume();
}

void fiber_wait(std::uint64_t runs) {
  for (std::uint64_t i = 0; i < runs; i++) start_fiber(true).resume().resume();
}

template <int count>
void fiber_pending(std::uint64_t runs) {
  static context::fiber all[count];
  for (std::uint64_t i = 0; i < runs; i++) {
    for (context::fiber& fiber : all) fiber = start_fiber(true).resume();
    for (context::fiber& fiber : all) fiber = std::move(fiber).resume();
  }
}

void callcc_run(std::uint64_t runs) {
  for (std::uint64_t i = 0; i < runs; i++)
    context::callcc(std::allocator_arg, Pool{}, [](context::continuation&& back) {
      counter = counter + 1;
      return std::move(back);
    });
}

void callcc_wait(std::uint64_t runs) {
  for (std::uint64_t i = 0; i < runs; i++) {
    context::continuation other =
        context::callcc(std::allocator_arg, Pool{}, [](context::continuation&& back) {
          counter = counter + 1;
          back = back.resume();
          return std::move(back);
        });
    other = other.resume();
  }
}

void jump_loop(transfer_t from) {
  for (;;) {
    counter = counter + 1;
    from = jump_fcontext(from.fctx, nullptr);
  }
}

void jump_once(transfer_t from) {
  counter = counter + 1;
  jump_fcontext(from.fctx, nullptr);
}

void jump_twice(transfer_t from) {
  counter = counter + 1;
  from = jump_fcontext(from.fctx, nullptr);
  jump_fcontext(from.fctx, nullptr);
}

void jump_switches(std::uint64_t runs) {
  Pool pool;
  auto stack = pool.allocate();
  fcontext_t other = make_fcontext(stack.sp, stack.size, jump_loop);
  for (std::uint64_t i = 0; i < runs; i++) other = jump_fcontext(other, nullptr).fctx;
  pool.deallocate(stack);
}

template <int jumps>
void jump_run(std::uint64_t runs) {
  Pool pool;
  for (std::uint64_t i = 0; i < runs; i++) {
    auto stack = pool.allocate();
    fcontext_t other = make_fcontext(stack.sp, stack.size, jumps == 1 ? jump_once : jump_twice);
    transfer_t back = jump_fcontext(other, nullptr);
    if (jumps == 2) jump_fcontext(back.fctx, nullptr);
    pool.deallocate(stack);
  }
}

template <int count>
void jump_pending(std::uint64_t runs) {
  static fcontext_t all[count];
  static context::stack_context stacks[count];
  Pool pool;
  for (std::uint64_t i = 0; i < runs; i++) {
    for (int j = 0; j < count; j++) {
      stacks[j] = pool.allocate();
      all[j] = jump_fcontext(make_fcontext(stacks[j].sp, stacks[j].size, jump_twice), nullptr).fctx;
    }
    for (int j = 0; j < count; j++) {
      jump_fcontext(all[j], nullptr);
      pool.deallocate(stacks[j]);
    }
  }
}

constexpr const char* fiber = "Boost.Context fiber";
constexpr const char* callcc = "Boost.Context callcc";
constexpr const char* jump = "Boost.Context, its jump alone";

} // namespace

std::vector<Case> context_cases() {
  return {
      {one_switch, fiber, fiber_switches},
      {one_switch, jump, jump_switches},
      {create_run, fiber, fiber_run},
      {create_run, callcc, callcc_run},
      {create_run, jump, jump_run<1>},
      {create_wait, fiber, fiber_wait},
      {create_wait, callcc, callcc_wait},
      {create_wait, jump, jump_run<2>},
      {pending_10, fiber, fiber_pending<10>, 10},
      {pending_10, jump, jump_pending<10>, 10},
      {pending_100, fiber, fiber_pending<100>, 100},
      {pending_100, jump, jump_pending<100>, 100},
  };
}

} // namespace ks::bench

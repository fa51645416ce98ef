// SPDX-License-Identifier: MIT
// Stacks for Boost's: as large as ours, pooled and coloured as ours are.
#pragma once

#include <boost/context/protected_fixedsize_stack.hpp>
#include <boost/context/stack_context.hpp>

namespace ks::bench {

class Pool {
public:
  using traits_type = boost::context::stack_traits;

  boost::context::stack_context allocate() {
    if (!free_) return make();
    Free* top = free_;
    free_ = top->next;
    return {top->size, top};
  }

  void deallocate(boost::context::stack_context& stack) {
    Free* top = static_cast<Free*>(stack.sp);
    *top = {free_, stack.size};
    free_ = top;
  }

private:
  struct Free { // above the stack
    Free* next;
    std::size_t size;
  };

  static boost::context::stack_context make() {
    static unsigned made;
    boost::context::stack_context stack =
        boost::context::protected_fixedsize_stack(65536).allocate();
    std::size_t above = 64 + made++ % 16 * 192;
    stack.sp = static_cast<char*>(stack.sp) - above;
    stack.size -= above;
    return stack;
  }

  static inline Free* free_;
};

} // namespace ks::bench

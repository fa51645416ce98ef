// SPDX-License-Identifier: MIT
// A system thread with asynchronous threads, for tests: begins and ends, and threads are lambdas.
#pragma once

#include "ks-rt/async/async.h"

#include <gtest/gtest.h>

#include <deque>
#include <functional>

namespace ks {

class Runtime {
public:
  explicit Runtime(ks_async_options options = {}) { EXPECT_EQ(ks_async_begin(&options), 0); }
  ~Runtime() { EXPECT_EQ(ks_async_end(), 0); }
  Runtime(const Runtime&) = delete;

  // Starts a thread. What it refers to must outlive it; the function itself is kept here.
  int start(std::function<void()> body) {
    bodies_.push_back(std::move(body));
    return ks_async_call(run, &bodies_.back());
  }

private:
  static void run(void* body) { (*static_cast<std::function<void()>*>(body))(); }

  std::deque<std::function<void()>> bodies_;
};

// A finish block around what `body` starts; its error.
template <class Body>
int finish(Body body) {
  ks_finish finish;
  ks_finish(&finish) { body(); }
  return finish.error;
}

inline ks_async_counts counts() {
  ks_async_counts counts;
  ks_async_count(&counts);
  return counts;
}

} // namespace ks

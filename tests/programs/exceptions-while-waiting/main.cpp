// SPDX-License-Identifier: MIT
/* Threads that wait while an exception of theirs is handled, or unwinds their stack. */
#include "ks-rt/async/async.h"
#include <cstdio>
#include <cstring>
#include <exception>
#include <stdexcept>
#include <string>

static int uncaught_seen[4];

struct Waits { // waits in a destructor, that is while an exception is in flight
  int slot;
  ~Waits() {
    uncaught_seen[slot] = std::uncaught_exceptions();
    ks_yield();
  }
};

static void in_handler(void* argument) {
  const std::string name = *static_cast<int*>(argument) ? "second" : "first";
  try {
    throw std::runtime_error(name + ", and some text that needs memory of its own");
  } catch (const std::exception& caught) {
    ks_yield(); // the other thread throws and catches meanwhile
    try {
      throw; // the one that is being handled here
    } catch (const std::exception& again) {
      std::printf("%s: caught \"%.6s\", rethrown \"%.6s\"\n", name.c_str(), caught.what(),
                  again.what());
    }
    ks_yield();
  }
  std::printf("%s: none is being handled any more: %d\n", name.c_str(),
              std::current_exception() == nullptr);
}

static void in_flight(void* argument) {
  const int slot = *static_cast<int*>(argument);
  try {
    Waits waits{slot};
    throw std::runtime_error("flying");
  } catch (const std::exception&) {
  }
  std::printf("%d: uncaught inside %d, after %d\n", slot, uncaught_seen[slot],
              std::uncaught_exceptions());
}

static void calm(void*) {
  for (int i = 0; i < 3; ++i) {
    std::printf("calm: uncaught %d, handling %s\n", std::uncaught_exceptions(),
                std::current_exception() ? "some" : "none");
    ks_yield();
  }
}

int main(int, char** argv) {
  static int numbers[] = {0, 1, 2, 3};
  std::setbuf(stdout, nullptr);
  ks_async_begin(nullptr);
  ks_finish all;
  ks_finish* block = ks_finish_enter(&all);
  if (!std::strcmp(argv[1], "handler")) {
    ks_async_call(in_handler, &numbers[0]);
    ks_async_call(in_handler, &numbers[1]);
    ks_async_call(calm, nullptr);
  } else {
    ks_async_call(in_flight, &numbers[2]);
    ks_async_call(calm, nullptr);
    ks_async_call(in_flight, &numbers[3]);
  }
  ks_finish_leave(&block);
  ks_async_end();
  return 0;
}

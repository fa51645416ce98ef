// SPDX-License-Identifier: MIT
// Domains whose ends are in two processes, one of which is killed, or writes what it likes.
// Two ends in one process are in the tests of domains, built for this transport.
#include "ks-rt/end/pair.hpp"
#include "ks-rt/transport/xcore.h"
#include "ks-rt/transport/xcore_user.h"

#include <atomic>
#include <cstring>
#include <memory>
#include <random>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace ks {
namespace {

using Wait = struct ks_wait;
constexpr Wait yielding{16, 1, false, 60'000'000'000, 0, nullptr, nullptr};
constexpr Wait sleeping{100, 2, true, 60'000'000'000, 10'000'000, nullptr, nullptr};

// The kernel's end, and the memory of both.
struct Ends : Pair {
  int fd = ks_channel_memory_make(ks_xcore_size());
  void* memory_of_both = ks_channel_memory_map(fd, ks_xcore_size());
  pid_t process = 0;
  int pidfd = -1;

  Ends() : Pair(nullptr) { kernel_interface.name = driver_interface.name = "xcore"; }
  ~Ends() {
    if (kernel && !IS_ERR(kernel)) ks_xcore_close(kernel);
    kernel = nullptr;
    signal(SIGKILL);
    if (process) waitpid(process, nullptr, 0);
    close(pidfd);
    close(fd);
    ks_channel_memory_unmap(memory_of_both, ks_xcore_size());
  }
  void signal(int number) const {
    if (process) kill(process, number);
  }
  // Before there are threads: a process with the driver's end, in memory of its own.
  void open_driver(const Wait& how) {
    process = fork();
    if (process) {
      pidfd = static_cast<int>(syscall(SYS_pidfd_open, process, 0));
      return;
    }
    void* memory = ks_channel_memory_map(fd, ks_xcore_size());
    munmap(memory_of_both, ks_xcore_size());
    ks_xcore_options options{-1, how, how};
    ks_end* end = ks_xcore_open(&driver_interface, memory, &options);
    while (!IS_ERR(end)) pause();
    _exit(1);
  }
  void open_kernel(Wait how) {
    if (pidfd >= 0) {
      how.check = ks_channel_check_process;
      how.context = &pidfd;
    }
    ks_xcore_options options{0, how, how};
    kernel = ks_xcore_open(&kernel_interface, memory_of_both, &options);
    ASSERT_FALSE(IS_ERR(kernel));
  }
};

int call(ks_end* end, ks_u32 crossing, ks_u32 value, ks_u32* result) {
  Message message(end);
  if (!message) return -ENOBUFS;
  *static_cast<ks_u32*>(ks_message_reserve(message, 4)) = value;
  int error = ks_call(end, crossing, message);
  const auto* reply = error ? nullptr : static_cast<const ks_u32*>(ks_message_take(message, 4));
  if (reply) *result = *reply;
  return error ? error : message->error;
}

// Down and up between the ends; the number of crossings.
int down(ks_end* end, ks_message* message) {
  const auto* value = static_cast<const ks_u32*>(ks_message_take(message, 4));
  ks_u32 left = value ? *value : 0, result = 0;
  int error = left ? call(end, 0, left - 1, &result) : 0;
  ks_message_reset(message);
  *static_cast<ks_u32*>(ks_message_reserve(message, 4)) = result + 1;
  return error;
}

TEST(Xcore, calls_nest_between_processes_from_many_threads) {
  for (const Wait& how : {yielding, sleeping}) {
    Ends ends;
    ends.table.kernel[0] = ends.table.driver[0] = down;
    ends.open_driver(how);
    ends.open_kernel(how);
    std::vector<std::thread> callers;
    for (int i = 0; i < 3; i++)
      callers.emplace_back([&] {
        for (ks_u32 n = 0; n < 200; n++) {
          ks_u32 result = 0;
          ASSERT_EQ(call(ends.kernel, 0, n % 6, &result), 0);
          ASSERT_EQ(result, n % 6 + 1);
        }
      });
    for (std::thread& caller : callers) caller.join();
    EXPECT_FALSE(ks_domain_stopped(ends.kernel));
    EXPECT_EQ(ends.statistics().messages_in_use, 0u);
  }
}

// An object, its shadow, a change to it, and its end, between processes.
TEST(Xcore, objects_and_drops_travel_between_processes) {
  Ends ends;
  ends.table.driver[1] = [](ks_end* end, ks_message* message) {
    ks_ref ref = *static_cast<const ks_ref*>(ks_message_take(message, 8));
    auto* shadow = static_cast<ks_u8*>(ks_object_shadow(end, message, whole(ref), type_packet, 0));
    ks_u64 before = shadow ? ++shadow[0] : 0;
    ks_message_reset(message);
    *static_cast<ks_u64*>(ks_message_reserve(message, 8)) = before;
    return message->error;
  };
  ends.table.driver[2] = [](ks_end* end, ks_message* message) {
    ks_ref ref = *static_cast<const ks_ref*>(ks_message_take(message, 8));
    ks_message_reset(message);
    *static_cast<ks_u64*>(ks_message_reserve(message, 8)) = ks_ref_known(end, ref);
    return 0;
  };
  ends.open_driver(sleeping);
  ends.open_kernel(sleeping);
  int object = 0;
  ks_ref ref = 0;
  auto ask = [&](ks_u32 crossing) {
    Message message(ends.kernel);
    if (!ref) ref = ref_of(ends.kernel, message, &object, type_packet);
    *static_cast<ks_ref*>(ks_message_reserve(message, 8)) = ref;
    EXPECT_EQ(ks_call(ends.kernel, crossing, message), 0);
    return *static_cast<const ks_u64*>(ks_message_take(message, 8));
  };
  EXPECT_EQ(ask(1), 1u);
  EXPECT_EQ(ask(1), 2u) << "the same shadow";
  EXPECT_EQ(ask(2), 1u);
  ks_ref_drop(ends.kernel, ref);
  EXPECT_EQ(ask(2), 0u);
}

// Killed in the middle of calls that call back: each caller gets an error, and soon.
TEST(Xcore, a_killed_driver_is_an_error_of_every_call) {
  for (const Wait& how : {yielding, sleeping})
    for (int round = 0; round < 6; round++) {
      Ends ends;
      ends.table.kernel[0] = ends.table.driver[0] = down;
      ends.open_driver(how);
      ends.open_kernel(how);
      std::vector<std::thread> callers;
      for (int i = 0; i < 4; i++)
        callers.emplace_back([&] {
          ks_u32 result = 0;
          int error;
          while (!(error = call(ends.kernel, 0, 5, &result))) {
          }
          EXPECT_TRUE(error == -EIO || error == -ENOBUFS)
              << error; // no message of a stopped domain
        });
      std::this_thread::sleep_for(std::chrono::microseconds(3000 * round));
      ends.signal(SIGKILL);
      for (std::thread& caller : callers) caller.join();
      EXPECT_TRUE(ks_domain_stopped(ends.kernel));
      EXPECT_EQ(ends.statistics().messages_in_use, 0u);
    }
}

TEST(Xcore, a_driver_that_stands_still_is_a_timeout) {
  Ends ends;
  ends.table.driver[0] = down;
  ends.open_driver(sleeping);
  Wait how = sleeping;
  how.timeout = 5'000'000'000;
  ends.open_kernel(how);
  ks_u32 result = 0;
  ASSERT_EQ(call(ends.kernel, 0, 0, &result), 0);
  ends.signal(SIGSTOP);
  siginfo_t stopped;
  ASSERT_EQ(waitid(P_PIDFD, static_cast<id_t>(ends.pidfd), &stopped, WSTOPPED | WNOWAIT), 0);
  ks_xcore_close(ends.kernel);
  how.timeout = 30'000'000;
  ends.open_kernel(how);
  EXPECT_EQ(call(ends.kernel, 0, 0, &result), -EIO);
  EXPECT_TRUE(ks_domain_stopped(ends.kernel));
}

TEST(Xcore, another_interface_is_refused) {
  Ends ends;
  ends.driver_interface.hash++;
  ends.open_driver(yielding);
  ends.open_kernel(yielding);
  ks_u32 result = 0;
  EXPECT_EQ(call(ends.kernel, 0, 0, &result), -ENOEXEC);
  EXPECT_FALSE(ks_domain_stopped(ends.kernel));
}

// ---- a driver's end that does as it likes ----

struct XcoreHostile : testing::Test {
  Ends ends;
  std::unique_ptr<ks_xcore> raw = std::make_unique<ks_xcore>();

  XcoreHostile() {
    EXPECT_EQ(ks_xcore_init(raw.get(), ends.memory_of_both, true, &yielding), 0);
    ends.open_kernel(yielding);
  }
  void line(std::vector<ks_u64> words, ks_u32 size, ks_u16 tag) {
    words.resize(KS_LINE_WORDS);
    ks_payload payload{words.data(), KS_LINE_BYTES, size, tag};
    EXPECT_LT(ks_port_call(&raw->ports[0], &payload, &yielding), 0);
  }
};

TEST_F(XcoreHostile, a_line_that_makes_no_sense_stops_the_domain) {
  const ks_u64 hash = ends.kernel_interface.hash;
  const std::vector<std::pair<std::vector<ks_u64>, ks_u32>> lines = {{{KS_XCORE_PARCELS, hash}, 16},
                                                                     {{~0ull, hash}, 16},
                                                                     {{1ull << 32, hash}, 16},
                                                                     {{0, hash}, 8},
                                                                     {{0, hash}, 0},
                                                                     {{0, hash}, 17},
                                                                     {{0, hash}, 56}};
  for (const auto& [words, size] : lines) {
    line(words, size, 0);
    EXPECT_TRUE(ks_domain_stopped(ends.kernel));
    ks_xcore_close(ends.kernel);
    memset(ends.memory_of_both, 0, ks_xcore_size());
    ASSERT_EQ(ks_xcore_init(raw.get(), ends.memory_of_both, true, &yielding), 0);
    ends.open_kernel(yielding);
  }
}

TEST_F(XcoreHostile, an_answer_in_the_wrong_form_is_an_error) {
  std::mt19937_64 random(5);
  for (int round = 0; round < 200; round++) {
    std::atomic<bool> ended{false};
    std::thread driver([&] {
      ks_incoming incoming;
      while (!ended) {
        if (ks_incoming_take(&raw->served[0], &incoming, true)) {
          std::this_thread::yield();
          continue;
        }
        auto* words = reinterpret_cast<ks_u32*>(&raw->theirs[incoming.words[0]]);
        for (int i = 0; i < 3; i++)
          __atomic_store_n(&words[random() % 8], static_cast<ks_u32>(random() >> (random() % 64)),
                           __ATOMIC_RELAXED);
        incoming.payload.tag = static_cast<ks_u16>(random());
        incoming.payload.size = random() % 57;
        ks_incoming_answer(&incoming);
      }
    });
    ks_u32 result = 0;
    call(ends.kernel, 1, 1, &result);
    ended = true;
    driver.join();
    if (!ks_domain_stopped(ends.kernel)) continue;
    ks_xcore_close(ends.kernel);
    memset(ends.memory_of_both, 0, ks_xcore_size());
    ASSERT_EQ(ks_xcore_init(raw.get(), ends.memory_of_both, true, &yielding), 0);
    ends.open_kernel(yielding);
  }
}

// A process writes over all that is shared, mostly where it matters, while the kernel's end calls.
TEST(Xcore, garbage_in_all_of_the_memory_is_survived) {
  for (unsigned seed = 0; seed < 8; seed++) {
    Ends ends;
    ends.table.kernel[0] = down;
    ends.process = fork();
    std::minstd_rand random(seed);
    while (!ends.process) {
      auto* words = static_cast<ks_u64*>(ends.memory_of_both);
      size_t count = ks_xcore_size() / 8;
      ks_u64 value = static_cast<ks_u64>(random()) * random();
      if (random() % 2) value = ks_head(random() % 4, random() % 4, random() % 64);
      size_t at =
          random() % 2 ? random() % count : count - 1 - random() % 16384; // the channels are last
      __atomic_store_n(&words[at], value, __ATOMIC_RELAXED);
    }
    Wait how = yielding;
    how.timeout = 100'000'000;
    ends.open_kernel(how);
    std::vector<std::thread> callers;
    for (int i = 0; i < 3; i++)
      callers.emplace_back([&] {
        ks_u32 result = 0;
        for (int n = 0; n < 100 && !ks_domain_stopped(ends.kernel); n++)
          call(ends.kernel, 0, 1, &result);
      });
    for (std::thread& caller : callers) caller.join();
  }
}

} // namespace
} // namespace ks

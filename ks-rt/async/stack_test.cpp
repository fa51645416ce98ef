// SPDX-License-Identifier: MIT
// Stacks: what they cost, what lies below them, what the dump and the debug build say of them.
#include "ks-rt/async/async_test.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <thread>

#include <sys/mman.h>

namespace ks {
namespace {

using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;

__attribute__((noinline)) void touch(size_t size) {
  volatile char* bytes = static_cast<volatile char*>(__builtin_alloca(size));
  for (size_t i = 0; i < size; i += 512) bytes[i] = 1;
}

#if !defined(KS_ASYNC_ASAN) && !defined(KS_ASYNC_TSAN)
// Bytes of a stack that the system has given.
size_t committed(size_t size) {
  char here;
  char* top = &here - reinterpret_cast<size_t>(&here) % 4096 + 4096;
  std::vector<unsigned char> pages(size / 4096);
  size_t count = 0;
  for (size_t i = 0; i < pages.size() - 1; i++) {
    unsigned char page = 0;
    if (mincore(top - 4096 * (i + 1), 4096, &page) == 0) count += page & 1;
  }
  return count * 4096;
}

TEST(AsyncStack, costs_what_was_touched_until_trimmed) {
  constexpr size_t size = 1 << 20;
  Runtime runtime({.stack_size = size});
  size_t before = 0, after = 0, trimmed = 0;
  runtime.start([&] {
    before = committed(size);
    touch(size / 2);
    after = committed(size);
  });
  ks_async_trim();
  runtime.start([&] { trimmed = committed(size); });
  EXPECT_LE(before, 16384u);
  EXPECT_GE(after, size / 2);
  EXPECT_LE(trimmed, 16384u);
}
#endif

TEST(AsyncStack, has_the_size_asked_for) {
  for (size_t size : {size_t{65536}, size_t{1} << 20, size_t{16} << 20}) {
    Runtime runtime({.stack_size = size});
    runtime.start([&] { touch(size - 32768); });
  }
}

// The recursion is not a loop for the compiler, and not all frames are alike.
__attribute__((noinline)) unsigned deeper(unsigned depth) {
  volatile char frame[600] = {};
  frame[depth % 600] = 1;
  if (depth > 1000000000) return depth;
  return deeper(depth + 1) + static_cast<unsigned>(frame[5]);
}

// The one block of a runtime that goes too deep, among others that do not.
void overflow(unsigned flags) {
  Runtime runtime({.flags = flags});
  finish([&] {
    for (int i = 0; i < 5; i++)
      runtime.start([i] {
        ks_yield();
        if (i == 3) deeper(1);
      });
  });
}

TEST(AsyncStack, overflow_is_caught_and_says_whose) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(overflow(KS_ASYNC_CATCH_OVERFLOW),
               "stack overflow: thread [0-9a-f]*5 .*, 65536 bytes of stack");
}

TEST(AsyncStack, overflow_is_no_silence_without_the_catcher) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(overflow(0), "");
}

TEST(AsyncStack, other_faults_are_not_called_overflows) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(
      {
        Runtime runtime({.flags = KS_ASYNC_CATCH_OVERFLOW});
        volatile size_t address = 8;
        runtime.start([&] { *reinterpret_cast<volatile int*>(address) = 1; });
      },
      testing::Not(HasSubstr("overflow: thread")));
}

std::string dump() {
  testing::internal::CaptureStderr();
  ks_async_dump();
  return testing::internal::GetCapturedStderr();
}

size_t lines_with(const std::string& text, const std::string& word) {
  size_t count = 0;
  for (size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) count++;
  return count;
}

#ifdef KS_ASYNC_FRAMES // compiled with frame pointers
// Of each thread in the dump, the lines that say where it waits.
std::vector<size_t> frames(const std::string& text) {
  std::vector<size_t> counts;
  const std::string begin = "async: thread ";
  for (size_t at = text.find(begin); at != text.npos;) {
    size_t next = text.find(begin, at + 1);
    counts.push_back(lines_with(text.substr(at, next - at), "async:     "));
    at = next;
  }
  return counts;
}
#endif

TEST(AsyncDump, names_every_thread_that_does_not_run) {
  Runtime runtime;
  ks_finish cancelled;
  ks_async_id id = 0, shielded = 0;
  finish([&] {
    runtime.start([] { ks_yield(); });
    runtime.start([&] {
      id = ks_async_self();
      ks_wait();
    });
    runtime.start([&] { finish([&] { runtime.start([] { ks_yield(); }); }); });
    ks_finish(&cancelled) {
      runtime.start([&] {
        ks_async_shield(true);
        shielded = ks_async_self();
        ks_wait();
      });
      ks_finish_cancel(&cancelled, -EIO);
      std::string text;
      runtime.start([&] { text = dump(); });
      EXPECT_EQ(lines_with(text, "is ready"), 2u) << text;
      EXPECT_EQ(lines_with(text, "is waiting"), 2u) << text;
      EXPECT_EQ(lines_with(text, "is at the end of a finish block"), 1u) << text;
      EXPECT_EQ(lines_with(text, "is at the start of a thread"), 1u) << text;
      EXPECT_EQ(lines_with(text, "cancelled"), 2u) << text;
      char named[64];
      snprintf(named, sizeof named, "thread %llx (", static_cast<unsigned long long>(id));
      EXPECT_EQ(lines_with(text, named), 1u) << text;
#ifdef KS_ASYNC_FRAMES
      // A thread's stack begins with frame pointer 0: whatever was inlined, the innermost function is there
      // and so is its return address. The first thread was called by what may have no frame pointers.
      EXPECT_THAT(frames(text), ElementsAre(Ge(1u), Ge(2u), Ge(2u), Ge(2u), Ge(2u), Ge(2u)))
          << text;
#endif
      EXPECT_EQ(ks_resume(shielded, 0), 0);
    }
    EXPECT_EQ(ks_resume(id, 0), 0);
  });
}

#ifdef KS_ASYNC_DEBUG
std::string complaints(const std::function<void()>& body) {
  testing::internal::CaptureStderr();
  body();
  return testing::internal::GetCapturedStderr();
}

TEST(AsyncDebug, reports_a_resume_too_many) {
  Runtime runtime;
  ks_async_id id = 0;
  std::string text = complaints([&] {
    finish([&] {
      runtime.start([&] {
        id = ks_async_self();
        ks_wait();
      });
      ks_resume(id, 0);
      ks_resume(id, 0);
    });
    ks_resume(id, 0);
  });
  EXPECT_THAT(text, HasSubstr("is refused with error -114; in its slot is a thread that is ready"));
  EXPECT_THAT(text,
              HasSubstr("is refused with error -116; in its slot is a thread that is not in"));
}

TEST(AsyncDebug, reports_threads_that_never_ended) {
  Runtime runtime;
  ks_async_id id = 0;
  runtime.start([&] {
    id = ks_async_self();
    ks_wait();
  });
  std::string text = complaints([] { EXPECT_EQ(ks_async_end(), -EBUSY); });
  EXPECT_THAT(text, HasSubstr("ended while threads are pending"));
  EXPECT_THAT(text, HasSubstr("is waiting"));
  ks_resume(id, 0);
  ks_yield();
}

TEST(AsyncDebug, reports_a_standstill) {
  Runtime runtime;
  EXPECT_THAT(complaints([] { ks_wait(); }), HasSubstr("every wait ends with error -35"));
}

TEST(AsyncDebug, reports_a_hook_that_waits) {
  ks_async_options options = {};
  options.idle = [](void*, bool) { return ks_wait(); };
  Runtime runtime(options);
  EXPECT_THAT(complaints([] { ks_wait(); }), HasSubstr("the idle hook waits"));
}

TEST(AsyncDebug, stops_at_a_hand_over_to_who_has_not) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(
      {
        Runtime runtime;
        ks_thread* yields = nullptr;
        runtime.start([&] {
          yields = ks_thread_self();
          ks_yield();
        });
        ks_hand_over(yields);
      },
      "handed over to a thread that is ready");
}

TEST(AsyncDebug, stops_at_an_overwritten_record) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_DEATH(
      {
        Runtime runtime;
        finish([&] {
          runtime.start([] {
            ks_yield();
            // What a write past the first frame reaches first; the rest stays fit to run.
            auto* end = reinterpret_cast<volatile ks_u64*>(&ks_thread_self()->magic);
            *end = 0x5555555555555555;
            ks_yield();
          });
        });
      },
      "overwritten");
}
#endif

} // namespace
} // namespace ks

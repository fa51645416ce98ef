// SPDX-License-Identifier: MIT
// One thing that is measured: how often, and what is done that often. What one processor does counts to
// `runs` in memory once per operation, so that no compiler finds out that nothing is done; what
// two do verifies every message.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ks::bench {

using Body = void (*)(std::uint64_t runs);
using Values = std::vector<double>; // a value for each window
using Measurement = Values (*)(std::size_t windows); // between two processors

// Units: cycles of the time stamp counter, nanoseconds, and millions a second.
inline constexpr const char* cycles = "cycles";
inline constexpr const char* nanoseconds = "ns";
inline constexpr const char* rate = "M/s"; // the more the better

struct Case {
  const char* what; // the operation, the same text for all that are compared
  const char* subject; // who does it
  Body body; // on one processor, by turns if there are two ends; NULL: cannot be
  unsigned parts = 1; // operations in one run
  const char* unit = cycles;
  Measurement measure = nullptr; // NULL: by the time the body takes
};

inline volatile std::uint64_t counter;

std::vector<Case> own_cases();
std::vector<Case> own_block_cases();
std::vector<Case> context_cases();
std::vector<Case> fiber_cases();
std::vector<Case> coroutine_cases_gcc();
std::vector<Case> coroutine_cases_clang();
std::vector<Case> line_cases();
std::vector<Case> channel_cases();
std::vector<Case> queue_cases();
std::vector<Case> own_process_cases();
std::vector<Case> process_cases();

// The operations, in the order of the table.
inline constexpr const char* null_loop = "loop";
inline constexpr const char* one_switch = "switch there and back";
inline constexpr const char* create_run = "create, run, end";
inline constexpr const char* create_wait = "create, wait, resume, end";
inline constexpr const char* pending_10 = "10 pending, each";
inline constexpr const char* pending_100 = "100 pending, each";
inline constexpr const char* round_trip = "round trip, 2 processors";
inline constexpr unsigned depths[] = {1, 4, 16, 32};
inline constexpr const char* calls[] = {"calls, 1 in flight", "calls, 4 in flight",
                                        "calls, 16 in flight", "calls, 32 in flight"};
inline constexpr const char* messages = "messages, one way";
inline constexpr const char* process_trip = "round trip, 2 processes";

} // namespace ks::bench

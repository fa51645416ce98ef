// SPDX-License-Identifier: MIT
// One thing that is measured: how often, and what is done that often. Every subject counts to `runs`
// in memory once per operation, so that no compiler finds out that nothing is done.
#pragma once

#include <cstdint>
#include <vector>

namespace ks::bench {

using Body = void (*)(std::uint64_t runs);

struct Case {
  const char* what;    // the operation, the same text for all that are compared
  const char* subject; // who does it
  Body body;
  unsigned parts = 1; // operations in one run
};

inline volatile std::uint64_t counter;

std::vector<Case> own_cases();
std::vector<Case> own_block_cases();
std::vector<Case> context_cases();
std::vector<Case> fiber_cases();
std::vector<Case> coroutine_cases_gcc();
std::vector<Case> coroutine_cases_clang();

// The operations, in the order of the table.
inline constexpr const char* null_loop = "loop";
inline constexpr const char* one_switch = "switch there and back";
inline constexpr const char* create_run = "create, run, end";
inline constexpr const char* create_wait = "create, wait, resume, end";
inline constexpr const char* pending_10 = "10 pending, each";
inline constexpr const char* pending_100 = "100 pending, each";

} // namespace ks::bench

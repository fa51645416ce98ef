// SPDX-License-Identifier: MIT
// Measures in windows of some thousand runs, all subjects in turn, round after round, so that a
// machine that is slow for a while is slow to all of them. What counts is the median window.
#include "ks-rt/bench/bench.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

#include <sched.h>
#include <x86intrin.h>

namespace ks::bench {
namespace {

constexpr const char* usage =
    "Usage: ks-bench-async [OPTION]...\n"
    "Prints, for each case, a line of tab-separated fields: what, subject, and in cycles of the time\n"
    "stamp counter the median, first and last decile of its windows.\n"
    "  --windows=N     windows for each case (default: 501)\n"
    "  --cpu=N         the processor to stay on (default: the last one)\n"
    "  --list          only the cases: what, subject, operations in one run\n"
    "  --case=N        runs only case N of that list, from 0, untimed\n"
    "  --runs=N        this often (default: 1000)\n"
    "  -h, --help      this text\n";

void null_body(std::uint64_t runs) {
  for (std::uint64_t i = 0; i < runs; i++)
    counter = counter + 1;
}

std::vector<Case> all_cases() {
  std::vector<Case> all = {{null_loop, "a counter in memory", null_body}};
  for (auto* cases : {own_cases, own_block_cases, context_cases, fiber_cases, coroutine_cases_gcc,
                      coroutine_cases_clang})
    for (const Case& one : cases())
      all.push_back(one);
  return all;
}

void stay_on(int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set))
    return;
  for (int i = 0; cpu < 0 && i < CPU_SETSIZE; i++)
    if (CPU_ISSET(CPU_SETSIZE - 1 - i, &set))
      cpu = CPU_SETSIZE - 1 - i;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  if (sched_setaffinity(0, sizeof set, &set))
    std::fprintf(stderr, "ks-bench-async: warning: cannot stay on processor %d\n", cpu);
}

std::uint64_t now() {
  _mm_lfence();
  std::uint64_t time = __rdtsc();
  _mm_lfence();
  return time;
}

double window(const Case& one) {
  constexpr std::uint64_t operations = 4000;
  std::uint64_t runs = operations / one.parts;
  std::uint64_t start = now();
  one.body(runs);
  return static_cast<double>(now() - start) / static_cast<double>(runs * one.parts);
}

void measure(const std::vector<Case>& cases, std::size_t windows) {
  std::vector<std::vector<double>> times(cases.size());
  for (const Case& one : cases)
    window(one);
  for (std::size_t i = 0; i < windows; i++)
    for (std::size_t j = 0; j < cases.size(); j++)
      times[j].push_back(window(cases[j]));
  for (std::size_t i = 0; i < cases.size(); i++) {
    std::sort(times[i].begin(), times[i].end());
    auto at = [&](double part) {
      return times[i][static_cast<std::size_t>(part * static_cast<double>(windows - 1))];
    };
    std::printf("%s\t%s\t%.2f\t%.2f\t%.2f\n", cases[i].what, cases[i].subject, at(0.5), at(0.1), at(0.9));
  }
}

int fail(std::string_view argument) {
  std::fprintf(stderr, "ks-bench-async: error: %.*s: not understood\n",
               static_cast<int>(argument.size()), argument.data());
  return 2;
}

int run(int argc, char** argv) {
  long windows = 501, cpu = -1, chosen = -1, runs = 1000;
  bool list = false;
  for (int i = 1; i < argc; i++) {
    std::string_view argument = argv[i];
    auto number = [&](std::string_view name, long& value) {
      if (!argument.starts_with(name))
        return false;
      const char* end = argument.data() + argument.size();
      auto result = std::from_chars(argument.data() + name.size(), end, value);
      return result.ec == std::errc{} && result.ptr == end && value >= 0;
    };
    if (argument == "-h" || argument == "--help")
      return std::fputs(usage, stdout) < 0;
    if (argument == "--list")
      list = true;
    else if (!number("--windows=", windows) && !number("--cpu=", cpu) && !number("--case=", chosen) &&
             !number("--runs=", runs))
      return fail(argument);
  }
  stay_on(static_cast<int>(cpu));
  std::vector<Case> cases = all_cases();
  if (list) {
    for (const Case& one : cases)
      std::printf("%s\t%s\t%u\n", one.what, one.subject, one.parts);
  } else if (chosen >= static_cast<long>(cases.size()) || windows == 0) {
    return fail("the number of a case, or of windows");
  } else if (chosen >= 0) {
    cases[static_cast<std::size_t>(chosen)].body(static_cast<std::uint64_t>(runs));
  } else {
    measure(cases, static_cast<std::size_t>(windows));
  }
  return 0;
}

} // namespace
} // namespace ks::bench

int main(int argc, char** argv) { return ks::bench::run(argc, argv); }

// SPDX-License-Identifier: MIT
// Measures in windows of some hundred or thousand runs, all subjects in turn, round after round, so
// that a machine that is slow for a while is slow to all of them. What counts is the median window.
#include "ks-rt/bench/measure.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string_view>

namespace ks::bench {
namespace {

constexpr const char* usage =
    "Usage: ks-bench-rt [OPTION]...\n"
    "Prints, for each case, a line of tab-separated fields: what, subject, unit, and the median, first\n"
    "and last decile of its windows. Cases that take two processors are left out where there is one.\n"
    "  --windows=N     windows for each case (default: 501)\n"
    "  --cpu=N         the processor to stay on (default: the last one); peers are on the first other\n"
    "  --list          only the cases: what, subject, operations in one run; 0: cannot be run alone\n"
    "  --case=N        runs only case N of that list, from 0, untimed, on one processor\n"
    "  --runs=N        this often (default: 1000)\n"
    "  -h, --help      this text\n";

void null_body(std::uint64_t runs) {
  for (std::uint64_t i = 0; i < runs; i++) counter = counter + 1;
}

std::vector<Case> all_cases() {
  std::vector<Case> all = {{null_loop, "a counter in memory", null_body}};
  for (auto* cases : {own_cases, own_block_cases, context_cases, fiber_cases, coroutine_cases_gcc,
                      coroutine_cases_clang, line_cases, channel_cases, queue_cases,
                      own_process_cases, process_cases})
    for (const Case& one : cases()) all.push_back(one);
  return all;
}

// Chooses the processors; false if there is no second one.
bool stay_on(int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  sched_getaffinity(0, sizeof set, &set);
  home = cpu;
  for (int i = CPU_SETSIZE - 1; home < 0 && i >= 0; i--)
    if (CPU_ISSET(i, &set)) home = i;
  away = 0;
  while (away < CPU_SETSIZE && (away == home || !CPU_ISSET(away, &set))) away++;
  pin(home);
  return away < CPU_SETSIZE;
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

// Peers are started once for some windows.
constexpr std::size_t windows_a_peer = 20;

void measure_pairs(const std::vector<Case>& cases, std::size_t windows,
                   std::vector<Values>& values) {
  cycles_per_nanosecond();
  for (std::size_t done = 0; done < windows; done += windows_a_peer)
    for (std::size_t i = 0; i < cases.size(); i++)
      if (cases[i].measure)
        for (double value : cases[i].measure(std::min(windows_a_peer, windows - done)))
          values[i].push_back(value);
}

void measure_bodies(const std::vector<Case>& cases, std::size_t windows,
                    std::vector<Values>& values) {
  for (std::size_t round = 0; round <= windows; round++)
    for (std::size_t i = 0; i < cases.size(); i++)
      if (!cases[i].measure) {
        double value = window(cases[i]);
        if (round) // the first one warms up
          values[i].push_back(value);
      }
}

void print(const Case& one, Values& values) {
  std::sort(values.begin(), values.end());
  auto at = [&](double part) {
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
  };
  std::printf("%s\t%s\t%s\t%.2f\t%.2f\t%.2f\n", one.what, one.subject, one.unit, at(0.5), at(0.1),
              at(0.9));
}

void measure(const std::vector<Case>& cases, std::size_t windows, bool pairs) {
  std::vector<Values> values(cases.size());
  measure_bodies(cases, windows, values);
  if (pairs) measure_pairs(cases, windows, values);
  for (std::size_t i = 0; i < cases.size(); i++)
    if (!values[i].empty()) print(cases[i], values[i]);
}

int fail(std::string_view argument) {
  std::fprintf(stderr, "ks-bench-rt: error: %.*s: not understood\n",
               static_cast<int>(argument.size()), argument.data());
  return 2;
}

int run(int argc, char** argv) {
  long windows = 501, cpu = -1, chosen = -1, runs = 1000;
  bool list = false;
  for (int i = 1; i < argc; i++) {
    std::string_view argument = argv[i];
    auto number = [&](std::string_view name, long& value) {
      if (!argument.starts_with(name)) return false;
      const char* end = argument.data() + argument.size();
      auto result = std::from_chars(argument.data() + name.size(), end, value);
      return result.ec == std::errc{} && result.ptr == end && value >= 0;
    };
    if (argument == "-h" || argument == "--help") return std::fputs(usage, stdout) < 0;
    if (argument == "--list")
      list = true;
    else if (!number("--windows=", windows) && !number("--cpu=", cpu) &&
             !number("--case=", chosen) && !number("--runs=", runs))
      return fail(argument);
  }
  bool pairs = stay_on(static_cast<int>(cpu));
  std::vector<Case> cases = all_cases();
  if (list) {
    for (const Case& one : cases)
      std::printf("%s\t%s\t%u\n", one.what, one.subject, one.body ? one.parts : 0);
  } else if (windows == 0 || chosen >= static_cast<long>(cases.size()) ||
             (chosen >= 0 && !cases[static_cast<std::size_t>(chosen)].body)) {
    return fail("the number of a case, or of windows");
  } else if (chosen >= 0) {
    cases[static_cast<std::size_t>(chosen)].body(static_cast<std::uint64_t>(runs));
  } else {
    measure(cases, static_cast<std::size_t>(windows), pairs);
  }
  return 0;
}

} // namespace
} // namespace ks::bench

int main(int argc, char** argv) { return ks::bench::run(argc, argv); }

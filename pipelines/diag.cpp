// SPDX-License-Identifier: MIT

#include "pipelines/diag.hpp"

#include <atomic>
#include <chrono>
#include <cstdio>

namespace ks {

namespace {

// The run's only state outside its values: how talkative it is and what it has said.
constinit std::atomic<Verbosity> verbosity_of_run{Verbosity::warnings};
constinit std::atomic<u64> warnings{0};
constinit std::atomic<std::chrono::steady_clock::rep> pass_start{0};

std::string position(const Loc& loc) {
  if (loc.file.empty()) return {};
  if (loc.line == 0) return loc.file + ": ";
  if (loc.column == 0) return fmt::format("{}:{}: ", loc.file, loc.line);
  return fmt::format("{}:{}:{}: ", loc.file, loc.line, loc.column);
}

} // namespace

void set_verbosity(Verbosity verbosity) {
  verbosity_of_run = verbosity;
  pass_start = std::chrono::steady_clock::now().time_since_epoch().count();
}

void warn(const Loc& loc, std::string_view slug, std::string_view message) {
  ++warnings;
  if (verbosity_of_run.load() == Verbosity::errors) return;
  // One write, so that lines of several threads do not mix.
  const std::string line = fmt::format("{}warning: {} [{}]\n", position(loc), message, slug);
  std::fwrite(line.data(), 1, line.size(), stderr);
}

u64 warning_count() { return warnings; }

void report_pass(std::string_view pass, u64 rows_in, u64 rows_out) {
  if (verbosity_of_run.load() != Verbosity::passes) return;
  using Clock = std::chrono::steady_clock;
  const Clock::rep now = Clock::now().time_since_epoch().count();
  const Clock::duration spent{now - pass_start.exchange(now)};
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(spent).count();
  fmt::print(stderr, "{}: {} rows in, {} rows out, {} ms\n", pass, rows_in, rows_out, ms);
}

} // namespace ks

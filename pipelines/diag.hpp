// SPDX-License-Identifier: MIT
// How a stage talks to people: fail() ends the run, warn() weakens the answer.
// Both are one line, lower case, with the specifics; a warning has a slug that
// the stage's manual explains.

#pragma once

#include "pipelines/describe.hpp"
#include "pipelines/integers.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace ks {

// A source position; line 0 means unknown. It is part of artifacts.
struct Loc {
  std::string file; // relative to the root of the source tree
  u32 line = 0;
  u32 column = 0;

  KS_DESCRIBE(file, line, column)
  friend bool operator==(const Loc&, const Loc&) = default;
};

// What fail() throws; only run_stage() catches it.
struct Failure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <class... Args>
[[noreturn]] void fail(fmt::format_string<Args...> format, Args&&... args) {
  throw Failure(fmt::format(format, std::forward<Args>(args)...));
}

enum class Verbosity : u8 { errors, warnings, passes };

// Set once by run_stage() from -q and -v, before the stage's work begins.
void set_verbosity(Verbosity verbosity);

// Prints `FILE:LINE:COL: warning: MESSAGE [SLUG]` on standard error (the position is
// left out where unknown), and counts it.
void warn(const Loc& loc, std::string_view slug, std::string_view message);

// How many warnings have been given, for --strict.
u64 warning_count();

// With -v, prints `PASS: N rows in, M rows out, T ms`, T since the pass before.
void report_pass(std::string_view pass, u64 rows_in, u64 rows_out);

} // namespace ks

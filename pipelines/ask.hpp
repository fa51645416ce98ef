// SPDX-License-Identifier: MIT
// Asks other programs (make, clang, ldd ...) one thing: run to the end, take what it
// printed. Programs are run directly, never through a shell.

#pragma once

#include <string>
#include <vector>

namespace ks {

struct Answer {
  int status = 0;
  std::string out;
};

// Looks in PATH, then where administrators' programs live. Fails if it is nowhere.
std::string find_program(const std::string& name);

// `command[0]` is a path. Standard error goes to ours, standard input is empty.
Answer ask(const std::vector<std::string>& command);

// The same, but anything else than status 0 fails with the command's name and status.
std::string ask_or_fail(const std::vector<std::string>& command);

} // namespace ks

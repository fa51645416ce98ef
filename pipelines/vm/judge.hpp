// SPDX-License-Identifier: MIT
// Judges a VM run by nothing but the text of its console: what the guest claimed,
// what the kernel complained of, and whether the guest came to its end.
//
//   KS PASS name          a claim that holds
//   KS FAIL name why      a claim that does not
//   KS END                the guest's script ran to its end with status 0

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ks::vm {

struct Expectations {
  std::vector<std::string> expect; // a line must match each of these
  std::vector<std::string> forbid; // no line may match one of these
  std::vector<std::string> allow;  // unless it also matches one of these, or is expected
};

struct Verdict {
  std::vector<std::string> passed;
  std::vector<std::string> complaints; // why the run is not good, one line each
  bool good() const { return complaints.empty(); }
};

// What no console of a healthy kernel shows, nor of one whose isolated drivers are.
const std::vector<std::string>& kernel_complaints();

// Regular expressions are ECMAScript, searched for in each line. Fails on a malformed
// one. A run without a single claim is not good.
Verdict judge_console(std::string_view console, const Expectations& expectations);

} // namespace ks::vm

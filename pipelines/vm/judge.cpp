// SPDX-License-Identifier: MIT
#include "pipelines/vm/judge.hpp"

#include "pipelines/diag.hpp"

#include <regex>

namespace ks::vm {
namespace {

struct Pattern {
  std::string text;
  std::regex regex;
};

std::vector<Pattern> compile_patterns(const std::vector<std::string>& texts) {
  std::vector<Pattern> patterns;
  for (const std::string& text : texts) {
    try {
      patterns.push_back({text, std::regex(text, std::regex::ECMAScript | std::regex::optimize)});
    } catch (const std::regex_error&) {
      fail("{}: not a regular expression", text);
    }
  }
  return patterns;
}

const Pattern* find_match(const std::vector<Pattern>& patterns, const std::string& line) {
  for (const Pattern& pattern : patterns) {
    if (std::regex_search(line, pattern.regex)) {
      return &pattern;
    }
  }
  return nullptr;
}

// The kernel may begin a line where the guest has not ended its own: a time stamp begins a line, too.
std::vector<std::string> split_lines(std::string_view text) {
  static const std::regex stamp(R"(\[ *\d+\.\d+\] )", std::regex::optimize);
  std::vector<std::string> lines;
  std::string line;
  const auto end_line = [&] {
    std::size_t begin = 0;
    for (std::sregex_iterator at(line.begin(), line.end(), stamp), none; at != none; ++at) {
      const auto place = static_cast<std::size_t>(at->position());
      if (place > begin) lines.push_back(line.substr(begin, place - begin));
      begin = place;
    }
    lines.push_back(line.substr(begin));
    line.clear();
  };
  for (char c : text) {
    if (c == '\n') {
      end_line();
    } else if (c != '\r') {
      line += c;
    }
  }
  end_line();
  return lines;
}

// The rest of a guest's line after "KS WORD ", wherever in the line it stands: a
// console line of the kernel may have been cut in front of it.
std::string_view guest_word(std::string_view line, std::string_view word) {
  const std::size_t at = line.find(word);
  return at == std::string_view::npos ? std::string_view() : line.substr(at + word.size());
}

} // namespace

const std::vector<std::string>& kernel_complaints() {
  static const std::vector<std::string> patterns = {
      "WARNING",
      "\\bBUG\\b",
      "\\bOops\\b",
      "KASAN|KCSAN|KFENCE|UBSAN",
      "general protection",
      "Call Trace:",
      "[Mm]emory leak",
      "refcount_t:",
      "scheduling while atomic",
      "sleeping function called from invalid context",
      "list_(add|del) corruption",
      "Redzone|Poison overwritten|Objects remaining in",
      "unregister_netdevice: waiting for",
      "rcu.*(stall|detected)",
      "soft lockup|hung_task|blocked for more than",
      "Unable to handle|unable to handle",
      "Kernel panic",
      "invalid opcode|double fault|stack segment",
      "Unknown symbol|disagrees about version",
      "ks_rt: .*: domain stopped",
  };
  return patterns;
}

Verdict judge_console(std::string_view console, const Expectations& expectations) {
  const std::vector<Pattern> forbidden = compile_patterns(expectations.forbid);
  const std::vector<Pattern> allowed = compile_patterns(expectations.allow);
  const std::vector<Pattern> expected = compile_patterns(expectations.expect);
  std::vector<bool> met(expected.size());
  bool ended = false;
  Verdict verdict;
  for (const std::string& line : split_lines(console)) {
    bool wanted = find_match(allowed, line) != nullptr;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      const bool meets = std::regex_search(line, expected[i].regex);
      met[i] = met[i] || meets;
      wanted = wanted || meets;
    }
    const std::string_view pass = guest_word(line, "KS PASS ");
    const std::string_view failure = guest_word(line, "KS FAIL ");
    if (!pass.empty()) {
      verdict.passed.emplace_back(pass);
    } else if (!failure.empty()) {
      verdict.complaints.push_back(fmt::format("failed: {}", failure));
    } else if (line.ends_with("KS END")) {
      ended = true;
    } else if (!wanted && find_match(forbidden, line) != nullptr) {
      verdict.complaints.push_back(fmt::format("the console says: {}", line));
    }
  }
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (!met[i]) {
      verdict.complaints.push_back(fmt::format("no line matches {}", expected[i].text));
    }
  }
  if (!ended) {
    verdict.complaints.emplace_back("the guest did not come to its end");
  } else if (verdict.passed.empty()) {
    verdict.complaints.emplace_back("the guest claimed nothing");
  }
  return verdict;
}

} // namespace ks::vm

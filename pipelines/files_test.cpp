// SPDX-License-Identifier: MIT

#include "pipelines/artifact.hpp"
#include "pipelines/sample.hpp"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <chrono>
#include <csignal>
#include <istream>
#include <ostream>

namespace ks {
namespace {

using std::filesystem::file_time_type;

class Files : public InEmptyFolder {};

TEST_F(Files, AreReadWhole) {
  const std::string bytes(300'000, 'x');
  write_file("a", bytes);
  EXPECT_EQ(read_file("a"), bytes);
  EXPECT_EQ(files_here(), 1u);
}

TEST_F(Files, BadMissingOrFolder) {
  EXPECT_EQ(failure_of([] { read_file("a"); }), "a: No such file or directory");
  EXPECT_EQ(failure_of([] { read_file("."); }), ".: Is a directory");
  EXPECT_EQ(failure_of([] { write_file("no/a", ""); }), "no/a: No such file or directory");
  EXPECT_EQ(failure_of([] { read_stream(".", [](std::istream& in) { in.get(); }); }),
            ".: Is a directory");
}

TEST_F(Files, EqualContentLeavesTheFileUntouched) {
  write_file("a", "same");
  const file_time_type old = file_time_type::clock::now() - std::chrono::hours(1);
  std::filesystem::last_write_time("a", old);
  const file_time_type before = std::filesystem::last_write_time("a");
  write_file("a", "same");
  EXPECT_EQ(std::filesystem::last_write_time("a"), before);
  write_file("a", "diff");
  EXPECT_NE(std::filesystem::last_write_time("a"), before);
  EXPECT_EQ(read_file("a"), "diff");
  EXPECT_EQ(files_here(), 1u);
}

TEST_F(Files, ObeyTheUmask) {
  const mode_t mask = umask(027);
  write_file("a", "");
  umask(mask);
  EXPECT_EQ(std::filesystem::status("a").permissions(), std::filesystem::perms{0640});
}

TEST_F(Files, LinkStaysALink) {
  write_file("a", "old");
  std::filesystem::create_symlink("a", "link");
  write_file("link", "new");
  EXPECT_TRUE(std::filesystem::is_symlink("link"));
  EXPECT_EQ(read_file("a"), "new");
}

TEST_F(Files, BadFullDevice) {
  EXPECT_EQ(failure_of([] { write_file("/dev/full", "x"); }), "/dev/full: No space left on device");
  EXPECT_EQ(failure_of([] { write_file("/dev/null", "x"); }), "");
}

TEST_F(Files, FailedWriteLeavesTheOldFile) {
  write_file("a", "old");
  rlimit limit{};
  getrlimit(RLIMIT_FSIZE, &limit);
  const rlimit small{1000, limit.rlim_max};
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  const std::string failure = failure_of([] { write_file("a", std::string(5000, 'x')); });
  setrlimit(RLIMIT_FSIZE, &limit);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(failure, "a: File too large");
  EXPECT_EQ(read_file("a"), "old");
  EXPECT_EQ(files_here(), 1u);
}

TEST_F(Files, FailedPrinterLeavesTheOldFile) {
  write_file("a", "old");
  const auto print = [](std::ostream& out) {
    out << "new";
    fail("half way");
  };
  EXPECT_EQ(failure_of([&] { write_stream("a", print); }), "half way");
  EXPECT_EQ(read_file("a"), "old");
  EXPECT_EQ(files_here(), 1u);
}

} // namespace
} // namespace ks

// SPDX-License-Identifier: MIT
#include "pipelines/vm/initramfs.hpp"

#include "pipelines/ask.hpp"
#include "pipelines/diag.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ks::vm {
namespace {

using testing::ElementsAre;

std::vector<std::string> names(const std::string& archive) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at + 110 <= archive.size();) {
    const std::size_t name_size = std::stoul(archive.substr(at + 94, 8), nullptr, 16);
    const std::size_t size = std::stoul(archive.substr(at + 54, 8), nullptr, 16);
    names.push_back(archive.substr(at + 110, name_size - 1));
    at = (at + 110 + name_size + 3) / 4 * 4;
    at = (at + size + 3) / 4 * 4;
  }
  return names;
}

TEST(Initramfs, DirectoriesComeBeforeWhatIsInThem) {
  Initramfs files;
  files.add_file("/mod/a/x.ko", "12345", false);
  files.add_file("/init", "#!", true);
  EXPECT_THAT(names(files.archive()),
              ElementsAre("init", "mod", "mod/a", "mod/a/x.ko", "TRAILER!!!"));
}

TEST(Initramfs, SameFilesInAnyOrderGiveTheSameBytes) {
  Initramfs first, second;
  first.add_file("/a/b", "1", false);
  first.add_file("/a/c", "2", false);
  second.add_file("/a/c", "2", false);
  second.add_file("/a/b", "1", false);
  EXPECT_EQ(first.archive(), second.archive());
}

TEST(Initramfs, EveryHeaderStartsAtAMultipleOfFour) {
  Initramfs files;
  files.add_file("/abc", "x", false);
  const std::string archive = files.archive();
  EXPECT_EQ(archive.size() % 4, 0u);
  EXPECT_EQ(archive.find("TRAILER!!!") % 4, 110 % 4);
}

TEST(Initramfs, LibrariesOfLddAreFound) {
  EXPECT_THAT(library_paths("\tlinux-vdso.so.1 (0x7ffd)\n"
                            "\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x7f1e)\n"
                            "\t/lib64/ld-linux-x86-64.so.2 (0x7f1f)\n"),
              ElementsAre("/lib/x86_64-linux-gnu/libc.so.6", "/lib64/ld-linux-x86-64.so.2"));
}

TEST(Initramfs, AToolThatDoesNotExistIsRefused) {
  Initramfs files;
  EXPECT_THROW(files.add_tool("no-such-program-anywhere"), Failure);
}

TEST(Ask, AnswersWithOutputAndStatus) {
  EXPECT_EQ(ask({find_program("sh"), "-c", "echo hello"}).out, "hello\n");
  EXPECT_EQ(ask({find_program("sh"), "-c", "exit 3"}).status, 3);
}

} // namespace
} // namespace ks::vm

// SPDX-License-Identifier: MIT
#include "ks-rt/inside/format.h"

#include <cstdio>
#include <gtest/gtest.h>
#include <string>

namespace ks {
namespace {

std::string ours(const char* format, ...) {
  char buffer[200];
  va_list arguments;
  va_start(arguments, format);
  int length = ks_format(buffer, sizeof(buffer), format, arguments);
  va_end(arguments);
  EXPECT_EQ(static_cast<std::size_t>(length), std::string(buffer).size());
  return buffer;
}

// What the C library says of the same format.
template <class... Arguments>
std::string theirs(const char* format, Arguments... arguments) {
  char buffer[200];
  std::snprintf(buffer, sizeof(buffer), format, arguments...);
  return buffer;
}

TEST(Format, numbers_are_the_c_librarys) {
  for (const char* format :
       {"%d",  "%5d", "%-5d|",  "%05d", "%+d", "% d", "%.4d", "%8.3d", "%u",   "%x",
        "%#x", "%X",  "%#010x", "%o",   "%#o", "%hd", "%hhd", "%hu",   "%hhx", "%.0d"})
    for (int value : {0, 1, -1, 42, -42, 255, 70000, -70000, 2147483647, -2147483647 - 1})
      EXPECT_EQ(ours(format, value), theirs(format, value)) << format << " " << value;
}

TEST(Format, wide_numbers_are_the_c_librarys) {
  for (const char* format : {"%ld", "%lld", "%lu", "%llx", "%zu", "%20lld", "%-20llu|"})
    for (long long value : {0ll, 5000000000ll, -5000000000ll, -9223372036854775807ll - 1})
      EXPECT_EQ(ours(format, value), theirs(format, value)) << format << " " << value;
}

TEST(Format, text_is_the_c_librarys) {
  EXPECT_EQ(ours("%s|%10s|%-10s|%.2s|%c|%%", "abc", "abc", "abc", "abc", 'z'),
            theirs("%s|%10s|%-10s|%.2s|%c|%%", "abc", "abc", "abc", "abc", 'z'));
  EXPECT_EQ(ours("%*d %.*s", 6, 42, 3, "abcdef"), theirs("%*d %.*s", 6, 42, 3, "abcdef"));
  EXPECT_EQ(ours("%*d|", -6, 42), theirs("%*d|", -6, 42));
  EXPECT_EQ(ours("%s", static_cast<const char*>(nullptr)), "(null)");
}

TEST(Format, string_without_an_end_is_read_as_far_as_the_precision) {
  char two[2] = {'o', 'k'};
  EXPECT_EQ(ours("%.2s", two), "ok");
}

TEST(Format, pointers_as_the_kernel_prints_them) {
  unsigned char mac[] = {2, 0, 0, 0, 0xab, 7}, address[] = {10, 9, 8, 255};
  EXPECT_EQ(ours("%pM %pm %pI4", mac, mac, address), "02:00:00:00:ab:07 02000000ab07 10.9.8.255");
  EXPECT_EQ(ours("%*ph.", 3, mac), "02 00 00.");
  EXPECT_EQ(ours("%pe!", reinterpret_cast<void*>(-12L)), "-12!");
  EXPECT_EQ(ours("%pS then %p", reinterpret_cast<void*>(0x1234), reinterpret_cast<void*>(1)),
            "0000000000001234 then 0000000000000001");
}

TEST(Format, room_is_respected) {
  char buffer[5] = "----";
  auto cut = [&](std::size_t size, const char* format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = ks_format(buffer, size, format, arguments);
    va_end(arguments);
    return length;
  };
  EXPECT_EQ(cut(4, "%d", 123456), 6);
  EXPECT_STREQ(buffer, "123");
  EXPECT_EQ(buffer[4], '\0');
  EXPECT_EQ(cut(0, "abc"), 3);
  EXPECT_STREQ(buffer, "123");
}

TEST(Format, what_it_does_not_know_stays_as_it_is) {
  EXPECT_EQ(ours("a %q b"), "a %q b");
  EXPECT_EQ(ours("end %"), "end %");
}

} // namespace
} // namespace ks

// SPDX-License-Identifier: MIT

#include "ks-idl/headers.hpp"

#include <gtest/gtest.h>

namespace ks {
namespace {

TEST(Headers, OneIsIncludedAsItIsUnlessTheTableKnowsBetter) {
  EXPECT_EQ(header_for("linux/fs.h"), "linux/fs.h");
  EXPECT_EQ(header_before("linux/fs.h"), "");
  EXPECT_FALSE(is_closed_header("linux/fs.h"));
}

TEST(Headers, HalfAHeaderIsIncludedByTheOther) {
  EXPECT_EQ(header_for("asm-generic/int-ll64.h"), "linux/types.h");
  EXPECT_EQ(header_for("asm/posix_types_64.h"), "linux/types.h");
}

TEST(Headers, AFolderStandsForAllInIt) {
  EXPECT_EQ(header_before("acpi/actypes.h"), "linux/acpi.h");
  EXPECT_EQ(header_before("acpi"), "");
  EXPECT_EQ(header_before("linux/pci_hotplug.h"), "linux/pci.h");
}

TEST(Headers, SomeAreNotForModules) {
  EXPECT_TRUE(is_closed_header("asm/tlb.h"));
}

} // namespace
} // namespace ks

// SPDX-License-Identifier: MIT

#include "ks-idl/headers.hpp"

#include "pipelines/diag.hpp"

#include <gtest/gtest.h>

namespace ks::idl {
namespace {

TEST(Headers, OneIsIncludedAsItIsUnlessTheTableKnowsBetter) {
  const Headers headers{Known()};
  EXPECT_EQ(headers.header_for("linux/fs.h"), "linux/fs.h");
  EXPECT_EQ(headers.header_before("linux/fs.h"), "");
  EXPECT_FALSE(headers.is_closed("linux/fs.h"));
}

TEST(Headers, HalfAHeaderIsIncludedByTheOther) {
  const Headers headers{Known()};
  EXPECT_EQ(headers.header_for("asm-generic/int-ll64.h"), "linux/types.h");
  EXPECT_EQ(headers.header_for("asm/posix_types_64.h"), "linux/types.h");
}

TEST(Headers, AFolderStandsForAllInIt) {
  const Headers headers{Known()};
  EXPECT_EQ(headers.header_before("acpi/actypes.h"), "linux/acpi.h");
  EXPECT_EQ(headers.header_before("acpi"), "");
  EXPECT_EQ(headers.header_before("linux/pci_hotplug.h"), "linux/pci.h");
}

TEST(Headers, SomeAreNotForModules) {
  const Headers headers{Known()};
  EXPECT_TRUE(headers.is_closed("asm/tlb.h"));
}

TEST(Headers, RowsThatAreAddedCount) {
  Known known;
  known.add("more", "[headers]\nlinux/frob.h\tbefore\tlinux/fs.h\nlinux/frob.h\tclosed\t-\n");
  EXPECT_EQ(Headers(known).header_before("linux/frob.h"), "linux/fs.h");
  EXPECT_TRUE(Headers(known).is_closed("linux/frob.h"));
  known.add("worse", "[headers]\nlinux/frob.h\tinstead\t-\n");
  EXPECT_THROW(Headers{known}, Failure);
}

} // namespace
} // namespace ks::idl

// SPDX-License-Identifier: MIT
#include "pipelines/vm/kvm.hpp"

#include <gtest/gtest.h>

namespace ks::vm {
namespace {

constexpr const char* capable = "processor\t: 0\nflags\t\t: fpu vmx ssse3\nbugs\t\t: none\n";

TEST(Kvm, NothingIsMissing) {
  EXPECT_EQ(kvm_lack({capable, true, "Y\n"}), "");
  EXPECT_EQ(kvm_lack({capable, true, "1\n"}), "");
}

TEST(Kvm, TheFirstThingThatIsMissingIsTold) {
  EXPECT_EQ(kvm_lack({"processor\t: 0\nflags\t\t: fpu svm\nvmx flags\t: vmx \n", true, "Y\n"}),
            "the processor has no VMX");
  EXPECT_EQ(kvm_lack({"", false, ""}), "the processor has no VMX");
  EXPECT_EQ(kvm_lack({capable, false, "Y\n"}), "/dev/kvm cannot be used");
  EXPECT_EQ(kvm_lack({capable, true, "N\n"}), "guests get no VMX: load kvm_intel with nested=1");
  EXPECT_EQ(kvm_lack({capable, true, ""}), "guests get no VMX: load kvm_intel with nested=1");
}

TEST(Kvm, AFlagAtTheEndOfTheLineCounts) {
  EXPECT_EQ(kvm_lack({"a\nflags\t\t: fpu vmx\n", true, "Y"}), "");
}

} // namespace
} // namespace ks::vm

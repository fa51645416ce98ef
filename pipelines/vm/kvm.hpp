// SPDX-License-Identifier: MIT
// Whether QEMU can give a guest VMX on this machine: the processor's own, nested by KVM, which emulates VMFUNC
// for such guests.

#pragma once

#include <string>
#include <string_view>

namespace ks::vm {

struct KvmHost {
  std::string cpuinfo; // /proc/cpuinfo
  bool device = false; // /dev/kvm can be used
  std::string nested; // kvm_intel's parameter of that name; empty if the module is not there
};

KvmHost look_at_kvm();

// What is missing, as one phrase; empty if nothing is.
std::string_view kvm_lack(const KvmHost& host);

} // namespace ks::vm

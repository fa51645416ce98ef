// SPDX-License-Identifier: MIT
#include "pipelines/vm/kvm.hpp"

#include "pipelines/artifact.hpp"

#include <unistd.h>

namespace ks::vm {
namespace {

constexpr const char* device = "/dev/kvm";
constexpr const char* nested = "/sys/module/kvm_intel/parameters/nested";

bool has_vmx(std::string_view cpuinfo) {
  const std::size_t begin = cpuinfo.find("\nflags");
  if (begin == std::string_view::npos) {
    return false;
  }
  const std::string flags(cpuinfo.substr(begin + 1, cpuinfo.find('\n', begin + 1) - begin - 1));
  return (flags + " ").find(" vmx ") != std::string::npos;
}

} // namespace

KvmHost look_at_kvm() {
  KvmHost host;
  host.cpuinfo = read_file("/proc/cpuinfo");
  host.device = ::access(device, R_OK | W_OK) == 0;
  host.nested = ::access(nested, R_OK) == 0 ? read_file(nested) : "";
  return host;
}

std::string_view kvm_lack(const KvmHost& host) {
  if (!has_vmx(host.cpuinfo)) {
    return "the processor has no VMX";
  }
  if (!host.device) {
    return "/dev/kvm cannot be used";
  }
  if (host.nested.empty() || (host.nested[0] != 'Y' && host.nested[0] != '1')) {
    return "guests get no VMX: load kvm_intel with nested=1";
  }
  return "";
}

} // namespace ks::vm

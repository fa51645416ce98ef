// SPDX-License-Identifier: MIT
// An initramfs in memory: the "newc" cpio archive the kernel unpacks at boot. Entries
// are kept by path, owners are root and times are 0, so the same files give the same
// bytes. The kernel takes the archive uncompressed.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace ks::vm {

class Initramfs {
public:
  // `path` is the guest's, absolute; directories above it are added.
  void add_file(std::string_view path, std::string content, bool executable);
  void add_directory(std::string_view path);
  void add_console();

  // A program of the host under /tools, with the shared libraries ldd names at their
  // own paths. Fails if there is no such program.
  void add_tool(const std::string& name);

  std::string archive() const;

private:
  struct Entry {
    std::uint32_t mode = 0;
    std::uint32_t major = 0, minor = 0; // of a device node
    std::string content;
  };
  void add(std::string_view path, Entry entry);

  std::map<std::string, Entry, std::less<>> entries_; // paths without the leading slash
};

// The paths of shared libraries in ldd's output, in its order.
std::vector<std::string> library_paths(std::string_view ldd_output);

} // namespace ks::vm

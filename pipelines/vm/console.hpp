// SPDX-License-Identifier: MIT
// Boots a kernel in QEMU and follows its console. Always with -accel tcg, which runs
// anywhere and behaves the same everywhere.

#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace ks {

struct Machine {
  std::string kernel; // a bzImage
  std::string initramfs;
  std::string append; // to the kernel's command line
  unsigned smp = 2;
  unsigned memory = 256; // MiB
  std::chrono::seconds timeout{120};
};

struct ConsoleRun {
  std::string console;
  bool timed_out = false;
  int status = 0; // QEMU's
};

// Returns when the guest has powered off, or was stopped at the time-out. `show` gets
// the console as it comes.
ConsoleRun boot(const Machine& machine, const std::function<void(std::string_view)>& show);

} // namespace ks

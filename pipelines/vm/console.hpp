// SPDX-License-Identifier: MIT
// Boots a kernel in an emulator and follows its console. QEMU with -accel tcg, which runs
// anywhere and behaves the same everywhere; Bochs where VMX is needed; QEMU with -accel kvm
// where the machine has VMX to share.

#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace ks::vm {

enum class Emulator { qemu, bochs, kvm };

struct Machine {
  Emulator emulator = Emulator::qemu;
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
  int status = 0; // the emulator's; Bochs' says nothing, and is 0
};

const char* emulator_program(Emulator emulator);

// Returns when the guest has powered off, or was stopped at the time-out. `show` gets
// the console as it comes. `folder` is for files the emulator needs.
ConsoleRun boot(const Machine& machine, const std::string& folder,
                const std::function<void(std::string_view)>& show);

} // namespace ks::vm

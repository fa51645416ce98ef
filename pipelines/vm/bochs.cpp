// SPDX-License-Identifier: MIT
#include "pipelines/vm/bochs.hpp"

#include "pipelines/artifact.hpp"
#include "pipelines/ask.hpp"

#include <boost/filesystem.hpp>
#include <fmt/format.h>

namespace ks {
namespace {

// So many instructions are a second of the guest. It must be told how fast its clocks are: it
// cannot measure them while nothing keeps time but the number of instructions.
constexpr unsigned instructions_per_second = 50000000;
constexpr const char* clock_words = "tsc=reliable lpj=1000000";

// A Haswell, the first processor with VMFUNC. Errors of the guest end Bochs, which else would ask.
std::string configuration(const Machine& machine, const std::string& disk,
                          const std::string& folder) {
  return fmt::format(
      "plugin_ctrl: unmapped=true, biosdev=true, speaker=false, parallel=false, gameport=false, "
      "iodebug=true, extfpuirq=true\n"
      "cpu: model=corei7_haswell_4770, count={}, ips={}, reset_on_triple_fault=0, "
      "ignore_bad_msrs=1\n"
      "memory: guest={}, host={}\n"
      "romimage: file=/usr/share/bochs/BIOS-bochs-latest, options=fastboot\n"
      "vgaromimage: file=/usr/share/bochs/VGABIOS-lgpl-latest\n"
      "boot: cdrom\n"
      "ata0-master: type=cdrom, path={}, status=inserted\n"
      "com1: enabled=1, mode=file, dev=/dev/stdout\n"
      "display_library: rfb, options=\"timeout=0\"\n"
      "log: {}/bochs.log\n"
      "panic: action=fatal\nerror: action=ignore\ninfo: action=ignore\ndebug: action=ignore\n"
      "clock: sync=none\n",
      machine.smp, instructions_per_second, machine.memory, machine.memory, disk, folder);
}

// A disk image of GRUB, the kernel and the initramfs.
void make_disk(const Machine& machine, const std::string& command_line, const std::string& disk,
               const std::string& folder) {
  const std::string boot = folder + "/disk/boot";
  boost::filesystem::create_directories(boot + "/grub");
  write_file(boot + "/vmlinuz", read_file(machine.kernel));
  write_file(boot + "/initrd", read_file(machine.initramfs));
  write_file(boot + "/grub/grub.cfg",
             fmt::format("set timeout=0\nmenuentry ks {{\n linux /boot/vmlinuz {} {}\n"
                         " initrd /boot/initrd\n boot\n}}\n",
                         command_line, clock_words));
  const std::string modules = "linux normal iso9660 biosdisk part_msdos";
  ask_or_fail({find_program("grub-mkrescue"), "-o", disk, folder + "/disk",
               "--install-modules=" + modules, "--modules=" + modules, "--locales=", "--fonts=",
               "--themes="});
}

} // namespace

std::vector<std::string> bochs_arguments(const Machine& machine, const std::string& command_line,
                                         const std::string& folder) {
  const std::string disk = folder + "/disk.iso";
  make_disk(machine, command_line, disk, folder);
  write_file(folder + "/bochsrc", configuration(machine, disk, folder));
  write_file(folder + "/commands", "c\nq\n"); // Debian's Bochs has a debugger: go on
  return {"-q", "-f", folder + "/bochsrc", "-rc", folder + "/commands"};
}

} // namespace ks

// SPDX-License-Identifier: MIT
#include "pipelines/vm/bochs.hpp"

#include "pipelines/artifact.hpp"
#include "pipelines/ask.hpp"
#include "pipelines/diag.hpp"

#include <boost/filesystem.hpp>
#include <fmt/format.h>

namespace ks::vm {
namespace {

// bochsrc's ips are a second of the guest, which must be told how fast its clocks are: it cannot
// measure them while nothing keeps time but the number of instructions.
constexpr const char* clock_words = "tsc=reliable lpj=1000000";

// The text of the file bochsrc.
constexpr const char* machine_template =
#include "pipelines/vm/bochsrc.inc"
    ;

// Errors of the guest end Bochs, which else would ask.
std::string configuration(const Machine& machine, const std::string& disk,
                          const std::string& folder) {
  return fmt::format(fmt::runtime(machine_template), fmt::arg("model", "corei7_haswell_4770"),
                     fmt::arg("processors", machine.smp), fmt::arg("memory", machine.memory),
                     fmt::arg("boot", "cdrom"),
                     fmt::arg("disk", fmt::format("type=cdrom, path={}, status=inserted", disk)),
                     fmt::arg("serial", "/dev/stdout"), fmt::arg("folder", folder),
                     fmt::arg("report", "ignore"));
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
  const std::string said = folder + "/grub.log"; // much, and nothing of interest if all is well
  const Answer answer =
      ask({"/bin/sh", "-c", "exec \"$@\" 2>\"$0\"", said, find_program("grub-mkrescue"), "-o", disk,
           folder + "/disk", "--install-modules=" + modules, "--modules=" + modules,
           "--locales=", "--fonts=", "--themes="});
  if (answer.status != 0) {
    fail("grub-mkrescue: status {}: {}", answer.status, read_file(said));
  }
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

} // namespace ks::vm

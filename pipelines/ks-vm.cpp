// SPDX-License-Identifier: MIT
// Boots a kernel with modules and a script in an emulator and judges the run by its console.
// This is the one way tests of this project run anything in a kernel.

#include "pipelines/artifact.hpp"
#include "pipelines/ask.hpp"
#include "pipelines/diag.hpp"
#include "pipelines/vm/console.hpp"
#include "pipelines/vm/guest.hpp"
#include "pipelines/vm/initramfs.hpp"
#include "pipelines/vm/judge.hpp"

#include <CLI/CLI.hpp>
#include <boost/filesystem.hpp>

#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace ks::vm {
namespace {

struct Options {
  Machine machine;
  std::vector<std::string> modules, files, tools;
  std::string script, console;
  Expectations expectations;
  bool quiet = false;
};

std::string module_name(const std::string& path) {
  return boost::filesystem::path(path).stem().string();
}

// A module as the guest needs it: debug information and embedded bitcode, most of the
// file, stay on the host.
std::string read_module(const std::string& path, const std::string& folder) {
  read_file(path); // for its own message when there is no such file
  const std::string stripped = folder + "/module.ko";
  ask_or_fail({find_program("llvm-objcopy-22"), "--strip-debug", "--remove-section=.llvmbc",
               "--remove-section=.llvmcmd", path, stripped});
  return read_file(stripped);
}

Initramfs pack_guest(const Options& options, const std::string& folder) {
  Initramfs files;
  for (const char* path : {"/proc", "/sys", "/tmp", "/mod", "/tools"}) {
    files.add_directory(path);
  }
  files.add_console();
  files.add_file("/bin/busybox", read_file(find_program("busybox")), true);
  files.add_file("/init", std::string(guest_init), true);
  files.add_file("/ks.sh", std::string(guest_functions), false);
  files.add_file("/guest.sh", read_file(options.script), false);
  std::string order;
  for (const std::string& path : options.modules) {
    const std::string name = module_name(path);
    files.add_file("/mod/" + name + ".ko", read_module(path, folder), false);
    order += name + "\n";
  }
  files.add_file("/mod/order", order, false);
  for (const std::string& tool : options.tools) {
    files.add_tool(tool);
  }
  for (const std::string& file : options.files) {
    const std::size_t colon = file.find(':');
    if (colon == std::string::npos || file.compare(colon + 1, 1, "/") != 0) {
      fail("{}: not HOST:/GUEST", file);
    }
    files.add_file(file.substr(colon + 1), read_file(file.substr(0, colon)), true);
  }
  return files;
}

// Shows the console as it comes; if quiet, only what the guest claims.
class Screen {
public:
  explicit Screen(bool quiet) : quiet_(quiet) {}

  void show(std::string_view text) {
    for (const char c : text) {
      line_ += c;
      if (!quiet_ || c == '\n') {
        flush();
      }
    }
    std::fflush(stdout);
  }

private:
  void flush() {
    const bool claim =
        line_.find("KS PASS ") != std::string::npos || line_.find("KS FAIL ") != std::string::npos;
    if (!quiet_ || claim) {
      std::fwrite(line_.data(), 1, line_.size(), stdout);
    }
    line_.clear();
  }

  bool quiet_;
  std::string line_;
};

int run(Options options) {
  const boost::filesystem::path folder =
      boost::filesystem::temp_directory_path() / boost::filesystem::unique_path("ks-vm-%%%%%%%%");
  boost::filesystem::create_directory(folder);
  struct Remove {
    const boost::filesystem::path& folder;
    ~Remove() {
      boost::system::error_code ignored;
      boost::filesystem::remove_all(folder, ignored);
    }
  } remove{folder};

  judge_console("", options.expectations); // a malformed expression fails before the boot
  read_file(options.machine.kernel);
  options.machine.initramfs = (folder / "initramfs").string();
  write_file(options.machine.initramfs, pack_guest(options, folder.string()).archive());
  Screen screen(options.quiet);
  const ConsoleRun seen =
      boot(options.machine, folder.string(), [&](std::string_view text) { screen.show(text); });
  if (!options.console.empty()) {
    write_file(options.console, seen.console);
  }
  Verdict verdict = judge_console(seen.console, options.expectations);
  if (seen.timed_out) {
    verdict.complaints.push_back(
        fmt::format("stopped after {} s", options.machine.timeout.count()));
  } else if (seen.status != 0) {
    fail("{}: status {}", emulator_program(options.machine.emulator), seen.status);
  }
  for (const std::string& complaint : verdict.complaints) {
    fmt::print("ks-vm: {}\n", complaint);
  }
  fmt::print("ks-vm: {} claims hold, {} complaints\n", verdict.passed.size(),
             verdict.complaints.size());
  return verdict.good() ? 0 : 1;
}

void add_options(CLI::App& app, Options& options, unsigned& timeout) {
  Machine& machine = options.machine;
  app.add_option("--emulator", machine.emulator,
                 "qemu (default); bochs, which has VMX; or kvm, with this machine's VMX")
      ->transform(
          CLI::CheckedTransformer(std::map<std::string, Emulator>{{"qemu", Emulator::qemu},
                                                                  {"bochs", Emulator::bochs},
                                                                  {"kvm", Emulator::kvm}})
              .description(""));
  app.add_option("--kernel", machine.kernel, "the bzImage to boot")->required();
  app.add_option("--script", options.script, "shell script the guest runs")->required();
  app.add_option("--module", options.modules, "module for the guest, in order of loading")
      ->allow_extra_args(false);
  app.add_option("--file", options.files, "HOST:/GUEST, a file to copy")->allow_extra_args(false);
  app.add_option("--tool", options.tools, "program of the host to copy with its libraries")
      ->allow_extra_args(false);
  app.add_option("--smp", machine.smp, "processors (default 2)");
  app.add_option("--memory", machine.memory, "MiB of memory (default 256)");
  app.add_option("--timeout", timeout, "seconds the run may take (default 120)");
  app.add_option("--append", machine.append, "words for the kernel's command line");
  app.add_option("--expect", options.expectations.expect, "a console line must match this")
      ->allow_extra_args(false);
  app.add_option("--forbid", options.expectations.forbid, "no console line may match this")
      ->allow_extra_args(false);
  app.add_option("--allow", options.expectations.allow, "what --forbid does not mean")
      ->allow_extra_args(false);
  app.add_option("--console", options.console, "file to keep the console in");
  app.add_flag("-q", options.quiet, "show only what the guest claims");
  app.set_version_flag("--version", "ks-vm " KS_VERSION);
}

} // namespace
} // namespace ks::vm

int main(int argc, char** argv) {
  CLI::App app("boot a kernel with modules and a script, judge the run by its console", "ks-vm");
  ks::vm::Options options;
  unsigned timeout = 120;
  ks::vm::add_options(app, options, timeout);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::Error& error) {
    fmt::print(stderr, "ks-vm: error: {}\n", error.what());
    return 2;
  }
  options.machine.timeout = std::chrono::seconds(timeout);
  const std::vector<std::string>& complaints = ks::vm::kernel_complaints();
  options.expectations.forbid.insert(options.expectations.forbid.end(), complaints.begin(),
                                     complaints.end());
  try {
    return ks::vm::run(std::move(options));
  } catch (const std::exception& error) {
    fmt::print(stderr, "ks-vm: error: {}\n", error.what());
    return 2;
  }
}

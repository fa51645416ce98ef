// SPDX-License-Identifier: MIT
#include "pipelines/vm/console.hpp"

#include "pipelines/ask.hpp"
#include "pipelines/diag.hpp"
#include "pipelines/vm/bochs.hpp"
#include "pipelines/vm/kvm.hpp"

#include <boost/asio.hpp>
#include <boost/process.hpp>
#include <boost/process/extend.hpp>

#include <array>
#include <csignal>
#include <sys/prctl.h>

namespace ks::vm {
namespace {

namespace bp = boost::process;
namespace asio = boost::asio;

// With oops=panic, panic=-1 and -no-reboot the first oops ends the run at once.
// slub_debug: sanity checks, red zones, poisoning, owner tracking. no_timer_check: on a
// loaded host the emulated timer may miss the kernel's check of it.
std::string command_line(const Machine& machine) {
  return "console=ttyS0,115200 panic=-1 oops=panic no_timer_check slub_debug=FZPU " +
         machine.append;
}

std::vector<std::string> qemu_arguments(const Machine& machine) {
  const bool is_kvm = machine.emulator == Emulator::kvm;
  return {"-accel",      is_kvm ? "kvm" : "tcg,thread=multi",
          "-cpu",        is_kvm ? "host" : "qemu64",
          "-smp",        std::to_string(machine.smp),
          "-m",          std::to_string(machine.memory),
          "-kernel",     machine.kernel,
          "-initrd",     machine.initramfs,
          "-append",     command_line(machine),
          "-display",    "none",
          "-serial",     "stdio",
          "-monitor",    "none",
          "-nodefaults", "-no-user-config",
          "-no-reboot"};
}

std::vector<std::string> arguments(const Machine& machine, const std::string& folder) {
  if (machine.emulator == Emulator::kvm) {
    if (const std::string_view lack = kvm_lack(look_at_kvm()); !lack.empty()) {
      fail("kvm: {}", lack);
    }
  }
  if (machine.emulator == Emulator::bochs) {
    return bochs_arguments(machine, command_line(machine), folder);
  }
  return qemu_arguments(machine);
}

// An emulator must not outlive a runner that is killed.
struct DieWithParent : bp::extend::handler {
  template <class Executor>
  void on_exec_setup(Executor&) const {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  }
};

class Follower {
public:
  Follower(asio::io_context& context, const std::function<void(std::string_view)>& show)
      : pipe(context), show_(show) {}

  void read() {
    pipe.async_read_some(asio::buffer(buffer_), [this](const auto& error, std::size_t size) {
      const std::string_view text(buffer_.data(), size);
      console.append(text);
      show_(text);
      if (on_text) {
        on_text();
      }
      if (!error) {
        read();
      } else {
        on_end();
      }
    });
  }

  bp::async_pipe pipe;
  std::string console;
  std::function<void()> on_end;
  std::function<void()> on_text;

private:
  const std::function<void(std::string_view)>& show_;
  std::array<char, 4096> buffer_{};
};

// Bochs starts again where QEMU ends after a reset: the kernel's last words end the run.
bool is_panicked(std::string_view console) {
  const std::size_t last = console.size() < 8192 ? 0 : console.size() - 8192;
  return console.substr(last).find("---[ end Kernel panic") != std::string_view::npos;
}

} // namespace

const char* emulator_program(Emulator emulator) {
  return emulator == Emulator::bochs ? "bochs" : "qemu-system-x86_64";
}

ConsoleRun boot(const Machine& machine, const std::string& folder,
                const std::function<void(std::string_view)>& show) {
  const bool is_bochs = machine.emulator == Emulator::bochs;
  const char* program = emulator_program(machine.emulator);
  asio::io_context context;
  asio::steady_timer timer(context);
  Follower follower(context, show);
  ConsoleRun run;
  try {
    const std::string said = folder + "/emulator.log"; // Bochs says much there
    bp::child child(find_program(program), bp::args = arguments(machine, folder),
                    bp::std_in<bp::null, bp::std_out> follower.pipe,
                    bp::std_err > (is_bochs ? said : "/dev/stderr"), DieWithParent());
    timer.expires_after(machine.timeout);
    timer.async_wait([&](const auto& error) {
      if (!error) {
        run.timed_out = true;
        child.terminate();
      }
    });
    if (is_bochs) {
      follower.on_text = [&] {
        if (is_panicked(follower.console)) {
          child.terminate();
        }
      };
    }
    follower.on_end = [&] { timer.cancel(); };
    follower.read();
    context.run();
    child.wait();
    run.status = is_bochs ? 0 : child.exit_code();
  } catch (const bp::process_error& error) {
    fail("{}: {}", program, error.code().message());
  }
  run.console = std::move(follower.console);
  return run;
}

} // namespace ks::vm

// SPDX-License-Identifier: MIT
#include "pipelines/vm/console.hpp"

#include "pipelines/ask.hpp"
#include "pipelines/diag.hpp"

#include <boost/asio.hpp>
#include <boost/process.hpp>
#include <boost/process/extend.hpp>

#include <array>
#include <csignal>
#include <sys/prctl.h>

namespace ks {
namespace {

namespace bp = boost::process;
namespace asio = boost::asio;

// With oops=panic, panic=-1 and -no-reboot the first oops ends the run at once.
// slub_debug: sanity checks, red zones, poisoning, owner tracking. no_timer_check: on a
// loaded host the emulated timer may miss the kernel's check of it.
std::string command_line(const Machine& machine) {
  return "console=ttyS0 panic=-1 oops=panic no_timer_check slub_debug=FZPU " + machine.append;
}

std::vector<std::string> qemu_arguments(const Machine& machine) {
  return {"-accel",   "tcg,thread=multi",
          "-smp",     std::to_string(machine.smp),
          "-m",       std::to_string(machine.memory),
          "-kernel",  machine.kernel,
          "-initrd",  machine.initramfs,
          "-append",  command_line(machine),
          "-display", "none",
          "-serial",  "stdio",
          "-monitor", "none",
          "-nodefaults", "-no-user-config", "-no-reboot"};
}

// QEMU must not outlive a runner that is killed.
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

private:
  const std::function<void(std::string_view)>& show_;
  std::array<char, 4096> buffer_{};
};

} // namespace

ConsoleRun boot(const Machine& machine, const std::function<void(std::string_view)>& show) {
  asio::io_context context;
  asio::steady_timer timer(context);
  Follower follower(context, show);
  ConsoleRun run;
  try {
    bp::child qemu(find_program("qemu-system-x86_64"), bp::args = qemu_arguments(machine),
                   bp::std_in < bp::null, bp::std_out > follower.pipe, DieWithParent());
    timer.expires_after(machine.timeout);
    timer.async_wait([&](const auto& error) {
      if (!error) {
        run.timed_out = true;
        qemu.terminate();
      }
    });
    follower.on_end = [&] { timer.cancel(); };
    follower.read();
    context.run();
    qemu.wait();
    run.status = qemu.exit_code();
  } catch (const bp::process_error& error) {
    fail("qemu-system-x86_64: {}", error.code().message());
  }
  run.console = std::move(follower.console);
  return run;
}

} // namespace ks

// SPDX-License-Identifier: MIT
// Round trips between two processes.
#pragma once

#include "ks-rt/bench/measure.hpp"

#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ks::bench {

// A child on the other processor, killed at the end of the scope. It is born there: the parent
// moves away, since under a real-time policy it would not let the child run.
class Process {
public:
  explicit Process(const std::function<void()>& body) {
    pin(away);
    child_ = fork();
    require(child_ >= 0, "fork");
    if (child_) {
      pin(home);
      return;
    }
    body();
    _exit(0);
  }
  ~Process() {
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

private:
  pid_t child_ = 0;
};

// Zeroed memory that a child shares.
class SharedMemory {
public:
  explicit SharedMemory(std::size_t size)
      : size_(size),
        data_(mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)) {
    require(data_ != MAP_FAILED, "shared memory");
  }
  ~SharedMemory() { munmap(data_, size_); }
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;
  void* data() const { return data_; }

private:
  std::size_t size_;
  void* data_;
};

} // namespace ks::bench

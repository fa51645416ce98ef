// SPDX-License-Identifier: MIT
// The command line of ks-atomic.

#include "ks-atomic/atomic.hpp"
#include "pipelines/stage.hpp"

int main(int argc, char** argv) {
  const ks::StageInfo info{"ks-atomic", "Critical sections and atomics, and what each must copy."};
  return ks::run_stage<ks::Atomic>(info, argc, argv, nullptr, [](const ks::Inputs& inputs) {
    const auto pruned = inputs.take<ks::Pruned>();
    const auto shared = inputs.take<ks::Shared>();
    return ks::atomic::find_atomic(pruned, shared, inputs.known());
  });
}

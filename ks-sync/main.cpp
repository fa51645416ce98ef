// SPDX-License-Identifier: MIT
// The command line of ks-sync.

#include "ks-sync/sync.hpp"
#include "pipelines/stage.hpp"

int main(int argc, char** argv) {
  const ks::StageInfo info{"ks-sync", "Per crossing, what is copied on the way in and out."};
  return ks::run_stage<ks::Sync>(info, argc, argv, nullptr, [](const ks::Inputs& inputs) {
    const auto pruned = inputs.take<ks::Pruned>();
    const auto shared = inputs.take<ks::Shared>();
    return ks::sync::find_sync(pruned, shared, inputs.known());
  });
}

// SPDX-License-Identifier: MIT
#include "ks-shared/shared.hpp"

#include "pipelines/stage.hpp"

int main(int argc, char** argv) {
  return ks::run_stage<ks::Shared>(
      {"ks-shared", "The fields and globals that both sides of the boundary touch."}, argc, argv,
      nullptr,
      [](const ks::Inputs& inputs) { return ks::shared::find_shared(inputs.take<ks::Pruned>()); });
}

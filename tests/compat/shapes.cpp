// SPDX-License-Identifier: MIT
// Prints the shape of the artifact whose kind is the argument; without one, the kinds.

#include "ks-atomic/atomic.hpp"
#include "ks-pdg/pdg.hpp"
#include "ks-prune/index.hpp"
#include "ks-prune/prune.hpp"
#include "ks-shared/shared.hpp"
#include "ks-sync/sync.hpp"
#include "pipelines/schema.hpp"

#include <cstdio>
#include <map>

int main(int argc, char** argv) {
  const std::map<std::string_view, std::string> shapes{
      {ks::Pdg::kind, ks::shape<ks::Pdg>()},
      {ks::Pruned::kind, ks::shape<ks::Pruned>()},
      {ks::Shared::kind, ks::shape<ks::Shared>()},
      {ks::Sync::kind, ks::shape<ks::Sync>()},
      {ks::Atomic::kind, ks::shape<ks::Atomic>()},
      {ks::prune::UnitIndex::kind, ks::shape<ks::prune::UnitIndex>()},
  };
  for (const auto& [kind, shape] : shapes) {
    if (argc < 2)
      fmt::print("{}\n", kind);
    else if (kind == argv[1])
      fmt::print("{}", shape);
  }
}

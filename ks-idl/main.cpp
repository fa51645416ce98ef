// SPDX-License-Identifier: MIT
// ks-idl: the interface of a driver, from all that the stages before have found.

#include "ks-idl/readiness.hpp"
#include "pipelines/stage.hpp"

#include <CLI/CLI.hpp>

#include <cassert>

namespace ks::idl {
namespace {

struct Options {
  std::string module;
  std::vector<std::string> overlays;
  std::string readiness; // in which form; empty: the interface is written
};

void check_name(const std::string& module) {
  if (module.empty()) {
    fail("the module has no name: --module=NAME");
  }
  if (!is_name(module)) {
    fail("--module={}: not a C identifier", module);
  }
}

void work(const Options& options, const StageRun& run) {
  check_name(options.module);
  const std::vector<IdlOverlay> rules = read_overlays(options.overlays);
  const Inputs inputs = open_inputs(run.input_paths);
  const Pruned pruned = inputs.take<Pruned>();
  Sync sync = inputs.take<Sync>();
  const Atomic atomic = inputs.take<Atomic>();
  inputs.check_all_used();

  const View view(pruned);
  const TypeTable types(view, run.known);
  const Idioms idioms(view, types, run.known);
  const UndoTables undo(run.known);
  Overlays overlays(rules, pruned, types);
  drop_what_is_freed(sync, pruned, overlays);
  drop_module_fields(sync, view, find_own_module(view, types, run.known));
  class_what_is_hidden(sync, view, types);
  // From here on, the sync sets are those that are written down.
  const SyncTree tree(sync);
  report_pass("facts", pruned.summary.types.size(), sync.fields.size());

  Inference inference{view,      types, tree, atomic, idioms, overlays, undo,
                      run.known, {},    {},   {},     {},     {}};
  const IdlModule module = infer_idl(inference, options.module, inputs.only(Sync::kind).head.hash);
  report_pass("interface", pruned.boundary.crossings.size(), module.items.size());

  if (!options.readiness.empty()) {
    const Readiness readiness = find_readiness(inference, module);
    report_pass("readiness", module.items.size(), readiness.reasons.size());
    write_file(run.output, options.readiness == "json" ? dump_readiness(readiness)
                                                       : print_readiness(readiness));
    return;
  }
  const std::string text = print_idl(module);
  std::vector<IdlError> errors;
  // Whatever was inferred, what is written can be read.
  assert(parse_idl(text, errors) == module && errors.empty());
  write_file(run.output, text);
}

} // namespace
} // namespace ks::idl

int main(int argc, char** argv) {
  ks::idl::Options options;
  const ks::StageInfo info{"ks-idl", "infer the interface of a driver"};
  return ks::run_custom_stage<void>(
      info, argc, argv,
      [&](CLI::App& app) {
        app.add_option("--module", options.module, "name of the driver's module")
            ->type_name("NAME");
        app.add_option("--overlay", options.overlays, "what is known about kernel interfaces")
            ->type_name("FILE")
            ->allow_extra_args(false);
        app.add_option("--readiness", options.readiness,
                       "instead of the interface, what of it is exact, wide and refused")
            ->type_name("FORM")
            ->check(CLI::IsMember({"text", "json"}));
      },
      [&](const ks::StageRun& run) { ks::idl::work(options, run); });
}

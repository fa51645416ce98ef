// SPDX-License-Identifier: MIT
// ks-idl: the interface of a driver, from all that the stages before have found.

#include "ks-idl/infer.hpp"
#include "pipelines/stage.hpp"

#include <cassert>

namespace {

struct Options {
  std::string module;
  std::vector<std::string> overlays;
};

void check_name(const std::string& module) {
  if (module.empty()) {
    ks::fail("the module has no name: --module=NAME");
  }
  if (!ks::is_name(module)) {
    ks::fail("--module={}: not a C identifier", module);
  }
}

void work(const Options& options, const ks::StageRun& run) {
  check_name(options.module);
  const std::vector<ks::IdlOverlay> rules = ks::read_overlays(options.overlays);
  const ks::Inputs inputs = ks::open_inputs(run.input_paths);
  const ks::Pruned pruned = inputs.take<ks::Pruned>();
  ks::Sync sync = inputs.take<ks::Sync>();
  const ks::Atomic atomic = inputs.take<ks::Atomic>();
  inputs.check_all_used();

  const ks::View view(pruned);
  const ks::TypeTable types(view, run.known);
  const ks::Idioms idioms(view, types, run.known);
  const ks::UndoTables undo(run.known);
  ks::Overlays overlays(rules, pruned, types);
  ks::drop_what_is_freed(sync, pruned, overlays);
  // From here on, the sync sets are those that are written down.
  const ks::SyncTree tree(sync);
  ks::report_pass("facts", pruned.summary.types.size(), sync.fields.size());

  ks::Inference inference{view, types, tree, atomic, idioms, overlays, undo, {}, {}, {}};
  const ks::IdlModule module =
      ks::infer_idl(inference, options.module, inputs.only(ks::Sync::kind).head.hash);
  ks::report_pass("interface", pruned.boundary.crossings.size(), module.items.size());

  const std::string text = ks::print_idl(module);
  std::vector<ks::IdlError> errors;
  // Whatever was inferred, what is written can be read.
  assert(ks::parse_idl(text, errors) == module && errors.empty());
  ks::write_file(run.output, text);
}

} // namespace

int main(int argc, char** argv) {
  Options options;
  const ks::StageInfo info{"ks-idl", "infer the interface of a driver"};
  return ks::run_custom_stage<void>(
      info, argc, argv,
      [&](CLI::App& app) {
        app.add_option("--module", options.module, "name of the driver's module")
            ->type_name("NAME");
        app.add_option("--overlay", options.overlays, "what is known about kernel interfaces")
            ->type_name("FILE")
            ->allow_extra_args(false);
      },
      [&](const ks::StageRun& run) { work(options, run); });
}

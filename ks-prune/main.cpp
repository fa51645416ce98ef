// SPDX-License-Identifier: MIT
#include "ks-prune/assemble.hpp"
#include "ks-prune/check.hpp"
#include "ks-prune/counts.hpp"
#include "ks-prune/read.hpp"

#include "pipelines/stage.hpp"

#include <CLI/CLI.hpp>

#include <thread>

namespace ks::prune {
namespace {

struct Options {
  std::vector<std::string> driver;
  std::string kernel_list;
  std::string why;
  u32 threads = std::max(1u, std::thread::hardware_concurrency());
};

void add_options(CLI::App& app, Options& options) {
  app.add_option("--driver", options.driver, "a unit of the driver; repeatable")
      ->type_name("PDG")
      ->allow_extra_args(false);
  app.add_option("--kernel-list", options.kernel_list,
                 "file that names units of the kernel, one a line")
      ->type_name("FILE");
  app.add_option("--why", options.why, "print why a function is kept, and write no artifact")
      ->type_name("NAME");
  app.add_option("-j", options.threads, "threads that read units")->type_name("N");
}

void prune(const Options& options, const StageRun& run) {
  const Library library(run.known);
  std::vector<std::string> kernel = run.input_paths;
  if (!options.kernel_list.empty()) {
    for (std::string& path : read_list(options.kernel_list)) kernel.push_back(std::move(path));
  }
  if (options.driver.empty()) fail("no unit of the driver: use --driver=PDG");

  TypeStore types;
  const Units units = read_units(options.driver, kernel, run.known, options.threads, types);
  report_pass("read", options.driver.size() + kernel.size(), types.size());
  Program program = link(units.digests, units.driver, types);
  report_pass("link", units.digests.size(), program.functions.size());
  const Targets targets = find_targets(program);
  // From here on, the call graph is complete, as far as it can be known.
  const Border border = find_border(program, targets, library, types);
  report_pass("boundary", program.functions.size(), border.crossings.size());
  const Effects effects = add_effects(program, targets, border, library, run.known, types);
  // From here on, what each function touches is known.
  const Touched touched = driver_touches(program, border, library);
  const Kept kept = find_kept(program, targets, border, touched, library);
  const Choice choice{program, targets, library, border, effects, touched, kept, types};
  if (!options.why.empty()) {
    write_file(run.output, explain(choice, options.why));
    return;
  }
  check_known(choice, run.known);
  check_imports(choice);
  check_layouts(choice);
  check_entries(choice);
  check_indirect_calls(choice);
  const std::vector<UnitRows> rows = read_rows(units, choice, options.threads);
  Pruned pruned = assemble(choice, rows);
  pruned.boundary.counts = count_rows(choice);
  report_pass("take", units.digests.size(), pruned.summary.functions.size());
  write_artifact(run, pruned, units.ancestors);
}

} // namespace
} // namespace ks::prune

int main(int argc, char** argv) {
  ks::prune::Options options;
  return ks::run_custom_stage<ks::Pruned>(
      {"ks-prune", "The boundary of a driver, and the part of its kernel that matters to it."},
      argc, argv, [&](CLI::App& app) { ks::prune::add_options(app, options); },
      [&](const ks::StageRun& run) { ks::prune::prune(options, run); });
}

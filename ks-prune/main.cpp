// SPDX-License-Identifier: MIT
#include "ks-prune/assemble.hpp"
#include "ks-prune/check.hpp"
#include "ks-prune/counts.hpp"
#include "ks-prune/read.hpp"

#include "pipelines/stage.hpp"

#include <thread>

namespace {

struct Options {
  std::vector<std::string> driver;
  std::string kernel_list;
  std::string why;
  ks::u32 threads = std::max(1u, std::thread::hardware_concurrency());
};

void add_options(CLI::App& app, Options& options) {
  app.add_option("--driver", options.driver, "a unit of the driver; repeatable")
      ->type_name("PDG")
      ->allow_extra_args(false);
  app.add_option("--kernel-list", options.kernel_list, "file that names units of the kernel, one a line")
      ->type_name("FILE");
  app.add_option("--why", options.why, "print why a function is kept, and write no artifact")
      ->type_name("NAME");
  app.add_option("-j", options.threads, "threads that read units")->type_name("N");
}

void prune(const Options& options, const ks::StageRun& run) {
  const ks::Library library(run.known);
  std::vector<std::string> kernel = run.input_paths;
  if (!options.kernel_list.empty()) {
    for (std::string& path : ks::read_list(options.kernel_list)) kernel.push_back(std::move(path));
  }
  if (options.driver.empty()) ks::fail("no unit of the driver: use --driver=PDG");

  ks::TypeStore types;
  const ks::Units units = ks::read_units(options.driver, kernel, run.known, options.threads, types);
  ks::report_pass("read", options.driver.size() + kernel.size(), types.size());
  const ks::Program program = ks::link(units.digests, units.driver, types);
  ks::report_pass("link", units.digests.size(), program.functions.size());
  const ks::Targets targets = ks::find_targets(program);
  // From here on, the call graph is complete, as far as it can be known.
  const ks::Border border = ks::find_border(program, targets, library, types);
  ks::report_pass("boundary", program.functions.size(), border.crossings.size());
  const ks::Touched touched = ks::driver_touches(program, border, library);
  const ks::Kept kept = ks::find_kept(program, targets, border, touched, library);
  const ks::Choice choice{program, targets, library, border, touched, kept, types};
  if (!options.why.empty()) {
    ks::write_file(run.output, ks::explain(choice, options.why));
    return;
  }
  ks::check_known(choice, run.known);
  ks::check_imports(choice);
  ks::check_indirect_calls(choice);
  const std::vector<ks::UnitRows> rows = ks::read_rows(units, choice, options.threads);
  ks::Pruned pruned = ks::assemble(choice, rows);
  pruned.boundary.counts = ks::count_rows(choice);
  ks::report_pass("take", units.digests.size(), pruned.summary.functions.size());
  ks::write_artifact(run, pruned, units.ancestors);
}

} // namespace

int main(int argc, char** argv) {
  Options options;
  return ks::run_custom_stage<ks::Pruned>(
      {"ks-prune", "The boundary of a driver, and the part of its kernel that matters to it."}, argc,
      argv, [&](CLI::App& app) { add_options(app, options); },
      [&](const ks::StageRun& run) { prune(options, run); });
}

// SPDX-License-Identifier: MIT
#include "ks-prune/assemble.hpp"
#include "ks-prune/check.hpp"
#include "ks-prune/counts.hpp"
#include "ks-prune/names.hpp"
#include "ks-prune/read.hpp"
#include "ks-prune/variable.hpp"

#include "pipelines/stage.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <thread>

namespace ks::prune {
namespace {

struct Options {
  std::vector<std::string> driver;
  std::string kernel_list;
  std::string index;
  bool make_index = false;
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
  app.add_option("--index", options.index, "file that --make-index wrote of these units")
      ->type_name("FILE");
  app.add_flag("--make-index", options.make_index,
               "write what linking needs of all units, for many drivers")
      ->excludes("--driver")
      ->excludes("--index");
  app.add_option("--why", options.why, "print why a function is kept, and write no artifact")
      ->type_name("NAME");
  app.add_option("-j", options.threads, "threads that read units")->type_name("N");
}

void prune(const Options& options, const StageRun& run) {
  const Library library(run.known);
  UnitPaths paths{options.driver, run.input_paths, options.index};
  if (!options.kernel_list.empty()) {
    for (std::string& path : read_list(options.kernel_list))
      paths.kernel.push_back(std::move(path));
  }
  if (options.driver.empty() && !options.make_index)
    fail("no unit of the driver: use --driver=PDG");

  TypeStore types;
  Units units = read_units(paths, run.known, options.threads, types);
  report_pass("read", paths.driver.size() + paths.kernel.size(), types.size());
  if (options.make_index) {
    const std::vector<Ancestor> ancestors = units.ancestors;
    write_artifact(run, index_of(std::move(units), types, run.known), ancestors);
    return;
  }
  Program program = link(units.digests, units.driver, types);
  report_pass("link", units.digests.size(), program.functions.size());
  const Targets targets = find_targets(program);
  // From here on, the call graph is complete, as far as it can be known.
  report_pass("targets", program.functions.size(), targets.lists.size());
  const Border border = find_border(program, targets, library, types);
  tell_apart(program, border);
  // From here on, no other function has the name of one that crosses.
  report_pass("boundary", program.functions.size(), border.crossings.size());
  const Effects effects = add_effects(program, targets, border, library, run.known, types);
  // From here on, what each function touches is known.
  report_pass("effects", program.functions.size(), program.fields.size());
  const Touched touched = driver_touches(program, border, library);
  const Kept kept = find_kept(program, targets, border, touched, library);
  report_pass("keep", program.functions.size(),
              static_cast<u64>(std::count(kept.kept.begin(), kept.kept.end(), true)));
  const Choice choice{program, targets, library, border, effects, touched, kept, types};
  if (!options.why.empty()) {
    write_file(run.output, explain(choice, options.why));
    return;
  }
  check_known(choice, run.known);
  std::vector<Caveat> caveats;
  for (const auto& check : {check_imports, check_layouts, check_entries, check_indirect_calls})
    std::ranges::move(check(choice), std::back_inserter(caveats));
  const std::vector<UnitRows> rows = read_rows(units, choice, options.threads);
  report_pass("take", units.digests.size(), rows.size());
  Pruned pruned = assemble(choice, rows, caveats);
  add_variable_arguments(pruned);
  pruned.boundary.counts = count_rows(choice);
  report_pass("assemble", program.functions.size(), pruned.summary.functions.size());
  write_artifact(run, pruned, units.ancestors);
}

// An index can be looked at, too.
TextForms forms() {
  TextForms forms = text_forms<Pruned>();
  const auto dump_pruned = forms.dump;
  forms.dump = [dump_pruned](const StageRun& run) {
    const std::string path = only_input(run);
    const bool is_index =
        size_of_regular_file(path) && open_artifact_lazily(path).head.kind == UnitIndex::kind;
    (is_index ? text_forms<UnitIndex>().dump : dump_pruned)(run);
  };
  return forms;
}

} // namespace
} // namespace ks::prune

int main(int argc, char** argv) {
  ks::prune::Options options;
  return ks::run_tool(
      {"ks-prune", "The boundary of a driver, and the part of its kernel that matters to it."},
      argc, argv, [&](CLI::App& app) { ks::prune::add_options(app, options); }, ks::prune::forms(),
      [&](const ks::StageRun& run) { ks::prune::prune(options, run); });
}

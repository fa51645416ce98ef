// SPDX-License-Identifier: MIT
// ks-link: the units of a driver, as they were analysed -> one module that names nothing of the kernel.
#include "ks-pdg/bitcode.hpp"
#include "ks-pdg/build.hpp"
#include "ks-pdg/link.hpp"

#include "pipelines/stage.hpp"

#include <CLI/CLI.hpp>
#include <llvm/Bitcode/BitcodeWriter.h>

#include <filesystem>

namespace ks::link {
namespace {

struct Options {
  std::string glue;
  std::string units;
  std::string kernel = ".";
  bool library = false;
  bool plan = false;
};

LinkUnit read_unit(const std::string& path, bool is_kernel, const pdg::Tables& known,
                   llvm::LLVMContext& context) {
  const std::string bytes = read_file(path);
  LinkUnit unit{"", is_kernel, nullptr};
  unit.module = pdg::parse_module(path, pdg::find_bitcode(path, bytes), context);
  // The branches that are dead to the analysis are dead to the compiler, too: it cannot find, after it
  // has inlined a function, that the other one is taken.
  pdg::normalize(*unit.module, known);
  drop_discarded(*unit.module);
  // A body that is only there to be inlined is a static one to the analysis.
  for (llvm::Function& function : *unit.module) {
    if (function.hasAvailableExternallyLinkage()) {
      function.setLinkage(llvm::GlobalValue::InternalLinkage);
    }
  }
  unit.name = pdg::unit_name(*unit.module, "");
  return unit;
}

// The objects of these units of the kernel, by a table of all.
void add_clones(const Options& options, const LinkTables& tables, const pdg::Tables& known,
                llvm::LLVMContext& context, std::vector<LinkUnit>& units) {
  if (tables.clones.empty()) return;
  if (options.units.empty()) fail("functions are to be cloned: --units=FILE says where they are");
  std::map<std::string, std::string> objects;
  for (const auto& row : rows_of(options.units, '\t', 2)) objects.emplace(row[0], row[1]);
  for (const auto& [name, functions] : tables.clones) {
    const auto found = objects.find(name);
    if (found == objects.end())
      fail("{}: no unit {}, of which {} is cloned", options.units, name, *functions.begin());
    LinkUnit unit =
        read_unit(std::filesystem::path(options.kernel) / found->second, true, known, context);
    unit.name = name;
    units.push_back(std::move(unit));
  }
}

void link_all(const Options& options, const StageRun& run) {
  LinkTables tables = read_tables(options.glue);
  tables.library = options.library;
  for (const KnownRow& row : run.known.rows(KnownTable::domain_library))
    if (row[1] != "data") tables.provided.emplace(row[0]);
  const pdg::Tables known(run.known);
  llvm::LLVMContext context;
  std::vector<LinkUnit> units;
  for (const std::string& path : run.input_paths)
    units.push_back(read_unit(path, false, known, context));
  if (units.empty() && !options.library) units.push_back(read_unit("-", false, known, context));
  add_clones(options, tables, known, context, units);
  if (units.empty()) fail("nothing to link");
  const LinkPlan plan = make_plan(units, tables);
  // From here on, what becomes of each symbol is known.
  if (options.plan) {
    write_file(run.output, print_plan(plan));
    return;
  }
  check_not_terminal(run);
  const std::unique_ptr<llvm::Module> module = carry_out(plan, std::move(units), tables.steps);
  std::string bytes;
  llvm::raw_string_ostream out(bytes);
  llvm::WriteBitcodeToFile(*module, out);
  write_file(run.output, out.str());
}

} // namespace
} // namespace ks::link

int main(int argc, char** argv) {
  ks::link::Options options;
  return ks::run_custom_stage<void>(
      {"ks-link", "The units of a driver as one module that names nothing of the kernel."}, argc,
      argv,
      [&](CLI::App& app) {
        app.add_option("--glue", options.glue, "what ks-idlc wrote, without the ending: DIR/NAME")
            ->type_name("STEM")
            ->required();
        app.add_option("--units", options.units,
                       "table of the kernel's units: source and object, tab-separated")
            ->type_name("FILE");
        app.add_option("--kernel", options.kernel, "folder that the objects of --units are in")
            ->type_name("DIR");
        app.add_flag("--library", options.library,
                     "what a clone names is the domain library's, if nothing else stands for it");
        app.add_flag("--plan", options.plan, "print what becomes of each symbol, and link nothing");
      },
      [&](const ks::StageRun& run) { ks::link::link_all(options, run); });
}

// SPDX-License-Identifier: MIT
// ks-pdg: bitcode of one translation unit -> its program dependence graph.
#include "ks-pdg/bitcode.hpp"
#include "ks-pdg/build.hpp"
#include "ks-pdg/report.hpp"

#include "pipelines/stage.hpp"

#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
  std::string source_root;
  return ks::run_custom_stage<ks::Pdg>(
      {"ks-pdg", "program dependence graph of one translation unit"}, argc, argv,
      [&](CLI::App& app) {
        app.add_option("--source-root", source_root,
                       "directory to strip from the names of source files");
      },
      [&](const ks::StageRun& run) {
        if (run.input_paths.size() > 1) {
          ks::fail("{}: one input at a time", run.input_paths[1]);
        }
        const std::string path = run.input_paths.empty() ? "-" : run.input_paths.front();
        const std::string bytes = ks::read_file(path);
        const ks::pdg::Tables tables(run.known);
        llvm::LLVMContext context;
        const std::string_view bitcode = ks::pdg::find_bitcode(path, bytes);
        const std::string hash = ks::hash_of(bitcode);
        const std::unique_ptr<llvm::Module> module = ks::pdg::parse_module(path, bitcode, context);
        ks::pdg::normalize(*module, tables);
        const ks::Pdg pdg = ks::pdg::build_pdg(*module, tables, hash, source_root);
        ks::pdg::report_unknowns(pdg.summary);
        const ks::Ancestor ancestors[] = {{"bc", hash}};
        ks::write_artifact(run, pdg, ancestors);
      });
}

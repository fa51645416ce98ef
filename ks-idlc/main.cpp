// SPDX-License-Identifier: MIT

#include "ks-idlc/check.hpp"
#include "ks-idlc/emit.hpp"
#include "ks-idlc/memory.hpp"
#include "pipelines/stage.hpp"

#include <CLI/CLI.hpp>

#include <cstdio>
#include <filesystem>

namespace ks::idlc {
namespace {

const StageInfo info{"ks-idlc",
                     "Compiles an interface description to C for both ends of a domain."};

// Prints what is wrong and fails if it cannot be compiled; says what is merely weaker than hoped.
void report(const std::string& path, const std::string& text,
            const std::vector<Finding>& findings) {
  u64 errors = 0;
  for (const Finding& finding : findings) {
    if (finding.is_warning) {
      warn({path, finding.error.position.line, finding.error.position.column}, finding.error.slug,
           finding.error.message);
    } else {
      fmt::print(stderr, "{}", format_idl_error(path, text, finding.error));
      ++errors;
    }
  }
  if (errors != 0) {
    fail("{}: {} error{}", path, errors, errors == 1 ? "" : "s");
  }
}

IdlModule read_module(const std::string& path) {
  std::string text = read_file(path);
  std::vector<IdlError> errors;
  IdlModule module = parse_idl(text, errors);
  std::vector<Finding> findings;
  for (IdlError& error : errors) {
    findings.push_back({std::move(error), false});
  }
  // A tree with holes would only bring errors that follow from the first ones.
  if (findings.empty()) {
    findings = check_idl(module);
  }
  report(path, text, findings);
  return module;
}

void write_all(const std::string& directory, const std::vector<GeneratedFile>& files) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) {
    fail("{}: {}", directory, error.message());
  }
  for (const GeneratedFile& file : files) {
    write_file(directory + "/" + file.name, file.text);
  }
}

} // namespace
} // namespace ks::idlc

int main(int argc, char** argv) {
  bool only_check = false;
  auto add_options = [&](CLI::App& app) {
    app.add_flag("--check", only_check, "check only, write nothing");
  };
  return ks::run_custom_stage<void>(
      ks::idlc::info, argc, argv, add_options, [&](const ks::StageRun& run) {
        if (run.input_paths.size() > 1) {
          ks::fail("{}: a second input", run.input_paths[1]);
        }
        if (!only_check && run.output == "-") {
          ks::fail("use -o DIRECTORY: the output is several files");
        }
        ks::IdlModule module =
            ks::idlc::read_module(run.input_paths.empty() ? "-" : run.input_paths[0]);
    // From here on, every name is known and every copy is bounded.
        ks::idlc::Interface interface = ks::idlc::lay_out(ks::idlc::name_memory(std::move(module)));
        std::vector<ks::idlc::GeneratedFile> files = ks::idlc::emit_all(interface, run.known);
        if (!only_check) {
          ks::idlc::write_all(run.output, files);
        }
      });
}

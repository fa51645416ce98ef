// SPDX-License-Identifier: MIT
// The half of a stage's run that depends on the type of its artifact.

#pragma once

#include "pipelines/artifact_codec.hpp"
#include "pipelines/json.hpp"
#include "pipelines/stage.hpp"

#include <istream>
#include <ostream>
#include <type_traits>

namespace ks {

// What --dump=json and --load=json do; both empty for a stage without an artifact.
struct TextForms {
  std::function<void(const StageRun&)> dump;
  std::function<void(const StageRun&)> load;
};

// Parses the command line, does what it asks for and returns the exit status.
int run_tool(const StageInfo& info, int argc, char** argv,
             const std::function<void(CLI::App&)>& add_options, const TextForms& forms,
             const std::function<void(const StageRun&)>& work);

// The one input of --dump and --load.
std::string only_input(const StageRun& run);

template <class T>
void write_artifact(const StageRun& run, const T& artifact, std::span<const Ancestor> ancestors) {
  check_not_terminal(run);
  write_file(run.output, encode(artifact, ancestors));
}

template <class T>
TextForms text_forms() {
  TextForms forms;
  forms.dump = [](const StageRun& run) {
    const Framed file = open_artifact(only_input(run));
    const T artifact = decode<T>(file);
    write_stream(run.output, [&](std::ostream& out) { dump_json(artifact, file.head, out); });
  };
  forms.load = [](const StageRun& run) {
    check_not_terminal(run);
    const std::string path = only_input(run);
    read_stream(path, [&](std::istream& in) {
      std::vector<Ancestor> ancestors;
      const T artifact = load_json<T>(in, path, ancestors);
      write_artifact(run, artifact, ancestors);
    });
  };
  return forms;
}

template <class T>
int run_custom_stage(const StageInfo& info, int argc, char** argv,
                     const std::function<void(CLI::App&)>& add_options,
                     const std::function<void(const StageRun&)>& work) {
  TextForms forms;
  if constexpr (!std::is_void_v<T>) forms = text_forms<T>();
  return run_tool(info, argc, argv, add_options, forms, work);
}

template <class T>
int run_stage(const StageInfo& info, int argc, char** argv,
              const std::function<void(CLI::App&)>& add_options,
              const std::function<T(const Inputs&)>& analyse) {
  return run_tool(info, argc, argv, add_options, text_forms<T>(), [&](const StageRun& run) {
    check_not_terminal(run);
    const Inputs inputs = open_inputs(run.input_paths, run.known);
    const T artifact = analyse(inputs);
    inputs.check_all_used();
    write_artifact(run, artifact, inputs.ancestors());
  });
}

} // namespace ks

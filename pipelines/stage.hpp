// SPDX-License-Identifier: MIT
// What it is to be a stage: the command line, the exit status, and inputs that
// are told apart by their kind. A stage's main() is a call of run_stage().
//
//   ks-x [options] [FILE...] [-o OUT]       analyse: inputs in any order
//   ks-x --dump=json [FILE] [-o OUT]        print the stage's own kind as JSON Lines
//   ks-x --load=json [FILE] [-o OUT]        and read it back
//
// Common options: -o OUT, --dump=json, --load=json, --known=FILE, -q, -v, --strict,
// -h, --help, --version. Exit status: 0 done, 1 the answer is no (--strict with
// warnings, --check), 2 trouble: one line `ks-x: error: ...`, nothing written.
// Binary output is not written to a terminal.

#pragma once

#include "pipelines/artifact_codec.hpp"
#include "pipelines/diag.hpp"
#include "pipelines/json.hpp"
#include "pipelines/known.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

// Who adds options of its own includes <CLI/CLI.hpp>, which takes seconds to compile.
namespace CLI {
class App;
}

namespace ks {

struct StageInfo {
  std::string name;        // "ks-shared"
  std::string description; // one line, shown by --help
};

// The input files of one run, opened and checked: every artifact's ancestors agree
// with the other inputs ("FILE: made from another pruned artifact than the other inputs").
class Inputs {
public:
  explicit Inputs(std::vector<Framed> files, Known known = {});

  // The only input of T's kind; fails if there is none or more than one.
  template <class T>
  T take() const {
    return decode<T>(only(T::kind));
  }
  // All inputs of a kind, in command-line order. Asking for a kind, here or above, is what
  // makes it an input of this stage.
  std::vector<const Framed*> of_kind(std::string_view kind) const;
  const Framed& only(std::string_view kind) const;
  // What the output's head line names: kind and hash of each input, by kind then hash.
  std::vector<Ancestor> ancestors() const;
  const std::vector<Framed>& files() const { return files_; }
  const Known& known() const { return known_; }
  // Fails if there is an input of a kind that nobody has asked for.
  void check_all_used() const;

private:
  std::vector<Framed> files_;
  Known known_;
  mutable std::vector<std::string> used_kinds_;
};

// Opens every file (none: standard input).
Inputs open_inputs(const std::vector<std::string>& paths, const Known& known = {});

struct StageRun {
  std::vector<std::string> input_paths; // as given; empty means standard input
  std::string output = "-";
  Known known; // with what --known adds
};

// For a stage whose inputs are artifacts and whose output is an artifact T.
// `add_options` may add the stage's own options (it must not add positionals);
// `analyse` computes the answer.
template <class T>
int run_stage(const StageInfo& info, int argc, char** argv,
              const std::function<void(CLI::App&)>& add_options,
              const std::function<T(const Inputs&)>& analyse);

// For a stage whose inputs or outputs are not all artifacts (ks-pdg reads
// bitcode, ks-idl and ks-idlc write text): `work` reads run.input_paths itself and
// writes run.output itself. T may be void (no --dump/--load).
template <class T>
int run_custom_stage(const StageInfo& info, int argc, char** argv,
                     const std::function<void(CLI::App&)>& add_options,
                     const std::function<void(const StageRun&)>& work);

// Fails if binary output would go to a terminal.
void check_not_terminal(const StageRun& run);

// Writes artifact T to run.output with the given ancestors; refuses a terminal.
template <class T>
void write_artifact(const StageRun& run, const T& artifact, std::span<const Ancestor> ancestors);

} // namespace ks

#include "pipelines/stage_run.hpp"

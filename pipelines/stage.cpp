// SPDX-License-Identifier: MIT

#include "pipelines/stage.hpp"

#include <CLI/CLI.hpp>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdio>

namespace ks {

namespace {

enum Status { done = 0, answer_is_no = 1, trouble = 2 };

struct CommandLine {
  StageRun run;
  std::string dump;
  std::string load;
  std::vector<std::string> known;
  bool quiet = false;
  bool verbose = false;
  bool strict = false;
  bool version = false;
};

void add_common_options(CLI::App& app, CommandLine& line, const TextForms& forms) {
  app.set_help_flag("-h,--help", "print this help");
  app.add_flag("--version", line.version, "print name and version");
  app.add_option("FILE", line.run.input_paths, "input files; none or - is standard input");
  app.add_option("-o", line.run.output, "where to write; - is standard output")->type_name("OUT");
  if (forms.dump) {
    CLI::Option* dump = app.add_option("--dump", line.dump, "print an artifact as JSON Lines");
    CLI::Option* load = app.add_option("--load", line.load, "read one back from JSON Lines");
    for (CLI::Option* option : {dump, load}) {
      option->type_name("json")->check(CLI::IsMember({"json"}));
    }
    dump->excludes(load);
  }
  app.add_option("--known", line.known, "add to what is known of the kernel; repeatable")
      ->type_name("FILE")
      ->allow_extra_args(false);
  CLI::Option* quiet = app.add_flag("-q", line.quiet, "print errors only");
  CLI::Option* verbose = app.add_flag("-v", line.verbose, "print a line per pass");
  quiet->excludes(verbose);
  app.add_flag("--strict", line.strict, "status 1 if there were warnings");
}

// One line, in lower case, whatever the message looked like before.
std::string tidy(std::string message) {
  while (!message.empty() && std::isspace(static_cast<unsigned char>(message.back()))) {
    message.pop_back();
  }
  std::ranges::replace(message, '\n', ' ');
  return message;
}

int complain(const StageInfo& info, const std::string& message) {
  fmt::print(stderr, "{}: error: {}\n", info.name, tidy(message));
  return trouble;
}

int complain_of_usage(const StageInfo& info, std::string message) {
  if (message.size() > 1 && std::islower(static_cast<unsigned char>(message[1]))) {
    message[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(message[0])));
  }
  return complain(info, message);
}

void do_work(CommandLine& line, const TextForms& forms,
             const std::function<void(const StageRun&)>& work) {
  line.run.known = read_known_files(line.known);
  if (!line.dump.empty()) return forms.dump(line.run);
  if (!line.load.empty()) return forms.load(line.run);
  work(line.run);
}

void check_against(const Framed& file, const Ancestor& ancestor, const Ancestor& other) {
  if (ancestor.kind == other.kind && ancestor.hash != other.hash) {
    fail("{}: made from another {} artifact than the other inputs", file.path, ancestor.kind);
  }
}

// A stage may read many units, so these do not have to be the same for all inputs.
bool many_of(std::string_view kind) { return kind == "bc" || kind == "pdg"; }

} // namespace

Inputs::Inputs(std::vector<Framed> files, Known known)
    : files_(std::move(files)), known_(std::move(known)) {
  std::vector<Ancestor> given;
  for (const Framed& file : files_) {
    if (!many_of(file.head.kind)) given.push_back({file.head.kind, file.head.hash});
  }
  for (const Framed& file : files_) {
    for (const Ancestor& ancestor : file.head.ancestors) {
      if (many_of(ancestor.kind)) continue;
      for (const Ancestor& other : given) check_against(file, ancestor, other);
      given.push_back(ancestor);
    }
  }
}

std::vector<const Framed*> Inputs::of_kind(std::string_view kind) const {
  used_kinds_.emplace_back(kind);
  std::vector<const Framed*> found;
  for (const Framed& file : files_) {
    if (file.head.kind == kind) found.push_back(&file);
  }
  return found;
}

const Framed& Inputs::only(std::string_view kind) const {
  const std::vector<const Framed*> found = of_kind(kind);
  if (found.empty() && files_.size() == 1) {
    fail("{}: is of kind {}, not {}", files_[0].path, files_[0].head.kind, kind);
  }
  if (found.empty()) fail("no {} artifact among the inputs", kind);
  if (found.size() > 1) fail("{}: a second {} artifact", found[1]->path, kind);
  return *found[0];
}

std::vector<Ancestor> Inputs::ancestors() const {
  std::vector<Ancestor> ancestors;
  for (const Framed& file : files_) ancestors.push_back({file.head.kind, file.head.hash});
  std::ranges::sort(ancestors);
  return ancestors;
}

void Inputs::check_all_used() const {
  for (const Framed& file : files_) {
    if (std::ranges::find(used_kinds_, file.head.kind) == used_kinds_.end()) {
      fail("{}: a {} artifact is not an input of this stage", file.path, file.head.kind);
    }
  }
}

Inputs open_inputs(const std::vector<std::string>& paths, const Known& known) {
  std::vector<Framed> files;
  if (paths.empty()) files.push_back(open_artifact("-"));
  for (const std::string& path : paths) files.push_back(open_artifact(path));
  return Inputs(std::move(files), known);
}

void check_not_terminal(const StageRun& run) {
  if (run.output == "-" && isatty(STDOUT_FILENO)) {
    fail("standard output is a terminal: use -o FILE, or --dump=json to read an artifact");
  }
}

std::string only_input(const StageRun& run) {
  if (run.input_paths.size() > 1) fail("{}: a second input", run.input_paths[1]);
  return run.input_paths.empty() ? "-" : run.input_paths[0];
}

int run_tool(const StageInfo& info, int argc, char** argv,
             const std::function<void(CLI::App&)>& add_options, const TextForms& forms,
             const std::function<void(const StageRun&)>& work) {
  CommandLine line;
  CLI::App app(info.description, info.name);
  add_common_options(app, line, forms);
  if (add_options) add_options(app);
  const auto print = [](const std::string& text) { write_file("-", text); };
  try {
    app.parse(argc, argv);
    if (line.version) {
      print(info.name + " " KS_VERSION "\n");
      return done;
    }
    set_verbosity(line.quiet     ? Verbosity::errors
                  : line.verbose ? Verbosity::passes
                                 : Verbosity::warnings);
    do_work(line, forms, work);
    return line.strict && warning_count() > 0 ? answer_is_no : done;
  } catch (const CLI::CallForHelp&) {
  } catch (const CLI::ParseError& error) {
    return complain_of_usage(info, error.what());
  } catch (const std::exception& error) {
    return complain(info, error.what());
  }
  try {
    print(app.help());
    return done;
  } catch (const std::exception& error) {
    return complain(info, error.what());
  }
}

} // namespace ks

// SPDX-License-Identifier: MIT
// Writes the Ninja file that takes drivers from the objects of a kernel's build to
// isolated modules. All policy is decided here; the file only says what depends on what.

#include "pipelines/artifact.hpp"
#include "pipelines/diag.hpp"
#include "pipelines/known.hpp"
#include "pipelines/ninja/kernel_build.hpp"
#include "pipelines/ninja/pipeline.hpp"

#include <CLI/CLI.hpp>
#include <boost/filesystem.hpp>

#include <algorithm>
#include <set>
#include <sstream>

namespace ks::ninja {
namespace {

namespace fs = boost::filesystem;

struct Options {
  std::string kernel = "out/linux";
  std::string out = "out/pipeline";
  std::string stages = "pipelines/stages";
  std::string overlays = "pipelines/overlays";
  std::vector<std::string> known;
  std::string drivers = "pipelines/drivers";
  std::string runtime = "ks-rt";
  std::string output = "pipelines/driver.ninja";
  std::string script;
  std::vector<std::string> names;
};

// Relative to the current folder where it lies below it, so that a file that is not
// moved out of its checkout holds no path of this machine.
std::string tidy(const fs::path& path) {
  const fs::path relative = fs::relative(path, fs::current_path());
  return relative.empty() || *relative.begin() == ".." ? fs::absolute(path).string()
                                                       : relative.string();
}

// Files below `folder` whose name ends with one of `endings`, sorted.
std::vector<std::string> find_sources(const std::string& folder,
                                      const std::vector<std::string>& endings) {
  std::vector<std::string> paths;
  if (fs::is_directory(folder)) {
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
      const std::string path = entry.path().string();
      const bool fits = std::any_of(endings.begin(), endings.end(), [&](const std::string& ending) {
        return path.ends_with(ending);
      });
      if (fits && fs::is_regular_file(entry.path()) && !path.ends_with("_test.c")) {
        paths.push_back(path);
      }
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string command_of(const Options& options) {
  std::string command = "$tools/ks-ninja --kernel=" + options.kernel + " --out=" + options.out +
                        " --stages=" + options.stages + " --overlays=" + options.overlays +
                        " --drivers=" + options.drivers + " --runtime=" + options.runtime;
  for (const std::string& path : options.known) {
    command += " --known=" + path;
  }
  if (!options.script.empty()) {
    command += " --script=" + options.script;
  }
  for (const std::string& name : options.names) {
    command += " --driver=" + name;
  }
  return command + " -o $out";
}

// The folders of ks-rt that hold what the kernel's modules are made from: those of its sources.
std::vector<std::string> runtime_folders(const std::string& runtime) {
  const std::string list = runtime + "/sources";
  std::set<std::string> folders = {runtime};
  if (fs::exists(list)) {
    std::istringstream lines(read_file(list));
    for (std::string line; std::getline(lines, line);) {
      const std::size_t slash = line.substr(0, line.find('\t')).rfind('/');
      if (line[0] != '#' && slash != std::string::npos) {
        folders.insert(runtime + "/" + line.substr(0, slash));
      }
    }
  }
  return {folders.begin(), folders.end()};
}

// A module of the kernel has a name; any other is the file that kbuild has made.
bool is_path(const std::string& name) { return name.find('/') != std::string::npos; }

// The module, and how it is used. Of one that no file speaks of, the kernel's build says what it needs.
Driver find_driver(const Options& options, const KernelBuild& build, const std::string& name) {
  Driver driver;
  driver.module = is_path(name) ? read_outside_module(name) : find_module(build, name);
  const std::string use = options.drivers + "/" + name;
  if (!is_path(name) && fs::exists(use)) {
    driver.use_path = use;
    driver.use = parse_driver_use(use, read_file(use));
  } else {
    driver.use.modules = find_needed(build, driver.module);
  }
  if (!options.script.empty()) {
    driver.use.script = options.script;
  }
  return driver;
}

Pipeline plan(const Options& options, const KernelBuild& build) {
  Pipeline pipeline;
  pipeline.tools = tidy(fs::canonical("/proc/self/exe").parent_path());
  pipeline.scripts = tidy(fs::path(options.stages).parent_path());
  pipeline.out = options.out;
  pipeline.file = options.output;
  pipeline.regenerate = command_of(options);
  pipeline.stages = parse_stages(options.stages, read_file(options.stages));
  pipeline.overlays = find_sources(options.overlays, {".idl"});
  pipeline.known = options.known;
  pipeline.runtime_folder = options.runtime;
  std::vector<std::string> folders = runtime_folders(options.runtime);
  for (const std::string& folder : folders) {
    const std::vector<std::string> sources =
        find_sources(folder, {".c", ".h", ".S", "/Kbuild", "/sources"});
    pipeline.runtime.insert(pipeline.runtime.end(), sources.begin(), sources.end());
  }
  pipeline.made_from = {pipeline.tools + "/ks-ninja", options.stages, options.kernel + "/vmlinux.a",
                        options.kernel + "/modules.order"};
  folders.push_back(options.overlays);
  folders.push_back(options.runtime + "/sources");
  for (const std::string& folder : folders) {
    if (fs::exists(folder)) {
      pipeline.made_from.push_back(folder); // its time changes when files come and go
    }
  }
  std::set<std::string> names;
  for (const std::string& name : options.names) {
    Driver driver = find_driver(options, build, name);
    if (!names.insert(driver.module.name).second) {
      fail("{}: two modules of this name", driver.module.name);
    }
    if (!driver.use_path.empty()) {
      pipeline.made_from.push_back(driver.use_path);
    }
    if (is_path(name)) {
      pipeline.made_from.push_back(name);
    }
    pipeline.drivers.push_back(std::move(driver));
  }
  return pipeline;
}

void run(Options options) {
  for (std::string* path : {&options.kernel, &options.out, &options.stages, &options.overlays,
                            &options.drivers, &options.runtime, &options.output}) {
    *path = fs::path(*path).lexically_normal().string();
  }
  for (std::string& name : options.names) {
    if (is_path(name)) name = tidy(name);
  }
  if (!options.script.empty()) {
    read_file(options.script); // for its own message when there is no such file
    options.script = tidy(options.script);
  }
  for (std::string& path : options.known) {
    path = fs::path(path).lexically_normal().string();
  }
  read_known_files(options.known); // so that a mistake is told before a thousand stages tell it
  const KernelBuild build = read_kernel_build(options.kernel);
  const Pipeline pipeline = plan(options, build);
  for (const auto& [path, content] : list_files(pipeline, build)) {
    fs::create_directories(fs::path(path).parent_path());
    write_file(path, content);
  }
  write_file(options.output, print_ninja(pipeline, build));
}

} // namespace
} // namespace ks::ninja

int main(int argc, char** argv) {
  CLI::App app("write the Ninja file that isolates drivers of a kernel", "ks-ninja");
  ks::ninja::Options options;
  app.add_option(
         "--driver", options.names,
         "module to isolate: its name in the kernel, or a .ko made outside; may be repeated")
      ->allow_extra_args(false);
  app.add_option("--kernel", options.kernel, "tree of the built kernel (default out/linux)");
  app.add_option("--out", options.out, "where Ninja writes (default out/pipeline)");
  app.add_option("--stages", options.stages, "table of stages, beside the scripts")
      ->check(CLI::ExistingFile);
  app.add_option("--overlays", options.overlays, "folder of overlays");
  app.add_option("--known", options.known, "for every stage: adds to what is known of the kernel")
      ->allow_extra_args(false);
  app.add_option("--drivers", options.drivers, "folder that says how each driver is used");
  app.add_option("--script", options.script,
                 "what the virtual machine runs, whatever that folder says");
  app.add_option("--runtime", options.runtime, "folder of ks-rt");
  app.add_option("-o", options.output, "the file to write (default pipelines/driver.ninja)");
  app.set_version_flag("--version", "ks-ninja " KS_VERSION);
  try {
    app.parse(argc, argv);
    ks::ninja::run(std::move(options));
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const std::exception& error) {
    fmt::print(stderr, "ks-ninja: error: {}\n", error.what());
    return 2;
  }
  return 0;
}

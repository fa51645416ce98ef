// SPDX-License-Identifier: MIT
// From the table of stages and a kernel's build to the text of a Ninja file: one .pdg for
// each unit of the kernel, and for each driver the stages in their order, the modules,
// the run in a virtual machine.

#pragma once

#include "pipelines/ninja/kernel_build.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ks::ninja {

struct Stage {
  std::string name;               // "ks-sync"
  std::vector<std::string> reads; // kinds
  std::string writes;             // kind
};

// pipelines/stages: tab-separated, a heading, then a stage a line in order.
std::vector<Stage> parse_stages(const std::string& path, std::string_view text);

// How a driver is used in a virtual machine: pipelines/drivers/NAME.
struct DriverUse {
  std::string script;
  std::vector<std::string> tools;
  std::vector<std::string> modules; // of the kernel's own, loaded before it in this order
  std::vector<std::string> files;   // for the script, which finds them in /
  std::vector<std::string>
      programs; // in C, for the script, compiled without the machine's libraries
  std::vector<std::string> without; // transports that the driver does not work with yet
};
DriverUse parse_driver_use(const std::string& path, std::string_view text);

struct Driver {
  KernelModule module;
  DriverUse use;
  std::string use_path; // where that was read, if it was
};

// Everything is relative to the folder Ninja runs in.
struct Pipeline {
  std::string tools;              // folder of the ks- programs
  std::string scripts;            // folder of this project's scripts
  std::string out;                // everything is written below it
  std::string file;               // the Ninja file itself
  std::string regenerate;         // the command that writes it
  std::vector<std::string> made_from; // what that command reads
  std::vector<Stage> stages;
  std::vector<std::string> overlays;
  std::vector<std::string> known; // files for --known of every stage
  std::string runtime_folder;       // ks-rt
  std::vector<std::string> runtime; // its sources, for the kernel's modules
  std::vector<Driver> drivers;
};

std::string print_ninja(const Pipeline& pipeline, const KernelBuild& build);

// The lists that rules of that file name: path and content.
std::vector<std::pair<std::string, std::string>> list_files(const Pipeline& pipeline,
                                                            const KernelBuild& build);

} // namespace ks::ninja

// SPDX-License-Identifier: MIT
// What a kernel's build left behind, read from what kbuild itself wrote: the command
// saved beside each object, the list of vmlinux's objects and those of each module.

#pragma once

#include "pipelines/artifact.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace ks::ninja {

// A translation unit with embedded bitcode. The object's path is relative to the folder of the build, and so is
// that of a source of the kernel's tree.
struct KernelUnit {
  std::string source;
  std::string object;
};

struct KernelModule {
  std::string name; // as the kernel calls it: the file's name with _ for -
  std::string folder; // of the build: the kernel's tree, or the module's own
  std::vector<KernelUnit> units; // in link order
  std::vector<std::string> plain; // objects without bitcode (assembly)
  std::string file; // what is loaded, relative to the folder
};

struct KernelBuild {
  std::string tree;
  std::string release;
  std::vector<KernelUnit> units; // by object, each once
  std::vector<KernelModule> modules; // by name
  std::vector<std::string> compile_words; // how a module's unit is compiled, for other sources
};

struct SavedCommand {
  std::string source; // empty where the object has no single source
  std::vector<std::string> words; // up to the first shell operator
};

// The text of kbuild's .X.o.cmd.
SavedCommand parse_saved_command(std::string_view text);

// Whether this command left bitcode of a C source in its object.
bool embeds_bitcode(const SavedCommand& command);

// The words that hold for any source: neither what names this one, nor its outputs, nor
// what embeds bitcode.
std::vector<std::string> general_words(const SavedCommand& command);

// Fails with the reason if `tree` holds no finished build, or one without bitcode.
KernelBuild read_kernel_build(const std::string& tree);

// The module of that name; - and _ are the same. Fails if there is none.
const KernelModule& find_module(const KernelBuild& build, const std::string& name);

// A module that was built with the kernel, but outside its tree: `path` is the file that is loaded. Fails with the
// reason if it was not, or holds no bitcode.
KernelModule read_outside_module(const std::string& path);

// The names of the modules whose symbols a module uses, from the text of kbuild's X.mod.c.
std::vector<std::string> parse_depends(std::string_view text);

// All modules of the kernel that are to be loaded before this one, in that order. Fails if it needs one that is none of
// the kernel's.
std::vector<std::string> find_needed(const KernelBuild& build, const KernelModule& module);

} // namespace ks::ninja

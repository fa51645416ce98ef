// SPDX-License-Identifier: MIT
#include "pipelines/ninja/kernel_build.hpp"

#include "pipelines/artifact.hpp"
#include "pipelines/ask.hpp"
#include "pipelines/diag.hpp"

#include <boost/filesystem.hpp>

#include <algorithm>
#include <map>
#include <sstream>

namespace ks::ninja {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) {
      lines.push_back(line);
    }
  }
  return lines;
}

// Words as the shell takes them: single and double quotes, backslash. Stops at an
// unquoted ';'.
std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool inside = false;
  char quote = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        word += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      inside = true;
    } else if (c == '\\' && i + 1 < text.size()) {
      word += text[++i];
      inside = true;
    } else if (c == ' ' || c == '\t' || c == ';') {
      if (inside) {
        words.push_back(std::move(word));
        word.clear();
        inside = false;
      }
      if (c == ';') {
        return words;
      }
    } else {
      word += c;
      inside = true;
    }
  }
  if (inside) {
    words.push_back(std::move(word));
  }
  return words;
}

std::string command_path(const std::string& tree, const std::string& object) {
  const std::size_t slash = object.rfind('/') + 1; // npos + 1 is 0
  return tree + "/" + object.substr(0, slash) + "." + object.substr(slash) + ".cmd";
}

bool contains(const std::vector<std::string>& words, std::string_view wanted) {
  return std::find(words.begin(), words.end(), wanted) != words.end();
}

std::vector<std::string> vmlinux_objects(const std::string& tree) {
  const std::string archive = tree + "/vmlinux.a";
  if (!boost::filesystem::exists(archive) || !boost::filesystem::exists(tree + "/vmlinux")) {
    fail("{}: no finished kernel build", tree);
  }
  std::vector<std::string> objects;
  const std::string prefix = tree + "/";
  for (std::string member : lines_of(ask_or_fail({find_program("llvm-ar-22"), "t", archive}))) {
    if (member.starts_with(prefix)) {
      member.erase(0, prefix.size());
    }
    objects.push_back(std::move(member));
  }
  return objects;
}

std::string module_name(std::string file_name) {
  std::replace(file_name.begin(), file_name.end(), '-', '_');
  return file_name;
}

struct Reader {
  KernelBuild build;
  std::map<std::string, u32> unit_of_object;

  // Adds the object's unit; false for an object without bitcode.
  bool add_object(const std::string& object) {
    const SavedCommand command = parse_saved_command(read_file(command_path(build.tree, object)));
    if (!embeds_bitcode(command)) {
      return false;
    }
    if (unit_of_object.try_emplace(object, 0).second) {
      build.units.push_back({command.source, object});
    }
    if (build.compile_words.empty() && contains(command.words, "-DMODULE")) {
      build.compile_words = general_words(command);
    }
    return true;
  }

  void number_units() {
    std::sort(build.units.begin(), build.units.end(),
              [](const KernelUnit& a, const KernelUnit& b) { return a.object < b.object; });
    for (u32 i = 0; i < build.units.size(); ++i) {
      unit_of_object[build.units[i].object] = i;
    }
  }
};

} // namespace

SavedCommand parse_saved_command(std::string_view text) {
  SavedCommand command;
  std::istringstream in{std::string(text)};
  for (std::string line; std::getline(in, line);) {
    const std::size_t assign = line.find(" := ");
    if (assign == std::string::npos) {
      continue;
    }
    const std::string value = line.substr(assign + 4);
    if (line.starts_with("cmd_") || line.starts_with("savedcmd_")) {
      command.words = split_words(value);
    } else if (line.starts_with("source_")) {
      command.source = value;
    }
  }
  return command;
}

bool embeds_bitcode(const SavedCommand& command) {
  return command.source.ends_with(".c") && contains(command.words, "-fembed-bitcode=all");
}

std::vector<std::string> general_words(const SavedCommand& command) {
  std::vector<std::string> words;
  for (std::size_t i = 1; i < command.words.size(); ++i) {
    const std::string& word = command.words[i];
    if (word == "-o" || (word == "-Xclang" && i + 1 < command.words.size() &&
                         command.words[i + 1] == "-fembed-bitcode=all")) {
      ++i;
    } else if (word != "-c" && word != command.source && !word.starts_with("-Wp,-M") &&
               !word.starts_with("-DKBUILD_") && !word.starts_with("-D__KBUILD_") &&
               !word.starts_with("-fdebug-prefix-map=")) {
      words.push_back(word);
    }
  }
  return words;
}

KernelBuild read_kernel_build(const std::string& tree) {
  Reader reader;
  KernelBuild& build = reader.build;
  build.tree = tree;
  for (const std::string& object : vmlinux_objects(tree)) {
    reader.add_object(object);
  }
  std::vector<std::vector<std::string>> members;
  for (const std::string& path : lines_of(read_file(tree + "/modules.order"))) {
    const std::string stem = path.substr(0, path.rfind('.'));
    KernelModule module{module_name(stem.substr(stem.rfind('/') + 1)), {}, {}, stem + ".ko"};
    members.emplace_back();
    for (const std::string& object : lines_of(read_file(tree + "/" + stem + ".mod"))) {
      (reader.add_object(object) ? members.back() : module.plain).push_back(object);
    }
    build.modules.push_back(std::move(module));
  }
  if (build.units.empty()) {
    fail("{}: its objects hold no bitcode", tree);
  }
  reader.number_units();
  for (std::size_t i = 0; i < members.size(); ++i) {
    for (const std::string& object : members[i]) {
      build.modules[i].units.push_back(reader.unit_of_object.at(object));
    }
  }
  std::sort(build.modules.begin(), build.modules.end(),
            [](const KernelModule& a, const KernelModule& b) { return a.name < b.name; });
  const std::string release =
      ask_or_fail({find_program("make"), "-s", "-C", tree, "LLVM=-22", "kernelrelease"});
  build.release = release.substr(0, release.find('\n'));
  return build;
}

const KernelModule& find_module(const KernelBuild& build, const std::string& name) {
  for (const KernelModule& module : build.modules) {
    if (module.name == module_name(name)) {
      return module;
    }
  }
  fail("{}: no module of the kernel in {}", name, build.tree);
}

} // namespace ks::ninja

// SPDX-License-Identifier: MIT
#include "pipelines/ninja/kernel_build.hpp"

#include "pipelines/artifact.hpp"
#include "pipelines/ask.hpp"
#include "pipelines/diag.hpp"

#include <boost/filesystem.hpp>

#include <algorithm>
#include <set>
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
  std::set<std::string> seen;

  // Adds the object's unit, and to the module if it is of one.
  void add_object(const std::string& object, KernelModule* module = nullptr) {
    const SavedCommand command = parse_saved_command(read_file(command_path(build.tree, object)));
    if (!embeds_bitcode(command)) {
      if (module != nullptr) {
        module->plain.push_back(object);
      }
      return;
    }
    if (module != nullptr) {
      module->units.push_back({command.source, object});
    }
    if (seen.insert(object).second) {
      build.units.push_back({command.source, object});
    }
    if (build.compile_words.empty() && contains(command.words, "-DMODULE")) {
      build.compile_words = general_words(command);
    }
  }
};

// The text without what it begins with, if it does.
std::string without_prefix(std::string text, const std::string& prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

void add_needed(const KernelBuild& build, const KernelModule& module,
                std::vector<std::string>& order) {
  const std::string path =
      module.folder + "/" + module.file.substr(0, module.file.rfind('.')) + ".mod.c";
  for (const std::string& name : parse_depends(read_file(path))) {
    const auto other = std::find_if(build.modules.begin(), build.modules.end(),
                                    [&](const KernelModule& one) { return one.name == name; });
    if (other == build.modules.end()) {
      fail("{}: needs {}, which is no module of the kernel in {}", module.name, name, build.tree);
    }
    if (!contains(order, name)) {
      add_needed(build, *other, order);
      order.push_back(name);
    }
  }
}

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
  for (const std::string& path : lines_of(read_file(tree + "/modules.order"))) {
    const std::string stem = path.substr(0, path.rfind('.'));
    KernelModule module{module_name(stem.substr(stem.rfind('/') + 1)), tree, {}, {}, stem + ".ko"};
    for (const std::string& object : lines_of(read_file(tree + "/" + stem + ".mod"))) {
      reader.add_object(object, &module);
    }
    build.modules.push_back(std::move(module));
  }
  if (build.units.empty()) {
    fail("{}: its objects hold no bitcode", tree);
  }
  std::sort(build.units.begin(), build.units.end(),
            [](const KernelUnit& a, const KernelUnit& b) { return a.object < b.object; });
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

KernelModule read_outside_module(const std::string& path) {
  const boost::filesystem::path file(path);
  const std::string stem = file.stem().string();
  KernelModule module{module_name(stem), file.parent_path().string(), {}, {}, stem + ".ko"};
  const std::string objects = module.folder + "/" + stem + ".mod";
  if (!boost::filesystem::exists(path) || !boost::filesystem::exists(objects)) {
    fail("{}: no module that kbuild has made", path);
  }
  // Outside its tree kbuild's paths are absolute.
  const std::string prefix = boost::filesystem::canonical(module.folder).string() + "/";
  for (const std::string& line : lines_of(read_file(objects))) {
    const std::string object = without_prefix(line, prefix);
    const SavedCommand command =
        parse_saved_command(read_file(command_path(module.folder, object)));
    if (embeds_bitcode(command)) {
      module.units.push_back({without_prefix(command.source, prefix), object});
    } else {
      module.plain.push_back(object);
    }
  }
  if (module.units.empty()) {
    fail("{}: its objects hold no bitcode", path);
  }
  return module;
}

std::vector<std::string> parse_depends(std::string_view text) {
  constexpr std::string_view before = "MODULE_INFO(depends, \"";
  std::vector<std::string> names;
  const std::size_t begin = text.find(before);
  if (begin == std::string_view::npos) {
    return names;
  }
  text.remove_prefix(begin + before.size());
  std::istringstream list{std::string(text.substr(0, text.find('"')))};
  for (std::string name; std::getline(list, name, ',');) {
    names.push_back(module_name(name));
  }
  return names;
}

std::vector<std::string> find_needed(const KernelBuild& build, const KernelModule& module) {
  std::vector<std::string> order;
  add_needed(build, module, order);
  return order;
}

} // namespace ks::ninja

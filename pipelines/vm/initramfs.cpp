// SPDX-License-Identifier: MIT
#include "pipelines/vm/initramfs.hpp"

#include "pipelines/artifact.hpp"
#include "pipelines/ask.hpp"
#include "pipelines/diag.hpp"

#include <sstream>

namespace ks::vm {
namespace {

constexpr std::uint32_t directory_mode = 0040755;
constexpr std::uint32_t device_mode = 0020600;
constexpr std::uint32_t file_mode = 0100644;
constexpr std::uint32_t program_mode = 0100755;

void pad(std::string& archive) { archive.resize((archive.size() + 3) / 4 * 4, '\0'); }

} // namespace

void Initramfs::add(std::string_view path, Entry entry) {
  path.remove_prefix(path.find_first_not_of('/'));
  for (std::size_t at = path.find('/'); at != std::string_view::npos; at = path.find('/', at + 1)) {
    entries_.try_emplace(std::string(path.substr(0, at)), Entry{directory_mode, 0, 0, {}});
  }
  entries_.insert_or_assign(std::string(path), std::move(entry));
}

void Initramfs::add_file(std::string_view path, std::string content, bool executable) {
  add(path, {executable ? program_mode : file_mode, 0, 0, std::move(content)});
}

void Initramfs::add_directory(std::string_view path) { add(path, {directory_mode, 0, 0, {}}); }

void Initramfs::add_console() { add("/dev/console", {device_mode, 5, 1, {}}); }

void Initramfs::add_tool(const std::string& name) {
  const std::string path = find_program(name);
  add_file("/tools/" + path.substr(path.rfind('/') + 1), read_file(path), true);
  const Answer ldd = ask({find_program("ldd"), path});
  if (ldd.status != 0) {
    return; // linked statically
  }
  for (const std::string& library : library_paths(ldd.out)) {
    add_file(library, read_file(library), true);
  }
}

std::string Initramfs::archive() const {
  std::string archive;
  std::uint32_t inode = 1;
  const auto append = [&](std::string_view path, const Entry& entry) {
    archive += fmt::format("070701{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}"
                           "{:08x}{:08x}{:08x}",
                           inode++, entry.mode, 0, 0, 1, 0, entry.content.size(), 0, 0, entry.major,
                           entry.minor, path.size() + 1, 0);
    archive.append(path).push_back('\0');
    pad(archive);
    archive += entry.content;
    pad(archive);
  };
  for (const auto& [path, entry] : entries_) {
    append(path, entry);
  }
  append("TRAILER!!!", {});
  return archive;
}

std::vector<std::string> library_paths(std::string_view ldd_output) {
  std::vector<std::string> paths;
  std::istringstream lines{std::string(ldd_output)};
  for (std::string line; std::getline(lines, line);) {
    const std::size_t begin = line.find('/');
    const std::size_t end = line.rfind(" (");
    if (begin != std::string::npos && end != std::string::npos && begin < end) {
      paths.push_back(line.substr(begin, end - begin));
    }
  }
  return paths;
}

} // namespace ks::vm

// SPDX-License-Identifier: MIT
// Reads the two small tables that people write: the stages, and how a driver is used.

#include "pipelines/diag.hpp"
#include "pipelines/ninja/pipeline.hpp"

#include <map>
#include <sstream>

namespace ks::ninja {
namespace {

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  std::istringstream in{std::string(text)};
  for (std::string part; std::getline(in, part, separator);) {
    parts.push_back(part);
  }
  return parts;
}

} // namespace

std::vector<Stage> parse_stages(const std::string& path, std::string_view text) {
  std::vector<Stage> stages;
  std::vector<std::string> lines = split(text, '\n');
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const std::vector<std::string> cells = split(lines[i], '\t');
    if (cells.size() != 4 || !cells[0].starts_with("ks-")) {
      fail("{}:{}: not a stage", path, i + 1);
    }
    stages.push_back({cells[0], split(cells[1], ' '), cells[2]});
  }
  return stages;
}

DriverUse parse_driver_use(const std::string& path, std::string_view text) {
  DriverUse use;
  const std::map<std::string, std::vector<std::string>*> lists = {{"tool", &use.tools},
                                                                  {"module", &use.modules},
                                                                  {"file", &use.files},
                                                                  {"program", &use.programs},
                                                                  {"without", &use.without}};
  u32 number = 0;
  for (const std::string& line : split(text, '\n')) {
    ++number;
    if (line.empty() || line.starts_with("#") || line == "demo") { // that is for pipelines/demo
      continue;
    }
    const std::size_t space = line.find(' ');
    const std::string key = line.substr(0, space);
    const std::string value = space == std::string::npos ? "" : line.substr(space + 1);
    const auto list = lists.find(key);
    if (!value.empty() && key == "script") {
      use.script = value;
    } else if (!value.empty() && list != lists.end()) {
      list->second->push_back(value);
    } else {
      fail("{}:{}: none of 'script PATH', 'tool NAME', 'module NAME', 'file PATH', 'program PATH', "
           "'without TRANSPORT', 'demo'",
           path, number);
    }
  }
  return use;
}

} // namespace ks::ninja

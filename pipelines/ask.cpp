// SPDX-License-Identifier: MIT
#include "pipelines/ask.hpp"

#include "pipelines/diag.hpp"

#include <boost/process.hpp>

#include <iterator>

namespace ks {

namespace bp = boost::process;

std::string find_program(const std::string& name) {
  if (name.find('/') != std::string::npos && boost::filesystem::exists(name)) {
    return name;
  }
  std::vector<boost::filesystem::path> folders = ::boost::this_process::path();
  folders.insert(folders.end(), {"/usr/sbin", "/sbin"});
  const boost::filesystem::path path = bp::search_path(name, folders);
  if (path.empty()) {
    fail("{}: no such program", name);
  }
  return path.string();
}

Answer ask(const std::vector<std::string>& command) {
  Answer answer;
  try {
    bp::ipstream out;
    bp::child child(command, bp::std_in<bp::null, bp::std_out> out);
    answer.out.assign(std::istreambuf_iterator<char>(out), {});
    child.wait();
    answer.status = child.exit_code();
  } catch (const bp::process_error& error) {
    fail("{}: {}", command.front(), error.code().message());
  }
  return answer;
}

std::string ask_or_fail(const std::vector<std::string>& command) {
  Answer answer = ask(command);
  if (answer.status != 0) {
    fail("{}: status {}", command.front(), answer.status);
  }
  return answer.out;
}

} // namespace ks

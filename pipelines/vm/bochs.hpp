// SPDX-License-Identifier: MIT
// Bochs: a machine with VMX, extended page tables and VMFUNC that runs anywhere. Slow, but
// exact: it counts instructions.

#pragma once

#include "pipelines/vm/console.hpp"

#include <string>
#include <vector>

namespace ks::vm {

// Writes what Bochs needs into `folder`: a disk that boots the kernel, a configuration.
// Returns its arguments. The console is its standard output.
std::vector<std::string> bochs_arguments(const Machine& machine, const std::string& command_line,
                                         const std::string& folder);

} // namespace ks::vm

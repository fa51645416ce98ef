// SPDX-License-Identifier: MIT
// Whether an IDL module means something: every name known once, every attribute where it
// says something, every copy bounded.

#pragma once

#include "ks-idl/idl.hpp"

#include <vector>

namespace ks::idlc {

struct Finding {
  IdlError error;
  bool is_warning = false;
};

// All that is wrong, in the order of the text.
std::vector<Finding> check_idl(const IdlModule& module);

} // namespace ks::idlc

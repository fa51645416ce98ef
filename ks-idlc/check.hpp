// SPDX-License-Identifier: MIT
// Whether an IDL module means something: every name known once, every attribute where it
// says something, every copy bounded.

#pragma once

#include "ks-idl/idl.hpp"

#include <vector>

namespace ks {

struct Finding {
  IdlError error;
  bool is_warning = false;
};

// All that is wrong, in the order of the text.
std::vector<Finding> check_idl(const IdlModule& module);

// The identifiers of a C expression that must be arguments, in order: not members, types or macros
// in capitals.
std::vector<std::string> free_names(std::string_view expression);

// The members m that an expression reads as self->m.
std::vector<std::string> members_of_self(std::string_view expression);

} // namespace ks

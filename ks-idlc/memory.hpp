// SPDX-License-Identifier: MIT
// Memory that has no struct and that the callee keeps.

#pragma once

#include "ks-idl/idl.hpp"

namespace ks::idlc {

// The same module with each kept argument as a handle of a struct ks_memory (ks-rt/glue.h), whose
// expressions say how many bytes there are for certain ([kept] of the pointer) and of what (of the
// value); and, if there is one, with that struct's class.
// Of a checked module.
IdlModule name_memory(IdlModule module);

} // namespace ks::idlc

// SPDX-License-Identifier: MIT
// Memory that has no struct and that the callee keeps.

#pragma once

#include "ks-idl/idl.hpp"

namespace ks::idlc {

// In place of an expression for the bytes: as many as are known to lie there.
inline constexpr std::string_view known_extent = "extent";
// Of characters: or up to their NUL, where nothing is known.
inline constexpr std::string_view known_text = "text";

// The struct that such memory is taken for (ks-rt/glue.h).
inline constexpr std::string_view memory_structure = "struct ks_memory";

// The same module with each kept argument and result as a handle of a struct ks_memory (ks-rt/glue.h), whose
// expressions say how many bytes there are for certain ([kept] of the pointer) and of what (of the
// value); and, if anything is kept, with that struct's class. Kept fields stay what they are.
// Of a checked module.
IdlModule name_memory(IdlModule module);

} // namespace ks::idlc

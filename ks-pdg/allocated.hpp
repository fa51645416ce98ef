// SPDX-License-Identifier: MIT
// How large the memory is that a function makes and returns: a constant, or that and a multiple of
// one of its arguments. A value that comes of several allocations has what all of them have, so this is
// never more than what is there. What is rounded or taken from memory has no row.

#pragma once

#include "ks-pdg/program.hpp"

#include <llvm/IR/Value.h>

#include <optional>

namespace ks::pdg {

struct Room {
  u64 bytes = 0;
  u32 argument = no_row; // of the function, whose value is added
  u64 each = 0; // so many times; 0 without one

  friend bool operator==(const Room&, const Room&) = default;
};

// Of what `pointer`, a value of a function of this program, leads to the start of.
std::optional<Room> room_of(const Program& program, const llvm::Value* pointer);

} // namespace ks::pdg

// SPDX-License-Identifier: MIT
// A number as a multiple of another one and a constant: what is read of `sizeof *m + m->len`, and of
// the size of n elements, is `m->len` and `n`. Casts are taken for what they mean where nothing
// overflows.

#pragma once

#include "pipelines/artifact.hpp"

#include <llvm/IR/Value.h>

#include <optional>

namespace ks::pdg {

struct Linear {
  const llvm::Value* value = nullptr; // times `unit`, plus `more`
  u64 unit = 1;
  i64 more = 0;
};

Linear linear(const llvm::Value* value);

// The lesser of two numbers is no more than either: the one that is no constant, which somebody may pass and so say
// more. The value itself if it is no minimum.
const llvm::Value* greatest_of_least(const llvm::Value* value);

const llvm::Value* strip_casts(const llvm::Value* value);

// What an address goes on by as its index rises by one, or the pointer that it is in a loop; none if that is not seen.
const llvm::Type* step_of(const llvm::Value* pointer);

// The only index of an address that is no constant; none if there are several or none.
const llvm::Value* variable_index(const llvm::Value* pointer);

} // namespace ks::pdg

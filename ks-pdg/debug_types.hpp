// SPDX-License-Identifier: MIT
// Small questions to debug info's types.

#pragma once

#include "ks-pdg/pdg.hpp"

#include <llvm/IR/DebugInfoMetadata.h>

namespace ks::pdg {

// Without const, volatile, restrict and _Atomic.
const llvm::DIType* unqualified(const llvm::DIType* type);
// Whether a pointer's type has __attribute__((btf_type_tag(TAG))).
bool has_tag(const llvm::DIDerivedType* type, llvm::StringRef tag);
// Elements of one dimension, 0 if flexible or variable.
u64 array_count(const llvm::DINode* range);
// A hash of two values that is the same on every run.
u64 mix(u64 hash, u64 value);
u64 mix(u64 hash, llvm::StringRef text);

} // namespace ks::pdg

// SPDX-License-Identifier: MIT
// Assembly that gets a number from user memory, or puts one there (get_user, put_user), becomes a call of the
// function that copies as many bytes: it crosses as others do, and what is linked says what is analysed.
// The table of assembly says which.

#pragma once

#include "ks-pdg/tables.hpp"

#include <llvm/IR/Module.h>

namespace ks::pdg {

void replace_user_accesses(llvm::Module& module, const Tables& tables);

} // namespace ks::pdg

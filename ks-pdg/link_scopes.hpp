// SPDX-License-Identifier: MIT
// Where locals end whose address others may know: the runtime is told, so that what it knows of an object
// does not outlive it. Clang marks the end of a local's scope (llvm.lifetime.end); what has no mark ends
// with its frame, which the runtime sees for itself.

#pragma once

#include <llvm/IR/Module.h>

namespace ks::link {

// Puts a call of ks_scope_left(address, size) before each such end.
void mark_scopes(llvm::Module& module);

} // namespace ks::link

// SPDX-License-Identifier: MIT
// Atomic steps of the driver's code that the owner of the memory may have to make.

#pragma once

#include <llvm/IR/Module.h>

#include <string>
#include <vector>

namespace ks::link {

// An atomic step that cannot be taken out of its place, and why.
struct StepLeft {
  std::string file;
  unsigned line = 0;
  std::string why;
};

// Lets ks_step() say of each atomic step in the module where it is to be made, and makes it again until
// ks_stepped() agrees; both are as ks_step_begin() and ks_step_end() of ks-rt/rt.h, of the driver's end.
// Steps on local variables stay as they are. Returns those on other memory that had to.
std::vector<StepLeft> give_steps_away(llvm::Module& module);

} // namespace ks::link

// SPDX-License-Identifier: MIT
// What a function comes to once it has made a call: whether all that it then returns is zero, or none of it.
// So who frees an argument only where it fails says so by its result.
//
// Each block that control can reach from the call is followed to the returns; of a phi the values count that
// come from such blocks, or from the call's own; of one that may have been taken before the call, all. A
// value that is no constant may be anything. Ways that the conditions exclude count too: the answer is `any`
// more often than need be, never wrong.

#pragma once

#include "ks-pdg/pdg.hpp"

#include <llvm/IR/Function.h>
#include <llvm/IR/Instruction.h>

namespace ks::pdg {

// `any` also for a function that returns nothing, or no number.
Outcome outcome_after(const llvm::Instruction& call);

} // namespace ks::pdg

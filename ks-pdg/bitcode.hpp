// SPDX-License-Identifier: MIT
// From a file to a module that is ready to be analysed.

#pragma once

#include "ks-pdg/tables.hpp"

#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>

#include <memory>
#include <string>

namespace ks::pdg {

// The bitcode of a file: all of it, or what an object file embeds in section .llvmbc.
// LLVM's text passes, too. Fails with the reason; `path` is for messages.
std::string_view find_bitcode(const std::string& path, std::string_view bytes);

std::unique_ptr<llvm::Module> parse_module(const std::string& path, std::string_view bitcode,
                                           llvm::LLVMContext& context);

// Has functions touch user memory, promotes variables to registers, decides what
// `__builtin_constant_p` left open, removes the branches and the local functions that are dead
// then. Does not inline, and keeps the types of address computations.
void normalize(llvm::Module& module, const Tables& tables);

} // namespace ks::pdg

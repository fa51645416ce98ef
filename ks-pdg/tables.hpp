// SPDX-License-Identifier: MIT
// What ks-pdg knows about functions of the kernel: the .def tables beside this file.

#pragma once

#include "ks-pdg/pdg.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace ks {

// What a modelled function does with the memory behind one argument.
struct Effect {
  AccessKind kind{};
  u32 argument = 0;
  bool to_the_end = false;  // every argument from `argument` on that is a pointer
  bool bears_null = false;
  u32 length = no_row;      // the argument that holds the number of bytes
  u32 count = no_row;       // another factor of the length
  u64 size = 0;             // the number of bytes, if it is fixed
};

struct Model {
  std::vector<Effect> effects;
  u32 returns = no_row; // the argument that it returns
};

std::optional<Model> find_model(std::string_view function);

enum class AllocatorAction : u8 { allocate, free };
struct Allocator {
  AllocatorAction action{};
  u32 argument = no_row; // free: which is given back
};
const Allocator* find_allocator(std::string_view function);

struct LockModel {
  std::string_view function;
  LockAction action{};
  std::string_view family;
  u32 argument = no_row; // which points to the lock; none for global ones
};
const LockModel* find_lock(std::string_view function);

// An instruction in inline assembly.
struct AssemblyModel {
  std::string_view mnemonic; // without its size suffix
  bool updates = false;      // writes memory operands that are listed as inputs only
  std::optional<LockAction> action;
  std::string_view family;
};
const AssemblyModel* find_assembly(std::string_view mnemonic);

} // namespace ks

// SPDX-License-Identifier: MIT
// What ks-pdg knows about functions, instructions and variables of the kernel: the tables
// allocators, assembly, cpu_offsets, locks and models of ks-known(5), ready to be asked.

#pragma once

#include "ks-pdg/pdg.hpp"

#include "pipelines/known.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace ks::pdg {

// What a modelled function does with the memory behind one argument.
struct Effect {
  AccessKind kind{};
  u32 argument = 0;
  bool to_the_end = false;  // every argument from `argument` on that is a pointer
  bool bears_null = false;
  u32 length = no_row;      // the argument that holds the number of bytes
  u32 count = no_row;       // another factor of the length
  u64 size = 0;             // the number of bytes, if it is fixed
  i64 offset = 0;           // from where the argument points to
  u64 stride = 0;           // or any multiple of these bytes further on
  Update update{};
  bool used = false;
};

struct Model {
  std::string_view name;
  std::vector<Effect> effects;
  u32 returns = no_row; // the argument that it returns
};

enum class AllocatorAction : u8 { allocate, free };
struct Allocator {
  std::string_view name;
  AllocatorAction action{};
  u32 argument = no_row; // free: which is given back; allocate: how many bytes, if one says it
};

struct LockModel {
  std::string_view name;
  LockAction action{};
  std::string_view family;
  u32 argument = no_row; // which points to the lock; none for global ones
};

// An instruction in inline assembly.
enum class UserAccess : u8 { none, get, put };

struct AssemblyModel {
  std::string_view name; // the mnemonic without its size suffix
  bool updates = false;  // writes memory operands that are listed as inputs only
  std::optional<LockAction> action;
  std::string_view family;
  Update update{};
  UserAccess user{};         // what it does to user memory,
  std::string_view function; // as this function does
};

class Tables {
public:
  // Fails on a row that makes no sense.
  explicit Tables(Known known);

  // Null for what is not there.
  const Model* find_model(std::string_view function) const;
  const Allocator* find_allocator(std::string_view function) const;
  const LockModel* find_lock(std::string_view function) const;
  const AssemblyModel* find_assembly(std::string_view mnemonic) const;
  // Of a statement that calls: by the name that it calls, without the size that ends it, as in
  // "call __get_user_${4:P}".
  const AssemblyModel* find_call(std::string_view statement) const;
  // Whether a variable is where per-CPU data is found from; of the own processor's only.
  bool is_cpu_offset(std::string_view variable) const { return find_row(cpu_offsets_, variable); }
  bool is_own_cpu_offset(std::string_view variable) const;

private:
  Known known_; // holds the text that names point into
  std::vector<Model> models_; // all by name
  std::vector<Allocator> allocators_;
  std::vector<LockModel> locks_;
  std::vector<AssemblyModel> assembly_;
  KnownRows cpu_offsets_;
};

} // namespace ks::pdg

// SPDX-License-Identifier: MIT
// What a kernel function does with the object that each of its pointer arguments points
// to, itself or through the functions it passes the pointer on to; and whether it returns
// an object that it has just allocated.

#pragma once

#include "ks-prune/view.hpp"

#include <map>
#include <set>
#include <utility>
#include <vector>

namespace ks::sync {

struct ArgumentUse {
  bool reads = false;
  bool writes = false;
  bool frees = false;
  // Where the function returns 0 it may have freed it; where it returns another number.
  bool frees_if_zero = false, frees_if_nonzero = false;
  bool stores = false;
  bool shows = false; // passes it on to driver code
  bool compares = false; // tells apart by address what it points to, or a part of that
  bool looks =
      false; // code of the kernel's reads or writes there, not only driver code that it shows it to
  bool sets = false; // what the pointer leads to is written on every way through the function
  bool partly = false; // or other code than that writes, elsewhere or at times
  // Whether nothing is left of what was there: else what comes back is, in part, what went.
  bool overwrites() const { return sets && !partly; }
  friend bool operator==(const ArgumentUse&, const ArgumentUse&) = default;
};

// What the function returns if it has freed its argument.
inline Outcome freed_if(const ArgumentUse& use) {
  if (use.frees_if_zero == use.frees_if_nonzero) return Outcome::any;
  return use.frees_if_zero ? Outcome::zero : Outcome::nonzero;
}

// Of unknown code, which may do anything but free and show it to the driver.
inline constexpr ArgumentUse unknown_use{
    .reads = true, .writes = true, .stores = true, .compares = true, .looks = true, .partly = true};

class KernelArguments {
public:
  explicit KernelArguments(const View& program);

  // Unknown code may do anything but free.
  ArgumentUse use(FunctionId function, u32 index) const;
  // The object that the function returns was allocated by it ...
  bool returns_allocated(FunctionId function) const { return allocating_[row(function)]; }
  // ... and driver code has not yet seen it.
  bool returns_fresh(FunctionId function) const;
  // Every kernel call of this driver function hands it an object that the caller has just
  // allocated, and that driver code has not yet seen.
  bool always_called_with_fresh(FunctionId driver, u32 index) const;
  // Every kernel call of this driver function hands it the address of a local.
  bool always_called_with_local(FunctionId driver, u32 index) const;
  // Every kernel call of this driver function hands it what the driver has passed together with it, to a function
  // that does not look there: a number to the kernel.
  bool is_handed_back(FunctionId driver, u32 index) const;

private:
  using Uses = std::vector<ArgumentUse>;
  void find_freed_places();
  bool is_freed_from(const Access& store) const;
  bool passes_what_is_freed(FunctionId function, u32 index, const Argument& argument,
                            FunctionId target);
  static void add_free(ArgumentUse& use, Outcome outcome);
  Outcome outcome_of(const Access& free) const;
  void add_own_accesses(FunctionId function);
  bool add_calls(FunctionId function);
  bool add_call(FunctionId function, u32 call_row);
  bool find_allocating(FunctionId function);
  bool is_allocated(PathId value) const;
  bool is_shown_before(PathId value, u32 call_row) const;
  bool is_drivers_number(FunctionId function, u32 index,
                         std::set<std::pair<FunctionId, u32>>& seen) const;
  template <class Holds>
  bool always_called_with(FunctionId driver, u32 index, const Holds& holds) const;

  const View& program_;
  std::vector<Uses> uses_; // by function, then argument
  std::vector<bool> allocating_; // by function: it returns what it allocated
  // By function and argument: how far from where the argument points to what is freed begins.
  std::map<std::pair<FunctionId, u32>, std::set<i64>> freed_at_;
  std::set<GlobalId> freed_globals_;
  std::set<std::pair<UnitId, FieldId>> freed_fields_; // and the unit that frees out of it
};

PathId root_of(const Summary& summary, PathId path);
// How many bytes a place lies behind what the pointer points to by which it is reached; an element of an
// array counts as the first.
i64 bytes_behind_pointer(const Summary& summary, PathId place);

} // namespace ks::sync

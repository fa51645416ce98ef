// SPDX-License-Identifier: MIT
// Critical sections: from each operation that takes a lock, forward to those that release it,
// over the control-flow graphs of all functions of the domain on the way.
//
// A section is where the lock may be held. It goes into the functions that are called while it is,
// where it may end; and if the function that took the lock may return with it, it goes on behind
// each call of that function, and is its caller's section, too. What is released and was taken
// nowhere has been taken before the domain was entered, or by a macro: then it is held from the
// entry on. A pointer that may be one of several objects has a row of locks for each; these are one
// operation.

#pragma once

#include "ks-atomic/lock_names.hpp"

#include <map>
#include <set>
#include <vector>

namespace ks::atomic {

// Some of a function's instructions.
class Instructions {
public:
  bool contains(u32 instruction) const {
    return instruction - first_ < is_in_.size() && is_in_[instruction - first_];
  }
  // From `first` on, up to and without `end`.
  void insert(u32 first, u32 end);
  void insert(const Instructions& others);
  template <class Predicate>
  void erase_if(const Predicate& predicate) {
    for (u32 i = 0; i < is_in_.size(); ++i)
      if (is_in_[i] && predicate(first_ + i)) is_in_[i] = false;
  }

private:
  u32 first_ = 0; // the lowest that there is room for
  std::vector<bool> is_in_;
};

struct Section {
  FunctionId function{}; // the outermost that has it
  u32 acquire = no_row; // row of locks, the first if there are several; none: see above
  Lock lock; // in this function's terms
  std::vector<u32> releases; // rows of locks, rising, one for each operation
  std::map<FunctionId, Instructions> held; // what runs while it is held
  std::set<FunctionId> whole; // functions of which all does
  bool balanced = true; // released on every way through the function
};

// By function, then the position of the acquire.
std::vector<Section> find_sections(const View& view);

} // namespace ks::atomic

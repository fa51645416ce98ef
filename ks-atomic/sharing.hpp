// SPDX-License-Identifier: MIT
// Which locks code of the kernel may take.
//
// A lock is shared unless it is proved that only driver code takes it. The proof has two parts. Its
// object is the driver's own: a variable of the driver, or a structure that is declared in a file of
// the driver and that no code of the kernel looks into. And nothing else leads to it: no pointer to
// the lock is stored, passed to the kernel or in a static initialiser, except that operations on
// locks are passed theirs. The object itself may be known to the kernel, which cannot look inside.

#pragma once

#include "ks-atomic/lock_names.hpp"
#include "pipelines/known.hpp"

#include <set>
#include <string>

namespace ks::atomic {

class Sharing {
public:
  Sharing(const View& view, const Known& known);

  bool is_shared(const Lock& lock) const;

private:
  void find_lock_types();
  void find_structures();
  void find_pointers();
  void find_initializers();
  void add_pointer(PathId value, TypeId wanted);
  bool is_shared(const LockName& name) const;
  bool is_operation(FunctionId function) const;
  TypeId structure_of(FieldId field) const { return view_.summary().fields[row(field)].structure; }

  const View& view_;
  Types types_;
  KnownRows families_;
  KnownRows locks_;
  std::set<std::string> lock_types_; // by name
  std::set<std::string> own_; // structures that only the driver looks into, by name
  std::set<FieldId> escaping_; // pointers to these fields
  std::set<GlobalId> escaping_variables_; // pointers to these variables, or into them
};

} // namespace ks::atomic

// SPDX-License-Identifier: MIT
// What functions do to memory that has no field where they see it, told by the fields that it has
// where it is passed: `set(&dev->level)` writes dev->level whatever `set` is written in. Bottom-up
// over the calls of the whole program, those through pointers and in circles among them.
//
// A function's effects are ranges of bytes behind its arguments. Beyond a limit they are one: any
// byte behind the argument. What is in no unit and no table of what is known does anything to what
// is behind its arguments.
//
// The other way round, functions of the kernel's return pointers to scalars in objects. Such a scalar is touched
// by all code of the domain that follows a pointer to elements of its size which lay in memory, or was returned.

#pragma once

#include "ks-prune/boundary.hpp"

namespace ks::prune {

// A step from a place to a part of it: a field, or, where that is none, any element.
using PartSteps = std::vector<u32>;

struct Part {
  PartSteps steps;
  u32 field = no_row; // the last
};

// Fields that are touched by what a function passes on: a row for each.
struct Instance {
  u32 handed = 0; // row of FunctionDigest::handed
  Part part;
  bool reads = false;
  bool writes = false;
  Change change; // what all of them write; none if they do not agree
};

struct Effects {
  std::vector<std::vector<Instance>> instances; // by function
  std::vector<u32>
      answering; // functions of the kernel's that return a pointer to a scalar in an object; sorted
};

// Adds the touches to the functions' digests, and fields for the steps to the program.
Effects add_effects(Program& program, const Targets& targets, const Border& border,
                    const Library& library, const Known& known, const TypeStore& types);

} // namespace ks::prune

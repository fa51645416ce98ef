// SPDX-License-Identifier: MIT
// The rows of one unit that go into the output. Functions, globals and fields are rows of
// the program, types are numbers of the type store; paths, calls, arguments, instructions
// and blocks count from the first of their function.

#pragma once

#include "ks-prune/effects.hpp"
#include "ks-prune/reach.hpp"

namespace ks::prune {

// A dependence edge, with the functions that its two ends are counted in.
struct LocalEdge {
  Edge edge;
  u32 from_function = no_row;
  u32 to_function = no_row;

  KS_DESCRIBE(edge, from_function, to_function)
};

struct FunctionRows {
  u32 function = no_row;
  std::vector<Path> paths;
  std::vector<Access> accesses;
  std::vector<Call> calls;
  std::vector<Argument> arguments;
  std::vector<Return> returns;
  std::vector<LockOperation> locks;
  std::vector<Unknown> unknowns;
  std::vector<CallTarget> targets;
  std::vector<Block> blocks;
  std::vector<Instruction> instructions;
  std::vector<LocalEdge> edges;

  KS_DESCRIBE(function, paths, accesses, calls, arguments, returns, locks, unknowns, targets,
              blocks, instructions, edges)
};

struct UnitRows {
  std::vector<FunctionRows> functions;
  std::vector<Initializer> initializers;
};

// All that decides what is taken.
struct Choice {
  const Program& program;
  const Targets& targets;
  const Library& library;
  const Border& border;
  const Effects& effects;
  const Touched& touched;
  const Kept& kept;
  const TypeStore& types;
};

// `bodies` is null for a unit of the kernel.
UnitRows take_rows(const Choice& choice, u32 digest, const Summary& summary, const Bodies* bodies);

} // namespace ks::prune

// SPDX-License-Identifier: MIT
// One crossing at a time: its tree, the facts about its roots, and what no root reaches.

#pragma once

#include "ks-sync/commands.hpp"
#include "ks-sync/containers.hpp"
#include "ks-sync/expand.hpp"
#include "ks-sync/segments.hpp"
#include "ks-sync/wholes.hpp"

namespace ks::sync {

// All that is known about the program when crossings are looked at.
struct Analysis {
  const View& program;
  const Layout& layout;
  const KernelArguments& kernel;
  const std::vector<Effect>& kernel_effects;
  const std::vector<std::vector<Rooted>>& rooted_effects;
  const std::vector<PathSummary>& summaries;
  const std::vector<Segment>& segments;
  const Containers& containers;
  const std::set<Whole>& kernel_wholes;
  const DriverFacts& facts;
  Commands& commands;
  std::vector<u32> calls_through_pointers; // of the domain, that may leave it; rising
  FieldSet driver_writes;  // or initialises, anywhere
  FieldSet driver_touches; // or initialises, anywhere
  FieldSet driver_reads;
  FieldSet kernel_reads;
  FieldSet kernel_writes;
  FieldSet kernel_uses; // needs what the driver gave it
  FieldSet kernel_provides; // has a value that the driver did not give it, in some object
};

// Fills in the sets; the references stand already.
void find_sets(Analysis& analysis);

// What one crossing adds to the tables; `root_paths` is filled in when it is written down.
struct CrossingResult {
  explicit CrossingResult(const Layout& layout) : tree(layout) {}
  CrossingTree tree;
  std::vector<SyncRoot> roots; // in the order of the tree's roots
  std::vector<SyncUnreached> unreached; // by field
  std::vector<SyncCommand> commands;
  std::vector<Caveat> caveats;
};

CrossingResult sync_to_kernel(const Analysis& analysis, CrossingId crossing);
CrossingResult sync_to_driver(const Analysis& analysis, CrossingId crossing);

// A parameter of a crossing that leads to objects, by its function type: a pointer, or a structure
// that is passed by value; and a number that is an address for some values of another one.
struct Parameter {
  u32 index = 0;
  TypeId type{no_row};
  std::string name;
};
std::vector<Parameter> find_pointer_parameters(const Analysis& analysis, const Crossing& crossing);
// The result's type if it is a pointer to data, else none.
TypeId find_pointer_result(const Analysis& analysis, const Crossing& crossing);

// What the argument is by another one, where any of the targets is called; nothing if its type says it.
std::vector<Command> find_commands(const Analysis& analysis, const Crossing& crossing,
                                   const Parameter& parameter, std::span<const FunctionId> targets);
// Adds the rows, and warns of what does not cross; `calls` are those that cross.
void add_commands(const Analysis& analysis, CrossingId crossing, const Parameter& parameter,
                  const std::vector<Command>& commands, std::span<const u32> calls, bool identity,
                  CrossingResult& result);

// Adds one field that no root reaches, or another direction of it.
void add_unreached(std::vector<SyncUnreached>& unreached, const SyncUnreached& one);
// What a tree had no room for is copied in whatever object it is; a warning says so.
void add_left_out(const Analysis& analysis, CrossingId crossing, const Expansion& expansion,
                  CrossingResult& result);

} // namespace ks::sync

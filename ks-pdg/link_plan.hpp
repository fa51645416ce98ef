// SPDX-License-Identifier: MIT
// What becomes of each symbol when a driver is linked with its glue. A plan only reads: the units as
// they are analysed, and the tables that ks-idlc wrote. What it says is carried out by link.hpp.
//
// A symbol is told apart by the unit that has it, not by its name alone: static symbols of several
// units may have one name, and a static symbol may have the name of a kernel's.

#pragma once

#include "pipelines/diag.hpp"
#include "pipelines/enum.hpp"

#include <llvm/ADT/DenseSet.h>
#include <llvm/IR/Module.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ks::link {

// A unit of the driver, or one of the kernel from which functions are cloned.
struct LinkUnit {
  std::string name; // as ks-pdg names it
  bool is_kernel = false;
  std::unique_ptr<llvm::Module> module;
};

// What ks-idlc wrote about the driver's end.
struct LinkTables {
  std::map<std::string, std::string> symbols; // what the driver names, and its name from now on
  std::set<std::string> visible; // names that the glue links to
  // Static functions whose name another function has, too: unit and symbol, and the name from now on.
  std::map<std::pair<std::string, std::string>, std::string> statics;
  std::map<std::string, std::set<std::string>> clones; // unit of the kernel, its functions
  // What the domain library has: assembly may name it, though no code of the driver's calls it.
  std::set<std::string> provided;
  bool steps = false; // atomic steps may be the kernel's end's to make
  bool library = false; // what a clone names is the domain library's, if nothing else stands for it
};

KS_ENUM(Fate,
        kept, // nothing changes
        shown, // static, and visible to the glue from now on
        renamed, // the driver's own, under the name that the glue knows it by
        replaced, // of the kernel: what stands for it takes its place
        cloned, // of the kernel, taken in under a name of its own
        copied, // of the kernel and static, taken in since a clone needs it
        refused) // of the kernel, and nothing stands for it

struct PlannedSymbol {
  std::string name;
  Fate fate{};
  std::string becomes; // the name from now on; empty where it stays
  std::string reason;
  Loc loc; // of the first use, for what is replaced or refused

  friend bool operator==(const PlannedSymbol&, const PlannedSymbol&) = default;
};

struct PlannedUnit {
  std::string name;
  std::vector<PlannedSymbol>
      symbols; // by name; of the kernel's only what is taken in or named by that
  // What assembly names, and the name from now on.
  std::map<std::string, std::string> in_assembly;
};

using LinkPlan = std::vector<PlannedUnit>; // one for each unit, in their order

// The lines of a table, each of so many columns.
std::vector<std::vector<std::string>> rows_of(const std::string& path, char between,
                                              std::size_t columns);

// Reads the files NAME.symbols, .globalize, .statics, .clones and .steps; `stem` is their path without the ending.
LinkTables read_tables(const std::string& stem);

LinkPlan make_plan(const std::vector<LinkUnit>& units, const LinkTables& tables);

// A line for each symbol: unit, fate, name, name from now on, reason.
std::string print_plan(const LinkPlan& plan);

// What of a unit of the kernel these functions need: they, and whatever static they lead to.
llvm::DenseSet<const llvm::GlobalValue*> needed_by(const llvm::Module& module,
                                                   const std::set<std::string>& functions);

} // namespace ks::link

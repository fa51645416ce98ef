// SPDX-License-Identifier: MIT
#include "ks-pdg/dependences.hpp"

#include <llvm/Analysis/AliasAnalysis.h>
#include <llvm/Analysis/AssumptionCache.h>
#include <llvm/Analysis/BasicAliasAnalysis.h>
#include <llvm/Analysis/MemorySSA.h>
#include <llvm/Analysis/PostDominators.h>
#include <llvm/IR/Dominators.h>
#include <llvm/IR/InstIterator.h>
#include <llvm/IR/IntrinsicInst.h>

#include <algorithm>
#include <map>
#include <tuple>

namespace ks::pdg {
namespace {

// A load whose definitions are more than this depends on memory in general; the nearest
// merge of them stands for the rest.
constexpr std::size_t max_definitions = 32;

auto key_of(const Edge& edge) {
  return std::tie(edge.function, edge.kind, edge.from_kind, edge.from, edge.to_kind, edge.to);
}

class Dependences {
public:
  Dependences(Program& program, const llvm::Function& function)
      : program_(program), function_(function), id_(program.function(&function)) {}

  void add_control() {
    const llvm::PostDominatorTree post(const_cast<llvm::Function&>(function_));
    std::vector<bool> depends(program_.pdg.bodies.blocks.size() - first_block(), false);
    for (const llvm::BasicBlock& block : function_) {
      if (block.getTerminator()->getNumSuccessors() < 2) {
        continue;
      }
      const auto* node = post.getNode(&block);
      const auto* stop = node ? node->getIDom() : nullptr;
      for (const llvm::BasicBlock* successor : llvm::successors(&block)) {
        for (const auto* at = post.getNode(successor); at && at != stop && at->getBlock();
             at = at->getIDom()) {
          add(EdgeKind::control, NodeKind::instruction, program_.instruction(block.getTerminator()),
              NodeKind::instruction, program_.instruction(&at->getBlock()->front()));
          depends[program_.block(at->getBlock()) - first_block()] = true;
        }
      }
    }
    for (const llvm::BasicBlock& block : function_) {
      if (!depends[program_.block(&block) - first_block()]) {
        add(EdgeKind::control, NodeKind::entry, row(id_), NodeKind::instruction,
            program_.instruction(&block.front()));
      }
    }
  }

  void add_def_use(const std::map<u32, u32>& formals) {
    for (const llvm::Instruction& instruction : llvm::instructions(function_)) {
      for (const llvm::Value* operand : instruction.operand_values()) {
        add_operand(operand, program_.instruction(&instruction), formals);
      }
    }
  }

  void add_memory(const llvm::TargetLibraryInfo& library) {
    llvm::Function& function = const_cast<llvm::Function&>(function_);
    llvm::DominatorTree dominators(function);
    llvm::AssumptionCache assumptions(function);
    llvm::BasicAAResult basic(program_.data_layout, function, library, assumptions, &dominators);
    llvm::AAResults alias(library);
    alias.addAAResult(basic);
    llvm::MemorySSA memory(function, &alias, &dominators);
    llvm::MemorySSAWalker* walker = memory.getWalker();
    for (const llvm::Instruction& instruction : llvm::instructions(function_)) {
      auto* access = llvm::dyn_cast_or_null<llvm::MemoryUse>(memory.getMemoryAccess(&instruction));
      if (!access) {
        continue;
      }
      for (const llvm::Instruction* definition :
           definitions(walker->getClobberingMemoryAccess(access))) {
        add(EdgeKind::memory, NodeKind::instruction, program_.instruction(definition),
            NodeKind::instruction, program_.instruction(&instruction));
      }
    }
  }

private:
  u32 first_block() const { return program_.block(&function_.getEntryBlock()); }

  void add(EdgeKind kind, NodeKind from_kind, u32 from, NodeKind to_kind, u32 to) {
    if (from == no_row || to == no_row) {
      return;
    }
    program_.pdg.bodies.edges.push_back({id_, kind, from_kind, from, to_kind, to});
  }

  void add_operand(const llvm::Value* operand, u32 to, const std::map<u32, u32>& formals) {
    if (const auto* definition = llvm::dyn_cast<llvm::Instruction>(operand)) {
      add(EdgeKind::def_use, NodeKind::instruction, program_.instruction(definition),
          NodeKind::instruction, to);
    } else if (const auto* argument = llvm::dyn_cast<llvm::Argument>(operand)) {
      const auto formal = formals.find(argument->getArgNo());
      if (formal != formals.end()) {
        add(EdgeKind::def_use, NodeKind::formal_in, formal->second, NodeKind::instruction, to);
      }
    } else if (const auto* variable = llvm::dyn_cast<llvm::GlobalVariable>(operand)) {
      add(EdgeKind::def_use, NodeKind::global, row(program_.global(variable)),
          NodeKind::instruction, to);
    }
  }

  std::vector<const llvm::Instruction*> definitions(llvm::MemoryAccess* from) const {
    std::vector<const llvm::Instruction*> found;
    llvm::SmallPtrSet<llvm::MemoryAccess*, 16> seen;
    std::vector<llvm::MemoryAccess*> work{from};
    while (!work.empty() && found.size() < max_definitions) {
      llvm::MemoryAccess* at = work.back();
      work.pop_back();
      if (!seen.insert(at).second) {
        continue;
      }
      if (const auto* phi = llvm::dyn_cast<llvm::MemoryPhi>(at)) {
        for (const llvm::Use& incoming : phi->incoming_values()) {
          work.push_back(llvm::cast<llvm::MemoryAccess>(incoming));
        }
      } else if (const auto* definition = llvm::dyn_cast<llvm::MemoryDef>(at)) {
        if (definition->getMemoryInst()) {
          found.push_back(definition->getMemoryInst());
        }
      }
    }
    return found;
  }

  Program& program_;
  const llvm::Function& function_;
  FunctionId id_;
};

} // namespace

void add_dependences(Program& program, const llvm::Function& function,
                     const std::map<u32, u32>& formals, const llvm::TargetLibraryInfo& library) {
  Dependences dependences(program, function);
  dependences.add_control();
  dependences.add_def_use(formals);
  dependences.add_memory(library);
}

void add_call_edges(Program& program) {
  const Summary& summary = program.summary;
  // Argument roots, and the places that are written behind them, by function.
  std::map<std::pair<FunctionId, u32>, u32> formal_in;
  for (u32 i = 0; i < summary.paths.size(); ++i) {
    if (summary.paths[i].step == StepKind::argument) {
      formal_in[{summary.paths[i].function, summary.paths[i].index}] = i;
    }
  }
  std::map<std::pair<FunctionId, u32>, std::vector<u32>> formal_out;
  for (const Access& access : summary.accesses) {
    if (access.path == none<PathId> || access.kind == AccessKind::read ||
        access.kind == AccessKind::compare) {
      continue;
    }
    u32 root = row(access.path);
    while (summary.paths[root].parent != none<PathId>) {
      root = row(summary.paths[root].parent);
    }
    if (summary.paths[root].step == StepKind::argument) {
      formal_out[{access.function, summary.paths[root].index}].push_back(row(access.path));
    }
  }
  std::vector<Edge>& edges = program.pdg.bodies.edges;
  for (const Call& call : summary.calls) {
    if (call.callee == none<FunctionId> || !summary.functions[row(call.callee)].defined) {
      continue;
    }
    edges.push_back({call.caller, EdgeKind::call, NodeKind::instruction, call.instruction,
                     NodeKind::entry, row(call.callee)});
    for (u32 i = 0; i < call.argument_count; ++i) {
      const u32 argument = call.first_argument + i;
      const std::pair<FunctionId, u32> key{call.callee, summary.arguments[argument].index};
      if (const auto in = formal_in.find(key); in != formal_in.end()) {
        edges.push_back({call.caller, EdgeKind::parameter_in, NodeKind::actual_in, argument,
                         NodeKind::formal_in, in->second});
      }
      if (const auto out = formal_out.find(key); out != formal_out.end()) {
        for (u32 place : out->second) {
          edges.push_back({call.caller, EdgeKind::parameter_out, NodeKind::formal_out, place,
                           NodeKind::actual_out, argument});
        }
      }
    }
  }
}

void finish_edges(Program& program) {
  std::vector<Edge>& edges = program.pdg.bodies.edges;
  std::sort(edges.begin(), edges.end(),
            [](const Edge& a, const Edge& b) { return key_of(a) < key_of(b); });
  edges.erase(std::unique(edges.begin(), edges.end(),
                          [](const Edge& a, const Edge& b) { return key_of(a) == key_of(b); }),
              edges.end());
}

} // namespace ks::pdg

// SPDX-License-Identifier: MIT
// What a function returns, in terms of its arguments, and what that is at a call.
#include "ks-pdg/values.hpp"

#include <llvm/IR/Instructions.h>

#include <algorithm>

namespace ks::pdg {

ReturnSummary Values::summarize() {
  ReturnSummary summary;
  if (function_.getReturnType()->isVoidTy()) {
    return {};
  }
  for (const llvm::BasicBlock& block : function_) {
    const auto* exit = llvm::dyn_cast<llvm::ReturnInst>(block.getTerminator());
    if (!exit) {
      continue;
    }
    const References& references = of(exit->getReturnValue());
    if (references.empty()) {
      return {};
    }
    summary.insert(summary.end(), references.begin(), references.end());
  }
  sort_unique(summary);
  bool useful = false;
  for (const Reference& reference : summary) {
    const StepKind root = paths_.row(paths_.root_of(reference.path)).step;
    useful |= root == StepKind::argument || root == StepKind::global || root == StepKind::function;
    if (root != StepKind::argument && root != StepKind::global && root != StepKind::integer &&
        root != StepKind::function) {
      return {};
    }
  }
  return useful && summary.size() <= max_references ? summary : ReturnSummary{};
}

References Values::returned(const llvm::CallBase& call, const ReturnSummary& summary) {
  References result;
  for (const Reference& reference : summary) {
    if (!reference.address) {
      for (Reference actual : translate_value(call, reference.path)) {
        actual.offset += reference.offset;
        actual.derived |= reference.derived;
        result.push_back(actual);
      }
      continue;
    }
    for (PathId place : translate_place(call, reference.path)) {
      result.push_back({place, true, reference.derived, reference.offset});
    }
  }
  return result;
}

const llvm::Value* Values::actual(const llvm::CallBase& call, const llvm::Function& callee,
                                  u32 parameter) const {
  const std::vector<u32> numbers = parameter_numbers(
      types_, program_.summary, program_.summary.functions[row(program_.function(&callee))].type,
      static_cast<u32>(callee.arg_size()), callee.hasStructRetAttr());
  for (u32 i = 0; i < call.arg_size(); ++i) {
    if ((i < numbers.size() ? numbers[i] : i) == parameter) {
      return call.getArgOperand(i);
    }
  }
  return nullptr;
}

References Values::translate_value(const llvm::CallBase& call, PathId callee_row) {
  const Path path = paths_.row(callee_row);
  if (path.step == StepKind::argument) {
    const llvm::Value* value = actual(call, *callee_of(call), path.index);
    return value ? of(value) : References{};
  }
  if (path.step == StepKind::integer) {
    return {{paths_.integer(path.integer)}};
  }
  if (path.step == StepKind::function) {
    return {{paths_.function(path.target, path.type)}};
  }
  References references;
  for (PathId place : translate_place(call, callee_row)) {
    references.push_back({place});
  }
  return references;
}

std::vector<PathId> Values::translate_place(const llvm::CallBase& call, PathId callee_row) {
  const Path path = paths_.row(callee_row);
  std::vector<PathId> places;
  const auto add = [&](PathId place) {
    if (place != none<PathId>) {
      places.push_back(place);
    }
  };
  if (path.step == StepKind::global) {
    add(paths_.global(path.global, path.type));
  } else if (path.step == StepKind::dereference) {
    const TypeId wanted = types_.is_raw(path.type) ? none<TypeId> : path.type;
    for (const Reference& reference : References(translate_value(call, path.parent))) {
      const std::optional<Spot> spot = spot_of(reference, wanted, nullptr, 0);
      add(spot ? narrow(*spot, wanted) : none<PathId>);
    }
  } else if (path.step == StepKind::argument) {
    for (const Reference& reference : References(translate_value(call, callee_row))) {
      add(reference.address ? narrow({reference.path, reference.offset}, path.type) : none<PathId>);
    }
  } else if (path.parent != none<PathId>) {
    for (PathId parent : translate_place(call, path.parent)) {
      if (path.step == StepKind::field) {
        add(paths_.steps(parent, {{StepKind::field, path.field, 0, path.type}}));
      } else if (path.step == StepKind::element) {
        add(paths_.element(parent, path.integer, path.type));
      } else if (path.step == StepKind::cast) {
        add(paths_.cast(parent, static_cast<i64>(path.integer), path.type));
      }
    }
  }
  return places;
}

} // namespace ks::pdg

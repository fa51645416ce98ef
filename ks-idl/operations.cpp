// SPDX-License-Identifier: MIT
// Functions of the kernel's that the driver gets to see as values. Whatever place such a value was in
// when it crossed, the driver may carry it to another place of the same prototype and call it there: so
// an operation is a prototype, and crosses as all of the driver's calls of that prototype say.
//
// ks-sync gives all crossings of one prototype that go through a pointer the same sets; the first
// stands for them.

#include "ks-idl/infer.hpp"

#include <algorithm>

namespace ks::idl {
namespace {

std::string as_name(std::string text) {
  for (std::string_view apart : {": ", "."}) {
    for (size_t at = text.find(apart); at != std::string::npos; at = text.find(apart)) {
      text.replace(at, apart.size(), "__");
    }
  }
  text = with_name_parts(std::move(text));
  return is_name(text) ? text : "_" + text;
}

// No function and no other operation has it.
std::string operation_name(const Inference& inference, const std::string& text) {
  std::string name = as_name(text);
  auto taken = [&](const std::string& wanted) {
    return std::ranges::count(inference.operations, wanted, &Operation::name) > 0 ||
           std::ranges::any_of(inference.pruned().summary.functions,
                               [&](const Function& function) { return function.name == wanted; });
  };
  while (taken(name)) {
    name += "_";
  }
  return name;
}

const Operation* find_operation(const Inference& inference, TypeId prototype) {
  auto found = std::ranges::find_if(inference.operations, [&](const Operation& operation) {
    return inference.types.same_prototype(operation.prototype, prototype);
  });
  return found == inference.operations.end() ? nullptr : &*found;
}

} // namespace

void find_operations(Inference& inference) {
  const auto& crossings = inference.pruned().boundary.crossings;
  for (u32 i = 0; i < crossings.size(); ++i) {
    const Crossing& crossing = crossings[i];
    if (crossing.kind == CrossingKind::kernel_pointer && crossing.signature != none<TypeId> &&
        !find_operation(inference, crossing.signature)) {
      inference.operations.push_back(
          {operation_name(inference, crossing.name), crossing.signature, CrossingId{i}});
    }
  }
}

std::string rpc_name(const Inference& inference, CrossingId id) {
  const Crossing& crossing = inference.crossing(id);
  if (crossing.kind != CrossingKind::kernel_pointer) {
    return inference.idioms.crossing_name(crossing);
  }
  auto found = std::ranges::find(inference.operations, id, &Operation::crossing);
  return found == inference.operations.end() ? "" : found->name;
}

void note_signature(Inference& inference, const std::string& name, TypeId prototype,
                    bool to_driver) {
  SignatureUse& use = inference.draft.signature_uses[name];
  use.prototype = prototype;
  use.to_driver |= to_driver;
}

void add_operations(Inference& inference) {
  for (const auto& [name, use] : inference.draft.signature_uses) {
    const Operation* operation = find_operation(inference, use.prototype);
    if (!operation && use.to_driver) {
      inference.operations.push_back(
          {operation_name(inference, name), use.prototype, none<CrossingId>});
      operation = &inference.operations.back();
    }
    if (operation) {
      inference.draft.signatures.at(name).operation = operation->name;
    }
  }
}

} // namespace ks::idl

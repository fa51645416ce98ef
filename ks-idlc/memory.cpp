// SPDX-License-Identifier: MIT
// What the receiver keeps is a place in a block, a variable or an object of the sender's, as for a
// struct: here the struct is bytes, up to the end of that if an argument leads there, and as many as a
// field says. Its class crosses at first sight, and if there is memory that either side may change, with
// every crossing: code that touches it has no field to tell by which. A string of the driver's never changes; that
// one ends is the runtime's care, which has zeroes behind what it makes for the other end. What the kernel lends
// may change always, and the driver changes no string of it.

#include "ks-idlc/memory.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ks::idlc {
namespace {

using Kind = IdlAttributeKind;

const std::string memory(memory_structure);

bool has(const IdlType& type, Kind kind) {
  return !type.pointers.empty() && find_attribute(type.pointers[0], kind) != nullptr;
}

std::string bytes_of(const IdlType& type, const std::string& name, bool is_lent) {
  if (type.stem == IdlStem::string) {
    return is_lent ? std::string(known_text) : fmt::format("ks_count_null({}, 1)", name);
  }
  const std::string& element = type.element.at(0).name;
  switch (type.size_kind) {
  case IdlSize::null_terminated:
    return fmt::format("ks_count_null({0}, sizeof({1})) * sizeof({1})", name, element);
  case IdlSize::expression:
    return fmt::format("(ks_u64)({}) * sizeof({})", type.size_expression, element);
  case IdlSize::number: return fmt::format("{} * sizeof({})", type.size, element);
  case IdlSize::extent:
    return std::string(element == "char" && !is_lent ? known_text : known_extent);
  case IdlSize::none: break;
  }
  return fmt::format("sizeof({})", element);
}

class Namer {
public:
  explicit Namer(IdlModule& module) : module_(module) {}

  void run() {
    for (IdlItem& item : module_.items) {
      if (auto* rpc = std::get_if<IdlRpc>(&item.value)) {
        for (IdlDeclaration& argument : rpc->arguments) {
          name(argument.type, argument.name, IdlSide::callee, !is_to_kernel(rpc->kind));
          if (argument.type.stem == IdlStem::array &&
              argument.type.element.at(0).stem == IdlStem::array) {
            name(argument.type.element.at(0), fmt::format("(*{})", argument.name), IdlSide::caller,
                 is_to_kernel(rpc->kind));
          }
        }
        name(rpc->result, "ks_result", IdlSide::caller, is_to_kernel(rpc->kind));
      } else if (const auto* projection = std::get_if<IdlProjection>(&item.value)) {
        note(projection->fields);
      } else if (const auto* object_class = std::get_if<IdlClass>(&item.value)) {
        note(object_class->fields);
      }
    }
    if (!kept_) {
      return;
    }
    add_class();
    for (IdlItem& item : module_.items) {
      auto* rpc = std::get_if<IdlRpc>(&item.value);
      if (rpc) {
        add_clauses(*rpc);
      }
    }
  }

private:
  IdlModule& module_;
  bool kept_ = false;
  bool seen_by_kernel_ = false, seen_by_driver_ = false;
  bool to_kernel_ = false, to_driver_ = false; // what goes there after the first sight, too

  // Either side may change what a field leads to, whichever way the pointer crosses.
  void note(const std::vector<IdlDeclaration>& fields) {
    for (const IdlDeclaration& field : fields) {
      if (has(field.type, Kind::kept) || has(field.type, Kind::inner)) {
        kept_ = to_kernel_ = to_driver_ = true;
      }
    }
  }

  // `is_lent`: the kernel's memory, which the driver keeps.
  void name(IdlType& type, const std::string& value, IdlSide receiver, bool is_lent) {
    const bool is_table = type.stem == IdlStem::array && type.element.at(0).stem != IdlStem::scalar;
    if (!has(type, Kind::kept) || is_table) {
      return;
    }
    kept_ = true;
    const bool is_string = type.stem == IdlStem::string;
    const bool writes = !is_string && has(type, receiver == IdlSide::callee ? Kind::out : Kind::in);
    if (is_lent) {
      seen_by_driver_ = to_driver_ = true;
      to_kernel_ |= writes;
    } else {
      const bool out = has(type, Kind::out);
      seen_by_kernel_ = true;
      to_kernel_ |= !is_string && (!out || has(type, Kind::in));
      to_driver_ |= !is_string && out;
    }
    IdlType handle;
    handle.stem = IdlStem::handle;
    handle.name = memory;
    handle.position = type.position;
    handle.pointers = {
        {{Kind::alloc_once, receiver, "", type.position},
         {Kind::kept, writes ? receiver : IdlSide::none, bytes_of(type, value, is_lent), {}}}};
    if (type.size_kind == IdlSize::expression || type.size_kind == IdlSize::number) {
      handle.attributes = {{Kind::kept, IdlSide::none, type.element.at(0).name, {}}};
      handle.size_kind = type.size_kind;
      handle.size = type.size;
      handle.size_expression = type.size_expression;
    }
    for (const IdlAttribute& attribute : type.pointers[0]) {
      if (attribute.kind == Kind::nonnull || attribute.kind == Kind::when ||
          attribute.kind == Kind::number || attribute.kind == Kind::member) {
        handle.pointers[0].push_back(attribute);
      }
    }
    type = std::move(handle);
  }

  // What stands for all bytes.
  IdlDeclaration first() const {
    IdlDeclaration result;
    result.name = "first";
    result.type.stem = IdlStem::scalar;
    result.type.name = "ks_u8";
    if (to_kernel_ || seen_by_kernel_) {
      result.type.attributes.push_back({Kind::in, IdlSide::none, "", {}});
    }
    if (to_driver_ || seen_by_driver_) {
      result.type.attributes.push_back({Kind::out, IdlSide::none, "", {}});
    }
    return result;
  }

  void add_class() {
    IdlClass bytes{memory, {first()}};
    const auto first_rpc = std::ranges::find_if(module_.items, [](const IdlItem& item) {
      return std::holds_alternative<IdlRpc>(item.value);
    });
    module_.items.insert(first_rpc, {std::move(bytes), {}, {}});
  }

  void add_clauses(IdlRpc& rpc) const {
    const bool to_kernel = is_to_kernel(rpc.kind);
    for (const bool push : {false, true}) {
      if (to_kernel != push ? to_kernel_ : to_driver_) {
        rpc.clauses.push_back({push, memory, {"first"}, {}});
      }
    }
  }
};

} // namespace

IdlModule name_memory(IdlModule module) {
  Namer(module).run();
  return module;
}

} // namespace ks::idlc

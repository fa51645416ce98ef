// SPDX-License-Identifier: MIT
// What the runtime has to know of memory, so that a pointer crosses as an object and a place in it:
// which of the types that cross by pointer lie inside which, and the driver's variables in which one
// may lie. That is asked of all types and all variables, not of those that the analysis has seen
// pointers into.

#include "ks-idl/infer.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ks::idl {
namespace {

// Of a path with arrays in arrays, places are told apart as far as this.
constexpr u64 most_elements = 64;
constexpr u64 any_number = ~u64{0}; // of elements of an array that a struct ends with

using Names = std::set<std::string>;

bool is_copied(const IdlAttributes& pointer) {
  return find_attribute(pointer, IdlAttributeKind::alloc_stack) != nullptr;
}

// The structs that the two ends know by reference.
class ByPointer {
public:
  ByPointer(const std::vector<IdlItem>& items, const std::vector<IdlItem>& imports) {
    for (const IdlItem& item : items) {
      if (const auto* projection = std::get_if<IdlProjection>(&item.value)) {
        structures_.emplace(projection->name, projection->structure);
      }
    }
    add(items);
    add(imports);
    names_.erase("");
  }
  const Names& names() const { return names_; }
  // What is kept of memory without a struct: the types of the scalars there.
  const Names& scalars() const { return scalars_; }

private:
  std::map<std::string, std::string> structures_; // of projections
  Names names_, scalars_;

  void add(const std::vector<IdlItem>& items) {
    for (const IdlItem& item : items) {
      if (const auto* projection = std::get_if<IdlProjection>(&item.value)) {
        add(projection->fields);
      } else if (const auto* object_class = std::get_if<IdlClass>(&item.value)) {
        names_.insert(object_class->structure);
        add(object_class->fields);
      } else if (const auto* rpc = std::get_if<IdlRpc>(&item.value)) {
        add(rpc->result);
        add(rpc->arguments);
      } else if (const auto* global = std::get_if<IdlGlobal>(&item.value)) {
        if ((!global->in || global->pointer) && !global->type.empty()) {
          names_.insert(global->type);
        }
      }
    }
  }
  void add(const std::vector<IdlDeclaration>& declarations) {
    for (const IdlDeclaration& declaration : declarations) {
      add(declaration.type);
    }
  }
  void add(const IdlType& type) {
    for (const IdlType& element : type.element) {
      add(element);
    }
    if (type.stem == IdlStem::array && !type.pointers.empty() &&
        find_attribute(type.pointers[0], IdlAttributeKind::kept)) {
      scalars_.insert(type.element[0].name);
    }
    if (const IdlAttribute* within =
            type.pointers.empty() ? nullptr
                                  : find_attribute(type.pointers[0], IdlAttributeKind::within)) {
      for (const IdlWhole& one : wholes_of(within->expression)) {
        names_.insert(outer_of(one.holder));
        names_.insert(outer_of(one.whole));
      }
    }
    bool by_pointer = !type.pointers.empty() && !is_copied(type.pointers[0]);
    bool is_row = by_pointer && type.stem == IdlStem::array && type.element[0].pointers.empty() &&
                  find_attribute(type.pointers[0], IdlAttributeKind::alloc_once) != nullptr;
    if (is_row && type.element[0].stem == IdlStem::projection) {
      auto known = structures_.find(type.element[0].name);
      names_.insert(known == structures_.end() ? "" : known->second);
    }
    if (by_pointer && type.stem == IdlStem::handle) {
      names_.insert(type.name);
    } else if (by_pointer && type.stem == IdlStem::projection) {
      auto known = structures_.find(type.name);
      names_.insert(known == structures_.end() ? "" : known->second);
    }
  }
};

// The members of one struct, at any depth, that are of these types.
class PartFinder {
public:
  PartFinder(const TypeTable& types, const ByPointer& by_pointer)
      : types_(types), wanted_(by_pointer.names()), scalars_(by_pointer.scalars()) {}

  std::vector<IdlPart> parts(const std::string& outer) {
    outer_ = outer;
    found_.clear();
    lost = false;
    find_in(types_.find(outer));
    return std::move(found_);
  }
  // Whether the type is one of them or has one inside, or is or has such a scalar.
  bool contains(TypeId type) {
    if (holds_scalar(type)) {
      return true;
    }
    if (!types_.is_structure(type)) {
      return false;
    }
    found_.clear();
    std::string tag = types_.tag(type);
    if (!tag.empty() && wanted_.contains(tag)) {
      return true;
    }
    find_in(type);
    return !found_.empty();
  }
  bool lost = false; // some parts of arrays in arrays

private:
  const TypeTable& types_;
  const Names& wanted_;
  const Names& scalars_;
  std::string outer_;
  u64 outer_bits_ = 0; // its size
  std::vector<IdlPart> found_;

  bool holds_scalar(TypeId type) const {
    type = types_.element(type);
    if (scalars_.empty() || type == none<TypeId>) {
      return false;
    }
    if (!types_.is_structure(type)) {
      return types_.is_scalar(type) && scalars_.contains(types_.spelling(type));
    }
    type = types_.complete(type);
    return type != none<TypeId> && std::ranges::any_of(types_.members(type), [this](auto& member) {
             return !member.bit_field && holds_scalar(member.type);
           });
  }

  void find_in(TypeId outer) {
    outer_bits_ = types_.size(types_.complete(outer)) * 8;
    find(outer, "", 0, {});
  }

  // `start`: where the struct lies in the outer one, in bits; in its first element if there are several.
  void find(TypeId structure, const std::string& prefix, u64 start,
            const std::vector<u64>& counts) {
    TypeId type = types_.complete(structure);
    if (type == none<TypeId>) {
      return;
    }
    for (const Member& member : types_.members(type)) {
      if (member.bit_field) {
        continue;
      }
      if (member.name.empty() && types_.is_structure(member.type)) {
        find(member.type, prefix, start + member.offset_bits, counts);
      } else if (is_name(member.name)) {
        find_member(member, prefix + (prefix.empty() ? "" : ".") + member.name,
                    start + member.offset_bits, counts);
      }
    }
  }

  void find_member(const Member& member, std::string path, u64 start, std::vector<u64> counts) {
    TypeId type = member.type;
    while (types_.kind(type) == TypeKind::array) {
      const Type& array = types_.at(types_.strip(type));
      const bool is_last = start + types_.size(array.element) * 8 > outer_bits_;
      if (array.count == 0 && (!counts.empty() || !is_last)) {
        return; // a mark, of no size
      }
      path += array.count == 0 ? "[extent]" : "[]";
      counts.push_back(array.count == 0 ? any_number : array.count);
      type = array.element;
    }
    if (!types_.is_structure(type) || types_.size(type) == 0) {
      return;
    }
    std::string tag = types_.tag(type);
    if (!tag.empty() && wanted_.contains(tag) && !types_.is_opaque(type)) {
      add(path, counts, tag);
    }
    find(type, path, start, counts);
  }

  // Only the last array of a path may stand for all its elements.
  void add(const std::string& path, const std::vector<u64>& counts, const std::string& inner) {
    const size_t open = path.find("[extent]");
    if (open != std::string::npos && path.find("[]") != std::string::npos) {
      add(path.substr(0, open) + "[]" + path.substr(open + 8), counts, inner);
      return;
    }
    size_t last = path.rfind("[]"), first = path.find("[]");
    while (last != std::string::npos && last >= 2 && path.compare(last - 2, 2, "[]") == 0) {
      last -= 2;
    }
    if (first == last) {
      found_.push_back({outer_, path, inner});
      return;
    }
    lost |= counts.front() > most_elements;
    std::vector<u64> rest(counts.begin() + 1, counts.end());
    for (u64 i = 0; i < std::min(counts.front(), most_elements); ++i) {
      add(fmt::format("{}[{}]{}", path.substr(0, first), i, path.substr(first + 2)), rest, inner);
    }
  }
};

IdlOwn own_of(Inference& inference, const Global& global) {
  const TypeTable& types = inference.types;
  IdlOwn own{"", global.size, 0, global.name};
  TypeId type = global.type;
  u64 count = 0;
  for (; types.kind(type) == TypeKind::array; type = types.at(types.strip(type)).element) {
    count = std::max<u64>(count, 1) * types.at(types.strip(type)).count;
  }
  if (types.is_structure(type) && !types.tag(type).empty() && !types.is_opaque(type) &&
      types.size(type) * std::max<u64>(count, 1) == global.size) {
    own.structure = handle_type(inference, type).name;
    own.size = 0;
    own.count = count;
  }
  return own;
}

void add_own(Inference& inference, PartFinder& finder, std::vector<IdlItem>& items) {
  const Summary& summary = inference.pruned().summary;
  std::map<std::string, std::vector<const Global*>> variables;
  std::map<std::string, u32> holders;
  for (u32 i = 0; i < summary.globals.size(); ++i) {
    const Global& global = summary.globals[i];
    holders[global.name] += inference.view.is_driver(GlobalId{i});
    bool is_drivers =
        inference.view.is_driver(GlobalId{i}) && !global.per_cpu && global.string_value.empty();
    TypeId element = inference.types.element(global.type);
    if (is_drivers && !global.exported && !global.name.empty() && global.size != 0 &&
        (inference.draft.untyped_memory || finder.contains(element))) {
      variables[global.name].push_back(&global);
    }
  }
  for (const auto& [name, globals] : variables) {
    for (const Global* global : globals) {
      IdlOwn own = own_of(inference, *global);
      // A variable of a function, and a literal, have symbols that are no names.
      const bool is_symbol = is_name(name);
      own.name = with_name_parts(name);
      own.name = is_name(own.name) ? own.name : "_" + own.name;
      if (global->local && (holders[name] > 1 || !is_symbol)) {
        while ((global != globals[0] || !is_symbol) && holders.contains(own.name)) {
          own.name += "_";
        }
        ++holders[own.name];
        items.push_back({IdlStatic{own.name, name, summary.units[row(global->unit)].name}, {}, {}});
      }
      items.push_back({std::move(own), {}, {}});
    }
  }
}

void add_rooms(Inference& inference, const ByPointer& by_pointer, std::vector<IdlItem>& items) {
  std::map<std::string, Room> rooms = find_rooms(inference.view, inference.types);
  // Of a struct that the glue cannot name, the driver's end knows no size otherwise.
  for (const std::string& structure : inference.draft.opaque) {
    if (u64 size = inference.types.size(inference.types.find(structure)); size != 0) {
      rooms[structure].bytes = std::max(rooms[structure].bytes, size);
    }
  }
  for (const auto& [structure, room] : rooms) {
    if (!by_pointer.names().contains(structure) || structure == inference.own_module) {
      continue;
    }
    items.push_back({IdlRoom{structure, room.bytes}, {}, {}});
    bool has_tail = std::ranges::any_of(inference.overlays.fields(structure),
                                        [](const Rule* rule) { return rule->declaration.is_tail; });
    if (room.plain != none<FunctionId> && !has_tail) {
      warn(inference, inference.view.function(room.plain).loc, "unsent-tail",
           fmt::format("{} takes scalars behind a {}; what the kernel has there does not cross",
                       inference.view.function(room.plain).name, structure));
      inference.draft.comments.clear();
    }
  }
}

} // namespace

std::vector<IdlItem> memory_items(Inference& inference, const std::vector<IdlItem>& imports) {
  std::vector<IdlItem> items;
  ByPointer by_pointer(inference.draft.items, imports);
  PartFinder finder(inference.types, by_pointer);
  for (const std::string& outer : by_pointer.names()) {
    TypeId type = inference.types.find(outer);
    if (type == none<TypeId> || inference.types.is_opaque(type) ||
        inference.types.tag(type) == inference.own_module) {
      continue;
    }
    for (IdlPart& part : finder.parts(outer)) {
      items.push_back({std::move(part), {}, {}});
    }
    if (finder.lost) {
      warn(
          inference, {}, "nested-arrays",
          fmt::format("{} has arrays in arrays; not all of their elements are known as parts of it",
                      outer));
      inference.draft.comments.clear();
    }
  }
  add_rooms(inference, by_pointer, items);
  add_own(inference, finder, items);
  return items;
}

} // namespace ks::idl

// SPDX-License-Identifier: MIT
// From the tree to tables. Every place that can hold a value gets a shape; then a
// fixed point says which projections carry anything in which direction, since a
// projection may refer to itself through its fields.

#include "ks-idlc/layout.hpp"

#include "ks-idlc/check_names.hpp"
#include "ks-idlc/memory.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace ks::idlc {
namespace {

bool has(const IdlAttributes& attributes, IdlAttributeKind kind) {
  return find_attribute(attributes, kind) != nullptr;
}

bool is_cookie(const IdlType& type) {
  return type.stem == IdlStem::void_ && type.pointers.size() == 1 &&
         has(attributes_of(type), IdlAttributeKind::cookie);
}

// A member array of what C can assign or of structs; not of memory that belongs to each element.
bool is_repeated(const IdlType& type) {
  if (type.stem != IdlStem::array || !type.pointers.empty() || type.size_kind != IdlSize::number) {
    return false;
  }
  const IdlType& element = type.element.at(0);
  switch (element.stem) {
  case IdlStem::projection:
    return element.pointers.size() <= 1 &&
           !has(attributes_of(element), IdlAttributeKind::alloc_stack) &&
           !has(attributes_of(element), IdlAttributeKind::at) &&
           !has(attributes_of(element), IdlAttributeKind::size);
  case IdlStem::function: return element.pointers.empty();
  case IdlStem::string:
  case IdlStem::handle: return element.pointers.size() == 1;
  case IdlStem::void_: return is_cookie(element);
  case IdlStem::scalar:
  case IdlStem::array: return false;
  }
  return false;
}

// Pointers to objects that a struct ends with, as many as an expression says.
bool is_open_table(const IdlType& type) {
  const IdlType& element = type.element.at(0);
  return type.pointers.empty() && type.size_kind == IdlSize::expression &&
         (element.stem == IdlStem::projection || element.stem == IdlStem::handle) &&
         element.pointers.size() == 1 &&
         !has(attributes_of(element), IdlAttributeKind::alloc_stack) &&
         !has(attributes_of(element), IdlAttributeKind::at) &&
         !has(attributes_of(element), IdlAttributeKind::size) &&
         !has(attributes_of(element), IdlAttributeKind::within);
}

// Structs that a struct ends with, as many as an expression says or as there is memory for.
bool is_open_row(const IdlType& type) {
  const IdlType& element = type.element.at(0);
  return type.pointers.empty() &&
         (type.size_kind == IdlSize::expression || type.size_kind == IdlSize::extent) &&
         element.stem == IdlStem::projection && element.pointers.empty();
}

Classified classify_array(const IdlType& type, Place place) {
  const IdlType& element = type.element.at(0);
  bool by_pointer = type.pointers.size() == 1;
  if (type.pointers.size() > 1) {
    return {Shape::nothing, "a pointer to a pointer to an array cannot cross"};
  }
  if (element.stem == IdlStem::handle && by_pointer && element.name != memory_structure) {
    return element.pointers.size() == 1 && place == Place::argument
               ? Classified{Shape::pointers, {}}
               : Classified{Shape::nothing, "only an argument leads to an array of handles"};
  }
  if (element.stem == IdlStem::array || (element.stem == IdlStem::handle && by_pointer)) {
    return by_pointer && element.pointers.size() == 1 && place == Place::argument
               ? Classified{Shape::place, {}}
               : Classified{Shape::nothing, "only an argument leads to where an array is stored"};
  }
  if (element.stem == IdlStem::scalar && element.pointers.empty()) {
    if (by_pointer) {
      return {Shape::buffer, {}};
    }
    if (place != Place::field) {
      return {Shape::nothing, "an array is passed by pointer: array<T, N> *"};
    }
    if (type.size_kind == IdlSize::expression || type.size_kind == IdlSize::extent) {
      return {Shape::flexible, {}};
    }
    if (type.size_kind != IdlSize::number) {
      return {Shape::nothing, "a member array has a size: a number, an expression, or its extent"};
    }
    return {Shape::numbers, {}};
  }
  if (place == Place::field && (is_open_table(type) || is_open_row(type))) {
    return {Shape::flexible, {}};
  }
  if (!by_pointer && place == Place::field && is_repeated(type)) {
    return classify({.type = element,
                     .name = {},
                     .bits = 0,
                     .is_tail = false,
                     .tail_expression = {},
                     .position = {}},
                    place);
  }
  if (is_cookie(element) && by_pointer) {
    return place == Place::argument
               ? Classified{Shape::pointers, {}}
               : Classified{Shape::nothing, "only an argument leads to an array of cookies"};
  }
  if (element.stem == IdlStem::string && by_pointer && element.pointers.size() == 1 &&
      place != Place::result) {
    return {Shape::strings, {}};
  }
  if (element.stem == IdlStem::function && by_pointer && element.pointers.empty() &&
      place != Place::result) {
    return {Shape::functions, {}};
  }
  if (element.stem == IdlStem::projection && by_pointer && element.pointers.size() <= 1) {
    if (!element.pointers.empty()) {
      return {Shape::pointers, {}};
    }
    const IdlAttributes& attributes = type.pointers[0];
    bool is_row =
        has(attributes, IdlAttributeKind::alloc_once) || has(attributes, IdlAttributeKind::bind);
    return {is_row ? Shape::row : Shape::structs, {}};
  }
  return {Shape::nothing, "an array of these cannot cross"};
}

Classified classify_projection(const IdlType& type, const IdlAttributes& attributes) {
  switch (type.pointers.size()) {
  case 0: return {Shape::embedded, {}};
  case 1:
    if (has(attributes, IdlAttributeKind::at)) {
      return {Shape::inside, {}};
    }
    if (has(attributes, IdlAttributeKind::alloc_stack)) {
      return {Shape::copy, {}};
    }
    return {Shape::object, {}};
  case 2: return {Shape::pointers, {}};
  default: return {Shape::nothing, "a pointer to a pointer to a pointer cannot cross"};
  }
}

Classified classify_void(const IdlType& type, const IdlAttributes& attributes, Place place) {
  if (type.pointers.empty()) {
    return place == Place::result ? Classified{Shape::nothing, {}}
                                  : Classified{Shape::nothing, "nothing can be of type void"};
  }
  if (type.pointers.size() == 1 && has(attributes, IdlAttributeKind::cookie)) {
    return {Shape::cookie, {}};
  }
  return {Shape::nothing, "a pointer to void crosses only as [cookie], or as what it points to"};
}

Classified classify_pointer(Shape shape, const IdlType& type, std::string_view what) {
  return type.pointers.size() == 1 ? Classified{shape, {}}
                                   : Classified{Shape::nothing, std::string(what)};
}

Arrival arrival_of(const IdlAttributes& attributes, IdlSide receiver) {
  for (const IdlAttribute& attribute : attributes) {
    if (attribute.side != receiver) {
      continue;
    }
    switch (attribute.kind) {
    case IdlAttributeKind::bind: return Arrival::bind;
    case IdlAttributeKind::alloc: return Arrival::alloc;
    case IdlAttributeKind::alloc_once: return Arrival::alloc_once;
    case IdlAttributeKind::in:
    case IdlAttributeKind::out:
    case IdlAttributeKind::unused:
    case IdlAttributeKind::cookie:
    case IdlAttributeKind::init:
    case IdlAttributeKind::exit:
    case IdlAttributeKind::always:
    case IdlAttributeKind::nonnull:
    case IdlAttributeKind::format:
    case IdlAttributeKind::kept:
    case IdlAttributeKind::refused:
    case IdlAttributeKind::number:
    case IdlAttributeKind::percpu:
    case IdlAttributeKind::alloc_stack:
    case IdlAttributeKind::may_dealloc:
    case IdlAttributeKind::dealloc:
    case IdlAttributeKind::at:
    case IdlAttributeKind::from:
    case IdlAttributeKind::moved:
    case IdlAttributeKind::lent:
    case IdlAttributeKind::member:
    case IdlAttributeKind::inner:
    case IdlAttributeKind::error:
    case IdlAttributeKind::filled:
    case IdlAttributeKind::entrusted:
    case IdlAttributeKind::last_use:
    case IdlAttributeKind::size:
    case IdlAttributeKind::undo:
    case IdlAttributeKind::unlock:
    case IdlAttributeKind::cancel:
    case IdlAttributeKind::given:
    case IdlAttributeKind::reference:
    case IdlAttributeKind::drops:
    case IdlAttributeKind::done:
    case IdlAttributeKind::freed:
    case IdlAttributeKind::ends:
    case IdlAttributeKind::failure:
    case IdlAttributeKind::only:
    case IdlAttributeKind::within:
    case IdlAttributeKind::when:
    case IdlAttributeKind::merge_add:
    case IdlAttributeKind::merge_bits:
    case IdlAttributeKind::owner: break;
    }
  }
  return Arrival::unsaid;
}

// What has a tag comes behind it.
int rank(const Item& item) {
  return !item.when.empty() ? 2 : is_fixed(item.shape) ? 0 : item.shape == Shape::embedded ? 1 : 2;
}

// Comments are no part of what both ends must agree on.
IdlModule without_comments(IdlModule module) {
  module.comments.clear();
  for (IdlItem& item : module.items) {
    item.comments.clear();
  }
  return module;
}

class Layout {
public:
  explicit Layout(const IdlModule& module) : module_(module) {}

  Interface run() {
    interface_.name = module_.name;
    interface_.hash = hash_of(print_idl(without_comments(module_)));
    number_names();
    for (const IdlItem& item : module_.items) {
      add_declaration(item);
    }
    for (const IdlItem& item : module_.items) {
      add_definition(item);
    }
    // Their numbers come after those of all projections.
    each<IdlClass>([&](const IdlClass& item) { add_class(item); });
    find_ends();
    find_what_crosses();
    find_written();
    find_tracked();
    for (Projection& projection : interface_.projections) {
      number_bits(projection);
    }
    size_t crossing = 0;
    each<IdlRpc>([&](const IdlRpc& item) {
      for (const IdlClause& clause : item.clauses) {
        add_clause(interface_.crossings[crossing], clause);
      }
      ++crossing;
    });
    collect_last_uses();
    collect_extents();
    add_parts();
    add_owners();
    each<IdlRoom>([&](const IdlRoom& item) { add_room(item); });
    each<IdlOwn>([&](const IdlOwn& item) { add_variable(item); });
    return std::move(interface_);
  }

private:
  const IdlModule& module_;
  Interface interface_;
  std::map<std::string, u32> types_, projections_, signatures_, functions_, operations_;
  std::map<std::string, FunctionKind> kinds_;
  std::map<std::string, std::map<std::string, u32>> ordinals_; // by struct, then field
  std::set<std::string> opaque_;
  std::vector<std::pair<size_t, std::string>> ends_; // crossing, and what it ends

  template <class T, class F>
  void each(F use) {
    for (const IdlItem& item : module_.items) {
      if (const T* value = std::get_if<T>(&item.value)) {
        use(*value);
      }
    }
  }

  u32 type_row(const std::string& name) {
    auto [at, is_new] = types_.try_emplace(name, interface_.types.size());
    if (is_new) {
      interface_.types.push_back({name, opaque_.contains(name)});
    }
    return at->second;
  }

  // Which kind of function a name is, and the rows of projections and signatures.
  void number_names() {
    each<IdlOpaque>([&](const IdlOpaque& item) { opaque_.insert(item.structure); });
    each<IdlLibrary>([&](const IdlLibrary& item) {
      for (const std::string& name : item.names) {
        kinds_.emplace(name, FunctionKind::library);
      }
    });
    each<IdlClone>([&](const IdlClone& item) { kinds_.emplace(item.name, FunctionKind::clone); });
    each<IdlNamed>([&](const IdlNamed& item) { kinds_.emplace(item.name, FunctionKind::named); });
    each<IdlRpc>([&](const IdlRpc& item) {
      if (item.kind == IdlRpcKind::rpc_op) {
        return; // which function it is, a handle says
      }
      FunctionKind kind = item.kind == IdlRpcKind::rpc       ? FunctionKind::rpc
                          : item.kind == IdlRpcKind::rpc_ptr ? FunctionKind::rpc_ptr
                                                             : FunctionKind::rpc_export;
      kinds_.emplace(item.name, kind);
    });
    each<IdlProjection>(
        [&](const IdlProjection& item) { projections_.emplace(item.name, projections_.size()); });
    each<IdlClass>([&](const IdlClass& item) {
      projections_.emplace(class_name(item.structure), projections_.size());
    });
    each<IdlSignature>(
        [&](const IdlSignature& item) { signatures_.emplace(item.name, signatures_.size()); });
  }

  void add_declaration(const IdlItem& item) {
    if (const auto* header = std::get_if<IdlHeader>(&item.value)) {
      interface_.headers.push_back(header->path);
    } else if (const auto* library = std::get_if<IdlLibrary>(&item.value)) {
      interface_.libraries.insert(interface_.libraries.end(), library->names.begin(),
                                  library->names.end());
    } else if (const auto* clone = std::get_if<IdlClone>(&item.value)) {
      interface_.clones.push_back(*clone);
    } else if (const auto* symbol = std::get_if<IdlStatic>(&item.value)) {
      interface_.statics.push_back(*symbol);
    } else if (const auto* named = std::get_if<IdlNamed>(&item.value)) {
      interface_.named.push_back(named->name);
    } else if (const auto* global = std::get_if<IdlGlobal>(&item.value)) {
      bool is_function = !global->signature.empty();
      std::string type = is_function            ? "ks_code"
                         : global->pointer      ? "void *"
                         : global->type.empty() ? "char"
                                                : global->type;
      interface_.globals.push_back(
          {global->name, type, global->in ? no_row : type_row(type), global->in, global->out,
           is_function ? signatures_.at(global->signature) : no_row,
           global->count != 0 ? global->count : global->size, global->module,
           global->pointer ? type_row(global->type) : no_row});
      if (global->module) {
        interface_.types[type_row(type)].module = true;
      }
    } else if (const auto* signature = std::get_if<IdlSignature>(&item.value)) {
      add_signature(*signature);
    }
  }

  void add_signature(const IdlSignature& signature) {
    Signature added{signature.name, {}, no_row};
    if (!signature.operation.empty()) {
      added.operation = operation_row(signature.operation);
    }
    for (const std::string& name : signature.functions) {
      auto [at, is_new] = functions_.try_emplace(name, interface_.functions.size());
      if (is_new) {
        interface_.functions.push_back({name, kinds_.at(name)});
      }
      added.functions.push_back(at->second);
    }
    std::ranges::sort(added.functions);
    interface_.signatures.push_back(std::move(added));
  }

  u32 operation_row(const std::string& name) {
    auto [at, is_new] = operations_.try_emplace(name, interface_.operations.size());
    if (is_new) {
      interface_.operations.push_back({name, no_row});
    }
    return at->second;
  }

  // What is called crosses as a handle, before what it is called with.
  void add_callee(Crossing& crossing) {
    u32 operation = operation_row(crossing.name);
    interface_.operations[operation].crossing = static_cast<u32>(interface_.crossings.size());
    Item callee;
    callee.shape = Shape::function;
    callee.name = callee.slot = "ks_callee";
    callee.c_type = "ks_code";
    callee.signature = static_cast<u32>(interface_.signatures.size());
    callee.value[index(Direction::in)] = true;
    callee.nonnull = true;
    interface_.signatures.push_back({"ks_of_" + crossing.name, {}, operation});
    crossing.arguments.insert(crossing.arguments.begin(), std::move(callee));
  }

  void add_definition(const IdlItem& item) {
    if (const auto* projection = std::get_if<IdlProjection>(&item.value)) {
      add_projection(*projection);
    } else if (const auto* rpc = std::get_if<IdlRpc>(&item.value)) {
      add_crossing(*rpc);
    }
  }

  void add_projection(const IdlProjection& projection) {
    Projection added;
    added.name = projection.name;
    added.structure = c_structure(projection.structure);
    added.type = type_row(added.structure);
    for (const IdlDeclaration& field : projection.fields) {
      Item made = item_of(field, Place::field);
      const auto same = std::ranges::count(added.fields, made.name, &Item::name);
      if (same != 0 && !made.when.empty()) {
        made.slot = fmt::format("ks_or{}_{}", same, identifier_of(made.name));
      }
      if (!is_fixed(made.shape)) {
        made.ordinal = ordinal_of(added.structure, made.slot);
      }
      added.fields.push_back(std::move(made));
    }
    std::ranges::stable_sort(added.fields, {}, rank);
    interface_.projections.push_back(std::move(added));
  }

  // What a field's storage is known by: the same in all projections of the struct.
  u32 ordinal_of(const std::string& structure, const std::string& field) {
    auto& known = ordinals_[structure];
    return known.try_emplace(field, static_cast<u32>(known.size())).first->second;
  }

  void add_class(const IdlClass& object_class) {
    add_projection(
        {object_class.structure, class_name(object_class.structure), object_class.fields});
    interface_.projections.back().is_class = true;
    interface_.projections.back().is_memory = object_class.structure == memory_structure;
    interface_.classes.push_back(static_cast<u32>(interface_.projections.size() - 1));
    interface_.types[interface_.projections.back().type].kept = true;
  }

  // Of a class, `in` is to the kernel.
  void add_clause(Crossing& crossing, const IdlClause& clause) const {
    bool to_kernel = clause.push != (crossing.callee() == End::kernel);
    Direction d = to_kernel ? Direction::in : Direction::out;
    u32 row = projections_.at(class_name(clause.structure));
    const Projection& projection = interface_.projections[row];
    Clause added{row, std::vector<u64>((std::max(projection.mask_bits[index(d)], 1U) + 63) / 64)};
    const auto is_listed = [&](const std::string& name) {
      return std::ranges::find(clause.fields, name) != clause.fields.end();
    };
    for (const Item& field : projection.fields) {
      // A length comes with what it is the length of: who takes only the one could not let it grow.
      bool wanted = is_listed(field.name) ||
                    (field.size_kind == IdlSize::expression &&
                     std::ranges::any_of(members_of_self(whole_count(field)), is_listed));
      if (wanted && (field.value[index(d)] || field.content[index(d)])) {
        added.wanted[field.bit[index(d)] / 64] |= u64{1} << (field.bit[index(d)] % 64);
      }
    }
    crossing.clauses[index(clause.push ? Direction::out : Direction::in)].push_back(
        std::move(added));
  }

  void add_crossing(const IdlRpc& rpc) {
    Crossing added;
    added.kind = rpc.kind;
    added.name = rpc.name;
    added.variable = rpc.variable;
    for (const IdlDeclaration& argument : rpc.arguments) {
      added.arguments.push_back(item_of(argument, Place::argument));
      Item& item = added.arguments.back();
      if (!item.when.empty()) {
        item.of = argument.name;
        const auto before = std::ranges::count(added.arguments, item.of, &Item::of) - 1;
        item.name = item.slot = fmt::format("ks_{}_{}", item.of, before);
      }
    }
    IdlDeclaration result;
    result.type = rpc.result;
    added.result = item_of(result, Place::result);
    IdlAttributes attributes = attributes_of(rpc.result);
    added.is_init = has(attributes, IdlAttributeKind::init);
    added.is_exit = has(attributes, IdlAttributeKind::exit);
    add_undo(added, attributes);
    if (added.is_operation()) {
      add_callee(added);
    }
    interface_.crossings.push_back(std::move(added));
  }

  void add_undo(Crossing& crossing, const IdlAttributes& attributes) {
    for (const IdlAttribute& attribute : attributes) {
      switch (attribute.kind) {
      case IdlAttributeKind::undo:
      case IdlAttributeKind::unlock:
      case IdlAttributeKind::cancel:
      case IdlAttributeKind::reference:
      case IdlAttributeKind::given: crossing.undo = use_undo(crossing, attribute); break;
      case IdlAttributeKind::drops: crossing.ends = use_undo(crossing, attribute); break;
      case IdlAttributeKind::done:
        crossing.done = rename_in(attribute.expression, "result", "ks_result");
        break;
      case IdlAttributeKind::ends:
        ends_.emplace_back(interface_.crossings.size(), attribute.expression);
        break;
      case IdlAttributeKind::failure: crossing.failure = attribute.expression; break;
      default: break;
      }
    }
  }

  // The row is made for the first that uses it.
  UndoUse use_undo(const Crossing& crossing, const IdlAttribute& attribute) {
    CallText call = call_of(attribute.expression);
    bool given = attribute.kind == IdlAttributeKind::given;
    bool counted =
        attribute.kind == IdlAttributeKind::reference || attribute.kind == IdlAttributeKind::drops;
    auto known = std::ranges::find_if(interface_.undos, [&](const Undo& undo) {
      return undo.function == call.function && undo.given == given;
    });
    UndoUse use{static_cast<u32>(known - interface_.undos.begin()), free_names(call.arguments)};
    if (known != interface_.undos.end()) {
      return use;
    }
    Undo made{std::string(call.function),
              attribute.expression,
              attribute.kind == IdlAttributeKind::unlock,
              attribute.kind == IdlAttributeKind::cancel,
              given,
              counted,
              {}};
    for (const std::string& name : use.words) {
      auto argument = std::ranges::find(crossing.arguments, name, &Item::name);
      made.words.push_back(argument == crossing.arguments.end() ? crossing.result : *argument);
      made.words.back().name = name;
    }
    interface_.undos.push_back(std::move(made));
    return use;
  }

  // An undo may be declared behind what ends it.
  void find_ends() {
    for (const auto& [crossing, expression] : ends_) {
      CallText call = call_of(expression);
      auto known = std::ranges::find_if(interface_.undos, [&](const Undo& undo) {
        return undo.function == call.function && !undo.given;
      });
      if (known != interface_.undos.end()) {
        interface_.crossings[crossing].ends = {static_cast<u32>(known - interface_.undos.begin()),
                                               free_names(call.arguments)};
      }
    }
  }

  void add_owners() {
    std::set<OwnerField> fields; // each once
    for (const Projection& projection : interface_.projections) {
      if (projection.type != no_row) {
        find_owners(projection, projection, "", fields);
      }
    }
    interface_.owners.assign(fields.begin(), fields.end());
  }

  // Of the outer struct, those of this projection, which is its member `path`, or itself.
  void find_owners(const Projection& outer, const Projection& projection, const std::string& path,
                   std::set<OwnerField>& fields) const {
    for (const Item& field : projection.fields) {
      if (field.owner) {
        fields.insert({outer.type, outer.structure, path + field.name});
      } else if (field.shape == Shape::embedded && field.projection != no_row) {
        find_owners(outer, interface_.projections[field.projection], path + field.name + ".",
                    fields);
      }
    }
  }

  Item item_of(const IdlDeclaration& declaration, Place place) {
    const IdlType& type = declaration.type;
    IdlAttributes attributes = attributes_of(type);
    Item item;
    item.shape = classify(declaration, place).shape;
    item.name = item.slot = declaration.name;
    item.bits = declaration.bits;
    item.always = has(attributes, IdlAttributeKind::always);
    item.entrusted = has(attributes, IdlAttributeKind::entrusted);
    item.filled = has(attributes, IdlAttributeKind::filled);
    if (has(attributes, IdlAttributeKind::merge_add)) {
      item.merging = Merging::add;
    } else if (has(attributes, IdlAttributeKind::merge_bits)) {
      item.merging = Merging::bits;
    }
    item.owner = has(attributes, IdlAttributeKind::owner);
    item.nonnull = has(attributes, IdlAttributeKind::nonnull);
    item.format = has(attributes, IdlAttributeKind::format);
    item.error = has(attributes, IdlAttributeKind::error);
    item.refused = has(attributes, IdlAttributeKind::refused);
    item.number = has(attributes, IdlAttributeKind::number);
    item.dealloc = has(attributes, IdlAttributeKind::dealloc);
    item.may_dealloc = has(attributes, IdlAttributeKind::may_dealloc);
    if (const IdlAttribute* freed = find_attribute(attributes, IdlAttributeKind::freed)) {
      item.freed = rename_in(freed->expression, "result", "ks_result");
    }
    item.kept = item.shape == Shape::buffer && has(attributes, IdlAttributeKind::kept);
    item.keeps_table = is_table(item.shape) && has(attributes, IdlAttributeKind::kept);
    item.keeps_strings = item.shape == Shape::strings && !type.element[0].pointers.empty() &&
                         has(type.element[0].pointers[0], IdlAttributeKind::kept);
    if (item.shape == Shape::place) {
      item.led.push_back(item_led_to(declaration));
      item.value[index(Direction::out)] = true;
      return item;
    }
    add_names(item, type);
    add_expressions(item, declaration, attributes);
    if (is_repeated(type)) {
      item.repeat = type.size;
      item.size_kind = IdlSize::none;
      item.count.clear();
    }
    bool in = has(attributes, IdlAttributeKind::in);
    bool out = has(attributes, IdlAttributeKind::out);
    if (place == Place::argument) {
      in = in || !out;
    } else if (place == Place::result) {
      in = false;
      out = true;
    }
    bool exists = item.shape != Shape::unused && item.shape != Shape::nothing;
    // A member struct crosses as far as its own fields do.
    exists = exists && item.shape != Shape::embedded;
    item.value = {in && exists, out && exists};
    const IdlAttributes& of_object =
        (item.shape == Shape::pointers || item.repeat != 0 || item.shape == Shape::flexible) &&
                !type.element.empty() && !type.element[0].pointers.empty()
            ? type.element[0].pointers[0]
            : attributes;
    item.arrival = {arrival_of(of_object, IdlSide::callee), arrival_of(of_object, IdlSide::caller)};
    item.elements_copied = has(of_object, IdlAttributeKind::alloc_stack);
    item.cookies = item.shape == Shape::pointers && has(of_object, IdlAttributeKind::cookie);
    return item;
  }

  // It only comes back.
  Item item_led_to(const IdlDeclaration& declaration) {
    IdlDeclaration led = declaration;
    led.type = declaration.type.element[0];
    Item item = item_of(led, Place::argument);
    item.value = {false, true};
    return item;
  }

  void add_names(Item& item, const IdlType& type) {
    const IdlType& named = type.element.empty() ? type : type.element[0];
    switch (named.stem) {
    case IdlStem::scalar: item.c_type = named.name; break;
    case IdlStem::string: item.c_type = "char"; break;
    case IdlStem::projection:
      if (!named.name.empty()) {
        item.projection = projections_.at(named.name);
        item.c_type = structure_of(named.name);
      }
      break;
    case IdlStem::function:
      if (item.shape == Shape::function || item.shape == Shape::functions) {
        item.signature = signatures_.at(named.name);
      }
      item.c_type = "ks_code";
      break;
    case IdlStem::handle: item.c_type = named.name; break;
    case IdlStem::void_:
    case IdlStem::array: item.c_type = "void"; break;
    }
    if (item.shape == Shape::unused && !type.pointers.empty()) {
      item.c_type = "void *";
    }
    bool has_type = item.shape == Shape::object || item.shape == Shape::handle ||
                    item.shape == Shape::percpu || item.shape == Shape::copy ||
                    item.shape == Shape::row ||
                    (item.shape == Shape::pointers && named.stem != IdlStem::void_);
    if (has_type) {
      item.type = type_row(item.c_type);
    }
    if (item.shape == Shape::flexible && !named.pointers.empty()) {
      item.type = type_row(item.c_type);
      item.c_type += " *";
    }
    if (item.kept) {
      item.type = type_row(std::string(memory_structure));
    }
  }

  std::string structure_of(const std::string& projection) {
    std::string structure;
    each<IdlProjection>([&](const IdlProjection& item) {
      if (item.name == projection) {
        structure = c_structure(item.structure);
      }
    });
    return structure;
  }

  // The type of "struct T.m", and where m lies in it.
  std::pair<u32, std::string> part(const std::string& text) {
    std::string outer = outer_of(text);
    return {type_row(outer),
            fmt::format("__builtin_offsetof({}, {})", outer, text.substr(outer.size() + 1))};
  }

  void add_expressions(Item& item, const IdlDeclaration& declaration,
                       const IdlAttributes& attributes) {
    const IdlType& type = declaration.type;
    if (const IdlAttribute* at = find_attribute(attributes, IdlAttributeKind::at)) {
      item.offset = at->expression;
    }
    if (const IdlAttribute* from = find_attribute(attributes, IdlAttributeKind::from)) {
      item.start = from->expression;
    }
    if (const IdlAttribute* moved = find_attribute(attributes, IdlAttributeKind::moved)) {
      item.moved = moved->expression;
    }
    item.lent = has(attributes, IdlAttributeKind::lent);
    item.member = has(attributes, IdlAttributeKind::member);
    if (const IdlAttribute* inner = find_attribute(attributes, IdlAttributeKind::inner)) {
      item.inner = inner->expression;
      item.type = type_row(std::string(memory_structure));
    }
    if (const IdlAttribute* last = find_attribute(attributes, IdlAttributeKind::last_use)) {
      item.last_use = last->expression;
    }
    if (const IdlAttribute* when = find_attribute(attributes, IdlAttributeKind::when)) {
      item.when = when->expression;
    }
    if (const IdlAttribute* only = find_attribute(attributes, IdlAttributeKind::only)) {
      item.only = only->expression;
    }
    if (const IdlAttribute* size = find_attribute(attributes, IdlAttributeKind::size)) {
      item.extra = size->expression;
    }
    if (has(attributes, IdlAttributeKind::kept) && !item.kept &&
        !item.keeps_table) { // see name_memory()
      const IdlAttribute& memory = *find_attribute(type.pointers.at(0), IdlAttributeKind::kept);
      item.bytes = memory.expression;
      item.written = memory.side != IdlSide::none;
      const IdlAttribute* unit = find_attribute(type.attributes, IdlAttributeKind::kept);
      item.unit = unit ? unit->expression : "";
    }
    const bool has_entries = !type.element.empty() && !type.element[0].pointers.empty();
    const IdlAttribute* within = find_attribute(
        has_entries ? type.element[0].pointers[0] : attributes, IdlAttributeKind::within);
    if (within) {
      for (const IdlWhole& text : wholes_of(within->expression)) {
        Whole whole;
        whole.local = text.local;
        std::tie(whole.type, whole.offset) = part(text.whole);
        if (!text.holder.empty()) {
          std::tie(whole.holder, whole.holder_offset) = part(text.holder);
        }
        item.wholes.push_back(std::move(whole));
      }
    }
    item.size_kind = type.size_kind;
    item.least = type.size_kind == IdlSize::extent ? type.size : 0;
    if (declaration.is_tail) {
      item.size_kind = IdlSize::expression;
      item.count = declaration.tail_expression;
    } else if (type.size_kind == IdlSize::expression) {
      item.count = type.size_expression;
    } else if (type.size_kind == IdlSize::number) {
      item.count = std::to_string(type.size);
    } else if (item.shape == Shape::buffer || item.shape == Shape::pointers ||
               item.shape == Shape::strings || item.shape == Shape::functions) {
      if (type.size_kind == IdlSize::none) {
        item.size_kind = IdlSize::number; // a pointer to one
        item.count = "1";
      }
    }
  }

  // "q[]" stands for all elements of q: `count` times the first, `stride` bytes apart.
  void add_part(const IdlPart& item) {
    auto outer = types_.find(item.outer), inner = types_.find(item.inner);
    if (outer == types_.end() || inner == types_.end()) {
      return; // one of them never crosses
    }
    constexpr std::string_view open = "[extent]";
    std::string path = item.path;
    const size_t array = path.find(open);
    if (array != std::string::npos) {
      path.replace(array, open.size(), "[]");
    }
    size_t start = path.find("[]"), end = start;
    std::string first = path;
    for (; end != std::string::npos && first.compare(end, 2, "[]") == 0; end += 3) {
      first.insert(end + 1, "0");
    }
    Part part{outer->second, inner->second, fmt::format("offsetof({}, {})", item.outer, first), "0",
              "1"};
    if (start != std::string::npos) {
      std::string member = fmt::format("(({} *)0)->", item.outer);
      part.stride = fmt::format("sizeof({}{})", member, first.substr(0, end));
      part.count = array != std::string::npos ? "KS_PART_OPEN"
                                              : fmt::format("sizeof({}{}) / {}", member,
                                                            first.substr(0, start), part.stride);
    }
    interface_.parts.push_back(std::move(part));
  }

  void add_parts() {
    each<IdlPart>([&](const IdlPart& item) { add_part(item); });
    std::ranges::stable_sort(interface_.parts, [](const Part& a, const Part& b) {
      return std::pair(a.outer, a.inner) < std::pair(b.outer, b.inner);
    });
  }

  void add_room(const IdlRoom& item) {
    if (auto type = types_.find(item.structure); type != types_.end()) {
      interface_.rooms.push_back({type->second, item.bytes});
    }
  }

  void add_variable(const IdlOwn& item) {
    std::string size = item.structure.empty() ? std::to_string(item.size)
                                              : fmt::format("sizeof({})", item.structure);
    if (item.count != 0) {
      size = fmt::format("{} * {}", size, item.count);
    }
    auto type = types_.find(item.structure);
    u32 element = type == types_.end() ? no_row : type->second;
    interface_.variables.push_back({item.name, std::move(size), element});
  }

  // What is behind a pointer crosses if the projection has anything for this direction.
  void find_what_crosses() {
    for (bool changed = true; changed;) {
      changed = false;
      for (Projection& projection : interface_.projections) {
        for (Item& field : projection.fields) {
          changed |= update(field);
          for (Direction d : directions) {
            bool crosses = field.value[index(d)] || field.content[index(d)];
            changed |= crosses && !projection.crosses[index(d)];
            projection.crosses[index(d)] = projection.crosses[index(d)] || crosses;
          }
        }
      }
    }
    for (Crossing& crossing : interface_.crossings) {
      update(crossing.result);
      crossing.result.content[index(Direction::in)] = false;
      for (Item& argument : crossing.arguments) {
        update(argument);
        settle_array(argument);
        for (Item& led : argument.led) {
          update(led);
          led.content[index(Direction::in)] = false;
        }
      }
    }
  }

  // Kept buffers that cross both ways somewhere: what they lead to is written to at both ends.
  void find_written() {
    std::set<std::pair<u32, std::string>> written;
    for (const Projection& projection : interface_.projections) {
      for (const Item& field : projection.fields) {
        if (field.kept && field.value[index(Direction::in)] && field.value[index(Direction::out)]) {
          written.emplace(projection.type, field.name);
        }
      }
    }
    for (Projection& projection : interface_.projections) {
      for (Item& field : projection.fields) {
        field.written = field.kept && written.contains({projection.type, field.name});
      }
    }
  }

  // Kept buffers that the class of their struct has, too.
  void find_tracked() {
    std::set<std::pair<u32, std::string>> of_classes;
    for (u32 row : interface_.classes) {
      for (const Item& field : interface_.projections[row].fields) {
        if (field.kept) {
          of_classes.emplace(interface_.projections[row].type, field.name);
        }
      }
    }
    for (Projection& projection : interface_.projections) {
      for (Item& field : projection.fields) {
        field.tracked = field.kept && of_classes.contains({projection.type, field.name});
      }
    }
  }

  // Of an array that only comes back nothing goes in, and structs without content do not come back.
  static void settle_array(Item& argument) {
    bool is_array = argument.shape == Shape::structs || argument.shape == Shape::pointers;
    if (is_array && !argument.value[index(Direction::in)]) {
      argument.content[index(Direction::in)] = false;
    }
    if (argument.shape == Shape::structs) {
      argument.value[index(Direction::out)] = argument.content[index(Direction::out)];
    }
  }

  bool update(Item& item) {
    if (item.projection == no_row || item.shape == Shape::unused || item.shape == Shape::nothing) {
      return false;
    }
    const Projection& projection = interface_.projections[item.projection];
    bool marked = item.value[0] || item.value[1];
    std::array<bool, 2> before = item.content;
    for (Direction d : directions) {
      item.content[index(d)] =
          projection.crosses[index(d)] && (marked || item.shape == Shape::embedded);
    }
    return before != item.content;
  }

  void collect_last_uses() {
    std::map<std::pair<std::string, std::string>, LastUse> found;
    for (const Projection& projection : interface_.projections) {
      for (const Item& field : projection.fields) {
        if (field.shape != Shape::function) {
          continue;
        }
        LastUse& use = found[{projection.structure, field.name}];
        use.structure = projection.structure;
        use.field = field.name;
        use.type = projection.type;
        use.signature = field.signature;
        if (use.condition.empty()) {
          use.condition = field.last_use;
        }
        const std::vector<u32>& more = interface_.signatures[field.signature].functions;
        std::vector<u32> all;
        std::ranges::set_union(use.functions, more, std::back_inserter(all));
        use.functions = std::move(all);
      }
    }
    for (auto& [key, use] : found) {
      if (!use.condition.empty()) {
        interface_.last_uses.push_back(std::move(use));
      }
    }
  }

  void collect_extents() {
    std::set<Extent> found;
    for (const Projection& projection : interface_.projections) {
      for (const Item& field : projection.fields) {
        bool crosses = field.value[0] || field.value[1];
        bool counted = field.size_kind == IdlSize::expression && field.shape != Shape::numbers;
        for (const std::string& expression :
             {counted || !field.start.empty() ? whole_count(field) : "", field.offset}) {
          if (crosses && !expression.empty()) {
            bool is_tail = field.shape == Shape::tail;
            found.insert({projection.structure, is_tail ? "" : field.name,
                          !is_tail && field.shape != Shape::flexible, expression,
                          members_of_self(expression)});
          }
        }
      }
    }
    interface_.extents.assign(found.begin(), found.end());
  }

  // Those before the first that crosses, too.
  static std::string whole_count(const Item& field) {
    return field.start.empty() ? field.count : fmt::format("({}) + ({})", field.start, field.count);
  }

  static void number_bits(Projection& projection) {
    for (Direction d : directions) {
      u32& next = projection.mask_bits[index(d)];
      for (Item& field : projection.fields) {
        if (field.shape == Shape::embedded) {
          continue; // has a mask of its own
        }
        bool two = field.shape == Shape::object || field.merging != Merging::none;
        field.bit[index(d)] = next;
        if (field.value[index(d)] || field.content[index(d)]) {
          next += two ? 2 : 1;
        }
      }
    }
  }
};

} // namespace

bool may_make(const Item& item, Direction d, End receiver) {
  switch (item.arrival[index(d)]) {
  case Arrival::unsaid: return item.shape != Shape::handle || receiver == End::driver;
  case Arrival::bind: return false;
  case Arrival::alloc:
  case Arrival::alloc_once: return true;
  }
  return false;
}

bool is_fixed(Shape shape) {
  switch (shape) {
  case Shape::scalar:
  case Shape::bits:
  case Shape::numbers:
  case Shape::function:
  case Shape::handle:
  case Shape::cookie:
  case Shape::nothing:
  case Shape::unused: return true;
  case Shape::embedded:
  case Shape::object:
  case Shape::copy:
  case Shape::inside:
  case Shape::string:
  case Shape::buffer:
  case Shape::structs:
  case Shape::row:
  case Shape::pointers:
  case Shape::strings:
  case Shape::functions:
  case Shape::place:
  case Shape::percpu:
  case Shape::flexible:
  case Shape::tail: return false;
  }
  return false;
}

const Item* Projection::flexible(Direction d) const {
  auto found = std::ranges::find_if(fields, [&](const Item& field) {
    return field.shape == Shape::flexible && field.value[index(d)];
  });
  return found == fields.end() ? nullptr : &*found;
}

bool Projection::has_tail(Direction d) const {
  return std::ranges::any_of(fields, [&](const Item& field) {
    return field.shape == Shape::tail && field.value[index(d)];
  });
}

bool Interface::has_values() const { return std::ranges::any_of(globals, &Global::by_value); }
bool Interface::has_written_values() const { return std::ranges::any_of(globals, &Global::out); }

IdlAttributes attributes_of(const IdlType& type) {
  IdlAttributes all = type.attributes;
  for (const IdlAttributes& pointer : type.pointers) {
    all.insert(all.end(), pointer.begin(), pointer.end());
  }
  return all;
}

Classified classify(const IdlDeclaration& declaration, Place place) {
  const IdlType& type = declaration.type;
  IdlAttributes attributes = attributes_of(type);
  if (declaration.is_tail) {
    return place == Place::field ? Classified{Shape::tail, {}}
                                 : Classified{Shape::nothing, "only a struct has a tail"};
  }
  if (has(attributes, IdlAttributeKind::unused)) {
    return {Shape::unused, {}};
  }
  switch (type.stem) {
  case IdlStem::void_: return classify_void(type, attributes, place);
  case IdlStem::scalar:
    if (type.pointers.size() > 1) {
      return {Shape::nothing, "a pointer to a pointer to a scalar cannot cross"};
    }
    if (!type.pointers.empty()) {
      return {Shape::buffer, {}};
    }
    return {declaration.bits != 0 ? Shape::bits : Shape::scalar, {}};
  case IdlStem::string:
    return classify_pointer(Shape::string, type, "a string crosses by pointer: string *");
  case IdlStem::projection: return classify_projection(type, attributes);
  case IdlStem::function:
    return type.pointers.empty()
               ? Classified{Shape::function, {}}
               : Classified{Shape::nothing, "a pointer to a function pointer cannot cross"};
  case IdlStem::array: return classify_array(type, place);
  case IdlStem::handle:
    return classify_pointer(has(attributes, IdlAttributeKind::percpu) ? Shape::percpu
                                                                      : Shape::handle,
                            type, "a handle is a pointer: handle<struct T> *");
  }
  return {};
}

std::string class_name(std::string_view structure) { return "class_" + tag_of(structure); }

Interface lay_out(const IdlModule& module) { return Layout(module).run(); }

std::string identifier_of(std::string_view member) {
  std::string result;
  for (char c : member) {
    result += c == '.' ? "__" : std::string(1, c);
  }
  return result;
}

std::string tag_of(std::string_view c_type) {
  for (std::string_view prefix : {"struct ", "union ", "enum "}) {
    if (c_type.starts_with(prefix)) {
      c_type.remove_prefix(prefix.size());
    }
  }
  std::string tag;
  for (char c : c_type) {
    bool is_part = std::isalnum(static_cast<unsigned char>(c)) || c == '_';
    if (is_part || tag.empty() || tag.back() != '_') {
      tag += is_part ? c : '_';
    }
  }
  return tag;
}

std::string c_structure(std::string_view structure) {
  size_t dot = structure.find('.');
  if (dot == std::string_view::npos) {
    return std::string(structure);
  }
  std::string member(structure.substr(dot + 1));
  for (size_t at = member.find("[]"); at != std::string::npos; at = member.find("[]", at)) {
    member.replace(at, 2, "[0]");
  }
  return "__typeof__(((" + std::string(structure.substr(0, dot)) + " *)0)->" + member + ")";
}

} // namespace ks::idlc

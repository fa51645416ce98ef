// SPDX-License-Identifier: MIT
// The interface as a whole: every crossing a declaration, every import an item.

#include "ks-idl/arms.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace ks::idl {
namespace {

constexpr std::string_view keywords[] = {
    "asm",    "auto",   "break",    "case",   "char",     "const",    "continue", "default",
    "do",     "double", "else",     "enum",   "extern",   "float",    "for",      "goto",
    "if",     "inline", "int",      "long",   "register", "restrict", "result",   "return",
    "self",   "short",  "signed",   "sizeof", "static",   "struct",   "switch",   "typedef",
    "typeof", "union",  "unsigned", "void",   "volatile", "while"};

template <class Value>
void add_item(std::vector<IdlItem>& items, Value value) {
  items.push_back({std::move(value), {}, {}});
}

// Parameter names, made up where debug info has none, all different.
std::vector<std::string> make_names(const std::vector<std::string>& known, size_t count) {
  std::vector<std::string> names;
  for (size_t i = 0; i < count; ++i) {
    bool usable = i < known.size() && is_name(known[i]) && !known[i].starts_with("ks_");
    std::string name = usable ? known[i] : fmt::format("arg{}", i);
    bool is_keyword =
        std::find(std::begin(keywords), std::end(keywords), name) != std::end(keywords);
    name += is_keyword ? "_" : "";
    while (std::find(names.begin(), names.end(), name) != names.end()) {
      name += "_";
    }
    names.push_back(std::move(name));
  }
  return names;
}

} // namespace

std::vector<std::string> argument_names(const Inference& inference, const Crossing& crossing) {
  std::span<const Member> members = inference.types.members(crossing.signature);
  std::vector<std::string> known;
  if (crossing.function != none<FunctionId>) {
    known = inference.pruned().summary.functions[row(crossing.function)].parameters;
  }
  known.resize(members.size());
  for (size_t i = 0; i < members.size(); ++i) {
    known[i] = known[i].empty() ? members[i].name : known[i];
  }
  return make_names(known, members.size());
}

namespace {

SyncPaths root_paths(const Inference& inference, CrossingId crossing, RootKind kind, u32 index) {
  const SyncRoot* root = inference.tree.root(crossing, kind, index);
  return root && root->path != none<SyncPathId> ? SyncPaths{root->path} : SyncPaths{};
}

// What passes by value: a scalar, or a struct that both ends can name.
IdlType infer_value(Inference& inference, const Place& place) {
  const TypeTable& types = inference.types;
  const TypeId type = types.is_structure(place.type) ? types.complete(place.type) : place.type;
  const bool is_result = place.is_result;
  if (types.kind(type) == TypeKind::void_) {
    return {};
  }
  if (types.is_structure(type) && !types.tag(type).empty() && !types.is_opaque(type)) {
    std::optional<std::string> projection =
        add_value(inference, place.crossing, type, place.paths, place.name, place.direction);
    if (projection) {
      IdlType result;
      result.stem = IdlStem::projection;
      result.name = *projection;
      return result;
    }
  }
  IdlType result = infer_scalar(inference, type);
  if (!types.is_scalar(type)) {
    if (types.size(type) != 0) {
      warn(inference, inference.crossing(place.crossing).loc, "struct-by-value",
           fmt::format("{} is a {} by value; it does not cross", place.text, types.spelling(type)));
    }
    // What cannot be named cannot be declared either.
    if (is_result && inference.types.is_opaque(type)) {
      return {};
    }
    result.attributes.push_back({IdlAttributeKind::unused, IdlSide::none, "", {}});
  }
  return result;
}

IdlType infer_root(Inference& inference, CrossingId id, const std::string& function,
                   const std::string& name, TypeId type, bool is_result, u32 index) {
  const Crossing& crossing = inference.crossing(id);
  std::string text =
      is_result ? "the result of " + function : fmt::format("argument {} of {}", name, function);
  Place place;
  place.crossing = id;
  place.type = type;
  place.is_root = true;
  place.is_result = is_result;
  place.index = index;
  place.direction = {!is_result, is_result};
  place.name = function + "__" + (is_result ? "result" : name);
  place.text = text;
  place.paths = root_paths(inference, id, is_result ? RootKind::result : RootKind::argument, index);
  if (inference.types.kind(type) != TypeKind::pointer) {
    return infer_value(inference, place);
  }
  const SyncRoot* root = inference.tree.root(id, RootKind::argument, index);
  if (!is_result && root && root->identity && root->caller_local) {
    warn(inference, crossing.loc, "local-identity",
         fmt::format(
             "{}: callers pass the address of a local variable, and the callee tells objects "
             "apart by it",
             text));
  }
  return infer_pointer(inference, place);
}

IdlType apply_type_rule(Rule* rule, const IdlType& inferred, const std::string& place) {
  if (!rule) {
    return inferred;
  }
  rule->used_by.insert(place);
  IdlDeclaration declaration;
  declaration.type = inferred;
  return apply_rule(rule->declaration, declaration).type;
}

bool is_format(const IdlDeclaration& argument) {
  const IdlType& type = argument.type;
  return type.pointers.size() == 1 && find_attribute(type.pointers[0], IdlAttributeKind::format);
}

// What follows a format crosses as the text that it makes; other arguments without a name do not, and a
// function that is passed some cannot be called. False if it is one of these.
bool add_format(Inference& inference, const Crossing& crossing, IdlRpc& rpc) {
  bool said = std::ranges::any_of(rpc.arguments, is_format);
  std::optional<u32> index = said ? std::nullopt : inference.idioms.format_argument(crossing);
  if (index) {
    IdlType& type = rpc.arguments[*index].type;
    IdlAttributes attributes{{IdlAttributeKind::format, IdlSide::none, "", {}}};
    for (const IdlAttributes& pointer : type.pointers) {
      if (const IdlAttribute* nonnull = find_attribute(pointer, IdlAttributeKind::nonnull)) {
        attributes.push_back(*nonnull);
      }
    }
    type = {};
    type.stem = IdlStem::string;
    type.pointers = {std::move(attributes)};
    said = true;
  }
  if (said && !crossing.to_driver) {
    for (const std::string& conversion : inference.idioms.unknown_conversions(crossing)) {
      warn(inference, crossing.loc, "format-extension",
           fmt::format("{} is given {}, of which the domain can only print the address", rpc.name,
                       conversion));
    }
  }
  if (said) {
    rpc.arguments.resize(rpc.arguments.size() - crossing.variable);
    return true;
  }
  if (crossing.variable != 0) {
    rpc.variable = crossing.variable;
    return true;
  }
  const std::string last = rpc.arguments.empty() ? "nothing" : rpc.arguments.back().name;
  bool refused = rpc.kind == IdlRpcKind::rpc && inference.idioms.is_passed_more(crossing);
  warn(inference, crossing.loc, "variadic-function",
       refused
           ? fmt::format(
                 "{} is variadic and is passed more than {}, of which no format says what it "
                 "is, and {}: the domain is stopped if it calls it",
                 rpc.name, last, crossing.refused.empty() ? "nothing else does" : crossing.refused)
           : fmt::format(
                 "{} is variadic, and no format says what follows {}{}: that does not cross",
                 rpc.name, last, crossing.refused.empty() ? "" : ", and " + crossing.refused),
       // If no call passes more, there is nothing to cross.
       refused || crossing.to_driver ? Verdict::refused : Verdict::exact);
  return !refused;
}

// Says that an argument has just the value that it always has.
void add_fixed(const Crossing& crossing, u32 index, IdlType& type) {
  for (const FixedArgument& fixed : crossing.fixed) {
    if (fixed.index != index) {
      continue;
    }
    const std::string value = fmt::format("{}", static_cast<i64>(fixed.value));
    if (type.pointers.empty() && type.stem == IdlStem::scalar) {
      type.attributes.push_back({IdlAttributeKind::only, IdlSide::none, value, {}});
    } else {
      type = null_only();
    }
  }
}

// Says how large the object is that a function of the kernel's returns, if there is more than its struct.
void add_size(Inference& inference, const Crossing& crossing, TypeId result,
              const std::vector<std::string>& names, IdlRpc& rpc) {
  bool is_handle = rpc.result.stem == IdlStem::handle;
  if (rpc.result.pointers.size() != 1 || !(is_handle || rpc.result.stem == IdlStem::projection)) {
    return;
  }
  TypeId structure = inference.types.pointee(result);
  if (is_handle && !inference.types.is_structure(structure)) {
    structure = inference.types.find(rpc.result.name); // of an allocator's
  }
  if (structure == none<TypeId> || inference.types.is_opaque(structure)) {
    return;
  }
  std::string more = bytes_behind_result(inference, crossing, structure, names);
  if (more.empty()) {
    return;
  }
  if (is_handle) { // only objects have a size: one of which nothing crosses here
    std::string tag = inference.types.tag(structure);
    IdlProjection projection{tag, unique_name(inference, rpc.name + "__result"), {}};
    rpc.result.stem = IdlStem::projection;
    rpc.result.name = projection.name;
    add_item(inference.draft.items, std::move(projection));
  }
  rpc.result.pointers[0].push_back({IdlAttributeKind::size, IdlSide::none, more, {}});
}

// Whether what is said of the result names the argument, which then has to be one thing.
bool is_named_by_result(const IdlRpc& rpc, const std::string& name) {
  const auto is_part_of_name = [](char c) { return is_name("_" + std::string(1, c)); };
  return std::ranges::any_of(rpc.result.attributes, [&](const IdlAttribute& attribute) {
    const std::string& text = attribute.expression;
    for (size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
      const size_t end = at + name.size();
      if ((at == 0 || !is_part_of_name(text[at - 1])) &&
          (end == text.size() || !is_part_of_name(text[end]))) {
        return true;
      }
    }
    return false;
  });
}

// Puts what the arguments of these numbers are by others in their places.
void add_commands(Inference& inference, CrossingId id, const std::vector<std::string>& names,
                  const std::vector<u32>& told, IdlRpc& rpc) {
  const std::span<const Member> members = inference.types.members(inference.crossing(id).signature);
  for (auto index = told.rbegin(); index != told.rend(); ++index) {
    const auto at = rpc.arguments.begin() + *index;
    if (is_named_by_result(rpc, names[*index])) {
      at->type =
          infer_root(inference, id, rpc.name, names[*index], members[*index].type, false, *index);
      continue;
    }
    std::vector<IdlDeclaration> arms = infer_commands(inference, id, rpc.name, names, *index);
    const auto behind = rpc.arguments.erase(at);
    rpc.arguments.insert(behind, arms.begin(), arms.end());
  }
}

void add_function(Inference& inference, CrossingId id) {
  const Crossing& crossing = inference.crossing(id);
  IdlRpc rpc;
  rpc.kind = crossing.kind == CrossingKind::kernel_pointer ? IdlRpcKind::rpc_op
             : !crossing.to_driver                         ? IdlRpcKind::rpc
             : crossing.kind == CrossingKind::exported     ? IdlRpcKind::rpc_export
                                                           : IdlRpcKind::rpc_ptr;
  rpc.name = rpc_name(inference, id);
  std::vector<std::string> names;
  std::vector<u32> told; // arguments of which another one says what they are
  if (crossing.signature == none<TypeId>) {
    warn(inference, crossing.loc, "no-prototype",
         fmt::format("debug info has no prototype of {}; it is taken for void {}(void)", rpc.name,
                     rpc.name));
  } else {
    const Type& type = inference.types.at(inference.types.strip(crossing.signature));
    names = argument_names(inference, crossing);
    size_t before = inference.draft.cautions.size();
    IdlType inferred = infer_root(inference, id, rpc.name, "", type.element, true, 0);
    rpc.result = inferred;
    add_size(inference, crossing, type.element, names, rpc);
    rpc.result = apply_type_rule(inference.overlays.result(crossing), rpc.result,
                                 "the result of " + rpc.name);
    if (inference.overlays.result(crossing)) {
      drop_settled(inference, before, inferred, rpc.result);
    }
    std::span<const Member> members = inference.types.members(crossing.signature);
    for (u32 i = 0; i < members.size(); ++i) {
      IdlDeclaration argument;
      argument.name = names[i];
      Rule* rule = inference.overlays.argument(inference.pruned(), crossing, i);
      if (!rule && is_told(inference, id, i)) {
        if (inference.types.is_scalar(members[i].type)) {
          argument.type = infer_scalar(inference, members[i].type);
        } else {
          argument.type.pointers = {{{IdlAttributeKind::cookie, IdlSide::none, "", {}}}};
        }
        rpc.arguments.push_back(std::move(argument)); // until all else is known
        told.push_back(i);
        continue;
      }
      before = inference.draft.cautions.size();
      inferred = infer_root(inference, id, rpc.name, names[i], members[i].type, false, i);
      for (size_t at = before; at < inference.draft.cautions.size(); ++at) {
        inference.draft.cautions[at].caveat.argument = i;
      }
      argument.type = apply_type_rule(rule, inferred, fmt::format("{} of {}", names[i], rpc.name));
      if (rule) {
        drop_settled(inference, before, inferred, argument.type);
      } else {
        add_nonnull(inference, crossing, i, argument.type);
      }
      add_fixed(crossing, i, argument.type);
      rpc.arguments.push_back(std::move(argument));
    }
    if (type.variadic && !add_format(inference, crossing, rpc)) {
      inference.draft.items.push_back(
          {IdlNamed{rpc.name}, {}, std::move(inference.draft.comments)});
      inference.draft.comments.clear();
      return;
    }
  }
  if (crossing.kind == CrossingKind::module_init || crossing.kind == CrossingKind::module_exit) {
    bool is_init = crossing.kind == CrossingKind::module_init;
    rpc.result.attributes.push_back(
        {is_init ? IdlAttributeKind::init : IdlAttributeKind::exit, IdlSide::none, "", {}});
  }
  add_undo(inference, id, rpc);
  add_commands(inference, id, names, told, rpc);
  inference.draft.items.push_back({std::move(rpc), {}, std::move(inference.draft.comments)});
  inference.draft.comments.clear();
}

void add_crossings(Inference& inference) {
  std::set<std::string> functions;
  for (u32 i = 0; i < inference.pruned().boundary.crossings.size(); ++i) {
    const Crossing& crossing = inference.pruned().boundary.crossings[i];
    std::string name = rpc_name(inference, CrossingId{i});
    inference.draft.crossing = CrossingId{i};
    if (crossing.kind == CrossingKind::kernel_pointer && name.empty()) {
      if (crossing.signature == none<TypeId>) {
        warn(inference, crossing.loc, "kernel-pointer",
             fmt::format(
                 "the driver calls {}, a pointer to a function of the kernel's whose type is "
                 "not known; the call cannot cross",
                 crossing.name));
      }
      continue;
    }
    if (!is_name(name)) {
      warn(inference, crossing.loc, "unnameable-function",
           fmt::format("{} is no C identifier; it cannot cross", name));
      continue;
    }
    if (!functions.insert(name).second) {
      warn(inference, crossing.loc, "unnameable-function",
           fmt::format("another function is called {}, too; only that one crosses", name));
      continue;
    }
    if (crossing.kind == CrossingKind::named_only) {
      continue;
    }
    add_function(inference, CrossingId{i});
  }
  inference.draft.crossing = none<CrossingId>;
}

constexpr u64 kLargestValue = 1024; // bytes: values are in every message

// What a variable's value is: a scalar or an array of them, a function, a pointer to a struct. The
// rest has none that crosses.
std::optional<IdlGlobal> value_of(Inference& inference, const ImportedGlobal& imported) {
  const Global& global = inference.pruned().summary.globals[row(imported.global)];
  const TypeTable& types = inference.types;
  IdlGlobal value{"", global.name, true, imported.use == GlobalUse::written, {}, 0};
  if (imported.use == GlobalUse::address_only || global.per_cpu) {
    return {};
  }
  if (types.is_function_pointer(global.type)) {
    value.signature = add_signature(inference, unique_name(inference, global.name),
                                    inference.idioms.functions_of_variable(imported.global));
    note_signature(inference, value.signature, types.pointee(global.type), true);
    return value;
  }
  if (types.is_scalar(global.type)) {
    value.type = infer_scalar(inference, global.type).name;
    return value;
  }
  if (types.kind(global.type) == TypeKind::pointer &&
      types.is_structure(types.pointee(global.type)) &&
      !types.tag(types.pointee(global.type)).empty()) {
    value.pointer = true;
    value.type = handle_type(inference, types.pointee(global.type)).name;
    return value;
  }
  TypeId element = types.element(global.type);
  u64 size = types.size(global.type);
  if (element != global.type && types.is_scalar(element) && size != 0 && size <= kLargestValue) {
    value.count = size / types.size(element);
    value.type = infer_scalar(inference, element).name;
    return value;
  }
  return {};
}

void add_global(Inference& inference, const ImportedGlobal& imported, std::vector<IdlItem>& items) {
  const Global& global = inference.pruned().summary.globals[row(imported.global)];
  const TypeTable& types = inference.types;
  if (is_own_module(inference.pruned(), inference.known, imported) &&
      types.is_structure(global.type)) {
    IdlGlobal module{handle_type(inference, global.type).name, global.name};
    module.module = true;
    add_item(items, std::move(module));
    return;
  }
  if (imported.use == GlobalUse::library || !is_name(global.name)) {
    return;
  }
  IdlItem item;
  if (std::optional<IdlGlobal> value = value_of(inference, imported)) {
    item.value = *std::move(value);
    items.push_back(std::move(item));
    return;
  }
  std::string tag = types.tag(global.type);
  IdlGlobal value{"char", global.name};
  // What is in a struct crosses by its class.
  if (!tag.empty()) {
    value.type = handle_type(inference, global.type).name;
  } else {
    if (imported.use != GlobalUse::address_only) {
      std::string message =
          fmt::format("kernel global {} is {} by the driver; only its address crosses", global.name,
                      imported.use == GlobalUse::read ? "read" : "written");
      warn(inference, imported.loc, "kernel-global", message);
      item.comments = std::move(inference.draft.comments);
      inference.draft.comments.clear();
    }
    if (u64 size = types.size(global.type); size > 1) {
      value.type.clear();
      value.size = size;
    }
  }
  item.value = std::move(value);
  items.push_back(std::move(item));
}

void add_sections(const Inference& inference, std::vector<IdlItem>& items) {
  std::map<std::string, std::map<std::string, Direction>> locks; // lock -> field -> fetch, send
  for (const CriticalSection& section : inference.atomic.sections) {
    if (section.shared) {
      locks[section.lock];
    }
  }
  for (const SectionField& field : inference.atomic.fields) {
    const CriticalSection& section = inference.atomic.sections[row(field.section)];
    if (section.shared) {
      locks[section.lock][field.name] |= Direction{field.fetch, field.send};
    }
  }
  for (const auto& [lock, fields] : locks) {
    IdlSection section{lock, {}};
    for (const auto& [name, direction] : fields) {
      size_t dot = name.find('.');
      std::string structure = name.substr(0, dot);
      std::string field = dot == std::string::npos ? "" : name.substr(dot + 1);
      if (!is_name(structure) || !is_name(field)) {
        continue;
      }
      if (direction.in) {
        section.fields.push_back({false, structure, field});
      }
      if (direction.out) {
        section.fields.push_back({true, structure, field});
      }
    }
    add_item(items, std::move(section));
  }
}

std::vector<IdlItem> import_items(Inference& inference) {
  const Boundary& boundary = inference.pruned().boundary;
  std::vector<IdlItem> items;
  std::set<std::string> library;
  std::copy_if(boundary.library.begin(), boundary.library.end(),
               std::inserter(library, library.end()), is_name);
  // Its variables have other names there, too.
  for (const ImportedGlobal& imported : boundary.imported_globals) {
    const std::string& name = inference.pruned().summary.globals[row(imported.global)].name;
    if (imported.use == GlobalUse::library && is_name(name) &&
        !is_own_module(inference.pruned(), inference.known, imported)) {
      library.insert(name);
    }
  }
  if (!library.empty()) {
    add_item(items, IdlLibrary{{library.begin(), library.end()}});
  }
  for (const Clone& clone : boundary.clones) {
    // What has no name outside of its unit comes along with what calls it.
    const Function& function = inference.pruned().summary.functions[row(clone.function)];
    if (is_name(function.name) && !function.local) {
      add_item(items, IdlClone{function.name, clone.unit});
    }
  }
  add_statics(inference, items);
  for (const Crossing& crossing : boundary.crossings) {
    if (crossing.kind == CrossingKind::named_only && is_name(crossing.name)) {
      add_item(items, IdlNamed{crossing.name});
    }
  }
  for (const ImportedGlobal& imported : boundary.imported_globals) {
    add_global(inference, imported, items);
  }
  return items;
}

size_t count_fields(const std::vector<IdlItem>& items) {
  size_t count = 0;
  for (const IdlItem& item : items) {
    const auto* projection = std::get_if<IdlProjection>(&item.value);
    count += projection ? projection->fields.size() : 0;
  }
  return count;
}

// Whether the struct is one of these, or has one inside at any depth.
bool contains_one_of(const TypeTable& types, TypeId type, const std::set<std::string>& tags) {
  type = types.complete(types.element(type));
  if (!types.is_structure(type)) {
    return false;
  }
  return tags.contains(types.tag(type)) ||
         std::ranges::any_of(types.members(type), [&](const Member& member) {
           return contains_one_of(types, member.type, tags);
         });
}

std::set<std::string> structs_by_reference(const Pruned& pruned, const TypeTable& types,
                                           const SyncTree& tree, const Atomic& atomic) {
  std::set<std::string> result;
  for (const SyncRoot& root : tree.sync().roots) {
    if (!root.identity && !root.freed) {
      continue;
    }
    const Crossing& crossing = pruned.boundary.crossings[row(root.crossing)];
    std::span<const Member> members = types.members(crossing.signature);
    if (root.root == RootKind::argument && root.index < members.size() &&
        types.kind(members[root.index].type) == TypeKind::pointer) {
      result.insert(types.tag(types.pointee(members[root.index].type)));
    }
  }
  for (const SyncCommand& command : tree.sync().commands) {
    if (command.kind == ArmKind::object && command.identity) {
      result.insert(types.tag(command.structure));
    }
  }
  // What crosses by class is found where it is, and so is what contains such an object.
  std::set<std::string> classes;
  for (const SyncUnreached& unreached : tree.sync().unreached) {
    classes.insert(types.tag(pruned.summary.fields[row(unreached.field)].structure));
  }
  // What both sides change at once is one thing: a copy for one call would be written over what came meanwhile.
  const auto add_changed = [&](FieldId field) {
    classes.insert(types.tag(pruned.summary.fields[row(field)].structure));
  };
  for (const MergedField& merged : atomic.merged) {
    add_changed(merged.field);
  }
  for (const OwnerSite& site : atomic.sites) {
    if (site.update != Update::none && site.field != none<FieldId>) {
      add_changed(site.field);
    }
  }
  for (u32 i = 0; i < pruned.summary.types.size(); ++i) {
    if (types.is_structure(TypeId{i}) && contains_one_of(types, TypeId{i}, classes)) {
      result.insert(types.tag(TypeId{i}));
    }
  }
  return result;
}

} // namespace

namespace {

// Cuts off the rule that a message ends with.
std::string take_rule(std::string& message) {
  for (std::string_view before : {"; to say more: ", "; to be sure: "}) {
    if (const size_t at = message.find(before); at != std::string::npos) {
      std::string rule = message.substr(at + before.size());
      message.resize(at);
      return rule;
    }
  }
  return {};
}

} // namespace

void warn(Inference& inference, const Loc& loc, std::string_view slug, const std::string& message,
          std::optional<Verdict> verdict) {
  std::string comment = fmt::format("{} [{}]", message, slug);
  if (inference.draft.said.insert(comment).second) {
    warn(loc, slug, message);
    inference.draft.warning_count += 1;
  }
  inference.draft.comments.push_back(std::move(comment));
  Caution caution{{std::string(slug), message, loc, inference.draft.crossing},
                  verdict.value_or(find_settled(slug).verdict)};
  caution.rule = take_rule(caution.caveat.what);
  if (!inference.draft.structure.empty()) {
    caution.structure = inference.draft.structure;
    caution.member = inference.draft.member;
  }
  inference.draft.cautions.push_back(std::move(caution));
}

void drop_settled(Inference& inference, size_t before, const IdlType& inferred,
                  const IdlType& said) {
  const IdlType& behind = said.element.empty() ? said : said.element[0];
  if (said != inferred && behind.stem != IdlStem::projection) {
    inference.draft.cautions.resize(before);
  }
}

std::string unique_name(Inference& inference, std::string name) {
  std::string base = name;
  for (u32 i = 2; !inference.draft.names.insert(name).second; ++i) {
    name = fmt::format("{}_{}", base, i);
  }
  return name;
}

IdlModule infer_idl(Inference& inference, const std::string& module, const std::string& sync_hash) {
  inference.by_reference =
      structs_by_reference(inference.pruned(), inference.types, inference.tree, inference.atomic);
  find_operations(inference);
  inference.null_arguments = find_null_arguments(inference.view);
  inference.lent = find_lent(inference.view);
  inference.inner = find_inner(inference.view, inference.types, inference.tree.sync());
  inference.moved = find_moved(inference.view);
  inference.errors = find_checked_errors(inference.view);
  inference.followed_in_kernel = find_followed(inference.view, inference.types, false);
  inference.followed_in_domain = find_followed(inference.view, inference.types, true);
  inference.writes_plain = writes_plain_memory(inference.view);
  inference.made = find_made(inference.view, inference.types);
  inference.own_module = find_own_module(inference.view, inference.types, inference.known);
  inference.made.erase(inference.own_module); // each end has one, which is its own
  inference.freed =
      find_freed(inference.view, inference.types, inference.known.rows(KnownTable::allocators));
  std::vector<IdlItem> imports = import_items(inference);
  add_crossings(inference);
  add_ends(inference);
  add_clauses(inference);
  add_operations(inference);
  merge_projections(inference);
  add_filled(inference.types, inference.draft.items);
  std::vector<IdlItem> memory = memory_items(inference, imports);
  IdlModule result;
  result.name = module;
  for (const std::string& header : inference.types.in_order(inference.draft.headers)) {
    add_item(result.items, IdlHeader{header});
  }
  for (const std::string& structure : inference.draft.opaque) {
    add_item(result.items, IdlOpaque{structure});
  }
  std::move(imports.begin(), imports.end(), std::back_inserter(result.items));
  std::move(memory.begin(), memory.end(), std::back_inserter(result.items));
  for (auto& [name, signature] : inference.draft.signatures) {
    add_item(result.items, std::move(signature));
  }
  std::move(inference.draft.items.begin(), inference.draft.items.end(),
            std::back_inserter(result.items));
  add_sections(inference, result.items);
  result.comments = {fmt::format("ks-idl: made from sync={}", sync_hash),
                     fmt::format("{} crossings, {} fields, {} warnings",
                                 inference.pruned().boundary.crossings.size(),
                                 count_fields(result.items), inference.draft.warning_count)};
  for (std::string& line : inference.overlays.report()) {
    result.comments.push_back(std::move(line));
  }
  return result;
}

} // namespace ks::idl

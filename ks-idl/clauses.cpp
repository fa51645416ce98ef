// SPDX-License-Identifier: MIT
// What crosses of objects that no argument leads to: by class. Each struct of which a field is wanted
// so gets one class with all such fields, and each function clauses that name those it needs.
//
// In a class, a pointer only names an object: what is in that one is in its own class.

#include "ks-idl/infer.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ks::idl {
namespace {

struct Clauses {
  std::map<std::string, std::set<std::string>> pull, push; // struct, and its fields
};

const IdlAttribute* attribute_of(const IdlDeclaration& field, IdlAttributeKind kind) {
  const IdlAttributes& attributes =
      field.type.pointers.empty() ? field.type.attributes : field.type.pointers.back();
  return find_attribute(attributes, kind);
}

// With what has a tag goes the tag, and the other way round.
void add_tagged(const IdlClass& object_class, std::set<std::string>& names) {
  for (size_t known = 0; known != names.size();) {
    known = names.size();
    for (const IdlDeclaration& field : object_class.fields) {
      const IdlAttribute* when = attribute_of(field, IdlAttributeKind::when);
      for (const std::string& tag :
           when ? needed_fields(when->expression) : std::vector<std::string>()) {
        if (names.contains(field.name) || names.contains(tag)) {
          names.insert({field.name, tag});
        }
      }
    }
  }
}

void add_clause(IdlRpc& rpc, bool push, const std::map<std::string, std::set<std::string>>& wanted,
                const IdlClass& object_class) {
  auto found = wanted.find(object_class.structure);
  if (found == wanted.end()) {
    return;
  }
  // With what has a length goes the member that says it.
  std::set<std::string> names = found->second;
  for (const IdlDeclaration& field : object_class.fields) {
    if (found->second.contains(field.name)) {
      for (const std::string& expression : size_expressions(field.type)) {
        std::vector<std::string> needed = needed_fields(expression);
        names.insert(needed.begin(), needed.end());
      }
    }
  }
  add_tagged(object_class, names);
  IdlClause clause{push, object_class.structure, {}, {}};
  for (const IdlDeclaration& field : object_class.fields) {
    if (names.contains(field.name) &&
        std::ranges::find(clause.fields, field.name) == clause.fields.end()) {
      clause.fields.push_back(field.name);
    }
  }
  if (!clause.fields.empty()) {
    rpc.clauses.push_back(std::move(clause));
  }
}

// Scalars behind a member may be looked at by another name, too: a buffer of the driver's own, which it reads when the kernel has
// filled it. So what one side writes to memory that the other one has stored there crosses with each crossing, whatever the code
// around that does to the member. What the owner writes under the other name does not: pointers that it has left behind in objects
// would have to be followed.
Direction contents_direction(const Inference& inference, const std::string& field) {
  const Followed &kernel = inference.followed_in_kernel, &domain = inference.followed_in_domain;
  return {kernel.made.contains(field) && domain.written.contains(field),
          domain.made.contains(field) && kernel.written.contains(field)};
}

bool is_kept_buffer(const IdlType& type) {
  return type.stem == IdlStem::array && !type.pointers.empty() &&
         find_attribute(type.pointers.front(), IdlAttributeKind::kept);
}

// What says how much is there crosses with it, whoever writes it.
void add_lengths(IdlClass& of, const IdlDeclaration& buffer, Direction direction) {
  for (const std::string& expression : size_expressions(buffer.type)) {
    for (const std::string& name : needed_fields(expression)) {
      for (IdlDeclaration& field : of.fields) {
        if (field.name == name) {
          add_direction(field.type, {direction.in && !attribute_of(field, IdlAttributeKind::in),
                                     direction.out && !attribute_of(field, IdlAttributeKind::out)});
        }
      }
    }
  }
}

void add_contents(const Inference& inference, const std::string& structure,
                  const std::string& field, Direction direction,
                  std::map<std::string, Clauses>& clauses) {
  for (const IdlItem& item : inference.draft.items) {
    const auto* rpc = std::get_if<IdlRpc>(&item.value);
    if (!rpc) {
      continue;
    }
    Clauses& own = clauses[rpc->name];
    const bool to_kernel = is_to_kernel(rpc->kind);
    if (direction.in) {
      (to_kernel ? own.pull : own.push)[structure].insert(field);
    }
    if (direction.out) {
      (to_kernel ? own.push : own.pull)[structure].insert(field);
    }
  }
}

void add_contents(const Inference& inference, IdlClass& of,
                  std::map<std::string, Clauses>& clauses) {
  // "struct dev" has the field "dev.buffer".
  const std::string tag = of.structure.substr(of.structure.find(' ') + 1);
  for (const IdlDeclaration& field : of.fields) {
    if (!is_kept_buffer(field.type)) {
      continue;
    }
    Direction direction = contents_direction(inference, tag + "." + field.name);
    direction.in &= attribute_of(field, IdlAttributeKind::in) != nullptr;
    direction.out &= attribute_of(field, IdlAttributeKind::out) != nullptr;
    if (direction) {
      add_lengths(of, field, direction);
      add_contents(inference, of.structure, field.name, direction, clauses);
    }
  }
}

} // namespace

// The functions' declarations are there already, in `items`, by name.
void add_clauses(Inference& inference) {
  std::map<std::string, Clauses> clauses; // by function
  std::map<std::string, std::pair<TypeId, ClassFields>> wanted; // by struct
  std::set<FieldId> by_address;
  for (const SyncUnreached& unreached : inference.tree.sync().unreached) {
    if (inference.draft.reached.contains({row(unreached.crossing), row(unreached.field)})) {
      continue;
    }
    const Field& field = inference.field(unreached.field);
    std::string tag = inference.types.tag(field.structure);
    const bool first =
        unreached.crossing == none<CrossingId>; // only with the first sight of an object
    std::string function = first ? "first sight" : rpc_name(inference, unreached.crossing);
    if (function.empty()) {
      continue;
    }
    std::vector<std::string> names = names_in_class(inference, unreached.field);
    if (inference.types.is_by_address(field.structure)) {
      if (by_address.insert(unreached.field).second) {
        warn(inference, first ? unreached.loc : inference.crossing(unreached.crossing).loc,
             "by-address",
             fmt::format("{} is not copied: only a domain that shares the kernel's memory sees it",
                         field.name));
      }
      continue;
    }
    if (tag.empty() || inference.types.is_opaque(field.structure) || names.empty()) {
      inference.draft.crossing = unreached.crossing;
      warn(inference, first ? unreached.loc : inference.crossing(unreached.crossing).loc,
           "unreached-field",
           fmt::format("{}: no argument leads to {}, which should cross, and it cannot be named "
                       "in a class",
                       function, field.name));
      inference.draft.crossing = none<CrossingId>;
      continue;
    }
    auto& [type, fields] = wanted[tag];
    type = field.structure;
    bool handler = !first && inference.crossing(unreached.crossing).to_driver;
    fields[unreached.field] |=
        handler ? Direction{unreached.out, unreached.in} : Direction{unreached.in, unreached.out};
    if (first) {
      continue;
    }
    for (const std::string& name : names) {
      if (unreached.in) {
        clauses[function].pull[tag].insert(name);
      }
      if (unreached.out) {
        clauses[function].push[tag].insert(name);
      }
    }
  }
  std::vector<IdlItem> classes;
  for (const auto& [tag, of_struct] : wanted) {
    inference.draft.structure = tag;
    classes.push_back({infer_class(inference, of_struct.first, of_struct.second),
                       {},
                       std::move(inference.draft.comments)});
    inference.draft.comments.clear();
  }
  inference.draft.structure.clear();
  for (IdlItem& item : classes) {
    add_contents(inference, std::get<IdlClass>(item.value), clauses);
  }
  for (IdlItem& item : inference.draft.items) {
    auto* rpc = std::get_if<IdlRpc>(&item.value);
    auto found = rpc ? clauses.find(rpc->name) : clauses.end();
    if (found == clauses.end()) {
      continue;
    }
    for (bool push : {false, true}) {
      for (const IdlItem& one : classes) {
        add_clause(*rpc, push, push ? found->second.push : found->second.pull,
                   std::get<IdlClass>(one.value));
      }
    }
  }
  std::erase_if(classes,
                [](const IdlItem& item) { return std::get<IdlClass>(item.value).fields.empty(); });
  inference.draft.items.insert(inference.draft.items.begin(),
                               std::make_move_iterator(classes.begin()),
                               std::make_move_iterator(classes.end()));
}

} // namespace ks::idl

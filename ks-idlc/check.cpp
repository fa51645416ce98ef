// SPDX-License-Identifier: MIT

#include "ks-idlc/check.hpp"

#include "ks-idlc/check_attributes.hpp"
#include "ks-idlc/check_names.hpp"
#include "ks-idlc/layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace ks::idlc {
namespace {

using enum IdlAttributeKind;

class Checker {
public:
  explicit Checker(const IdlModule& module) : module_(module) {}

  std::vector<Finding> run() {
    collect_names();
    for (const IdlItem& item : module_.items) {
      position_ = item.position;
      check_item(item);
    }
    check_copies();
    check_tags();
    check_reachable();
    std::ranges::stable_sort(findings_, [](const Finding& a, const Finding& b) {
      return std::pair(a.error.position.line, a.error.position.column) <
             std::pair(b.error.position.line, b.error.position.column);
    });
    return std::move(findings_);
  }

private:
  const IdlModule& module_;
  std::vector<Finding> findings_;
  IdlPosition position_; // of the item at hand
  std::map<std::string, const IdlProjection*> projections_;
  std::map<std::string, IdlPosition> projection_positions_;
  std::set<std::string> signatures_, functions_, opaque_, modules_, in_signatures_, operations_,
      of_operations_;
  std::map<std::string, std::string> last_uses_; // "struct T.f" -> condition
  std::map<std::string, const IdlClass*> classes_; // by struct
  bool has_init_ = false, has_exit_ = false;

  template <class... Args>
  void error(IdlPosition position, std::string_view slug, fmt::format_string<Args...> format,
             Args&&... args) {
    add(position, slug, fmt::format(format, std::forward<Args>(args)...), false);
  }
  template <class... Args>
  void warning(IdlPosition position, std::string_view slug, fmt::format_string<Args...> format,
               Args&&... args) {
    add(position, slug, fmt::format(format, std::forward<Args>(args)...), true);
  }
  void add(IdlPosition position, std::string_view slug, std::string message, bool is_warning) {
    if (position.line == 0) {
      position = position_;
    }
    findings_.push_back({{position, std::move(message), std::string(slug)}, is_warning});
  }

  template <class T>
  void each(auto use) {
    for (const IdlItem& item : module_.items) {
      if (const T* value = std::get_if<T>(&item.value)) {
        position_ = item.position;
        use(*value);
      }
    }
  }

  void define(std::set<std::string>& names, const std::string& name, std::string_view what) {
    if (!names.insert(name).second) {
      error(position_, "duplicate-name", "{} '{}' is defined twice", what, name);
    }
  }

  void collect_names() {
    std::set<std::string> projections, globals;
    each<IdlOpaque>([&](const IdlOpaque& item) { opaque_.insert(item.structure); });
    each<IdlGlobal>([&](const IdlGlobal& item) {
      if (item.module) {
        modules_.insert(item.type);
      }
    });
    each<IdlProjection>([&](const IdlProjection& item) {
      define(projections, item.name, "projection");
      projections_.emplace(item.name, &item);
      projection_positions_.emplace(item.name, position_);
    });
    each<IdlClass>([&](const IdlClass& item) {
      if (!classes_.emplace(item.structure, &item).second) {
        error(position_, "duplicate-name", "a second class of '{}'", item.structure);
      }
      if (projections.contains(class_name(item.structure))) {
        error(position_, "reserved-name", "the class of '{}' is called '{}' in generated code",
              item.structure, class_name(item.structure));
      }
    });
    each<IdlSignature>(
        [&](const IdlSignature& item) { define(signatures_, item.name, "signature"); });
    each<IdlGlobal>([&](const IdlGlobal& item) { define(globals, item.name, "global"); });
    each<IdlLibrary>([&](const IdlLibrary& item) {
      for (const std::string& name : item.names) {
        define(functions_, name, "function");
      }
    });
    each<IdlClone>([&](const IdlClone& item) { define(functions_, item.name, "function"); });
    std::set<std::string> clones;
    each<IdlClone>([&](const IdlClone& item) { clones.insert(item.name); });
    each<IdlNamed>([&](const IdlNamed& item) {
      // A clone's original may be named as well.
      if (!clones.contains(item.name)) {
        define(functions_, item.name, "function");
      }
    });
    each<IdlRpc>([&](const IdlRpc& item) {
      define(functions_, item.name, "function");
      if (item.kind == IdlRpcKind::rpc_op) {
        of_operations_.insert(item.name);
      }
    });
    std::set<std::string> variables;
    each<IdlOwn>([&](const IdlOwn& item) { define(variables, item.name, "variable"); });
    std::set<std::string> statics;
    each<IdlStatic>([&](const IdlStatic& item) {
      define(statics, item.name, "static symbol");
      if (!functions_.contains(item.name) && !variables.contains(item.name)) {
        error(position_, "unknown-function", "no function or variable is called '{}'", item.name);
      }
    });
  }

  void check_item(const IdlItem& item) {
    if (const auto* projection = std::get_if<IdlProjection>(&item.value)) {
      check_projection(*projection);
    } else if (const auto* object_class = std::get_if<IdlClass>(&item.value)) {
      check_projection(
          {object_class->structure, class_name(object_class->structure), object_class->fields});
    } else if (const auto* signature = std::get_if<IdlSignature>(&item.value)) {
      check_signature(*signature);
    } else if (const auto* rpc = std::get_if<IdlRpc>(&item.value)) {
      check_rpc(*rpc);
    } else if (const auto* global = std::get_if<IdlGlobal>(&item.value)) {
      check_global(*global);
    }
  }

  void check_global(const IdlGlobal& global) {
    if (!global.signature.empty() && !signatures_.contains(global.signature)) {
      error(position_, "unknown-signature", "no signature '{}'{}", global.signature,
            suggestion(global.signature, signatures_));
    }
    const char* what = !global.signature.empty() ? "function pointer"
                       : global.pointer          ? "pointer"
                       : global.count != 0       ? "array"
                                                 : nullptr;
    if (what && !global.in) {
      error(position_, "bad-attribute", "the {} '{}' crosses by value: [in] or [in, out]", what,
            global.name);
    }
  }

  void check_signature(const IdlSignature& signature) {
    std::set<std::string> names;
    operations_.insert(signature.operation);
    for (const std::string& name : signature.functions) {
      in_signatures_.insert(name);
      if (of_operations_.contains(name)) {
        error(position_, "unknown-function", "signature '{}' lists '{}', which is an operation",
              signature.name, name);
      }
      if (!functions_.contains(name)) {
        error(position_, "unknown-function", "signature '{}' lists '{}', which is not declared",
              signature.name, name);
      }
      if (!names.insert(name).second) {
        error(position_, "duplicate-name", "signature '{}' lists '{}' twice", signature.name, name);
      }
    }
  }

  void check_projection(const IdlProjection& projection) {
    std::set<std::string> names;
    if (modules_.contains(projection.structure) && !projection.fields.empty()) {
      error(position_, "module-content",
            "'{}' is what a [module] is, of which each end has its own: no field of it crosses",
            projection.structure);
    }
    if (opaque_.contains(projection.structure) && !projection.fields.empty()) {
      error(position_, "opaque-content", "'{}' is opaque and has no fields to project",
            projection.structure);
    }
    std::set<std::string> tagged;
    for (const IdlDeclaration& field : projection.fields) {
      const bool has_tag = find_attribute(attributes_of(field.type), when) != nullptr;
      if (has_tag && tagged.contains(field.name)) {
        check_alternative(field);
      } else if (!field.is_tail || !names.contains("")) {
        check_name(names, field, Place::field);
        if (has_tag) {
          tagged.insert(field.name);
        }
      } else {
        error(field.position, "duplicate-name", "a struct has one tail");
      }
      Shape shape = check_declaration(field, Place::field, {"self"});
      check_field(projection, field, shape);
    }
  }

  // Another thing that can be in the same member has a slot of its own, which C's macros do not know.
  void check_alternative(const IdlDeclaration& field) {
    const Shape shape = classify(field, Place::field).shape;
    if (shape == Shape::scalar || shape == Shape::numbers) {
      error(field.position, "duplicate-name", "'{}' as a number comes first", field.name);
    }
  }

  // What says what a member is crosses whenever that does, and that whenever it does: each end knows what
  // is there.
  void check_tags() {
    std::map<std::string, std::set<std::pair<std::string, std::string>>> tags; // by struct
    const auto each_struct = [&](const auto& use) {
      each<IdlProjection>([&](const IdlProjection& item) { use(item); });
      each<IdlClass>([&](const IdlClass& item) {
        use(IdlProjection{item.structure, class_name(item.structure), item.fields});
      });
    };
    each_struct([&](const IdlProjection& item) {
      for (const IdlDeclaration& field : item.fields) {
        if (const IdlAttribute* tag = find_attribute(attributes_of(field.type), when)) {
          for (const std::string& name : members_of_self(tag->expression)) {
            tags[item.structure].emplace(name, field.name);
          }
        }
      }
    });
    each_struct([&](const IdlProjection& item) {
      for (const auto& [tag, member] : tags[item.structure]) {
        for (IdlAttributeKind way : {in, out}) {
          const bool is_known = crosses_so(item, tag, in) || crosses_so(item, tag, out);
          if (crosses_so(item, member, way) ? !is_known : crosses_so(item, tag, way)) {
            error(position_, "lone-tag", "'{}' of '{}' crosses [{}] without '{}', {}",
                  is_known ? tag : member, item.name, way == in ? "in" : "out",
                  is_known ? member : tag, is_known ? "whose tag it is" : "its tag");
          }
        }
      }
    });
  }

  static bool crosses_so(const IdlProjection& projection, const std::string& name,
                         IdlAttributeKind way) {
    return std::ranges::any_of(projection.fields, [&](const IdlDeclaration& field) {
      return field.name == name && find_attribute(attributes_of(field.type), way) != nullptr;
    });
  }

  void check_name(std::set<std::string>& names, const IdlDeclaration& declaration, Place place) {
    std::string name = declaration.is_tail ? "" : declaration.name;
    if (!names.insert(name).second) {
      error(declaration.position, "duplicate-name", "'{}' is declared twice", name);
    }
    bool is_taken = place == Place::field
                        ? name == "ks_mask" || name == "ks_tail" || name.starts_with("ks_size_") ||
                              name.starts_with("ks_clear_")
                        : name.starts_with("ks_") || name == "self";
    if (is_taken) {
      error(declaration.position, "reserved-name", "'{}' is for generated code", name);
    }
  }

  void check_field(const IdlProjection& projection, const IdlDeclaration& field, Shape shape) {
    IdlAttributes attributes = attributes_of(field.type);
    if (const IdlAttribute* last = find_attribute(attributes, last_use)) {
      std::string key = projection.structure + "." + field.name;
      auto [known, is_new] = last_uses_.emplace(key, last->expression);
      if (!is_new && known->second != last->expression) {
        error(last->position, "conflicting-last-use",
              "'{}' has another last use elsewhere: {{{{{}}}}}", key, known->second);
      }
    }
    if (field.bits > 64 || (field.bits != 0 && shape != Shape::bits && shape != Shape::unused)) {
      error(field.position, "bad-shape", "'{}' is no bit-field", field.name);
    }
    if (shape == Shape::pointers && find_attribute(element_attributes(field.type), alloc_stack)) {
      error(field.position, "bad-shape", "an object cannot keep pointers to copies: '{}'",
            field.name);
    }
    check_without_tail(field, shape);
    check_fresh(projection, field, field.type.size_expression);
    check_fresh(projection, field, field.tail_expression);
    check_near(field.type.size_expression, field.position);
    check_near(field.tail_expression, field.position);
    for (const IdlAttribute* offset :
         {find_attribute(attributes, at), find_attribute(attributes, IdlAttributeKind::from)}) {
      if (offset != nullptr) {
        check_fresh(projection, field, offset->expression);
        check_near(offset->expression, offset->position);
      }
    }
    if (const IdlAttribute* moved = find_attribute(attributes, IdlAttributeKind::moved)) {
      check_near(moved->expression, moved->position);
    }
    if ((find_attribute(attributes, IdlAttributeKind::moved) != nullptr ||
         find_attribute(attributes, IdlAttributeKind::lent) != nullptr) &&
        find_attribute(attributes, kept) == nullptr) {
      error(field.position, "bad-attribute", "what is moved or lent is kept, too: '{}'",
            field.name);
    }
    if (find_attribute(attributes, IdlAttributeKind::inner) != nullptr &&
        find_attribute(attributes, in) != nullptr && find_attribute(attributes, out) != nullptr) {
      error(field.position, "bad-attribute",
            "the kernel's end follows '{}', which the driver's sends: it has no inner struct",
            field.name);
    }
    if (find_attribute(attributes, IdlAttributeKind::from) != nullptr &&
        field.type.size_kind != IdlSize::expression && field.type.size_kind != IdlSize::number) {
      error(field.position, "bad-shape", "'{}' begins further on and needs a count", field.name);
    }
    if (const IdlAttribute* extra = find_attribute(attributes, size)) {
      check_near(extra->expression, extra->position);
    }
  }

  // The kernel's end works this out for objects whose pointers may be NULL.
  void check_near(const std::string& expression, IdlPosition where) {
    for (const std::string& name : dereferenced_names(expression)) {
      if (name != "self") {
        error(where, "deep-expression", "{{{{{}}}}} looks behind '{}', which may be NULL",
              expression, name);
      }
    }
  }

  // Both ends work out lengths and offsets for themselves: what they use must cross as well.
  void check_fresh(const IdlProjection& projection, const IdlDeclaration& field,
                   const std::string& expression) {
    for (const std::string& name : members_of_self(expression)) {
      auto used = std::ranges::find(projection.fields, name, &IdlDeclaration::name);
      for (IdlAttributeKind way : {in, out}) {
        bool crosses = find_attribute(attributes_of(field.type), way) != nullptr;
        bool known = used != projection.fields.end() &&
                     find_attribute(attributes_of(used->type), way) != nullptr;
        if (crosses && !known) {
          warning(field.position, "stale-length", "{{{{{}}}}} uses '{}', which does not cross [{}]",
                  expression, name, way == in ? "in" : "out");
        }
      }
    }
  }

  static const IdlAttributes& element_attributes(const IdlType& type) {
    static const IdlAttributes none;
    bool by_element = !type.element.empty() && !type.element[0].pointers.empty();
    return by_element               ? type.element[0].pointers[0]
           : !type.pointers.empty() ? type.pointers[0]
                                    : none;
  }

  // A tail needs a pointer of its own.
  void check_without_tail(const IdlDeclaration& declaration, Shape shape) {
    if (shape != Shape::embedded && shape != Shape::structs && shape != Shape::inside &&
        shape != Shape::row) {
      return;
    }
    const IdlType& type =
        declaration.type.element.empty() ? declaration.type : declaration.type.element[0];
    auto found = projections_.find(type.name);
    if (found != projections_.end() &&
        std::ranges::any_of(found->second->fields, &IdlDeclaration::is_tail)) {
      error(declaration.position, "bad-shape",
            "'{}' has a tail, and there is no room for it in '{}'", type.name, declaration.name);
    }
  }

  void check_rpc(const IdlRpc& rpc) {
    std::set<std::string> names, visible;
    for (const IdlDeclaration& argument : rpc.arguments) {
      const bool has_tag = find_attribute(attributes_of(argument.type), when) != nullptr;
      const bool is_next = has_tag && &argument != rpc.arguments.data() &&
                           (&argument)[-1].name == argument.name &&
                           find_attribute(attributes_of((&argument)[-1].type), when);
      if (!is_next) {
        check_name(names, argument, Place::argument);
      }
      if (!has_tag) {
        visible.insert(argument.name);
      }
    }
    check_commands(rpc);
    for (const IdlDeclaration& argument : rpc.arguments) {
      check_without_tail(argument, check_declaration(argument, Place::argument, visible));
    }
    IdlDeclaration result;
    result.type = rpc.result;
    result.position = rpc.result.position;
    visible.insert("result");
    Shape shape = check_declaration(result, Place::result, visible);
    check_undo(rpc);
    for (const IdlDeclaration& argument : rpc.arguments) {
      const IdlAttributes attributes = attributes_of(argument.type);
      const IdlAttribute* attribute = find_attribute(attributes, freed);
      if (attribute && (!find_attribute(attributes, may_dealloc) || shape != Shape::scalar)) {
        error(attribute->position, "bad-attribute",
              "[freed] here: a result that is a number says whether what may be given back is");
      }
    }
    bool formats = false;
    for (const IdlDeclaration& argument : rpc.arguments) {
      bool is_format = find_attribute(attributes_of(argument.type), format) != nullptr;
      if (is_format && formats) {
        error(argument.position, "bad-attribute",
              "[format] here: one argument says what follows the last one");
      }
      formats |= is_format;
    }
    check_variable(rpc, formats);
    const bool is_kept =
        shape == Shape::buffer && find_attribute(attributes_of(rpc.result), kept) != nullptr;
    switch (is_kept ? Shape::handle : shape) {
    case Shape::copy:
    case Shape::inside:
    case Shape::buffer:
    case Shape::structs:
    case Shape::row:
    case Shape::pointers:
    case Shape::strings:
    case Shape::functions:
    case Shape::place:
      error(rpc.result.position, "bad-shape", "'{}' returns what nobody keeps", rpc.name);
      break;
    case Shape::embedded: check_returned(rpc, rpc.result.name); break;
    case Shape::nothing:
    case Shape::unused:
    case Shape::scalar:
    case Shape::bits:
    case Shape::numbers:
    case Shape::flexible:
    case Shape::object:
    case Shape::string:
    case Shape::function:
    case Shape::handle:
    case Shape::percpu:
    case Shape::cookie:
    case Shape::tail: break;
    }
    check_life(rpc, shape);
    for (const IdlClause& clause : rpc.clauses) {
      check_clause(rpc, clause);
    }
  }

  // What an argument is another one says, which is one number.
  void check_commands(const IdlRpc& rpc) {
    for (const IdlDeclaration& argument : rpc.arguments) {
      const IdlAttributes attributes = attributes_of(argument.type);
      const IdlAttribute* tag = find_attribute(attributes, when);
      const bool is_number = classify(argument, Place::argument).shape == Shape::scalar ||
                             find_attribute(attributes, number);
      if (!tag) {
        if (find_attribute(attributes, number)) {
          error(argument.position, "bad-attribute",
                "[number] here: only an argument that is several things is a number in C");
        }
        continue;
      }
      for (const std::string& name : free_names(tag->expression)) {
        auto found = std::ranges::find(rpc.arguments, name, &IdlDeclaration::name);
        if (found != rpc.arguments.end() &&
            classify(*found, Place::argument).shape != Shape::scalar) {
          error(tag->position, "bad-tag", "'{}' is no number, and says nothing of '{}'", name,
                argument.name);
        }
      }
      for (IdlAttributeKind kind : {nonnull, dealloc, may_dealloc, only, format}) {
        if (const IdlAttribute* other = find_attribute(attributes, kind)) {
          error(other->position, "bad-attribute", "[{}] here: '{}' is not always that",
                attribute_word(*other), argument.name);
        }
      }
      if (find_attribute(attributes, kept) &&
          (argument.type.stem == IdlStem::string ||
           argument.type.size_kind == IdlSize::null_terminated)) {
        error(argument.position, "bad-shape", "where '{}' ends is not asked of what it may not be",
              argument.name);
      }
      const auto first = std::ranges::find(rpc.arguments, argument.name, &IdlDeclaration::name);
      const bool begins_as_number = classify(*first, Place::argument).shape == Shape::scalar ||
                                    find_attribute(attributes_of(first->type), number);
      if (is_number != begins_as_number) {
        error(argument.position, "bad-shape",
              "'{}' is a number in C, or it is a pointer; not one and the other", argument.name);
      }
    }
  }

  // Of a struct that is returned by value, pointers can only name what outlives the call.
  void check_returned(const IdlRpc& rpc, const std::string& projection) {
    auto found = projections_.find(projection);
    if (found == projections_.end()) {
      return;
    }
    for (const IdlDeclaration& field : found->second->fields) {
      Shape shape = classify(field, Place::field).shape;
      if (shape == Shape::embedded) {
        check_returned(rpc,
                       field.type.element.empty() ? field.type.name : field.type.element[0].name);
      } else if (shape == Shape::copy || shape == Shape::inside || shape == Shape::buffer ||
                 shape == Shape::structs || shape == Shape::row || shape == Shape::pointers ||
                 shape == Shape::string) {
        error(rpc.result.position, "bad-shape", "'{}' returns what nobody keeps, '{}'", rpc.name,
              field.name);
      }
    }
  }

  // A clause names fields of the struct's class, each of which crosses that way.
  void check_clause(const IdlRpc& rpc, const IdlClause& clause) {
    auto found = classes_.find(clause.structure);
    if (found == classes_.end()) {
      error(clause.position, "unknown-class", "'{}' has no class", clause.structure);
      return;
    }
    bool to_kernel = clause.push == !is_to_kernel(rpc.kind);
    std::set<std::string> names;
    for (const std::string& name : clause.fields) {
      const auto& fields = found->second->fields;
      auto field = std::ranges::find(fields, name, &IdlDeclaration::name);
      if (!names.insert(name).second) {
        error(clause.position, "duplicate-name", "'{}' is named twice", name);
      } else if (field == fields.end()) {
        error(clause.position, "unknown-field", "the class of '{}' has no '{}'", clause.structure,
              name);
      } else if (!find_attribute(attributes_of(field->type), to_kernel ? in : out)) {
        error(clause.position, "bad-attribute", "'{}' of '{}' does not cross to the {}", name,
              clause.structure, to_kernel ? "kernel" : "driver");
      }
    }
  }

  // What C passes behind the last parameter.
  void check_variable(const IdlRpc& rpc, bool formats) {
    if (rpc.variable == 0) {
      return;
    }
    const size_t named = rpc.arguments.size() - rpc.variable;
    for (size_t i = named; i < rpc.arguments.size(); ++i) {
      if (find_attribute(attributes_of(rpc.arguments[i].type), when)) {
        error(rpc.arguments[i].position, "bad-attribute", "[when] here: '{}' is one thing only",
              rpc.arguments[i].name);
      }
    }
    const IdlPosition where = rpc.arguments[named].position;
    if (named == 0) {
      error(where, "bad-shape", "there is no argument before '...'");
    } else if (formats) {
      error(where, "bad-shape", "a [format] says already what follows the last argument");
    }
    constexpr std::string_view numbers[] = {"int",           "unsigned int", "long",
                                            "unsigned long", "long long",    "unsigned long long"};
    for (size_t i = named; i < rpc.arguments.size(); ++i) {
      const IdlType& type = rpc.arguments[i].type;
      const bool is_number = type.stem == IdlStem::scalar &&
                             std::ranges::find(numbers, type.name) != std::end(numbers);
      if (type.pointers.empty() && type.stem != IdlStem::function && !is_number) {
        error(rpc.arguments[i].position, "bad-shape",
              "'{}' is behind '...', where only pointers and numbers of type int or longer are",
              rpc.arguments[i].name);
      }
    }
  }

  // The module's init and exit.
  void check_life(const IdlRpc& rpc, Shape result) {
    IdlAttributes attributes = attributes_of(rpc.result);
    for (IdlAttributeKind kind : {init, exit}) {
      const IdlAttribute* attribute = find_attribute(attributes, kind);
      if (attribute == nullptr) {
        continue;
      }
      bool& known = kind == init ? has_init_ : has_exit_;
      if (known) {
        error(attribute->position, "duplicate-name", "a second [{}] function: '{}'",
              attribute_word(*attribute), rpc.name);
      }
      known = true;
      bool fits = rpc.kind == IdlRpcKind::rpc_ptr && rpc.arguments.empty() &&
                  (result == Shape::nothing || (kind == init && result == Shape::scalar));
      if (!fits) {
        error(attribute->position, "bad-attribute",
              "[{}] is for a rpc_ptr without arguments that returns {}", attribute_word(*attribute),
              kind == init ? "int" : "nothing");
      }
    }
  }

  bool crosses(const IdlAttributes& attributes, const IdlType& type, Place place) const {
    bool embedded = type.stem == IdlStem::projection && type.pointers.empty();
    return place != Place::field || embedded || find_attribute(attributes, in) != nullptr ||
           find_attribute(attributes, out) != nullptr;
  }

  Shape check_declaration(const IdlDeclaration& declaration, Place place,
                          const std::set<std::string>& visible) {
    const IdlType& type = declaration.type;
    IdlAttributes attributes = attributes_of(type);
    check_type_names(type, declaration);
    Classified classified = classify(declaration, place);
    if (!classified.problem.empty() && crosses(attributes, type, place)) {
      error(declaration.position, "bad-shape", "{}", classified.problem);
    }
    if (classified.shape == Shape::nothing && !classified.problem.empty()) {
      return Shape::nothing;
    }
    for (const IdlAttribute& attribute : attributes) {
      std::string_view why = misuse(attribute, classified.shape, place);
      if (!why.empty()) {
        error(attribute.position, "bad-attribute", "[{}] here: {}", attribute_word(attribute), why);
      }
    }
    check_sides(element_attributes(type), declaration);
    check_expressions(declaration, attributes, visible);
    if (classified.shape == Shape::place) {
      check_expression(type.element[0].size_expression, declaration.position, visible);
    }
    check_ends(declaration, place, attributes);
    return classified.shape;
  }

  // One way to come by an object for each side.
  void check_sides(const IdlAttributes& attributes, const IdlDeclaration& declaration) {
    std::map<IdlSide, u32> ways;
    for (const IdlAttribute& attribute : attributes) {
      bool is_way = attribute.kind == alloc || attribute.kind == bind ||
                    attribute.kind == alloc_once || attribute.kind == alloc_stack;
      if (is_way && ++ways[attribute.side] == 2) {
        error(attribute.position, "bad-attribute", "'{}' says twice how the {} comes by it",
              declaration.name, attribute.side == IdlSide::caller ? "caller" : "callee");
      }
    }
  }

  // What ends with a zero element, and where a string is stored.
  void check_ends(const IdlDeclaration& declaration, Place place, const IdlAttributes& attributes) {
    if (place == Place::argument && classify(declaration, place).shape == Shape::strings &&
        find_attribute(attributes, out) &&
        (find_attribute(attributes, in) || declaration.type.size_kind != IdlSize::number ||
         declaration.type.size != 1)) {
      error(declaration.position, "bad-shape", "'{}' comes back, and is more than one place",
            declaration.name);
    }
    const Shape shape = classify(declaration, place).shape;
    if (shape == Shape::place) {
      check_led(declaration, attributes);
    }
    const bool is_kept = find_attribute(attributes, kept) != nullptr;
    if (place == Place::argument && find_attribute(attributes, out) &&
        (shape == Shape::functions || (shape == Shape::strings && is_kept))) {
      error(declaration.position, "bad-shape", "'{}' does not come back", declaration.name);
    }
    if (is_kept && shape == Shape::pointers &&
        find_attribute(element_attributes(declaration.type), alloc_stack)) {
      error(declaration.position, "bad-shape", "what is kept in '{}' are no copies",
            declaration.name);
    }
    if (declaration.type.size_kind != IdlSize::null_terminated) {
      return;
    }
    if (place == Place::argument && find_attribute(attributes, out) &&
        !(is_kept && shape == Shape::buffer)) {
      error(declaration.position, "bad-shape", "'{}' comes back and needs a count",
            declaration.name);
    }
  }

  // What is stored is kept, and comes back only.
  void check_led(const IdlDeclaration& declaration, const IdlAttributes& attributes) {
    IdlDeclaration led = declaration;
    led.type = declaration.type.element[0];
    const Shape shape = classify(led, Place::argument).shape;
    if ((shape != Shape::buffer && !is_table(shape)) || led.type.element[0].pointers.size() > 1) {
      error(declaration.position, "bad-shape", "'{}' is where an array of these cannot be stored",
            declaration.name);
      return;
    }
    if (find_attribute(attributes_of(led.type), kept) == nullptr) {
      error(declaration.position, "bad-attribute", "what is stored in '{}' is kept",
            declaration.name);
    }
    if (find_attribute(attributes, in) || !find_attribute(attributes, out) ||
        declaration.type.size_kind != IdlSize::number || declaration.type.size != 1) {
      error(declaration.position, "bad-shape", "'{}' only comes back, and is one place",
            declaration.name);
    }
    if (shape == Shape::pointers && find_attribute(element_attributes(led.type), alloc_stack)) {
      error(declaration.position, "bad-shape", "what is kept in '{}' are no copies",
            declaration.name);
    }
  }

  void check_type_names(const IdlType& type, const IdlDeclaration& declaration) {
    IdlPosition at_type = type.position.line != 0 ? type.position : declaration.position;
    if (type.stem == IdlStem::projection && !projections_.contains(type.name)) {
      error(at_type, "unknown-projection", "no projection '{}'{}", type.name,
            suggestion(type.name, projections_));
    }
    if (type.stem == IdlStem::function && !signatures_.contains(type.name)) {
      error(at_type, "unknown-signature", "no signature '{}'{}", type.name,
            suggestion(type.name, signatures_));
    }
    bool is_struct = type.name.starts_with("struct ") || type.name.starts_with("union ");
    if (type.stem == IdlStem::scalar && is_struct && !find_attribute(attributes_of(type), unused)) {
      error(at_type, "bad-shape", "'{}' is no scalar: use a projection of it", type.name);
    }
    for (const IdlType& element : type.element) {
      check_type_names(element, declaration);
    }
  }

  void check_expressions(const IdlDeclaration& declaration, const IdlAttributes& attributes,
                         const std::set<std::string>& visible) {
    check_expression(declaration.type.size_expression, declaration.position, visible);
    check_expression(declaration.tail_expression, declaration.position, visible);
    for (const IdlAttribute& attribute : attributes) {
      if (attribute.kind == within) {
        for (const IdlWhole& one : wholes_of(attribute.expression)) {
          check_expression(one.holder, attribute.position, visible);
          check_expression(one.whole, attribute.position, visible);
        }
        continue;
      }
      if (attribute.kind == freed) {
        check_expression(attribute.expression, attribute.position, {"result"});
        continue;
      }
      bool is_call = says_call(attribute.kind);
      CallText call = call_of(attribute.expression);
      if (is_call && call.function.empty()) {
        error(attribute.position, "bad-undo", "[{}] needs a call of one function, not {{{{{}}}}}",
              attribute_word(attribute), attribute.expression);
      }
      check_expression(is_call ? std::string(call.arguments) : attribute.expression,
                       attribute.position, visible);
    }
  }

  static bool is_end(IdlAttributeKind kind) { return kind == ends || kind == drops; }

  static bool says_call(IdlAttributeKind kind) {
    return kind == undo || kind == unlock || kind == cancel || kind == given || kind == reference ||
           is_end(kind);
  }

  // What is kept until it is undone must mean the same then.
  void check_undo(const IdlRpc& rpc) {
    constexpr size_t most_words = 3;
    u32 count = 0;
    for (const IdlAttribute& attribute : attributes_of(rpc.result)) {
      if (!says_call(attribute.kind)) {
        continue;
      }
      CallText call = call_of(attribute.expression);
      std::vector<std::string> words = free_names(call.arguments);
      if (is_end(attribute.kind) ? rpc.kind != IdlRpcKind::rpc : ++count == 2) {
        error(attribute.position, "bad-undo", "'{}' {}", rpc.name,
              is_end(attribute.kind) ? "is the driver's, and ends nothing" : "is undone twice");
      }
      if (attribute.kind == reference && rpc.kind != IdlRpcKind::rpc) {
        error(attribute.position, "bad-undo", "'{}' is the driver's, and takes no reference",
              rpc.name);
      }
      if (words.size() > most_words) {
        error(attribute.position, "bad-undo", "more than {} values are kept", most_words);
      }
      bool has_object = false, has_counted = false;
      for (const std::string& word : words) {
        auto argument = std::ranges::find(rpc.arguments, word, &IdlDeclaration::name);
        IdlDeclaration result;
        result.type = rpc.result;
        bool is_result = argument == rpc.arguments.end();
        Shape shape =
            classify(is_result ? result : *argument, is_result ? Place::result : Place::argument)
                .shape;
        if (shape != Shape::object && shape != Shape::handle && shape != Shape::scalar &&
            shape != Shape::cookie) {
          error(attribute.position, "bad-undo", "'{}' does not outlive the call", word);
        }
        bool is_object = shape == Shape::object || shape == Shape::handle;
        has_object |= is_object && !is_result;
        has_counted |= is_object;
      }
      if ((attribute.kind == reference || attribute.kind == drops) && !has_counted &&
          (attribute.kind == drops || rpc.kind == IdlRpcKind::rpc)) {
        error(attribute.position, "bad-undo", "[{}] needs an object", attribute_word(attribute));
      }
      if (rpc.kind != IdlRpcKind::rpc && !is_end(attribute.kind) && !has_object) {
        error(attribute.position, "bad-undo", "'{}' is given no object that it could keep",
              rpc.name);
      }
    }
  }

  void check_expression(const std::string& expression, IdlPosition where,
                        const std::set<std::string>& visible) {
    for (const std::string& name : free_names(expression)) {
      if (!visible.contains(name)) {
        error(where, "unknown-name", "'{}' in {{{{{}}}}} is not known here{}", name, expression,
              suggestion(name, visible));
      }
    }
  }

  // Copies in copies must end somewhere.
  void check_copies() {
    std::map<std::string, int> state; // 1 being visited, 2 done
    for (const auto& [name, projection] : projections_) {
      visit_copy(name, state);
    }
  }

  void visit_copy(const std::string& name, std::map<std::string, int>& state) {
    auto found = projections_.find(name);
    if (found == projections_.end() || state[name] == 2) {
      return;
    }
    state[name] = 1;
    for (const IdlDeclaration& field : found->second->fields) {
      Shape shape = classify(field, Place::field).shape;
      bool copied = shape == Shape::copy || shape == Shape::embedded || shape == Shape::inside ||
                    shape == Shape::structs;
      const IdlType& type = field.type.element.empty() ? field.type : field.type.element[0];
      if (!copied) {
        continue;
      }
      if (state[type.name] == 1) {
        error(field.position, "unbounded-copy",
              "a copy of '{}' holds copies of itself through '{}'", type.name, field.name);
      } else {
        visit_copy(type.name, state);
      }
    }
    state[name] = 2;
  }

  void check_reachable() {
    each<IdlRpc>([&](const IdlRpc& rpc) {
      IdlAttributes attributes = attributes_of(rpc.result);
      bool is_life = find_attribute(attributes, init) || find_attribute(attributes, exit);
      if (rpc.kind == IdlRpcKind::rpc_ptr && !is_life && !in_signatures_.contains(rpc.name)) {
        warning(position_, "unreachable-function",
                "no signature lists '{}': the kernel has no way to call it", rpc.name);
      }
      if (rpc.kind == IdlRpcKind::rpc_op && !operations_.contains(rpc.name)) {
        warning(position_, "unreachable-function",
                "no signature is of '{}': the driver has no way to call it", rpc.name);
      }
    });
  }
};

} // namespace

std::vector<Finding> check_idl(const IdlModule& module) { return Checker(module).run(); }

} // namespace ks::idlc

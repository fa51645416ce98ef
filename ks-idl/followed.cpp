// SPDX-License-Identifier: MIT
// Who follows untyped pointers to memory without a struct: at once, after arithmetic, or wherever the same side has
// passed, returned or stored the pointer before. And who makes such pointers: what the other side has given is only
// handed back. What is not seen to come from there, is the side's own.

#include "ks-idl/infer.hpp"

namespace ks::idl {
namespace {

// Where a pointer is held: in a field, an argument or the result of a function, a variable.
enum class Holder : u8 { field, argument, result, global, local };
using Node = std::tuple<Holder, u32, u32>;

class Finder {
public:
  Finder(const View& view, const TypeTable& types, bool is_domain)
      : view_(view), summary_(view.summary()), types_(types), is_domain_(is_domain),
        overlaps_(find_overlaps(summary_, SameStructure::type)),
        runs_(is_domain ? view.runs_in_domain() : view.runs_in_kernel(Peers::left_out)) {
    for (u32 i = 0; i < summary_.fields.size(); ++i) {
      first_row_.emplace(summary_.fields[i].name, i);
    }
  }

  Followed run() {
    for (const Access& access : summary_.accesses) {
      if (runs_[row(access.function)]) {
        add(access);
      }
    }
    for (u32 i = 0; i < summary_.calls.size(); ++i) {
      if (runs_[row(view_.call(i).caller)]) {
        add_arguments(CallId{i});
      }
    }
    for (const Initializer& initializer : summary_.initializers) {
      add(initializer);
    }
    for (const Return& result : summary_.returns) {
      if (runs_[row(result.function)]) {
        add(result);
      }
    }
    return result();
  }

private:
  const View& view_;
  const Summary& summary_;
  const TypeTable& types_;
  const bool is_domain_;
  const Groups overlaps_; // of fields
  const std::vector<bool> runs_; // by function, whether it runs on the side that is asked for
  std::map<std::string, u32> first_row_; // of fields, by name
  std::map<Node, std::set<Node>> sources_; // where what a node holds may come from
  std::map<Node, std::set<Node>> holders_; // where it may go
  std::vector<Node> followed_, written_; // where a pointer is that is followed, and to write
  std::vector<Node> made_; // and one that the side has not got from the other one
  std::set<std::string> stored_; // fields that something is written to

  Node node_of(FieldId field) const {
    return {Holder::field, first_row_.at(summary_.fields[row(field)].name), 0};
  }

  // Memory that is no struct, or nobody knows what.
  bool is_plain(TypeId type) const {
    type = type == none<TypeId> ? type : types_.element(type);
    return type == none<TypeId> || types_.kind(type) == TypeKind::void_ || types_.is_scalar(type);
  }

  // Of a place, the pointer that leads to the bytes that it is a part of; none where a struct is in between.
  PathId pointer_to(PathId place) const {
    while (place != none<PathId> && (view_.path(place).step == StepKind::element ||
                                     view_.path(place).step == StepKind::cast)) {
      place = view_.path(place).parent;
    }
    const bool leads = place != none<PathId> && view_.path(place).step == StepKind::dereference &&
                       is_plain(view_.path(place).type);
    return leads ? view_.path(place).parent : none<PathId>;
  }

  // Calls visit(NODE) for each that the pointer may come from. False if it may come from elsewhere, too.
  template <class F>
  bool each_origin(PathId value, F visit) const {
    if (value != none<PathId> && view_.path(value).step == StepKind::address) {
      value = pointer_to(view_.path(value).parent);
    }
    while (value != none<PathId> && view_.path(value).step == StepKind::element) {
      value = view_.path(value).parent;
    }
    if (value == none<PathId>) {
      return false;
    }
    const Path& path = view_.path(value);
    switch (path.step) {
    case StepKind::argument: visit(Node{Holder::argument, row(path.function), path.index}); break;
    case StepKind::local: visit(Node{Holder::local, row(path.function), path.index}); break;
    case StepKind::global: visit(Node{Holder::global, row(path.global), 0}); break;
    case StepKind::integer:
    case StepKind::function: break;
    case StepKind::field:
      if (path.field == none<FieldId>) {
        return false;
      }
      visit(node_of(path.field));
      break;
    case StepKind::call_result: return each_result(CallId{path.index}, visit);
    default: return false;
    }
    return true;
  }

  template <class F>
  bool each_result(CallId call, F visit) const {
    if (row(call) >= summary_.calls.size() || view_.targets_of(call).empty()) {
      return false;
    }
    bool is_known = true;
    for (FunctionId target : view_.targets_of(call)) {
      visit(Node{Holder::result, row(target), 0});
      is_known &= !runs_[row(target)] || !view_.was_dropped(target);
    }
    return is_known;
  }

  void flow(PathId value, const Node& to) {
    const bool is_known = each_origin(value, [&](const Node& from) {
      sources_[to].insert(from);
      holders_[from].insert(to);
    });
    if (!is_known) {
      made_.push_back(to);
    }
  }

  void add(const Access& access) {
    if (access.kind == AccessKind::free || access.kind == AccessKind::compare) {
      return;
    }
    // What assembly reads and writes are registers of devices, or no more than one number.
    if (access.field == none<FieldId> && access.source != AccessSource::inline_asm) {
      each_origin(pointer_to(access.path), [&](const Node& node) {
        (access.kind == AccessKind::read ? followed_ : written_).push_back(node);
      });
    }
    if (access.kind != AccessKind::read) {
      add_write(access);
    }
  }

  void add_write(const Access& access) {
    if (access.field != none<FieldId>) {
      add_stored(access.field);
    }
    // What a copy of a struct or its clearing leaves in a field is what such fields had before, or nothing; and what is
    // written through a pointer to a scalar is no pointer.
    if (access.source != AccessSource::instruction && access.field != none<FieldId> &&
        access.value == none<PathId>) {
      return;
    }
    if (access.field != none<FieldId>) {
      flow(access.value, node_of(access.field));
    } else {
      each_origin(access.path, [&](const Node& to) { flow(access.value, to); });
    }
  }

  // Whatever member of a union it is called.
  void add_stored(FieldId field) {
    for (u32 same : overlaps_.of(row(field))) {
      stored_.insert(summary_.fields[same].name);
    }
  }

  void add(const Initializer& initializer) {
    const bool is_address =
        initializer.kind == ValueKind::global || initializer.kind == ValueKind::string;
    if (is_address && initializer.field != none<FieldId> &&
        view_.is_driver(initializer.global) == is_domain_) {
      made_.push_back(node_of(initializer.field));
      add_stored(initializer.field);
    }
  }

  void add(const Return& result) {
    if (!result.is_constant) {
      flow(result.path, {Holder::result, row(result.function), 0});
    }
  }

  void add_arguments(CallId call) {
    for (u32 i : view_.arguments_of(call)) {
      const Argument& argument = summary_.arguments[i];
      for (FunctionId target : view_.targets_of(call)) {
        if (runs_[row(target)]) {
          flow(argument.path, {Holder::argument, row(target), argument.index});
        }
      }
    }
  }

  // These, and what the edges lead to from there.
  static std::set<Node> reached(std::vector<Node> pending,
                                const std::map<Node, std::set<Node>>& edges) {
    std::set<Node> seen;
    while (!pending.empty()) {
      const Node node = pending.back();
      pending.pop_back();
      auto found = seen.insert(node).second ? edges.find(node) : edges.end();
      if (found != edges.end()) {
        pending.insert(pending.end(), found->second.begin(), found->second.end());
      }
    }
    return seen;
  }

  std::set<std::string> fields_of(const std::set<Node>& nodes) const {
    std::set<std::string> fields;
    for (const auto& [holder, at, index] : nodes) {
      if (holder == Holder::field) {
        fields.insert(summary_.fields[at].name);
      }
    }
    return fields;
  }

  static std::set<FunctionId> functions_of(const std::set<Node>& nodes) {
    std::set<FunctionId> functions;
    for (const auto& [holder, at, index] : nodes) {
      if (holder == Holder::result) {
        functions.insert(FunctionId{at});
      }
    }
    return functions;
  }

  Followed result() const {
    const std::set<Node> written = reached(written_, sources_);
    const std::set<Node> made = reached(made_, holders_);
    std::set<Node> followed = reached(followed_, sources_);
    followed.insert(written.begin(), written.end());
    return {fields_of(followed),    fields_of(written), fields_of(made), stored_,
            functions_of(followed), functions_of(made)};
  }
};

} // namespace

Followed find_followed(const View& view, const TypeTable& types, bool is_domain) {
  return Finder(view, types, is_domain).run();
}

} // namespace ks::idl

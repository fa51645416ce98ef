// SPDX-License-Identifier: MIT
// What the driver does with plain memory of the kernel's: whether its code writes to memory that is nothing but
// scalars, and what it takes the memory for that a function of the kernel's returns without a type.

#include "ks-idl/infer.hpp"

#include <algorithm>

namespace ks::idl {
namespace {

bool is_step_below(StepKind step) {
  return step == StepKind::dereference || step == StepKind::element || step == StepKind::cast ||
         step == StepKind::address || step == StepKind::field;
}

// What the place is in without a pointer in between: what its last pointer leads to, or what has a name.
const Path& outermost(const View& view, PathId place) {
  while (view.path(place).parent != none<PathId> &&
         view.path(place).step != StepKind::dereference) {
    place = view.path(place).parent;
  }
  return view.path(place);
}

// What a call returns, also one of an allocator: it may be the kernel's, and give out memory of the kernel's.
bool is_made_by_call(const Path& path) {
  return path.step == StepKind::call_result || path.step == StepKind::allocation;
}

// Memory that is certainly the driver's own, or a variable by its name.
bool is_own(const View& view, PathId place) {
  const Path& outer = outermost(view, place);
  if (outer.step != StepKind::dereference) {
    return true;
  }
  const Path& pointer = view.path(outer.parent);
  if (pointer.step == StepKind::address) {
    return true;
  }
  return is_made_by_call(pointer) && pointer.index < view.summary().calls.size() &&
         std::ranges::any_of(
             view.targets_of(CallId{pointer.index}),
             [&](FunctionId target) { return view.is_library(target); });
}

bool writes_plain(const View& view, const Access& access) {
  const bool writes = access.kind == AccessKind::write || access.kind == AccessKind::update;
  return writes && access.field == none<FieldId> && access.global == none<GlobalId> &&
         (access.path == none<PathId> || !is_own(view, access.path));
}

// Structs that code of the domain takes the result of a call for.
class Finder {
public:
  Finder(const View& view, const TypeTable& types, FunctionId function)
      : view_(view), types_(types), function_(function) {}

  ResultUse run() {
    find_sources();
    for (u32 i = 0; i < view_.function_count(); ++i) {
      if (!view_.in_domain(FunctionId{i})) {
        continue;
      }
      for (u32 number : view_.paths_of(FunctionId{i})) {
        const Path& path = view_.summary().paths[number];
        if (is_step_below(path.step) && path.parent != none<PathId> && is_result(path.parent) &&
            path.step != StepKind::address) {
          add(path.type);
        }
      }
      for (u32 number : view_.accesses_of(FunctionId{i})) {
        const Access& access = view_.summary().accesses[number];
        if (access.value != none<PathId> && is_result(access.value) &&
            access.path != none<PathId>) {
          add(types_.pointee(view_.path(access.path).type));
        }
        use_.untyped |= access.field == none<FieldId> && access.path != none<PathId> &&
                        is_in_result(access.path);
      }
    }
    return use_;
  }

private:
  const View& view_;
  const TypeTable& types_;
  const FunctionId function_;
  std::set<FunctionId>
      sources_; // the function, and those of the domain that return what it returns
  ResultUse use_;

  void find_sources() {
    sources_ = {function_};
    for (bool more = true; more;) {
      more = false;
      for (u32 i = 0; i < view_.function_count(); ++i) {
        const FunctionId function{i};
        if (view_.in_domain(function) && !sources_.contains(function) &&
            std::ranges::any_of(view_.returns_of(function), [&](u32 number) {
              const Return& result = view_.summary().returns[number];
              return result.path != none<PathId> && is_result(result.path);
            })) {
          more = sources_.insert(function).second;
        }
      }
    }
  }

  bool is_result(PathId path) const {
    const Path& row = view_.path(path);
    return is_made_by_call(row) && row.index < view_.summary().calls.size() &&
           std::ranges::any_of(
               view_.targets_of(CallId{row.index}),
               [&](FunctionId target) { return sources_.contains(target); });
  }

  // Whether it is bytes behind the result without a pointer or a struct in between.
  bool is_in_result(PathId place) const {
    const Path& outer = outermost(view_, place);
    return outer.step == StepKind::dereference && is_result(outer.parent);
  }

  void add(TypeId type) {
    type = type == none<TypeId> ? type : types_.complete(types_.element(type));
    if (type == none<TypeId>) {
      return;
    }
    use_.known |= types_.is_structure(type) && !types_.is_opaque(type);
    if (!types_.is_structure(type)) {
      use_.scalars |= types_.is_scalar(type);
    } else if (use_.structure == none<TypeId> || types_.tag(use_.structure) == types_.tag(type)) {
      use_.structure = type;
    } else {
      use_.several = true;
    }
  }
};

// Whether the value leads to an array of scalars in an object, or to what a pointer to scalars leads to.
bool leads_to_scalars(const View& view, const TypeTable& types, PathId value) {
  const Path& path = view.path(value);
  const bool is_address = path.step == StepKind::address && path.parent != none<PathId>;
  TypeId type = is_address ? view.path(path.parent).type : path.type;
  type = is_address || type == none<TypeId> ? type : types.pointee(type);
  const TypeId element = type == none<TypeId> ? type : types.element(type);
  return element != none<TypeId> && types.is_scalar(element);
}

// Calls use(FIELD) for each field that the value was made from, the last one first, until it says true.
template <class F>
bool any_source(const View& view, PathId value, F use) {
  for (; value != none<PathId>; value = view.path(value).parent) {
    if (view.path(value).step == StepKind::field && use(view.path(value).field)) {
      return true;
    }
  }
  return false;
}

// Calls visit(ACCESS) for each write of code of the domain.
template <class F>
void each_write(const View& view, F visit) {
  for (u32 i = 0; i < view.function_count(); ++i) {
    if (!view.in_domain(FunctionId{i})) {
      continue;
    }
    for (u32 number : view.accesses_of(FunctionId{i})) {
      const Access& access = view.summary().accesses[number];
      if (access.kind == AccessKind::write) {
        visit(access);
      }
    }
  }
}

} // namespace

bool writes_plain_memory(const View& view) {
  for (u32 i = 0; i < view.function_count(); ++i) {
    const FunctionId function{i};
    if (!view.in_domain(function)) {
      continue;
    }
    if (!view.unknowns_of(function).empty() ||
        std::ranges::any_of(view.accesses_of(function), [&](u32 access) {
          return writes_plain(view, view.summary().accesses[access]);
        })) {
      return true;
    }
  }
  return false;
}

std::set<std::string> find_lent(const View& view) {
  std::set<std::string> result;
  const auto add = [&](PathId value, FieldId to) {
    any_source(view, value, [&](FieldId source) {
      if (source != none<FieldId> && source != to) {
        result.insert(view.summary().fields[row(source)].name);
      }
      return true; // what lies before it is where the value came from, not the value
    });
  };
  each_write(view, [&](const Access& access) {
    if (access.path != none<PathId> && outermost(view, access.path).step != StepKind::local) {
      add(access.value, access.field);
    }
  });
  for (const Argument& argument : view.summary().arguments) {
    if (view.in_domain(view.call(row(argument.call)).caller) &&
        std::ranges::any_of(view.targets_of(argument.call), [&](FunctionId target) {
          return view.in_kernel(target) && !view.in_domain(target);
        })) {
      add(argument.path, none<FieldId>);
    }
  }
  return result;
}

std::set<std::string> find_moved(const View& view) {
  std::set<std::string> result;
  each_write(view, [&](const Access& access) {
    if (access.field != none<FieldId> &&
        any_source(view, access.value, [&](FieldId source) { return source == access.field; })) {
      result.insert(view.summary().fields[row(access.field)].name);
    }
  });
  return result;
}

bool returns_scalars(const View& view, const TypeTable& types, FunctionId function) {
  return std::ranges::any_of(view.returns_of(function), [&](u32 number) {
    const PathId path = view.summary().returns[number].path;
    return path != none<PathId> && leads_to_scalars(view, types, path);
  });
}

bool returns_allocated(const View& view, FunctionId function) {
  return std::ranges::any_of(view.returns_of(function), [&](u32 number) {
    const PathId path = view.summary().returns[number].path;
    return path != none<PathId> && view.path(path).step == StepKind::allocation;
  });
}

ResultUse use_of_result(const View& view, const TypeTable& types, FunctionId function) {
  return Finder(view, types, function).run();
}

} // namespace ks::idl

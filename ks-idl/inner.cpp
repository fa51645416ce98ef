// SPDX-License-Identifier: MIT
// Untyped members that the driver's code follows to structs which no code of the kernel looks into: their contents
// are bytes to the kernel, which has them in memory of its own, as a copy or behind an object. Only where all that is
// ever stored in the member is an address that the kernel has made, or a pointer that has crossed as one: of these the
// kernel's end knows at run time that they are the driver's. A number of the driver's that the kernel casts is not followed.

#include "ks-idl/infer.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ks::idl {
namespace {

class Finder {
public:
  Finder(const View& view, const TypeTable& types)
      : view_(view), summary_(view.summary()), types_(types),
        overlaps_(find_overlaps(summary_, SameStructure::type)) {}

  std::map<std::string, u64> run() {
    find_known();
    for (const Path& path : summary_.paths) {
      add_followed(path);
    }
    for (const Access& access : summary_.accesses) {
      if ((access.kind == AccessKind::write || access.kind == AccessKind::update) &&
          access.field != none<FieldId> && view_.in_kernel(access.function)) {
        kernels_writes_[name_of(access.field)].push_back(access.value);
      }
    }
    for (const Access& access : summary_.accesses) {
      if (access.kind == AccessKind::write || access.kind == AccessKind::update) {
        add_write(access);
      }
    }
    for (u32 i = 0; i < summary_.calls.size(); ++i) {
      add_passed(CallId{i});
    }
    for (const auto& [name, bytes] : bytes_) {
      if (unsure_.contains(name) && !not_.contains(name)) {
        warn(
            unsure_.at(name), "unknown-contents",
            fmt::format("{} leads to a struct that only the driver looks into, and what the kernel "
                        "stores there may be the driver's: of the kernel's own memory nothing "
                        "crosses",
                        name));
      }
    }
    std::erase_if(bytes_, [&](const auto& one) {
      return not_.contains(one.first) || unsure_.contains(one.first) ||
             !stored_.contains(one.first);
    });
    return std::move(bytes_);
  }

private:
  // What is being asked: it is the kernel's unless something says otherwise.
  struct Seen {
    std::set<FunctionId> functions;
    std::set<std::pair<FunctionId, u32>> arguments;
    std::set<std::string> fields;
  };

  const View& view_;
  const Summary& summary_;
  const TypeTable& types_;
  const Groups overlaps_; // of fields
  std::map<std::string, std::vector<PathId>>
      kernels_writes_; // values that the kernel stores, by member
  std::map<std::string, u64> bytes_;
  std::set<std::string>
      known_; // structs that code of the kernel looks into, or that it has variables of
  std::set<std::string> stored_; // members that the kernel stores addresses of its own in
  std::map<std::string, Loc> unsure_; // and where it stores what may be something else
  std::set<std::string> not_; // and those that the driver stores in, or that the kernel follows

  const std::string& name_of(FieldId field) const { return summary_.fields[row(field)].name; }

  void add_known(FieldId field) {
    if (field != none<FieldId>) {
      known_.insert(types_.tag(summary_.fields[row(field)].structure));
    }
  }

  void find_known() {
    for (const Access& access : summary_.accesses) {
      if (view_.in_kernel(access.function)) {
        add_known(access.field);
      }
    }
    for (const Initializer& initializer : summary_.initializers) {
      if (!view_.is_driver(initializer.global)) {
        add_known(initializer.field);
      } else if (initializer.field != none<FieldId>) {
        not_.insert(name_of(initializer.field));
      }
    }
  }

  bool is_untyped(TypeId type) const {
    return type != none<TypeId> && types_.kind(type) == TypeKind::pointer &&
           types_.kind(types_.pointee(type)) == TypeKind::void_;
  }

  // The struct that a pointer is declared to lead to, or none.
  TypeId structure_behind(TypeId pointer) const {
    if (pointer == none<TypeId> || types_.kind(pointer) != TypeKind::pointer) {
      return none<TypeId>;
    }
    const TypeId type = types_.pointee(pointer);
    return type != none<TypeId> && types_.is_structure(types_.strip(type)) ? type : none<TypeId>;
  }

  void add_followed(const Path& path) {
    if (path.parent == none<PathId> || path.type == none<TypeId>) {
      return;
    }
    const Path& parent = view_.path(path.parent);
    if (path.step == StepKind::dereference) {
      note(path.parent, path.type, 0, path.function);
    } else if (path.step == StepKind::cast && parent.step == StepKind::dereference &&
               parent.parent != none<PathId>) {
      note(parent.parent, path.type, path.integer, path.function);
    }
  }

  void add_write(const Access& access) {
    if (access.path != none<PathId>) {
      add_taken(access.value, view_.path(access.path).type, access.function);
    }
    if (access.field == none<FieldId> || !is_untyped(summary_.fields[row(access.field)].type)) {
      return;
    }
    Seen seen;
    const std::string& name = name_of(access.field);
    if (view_.in_domain(access.function)) {
      not_.insert(name);
    } else if (access.kind == AccessKind::write && is_kernels(access.value, seen)) {
      stored_.insert(name);
    } else {
      unsure_.emplace(name, access.loc);
    }
  }

  // Whether the value is the address of something that the kernel has, or NULL; or a pointer that the kernel's end may
  // have got from the driver, which it tells: it is a reference, or no address, or a number that it has sent before.
  bool is_kernels(PathId value, Seen& seen) const {
    if (value == none<PathId>) {
      return false;
    }
    const Path& path = view_.path(value);
    if (path.step == StepKind::call_result) {
      const std::span<const FunctionId> targets = view_.targets_of(CallId{path.index});
      return !targets.empty() && std::ranges::all_of(targets, [&](FunctionId target) {
        return returns_kernels(target, seen);
      });
    }
    if (path.type != none<TypeId> && types_.kind(path.type) == TypeKind::pointer) {
      if (path.step == StepKind::argument) {
        return is_kernels_argument(path.function, path.index, seen);
      }
      if (path.step == StepKind::field && path.field != none<FieldId>) {
        return is_kernels_field(path.field, seen);
      }
    }
    return path.step == StepKind::allocation || path.step == StepKind::address ||
           (path.step == StepKind::integer && path.integer == 0);
  }

  bool is_kernels_argument(FunctionId function, u32 index, Seen& seen) const {
    if (!seen.arguments.insert({function, index}).second) {
      return true;
    }
    const std::span<const u32> calls = view_.calls_to(function);
    return !calls.empty() && std::ranges::all_of(calls, [&](u32 call) {
      return view_.in_domain(view_.call(call).caller) ||
             std::ranges::any_of(view_.arguments_of(CallId{call}), [&](u32 number) {
               const Argument& argument = summary_.arguments[number];
               return argument.index == index && is_kernels(argument.path, seen);
             });
    });
  }

  // A number at the same place in a union would be taken for the pointer.
  bool is_kernels_field(FieldId field, Seen& seen) const {
    const auto found = kernels_writes_.find(name_of(field));
    if (std::ranges::any_of(overlaps_.of(row(field)), [&](u32 same) {
          return types_.kind(summary_.fields[same].type) != TypeKind::pointer;
        })) {
      return false;
    }
    return !seen.fields.insert(name_of(field)).second || found == kernels_writes_.end() ||
           std::ranges::all_of(found->second,
                               [&](PathId value) { return is_kernels(value, seen); });
  }

  bool returns_kernels(FunctionId function, Seen& seen) const {
    if (!seen.functions.insert(function).second) {
      return true;
    }
    return !view_.was_dropped(function) && !view_.in_domain(function) &&
           std::ranges::all_of(view_.returns_of(function), [&](u32 number) {
             const Return& result = summary_.returns[number];
             return result.path == none<PathId> ? result.is_constant && result.integer == 0
                                                : is_kernels(result.path, seen);
           });
  }

  void add_taken(PathId value, TypeId as, FunctionId function) {
    const TypeId structure = structure_behind(as);
    if (value != none<PathId> && structure != none<TypeId>) {
      note(value, structure, 0, function);
    }
  }

  void add_passed(CallId call) {
    const Call& row = view_.call(ks::row(call));
    if (row.signature == none<TypeId>) {
      return;
    }
    const std::span<const Member> parameters = types_.members(row.signature);
    for (u32 i : view_.arguments_of(call)) {
      const Argument& argument = summary_.arguments[i];
      if (argument.index < parameters.size()) {
        add_taken(argument.path, parameters[argument.index].type, row.caller);
      }
    }
  }

  // That code takes what the pointer leads to, so many bytes after its start, for a struct.
  void note(PathId pointer, TypeId type, u64 offset, FunctionId function) {
    constexpr u64 most = 1u << 16; // what lies before it is a larger object
    const Path& path = view_.path(pointer);
    type = types_.complete(types_.element(type));
    if (path.step != StepKind::field || path.field == none<FieldId> || !is_untyped(path.type) ||
        type == none<TypeId> || !types_.is_structure(type)) {
      return;
    }
    const std::string& name = name_of(path.field);
    if (known_.contains(types_.tag(type)) || view_.in_kernel(function) || offset >= most) {
      not_.insert(name);
    } else {
      u64& bytes = bytes_[name];
      bytes = std::max(bytes, offset + types_.size(type));
    }
  }
};

} // namespace

std::map<std::string, u64> find_inner(const View& view, const TypeTable& types, const Sync& sync) {
  std::map<std::string, u64> result = Finder(view, types).run();
  // What crosses to the kernel anywhere may be the driver's.
  auto drop = [&](CrossingId crossing, FieldId field, bool in, bool out) {
    const bool turned =
        crossing != none<CrossingId> && view.pruned().boundary.crossings[row(crossing)].to_driver;
    if (field != none<FieldId> && (turned ? out : in)) {
      result.erase(view.summary().fields[row(field)].name);
    }
  };
  for (const SyncField& one : sync.fields) {
    drop(one.crossing, sync.paths[row(one.path)].field, one.in, one.out);
  }
  for (const SyncUnreached& one : sync.unreached) {
    drop(one.crossing, one.field, one.in, one.out);
  }
  return result;
}

} // namespace ks::idl

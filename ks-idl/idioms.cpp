// SPDX-License-Identifier: MIT

#include "ks-idl/idioms.hpp"

#include <algorithm>
#include <cctype>

namespace ks::idl {
namespace {

struct Format {
  std::size_t arguments = 0;
  std::set<std::string> unknown; // extensions of %p that the domain's printf does not know
};

// Whether what says it says which the last one is, and not how many there are.
bool is_index(const ElementCount& count) { return count.more >= count.divisor; }

// Where walks begin that begin no further on than this, all before it crosses as well.
constexpr u64 most_constant = 4096;

Format read_format(std::string_view text) {
  constexpr std::string_view known[] = {"", "M", "m", "I4", "V", "e", "h"};
  Format format;
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at)) {
    const std::size_t end = text.find_first_not_of("-+ #0123456789.*hlzjtL", at + 1);
    const std::string_view flags = text.substr(at + 1, end - at - 1);
    if (end == std::string_view::npos) {
      break;
    }
    format.arguments += static_cast<std::size_t>(std::ranges::count(flags, '*'));
    format.arguments += text[end] != '%';
    at = end + 1;
    if (text[end] == 'p') {
      std::size_t last = at;
      while (last < text.size() && std::isalnum(static_cast<unsigned char>(text[last]))) {
        ++last;
      }
      const std::string_view extension = text.substr(at, last - at);
      if (std::ranges::find(known, extension) == std::end(known)) {
        format.unknown.insert("%p" + std::string(extension));
      }
      at = last;
    }
  }
  return format;
}

} // namespace

std::string Idioms::crossing_name(const Crossing& crossing) const {
  for (const Alias& alias : summary_.aliases) {
    auto entry = entries_.find(alias.name);
    if (entry != entries_.end() && entry->second == crossing.kind &&
        alias.function == crossing.function) {
      return alias.name;
    }
  }
  // Which of several static functions that have its name it is.
  return crossing.function == none<FunctionId> ? crossing.name
                                               : summary_.functions[row(crossing.function)].name;
}

Idioms::Idioms(const View& view, const TypeTable& types, const Known& known)
    : view_(view), pruned_(view.pruned()), summary_(view.summary()), types_(types) {
  for (const KnownRow& row : known.rows(KnownTable::entries)) {
    entries_.emplace(row[0],
                     row[1] == "init" ? CrossingKind::module_init : CrossingKind::module_exit);
  }
  inside_.insert(pruned_.boundary.library.begin(), pruned_.boundary.library.end());
  for (const Clone& clone : pruned_.boundary.clones) {
    inside_.insert(summary_.functions[row(clone.function)].name);
  }
  find_strings(known.rows(KnownTable::strings));
  find_stored_functions();
  find_counts();
}

void Idioms::find_counts() {
  for (const Access& access : summary_.accesses) {
    if (access.source == AccessSource::model) {
      modelled_.emplace(access.instruction, access.path);
    }
    if (access.path != none<PathId>) {
      add_count(access);
      add_store(access);
    }
  }
  for (u32 i = 0; i < summary_.calls.size(); ++i) {
    for (u32 argument : view_.arguments_of(CallId{i})) {
      add_passed_element(CallId{i}, summary_.arguments[argument]);
    }
  }
  // Who hands a pointer and its count on walks as many as who gets them.
  for (bool changed = true; changed;) {
    changed = false;
    for (u32 i = 0; i < summary_.calls.size(); ++i) {
      const Call& call = summary_.calls[i];
      for (FunctionId target : view_.targets_of(CallId{i})) {
        for (u32 argument : view_.arguments_of(CallId{i})) {
          changed |=
              pass_on(call, target, summary_.arguments[argument], view_.arguments_of(CallId{i}));
        }
      }
    }
  }
}

// Whether the function touches no more behind the argument than what that is declared to lead to, and nothing
// that is not seen gets to know where it is.
bool Idioms::touches_one(FunctionArgument argument, std::set<FunctionArgument>& seen) const {
  const FunctionId function{argument.first};
  if (!seen.insert(argument).second) {
    return true;
  }
  if (view_.was_dropped(function) || view_.is_library(function) ||
      !view_.unknowns_of(function).empty()) {
    return false;
  }
  const u64 one = pointee_size(parameter(function, argument.second));
  auto is_it = [&](PathId path) { return plain_argument(path) == argument.second; };
  for (u32 i : view_.accesses_of(function)) {
    const Access& access = summary_.accesses[i];
    const PathId place = access.path;
    const bool is_inside = place != none<PathId> && pointee_of(place) == argument.second;
    const bool is_one = is_inside && summary_.paths[row(place)].step == StepKind::dereference &&
                        access.size != 0 && access.size <= one && access.length == none<PathId>;
    if (is_it(access.value) || (is_inside && !is_one)) {
      return false;
    }
  }
  for (u32 i : view_.returns_of(function)) {
    if (is_it(summary_.returns[i].path)) {
      return false;
    }
  }
  for (u32 i : view_.paths_of(function)) {
    const Path& path = summary_.paths[i];
    if (path.step == StepKind::address && pointee_of(path.parent) == argument.second) {
      return false;
    }
  }
  for (u32 call : view_.calls_of(function)) {
    for (u32 i : view_.arguments_of(CallId{call})) {
      if (is_it(summary_.arguments[i].path) &&
          !touch_one(CallId{call}, summary_.arguments[i].index, one, seen)) {
        return false;
      }
    }
  }
  return true;
}

// The same of all that a call may reach.
bool Idioms::touch_one(CallId call, u32 index, u64 one, std::set<FunctionArgument>& seen) const {
  const std::span<const FunctionId> targets = view_.targets_of(call);
  return !targets.empty() && one != 0 && std::ranges::all_of(targets, [&](FunctionId target) {
    return pointee_size(parameter(target, index)) <= one && touches_one({row(target), index}, seen);
  });
}

// Who passes the address of an element walks what it lies in. Of scalars, the callee may go on from there, unless
// all of it is seen.
void Idioms::add_passed_element(CallId call, const Argument& argument) {
  const FunctionId caller = view_.call(row(call)).caller;
  if (argument.path == none<PathId> ||
      summary_.paths[row(argument.path)].step != StepKind::address) {
    return;
  }
  Access access;
  access.function = caller;
  access.path = summary_.paths[row(argument.path)].parent;
  if (access.path == none<PathId> || summary_.paths[row(access.path)].step != StepKind::element ||
      modelled_.contains({view_.call(row(call)).instruction, access.path})) {
    return;
  }
  const TypeId element = summary_.paths[row(access.path)].type;
  std::set<FunctionArgument> seen;
  if (types_.is_structure(element) ||
      touch_one(call, argument.index, element == none<TypeId> ? 0 : types_.size(element), seen)) {
    access.length = argument.length;
    access.unit = argument.unit;
    access.more = argument.more;
    access.start = argument.start;
  }
  add_count(access);
}

// What is known of the elements behind a field, a variable or an argument of the function.
ElementCount& Idioms::counts_behind(FunctionId function, const Path& place) {
  switch (place.step) {
  case StepKind::field: return field_counts_[summary_.fields[row(place.field)].name];
  case StepKind::global: return variable_counts_[place.global];
  default: return argument_counts_[{row(function), place.index}];
  }
}

// What the callee does behind an argument that the caller has as one of its own, or in a field.
bool Idioms::pass_on(const Call& call, FunctionId target, const Argument& actual,
                     std::span<const u32> arguments) {
  auto found = actual.path == none<PathId> ? argument_counts_.end()
                                           : argument_counts_.find({row(target), actual.index});
  if (found == argument_counts_.end()) {
    return false;
  }
  const ElementCount theirs = found->second;
  const Path& place = summary_.paths[row(actual.path)];
  // A number is passed for a pointer where another member of a union has that.
  const bool may_lead =
      types_.kind(place.type) == TypeKind::pointer ||
      (types_.kind(place.type) == TypeKind::integer && types_.size(place.type) == sizeof(u64));
  const bool is_field = place.step == StepKind::field && place.field != none<FieldId> && may_lead;
  const bool is_variable = place.step == StepKind::global && place.global != none<GlobalId>;
  if (!is_field && !is_variable && place.step != StepKind::argument) {
    return false;
  }
  auto same = [&](const Argument& other) -> std::pair<std::optional<u32>, std::string> {
    if (other.path == none<PathId> || is_variable) {
      return {};
    }
    if (!is_field) {
      return {plain_argument(other.path), ""};
    }
    const Path& path = summary_.paths[row(other.path)];
    bool is_sibling =
        path.step == StepKind::field && path.parent == place.parent && path.field != none<FieldId>;
    return {std::nullopt, is_sibling ? field_name(summary_.fields[row(path.field)]) : ""};
  };
  ElementCount& ours = counts_behind(call.caller, place);
  const ElementCount before = ours;
  ours.many |= theirs.many;
  ours.zero_ended |= theirs.zero_ended;
  ours.overlaid |= theirs.overlaid;
  ours.width = std::max(ours.width, theirs.width);
  ours.in_domain |= theirs.in_domain;
  ours.in_kernel |= theirs.in_kernel;
  ours.written_in_domain |= theirs.written_in_domain;
  ours.written_in_kernel |= theirs.written_in_kernel;
  ours.from_first |= theirs.from_first;
  ours.is_lost |= theirs.is_lost;
  ours.is_open |= theirs.is_open;
  ours.number = std::max(ours.number, theirs.number);
  ours.laid = std::max(ours.laid, theirs.laid);
  ours.start_number = std::max(ours.start_number, theirs.start_number);
  auto in_ours = [&](u64 elements) {
    const u64 from = pointee_size(parameter(target, actual.index)), to = pointee_size(place.type);
    return from == 0 || to == 0 ? elements : (elements * from + to - 1) / to;
  };
  bool is_said = !theirs.argument, is_open = false, is_copied = !theirs.copied;
  for (u32 other : arguments) {
    const Argument& count = summary_.arguments[other];
    const auto [argument, field] = same(count);
    if (theirs.argument && count.index == *theirs.argument) {
      is_said = true;
      is_open |= !add_passed_length(theirs, count.path, in_ours, argument, field, ours);
    }
    if (theirs.copied && count.index == *theirs.copied) {
      is_copied = true;
      is_open |= !add_passed_copy(count.path, place, argument, field, ours);
    }
    if (theirs.start_arguments.contains(count.index) && argument) {
      ours.start_arguments.insert(*argument);
    } else if (theirs.start_arguments.contains(count.index) && !field.empty()) {
      ours.starts.insert(field);
    } else if (theirs.start_arguments.contains(count.index)) {
      ours.is_lost |= !add_constant_start(count.path, ours);
    }
  }
  ours.is_open |= is_open || !is_said || !is_copied;
  return !(ours == before);
}

TypeId Idioms::parameter(FunctionId function, u32 index) const {
  const std::span<const Member> members = types_.members(summary_.functions[row(function)].type);
  return index < members.size() ? members[index].type : none<TypeId>;
}

// What lies behind a pointer as it is declared, in bytes; 0 if that is nothing, or it is none.
u64 Idioms::pointee_size(TypeId pointer) const {
  return types_.kind(pointer) == TypeKind::pointer ? types_.size(types_.pointee(pointer)) : 0;
}

// The number that is passed as the callee's count, which is the caller's argument or field if it is one. False if it
// is neither these nor a constant, of which `in_ours` says how many of the caller's elements it comes to.
bool Idioms::add_passed_length(const ElementCount& theirs, PathId passed,
                               const std::function<u64(u64)>& in_ours, std::optional<u32> argument,
                               const std::string& field, ElementCount& ours) const {
  if (!field.empty() && is_index(theirs)) {
    return false;
  }
  if (argument || !field.empty()) {
    const bool is_free = !ours.argument && ours.field.empty();
    if (is_free) {
      ours.argument = argument;
      ours.field = field;
      ours.bytes = theirs.bytes;
      ours.unit = theirs.unit;
      ours.divisor = theirs.divisor;
    }
    ours.more = is_free ? theirs.more : std::max(ours.more, theirs.more);
    return ours.argument == argument && ours.field == field;
  }
  if (passed == none<PathId> || summary_.paths[row(passed)].step != StepKind::integer) {
    return false;
  }
  const u64 number = summary_.paths[row(passed)].integer;
  const u64 elements = (number * theirs.unit + theirs.more) / theirs.divisor;
  if (number <= most_constant && !theirs.bytes) {
    ours.number = std::max(ours.number, in_ours(elements));
  }
  return number <= most_constant && !theirs.bytes;
}

// So many bytes are copied from the first one on, of which constant_length() tells where they are an argument's.
bool Idioms::add_bytes(u64 bytes, const Path& place, ElementCount& count) const {
  if (place.step != StepKind::field) {
    return true;
  }
  const bool is_pointer = types_.kind(place.type) == TypeKind::pointer;
  const u64 size = is_pointer ? pointee_size(place.type) : types_.size(types_.element(place.type));
  const u64 elements = size == 0 ? 0 : (bytes + size - 1) / size;
  count.number = std::max(count.number, elements);
  count.many |= elements > 1;
  return elements != 0 || is_pointer; // of untyped memory, who takes it for what tells
}

// Likewise, of so many bytes that the callee copies.
bool Idioms::add_passed_copy(PathId passed, const Path& place, std::optional<u32> argument,
                             const std::string& field, ElementCount& ours) const {
  if (argument) {
    const bool is_only = !ours.copied || ours.copied == argument;
    ours.copied = argument;
    return is_only;
  }
  if (passed != none<PathId> && summary_.paths[row(passed)].step == StepKind::integer) {
    return add_bytes(summary_.paths[row(passed)].integer, place, ours);
  }
  ours.many = true;
  if (ours.field.empty() && !field.empty()) {
    ours.field = field;
    ours.bytes = true;
  }
  return !field.empty() && ours.field == field && ours.bytes;
}

bool Idioms::add_constant_start(PathId start, ElementCount& count) const {
  if (start == none<PathId> || summary_.paths[row(start)].step != StepKind::integer ||
      summary_.paths[row(start)].integer >= most_constant) {
    return false;
  }
  count.start_number = std::max(count.start_number, summary_.paths[row(start)].integer);
  count.from_first = true;
  return true;
}

PathId Idioms::flexible_of(const Access& access) const {
  bool is_any = false;
  for (PathId place = access.path; place != none<PathId>;
       place = summary_.paths[row(place)].parent) {
    const Path& path = summary_.paths[row(place)];
    const bool is_field = path.step == StepKind::field && path.field != none<FieldId>;
    if (is_field && types_.is_flexible(summary_.fields[row(path.field)].type)) {
      return place;
    }
    if (is_any || (!is_field && path.step != StepKind::element && path.step != StepKind::cast)) {
      return none<PathId>;
    }
    is_any = path.step == StepKind::element && path.integer == any_element;
  }
  return none<PathId>;
}

// What the path's innermost pointer leads to is walked, or reached by a constant index.
void Idioms::add_count(const Access& access) {
  if (PathId flexible = flexible_of(access); flexible != none<PathId>) {
    const Path& place = summary_.paths[row(flexible)];
    ElementCount& count = field_counts_[summary_.fields[row(place.field)].name];
    count.many = true;
    add_length(access, place, count);
    return;
  }
  PathId element = none<PathId>, pointer = access.path;
  PathId overlay = none<PathId>; // what the first byte that is seen as something else is seen as
  PathId moved_to = none<PathId>; // what an unknown number of bytes from there is seen as
  bool is_cast = false; // what is there, whatever it is
  while (pointer != none<PathId> && summary_.paths[row(pointer)].step != StepKind::dereference) {
    const Path& path = summary_.paths[row(pointer)];
    StepKind step = path.step;
    if (step != StepKind::element && step != StepKind::field && step != StepKind::cast) {
      return;
    }
    if (is_cast && step == StepKind::element && path.integer != any_element &&
        types_.is_structure(path.type)) {
      return; // `one + 1` seen as another struct is what lies behind one
    }
    moved_to = step == StepKind::element && is_cast ? overlay : none<PathId>;
    is_cast = step == StepKind::cast;
    overlay = is_cast ? pointer : none<PathId>;
    element = step == StepKind::element ? pointer : none<PathId>;
    pointer = summary_.paths[row(pointer)].parent;
  }
  // A structure that is copied as a whole is a step of a walk, too.
  bool is_copy = is_constant_copy(access) && element != none<PathId> &&
                 types_.is_structure(summary_.paths[row(element)].type);
  bool is_walk = access.source == AccessSource::instruction || is_copy;
  if (pointer == none<PathId>) {
    return;
  }
  const TypeId seen_first = summary_.paths[row(pointer)].type;
  const PathId first = pointer;
  // An unknown number of bytes from a struct there is another one, such as the one whose array it lies in: that
  // is no step from struct to struct of its own kind.
  if (moved_to != none<PathId> && summary_.paths[row(element)].type == none<TypeId> &&
      types_.is_structure(seen_first) && types_.is_structure(summary_.paths[row(moved_to)].type) &&
      types_.tag(seen_first) != types_.tag(summary_.paths[row(moved_to)].type)) {
    return;
  }
  pointer = summary_.paths[row(pointer)].parent;
  const Path& place = summary_.paths[row(pointer)];
  // Of untyped memory, what is seen at its start is laid over it, too.
  const bool is_untyped = types_.kind(place.type) == TypeKind::pointer &&
                          types_.kind(types_.pointee(place.type)) == TypeKind::void_;
  if (is_untyped && overlay == none<PathId> && first == access.path) {
    overlay = first;
  }
  const bool is_overlay = overlay != none<PathId> && is_walk;
  if (element == none<PathId> && is_walk && !is_overlay) {
    return;
  }
  bool is_field = place.step == StepKind::field && place.field != none<FieldId>;
  const bool is_variable = place.step == StepKind::global && place.global != none<GlobalId>;
  if (!is_field && !is_variable && place.step != StepKind::argument) {
    return;
  }
  ElementCount& count = counts_behind(access.function, place);
  if (is_overlay) {
    const Path& seen = summary_.paths[row(overlay)];
    const u64 start = overlay == first ? 0 : seen.integer;
    if (types_.is_scalar(seen_first)) {
      const u64 size = std::max<u64>(types_.size(seen_first), 1);
      add_width(access, none<PathId>, count);
      count.number = std::max(count.number, (start + types_.size(seen.type) + size - 1) / size);
      count.many = count.from_first = count.overlaid = true;
    } else if (is_untyped && overlay == access.path && !access.as_pointer &&
               (seen.type == none<TypeId> || types_.is_scalar(seen.type))) {
      add_width(access, none<PathId>, count);
      count.laid = std::max(count.laid, start + access.size);
    }
    return;
  }
  add_width(access, element, count);
  u64 index = element == none<PathId> ? 0 : summary_.paths[row(element)].integer;
  if (is_walk && index != any_element) {
    count.number = std::max(count.number, index + 1);
    count.many |= index != 0;
    count.from_first = true;
    return;
  }
  // So many times the size of a struct is so many of them.
  const u64 whole = types_.is_structure(seen_first) ? types_.size(seen_first) : 0;
  count.many |= is_walk || (whole != 0 && access.length != none<PathId> &&
                            static_cast<i64>(access.unit) > 0 && access.unit % whole == 0);
  if (!is_walk) {
    add_start(access, place, count);
  }
  add_length(access, place, count);
}

// Whose code walks which scalars; what is copied as a whole is bytes.
void Idioms::add_width(const Access& access, PathId element, ElementCount& count) const {
  u64 width = 1;
  if (element != none<PathId>) {
    TypeId type = summary_.paths[row(element)].type;
    if (type != none<TypeId> && !types_.is_scalar(type)) {
      return;
    }
    width = std::max<u64>(types_.size(type), 1);
  }
  count.width = std::max(count.width, width);
  const bool in_domain = view_.in_domain(access.function);
  const bool writes = access.kind == AccessKind::write || access.kind == AccessKind::update;
  (in_domain ? count.in_domain : count.in_kernel) = true;
  (in_domain ? count.written_in_domain : count.written_in_kernel) |= writes;
}

// Its length, if it has one, is that of a loop around it.
bool Idioms::is_constant_copy(const Access& access) {
  return (access.source == AccessSource::memory_intrinsic ||
          access.source == AccessSource::model) &&
         access.size != 0;
}

// How many bytes behind its pointer a place begins; nothing if no number says.
std::optional<u64> Idioms::begin_of(PathId path) const {
  u64 begin = 0;
  for (; path != none<PathId> && summary_.paths[row(path)].step != StepKind::dereference;
       path = summary_.paths[row(path)].parent) {
    const Path& at = summary_.paths[row(path)];
    if (at.step == StepKind::element && at.integer == any_element) {
      return std::nullopt;
    }
    begin += at.step == StepKind::element ? at.integer * std::max<u64>(types_.size(at.type), 1) : 0;
  }
  return begin;
}

// Whether the length is that of all bytes from the first one on.
bool Idioms::is_plain(const Access& access) {
  return access.unit == 1 && access.more <= 0 && access.start == none<PathId>;
}

// Of what a quotient is counted, so many are one.
void Idioms::set_unit(const Access& access, ElementCount& count) {
  const bool is_quotient = static_cast<i64>(access.unit) < 0;
  count.unit = is_quotient ? 1 : access.unit;
  count.divisor = is_quotient ? 0 - access.unit : 1;
}

bool Idioms::has_unit(const Access& access, const ElementCount& count) {
  ElementCount other;
  set_unit(access, other);
  return count.unit == other.unit && count.divisor == other.divisor;
}

void Idioms::add_more(const Access& access, ElementCount& count) {
  count.more = std::max(count.more, static_cast<u64>(std::max<i64>(access.more, 0)));
}

// So many more elements than the one where it begins a copy of a constant size goes over.
u64 Idioms::copied_further(const Access& access, const Path& place) const {
  const bool is_pointer = types_.kind(place.type) == TypeKind::pointer;
  const u64 size = is_pointer ? pointee_size(place.type) : types_.size(types_.element(place.type));
  return is_constant_copy(access) ? (access.size - 1) / std::max<u64>(size, 1) : 0;
}

// What says how many elements at `place` the access walks.
void Idioms::add_length(const Access& access, const Path& place, ElementCount& count) {
  if (access.length != none<PathId>) {
    add_start(access, place, count);
  }
  count.is_open |= !add_said_length(access, place, count);
}

// False if the access may go further than anything that is taken for its length.
bool Idioms::add_said_length(const Access& access, const Path& place, ElementCount& count) const {
  const bool is_walk = access.source == AccessSource::instruction || is_constant_copy(access);
  const bool is_field = place.step == StepKind::field;
  const TypeId element = types_.element(
      types_.kind(place.type) == TypeKind::pointer ? types_.pointee(place.type) : place.type);
  const bool bytes = !is_walk && (element == none<TypeId> || types_.size(element) != 1);
  if (access.length == none<PathId>) {
    const std::optional<u64> begin = begin_of(access.path);
    return access.source != AccessSource::instruction && access.size != 0 && begin &&
           add_bytes(*begin + access.size, place, count);
  }
  const Path& length = summary_.paths[row(access.length)];
  const u64 further = copied_further(access, place);
  if (length.step == StepKind::integer) {
    const bool ends = length.integer == any_element;
    if (ends && access.source == AccessSource::model) {
      return false; // where nothing else says it is a text, it may be more
    }
    count.zero_ended |= ends && is_walk;
    count.number = std::max(count.number, ends || !is_walk ? 0 : length.integer + further);
    return true;
  }
  // What says where the last copy begins says where it ends only if that is taken off again.
  if (further != 0 && access.more + static_cast<i64>(further) > 0) {
    return false;
  }
  if (length.step == StepKind::argument && place.step == StepKind::argument) {
    if (!is_walk && is_plain(access)) {
      const bool is_only = !count.copied || count.copied == length.index;
      count.copied = length.index;
      return is_only;
    }
    const auto is_same = [&] {
      return count.argument == length.index && count.bytes == bytes && has_unit(access, count);
    };
    // What is a number elsewhere is more than any index.
    ElementCount one;
    set_unit(access, one);
    add_more(access, one);
    const bool is_other = count.argument && !is_same();
    if (is_other && is_index(one) != is_index(count)) {
      if (is_index(one)) {
        return true;
      }
      count.argument.reset();
      count.more = 0;
    }
    if (!count.argument) {
      count.argument = length.index;
      count.bytes = bytes;
      set_unit(access, count);
    }
    add_more(access, count);
    return is_same();
  }
  if (length.step == StepKind::field && is_field && length.parent == place.parent &&
      length.field != none<FieldId>) {
    const std::string field = field_name(summary_.fields[row(length.field)]);
    if (count.field.empty()) {
      count.field = field;
      count.bytes = bytes;
      count.many = true;
      set_unit(access, count);
    }
    add_more(access, count);
    return count.field == field && count.bytes == bytes && has_unit(access, count);
  }
  return false;
}

// Where the walk begins: at what a member of the same object says, or an argument.
void Idioms::add_start(const Access& access, const Path& place, ElementCount& count) {
  if (access.start == none<PathId>) {
    count.from_first = true;
    return;
  }
  const Path& start = summary_.paths[row(access.start)];
  const bool is_field = place.step == StepKind::field;
  if (start.step == StepKind::field && is_field && start.parent == place.parent &&
      start.field != none<FieldId>) {
    count.starts.insert(field_name(summary_.fields[row(start.field)]));
  } else if (start.step == StepKind::argument && place.step == StepKind::argument) {
    count.start_arguments.insert(start.index);
  } else {
    count.is_lost |= !add_constant_start(access.start, count);
  }
}

u64 Idioms::constant_entries_in_domain(const std::string& field) const {
  const auto is_table = [&](PathId path) {
    return path != none<PathId> && summary_.paths[row(path)].step == StepKind::field &&
           summary_.paths[row(path)].field != none<FieldId> &&
           summary_.fields[row(summary_.paths[row(path)].field)].name == field;
  };
  // One more than the entry that the path leads through; 0 if it leads through none, nothing if that is any.
  const auto entry_of = [&](PathId path) -> std::optional<u64> {
    PathId before = none<PathId>;
    for (; path != none<PathId>; before = path, path = summary_.paths[row(path)].parent) {
      const Path& at = summary_.paths[row(path)];
      if (at.step != StepKind::dereference || !is_table(at.parent)) {
        continue;
      }
      if (before == none<PathId> || summary_.paths[row(before)].step == StepKind::dereference) {
        return 1;
      }
      const Path& element = summary_.paths[row(before)];
      if (element.step != StepKind::element || element.integer == any_element) {
        return std::nullopt;
      }
      return element.integer + 1;
    }
    return 0;
  };
  u64 entries = 0;
  for (const Access& access : summary_.accesses) {
    if (!view_.in_domain(access.function)) {
      continue;
    }
    const std::optional<u64> entry = entry_of(access.path);
    const bool is_copied = access.source != AccessSource::instruction && entry != 0;
    if (is_table(access.value) || !entry || is_copied) {
      return 0;
    }
    entries = std::max(entries, *entry);
  }
  for (const Path& path : summary_.paths) {
    const bool is_its_own = is_table(path.parent) || entry_of(path.parent) != 0;
    if (path.step == StepKind::address && view_.in_domain(path.function) && is_its_own &&
        (is_table(path.parent) || summary_.paths[row(path.parent)].step != StepKind::field)) {
      return 0;
    }
  }
  for (u32 i = 0; i < summary_.calls.size(); ++i) {
    if (!view_.in_domain(view_.call(i).caller)) {
      continue;
    }
    for (u32 argument : view_.arguments_of(CallId{i})) {
      if (is_table(summary_.arguments[argument].path)) {
        return 0;
      }
    }
  }
  for (const Return& result : summary_.returns) {
    if (view_.in_domain(result.function) && is_table(result.path)) {
      return 0;
    }
  }
  return entries;
}

ElementCount Idioms::count_behind(FunctionId function, u32 index) const {
  auto found = argument_counts_.find({row(function), index});
  return found == argument_counts_.end() ? ElementCount{} : found->second;
}

namespace {

bool say_the_same(const ElementCount& one, const ElementCount& other) {
  return one.argument == other.argument && one.copied == other.copied && one.bytes == other.bytes &&
         one.unit == other.unit && one.divisor == other.divisor;
}

// What either of two functions walks. What one takes for the number the other may not.
void add_other(ElementCount& count, const ElementCount& other) {
  if (other == ElementCount{} || count == ElementCount{}) {
    count = other == ElementCount{} ? count : other;
    return;
  }
  if (!say_the_same(count, other)) {
    count.is_open = true;
    count.argument.reset();
    count.copied.reset();
  }
  count.many |= other.many;
  count.zero_ended &= other.zero_ended;
  count.from_first |= other.from_first;
  count.is_lost |= other.is_lost;
  count.is_open |= other.is_open;
  count.number = std::max(count.number, other.number);
  count.more = std::max(count.more, other.more);
  count.start_number = std::max(count.start_number, other.start_number);
  count.start_arguments.insert(other.start_arguments.begin(), other.start_arguments.end());
}

} // namespace

std::vector<FunctionId> Idioms::callees(const Crossing& crossing) const {
  if (crossing.function != none<FunctionId>) {
    return {crossing.function};
  }
  std::set<FunctionId> found;
  for (u32 call : domain_calls_to(crossing)) {
    const FieldId via = view_.call(call).via;
    if (via != none<FieldId> && !crossing.fields.empty() &&
        std::ranges::find(crossing.fields, via) == crossing.fields.end()) {
      continue;
    }
    const std::span<const FunctionId> targets = view_.targets_of(CallId{call});
    if (targets.empty() || std::ranges::any_of(targets, [&](FunctionId target) {
          return view_.was_dropped(target);
        })) {
      return {};
    }
    std::ranges::copy_if(targets, std::inserter(found, found.end()),
                         [&](FunctionId target) { return !view_.in_domain(target); });
  }
  return {found.begin(), found.end()};
}

// Of what is not seen nothing says how far it goes.
ElementCount Idioms::count_behind(const Crossing& crossing, u32 index) const {
  ElementCount count;
  const std::vector<FunctionId> functions = callees(crossing);
  for (FunctionId function : functions) {
    add_other(count, count_behind(function, index));
  }
  count.is_open |= functions.empty();
  return count;
}

ElementCount Idioms::count_behind(const std::string& field) const {
  auto found = field_counts_.find(field);
  return found == field_counts_.end() ? ElementCount{} : found->second;
}

// A pointer is stored in an element of what the path's innermost pointer leads to.
void Idioms::add_store(const Access& access) {
  const Path& last = summary_.paths[row(access.path)];
  if ((access.kind != AccessKind::write && access.kind != AccessKind::update) ||
      types_.kind(last.type) != TypeKind::pointer) {
    return;
  }
  PathId pointer = access.path;
  while (summary_.paths[row(pointer)].step == StepKind::element ||
         summary_.paths[row(pointer)].step == StepKind::cast) {
    pointer = summary_.paths[row(pointer)].parent;
  }
  if (summary_.paths[row(pointer)].step != StepKind::dereference) {
    return;
  }
  const Path& place = summary_.paths[row(summary_.paths[row(pointer)].parent)];
  if (place.step == StepKind::argument) {
    stored_in_arguments_.insert({row(access.function), place.index});
  } else if (place.step == StepKind::global) {
    stored_in_variables_.insert(place.global);
  } else if (place.step == StepKind::field && place.field != none<FieldId>) {
    stored_in_fields_.emplace(summary_.fields[row(place.field)].name,
                              view_.in_domain(access.function));
  }
}

void Idioms::add_keepers(FunctionArgument argument, Keepers& keepers) const {
  if (!keepers.arguments.insert(argument).second) {
    return;
  }
  for (u32 i : view_.accesses_of(FunctionId{argument.first})) {
    const Access& access = summary_.accesses[i];
    if (access.kind != AccessKind::write || access.path == none<PathId> ||
        plain_argument(access.value) != argument.second) {
      continue;
    }
    const Path& place = summary_.paths[row(access.path)];
    if (place.step == StepKind::global) {
      keepers.variables.insert(place.global);
    } else if (place.step == StepKind::field && place.field != none<FieldId>) {
      keepers.fields.insert(summary_.fields[row(place.field)].name);
    }
  }
  for (u32 call : view_.calls_of(FunctionId{argument.first})) {
    for (u32 i : view_.arguments_of(CallId{call})) {
      if (plain_argument(summary_.arguments[i].path) != argument.second) {
        continue;
      }
      for (FunctionId target : view_.targets_of(CallId{call})) {
        add_keepers({row(target), summary_.arguments[i].index}, keepers);
      }
    }
  }
}

Idioms::Keepers Idioms::keepers_of(const Crossing& crossing, u32 index) const {
  Keepers keepers;
  for (FunctionId function : callees(crossing)) {
    add_keepers({row(function), index}, keepers);
  }
  return keepers;
}

// What says elsewhere how many there are, says nothing here.
ElementCount Idioms::count_of_kept(const Crossing& crossing, u32 index) const {
  ElementCount count = count_behind(crossing, index);
  auto add = [&](const ElementCount& kept) {
    const bool is_elsewhere = kept.is_said() || kept.copied || kept.is_lost ||
                              !kept.starts.empty() || !kept.start_arguments.empty();
    count.many |= kept.many;
    count.zero_ended |= kept.zero_ended;
    count.is_open |= kept.is_open || is_elsewhere;
    count.number = std::max(count.number, kept.number);
    count.start_number = std::max(count.start_number, kept.start_number);
  };
  const Keepers keepers = keepers_of(crossing, index);
  for (GlobalId variable : keepers.variables) {
    if (auto found = variable_counts_.find(variable); found != variable_counts_.end()) {
      add(found->second);
    }
  }
  for (const std::string& field : keepers.fields) {
    add(count_behind(field));
  }
  return count;
}

// What the address is of that a call passes.
PathId Idioms::place_passed(CallId call, u32 index) const {
  for (u32 i : view_.arguments_of(call)) {
    const PathId path = summary_.arguments[i].path;
    if (summary_.arguments[i].index == index && path != none<PathId> &&
        summary_.paths[row(path)].step == StepKind::address) {
      return summary_.paths[row(path)].parent;
    }
  }
  return none<PathId>;
}

// The argument by which it passes the address of a place.
std::optional<u32> Idioms::passed_at(CallId call, PathId place) const {
  for (u32 i : view_.arguments_of(call)) {
    const u32 index = summary_.arguments[i].index;
    if (place != none<PathId> && place_passed(call, index) == place) {
      return index;
    }
  }
  return std::nullopt;
}

// One caller's walks behind the pointer that it passes the address of.
void Idioms::add_stored(CallId call, u32 index, ElementCount& count) const {
  const PathId pointer = place_passed(call, index);
  auto add_number = [&](PathId length) {
    const std::optional<u32> said = passed_at(call, length);
    if (said && (!count.argument || count.argument == said)) {
      count.argument = said;
    } else if (length != none<PathId> && summary_.paths[row(length)].step == StepKind::integer) {
      const u64 number = summary_.paths[row(length)].integer;
      count.zero_ended |= number == any_element;
      count.number = std::max(count.number, number == any_element ? 0 : number);
    } else {
      count.is_open = true;
    }
  };
  if (pointer == none<PathId>) {
    count.is_open = true;
    return;
  }
  const FunctionId caller = view_.call(row(call)).caller;
  for (u32 i : view_.accesses_of(caller)) {
    const Access& access = summary_.accesses[i];
    PathId element = none<PathId>, at = access.path;
    for (; at != none<PathId> && summary_.paths[row(at)].step != StepKind::dereference;
         at = summary_.paths[row(at)].parent) {
      element = summary_.paths[row(at)].step == StepKind::element ? at : none<PathId>;
    }
    if (at == none<PathId> || summary_.paths[row(at)].parent != pointer ||
        element == none<PathId>) {
      continue;
    }
    const u64 number = summary_.paths[row(element)].integer;
    count.many = true;
    if (number != any_element) {
      count.number = std::max(count.number, number + 1);
    } else {
      add_number(access.unit == 1 && access.more <= 0 && access.start == none<PathId>
                     ? access.length
                     : none<PathId>);
    }
  }
  for (u32 other : view_.calls_of(caller)) {
    for (u32 i : view_.arguments_of(CallId{other})) {
      if (summary_.arguments[i].path != pointer) {
        continue;
      }
      for (FunctionId target : view_.targets_of(CallId{other})) {
        const ElementCount theirs = count_behind(target, summary_.arguments[i].index);
        count.many |= theirs.many;
        count.zero_ended |= theirs.zero_ended;
        count.is_open |= theirs.is_open || theirs.copied || theirs.unit != 1 || theirs.more != 0;
        count.number = std::max(count.number, theirs.number);
        for (u32 k : view_.arguments_of(CallId{other})) {
          if (theirs.argument && summary_.arguments[k].index == *theirs.argument) {
            add_number(summary_.arguments[k].path);
          }
        }
      }
    }
  }
}

ElementCount Idioms::count_of_stored(const Crossing& crossing, u32 index) const {
  ElementCount count;
  for (u32 i = 0; crossing.function != none<FunctionId> && i < summary_.calls.size(); ++i) {
    const std::span<const FunctionId> targets = view_.targets_of(CallId{i});
    if (view_.in_domain(summary_.calls[i].caller) != crossing.to_driver &&
        std::ranges::find(targets, crossing.function) != targets.end()) {
      add_stored(CallId{i}, index, count);
    }
  }
  return count;
}

bool Idioms::stores_in_table(const Crossing& crossing, u32 index) const {
  return std::ranges::any_of(
      keepers_of(crossing, index).arguments,
      [&](const FunctionArgument& one) { return stored_in_arguments_.contains(one); });
}

bool Idioms::stores_in_kept(const Crossing& crossing, u32 index) const {
  const Keepers keepers = keepers_of(crossing, index);
  return std::ranges::any_of(
             keepers.variables,
             [&](GlobalId variable) { return stored_in_variables_.contains(variable); }) ||
         std::ranges::any_of(keepers.fields, [&](const std::string& field) {
           return stored_in_fields_.contains({field, crossing.to_driver});
         });
}

const Crossing* Idioms::crossing_of(FunctionId function) const {
  CrossingId found = function == none<FunctionId> ? none<CrossingId> : view_.crossing_of(function);
  return found == none<CrossingId> ? nullptr : &pruned_.boundary.crossings[row(found)];
}

std::string Idioms::name_of(FunctionId function) const {
  if (function == none<FunctionId>) {
    return {};
  }
  const Crossing* crossing = crossing_of(function);
  const std::string& symbol = summary_.functions[row(function)].name;
  std::string name = crossing ? crossing_name(*crossing) : inside_.contains(symbol) ? symbol : "";
  return is_name(name) ? name : "";
}

std::optional<u32> Idioms::plain_argument(PathId path) const {
  if (path == none<PathId> || summary_.paths[row(path)].step != StepKind::argument) {
    return std::nullopt;
  }
  return summary_.paths[row(path)].index;
}

std::optional<u32> Idioms::pointee_of(PathId path) const {
  while (path != none<PathId>) {
    const Path& step = summary_.paths[row(path)];
    if (step.step != StepKind::element && step.step != StepKind::dereference &&
        step.step != StepKind::cast) {
      return std::nullopt;
    }
    path = step.parent;
    if (step.step == StepKind::dereference) {
      return plain_argument(path);
    }
  }
  return std::nullopt;
}

bool Idioms::is_string_literal(PathId path) const { return literal(path) != nullptr; }

const std::string* Idioms::literal(PathId path) const {
  if (path == none<PathId>) {
    return nullptr;
  }
  const Path* step = &summary_.paths[row(path)];
  if (step->step == StepKind::address && step->parent != none<PathId>) {
    step = &summary_.paths[row(step->parent)];
  }
  if (step->step != StepKind::global || step->global == none<GlobalId>) {
    return nullptr;
  }
  const std::string& text = summary_.globals[row(step->global)].string_value;
  return text.empty() ? nullptr : &text;
}

std::vector<CallId> Idioms::calls_to(const Crossing& crossing) const {
  std::vector<CallId> calls;
  for (u32 i = 0; i < summary_.calls.size(); ++i) {
    std::span<const FunctionId> targets = view_.targets_of(CallId{i});
    // How the kernel calls its own function is its own affair.
    if (!crossing.to_driver && !view_.in_domain(summary_.calls[i].caller)) {
      continue;
    }
    if (crossing.function != none<FunctionId> &&
        std::ranges::find(targets, crossing.function) != targets.end()) {
      calls.push_back(CallId{i});
    }
  }
  return calls;
}

u32 Idioms::following(CallId call, u32 named) const {
  std::set<u32> following;
  for (u32 i : view_.arguments_of(call)) {
    if (summary_.arguments[i].index >= named) {
      following.insert(summary_.arguments[i].index);
    }
  }
  return static_cast<u32>(following.size());
}

std::vector<const std::string*> Idioms::literals_of(CallId call, u32 index) const {
  std::vector<const std::string*> found;
  for (u32 i : view_.arguments_of(call)) {
    if (summary_.arguments[i].index == index) {
      found.push_back(literal(summary_.arguments[i].path));
    }
  }
  return std::ranges::count(found, nullptr) == 0 ? found : std::vector<const std::string*>{};
}

std::optional<u32> Idioms::format_argument(const Crossing& crossing) const {
  const u32 named = static_cast<u32>(types_.members(crossing.signature).size()) - crossing.variable;
  const std::vector<CallId> calls = calls_to(crossing);
  for (u32 index = named; !calls.empty() && index-- > 0;) {
    bool is_format = std::ranges::all_of(calls, [&](CallId call) {
      const std::vector<const std::string*> formats = literals_of(call, index);
      return !formats.empty() && std::ranges::all_of(formats, [&](const std::string* format) {
        return read_format(*format).arguments == following(call, named);
      });
    });
    if (is_format) {
      return index;
    }
  }
  return std::nullopt;
}

bool Idioms::is_passed_more(const Crossing& crossing) const {
  const u32 named = static_cast<u32>(types_.members(crossing.signature).size()) - crossing.variable;
  return std::ranges::any_of(calls_to(crossing),
                             [&](CallId call) { return following(call, named) != 0; });
}

std::set<std::string> Idioms::unknown_conversions(const Crossing& crossing) const {
  const std::optional<u32> index = format_argument(crossing);
  std::set<std::string> unknown;
  for (CallId call : index ? calls_to(crossing) : std::vector<CallId>{}) {
    for (const std::string* format : literals_of(call, *index)) {
      unknown.merge(read_format(*format).unknown);
    }
  }
  return unknown;
}

// One call's argument: whether it shows that something is a string that was not known to be.
bool Idioms::add_string_flow(CallId call, const Argument& argument) {
  bool added = false;
  for (FunctionId target : view_.targets_of(call)) {
    added |= add_string_flow(target, view_.call(row(call)), argument);
  }
  return added;
}

bool Idioms::add_string_flow(FunctionId callee, const Call& call, const Argument& argument) {
  if (argument.path == none<PathId>) {
    return false;
  }
  FunctionArgument formal{row(callee), argument.index};
  if (is_string_literal(argument.path)) {
    return string_arguments_.insert(formal).second;
  }
  if (!string_arguments_.contains(formal)) {
    return false;
  }
  const Path& path = summary_.paths[row(argument.path)];
  if (path.step == StepKind::argument) {
    return string_arguments_.insert({row(call.caller), path.index}).second;
  }
  if (path.step == StepKind::field && types_.kind(path.type) == TypeKind::pointer) {
    return string_fields_.insert(summary_.fields[row(path.field)].name).second;
  }
  return false;
}

bool Idioms::is_to_the_end(const Access& access) const {
  return access.length != none<PathId> && access.path != none<PathId> &&
         summary_.paths[row(access.length)].step == StepKind::integer &&
         summary_.paths[row(access.length)].integer == any_element;
}

// A function whose effect is known takes what is there for a text.
void Idioms::add_text(PathId text) {
  const Path& path = summary_.paths[row(text)];
  if (path.step != StepKind::dereference) {
    return;
  }
  const Path& pointer = summary_.paths[row(path.parent)];
  if (pointer.step == StepKind::argument) {
    string_arguments_.insert({row(pointer.function), pointer.index});
  } else if (pointer.step == StepKind::field && types_.kind(pointer.type) == TypeKind::pointer) {
    string_fields_.insert(summary_.fields[row(pointer.field)].name);
  }
}

void Idioms::find_strings(const KnownRows& known) {
  for (u32 i = 0; i < summary_.functions.size(); ++i) {
    const std::string& name = summary_.functions[i].name;
    const KnownRow* row = find_row(known, name);
    for (; row && row != known.data() + known.size() && (*row)[0] == name; ++row) {
      string_arguments_.insert({i, row->number(1)});
    }
  }
  known_texts_ = string_arguments_;
  for (const Initializer& initializer : summary_.initializers) {
    if (initializer.kind == ValueKind::string && initializer.field != none<FieldId>) {
      string_fields_.insert(summary_.fields[row(initializer.field)].name);
    }
  }
  for (const Access& access : summary_.accesses) {
    if (access.field != none<FieldId> && is_string_literal(access.value)) {
      string_fields_.insert(summary_.fields[row(access.field)].name);
    }
    if (access.source == AccessSource::model && is_to_the_end(access)) {
      add_text(access.path);
    }
  }
  bool changed = true;
  while (changed) {
    changed = false;
    for (u32 i = 0; i < summary_.calls.size(); ++i) {
      for (u32 argument : view_.arguments_of(CallId{i})) {
        changed |= add_string_flow(CallId{i}, summary_.arguments[argument]);
      }
    }
  }
}

bool Idioms::is_string_argument(FunctionId function, u32 index) const {
  return string_arguments_.contains({row(function), index});
}

bool Idioms::is_string_argument(const Crossing& crossing, u32 index) const {
  const std::vector<FunctionId> functions = callees(crossing);
  return !functions.empty() && std::ranges::all_of(functions, [&](FunctionId function) {
    return is_string_argument(function, index);
  });
}

// A length that not all take for one is none.
std::optional<u32> Idioms::length_argument(const Crossing& crossing, u32 index) const {
  std::optional<u32> found;
  for (FunctionId function : callees(crossing)) {
    const std::optional<u32> one = length_argument(function, index);
    if (!one || (found && found != one)) {
      return std::nullopt;
    }
    found = one;
  }
  return found;
}

bool Idioms::keeps_entries(const Crossing& crossing, u32 index) const {
  const std::vector<FunctionId> functions = callees(crossing);
  std::set<Kept> seen;
  return functions.empty() || std::ranges::any_of(functions, [&](FunctionId function) {
           return keeps({{row(function), index}, false}, seen);
         });
}

bool Idioms::is_it(PathId path, const Kept& what) const {
  return (what.is_entry ? plain_argument(path) : pointee_of(path)) == what.argument.second;
}

bool Idioms::calls_keep(const Kept& what, std::set<Kept>& seen) const {
  for (u32 call : view_.calls_of(FunctionId{what.argument.first})) {
    const std::span<const FunctionId> targets = view_.targets_of(CallId{call});
    for (u32 i : view_.arguments_of(CallId{call})) {
      const Argument& argument = summary_.arguments[i];
      const bool is_table = !what.is_entry && plain_argument(argument.path) == what.argument.second;
      if (!is_table && !is_it(argument.path, what)) {
        continue;
      }
      if (targets.empty() || std::ranges::any_of(targets, [&](FunctionId target) {
            return keeps({{row(target), argument.index}, !is_table}, seen);
          })) {
        return true;
      }
    }
  }
  return false;
}

// What is not seen may, but who is known to take it for a text only reads it.
bool Idioms::keeps(const Kept& what, std::set<Kept>& seen) const {
  const FunctionId function{what.argument.first};
  if (!seen.insert(what).second || (what.is_entry && known_texts_.contains(what.argument))) {
    return false;
  }
  return view_.was_dropped(function) || !view_.unknowns_of(function).empty() ||
         std::ranges::any_of(view_.accesses_of(function),
                             [&](u32 i) { return is_it(summary_.accesses[i].value, what); }) ||
         std::ranges::any_of(view_.returns_of(function),
                             [&](u32 i) { return is_it(summary_.returns[i].path, what); }) ||
         calls_keep(what, seen);
}

std::optional<u32> Idioms::length_argument(FunctionId function, u32 index) const {
  std::set<FunctionArgument> seen;
  return length_argument({row(function), index}, seen);
}

std::optional<u32> Idioms::length_argument(FunctionArgument argument,
                                           std::set<FunctionArgument>& seen) const {
  if (!seen.insert(argument).second) {
    return std::nullopt;
  }
  for (u32 i : view_.accesses_of(FunctionId{argument.first})) {
    const Access& access = summary_.accesses[i];
    std::optional<u32> length = plain_argument(access.length);
    bool is_bytes = access.source != AccessSource::instruction && !is_constant_copy(access);
    if (is_bytes && length && is_plain(access) && pointee_of(access.path) == argument.second) {
      return length;
    }
  }
  for (u32 call : view_.calls_of(FunctionId{argument.first})) {
    std::optional<u32> length = forwarded_length(call, argument, seen);
    if (length) {
      return length;
    }
  }
  return std::nullopt;
}

// The length, if the call hands the buffer and its length on as they are.
std::optional<u32> Idioms::forwarded_length(u32 call, FunctionArgument argument,
                                            std::set<FunctionArgument>& seen) const {
  FunctionId callee = view_.call(call).callee;
  if (callee == none<FunctionId>) {
    return std::nullopt;
  }
  for (u32 i : view_.arguments_of(CallId{call})) {
    const Argument& actual = summary_.arguments[i];
    if (plain_argument(actual.path) != argument.second) {
      continue;
    }
    std::optional<u32> inner = length_argument({row(callee), actual.index}, seen);
    for (u32 j : inner ? view_.arguments_of(CallId{call}) : std::span<const u32>{}) {
      const Argument& other = summary_.arguments[j];
      std::optional<u32> length = plain_argument(other.path);
      if (other.index == *inner && length) {
        return length;
      }
    }
  }
  return std::nullopt;
}

bool Idioms::is_handed_on_as_bytes(const Crossing& crossing, u32 index) const {
  std::set<FunctionArgument> seen;
  return std::ranges::any_of(callees(crossing), [&](FunctionId function) {
    return is_handed_on_as_bytes({row(function), index}, seen);
  });
}

bool Idioms::is_handed_on_as_bytes(FunctionArgument argument,
                                   std::set<FunctionArgument>& seen) const {
  if (!seen.insert(argument).second) {
    return false;
  }
  for (u32 call : view_.calls_of(FunctionId{argument.first})) {
    for (u32 i : view_.arguments_of(CallId{call})) {
      const Argument& actual = summary_.arguments[i];
      if (plain_argument(actual.path) != argument.second) {
        continue;
      }
      for (FunctionId target : view_.targets_of(CallId{call})) {
        const FunctionArgument theirs{row(target), actual.index};
        if (view_.in_domain(target) ? touches_bytes(theirs) : is_handed_on_as_bytes(theirs, seen)) {
          return true;
        }
      }
    }
  }
  return false;
}

bool Idioms::touches_bytes(FunctionArgument argument) const {
  return std::ranges::any_of(view_.accesses_of(FunctionId{argument.first}), [&](u32 i) {
    const Access& access = summary_.accesses[i];
    return access.field == none<FieldId> && pointee_of(access.path) == argument.second;
  });
}

u64 Idioms::constant_length(FunctionId function, u32 index) const {
  std::set<FunctionArgument> seen;
  return constant_length({row(function), index}, seen);
}

u64 Idioms::constant_length(const Crossing& crossing, u32 index) const {
  u64 most = 0;
  for (FunctionId function : callees(crossing)) {
    most = std::max(most, constant_length(function, index));
  }
  return most;
}

u64 Idioms::constant_length(FunctionArgument argument, std::set<FunctionArgument>& seen) const {
  if (!seen.insert(argument).second) {
    return 0;
  }
  const FunctionId function{argument.first};
  const u32 index = argument.second;
  u64 result = 0;
  for (u32 i : view_.accesses_of(function)) {
    const Access& access = summary_.accesses[i];
    const std::optional<u64> begin = begin_of(access.path);
    if (access.source != AccessSource::instruction && access.length == none<PathId> && begin &&
        pointee_of(access.path) == index) {
      result = std::max(result, *begin + access.size);
    }
  }
  // Who hands it on gives away as much as who gets it touches.
  for (u32 call : view_.calls_of(function)) {
    for (u32 i : view_.arguments_of(CallId{call})) {
      const Argument& actual = summary_.arguments[i];
      if (plain_argument(actual.path) != index) {
        continue;
      }
      for (FunctionId target : view_.targets_of(CallId{call})) {
        result = std::max(result, constant_length({row(target), actual.index}, seen));
      }
    }
  }
  return result;
}

u64 Idioms::given_length(FunctionId function, u32 index) const {
  std::set<FunctionArgument> seen;
  return given_length({row(function), index}, seen);
}

u64 Idioms::given_length(FunctionArgument argument, std::set<FunctionArgument>& seen) const {
  if (!seen.insert(argument).second) {
    return 0;
  }
  u64 least = 0;
  bool first = true;
  // What the kernel passes to its own function does not cross.
  const bool from_domain = seen.size() == 1 && !view_.in_domain(FunctionId{argument.first});
  for (u32 i = 0; i < summary_.calls.size(); ++i) {
    if (from_domain && !view_.in_domain(summary_.calls[i].caller)) {
      continue;
    }
    std::span<const FunctionId> targets = view_.targets_of(CallId{i});
    if (std::ranges::find(targets, FunctionId{argument.first}) == targets.end()) {
      continue;
    }
    bool passed = false;
    for (u32 j : view_.arguments_of(CallId{i})) {
      if (summary_.arguments[j].index == argument.second) {
        const u64 length = length_of(summary_.arguments[j].path, seen);
        least = first ? length : std::min(least, length);
        first = false;
        passed = true;
      }
    }
    if (!passed) {
      return 0;
    }
  }
  return least;
}

// What a caller shows of the memory that it passes a pointer to.
u64 Idioms::length_of(PathId value, std::set<FunctionArgument>& seen) const {
  if (value == none<PathId>) {
    return 0;
  }
  const Path& path = summary_.paths[row(value)];
  if (path.step == StepKind::address) {
    PathId place = path.parent;
    const Path& first = summary_.paths[row(place)];
    if (first.step == StepKind::element && first.integer == 0) {
      place = first.parent;
    }
    const TypeId type = types_.strip(summary_.paths[row(place)].type);
    // Behind a member there may be more, behind a variable there is not.
    const bool is_all =
        types_.kind(type) == TypeKind::array ||
        (types_.is_scalar(type) && summary_.paths[row(place)].step == StepKind::local);
    return is_all ? types_.at(type).size : 0;
  }
  u64 length = 0;
  for (u32 i : view_.accesses_of(path.function)) {
    const Access& access = summary_.accesses[i];
    const PathId place = access.path;
    if (access.source == AccessSource::memory_intrinsic && access.start == none<PathId> &&
        place != none<PathId> && summary_.paths[row(place)].step == StepKind::dereference &&
        summary_.paths[row(place)].parent == value) {
      length = std::max(length, access.size);
    }
  }
  return length == 0 && path.step == StepKind::argument
             ? given_length({row(path.function), path.index}, seen)
             : length;
}

FunctionId Idioms::function_of(PathId path) const {
  if (path == none<PathId> || summary_.paths[row(path)].step != StepKind::function) {
    return none<FunctionId>;
  }
  return summary_.paths[row(path)].target;
}

void Idioms::find_stored_functions() {
  auto add = [this](FieldId field, FunctionId function) {
    std::string name = name_of(function);
    if (field != none<FieldId> && !name.empty()) {
      stored_functions_[summary_.fields[row(field)].name].insert(name);
    }
  };
  for (const Crossing& crossing : pruned_.boundary.crossings) {
    for (FieldId field : crossing.fields) {
      add(field, crossing.function);
    }
  }
  for (const Initializer& initializer : summary_.initializers) {
    if (initializer.kind == ValueKind::function && view_.is_driver(initializer.global)) {
      add(initializer.field, initializer.function);
    }
  }
  for (const Access& access : summary_.accesses) {
    if (access.kind == AccessKind::write && view_.in_domain(access.function)) {
      add(access.field, function_of(access.value));
    }
  }
}

std::set<std::string> Idioms::functions_of_field(const std::string& field) const {
  auto found = stored_functions_.find(field);
  return found == stored_functions_.end() ? std::set<std::string>{} : found->second;
}

std::set<std::string> Idioms::functions_of_argument(const Crossing& crossing, u32 index) const {
  std::set<std::string> result;
  bool resolved = true;
  for (u32 call : domain_calls_to(crossing)) {
    for (u32 i : view_.arguments_of(CallId{call})) {
      const Argument& argument = summary_.arguments[i];
      FunctionId function = function_of(argument.path);
      std::string name = name_of(function);
      bool is_constant =
          argument.path != none<PathId> && view_.path(argument.path).step == StepKind::integer;
      if (argument.index == index && !name.empty()) {
        result.insert(name);
      }
      resolved &= argument.index != index || function != none<FunctionId> || is_constant;
    }
  }
  if (resolved) {
    return result;
  }
  // It comes from somewhere else: any callback of that prototype may.
  TypeId type = types_.pointee(types_.members(crossing.signature)[index].type);
  result.merge(callbacks_of(type));
  return result;
}

std::set<std::string> Idioms::functions_of_result(const Crossing& crossing, TypeId type) const {
  std::set<std::string> result;
  bool resolved = crossing.function != none<FunctionId>;
  for (u32 i : resolved ? view_.returns_of(crossing.function) : std::span<const u32>{}) {
    const PathId path = summary_.returns[i].path;
    FunctionId function = function_of(path);
    std::string name = name_of(function);
    if (!name.empty()) {
      result.insert(name);
    }
    bool is_constant = path == none<PathId> ? summary_.returns[i].is_constant
                                            : view_.path(path).step == StepKind::integer;
    resolved &= function != none<FunctionId> || is_constant;
  }
  if (!resolved) {
    result.merge(callbacks_of(types_.pointee(type)));
  }
  return result;
}

// Rows of calls. One crossing through a pointer stands for all of its prototype.
std::vector<u32> Idioms::domain_calls_to(const Crossing& crossing) const {
  std::vector<u32> calls;
  if (crossing.function != none<FunctionId>) {
    std::ranges::copy_if(view_.calls_to(crossing.function), std::back_inserter(calls),
                         [&](u32 call) { return view_.in_domain(view_.call(call).caller); });
    return calls;
  }
  std::ranges::copy_if(view_.domain_calls(), std::back_inserter(calls), [&](u32 number) {
    const Call& call = view_.call(number);
    return call.kind == CallKind::indirect &&
           (call.signature == none<TypeId> ||
            types_.same_prototype(call.signature, crossing.signature));
  });
  return calls;
}

bool Idioms::is_literal_argument(const Crossing& crossing, u32 index) const {
  bool found = false;
  for (u32 call : domain_calls_to(crossing)) {
    if (literals_of(CallId{call}, index).empty()) {
      return false;
    }
    found = true;
  }
  return found;
}

// The type of the function, without what calls pass behind its last parameter.
TypeId Idioms::own_type(const Crossing& crossing) const {
  return crossing.variable != 0 ? summary_.functions[row(crossing.function)].type
                                : crossing.signature;
}

std::set<std::string> Idioms::callbacks_of(TypeId prototype) const {
  std::set<std::string> result;
  for (const Crossing& crossing : pruned_.boundary.crossings) {
    bool is_named = crossing.kind == CrossingKind::callback || crossing.kind == CrossingKind::ops ||
                    crossing.kind == CrossingKind::exported;
    if (is_named && types_.same_prototype(own_type(crossing), prototype)) {
      result.insert(crossing_name(crossing));
    }
  }
  return result;
}

std::set<std::string> Idioms::functions_of_prototype(TypeId prototype) const {
  std::set<std::string> result;
  for (const Crossing& crossing : pruned_.boundary.crossings) {
    if (crossing.to_driver && crossing.function != none<FunctionId> &&
        types_.same_prototype(own_type(crossing), prototype)) {
      result.insert(name_of(crossing.function));
    }
  }
  result.erase("");
  return result;
}

std::set<std::string> Idioms::functions_of_variable(GlobalId global) const {
  std::set<std::string> result;
  bool resolved = true;
  for (const Access& access : summary_.accesses) {
    if (access.kind != AccessKind::write || access.global != global ||
        !view_.in_domain(access.function)) {
      continue;
    }
    FunctionId function = function_of(access.value);
    std::string name = name_of(function);
    if (!name.empty()) {
      result.insert(name);
    }
    bool is_constant =
        access.value != none<PathId> && view_.path(access.value).step == StepKind::integer;
    resolved &= function != none<FunctionId> || is_constant;
  }
  if (!resolved) {
    result.merge(callbacks_of(types_.pointee(summary_.globals[row(global)].type)));
  }
  return result;
}

} // namespace ks::idl

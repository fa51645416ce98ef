// SPDX-License-Identifier: MIT
// What a pointer is to the two ends: an object they both know, a copy for one call, a buffer, a
// string, a function, or only a number.

#include "ks-idl/infer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace ks::idl {
namespace {

IdlAttribute plain(IdlAttributeKind kind) { return {kind, IdlSide::none, "", {}}; }

IdlAttribute sided(IdlAttributeKind kind, IdlSide side) { return {kind, side, "", {}}; }

IdlType cookie() {
  IdlType type;
  type.pointers = {{plain(IdlAttributeKind::cookie)}};
  return type;
}

IdlType unused() {
  IdlType type;
  type.pointers = {{plain(IdlAttributeKind::unused)}};
  return type;
}

const Loc& loc_of(const Inference& inference, const Place& place) {
  return inference.crossing(place.crossing).loc;
}

// Arguments are in and results out if nothing else is said.
void say_direction(IdlType& type, const Place& place, Direction direction) {
  bool is_default = place.is_root && (place.is_result ? !direction.in : !direction.out);
  if (!is_default) {
    add_direction(type, direction);
  }
}

IdlType cookie_at(const Place& place) {
  IdlType type = cookie();
  say_direction(type, place, place.direction);
  return type;
}

// What a callee may give back, and what it then returns, if constants say it.
void add_freed(const SyncRoot* root, IdlAttributes& attributes) {
  if (!root || !root->freed) {
    return;
  }
  attributes.push_back(sided(IdlAttributeKind::may_dealloc, IdlSide::callee));
  if (root->freed_if != Outcome::any) {
    attributes.push_back({IdlAttributeKind::freed,
                          IdlSide::none,
                          root->freed_if == Outcome::zero ? "!result" : "result",
                          {}});
  }
}

// How the receiver finds the object behind the pointer.
IdlAttributes allocation(const Inference& inference, const Place& place, const SyncRoot* root,
                         const std::string& tag) {
  if (place.is_result) {
    return {sided(IdlAttributeKind::alloc_once, IdlSide::caller)};
  }
  if (!place.is_root) {
    IdlAttributes result;
    if (place.stack) {
      return {sided(IdlAttributeKind::alloc_stack, IdlSide::callee)};
    }
    if (place.direction.in) {
      result.push_back(sided(IdlAttributeKind::alloc_once, IdlSide::callee));
    }
    if (place.direction.out) {
      result.push_back(sided(IdlAttributeKind::alloc_once, IdlSide::caller));
    }
    return result;
  }
  bool to_driver = inference.crossing(place.crossing).to_driver;
  bool identity = !root || root->identity || root->freed || root->container != none<TypeId>;
  bool local = root && root->caller_local;
  if (!identity && (local || (to_driver && !inference.by_reference.contains(tag)))) {
    return {sided(IdlAttributeKind::alloc_stack, IdlSide::callee)};
  }
  if (!to_driver && is_known_to_kernel(inference.view, inference.types,
                                       inference.crossing(place.crossing), place.index)) {
    IdlAttributes known{sided(IdlAttributeKind::bind, IdlSide::callee)};
    add_freed(root, known);
    return known;
  }
  bool fresh = to_driver && root && root->fresh;
  IdlAttributes result{
      sided(fresh ? IdlAttributeKind::alloc : IdlAttributeKind::alloc_once, IdlSide::callee)};
  add_freed(root, result);
  return result;
}

IdlType object_handle(Inference& inference, const Place& place, const SyncRoot* root,
                      TypeId structure) {
  bool matters = !place.is_root || place.is_result || !root || root->identity || root->freed ||
                 root->touched || root->container != none<TypeId>;
  if (!matters) {
    return unused();
  }
  IdlType type = handle_type(inference, structure);
  // Without this, the kernel's end must know what the driver names.
  if (place.is_root && !place.is_result && !inference.crossing(place.crossing).to_driver &&
      inference.made.contains(inference.types.tag(structure))) {
    type.pointers[0].push_back(sided(IdlAttributeKind::alloc_once, IdlSide::callee));
  }
  if (!place.is_result) {
    add_freed(root, type.pointers[0]);
  }
  if (!place.is_root) {
    // A field may come to hold an object that the other end has never seen.
    type.pointers[0] = allocation(inference, place, root, inference.types.tag(structure));
    add_direction(type, place.direction);
  }
  return type;
}

// Says what the callee takes the object for a part of.
void add_container(Inference& inference, const Place& place, const SyncRoot* root, TypeId structure,
                   IdlType& type) {
  if (!place.is_root || place.is_result || !root || root->container == none<TypeId> ||
      type.pointers.size() != 1 || find_attribute(type.pointers[0], IdlAttributeKind::unused)) {
    return;
  }
  std::string outer = inference.types.tag(root->container);
  std::string member =
      inference.types.member_at(root->container, root->container_offset * 8, structure);
  if (outer.empty() || member.empty() || inference.types.is_opaque(root->container)) {
    warn(inference, loc_of(inference, place), "unnamed-container",
         fmt::format(
             "{} is taken for a part of {}, {} bytes after its start, which cannot be named",
             place.text, outer.empty() ? "a struct without a tag" : outer, root->container_offset));
    return;
  }
  inference.draft.headers.insert(inference.types.header(root->container));
  type.pointers[0].push_back({IdlAttributeKind::within, IdlSide::none, outer + "." + member, {}});
}

// A part of a struct as C calls it; empty if it has no name here.
std::string part_name(const Inference& inference, TypeId outer, u64 offset, TypeId inner) {
  std::string tag = inference.types.tag(outer);
  std::string member = inference.types.member_at(outer, offset * 8, inner);
  return tag.empty() || member.empty() || inference.types.is_opaque(outer) ? ""
                                                                           : tag + "." + member;
}

// The member that is the pointer, or leads to the table that it is an entry of.
const std::string& pointer_field(const Place& place) {
  return place.table.empty() ? place.field : place.table;
}

// What the code takes the object for a part of that the pointer in a field of a holder leads to.
std::string wholes_behind(Inference& inference, const Place& place, TypeId structure) {
  std::vector<std::string> wholes;
  std::set<std::string> unnamed;
  FieldId pointer = none<FieldId>;
  for (const SyncWhole& whole : inference.tree.sync().wholes) {
    if (inference.field(whole.pointer).name != pointer_field(place)) {
      continue;
    }
    std::string text = part_name(inference, whole.structure, whole.offset, structure);
    if (text.empty()) {
      unnamed.insert(fmt::format("{} + {}", inference.types.tag(whole.structure), whole.offset));
      pointer = whole.pointer;
      continue;
    }
    inference.draft.headers.insert(inference.types.header(whole.structure));
    text = (whole.local ? "local " : "") + text;
    if (whole.holder != none<TypeId>) {
      std::string holder = part_name(inference, whole.holder, whole.holder_offset, place.holder);
      if (!holder.empty()) {
        inference.draft.headers.insert(inference.types.header(whole.holder));
        text = holder + ": " + text;
      }
    }
    wholes.push_back(std::move(text));
  }
  if (!unnamed.empty() && inference.draft.unnamed_wholes.insert(pointer_field(place)).second) {
    warn(inference, loc_of(inference, place), "unnamed-container",
         fmt::format("{} leads to parts of structs that cannot be named: {}", pointer_field(place),
                     fmt::join(unnamed, ", ")));
    inference.draft.cautions.back().caveat.field = pointer; // it is said only once
  }
  std::ranges::sort(wholes);
  wholes.erase(std::ranges::unique(wholes).begin(), wholes.end());
  return fmt::format("{}", fmt::join(wholes, ", "));
}

// Says so. Many fields are of one kind, such as those of all lists' heads: it is found out once.
void add_wholes(Inference& inference, const Place& place, TypeId structure, IdlType& type) {
  if (place.is_root || type.pointers.size() != 1) {
    return;
  }
  auto [known, added] =
      inference.draft.wholes.try_emplace({pointer_field(place), place.holder, structure});
  if (added) {
    known->second = wholes_behind(inference, place, structure);
  }
  if (!known->second.empty()) {
    type.pointers[0].push_back({IdlAttributeKind::within, IdlSide::none, known->second, {}});
  }
}

std::string argument_name(const Inference& inference, const Place& place, u32 index) {
  std::vector<std::string> names = argument_names(inference, inference.crossing(place.crossing));
  return index < names.size() ? names[index] : "";
}

// Of untyped memory the elements are bytes, whatever the walks over it take them for. Of a member, where only code of the domain
// looks for a number there, it is the domain's own.
ElementCount in_bytes(ElementCount count, bool is_member) {
  if (count.width > 1 && !count.bytes) {
    count.unit *= count.width;
    count.more *= count.divisor == 1 ? count.width : 1;
    count.number *= count.width;
    count.start_number *= count.width;
    count.is_lost |= !count.starts.empty() || !count.start_arguments.empty();
  }
  if (is_member && count.laid != 0 && count.in_kernel) {
    count.number = std::max(count.number, count.laid);
    count.many = count.from_first = count.overlaid = true;
  }
  return count;
}

// As the walks count, whatever they take the memory for.
ElementCount walks_at(const Inference& inference, const Place& place) {
  // What is walked behind one that is several things, is not known to be this one.
  if (place.is_result || (place.is_root && place.root)) {
    return {};
  }
  return place.is_root
             ? inference.idioms.count_behind(inference.crossing(place.crossing), place.index)
             : inference.idioms.count_behind(place.field);
}

ElementCount count_at(const Inference& inference, const Place& place) {
  ElementCount count = walks_at(inference, place);
  const bool is_void = inference.types.kind(inference.types.pointee(place.type)) == TypeKind::void_;
  return is_void && !place.is_result ? in_bytes(std::move(count), !place.is_root) : count;
}

// What crosses of the scalars that the code of either side walks: to who reads them, and back from who
// writes them.
Direction walked_direction(const Inference& inference, const Place& place,
                           const ElementCount& count) {
  const bool turned = !place.by_class && inference.crossing(place.crossing).to_driver;
  const Direction written =
      place.by_class ? Direction{count.written_in_domain, count.written_in_kernel}
                     : Direction{false, turned ? count.written_in_domain : count.written_in_kernel};
  return {place.direction.in || written.in, place.direction.out || written.out};
}

// That code follows what the other side has made and not just hands back, if not where a walk is seen.
void add_followed(const Inference& inference, const std::string& field, ElementCount& count) {
  const Followed &kernel = inference.followed_in_kernel, &domain = inference.followed_in_domain;
  if (count.many || count.is_known()) {
    return;
  }
  count.in_kernel = kernel.fields.contains(field) && domain.made.contains(field);
  count.in_domain = domain.fields.contains(field) && kernel.made.contains(field);
  count.written_in_kernel = kernel.written.contains(field);
  count.written_in_domain = domain.written.contains(field);
  count.many = count.in_kernel || count.in_domain;
}

// Whether the receiver of an untyped member walks scalars behind it, and the sender may have stored it, or something
// there: a number would be followed.
bool is_walked(const Inference& inference, const Place& place, const ElementCount& count) {
  const bool turned = !place.by_class && inference.crossing(place.crossing).to_driver;
  const Direction to = place.direction;
  const bool to_kernel = turned ? to.out : to.in, to_driver = turned ? to.in : to.out;
  auto has_stored = [&](const Followed& sender) {
    return sender.stored.contains(place.field) || sender.written.contains(place.field);
  };
  return (count.many || count.is_known()) &&
         ((to_kernel && count.in_kernel && has_stored(inference.followed_in_domain)) ||
          (to_driver && count.in_domain && has_stored(inference.followed_in_kernel)));
}

// In 64 bits: a count that the domain chooses could come to little.
std::string times(std::string text, u64 factor) {
  return factor == 1 ? text : fmt::format("({}) * {}ull", text, factor);
}

std::string with_more(std::string text, u64 more) {
  return more == 0 ? text : fmt::format("({}) + {}ull", text, more);
}

// A count as C writes it; none of less than none. What says it counts so many bytes or elements, of
// which `divisor` are one.
std::string count_expression(const Inference& inference, const std::string& name, TypeId type,
                             const ElementCount& count, u64 divisor) {
  TypeId stripped = inference.types.strip(type);
  bool is_signed = stripped != none<TypeId> && inference.types.at(stripped).is_signed;
  std::string text = is_signed ? fmt::format("{0} > 0 ? {0} : 0", name) : name;
  if (count.divisor != 1) {
    text = count.more == 0 ? fmt::format("({}) / {}", text, count.divisor)
                           : fmt::format("({}) / {}", with_more(text, count.more), count.divisor);
    return times(std::move(text), count.unit);
  }
  if (count.unit % divisor == 0) {
    return with_more(times(std::move(text), count.unit / divisor),
                     (count.more + divisor - 1) / divisor);
  }
  text = with_more(times(std::move(text), count.unit), count.more + divisor - 1);
  return fmt::format("({}) / {}", text, divisor);
}

// As many as an expression says and those before them: the furthest of where walks begin.
std::string with_starts(std::vector<std::string> starts, u64 number, const std::string& count) {
  std::string furthest;
  if (number != 0) {
    starts.push_back(std::to_string(number));
  }
  for (const std::string& start : starts) {
    furthest =
        furthest.empty() ? start : fmt::format("({0}) > ({1}) ? ({0}) : ({1})", start, furthest);
  }
  return furthest.empty() ? count : fmt::format("({}) + 0ull + ({})", furthest, count);
}

// What says where walks begin, in C; nothing if that cannot be said.
std::optional<std::vector<std::string>> starts_of(const Inference& inference, const Place& place,
                                                  const ElementCount& count) {
  std::vector<std::string> starts;
  for (u32 start : count.start_arguments) {
    starts.push_back(argument_name(inference, place, start));
    if (starts.back().empty()) {
      return std::nullopt;
    }
  }
  for (const std::string& name : count.starts) {
    const Member start =
        place.holder == none<TypeId> ? Member{} : inference.types.find_member(place.holder, name);
    if (start.owner == none<TypeId> || !inference.types.is_scalar(start.type)) {
      return std::nullopt;
    }
    starts.push_back("self->" + name);
  }
  return count.is_lost ? std::nullopt : std::optional(starts);
}

bool is_buffer(const IdlType& type) {
  return !type.element.empty() && type.element[0].stem == IdlStem::scalar;
}

// Sets the size that the walks over the elements say, if they say one.
bool set_counted_size(const Inference& inference, const Place& place, const ElementCount& count,
                      u64 bytes, IdlType& type) {
  u64 divisor = count.bytes ? std::max<u64>(bytes, 1) : 1;
  if (is_buffer(type) && count.is_open) {
    return false;
  }
  // What begins where nothing says is longer than any count.
  const std::optional<std::vector<std::string>> starts = starts_of(inference, place, count);
  if (starts && place.is_root && count.argument) {
    const Crossing& crossing = inference.crossing(place.crossing);
    std::span<const Member> members = inference.types.members(crossing.signature);
    std::string name = argument_name(inference, place, *count.argument);
    if (*count.argument < members.size() && !name.empty() &&
        inference.types.is_scalar(members[*count.argument].type)) {
      type.size_kind = IdlSize::expression;
      type.size_expression = with_starts(
          *starts, count.start_number,
          count_expression(inference, name, members[*count.argument].type, count, divisor));
      return true;
    }
  }
  if (set_sibling_size(inference, place, count, bytes, type)) {
    return true;
  }
  if (count.zero_ended &&
      !inference.tree.below(inference.tree.children(place.paths, StepKind::dereference)).out) {
    type.size_kind = IdlSize::null_terminated;
    return true;
  }
  if (count.number + count.start_number <= 1 || count.is_open || (is_buffer(type) && !starts)) {
    return false;
  }
  if (starts && !starts->empty()) {
    type.size_kind = IdlSize::expression;
    type.size_expression = with_starts(*starts, count.start_number, std::to_string(count.number));
    return true;
  }
  type.size_kind = IdlSize::number;
  type.size = count.number + count.start_number;
  return true;
}

// How the receiver finds the structs behind a pointer to several: copies are said to be no more than
// that, and what is new to it may be there already in part.
IdlAttributes row_allocation(IdlAttributes attributes) {
  std::erase_if(attributes, [](const IdlAttribute& attribute) {
    return attribute.kind == IdlAttributeKind::alloc_stack;
  });
  for (IdlAttribute& attribute : attributes) {
    if (attribute.kind == IdlAttributeKind::alloc) {
      attribute.kind = IdlAttributeKind::alloc_once;
    }
  }
  return attributes;
}

// What is done behind an untyped pointer to bytes that no field is known of: it may be done to any.
Direction bytes_touched(const Inference& inference, const Place& place, const SyncPaths& objects) {
  Direction touched;
  if (inference.types.kind(inference.types.pointee(place.type)) != TypeKind::void_) {
    return touched;
  }
  for (SyncPathId object : objects) {
    if (!inference.types.is_structure(inference.tree.at(object).type)) {
      touched |= inference.tree.own(object);
    }
  }
  return touched;
}

IdlType infer_object(Inference& inference, const Place& place, const SyncRoot* root,
                     TypeId structure, const SyncPaths& objects) {
  std::string tag = inference.types.tag(structure);
  bool is_opaque = inference.types.is_opaque(structure);
  if (tag.empty() || (is_opaque && is_name(tag))) {
    warn(inference, loc_of(inference, place), "unnamed-struct",
         fmt::format("{} points to a struct without a tag: it crosses as a number; "
                     "nothing can be said about its fields in an overlay",
                     place.text));
    return cookie_at(place);
  }
  std::optional<std::string> projection;
  if (is_opaque && inference.tree.below(objects)) {
    warn(inference, loc_of(inference, place), "private-header",
         fmt::format("{} is declared in {}, which the glue cannot include: its fields do not cross",
                     tag, inference.types.declared_in(structure)));
  }
  // What an untyped pointer leads to may lie in plain memory of the kernel's, in which no struct is ever found.
  if (is_opaque && !place.is_root && place.target == none<TypeId> &&
      inference.types.kind(inference.types.pointee(place.type)) == TypeKind::void_) {
    return cookie_at(place);
  }
  if (!is_opaque) {
    projection = add_projection(inference, place.crossing, structure, as_parts(objects), place.name,
                                root && root->touched, bytes_touched(inference, place, objects));
  }
  IdlType type;
  // Of several, each view of the member says how many: what is in them is in their own class.
  ElementCount count = walks_at(inference, place);
  if (!projection && !place.is_root && count.many && !is_opaque) {
    IdlProjection empty{tag, unique_name(inference, place.name), {}};
    projection = empty.name;
    inference.draft.items.push_back({std::move(empty), {}, {}});
  }
  if (!projection) {
    type = object_handle(inference, place, root, structure);
    add_container(inference, place, root, structure, type);
    add_wholes(inference, place, structure, type);
    return type;
  }
  type.stem = IdlStem::projection;
  type.name = *projection;
  if (count.many && !place.is_result && !(root && root->freed)) {
    IdlType many;
    many.stem = IdlStem::array;
    if (!set_counted_size(inference, place, count, inference.types.size(structure), many)) {
      many.size_kind = IdlSize::extent;
      const u64 least = count.number + count.start_number;
      many.size = least > 1 ? least : 0;
      warn(inference, loc_of(inference, place), "unknown-size",
           fmt::format("{}: no size was found: of the driver's memory all that is known to lie "
                       "there crosses, of the kernel's {} struct{}",
                       place.text, std::max<u64>(least, 1), least > 1 ? "s" : ""));
    }
    many.element.push_back(std::move(type));
    many.pointers = {row_allocation(allocation(inference, place, root, tag))};
    if (!place.is_root) {
      add_direction(many, place.direction);
    }
    return many;
  }
  type.pointers = {allocation(inference, place, root, tag)};
  add_container(inference, place, root, structure, type);
  add_wholes(inference, place, structure, type);
  if (!place.is_root) {
    add_direction(type, place.direction);
  }
  return type;
}

bool is_char(const TypeTable& types, TypeId type) {
  TypeId stripped = types.strip(type);
  return stripped != none<TypeId> && types.at(stripped).name == "char";
}

bool sounds_like_length(std::string name) {
  constexpr std::string_view words[] = {"len", "size", "count", "bytes"};
  return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
    return name == word || name.ends_with("_" + std::string(word)) || name.ends_with(word);
  });
}

struct Elements {
  u64 count = 0; // highest constant index, plus one
  bool unknown = false; // some index is not constant
};

Elements count_elements(const Inference& inference, const SyncPaths& objects) {
  Elements result;
  for (SyncPathId object : objects) {
    bool direct = static_cast<bool>(inference.tree.own(object)) ||
                  !inference.tree.children({object}, StepKind::dereference).empty() ||
                  !inference.tree.children({object}, StepKind::field).empty();
    result.count = std::max<u64>(result.count, direct ? 1 : 0);
  }
  for (SyncPathId element : inference.tree.children(objects, StepKind::element)) {
    u64 index = inference.tree.at(element).element;
    result.unknown |= index == any_element;
    result.count = std::max(result.count, index == any_element ? 1 : index + 1);
  }
  return result;
}

// What says how large a buffer is if the argument after it is called a length: that, or, of a pointer,
// what it points to when the function is called. Empty if neither can.
std::string guessed_size(const Inference& inference, const Place& place) {
  const Crossing& crossing = inference.crossing(place.crossing);
  const u32 index = place.index + 1;
  std::string name = argument_name(inference, place, index);
  std::span<const Member> members = inference.types.members(crossing.signature);
  if (!sounds_like_length(name) || index >= members.size() ||
      inference.types.kind(members[index].type) != TypeKind::pointer) {
    return sounds_like_length(name) ? name : "";
  }
  const SyncRoot* root = inference.tree.root(place.crossing, RootKind::argument, index);
  Direction direction;
  if (root && root->path != none<SyncPathId>) {
    direction = inference.tree.below(inference.tree.children({root->path}, StepKind::dereference));
  }
  bool said = inference.types.is_scalar(inference.types.pointee(members[index].type)) &&
              (direction.in || !direction.out);
  return said ? fmt::format("{0} ? *{0} : 0", name) : "";
}

void set_number(IdlType& type, u64 count) {
  type.size_kind = IdlSize::number;
  type.size = count;
}

// Sets the size that an argument of the function's says, if one does.
bool set_length_size(const Inference& inference, const Place& place, u64 bytes, IdlType& type) {
  const std::optional<u32> length =
      inference.idioms.length_argument(inference.crossing(place.crossing), place.index);
  std::string name = length ? argument_name(inference, place, *length) : "";
  if (name.empty()) {
    return false;
  }
  type.size_kind = IdlSize::expression;
  type.size_expression = bytes <= 1 ? name : fmt::format("{} / {}", name, bytes);
  return true;
}

// Whether a struct is another one, or has it as a member at any depth.
bool holds(const TypeTable& types, TypeId outer, TypeId inner) {
  outer = outer == none<TypeId> ? outer : types.complete(types.element(outer));
  if (outer == none<TypeId> || !types.is_structure(outer)) {
    return false;
  }
  return outer == inner || std::ranges::any_of(types.members(outer), [&](const Member& member) {
           return types.kind(member.type) != TypeKind::pointer && holds(types, member.type, inner);
         });
}

// Whether the struct that has the pointer is one that both ends know, not a copy for one call.
bool is_of_object(const Inference& inference, const Place& place) {
  return !place.is_root && !place.stack && place.holder != none<TypeId> &&
         (place.by_class ||
          std::ranges::any_of(inference.by_reference, [&](const std::string& tag) {
            return holds(inference.types, inference.types.find(tag),
                         inference.types.complete(place.holder));
          }));
}

// A pointer to arrays: of how many, nothing says.
bool is_row_of_arrays(const Inference& inference, const Place& place) {
  return inference.types.kind(inference.types.pointee(place.type)) == TypeKind::array;
}

// Of a larger buffer that callers have, a message may have no room for all.
constexpr u64 most_given = 4096;

// Of what the driver's function is seen to look at by number, no more than all callers have: the kernel's end would write
// behind a variable of theirs.
void bound_number(Inference& inference, const Place& place, u64 bytes, IdlType& type) {
  const Crossing& crossing = inference.crossing(place.crossing);
  if (!place.is_root || place.is_result || !crossing.to_driver || bytes == 0 ||
      crossing.function == none<FunctionId> || type.size_kind != IdlSize::number) {
    return;
  }
  const u64 given = inference.idioms.given_length(crossing.function, place.index) / bytes;
  if (given == 0 || given >= type.size) {
    return;
  }
  warn(inference, crossing.loc, "unknown-size",
       fmt::format("{}: {} elements are looked at, and a caller has {}: so many cross", place.text,
                   type.size, given));
  type.size = given;
}

// How many elements of `bytes` bytes lie behind the pointer; complains if that is a guess. Of void
// (0 bytes) it says nothing if nothing is known.
void set_size(Inference& inference, const Place& place, const SyncPaths& objects, u64 bytes,
              IdlType& type) {
  const Crossing& crossing = inference.crossing(place.crossing);
  Elements elements = count_elements(inference, objects);
  ElementCount counted = count_at(inference, place);
  elements.unknown |= (counted.many && counted.number <= 1) || counted.is_lost || counted.is_open ||
                      (!place.is_root && bytes != 0 && !counted.is_known()) ||
                      (!place.is_root && is_row_of_arrays(inference, place));
  elements.count = bytes == 0 ? 0 : elements.count; // of void, nothing says how much one is
  if (place.is_root && !place.is_result) {
    if (set_length_size(inference, place, bytes, type)) {
      return;
    }
    if ((bytes != 0 || counted.bytes) && set_counted_size(inference, place, counted, bytes, type)) {
      return;
    }
    const u64 constant = inference.idioms.constant_length(crossing, place.index);
    elements.unknown |= inference.idioms.callees(crossing).empty();
    elements.count = std::max(elements.count, constant / std::max<u64>(bytes, 1));
    // Who follows a pointer that the kernel stores may look at more than the code that is seen.
    const SyncRoot* root = inference.tree.root(place.crossing, RootKind::argument, place.index);
    const bool is_open =
        crossing.to_driver ? elements.unknown : elements.count <= 1 && root && root->identity;
    const u64 given = is_open && bytes != 0 && crossing.function != none<FunctionId>
                          ? inference.idioms.given_length(crossing.function, place.index)
                          : 0;
    if (given <= most_given && given / std::max<u64>(bytes, 1) > elements.count) {
      elements = {given / bytes, false};
    }
    std::string name = guessed_size(inference, place);
    if ((elements.unknown || elements.count == 0) && !name.empty()) {
      type.size_kind = IdlSize::expression;
      type.size_expression = name;
      warn(inference, crossing.loc, "guessed-size",
           fmt::format("{}: {} is taken for its size because of its name; to be sure: "
                       "argument {} {} : array<{}, {{{{{}}}}}> *{};",
                       place.text, name, crossing.name, place.index, print_idl(type.element[0], ""),
                       name, argument_name(inference, place, place.index)));
      return;
    }
  }
  if (!place.is_root && (bytes != 0 || counted.bytes) && !is_row_of_arrays(inference, place) &&
      set_counted_size(inference, place, counted, bytes, type)) {
    return;
  }
  if (elements.count == 0 && bytes == 0) {
    return; // untyped memory of which nothing is known
  }
  if (elements.unknown && !place.is_root) {
    type.size_kind = IdlSize::extent;
    inference.draft.untyped_memory =
        true; // how large a variable of the driver's is, its end must know
    warn(
        inference, crossing.loc, "unknown-size",
        fmt::format(
            "{}: no size was found: all that is known to lie there crosses, of the kernel's memory "
            "what its allocator has given out; to say more: {} {{ array<{}, {{{{...}}}}> *{}; }}",
            place.text, inference.types.tag(place.holder), print_idl(type.element[0], ""),
            place.field.substr(place.field.find('.') + 1)));
    return;
  }
  if (elements.unknown && crossing.to_driver && !place.is_result) {
    type.size_kind = IdlSize::extent;
    warn(inference, crossing.loc, "unknown-size",
         fmt::format("{}: no size was found: what the kernel's allocator has given out crosses, "
                     "of other memory one element; to say more: "
                     "argument {} {} : array<{}, {{{{...}}}}> *{};",
                     place.text, crossing.name, place.index, print_idl(type.element[0], ""),
                     argument_name(inference, place, place.index)));
    return;
  }
  if (elements.unknown && elements.count <= 1 && place.is_root && !place.is_result) {
    return; // of the driver's memory, all that is known to lie there
  }
  set_number(type, std::max<u64>(elements.count, 1));
  if (elements.unknown || (elements.count == 0 && place.is_root)) {
    warn(inference, crossing.loc, "unknown-size",
         fmt::format("{}: no size was found, {} element{} cross; to say more: "
                     "argument {} {} : array<{}, {{{{...}}}}> *{};",
                     place.text, type.size, type.size == 1 ? "" : "s", crossing.name, place.index,
                     print_idl(type.element[0], ""), argument_name(inference, place, place.index)));
  }
}

// How much there is of memory without a struct that the receiver keeps. False if nothing says.
bool set_kept_size(const Inference& inference, const Place& place, TypeId element, IdlType& type) {
  const u64 bytes = std::max<u64>(inference.types.size(element), 1);
  return (!place.is_result && set_length_size(inference, place, bytes, type)) ||
         set_counted_size(inference, place, count_at(inference, place), bytes, type);
}

// The kernel's memory without a struct that the driver keeps a pointer to, or is returned one. Characters without a
// number are a text, which the driver does not change.
IdlType infer_lent(Inference& inference, const Place& place, TypeId element) {
  const bool is_void = inference.types.kind(element) == TypeKind::void_;
  IdlType type;
  type.stem = IdlStem::array;
  type.pointers = {{plain(IdlAttributeKind::kept)}};
  if (place.is_result && inference.crossing(place.crossing).answers_member) {
    type.pointers[0].push_back(plain(IdlAttributeKind::member));
  }
  type.element.push_back(is_void ? byte_type() : infer_scalar(inference, element));
  if (!set_kept_size(inference, place, element, type)) {
    if (is_char(inference.types, element)) {
      IdlType text;
      text.stem = IdlStem::string;
      text.pointers = {{plain(IdlAttributeKind::kept)}};
      return text;
    }
    type.size_kind = IdlSize::extent;
  }
  if (inference.writes_plain) {
    add_direction(type, {true, true});
  }
  return type;
}

// Of a function that returns what such members hold: the bytes of the largest of these structs; 0 if it may be anything else.
u64 inner_result(const Inference& inference, FunctionId function) {
  u64 bytes = 0;
  for (u32 number : inference.view.returns_of(function)) {
    const Return& result = inference.view.summary().returns[number];
    if (result.path == none<PathId> && result.is_constant && result.integer == 0) {
      continue;
    }
    const Path* path = result.path == none<PathId> ? nullptr : &inference.view.path(result.path);
    const auto found = path && path->step == StepKind::field && path->field != none<FieldId>
                           ? inference.inner.find(inference.field(path->field).name)
                           : inference.inner.end();
    if (found == inference.inner.end()) {
      return 0;
    }
    bytes = std::max(bytes, found->second);
  }
  return bytes;
}

// Memory without a type that a function of the kernel's returns, as an allocator does: what the driver takes it
// for, if that is one struct or no struct. The object is as large as the function's argument says. Structs that
// only the driver has are bytes to the kernel, which it lends.
std::optional<IdlType> infer_allocated(Inference& inference, const Place& place) {
  const Crossing& crossing = inference.crossing(place.crossing);
  if (crossing.function == none<FunctionId>) {
    return {};
  }
  const ResultUse use = use_of_result(inference.view, inference.types, crossing.function);
  const bool is_plain = returns_scalars(inference.view, inference.types, crossing.function) ||
                        returns_allocated(inference.view, crossing.function);
  if (is_plain && !use.known && (use.structure != none<TypeId> || use.untyped)) {
    IdlType type = infer_lent(inference, place, none<TypeId>);
    if (use.structure != none<TypeId> && !inference.writes_plain) {
      add_direction(type, {true, true});
    }
    return type;
  }
  if (use.structure == none<TypeId> && use.scalars) {
    return infer_lent(inference, place, none<TypeId>);
  }
  if (use.structure == none<TypeId> && !use.untyped) {
    return {};
  }
  if (const u64 bytes = inner_result(inference, crossing.function); bytes != 0 && !use.known) {
    IdlType type = cookie();
    type.pointers[0].push_back({IdlAttributeKind::inner, IdlSide::none, std::to_string(bytes), {}});
    return type;
  }
  if (use.structure == none<TypeId> || use.several || use.scalars ||
      inference.types.tag(use.structure).empty() || inference.types.is_opaque(use.structure)) {
    warn(inference, crossing.loc, "pointer-result",
         fmt::format("{} is memory that the driver takes for {}: it crosses as a number, and must "
                     "not be looked into; to say more: result {} : handle<...> *;",
                     place.text,
                     use.structure == none<TypeId> ? "bytes without a type" : "several things",
                     crossing.name));
    return {};
  }
  IdlType type = handle_type(inference, use.structure);
  type.pointers[0] = {sided(IdlAttributeKind::alloc_once, IdlSide::caller)};
  return type;
}

// Memory without a struct that the kernel keeps a pointer to: what of it crosses later, it does
// without any argument. As far as is known; it goes on to the end of what it lies in.
IdlType infer_kept(Inference& inference, const Place& place, TypeId element,
                   const SyncPaths& objects, bool is_literal) {
  const Crossing& crossing = inference.crossing(place.crossing);
  IdlType type;
  type.pointers = {{plain(IdlAttributeKind::kept)}};
  if (is_literal) {
    type.stem = IdlStem::string;
    return type;
  }
  type.stem = IdlStem::array;
  const bool is_void = inference.types.kind(element) == TypeKind::void_;
  type.element.push_back(is_void ? byte_type() : infer_scalar(inference, element));
  inference.draft.untyped_memory |= is_void;
  const u64 bytes = std::max<u64>(inference.types.size(element), 1);
  const ElementCount counted = count_at(inference, place);
  if (set_length_size(inference, place, bytes, type)) {
    // as much as that
  } else if (is_char(inference.types, element) &&
             inference.idioms.is_string_argument(crossing, place.index)) {
    type.size_kind = IdlSize::null_terminated;
  } else if (!set_counted_size(inference, place, counted, bytes, type)) {
    const Elements elements = count_elements(inference, objects);
    // One byte is a text or a buffer, whose walks need not be seen: who follows the pointer later may be anybody.
    const bool is_unknown = elements.unknown || counted.many || counted.is_lost ||
                            counted.is_open || inference.idioms.callees(crossing).empty() ||
                            bytes == 1;
    if (is_void || (is_unknown && elements.count <= 1)) {
      type.size_kind = IdlSize::extent;
      inference.draft.untyped_memory = true;
    } else {
      set_number(type, std::max<u64>(elements.count, 1));
    }
  }
  add_direction(type, {true, true});
  return type;
}

// Whether the kernel's end may be given what the driver has in the member.
bool is_given_to_kernel(const Inference& inference, const Place& place) {
  const bool turned = !place.by_class && inference.crossing(place.crossing).to_driver;
  return turned ? place.direction.out : place.direction.in;
}

// Only handed back by the receiver, or nothing if it never looks at it.
IdlType infer_untouched(Inference&, const Place& place, const SyncRoot* root, bool is_void) {
  bool matters = !place.is_root || place.is_result || !root || root->identity || is_void;
  IdlType type = matters ? cookie() : unused();
  if (!place.is_root) {
    add_direction(type, place.direction);
  }
  return type;
}

// Where the memory ends that the driver may move a pointer in, as an overlay says of the struct: where another
// struct begins in the same buffer. 0 where nothing says: with the block.
std::string limit(Inference& inference, const Place& place) {
  for (const Rule* rule : inference.overlays.fields(inference.types.tag(place.holder))) {
    const IdlType& type = rule->declaration.type;
    const IdlAttribute* at =
        type.pointers.empty() ? nullptr : find_attribute(type.pointers[0], IdlAttributeKind::at);
    if (at != nullptr) {
      return fmt::format("(const char *)self->{} + ({})", rule->declaration.name, at->expression);
    }
  }
  return "0";
}

// Whether what a function of the driver's returns without a type is scalars, or memory of its own that the kernel
// follows.
bool is_returned_to_be_followed(const Inference& inference, FunctionId function) {
  return function != none<FunctionId> &&
         (returns_scalars(inference.view, inference.types, function) ||
          (inference.followed_in_kernel.results.contains(function) &&
           inference.followed_in_domain.made_results.contains(function)));
}

IdlType infer_buffer(Inference& inference, const Place& place, const SyncRoot* root, TypeId element,
                     const SyncPaths& objects) {
  bool is_void = inference.types.kind(element) == TypeKind::void_;
  Direction direction = inference.tree.below(objects);
  const Crossing& crossing = inference.crossing(place.crossing);
  bool is_argument = place.is_root && !place.is_result;
  // What the driver follows may be its own, which the kernel only keeps; not what the kernel has just made.
  const bool is_kernels = root && (root->fresh || root->caller_local);
  bool touched = root && root->touched && (!is_void || !crossing.to_driver || is_kernels);
  bool is_literal = is_argument && !crossing.to_driver &&
                    inference.idioms.is_literal_argument(crossing, place.index);
  direction.out &= !is_literal; // nobody writes to a constant
  if (is_argument && !crossing.to_driver && !is_void && root && root->identity && !root->freed &&
      !root->caller_local) {
    return infer_kept(inference, place, element, objects, is_literal);
  }
  const bool is_kept_by_driver = is_argument && crossing.to_driver && root && root->identity &&
                                 !root->freed && !root->caller_local;
  if (!is_void && (is_kept_by_driver || (place.is_result && !crossing.to_driver))) {
    return infer_lent(inference, place, element);
  }
  if (place.is_result && is_void && !crossing.to_driver) {
    if (std::optional<IdlType> allocated = infer_allocated(inference, place)) {
      return *allocated;
    }
  }
  // Kernel code that only fills or reads a buffer may have no rows: a length tells.
  touched |= is_argument && !crossing.to_driver && root && !root->identity &&
             inference.types.size(element) <= 1 &&
             sounds_like_length(argument_name(inference, place, place.index + 1));
  touched |= is_argument && is_void && !crossing.to_driver && root &&
             inference.idioms.is_handed_on_as_bytes(crossing, place.index);
  // What a member points to somebody follows, if not where it is seen: the kernel may have kept the pointer
  // elsewhere. Of untyped memory, only a walk tells; the rest are objects, or numbers.
  ElementCount walked = count_at(inference, place);
  if (is_void && !place.is_root) {
    add_followed(inference, place.field, walked);
  }
  const bool is_untyped_walk =
      is_void && !place.is_root && (place.is_followed || is_walked(inference, place, walked));
  touched |= is_untyped_walk || (!place.is_root && !is_void);
  bool is_string = is_char(inference.types, element) && !direction.out &&
                   (is_argument ? inference.idioms.is_string_argument(crossing, place.index)
                                : inference.idioms.is_string_field(place.field));
  if (is_string && !place.is_result && (place.is_root ? touched || direction.in : true)) {
    IdlType type;
    type.stem = IdlStem::string;
    type.pointers = {{}};
    if (!place.is_root) {
      add_direction(type, place.direction);
    }
    return type;
  }
  // What a function of the driver's returns, the kernel would follow: also where it does not say what it leads to,
  // and that is scalars.
  if (place.is_result && crossing.to_driver &&
      (!is_void || is_returned_to_be_followed(inference, crossing.function))) {
    IdlType type;
    type.stem = IdlStem::array;
    type.element.push_back(is_void ? byte_type() : infer_scalar(inference, element));
    type.size_kind = IdlSize::extent;
    inference.draft.untyped_memory = true;
    type.pointers = {{plain(IdlAttributeKind::kept)}};
    if (is_void) {
      add_direction(type, {true, true});
    }
    return type;
  }
  if (place.is_result || (!direction && !touched)) {
    return infer_untouched(inference, place, root, is_void);
  }
  IdlType type;
  type.stem = IdlStem::array;
  type.element.push_back(is_void ? byte_type() : infer_scalar(inference, element));
  set_size(inference, place, objects,
           is_void ? (is_untyped_walk ? 1 : 0) : inference.types.size(element), type);
  bound_number(inference, place, inference.types.size(element), type);
  if (type.size_kind == IdlSize::none) {
    if (is_argument && !crossing.to_driver) {
      warn(inference, crossing.loc, "unknown-size",
           fmt::format("{}: no size was found: of the driver's memory all that is known to lie "
                       "there crosses; to say more: argument {} {} : array<{}, {{{{...}}}}> *{};",
                       place.text, crossing.name, place.index, print_idl(type.element[0], ""),
                       argument_name(inference, place, place.index)));
      return infer_kept(inference, place, element, objects, false);
    }
    if (is_argument && !root->identity) {
      warn(inference, crossing.loc, "unknown-size",
           fmt::format(
               "{}: no size was found: it crosses as a reference, nothing of what lies "
               "there does; to say more: argument {} {} : array<unsigned char, {{{{...}}}}> *{};",
               place.text, crossing.name, place.index,
               argument_name(inference, place, place.index)));
    }
    return infer_untouched(inference, place, root, true);
  }
  if (type.pointers.empty()) {
    type.pointers = {{}};
  }
  if (!direction) {
    direction = {true, true};
  }
  const bool is_lent = !is_argument && inference.lent.contains(place.field);
  if (is_lent || is_of_object(inference, place)) {
    type.pointers[0].push_back(plain(IdlAttributeKind::kept));
    inference.draft.untyped_memory |= is_void;
    if (!place.stack && inference.moved.contains(place.field)) {
      type.pointers[0].push_back(
          {IdlAttributeKind::moved, IdlSide::none, limit(inference, place), {}});
    } else if (is_lent) {
      type.pointers[0].push_back(plain(IdlAttributeKind::lent));
    }
  }
  if (is_argument) {
    say_direction(type, place, direction);
  } else {
    // Whose memory it is need not look at it through this member: a local variable, or the one that holds it.
    Direction both = walked_direction(inference, place, walked);
    both |= inference.tree.below(objects);
    add_direction(type, both);
  }
  return type;
}

// Memory that is taken for several structs, none of which has a pointer in it.
IdlType infer_bytes(Inference& inference, const Place& place, const SyncPaths& objects, u64 bytes) {
  IdlType type;
  type.stem = IdlStem::array;
  type.element.push_back(byte_type());
  if (!set_length_size(inference, place, 1, type)) {
    set_number(type, bytes);
  }
  type.pointers = {{}};
  say_direction(type, place, inference.tree.below(objects));
  return type;
}

// What stands in an array of pointers to structs: a projection, or a handle of what has no definition here; anything
// else if it cannot cross.
IdlType infer_pointed_entry(Inference& inference, const Place& place, TypeId target,
                            const SyncPaths& targets) {
  if (inference.types.is_by_address(target)) {
    return cookie();
  }
  IdlType entry = infer_object(inference, place, nullptr, target, targets);
  if (entry.stem == IdlStem::handle && !inference.types.is_opaque(target)) {
    // An array has entries with a projection, if only an empty one.
    IdlProjection empty{entry.name, unique_name(inference, place.name), {}};
    entry.stem = IdlStem::projection;
    entry.name = empty.name;
    std::erase_if(entry.pointers[0],
                  [](const IdlAttribute& a) { return a.kind != IdlAttributeKind::within; });
    const IdlAttributes arrival = allocation(inference, place, nullptr, empty.structure);
    entry.pointers[0].insert(entry.pointers[0].begin(), arrival.begin(), arrival.end());
    inference.draft.items.push_back({std::move(empty), {}, {}});
  }
  if (entry.stem == IdlStem::handle && !inference.made.contains(entry.name)) {
    // The kernel's end makes nothing for what only the kernel has a definition of: it must know it.
    const IdlSide kernel =
        inference.crossing(place.crossing).to_driver ? IdlSide::caller : IdlSide::callee;
    std::erase_if(entry.pointers[0], [&](const IdlAttribute& a) {
      return a.kind == IdlAttributeKind::alloc_once && a.side == kernel;
    });
  }
  if (entry.stem == IdlStem::projection || entry.stem == IdlStem::handle) {
    std::erase_if(entry.pointers[0], [](const IdlAttribute& a) {
      return a.kind == IdlAttributeKind::in || a.kind == IdlAttributeKind::out;
    });
  }
  return entry;
}

IdlType infer_function_entry(Inference& inference, const Place& place, TypeId entry) {
  IdlType type;
  type.stem = IdlStem::function;
  const TypeId prototype = inference.types.pointee(entry);
  const bool to_driver = inference.crossing(place.crossing).to_driver && !place.by_class
                             ? place.direction.in
                             : place.direction.out;
  auto [known, added] = inference.draft.field_signatures.try_emplace(place.field);
  if (added) {
    known->second = add_signature(inference, unique_name(inference, place.name),
                                  inference.idioms.functions_of_prototype(prototype));
  }
  type.name = known->second;
  note_signature(inference, type.name, prototype, to_driver);
  return type;
}

// A table of strings that nobody writes to, or of functions. False if it is none.
bool infer_plain_table(Inference& inference, const Place& place, TypeId entry, TypeId target,
                       const ElementCount& count, IdlType& type) {
  IdlType one;
  const Direction behind =
      inference.tree.below(inference.tree.children(place.paths, StepKind::dereference));
  if (is_char(inference.types, target) && !behind.out) {
    one.stem = IdlStem::string;
    one.pointers = {{}};
  } else if (inference.types.is_function_pointer(entry)) {
    one = infer_function_entry(inference, place, entry);
  } else {
    return false;
  }
  if (!set_counted_size(inference, place, count, inference.types.size(entry), type)) {
    return false;
  }
  type.element = {std::move(one)};
  type.pointers = {{}};
  add_direction(type, place.direction);
  return true;
}

// A member that points to pointers: to as many as are walked, if it is pointers to structs.
IdlType infer_pointer_table(Inference& inference, const Place& place, TypeId entry,
                            const SyncPaths& objects) {
  ElementCount count = count_at(inference, place);
  // That nobody is seen to follow it here proves nothing of the kernel, which may have put it elsewhere.
  const bool is_seen = count.many || count.is_known();
  if (!is_seen && !is_given_to_kernel(inference, place)) {
    return infer_untouched(inference, place, nullptr, true);
  }
  TypeId target = inference.types.pointee(entry);
  IdlType type;
  type.stem = IdlStem::array;
  const auto set_size = [&] {
    if (set_counted_size(inference, place, count, inference.types.size(entry), type)) {
      return true;
    }
    // Of what only the kernel has it matters what the driver looks at.
    const u64 looked_at = is_given_to_kernel(inference, place)
                              ? 0
                              : inference.idioms.constant_entries_in_domain(place.field);
    if (looked_at != 0) {
      set_number(type, looked_at);
    }
    return looked_at != 0;
  };
  if (is_seen && inference.types.is_structure(target) && set_size()) {
    Place inner = place;
    inner.paths = inference.tree.children(objects, StepKind::element);
    inner.paths.insert(inner.paths.end(), objects.begin(), objects.end());
    inner.type = entry;
    inner.field.clear();
    inner.table = place.field;
    SyncPaths targets = inference.tree.children(inner.paths, StepKind::dereference);
    type.element.push_back(infer_pointed_entry(inference, inner, target, targets));
    if (type.element[0].stem == IdlStem::projection) {
      type.pointers = {{}};
      add_direction(type, place.direction);
      return type;
    }
  }
  if (is_seen && infer_plain_table(inference, place, entry, target, count, type)) {
    return type;
  }
  warn(inference, loc_of(inference, place), "pointer-to-pointer",
       fmt::format("{} is a table of pointers of a kind or number that cannot cross: it is "
                   "refused where the driver passes one",
                   place.text));
  type = null_only();
  add_direction(type, place.direction);
  return type;
}

// What the kernel's functions follow is no NULL without a word: it is refused.
IdlType infer_left_out(Inference& inference, const Place& place, const SyncRoot* root,
                       std::string_view what) {
  if (!root || !root->touched) {
    return unused();
  }
  const bool to_driver = inference.crossing(place.crossing).to_driver;
  warn(inference, loc_of(inference, place), "pointer-to-pointer",
       fmt::format("{} is a pointer to pointers {}; {}", place.text, what,
                   to_driver ? "it is left out" : "only NULL can cross"));
  return to_driver ? unused() : null_only();
}

// Whether what stands in an array of pointers are strings that are only read for the time of the call.
bool are_strings(const Inference& inference, const SyncRoot* root, TypeId target, Direction written,
                 const SyncPaths& targets) {
  return is_char(inference.types, target) && root && root->touched && !root->identity &&
         !root->freed && !written.out && !inference.tree.below(targets).out;
}

// Whether what stands in a table that is kept are strings that nobody writes to.
bool is_kept_strings(const Inference& inference, const Place& place, TypeId target) {
  return is_char(inference.types, target) &&
         !inference.idioms.stores_in_table(inference.crossing(place.crossing), place.index);
}

// Whether the argument is where the function stores an address, and does nothing else: what was there before does not cross.
bool is_stored_at(const Inference& inference, const Place& place, const SyncRoot* root,
                  Direction written) {
  const FunctionId function = inference.crossing(place.crossing).function;
  if (!root || root->freed || !written.out || function == none<FunctionId> ||
      inference.view.was_dropped(function)) {
    return false;
  }
  const Summary& summary = inference.view.summary();
  for (u32 call : inference.view.calls_of(function)) {
    for (u32 number : inference.view.arguments_of(CallId{call})) {
      const PathId path = summary.arguments[number].path;
      if (path != none<PathId> && summary.paths[row(path)].step == StepKind::argument &&
          summary.paths[row(path)].index == place.index) {
        return false;
      }
    }
  }
  bool stores = false;
  for (u32 number : inference.view.accesses_of(function)) {
    const Access& access = summary.accesses[number];
    const bool is_store =
        access.kind == AccessKind::write && access.source == AccessSource::instruction;
    PathId path = access.path;
    for (u32 steps = 0; path != none<PathId>; ++steps, path = summary.paths[row(path)].parent) {
      const Path& step = summary.paths[row(path)];
      if (step.step != StepKind::argument || step.index != place.index) {
        continue;
      }
      if (!is_store || steps != 1) {
        return false;
      }
      stores = true;
    }
  }
  return stores && inference.view.unknowns_of(function).empty();
}

bool is_string_place(const Inference& inference, const Place& place, const SyncRoot* root,
                     TypeId target, Direction written) {
  return is_char(inference.types, target) && is_stored_at(inference, place, root, written);
}

// Whether the callee keeps the table of pointers that the argument leads to.
bool is_kept_table(const SyncRoot* root) {
  return root && root->identity && !root->freed && !root->caller_local;
}

std::string element_for_people(const IdlType& type) {
  switch (type.element[0].stem) {
  case IdlStem::string: return "string *";
  case IdlStem::function: return "rpc_ptr";
  default: return "projection *";
  }
}

// How many pointers an argument leads to.
void set_pointer_count(Inference& inference, const Place& place, const SyncPaths& objects,
                       TypeId entry, bool is_kept, IdlType& type) {
  const Crossing& crossing = inference.crossing(place.crossing);
  Elements elements = count_elements(inference, objects);
  ElementCount count =
      is_kept ? inference.idioms.count_of_kept(crossing, place.index) : count_at(inference, place);
  count.number = std::max(count.number, elements.count);
  count.many |= elements.unknown;
  if (is_kept && !count.argument && count.zero_ended) {
    type.size_kind = IdlSize::null_terminated;
    return;
  }
  // Whoever walks what is kept need not be seen here: a constant index is no more than what there is at least.
  if (set_counted_size(inference, place, count, inference.types.size(entry), type) &&
      (type.size_kind != IdlSize::number || !(is_kept || count.is_open))) {
    return;
  }
  if (!is_kept && !count.many && !count.is_open) {
    set_number(type, 1);
    return;
  }
  const u64 least = std::max<u64>(count.number + count.start_number, 1);
  type.size_expression.clear();
  type.size_kind = IdlSize::extent;
  type.size = least > 1 ? least : 0;
  inference.draft.untyped_memory = true;
  warn(inference, crossing.loc, "unknown-size",
       fmt::format(
           "{}: no size was found: of the driver's memory all pointers that are known to lie "
           "there cross, of the kernel's {}; to say more: "
           "argument {} {} : array<{}, {{{{...}}}}> *{};",
           place.text, least, crossing.name, place.index, element_for_people(type),
           argument_name(inference, place, place.index)));
}

// What stands in a table of functions that is passed: any that the receiver may call so.
IdlType infer_passed_function(Inference& inference, const Place& place, TypeId entry) {
  IdlType type;
  type.stem = IdlStem::function;
  const TypeId prototype = inference.types.pointee(entry);
  type.name = add_signature(inference, unique_name(inference, place.name),
                            inference.idioms.functions_of_prototype(prototype));
  note_signature(inference, type.name, prototype, inference.crossing(place.crossing).to_driver);
  return type;
}

// What says how many elements there are where the callee has stored the number, in C; empty if nothing does.
std::string stored_count(const Inference& inference, const Place& place, u32 index) {
  const std::span<const Member> members =
      inference.types.members(inference.crossing(place.crossing).signature);
  const std::string name = argument_name(inference, place, index);
  if (name.empty() || index >= members.size() ||
      inference.types.kind(members[index].type) != TypeKind::pointer ||
      inference.types.kind(inference.types.pointee(members[index].type)) != TypeKind::integer) {
    return "";
  }
  const TypeId number = inference.types.strip(inference.types.pointee(members[index].type));
  return inference.types.at(number).is_signed ? fmt::format("{0} && *{0} > 0 ? *{0} : 0", name)
                                              : fmt::format("{0} ? *{0} : 0", name);
}

// How much lies behind what the callee stores.
void set_stored_count(Inference& inference, const Place& place, IdlType& led) {
  const Crossing& crossing = inference.crossing(place.crossing);
  const ElementCount count = inference.idioms.count_of_stored(crossing, place.index);
  const std::string name = argument_name(inference, place, place.index);
  led.size_kind = IdlSize::expression;
  if (count.argument) {
    led.size_expression = stored_count(inference, place, *count.argument);
  }
  if (led.size_expression.empty() && count.zero_ended) {
    led.size_kind = IdlSize::null_terminated;
    return;
  }
  if (led.size_expression.empty() && !count.is_open && count.number > 0) {
    led.size_kind = IdlSize::number;
    led.size = count.number;
    return;
  }
  if (led.size_expression.empty()) {
    led.size_expression = stored_count(inference, place, place.index + 1);
    if (!led.size_expression.empty()) {
      warn(
          inference, crossing.loc, "guessed-size",
          fmt::format("{}: {} is taken for the number of what is stored there, because it follows; "
                      "to be sure: argument {} {} : array<{}, 1> [out] *{};",
                      place.text, argument_name(inference, place, place.index + 1), crossing.name,
                      place.index, print_idl(led, ""), name));
    }
  }
  if (!led.size_expression.empty()) {
    return;
  }
  led.size_kind = IdlSize::extent;
  led.size = count.number > 1 ? count.number : 0;
  warn(inference, crossing.loc, "unknown-size",
       fmt::format(
           "{}: of what is stored there no size was found: of the driver's memory all that is "
           "known to lie there crosses; to say more: argument {} {} : array<{}, 1> [out] *{};",
           place.text, crossing.name, place.index, print_idl(led, ""), name));
}

// Where the callee stores the address of scalars or of a table of pointers, of how many something says. Nothing if it
// does anything else there.
std::optional<IdlType> infer_stored(Inference& inference, const Place& place, const SyncRoot* root,
                                    TypeId entry, Direction written, const SyncPaths& targets) {
  const TypeTable& types = inference.types;
  const TypeId target = types.pointee(entry);
  const bool is_table = types.kind(target) == TypeKind::pointer;
  const TypeId last =
      is_table && !types.is_function_pointer(target) ? types.pointee(target) : target;
  if ((!is_table && (!types.is_scalar(target) || is_char(types, target))) ||
      !is_stored_at(inference, place, root, written)) {
    return {};
  }
  IdlType led;
  led.stem = IdlStem::array;
  led.pointers = {{plain(IdlAttributeKind::kept)}};
  if (!is_table) {
    led.element.push_back(infer_scalar(inference, target));
    if (inference.crossing(place.crossing).to_driver || inference.writes_plain) {
      add_direction(led, {true, true});
    }
  } else if (types.is_function_pointer(target)) {
    led.element.push_back(infer_passed_function(inference, place, target));
  } else if (is_char(types, last)) {
    IdlType string;
    string.stem = IdlStem::string;
    string.pointers = {{plain(IdlAttributeKind::kept)}};
    led.element.push_back(std::move(string));
  } else if (types.is_structure(last)) {
    Place inner = place;
    inner.is_root = false;
    inner.type = target;
    inner.direction = {false, true};
    inner.paths = inference.tree.children(targets, StepKind::element);
    inner.paths.insert(inner.paths.end(), targets.begin(), targets.end());
    led.element.push_back(infer_pointed_entry(
        inference, inner, last, inference.tree.children(inner.paths, StepKind::dereference)));
    if (led.element[0].stem != IdlStem::projection) {
      return {};
    }
  } else {
    return {};
  }
  inference.draft.untyped_memory = true;
  set_stored_count(inference, place, led);
  IdlType type;
  type.stem = IdlStem::array;
  type.pointers = {{}};
  type.element.push_back(std::move(led));
  set_number(type, 1);
  add_direction(type, {false, true});
  return type;
}

// A table that is kept is the callee's own copy; of what is stored there, what is stored in the call comes back.
void add_kept_table(Inference& inference, const Place& place, IdlType& type) {
  const Crossing& crossing = inference.crossing(place.crossing);
  type.pointers[0].push_back(plain(IdlAttributeKind::kept));
  const bool comes_back = find_attribute(type.pointers[0], IdlAttributeKind::out) != nullptr;
  if (inference.idioms.stores_in_kept(crossing, place.index) ||
      (!comes_back && inference.idioms.stores_in_table(crossing, place.index))) {
    warn(inference, crossing.loc, "kept-table",
         fmt::format("{} is a table of pointers that is kept: what the {} stores there later does "
                     "not come back",
                     place.text, crossing.to_driver ? "driver" : "kernel"));
  }
}

// As which struct the receiver sees what void pointers lead to, if it is one; else `declared`.
TypeId as_seen(const Inference& inference, TypeId declared, const SyncPaths& objects) {
  if (inference.types.kind(declared) != TypeKind::void_) {
    return declared;
  }
  TypeId result = declared;
  for (SyncPathId object : objects) {
    TypeId type = inference.tree.at(object).type;
    if (inference.types.is_structure(type) && inference.tree.below(object)) {
      if (result != declared && inference.types.tag(result) != inference.types.tag(type)) {
        return declared;
      }
      result = type;
    }
  }
  return result;
}

// A table that the callee fills with pointers, to objects of several kinds or to nothing that is known. What it leaves
// alone comes back as it was.
IdlType infer_filled_table(Inference& inference, const Place& place, const SyncPaths& objects,
                           TypeId entry) {
  IdlType type;
  type.stem = IdlStem::array;
  type.pointers = {{}};
  type.element.push_back(cookie());
  set_pointer_count(inference, place, objects, entry, false, type);
  say_direction(type, place, {true, true});
  return type;
}

// An array of pointers: entries that the receiver can touch, by highest constant index.
IdlType infer_pointer_array(Inference& inference, const Place& place, const SyncRoot* root,
                            TypeId entry, const SyncPaths& objects) {
  SyncPaths entries = inference.tree.children(objects, StepKind::element);
  entries.insert(entries.end(), objects.begin(), objects.end());
  Direction written;
  for (SyncPathId path : entries) {
    written |= inference.tree.own(path);
  }
  SyncPaths targets = inference.tree.children(entries, StepKind::dereference);
  TypeId target = as_seen(inference, inference.types.pointee(entry), targets);
  IdlType type;
  type.stem = IdlStem::array;
  type.pointers = {{}};
  const bool is_kept = is_kept_table(root);
  const bool is_read =
      root && !root->freed && (is_kept || (root->touched && !root->identity && !written.out));
  if (is_read && inference.types.is_function_pointer(entry)) {
    type.element.push_back(infer_passed_function(inference, place, entry));
    set_pointer_count(inference, place, objects, entry, is_kept, type);
    if (is_kept) {
      add_kept_table(inference, place, type);
    }
    return type;
  }
  if (are_strings(inference, root, target, written, targets) ||
      (is_kept && is_kept_strings(inference, place, target))) {
    IdlType string;
    string.stem = IdlStem::string;
    string.pointers = {{}};
    if (is_kept ||
        inference.idioms.keeps_entries(inference.crossing(place.crossing), place.index)) {
      string.pointers[0].push_back(plain(IdlAttributeKind::kept));
    }
    type.element.push_back(std::move(string));
    set_pointer_count(inference, place, objects, entry, is_kept, type);
    if (is_kept) {
      add_kept_table(inference, place, type);
    }
    return type;
  }
  if (is_string_place(inference, place, root, target, written)) {
    IdlType string;
    string.stem = IdlStem::string;
    string.pointers = {{}};
    type.element.push_back(std::move(string));
    set_number(type, 1);
    add_direction(type, {false, true});
    return type;
  }
  if (std::optional<IdlType> stored =
          infer_stored(inference, place, root, entry, written, targets)) {
    return *stored;
  }
  if (written.out && !is_kept && inference.types.kind(target) == TypeKind::void_) {
    return infer_filled_table(inference, place, objects, entry);
  }
  bool is_object = inference.types.is_structure(target);
  if (!is_object || (!written && !inference.tree.below(targets) && !(root && root->touched))) {
    return infer_left_out(inference, place, root, "of a kind that cannot cross");
  }
  Place inner = place;
  inner.paths = entries;
  inner.type = entry;
  inner.is_root = false;
  inner.direction = {!written.out || written.in, written.out};
  if (is_kept) {
    // Whoever keeps it may store there at any time; in the call is what comes back.
    inner.direction = {
        true, inference.idioms.stores_in_table(inference.crossing(place.crossing), place.index)};
  }
  bool identity = root && root->identity;
  inner.stack = !identity && !inner.direction.out &&
                !inference.by_reference.contains(inference.types.tag(target));
  IdlType element = infer_pointed_entry(inference, inner, target, targets);
  if (element.stem != IdlStem::projection && element.stem != IdlStem::handle &&
      element.stem != IdlStem::void_) {
    return infer_left_out(inference, place, root, "to what has no definition here");
  }
  type.element.push_back(std::move(element));
  set_pointer_count(inference, place, objects, entry, is_kept, type);
  if (is_kept && type.size_kind == IdlSize::null_terminated) {
    inner.direction.out = false;
  }
  say_direction(type, place, inner.direction);
  if (is_kept) {
    add_kept_table(inference, place, type);
  }
  return type;
}

IdlType infer_function(Inference& inference, const Place& place) {
  IdlType type;
  type.stem = IdlStem::function;
  const Crossing& crossing = inference.crossing(place.crossing);
  if (!place.is_root) {
    bool to_driver =
        crossing.to_driver && !place.by_class ? place.direction.in : place.direction.out;
    type.name = field_signature(inference, place.field, to_driver);
    add_direction(type, place.direction);
    return type;
  }
  std::set<std::string> functions;
  if (!place.is_result && !crossing.to_driver) {
    functions = inference.idioms.functions_of_argument(crossing, place.index);
  } else if (place.is_result && crossing.to_driver) {
    functions = inference.idioms.functions_of_result(crossing, place.type);
  }
  bool to_driver = place.is_result != crossing.to_driver;
  if (functions.empty() && !to_driver) {
    warn(inference, crossing.loc, "unknown-function",
         fmt::format("{}: no function that can be passed is known; only NULL can cross",
                     place.text));
  }
  type.name = add_signature(inference, unique_name(inference, place.name), functions);
  note_signature(inference, type.name, inference.types.pointee(place.type), to_driver);
  return type;
}

bool is_per_cpu(const Inference& inference, const std::string& field) {
  return !field.empty() && std::ranges::any_of(inference.tree.sync().per_cpu, [&](SyncPerCpu one) {
    return inference.field(one.pointer).name == field;
  });
}

// A struct of each processor, which only its class says more of.
IdlType infer_per_cpu(Inference& inference, const Place& place) {
  const TypeId structure = inference.types.pointee(place.type);
  const std::string tag = inference.types.tag(structure);
  if (tag.empty() || inference.types.is_opaque(structure)) {
    warn(inference, loc_of(inference, place), "per-cpu-field",
         fmt::format("{} leads to per-CPU memory of {}: only NULL can cross", place.text,
                     tag.empty() ? "a struct without a tag"
                                 : tag + ", which has no definition here"));
    IdlType type = null_only();
    say_direction(type, place, place.direction);
    return type;
  }
  IdlType type = handle_type(inference, structure);
  type.pointers = {{plain(IdlAttributeKind::percpu)}};
  say_direction(type, place, place.direction);
  return type;
}

// Of what an untyped member leads to, the bytes of structs that only the driver looks into; 0 if it is anything else, or
// the kernel's end would be given it.
u64 inner_bytes(const Inference& inference, const Place& place) {
  auto found = inference.inner.find(place.field);
  if (place.is_root || place.target != none<TypeId> || found == inference.inner.end() ||
      inference.types.kind(inference.types.pointee(place.type)) != TypeKind::void_) {
    return 0;
  }
  return is_given_to_kernel(inference, place) ? 0 : found->second;
}

// Whether code takes bits out of an untyped pointer that say what it leads to, as those of an xarray do: it finds a struct where
// none is aligned.
bool has_own_bits(const Inference& inference, const Place& place) {
  constexpr u64 aligned = 4;
  return !place.is_root &&
         inference.types.kind(inference.types.pointee(place.type)) == TypeKind::void_ &&
         std::ranges::any_of(inference.tree.sync().wholes, [&](const SyncWhole& whole) {
           return whole.offset % aligned != 0 &&
                  inference.field(whole.pointer).name == pointer_field(place);
         });
}

// What lies behind a void pointer, if the receiver sees it as one struct; else `declared`.
TypeId seen_as(const Inference& inference, const Place& place, const SyncPaths& objects) {
  TypeId declared = inference.types.pointee(place.type);
  if (TypeId known = place.is_root ? none<TypeId> : known_pointee(inference, place.field);
      known != none<TypeId> && inference.types.kind(declared) == TypeKind::void_) {
    return known;
  }
  return as_seen(inference, declared, objects);
}

} // namespace

IdlType byte_type() {
  IdlType type;
  type.stem = IdlStem::scalar;
  type.name = "unsigned char";
  return type;
}

IdlType null_only() {
  IdlType type = cookie();
  type.pointers[0].push_back(plain(IdlAttributeKind::refused));
  return type;
}

TypeId known_pointee(const Inference& inference, const std::string& field) {
  for (const SyncPointee& one : inference.tree.sync().pointees) {
    if (inference.field(one.pointer).name == field) {
      return one.structure;
    }
  }
  return none<TypeId>;
}

IdlType handle_type(Inference& inference, TypeId structure) {
  IdlType type;
  type.stem = IdlStem::handle;
  type.name = inference.types.tag(structure);
  type.pointers = {{}};
  std::string header = inference.types.header(structure);
  if (inference.types.is_opaque(structure)) {
    inference.draft.opaque.insert(type.name);
  } else {
    inference.draft.headers.insert(header);
  }
  return type;
}

IdlType infer_scalar(Inference& inference, TypeId type) {
  IdlType result;
  result.stem = inference.types.kind(type) == TypeKind::void_ ? IdlStem::void_ : IdlStem::scalar;
  result.name = result.stem == IdlStem::void_ ? "" : inference.types.spelling(type);
  std::string header = inference.types.header(type);
  if (!header.empty()) {
    inference.draft.headers.insert(header);
  }
  return result;
}

std::string add_signature(Inference& inference, const std::string& name,
                          const std::set<std::string>& functions) {
  IdlSignature signature{name, {functions.begin(), functions.end()}};
  inference.draft.signatures.emplace(name, std::move(signature));
  return name;
}

std::string field_signature(Inference& inference, const std::string& field, bool to_driver) {
  auto known = inference.draft.field_signatures.find(field);
  if (known != inference.draft.field_signatures.end()) {
    inference.draft.signature_uses[known->second].to_driver |= to_driver;
    return known->second;
  }
  std::string name = field;
  size_t dot = name.find('.');
  if (dot != std::string::npos) {
    name.replace(dot, 1, "__");
  }
  name = add_signature(inference, unique_name(inference, with_name_parts(std::move(name))),
                       inference.idioms.functions_of_field(field));
  inference.draft.field_signatures.emplace(field, name);
  for (const Field& one : inference.pruned().summary.fields) {
    if (one.name == field && inference.types.is_function_pointer(one.type)) {
      note_signature(inference, name, inference.types.pointee(one.type), to_driver);
      break;
    }
  }
  return name;
}

bool set_sibling_size(const Inference& inference, const Place& place, const ElementCount& count,
                      u64 bytes, IdlType& type) {
  Member sibling = place.holder == none<TypeId> || count.field.empty()
                       ? Member{}
                       : inference.types.find_member(place.holder, count.field);
  if (sibling.owner == none<TypeId> || !inference.types.is_scalar(sibling.type)) {
    return false;
  }
  const std::optional<std::vector<std::string>> starts = starts_of(inference, place, count);
  if (!starts) {
    return false;
  }
  type.size_kind = IdlSize::expression;
  type.size_expression = count_expression(inference, "self->" + count.field, sibling.type, count,
                                          count.bytes ? std::max<u64>(bytes, 1) : 1);
  if (starts->size() == 1 && !count.from_first && is_buffer(type) &&
      inference.types.kind(place.type) == TypeKind::pointer) {
    type.pointers = {{{IdlAttributeKind::from, IdlSide::none, starts->front(), {}}}};
  } else {
    type.size_expression = with_starts(*starts, count.start_number, type.size_expression);
  }
  return true;
}

IdlType infer_pointer(Inference& inference, const Place& place) {
  const TypeTable& types = inference.types;
  if (types.is_function_pointer(place.type)) {
    return infer_function(inference, place);
  }
  // Only the kernel's own functions follow the one, which take it for what it is; the others are the same at both ends.
  if (types.at(types.strip(place.type)).user || types.is_by_address(types.pointee(place.type)) ||
      has_own_bits(inference, place)) {
    return cookie_at(place);
  }
  const SyncRoot* root = nullptr;
  if (place.is_root) {
    RootKind kind = place.is_result ? RootKind::result : RootKind::argument;
    root = place.root ? place.root : inference.tree.root(place.crossing, kind, place.index);
  }
  if (root ? root->per_cpu : is_per_cpu(inference, place.field)) {
    return infer_per_cpu(inference, place);
  }
  SyncPaths objects = inference.tree.children(place.paths, StepKind::dereference);
  if (const u64 bytes = inner_bytes(inference, place);
      bytes != 0 && !inference.tree.below(objects)) {
    IdlType type = cookie();
    type.pointers[0].push_back({IdlAttributeKind::inner, IdlSide::none, std::to_string(bytes), {}});
    say_direction(type, place, place.direction);
    return type;
  }
  TypeId target = place.target == none<TypeId> ? seen_as(inference, place, objects) : place.target;
  if (types.is_by_address(target)) {
    return cookie_at(place);
  }
  if (place.target != none<TypeId>) {
    std::erase_if(objects, [&](SyncPathId object) {
      TypeId type = inference.tree.at(object).type;
      return !types.is_structure(type) || types.tag(type) != types.tag(target);
    });
  }
  switch (types.kind(target)) {
  case TypeKind::structure:
  case TypeKind::union_: {
    if (root && root->bytes != 0) {
      return infer_bytes(inference, place, objects, root->bytes);
    }
    // Those side by side are of one projection.
    SyncPaths elements = inference.tree.children(objects, StepKind::element);
    objects.insert(objects.end(), elements.begin(), elements.end());
    IdlType type = infer_object(inference, place, root, target, objects);
    add_error(inference, place, type);
    return type;
  }
  case TypeKind::pointer:
    if (place.is_root && !place.is_result) {
      return infer_pointer_array(inference, place, root, target, objects);
    }
    if (!place.is_root) {
      return infer_pointer_table(inference, place, target, objects);
    }
    return infer_untouched(inference, place, root, true);
  case TypeKind::array: {
    TypeId element = types.at(types.strip(target)).element;
    if (types.is_scalar(element)) {
      return infer_buffer(inference, place, root, element, objects);
    }
    return infer_untouched(inference, place, root, true);
  }
  case TypeKind::void_:
    // The address of a function, whatever it is declared as, is no number: the kernel would call it.
    if (!place.is_root && !inference.idioms.functions_of_field(place.field).empty()) {
      return infer_function(inference, place);
    }
    return infer_buffer(inference, place, root, target, objects);
  case TypeKind::boolean:
  case TypeKind::character:
  case TypeKind::integer:
  case TypeKind::floating:
  case TypeKind::enumeration:
  case TypeKind::unknown: return infer_buffer(inference, place, root, target, objects);
  case TypeKind::function:
  case TypeKind::typedef_: break;
  }
  return infer_untouched(inference, place, root, true);
}

} // namespace ks::idl

// SPDX-License-Identifier: MIT
// The part of an object that crosses, field by field, and what people have said about it.

#include "ks-idl/arms.hpp"
#include "ks-idl/infer.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ks::idl {
namespace {

using Kind = IdlAttributeKind;

using MemberFields = std::vector<std::pair<FieldId, std::string>>; // and what each is called

struct Entry {
  std::string name;
  TypeId type{no_row};
  u32 bits = 0;
  SyncPaths paths;
  std::vector<Part> parts; // an embedded struct that has no path of its own
  FieldId field{no_row};   // the row of its own that says so, if one does
  Direction extra;         // besides what the paths say
  Direction whole;         // of a member struct: all of it
  bool merges = true;      // no other that crosses is in its place
  std::vector<const SyncArm*> arms; // what it can be, if it is several things
  MemberFields members; // of a member struct: that cross elsewhere, as far as `extra` says
};

using Offset = std::pair<u64, std::string>; // in bits; and the name
using Entries = std::map<Offset, Entry>;

struct Object {
  CrossingId crossing{};
  TypeId type{no_row};
  std::string tag; // of a member's struct that has no name: "struct T.member"
  std::string name; // of its projection
  std::string owner; // the tag that its fields' rows have: "struct T"
  bool by_class = false; // of no crossing in particular
  bool by_value = false; // or a member of one that is
  bool is_named() const { return tag == owner; }
};

bool has(const IdlAttributes& attributes, Kind kind) {
  return find_attribute(attributes, kind) != nullptr;
}

IdlAttributes& main_attributes(IdlType& type) {
  return type.pointers.empty() ? type.attributes : type.pointers.back();
}

const IdlAttributes& main_attributes(const IdlType& type) {
  return type.pointers.empty() ? type.attributes : type.pointers.back();
}

// A member's type that is void and no pointer.
bool is_left_out(const IdlType& type) {
  return type.stem == IdlStem::void_ && type.pointers.empty();
}

void erase_always(IdlDeclaration& declaration) {
  std::erase_if(main_attributes(declaration.type),
                [](const IdlAttribute& a) { return a.kind == Kind::always; });
}

bool has_direction(const IdlDeclaration& declaration) {
  const IdlAttributes& attributes = main_attributes(declaration.type);
  return has(attributes, Kind::in) || has(attributes, Kind::out);
}

// "flags", or "s.a": a member of a struct without a tag.
Member find_by_chain(const TypeTable& types, TypeId type, std::string_view chain) {
  for (;;) {
    size_t dot = chain.find('.');
    Member member = types.find_member(type, chain.substr(0, dot));
    if (dot == std::string_view::npos || member.owner == none<TypeId>) {
      return member;
    }
    type = types.complete(member.type);
    chain.remove_prefix(dot + 1);
  }
}

Entry& add_entry(const Inference& inference, const Object& object, Entries& entries,
                 const std::string& name, TypeId type, u64 offset) {
  Entry& entry = entries[{offset, name}];
  if (entry.name.empty()) {
    Member member = find_by_chain(inference.types, object.type, name);
    entry.name = name;
    entry.type = type;
    entry.bits = member.bit_field ? static_cast<u32>(member.size_bits) : 0;
  }
  return entry;
}

void note_unnamed(Inference& inference, const Object& object, const std::string& field) {
  warn(inference, inference.crossing(object.crossing).loc, "unnamed-field",
       fmt::format("{} cannot be named in {}; it does not cross", field, object.tag));
}

// Generated code has slots of its own under these names, beside those of the fields.
bool is_reserved(const std::string& name) {
  return name == "ks_mask" || name == "ks_tail" || name.starts_with("ks_size_") ||
         name.starts_with("ks_clear_");
}

// Bits that are no one member ("list_head@0+128"): all members that they cover. False if one of
// them cannot cross as a whole.
bool add_covered(const Inference& inference, const Object& object, Entries& entries,
                 const Field& field, Direction direction) {
  const TypeTable& types = inference.types;
  std::vector<Member> members = types.members_within(object.type, bits_of(field));
  auto is_plain = [&](const Member& member) {
    return is_name(member.name) &&
           (types.is_scalar(member.type) || types.kind(member.type) == TypeKind::pointer);
  };
  if (members.empty() || !std::all_of(members.begin(), members.end(), is_plain)) {
    return false;
  }
  for (const Member& member : members) {
    add_entry(inference, object, entries, member.name, member.type, member.offset_bits).extra |=
        direction;
  }
  return true;
}

void add_field(Inference& inference, const Object& object, Entries& entries, FieldId id,
               const std::string& name, const SyncPaths& paths, Direction extra) {
  const Field& field = inference.field(id);
  bool belongs = inference.types.tag(field.structure) == object.owner;
  if (belongs && object.is_named() && name.empty() &&
      add_covered(inference, object, entries, field, extra)) {
    return;
  }
  if (!belongs || name.empty() || is_reserved(name)) {
    note_unnamed(inference, object, field.name);
    return;
  }
  Entry& entry = add_entry(inference, object, entries, name, field.type, field.offset_bits);
  entry.paths.insert(entry.paths.end(), paths.begin(), paths.end());
  entry.field = id;
  entry.extra |= extra;
}

// "ent" of "ent[]".
std::string without_index(const std::string& name) { return name.substr(0, name.find('[')); }

struct Leaf {
  Bits bits;
  TypeId type{no_row};
};

// What lies at these bits of a struct, in each of a union's members.
void add_leaves(const TypeTable& types, TypeId structure, u64 base, Bits wanted,
                std::vector<Leaf>& leaves) {
  for (const Member& member : types.members(types.complete(structure))) {
    u64 size = member.bit_field ? member.size_bits : types.size(member.type) * 8;
    Bits bits{base + member.offset_bits, size};
    if (!overlap(bits, wanted)) {
      continue;
    }
    if (types.is_structure(member.type)) {
      add_leaves(types, member.type, bits.offset, wanted, leaves);
    } else {
      leaves.push_back({bits, member.type});
    }
  }
}

// Whether members overlap at these bits, at least one of which holds a pointer.
bool is_union_with_pointers(const TypeTable& types, TypeId structure, Bits bits) {
  std::vector<Leaf> leaves;
  add_leaves(types, structure, 0, bits, leaves);
  std::ranges::sort(leaves, {}, [](const Leaf& leaf) { return leaf.bits.offset; });
  bool pointers = false, overlaps = false;
  u64 end = 0;
  for (const Leaf& leaf : leaves) {
    pointers |= holds_pointers(types, leaf.type);
    overlaps |= leaf.bits.offset < end;
    end = std::max(end, leaf.bits.offset + leaf.bits.size);
  }
  return pointers && overlaps;
}

// Whether a pointer means the same in whichever member of a union it stands.
bool is_pointer_in_all(const TypeTable& types, TypeId structure, Bits bits, TypeId pointer) {
  std::vector<Leaf> leaves;
  add_leaves(types, structure, 0, bits, leaves);
  TypeId target = types.pointee(pointer);
  return std::ranges::all_of(leaves, [&](const Leaf& leaf) {
    TypeId other = types.pointee(leaf.type);
    return types.kind(leaf.type) == TypeKind::pointer && types.kind(other) == types.kind(target) &&
           types.size(other) == types.size(target) &&
           (!types.is_structure(target) || types.tag(other) == types.tag(target));
  });
}

// Of a struct that is copied as a whole: all members but pointers, which name objects of which
// nothing is known. What is passed by value has the pointers that the callee is meant to use.
void add_whole(Inference& inference, const Object& object, Entries& entries, Direction direction) {
  const TypeTable& types = inference.types;
  for (const Member& member : types.members_within(object.type, {0, types.size(object.type) * 8})) {
    bool is_pointer = types.kind(types.element(member.type)) == TypeKind::pointer;
    if (is_name(member.name) && (!is_pointer || object.by_value)) {
      Entry& entry =
          add_entry(inference, object, entries, member.name, member.type, member.offset_bits);
      entry.extra |= direction;
      entry.whole |= direction;
    } else {
      warn(inference, inference.crossing(object.crossing).loc, "struct-by-value",
           fmt::format("{} is copied as a whole; its member {} does not cross", object.tag,
                       member.name.empty() ? "without a name" : member.name));
    }
  }
}

// Members at one place, of a union, that hold pointers: which of them is meant, nothing says.
void drop_ambiguous(Inference& inference, const Object& object, Entries& entries) {
  const TypeTable& types = inference.types;
  auto bits = [&](const auto& entry) {
    u64 size = entry.second.bits != 0 ? entry.second.bits : types.size(entry.second.type) * 8;
    return Bits{entry.first.first, size};
  };
  std::set<Offset> dropped;
  for (auto a = entries.begin(); a != entries.end(); ++a) {
    Bits place = bits(*a);
    for (auto b = std::next(a); b != entries.end(); ++b) {
      if (bits(*b).offset >= place.offset + place.size) {
        break; // nor does any behind it
      }
      if (overlap(place, bits(*b))) {
        // What the one changes, the other brings along: it must not be added to.
        a->second.merges = b->second.merges = false;
      }
      const bool told = !a->second.arms.empty() && !b->second.arms.empty();
      if (!told && overlap(place, bits(*b)) &&
          (holds_pointers(types, a->second.type) || holds_pointers(types, b->second.type))) {
        dropped.insert({a->first, b->first});
      }
    }
    if (a->second.arms.empty() && a->second.name.find('.') != std::string::npos &&
        holds_pointers(types, a->second.type) &&
        !is_pointer_in_all(types, object.type, place, a->second.type)) {
      dropped.insert(a->first);
    }
  }
  for (const Offset& offset : dropped) {
    inference.draft.member = entries.at(offset).name;
    warn(inference, inference.crossing(object.crossing).loc, "ambiguous-union",
         fmt::format("{}.{} shares its place with other members, and nothing says which of them is "
                     "meant; it does not cross",
                     object.tag, entries.at(offset).name));
    entries.erase(offset);
  }
}

// A field's path as C writes it after the object: "flags", "queue.lock".
std::string member_chain(const Inference& inference, SyncPathId path) {
  const SyncPath& step = inference.tree.at(path);
  const SyncPath* base = &inference.tree.at(step.parent);
  if (base->step == StepKind::dereference) {
    base = &inference.tree.at(base->parent);
  }
  std::string prefix = base->name.starts_with('*') ? "(" + base->name + ")" : base->name;
  for (std::string_view access : {"->", "."}) {
    if (step.name.starts_with(prefix + std::string(access))) {
      return step.name.substr(prefix.size() + access.size());
    }
  }
  return field_name(inference.field(step.field));
}

// Whether what `chain` names lies in structs without tags, the outermost of which is a part of a union
// with pointers. Its members are told apart one by one then: as wholes, they are in each other's place.
bool is_in_union(const Inference& inference, const Object& object, const Member& outermost,
                 std::string_view chain) {
  const TypeTable& types = inference.types;
  if (object.by_class || !object.is_named() || outermost.owner == none<TypeId> ||
      chain.find('[') != std::string_view::npos) {
    return false;
  }
  for (size_t dot = chain.find('.'); dot != std::string_view::npos;
       dot = chain.find('.', dot + 1)) {
    Member member = find_by_chain(types, object.type, chain.substr(0, dot));
    if (member.owner == none<TypeId> || !types.is_structure(member.type) ||
        !types.tag(member.type).empty()) {
      return false;
    }
  }
  return find_by_chain(types, object.type, chain).owner != none<TypeId> &&
         is_union_with_pointers(types, object.type,
                                {outermost.offset_bits, types.size(outermost.type) * 8});
}

// Of "u.cipher.max" the struct "u.cipher", if that is one of several things that can be there.
const SyncArm* embedded_arm(const Inference& inference, const Object& object,
                            std::string_view chain) {
  for (const SyncArm& arm : inference.tree.sync().arms) {
    const Field& place = inference.field(arm.place);
    const std::string name = member_of(place);
    if (arm.kind == ArmKind::embedded && object.is_named() && !object.by_class &&
        inference.types.tag(place.structure) == object.owner && chain.starts_with(name + ".")) {
      return &arm;
    }
  }
  return nullptr;
}

void add_path(Inference& inference, const Object& object, Entries& entries, const Part& part,
              SyncPathId path) {
  std::string chain = member_chain(inference, path);
  if (!inference.tree.below(path) || !chain.starts_with(part.prefix)) {
    return;
  }
  std::string rest = chain.substr(part.prefix.size());
  FieldId field = inference.tree.at(path).field;
  size_t dot = rest.find('.');
  if (dot == std::string::npos) {
    std::string name = object.is_named() ? field_name(inference.field(field)) : without_index(rest);
    bool is_member = is_name(name);
    add_field(inference, object, entries, field, is_member ? name : "",
              is_member ? SyncPaths{path} : SyncPaths{},
              is_member ? Direction{} : inference.tree.below(path));
    return;
  }
  const SyncArm* arm = embedded_arm(inference, object, rest);
  if (arm) {
    dot = member_of(inference.field(arm->place)).size();
  }
  std::string name = without_index(rest.substr(0, dot));
  Member member = find_by_chain(inference.types, object.type, name);
  if (arm) {
    member.offset_bits = inference.field(arm->place).offset_bits;
  }
  if (!arm && is_in_union(inference, object, member, rest)) {
    add_field(inference, object, entries, field, rest, {path}, {});
    return;
  }
  if (member.owner == none<TypeId> ||
      !inference.types.is_structure(inference.types.element(member.type))) {
    note_unnamed(inference, object, inference.field(field).name);
    return;
  }
  Entry& entry = add_entry(inference, object, entries, name, member.type, member.offset_bits);
  std::string prefix = part.prefix + rest.substr(0, dot + 1);
  bool is_known = std::any_of(entry.parts.begin(), entry.parts.end(), [&](const Part& known) {
    return known.path == part.path && known.prefix == prefix;
  });
  if (!is_known) {
    entry.parts.push_back({part.path, prefix});
  }
  entry.extra |= inference.tree.below(path);
}

Entries collect_entries(Inference& inference, const Object& object,
                        const std::vector<Part>& parts) {
  Entries entries;
  for (const Part& part : parts) {
    for (SyncPathId path : inference.tree.children({part.path}, StepKind::field)) {
      add_path(inference, object, entries, part, path);
    }
  }
  return entries;
}

// The receiver evaluates the expression, too: what it names has to be there.
void add_needed(const Inference& inference, const Object& object, Entries& entries,
                std::string_view expression, Direction direction) {
  for (const std::string& name : needed_fields(expression)) {
    Member member = inference.types.find_member(object.type, name);
    if (member.owner != none<TypeId>) {
      add_entry(inference, object, entries, name, member.type, member.offset_bits).extra |=
          direction;
    }
  }
}

// A pointer's own direction: it names the object that its fields belong to.
Direction pointer_direction(const SyncTree& tree, const Entry& entry) {
  Direction own = entry.extra;
  for (SyncPathId path : entry.paths) {
    own |= tree.own(path);
  }
  Direction behind = tree.below(tree.children(entry.paths, StepKind::dereference));
  return {own.in || behind.in || (behind.out && !own.out), own.out};
}

std::optional<std::string> project(Inference& inference, Object object,
                                   const std::vector<Part>& parts, bool touched, Direction whole,
                                   const Entry* member = nullptr);

// The struct of a member, or of the elements of one, as an object of its own.
Object inner_object(const Inference& inference, const Object& object, const Entry& entry) {
  TypeId type = inference.types.element(entry.type);
  Object inner{object.crossing,
               type,
               inference.types.tag(type),
               object.name + "__" + entry.name,
               "",
               object.by_class,
               object.by_value};
  std::ranges::replace(inner.name, '.', '_');
  inner.owner = inner.tag;
  if (inner.tag.empty()) {
    inner.tag = object.tag + "." + entry.name;
    inner.owner = object.owner;
    for (type = entry.type; inference.types.kind(type) == TypeKind::array;
         type = inference.types.at(inference.types.strip(type)).element) {
      inner.tag += "[]";
    }
  }
  return inner;
}

IdlType infer_embedded(Inference& inference, const Object& object, const Entry& entry,
                       const SyncPaths& paths, Direction direction) {
  std::vector<Part> parts = as_parts(paths);
  parts.insert(parts.end(), entry.parts.begin(), entry.parts.end());
  Direction whole = entry.whole;
  for (SyncPathId path : entry.paths) {
    whole |= inference.tree.own(path);
  }
  std::optional<std::string> projection =
      project(inference, inner_object(inference, object, entry), parts, false, whole, &entry);
  IdlType result;
  if (projection) {
    result.stem = IdlStem::projection;
    result.name = *projection;
    add_direction(result, direction);
    return result;
  }
  warn(inference, inference.crossing(object.crossing).loc, "struct-by-value",
       fmt::format("{}.{} is a struct of which no field can be told; it is left out", object.tag,
                   entry.name));
  return result;
}

Place place_of(const Object& object, const Entry& entry) {
  Place place;
  place.crossing = object.crossing;
  place.by_class = object.by_class;
  place.paths = entry.paths;
  place.type = entry.type;
  place.holder = object.type;
  place.name = object.name + "__" + entry.name;
  std::ranges::replace(place.name, '.', '_');
  place.text = object.tag + "." + entry.name;
  place.field = place.text.substr(place.text.find(' ') + 1);
  return place;
}

// A pointer in a member array: what of it can stand there, or nothing.
IdlType infer_entry(Inference& inference, const Object& object, const Entry& entry,
                    const SyncPaths& paths, TypeId type, Direction direction) {
  Place place = place_of(object, entry);
  place.paths = paths;
  place.type = type;
  place.direction = direction;
  IdlType result = infer_pointer(inference, place);
  std::erase_if(main_attributes(result),
                [](const IdlAttribute& a) { return a.kind == Kind::in || a.kind == Kind::out; });
  bool fits = result.stem == IdlStem::function || result.stem == IdlStem::string ||
              result.stem == IdlStem::handle || result.stem == IdlStem::projection ||
              has(main_attributes(result), Kind::cookie);
  return fits ? result : IdlType{};
}

// Pointers to objects that a struct ends with, if a member says how many; else nothing.
IdlType infer_open_table(Inference& inference, const Object& object, const Entry& entry,
                         TypeId element, Direction direction) {
  const TypeTable& types = inference.types;
  Place place = place_of(object, entry);
  IdlType result;
  result.stem = IdlStem::array;
  ElementCount count = inference.idioms.count_behind(place.field);
  if (!types.is_structure(types.pointee(element)) ||
      !set_sibling_size(inference, place, count, types.size(element), result)) {
    return {};
  }
  // How many there are is said of the table, and not of what one of them leads to.
  place.table = place.field;
  place.field.clear();
  place.paths = inference.tree.children(entry.paths, StepKind::element);
  place.paths.insert(place.paths.end(), entry.paths.begin(), entry.paths.end());
  place.type = element;
  place.direction = direction;
  IdlType one = infer_pointer(inference, place);
  const bool fits = (one.stem == IdlStem::handle || one.stem == IdlStem::projection) &&
                    one.pointers.size() == 1 && !has(one.pointers[0], Kind::alloc_stack) &&
                    !has(one.pointers[0], Kind::within);
  if (!fits) {
    return {};
  }
  std::erase_if(one.pointers[0],
                [](const IdlAttribute& a) { return a.kind == Kind::in || a.kind == Kind::out; });
  result.element.push_back(std::move(one));
  add_direction(result, direction);
  return result;
}

// How many elements an array has that a struct ends with: what a member of that says, or as the memory ends.
void set_open_size(Inference& inference, const Place& place, TypeId element, bool is_plain,
                   IdlType& type) {
  const ElementCount count = inference.idioms.count_behind(place.field);
  if (set_sibling_size(inference, place, count, inference.types.size(element), type)) {
    return;
  }
  type.size_kind = IdlSize::extent;
  warn(inference, inference.crossing(place.crossing).loc, "flexible-array",
       is_plain ? fmt::format("{} has no size of its own, and no member says one: all that its "
                              "memory has crosses",
                              place.text)
                : fmt::format("{} has no size of its own, and no member says one: of an object of "
                              "the kernel's nothing of it crosses, of one of the driver's all that "
                              "its memory has",
                              place.text),
       is_plain ? Verdict::wide : Verdict::refused);
}

// Whether nothing of what crosses of a projection leads anywhere.
bool is_plain(const Inference& inference, const std::string& name) {
  for (const IdlItem& item : inference.draft.items) {
    const auto* projection = std::get_if<IdlProjection>(&item.value);
    if (projection && projection->name == name) {
      return std::ranges::all_of(projection->fields, [&](const IdlDeclaration& field) {
        const IdlType& type = field.type.element.empty() ? field.type : field.type.element[0];
        return field.type.pointers.empty() && type.pointers.empty() &&
               (type.stem == IdlStem::scalar ||
                (type.stem == IdlStem::projection && is_plain(inference, type.name)));
      });
    }
  }
  return false;
}

// Structs that a struct ends with; each crosses as a member does.
IdlType infer_open_row(Inference& inference, const Object& object, const Entry& entry,
                       TypeId element, Direction direction) {
  SyncPaths paths = inference.tree.children(entry.paths, StepKind::element);
  paths.insert(paths.end(), entry.paths.begin(), entry.paths.end());
  IdlType one = infer_embedded(inference, object, entry, paths, {});
  if (is_left_out(one)) {
    return one;
  }
  IdlType result;
  result.stem = IdlStem::array;
  set_open_size(inference, place_of(object, entry), element, is_plain(inference, one.name), result);
  result.element.push_back(std::move(one));
  add_direction(result, direction);
  return result;
}

// A member array without a length.
IdlType infer_flexible(Inference& inference, const Object& object, const Entry& entry,
                       Direction direction) {
  const TypeTable& types = inference.types;
  Place place = place_of(object, entry);
  const Loc& loc = inference.crossing(object.crossing).loc;
  TypeId element = types.at(types.strip(entry.type)).element;
  IdlType result;
  if (types.is_structure(element)) {
    return infer_open_row(inference, object, entry, element, direction);
  }
  if (!types.is_scalar(element)) {
    result = infer_open_table(inference, object, entry, element, direction);
    if (is_left_out(result)) {
      warn(
          inference, loc, "flexible-array",
          fmt::format("{} has no size of its own, and its elements are no numbers; to say more: {} "
                      "{{ tail {{{{...}}}} [in]; }}",
                      place.text, object.tag));
    }
    return result;
  }
  result.stem = IdlStem::array;
  result.element.push_back(infer_scalar(inference, element));
  set_open_size(inference, place, element, true, result);
  add_direction(result, direction);
  return result;
}

// How what both sides do to the field is merged, if it is. In a class, the struct may lie anywhere.
const MergedField* find_merged(const Inference& inference, FieldId field, FieldId holder) {
  const std::vector<MergedField>& merged = inference.atomic.merged;
  auto find = [&](FieldId in) -> const MergedField* {
    auto found = std::find_if(merged.begin(), merged.end(), [&](const MergedField& one) {
      return one.field == field && one.holder == in;
    });
    return found == merged.end() ? nullptr : &*found;
  };
  const MergedField* exact = find(holder);
  return exact ? exact : find(none<FieldId>);
}

// Whether what an atomic step of the driver's on the field finds there decides something.
bool has_owner_site(const Inference& inference, FieldId field) {
  return std::ranges::any_of(inference.atomic.sites, [&](const OwnerSite& site) {
    return site.field == field && site.update != Update::none;
  });
}

void add_merge(const Inference& inference, const Entry& entry, IdlType& type) {
  if (entry.field == none<FieldId> ||
      inference.types.kind(inference.types.element(entry.type)) != TypeKind::integer) {
    return;
  }
  if (entry.bits == 0 && has_owner_site(inference, entry.field)) {
    type.attributes.push_back({Kind::owner, IdlSide::none, "", {}});
    return;
  }
  if (!entry.merges) {
    return;
  }
  std::set<FieldId> holders;
  for (SyncPathId path : entry.paths) {
    SyncPathId parent = inference.tree.at(path).parent;
    while (parent != none<SyncPathId> && inference.tree.at(parent).step == StepKind::element) {
      parent = inference.tree.at(parent).parent;
    }
    bool is_member =
        parent != none<SyncPathId> && inference.tree.at(parent).step == StepKind::field;
    holders.insert(is_member ? inference.tree.at(parent).field : none<FieldId>);
  }
  if (holders.empty()) {
    holders.insert(none<FieldId>);
  }
  std::set<Merge> found;
  for (FieldId holder : holders) {
    const MergedField* merged = find_merged(inference, entry.field, holder);
    if (!merged) {
      return;
    }
    found.insert(merged->merge);
  }
  const bool cannot_be = entry.bits != 0 && found.contains(Merge::bits);
  if (found.size() == 1 && !cannot_be) {
    type.attributes.push_back(
        {*found.begin() == Merge::add ? Kind::merge_add : Kind::merge_bits, IdlSide::none, "", {}});
  }
}

IdlType infer_array(Inference& inference, const Object& object, const Entry& entry,
                    Direction direction) {
  const TypeTable& types = inference.types;
  IdlType result;
  u64 count = 1, dimensions = 0;
  for (TypeId type = entry.type; types.kind(type) == TypeKind::array; ++dimensions) {
    const Type& array = types.at(types.strip(type));
    count *= array.count;
    type = array.element;
  }
  TypeId type = types.element(entry.type);
  std::string what = object.tag + "." + entry.name;
  const Loc& loc = inference.crossing(object.crossing).loc;
  if (count == 0) {
    return infer_flexible(inference, object, entry, direction);
  }
  SyncPaths elements = entry.paths;
  for (u64 i = 0; i < dimensions; ++i) {
    SyncPaths inner = inference.tree.children(elements, StepKind::element);
    elements.insert(elements.end(), inner.begin(), inner.end());
  }
  IdlType element;
  if (types.is_scalar(type)) {
    element = infer_scalar(inference, type);
  } else if (types.is_structure(type)) {
    element = infer_embedded(inference, object, entry, elements, {});
  } else if (types.kind(type) == TypeKind::pointer && dimensions == 1) {
    element = infer_entry(inference, object, entry, elements, type, direction);
  }
  if (is_left_out(element)) {
    warn(inference, loc, "unsupported-array",
         fmt::format("{} is an array of what cannot cross by value; it is left out", what));
    return result;
  }
  result.stem = IdlStem::array;
  result.size_kind = IdlSize::number;
  result.size = count;
  result.element.push_back(std::move(element));
  add_direction(result, direction);
  if (types.is_scalar(type)) {
    add_merge(inference, entry, result);
  }
  return result;
}

// A number that all code takes for a pointer to one struct; void if it is none, or cannot cross so.
IdlType infer_number(Inference& inference, const Object& object, const Entry& entry) {
  Place place = place_of(object, entry);
  TypeId structure = known_pointee(inference, place.field);
  if (structure == none<TypeId> || inference.types.is_opaque(structure)) {
    return {};
  }
  place.direction = pointer_direction(inference.tree, entry);
  IdlType result = infer_pointer(inference, place);
  if (result.pointers.size() != 1 ||
      (result.stem != IdlStem::projection && result.stem != IdlStem::handle)) {
    return {};
  }
  result.pointers[0].push_back({Kind::number, IdlSide::none, "", {}});
  return result;
}

IdlType infer_member(Inference& inference, const Object& object, const Entry& entry) {
  const TypeTable& types = inference.types;
  Direction direction = inference.tree.below(entry.paths);
  direction |= entry.extra;
  if (types.kind(entry.type) == TypeKind::pointer) {
    Place place = place_of(object, entry);
    place.direction = pointer_direction(inference.tree, entry);
    return infer_pointer(inference, place);
  }
  if (types.kind(entry.type) == TypeKind::integer && entry.bits == 0) {
    if (IdlType pointer = infer_number(inference, object, entry); !pointer.pointers.empty()) {
      return pointer;
    }
  }
  if (types.kind(entry.type) == TypeKind::array) {
    return infer_array(inference, object, entry, direction);
  }
  if (types.is_structure(entry.type)) {
    return infer_embedded(inference, object, entry, entry.paths, direction);
  }
  if (types.kind(entry.type) == TypeKind::function || types.kind(entry.type) == TypeKind::void_) {
    return {};
  }
  IdlType result = infer_scalar(inference, entry.type);
  add_direction(result, direction);
  add_merge(inference, entry, result);
  return result;
}

// Unreached fields of the struct that an "at" rule says to lie behind this pointer.
std::optional<IdlDeclaration> reach(Inference& inference, const Object& object,
                                    const IdlDeclaration& rule) {
  TypeId target = inference.types.find(rule.type.name);
  if (target == none<TypeId> || inference.types.is_opaque(target)) {
    return std::nullopt;
  }
  Object inner{object.crossing, target, rule.type.name, object.name + "__" + rule.name,
               rule.type.name};
  Entries entries;
  Direction direction;
  for (const SyncUnreached& unreached : inference.tree.sync().unreached) {
    const Field& field = inference.field(unreached.field);
    if (unreached.crossing != object.crossing ||
        inference.types.tag(field.structure) != inner.tag) {
      continue;
    }
    Direction copied{unreached.in, unreached.out};
    add_field(inference, inner, entries, unreached.field, field_name(field), {}, copied);
    direction |= copied;
    inference.draft.reached.insert({row(unreached.crossing), row(unreached.field)});
  }
  if (entries.empty()) {
    return std::nullopt;
  }
  IdlProjection projection{inner.tag, unique_name(inference, inner.name), {}};
  inner.name = projection.name;
  for (const auto& [offset, entry] : entries) {
    IdlDeclaration field;
    field.name = entry.name;
    field.bits = entry.bits;
    field.type = infer_member(inference, inner, entry);
    if (!is_left_out(field.type)) {
      projection.fields.push_back(std::move(field));
    }
  }
  inference.draft.headers.insert(inference.types.header(target));
  IdlDeclaration inferred = rule;
  inferred.type.name = projection.name;
  add_direction(inferred.type, {direction.in || direction.out, direction.out});
  inference.draft.items.push_back({std::move(projection), {}, {}});
  return inferred;
}

// What rules add to an object whatever the sync sets say of it: the declarations to append.
struct Additions {
  std::vector<IdlDeclaration> declarations;
  std::set<std::string> left_out; // fields that have their declaration from here, or need none
};

bool is_reach(const IdlDeclaration& rule) {
  return rule.type.stem == IdlStem::projection && has(main_attributes(rule.type), Kind::at) &&
         rule.type.name.find(' ') != std::string::npos;
}

std::string_view rule_expression(const IdlDeclaration& rule) {
  if (rule.is_tail) {
    return rule.tail_expression;
  }
  const IdlAttribute* at = find_attribute(main_attributes(rule.type), Kind::at);
  return at ? std::string_view(at->expression) : std::string_view();
}

Additions collect_additions(Inference& inference, const Object& object, Entries& entries,
                            bool touched) {
  Additions result;
  for (Rule* found : inference.overlays.fields(object.tag)) {
    const IdlDeclaration* rule = &found->declaration;
    bool always = has(main_attributes(rule->type), Kind::always);
    std::optional<IdlDeclaration> added;
    if (is_reach(*rule)) {
      // Not of an object of which nothing is known: it may be behind this very pointer.
      added = !touched ? std::nullopt : reach(inference, object, *rule);
    } else if (rule->is_tail || always) {
      bool in_set = std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
        return entry.second.name == rule->name && !rule->is_tail;
      });
      if (!in_set && (touched || !has_direction(*rule))) {
        added = apply_rule(*rule, *rule);
        erase_always(*added);
      }
    }
    if (is_reach(*rule)) {
      result.left_out.insert(rule->name); // each end has a buffer of its own
    }
    if (!added) {
      continue;
    }
    const IdlAttributes& attributes = main_attributes(added->type);
    add_needed(inference, object, entries, rule_expression(*rule),
               {has(attributes, Kind::in), has(attributes, Kind::out)});
    if (!rule->is_tail) {
      result.left_out.insert(rule->name);
    }
    if (added->type.stem == IdlStem::function && added->type.name.empty()) {
      std::string field = object.tag.substr(object.tag.find(' ') + 1) + "." + rule->name;
      added->type.name = field_signature(inference, field, true);
    }
    found->used_by.insert(object.name);
    result.declarations.push_back(std::move(*added));
  }
  return result;
}

// What a member is while its tag says so.
IdlDeclaration declare_arm(Inference& inference, const Object& object, const Entry& entry,
                           const SyncArm& arm) {
  const ArmMember member = arm_member(inference, arm);
  Entry one = entry;
  one.name = member.name;
  one.type = member.type;
  const Direction direction = pointer_direction(inference.tree, entry);
  IdlDeclaration result;
  result.name = member.name;
  switch (arm.kind) {
  case ArmKind::object: {
    Place place = place_of(object, one);
    place.target = arm.structure;
    place.direction = direction;
    result.type = infer_pointer(inference, place);
    if (member.is_number && result.type.pointers.size() == 1) {
      result.type.pointers[0].push_back({Kind::number, IdlSide::none, "", {}});
    }
    break;
  }
  case ArmKind::cookie:
    if (inference.types.kind(one.type) == TypeKind::pointer) {
      result.type.pointers = {{{Kind::cookie, IdlSide::none, "", {}}}};
      add_direction(result.type, direction);
      break;
    }
    [[fallthrough]];
  case ArmKind::number:
    if (inference.types.is_scalar(one.type)) {
      result.type = infer_scalar(inference, one.type);
      add_direction(result.type, direction);
    }
    break;
  case ArmKind::scalars:
    if (inference.types.kind(one.type) == TypeKind::pointer) {
      Place place = place_of(object, one);
      place.direction = direction;
      place.field = inference.field(arm.place).name;
      place.is_followed = true;
      result.type = infer_pointer(inference, place);
      break;
    }
    [[fallthrough]];
  case ArmKind::embedded: result.type = infer_member(inference, object, one); break;
  }
  if (std::string when = when_text(inference, arm); !when.empty() && !is_left_out(result.type)) {
    main_attributes(result.type).push_back({Kind::when, IdlSide::none, when, {}});
  }
  return result;
}

IdlDeclaration declare(Inference& inference, const Object& object, const Entry& entry) {
  IdlDeclaration result;
  result.name = entry.name;
  result.bits = entry.bits;
  inference.draft.member = entry.name;
  const size_t before = inference.draft.cautions.size();
  result.type = infer_member(inference, object, entry);
  for (Rule* rule : inference.overlays.fields(object.tag)) {
    const IdlDeclaration& said = rule->declaration;
    if (!said.is_tail && said.name == entry.name && !is_reach(said)) {
      rule->used_by.insert(object.name);
      IdlDeclaration by_rule = apply_rule(said, result);
      drop_settled(inference, before, result.type, by_rule.type);
      return by_rule;
    }
  }
  return result;
}

void add_declarations(Inference& inference, const Object& object, const Entry& entry,
                      std::vector<IdlDeclaration>& fields) {
  std::vector<IdlDeclaration> added;
  for (const SyncArm* arm : entry.arms) {
    added.push_back(declare_arm(inference, object, entry, *arm));
  }
  if (entry.arms.empty()) {
    added.push_back(declare(inference, object, entry));
  }
  // A number first: what follows under the same name has a slot of its own in messages.
  std::ranges::stable_sort(added, {}, [](const IdlDeclaration& one) {
    return one.type.stem != IdlStem::scalar || !one.type.pointers.empty();
  });
  for (IdlDeclaration& one : added) {
    if (!is_left_out(one.type)) {
      fields.push_back(std::move(one));
    }
  }
}

bool says_something(const Additions& additions) {
  return std::any_of(additions.declarations.begin(), additions.declarations.end(), has_direction);
}

} // namespace

std::vector<std::string> needed_fields(std::string_view expression) {
  constexpr std::string_view self = "self->";
  std::vector<std::string> result;
  size_t at = expression.find(self);
  while (at != std::string_view::npos) {
    size_t end = at + self.size();
    while (end < expression.size() && is_name("_" + std::string(1, expression[end]))) {
      ++end;
    }
    result.emplace_back(expression.substr(at + self.size(), end - at - self.size()));
    at = expression.find(self, end);
  }
  return result;
}

std::vector<std::string> size_expressions(const IdlType& type) {
  const IdlAttribute* from =
      type.pointers.empty() ? nullptr : find_attribute(type.pointers[0], Kind::from);
  return {type.size_expression, from ? from->expression : ""};
}

void add_direction(IdlType& type, Direction direction) {
  if (direction.in) {
    main_attributes(type).push_back({Kind::in, IdlSide::none, "", {}});
  }
  if (direction.out) {
    main_attributes(type).push_back({Kind::out, IdlSide::none, "", {}});
  }
}

IdlDeclaration apply_rule(const IdlDeclaration& rule, const IdlDeclaration& inferred) {
  IdlDeclaration result = rule;
  // False if nothing was inferred that could fill in what the rule leaves open.
  auto fill = [](IdlType& type, const IdlType& from) {
    bool is_open =
        (type.stem == IdlStem::projection || type.stem == IdlStem::function) && type.name.empty();
    if (is_open && type.stem == from.stem) {
      type.name = from.name;
    }
    return !is_open || type.stem == from.stem;
  };
  bool filled = fill(result.type, inferred.type);
  if (!result.type.element.empty()) {
    IdlType nothing;
    const IdlType& from = inferred.type.element.empty() ? nothing : inferred.type.element[0];
    IdlType& element = result.type.element[0];
    filled &= fill(element, from);
    if (element.pointers.size() == 1 && from.pointers.size() == 1 && element.pointers[0].empty()) {
      element.pointers = from.pointers;
    }
  }
  if (!filled) {
    return inferred;
  }
  result.bits = inferred.bits;
  IdlAttributes& attributes = main_attributes(result.type);
  erase_always(result);
  bool said = has(attributes, Kind::in) || has(attributes, Kind::out);
  for (const IdlAttribute& attribute : main_attributes(inferred.type)) {
    bool is_direction = attribute.kind == Kind::in || attribute.kind == Kind::out;
    bool is_allocation = attribute.kind >= Kind::alloc && attribute.kind <= Kind::dealloc;
    bool is_merge = attribute.kind == Kind::merge_add || attribute.kind == Kind::merge_bits ||
                    attribute.kind == Kind::owner;
    bool fits = is_direction ? !said
                : is_merge   ? result.type.stem == inferred.type.stem &&
                                   result.type.size_kind == inferred.type.size_kind &&
                                   result.type.pointers.empty()
                             : is_allocation && result.type.stem == IdlStem::projection;
    fits |= attribute.kind == Kind::freed && has(attributes, Kind::may_dealloc);
    fits &= attribute.kind != Kind::may_dealloc || !has(attributes, Kind::dealloc);
    if (fits && !has(attributes, attribute.kind)) {
      attributes.push_back(attribute);
    }
  }
  return result;
}

std::vector<Part> as_parts(const SyncPaths& objects) {
  std::vector<Part> parts;
  for (SyncPathId object : objects) {
    parts.push_back({object, ""});
  }
  return parts;
}

std::optional<std::string> add_projection(Inference& inference, CrossingId crossing, TypeId type,
                                          const std::vector<Part>& objects, const std::string& name,
                                          bool touched, Direction whole) {
  std::string tag = inference.types.tag(type);
  return project(inference, {crossing, type, tag, name, tag}, objects, touched, whole);
}

std::optional<std::string> add_value(Inference& inference, CrossingId crossing, TypeId type,
                                     const SyncPaths& paths, const std::string& name,
                                     Direction direction) {
  std::string tag = inference.types.tag(type);
  return project(inference, {crossing, type, tag, name, tag, false, true}, as_parts(paths), true,
                 direction);
}

namespace {

// The members that say how many elements others point to, or have.
void add_counts(const Inference& inference, const Object& object, Entries& entries) {
  std::vector<std::pair<std::string, Direction>> needed;
  for (const auto& [offset, entry] : entries) {
    if (inference.types.kind(entry.type) != TypeKind::pointer &&
        !inference.types.is_flexible(entry.type)) {
      continue;
    }
    ElementCount count = inference.idioms.count_behind(place_of(object, entry).field);
    Direction direction = pointer_direction(inference.tree, entry);
    direction |= inference.tree.below(inference.tree.children(entry.paths, StepKind::dereference));
    direction |=
        inference.types.is_flexible(entry.type) ? inference.tree.below(entry.paths) : Direction{};
    if (!count.field.empty() && direction) {
      needed.emplace_back("self->" + count.field, direction);
      for (const std::string& start : count.starts) {
        needed.emplace_back("self->" + start, direction);
      }
    }
  }
  for (const auto& [expression, direction] : needed) {
    add_needed(inference, object, entries, expression, direction);
  }
}

// Whether an overlay says what is in a member that has this tag.
bool is_said(Inference& inference, const Object& object, FieldId tag) {
  return std::ranges::any_of(inference.tree.sync().arms, [&](const SyncArm& arm) {
    const std::string name = member_of(inference.field(arm.place));
    return arm.tag == tag &&
           std::ranges::any_of(inference.overlays.fields(object.tag), [&](const Rule* rule) {
             return !rule->declaration.is_tail && rule->declaration.name == name;
           });
  });
}

// Members in the place of what has a tag, of which it is not known when they are there.
void drop_untold(Inference& inference, const Object& object, Entries& entries) {
  std::erase_if(entries, [&](const auto& known) {
    const Entry& entry = known.second;
    const Bits bits{known.first.first, inference.types.size(entry.type) * 8};
    const bool is_untold =
        entry.arms.empty() && entry.bits == 0 &&
        std::ranges::any_of(entries, [&](const auto& other) {
          return !other.second.arms.empty() &&
                 overlap(bits,
                         Bits{other.first.first, inference.types.size(other.second.type) * 8});
        });
    if (is_untold) {
      inference.draft.member = entry.name;
      warn(inference, inference.crossing(object.crossing).loc, "ambiguous-union",
           fmt::format(
               "{}.{} shares its place with what has a tag, and nothing says for which values "
               "of it it is there; it does not cross",
               object.tag, entry.name));
    }
    return is_untold;
  });
}

// What crosses of the member struct elsewhere: where its tag crosses and no code looks into it, too, it is what the
// tag says.
MemberFields members_elsewhere(const Inference& inference, FieldId place) {
  const Field& whole = inference.field(place);
  const std::string prefix = member_of(whole) + ".";
  std::map<std::string, FieldId> found;
  const std::vector<SyncPath>& paths = inference.tree.sync().paths;
  for (u32 i = 0; i < paths.size(); ++i) {
    if (paths[i].step != StepKind::field || paths[i].field == none<FieldId> ||
        paths[i].parent == none<SyncPathId> || !inference.tree.below(SyncPathId{i})) {
      continue;
    }
    const SyncPath& parent = inference.tree.at(paths[i].parent);
    std::string chain = member_chain(inference, SyncPathId{i});
    if (parent.step != StepKind::field || parent.field == none<FieldId> ||
        inference.field(parent.field).name != whole.name) {
      // Where the member has no path of its own, the chain begins with it.
      const bool is_of_struct =
          inference.types.tag(parent.type) == inference.types.tag(whole.structure);
      chain = is_of_struct && chain.starts_with(prefix) ? chain.substr(prefix.size()) : "";
    }
    if (is_name(chain)) {
      found.emplace(chain, paths[i].field);
    }
  }
  MemberFields members;
  for (const auto& [name, field] : found) {
    members.emplace_back(field, name);
  }
  return members;
}

// With what has a tag goes the tag, and the other way round: what is there is known at both ends.
void add_tagged(Inference& inference, const Object& object, Entries& entries) {
  if (!object.is_named()) {
    return;
  }
  auto find = [&](const Field& field) {
    return entries.find({field.offset_bits, member_of(field)});
  };
  auto direction_of = [&](const Entry& entry) {
    Direction direction = pointer_direction(inference.tree, entry);
    if (inference.types.is_structure(entry.type)) {
      direction |= inference.tree.below(entry.paths);
    }
    return direction;
  };
  std::map<FieldId, Direction> tags;
  for (const SyncArm& arm : inference.tree.sync().arms) {
    const Field& place = inference.field(arm.place);
    if (inference.types.tag(place.structure) != object.owner) {
      continue;
    }
    for (FieldId id : {arm.place, arm.tag}) {
      if (auto found = find(inference.field(id)); found != entries.end()) {
        tags[arm.tag] |= direction_of(found->second);
      }
    }
  }
  auto add = [&](FieldId id, Direction direction) -> Entry& {
    const Field& field = inference.field(id);
    Entry& entry =
        add_entry(inference, object, entries, member_of(field), field.type, field.offset_bits);
    entry.extra |= direction;
    entry.field = id;
    return entry;
  };
  for (const auto& [tag, direction] : tags) {
    if (!direction || is_said(inference, object, tag)) {
      continue;
    }
    add(tag, direction);
    for (const SyncArm& arm : inference.tree.sync().arms) {
      const bool is_of_struct =
          inference.types.tag(inference.field(arm.place).structure) == object.owner;
      if (arm.tag == tag && is_of_struct) {
        Entry& entry = add(arm.place, direction);
        entry.arms = arms_of(inference, arm.place);
        if (arm.kind == ArmKind::embedded && entry.paths.empty() && entry.parts.empty()) {
          entry.members = members_elsewhere(inference, arm.place);
        }
      }
    }
  }
  drop_untold(inference, object, entries);
}

std::optional<std::string> project(Inference& inference, Object object,
                                   const std::vector<Part>& parts, bool touched, Direction whole,
                                   const Entry* member) {
  Entries entries = collect_entries(inference, object, parts);
  if (member) {
    for (const auto& [field, name] : member->members) {
      add_field(inference, object, entries, field, name, {}, member->extra);
    }
  }
  if (whole) {
    add_whole(inference, object, entries, whole);
  }
  add_tagged(inference, object, entries);
  add_counts(inference, object, entries);
  drop_ambiguous(inference, object, entries);
  bool empty = entries.empty();
  Additions additions = collect_additions(inference, object, entries, touched || !parts.empty());
  if (empty && !says_something(additions)) {
    return std::nullopt;
  }
  object.name = unique_name(inference, object.name);
  IdlProjection projection{object.tag, object.name, {}};
  size_t at = inference.draft.items.size();
  inference.draft.items.push_back({});
  for (const auto& [offset, entry] : entries) {
    if (additions.left_out.contains(entry.name)) {
      continue;
    }
    add_declarations(inference, object, entry, projection.fields);
  }
  for (IdlDeclaration& added : additions.declarations) {
    projection.fields.push_back(std::move(added));
  }
  if (projection.fields.empty()) {
    inference.draft.items.erase(inference.draft.items.begin() + static_cast<std::ptrdiff_t>(at));
    return std::nullopt;
  }
  inference.draft.headers.insert(inference.types.header(object.type));
  inference.draft.items[at].value = std::move(projection);
  return object.name;
}

// What a class calls a field: "flags", or "s.a" for a member of a struct without a tag; empty if it
// is an element of an array of such.
std::string name_in_class(const Inference& inference, FieldId id) {
  const Field& field = inference.field(id);
  size_t dot = field.name.find('.');
  std::string chain = dot == std::string::npos ? "" : field.name.substr(dot + 1);
  std::string words = chain;
  std::ranges::replace(words, '.', ' ');
  bool is_chain = is_words(words) &&
                  find_by_chain(inference.types, field.structure, chain).owner != none<TypeId>;
  return is_chain ? chain : field_name(field);
}

} // namespace

std::vector<std::string> names_in_class(const Inference& inference, FieldId id) {
  const Field& field = inference.field(id);
  std::string tag = inference.types.tag(field.structure);
  Object object{{}, field.structure, tag, {}, tag};
  Entries entries;
  std::string name = name_in_class(inference, id);
  if (!name.empty() && !is_reserved(name)) {
    return {name};
  }
  if (!name.empty() || !add_covered(inference, object, entries, field, {true, true})) {
    return {};
  }
  std::vector<std::string> names;
  for (const auto& [offset, entry] : entries) {
    names.push_back(entry.name);
  }
  return names;
}

IdlClass infer_class(Inference& inference, TypeId structure, const ClassFields& fields) {
  std::string tag = inference.types.tag(structure);
  Object object{CrossingId{0}, structure, tag, tag.substr(tag.find(' ') + 1) + "__class",
                tag,           true};
  Entries entries;
  for (const auto& [field, direction] : fields) {
    add_field(inference, object, entries, field, name_in_class(inference, field), {}, direction);
  }
  add_tagged(inference, object, entries);
  add_counts(inference, object, entries);
  drop_ambiguous(inference, object, entries);
  IdlClass result{tag, {}};
  for (const auto& [offset, entry] : entries) {
    add_declarations(inference, object, entry, result.fields);
  }
  inference.draft.headers.insert(inference.types.header(structure));
  return result;
}

} // namespace ks::idl

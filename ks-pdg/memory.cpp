// SPDX-License-Identifier: MIT
// Where references meet memory: which object a pointer points to, of which type, and which
// fields an access to it touches.
#include "ks-pdg/values.hpp"

#include <llvm/IR/DataLayout.h>

#include <algorithm>

namespace ks::pdg {

namespace {

// Whether some instruction goes on from there by a number of bytes: a structure that is copied has become
// an access to each of its members.
bool is_taken_apart(const llvm::Value& pointer) {
  return std::ranges::any_of(pointer.users(), [](const llvm::User* user) {
    const auto* gep = llvm::dyn_cast<llvm::GEPOperator>(user);
    return gep && gep->getSourceElementType()->isIntegerTy(8) && gep->hasAllConstantIndices();
  });
}

} // namespace

// Whether a load or store through this very pointer may be one of a member. Code as clang writes it computes
// the address of each member first, of the first one too, but of those of unions and of bit-fields.
bool Values::is_of_member(const llvm::Value& pointer, TypeId record) {
  if (!program_.names_first_members || types_.kind(record) == TypeKind::union_ ||
      is_taken_apart(pointer)) {
    return true;
  }
  types_.complete(record);
  const Type& row = types_.row(record);
  return row.member_count == 0 || types_.member(row.first_member).bit_field ||
         (types_.is_record(types_.member(row.first_member).type) &&
          is_of_member(pointer, types_.strip(types_.member(row.first_member).type)));
}

TypeId Values::hint(const llvm::Value* value, i64 offset, u64 size, bool plain) {
  const auto found = hints_.find(value);
  if (!value || found == hints_.end()) {
    return none<TypeId>;
  }
  for (TypeId type : std::vector<TypeId>(found->second)) {
    if (offset >= 0 && static_cast<u64>(offset) + size <= types_.size(type) &&
        (!plain || !types_.is_record(type) || is_of_member(*value, type))) {
      return type;
    }
  }
  return none<TypeId>;
}

// The type as which the object behind a pointer is seen; `plain`: by a load or store of a scalar.
TypeId Values::pointee_for(const Reference& reference, TypeId wanted, const llvm::Value* hinted,
                           u64 size, bool plain) {
  const TypeId declared = types_.pointee(paths_.row(reference.path).type);
  const u64 offset = static_cast<u64>(reference.offset);
  if (wanted != none<TypeId>) {
    const bool inside = reference.offset >= 0 && !types_.is_raw(declared) &&
                        places_.find_object(declared, offset, wanted).has_value();
    return inside || (reference.offset != 0 && !types_.is_raw(declared)) ? declared
           : reference.offset == 0                                       ? wanted
                                                                         : declared;
  }
  if (types_.is_record(declared) && reference.offset >= 0 &&
      offset + size <= types_.size(declared)) {
    return declared;
  }
  const TypeId held = hint(hinted, reference.offset, size, plain);
  const bool replaces =
      types_.is_raw(declared) || (types_.is_record(declared) && types_.is_record(held));
  return held != none<TypeId> && replaces ? held : declared;
}

std::optional<Values::Spot> Values::spot_of(const Reference& reference, TypeId wanted,
                                            const llvm::Value* hinted, u64 size, bool plain) {
  if (reference.address) {
    return Spot{reference.path, reference.offset};
  }
  const StepKind step = paths_.row(reference.path).step;
  if (step == StepKind::integer || step == StepKind::function) {
    return std::nullopt;
  }
  const TypeId type = pointee_for(reference, wanted, hinted, size, plain);
  const PathId object = paths_.dereference(reference.path, type);
  if (object == none<PathId>) {
    return std::nullopt;
  }
  return Spot{object, reference.offset};
}

// The same spot, counted from the place that holds this one.
std::optional<Values::Spot> Values::outward(Spot spot) const {
  const Path path = paths_.row(spot.object);
  if (path.step == StepKind::field) {
    const Field& field = program_.summary.fields[row(path.field)];
    const Origin parent = paths_.origin(path.parent);
    if (field.structure == types_.strip(parent.type)) {
      return Spot{path.parent, spot.offset + static_cast<i64>(field.offset_bits / 8)};
    }
    if (field.structure == parent.structure && field.offset_bits >= parent.offset_bits) {
      return Spot{path.parent,
                  spot.offset + static_cast<i64>((field.offset_bits - parent.offset_bits) / 8)};
    }
  } else if (path.step == StepKind::element && path.integer != any_element) {
    return Spot{path.parent, spot.offset + static_cast<i64>(path.integer * types_.size(path.type))};
  }
  return std::nullopt;
}

// Out of an embedded member into the structure round it, while the offset lies outside.
Values::Spot Values::climb(Spot spot) {
  for (std::optional<Spot> at = spot; at; at = outward(*at)) {
    const u64 size = types_.size(paths_.row(at->object).type);
    if (at->offset >= 0 && (static_cast<u64>(at->offset) < size || at->offset == 0)) {
      return *at;
    }
  }
  return spot;
}

// The place at a spot that has the type wanted, or the outermost one that starts there.
PathId Values::narrow(Spot spot, TypeId wanted) {
  if (types_.is_raw(wanted)) {
    wanted = none<TypeId>;
  }
  spot = climb(spot);
  const TypeId type = paths_.row(spot.object).type;
  if (spot.offset >= 0) {
    if (const auto steps = places_.find_object(paths_.origin(spot.object),
                                               static_cast<u64>(spot.offset), wanted)) {
      return paths_.steps(spot.object, *steps);
    }
  }
  // A structure seen from its first member.
  for (std::optional<Spot> outer = spot; types_.is_record(wanted);) {
    outer = outward(*outer);
    if (!outer) {
      break;
    }
    if (outer->offset >= 0) {
      if (const auto steps = places_.find_object(paths_.origin(outer->object),
                                                 static_cast<u64>(outer->offset), wanted)) {
        return paths_.steps(outer->object, *steps);
      }
    }
  }
  if (types_.is_record(wanted)) {
    return paths_.cast(spot.object, spot.offset, wanted);
  }
  if (spot.offset == 0) {
    return spot.object;
  }
  const i64 size = static_cast<i64>(types_.size(type));
  if (types_.is_scalar(type) && size > 0 && spot.offset % size == 0) {
    return paths_.element(spot.object, static_cast<u64>(spot.offset / size), type);
  }
  if (wanted != none<TypeId> && spot.offset > 0) {
    if (const auto steps = places_.find_object(paths_.origin(spot.object),
                                               static_cast<u64>(spot.offset), none<TypeId>)) {
      return paths_.steps(spot.object, *steps);
    }
  }
  return paths_.cast(spot.object, spot.offset, none<TypeId>);
}

// The reference after an unknown number of steps of `stride` bytes; `array` says that they are from
// element to element of an array. From a structure's own address they are not, though one may
// begin there: then they may lead to any member.
std::optional<Reference> Values::generalize(const Reference& reference, u64 stride,
                                            const llvm::Value* hinted, bool array) {
  std::optional<Spot> spot = spot_of(reference, none<TypeId>, hinted, 0);
  if (!spot) {
    return std::nullopt;
  }
  spot = climb(*spot);
  const Path path = paths_.row(spot->object);
  const u64 size = types_.size(path.type);
  const TypeKind kind = types_.kind(path.type);
  if (spot->offset >= 0 && (types_.is_record(path.type) || kind == TypeKind::array)) {
    u64 rest = 0;
    const auto steps = places_.find_array(paths_.origin(spot->object),
                                          static_cast<u64>(spot->offset), stride, rest);
    const PathId found = steps ? paths_.steps(spot->object, *steps) : none<PathId>;
    const bool whole = found != none<PathId> && types_.size(paths_.row(found).type) == size;
    if (steps && (array || whole || spot->offset != 0 || !types_.is_record(path.type))) {
      const TypeId element = types_.row(types_.strip(paths_.row(found).type)).element;
      if (types_.is_scalar(element) && !types_.is_pointer(element)) {
        return Reference{found, true, reference.derived, 0};
      }
      return Reference{paths_.element(found, any_element, element), true, reference.derived,
                       static_cast<i64>(rest)};
    }
  }
  if (size == stride && size != 0) {
    const i64 rest = spot->offset % static_cast<i64>(size);
    return Reference{paths_.element(spot->object, any_element, path.type), true, reference.derived,
                     rest};
  }
  const TypeId type = types_.is_scalar(path.type) ? path.type : none<TypeId>;
  return Reference{paths_.element(spot->object, any_element, type), true, reference.derived, 0};
}

// Out of a member while the access goes on behind it. An access of unknown length to a member
// that is no array may go on to the end of the structure.
Values::Spot Values::reach(Spot spot, Range range) const {
  for (;;) {
    const TypeId type = paths_.row(spot.object).type;
    const u64 size = types_.size(type);
    if (spot.offset < 0 || size == 0) {
      return spot;
    }
    const bool one = types_.is_scalar(type);
    const bool beyond =
        range.size == 0 ? range.bulk && one : static_cast<u64>(spot.offset) + range.size > size;
    const std::optional<Spot> outer = beyond ? outward(spot) : std::nullopt;
    if (!outer) {
      return spot;
    }
    spot = *outer;
  }
}

// The parts of a structure or an array in `size` bytes from the spot on.
void Values::touch_leaves(Spot spot, u64 size, Range range, std::vector<Touched>& out) {
  const u64 begin = static_cast<u64>(spot.offset);
  const u64 end = begin + size;
  for (const Leaf& leaf : places_.find_leaves(
           paths_.origin(spot.object), {static_cast<i64>(begin * 8), static_cast<i64>(end * 8)},
           range.pointer, range.bulk)) {
    Touched part;
    part.place = paths_.steps(spot.object, leaf.steps);
    part.field = leaf.field == none<FieldId> ? paths_.field_of(part.place) : leaf.field;
    part.type = leaf.type;
    part.offset_bits = leaf.offset_bits - std::min(leaf.offset_bits, begin * 8);
    part.size_bits = leaf.size_bits;
    part.bit_field = leaf.bit_field;
    part.partial = leaf.size_bits != range.size * 8 || leaf.bit_field;
    part.covered = leaf.offset_bits >= begin * 8 && leaf.offset_bits + leaf.size_bits <= end * 8;
    out.push_back(std::move(part));
  }
}

constexpr u64 several = u64{1} << 32; // bytes, of elements of any size

// What is copied from a structure on may go on in the array that it ends with.
void Values::touch_open_end(Spot spot, Range range, std::vector<Touched>& out) {
  const TypeId type = paths_.row(spot.object).type;
  const u64 size = types_.size(type);
  const u64 end = static_cast<u64>(spot.offset) + range.size;
  const bool goes_on = range.bulk && (range.size == 0 || end > size);
  if (goes_on && size != 0 && places_.ends_open(type, size)) {
    const std::size_t first = out.size();
    touch_leaves({spot.object, static_cast<i64>(size)}, range.size == 0 ? several : end - size,
                 range, out);
    for (std::size_t i = first; i < out.size(); ++i) {
      out[i].offset_bits += (size - static_cast<u64>(spot.offset)) * 8;
    }
  }
}

// Any element from a member on that is no array, or of a structure that is seen as one: the
// members from there on that look like the first, and all of them where it is bytes that are
// counted.
bool Values::touch_members(Spot spot, Range range, std::vector<Touched>& out) {
  const Path element = paths_.row(spot.object);
  if (element.step != StepKind::element || element.integer != any_element) {
    return false;
  }
  Spot at{element.parent, 0};
  while (!types_.is_record(paths_.row(at.object).type)) {
    const std::optional<Spot> outer = outward(at);
    if (!outer || types_.kind(paths_.row(at.object).type) == TypeKind::array) {
      return false;
    }
    at = *outer;
  }
  const TypeId record = paths_.row(at.object).type;
  types_.complete(record);
  const u64 size = types_.size(record);
  const u64 step = types_.size(element.type);
  if (at.offset < 0 || static_cast<u64>(at.offset) >= size) {
    return false;
  }
  range.bulk |= step <= 1;
  std::vector<Touched> parts;
  touch_leaves(at, size - static_cast<u64>(at.offset), range, parts);
  u64 next = 0;
  for (Touched& part : parts) {
    TypeId type = types_.strip(part.type);
    while (types_.kind(type) == TypeKind::array) {
      type = types_.strip(types_.row(type).element);
    }
    if (step > 1 && next != 0 && (types_.size(type) != step || part.offset_bits != next)) {
      break;
    }
    next = part.offset_bits + part.size_bits;
    part.partial = true;
    part.covered = false;
    out.push_back(std::move(part));
  }
  return next != 0;
}

// Behind an array that a pointer leads to lie more of its kind: the number that is there, counted from the
// first of the first; none if what lies there is no plain number.
PathId Values::later_row(Spot spot) {
  const Path path = paths_.row(spot.object);
  TypeId element = types_.strip(path.type);
  while (types_.kind(element) == TypeKind::array) {
    element = types_.strip(types_.row(element).element);
  }
  const i64 size = static_cast<i64>(types_.size(element));
  const bool is_plain = types_.is_scalar(element) && !types_.is_pointer(element) && size > 0 &&
                        types_.size(path.type) != 0;
  return is_plain && path.step == StepKind::dereference && spot.offset >= 0 &&
                 spot.offset % size == 0
             ? paths_.element(spot.object, static_cast<u64>(spot.offset / size), element)
             : none<PathId>;
}

void Values::touch(Spot spot, Range range, std::vector<Touched>& out) {
  spot = reach(climb(spot), range);
  const Path path = paths_.row(spot.object);
  const u64 size = types_.size(path.type);
  const TypeKind kind = types_.kind(path.type);
  Touched one;
  if (types_.is_record(path.type) || kind == TypeKind::array) {
    types_.complete(path.type);
    const u64 begin = static_cast<u64>(spot.offset);
    const u64 wanted = range.size == 0 ? size - std::min(size, begin) : range.size;
    if (spot.offset >= 0 && (begin < size || size == 0) && wanted > 0) {
      touch_leaves(spot, size == 0 ? wanted : std::min(size, begin + wanted) - begin, range, out);
      touch_open_end(spot, range, out);
      return;
    }
    if (spot.offset >= 0 && (range.size > 0 || range.bulk) && places_.ends_open(path.type, begin)) {
      touch_leaves(spot, range.size == 0 ? several : range.size, range, out);
      return;
    }
    one.place = later_row(spot);
    if (one.place != none<PathId>) {
      one.type = paths_.row(one.place).type;
      one.partial = types_.size(one.type) != range.size;
    } else {
      one.place = paths_.cast(spot.object, spot.offset, none<TypeId>);
    }
  } else if (touch_members(spot, range, out)) {
    return;
  } else if (spot.offset == 0) {
    one.place = spot.object;
    one.type = path.type;
    one.partial = size != 0 && size != range.size;
    one.covered = !one.partial;
  } else if (types_.is_scalar(path.type) && size > 0 && spot.offset % static_cast<i64>(size) == 0) {
    one.place = paths_.element(spot.object, static_cast<u64>(spot.offset) / size, path.type);
    one.type = path.type;
    one.partial = size != range.size;
  } else {
    one.place = paths_.cast(spot.object, spot.offset, none<TypeId>);
  }
  if (one.place != none<PathId>) {
    one.size_bits = range.size * 8;
    one.field = paths_.field_of(one.place);
    out.push_back(one);
  }
}

std::vector<Touched> Values::touched(const llvm::Value* pointer, Range range, bool& complete) {
  std::vector<Touched> places;
  complete = true;
  const References references = of(pointer);
  for (const Reference& reference : references) {
    const Path& path = paths_.row(reference.path);
    if (!reference.address && path.step == StepKind::integer && references.size() > 1) {
      continue;
    }
    std::optional<Spot> spot =
        spot_of(reference, none<TypeId>, pointer, range.size, !range.bulk && range.stride == 0);
    if (spot) {
      spot->offset += range.offset;
    }
    if (spot && range.stride != 0) {
      const auto any =
          generalize({spot->object, true, reference.derived, spot->offset}, range.stride, nullptr);
      spot = any ? std::optional<Spot>({any->path, any->offset}) : std::nullopt;
    }
    const std::size_t before = places.size();
    if (spot) {
      touch(*spot, range, places);
    }
    complete &= places.size() > before;
  }
  complete &= !places.empty();
  return places;
}

std::vector<PathId> Values::objects(const llvm::Value* pointer, TypeId wanted) {
  std::vector<PathId> objects;
  const References references = of(pointer);
  for (const Reference& reference : references) {
    const std::optional<Spot> spot = spot_of(reference, wanted, pointer, 0);
    const PathId object = spot ? narrow(*spot, wanted) : none<PathId>;
    if (object != none<PathId>) {
      objects.push_back(object);
    }
  }
  std::sort(objects.begin(), objects.end());
  objects.erase(std::unique(objects.begin(), objects.end()), objects.end());
  return objects;
}

References Values::load(const llvm::Value* pointer, const llvm::Type* type) {
  References references;
  bool complete = false;
  const u64 size = program_.data_layout.getTypeStoreSize(const_cast<llvm::Type*>(type));
  for (const Touched& part : touched(pointer, {size, type->isPointerTy(), false}, complete)) {
    if (!part.bit_field) {
      references.push_back({part.place, false, part.partial});
    }
  }
  return references;
}

PathId Values::row_of(const Reference& reference, TypeId wanted) {
  if (!reference.address && reference.offset == 0) {
    return reference.derived ? none<PathId> : reference.path;
  }
  if (reference.derived && !holds_pointer(reference)) {
    return none<PathId>;
  }
  const TypeId pointee = types_.pointee(wanted);
  const TypeId record = types_.is_record(pointee) ? pointee : none<TypeId>;
  const std::optional<Spot> spot = spot_of(reference, record, nullptr, 0);
  const PathId place = spot ? narrow(*spot, pointee) : none<PathId>;
  return place == none<PathId> ? none<PathId> : paths_.address(place);
}

bool Values::may_be_pointer(const llvm::Value* value) {
  if (!value->getType()->isIntegerTy(64)) {
    return value->getType()->isPointerTy();
  }
  const References& references = of(value);
  return std::any_of(references.begin(), references.end(),
                     [this](const Reference& reference) { return holds_pointer(reference); });
}

std::vector<PathId> Values::rows_of(const llvm::Value* value, TypeId wanted) {
  std::vector<PathId> rows;
  const References references = of(value);
  for (const Reference& reference : references) {
    const PathId row = row_of(reference, wanted);
    if (row != none<PathId> && !value->getType()->isPointerTy() &&
        paths_.row(row).step == StepKind::unknown) {
      continue;
    }
    if (row != none<PathId> && std::find(rows.begin(), rows.end(), row) == rows.end()) {
      rows.push_back(row);
    }
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

} // namespace ks::pdg

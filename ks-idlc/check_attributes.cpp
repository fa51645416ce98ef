// SPDX-License-Identifier: MIT

#include "ks-idlc/check_attributes.hpp"

namespace ks::idlc {
namespace {

using enum IdlAttributeKind;

bool is_reference(Shape shape) {
  return shape == Shape::object || shape == Shape::handle || shape == Shape::pointers ||
         shape == Shape::row;
}

// To something that is there at the callee's end.
bool is_pointer(Shape shape) {
  return is_reference(shape) || shape == Shape::function || shape == Shape::string ||
         shape == Shape::copy || shape == Shape::buffer || shape == Shape::structs ||
         shape == Shape::place || shape == Shape::strings || shape == Shape::functions ||
         shape == Shape::percpu;
}

} // namespace

std::string_view attribute_word(const IdlAttribute& attribute) {
  switch (attribute.kind) {
  case in: return "in";
  case out: return "out";
  case unused: return "unused";
  case cookie: return "cookie";
  case init: return "init";
  case exit: return "exit";
  case always: return "always";
  case nonnull: return "nonnull";
  case format: return "format";
  case kept: return "kept";
  case refused: return "refused";
  case number: return "number";
  case percpu: return "percpu";
  case alloc: return "alloc";
  case bind: return "bind";
  case alloc_once: return "alloc_once";
  case alloc_stack: return "alloc_stack";
  case may_dealloc: return "may_dealloc";
  case dealloc: return "dealloc";
  case at: return "at";
  case from: return "from";
  case moved: return "moved";
  case lent: return "lent";
  case member: return "member";
  case inner: return "inner";
  case error: return "error";
  case filled: return "filled";
  case entrusted: return "entrusted";
  case last_use: return "last_use";
  case size: return "size";
  case undo: return "undo";
  case unlock: return "unlock";
  case cancel: return "cancel";
  case given: return "given";
  case reference: return "reference";
  case drops: return "drops";
  case done: return "done";
  case freed: return "freed";
  case ends: return "ends";
  case failure: return "failure";
  case only: return "only";
  case within: return "within";
  case when: return "when";
  case merge_add: return "merge<add>";
  case merge_bits: return "merge<bits>";
  case owner: return "owner";
  }
  return {};
}

std::string_view misuse(const IdlAttribute& attribute, Shape shape, Place place) {
  switch (attribute.kind) {
  case in: return {};
  case out:
    if (place == Place::argument && shape == Shape::string) {
      return "a string argument does not come back: use an array of char";
    }
    if (place == Place::argument &&
        (shape == Shape::scalar || shape == Shape::function || shape == Shape::handle ||
         shape == Shape::cookie || shape == Shape::embedded || shape == Shape::percpu)) {
      return "what is passed by value does not come back";
    }
    return {};
  case unused: return {};
  case cookie:
    return shape == Shape::cookie || shape == Shape::unused ? ""
                                                            : "only a pointer to void is a cookie";
  case init:
  case exit: return place == Place::result ? "" : "only a function is the module's init or exit";
  case always: return place == Place::field ? "" : "only a field may be left out when unchanged";
  case nonnull:
    return place == Place::argument && is_pointer(shape) ? ""
                                                         : "only a pointer argument may be NULL";
  case format:
    return place == Place::argument && shape == Shape::string
               ? ""
               : "only a string argument is a format";
  case kept:
    return shape == Shape::buffer                            ? ""
           : place != Place::field && shape == Shape::string ? ""
           : place == Place::argument && is_table(shape)
               ? ""
               : "only a buffer, or a string or table that is an argument, is kept";
  case number:
    if (place == Place::argument) {
      return is_pointer(shape) ? "" : "only a pointer is a number in C";
    }
    return place == Place::field && (shape == Shape::object || shape == Shape::handle)
               ? ""
               : "only a field that points to an object is a number in C";
  case percpu:
    return shape == Shape::percpu || shape == Shape::unused
               ? ""
               : "only what a handle names lies in per-CPU memory";
  case refused: return shape == Shape::cookie ? "" : "only what would be a cookie is refused";
  case alloc:
  case bind:
  case alloc_once:
    return is_reference(shape) || shape == Shape::unused ? ""
                                                         : "only a pointer to an object has one";
  case alloc_stack:
    if (place == Place::result) {
      return "a copy does not outlive the call";
    }
    return shape == Shape::copy || shape == Shape::pointers || shape == Shape::unused
               ? ""
               : "only a pointer to a struct is copied";
  case may_dealloc:
  case dealloc:
  case freed:
    return (shape == Shape::object || shape == Shape::handle) && place == Place::argument
               ? ""
               : "only an object passed as an argument is given back";
  case at:
    return place == Place::field && shape == Shape::inside
               ? ""
               : "only a field points into a buffer of its object";
  case from:
    return place == Place::field && shape == Shape::buffer
               ? ""
               : "only what a field points to begins further on";
  case moved:
  case lent:
    return place == Place::field && shape == Shape::buffer
               ? ""
               : "only what a field points to is moved in its buffer, or lent";
  case member:
    return place == Place::result && shape == Shape::buffer
               ? ""
               : "only what is returned leads to scalars in an object";
  case error:
    return place != Place::result && (shape == Shape::object || shape == Shape::handle)
               ? ""
               : "only a pointer to an object, of a field or an argument, may be an error";
  case filled:
    return place == Place::field && shape == Shape::flexible
               ? ""
               : "only an array that a struct ends with is filled";
  case inner:
    return shape == Shape::cookie && place != Place::argument
               ? ""
               : "only a field or a result that is a cookie leads to a struct of the driver's alone";
  case last_use:
    return place == Place::field && shape == Shape::function
               ? ""
               : "only a function pointer in a struct is called for the last time";
  case size: return shape == Shape::object ? "" : "only an object has bytes beyond its struct";
  case undo:
  case unlock:
  case cancel:
  case given:
  case reference:
  case drops:
  case done:
  case ends: return place == Place::result ? "" : "only a function is undone";
  case entrusted:
    return place == Place::result && (shape == Shape::object || shape == Shape::handle)
               ? ""
               : "only a result that is an object or a handle comes with references";
  case failure:
    return place == Place::result && shape != Shape::nothing ? ""
                                                             : "only a result has another value";
  case only:
    return place == Place::argument && shape == Shape::scalar
               ? ""
               : "only a number that is an argument always has one value";
  case within:
    if (place == Place::argument &&
        (attribute.expression.find_first_of(",:") != std::string::npos ||
         attribute.expression.starts_with("local "))) {
      return "an argument's object is a part of one struct";
    }
    return place != Place::result && (shape == Shape::object || shape == Shape::handle)
               ? ""
               : "only an object that an argument or a field leads to is a part of another one";
  case when:
    if (place == Place::argument) {
      return shape == Shape::scalar || shape == Shape::cookie || shape == Shape::copy ||
                     shape == Shape::object || shape == Shape::handle || shape == Shape::buffer ||
                     shape == Shape::string
                 ? ""
                 : "an argument of this shape is one thing only";
    }
    return place == Place::field && shape != Shape::bits && shape != Shape::unused &&
                   shape != Shape::flexible && shape != Shape::tail && shape != Shape::inside &&
                   shape != Shape::copy
               ? ""
               : "only what is in a member of its own depends on another one";
  case merge_add:
  case merge_bits: {
    const bool is_number = shape == Shape::scalar || shape == Shape::numbers ||
                           (shape == Shape::bits && attribute.kind == merge_add);
    return place == Place::field && is_number
               ? ""
               : "only numbers that are a field have changes to merge";
  }
  case owner:
    return place == Place::field && (shape == Shape::scalar || shape == Shape::numbers)
               ? ""
               : "atomic steps are made on numbers that are a field";
  }
  return {};
}

} // namespace ks::idlc

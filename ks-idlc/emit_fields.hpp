// SPDX-License-Identifier: MIT
// What the emitters of puts, gets, callers and callees share: the loops over elements.

#pragma once

#include "ks-idlc/emit.hpp"

#include <initializer_list>

namespace ks::idlc {

// The C expressions for an array of structs or of pointers.
struct ElementNames {
  std::string value;   // the pointer to the first element
  std::string wire;    // the slot for the count; empty if both ends know it
  std::string home;    // where an element that is no object of its own lives
  std::string depth;   // of an element that is one
  std::string storage; // get: a call that gives room for ks_bytes bytes; empty: into value's own
  std::string wholes; // put: the table of what the objects may be parts of; empty if there is none
};

// One element of a member array, ks_n, as a field of its own. All elements cross together.
Item element_of(const Item& item);
// What a macro that sends, merges or takes a number is called beyond that, and its arguments.
std::string merging_of(const Item& item, u32 bit);
// The pointers that a struct ends with, as the array of pointers that they are.
Item table_from(const Item& item);
// Declares what a put or get has to know of a member array without a length, in C.
// How many elements of an array without a length there are; where the memory of one lives; and whether
// all of a projection that crosses is in the struct itself.
std::string open_count(const Item& item);
std::string home_of_element(const Item& item);
bool has_fixed_fields(const Interface& interface, u32 projection, Direction d);

// Whether what a projection's fields lead to may belong to their struct.
bool owns_memory(const Interface& interface, u32 projection);

std::string flexible_here(const Interface& interface, const Projection& owner, const Item& item);
// The home of what belongs to a field, or to this element of it.
std::string home_inside(const Item& item);
// The address of a member struct, or of this element of an array of them, in C.
std::string embedded_at(const Item& item, std::string_view structure);

// In C, whether there is something behind a pointer that is put. The kernel's may lead into what has been freed; a
// number of the driver's ends its domain (ks_put_from).
std::string leads_somewhere(const std::string& pointer, End end);
// What an element takes in the message's fixed part.
std::string element_slot(const Interface& interface, const Item& item, Direction d);
void emit_put_elements(Code& code, const Interface& interface, End end, Direction d,
                       const Item& item, const ElementNames& names);
// Leaves the elements' storage in ks_elements and their number in ks_count.
void emit_get_elements(Code& code, const Interface& interface, End end, Direction d,
                       const Item& item, const ElementNames& names);

// The C expressions for a row of structs: its first element, the reference of the object that they
// lie in, how many they are, how deep that is and the home of elements that are copied.
struct RowNames {
  std::string value, ref, count, depth, copied;
};

// Puts or gets what is in each element; ks_i is declared. What is got is written if `apply` says so.
void emit_put_row(Code& code, const Interface& interface, End end, Direction d, const Item& item,
                  const RowNames& names);
void emit_get_row(Code& code, const Interface& interface, End end, Direction d, const Item& item,
                  const RowNames& names, std::string_view apply);
// The call that finds or makes the elements, and sets their count.
std::string take_row_call(const Interface& interface, End end, Direction d, const Item& item,
                          std::string_view slot, std::string_view count);

// The kernel's end makes sure that a null-terminated array of pointers is.
void emit_check_end(Code& code, End end, const Item& item);

void emit_put(Code& code, const Interface& interface, End end, u32 projection, Direction d);
void emit_get(Code& code, const Interface& interface, End end, u32 projection, Direction d);
std::string put_signature(const Interface& interface, u32 projection, Direction d);
std::string get_signature(const Interface& interface, u32 projection, Direction d, End end);

// The table of what a field's pointer may be a part of, and its name beside this function.
std::string wholes_name(std::string_view function, const Item& field);
void emit_wholes(Code& code, const Interface& interface, std::string_view function,
                 const Item& field);
// Where it is said which of them it is: `wire` is the struct of slots.
std::string chosen_slot(std::string_view wire, const Item& field);

// The call that finds or makes the object a reference stands for.
std::string arrive_call(const Interface& interface, End end, Direction d, const Item& item,
                        std::string_view ref, const std::string& size);
// The call that makes the larger object known that is said to be around it; `wholes` is the table.
std::string take_whole_call(const Interface& interface, End end, Direction d, const Item& item,
                            std::string_view wire, const std::string& wholes);
// The place that memory without a struct crosses as.
std::string put_memory_call(const Interface& interface, End end, const Item& item,
                            std::string_view value);
// The slot of a pointer that is only handed back, and the pointer that a slot says.
std::string put_cookie_call(End end, const Item& item, std::string_view pointer);
// `owner` is whose item it is, for people.
std::string take_cookie_call(End end, const Item& item, std::string_view owner,
                             std::string_view slot);
// The same of a pointer to per-CPU memory. `holder` is what has the pointer from then on, or NULL.
std::string put_percpu_call(const Interface& interface, const Item& item, std::string_view pointer);
std::string take_percpu_call(const Interface& interface, End end, const Item& item,
                             std::string_view holder, std::string_view slot);

// Appends a function's text; parameters that its body does not use are said to be unused.
void append_with_unused(Code& code, const std::string& function,
                        std::initializer_list<std::string_view> parameters);

} // namespace ks::idlc

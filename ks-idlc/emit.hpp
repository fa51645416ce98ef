// SPDX-License-Identifier: MIT
// From the tables to C. Both ends are written by the same code with the end as an
// argument, so that what one puts is what the other takes.

#pragma once

#include "ks-idlc/code.hpp"
#include "ks-idlc/layout.hpp"
#include "pipelines/known.hpp"

#include <span>
#include <string>
#include <vector>

namespace ks::idlc {

struct GeneratedFile {
  std::string name;
  std::string text;
};

// All that ks-idlc writes for a module.
// `known` says what the kernel calls in a module by name.
std::vector<GeneratedFile> emit_all(const Interface& interface, const Known& known);

std::string emit_header(const Interface& interface);
std::string emit_types_header(const Interface& interface);
std::string emit_end(const Interface& interface, End end); // NAME_driver.c, NAME_kernel.c

// The functions that put projections into messages and get them out, at one end.
void emit_projections(Code& code, const Interface& interface, End end);
// The tables of classes and clauses at one end.
void emit_classes(Code& code, const Interface& interface, End end);
// What a message of this direction of the crossing ends with; ks_made says when it was begun.
std::string put_classes_call(const Interface& interface, const Crossing& crossing, Direction d,
                             End end);
std::string get_classes_call(const Interface& interface, End end);
// What the kernel calls in place of a function that may use an object for the last time, as far as
// `users`, the text that follows, needs it.
std::string emit_last_uses(const Interface& interface, std::string_view users);
// What the kernel's end does for a driver whose domain was stopped, and the table of it.
std::string emit_undos(const Interface& interface);
// The values kept for an undo, as a C array.
std::string words_of(const Crossing& crossing, const UndoUse& use);
// What an undo's number and function are called by.
std::string undo_name(const Undo& undo);
// The argument whose end is the end of what is kept, "result", or empty.
std::string held_object(const Crossing& crossing, const UndoUse& use);
// The condition's opposite.
std::string negation_of(const std::string& condition);
// What a function returns that cannot be called.
std::string failure_of(const Crossing& crossing);
// The functions that stand for the other end's, and those that answer for this end's.
void emit_caller(Code& code, const Interface& interface, End end, const Crossing& crossing);
void emit_callee(Code& code, const Interface& interface, End end, const Crossing& crossing);

// ---- names and pieces that several of these need ----

std::string_view word(Direction d); // "in", "out"
inline End other(End end) { return end == End::driver ? End::kernel : End::driver; }

std::string type_number(const Interface& interface, u32 type); // KS_TYPE_net_device
std::string wire_of(const Interface& interface, u32 projection, Direction d);
std::string put_name(const Interface& interface, u32 projection, Direction d);
std::string get_name(const Interface& interface, u32 projection, Direction d);

// The C type of an argument, result or pointer field's value: "struct net_device *".
std::string c_type_of(const Item& item);
// Something follows its last parameter: what a format says, or what the interface does.
bool is_variadic(const Crossing& crossing);
std::span<const Item> named_arguments(const Crossing& crossing);
std::span<const Item> variable_arguments(const Crossing& crossing);
// "int ks_stub_f(struct net_device *dev)".
std::string prototype_of(const Crossing& crossing, std::string_view name);
// The arguments as C has them: of one that is several things, the first stands for it.
std::vector<const Item*> c_arguments(std::span<const Item> items);
std::string c_type_of_argument(const Crossing& crossing, const Item& argument);
// What people call it.
const std::string& spoken_name(const Item& item);
// `int x`, `char *name`.
std::string declare(std::string_view c_type, std::string_view name);
// A variable's name with the number of its elements if its value is an array: `x`, `x[8]`.
std::string elements_of(const Global& variable, const std::string& name);

// The symbol of a function's stand-in or target at one end: ks_import_f, ks_stub_f, ks_target_f.
std::string caller_name(const Crossing& crossing);
// Of a crossing that calls an operation: what it calls, in C.
std::string prototype_of_operation(const Crossing& crossing, std::string_view name);
// The table of what may be in a place, in C.
std::string signature_name(const Interface& interface, u32 signature);
std::string target_label(const Crossing& crossing); // what the object file calls it

// The structs of a crossing's fixed parts; an empty one is left out of the message.
std::vector<std::string> slots_of(const Interface& interface, const Crossing& crossing,
                                  Direction d);
// The slots of one item in `d`, as C declarations.
void add_slots(const Interface& interface, const Item& item, Direction d, Place place,
               const std::string& structure, std::vector<std::string>& slots);

// Whether a message of this direction of a crossing begins with the values of globals.
bool carries_values(const Interface& interface, const Crossing& crossing, Direction d);
// Whether the reply says for an argument that what it points to follows.
bool replies_with_content(const Item& argument);
// Whether the calling end has a way to get at the function's stand-in.
bool is_called(const Interface& interface, const Crossing& crossing);
// Whether the argument is where the callee stores the address of a string.
bool is_string_place(const Item& argument);
// What tells the tables that arguments lead to from each other, in C.
std::string table_number(const Crossing& crossing, size_t argument);
// Whether a slot of this name says, beside a pointer's, which larger object it goes into.
bool says_whole(const Item& item);
std::string whole_slot(const Item& item);
std::string whole_row(const Interface& interface, const Whole& whole);
// Whether this end drops the argument's reference after the call: the kernel's does for both.
bool is_given_back(const Item& argument, End end);
// Whether the kernel's function may free it, or not.
bool is_at_risk(const Crossing& crossing, const Item& argument, End end);
// How many elements are before the first that crosses; empty if none are.
std::string start_of(const Item& item);
// Whether the length of this end's buffer is only what code of the other end may look at: the kernel's may be less.
bool is_uncertain(const Item& item, End end);
// An array or a pointer's element count, as a C expression of type u64.
std::string count_of(const Item& item, std::string_view value);
// The same of what an end passes, of whose elements there may be fewer.
std::string count_passed(const Item& item, std::string_view value, End end);
// The bytes an object takes here: 0 for those of its type.
std::string size_of(const Interface& interface, const Item& item, Direction d,
                    std::string_view extra_slot);
// The call that puts or gets what lies behind a pointer.
std::string put_call(const Interface& interface, const Item& item, Direction d,
                     std::string_view home, std::string_view object, std::string_view twin);
std::string get_call(const Interface& interface, const Item& item, Direction d, End end,
                     std::string_view home, std::string_view object, std::string_view twin,
                     std::string_view apply = "ks_apply");
// The same of a struct that is passed or returned by value, in a block of its own. `keep` is what its home
// does with what it gets.
void emit_put_value(Code& code, const Interface& interface, const Item& item, Direction d,
                    std::string_view keep, std::string_view slot, std::string_view object);
void emit_get_value(Code& code, const Interface& interface, const Item& item, Direction d, End end,
                    std::string_view keep, std::string_view slot, std::string_view object);
std::string twin_of(const Interface& interface, const Item& item, std::string_view object);
// Whether the IDL only names a scalar's type, which may be one that holds 0 or 1, or a struct.
bool is_only_named(const Item& item);
// What the value's variable holds before there is a value.
std::string_view zero_of(const Item& item);
const LastUse* find_last_use(const Interface& interface, std::string_view structure,
                             std::string_view field);
bool has_last_use(const Interface& interface, std::string_view structure);

} // namespace ks::idlc

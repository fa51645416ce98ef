// SPDX-License-Identifier: MIT
// What an interface comes to: every argument, result and field of the IDL as an Item
// with one Shape, everything that crosses by number in its table, and for each
// projection which of its fields cross in which direction and under which bit.

#pragma once

#include "ks-idl/idl.hpp"

#include <array>
#include <compare>
#include <string>
#include <vector>

namespace ks::idlc {

enum class Shape : u8 {
  nothing,  // no result
  unused,   // not marshalled
  scalar,   // by value
  bits,     // a bit-field
  numbers,  // a member array of scalars
  flexible, // one without a length of its own, at the end of its struct; of structs and pointers, too
  embedded, // a member struct
  object, // a pointer to an object that both ends know by reference
  copy, // a pointer to an object that is copied for the call
  inside, // a pointer into a buffer, with a struct at some offset
  string, // a pointer to a NUL-terminated string
  buffer, // a pointer to scalars
  structs, // a pointer to structs that are copied for the call, or belong to an object
  row, // a pointer to structs, side by side, that both ends know by reference
  pointers, // a pointer to pointers to objects or copies
  strings, // a pointer to pointers to strings, all copied
  functions, // a pointer to function pointers
  place, // where the callee stores a pointer to scalars or a table, which the caller keeps
  function, // a function pointer
  handle, // a pointer that only names an object
  percpu, // a pointer to per-CPU memory, with an object of each processor
  cookie, // a pointer as a number
  tail // the bytes behind a struct
};

// Whether all of it is in the struct's fixed part of a message.
bool is_fixed(Shape shape);

// Whether it is a table of pointers.
constexpr bool is_table(Shape shape) {
  return shape == Shape::pointers || shape == Shape::strings || shape == Shape::functions;
}

enum class Place : u8 { argument, result, field };

// in: from caller to callee; out: back.
enum class Direction : u8 { in, out };
inline constexpr std::array<Direction, 2> directions{Direction::in, Direction::out};
constexpr size_t index(Direction d) { return static_cast<size_t>(d); }

enum class End : u8 { driver, kernel };

// How the receiver comes by an object: it must know it, or may make a shadow. Unless the
// IDL says which, what only names an object must be known to the kernel's end.
enum class Arrival : u8 { unsaid, bind, alloc, alloc_once };

// What an object is a part of, of a pointer that lies in a holder. Types are rows of Interface::types,
// offsets C expressions.
struct Whole {
  u32 holder = no_row; // none: wherever the pointer lies
  std::string holder_offset = "0";
  u32 type = no_row;
  std::string offset;
  bool local = false; // it may be a local variable of the driver's
};

// How the kernel's end takes a number that the driver's has changed: as it is, or its difference.
enum class Merging : u8 { none, add, bits };

struct Item {
  Shape shape = Shape::nothing;
  std::string name;
  std::string slot; // in messages: the name, unless several things in one member have it
  std::string c_type; // of the value; of an element for numbers and buffer
  u32 projection = no_row; // of the object, copy or element
  u32 type = no_row; // row of Interface::types
  u32 signature = no_row; // function
  u32 bits = 0; // width of a bit-field
  u64 repeat = 0; // elements of a member array of what the shape says; 0 if it is none
  u32 ordinal = 0; // among the fields of its struct that are not fixed, in whichever projection
  std::array<bool, 2> value{}; // the pointer or value itself crosses
  std::array<bool, 2> content{}; // what it points to crosses
  std::array<u32, 2> bit{}; // value's bit in the projection's mask; content's is the next
  std::array<Arrival, 2> arrival{};
  bool is_element = false; // one of a member array: its name has the index ks_n
  bool elements_copied = false; // pointers: to copies, else to objects
  bool cookies = false; // pointers: each is one
  bool always = false;
  bool entrusted = false; // may come with references that are not counted
  bool filled = false; // flexible: the driver may say that there are more
  Merging merging{}; // the next bit then says that it is no difference
  bool owner = false; // atomic steps of the driver's are the kernel's end's to make
  bool nonnull = false;
  bool format = false; // the string is what a format makes of the arguments that follow
  bool error = false; // an error that the kernel bears may be in its place
  bool refused = false; // a cookie that is followed: only NULL reaches the kernel
  bool number = false; // C has a number there, which is a pointer by what it means
  bool dealloc = false, may_dealloc = false;
  std::string freed; // C expression over ks_result: whether it may have been; empty if always
  IdlSize size_kind = IdlSize::none;
  u64 least = 0; // of an extent: at least so many elements, if they are the kernel's
  std::string count; // C expression: elements, or bytes of a tail
  std::string start; // C expression: elements of a buffer before the first that crosses
  std::string extra; // C expression: bytes that the object has beyond its struct
  std::string bytes; // C expression, or known_extent: of memory without a struct, which is kept
  // C expression: where the kernel's memory ends in which the driver moves the pointer, or 0; or empty.
  std::string moved;
  bool lent =
      false; // the kernel's memory that the driver keeps a pointer into, and does not move it
  bool member = false; // such memory may lie in a struct that both ends know
  std::string
      inner; // C expression: bytes of a cookie's struct that only the driver has; empty if there is none
  bool written = false; // of such memory: the receiver writes to it; of a field, either end does
  bool kept = false; // a buffer of a field: a place in the driver's memory, if it lies there
  bool keeps_table = false; // an argument: the callee keeps the table
  bool keeps_strings = false; // and what stands in it
  bool tracked = false; // one whose struct's class has it: bytes that are not kept have twins
  std::string unit; // C type of an element there, if how many there are is said
  std::string offset; // of an inside struct
  std::string last_use; // C expression
  // C expression over self, or of an argument over others: else something else is there; empty if nothing is.
  std::string when;
  std::string of; // the argument in C of which this is one thing: it has a name of its own, then
  std::string only; // C expression: the value that an argument always has
  std::vector<Whole> wholes; // what the object may be a part of
  std::vector<Item> led; // what the pointer in a place leads to: a handle of memory, or a table
};

// Whether the receiver of `item` may make a shadow of an object it does not know.
bool may_make(const Item& item, Direction d, End receiver);

struct Projection {
  std::string name;
  std::string structure;
  u32 type = no_row;
  std::vector<Item> fields; // fixed-size ones first, so that expressions can use them
  bool is_class = false; // crosses by clauses, wherever its objects lie
  bool is_memory = false; // has no fields, but bytes as far as they are known
  std::array<bool, 2> crosses{};
  std::array<u32, 2> mask_bits{};

  bool has_tail(Direction d) const;
  const Item* flexible(Direction d) const; // the field of that shape, or NULL
};

// A field on which atomic steps of the driver's are made by the kernel's end.
struct OwnerField {
  u32 type = no_row;
  std::string structure, field; // "users.counter" of a member struct

  friend auto operator<=>(const OwnerField&, const OwnerField&) = default;
};

// Of a flexible array: whether its elements are structs, as a projection says.
inline bool has_structs(const Item& item) {
  return item.shape == Shape::flexible && item.projection != no_row && item.type == no_row;
}

struct Signature {
  std::string name;
  std::vector<u32> functions; // rows of Interface::functions, rising
  u32 operation = no_row;
};

// Functions of the kernel's that cross as handles.
struct Operation {
  std::string name;
  u32 crossing = no_row; // that calls one; none if they are only handed on
};

enum class FunctionKind : u8 { rpc, rpc_ptr, rpc_export, named, clone, library };

// A function that may cross by number: its row plus one.
struct Function {
  std::string name;
  FunctionKind kind{};
};

struct Type {
  std::string name; // "struct net_device", "int"
  bool opaque = false;
  bool kept = false; // has a class: there are twins at the kernel's end, too
  bool module = false; // the kernel's end takes none of the driver's for one of these
};

// Where a type lies inside another one, as C expressions.
struct Part {
  u32 outer = no_row, inner = no_row; // types
  std::string offset, stride, count;
};

// How many bytes from its start on the driver's code takes an object of the kernel's to have.
struct Room {
  u32 type = no_row;
  u64 bytes = 0;
};

// A variable of the driver's, and how large it is as a C expression.
struct Variable {
  std::string name;
  std::string size;
  u32 element = no_row; // type of the struct, or of the elements of an array
};

struct Global {
  std::string name;
  std::string c_type;
  u32 type = no_row;
  bool by_value = false;
  bool out = false; // a value that the driver writes, too
  u32 signature = no_row; // of a function pointer's value
  u64 size = 0; // bytes of what has no type here; of a value, elements of an array
  bool module = false; // at either end, the module that it is
  u32 target = no_row; // type of the objects that a pointer's value names
};

// What gives back, for a driver that does not, what it got by a call.
struct Undo {
  std::string function; // that is called for it
  std::string call; // C expression over the names of `words`
  bool lock = false; // as soon as the crossing fails in which it was called
  bool once = false; // for all calls
  bool given = false; // when the driver frees the object that it is about
  bool counted = false; // a reference, which only who has taken it drops
  std::vector<Item> words; // whose values are kept, rising by place in the call
};

// A use of an undo: its row in Interface::undos, and this crossing's names for its words.
struct UndoUse {
  u32 undo = no_row;
  std::vector<std::string> words;
};

// Fields of a class that cross with a function, whichever objects they are in.
struct Clause {
  u32 projection = no_row;
  std::vector<u64> wanted; // the fields' bits in the projection's mask
};

struct Crossing {
  IdlRpcKind kind{};
  std::string name;
  Item result;
  std::vector<Item> arguments;
  u32 variable = 0; // so many of these, the last ones, are behind the last parameter in C
  bool is_init = false;
  bool is_exit = false;
  UndoUse undo, ends;
  std::array<std::vector<Clause>, 2> clauses; // pull, push: by direction
  std::string done; // C expression over the arguments and ks_result; empty if always
  std::string failure; // C expression; empty if what its type says

  End callee() const { return is_to_kernel(kind) ? End::kernel : End::driver; }
  // The first argument is then the function that is called.
  bool is_operation() const { return kind == IdlRpcKind::rpc_op; }
};

// A function field of a struct whose call by the kernel may be the last use of the object, in
// whichever projection it crosses.
struct LastUse {
  std::string structure, field;
  std::string condition; // C expression over self
  u32 type = no_row;
  std::vector<u32> functions; // that the field may hold, rising
  u32 signature = no_row; // of the field, in one of its projections
};

// An expression over self that says how large what a field points to is, or where in it something
// lies, and the fields it uses.
struct Extent {
  std::string structure;
  std::string field; // empty for the tail
  bool is_pointer = false; // else it lies in the object
  std::string expression;
  std::vector<std::string> uses;
  friend auto operator<=>(const Extent&, const Extent&) = default;
};

struct Interface {
  std::string name;
  std::string hash; // 32 hexadecimal digits
  std::vector<std::string> headers;
  std::vector<Type> types;
  std::vector<Projection> projections;
  std::vector<u32> classes; // rows of projections, by number
  std::vector<Signature> signatures; // of the IDL, then of the crossings that call operations
  std::vector<Operation> operations;
  std::vector<Function> functions;
  std::vector<Global> globals;
  std::vector<Part> parts; // by outer type
  std::vector<Room> rooms;
  std::vector<OwnerField> owners; // each once
  std::vector<Variable> variables;
  std::vector<Crossing> crossings; // in the order of the IDL
  std::vector<std::string> libraries, named;
  std::vector<IdlClone> clones;
  std::vector<IdlStatic> statics;
  std::vector<LastUse> last_uses; // by structure, then field
  std::vector<Undo> undos;
  std::vector<Extent> extents; // rising, each once, of whichever projection

  bool has_values() const; // globals whose value crosses
  bool has_written_values() const; // to the kernel, too
};

// What a declaration is, or why it can be nothing that crosses.
struct Classified {
  Shape shape = Shape::nothing;
  std::string problem;
};
Classified classify(const IdlDeclaration& declaration, Place place);

// All attributes of a declaration, wherever in its type they stand.
IdlAttributes attributes_of(const IdlType& type);

// The module must have passed check_idl().
Interface lay_out(const IdlModule& module);

// What the projection of a struct's class is called.
std::string class_name(std::string_view structure);

// A member's name as part of another: of "s.a", which is in a struct without a tag, "s__a".
std::string identifier_of(std::string_view member);

// "struct net_device" -> "net_device", "unsigned long" -> "unsigned_long".
std::string tag_of(std::string_view c_type);

// "struct T" as it is; of a member's struct that has no name, "struct T.m[]", what C calls it.
std::string c_structure(std::string_view structure);

} // namespace ks::idlc

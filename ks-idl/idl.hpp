// SPDX-License-Identifier: MIT
// The interface definition language: its tree, its printer and its parser.
// parse(print(x)) == x. Text is for people first; what ks-idl prints always compiles in
// ks-idlc, unedited.
//
//   file       = [ "//" comment lines ] ( module | overlay )
//   module     = "module" NAME "{" { item } "}"
//   item       = "header" "<" PATH ">" ";"
//              | "opaque" ( "struct" | "union" ) NAME ";"                       a struct without a definition at hand
//              | "library" NAME { "," NAME } ";"           imports the domain library provides
//              | "clone" NAME "from" STRING ";"            compiled into the domain, from this unit
//              | "static" NAME "is" ( NAME | STRING ) "from" STRING ";"   what the driver's unit calls it: others have that
//                  name, or it is none in C, such as that of a function's static variable
//              | "named" NAME ";"                          kernel function the driver only names
//              | "global" "<" ( CTYPE | NUMBER ) ">" NAME ";"   kernel global passed by address, or its bytes
//              | "global" "<" ( CTYPE | "rpc_ptr" NAME | "handle" "<" STRUCT ">" "*" | "array" "<" CTYPE "," NUMBER ">" ) ">"
//                "[" "in" [ "," "out" ] "]" NAME ";"       one whose value the driver reads, and writes
//              | "part" STRUCT { "." NAME { "[" [ NUMBER | "extent" ] "]" } } ":" STRUCT ";"   a type inside another one
//              | "own" "<" ( STRUCT | NUMBER ) ">" [ "[" NUMBER "]" ] NAME ";"   a variable of the driver's, or its bytes
//              | "room" "<" STRUCT ">" NUMBER ";"           bytes that the driver's code takes one of the kernel's to have
//              | "projection" "<" STRUCT ">" NAME "{" { field ";" } "}"
//              | "class" "<" STRUCT ">" "{" { field ";" } "}"
//              | "signature" NAME [ ":" NAME ] "{" [ NAME { "," NAME } ] "}" ";"     after ":" an operation
//              | ( "rpc" | "rpc_ptr" | "rpc_export" | "rpc_op" ) type NAME "(" [ decls ] ")" { clause } ";"
//              | "section" STRING "{" { ( "fetch" | "send" ) NAME "." NAME ";" } "}"
//   clause     = ( "pull" | "push" ) STRUCT "{" NAME { "," NAME } "}"
//   decls      = decl { "," decl } [ "," "..." { "," decl } ]     after "..." what is passed behind the last parameter
//   decl,field = type NAME [ ":" NUMBER ] | tail
//   tail       = "tail" VERBATIM [ attrs ]                 bytes that follow the struct itself
//   type       = stem { [ attrs ] "*" } [ attrs ]
//   stem       = CTYPE | "void" | "string" | "projection" NAME | "rpc_ptr" NAME
//              | "array" "<" type "," ( NUMBER | "null" | "extent" [ NUMBER ] | VERBATIM ) ">"
//              | "handle" "<" STRUCT ">"
//   attrs      = "[" attr { "," attr } "]"
//   attr       = "in" | "out" | "unused" | "cookie" | "init" | "exit" | "always" | "nonnull" | "format"
//              | "kept" | "lent" | "member" | "refused" | "number" | "percpu" | "error" | "filled" | "entrusted"
//              | ( "alloc" | "bind" | "alloc_once" | "alloc_stack" | "may_dealloc" | "dealloc" ) "(" side ")"
//              | ( "at" | "from" | "moved" | "inner" | "last_use" | "size" | "undo" | "unlock" | "cancel" | "given" | "reference" | "drops" | "done" | "freed" | "ends" | "failure" | "only" | "within"
//                | "when" ) "<" VERBATIM ">"
//   side       = "caller" | "callee"
//   CTYPE      = one or more C identifiers: "unsigned int", "struct rw_semaphore", "u64", "bool"
//   STRUCT     = ( ( "struct" | "union" ) NAME | NAME ) { "." NAME { "[" "]" } }
//                NAME alone is a typedef, of a struct without a tag; what follows is a member whose
//                struct has no name at all, with "[]" for each dimension of an array of these
//   VERBATIM   = "{{" C expression "}}": arguments by name; `self` is the enclosing object
//   What a pointer has to say, its direction included, stands in the attributes before its "*"; those
//   at the end are for values. Words of the language are no reserved names.
//
//   overlay    = "overlay" NAME "{" { struct_rule | argument_rule | result_rule } "}"
//   struct_rule   = STRUCT "{" { field ";" } "}"           how these fields cross, wherever they do
//   argument_rule = "argument" NAME "." NAME NUMBER ":" type NAME ";"
//                        argument NUMBER of functions stored in field STRUCTNAME.FIELD
//                 | "argument" NAME NUMBER ":" type NAME ";"     argument of a function by name
//   result_rule   = "result" NAME ":" type ";"             of a function by name
//   In an overlay "projection" and "rpc_ptr" may stand without a name: `projection *`: ks-idl fills
//   in what the sync sets say. Or with the struct: `projection <struct T> [at<..>] *`.
//
// How each form crosses:
//   CTYPE x            a scalar, by value
//   array<T, N> x      a member array of N scalars, structs, functions or pointers
//   array<T, S> x      a member array at the end of its struct that has no length of its own: S scalars, or
//                      pointers to objects, an expression over self; or, if S is extent, as many scalars as fit
//                      into the object's memory. [filled]: the driver may make S larger, up to the object's size
//   projection P x     a member struct; an argument or a result by value
//   projection P *x    a pointer to an object. With alloc_stack(callee): a copy that lives for the
//                      call. Otherwise by reference: alloc(callee) the object is new; bind(callee) it must
//                      be known to the callee; alloc_once(callee) either (the default). For results and
//                      out-going pointers the same with (caller). dealloc(callee): the callee gives the object back: both
//                      ends drop it after the call. may_dealloc(callee): or it does not, in which case they keep it, if
//                      the kernel says what it frees; with [freed<{{e}}>] also if e does not hold after the call.
//                      [at<{{e}}>]: the struct lies e bytes behind the pointer, in a buffer that belongs to the
//                      enclosing object.
//                      [within<{{struct T.m}}>]: the callee takes the object for member m of a T, whose
//                      fields it may touch: what crosses is a place in that T. Of a field:
//                      [within<{{struct H.h: struct T.m, struct U.m}}>], with where the pointer lies: what it leads
//                      to is a part of one of these, which the sender chooses.
//   string *x          NUL-terminated
//   string [format] *x the last argument of a variadic function, which says as printf's does what follows it:
//                      the text that they make crosses, and the function is called with "%s" and that
//   ..., T x           an argument of a variadic function that does not format, as all calls pass it: a pointer,
//                      or a number of four or eight bytes
//   T [only<{{e}}>] x  an argument that has just this value: with another one the call is refused
//   array<T, S> *x     S elements; S a number, an expression, or null: up to and including a zero element.
//                      T a scalar, `projection P`, or `projection P *` (an array of pointers; entries may be NULL);
//                      of an argument also `string *`: they are copied for the call
//   rpc_ptr S x        a pointer to one of the functions that signature S lists, or NULL
//   handle<struct T> *x   a pointer that only names an object; nothing of it is copied
//   handle<struct T> [percpu] *x   a pointer to per-CPU memory, a T of each processor: the receiver has per-CPU
//                      memory of its own in its place; of what lies there, what T's class has crosses
//   void [cookie] *x   a pointer that the receiver only hands back: a place in whatever is known to lie there,
//                      an object, or a block or variable of the driver's; where nothing is, a number
//   void [cookie, inner<{{e}}>] *x   what only the driver has a struct for, of e bytes: where nothing is known to lie in the
//                      kernel's memory, these are lent
//   void [cookie, refused] *x   a pointer that is followed, to what cannot cross: only NULL reaches the kernel
//   [unused]           not marshalled: the callee sees zero
//   rpc_ptr S [last_use<{{e}}>] f   when the kernel calls this, the enclosing object is used for the
//                      last time if e holds: the kernel's end always has a stub there, and both ends drop the object after it
//   T [when<{{e}}>] x  what is in the member while e holds, and only then: it shares its place with others, each
//                      with its own. Of one name there may be several. The tag, what e is about, crosses with it.
//                      Of an argument, what it is while e, about other arguments, holds: those of one name are one in C
//   T [merge<add>] x   a number that both sides change, or an array of such: what the driver's end sends is by how much
//                      each has changed there, and the kernel's adds that. [merge<bits>]: which bits were set and cleared
// A class has the fields of a struct that cross wherever an object of it lies: no argument needs to
// lead there. `pull T { f }` of a function: before it runs, the caller's end sends f of all objects
// of T that both ends know, as far as it has changed there; `push T { f }`: after it, the callee's.
// Fields of a class are [in] to the kernel and [out] to the driver, whoever calls. Of an object that
// the other end has not seen before, all of its class's fields are sent.
// rpc: driver -> kernel. rpc_ptr: kernel -> driver, reached by pointer. rpc_export: kernel -> driver, by name.
// rpc_op: driver -> kernel, of an operation: all functions of the kernel's, whatever their names, that places
// whose signatures name it have held when they crossed to the driver, which sees each as a handle. An operation
// without a rpc_op is for functions that the driver only hands on.
// On a function's result, for the kernel's end, with `result` for the result:
//   [undo<{{f(x)}}>]   the driver holds something after the call; this gives it back when the domain is closed.
//                      Of a rpc_ptr: the arguments are the driver's from then on.
//   [unlock<{{f(x)}}>] likewise, as soon as a crossing fails in which this was called; [cancel<{{f(x)}}>] once for all calls
//   [given<{{f(x)}}>]  the driver may free the object x with its own allocator, which is then done by this at the
//                      kernel's end. Of a rpc_ptr: an argument.
//   [reference<{{f(x)}}>]  the driver has taken a reference to the object x after the call, which f(x) would drop;
//                      [drops<{{f(x)}}>]: the call drops one, which is refused if the driver has none
//   [entrusted]        the result may come with references: what is dropped of it is not refused
//   [done<{{e}}>]      there is something to undo if e holds after the call
//   [ends<{{f(x)}}>]   the call itself ends what f(x) would have undone, as does giving back an argument
//   [failure<{{e}}>]   of a rpc_ptr: what the kernel gets to see if it cannot be called
// A pointer to an object crosses as the whole object and a place in it. Parts say what lies where in a struct;
// "[]" stands for every element. What lies in an own variable, or in memory that the driver has allocated, is
// whatever pointers into it are taken for.
// Behind what the driver has of an object of the kernel's there is room for what its code takes to lie there; that is
// the driver's alone, and the kernel's end does not know of it.
// Attribute [init] or [exit] on the result type of a rpc_ptr: the module's init or exit function.
// Arguments are in by default, results out. A projection's field says its own direction; without
// one it crosses neither way (it only declares).

#pragma once

#include "pipelines/artifact.hpp"

#include <compare>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace ks {

struct IdlPosition {
  u32 line = 0;
  u32 column = 0;
  friend bool operator==(const IdlPosition&, const IdlPosition&) {
    return true;
  } // not part of the meaning
};

enum class IdlSide : u8 { none, caller, callee };

enum class IdlAttributeKind : u8 {
  in,
  out,
  unused,
  cookie,
  init,
  exit,
  always,
  nonnull,
  format,
  kept,
  refused,
  number,
  percpu, // plain
  alloc,
  bind,
  alloc_once,
  alloc_stack,
  may_dealloc,
  dealloc, // with a side
  at,
  from,
  last_use,
  size,
  undo,
  unlock,
  cancel,
  given,
  reference,
  drops,
  done,
  freed,
  ends,
  failure,
  only,
  within,
  when, // with an expression
  merge_add,
  merge_bits,
  owner, // plain
  moved, // with an expression
  lent,
  member, // plain
  inner, // with an expression
  error,
  filled,
  entrusted // plain
};

struct IdlAttribute {
  IdlAttributeKind kind{};
  IdlSide side = IdlSide::none;
  std::string expression;
  IdlPosition position;
  friend bool operator==(const IdlAttribute&, const IdlAttribute&) = default;
};

using IdlAttributes = std::vector<IdlAttribute>;

// The first attribute of this kind, or null.
const IdlAttribute* find_attribute(const IdlAttributes& attributes, IdlAttributeKind kind);

// "struct T.a.b" -> "struct T".
std::string outer_of(std::string_view member);

// What [within] says: parts of structs, and those in which the pointer lies.
struct IdlWhole {
  std::string holder; // "struct H.h"; empty: wherever it lies
  std::string whole; // "struct T.m"
  bool local = false; // which may be a local variable of the driver's
};
std::vector<IdlWhole> wholes_of(std::string_view text);

enum class IdlStem : u8 { void_, scalar, string, projection, function, array, handle };

enum class IdlSize : u8 { none, number, null_terminated, expression, extent };

struct IdlType {
  IdlStem stem = IdlStem::void_;
  std::string name; // C type, projection, signature, or "struct T"
  std::vector<IdlType> element; // array: exactly one
  IdlSize size_kind = IdlSize::none; // array
  u64 size = 0; // elements; of an extent: at least so many
  std::string size_expression;
  std::vector<IdlAttributes> pointers; // one for each "*", innermost first
  IdlAttributes attributes; // of the value
  IdlPosition position;
  friend bool operator==(const IdlType&, const IdlType&) = default;
};

struct IdlDeclaration {
  IdlType type;
  std::string name;
  u32 bits = 0; // bit-field width, 0 if none
  bool is_tail = false; // type is unused but for attributes; size in tail_expression
  std::string tail_expression;
  IdlPosition position;
  friend bool operator==(const IdlDeclaration&, const IdlDeclaration&) = default;
};

struct IdlHeader {
  std::string path;
  friend bool operator==(const IdlHeader&, const IdlHeader&) = default;
};
struct IdlOpaque {
  std::string structure;
  friend bool operator==(const IdlOpaque&, const IdlOpaque&) = default;
};
struct IdlLibrary {
  std::vector<std::string> names;
  friend bool operator==(const IdlLibrary&, const IdlLibrary&) = default;
};
struct IdlClone {
  std::string name, unit;
  friend bool operator==(const IdlClone&, const IdlClone&) = default;
};
// A static function or variable of the driver's whose name there another one has, too, or is no name in C.
struct IdlStatic {
  std::string name, symbol, unit;
  friend bool operator==(const IdlStatic&, const IdlStatic&) = default;
};
struct IdlNamed {
  std::string name;
  friend bool operator==(const IdlNamed&, const IdlNamed&) = default;
};
struct IdlGlobal {
  std::string type; // empty for a function pointer, and if no header has it
  std::string name;
  bool in = false;
  bool out = false;
  std::string signature; // of a function pointer
  u64 size = 0; // bytes, without type and signature
  bool module = false; // each end has its own: the module that it is
  bool pointer = false; // to a struct, which `type` is
  u64 count = 0; // elements of an array of scalars
  friend bool operator==(const IdlGlobal&, const IdlGlobal&) = default;
};

struct IdlPart {
  std::string outer; // "struct platform_device"
  std::string path; // "dev", "queues[].lock"
  std::string inner;
  friend bool operator==(const IdlPart&, const IdlPart&) = default;
};

struct IdlOwn {
  std::string structure; // empty if no header has it
  u64 size = 0; // then its bytes
  u64 count = 0; // elements; 0 if it is no array
  std::string name;
  friend bool operator==(const IdlOwn&, const IdlOwn&) = default;
};

// Where the driver's code follows a pointer to the struct as one to something larger: a private area
// behind it, or a struct of its own that begins with it.
struct IdlRoom {
  std::string structure;
  u64 bytes = 0; // from the start of the struct
  friend bool operator==(const IdlRoom&, const IdlRoom&) = default;
};

struct IdlProjection {
  std::string structure; // "struct net_device"
  std::string name;
  std::vector<IdlDeclaration> fields;
  friend bool operator==(const IdlProjection&, const IdlProjection&) = default;
};

// Of which objects does not matter: all that both ends know.
struct IdlClass {
  std::string structure;
  std::vector<IdlDeclaration> fields;
  friend bool operator==(const IdlClass&, const IdlClass&) = default;
};

struct IdlSignature {
  std::string name;
  std::vector<std::string> functions;
  std::string operation; // whose functions may be there, too; empty if none
  friend bool operator==(const IdlSignature&, const IdlSignature&) = default;
};

enum class IdlRpcKind : u8 { rpc, rpc_ptr, rpc_export, rpc_op };

constexpr bool is_to_kernel(IdlRpcKind kind) {
  return kind == IdlRpcKind::rpc || kind == IdlRpcKind::rpc_op;
}

struct IdlClause {
  bool push = false; // else pull
  std::string structure;
  std::vector<std::string> fields; // of the struct's class
  IdlPosition position;
  friend bool operator==(const IdlClause&, const IdlClause&) = default;
};

struct IdlRpc {
  IdlRpcKind kind{};
  IdlType result;
  std::string name;
  std::vector<IdlDeclaration> arguments;
  u32 variable = 0; // so many of these, the last ones, stand behind "..."
  std::vector<IdlClause> clauses;
  friend bool operator==(const IdlRpc&, const IdlRpc&) = default;
};

struct IdlSectionField {
  bool send = false; // else fetch
  std::string structure, field;
  friend bool operator==(const IdlSectionField&, const IdlSectionField&) = default;
};

struct IdlSection {
  std::string lock;
  std::vector<IdlSectionField> fields;
  friend bool operator==(const IdlSection&, const IdlSection&) = default;
};

struct IdlItem {
  std::variant<IdlHeader, IdlOpaque, IdlLibrary, IdlClone, IdlStatic, IdlNamed, IdlGlobal, IdlPart,
               IdlOwn, IdlRoom, IdlProjection, IdlClass, IdlSignature, IdlRpc, IdlSection>
      value;
  IdlPosition position;
  std::vector<std::string> comments; // "//" lines before it, without the slashes
  friend bool operator==(const IdlItem&, const IdlItem&) = default;
};

struct IdlStructRule {
  std::string structure;
  std::vector<IdlDeclaration> fields;
  IdlPosition position;
  friend bool operator==(const IdlStructRule&, const IdlStructRule&) = default;
};

struct IdlArgumentRule {
  std::string structure; // empty: `function` is a function's name, else a field of this struct
  std::string function;
  u32 index = 0;
  bool is_result = false; // not an argument: the result; its declaration has no name
  IdlDeclaration declaration;
  IdlPosition position;
  friend bool operator==(const IdlArgumentRule&, const IdlArgumentRule&) = default;
};

struct IdlModule {
  std::vector<std::string> comments; // at the top of the file
  std::string name;
  std::vector<IdlItem> items;
  friend bool operator==(const IdlModule&, const IdlModule&) = default;
};

struct IdlOverlay {
  std::string path; // for messages
  std::string name;
  std::vector<IdlStructRule> structs;
  std::vector<IdlArgumentRule> arguments;
  friend bool operator==(const IdlOverlay&, const IdlOverlay&) = default;
};

struct IdlError {
  IdlPosition position;
  std::string message;
  std::string slug; // "syntax" for the parser's
};

// Recovers after an error at the next ";" or "}"; `errors` then holds all of them, in order.
IdlModule parse_idl(std::string_view text, std::vector<IdlError>& errors);
IdlOverlay parse_overlay(std::string_view text, std::vector<IdlError>& errors);

std::string print_idl(const IdlModule& module);
std::string print_idl(const IdlType& type, std::string_view name);

// `path:line:col: error: message [slug]`, the source line, and a caret under the column.
std::string format_idl_error(std::string_view path, std::string_view text, const IdlError& error);

} // namespace ks

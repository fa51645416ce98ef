// SPDX-License-Identifier: MIT
// Facts to interface. inference is one walk over the crossings: each argument and result gets a
// type, each object behind a pointer a projection, each function pointer a signature.

#pragma once

#include "ks-idl/facts.hpp"
#include "ks-idl/idioms.hpp"
#include "ks-idl/idl.hpp"
#include "ks-idl/overlays.hpp"
#include "ks-idl/undo.hpp"
#include "ks-idl/verdicts.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace ks::idl {

// The prototype of what a signature lists, and whether such pointers go to the driver.
struct SignatureUse {
  TypeId prototype{no_row};
  bool to_driver = false;
};

// All functions of the kernel's of one prototype that the driver gets to see.
struct Operation {
  std::string name;
  TypeId prototype{no_row};
  CrossingId crossing{no_row}; // the first one that calls any; none if they are only handed on
};

// What has been written so far.
struct Draft {
  std::set<std::string> names;   // of projections and signatures
  std::set<std::string> headers, opaque;
  std::map<std::string, IdlSignature> signatures;
  std::map<std::string, SignatureUse> signature_uses;
  std::map<std::string, std::string> field_signatures; // "net_device_ops.ndo_init" -> its name
  std::vector<IdlItem> items;                 // projections and functions, in order
  std::vector<std::string> comments;          // for the next item
  std::set<std::string> said;                 // warnings
  std::set<std::string> unnamed_wholes;       // fields of which that has been said
  // By field, the struct that has it, and the one that it leads to: what that is a part of.
  std::map<std::tuple<std::string, TypeId, TypeId>, std::string> wholes;
  std::set<std::pair<u32, u32>> reached; // crossing, field: unreached ones that a rule reaches
  u64 warning_count = 0;
  CrossingId crossing{no_row}; // whose declaration is being made; none between these
  std::string structure, member; // whose class is, and what of it
  std::vector<Caution> cautions; // in the order of the warnings
  bool untyped_memory = false; // some crosses: any variable of the driver's may be it
};

// Function and number of each argument for which code of the domain may pass the constant NULL.
using NullArguments = std::set<std::pair<FunctionId, u32>>;

// What pointers the code of one side follows to memory without a struct, and which it makes.
struct Followed {
  std::set<std::string> fields;
  std::set<std::string> written; // of these, to memory that it writes to
  std::set<std::string> made; // fields where it stores what the other side has not given it
  std::set<std::string> stored; // fields that it writes to at all
  std::set<FunctionId> results; // what these functions return
  std::set<FunctionId> made_results; // and these that it has made
};

struct Inference {
  const View& view;
  const TypeTable& types;
  const SyncTree& tree;
  const Atomic& atomic;
  const Idioms& idioms;
  Overlays& overlays;
  const UndoTables& undo;
  const Known& known;
  std::set<std::string> by_reference; // structs that are told apart by address somewhere
  NullArguments null_arguments;
  std::set<std::string> made; // structs of which the driver may have objects of its own
  std::vector<Operation> operations;
  std::map<std::string, std::string> freed; // structs whose objects it frees, and by what
  Draft draft;
  std::string own_module; // the struct of the driver's module; empty if its address is not taken
  std::set<std::string> moved; // fields with pointers that code of the domain moves
  std::set<std::string> lent; // and that it keeps elsewhere
  std::set<std::string> errors; // and in which the kernel bears errors in place of pointers
  std::map<std::string, u64> inner; // bytes that fields with addresses of the kernel's lead to
  Followed followed_in_kernel, followed_in_domain;
  std::set<std::string> uncounted; // what drops references of which some are taken unseen
  bool writes_plain = false; // code of the domain may write to plain memory of the kernel's

  const Pruned& pruned() const { return view.pruned(); }
  const Field& field(FieldId id) const { return pruned().summary.fields[row(id)]; }
  const Crossing& crossing(CrossingId id) const { return pruned().boundary.crossings[row(id)]; }
};

// Where a pointer stands: an argument, a result, a field, an entry of an array.
struct Place {
  CrossingId crossing{};
  SyncPaths paths; // of the pointer's value
  TypeId type{no_row};
  Direction direction; // of the pointer itself
  bool is_root = false;
  bool is_result = false;
  u32 index = 0; // argument number
  bool by_class = false; // no crossing's: in is to the kernel, out to the driver
  bool stack = false; // what it points to is copied for the call only
  std::string name; // of what it points to: "ether_setup__dev"
  std::string text; // for people: "argument dev of ether_setup"
  std::string field; // "net_device.flags"; empty for roots
  std::string table; // the field that leads to the table, of an entry of one
  TypeId holder{no_row}; // the struct that has the field
  TypeId target{no_row}; // what it points to, if that is one of several things
  bool is_followed = false; // to scalars, whatever its type says
  const SyncRoot* root = nullptr; // what is known of it then, if it is an argument
};

// A warning that is also a comment of the next item. What was said before is only a comment.
// The verdict is that of the slug if none is given.
void warn(Inference& inference, const Loc& loc, std::string_view slug, const std::string& message,
          std::optional<Verdict> verdict = {});

// A rule says what the type is: warnings since there were so many cautions are settled, as far as they were about
// what it replaces.
void drop_settled(Inference& inference, size_t before, const IdlType& inferred,
                  const IdlType& said);

// A name that no projection or signature has yet.
std::string unique_name(Inference& inference, std::string name);

// pointers.cpp
IdlType infer_pointer(Inference& inference, const Place& place);
// Of memory that nothing says more of.
IdlType byte_type();
// What the kernel follows, and is given nothing but NULL for.
IdlType null_only();
// The struct that a member whose type does not say so points to, or none.
TypeId known_pointee(const Inference& inference, const std::string& field);
// Sets the size that a member of the same struct says, if one does; elements are of so many bytes.
bool set_sibling_size(const Inference& inference, const Place& place, const ElementCount& count,
                      u64 bytes, IdlType& type);
// A scalar, struct, or pointer by value; also notes which header it needs.
IdlType infer_scalar(Inference& inference, TypeId type);
IdlType handle_type(Inference& inference, TypeId structure);
std::string add_signature(Inference& inference, const std::string& name,
                          const std::set<std::string>& functions);
std::string field_signature(Inference& inference, const std::string& field, bool to_driver);

// operations.cpp
void find_operations(Inference& inference);
// What the function of a crossing is called; empty if another crossing stands for it.
std::string rpc_name(const Inference& inference, CrossingId crossing);
void note_signature(Inference& inference, const std::string& name, TypeId prototype,
                    bool to_driver);
// When all signatures are known: which operations may be in their places.
void add_operations(Inference& inference);

// projections.cpp
// An object as the sync sets show it: what a path denotes, or a struct inside of it whose members
// they name from there ("queue.").
struct Part {
  SyncPathId path{no_row};
  std::string prefix;
};
std::vector<Part> as_parts(const SyncPaths& objects);

// The projection of these objects, all of struct `type`; of the whole of it, as far as that says, but for
// pointers; nothing if none of it is copied.
std::optional<std::string> add_projection(Inference& inference, CrossingId crossing, TypeId type,
                                          const std::vector<Part>& objects, const std::string& name,
                                          bool touched, Direction whole = {});
// The projection of a struct that is passed or returned by value: all of it crosses, pointers as
// references. Nothing if there is nothing in it that could.
std::optional<std::string> add_value(Inference& inference, CrossingId crossing, TypeId type,
                                     const SyncPaths& paths, const std::string& name,
                                     Direction direction);
// The declaration with what a person has said put over what was inferred.
IdlDeclaration apply_rule(const IdlDeclaration& rule, const IdlDeclaration& inferred);
void add_direction(IdlType& type, Direction direction);
// What says how many elements there are, and where they begin.
std::vector<std::string> size_expressions(const IdlType& type);
// The names after "self->" in an expression.
std::vector<std::string> needed_fields(std::string_view expression);

// The members of its struct that a field stands for in a class; none if it has no name there.
std::vector<std::string> names_in_class(const Inference& inference, FieldId field);
// The class of a struct with these fields of it; in is to the kernel, out to the driver.
using ClassFields = std::map<FieldId, Direction>;
IdlClass infer_class(Inference& inference, TypeId structure, const ClassFields& fields);

// clauses.cpp
// What no argument leads to, by class; when all functions are known.
void add_clauses(Inference& inference);

// statics.cpp
// The unit and symbol of each static function that crosses and shares its name with another function.
void add_statics(const Inference& inference, std::vector<IdlItem>& items);

// freed.cpp
// Marks arguments that an overlay says to be given back, and takes out of the sync sets what
// would be copied of such an argument after the call.
void drop_what_is_freed(Sync& sync, const Pruned& pruned, Overlays& overlays);

// inner.cpp
// Untyped fields that lead to structs of the driver's in the kernel's memory, and how many bytes these have.
std::map<std::string, u64> find_inner(const View& view, const TypeTable& types, const Sync& sync);

// followed.cpp
// What code of the domain follows, or else of the kernel.
Followed find_followed(const View& view, const TypeTable& types, bool is_domain);

// own_module.cpp
// Whether it stands for the module of the kernel's end.
bool is_own_module(const Pruned& pruned, const Known& known, const ImportedGlobal& imported);
// The struct of such a variable that the driver takes the address of; empty if there is none.
std::string find_own_module(const View& view, const TypeTable& types, const Known& known);
// Takes out of the sync sets what is in objects of the struct.
void drop_module_fields(Sync& sync, const View& view, const std::string& structure);

// hidden.cpp
// Moves what lies behind structs that the glue cannot name from the paths of a crossing to its classes.
void class_what_is_hidden(Sync& sync, const View& view, const TypeTable& types);

// made.cpp
std::set<std::string> find_made(const View& view, const TypeTable& types);
// Whether what the driver passes there always is a part of an object that the kernel has passed to it.
bool is_known_to_kernel(const View& view, const TypeTable& types, const Crossing& crossing,
                        u32 argument);

// lent.cpp
// Whether code of the domain may write to memory without a struct that is not its own.
bool writes_plain_memory(const View& view);

// Fields with pointers that code of the domain keeps elsewhere, or hands to functions of the kernel's.
std::set<std::string> find_lent(const View& view);
// Fields with pointers that code of the domain moves in what they lead to.
std::set<std::string> find_moved(const View& view);

// What code of the domain takes the memory for that a function returns without a type.
struct ResultUse {
  TypeId structure{no_row}; // a struct
  bool several = false; // others, too
  bool scalars = false;
  bool untyped = false; // bytes that nothing says the type of
  bool known = false; // of the structs, one that the kernel's end can name
};
ResultUse use_of_result(const View& view, const TypeTable& types, FunctionId function);
// Whether what a function returns without a type is scalars of its own, and whether it has just allocated it.
bool returns_scalars(const View& view, const TypeTable& types, FunctionId function);
bool returns_allocated(const View& view, FunctionId function);

// allocated.cpp
// The bytes that lie behind the struct that a function of the kernel's returns, as an expression over the
// names of its arguments; empty where it is not known that there are any.
std::string bytes_behind_result(const Inference& inference, const Crossing& crossing,
                                TypeId structure, const std::vector<std::string>& names);
// Whether there is a pointer in it, in a member or an element.
bool holds_pointers(const TypeTable& types, TypeId type);
// Says of arrays of numbers, at the ends of structs that have such a size, that the driver may fill them.
void add_filled(const TypeTable& types, std::vector<IdlItem>& items);

// undo.cpp
// Which structs the driver frees objects of, and by which function of the domain library; an empty
// name where there are several, or another.
std::map<std::string, std::string> find_freed(const View& view, const TypeTable& types,
                                              const KnownRows& allocators);

// nonnull.cpp
NullArguments find_null_arguments(const View& view);
// Says of an argument that a function of the kernel's follows unasked that it must not be NULL.
void add_nonnull(const Inference& inference, const Crossing& crossing, u32 index, IdlType& type);
// Fields of which code of the kernel finds out whether they stand for an error, and follows none that does.
std::set<std::string> find_checked_errors(const View& view);
// Says of a field, and of an argument that such a function of the kernel's checks, that an error may be in its place.
void add_error(const Inference& inference, const Place& place, IdlType& type);

// undo.cpp
// What must be given back for a driver whose domain was stopped, and what a function that cannot be
// called answers, as the tables of such functions say: attributes of the result.
void add_undo(Inference& inference, CrossingId id, IdlRpc& rpc);
// When all functions are known: which of them end what, which references are dropped, and locks that no function releases.
void add_ends(Inference& inference);

// parts.cpp
// The parts of structs and variables of the driver that pointers may go into, once all declarations
// and imports are known.
std::vector<IdlItem> memory_items(Inference& inference, const std::vector<IdlItem>& imports);

// rooms.cpp
// How many bytes from its start on the driver's code takes a struct to have, where that is more than its size.
struct Room {
  u64 bytes = 0;
  FunctionId plain{no_row}; // that reads scalars right behind the struct; none if no function does
};
std::map<std::string, Room> find_rooms(const View& view, const TypeTable& types); // by struct

// merge.cpp
// Makes one of all projections that say the same, and gives each its name.
void merge_projections(Inference& inference);

// interface.cpp
// What the crossing's arguments are called in the IDL.
std::vector<std::string> argument_names(const Inference& inference, const Crossing& crossing);
IdlModule infer_idl(Inference& inference, const std::string& module, const std::string& sync_hash);

} // namespace ks::idl

// SPDX-License-Identifier: MIT
// What pointers are by the way they are used: strings, buffers with a length, functions that a
// field or an argument can hold.

#pragma once

#include "ks-idl/facts.hpp"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace ks::idl {

// How many elements lie behind a pointer, as the code that walks them says.
struct ElementCount {
  bool many = false;           // an index is not constant, or is not 0
  bool zero_ended = false;     // up to an element of zeroes
  bool overlaid = false;       // bytes of it are seen as something else
  bool bytes = false;          // what says it counts bytes
  u64 unit = 1;                // it counts so many of them, or of the elements
  u64 more = 0;                // and as many more
  u64 divisor = 1;             // of which so many are one
  u64 number = 0;              // at least
  u64 laid = 0;                // bytes of untyped memory that numbers are seen in, at least
  u64 width = 0;               // bytes of the largest scalar that is walked; 0: none is
  bool in_domain = false;      // code of the domain walks scalars there, and code of the kernel
  bool in_kernel = false;
  bool written_in_domain = false, written_in_kernel = false;
  std::optional<u32> argument; // this argument says it
  std::string field;           // this member of the same object says it
  std::optional<u32> copied;   // or this argument, of a copy: so many bytes from the first on
  // Members and arguments that say where walks begin, and whether one does at the first element.
  std::set<std::string> starts;
  std::set<u32> start_arguments;
  u64 start_number = 0; // or at most so far on
  bool from_first = false;
  bool is_lost = false; // or at a place that nothing says
  bool is_open = false; // a walk goes as far as nothing here says
  friend bool operator==(const ElementCount&, const ElementCount&) = default;
  // Whether a number of the call's or the object's says how many there are.
  bool is_said() const { return argument || !field.empty(); }
  bool is_known() const { return is_said() || number > 1 || zero_ended; }
};

class Idioms {
public:
  Idioms(const View& view, const TypeTable& types, const Known& known = {});

  // The name a crossing's function has in the IDL.
  std::string crossing_name(const Crossing& crossing) const;

  // Whether all callers pass string constants.
  bool is_literal_argument(const Crossing& crossing, u32 index) const;
  bool is_string_argument(FunctionId function, u32 index) const;
  bool is_string_argument(const Crossing& crossing, u32 index) const;
  bool is_string_field(const std::string& field) const { return string_fields_.contains(field); }

  // The last named argument of a variadic function that is a format of printf's, if one is: at every call
  // that is seen it is a literal, and says of as many arguments as follow the named ones.
  std::optional<u32> format_argument(const Crossing& crossing) const;
  // Whether a call passes more than the named arguments.
  bool is_passed_more(const Crossing& crossing) const;
  // Conversions in these literals that the domain's printf does not know ("%pU").
  std::set<std::string> unknown_conversions(const Crossing& crossing) const;

  // What a crossing calls: its function, or those of the kernel's that the driver's calls through its pointer reach;
  // nothing if any of these is not known.
  std::vector<FunctionId> callees(const Crossing& crossing) const;

  // The number of the argument that holds the length in bytes of the buffer behind argument `index`.
  std::optional<u32> length_argument(FunctionId function, u32 index) const;
  std::optional<u32> length_argument(const Crossing& crossing, u32 index) const;
  // Elements behind argument `index` of a function or of all that a crossing calls, and behind "list.items".
  ElementCount count_behind(FunctionId function, u32 index) const;
  ElementCount count_behind(const Crossing& crossing, u32 index) const;
  ElementCount count_behind(const std::string& field) const;
  // The same of a table of pointers that is kept: walks through variables and members that the callees store it in say
  // it, too.
  ElementCount count_of_kept(const Crossing& crossing, u32 index) const;
  // How many pointers code of the domain looks at in the table that a field leads to, if it does that by constant
  // indices only, and does nothing else with where the table is; 0 if not.
  u64 constant_entries_in_domain(const std::string& field) const;
  // Elements behind what the callee stores where its argument leads to, as callers walk them; an argument that says it is
  // where the callee stores the number.
  ElementCount count_of_stored(const Crossing& crossing, u32 index) const;
  // Whether a callee stores pointers in the table behind its argument, and whether whoever has kept it does.
  bool stores_in_table(const Crossing& crossing, u32 index) const;
  bool stores_in_kept(const Crossing& crossing, u32 index) const;
  // Whether a function of the kernel's hands its argument `index` on, by itself or through others, to one of the
  // driver's to which it is bytes: the kernel's end follows it then, though no code of the kernel does.
  bool is_handed_on_as_bytes(const Crossing& crossing, u32 index) const;
  // How many bytes behind argument `index` are touched, here or where it is handed on to, if that is constant.
  u64 constant_length(FunctionId function, u32 index) const;
  u64 constant_length(const Crossing& crossing, u32 index) const;
  // How many bytes all callers have behind argument `index`, as far as they show it: an array of their
  // own, or so many bytes that they touch there themselves. 0 if one does not.
  u64 given_length(FunctionId function, u32 index) const;

  // Whether a function that the crossing calls may keep a pointer that stands in the table behind argument `index`.
  bool keeps_entries(const Crossing& crossing, u32 index) const;

  // Driver functions and kernel functions that the driver names, by what is stored in `field`
  // ("net_device_ops.ndo_init") or passed as that argument. Crossings' names.
  std::set<std::string> functions_of_field(const std::string& field) const;
  std::set<std::string> functions_of_argument(const Crossing& crossing, u32 index) const;
  // By what a function of the driver's returns, a pointer of this type.
  std::set<std::string> functions_of_result(const Crossing& crossing, TypeId type) const;
  // All of one prototype: what may stand in a table of functions.
  std::set<std::string> functions_of_prototype(TypeId prototype) const;
  // By what the domain stores in a variable of the kernel's, a pointer to a function.
  std::set<std::string> functions_of_variable(GlobalId global) const;

private:
  using FunctionArgument = std::pair<u32, u32>;

  void find_strings(const KnownRows& known);
  // Where an argument is stored as it is, by whom it is handed on to, too.
  struct Keepers {
    std::set<FunctionArgument> arguments; // that are it
    std::set<GlobalId> variables;
    std::set<std::string> fields;
  };
  ElementCount& counts_behind(FunctionId function, const Path& place);
  void add_stored(CallId call, u32 index, ElementCount& count) const;
  PathId place_passed(CallId call, u32 index) const;
  std::optional<u32> passed_at(CallId call, PathId place) const;
  void add_keepers(FunctionArgument argument, Keepers& keepers) const;
  Keepers keepers_of(const Crossing& crossing, u32 index) const;
  void add_store(const Access& access);
  struct Kept {
    FunctionArgument argument;
    bool is_entry = false; // what it is asked of is the argument, not what stands behind it
    friend auto operator<=>(const Kept&, const Kept&) = default;
  };
  bool keeps(const Kept& what, std::set<Kept>& seen) const;
  bool calls_keep(const Kept& what, std::set<Kept>& seen) const;
  bool is_it(PathId path, const Kept& what) const;
  bool is_to_the_end(const Access& access) const;
  void add_text(PathId text);
  bool add_string_flow(CallId call, const Argument& argument);
  bool add_string_flow(FunctionId callee, const Call& call, const Argument& argument);
  void find_stored_functions();
  void find_counts();
  void add_count(const Access& access);
  void add_passed_element(CallId call, const Argument& argument);
  bool touches_one(FunctionArgument argument, std::set<FunctionArgument>& seen) const;
  bool touch_one(CallId call, u32 index, u64 one, std::set<FunctionArgument>& seen) const;
  // The member array without a length that the access is in; none if it is in no such.
  PathId flexible_of(const Access& access) const;
  void add_width(const Access& access, PathId element, ElementCount& count) const;
  void add_length(const Access& access, const Path& place, ElementCount& count);
  bool add_said_length(const Access& access, const Path& place, ElementCount& count) const;
  bool is_handed_on_as_bytes(FunctionArgument argument, std::set<FunctionArgument>& seen) const;
  bool touches_bytes(FunctionArgument argument) const;
  u64 constant_length(FunctionArgument argument, std::set<FunctionArgument>& seen) const;
  u64 given_length(FunctionArgument argument, std::set<FunctionArgument>& seen) const;
  u64 length_of(PathId value, std::set<FunctionArgument>& seen) const;
  static bool is_constant_copy(const Access& access);
  static void set_unit(const Access& access, ElementCount& count);
  static bool has_unit(const Access& access, const ElementCount& count);
  static void add_more(const Access& access, ElementCount& count);
  u64 copied_further(const Access& access, const Path& place) const;
  bool add_constant_start(PathId start, ElementCount& count) const;
  TypeId parameter(FunctionId function, u32 index) const;
  u64 pointee_size(TypeId pointer) const;
  bool add_passed_length(const ElementCount& theirs, PathId passed,
                         const std::function<u64(u64)>& in_ours, std::optional<u32> argument,
                         const std::string& field, ElementCount& ours) const;
  bool add_passed_copy(PathId passed, const Path& place, std::optional<u32> argument,
                       const std::string& field, ElementCount& ours) const;
  std::optional<u64> begin_of(PathId path) const;
  bool add_bytes(u64 bytes, const Path& place, ElementCount& count) const;
  static bool is_plain(const Access& access);
  void add_start(const Access& access, const Path& place, ElementCount& count);
  bool pass_on(const Call& call, FunctionId target, const Argument& actual,
               std::span<const u32> arguments);
  std::optional<u32> length_argument(FunctionArgument argument,
                                     std::set<FunctionArgument>& seen) const;
  std::optional<u32> forwarded_length(u32 call, FunctionArgument argument,
                                      std::set<FunctionArgument>& seen) const;
  bool is_string_literal(PathId path) const;
  // The text of a literal; nothing if the path is none.
  const std::string* literal(PathId path) const;
  std::vector<CallId> calls_to(const Crossing& crossing) const;
  // How many arguments follow the named ones; and the literals that one may be, none if it may be
  // anything else.
  u32 following(CallId call, u32 named) const;
  std::vector<const std::string*> literals_of(CallId call, u32 index) const;
  // The argument whose plain value the path is.
  std::optional<u32> plain_argument(PathId path) const;
  // The argument whose pointee, or an element of it, the path is.
  std::optional<u32> pointee_of(PathId path) const;
  FunctionId function_of(PathId path) const;
  std::vector<u32> domain_calls_to(const Crossing& crossing) const;
  const Crossing* crossing_of(FunctionId function) const;
  // All that the kernel may be given to call back, of one prototype.
  std::set<std::string> callbacks_of(TypeId prototype) const;
  TypeId own_type(const Crossing& crossing) const;
  // What a function that may cross by number is called; empty if it may not.
  std::string name_of(FunctionId function) const;

  const View& view_;
  const Pruned& pruned_;
  const Summary& summary_;
  const TypeTable& types_;
  std::map<std::string, CrossingKind> entries_; // what the kernel calls by name
  std::set<std::string> inside_; // library and cloned functions
  std::set<FunctionArgument> string_arguments_;
  std::set<FunctionArgument> known_texts_; // of these, those of functions that are known by name
  std::set<std::string> string_fields_;
  // Instructions that call a function of the models, and what of its arguments that has accesses of its own.
  std::set<std::pair<u32, PathId>> modelled_;
  std::map<FunctionArgument, ElementCount> argument_counts_;
  std::map<std::string, ElementCount> field_counts_;
  std::map<GlobalId, ElementCount> variable_counts_;
  // What leads to memory that pointers are stored in; of fields, by code of the domain or of the kernel.
  std::set<FunctionArgument> stored_in_arguments_;
  std::set<GlobalId> stored_in_variables_;
  std::set<std::pair<std::string, bool>> stored_in_fields_;
  std::map<std::string, std::set<std::string>> stored_functions_; // field -> names
};

} // namespace ks::idl

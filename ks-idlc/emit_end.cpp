// SPDX-License-Identifier: MIT
// NAME_driver.c and NAME_kernel.c: the functions of one end, the tables that the runtime
// is told about, and how the end's life begins and ends.

#include "ks-idlc/emit.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <map>

namespace ks::idlc {
namespace {

class EndEmitter {
public:
  EndEmitter(const Interface& interface, End end) : interface_(interface), end_(end) {}

  std::string run() {
    emit_body();
    Code head;
    head.line("#include \"{}.h\"", interface_.name);
    head.blank();
    if (is_driver()) {
      emit_redirections(head);
    }
    if (mentions(body_.text(), "ks_own_end")) {
      head.line("static struct ks_end *ks_own_end;");
      head.blank();
    }
    std::string undos = is_driver() ? "" : emit_undos(interface_);
    std::string watches = is_driver() ? "" : emit_last_uses(interface_, body_.text());
    const std::string rest = undos + watches + body_.text();
    emit_allowed(head, rest);
    emit_externs(head);
    return head.text() + rest;
  }

private:
  const Interface& interface_;
  End end_;
  Code body_;

  bool is_driver() const { return end_ == End::driver; }
  std::string_view end_name() const { return is_driver() ? "driver" : "kernel"; }

  void emit_body() {
    if (is_driver()) {
      emit_stand_ins();
    }
    emit_values();
    emit_projections(body_, interface_, end_);
    emit_classes(body_, interface_, end_);
    for (const Crossing& crossing : interface_.crossings) {
      if (crossing.callee() == end_) {
        emit_callee(body_, interface_, end_, crossing);
      } else if (is_called(interface_, crossing)) {
        emit_caller(body_, interface_, end_, crossing);
      }
    }
    emit_tables();
    emit_dispatch();
    emit_interface();
    if (is_driver()) {
      emit_driver_life();
    } else {
      emit_kernel_life();
    }
  }

  // Calls that the compiler makes up must not reach the kernel's functions.
  static void emit_redirections(Code& head) {
    head.line("#ifdef __KERNEL__");
    for (std::string_view name : {"memcmp", "memcpy", "memmove", "memset", "strlen"}) {
      head.line("__asm__(\".set {0}, ks_lib_{0}\");", name);
    }
    head.line("__asm__(\".set bcmp, ks_lib_memcmp\");");
    head.line("#endif");
    head.blank();
  }

  void emit_allowed(Code& head, std::string_view rest) const {
    Identifiers used;
    used.add(rest);
    for (const Signature& signature : interface_.signatures) {
      if (!used.contains("ks_signature_" + signature.name)) {
        continue;
      }
      std::vector<std::string> numbers;
      for (u32 function : signature.functions) {
        numbers.push_back(std::to_string(function + 1));
      }
      std::string list = numbers.empty()
                             ? "NULL"
                             : fmt::format("(const ks_u32[]){{ {} }}", fmt::join(numbers, ", "));
      head.line("static const struct ks_signature ks_signature_{} = {{ {}, {}, {} }};",
                signature.name, list, numbers.size(), signature.operation + 1);
    }
    head.blank();
  }

  void emit_externs(Code& head) const {
    for (const Crossing& crossing : interface_.crossings) {
      if (crossing.is_operation()) {
        if (!is_driver()) {
          head.line("typedef {};",
                    prototype_of_operation(crossing, "ks_operation_" + crossing.name));
        }
      } else if (crossing.callee() == end_) {
        head.line("extern {} __asm__(\"{}\");",
                  prototype_of(crossing, "ks_target_" + crossing.name), target_label(crossing));
      } else if (crossing.kind == IdlRpcKind::rpc_ptr && is_called(interface_, crossing)) {
        head.line("static {};", prototype_of(crossing, caller_name(crossing)));
      }
    }
    for (const Function& function : interface_.functions) {
      std::string label = address_label(function);
      if (!label.empty()) {
        head.line("extern void ks_address_{}(void) __asm__(\"{}\");", function.name, label);
      }
    }
    for (const Global& global : interface_.globals) {
      if (!is_driver() || global.module) {
        head.line("extern {} __asm__(\"{}\");",
                  global.by_value
                      ? declare(global.c_type, elements_of(global, "ks_address_" + global.name))
                      : fmt::format("char ks_address_{}[]", global.name),
                  global.name);
      }
    }
    head.blank();
  }

  // The symbol behind ks_address_NAME, for functions that have no other name in this file.
  std::string address_label(const Function& function) const {
    switch (function.kind) {
    case FunctionKind::rpc:
    case FunctionKind::rpc_ptr:
    case FunctionKind::rpc_export: return {};
    case FunctionKind::named: return is_driver() ? "" : function.name;
    case FunctionKind::clone: return is_driver() ? "ks_clone_" + function.name : function.name;
    case FunctionKind::library: return is_driver() ? "ks_lib_" + function.name : function.name;
    }
    return {};
  }

  std::string address_of(const Function& function) const {
    switch (function.kind) {
    case FunctionKind::rpc: return (is_driver() ? "ks_import_" : "ks_target_") + function.name;
    case FunctionKind::rpc_ptr:
    case FunctionKind::rpc_export: return (is_driver() ? "ks_target_" : "ks_stub_") + function.name;
    case FunctionKind::named: return (is_driver() ? "ks_import_" : "ks_address_") + function.name;
    case FunctionKind::clone:
    case FunctionKind::library: return "ks_address_" + function.name;
    }
    return {};
  }

  // What the driver names but must never run or look into.
  void emit_stand_ins() {
    for (const std::string& name : interface_.named) {
      body_.begin_function(fmt::format("void ks_import_{}(void)", name));
      body_.line("ks_domain_stop(ks_own_end, \"{} was called, which the driver only names\");",
                 name);
      body_.end_function();
    }
    for (const Global& global : interface_.globals) {
      if (global.module) {
        continue;
      }
      std::string import = "ks_import_" + global.name;
      if (global.by_value) {
        body_.line("{};", declare(global.c_type, elements_of(global, import)));
      } else {
        u64 bytes = interface_.types[global.type].opaque ? 8 : global.size;
        body_.line("{};", bytes != 0 ? fmt::format("char {}[{}]", import, bytes)
                                     : declare(global.c_type, import));
      }
      if (global.out) {
        body_.line("static {};",
                   declare(global.c_type, elements_of(global, "ks_synced_" + global.name)));
      }
    }
    if (!interface_.globals.empty()) {
      body_.blank();
    }
  }

  void emit_values() {
    if (interface_.has_values()) {
      emit_values_to_driver();
    }
    if (interface_.has_written_values()) {
      emit_values_to_kernel();
    }
  }

  void begin_values(std::string_view verb, std::string_view structure) {
    bool get = verb == "get";
    body_.begin_function(fmt::format("static void ks_{}_values(struct ks_end *ks_end, struct "
                                     "ks_message *ks_message{})",
                                     verb, get && !is_driver() ? ", bool ks_apply" : ""));
    body_.line("{0}struct {1} *{1} = ks_message_{2}(ks_message, sizeof(*{1}));",
               get ? "const " : "", structure, get ? "take" : "reserve");
    body_.blank();
    body_.line("(void)ks_end;");
    body_.line("if (!{})", structure);
    body_.then("return;");
  }

  // Puts a variable's value in its slot: a function by its number, a pointer by its object's place.
  void put_value(const Global& global, std::string_view slot, std::string_view variable) {
    if (global.signature != no_row) {
      body_.line("{} = ks_function_number(ks_end, ks_message, {}, &{});", slot, variable,
                 signature_name(interface_, global.signature));
    } else if (global.target != no_row) {
      body_.line("{} = ks_object_place(ks_end, ks_message, {}, {});", slot, variable,
                 type_number(interface_, global.target));
    } else {
      body_.line("KS_COPY({}, {});", slot, variable);
    }
  }

  // What a slot says, in a variable of its own if it is a number or a place.
  std::string value_of(const Global& global, std::string_view slot) {
    if (global.signature != no_row) {
      body_.line("ks_code ks_function = ks_function_at(ks_end, ks_message, {}, &{});", slot,
                 signature_name(interface_, global.signature));
      body_.blank();
      return "ks_function";
    }
    if (global.target != no_row) {
      body_.line("void *ks_object = ks_take_object(ks_end, ks_message, {}, {}, 0, {});", slot,
                 type_number(interface_, global.target), is_driver() ? "true" : "ks_apply");
      body_.blank();
      return "ks_object";
    }
    return std::string(slot);
  }

  void emit_values_to_driver() {
    begin_values(is_driver() ? "get" : "put", "ks_values");
    for (const Global& global : interface_.globals) {
      std::string slot = "ks_values->" + global.name;
      if (!global.by_value) {
        continue;
      }
      if (!is_driver()) {
        std::string address = "ks_address_" + global.name;
        put_value(global, slot, address);
        continue;
      }
      body_.open("");
      std::string value = value_of(global, slot);
      if (global.out) {
        body_.line("KS_MERGE_GLOBAL(ks_import_{0}, ks_synced_{0}, {1});", global.name, value);
      } else {
        body_.line("KS_COPY(ks_import_{}, {});", global.name, value);
      }
      body_.close();
    }
    body_.end_function();
  }

  // Only what the driver has changed since it last had it: each has a bit.
  void emit_values_to_kernel() {
    begin_values(is_driver() ? "put" : "get", "ks_written");
    std::vector<u64> known((interface_.globals.size() + 63) / 64);
    for (size_t i = 0; i < interface_.globals.size(); ++i) {
      const Global& global = interface_.globals[i];
      if (!global.out) {
        continue;
      }
      known[i / 64] |= u64{1} << (i % 64);
      std::string slot = "ks_written->" + global.name;
      std::string mask = fmt::format("ks_written->ks_mask[{}]", i / 64);
      std::string bit = fmt::format("1ull << {}", i % 64);
      std::string import = "ks_import_" + global.name;
      if (is_driver()) {
        body_.open("if (KS_DIFFERS({}, ks_synced_{}))", import, global.name);
        body_.line("{} |= {};", mask, bit);
        put_value(global, slot, import);
        body_.line("KS_COPY(ks_synced_{}, {});", global.name, import);
      } else {
        body_.open("if ({} & ({}))", mask, bit);
        std::string value = value_of(global, slot);
        if (global.size != 0) {
          body_.line("for (ks_u32 ks_i = 0; ks_i < {}; ks_i++)", global.size);
          body_.then("KS_CHECK_BOOL({}[ks_i]);", slot);
        } else if (global.signature == no_row && global.target == no_row) {
          body_.line("KS_CHECK_BOOL({});", slot);
        }
        body_.line("if (ks_apply && !ks_message->error)");
        body_.then("KS_COPY(ks_address_{}, {});", global.name, value);
      }
      body_.close();
    }
    for (size_t i = 0; i < known.size() && !is_driver(); ++i) {
      body_.line("if (ks_written->ks_mask[{}] & ~{}ull)", i, known[i]);
      body_.then("ks_message_bad(ks_message, \"unknown variables\");");
    }
    body_.end_function();
  }

  void emit_tables() {
    if (!interface_.types.empty()) {
      body_.open("static const struct ks_type ks_types[] =");
      for (const Type& type : interface_.types) {
        body_.line("{{ \"{}\", {}, {} }},", type.name,
                   type.opaque ? "0" : fmt::format("sizeof({})", type.name), type.kept);
      }
      body_.close("};");
      body_.blank();
    }
    if (!interface_.functions.empty()) {
      body_.open("static const struct ks_function ks_functions[] =");
      for (const Function& function : interface_.functions) {
        body_.line("{{ \"{}\", (void *){} }},", function.name, address_of(function));
      }
      body_.close("};");
      body_.blank();
    }
    emit_operations();
    emit_parts();
    emit_rooms();
    emit_owners();
    emit_extras();
    emit_variables();
    if (by_address() != 0) {
      body_.open("static const struct ks_global ks_globals[] =");
      for (const Global& global : interface_.globals) {
        if (!global.by_value) {
          body_.line("{{ \"{}\", {}, {} }},", global.name,
                     fmt::format("{}{}",
                                 is_driver() && !global.module ? "&ks_import_" : "ks_address_",
                                 global.name),
                     type_number(interface_, global.type));
        }
      }
      body_.close("};");
      body_.blank();
    }
    if (!interface_.crossings.empty()) {
      body_.open("static const char *const ks_crossings[] =");
      for (const Crossing& crossing : interface_.crossings) {
        body_.line("\"{}\",", crossing.name);
      }
      body_.close("};");
      body_.blank();
    }
  }

  // A stub for each handle is what the driver calls.
  void emit_stubs(const Operation& operation) {
    std::string stub = "ks_stub_" + operation.name;
    std::string call = fmt::format("ks_only_handed_on((void *){}_##n)", stub);
    std::string prototype = fmt::format("void {}_##n(void)", stub);
    if (operation.crossing != no_row) {
      const Crossing& crossing = interface_.crossings[operation.crossing];
      std::vector<std::string> arguments{fmt::format("(void *){}_##n", stub)};
      for (const Item* argument : c_arguments(std::span(crossing.arguments).subspan(1))) {
        arguments.push_back(spoken_name(*argument));
      }
      call = fmt::format("{}{}({})", crossing.result.shape == Shape::nothing ? "" : "return ",
                         caller_name(crossing), fmt::join(arguments, ", "));
      prototype = prototype_of_operation(crossing, stub + "_##n");
    }
    // A macro is one line, however long it is.
    body_.append(fmt::format("#define KS_STUB(n) static {} {{ {}; }}\n", prototype, call));
    body_.line("KS_EACH_FUNCTION(KS_STUB)");
    body_.line("#undef KS_STUB");
    body_.append(fmt::format("#define KS_STUB(n) (void *){}_##n,\n", stub));
    body_.line("static void (*const ks_stubs_{}[])(void) = {{ KS_EACH_FUNCTION(KS_STUB) }};",
               operation.name);
    body_.line("#undef KS_STUB");
    body_.blank();
  }

  void emit_operations() {
    if (interface_.operations.empty()) {
      return;
    }
    bool handed_on = std::ranges::any_of(
        interface_.operations, [](const Operation& one) { return one.crossing == no_row; });
    if (is_driver() && handed_on) {
      body_.begin_function("static void ks_only_handed_on(ks_code stub)");
      body_.line("(void)stub;");
      body_.line("ks_domain_stop(ks_own_end, \"a function was called that the driver was only to "
                 "hand on\");");
      body_.end_function();
    }
    for (const Operation& operation : interface_.operations) {
      if (is_driver()) {
        emit_stubs(operation);
      }
    }
    body_.open("static const struct ks_operation ks_operations[] =");
    for (const Operation& operation : interface_.operations) {
      body_.line("{{ \"{}\", {} }},", operation.name,
                 is_driver() ? "ks_stubs_" + operation.name : "NULL");
    }
    body_.close("};");
    body_.blank();
  }

  // Whether what lies behind the last element can be taken for one more: there is no pointer in it.
  bool is_plain(const Item& field) const {
    return field.projection == no_row ? field.type == no_row : is_plain(field.projection);
  }
  bool is_plain(u32 projection) const {
    return std::ranges::all_of(interface_.projections[projection].fields, [&](const Item& field) {
      return field.shape == Shape::scalar || field.shape == Shape::bits ||
             field.shape == Shape::numbers || field.shape == Shape::unused ||
             (field.shape == Shape::embedded && is_plain(field.projection));
    });
  }

  // How much longer than their types objects of this end are, by the arrays at their ends.
  std::map<u32, const Item*> flexible_types() const {
    std::map<u32, const Item*> found;
    for (const Projection& projection : interface_.projections) {
      for (const Item& field : projection.fields) {
        if (field.shape == Shape::flexible && projection.type != no_row &&
            (!field.count.empty() || (!is_driver() && is_plain(field)))) {
          found.emplace(projection.type, &field);
        }
      }
    }
    return found;
  }

  void emit_extras() {
    std::map<u32, const Item*> types = flexible_types();
    if (types.empty()) {
      return;
    }
    for (const auto& [type, field] : types) {
      const std::string& name = interface_.types[type].name;
      body_.begin_function(
          fmt::format("static size_t ks_extra_{}(const void *ks_object)", tag_of(name)));
      body_.line("const {} *self = ks_object;", name);
      body_.blank();
      if (field->count.empty()) {
        body_.line("return ks_extent_extra(ks_own_end, self, sizeof(*self));");
      } else {
        body_.line("return ks_flexible_extra((ks_u64)({}), sizeof({}), __builtin_offsetof({}, {}), "
                   "sizeof(*self));",
                   field->count, field->c_type, name, field->name);
      }
      body_.end_function();
    }
    body_.open("static const struct ks_extra ks_extras[] =");
    for (const auto& [type, field] : types) {
      body_.line("{{ {}, ks_extra_{} }},", type_number(interface_, type),
                 tag_of(interface_.types[type].name));
    }
    body_.close("};");
    body_.blank();
  }

  void emit_parts() {
    if (interface_.parts.empty()) {
      return;
    }
    body_.open("static const struct ks_part ks_parts[] =");
    for (const Part& part : interface_.parts) {
      body_.line("{{ {}, {}, {}, {}, {} }},", type_number(interface_, part.outer),
                 type_number(interface_, part.inner), part.offset, part.stride, part.count);
    }
    body_.close("};");
    body_.blank();
  }

  void emit_rooms() {
    if (!is_driver() || interface_.rooms.empty()) {
      return;
    }
    body_.open("static const struct ks_room ks_rooms[] =");
    for (const Room& room : interface_.rooms) {
      body_.line("{{ {}, {} }},", type_number(interface_, room.type), room.bytes);
    }
    body_.close("};");
    body_.blank();
  }

  void emit_owners() {
    if (interface_.owners.empty()) {
      return;
    }
    body_.open("static const struct ks_owner ks_owners[] =");
    for (const OwnerField& owner : interface_.owners) {
      body_.line("{{ {}, __builtin_offsetof({}, {}), sizeof((({} *)NULL)->{}) }},",
                 type_number(interface_, owner.type), owner.structure, owner.field, owner.structure,
                 owner.field);
    }
    body_.close("};");
    body_.blank();
  }

  // What ks-link has put around the driver's atomic steps calls these.
  void emit_steps() {
    if (interface_.owners.empty()) {
      return;
    }
    body_.line("void *ks_step(void *at, unsigned long size, struct ks_step *step);");
    body_.begin_function("void *ks_step(void *at, unsigned long size, struct ks_step *step)");
    body_.line("_Static_assert(sizeof(*step) <= KS_STEP_BYTES, \"ks-link knows how many\");");
    body_.blank();
    body_.line("return ks_step_begin(ks_own_end, at, size, step);");
    body_.end_function();
    body_.line("int ks_stepped(void *at, struct ks_step *step);");
    body_.begin_function("int ks_stepped(void *at, struct ks_step *step)");
    body_.line("return ks_step_end(ks_own_end, at, step);");
    body_.end_function();
  }

  void emit_variables() {
    if (!is_driver() || interface_.variables.empty()) {
      return;
    }
    for (const Variable& variable : interface_.variables) {
      body_.line("extern char ks_own_{}[] __attribute__((weak));", variable.name);
    }
    body_.open("static const struct ks_variable ks_variables[] =");
    for (const Variable& variable : interface_.variables) {
      body_.line("{{ ks_own_{}, {}, {} }},", variable.name, variable.size,
                 variable.element == no_row ? "0"
                                            : type_number(interface_, variable.element) + " + 1");
    }
    body_.close("};");
    body_.blank();
  }

  u32 by_address() const {
    return static_cast<u32>(std::ranges::count(interface_.globals, false, &Global::by_value));
  }

  void emit_dispatch() {
    Code dispatch;
    dispatch.begin_function("static int ks_dispatch(struct ks_end *end, ks_u32 crossing, "
                            "struct ks_message *message)");
    bool answers = std::ranges::any_of(
        interface_.crossings, [&](const Crossing& crossing) { return crossing.callee() == end_; });
    if (!answers) {
      dispatch.line("(void)end;");
      dispatch.line("(void)crossing;");
      dispatch.line("return ks_message_bad(message, \"no such crossing\");");
      dispatch.end_function();
      body_.append(dispatch.text());
      return;
    }
    dispatch.open("switch (crossing)");
    for (const Crossing& crossing : interface_.crossings) {
      if (crossing.callee() == end_) {
        dispatch.line("case KS_CROSSING_{}:", crossing.name);
        dispatch.then("return ks_answer_{}(end, message);", crossing.name);
      }
    }
    dispatch.line("default:");
    dispatch.then("return ks_message_bad(message, \"no such crossing\");");
    dispatch.close();
    dispatch.end_function();
    body_.append(dispatch.text());
  }

  void emit_interface() {
    body_.open("static const struct ks_interface ks_interface =");
    body_.line(".name = \"{}\",", interface_.name);
    body_.line(".hash = KS_IDL_HASH,");
    body_.line(".is_driver = {},", is_driver());
    if (!interface_.types.empty()) {
      body_.line(".types = ks_types,");
      body_.line(".type_count = {},", interface_.types.size());
    }
    if (!interface_.functions.empty()) {
      body_.line(".functions = ks_functions,");
      body_.line(".function_count = {},", interface_.functions.size());
    }
    if (by_address() != 0) {
      body_.line(".globals = ks_globals,");
      body_.line(".global_count = {},", by_address());
    }
    if (!interface_.crossings.empty()) {
      body_.line(".crossings = ks_crossings,");
      body_.line(".crossing_count = {},", interface_.crossings.size());
    }
    if (!interface_.operations.empty()) {
      body_.line(".operations = ks_operations,");
      body_.line(".operation_count = {},", interface_.operations.size());
    }
    if (!interface_.parts.empty()) {
      body_.line(".parts = ks_parts,");
      body_.line(".part_count = {},", interface_.parts.size());
    }
    if (size_t extras = flexible_types().size(); extras != 0) {
      body_.line(".extras = ks_extras,");
      body_.line(".extra_count = {},", extras);
    }
    if (!interface_.owners.empty()) {
      body_.line(".owners = ks_owners,");
      body_.line(".owner_count = {},", interface_.owners.size());
    }
    if (is_driver() && !interface_.rooms.empty()) {
      body_.line(".rooms = ks_rooms,");
      body_.line(".room_count = {},", interface_.rooms.size());
    }
    if (is_driver() && !interface_.variables.empty()) {
      body_.line(".variables = ks_variables,");
      body_.line(".variable_count = {},", interface_.variables.size());
    }
    body_.line(".dispatch = ks_dispatch,");
    if (!is_driver() && !interface_.undos.empty()) {
      body_.line(".undos = ks_undos,");
      body_.line(".undo_count = {},", interface_.undos.size());
    }
    body_.close("};");
    body_.blank();
  }

  void emit_driver_life() {
    emit_steps();
    body_.begin_function(fmt::format("struct ks_end *{}_driver_start(void)", interface_.name));
    body_.line("struct ks_end *end = ks_domain_offer(&ks_interface);");
    body_.blank();
    body_.line("if (!ks_error_of(end))");
    body_.then("ks_own_end = end;");
    body_.line("return end;");
    body_.end_function();
    body_.begin_function(fmt::format("void {}_driver_stop(void)", interface_.name));
    body_.line("ks_domain_withdraw(ks_own_end);");
    body_.line("ks_own_end = NULL;");
    body_.end_function();
    emit_module(fmt::format("return -(int)ks_error_of({}_driver_start());", interface_.name));
    body_.line("#endif");
  }

  const Crossing* life_crossing(bool Crossing::* which) const {
    auto found = std::ranges::find(interface_.crossings, true, which);
    return found == interface_.crossings.end() ? nullptr : &*found;
  }

  void emit_kernel_life() {
    const Crossing* init = life_crossing(&Crossing::is_init);
    const Crossing* exit = life_crossing(&Crossing::is_exit);
    body_.begin_function(fmt::format("int {}_kernel_start(void)", interface_.name));
    body_.line("struct ks_end *end = ks_domain_open(&ks_interface);");
    body_.line("int error = -(int)ks_error_of(end);");
    body_.blank();
    body_.line("if (error)");
    body_.then("return error;");
    body_.line("ks_own_end = end;");
    if (init != nullptr && init->result.shape == Shape::scalar) {
      body_.line("error = {}();", caller_name(*init));
      // Linux keeps a module whose init returns a positive number.
      body_.open("if (error < 0)");
      body_.line("ks_domain_close(end);");
      body_.line("ks_own_end = NULL;");
      body_.close();
    } else if (init != nullptr) {
      body_.line("{}();", caller_name(*init));
    }
    body_.line("return error;");
    body_.end_function();
    body_.begin_function(fmt::format("void {}_kernel_stop(void)", interface_.name));
    if (exit != nullptr) {
      body_.line("{}();", caller_name(*exit));
    }
    body_.line("ks_domain_close(ks_own_end);");
    body_.line("ks_own_end = NULL;");
    body_.end_function();
    emit_module(fmt::format("return {}_kernel_start();", interface_.name));
    body_.line("MODULE_LICENSE(\"Dual MIT/GPL\");");
    body_.line("MODULE_DESCRIPTION(\"the kernel's end of the domain of {}\");", interface_.name);
    body_.line("#endif");
  }

  // The module's entry points; the caller closes the #ifdef.
  void emit_module(const std::string& start) {
    body_.line("#ifdef __KERNEL__");
    body_.begin_function("static int __init ks_module_init(void)");
    body_.line("{}", start);
    body_.end_function();
    body_.begin_function("static void __exit ks_module_exit(void)");
    body_.line("{}_{}_stop();", interface_.name, end_name());
    body_.end_function();
    body_.line("module_init(ks_module_init);");
    body_.line("module_exit(ks_module_exit);");
  }
};

} // namespace

std::string emit_end(const Interface& interface, End end) {
  return EndEmitter(interface, end).run();
}

} // namespace ks::idlc

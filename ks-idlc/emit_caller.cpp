// SPDX-License-Identifier: MIT
// The function that stands for another end's: puts its arguments into a message, crosses,
// and gets back what the callee has to say. A reply that the kernel's end does not like
// stops the domain.

#include "ks-idlc/check_names.hpp"
#include "ks-idlc/emit_fields.hpp"
#include "ks-idlc/memory.hpp"

#include <algorithm>
#include <set>

namespace ks::idlc {
namespace {

class Caller {
public:
  Caller(Code& code, const Interface& interface, End end, const Crossing& crossing)
      : code_(code), interface_(interface), end_(end), crossing_(crossing),
        request_(!slots_of(interface, crossing, Direction::in).empty()),
        reply_(!slots_of(interface, crossing, Direction::out).empty()) {}

  void emit() {
    std::string_view storage = crossing_.kind == IdlRpcKind::rpc_ptr ? "static "
                               : crossing_.is_operation() ? "static __attribute__((__noinline__)) "
                                                          : "";
    code_.begin_function(
        fmt::format("{}{}", storage, prototype_of(crossing_, caller_name(crossing_))));
    declare_locals();
    for (const Item& argument : crossing_.arguments) {
      bool is_empty = argument.shape == Shape::embedded && !argument.content[index(Direction::in)];
      if (argument.shape == Shape::unused || is_empty) {
        code_.line("(void){};", argument.name);
      }
    }
    take_variable_arguments();
    no_message();
    put_request();
    if (is_gift()) {
      code_.line("ks_given = ks_offer(ks_end, ks_message, KS_UNDO_{}, ks_ref_{}, {});",
                 undo_name(interface_.undos[crossing_.undo.undo]),
                 held_object(crossing_, crossing_.undo), words_of(crossing_, crossing_.undo));
    }
    call();
    if (is_gift()) {
      say_offered();
    }
    if (is_handed_over()) {
      settle();
    }
    for (const Item& argument : crossing_.arguments) {
      if (is_given_back(argument, end_)) {
        code_.line("ks_ref_drop(ks_end, ks_ref_{});", argument.name);
      }
    }
    code_.line("ks_message_put(ks_end, ks_message);");
    if (has_result()) {
      code_.line("return ks_result;");
    }
    code_.end_function();
  }

private:
  Code& code_;
  const Interface& interface_;
  End end_;
  const Crossing& crossing_;
  bool request_, reply_;

  bool is_driver() const { return end_ == End::driver; }
  bool has_classes() const { return !interface_.classes.empty(); }
  bool has_result() const { return crossing_.result.shape != Shape::nothing; }

  bool needs_reference(const Item& argument) const {
    return replies_with_content(argument) || is_given_back(argument, end_) ||
           (is_undone() && argument.name == held_object(crossing_, crossing_.undo));
  }
  // The callee is the driver, and what it is given is its own from then on.
  bool is_handed_over() const { return is_undone() && !is_gift(); }
  bool is_undone() const { return !is_driver() && crossing_.undo.undo != no_row; }
  // The callee is the driver, which may free what it is passed.
  bool is_gift() const { return is_undone() && interface_.undos[crossing_.undo.undo].given; }
  std::string undo_call() const {
    return fmt::format("ks_undo_{}({});", interface_.undos[crossing_.undo.undo].function,
                       words_of(crossing_, crossing_.undo));
  }

  // Whether the driver has got it: if the call was made, and does not say that it was refused.
  void say_offered() {
    std::string taken = crossing_.done.empty() ? "" : fmt::format(" && ({})", crossing_.done);
    code_.line("if (ks_given)");
    code_.then("ks_offered(ks_end, KS_UNDO_{}, {}, !ks_message->error{});",
               undo_name(interface_.undos[crossing_.undo.undo]),
               words_of(crossing_, crossing_.undo), taken);
  }

  void no_message() {
    std::string leave = fmt::format("return{};", has_result() ? " ks_result" : "");
    if (!is_handed_over()) {
      code_.line("if (!ks_message)");
      code_.then("{}", leave);
      return;
    }
    code_.open("if (!ks_message)");
    code_.line("{}", undo_call());
    code_.line("{}", leave);
    code_.close();
  }

  // Who has what was given: after a failure nobody, unless the driver had given it back before.
  void settle() {
    std::string reference = "ks_ref_" + held_object(crossing_, crossing_.undo);
    std::string done = crossing_.done.empty() ? "true" : crossing_.done;
    code_.open("if (ks_message->error)");
    code_.open("if (!{0} || ks_ref_known(ks_end, {0}))", reference);
    code_.line("ks_ref_drop(ks_end, {});", reference);
    code_.line("{}", undo_call());
    code_.close();
    if (has_result()) {
      code_.line("ks_result = {};", failure_value());
    }
    code_.close(fmt::format("}} else if (ks_ref_known(ks_end, {})) {{", reference));
    code_.indent();
    code_.line("if ({})", done);
    code_.then("ks_hold(ks_end, ks_message, KS_UNDO_{}, {}, {});",
               interface_.undos[crossing_.undo.undo].function, reference,
               words_of(crossing_, crossing_.undo));
    if (!crossing_.done.empty()) {
      code_.close(fmt::format("}} else if ({}) {{", negation_of(done)));
      code_.indent();
      code_.line("ks_domain_stop(ks_end, \"{} refused what it had given back\");", crossing_.name);
      code_.line("ks_result = {};", failure_value());
    }
    code_.close();
  }

  // As people are told.
  Item named_result() const {
    Item result = crossing_.result;
    result.name = "the result";
    return result;
  }

  std::string failure_value() const {
    std::string value = failure_of(crossing_);
    return value == "{ 0 }" ? fmt::format("({}){{ 0 }}", c_type_of(crossing_.result)) : value;
  }
  // A part of the reply whose size follows from the request.
  static bool needs_count(const Item& argument) {
    switch (argument.shape) {
    case Shape::buffer: return argument.value[index(Direction::out)];
    case Shape::row: return argument.content[index(Direction::out)];
    case Shape::structs:
    case Shape::pointers:
      return argument.value[index(Direction::out)] || argument.content[index(Direction::out)];
    case Shape::nothing:
    case Shape::unused:
    case Shape::scalar:
    case Shape::bits:
    case Shape::numbers:
    case Shape::flexible:
    case Shape::embedded:
    case Shape::object:
    case Shape::copy:
    case Shape::inside:
    case Shape::string:
    case Shape::strings:
    case Shape::functions:
    case Shape::place:
    case Shape::function:
    case Shape::handle:
    case Shape::percpu:
    case Shape::cookie:
    case Shape::tail: return false;
    }
    return false;
  }
  static bool replies_by_copy(const Item& argument) {
    return argument.shape == Shape::copy && argument.content[index(Direction::out)];
  }

  void declare_locals() {
    code_.line("struct ks_end *ks_end = ks_own_end;");
    code_.line("struct ks_message *ks_message = ks_message_{};",
               crossing_.callee() == End::kernel ? "begin(ks_end)" : "for(ks_end, __func__)");
    if (request_) {
      code_.line("struct ks_request_{} *ks_request;", crossing_.name);
    }
    for (const Item& argument : crossing_.arguments) {
      if (needs_reference(argument)) {
        code_.line("ks_ref ks_ref_{} = 0;", argument.name);
      }
      if (needs_count(argument)) {
        code_.line("ks_u64 ks_count_{} = 0;", argument.name);
      }
    }
    if (has_result()) {
      code_.line("{} = {};", declare(c_type_of(crossing_.result), "ks_result"),
                 failure_of(crossing_));
    }
    if (is_variadic(crossing_)) {
      code_.line("__builtin_va_list ks_arguments;");
    }
    for (const Item& argument : variable_arguments(crossing_)) {
      code_.line("{};", declare(c_type_of(argument), argument.name));
    }
    if (is_gift()) {
      code_.line("bool ks_given;");
    }
    declare_things();
    if (has_classes()) {
      code_.line("const ks_u64 ks_made = ks_objects_made(ks_end);");
    }
    code_.blank();
  }

  // Of an argument that is several things, what it is by the others: all else is NULL.
  void declare_things() {
    for (const Item& argument : crossing_.arguments) {
      if (!argument.of.empty()) {
        const std::string type = c_type_of(argument);
        code_.line("{} = ({}) ? ({}){} : 0;", declare(type, argument.name), argument.when, type,
                   argument.of);
      }
    }
  }

  // What was passed behind the last parameter, as what the interface says that it is.
  void take_variable_arguments() {
    if (crossing_.variable == 0) {
      return;
    }
    code_.line("__builtin_va_start(ks_arguments, {});", named_arguments(crossing_).back().name);
    for (const Item& argument : variable_arguments(crossing_)) {
      code_.line("{} = __builtin_va_arg(ks_arguments, {});", argument.name, c_type_of(argument));
    }
    code_.line("__builtin_va_end(ks_arguments);");
  }

  void put_request() {
    const bool writes =
        request_ || has_classes() || carries_values(interface_, crossing_, Direction::in);
    const bool looks = !is_driver() && writes;
    if (writes) {
      code_.line("ks_collect(ks_end, ks_message);");
    }
    if (looks) {
      code_.open("");
      code_.line("KS_LOOK(true);");
      code_.blank();
    }
    put_contents();
    if (looks) {
      code_.close();
    }
  }

  void put_contents() {
    if (carries_values(interface_, crossing_, Direction::in)) {
      code_.line("ks_put_values(ks_end, ks_message);");
    }
    if (request_) {
      code_.line("ks_request = ks_message_reserve(ks_message, sizeof(*ks_request));");
      code_.open("if (ks_request)");
      for (const Item& argument : crossing_.arguments) {
        put_argument(argument);
      }
      code_.close();
    }
    if (has_classes()) {
      code_.line("{}", put_classes_call(interface_, crossing_, Direction::in, end_));
    }
  }

  void put_argument(const Item& argument) {
    std::string slot = "ks_request->" + argument.name;
    if (argument.keeps_table) {
      code_.line("ks_request->ks_at_{0} = (ks_u64)(size_t){0};", argument.name);
    }
    switch (argument.shape) {
    case Shape::scalar: code_.line("{} = {};", slot, argument.name); break;
    case Shape::cookie:
      code_.line("{} = {};", slot, put_cookie_call(end_, argument, argument.name));
      break;
    case Shape::percpu:
      code_.line("{} = {};", slot, put_percpu_call(interface_, argument, argument.name));
      break;
    case Shape::function:
      code_.line("{} = ks_function_number(ks_end, ks_message, {}, &{});", slot, argument.name,
                 signature_name(interface_, argument.signature));
      break;
    case Shape::string:
      if (argument.format) {
        code_.line("__builtin_va_start(ks_arguments, {});", crossing_.arguments.back().name);
        code_.line("{} = ks_put_format(ks_message, {}, ks_arguments);", slot, argument.name);
        code_.line("__builtin_va_end(ks_arguments);");
      } else {
        code_.line("{} = ks_put_string(ks_message, {});", slot, argument.name);
      }
      break;
    case Shape::strings:
      if (is_string_place(argument)) {
        code_.line("{} = {} != NULL;", slot, argument.name);
        break;
      }
      code_.line("if ({})", argument.name);
      code_.then("{} = ks_put_strings(ks_message, {}, {});", slot, argument.name,
                 count_passed(argument, argument.name, end_));
      break;
    case Shape::place: code_.line("{} = {} != NULL;", slot, argument.name); break;
    case Shape::functions:
      code_.line("if ({})", argument.name);
      code_.then("{} = ks_put_functions(ks_end, ks_message, (const void *){}, {}, &{});", slot,
                 argument.name, count_passed(argument, argument.name, end_),
                 signature_name(interface_, argument.signature));
      break;
    case Shape::handle:
      code_.line("{} = {};", slot, place_of(argument, false));
      keep_reference(argument, slot);
      break;
    case Shape::object: put_object(argument, slot); break;
    case Shape::copy: put_copy(argument, slot); break;
    case Shape::embedded:
      emit_put_value(code_, interface_, argument, Direction::in, "KS_OWN", slot, argument.name);
      break;
    case Shape::buffer: put_buffer(argument, slot); break;
    case Shape::structs:
    case Shape::pointers: put_elements(argument, slot); break;
    case Shape::row: put_row(argument, slot); break;
    case Shape::nothing:
    case Shape::unused:
    case Shape::bits:
    case Shape::numbers:
    case Shape::flexible:
    case Shape::inside:
    case Shape::tail: break;
    }
  }

  void keep_reference(const Item& argument, const std::string& slot) {
    if (needs_reference(argument)) {
      code_.line("ks_ref_{} = {}.ref;", argument.name, slot);
    }
  }

  // The place that the argument's pointer crosses as, in C.
  std::string place_of(const Item& argument, bool fresh) const {
    if (!argument.bytes.empty()) {
      return put_memory_call(interface_, end_, argument, argument.name);
    }
    if (!argument.wholes.empty()) {
      const Whole& whole = argument.wholes.front();
      return fmt::format("ks_object_within(ks_end, ks_message, {}, {}, {}, {}, &{})", argument.name,
                         type_number(interface_, argument.type),
                         type_number(interface_, whole.type), whole.offset,
                         chosen_slot("ks_request->", argument));
    }
    return fmt::format("ks_object_place{}(ks_end, ks_message, {}, {})", fresh ? "_fresh" : "",
                       argument.name, type_number(interface_, argument.type));
  }

  void put_object(const Item& argument, const std::string& slot) {
    std::string type = type_number(interface_, argument.type);
    bool fresh = argument.arrival[index(Direction::in)] == Arrival::alloc;
    code_.line("{} = {};", slot, place_of(argument, fresh));
    keep_reference(argument, slot);
    if (!argument.extra.empty()) {
      code_.line("if ({})", argument.name);
      code_.then("ks_request->ks_size_{} = ks_put_extra(ks_message, (ks_u64)({}));", argument.name,
                 argument.extra);
    }
    if (!is_driver() && has_last_use(interface_, argument.c_type)) {
      code_.line("ks_watch_{}({}.ref, {});", tag_of(argument.c_type), slot, argument.name);
    }
    if (argument.content[index(Direction::in)]) {
      code_.open("if ({}.ref)", slot);
      code_.line("struct ks_home ks_home = ks_home_object(0, {}.ref, {}, {}, {});", slot, type,
                 argument.name, is_driver());
      code_.blank();
      code_.line("{}", put_call(interface_, argument, Direction::in, "&ks_home", argument.name,
                                twin_of(interface_, argument, argument.name)));
      code_.close();
    }
  }

  void put_copy(const Item& argument, const std::string& slot) {
    code_.line("{} = {} != NULL;", slot, argument.name);
    if (argument.content[index(Direction::in)]) {
      code_.open("if ({})", argument.name);
      code_.line("struct ks_home ks_home = ks_home_copy(0, KS_OWN);");
      code_.blank();
      code_.line("{}",
                 put_call(interface_, argument, Direction::in, "&ks_home", argument.name, "NULL"));
      code_.close();
    }
  }

  void put_buffer(const Item& argument, const std::string& slot) {
    code_.open("if ({})", argument.name);
    std::string count = count_passed(argument, argument.name, end_);
    if (needs_count(argument)) {
      code_.line("ks_count_{} = {};", argument.name, count);
      count = "ks_count_" + argument.name;
    }
    if (argument.value[index(Direction::in)]) {
      code_.line("{} = {}ks_message, {}, {}, sizeof({}));", slot,
                 is_uncertain(argument, end_) ? "ks_put_there(ks_end, " : "ks_put_array(",
                 argument.name, count, argument.c_type);
    } else {
      code_.line("{} = ks_put_count(ks_message, {}, sizeof({}));", slot, count, argument.c_type);
    }
    code_.close();
  }

  void put_row(const Item& argument, const std::string& slot) {
    std::string count = count_passed(argument, argument.name, end_);
    bool content = argument.content[index(Direction::in)];
    code_.open("if ({})", leads_somewhere(argument.name, end_));
    if (needs_count(argument)) {
      code_.line("ks_count_{} = {};", argument.name, count);
      count = "ks_count_" + argument.name;
    } else if (content) {
      code_.line("const ks_u64 ks_count = {};", count);
      count = "ks_count";
    }
    if (content) {
      code_.line("ks_u64 ks_i;");
      code_.blank();
    }
    code_.line("{} = ks_put_row(ks_end, ks_message, {}, {}, {}, sizeof({}));", slot, argument.name,
               type_number(interface_, argument.type), count, argument.c_type);
    if (needs_reference(argument)) {
      code_.line("ks_ref_{} = {}.place.ref;", argument.name, slot);
    }
    if (content) {
      emit_put_row(code_, interface_, end_, Direction::in, argument,
                   {argument.name, slot + ".place.ref", count, "0", "ks_home_copy(0, KS_OWN)"});
    }
    code_.close();
  }

  void put_elements(const Item& argument, const std::string& slot) {
    if (needs_count(argument)) {
      code_.line("if ({})", argument.name);
      code_.then("ks_count_{} = {};", argument.name, count_passed(argument, argument.name, end_));
    }
    if (!argument.value[index(Direction::in)]) {
      code_.line("if ({})", argument.name);
      code_.then("{} = ks_put_count(ks_message, {}, sizeof({}));", slot,
                 needs_count(argument) ? "ks_count_" + argument.name
                                       : count_passed(argument, argument.name, end_),
                 element_slot(interface_, argument, Direction::out));
      return;
    }
    Item counted = argument;
    if (argument.size_kind == IdlSize::number) {
      counted.count = count_passed(argument, argument.name, end_);
    }
    emit_put_elements(code_, interface_, end_, Direction::in, counted,
                      {argument.name, slot, "ks_home_copy(1, KS_OWN)", "1", {}});
  }

  // Whether there is anything in the reply's message.
  bool has_reply() const {
    return reply_ || has_classes() || carries_values(interface_, crossing_, Direction::out) ||
           std::ranges::any_of(crossing_.arguments, [](const Item& argument) {
             return needs_count(argument) || replies_by_copy(argument);
           });
  }

  void call() {
    const std::string crosses =
        fmt::format("ks_call(ks_end, KS_CROSSING_{}, ks_message)", crossing_.name);
    if (!has_reply()) {
      code_.line("{};", crosses);
      return;
    }
    code_.open("if (!{})", crosses);
    if (reply_) {
      code_.line("const struct ks_reply_{} *ks_reply;", crossing_.name);
    }
    if (is_driver()) {
      if (reply_) {
        code_.blank();
      }
      code_.line("ks_apply(ks_end, ks_message);");
      get_reply();
      code_.line("ks_applied(ks_end, ks_message);");
    } else {
      code_.line("int ks_pass;");
      code_.blank();
      code_.line("ks_apply(ks_end, ks_message);");
      code_.open("for (ks_pass = 0; ks_pass < 2 && !ks_message->error; ks_pass++)");
      code_.line("const bool ks_apply = ks_pass;");
      code_.line("KS_LOOK(ks_apply);");
      code_.blank();
      code_.line("ks_message_rewind(ks_message);");
      Code reply;
      reply.indent(3);
      std::swap(code_, reply);
      get_reply();
      std::swap(code_, reply);
      if (!mentions(reply.text(), "ks_apply")) {
        code_.line("(void)ks_apply;");
      }
      code_.append(reply.text());
      code_.close();
      code_.line("ks_applied(ks_end, ks_message);");
      code_.line("if (ks_message->error == -EBADMSG)");
      code_.then("ks_domain_stop(ks_end, \"bad reply to {}\");", crossing_.name);
      empty_places();
    }
    code_.close();
  }

  // What a bad reply has said of how much was stored is no more so: what is there may be NULL.
  void empty_places() {
    std::set<std::string> used;
    for (const Item& argument : crossing_.arguments) {
      for (const Item& led : argument.led) {
        const std::vector<std::string> names = free_names(led.count);
        used.insert(names.begin(), names.end());
      }
    }
    for (const Item& argument : crossing_.arguments) {
      const bool is_number = argument.shape == Shape::buffer && needs_count(argument);
      if (is_number && used.contains(argument.name)) {
        code_.line("if (ks_message->error && {})", argument.name);
        code_.then("*{} = 0;", argument.name);
      }
    }
  }

  void get_reply() {
    if (carries_values(interface_, crossing_, Direction::out)) {
      code_.line("ks_get_values(ks_end, ks_message{});", is_driver() ? "" : ", ks_apply");
    }
    if (reply_) {
      code_.line("ks_reply = ks_message_take(ks_message, sizeof(*ks_reply));");
      code_.open("if (ks_reply)");
    }
    for (const Item& argument : crossing_.arguments) {
      get_argument(argument);
    }
    for (size_t i = 0; i < crossing_.arguments.size(); ++i) {
      if (crossing_.arguments[i].shape == Shape::place) {
        get_place(crossing_.arguments[i], table_number(crossing_, i));
      }
    }
    get_result();
    if (reply_) {
      code_.close();
    }
    if (has_classes()) {
      code_.line("{}", get_classes_call(interface_, end_));
    }
  }

  std::string applied(const std::string& value) const {
    return is_driver() ? value : fmt::format("ks_apply ? {} : NULL", value);
  }

  void get_argument(const Item& argument) {
    if (argument.shape == Shape::row) {
      if (replies_with_content(argument)) {
        get_row(argument);
      }
    } else if (replies_with_content(argument)) {
      get_object(argument);
    } else if (replies_by_copy(argument)) {
      code_.open("if ({})", argument.name);
      code_.line("const struct {} *ks_content = ks_message_take(ks_message, sizeof(*ks_content));",
                 wire_of(interface_, argument.projection, Direction::out));
      code_.line("struct ks_home ks_home = ks_home_copy(0, KS_OWN);");
      code_.blank();
      code_.line("{}", get_call(interface_, argument, Direction::out, end_, "&ks_home",
                                applied(argument.name), "NULL"));
      code_.close();
    } else if (argument.shape == Shape::embedded) {
      emit_get_value(code_, interface_, argument, Direction::out, end_, "KS_OWN",
                     "ks_reply->" + argument.name, argument.name);
    } else if (is_string_place(argument)) {
      get_string(argument);
    } else if (needs_count(argument) && argument.shape == Shape::buffer) {
      get_buffer(argument);
    } else if (needs_count(argument)) {
      code_.open("if ({})", argument.name);
      code_.line("{} *{}ks_elements;", argument.c_type,
                 argument.shape == Shape::pointers ? "*" : "");
      code_.line("ks_u64 ks_count = ks_count_{};", argument.name);
      code_.blank();
      emit_get_elements(code_, interface_, end_, Direction::out, argument,
                        {argument.name, {}, "ks_home_copy(1, KS_OWN)", "1", {}});
      code_.close();
    }
  }

  // The object is the one that was passed, whatever the reply says. If it was ended meanwhile, by a
  // nested crossing or on another CPU, nothing is written to it.
  void get_object(const Item& argument) {
    std::string type = type_number(interface_, argument.type);
    std::string known = fmt::format("ks_ref_known(ks_end, ks_ref_{})", argument.name);
    code_.open("if (ks_reply->ks_has_{})", argument.name);
    code_.line("const struct {} *ks_content = ks_take_content(ks_message, ks_ref_{}, "
               "sizeof(*ks_content));",
               wire_of(interface_, argument.projection, Direction::out), argument.name);
    code_.line("struct ks_home ks_home = ks_home_object(0, ks_ref_{}, {}, {}, {});", argument.name,
               type, argument.name, is_driver());
    if (!is_driver()) {
      code_.line("const bool ks_known = ks_apply && {};", known);
    }
    code_.blank();
    if (is_driver()) {
      code_.line("if (!{})", known);
      code_.then("ks_home.keep = KS_SCRATCH;");
    }
    code_.line("{}", get_call(interface_, argument, Direction::out, end_, "&ks_home",
                              is_driver() ? argument.name
                                          : fmt::format("ks_known ? {} : NULL", argument.name),
                              twin_of(interface_, argument, argument.name), "ks_known"));
    code_.close();
  }

  // As many as were passed; nothing is written if they were ended meanwhile.
  void get_row(const Item& argument) {
    std::string ref = "ks_ref_" + argument.name;
    code_.open("if (ks_reply->ks_has_{})", argument.name);
    code_.line("const bool ks_known = {}ks_row_known(ks_end, {});",
               is_driver() ? "" : "ks_apply && ", ref);
    code_.line("ks_u64 ks_i;");
    code_.blank();
    emit_get_row(code_, interface_, end_, Direction::out, argument,
                 {argument.name, ref, "ks_count_" + argument.name, "0", "ks_home_copy(0, KS_OWN)"},
                 "ks_known");
    code_.close();
  }

  // Kept for as long as the domain lives: nobody says when it is not used any more. Where none came, what is there stays.
  void get_string(const Item& argument) {
    code_.open("if ({} && ks_reply->{})", argument.name, argument.name);
    code_.line("const char *ks_string = ks_take_string(ks_message, ks_reply->{});", argument.name);
    code_.line("char *ks_text = {}ks_string ? ks_text_keep(ks_end, ks_message, ks_string, "
               "ks_count_null(ks_string, 1)) : NULL;",
               is_driver() ? "" : "ks_apply && ");
    code_.blank();
    code_.line("if (ks_text)");
    code_.then("*{} = ks_text;", argument.name);
    code_.close();
  }

  // What the callee has stored there. Where it has stored nothing, what is there stays.
  void get_place(const Item& argument, const std::string& number) {
    const Item& led = argument.led[0];
    const std::string slot = "ks_reply->" + argument.name;
    const bool is_memory = led.shape == Shape::handle;
    code_.open("if ({0} && ks_reply->ks_has_{0})", argument.name);
    if (is_memory) {
      code_.line("{}ks_led = {};", c_type_of(led),
                 arrive_call(interface_, end_, Direction::out, led, slot, "0"));
      code_.blank();
    } else {
      get_table(led, slot);
    }
    check_led(argument);
    if (!is_memory) {
      code_.line("ks_led = ks_table_keep(ks_end, ks_message, {}, ks_reply->ks_at_{}, ks_led, "
                 "ks_count * sizeof(*ks_led));",
                 number, argument.name);
    }
    code_.line("if ({}!ks_message->error)", is_driver() ? "" : "ks_apply && ");
    code_.then("*{} = ks_led;", argument.name);
    code_.close();
    check_unset(argument);
  }

  // Nothing was stored, and there is said to be something.
  void check_unset(const Item& argument) {
    const Item& led = argument.led[0];
    if (is_driver() || led.size_kind != IdlSize::expression) {
      return;
    }
    code_.line("if (ks_apply && {0} && !*{0} && !ks_reply->ks_has_{0} && {1})", argument.name,
               count_of(led, "ks_led"));
    code_.then("ks_message_bad(ks_message, \"{} of {} is NULL, and not empty\");",
               spoken_name(argument), crossing_.name);
  }

  void get_table(const Item& led, const std::string& slot) {
    const bool ends = led.size_kind == IdlSize::null_terminated;
    const char* apply = is_driver() ? "true" : "ks_apply";
    code_.line("{}ks_led = NULL;", c_type_of(led));
    code_.line("ks_u64 ks_count = 0;");
    code_.blank();
    if (led.shape == Shape::strings) {
      code_.line("ks_led = ks_take_texts(ks_end, ks_message, {}, {}, &ks_count, {});", slot, ends,
                 apply);
    } else if (led.shape == Shape::functions) {
      code_.line("ks_led = ks_take_functions(ks_end, ks_message, {}, {}, &ks_count, &{}, {});",
                 slot, ends, signature_name(interface_, led.signature), apply);
    } else {
      code_.open("if ({})", slot);
      code_.line("{} **ks_elements;", led.c_type);
      code_.blank();
      emit_get_elements(
          code_, interface_, end_, Direction::out, led,
          {"ks_led", slot, "ks_home_copy(1, KS_SCRATCH)", "1", "ks_scratch(ks_message, ks_bytes)"});
      emit_check_end(code_, end_, led);
      code_.line("ks_led = ks_elements;");
      code_.close();
    }
  }

  // The kernel's end knows by what else has come how much there has to be, and follows no NULL for that.
  void check_led(const Item& argument) {
    const Item& led = argument.led[0];
    const bool is_memory = led.shape == Shape::handle;
    if (is_driver()) {
      return;
    }
    const bool is_counted =
        led.size_kind == IdlSize::expression || led.size_kind == IdlSize::number;
    const std::string count = count_of(led, "ks_led");
    if (is_memory && !led.unit.empty() && is_counted) {
      code_.line("if (ks_apply && ks_led && ks_memory_room(ks_end, ks_led, {}) / sizeof({}) < {})",
                 type_number(interface_, led.type), led.unit, count);
      code_.then("ks_message_bad(ks_message, \"{} of {} has less memory than it says\");",
                 spoken_name(argument), crossing_.name);
    } else if (!is_memory && is_counted) {
      code_.line("if (ks_apply && ks_led && ks_count != {})", count);
      code_.then("ks_message_bad(ks_message, \"{} of {} has another length than it says\");",
                 spoken_name(argument), crossing_.name);
    }
    if (is_counted) {
      code_.line("if (ks_apply && !ks_led && {})", count);
      code_.then("ks_message_bad(ks_message, \"{} of {} is NULL, and not empty\");",
                 spoken_name(argument), crossing_.name);
    } else if (!is_memory && led.size_kind == IdlSize::extent && led.least > 1) {
      code_.line("if (ks_apply && ks_led && ks_count < {})", led.least);
      code_.then("ks_message_bad(ks_message, \"{} of {} is shorter than what is looked at\");",
                 spoken_name(argument), crossing_.name);
    }
  }

  void get_buffer(const Item& argument) {
    code_.open("if ({})", argument.name);
    code_.line("size_t ks_bytes = ks_count_{} * sizeof({});", argument.name, argument.c_type);
    code_.line("const void *ks_array = ks_message_take(ks_message, ks_bytes);");
    code_.blank();
    code_.line("if (ks_array{})", is_driver() ? "" : " && ks_apply");
    code_.then("__builtin_memcpy({}, ks_array, {});", argument.name,
               is_uncertain(argument, end_)
                   ? fmt::format("ks_bytes_there(ks_end, {}, ks_bytes)", argument.name)
                   : "ks_bytes");
    code_.close();
  }

  void get_result() {
    const Item& result = crossing_.result;
    switch (result.shape) {
    case Shape::nothing:
    case Shape::unused: return;
    case Shape::scalar:
      if (!is_driver()) {
        if (is_only_named(result)) {
          code_.line("KS_CHECK_BOOL(ks_reply->ks_result);");
        }
        code_.line("if (ks_apply && !ks_message->error)");
        code_.then("ks_result = ks_reply->ks_result;");
      } else {
        code_.line("ks_result = ks_reply->ks_result;");
      }
      return;
    case Shape::cookie:
      code_.line("ks_result = {};",
                 take_cookie_call(end_, named_result(), crossing_.name, "ks_reply->ks_result"));
      return;
    case Shape::percpu:
      code_.line("ks_result = {};",
                 take_percpu_call(interface_, end_, result, "NULL", "ks_reply->ks_result"));
      return;
    case Shape::function:
      code_.line("ks_result = ks_function_at(ks_end, ks_message, ks_reply->ks_result, "
                 "&{});",
                 signature_name(interface_, result.signature));
      return;
    case Shape::string: get_string_result(); return;
    case Shape::object:
    case Shape::handle: get_object_result(); return;
    case Shape::embedded:
      emit_get_value(code_, interface_, result, Direction::out, end_, "KS_SCRATCH",
                     "ks_reply->ks_result", "ks_result");
      return;
    case Shape::bits:
    case Shape::numbers:
    case Shape::flexible:
    case Shape::copy:
    case Shape::inside:
    case Shape::buffer:
    case Shape::structs:
    case Shape::row:
    case Shape::pointers:
    case Shape::strings:
    case Shape::functions:
    case Shape::place:
    case Shape::tail: return;
    }
  }

  // A string that nobody owns here: the last one that this function returned is kept.
  void get_string_result() {
    code_.open("");
    code_.line("static char ks_kept[KS_MESSAGE_SIZE];");
    code_.line("const char *ks_string = ks_take_string(ks_message, ks_reply->ks_result);");
    code_.blank();
    code_.line("if (ks_string)");
    code_.then("__builtin_memcpy(ks_kept, ks_string, ks_count_null(ks_string, 1));");
    code_.line("ks_result = ks_string ? ks_kept : NULL;");
    code_.close();
  }

  void get_object_result() {
    const Item& result = crossing_.result;
    bool content = result.content[index(Direction::out)];
    std::string type = type_number(interface_, result.type);
    code_.open("if (ks_reply->ks_error)");
    code_.line("ks_result = ks_take_error(ks_message, ks_reply->ks_error);");
    code_.close(content ? "} else if (ks_reply->ks_result.ref) {" : "} else {");
    code_.indent();
    if (content) {
      code_.line("const struct {} *ks_content = ks_message_take(ks_message, sizeof(*ks_content));",
                 wire_of(interface_, result.projection, Direction::out));
    }
    std::string size = result.shape == Shape::object ? size_of(interface_, result, Direction::out,
                                                               "ks_reply->ks_size_ks_result")
                                                     : "0";
    code_.line("{} *ks_object = {};", result.c_type,
               arrive_call(interface_, end_, Direction::out, result, "ks_reply->ks_result", size));
    if (content) {
      code_.line(
          "struct ks_home ks_home = ks_home_object(0, ks_reply->ks_result.ref, {}, ks_object, "
          "{});",
          type, is_driver());
    }
    code_.blank();
    if (content) {
      code_.line("{}", get_call(interface_, result, Direction::out, end_, "&ks_home", "ks_object",
                                twin_of(interface_, result, "ks_object")));
    }
    if (!is_driver() && !result.extra.empty()) {
      code_.line("if (ks_object && ks_reply->ks_size_ks_result != (ks_u64)({}))", result.extra);
      code_.then("ks_message_bad(ks_message, \"the result of {} has another size than it says\");",
                 crossing_.name);
    }
    code_.line("if (!ks_message->error)");
    code_.then("ks_result = ks_object;");
    if (content) {
      code_.close("} else {");
      code_.indent();
      code_.line("ks_result = NULL;");
    }
    code_.close();
  }
};

} // namespace

void emit_caller(Code& code, const Interface& interface, End end, const Crossing& crossing) {
  Caller(code, interface, end, crossing).emit();
}

} // namespace ks::idlc

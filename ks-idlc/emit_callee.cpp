// SPDX-License-Identifier: MIT
// The function that answers a crossing: gets the arguments, calls the real function, puts
// the reply. The kernel's end reads the message twice: only when all of it has been
// found good is anything made or written.

#include "ks-idlc/check_names.hpp"
#include "ks-idlc/emit_fields.hpp"

#include <fmt/ranges.h>

#include <algorithm>

namespace ks::idlc {
namespace {

class Callee {
public:
  Callee(Code& code, const Interface& interface, End end, const Crossing& crossing)
      : code_(code), interface_(interface), end_(end), crossing_(crossing),
        request_(!slots_of(interface, crossing, Direction::in).empty()),
        reply_(!slots_of(interface, crossing, Direction::out).empty()) {}

  void emit() {
    Code body;
    body.begin_function(fmt::format("static int ks_answer_{}(struct ks_end *ks_end, "
                                    "struct ks_message *ks_message)",
                                    crossing_.name));
    std::swap(code_, body);
    declare_locals();
    get_request();
    keep_tables();
    call();
    put_reply();
    code_.end_function();
    std::swap(code_, body);
    append_with_unused(code_, body.text(), {"ks_end", "ks_message"});
  }

private:
  Code& code_;
  const Interface& interface_;
  End end_;
  const Crossing& crossing_;
  bool request_, reply_;

  bool is_driver() const { return end_ == End::driver; }
  bool has_classes() const { return !interface_.classes.empty(); }
  bool has_result() const {
    return crossing_.result.shape != Shape::nothing && crossing_.result.shape != Shape::unused;
  }
  bool parses() const { return request_ || has_classes() || (has_values() && !is_driver()); }
  bool has_values() const { return carries_values(interface_, crossing_, Direction::in); }

  static bool is_array(const Item& argument) {
    return argument.shape == Shape::buffer || argument.shape == Shape::structs ||
           argument.shape == Shape::row || argument.shape == Shape::pointers ||
           argument.shape == Shape::functions ||
           (argument.shape == Shape::strings && !is_string_place(argument));
  }
  // The kernel's end checks the count; the reply has as many elements as the request.
  bool needs_count(const Item& argument) const {
    return is_array(argument) &&
           (!is_driver() || argument.shape == Shape::buffer || argument.shape == Shape::row ||
            argument.shape == Shape::strings || argument.shape == Shape::functions ||
            argument.keeps_table || argument.value[index(Direction::out)] ||
            argument.content[index(Direction::out)]);
  }
  bool is_watched(const Item& argument) const {
    return argument.shape == Shape::object && !is_driver() && !argument.dealloc &&
           has_last_use(interface_, argument.c_type);
  }
  bool needs_reference(const Item& argument) const {
    return replies_with_content(argument) || is_watched(argument) ||
           is_given_back(argument, end_) || is_at_risk(crossing_, argument, end_) ||
           (is_held() && argument.name == held_object(crossing_, crossing_.undo)) ||
           (is_dropped() && argument.name == held_object(crossing_, crossing_.ends));
  }

  bool is_held() const { return !is_driver() && crossing_.undo.undo != no_row; }
  bool is_result_held() const {
    return is_held() &&
           std::ranges::find(crossing_.undo.words, "result") != crossing_.undo.words.end();
  }
  std::string name_of(const UndoUse& use) const { return undo_name(interface_.undos[use.undo]); }
  // A reference is taken, or dropped: the kernel's end counts those that the driver has.
  bool is_taken() const { return is_held() && interface_.undos[crossing_.undo.undo].counted; }
  bool is_dropped() const {
    return !is_driver() && crossing_.ends.undo != no_row &&
           interface_.undos[crossing_.ends.undo].counted;
  }
  bool is_gift() const { return is_held() && interface_.undos[crossing_.undo.undo].given; }
  std::string hold_call(std::string_view reference) const {
    return fmt::format("ks_hold(ks_end, ks_message, KS_UNDO_{}, {}, {})", name_of(crossing_.undo),
                       reference, words_of(crossing_, crossing_.undo));
  }

  void declare_locals() {
    if (request_) {
      code_.line("const struct ks_request_{} *ks_request{};", crossing_.name,
                 is_driver() ? "" : " = NULL");
    }
    if (reply_) {
      code_.line("struct ks_reply_{} *ks_reply;", crossing_.name);
    }
    for (const Item& argument : crossing_.arguments) {
      code_.line("{} = {};", declare(c_type_of(argument), argument.name), zero_of(argument));
      if (needs_count(argument)) {
        code_.line("ks_u64 ks_count_{} = 0;", argument.name);
      }
      if (needs_reference(argument)) {
        code_.line("ks_ref ks_ref_{} = 0;", argument.name);
      }
    }
    if (has_result()) {
      code_.line("{};", declare(c_type_of(crossing_.result), "ks_result"));
    }
    if (parses() && !is_driver()) {
      code_.line("int ks_pass;");
    }
    if (has_classes()) {
      code_.line("ks_u64 ks_made;");
    }
    code_.blank();
  }

  void get_request() {
    if (has_values() || parses()) {
      code_.line("ks_apply(ks_end, ks_message);");
    }
    if (has_values() && is_driver()) {
      code_.line("ks_get_values(ks_end, ks_message);");
    }
    if (!parses()) {
      if (has_values()) {
        code_.line("ks_applied(ks_end, ks_message);");
        check_error();
      }
      return;
    }
    if (!is_driver()) {
      code_.open("for (ks_pass = 0; ks_pass < 2 && !ks_message->error; ks_pass++)");
      code_.line("const bool ks_apply = ks_pass;");
      code_.line("KS_LOOK(ks_apply);");
      code_.blank();
      code_.line("ks_message_rewind(ks_message);");
      if (has_values()) {
        code_.line("ks_get_values(ks_end, ks_message, ks_apply);");
      }
    }
    if (request_) {
      code_.line("ks_request = ks_message_take(ks_message, sizeof(*ks_request));");
      code_.line("if (!ks_request)");
      code_.then("return ks_message->error;");
    }
    Code arguments;
    arguments.indent(is_driver() ? 1 : 2);
    std::swap(code_, arguments);
    get_arguments();
    if (has_classes()) {
      code_.line("{}", get_classes_call(interface_, end_));
    }
    std::swap(code_, arguments);
    if (!is_driver() && !has_values() && !mentions(arguments.text(), "ks_apply")) {
      code_.line("(void)ks_apply;");
    }
    code_.append(arguments.text());
    if (!is_driver()) {
      code_.close();
    }
    code_.line("ks_applied(ks_end, ks_message);");
    if (!is_driver()) {
      check_arguments();
    }
    check_error();
  }

  // Numbers before what they say of others, where that is asked.
  void get_arguments() {
    const bool has_things = std::ranges::any_of(
        crossing_.arguments, [](const Item& argument) { return !argument.of.empty(); });
    const auto is_early = [&](const Item& argument) {
      return has_things && argument.shape == Shape::scalar && argument.of.empty();
    };
    for (const Item& argument : crossing_.arguments) {
      if (is_early(argument)) {
        get_argument(argument);
      }
    }
    for (const Item& argument : crossing_.arguments) {
      if (is_early(argument)) {
        continue;
      }
      if (argument.of.empty() || is_driver()) {
        get_argument(argument);
      } else {
        get_thing(argument);
      }
    }
  }

  // At the kernel's end, only what the numbers of the same message say that it is.
  void get_thing(const Item& argument) {
    std::string when = argument.when;
    for (const Item& tag : crossing_.arguments) {
      if (tag.shape == Shape::scalar && tag.of.empty()) {
        when = rename_in(when, tag.name, "ks_request->" + tag.name);
      }
    }
    code_.open("if ({})", when);
    get_argument(argument);
    code_.close(
        fmt::format("}} else if ({}) {{", said_in("ks_request->" + argument.slot, argument)));
    code_.indent();
    code_.line("ks_message_bad(ks_message, \"{} of {} is not what its tag says\");",
               spoken_name(argument), crossing_.name);
    code_.close();
  }

  // Whether a slot is not what stands for NULL or nothing.
  static std::string said_in(const std::string& slot, const Item& argument) {
    const bool is_place = argument.shape == Shape::object || argument.shape == Shape::handle ||
                          argument.shape == Shape::cookie;
    return is_place ? fmt::format("{0}.ref || {0}.offset || {0}.extent", slot) : slot;
  }

  // What the argument is by the others that have come.
  std::string passed(const Item& argument) const {
    if (argument.of.empty()) {
      return argument.name;
    }
    std::string value;
    for (const Item& one : crossing_.arguments) {
      if (one.of == argument.of) {
        value += fmt::format("({}) ? ({}){} : ", one.when, c_type_of_argument(crossing_, argument),
                             one.name);
      }
    }
    return value + "0";
  }

  void check_error() {
    code_.line("if (ks_message->error)");
    code_.then("return ks_message->error;");
  }

  // What an expression looks behind must not be NULL.
  static std::string if_null(const std::string& expression) {
    std::string text;
    for (const std::string& name : dereferenced_names(expression)) {
      text += fmt::format("!{} || ", name);
    }
    return text;
  }

  // Now that all arguments are known: none is NULL that must not be, and what they say about each
  // other is so.
  void check_arguments() {
    for (const Item& argument : crossing_.arguments) {
      if (argument.nonnull) {
        code_.line("if (!{})", argument.name);
        code_.then("ks_message_bad(ks_message, \"{} of {} is NULL\");", argument.name,
                   crossing_.name);
      }
      if (!argument.only.empty()) {
        code_.line("if ({0} != (__typeof__({0}))({1}))", argument.name, argument.only);
        code_.then("ks_message_bad(ks_message, \"{} of {} is not what it always is\");",
                   argument.name, crossing_.name);
      }
      bool counted = is_array(argument) && argument.size_kind != IdlSize::null_terminated &&
                     !(is_table(argument.shape) && argument.size_kind == IdlSize::extent);
      if (counted) {
        code_.line("if ({} && ({}ks_count_{} != {}))", argument.name, if_null(argument.count),
                   argument.name, count_of(argument, argument.name));
        code_.then("ks_message_bad(ks_message, \"{} of {} has another length than it says\");",
                   spoken_name(argument), crossing_.name);
      }
      if (is_table(argument.shape) && argument.size_kind == IdlSize::extent && argument.least > 1) {
        code_.line("if ({0} && ks_count_{0} < {1})", argument.name, argument.least);
        code_.then("ks_message_bad(ks_message, \"{} of {} is shorter than what is looked at\");",
                   spoken_name(argument), crossing_.name);
      }
      if (!argument.unit.empty()) {
        code_.line("if ({} && ({}ks_memory_room(ks_end, {}, {}) / sizeof({}) < (ks_u64)({})))",
                   argument.name, if_null(argument.count), argument.name,
                   type_number(interface_, argument.type), argument.unit, argument.count);
        code_.then("ks_message_bad(ks_message, \"{} of {} has less memory than it says\");",
                   spoken_name(argument), crossing_.name);
      }
      check_lent(argument);
      if (argument.shape == Shape::object && !argument.extra.empty()) {
        code_.line("if ({} && ({}ks_request->ks_size_{} != (ks_u64)({})))", argument.name,
                   if_null(argument.extra), argument.name, argument.extra);
        code_.then("ks_message_bad(ks_message, \"{} of {} has another size than it says\");",
                   spoken_name(argument), crossing_.name);
      }
    }
  }

  // What the kernel has lent to be read, it does not write to because the driver passes it; and no
  // text of the kernel's is what the driver can change.
  void check_lent(const Item& argument) {
    if (is_driver() || argument.bytes.empty()) {
      return;
    }
    const std::string type = type_number(interface_, argument.type);
    if (argument.written) {
      code_.line("if ({0} && !ks_lent_may_write(ks_end, {0}, ks_memory_room(ks_end, {0}, {1})))",
                 argument.name, type);
      code_.then("ks_message_bad(ks_message, \"{} of {} was not given for writing\");",
                 spoken_name(argument), crossing_.name);
    } else if (argument.unit.empty()) {
      code_.line("if ({0} && !ks_lent_is_text(ks_end, {0}))", argument.name);
      code_.then("ks_message_bad(ks_message, \"{} of {} is no text\");", spoken_name(argument),
                 crossing_.name);
    }
  }

  // What the callee keeps is there as long as the domain; all else of the message ends with the call.
  void keep_tables() {
    bool keeps = false;
    for (size_t i = 0; i < crossing_.arguments.size(); ++i) {
      const Item& argument = crossing_.arguments[i];
      if (argument.keeps_table) {
        keeps = true;
        code_.line("{0} = ks_table_keep(ks_end, ks_message, {1}, ks_request->ks_at_{0}, {0}, "
                   "ks_count_{0} * sizeof(*{0}));",
                   argument.name, table_number(crossing_, i));
      }
    }
    if (keeps) {
      check_error();
    }
  }

  // An assignment that the kernel's end makes in its second pass only.
  void assign(const std::string& name, const std::string& value) {
    code_.line("{} = {};", name, value);
  }

  void get_argument(const Item& argument) {
    std::string slot = "ks_request->" + argument.name;
    switch (argument.shape) {
    case Shape::scalar:
      if (!is_driver()) {
        if (is_only_named(argument)) {
          code_.line("KS_CHECK_BOOL({});", slot);
        }
        code_.line("if (ks_apply)");
        code_.then("{} = {};", argument.name, slot);
      } else {
        assign(argument.name, slot);
      }
      break;
    case Shape::cookie:
      assign(argument.name, take_cookie_call(end_, argument, crossing_.name, slot));
      break;
    case Shape::percpu:
      assign(argument.name, take_percpu_call(interface_, end_, argument, "NULL", slot));
      break;
    case Shape::function:
      assign(argument.name, fmt::format("ks_function_at(ks_end, ks_message, {}, &{})", slot,
                                        signature_name(interface_, argument.signature)));
      break;
    case Shape::string:
      assign(argument.name, fmt::format("ks_take_string(ks_message, {})", slot));
      break;
    case Shape::strings:
      if (is_string_place(argument)) {
        code_.line("if ({}{})", is_driver() ? "" : "ks_apply && ", slot);
        code_.then("{} = ks_scratch(ks_message, sizeof(*{}));", argument.name, argument.name);
        break;
      }
      assign(argument.name,
             fmt::format("{}ks_message, {}, {}, &ks_count_{}, {})",
                         argument.keeps_strings ? "ks_take_texts(ks_end, " : "ks_take_strings(",
                         slot, argument.size_kind == IdlSize::null_terminated, argument.name,
                         is_driver() ? "true" : "ks_apply"));
      break;
    case Shape::handle:
      keep_reference(argument, slot);
      take_whole(argument);
      assign(argument.name, arrive_call(interface_, end_, Direction::in, argument, slot, "0"));
      break;
    case Shape::object: get_object(argument, slot); break;
    case Shape::copy: get_copy(argument, slot); break;
    case Shape::embedded:
      emit_get_value(code_, interface_, argument, Direction::in, end_, "KS_SCRATCH", slot,
                     argument.name);
      break;
    case Shape::buffer: get_buffer(argument, slot); break;
    case Shape::structs:
    case Shape::pointers: get_elements(argument, slot); break;
    case Shape::row: get_row(argument, slot); break;
    case Shape::place:
      // What is there until the function stores something is no pointer that it could store.
      code_.line("if ({}{})", is_driver() ? "" : "ks_apply && ", slot);
      code_.then("{} = ks_place_empty(ks_message);", argument.name);
      break;
    case Shape::functions:
      assign(argument.name,
             fmt::format("ks_take_functions(ks_end, ks_message, {}, {}, &ks_count_{}, &{}, {})",
                         slot, argument.size_kind == IdlSize::null_terminated, argument.name,
                         signature_name(interface_, argument.signature),
                         is_driver() ? "true" : "ks_apply"));
      break;
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

  // The object around it is known first.
  void take_whole(const Item& argument) {
    if (says_whole(argument)) {
      code_.line("{}",
                 take_whole_call(interface_, end_, Direction::in, argument, "ks_request->",
                                 fmt::format("&(const struct ks_whole){}",
                                             whole_row(interface_, argument.wholes.front()))));
    }
  }

  void declare_content(const Item& argument, const std::string& exists) {
    code_.line(
        "const struct {} *ks_content = {} ? ks_message_take(ks_message, sizeof(*ks_content)) "
        ": NULL;",
        wire_of(interface_, argument.projection, Direction::in), exists);
  }

  void get_object(const Item& argument, const std::string& slot) {
    bool content = argument.content[index(Direction::in)];
    std::string arrival = arrive_call(
        interface_, end_, Direction::in, argument, slot,
        size_of(interface_, argument, Direction::in, "ks_request->ks_size_" + argument.name));
    keep_reference(argument, slot);
    take_whole(argument);
    if (!content) {
      assign(argument.name, arrival);
      return;
    }
    code_.open("");
    declare_content(argument, slot + ".ref");
    code_.line("struct ks_home ks_home;");
    code_.blank();
    assign(argument.name, arrival);
    code_.line("ks_home = ks_home_object(0, {}.ref, {}, {}, {});", slot,
               type_number(interface_, argument.type), argument.name, is_driver());
    code_.line("{}", get_call(interface_, argument, Direction::in, end_, "&ks_home", argument.name,
                              twin_of(interface_, argument, argument.name)));
    code_.close();
  }

  void get_copy(const Item& argument, const std::string& slot) {
    bool content = argument.content[index(Direction::in)];
    code_.open("if ({})", slot);
    if (content) {
      declare_content(argument, "true");
      code_.line("struct ks_home ks_home = ks_home_copy(0, KS_SCRATCH);");
      code_.blank();
    }
    assign(argument.name,
           fmt::format("{}ks_scratch(ks_message, {}){}", is_driver() ? "" : "ks_apply ? ",
                       size_of(interface_, argument, Direction::in, "0"),
                       is_driver() ? "" : " : NULL"));
    if (content) {
      code_.line("{}", get_call(interface_, argument, Direction::in, end_, "&ks_home",
                                argument.name, "NULL"));
    }
    code_.close();
  }

  // What only comes in may stay in the message, which is this end's own; what goes back must not be
  // overwritten by the reply.
  void get_buffer(const Item& argument, const std::string& slot) {
    bool in = argument.value[index(Direction::in)];
    bool out = argument.value[index(Direction::out)];
    std::string_view take =
        argument.size_kind == IdlSize::null_terminated ? "ks_take_null_array" : "ks_take_array";
    if (in) {
      assign(argument.name, fmt::format("{}(ks_message, {}, sizeof({}), &ks_count_{})", take, slot,
                                        argument.c_type, argument.name));
    } else {
      code_.line("ks_count_{} = ks_take_count(ks_message, {}, sizeof({}));", argument.name, slot,
                 argument.c_type);
    }
    if (!out) {
      return;
    }
    code_.open("if ({}{})", is_driver() ? "" : "ks_apply && ", slot);
    code_.line("size_t ks_bytes = ks_count_{} * sizeof({});", argument.name, argument.c_type);
    code_.line("void *ks_copy = ks_scratch(ks_message, ks_bytes);");
    code_.blank();
    if (in) {
      code_.line("if (ks_copy)");
      code_.then("__builtin_memcpy(ks_copy, {}, ks_bytes);", argument.name);
    }
    assign(argument.name, "ks_copy");
    code_.close();
  }

  void get_row(const Item& argument, const std::string& slot) {
    std::string count = "ks_count_" + argument.name;
    if (needs_reference(argument)) {
      code_.line("ks_ref_{} = {}.place.ref;", argument.name, slot);
    }
    assign(argument.name, take_row_call(interface_, end_, Direction::in, argument, slot, count));
    if (!argument.content[index(Direction::in)]) {
      return;
    }
    code_.open("");
    code_.line("ks_u64 ks_i;");
    code_.blank();
    emit_get_row(code_, interface_, end_, Direction::in, argument,
                 {argument.name, slot + ".place.ref", count, "0", "ks_home_copy(0, KS_SCRATCH)"},
                 is_driver() ? "" : "ks_apply");
    code_.close();
  }

  void get_elements(const Item& argument, const std::string& slot) {
    code_.open("");
    code_.line("{} *{}ks_elements;", argument.c_type, argument.shape == Shape::pointers ? "*" : "");
    code_.line("ks_u64 ks_count;");
    code_.blank();
    if (argument.value[index(Direction::in)]) {
      emit_get_elements(code_, interface_, end_, Direction::in, argument,
                        {argument.name, slot, "ks_home_copy(1, KS_SCRATCH)", "1",
                         "ks_scratch(ks_message, ks_bytes)"});
      emit_check_end(code_, end_, argument);
    } else {
      code_.line("ks_count = ks_take_count(ks_message, {}, sizeof({}));", slot,
                 element_slot(interface_, argument, Direction::out));
      code_.line(
          "ks_elements = {} ? ks_scratch(ks_message, ks_count * sizeof(*ks_elements)) : NULL;",
          is_driver() ? slot : "ks_apply && " + slot);
    }
    assign(argument.name, "ks_elements");
    if (needs_count(argument)) {
      assign("ks_count_" + argument.name, "ks_count");
    }
    code_.close();
  }

  // Only a lock that it holds is the driver's to release, and a reference of its own to drop.
  void emit_end() {
    const Undo& undo = interface_.undos[crossing_.ends.undo];
    if (undo.counted) {
      emit_drop(undo);
      return;
    }
    std::string let_go = fmt::format("ks_let_go(ks_end, KS_UNDO_{}, {})", undo.function,
                                     words_of(crossing_, crossing_.ends));
    if (!undo.lock) {
      code_.line("{};", let_go);
      return;
    }
    code_.line("if (!{})", let_go);
    code_.then("return ks_message_bad(ks_message, \"{} of what is not held\");", crossing_.name);
  }

  void emit_drop(const Undo& undo) {
    std::string object = held_object(crossing_, crossing_.ends);
    code_.line("if ({} && !ks_reference_drop(ks_end, KS_UNDO_{}, ks_ref_{}, {}))", object,
               undo.function, object, words_of(crossing_, crossing_.ends));
    code_.then("return ks_message_bad(ks_message, \"{} of what is not held\");", crossing_.name);
  }

  // One thread gives an object back, once. What the kernel says it gives, it gives.
  void emit_ending(const Item& argument, bool held) {
    std::string ending = fmt::format("ks_ref_ending(ks_end, ks_ref_{})", argument.name);
    if (is_driver()) {
      code_.line("{};", ending);
      return;
    }
    code_.open("if (!{})", ending);
    if (held) {
      code_.line("ks_let_go(ks_end, KS_UNDO_{}, {});", name_of(crossing_.undo),
                 words_of(crossing_, crossing_.undo));
    }
    code_.line("return ks_message_bad(ks_message, \"{} of {} is being given back\");",
               argument.name, crossing_.name);
    code_.close();
  }

  void call() {
    std::vector<std::string> names;
    for (const Item* argument : c_arguments(crossing_.arguments)) {
      names.push_back(argument->format ? fmt::format("{} ? \"%s\" : NULL", argument->name)
                                       : passed(*argument));
    }
    // What the format says, which the caller has made a text of.
    for (const Item& argument : crossing_.arguments) {
      if (argument.format) {
        names.push_back(argument.name);
      }
    }
    if (!is_driver() && crossing_.ends.undo != no_row) {
      emit_end();
    }
    // A reference that is not taken yet may not be dropped by another thread.
    bool before = is_held() && !is_result_held() && !is_taken();
    if (before) {
      std::string object = held_object(crossing_, crossing_.undo);
      code_.line("if (!{})", hold_call(object.empty() ? "0" : "ks_ref_" + object));
      code_.then("return ks_message->error;");
    }
    for (const Item& argument : crossing_.arguments) {
      if (is_given_back(argument, end_)) {
        emit_ending(argument, before);
      }
      if (is_at_risk(crossing_, argument, end_)) {
        code_.line("ks_ref_at_risk(ks_end, ks_ref_{});", argument.name);
      }
    }
    std::string target = "ks_target_" + crossing_.name;
    if (crossing_.is_operation()) {
      target = fmt::format("((ks_operation_{} *)(void *){})", crossing_.name, names.front());
      names.erase(names.begin());
    }
    code_.line("{}{}({});", has_result() ? "ks_result = " : "", target, fmt::join(names, ", "));
    if (before && !crossing_.done.empty()) {
      code_.line("if ({})", negation_of(crossing_.done));
      code_.then("ks_let_go(ks_end, KS_UNDO_{}, {});", name_of(crossing_.undo),
                 words_of(crossing_, crossing_.undo));
    } else if (is_held() && !before && held_object(crossing_, crossing_.undo) != "result") {
      std::string object = is_taken() ? held_object(crossing_, crossing_.undo) : "";
      code_.line("if ({}!{})",
                 crossing_.done.empty() ? "" : fmt::format("({}) && ", crossing_.done),
                 hold_call(object.empty() ? "0" : "ks_ref_" + object));
      code_.then("ks_undo_{}({});", name_of(crossing_.undo), words_of(crossing_, crossing_.undo));
    }
  }

  void put_reply() {
    for (const Item& argument : crossing_.arguments) {
      if (is_given_back(argument, end_)) {
        code_.line("ks_ref_drop(ks_end, ks_ref_{});", argument.name);
      }
      if (is_at_risk(crossing_, argument, end_)) {
        code_.line("ks_ref_after_risk(ks_end, ks_ref_{}, {});", argument.name,
                   argument.freed.empty() ? "true" : argument.freed);
      }
    }
    code_.line("ks_message_reset(ks_message);");
    if (reply_ || has_classes() || carries_values(interface_, crossing_, Direction::out) ||
        std::ranges::any_of(crossing_.arguments, [&](const Item& argument) {
          return needs_count(argument) || argument.content[index(Direction::out)];
        })) {
      code_.line("ks_collect(ks_end, ks_message);");
    }
    if (has_classes()) {
      code_.line("ks_stack_left(ks_end, __builtin_frame_address(0));");
      code_.line("ks_made = ks_objects_made(ks_end);");
    }
    if (carries_values(interface_, crossing_, Direction::out)) {
      code_.line("ks_put_values(ks_end, ks_message);");
    }
    if (reply_) {
      code_.line("ks_reply = ks_message_reserve(ks_message, sizeof(*ks_reply));");
      code_.line("if (!ks_reply)");
      code_.then("return ks_message->error;");
    }
    Code arguments;
    arguments.indent(is_driver() ? 1 : 2);
    std::swap(code_, arguments);
    for (const Item& argument : crossing_.arguments) {
      put_argument(argument);
    }
    // How much there is others say, which have come by then.
    for (const Item& argument : crossing_.arguments) {
      if (argument.shape == Shape::place) {
        put_place(argument);
      }
    }
    std::swap(code_, arguments);
    append_looking(arguments.text());
    put_result();
    if (has_classes()) {
      Code classes;
      classes.indent(is_driver() ? 1 : 2);
      classes.line("{}", put_classes_call(interface_, crossing_, Direction::out, end_));
      append_looking(classes.text());
    }
    code_.line("return ks_message->error;");
  }

  // What reads objects of the kernel's, which are not freed meanwhile.
  void append_looking(const std::string& text) {
    if (is_driver() || text.empty()) {
      code_.append(text);
      return;
    }
    code_.open("");
    code_.line("KS_LOOK(true);");
    code_.blank();
    code_.append(text);
    code_.close();
  }

  void put_argument(const Item& argument) {
    bool content = argument.content[index(Direction::out)];
    bool out = argument.value[index(Direction::out)];
    switch (argument.shape) {
    case Shape::object:
      if (replies_with_content(argument) || is_watched(argument)) {
        put_object(argument);
      }
      break;
    case Shape::copy:
      if (content) {
        put_copy(argument);
      }
      break;
    case Shape::buffer:
      if (out) {
        code_.line("if ({})", argument.name);
        code_.then("ks_put_raw(ks_message, {}, ks_count_{} * sizeof({}));", argument.name,
                   argument.name, argument.c_type);
      }
      break;
    case Shape::structs:
    case Shape::pointers:
      if (out || content) {
        put_elements(argument);
      }
      break;
    case Shape::row:
      if (replies_with_content(argument)) {
        put_row(argument);
      }
      break;
    case Shape::embedded: // what lies behind its pointers
      emit_put_value(code_, interface_, argument, Direction::out, "KS_SCRATCH",
                     "ks_reply->" + argument.name, argument.name);
      break;
    case Shape::strings:
      if (is_string_place(argument)) {
        code_.line("ks_reply->{0} = {0} ? ks_put_string(ks_message, *{0}) : 0;", argument.name);
      }
      break;
    case Shape::nothing:
    case Shape::unused:
    case Shape::scalar:
    case Shape::bits:
    case Shape::numbers:
    case Shape::flexible:
    case Shape::inside:
    case Shape::string:
    case Shape::functions:
    case Shape::place:
    case Shape::function:
    case Shape::handle:
    case Shape::percpu:
    case Shape::cookie:
    case Shape::tail: break;
    }
  }

  // Only if a nested crossing has not ended the object.
  void put_object(const Item& argument) {
    code_.open("if ({} && ks_ref_known(ks_end, ks_ref_{}))", argument.name, argument.name);
    if (replies_with_content(argument)) {
      code_.line("struct ks_home ks_home = ks_home_object(0, ks_ref_{}, {}, {}, {});",
                 argument.name, type_number(interface_, argument.type), argument.name, is_driver());
      code_.blank();
    }
    if (is_watched(argument)) {
      code_.line("ks_watch_{}(ks_ref_{}, {});", tag_of(argument.c_type), argument.name,
                 argument.name);
    }
    if (replies_with_content(argument)) {
      code_.line("ks_reply->ks_has_{} = 1;", argument.name);
      code_.line("{}", put_call(interface_, argument, Direction::out, "&ks_home", argument.name,
                                twin_of(interface_, argument, argument.name)));
    }
    code_.close();
  }

  // Only if a nested crossing has not ended the object they lie in.
  void put_row(const Item& argument) {
    std::string ref = "ks_ref_" + argument.name;
    code_.open("if ({} && ks_row_known(ks_end, {}))", argument.name, ref);
    code_.line("ks_u64 ks_i;");
    code_.blank();
    code_.line("ks_reply->ks_has_{} = 1;", argument.name);
    emit_put_row(
        code_, interface_, end_, Direction::out, argument,
        {argument.name, ref, "ks_count_" + argument.name, "0", "ks_home_copy(0, KS_SCRATCH)"});
    code_.close();
  }

  void put_place(const Item& argument) {
    const Item& led = argument.led[0];
    const std::string value = fmt::format("(*{})", argument.name);
    const std::string slot = "ks_reply->" + argument.name;
    code_.open("if ({0} && (void *)*{0} != (void *){0})", argument.name);
    code_.line("ks_reply->ks_has_{} = 1;", argument.name);
    if (led.shape == Shape::handle) {
      code_.line("{} = {};", slot, put_memory_call(interface_, end_, led, value));
      code_.close();
      return;
    }
    code_.line("ks_reply->ks_at_{} = (ks_u64)(size_t){};", argument.name, value);
    const std::string count = count_passed(led, value, end_);
    if (led.shape == Shape::strings) {
      code_.line("if {}", value);
      code_.then("{} = ks_put_strings(ks_message, {}, {});", slot, value, count);
    } else if (led.shape == Shape::functions) {
      code_.line("if {}", value);
      code_.then("{} = ks_put_functions(ks_end, ks_message, (const void *){}, {}, &{});", slot,
                 value, count, signature_name(interface_, led.signature));
    } else {
      Item counted = led;
      counted.size_kind = IdlSize::expression;
      counted.count = count;
      emit_put_elements(code_, interface_, end_, Direction::out, counted,
                        {value, slot, "ks_home_copy(1, KS_SCRATCH)", "1", {}});
    }
    code_.close();
  }

  void put_copy(const Item& argument) {
    code_.open("if ({})", argument.name);
    code_.line("struct ks_home ks_home = ks_home_copy(0, KS_SCRATCH);");
    code_.blank();
    code_.line("{}",
               put_call(interface_, argument, Direction::out, "&ks_home", argument.name, "NULL"));
    code_.close();
  }

  void put_elements(const Item& argument) {
    // As many as came in, whatever the arguments say by now.
    Item counted = argument;
    counted.size_kind = IdlSize::expression;
    counted.count = "ks_count_" + argument.name;
    emit_put_elements(code_, interface_, end_, Direction::out, counted,
                      {argument.name, {}, "ks_home_copy(1, KS_SCRATCH)", "1", {}});
  }

  void put_result() {
    const Item& result = crossing_.result;
    switch (result.shape) {
    case Shape::scalar: code_.line("ks_reply->ks_result = ks_result;"); break;
    case Shape::cookie:
      code_.line("ks_reply->ks_result = {};", put_cookie_call(end_, crossing_.result, "ks_result"));
      break;
    case Shape::percpu:
      code_.line("ks_reply->ks_result = {};", put_percpu_call(interface_, result, "ks_result"));
      break;
    case Shape::function:
      code_.line("ks_reply->ks_result = ks_function_number(ks_end, ks_message, ks_result, &{});",
                 signature_name(interface_, result.signature));
      break;
    case Shape::string:
      code_.line("ks_reply->ks_result = ks_put_string(ks_message, ks_result);");
      break;
    case Shape::object:
    case Shape::handle: put_object_result(); break;
    case Shape::embedded:
      emit_put_value(code_, interface_, result, Direction::out, "KS_OWN", "ks_reply->ks_result",
                     "ks_result");
      break;
    case Shape::nothing:
    case Shape::unused:
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
    case Shape::tail: break;
    }
  }

  void put_object_result() {
    const Item& result = crossing_.result;
    std::string type = type_number(interface_, result.type);
    bool fresh = result.arrival[index(Direction::out)] == Arrival::alloc;
    code_.line("ks_reply->ks_error = ks_error_of(ks_result);");
    code_.open("if (ks_result && !ks_reply->ks_error)");
    if (result.content[index(Direction::out)]) {
      code_.line("struct ks_home ks_home;");
      code_.blank();
    }
    // One that is smaller than it must be is not known to the driver at any time.
    if (!result.extra.empty()) {
      code_.line("ks_reply->ks_size_ks_result = ks_put_extra(ks_message, (ks_u64)({}));",
                 result.extra);
      code_.line("if (ks_message->error)");
      code_.then("return ks_message->error;");
    }
    if (!result.bytes.empty()) {
      code_.line("ks_reply->ks_result = {};",
                 put_memory_call(interface_, end_, result, "ks_result"));
    } else {
      code_.line("ks_reply->ks_result = ks_object_place{}(ks_end, ks_message, ks_result, {});",
                 fresh ? "_fresh" : "", type);
    }
    if (held_object(crossing_, crossing_.undo) == "result" && is_gift()) {
      code_.line("{};", hold_call("ks_reply->ks_result.ref"));
    } else if (held_object(crossing_, crossing_.undo) == "result" && is_held()) {
      code_.open("if (ks_message->error || !{})", hold_call("ks_reply->ks_result.ref"));
      code_.line("ks_undo_{}({});", name_of(crossing_.undo), words_of(crossing_, crossing_.undo));
      code_.line("return ks_message->error;");
      code_.close();
    }
    if (result.entrusted && !is_driver()) {
      code_.line("ks_object_entrust(ks_end, ks_reply->ks_result.ref);");
    }
    if (!result.extra.empty()) {
      if (!is_driver()) {
        code_.line("ks_object_extend(ks_end, &ks_reply->ks_result, ks_reply->ks_size_ks_result);");
      }
    }
    if (!is_driver() && result.shape == Shape::object && has_last_use(interface_, result.c_type)) {
      code_.line("ks_watch_{}(ks_reply->ks_result.ref, ks_result);", tag_of(result.c_type));
    }
    if (result.content[index(Direction::out)]) {
      code_.line("ks_home = ks_home_object(0, ks_reply->ks_result.ref, {}, ks_result, {});", type,
                 is_driver());
      code_.line("{}", put_call(interface_, result, Direction::out, "&ks_home", "ks_result",
                                twin_of(interface_, result, "ks_result")));
    }
    code_.close();
  }
};

} // namespace

void emit_callee(Code& code, const Interface& interface, End end, const Crossing& crossing) {
  Callee(code, interface, end, crossing).emit();
}

} // namespace ks::idlc

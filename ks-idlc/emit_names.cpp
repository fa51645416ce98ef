// SPDX-License-Identifier: MIT
// The names and C fragments that the emitters agree on.

#include "ks-idlc/emit_fields.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace ks::idlc {
namespace {

// Wider slots first, so that there is little padding.
int slot_rank(const std::string& slot) {
  if (slot.starts_with("struct ks_wire_") || slot.starts_with("struct ks_place ") ||
      slot.starts_with("struct ks_row ") || slot.starts_with("ks_u64 ")) {
    return 0;
  }
  return slot.starts_with("ks_u32 ") ? 2 : slot.starts_with("ks_u8 ") ? 3 : 1;
}

std::string slot_type(const Interface& interface, const Item& item, Direction d, Place place,
                      const std::string& structure) {
  switch (item.shape) {
  case Shape::nothing:
  case Shape::unused: return {};
  case Shape::scalar:
  case Shape::numbers:
    return place == Place::field ? fmt::format("KS_FIELD({}, {})", structure, item.name)
                                 : item.c_type;
  case Shape::bits: return "ks_u64";
  case Shape::embedded: return "struct " + wire_of(interface, item.projection, d);
  case Shape::object:
  case Shape::cookie:
  case Shape::handle: return "struct ks_place";
  case Shape::row: return "struct ks_row";
  case Shape::buffer: return item.kept ? "struct ks_row" : "ks_u32";
  case Shape::percpu:
  case Shape::place:
  case Shape::copy: return "ks_u8";
  case Shape::inside:
  case Shape::string:
  case Shape::structs:
  case Shape::pointers:
  case Shape::strings:
  case Shape::functions:
  case Shape::function:
  case Shape::flexible:
  case Shape::tail: return "ks_u32";
  }
  return {};
}

std::string slot_name(const Item& item, Place place) {
  return place == Place::result ? "ks_result" : item.shape == Shape::tail ? "ks_tail" : item.slot;
}

} // namespace

std::string_view word(Direction d) { return d == Direction::in ? "in" : "out"; }

std::string type_number(const Interface& interface, u32 type) {
  return "KS_TYPE_" + tag_of(interface.types[type].name);
}

std::string wire_of(const Interface& interface, u32 projection, Direction d) {
  return fmt::format("ks_wire_{}_{}", interface.projections[projection].name, word(d));
}

std::string put_name(const Interface& interface, u32 projection, Direction d) {
  return fmt::format("ks_put_{}_{}", interface.projections[projection].name, word(d));
}

std::string get_name(const Interface& interface, u32 projection, Direction d) {
  return fmt::format("ks_get_{}_{}", interface.projections[projection].name, word(d));
}

std::string c_type_of(const Item& item) {
  switch (item.shape) {
  case Shape::nothing: return "void";
  case Shape::unused:
  case Shape::scalar:
  case Shape::bits:
  case Shape::numbers:
  case Shape::flexible:
  case Shape::embedded: return item.c_type;
  case Shape::object:
  case Shape::copy:
  case Shape::inside:
  case Shape::structs:
  case Shape::row:
  case Shape::handle:
  case Shape::percpu:
  case Shape::buffer: return item.c_type + " *";
  case Shape::pointers:
  case Shape::strings: return item.c_type + " **";
  case Shape::place: return c_type_of(item.led[0]) + "*";
  case Shape::string: return "char *";
  case Shape::function: return "ks_code";
  case Shape::functions: return "ks_code *";
  case Shape::cookie: return "void *";
  case Shape::tail: return {};
  }
  return {};
}

std::string declare(std::string_view c_type, std::string_view name) {
  return fmt::format("{}{}{}", c_type, c_type.ends_with('*') ? "" : " ", name);
}

std::string elements_of(const Global& variable, const std::string& name) {
  return variable.by_value && variable.size != 0 ? fmt::format("{}[{}]", name, variable.size)
                                                 : name;
}

bool is_variadic(const Crossing& crossing) {
  return crossing.variable != 0 || std::ranges::any_of(crossing.arguments, &Item::format);
}

std::span<const Item> named_arguments(const Crossing& crossing) {
  return std::span(crossing.arguments).first(crossing.arguments.size() - crossing.variable);
}

std::span<const Item> variable_arguments(const Crossing& crossing) {
  return std::span(crossing.arguments).last(crossing.variable);
}

const std::string& spoken_name(const Item& item) { return item.of.empty() ? item.name : item.of; }

std::string c_type_of_argument(const Crossing& crossing, const Item& argument) {
  if (argument.of.empty()) {
    return c_type_of(argument);
  }
  bool is_number = false;
  for (const Item& one : crossing.arguments) {
    if (one.of == argument.of && one.shape == Shape::scalar) {
      return c_type_of(one);
    }
    is_number |= one.of == argument.of && one.number;
  }
  return is_number ? "unsigned long" : "void *";
}

std::vector<const Item*> c_arguments(std::span<const Item> items) {
  std::vector<const Item*> arguments;
  for (const Item& item : items) {
    if (item.of.empty() || arguments.empty() || arguments.back()->of != item.of) {
      arguments.push_back(&item);
    }
  }
  return arguments;
}

std::string prototype_of(const Crossing& crossing, std::string_view name) {
  std::vector<std::string> arguments;
  for (const Item* argument : c_arguments(named_arguments(crossing))) {
    arguments.push_back(declare(c_type_of_argument(crossing, *argument), spoken_name(*argument)));
  }
  if (is_variadic(crossing)) {
    arguments.emplace_back("...");
  }
  std::string list = arguments.empty() ? "void" : fmt::format("{}", fmt::join(arguments, ", "));
  return fmt::format("{}({})", declare(c_type_of(crossing.result), name), list);
}

std::string prototype_of_operation(const Crossing& crossing, std::string_view name) {
  Crossing called = crossing;
  called.arguments.erase(called.arguments.begin());
  return prototype_of(called, name);
}

std::string caller_name(const Crossing& crossing) {
  return (crossing.kind == IdlRpcKind::rpc ? "ks_import_"
          : crossing.is_operation()        ? "ks_call_"
                                           : "ks_stub_") +
         crossing.name;
}

std::string signature_name(const Interface& interface, u32 signature) {
  return "ks_signature_" + interface.signatures[signature].name;
}

std::string target_label(const Crossing& crossing) {
  return crossing.is_init ? "ks_driver_init" : crossing.is_exit ? "ks_driver_exit" : crossing.name;
}

bool replies_with_content(const Item& argument) {
  return (argument.shape == Shape::object || argument.shape == Shape::row) &&
         argument.content[index(Direction::out)] && !argument.dealloc;
}

bool is_called(const Interface& interface, const Crossing& crossing) {
  return crossing.kind != IdlRpcKind::rpc_ptr || crossing.is_init || crossing.is_exit ||
         std::ranges::any_of(interface.functions, [&](const Function& function) {
           return function.name == crossing.name;
         });
}

bool is_given_back(const Item& argument, End end) {
  bool is_reference = argument.shape == Shape::object || argument.shape == Shape::handle;
  return argument.dealloc && is_reference && end == End::kernel;
}

bool is_at_risk(const Crossing& crossing, const Item& argument, End end) {
  bool is_reference = argument.shape == Shape::object || argument.shape == Shape::handle;
  return argument.may_dealloc && is_reference && end == End::kernel &&
         crossing.kind == IdlRpcKind::rpc;
}

void add_slots(const Interface& interface, const Item& item, Direction d, Place place,
               const std::string& structure, std::vector<std::string>& slots) {
  bool crosses = item.value[index(d)] || item.content[index(d)];
  bool may_be_empty = place == Place::field || item.shape == Shape::embedded;
  if (item.shape == Shape::unused || item.shape == Shape::nothing || (may_be_empty && !crosses)) {
    return;
  }
  if (place == Place::argument && d == Direction::out) {
    if (replies_with_content(item)) {
      slots.push_back("ks_u8 ks_has_" + item.name);
    } else if (item.shape == Shape::embedded || is_string_place(item)) { // what lies behind it
      slots.push_back(slot_type(interface, item, d, place, structure) + " " + item.name);
    } else if (item.shape == Shape::place) {
      slots.push_back("ks_u8 ks_has_" + item.name);
      slots.push_back(slot_type(interface, item.led[0], d, place, structure) + " " + item.name);
      if (item.led[0].keeps_table) {
        slots.push_back("ks_u64 ks_at_" + item.name);
      }
    }
    return;
  }
  std::string name = slot_name(item, place);
  std::string count = item.repeat != 0 ? fmt::format("[{}]", item.repeat) : "";
  slots.push_back(slot_type(interface, item, d, place, structure) + " " + name + count);
  if (item.keeps_table) {
    slots.push_back("ks_u64 ks_at_" + name);
  }
  if (!item.extra.empty()) {
    slots.push_back("ks_u32 ks_size_" + identifier_of(name));
  }
  if (says_whole(item) && place != Place::result) {
    slots.push_back("ks_u32 " + whole_slot(item) + count);
  }
  if (item.merging == Merging::bits) {
    slots.push_back(slot_type(interface, item, d, place, structure) + " ks_clear_" + name);
  }
  if (place == Place::result && (item.shape == Shape::object || item.shape == Shape::handle)) {
    slots.emplace_back("ks_u32 ks_error");
  }
}

bool says_whole(const Item& item) {
  return !item.wholes.empty() && (item.shape == Shape::object || item.shape == Shape::handle);
}

std::string whole_slot(const Item& item) {
  return "ks_whole_" + identifier_of(item.slot.substr(0, item.slot.find('[')));
}

std::string whole_row(const Interface& interface, const Whole& whole) {
  return fmt::format("{{ {}, {}, {}, {}, {} }}",
                     whole.holder == no_row ? "KS_BLOCK" : type_number(interface, whole.holder),
                     type_number(interface, whole.type), whole.holder_offset, whole.offset,
                     whole.local);
}

std::string chosen_slot(std::string_view wire, const Item& field) {
  return fmt::format("{}{}{}", wire, whole_slot(field), field.is_element ? "[ks_n]" : "");
}

std::string wholes_name(std::string_view function, const Item& field) {
  return fmt::format("ks_wholes_{}__{}", function,
                     identifier_of(field.slot.substr(0, field.slot.find('['))));
}

void emit_wholes(Code& code, const Interface& interface, std::string_view function,
                 const Item& field) {
  code.open("static const struct ks_whole {}[] =", wholes_name(function, field));
  for (const Whole& whole : field.wholes) {
    code.line("{},", whole_row(interface, whole));
  }
  code.close("};");
  code.blank();
}

std::string table_number(const Crossing& crossing, size_t argument) {
  return fmt::format("KS_CROSSING_{} << 8 | {}", crossing.name, argument);
}

bool is_string_place(const Item& argument) {
  return argument.shape == Shape::strings && argument.value[index(Direction::out)];
}

std::vector<std::string> slots_of(const Interface& interface, const Crossing& crossing,
                                  Direction d) {
  std::vector<std::string> slots;
  for (const Item& argument : crossing.arguments) {
    add_slots(interface, argument, d, Place::argument, {}, slots);
  }
  if (d == Direction::out) {
    add_slots(interface, crossing.result, d, Place::result, {}, slots);
  }
  std::ranges::stable_sort(slots, {}, slot_rank);
  return slots;
}

bool carries_values(const Interface& interface, const Crossing& crossing, Direction d) {
  bool to_driver = (crossing.callee() == End::driver) == (d == Direction::in);
  return to_driver ? interface.has_values() : interface.has_written_values();
}

std::string start_of(const Item& item) {
  return item.start.empty() ? "" : fmt::format("(ks_u64)({})", item.start);
}

namespace {

bool is_bounded_by_block(const Item& item, End end) {
  return end == End::kernel && item.size_kind == IdlSize::number && item.count != "1";
}

} // namespace

bool is_uncertain(const Item& item, End end) {
  return item.shape == Shape::buffer && is_bounded_by_block(item, end);
}

std::string count_passed(const Item& item, std::string_view value, End end) {
  const bool is_several = item.shape == Shape::structs || item.shape == Shape::row ||
                          item.shape == Shape::pointers || item.shape == Shape::strings ||
                          item.shape == Shape::functions;
  return is_several && is_bounded_by_block(item, end)
             ? fmt::format("ks_count_there(ks_end, {0}, {1}, sizeof(*{0}))", value,
                           count_of(item, value))
             : count_of(item, value);
}

std::string count_of(const Item& item, std::string_view value) {
  if (item.size_kind == IdlSize::null_terminated) {
    return fmt::format("ks_count_null({0}, sizeof(*{0}))", value);
  }
  if (item.size_kind == IdlSize::extent) {
    if (is_table(item.shape)) {
      return fmt::format("ks_count_pointers(ks_end, {}, {})", value, std::max<u64>(item.least, 1));
    }
    if (item.shape == Shape::buffer && item.c_type == "char") {
      return fmt::format("ks_count_text(ks_end, {})", value);
    }
    // What a pointer to scalars is declared to lead to may be rows of them.
    return item.shape == Shape::buffer
               ? fmt::format("ks_count_known(ks_end, {}, sizeof({}))", value, item.c_type)
               : fmt::format("ks_count_structs(ks_end, {0}, sizeof(*{0}), {1})", value,
                             std::max<u64>(item.least, 1));
  }
  return fmt::format("(ks_u64)({})", item.count);
}

std::string size_of(const Interface& interface, const Item& item, Direction d,
                    std::string_view extra_slot) {
  const Projection& projection = interface.projections[item.projection];
  std::string size = item.shape == Shape::object ? "0" : fmt::format("sizeof({})", item.c_type);
  std::string plain = fmt::format("sizeof({})", item.c_type);
  if (!item.extra.empty()) {
    size = fmt::format("{} + ks_take_extra(ks_message, {})", plain, extra_slot);
  }
  if (const Item* flexible = projection.flexible(d);
      flexible && item.content[index(d)] && item.shape != Shape::object) {
    size +=
        fmt::format(" + ks_take_flexible(ks_message, ks_content ? ks_content->{} : 0, sizeof({}))",
                    flexible->name, flexible->c_type);
  }
  if (projection.has_tail(d) && item.content[index(d)]) {
    size = fmt::format("{} + ks_take_extra(ks_message, ks_content ? ks_content->ks_tail : 0)",
                       size == "0" ? plain : size);
  }
  return size;
}

namespace {

// Where the element lives that is called so.
void emit_row_home(Code& code, const Interface& interface, End end, const Item& item,
                   const RowNames& names, std::string_view element) {
  code.line("struct ks_home ks_inner = {} ? ks_home_object({}, {}, {}, {}, {}) : {};", names.ref,
            names.depth, names.ref, type_number(interface, item.type), element, end == End::driver,
            names.copied);
  code.blank();
  code.line("if (!{})", names.ref);
  code.then("ks_inner.base += (ks_u32)ks_i << 4;");
}

} // namespace

void emit_put_row(Code& code, const Interface& interface, End end, Direction d, const Item& item,
                  const RowNames& names) {
  std::string element = fmt::format("&{}[ks_i]", names.value);
  code.open("for (ks_i = 0; ks_i < {} && !ks_message->error; ks_i++)", names.count);
  emit_row_home(code, interface, end, item, names, element);
  code.line("{}",
            put_call(interface, item, d, "&ks_inner", element,
                     fmt::format("{} ? {} : NULL", names.ref, twin_of(interface, item, element))));
  code.close();
}

void emit_get_row(Code& code, const Interface& interface, End end, Direction d, const Item& item,
                  const RowNames& names, std::string_view apply) {
  code.open("for (ks_i = 0; ks_i < {} && !ks_message->error; ks_i++)", names.count);
  code.line("const struct {} *ks_content = ks_message_take(ks_message, sizeof(*ks_content));",
            wire_of(interface, item.projection, d));
  code.line("{} *ks_element = {} ? &{}[ks_i] : NULL;", item.c_type,
            apply.empty() ? names.value : fmt::format("{} && {}", apply, names.value), names.value);
  emit_row_home(code, interface, end, item, names, "ks_element");
  code.line("{}", get_call(interface, item, d, end, "&ks_inner", "ks_element",
                           fmt::format("{} ? {} : NULL", names.ref,
                                       twin_of(interface, item, "ks_element")),
                           apply));
  code.close();
}

std::string take_row_call(const Interface& interface, End end, Direction d, const Item& item,
                          std::string_view slot, std::string_view count) {
  return fmt::format("ks_take_row(ks_end, ks_message, &{}, {}, sizeof({}), &{}, {}, {})", slot,
                     type_number(interface, item.type), item.c_type, count, may_make(item, d, end),
                     end == End::driver ? "true" : "ks_apply");
}

std::string twin_of(const Interface& interface, const Item& item, std::string_view object) {
  u32 type = interface.projections[item.projection].type;
  return fmt::format("ks_object_twin(ks_end, {}, {})", object, type_number(interface, type));
}

std::string put_call(const Interface& interface, const Item& item, Direction d,
                     std::string_view home, std::string_view object, std::string_view twin) {
  return fmt::format(
      "{}(ks_end, ks_message, {}, ks_message_reserve(ks_message, sizeof(struct {})), "
      "({} *){}, {});",
      put_name(interface, item.projection, d), home, wire_of(interface, item.projection, d),
      item.c_type, object, twin);
}

std::string get_call(const Interface& interface, const Item& item, Direction d, End end,
                     std::string_view home, std::string_view object, std::string_view twin,
                     std::string_view apply) {
  return fmt::format("{}(ks_end, ks_message, {}, ks_content, {}, {}{});",
                     get_name(interface, item.projection, d), home, object, twin,
                     end == End::driver ? "" : fmt::format(", {}", apply));
}

namespace {

void emit_with_home(Code& code, std::string_view keep, const std::string& call) {
  code.open("");
  code.line("struct ks_home ks_home = ks_home_copy(0, {});", keep);
  code.blank();
  code.line("{}", call);
  code.close();
}

} // namespace

void emit_put_value(Code& code, const Interface& interface, const Item& item, Direction d,
                    std::string_view keep, std::string_view slot, std::string_view object) {
  if (item.content[index(d)]) {
    emit_with_home(code, keep,
                   fmt::format("{}(ks_end, ks_message, &ks_home, &{}, &{}, NULL);",
                               put_name(interface, item.projection, d), slot, object));
  }
}

void emit_get_value(Code& code, const Interface& interface, const Item& item, Direction d, End end,
                    std::string_view keep, std::string_view slot, std::string_view object) {
  if (item.content[index(d)]) {
    std::string_view form =
        end == End::driver
            ? "{}(ks_end, ks_message, &ks_home, &{}, &{}, NULL);"
            : "{}(ks_end, ks_message, &ks_home, &{}, ks_apply ? &{} : NULL, NULL, ks_apply);";
    emit_with_home(
        code, keep,
        fmt::format(fmt::runtime(form), get_name(interface, item.projection, d), slot, object));
  }
}

bool is_only_named(const Item& item) {
  constexpr std::array<std::string_view, 24> integers{
      "__be16", "__be32", "__u16",         "__u32",        "__u64",         "__u8",
      "char",   "int",    "long",          "s16",          "s32",           "s64",
      "s8",     "short",  "size_t",        "ssize_t",      "u16",           "u32",
      "u64",    "u8",     "unsigned char", "unsigned int", "unsigned long", "unsigned short"};
  return std::ranges::find(integers, item.c_type) == integers.end();
}

std::string_view zero_of(const Item& item) {
  if (item.shape == Shape::embedded) {
    return "{ 0 }";
  }
  bool is_value = item.shape == Shape::scalar || item.shape == Shape::unused;
  if (!is_value || item.c_type.ends_with('*')) {
    return "NULL";
  }
  return is_only_named(item) ? "{ 0 }" : "0";
}

const LastUse* find_last_use(const Interface& interface, std::string_view structure,
                             std::string_view field) {
  for (const LastUse& use : interface.last_uses) {
    if (use.structure == structure && use.field == field) {
      return &use;
    }
  }
  return nullptr;
}

bool has_last_use(const Interface& interface, std::string_view structure) {
  return std::ranges::any_of(interface.last_uses,
                             [&](const LastUse& use) { return use.structure == structure; });
}

} // namespace ks::idlc

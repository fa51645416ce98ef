// SPDX-License-Identifier: MIT
// The functions that get a projection out of a message. The kernel's end runs them twice:
// the first time nothing is written and self is NULL. The driver's end keeps what has
// been changed there since the object's twin was last in step.

#include "ks-idlc/check_names.hpp"
#include "ks-idlc/emit_fields.hpp"
#include "ks-idlc/memory.hpp"

#include <algorithm>
#include <vector>

namespace ks::idlc {
namespace {

class GetField {
public:
  GetField(Code& code, const Interface& interface, End end, Direction d, u32 projection,
           const Item& item)
      : code_(code), interface_(interface), end_(end), d_(d), projection_(projection),
        owner_(interface.projections[projection]), item_(item), bit_(item.bit[index(d)]),
        value_(item.value[index(d)]), content_(item.content[index(d)]), self_("self->" + item.name),
        wire_("ks_wire->" + item.slot) {}

  // Of a member struct: whether one of its fields is in the message, or all are.
  static std::string brought_of(const Interface& interface, u32 row, Direction d,
                                const std::string& wire, bool whole) {
    const Projection& projection = interface.projections[row];
    std::string text;
    const auto add = [&](const std::string& more) {
      text += (text.empty() ? "" : whole ? " && " : " || ") + more;
    };
    for (const Item& field : projection.fields) {
      if (field.shape == Shape::embedded && field.content[index(d)] && field.repeat == 0) {
        add(brought_of(interface, field.projection, d, wire + "." + field.slot, whole));
      } else if (field.shape != Shape::embedded && field.value[index(d)]) {
        add(fmt::format("({}.ks_mask[{}] >> {} & 1)", wire, field.bit[index(d)] / 64,
                        field.bit[index(d)] % 64));
      }
    }
    return text.empty() ? (whole ? "true" : "false") : text;
  }

  void emit() {
    check_tag();
    if (item_.repeat == 0) {
      emit_one();
      return;
    }
    code_.open("");
    code_.line("ks_u32 ks_n;");
    code_.blank();
    code_.open("for (ks_n = 0; ks_n < {} && !ks_message->error; ks_n++)", item_.repeat);
    GetField(code_, interface_, end_, d_, projection_, element_of(item_)).emit_one();
    code_.close();
    code_.close();
  }

  void emit_one() {
    switch (item_.shape) {
    case Shape::nothing:
    case Shape::place:
    case Shape::unused: break;
    case Shape::scalar:
    case Shape::numbers:
      code_.line("{}{}", is_driver() ? "KS_MERGE" : "KS_TAKE", merging_of(item_, bit_));
      break;
    case Shape::flexible: get_flexible(); break;
    case Shape::bits: get_bits(); break;
    case Shape::function: get_function(); break;
    case Shape::handle: get_named(arrive("0")); break;
    case Shape::percpu:
      get_named(take_percpu_call(interface_, end_, item_, "ks_home->object", wire_));
      break;
    case Shape::cookie: get_cookie(); break;
    case Shape::embedded: get_embedded(); break;
    case Shape::object: get_object(); break;
    case Shape::copy: get_copy(); break;
    case Shape::inside: get_inside(); break;
    case Shape::string: get_string(); break;
    case Shape::buffer: get_buffer(); break;
    case Shape::strings: get_strings(); break;
    case Shape::functions: get_functions(); break;
    case Shape::structs:
    case Shape::pointers: get_elements(); break;
    case Shape::row: get_row(); break;
    case Shape::tail: get_tail(); break;
    }
  }

  // Of what has a tag: whether it was there before the message, and the bits that are.
  void emit_tagged() {
    if (item_.when.empty()) {
      return;
    }
    const std::string name = identifier_of(item_.slot);
    if (is_driver()) {
      if (has_memory()) {
        code_.line("const bool ks_was_{} = {};", name, item_.when);
      }
      return;
    }
    code_.line("const bool ks_was_{} = ks_apply && ({});", name, item_.when);
    code_.line("__typeof__({}) ks_bits_{} = {{ 0 }};", self_, name);
  }
  void save_tagged() {
    if (!is_driver() && !item_.when.empty()) {
      code_.line("if (ks_apply)");
      code_.then("KS_COPY(ks_bits_{}, {});", identifier_of(item_.slot), self_);
    }
  }

  // Whatever was wrong, what is there is what the tag says. Memory that a new pointer leads to stays: what
  // the old one led to is gone.
  void restore_tagged() {
    if (is_driver() || item_.when.empty()) {
      return;
    }
    const std::string name = identifier_of(item_.slot);
    code_.line("if (ks_apply && ks_message->error && ks_was_{}{})", name,
               has_memory() && item_.shape != Shape::embedded ? fmt::format(" && !({})", brought())
                                                              : "");
    code_.then("KS_COPY({}, ks_bits_{});", self_, name);
  }

  // What an own object has room for is worked out before the message can change it.
  void emit_room() {
    std::string condition = fmt::format("self && ks_home->keep == KS_OWN && KS_HAS({})", bit_);
    if (!item_.when.empty() && has_memory()) {
      condition += fmt::format(" && ks_was_{}", identifier_of(item_.slot));
    }
    switch (item_.shape) {
    case Shape::buffer: {
      const std::string room = fmt::format("ks_room({}{}, sizeof({}))",
                                           item_.start.empty() ? "" : start_of(item_) + " + ",
                                           count_of(item_, self_), item_.c_type);
      code_.line("const ks_u64 ks_room_{} = {} && {} ? {} : 0;", identifier_of(item_.slot),
                 condition, self_,
                 is_uncertain(item_, end_)
                     ? fmt::format("ks_bytes_there(ks_end, {}, {})", self_, room)
                     : room);
      break;
    }
    case Shape::structs:
    case Shape::row:
    case Shape::pointers:
      if (stays()) {
        break;
      }
      code_.line("const ks_u64 ks_room_{} = {} && {} ? ks_room({}, sizeof(*{})) : 0;",
                 identifier_of(item_.slot), condition, self_, count_of(item_, self_), self_);
      break;
    case Shape::tail:
      code_.line("const ks_u64 ks_room_tail = {} ? ks_room((ks_u64)({}), 1) : KS_EXTRA_MAX;",
                 condition, item_.count);
      break;
    case Shape::flexible:
      if (!item_.count.empty()) {
        code_.line("const ks_u64 ks_room_{} = {} ? {} : 0;", identifier_of(item_.slot), condition,
                   item_.filled ? room_of_array() : fmt::format("(ks_u64)({})", item_.count));
      }
      break;
    case Shape::inside:
      code_.line("const ks_u64 ks_offset_{} = {} ? (ks_u64)({}) : 0;", identifier_of(item_.slot),
                 condition, item_.offset);
      break;
    case Shape::nothing:
    case Shape::unused:
    case Shape::scalar:
    case Shape::bits:
    case Shape::numbers:
    case Shape::embedded:
    case Shape::object:
    case Shape::copy:
    case Shape::string:
    case Shape::strings:
    case Shape::functions:
    case Shape::place:
    case Shape::function:
    case Shape::handle:
    case Shape::percpu:
    case Shape::cookie: break;
    }
  }

private:
  std::string room_of_array() const {
    return fmt::format("ks_flexible_room(ks_end, self, {}, __builtin_offsetof({}, {}), sizeof({}))",
                       type_number(interface_, owner_.type), owner_.structure, item_.name,
                       item_.c_type);
  }

  Code& code_;
  const Interface& interface_;
  End end_;
  Direction d_;
  u32 projection_;
  const Projection& owner_;
  const Item item_;
  u32 bit_;
  bool value_, content_;
  std::string self_, wire_;

  bool is_driver() const { return end_ == End::driver; }

  // Whether any of it is in the message, and whether all of it is.
  std::string brought() const {
    if (item_.shape == Shape::embedded) {
      return brought_of(interface_, item_.projection, d_, wire_, false);
    }
    const bool two = item_.shape == Shape::object && value_ && content_;
    return two ? fmt::format("KS_HAS({}) || KS_HAS({})", bit_, bit_ + 1)
               : fmt::format("KS_HAS({})",
                             value_ || item_.shape != Shape::object ? bit_ : bit_ + 1);
  }
  std::string brought_whole() const {
    return item_.shape == Shape::embedded
               ? brought_of(interface_, item_.projection, d_, wire_, true)
               : fmt::format("KS_HAS({})", bit_);
  }

  // Whether it leads to memory that belongs to the object, or has what does.
  bool has_memory() const { return !is_fixed(item_.shape) && item_.shape != Shape::object; }

  // What was in the member is no memory of this one's.
  void clear_other() {
    if (!has_memory()) {
      return;
    }
    code_.open("if ({}!ks_was_{} && ({}) && ({}))", is_driver() ? "" : "ks_apply && ",
               identifier_of(item_.slot), brought(), item_.when);
    code_.line("__builtin_memset((void *)&{0}, 0, sizeof({0}));", self_);
    code_.line("if (ks_twin)");
    code_.then("__builtin_memset((void *)&ks_twin->{0}, 0, sizeof({1}));", item_.name, self_);
    code_.close();
  }

  // What comes is what the tag says, as it is from now on; and what the tag says anew has come.
  void check_tag() {
    if (item_.when.empty()) {
      return;
    }
    if (is_driver()) {
      clear_other();
      return;
    }
    code_.line("if (ks_apply && ({}) && !({}))", brought(), item_.when);
    code_.then("ks_message_bad(ks_message, \"{}.{} is not what its tag says\");",
               tag_of(owner_.structure), item_.name);
    if (value_ || item_.shape == Shape::embedded) {
      code_.line("if (ks_apply && !ks_was_{} && ({}) && !({}))", identifier_of(item_.slot),
                 item_.when, brought_whole());
      code_.then("ks_message_bad(ks_message, \"{}.{} did not come with its tag\");",
                 tag_of(owner_.structure), item_.name);
    }
    clear_other();
  }

  // Pointers that only lead to what crosses stay what they are.
  bool stays() const { return item_.shape == Shape::pointers && !value_; }
  std::string inner_home() const {
    return fmt::format("struct ks_home ks_inner = {};", home_inside(item_));
  }
  // Writes a value into the field if this end's rules allow it.
  void store(const std::string& value) { code_.line("{}", store_text(value)); }
  void open_has() { code_.open("if (KS_HAS({}))", bit_); }
  // What is only done when writing, and at the driver's end only if nothing was changed there.
  void line_if_written(const std::string& statement) {
    code_.line("if ({})", is_driver() ? fmt::format("KS_UNCHANGED({})", item_.name) : "ks_apply");
    code_.then("{}", statement);
  }
  std::string store_text(const std::string& value) const {
    return fmt::format("{}({}, {}{});", is_driver() ? "KS_MERGE_VALUE" : "KS_STORE", item_.name,
                       item_.number ? fmt::format("(__typeof__(self->{}))", item_.name) : "",
                       value);
  }

  void get_bits() {
    const char* sum = item_.merging == Merging::add ? "SUM_" : "";
    if (is_driver()) {
      code_.line("KS_MERGE_{}BITS({}, {});", sum, bit_, item_.name);
    } else {
      code_.line("KS_TAKE_{}BITS({}, {}, {});", sum, bit_, item_.name, item_.bits);
    }
  }

  void get_function() {
    open_has();
    code_.line("ks_code ks_function = ks_function_at(ks_end, ks_message, {}, &{});", wire_,
               signature_name(interface_, item_.signature));
    code_.blank();
    if (!is_driver() && find_last_use(interface_, owner_.structure, item_.name) != nullptr) {
      code_.line("if (ks_home->keep == KS_OWN)");
      code_.then("ks_function = ks_last_use_{}_{}({});", tag_of(owner_.structure),
                 identifier_of(item_.name), wire_);
    }
    store("(void *)ks_function");
    code_.close();
  }

  // What only names an object.
  // The object around what the slot refers to is known first.
  void take_whole(const std::string& has) {
    if (says_whole(item_)) {
      code_.line("if ({})", has);
      code_.then("{}", take_whole_call(interface_, end_, d_, item_, "ks_wire->",
                                       wholes_name(get_name(interface_, projection_, d_), item_)));
    }
  }

  void get_named(const std::string& object) {
    take_whole(fmt::format("KS_HAS({})", bit_));
    open_has();
    code_.line("void *ks_object = {};", object);
    code_.blank();
    store("ks_object");
    code_.close();
  }

  void get_cookie() {
    open_has();
    code_.line("void *ks_cookie = {};",
               take_cookie_call(end_, item_, tag_of(owner_.structure), wire_));
    code_.blank();
    store("ks_cookie");
    code_.close();
  }

  void get_embedded() {
    std::string last = fmt::format("ks_twin ? {} : NULL{}", embedded_at(item_, "ks_twin"),
                                   is_driver() ? "" : ", ks_apply");
    std::string object = is_driver() ? embedded_at(item_, "self")
                                     : fmt::format("self ? {} : NULL", embedded_at(item_, "self"));
    code_.open("");
    code_.line("{}", inner_home());
    code_.blank();
    code_.line("{}(ks_end, ks_message, &ks_inner, &{}, {}, {});",
               get_name(interface_, item_.projection, d_), wire_, object, last);
    code_.close();
  }

  // The object that the slot refers to.
  std::string arrive(const std::string& size) const {
    return arrive_call(interface_, end_, d_, item_, wire_, size);
  }

  void declare_content(const std::string& condition, const std::string& exists) {
    code_.line("const struct {} *ks_content = {} ? ks_take_content(ks_message, {}, "
               "sizeof(*ks_content)) : NULL;",
               wire_of(interface_, item_.projection, d_), condition, exists);
  }

  void get_object() {
    std::string both = value_ && content_ ? fmt::format("KS_HAS({}) || KS_HAS({})", bit_, bit_ + 1)
                                          : fmt::format("KS_HAS({})", value_ ? bit_ : bit_ + 1);
    take_whole(both);
    code_.open("if ({})", both);
    if (content_) {
      std::string has = fmt::format("KS_HAS({})", bit_ + 1);
      declare_content(item_.is_element ? fmt::format("{} && {}.ref", has, wire_) : has,
                      wire_ + ".ref");
    }
    code_.line(
        "{} *ks_object = {};", item_.c_type,
        arrive(size_of(interface_, item_, d_, "ks_wire->ks_size_" + identifier_of(item_.slot))));
    if (content_) {
      code_.line("struct ks_home ks_inner = ks_home_object(ks_home->depth + 1, {}.ref, {}, "
                 "ks_object, {});",
                 wire_, type_number(interface_, item_.type), is_driver());
    }
    code_.blank();
    if (!is_driver() && !item_.extra.empty()) {
      code_.line("if (ks_object && ks_wire->ks_size_{} != (ks_u64)({}))", identifier_of(item_.slot),
                 item_.extra);
      code_.then("ks_message_bad(ks_message, \"{}.{} has another size than it says\");",
                 tag_of(owner_.structure), item_.name);
    }
    if (value_ && content_) {
      code_.line("if (KS_HAS({}))", bit_);
      code_.then("{}", store_text("ks_object"));
    } else if (value_) {
      store("ks_object");
    }
    if (content_) {
      code_.line("{}", get_call(interface_, item_, d_, end_, "&ks_inner", "ks_object",
                                twin_of(interface_, item_, "ks_object")));
    }
    code_.close();
  }

  void get_copy() {
    open_has();
    if (content_) {
      declare_content(wire_, "true");
      code_.line("{}", inner_home());
    }
    code_.line("{} *ks_object = NULL;", item_.c_type);
    code_.blank();
    if (value_) {
      check_kept();
    }
    std::string applies = is_driver() ? wire_ : "ks_apply && " + wire_;
    code_.line("if ({})", applies);
    if (value_) {
      code_.then(
          "ks_object = ks_home_storage(ks_end, ks_message, ks_home, {}, {}, sizeof({}), {});",
          item_.ordinal, self_, item_.c_type, size_of(interface_, item_, d_, "0"));
      store("ks_object");
    } else {
      code_.then("ks_object = ({} *){};", item_.c_type, self_);
    }
    if (content_) {
      code_.line("{}", get_call(interface_, item_, d_, end_, "&ks_inner", "ks_object", "NULL"));
    }
    code_.close();
  }

  void get_inside() {
    code_.open("if (KS_HAS({}) && {})", bit_, wire_);
    if (content_) {
      declare_content("true", "true");
      code_.line("{}", inner_home());
    }
    if (is_driver()) {
      code_.line("ks_u64 ks_offset = ks_home->keep == KS_OWN ? ks_offset_{} : {} - 1;",
                 identifier_of(item_.slot), wire_);
    } else {
      code_.line("ks_u64 ks_offset = !ks_apply ? 0 : ks_home->keep == KS_OWN ? ks_offset_{} : "
                 "(ks_u64)({});",
                 identifier_of(item_.slot), item_.offset);
    }
    code_.line("char *ks_buffer = {}ks_home_buffer(ks_end, ks_message, ks_home, {}, {}, ks_offset, "
               "sizeof({})){};",
               is_driver() ? "" : "ks_apply ? ", item_.ordinal, self_, item_.c_type,
               is_driver() ? "" : " : NULL");
    code_.line("{} *ks_object = ks_buffer ? (void *)(ks_buffer + ks_offset) : NULL;", item_.c_type);
    code_.blank();
    code_.line("if (ks_home->keep != KS_OWN)");
    code_.then("{}", store_text("(void *)ks_buffer"));
    if (content_) {
      code_.line("{}", get_call(interface_, item_, d_, end_, "&ks_inner", "ks_object",
                                is_driver() ? fmt::format("ks_home_twin(ks_end, ks_message, "
                                                          "ks_home, {}, sizeof({}))",
                                                          item_.ordinal, item_.c_type)
                                            : "NULL"));
    } else {
      code_.line("(void)ks_object;");
    }
    code_.close();
    code_.open("if (KS_HAS({}) && !{})", bit_, wire_);
    check_kept();
    code_.line("{}", store_text("NULL"));
    code_.close();
  }

  // What belongs to an object of the kernel's cannot be taken away from it; what the driver gave it can.
  void check_kept() { check_null(wire_); }
  void check_null(const std::string& wire) {
    if (is_driver()) {
      return;
    }
    code_.line("if (ks_apply && !{0} && {1} && ks_home->keep == KS_OWN && "
               "!ks_object_is_drivers(ks_end, {1}))",
               wire, self_);
    code_.then("ks_message_bad(ks_message, \"{}.{} may not become NULL\");",
               tag_of(owner_.structure), item_.name);
  }

  void get_string() {
    open_has();
    code_.line("const char *ks_string = ks_take_string(ks_message, {});", wire_);
    code_.blank();
    check_kept();
    line_if_written(
        store_text(fmt::format("ks_keep_string(ks_end, ks_message, ks_home, {}, {}, ks_string)",
                               item_.is_element ? fmt::format("{} + ks_n", (item_.ordinal + 1) << 8)
                                                : std::to_string(item_.ordinal),
                               self_)));
    code_.close();
  }

  void get_buffer() {
    std::string wire = item_.kept ? wire_ + ".count" : wire_;
    std::string start = start_of(item_).empty() ? "0"
                        : is_driver()           ? start_of(item_)
                                                : fmt::format("ks_apply ? {} : 0", start_of(item_));
    open_has();
    code_.line("ks_u64 ks_count;");
    if (item_.kept) {
      code_.line("void *ks_bytes = ks_take_bytes(ks_end, ks_message, &{}, {}, {}, sizeof({}), "
                 "&ks_count, {}, {});",
                 wire_, type_number(interface_, item_.type), start, item_.c_type, item_.written,
                 is_driver() ? "true" : "ks_apply");
      code_.line("const void *ks_array = {}.place.ref ? NULL : {}(ks_message, "
                 "(ks_u32){}, sizeof({}), &ks_count);",
                 wire_, ends() ? "ks_take_null_array" : "ks_take_array", wire, item_.c_type);
    } else {
      code_.line("const void *ks_array = {}(ks_message, {}, sizeof({}), &ks_count);",
                 ends() ? "ks_take_null_array" : "ks_take_array", wire, item_.c_type);
    }
    code_.blank();
    check_null(wire);
    check_count(item_.kept ? "(ks_bytes || ks_array)" : "ks_array");
    if (is_uncertain(item_, end_)) {
      code_.line("ks_count = ks_count_cut(ks_count, {}, ks_room_{}, sizeof({}));", start,
                 identifier_of(item_.slot), item_.c_type);
    }
    std::string kept = fmt::format(
        "{}(ks_end, ks_message, ks_home, {}, {}, ks_room_{}, ks_array, {}, ks_count, sizeof({}), "
        "{}{})",
        item_.tracked ? "ks_merge_part" : "ks_keep_part", item_.ordinal, self_,
        identifier_of(item_.slot), start, item_.c_type, item_.kept ? wire_ + ".place.offset" : "0",
        !item_.tracked ? ""
        : is_driver()  ? ", true"
                       : ", false");
    line_if_written(store_text(item_.kept ? "ks_bytes ? ks_bytes : " + kept : kept));
    code_.close();
  }

  // Of an own object's table only another one is written down: it may be a constant.
  void get_strings() {
    open_has();
    code_.line("ks_u64 ks_count;");
    code_.line("void *ks_strings = ks_take_strings(ks_message, {}, {}, &ks_count, {});", wire_,
               ends(), is_driver() ? "true" : "ks_apply");
    code_.blank();
    check_kept();
    check_count("ks_strings");
    line_if_written(store_text(
        fmt::format("ks_keep_strings(ks_end, ks_message, ks_home, {}, {}, ks_strings, ks_count)",
                    item_.ordinal, old_table())));
    code_.close();
  }

  void get_functions() {
    open_has();
    code_.line("ks_u64 ks_count;");
    code_.line(
        "void *ks_table = ks_take_functions(ks_end, ks_message, {}, {}, &ks_count, &{}, {});",
        wire_, ends(), signature_name(interface_, item_.signature),
        is_driver() ? "true" : "ks_apply");
    code_.blank();
    check_kept();
    check_count("ks_table");
    line_if_written(store_text(
        fmt::format("ks_keep_functions(ks_end, ks_message, ks_home, {}, {}, ks_table, ks_count)",
                    item_.ordinal, old_table())));
    code_.close();
  }

  // What comes is compared with, if this end knows how long that is.
  std::string old_table() const { return item_.size_kind == IdlSize::extent ? "NULL" : self_; }

  bool ends() const { return item_.size_kind == IdlSize::null_terminated; }

  // The kernel's end knows itself how many there have to be.
  void check_count(const std::string& array) {
    if (is_driver() || item_.size_kind == IdlSize::null_terminated ||
        item_.size_kind == IdlSize::extent) {
      return;
    }
    code_.line("if (ks_apply && {} && ks_count != (ks_u64)({}))", array, item_.count);
    code_.then("ks_message_bad(ks_message, \"{}.{} has another length than it says\");",
               tag_of(owner_.structure), item_.name);
  }

  void get_elements() {
    open_has();
    code_.line("{} *{}ks_elements;", item_.c_type, item_.shape == Shape::pointers ? "*" : "");
    code_.line("ks_u64 ks_count;");
    code_.blank();
    emit_get_elements(
        code_, interface_, end_, d_, item_,
        {self_, wire_, fmt::format("ks_home_inside(ks_home, {})", item_.ordinal),
         "ks_home->depth + 1",
         stays() ? std::string()
                 : fmt::format("ks_home_storage(ks_end, ks_message, ks_home, {}, {}, ks_room_{}, "
                               "ks_bytes)",
                               item_.ordinal, self_, identifier_of(item_.slot))});
    check_kept();
    check_count("ks_elements");
    if (!stays()) {
      emit_check_end(code_, end_, item_);
      store("(void *)ks_elements");
    }
    code_.close();
  }

  void get_row() {
    open_has();
    code_.line("{} *ks_elements;", item_.c_type);
    code_.line("ks_u64 ks_count{};", content_ ? ", ks_i" : "");
    code_.blank();
    code_.line("ks_elements = {};", take_row_call(interface_, end_, d_, item_, wire_, "ks_count"));
    code_.line("if ({}{}.count && !{}.place.ref)", is_driver() ? "" : "ks_apply && ", wire_, wire_);
    code_.then("ks_elements = ks_home_storage(ks_end, ks_message, ks_home, {}, {}, ks_room_{}, "
               "ks_count * sizeof(*ks_elements));",
               item_.ordinal, self_, identifier_of(item_.slot));
    if (content_) {
      emit_get_row(code_, interface_, end_, d_, item_,
                   {"ks_elements", wire_ + ".place.ref", "ks_count", "ks_home->depth + 1",
                    home_inside(item_)},
                   is_driver() ? "" : "ks_apply");
    }
    check_count("ks_elements");
    store("(void *)ks_elements");
    code_.close();
  }

  void get_open_table() {
    const Item table = table_from(item_);
    open_has();
    code_.line("{}", flexible_here(interface_, owner_, item_));
    code_.line("{} *ks_elements;", item_.c_type);
    code_.line("ks_u64 ks_count;");
    code_.blank();
    emit_get_elements(
        code_, interface_, end_, d_, table,
        {"", wire_, "", "ks_home->depth + 1", "ks_scratch(ks_message, ks_bytes)", ""});
    code_.line("if (ks_elements)");
    code_.then("ks_flexible_take(ks_end, ks_message, &ks_here, ks_home, ks_room_{}, ks_elements, "
               "ks_count, {});",
               identifier_of(item_.slot), is_driver());
    code_.close();
  }

  // How many elements there are of this end's own.
  std::string open_room() const {
    return item_.count.empty() ? "ks_here.room" : "ks_room_" + identifier_of(item_.slot);
  }

  void get_open_row() {
    const std::string fit = fmt::format(
        "ks_flexible_fit(ks_end, ks_message, &ks_here, ks_home, {}, ks_count)", open_room());
    open_has();
    code_.line("{}", flexible_here(interface_, owner_, item_));
    code_.line("ks_u64 ks_i, ks_count = ks_take_count(ks_message, {}, sizeof(struct {}));", wire_,
               wire_of(interface_, item_.projection, d_));
    code_.line("{} *ks_elements = {}{}{};", item_.c_type, is_driver() ? "" : "ks_apply ? ", fit,
               is_driver() ? "" : " : NULL");
    code_.blank();
    if (owns_memory(interface_, item_.projection)) {
      code_.line("if (ks_count > KS_HOME_ELEMENTS)");
      code_.then(
          "ks_message_bad(ks_message, \"more elements than can have memory of their own\");");
    }
    code_.open("for (ks_i = 0; ks_i < ks_count && !ks_message->error; ks_i++)");
    code_.line("const struct {} *ks_content = ks_message_take(ks_message, sizeof(*ks_content));",
               wire_of(interface_, item_.projection, d_));
    code_.line("struct ks_home ks_inner = {};", home_of_element(item_));
    code_.blank();
    code_.line("{}", get_call(interface_, item_, d_, end_, "&ks_inner",
                              "ks_elements ? &ks_elements[ks_i] : NULL",
                              "ks_flexible_twin(&ks_here, ks_i)"));
    code_.close();
    code_.close();
  }

  void get_flexible() {
    if (has_structs(item_)) {
      get_open_row();
      return;
    }
    if (item_.type != no_row) {
      get_open_table();
      return;
    }
    open_has();
    code_.line("{}", flexible_here(interface_, owner_, item_));
    code_.line("ks_u64 ks_count;");
    code_.line("const void *ks_array = ks_take_array(ks_message, {}, sizeof({}), &ks_count);",
               wire_, item_.c_type);
    code_.blank();
    code_.line("if ({}ks_array)", is_driver() ? "" : "ks_apply && ");
    code_.then("ks_flexible_take(ks_end, ks_message, &ks_here, ks_home, {}, ks_array, ks_count, "
               "{});",
               open_room(), is_driver());
    code_.close();
  }

  void get_tail() {
    open_has();
    code_.line("ks_take_tail(ks_message, {}, ks_room_tail, ks_wire->ks_tail, {});",
               is_driver() ? "self + 1" : "self ? self + 1 : NULL",
               is_driver() ? "true" : "ks_apply");
    if (!is_driver()) {
      code_.line("if (ks_apply && ks_wire->ks_tail != (ks_u64)({}))", item_.count);
      code_.then("ks_message_bad(ks_message, \"the tail of {} has another length than it says\");",
                 tag_of(owner_.structure));
    }
    code_.close();
  }
};

// The extents of a struct that a message of this projection can change.
std::vector<const Extent*> changeable_extents(const Interface& interface,
                                              const Projection& projection, Direction d) {
  auto changes = [&](const std::string& name) {
    return std::ranges::any_of(projection.fields, [&](const Item& field) {
      return field.name == name && (field.value[index(d)] || field.content[index(d)]);
    });
  };
  std::vector<const Extent*> found;
  for (const Extent& extent : interface.extents) {
    if (extent.structure == projection.structure && std::ranges::any_of(extent.uses, changes)) {
      found.push_back(&extent);
    }
  }
  return found;
}

// Those of the projection's scalars that an extent uses, or that say what else is there.
std::vector<const Item*> used_scalars(const Projection& projection, Direction d, End end,
                                      const std::vector<const Extent*>& extents) {
  std::vector<const Item*> found;
  for (const Item& field : projection.fields) {
    bool is_used = std::ranges::any_of(extents, [&](const Extent* extent) {
      return std::ranges::find(extent->uses, field.name) != extent->uses.end();
    });
    is_used |= end == End::kernel && std::ranges::any_of(projection.fields, [&](const Item& other) {
                 const std::vector<std::string> tags = members_of_self(other.when);
                 return std::ranges::find(tags, field.name) != tags.end();
               });
    if (is_used && field.value[index(d)] &&
        (field.shape == Shape::scalar || field.shape == Shape::bits)) {
      found.push_back(&field);
    }
  }
  return found;
}

void emit_extents(Code& code, const std::vector<const Extent*>& extents,
                  const std::vector<const Item*>& used) {
  for (size_t i = 0; i < extents.size(); ++i) {
    code.line("const ks_u64 ks_extent_{} = ks_apply ? (ks_u64)({}) : ~0ull;", i,
              extents[i]->expression);
  }
  for (const Item* field : used) {
    code.line("const {0} ks_old_{1} = ks_apply ? self->{2} : 0;",
              field->shape == Shape::bits ? "ks_u64"
                                          : fmt::format("__typeof__(self->{})", field->name),
              identifier_of(field->name), field->name);
  }
}

// Whether the message brings as much as an extent says, in C; empty if it cannot.
std::string brings(const Extent& extent, const Projection& projection, Direction d) {
  for (const Item& field : projection.fields) {
    bool is_tail = field.shape == Shape::tail && extent.field.empty();
    bool is_it = is_tail || (!extent.field.empty() && field.name == extent.field);
    if (!is_it || !field.value[index(d)]) {
      continue;
    }
    std::string has = fmt::format("KS_HAS({})", field.bit[index(d)]);
    std::string start = field.start.empty() ? "" : start_of(field) + " + ";
    if (field.shape == Shape::inside) {
      return has;
    }
    // Where the field crosses otherwise than in the projection that has the extent, nothing is behind it.
    if (!is_tail && field.shape != Shape::buffer && field.shape != Shape::structs &&
        field.shape != Shape::row && field.shape != Shape::pointers &&
        field.shape != Shape::strings && field.shape != Shape::functions) {
      return {};
    }
    // A pointer that becomes NULL has nothing that could be too small.
    if (field.kept) {
      return fmt::format("{0} && (!ks_wire->{1}.count || ((ks_wire->{1}.place.ref || ks_home->keep "
                         "!= KS_OWN) && {3}ks_wire->{1}.count > (ks_u64)({2})))",
                         has, field.name, extent.expression, start);
    }
    if (!start.empty()) {
      return fmt::format("{0} && (!ks_wire->{1} || {3}ks_wire->{1} > (ks_u64)({2}))", has,
                         field.name, extent.expression, start);
    }
    return is_tail ? fmt::format("{} && ks_wire->ks_tail >= (ks_u64)({})", has, extent.expression)
                   : fmt::format("{0} && (!ks_wire->{1} || ks_wire->{1} > (ks_u64)({2}))", has,
                                 field.name + (field.shape == Shape::row ? ".count" : ""),
                                 extent.expression);
  }
  return {};
}

// The member array without a length that an extent is about, in whichever projection it crosses; null if it is
// about something else.
const Item* flexible_member(const Interface& interface, const Extent& extent) {
  for (const Projection& projection : interface.projections) {
    if (projection.structure != extent.structure) {
      continue;
    }
    auto field = std::ranges::find(projection.fields, extent.field, &Item::name);
    if (field != projection.fields.end() && field->shape == Shape::flexible &&
        field->count == extent.expression) {
      return &*field;
    }
  }
  return nullptr;
}

// A member array without a length ends with its object, whatever its length says from now on.
// A copy has room for what came with it.
void emit_flexible_check(Code& code, const Interface& interface, const Projection& projection,
                         Direction d, const Item& field, bool is_here, size_t extent) {
  std::string came = is_here && field.value[index(d)]
                         ? fmt::format("KS_HAS({0}) && ks_wire->{1} ? ks_wire->{1} - 1u : 0",
                                       field.bit[index(d)], field.name)
                         : "0";
  code.line("if (ks_apply && ks_home->keep == KS_SCRATCH && (ks_u64)({}) > ({}))", field.count,
            came);
  code.then("ks_message_bad(ks_message, \"{}.{} has another length than it says\");",
            tag_of(projection.structure), field.name);
  code.open("if (ks_apply && (ks_u64)({}) > ks_extent_{} && ks_home->keep != KS_SCRATCH)",
            field.count, extent);
  code.line("{}", flexible_here(interface, projection, field));
  code.blank();
  code.line("if (!ks_flexible_grow(ks_end, ks_message, &ks_here, ks_home, (ks_u64)({}), {}))",
            field.count, field.filled);
  code.then("ks_message_bad(ks_message, \"{}.{} may not grow\");", tag_of(projection.structure),
            field.name);
  code.close();
}

// What belongs to an object of the kernel's does not get larger because the driver's end says so, and
// what belongs to a shadow only together with its content.
void emit_extent_checks(Code& code, const Interface& interface,
                        const std::vector<const Extent*>& extents, const Projection& projection,
                        Direction d) {
  for (size_t i = 0; i < extents.size(); ++i) {
    const Extent& extent = *extents[i];
    auto field = std::ranges::find(projection.fields, extent.field, &Item::name);
    if (const Item* array = flexible_member(interface, extent)) {
      emit_flexible_check(code, interface, projection, d, *array,
                          field != projection.fields.end() && field->shape == Shape::flexible, i);
      continue;
    }
    std::string sent = brings(extent, projection, d);
    // Another row of structs is memory of its own, as is what the driver's memory holds.
    bool is_row = field != projection.fields.end() && (field->shape == Shape::row || field->kept);
    code.line("if (ks_apply && (ks_u64)({}) > ks_extent_{}{}{})", extent.expression, i,
              extent.is_pointer ? fmt::format(" && self->{}", extent.field) : "",
              sent.empty() ? ""
                           : fmt::format(" && ({}!({}))",
                                         is_row ? "" : "ks_home->keep == KS_OWN || ", sent));
    code.then("ks_message_bad(ks_message, \"{}.{} may not grow\");", tag_of(extent.structure),
              extent.uses.front());
  }
}

// Whatever was wrong, lengths stay those of what is there.
void emit_restores(Code& code, const std::vector<const Item*>& used) {
  if (used.empty()) {
    return;
  }
  code.open("if (ks_apply && ks_message->error)");
  for (const Item* field : used) {
    if (field->shape == Shape::bits) {
      code.line("self->{} = ks_old_{};", field->name, identifier_of(field->name));
    } else {
      code.line("KS_UPDATE(self->{}, ks_old_{});", field->name, identifier_of(field->name));
    }
  }
  code.close();
}

// The bits of word `word` of a mask that may be set.
// Whether it is memory of which the sender's end knows how much there is.
bool is_known_extent(const Item& item) {
  return item.bytes == known_extent || item.bytes == known_text;
}

std::string mask_word(u32 bits, u32 word) {
  u32 left = bits - word * 64;
  return left >= 64 ? "~0ull" : fmt::format("{:#x}ull", (u64{1} << left) - 1);
}

} // namespace

std::string arrive_call(const Interface& interface, End end, Direction d, const Item& item,
                        std::string_view ref, const std::string& size) {
  std::string type = type_number(interface, item.type);
  std::string start = fmt::format("(ks_end, ks_message, {}, {}", ref, type);
  if (end == End::driver) {
    return may_make(item, d, end) ? fmt::format("ks_object_shadow{}, {})", start, size)
                                  : fmt::format("ks_object_find{})", start);
  }
  if (is_known_extent(item)) {
    return fmt::format("ks_take_given{}, ks_apply)", start);
  }
  bool makes = may_make(item, d, end) && !interface.types[item.type].module;
  std::string object = makes ? fmt::format("ks_take_object{}, {}, ks_apply)", start, size)
                             : fmt::format("ks_take_known{}, ks_apply)", start);
  return item.error
             ? fmt::format("ks_place_is_error({0}) ? ks_place_number({0}) : {1}", ref, object)
             : object;
}

std::string take_whole_call(const Interface& interface, End end, Direction d, const Item& item,
                            std::string_view wire, const std::string& wholes) {
  return fmt::format("ks_take_whole(ks_end, ks_message, {}{}, {}, {}, {}, {}, {});", wire,
                     item.slot, wholes, item.wholes.size(), chosen_slot(wire, item),
                     may_make(item, d, end) && !interface.types[item.type].module,
                     end == End::driver ? "true" : "ks_apply");
}

std::string put_memory_call(const Interface& interface, End end, const Item& item,
                            std::string_view value) {
  const std::string type = type_number(interface, item.type);
  if (end == End::kernel && item.bytes == known_text) {
    return fmt::format("ks_object_place_text(ks_end, ks_message, {}, {})", value, type);
  }
  if (end == End::kernel) {
    return fmt::format("ks_object_place_{}(ks_end, ks_message, {}, {}, {}, {})",
                       item.member ? "member" : "lent", value, type,
                       is_known_extent(item) ? "KS_LENT_ALL"
                                             : fmt::format("{} ? {} : 0", value, item.bytes),
                       item.written);
  }
  if (is_known_extent(item)) {
    return fmt::format("ks_put_{}(ks_end, ks_message, {}, {})",
                       item.bytes == known_text ? "text" : "known", value, type);
  }
  return fmt::format("ks_object_place_memory(ks_end, ks_message, {0}, {1}, {0} ? {2} : 0)", value,
                     type, item.bytes);
}

std::string put_cookie_call(End end, const Item& item, std::string_view pointer) {
  if (end == End::kernel && !item.inner.empty()) {
    return fmt::format("ks_put_inner(ks_end, ks_message, {}, KS_TYPE_ks_memory, {})", pointer,
                       item.inner);
  }
  return fmt::format("ks_put_cookie(ks_end, ks_message, {})", pointer);
}

std::string take_cookie_call(End end, const Item& item, std::string_view owner,
                             std::string_view slot) {
  if (item.refused && end == End::kernel) {
    return fmt::format(
        "ks_take_refused(ks_message, {}, \"{} of {} is followed, and cannot cross\")", slot,
        item.name.substr(0, item.name.find('[')), owner);
  }
  if (end == End::driver && !item.inner.empty()) {
    return fmt::format("ks_take_inner(ks_end, ks_message, {}, KS_TYPE_ks_memory)", slot);
  }
  return fmt::format("ks_take_cookie(ks_end, ks_message, {}, {})", slot,
                     end == End::driver ? "true" : "ks_apply");
}

std::string put_percpu_call(const Interface& interface, const Item& item,
                            std::string_view pointer) {
  return fmt::format("ks_put_percpu(ks_end, ks_message, {}, {})", pointer,
                     type_number(interface, item.type));
}

std::string take_percpu_call(const Interface& interface, End end, const Item& item,
                             std::string_view holder, std::string_view slot) {
  return fmt::format("ks_take_percpu(ks_end, ks_message, {}, {}, {}, {})", holder, slot,
                     type_number(interface, item.type), end == End::driver ? "true" : "ks_apply");
}

std::string get_signature(const Interface& interface, u32 projection, Direction d, End end) {
  const Projection& row = interface.projections[projection];
  return fmt::format(
      "static void {}(struct ks_end *ks_end, struct ks_message *ks_message, "
      "const struct ks_home *ks_home, const struct {} *ks_wire, {} *self, {} *ks_twin{})",
      get_name(interface, projection, d), wire_of(interface, projection, d), row.structure,
      row.structure, end == End::driver ? "" : ", bool ks_apply");
}

void emit_get(Code& code, const Interface& interface, End end, u32 projection, Direction d) {
  const Projection& row = interface.projections[projection];
  if (row.is_memory) {
    Code body;
    body.begin_function(get_signature(interface, projection, d, end));
    body.line(
        "ks_get_memory(ks_end, ks_message, ks_home->type, ks_wire->ks_mask[0], self, ks_twin, "
        "{});",
        end == End::driver ? "true, true" : "false, ks_apply");
    body.end_function();
    code.append(body.text());
    return;
  }
  for (const Item& field : row.fields) {
    if (says_whole(field) && (field.value[index(d)] || field.content[index(d)])) {
      emit_wholes(code, interface, get_name(interface, projection, d), field);
    }
  }
  u32 bits = row.mask_bits[index(d)];
  std::vector<const Extent*> extents =
      end == End::kernel ? changeable_extents(interface, row, d) : std::vector<const Extent*>();
  Code rooms, fields, body;
  rooms.indent();
  fields.indent();
  std::vector<const Item*> used = used_scalars(row, d, end, extents);
  emit_extents(rooms, extents, used);
  Code saves, restores;
  saves.indent();
  restores.indent();
  bool checked = false;
  for (const Item& field : row.fields) {
    if (!field.value[index(d)] && !field.content[index(d)]) {
      continue;
    }
    if (!checked &&
        (!field.when.empty() || (!is_fixed(field.shape) && field.shape != Shape::embedded))) {
      emit_extent_checks(fields, interface, extents, row, d);
      checked = true;
    }
    GetField(rooms, interface, end, d, projection, field).emit_tagged();
    GetField(rooms, interface, end, d, projection, field).emit_room();
    GetField(saves, interface, end, d, projection, field).save_tagged();
    GetField(restores, interface, end, d, projection, field).restore_tagged();
    GetField(fields, interface, end, d, projection, field).emit();
  }
  if (!checked) {
    emit_extent_checks(fields, interface, extents, row, d);
  }
  fields.append(restores.text());
  emit_restores(fields, used);
  body.begin_function(get_signature(interface, projection, d, end));
  body.line("if (!ks_wire || {} || ks_home_deep(ks_message, ks_home))",
            end == End::driver ? "!self" : "(ks_apply && !self)");
  body.then("return;");
  if (end == End::kernel) {
    for (u32 i = 0; i < (bits + 63) / 64; ++i) {
      if (bits - i * 64 < 64) {
        body.open("if (ks_wire->ks_mask[{}] & ~{})", i, mask_word(bits, i));
        body.line("ks_message_bad(ks_message, \"{} has unknown fields\");", row.name);
        body.line("return;");
        body.close();
      }
    }
  }
  if (!rooms.text().empty()) {
    body.open("");
    body.append(indented(rooms.text()));
    body.blank();
    body.append(indented(saves.text()));
    body.append(indented(fields.text()));
    body.close();
  } else {
    body.append(fields.text());
  }
  body.end_function();
  append_with_unused(code, body.text(), {"ks_end", "ks_twin", "ks_apply"});
}

void emit_get_elements(Code& code, const Interface& interface, End end, Direction d,
                       const Item& item, const ElementNames& names) {
  bool are_pointers = item.shape == Shape::pointers;
  bool content = item.content[index(d)];
  bool is_driver = end == End::driver;
  bool into_own = names.storage.empty();
  bool loops = are_pointers || content;
  std::string slot = element_slot(interface, item, d);
  code.open("");
  if (are_pointers) {
    code.line("const {} *ks_refs;", slot);
  }
  if (loops) {
    code.line("ks_u64 ks_i;");
    code.blank();
  }
  if (!names.wire.empty()) {
    code.line("ks_count = ks_take_count(ks_message, {}, sizeof({}));", names.wire, slot);
  }
  if (into_own) {
    code.line("ks_elements = {}{}{};", is_driver ? "" : "ks_apply ? ", names.value,
              is_driver ? "" : " : NULL");
  } else {
    code.line("ks_elements = NULL;");
    code.open("if ({}{})", is_driver ? "" : "ks_apply && ", names.wire);
    code.line("size_t ks_bytes = ks_count * sizeof(*ks_elements);");
    code.blank();
    code.line("ks_elements = {};", names.storage);
    code.close();
  }
  if (into_own && are_pointers && !item.elements_copied && !item.value[index(d)]) {
    code.line("(void)ks_elements;");
  }
  if (are_pointers) {
    code.line("ks_refs = ks_message_take(ks_message, ks_count * sizeof(*ks_refs));");
  }
  if (!loops) {
    code.close();
    return;
  }
  code.open("for (ks_i = 0; ks_i < ks_count && !ks_message->error; ks_i++)");
  if (are_pointers) {
    if (content) {
      code.line("const struct {} *ks_content = ks_refs[ks_i]{} ? ks_message_take(ks_message, "
                "sizeof(*ks_content)) : NULL;",
                wire_of(interface, item.projection, d), item.elements_copied ? "" : ".ref");
    }
    if (item.cookies) {
      code.line("void *ks_object = {};", take_cookie_call(end, item, names.value, "ks_refs[ks_i]"));
    } else if (item.elements_copied) {
      Item copy = item;
      copy.shape = Shape::copy;
      code.line("{} *ks_object = {}ks_refs[ks_i] ? {} : NULL;", item.c_type,
                is_driver ? "" : "ks_apply && ",
                into_own
                    ? "ks_elements[ks_i]"
                    : fmt::format("ks_scratch(ks_message, {})", size_of(interface, copy, d, "0")));
    } else {
      bool is_named = item.projection == no_row; // and nothing of it crosses
      Item object = item;
      object.shape = is_named ? Shape::handle : Shape::object;
      code.line("{} *ks_object = {};", item.c_type,
                arrive_call(interface, end, d, object, "ks_refs[ks_i]",
                            is_named ? "0" : size_of(interface, object, d, "0")));
    }
    if (content) {
      code.line("struct ks_home ks_inner = {};",
                item.elements_copied
                    ? names.home
                    : fmt::format("ks_home_object({}, ks_refs[ks_i].ref, {}, ks_object, {})",
                                  names.depth, type_number(interface, item.type), is_driver));
    }
    code.blank();
    if (item.value[index(d)]) {
      code.line("if (ks_elements)");
      code.then("ks_elements[ks_i] = ks_object;");
    }
    if (content) {
      code.line("{}",
                get_call(interface, item, d, end, "&ks_inner", "ks_object",
                         item.elements_copied ? "NULL" : twin_of(interface, item, "ks_object")));
    }
    if (!content && !item.value[index(d)]) {
      code.line("(void)ks_object;");
    }
  } else {
    code.line("const struct {} *ks_content = ks_message_take(ks_message, sizeof(*ks_content));",
              wire_of(interface, item.projection, d));
    code.line("struct ks_home ks_inner = {};", names.home);
    code.blank();
    code.line("ks_inner.base += (ks_u32)ks_i << 4;");
    code.line("{}", get_call(interface, item, d, end, "&ks_inner",
                             "ks_elements ? &ks_elements[ks_i] : NULL", "NULL"));
  }
  code.close();
  code.close();
}

void emit_check_end(Code& code, End end, const Item& item) {
  if (end == End::kernel && item.shape == Shape::structs &&
      item.size_kind == IdlSize::null_terminated) {
    code.line("if (ks_elements && (!ks_count || !ks_is_zero(&ks_elements[ks_count - 1], "
              "sizeof(*ks_elements))))");
    code.then("ks_message_bad(ks_message, \"{} is without its end\");", item.name);
  }
  if (end == End::kernel && item.shape == Shape::pointers &&
      item.size_kind == IdlSize::null_terminated) {
    code.line("if (ks_elements && (!ks_count || ks_elements[ks_count - 1]))");
    code.then("ks_message_bad(ks_message, \"{} is without its end\");", item.name);
  }
}

void append_with_unused(Code& code, const std::string& function,
                        std::initializer_list<std::string_view> parameters) {
  size_t start = function.find("\n{\n") + 3;
  std::string_view signature = std::string_view(function).substr(0, start);
  std::string_view body = std::string_view(function).substr(start);
  code.append(signature);
  for (std::string_view parameter : parameters) {
    if (mentions(signature, parameter) && !mentions(body, parameter)) {
      code.append(fmt::format("\t(void){};\n", parameter));
    }
  }
  code.append(body);
}

} // namespace ks::idlc

// SPDX-License-Identifier: MIT
// The functions that put a projection into a message. The kernel's end sends every field
// of the direction's set; the driver's end sends what differs from the object's twin.

#include "ks-idlc/check_names.hpp"
#include "ks-idlc/emit_fields.hpp"

#include <algorithm>

namespace ks::idlc {
namespace {

class PutField {
public:
  PutField(Code& code, const Interface& interface, End end, Direction d, u32 projection,
           const Item& item)
      : code_(code), interface_(interface), end_(end), d_(d), projection_(projection),
        owner_(interface.projections[projection]), item_(item), bit_(item.bit[index(d)]),
        value_(item.value[index(d)]), content_(item.content[index(d)]),
        self_(fmt::format("{}self->{}{}", item.number ? "((void *)" : "", item.name,
                          item.number ? ")" : "")),
        wire_("ks_wire->" + item.slot) {}

  void emit() {
    if (!item_.when.empty()) {
      code_.open("if ({})", item_.when);
    }
    if (owner_.is_class && item_.shape != Shape::embedded) {
      code_.open("if (KS_WANTED({}))", bit_);
      emit_field();
      code_.close();
    } else {
      emit_field();
    }
    if (!item_.when.empty()) {
      code_.close();
    }
  }

  // Whether that is what the other end has there, too, if not the same: before the tag is remembered.
  void emit_same() const {
    if (sends_changes() && !item_.when.empty()) {
      code_.line("const bool ks_same_{} = ks_twin && ({});", identifier_of(item_.slot),
                 rename_in(item_.when, "self", "ks_twin"));
    }
  }

private:
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

  void emit_field() {
    if (item_.repeat == 0) {
      emit_one();
      return;
    }
    code_.open("{}",
               sends_changes() && value_ && !content_ ? fmt::format("if ({})", changed()) : "");
    code_.line("ks_u32 ks_n;");
    code_.blank();
    code_.open("for (ks_n = 0; ks_n < {} && !ks_message->error; ks_n++)", item_.repeat);
    PutField(code_, interface_, end_, d_, projection_, element_of(item_)).emit_one();
    code_.close();
    code_.close();
  }

  void emit_one() {
    switch (item_.shape) {
    case Shape::nothing:
    case Shape::place:
    case Shape::unused: break;
    case Shape::scalar:
    case Shape::numbers: put_scalar(); break;
    case Shape::flexible: put_flexible(); break;
    case Shape::bits: put_bits(); break;
    case Shape::function: put_word(function_number()); break;
    case Shape::handle: put_word(reference()); break;
    case Shape::percpu: put_word(put_percpu_call(interface_, item_, self_)); break;
    case Shape::cookie: put_word(put_cookie_call(end_, item_, self_)); break;
    case Shape::embedded: put_embedded(); break;
    case Shape::object: put_object(); break;
    case Shape::copy: put_copy(); break;
    case Shape::inside: put_inside(); break;
    case Shape::string: put_string(); break;
    case Shape::buffer: put_buffer(); break;
    case Shape::strings:
    case Shape::functions: put_table(); break;
    case Shape::structs:
    case Shape::pointers: put_elements(); break;
    case Shape::row: put_row(); break;
    case Shape::tail: put_tail(); break;
    }
  }

  bool is_driver() const { return end_ == End::driver; }
  // Of a class, and at the driver's end, only what the other end does not have.
  bool sends_changes() const { return (is_driver() || owner_.is_class) && !item_.always; }

  std::string changed() const {
    return item_.when.empty()
               ? fmt::format("KS_CHANGED({})", item_.name)
               : fmt::format("!ks_same_{} || KS_CHANGED({})",
                             identifier_of(item_.slot.substr(0, item_.slot.find('['))), item_.name);
  }
  void set() { code_.line("KS_SET({});", bit_); }
  void remember() {
    if (value_) {
      code_.line("KS_REMEMBER({});", item_.name);
    }
  }
  std::string inner_home() const {
    return fmt::format("struct ks_home ks_inner = {};", home_inside(item_));
  }

  void put_scalar() {
    if (is_driver() && item_.merging != Merging::none) {
      code_.line("KS_SEND{}", merging_of(item_, bit_));
    } else if (!sends_changes()) {
      code_.line("KS_GIVE({}, {});", bit_, item_.name);
    } else if (!item_.when.empty()) {
      code_.open("if ({})", changed());
      code_.line("KS_GIVE({}, {});", bit_, item_.name);
      code_.close();
    } else {
      code_.line("KS_SEND({}, {});", bit_, item_.name);
    }
  }

  void put_bits() {
    if (is_driver() && item_.merging == Merging::add) {
      code_.line("KS_SEND_SUM_BITS({}, {}, {});", bit_, item_.name, item_.bits);
      return;
    }
    if (sends_changes()) {
      code_.line("KS_SEND_BITS({}, {}, {});", bit_, item_.name, item_.bits);
      return;
    }
    code_.line("KS_GIVE_BITS({}, {}, {});", bit_, item_.name, item_.bits);
  }

  std::string function_number() const {
    if (!is_driver() && find_last_use(interface_, owner_.structure, item_.name) != nullptr) {
      return fmt::format("ks_number_{}_{}(ks_end, ks_message, (void *){})",
                         tag_of(owner_.structure), identifier_of(item_.name), self_);
    }
    return fmt::format("ks_function_number(ks_end, ks_message, (void *){}, &{})", self_,
                       signature_name(interface_, item_.signature));
  }

  std::string reference() const {
    if (!item_.wholes.empty()) {
      return fmt::format("ks_object_place_inside(ks_end, ks_message, {}, {}, self, {}, {}, {})",
                         self_, type_number(interface_, item_.type),
                         wholes_name(put_name(interface_, projection_, d_), item_),
                         item_.wholes.size(), "&" + chosen_slot("ks_wire->", item_));
    }
    return fmt::format("ks_object_place(ks_end, ks_message, {}, {})", self_,
                       type_number(interface_, item_.type));
  }

  // A field whose slot is computed from its value.
  void put_word(const std::string& value) {
    bool conditional = sends_changes();
    if (conditional) {
      code_.open("if ({})", changed());
    }
    set();
    code_.line("{} = {};", wire_, value);
    remember();
    if (conditional) {
      code_.close();
    }
  }

  void put_embedded() {
    std::string call = fmt::format(
        "{}(ks_end, ks_message, &ks_inner, &{}, {}, {} ? {} : NULL)",
        put_name(interface_, item_.projection, d_), wire_, embedded_at(item_, "self"),
        item_.when.empty() || !sends_changes() ? "ks_twin" : "ks_same_" + identifier_of(item_.slot),
        embedded_at(item_, "ks_twin"));
    code_.open("");
    code_.line("{}", inner_home());
    code_.blank();
    code_.line("{};", call);
    code_.close();
  }

  void put_object() {
    bool conditional = sends_changes();
    if (conditional) {
      // What it still points to may be gone, if the other end has changed it meanwhile.
      code_.open("if ({}{})", changed(),
                 content_ ? " || " + twin_of(interface_, item_, self_) : "");
    }
    code_.line("{} = {};", wire_, reference());
    if (!item_.extra.empty()) {
      code_.line("if ({})", self_);
      code_.then("ks_wire->ks_size_{} = ks_put_extra(ks_message, (ks_u64)({}));",
                 identifier_of(item_.slot), item_.extra);
    }
    if (!is_driver() && has_last_use(interface_, item_.c_type)) {
      code_.line("ks_watch_{}({}.ref, ({} *){});", tag_of(item_.c_type), wire_, item_.c_type,
                 self_);
    }
    if (value_) {
      if (conditional && content_) {
        code_.line("if ({})", changed());
        code_.then("KS_SET({});", bit_);
      } else {
        set();
      }
      remember();
    }
    if (content_) {
      code_.open("if ({}.ref && ks_home->depth < KS_DEPTH)", wire_);
      code_.line("struct ks_home ks_inner = ks_home_object(ks_home->depth + 1, {}.ref, {}, {}, "
                 "{});",
                 wire_, type_number(interface_, item_.type), self_, is_driver());
      code_.blank();
      code_.line("KS_SET({});", bit_ + 1);
      code_.line("{}", put_call(interface_, item_, d_, "&ks_inner", self_,
                                twin_of(interface_, item_, self_)));
      code_.close();
    }
    if (conditional) {
      code_.close();
    }
  }

  void put_copy() {
    set();
    code_.line("{} = {};", wire_, is_driver() ? self_ + " != NULL" : leads_somewhere(self_, end_));
    remember();
    if (content_) {
      code_.open("if ({})", leads_somewhere(self_, end_));
      code_.line("{}", inner_home());
      code_.blank();
      code_.line("{}", put_call(interface_, item_, d_, "&ks_inner", self_, "NULL"));
      code_.close();
    }
  }

  void put_inside() {
    open_if_there();
    set();
    code_.open("if ({})", leads_somewhere(self_, end_));
    code_.line("{}", inner_home());
    code_.line("ks_u64 ks_offset = (ks_u64)({});", item_.offset);
    if (is_driver() && content_) {
      code_.line("{} *ks_buffer_twin = ks_home_twin(ks_end, ks_message, ks_home, {}, sizeof({}));",
                 item_.c_type, item_.ordinal, item_.c_type);
    }
    code_.blank();
    code_.line("{} = ks_put_extra(ks_message, ks_offset) + 1;", wire_);
    if (content_) {
      code_.line("{}", put_call(interface_, item_, d_, "&ks_inner",
                                fmt::format("(void *)((char *){} + ks_offset)", self_),
                                is_driver() ? "ks_buffer_twin" : "NULL"));
    } else {
      code_.line("(void)ks_inner;");
    }
    code_.close();
    remember();
    close_if_there();
  }

  void put_string() {
    bool conditional = sends_changes();
    if (conditional) {
      code_.open("if ({}{})", changed(),
                 owner_.is_class ? "" : fmt::format(" || (ks_home->keep == KS_OWN && {})", self_));
    }
    set();
    code_.line("{} = ks_put_string(ks_message, {});", wire_, self_);
    remember();
    if (conditional) {
      code_.close();
    }
  }

  // What pointers lead to in a table has no twin: others may stand there by now.
  void open_if_there(bool is_table = false) {
    if (sends_changes()) {
      code_.open("if ({}{})", changed(), owner_.is_class && !is_table ? "" : " || " + self_);
    }
  }
  void close_if_there() {
    if (sends_changes()) {
      code_.close();
    }
  }

  void put_buffer() {
    std::string start = start_of(item_);
    std::string first = start.empty() ? "0" : start;
    std::string place =
        fmt::format("ks_end, ks_message, ks_home, {}, {}, {}, {}, sizeof({})", item_.ordinal, self_,
                    first, count_of(item_, self_), item_.c_type);
    item_.kept ? open_if_other(item_.tracked && owner_.is_class
                                   ? fmt::format(" || ({} && ks_bytes_changed({}))", self_, place)
                                   : "")
               : open_if_there();
    set();
    code_.line("if ({})", self_);
    if (item_.kept && !item_.moved.empty() && !is_driver()) {
      code_.then("{} = ks_put_moved(ks_end, ks_message, ks_home, {}, {}, {}, {}, sizeof({}), "
                 "(const void *)({}));",
                 wire_, self_, type_number(interface_, item_.type), first, count_of(item_, self_),
                 item_.c_type, item_.moved);
    } else if (item_.kept && item_.lent && !is_driver()) {
      code_.then("{} = ks_put_lent(ks_end, ks_message, {}, {}, {}, {}, sizeof({}), {});", wire_,
                 self_, type_number(interface_, item_.type), first, count_of(item_, self_),
                 item_.c_type, item_.written);
    } else if (item_.kept) {
      code_.then("{} = ks_put_bytes(ks_end, ks_message, ks_home, {}, {}, {}, {}, {}, sizeof({}));",
                 wire_, item_.ordinal, self_, type_number(interface_, item_.type), first,
                 count_of(item_, self_), item_.c_type);
    } else {
      code_.then("{} = {}ks_message, {}{}, {}, sizeof({}));", wire_,
                 is_uncertain(item_, end_) ? "ks_put_there(ks_end, " : "ks_put_array(", self_,
                 start.empty() ? "" : " + " + start, count_of(item_, self_), item_.c_type);
    }
    if (item_.tracked) {
      code_.line("if ({} && !{}.place.ref)", self_, wire_);
      code_.then("ks_bytes_remember({});", place);
    }
    remember();
    close_if_there();
  }

  // A table of strings or of functions.
  void put_table() {
    open_if_there();
    set();
    code_.line("if ({})", self_);
    if (item_.shape == Shape::strings) {
      code_.then("{} = ks_put_strings(ks_message, {}, {});", wire_, self_,
                 count_passed(item_, self_, end_));
    } else {
      code_.then("{} = ks_put_functions(ks_end, ks_message, (const void *){}, {}, &{});", wire_,
                 self_, count_passed(item_, self_, end_),
                 signature_name(interface_, item_.signature));
    }
    remember();
    close_if_there();
  }

  void put_elements() {
    Item counted = item_;
    if (item_.size_kind == IdlSize::number) {
      counted.count = count_passed(item_, self_, end_);
    }
    open_if_there(item_.shape == Shape::pointers);
    set();
    remember();
    emit_put_elements(
        code_, interface_, end_, d_, counted,
        {self_, wire_, fmt::format("ks_home_inside(ks_home, {})", item_.ordinal),
         "ks_home->depth + 1", "",
         item_.wholes.empty() ? "" : wholes_name(put_name(interface_, projection_, d_), item_)});
    close_if_there();
  }

  // Of a class, elements are named again when they have become more, or fewer.
  void open_if_other(std::string others = {}) {
    if (sends_changes()) {
      others += owner_.is_class ? "" : " || " + self_;
      for (const std::string& name : members_of_self(item_.start + " " + item_.count)) {
        auto used = std::ranges::find(owner_.fields, name, &Item::name);
        if (owner_.is_class && used != owner_.fields.end() && used->value[index(d_)]) {
          others += fmt::format(" || KS_HAS({})", used->bit[index(d_)]);
        }
      }
      code_.open("if ({}{})", changed(), others);
    }
  }

  void put_row() {
    open_if_other();
    set();
    remember();
    code_.open("if ({})", leads_somewhere(self_, end_));
    code_.line("const ks_u64 ks_count = {};", count_passed(item_, self_, end_));
    if (content_) {
      code_.line("ks_u64 ks_i;");
    }
    code_.blank();
    code_.line("{} = ks_put_row(ks_end, ks_message, {}, {}, ks_count, sizeof({}));", wire_, self_,
               type_number(interface_, item_.type), item_.c_type);
    if (content_) {
      emit_put_row(
          code_, interface_, end_, d_, item_,
          {self_, wire_ + ".place.ref", "ks_count", "ks_home->depth + 1", home_inside(item_)});
    }
    code_.close();
    close_if_there();
  }

  // Pointers at the end of a struct cross as the places that they lead to.
  void put_open_table() {
    Item table = table_from(item_);
    table.count = "ks_entry_count";
    code_.open("");
    code_.line("{}", flexible_here(interface_, owner_, item_));
    code_.line("const ks_u64 ks_entry_count = ks_flexible_count(&ks_here, ks_home, (ks_u64)({}));",
               item_.count);
    code_.line("{} *ks_entries = ks_here.self;", item_.c_type);
    code_.blank();
    if (sends_changes() && !content_) {
      code_.open("if (ks_flexible_changed(&ks_here, ks_entry_count))");
    }
    set();
    emit_put_elements(code_, interface_, end_, d_, table,
                      {"ks_entries", wire_, "", "ks_home->depth + 1", "", ""});
    code_.line("ks_flexible_remember(&ks_here, ks_here.self, ks_entry_count);");
    if (sends_changes() && !content_) {
      code_.close();
    }
    code_.close();
  }

  // Structs at the end of a struct cross as members do, each as far as its fields say.
  void put_open_row() {
    const bool conditional = sends_changes() && has_fixed_fields(interface_, item_.projection, d_);
    const std::string wire = "struct " + wire_of(interface_, item_.projection, d_);
    code_.open("");
    code_.line("{}", flexible_here(interface_, owner_, item_));
    code_.line("const ks_u64 ks_count = ks_flexible_count(&ks_here, ks_home, {});",
               open_count(item_));
    code_.line("{} *ks_elements = ks_here.self;", item_.c_type);
    code_.line("ks_u64 ks_i;");
    code_.blank();
    if (conditional) {
      code_.open("if (ks_flexible_changed(&ks_here, ks_count))");
    }
    if (owns_memory(interface_, item_.projection)) {
      code_.line("if (ks_count > KS_HOME_ELEMENTS)");
      code_.then("ks_message_fail(ks_message, -EMSGSIZE);");
    }
    set();
    code_.line("{} = ks_put_count(ks_message, ks_count, sizeof({}));", wire_, wire);
    code_.open("for (ks_i = 0; ks_i < ks_count && !ks_message->error; ks_i++)");
    code_.line("struct ks_home ks_inner = {};", home_of_element(item_));
    code_.blank();
    code_.line("{}", put_call(interface_, item_, d_, "&ks_inner", "&ks_elements[ks_i]",
                              "ks_flexible_twin(&ks_here, ks_i)"));
    code_.close();
    if (conditional) {
      code_.close();
    }
    code_.close();
  }

  void put_flexible() {
    if (has_structs(item_)) {
      put_open_row();
      return;
    }
    if (item_.type != no_row) {
      put_open_table();
      return;
    }
    code_.open("");
    code_.line("{}", flexible_here(interface_, owner_, item_));
    code_.line("const ks_u64 ks_count = ks_flexible_count(&ks_here, ks_home, {});",
               open_count(item_));
    code_.blank();
    if (sends_changes()) {
      code_.open("if (ks_flexible_changed(&ks_here, ks_count))");
    }
    set();
    code_.line("{} = ks_put_array(ks_message, ks_here.self, ks_count, sizeof({}));", wire_,
               item_.c_type);
    code_.line("ks_flexible_remember(&ks_here, ks_here.self, ks_count);");
    if (sends_changes()) {
      code_.close();
    }
    code_.close();
  }

  void put_tail() {
    set();
    code_.line("ks_wire->ks_tail = ks_put_tail(ks_message, self + 1, (ks_u64)({}));", item_.count);
  }
};

} // namespace

std::string merging_of(const Item& item, u32 bit) {
  if (item.merging == Merging::none) {
    return fmt::format("({}, {});", bit, item.name);
  }
  const bool is_sum = item.merging == Merging::add;
  return item.shape == Shape::numbers
             ? fmt::format("_{}({}, {}, sizeof({}));", is_sum ? "SUMS" : "MASK_SETS", bit,
                           item.name, item.c_type)
             : fmt::format("_{}({}, {});", is_sum ? "SUM" : "MASKS", bit, item.name);
}

Item element_of(const Item& item) {
  Item element = item;
  element.repeat = 0;
  element.is_element = true;
  element.always = true;
  element.name += "[ks_n]";
  element.slot += "[ks_n]";
  return element;
}

Item table_from(const Item& item) {
  Item table = item;
  table.shape = Shape::pointers;
  table.c_type.resize(table.c_type.size() - 2);
  table.value.fill(true);
  return table;
}

std::string flexible_here(const Interface& interface, const Projection& owner, const Item& item) {
  return fmt::format("const struct ks_flexible ks_here = ks_flexible_at(ks_end, self, ks_twin, {}, "
                     "__builtin_offsetof({}, {}), sizeof({}));",
                     type_number(interface, owner.type), owner.structure, item.name, item.c_type);
}

std::string open_count(const Item& item) {
  return item.count.empty() ? "ks_here.room" : fmt::format("(ks_u64)({})", item.count);
}

std::string home_of_element(const Item& item) {
  return fmt::format("ks_home_element(ks_home_inside(ks_home, {}), (ks_u32)ks_i)", item.ordinal);
}

bool owns_memory(const Interface& interface, u32 projection) {
  return std::ranges::any_of(interface.projections[projection].fields, [&](const Item& field) {
    switch (field.shape) {
    case Shape::copy:
    case Shape::inside:
    case Shape::string:
    case Shape::buffer:
    case Shape::structs:
    case Shape::row:
    case Shape::pointers:
    case Shape::strings:
    case Shape::functions: return true;
    case Shape::embedded:
    case Shape::flexible:
      return field.projection != no_row && field.type == no_row &&
             owns_memory(interface, field.projection);
    case Shape::nothing:
    case Shape::unused:
    case Shape::place:
    case Shape::scalar:
    case Shape::bits:
    case Shape::numbers:
    case Shape::object:
    case Shape::function:
    case Shape::handle:
    case Shape::percpu:
    case Shape::cookie:
    case Shape::tail: return false;
    }
    return false;
  });
}

bool has_fixed_fields(const Interface& interface, u32 projection, Direction d) {
  return std::ranges::all_of(interface.projections[projection].fields, [&](const Item& field) {
    const bool crosses = field.value[index(d)] || field.content[index(d)];
    return !crosses ||
           (field.shape == Shape::embedded ? has_fixed_fields(interface, field.projection, d)
                                           : is_fixed(field.shape) && !field.always);
  });
}

std::string home_inside(const Item& item) {
  std::string home = fmt::format("ks_home_inside(ks_home, {})", item.ordinal);
  return item.is_element ? fmt::format("ks_home_element({}, ks_n)", home) : home;
}

std::string embedded_at(const Item& item, std::string_view structure) {
  std::string name = item.name.substr(0, item.name.find('['));
  std::string start = fmt::format("({} *)&{}->{}", item.c_type, structure, name);
  return item.is_element ? fmt::format("&({})[ks_n]", start) : start;
}

std::string put_signature(const Interface& interface, u32 projection, Direction d) {
  const Projection& row = interface.projections[projection];
  return fmt::format("static void {}(struct ks_end *ks_end, struct ks_message *ks_message, "
                     "const struct ks_home *ks_home, struct {} *ks_wire, {} *self, {} *ks_twin{})",
                     put_name(interface, projection, d), wire_of(interface, projection, d),
                     row.structure, row.structure, row.is_class ? ", const ks_u64 *ks_wanted" : "");
}

void emit_put(Code& code, const Interface& interface, End end, u32 projection, Direction d) {
  const Projection& row = interface.projections[projection];
  for (const Item& field : row.fields) {
    if (!field.wholes.empty() && (field.value[index(d)] || field.content[index(d)])) {
      emit_wholes(code, interface, put_name(interface, projection, d), field);
    }
  }
  Code body;
  body.begin_function(put_signature(interface, projection, d));
  body.line("if (!ks_wire || ks_home_deep(ks_message, ks_home))");
  body.then("return;");
  if (row.is_memory) {
    body.line("ks_put_memory(ks_end, ks_message, ks_home->type, ks_wire->ks_mask, self, ks_twin);");
    body.end_function();
    append_with_unused(code, body.text(), {"ks_wanted"});
    return;
  }
  Code sames, fields;
  sames.indent();
  fields.indent();
  for (const Item& field : row.fields) {
    if (field.value[index(d)] || field.content[index(d)]) {
      PutField(sames, interface, end, d, projection, field).emit_same();
      PutField(fields, interface, end, d, projection, field).emit();
    }
  }
  if (sames.text().empty()) {
    body.append(fields.text());
  } else {
    body.open("");
    body.append(indented(sames.text()));
    body.blank();
    body.append(indented(fields.text()));
    body.close();
  }
  body.end_function();
  append_with_unused(code, body.text(), {"ks_end", "ks_twin", "ks_wanted", "self"});
}

std::string leads_somewhere(const std::string& pointer, End end) {
  return end == End::kernel ? fmt::format("ks_may_be_followed({})", pointer) : pointer;
}

std::string element_slot(const Interface& interface, const Item& item, Direction d) {
  if (item.shape == Shape::pointers) {
    return item.elements_copied ? "ks_ref" : "struct ks_place";
  }
  return item.content[index(d)] ? "struct " + wire_of(interface, item.projection, d) : "ks_ref";
}

void emit_put_elements(Code& code, const Interface& interface, End end, Direction d,
                       const Item& item, const ElementNames& names) {
  bool are_pointers = item.shape == Shape::pointers;
  bool content = item.content[index(d)];
  std::string slot = element_slot(interface, item, d);
  bool loops = are_pointers || content;
  code.open("if ({})", leads_somewhere(names.value, end));
  code.line("ks_u64 ks_count = {}{};", count_of(item, names.value), loops ? ", ks_i" : "");
  if (are_pointers) {
    code.line("{} *ks_refs;", slot);
  }
  code.blank();
  if (!names.wire.empty()) {
    code.line("{} = ks_put_count(ks_message, ks_count, sizeof({}));", names.wire, slot);
  }
  if (are_pointers) {
    code.line("ks_refs = ks_message->error ? NULL : ks_message_reserve(ks_message, "
              "ks_count * sizeof(*ks_refs));");
  }
  if (!loops) {
    code.close();
    return;
  }
  code.open("for (ks_i = 0; ks_i < ks_count && !ks_message->error; ks_i++)");
  std::string element = fmt::format("{}[ks_i]", names.value);
  if (item.cookies) {
    code.line("ks_refs[ks_i] = {};", put_cookie_call(end, item, element));
  } else if (are_pointers && !item.elements_copied) {
    std::string type = type_number(interface, item.type);
    code.line(
        "ks_refs[ks_i] = {};",
        names.wholes.empty()
            ? fmt::format("ks_object_place(ks_end, ks_message, {}, {})", element, type)
            : fmt::format("ks_object_place_inside(ks_end, ks_message, {}, {}, self, {}, {}, NULL)",
                          element, type, names.wholes, item.wholes.size()));
    if (end == End::kernel && has_last_use(interface, item.c_type)) {
      code.line("ks_watch_{}(ks_refs[ks_i].ref, ({} *){});", tag_of(item.c_type), item.c_type,
                element);
    }
    if (content) {
      code.open("if (ks_refs[ks_i].ref)");
      code.line("struct ks_home ks_inner = ks_home_object({}, ks_refs[ks_i].ref, {}, {}, {});",
                names.depth, type, element, end == End::driver);
      code.blank();
      code.line("{}", put_call(interface, item, d, "&ks_inner", element,
                               twin_of(interface, item, element)));
      code.close();
    }
  } else {
    std::string object = are_pointers ? element : "&" + element;
    if (are_pointers) {
      code.line("ks_refs[ks_i] = {} != NULL;", element);
    }
    if (content) {
      code.open("{}", are_pointers ? fmt::format("if ({})", element) : "");
      code.line("struct ks_home ks_inner = {};", names.home);
      code.blank();
      code.line("ks_inner.base += (ks_u32)ks_i << 4;");
      code.line("{}", put_call(interface, item, d, "&ks_inner", object, "NULL"));
      code.close();
    }
  }
  code.close();
  code.close();
}

} // namespace ks::idlc

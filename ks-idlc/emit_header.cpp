// SPDX-License-Identifier: MIT
// NAME.h: what both ends must agree on. The layout is the compiler's: both ends are
// compiled from this text, and a slot has the type of the field it carries.

#include "ks-idlc/emit.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace ks::idlc {
namespace {

class Header {
public:
  explicit Header(const Interface& interface) : interface_(interface) {}

  std::string run() {
    begin();
    emit_enums();
    emit_values();
    for (u32 i = 0; i < interface_.projections.size(); ++i) {
      for (Direction d : directions) {
        emit_wire(i, d);
      }
    }
    for (const Crossing& crossing : interface_.crossings) {
      emit_fixed_part(crossing, Direction::in, "request");
      emit_fixed_part(crossing, Direction::out, "reply");
    }
    emit_prototypes();
    code_.line("#endif");
    return code_.text();
  }

private:
  const Interface& interface_;
  Code code_;
  std::set<std::pair<u32, Direction>> done_;
  std::vector<std::string> asserts_;

  void begin() {
    code_.line("#ifndef KS_GENERATED_H");
    code_.line("#define KS_GENERATED_H");
    code_.blank();
    code_.line("#include \"{}_types.h\"", interface_.name);
    code_.line("#include \"ks-rt/glue.h\"");
    code_.blank();
    code_.line("#define KS_IDL_HASH 0x{}ull", interface_.hash.substr(0, 16));
    code_.blank();
    std::set<std::string> structures;
    for (const Type& type : interface_.types) {
      structures.insert(type.name);
    }
    for (const Projection& projection : interface_.projections) {
      structures.insert(projection.structure);
    }
    for (const std::string& name : structures) {
      if (name.starts_with("struct ") || name.starts_with("union ")) {
        code_.line("{};", name);
      }
    }
    code_.blank();
  }

  void emit_enums() {
    code_.open("enum ks_type_number");
    for (u32 i = 0; i < interface_.types.size(); ++i) {
      code_.line("{},", type_number(interface_, i));
    }
    code_.line("KS_TYPES");
    code_.close("};");
    code_.blank();
    code_.open("enum ks_crossing_number");
    for (const Crossing& crossing : interface_.crossings) {
      code_.line("KS_CROSSING_{},", crossing.name);
    }
    code_.line("KS_CROSSINGS");
    code_.close("};");
    code_.blank();
  }

  void emit_values() {
    if (!interface_.has_values()) {
      return;
    }
    code_.line("/* The kernel's globals whose values the driver reads; in every message to it. */");
    code_.open("struct ks_values");
    emit_value_slots(false);
    code_.close("};");
    if (interface_.has_written_values()) {
      size_t count = interface_.globals.size();
      code_.line("/* Those that it has changed; in every message from it. */");
      code_.open("struct ks_written");
      code_.line("ks_u64 ks_mask[{}];", (count + 63) / 64);
      emit_value_slots(true);
      code_.close("};");
    }
    for (const Global& global : interface_.globals) {
      if (global.by_value && global.signature == no_row && global.target == no_row) {
        code_.line("KS_ASSERT_{}(struct ks_values, {});", global.size != 0 ? "ARRAY" : "SCALAR",
                   global.name);
      }
    }
    code_.blank();
  }

  void emit_value_slots(bool written) {
    for (const Global& global : interface_.globals) {
      if (written ? global.out : global.by_value) {
        code_.line("{};", declare(global.signature != no_row ? "ks_u32"
                                  : global.target != no_row  ? "struct ks_place"
                                                             : global.c_type,
                                  elements_of(global, global.name)));
      }
    }
  }

  // A wire struct holds those of embedded structs, which must come before it.
  void emit_wire(u32 row, Direction d) {
    const Projection& projection = interface_.projections[row];
    if (!projection.crosses[index(d)] || !done_.insert({row, d}).second) {
      return;
    }
    std::vector<std::string> slots;
    for (const Item& field : projection.fields) {
      if (field.shape == Shape::embedded && field.content[index(d)]) {
        emit_wire(field.projection, d);
      }
      add_slots(interface_, field, d, Place::field, projection.structure, slots);
    }
    u32 words = (std::max(projection.mask_bits[index(d)], 1U) + 63) / 64;
    code_.line("/* {} as {}: {} */", projection.structure, projection.name,
               d == Direction::in ? "to the callee" : "back to the caller");
    code_.open("struct {}", wire_of(interface_, row, d));
    code_.line("ks_u64 ks_mask[{}];", words);
    emit_members(slots);
    code_.close("};");
    for (const Item& field : projection.fields) {
      bool numbers =
          field.shape == Shape::numbers ||
          (field.shape == Shape::flexible && field.projection == no_row && field.type == no_row);
      if (field.value[index(d)] && (numbers || field.shape == Shape::scalar)) {
        code_.line("{}({}, {});", numbers ? "KS_ASSERT_ARRAY" : "KS_ASSERT_SCALAR",
                   projection.structure, field.name);
      }
    }
    code_.blank();
  }

  // Members of structs without a tag lie in such structs here, too: a slot "TYPE s.a" is in `s`.
  void emit_members(const std::vector<std::string>& slots) {
    std::map<std::string, std::vector<std::string>> inner;
    for (const std::string& slot : slots) {
      size_t name = slot.rfind(' ') + 1;
      size_t dot = slot.find('.', name);
      if (dot == std::string::npos) {
        code_.line("{};", slot);
      } else {
        inner[slot.substr(name, dot - name)].push_back(slot.substr(0, name) + slot.substr(dot + 1));
      }
    }
    for (const auto& [name, members] : inner) {
      code_.open("struct");
      emit_members(members);
      code_.close("} " + name + ";");
    }
  }

  void emit_fixed_part(const Crossing& crossing, Direction d, std::string_view what) {
    std::vector<std::string> slots = slots_of(interface_, crossing, d);
    if (slots.empty()) {
      return;
    }
    std::string name = fmt::format("struct ks_{}_{}", what, crossing.name);
    code_.open("{}", name);
    for (const std::string& slot : slots) {
      code_.line("{};", slot);
    }
    code_.close("};");
    for (const Item& argument : crossing.arguments) {
      if (d == Direction::in && argument.shape == Shape::scalar) {
        code_.line("KS_ASSERT_SCALAR({}, {});", name, argument.name);
      }
    }
    if (d == Direction::out && crossing.result.shape == Shape::scalar) {
      code_.line("KS_ASSERT_SCALAR({}, ks_result);", name);
    }
    code_.blank();
  }

  void emit_prototypes() {
    for (const Crossing& crossing : interface_.crossings) {
      if (crossing.kind == IdlRpcKind::rpc) {
        code_.line("{};", prototype_of(crossing, caller_name(crossing)));
      } else if (crossing.kind == IdlRpcKind::rpc_export) {
        code_.line("{} __asm__(\"{}\");", prototype_of(crossing, caller_name(crossing)),
                   crossing.name);
      }
    }
    for (const std::string& name : interface_.named) {
      code_.line("void ks_import_{}(void);", name);
    }
    code_.blank();
    code_.line("struct ks_end *{}_driver_start(void);", interface_.name);
    code_.line("void {}_driver_stop(void);", interface_.name);
    code_.line("int {}_kernel_start(void);", interface_.name);
    code_.line("void {}_kernel_stop(void);", interface_.name);
    code_.blank();
  }
};

} // namespace

std::string emit_header(const Interface& interface) { return Header(interface).run(); }

std::string emit_types_header(const Interface& interface) {
  Code code;
  code.line("#ifndef KS_GENERATED_TYPES_H");
  code.line("#define KS_GENERATED_TYPES_H");
  code.blank();
  code.line("/* What these headers hold is not ours to warn about. */");
  code.line("#pragma GCC system_header");
  code.blank();
  code.line("#ifdef __KERNEL__");
  for (std::string_view header :
       {"err", "errno", "init", "kernel", "limits", "module", "string", "types"}) {
    code.line("#include <linux/{}.h>", header);
  }
  code.line("#endif");
  for (const std::string& header : interface.headers) {
    code.line("#include <{}>", header);
  }
  code.blank();
  code.line("#endif");
  return code.text();
}

} // namespace ks::idlc

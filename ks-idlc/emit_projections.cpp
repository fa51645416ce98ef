// SPDX-License-Identifier: MIT
// Which put and get functions an end needs, and what the kernel calls in place of a
// function that may use an object for the last time.

#include "ks-idlc/emit_fields.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace ks::idlc {
namespace {

struct Need {
  bool get = false;
  u32 projection = 0;
  Direction direction{};
  friend auto operator<=>(const Need&, const Need&) = default;
};

class Needs {
public:
  Needs(const Interface& interface, End end) : interface_(interface) {
    for (const Crossing& crossing : interface.crossings) {
      bool answers = crossing.callee() == end;
      if (!answers && !is_called(interface, crossing)) {
        continue;
      }
      add_item(crossing.result, answers);
      for (const Item& argument : crossing.arguments) {
        add_item(argument, answers);
        for (const Item& led : argument.led) {
          add_item(led, answers);
        }
      }
    }
    for (u32 row : interface.classes) {
      for (Direction d : directions) {
        if (interface.projections[row].crosses[index(d)]) {
          add({(d == Direction::in) == (end == End::kernel), row, d});
        }
      }
    }
  }
  const std::set<Need>& all() const { return needs_; }

private:
  const Interface& interface_;
  std::set<Need> needs_;

  void add_item(const Item& item, bool answers) {
    for (Direction d : directions) {
      bool kept_back = d == Direction::out && item.dealloc;
      if (item.content[index(d)] && !kept_back) {
        add({(d == Direction::in) == answers, item.projection, d});
      }
    }
  }

  void add(const Need& need) {
    if (!needs_.insert(need).second) {
      return;
    }
    for (const Item& field : interface_.projections[need.projection].fields) {
      if (field.content[index(need.direction)]) {
        add({need.get, field.projection, need.direction});
      }
    }
  }
};

std::string self_parameter(const LastUse& use) { return fmt::format("({} *self)", use.structure); }

// The kernel's own address of a function that the field may hold.
std::string kernel_address(const Interface& interface, u32 function) {
  const Function& row = interface.functions[function];
  switch (row.kind) {
  case FunctionKind::rpc_ptr:
  case FunctionKind::rpc_export: return "ks_stub_" + row.name;
  case FunctionKind::rpc: return "ks_target_" + row.name;
  case FunctionKind::named:
  case FunctionKind::clone:
  case FunctionKind::library: return "ks_address_" + row.name;
  }
  return {};
}

void emit_last_use_stub(Code& code, const Interface& interface, const LastUse& use, u32 function) {
  std::string base =
      fmt::format("ks_last_use_{}_{}", tag_of(use.structure), identifier_of(use.field));
  std::string suffix = function == no_row ? "none" : interface.functions[function].name;
  code.begin_function(fmt::format("static void {}_{}{}", base, suffix, self_parameter(use)));
  if (function != no_row) {
    code.line("void (*function)({0} *) = (void *){1};", use.structure,
              kernel_address(interface, function));
    code.blank();
    code.line("function(self);");
  }
  code.line("if ({})", use.condition);
  code.then("ks_object_drop(ks_own_end, self, {});", type_number(interface, use.type));
  code.end_function();
}

// The functions around one field, in an order in which each uses only earlier ones.
void add_last_use(std::vector<std::string>& functions, const Interface& interface,
                  const LastUse& use) {
  std::string tag = tag_of(use.structure);
  std::string base = fmt::format("ks_last_use_{}_{}", tag, identifier_of(use.field));
  auto add = [&](auto emit) {
    Code code;
    emit(code);
    functions.push_back(code.text());
  };
  add([&](Code& code) { emit_last_use_stub(code, interface, use, no_row); });
  for (u32 function : use.functions) {
    add([&](Code& code) { emit_last_use_stub(code, interface, use, function); });
  }
  add([&](Code& code) {
    code.line("/* What stands in {}.{} for a function. */", tag, use.field);
    code.begin_function(fmt::format("static ks_code {}(ks_u32 number)", base));
    for (u32 function : use.functions) {
      code.line("if (number == {})", function + 1);
      code.then("return (void *){}_{};", base, interface.functions[function].name);
    }
    if (use.functions.empty()) {
      code.line("(void)number;");
    }
    code.line("return (void *){}_none;", base);
    code.end_function();
  });
  add([&](Code& code) {
    code.begin_function(fmt::format("static ks_u32 ks_number_{}_{}(struct ks_end *end, struct "
                                    "ks_message *message, ks_code function)",
                                    tag, use.field));
    code.line("if (function == (void *){}_none)", base);
    code.then("return 0;");
    for (u32 function : use.functions) {
      code.line("if (function == (void *){}_{})", base, interface.functions[function].name);
      code.then("return {};", function + 1);
    }
    code.line("return ks_function_number(end, message, function, &{});",
              signature_name(interface, use.signature));
    code.end_function();
  });
}

std::string watch_function(const Interface& interface, const std::string& structure) {
  Code code;
  code.line("/* An object of the kernel's that the driver gets to see is watched to its end. */");
  code.begin_function(
      fmt::format("static void ks_watch_{}(ks_ref ref, {} *self)", tag_of(structure), structure));
  code.line("if (!ref || ref >> 63)");
  code.then("return;");
  for (const LastUse& use : interface.last_uses) {
    if (use.structure == structure) {
      code.line("if (!self->{})", use.field);
      code.then("self->{} = (void *)ks_last_use_{}_{}(0);", use.field, tag_of(structure),
                identifier_of(use.field));
    }
  }
  code.end_function();
  return code.text();
}

// The name that a function's definition defines.
std::string_view defined_name(std::string_view function) {
  size_t end = function.find('(', function.find("static "));
  size_t start = function.find_last_of(" *", end) + 1;
  return function.substr(start, end - start);
}

} // namespace

std::string emit_last_uses(const Interface& interface, std::string_view users) {
  std::vector<std::string> functions;
  std::set<std::string> structures;
  for (const LastUse& use : interface.last_uses) {
    add_last_use(functions, interface, use);
    structures.insert(use.structure);
  }
  for (const std::string& structure : structures) {
    functions.push_back(watch_function(interface, structure));
  }
  Identifiers used;
  used.add(users);
  std::vector<std::string_view> wanted; // the last first
  for (auto function = functions.rbegin(); function != functions.rend(); ++function) {
    if (used.contains(defined_name(*function))) {
      wanted.push_back(*function);
      used.add(*function);
    }
  }
  std::reverse(wanted.begin(), wanted.end());
  return fmt::format("{}", fmt::join(wanted, ""));
}

void emit_projections(Code& code, const Interface& interface, End end) {
  Needs needs(interface, end);
  for (const Need& need : needs.all()) {
    code.line("{};", need.get ? get_signature(interface, need.projection, need.direction, end)
                              : put_signature(interface, need.projection, need.direction));
  }
  if (!needs.all().empty()) {
    code.blank();
  }
  for (const Need& need : needs.all()) {
    if (need.get) {
      emit_get(code, interface, end, need.projection, need.direction);
    } else {
      emit_put(code, interface, end, need.projection, need.direction);
    }
  }
}

} // namespace ks::idlc

// SPDX-License-Identifier: MIT
// What the kernel's end keeps in mind for a driver that may not live to give it back.

#include "ks-idlc/check_names.hpp"
#include "ks-idlc/emit.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace ks::idlc {
namespace {

// The function, or where it crosses its target, which needs no header.
std::string spell_call(const Interface& interface, const Undo& undo) {
  if (undo.given) {
    return "ks_free_" + undo.call;
  }
  bool crosses = std::ranges::any_of(interface.crossings, [&](const Crossing& crossing) {
    return crossing.kind == IdlRpcKind::rpc && crossing.name == undo.function;
  });
  return (crosses ? "ks_target_" : "") + undo.call;
}

void emit_undo(Code& code, const Interface& interface, const Undo& undo) {
  if (undo.given) {
    code.line("extern void ks_free_{0}(const void *object) __asm__(\"{0}\");", undo.function);
  }
  code.begin_function(
      fmt::format("static void ks_undo_{}(const ks_u64 *ks_words)", undo_name(undo)));
  for (size_t i = 0; i < undo.words.size(); ++i) {
    const Item& word = undo.words[i];
    bool is_scalar = word.shape == Shape::scalar;
    code.line("{} = ({})ks_words[{}];", declare(c_type_of(word), word.name),
              is_scalar ? word.c_type : "void *)(size_t", i);
  }
  if (undo.words.empty()) {
    code.line("(void)ks_words;");
  }
  code.blank();
  code.line("{};", spell_call(interface, undo));
  code.end_function();
}

const Item& item_of(const Crossing& crossing, const std::string& name) {
  auto argument = std::ranges::find(crossing.arguments, name, &Item::name);
  return argument == crossing.arguments.end() ? crossing.result : *argument;
}

} // namespace

std::string undo_name(const Undo& undo) { return (undo.given ? "given_" : "") + undo.function; }

std::string emit_undos(const Interface& interface) {
  if (interface.undos.empty()) {
    return {};
  }
  Code code;
  std::vector<std::string> numbers;
  for (const Undo& undo : interface.undos) {
    numbers.push_back("KS_UNDO_" + undo_name(undo));
  }
  code.line("enum {{ {} }};", fmt::join(numbers, ", "));
  code.blank();
  for (const Undo& undo : interface.undos) {
    emit_undo(code, interface, undo);
  }
  code.open("static const struct ks_undo ks_undos[] =");
  for (const Undo& undo : interface.undos) {
    code.line("{{ \"{}\", ks_undo_{}, {}, {}, {}, {} }},", undo.function, undo_name(undo),
              undo.lock, undo.once, undo.given, undo.counted);
  }
  code.close("};");
  code.blank();
  return code.text();
}

std::string words_of(const Crossing& crossing, const UndoUse& use) {
  std::vector<std::string> values;
  for (const std::string& word : use.words) {
    bool is_scalar = item_of(crossing, word).shape == Shape::scalar;
    values.push_back(fmt::format("({}){}", is_scalar ? "ks_u64" : "size_t",
                                 word == "result" ? "ks_result" : word));
  }
  return fmt::format("(const ks_u64[KS_HOLD_WORDS]){{ {} }}",
                     values.empty() ? "0" : fmt::format("{}", fmt::join(values, ", ")));
}

std::string held_object(const Crossing& crossing, const UndoUse& use) {
  for (const std::string& word : use.words) {
    Shape shape = item_of(crossing, word).shape;
    if (shape == Shape::object || shape == Shape::handle) {
      return word;
    }
  }
  return {};
}

std::string negation_of(const std::string& condition) {
  bool is_negated_name = condition.starts_with('!') && free_names(condition).size() == 1 &&
                         free_names(condition)[0] == condition.substr(1);
  return is_negated_name ? condition.substr(1) : fmt::format("!({})", condition);
}

std::string failure_of(const Crossing& crossing) {
  constexpr std::array<std::string_view, 14> signed_types{
      "int",   "long", "long int", "long long", "long long int", "off_t",       "ptrdiff_t",
      "short", "s16",  "s32",      "s64",       "signed int",    "signed long", "ssize_t"};
  const Item& result = crossing.result;
  if (!crossing.failure.empty()) {
    return crossing.failure;
  }
  bool is_signed = result.shape == Shape::scalar &&
                   std::ranges::find(signed_types, result.c_type) != signed_types.end();
  return is_signed ? "-EIO" : std::string(zero_of(result));
}

} // namespace ks::idlc

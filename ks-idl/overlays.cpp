// SPDX-License-Identifier: MIT

#include "ks-idl/overlays.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>

namespace ks::idl {
namespace {

constexpr size_t listed_uses = 6;

[[noreturn]] void reject(const IdlOverlay& overlay, IdlPosition position,
                         const std::string& message) {
  fail("{}:{}:{}: {}", overlay.path, position.line, position.column, message);
}

std::string subject(const IdlArgumentRule& rule) {
  return rule.structure.empty() ? rule.function : rule.structure + "." + rule.function;
}

void check_struct(const IdlOverlay& overlay, const IdlStructRule& rule, const TypeTable& types) {
  TypeId type = types.find(rule.structure);
  if (type == none<TypeId> || !types.at(type).complete) {
    return;
  }
  for (const IdlDeclaration& field : rule.fields) {
    if (!field.is_tail && types.find_member(type, field.name).owner == none<TypeId>) {
      reject(overlay, field.position,
             fmt::format("{} has no member '{}'", rule.structure, field.name));
    }
  }
}

void check_count(const IdlOverlay& overlay, const IdlArgumentRule& rule, size_t count) {
  if (rule.index >= count) {
    reject(overlay, rule.position,
           fmt::format("{} has {} arguments, counted from 0", subject(rule), count));
  }
}

void check_argument(const IdlOverlay& overlay, const IdlArgumentRule& rule, const Pruned& pruned,
                    const TypeTable& types) {
  if (rule.is_result) {
    return;
  }
  if (rule.structure.empty()) {
    for (const Function& function : pruned.summary.functions) {
      if (function.name == rule.function && function.type != none<TypeId>) {
        check_count(overlay, rule, types.members(function.type).size());
      }
    }
    return;
  }
  TypeId type = types.find("struct " + rule.structure);
  if (type == none<TypeId> || !types.at(type).complete) {
    return;
  }
  Member member = types.find_member(type, rule.function);
  if (member.owner == none<TypeId> || !types.is_function_pointer(member.type)) {
    reject(overlay, rule.position,
           fmt::format("struct {} has no function pointer '{}'", rule.structure, rule.function));
  }
  check_count(overlay, rule, types.members(types.pointee(member.type)).size());
}

} // namespace

std::vector<IdlOverlay> read_overlays(const std::vector<std::string>& paths) {
  std::vector<IdlOverlay> result;
  size_t error_count = 0;
  for (const std::string& path : paths) {
    std::string text = read_file(path);
    std::vector<IdlError> errors;
    IdlOverlay overlay = parse_overlay(text, errors);
    overlay.path = path;
    for (const IdlError& error : errors) {
      fmt::print(stderr, "{}", format_idl_error(path, text, error));
    }
    error_count += errors.size();
    result.push_back(std::move(overlay));
  }
  if (error_count != 0) {
    fail("{} error{} in overlays", error_count, error_count == 1 ? "" : "s");
  }
  return result;
}

Overlays::Overlays(const std::vector<IdlOverlay>& overlays, const Pruned& pruned,
                   const TypeTable& types) {
  for (const IdlOverlay& overlay : overlays) {
    for (const IdlStructRule& rule : overlay.structs) {
      check_struct(overlay, rule, types);
      for (const IdlDeclaration& field : rule.fields) {
        std::string what = rule.structure + (field.is_tail ? "'s tail" : "." + field.name);
        add(overlay, {overlay.name, what, rule.structure, "", 0, false, field, {}}, field.position);
      }
    }
    for (const IdlArgumentRule& rule : overlay.arguments) {
      check_argument(overlay, rule, pruned, types);
      std::string what = rule.is_result
                             ? "result of " + rule.function
                             : fmt::format("argument {} of {}", rule.index, subject(rule));
      add(overlay,
          {overlay.name,
           what,
           rule.structure,
           rule.function,
           rule.index,
           rule.is_result,
           rule.declaration,
           {}},
          rule.position);
    }
  }
}

void Overlays::add(const IdlOverlay& overlay, Rule rule, IdlPosition position) {
  if (!subjects_.insert(rule.subject).second) {
    reject(overlay, position, fmt::format("{} has a rule already", rule.subject));
  }
  (rule.function.empty() ? members_ : arguments_).push_back(std::move(rule));
}

std::vector<Rule*> Overlays::fields(const std::string& tag) {
  std::vector<Rule*> result;
  for (Rule& rule : members_) {
    if (rule.structure == tag) {
      result.push_back(&rule);
    }
  }
  return result;
}

Rule* Overlays::argument(const Pruned& pruned, const Crossing& crossing, u32 index) {
  for (Rule& rule : arguments_) {
    bool applies = rule.structure.empty() && !rule.is_result && rule.function == crossing.name;
    for (FieldId field : crossing.fields) {
      applies |= !rule.structure.empty() &&
                 pruned.summary.fields[row(field)].name == rule.structure + "." + rule.function;
    }
    if (applies && rule.index == index) {
      return &rule;
    }
  }
  return nullptr;
}

Rule* Overlays::result(const Crossing& crossing) {
  for (Rule& rule : arguments_) {
    if (rule.is_result && rule.function == crossing.name) {
      return &rule;
    }
  }
  return nullptr;
}

void Overlays::rename_places(const std::map<std::string, std::string>& names) {
  for (Rule& rule : members_) {
    std::set<std::string> places;
    for (const std::string& place : rule.used_by) {
      auto found = names.find(place);
      if (found != names.end()) {
        places.insert(found->second);
      }
    }
    rule.used_by = std::move(places);
  }
}

std::vector<std::string> Overlays::report() const {
  std::vector<std::string> result;
  for (const std::vector<Rule>* rules : {&members_, &arguments_}) {
    for (const Rule& rule : *rules) {
      std::vector<std::string> places(rule.used_by.begin(), rule.used_by.end());
      size_t more = places.size() > listed_uses ? places.size() - listed_uses : 0;
      places.resize(places.size() - more);
      if (!places.empty()) {
        result.push_back(fmt::format("overlay {}: {} used by {}{}", rule.overlay, rule.subject,
                                     fmt::join(places, ", "),
                                     more != 0 ? fmt::format(" and {} more", more) : ""));
      }
    }
  }
  return result;
}

} // namespace ks::idl

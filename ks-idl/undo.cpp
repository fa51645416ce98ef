// SPDX-License-Identifier: MIT

#include "ks-idl/infer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace ks {
namespace {

using Kind = IdlAttributeKind;

struct Row {
  Kind kind;
  std::string_view function, undo, done, header;
};
struct Alias {
  std::string_view function, undo;
};
struct Failure {
  std::string_view type, value;
};

#define UNLOCK(function, call, when, file) {Kind::unlock, function, call, when, file},
#define UNDO(function, call, when, file) {Kind::undo, function, call, when, file},
#define CANCEL(function, call, when, file) {Kind::cancel, function, call, when, file},
#define ALIAS(function, undo)
constexpr Row rows[] = {
#include "ks-idl/undo.def"
};
#undef UNLOCK
#undef UNDO
#undef CANCEL
#undef ALIAS

#define UNLOCK(function, undo, done, header)
#define UNDO(function, undo, done, header)
#define CANCEL(function, undo, done, header)
#define ALIAS(function, call) {function, call},
constexpr Alias aliases[] = {
#include "ks-idl/undo.def"
};

#define FAILURE(type, value) {type, value},
constexpr Failure failures[] = {
#include "ks-idl/failures.def"
};

// The name of the one function that an undo calls.
std::string_view called(std::string_view undo) {
  return undo.substr(0, undo.find('('));
}

bool is_undo(Kind kind) {
  return kind == Kind::undo || kind == Kind::unlock || kind == Kind::cancel;
}

// Whether the value means the same after the call: no copy, and nothing that was left out.
bool outlives_call(const IdlType& type, bool must_be_object) {
  IdlAttributes attributes = type.attributes;
  for (const IdlAttributes& pointer : type.pointers) {
    attributes.insert(attributes.end(), pointer.begin(), pointer.end());
  }
  for (Kind copied : {Kind::unused, Kind::alloc_stack}) {
    if (find_attribute(attributes, copied) != nullptr) {
      return false;
    }
  }
  bool is_scalar = type.stem == IdlStem::scalar && type.pointers.empty();
  bool is_object = (type.stem == IdlStem::projection || type.stem == IdlStem::handle) &&
                   type.pointers.size() == 1;
  bool is_number = is_scalar || find_attribute(attributes, Kind::cookie) != nullptr;
  return is_object || (is_number && !must_be_object);
}

// A table's text with arguments and result under their names; nothing if one of them is not there
// after the call.
std::optional<std::string> spell(std::string_view text, const IdlRpc& rpc) {
  std::string spelled;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '$') {
      spelled += text[i];
      continue;
    }
    char what = text[++i];
    size_t number = static_cast<size_t>(what - '0');
    bool is_result = what == 'R';
    if (!is_result && number >= rpc.arguments.size()) {
      return std::nullopt;
    }
    // What the driver is given, it keeps as an object.
    bool is_given = !is_result && rpc.kind != IdlRpcKind::rpc;
    if (!outlives_call(is_result ? rpc.result : rpc.arguments[number].type, is_given)) {
      return std::nullopt;
    }
    spelled += is_result ? "result" : rpc.arguments[number].name;
  }
  return spelled;
}

void add(IdlRpc& rpc, Kind kind, std::string expression) {
  rpc.result.attributes.push_back({kind, IdlSide::none, std::move(expression), {}});
}

const Row* row_of(const Inference& inference, const Crossing& crossing, const IdlRpc& rpc) {
  auto is_of = [&](const Row& known) {
    if (rpc.kind == IdlRpcKind::rpc) {
      return known.function == rpc.name;
    }
    return std::ranges::any_of(crossing.fields, [&](FieldId field) {
      return inference.field(field).name == known.function;
    });
  };
  const Row* found = std::ranges::find_if(rows, is_of);
  return found == std::end(rows) ? nullptr : found;
}

void add_failure(IdlRpc& rpc) {
  const IdlType& type = rpc.result;
  for (const Failure& failure : failures) {
    if (rpc.kind != IdlRpcKind::rpc && type.stem == IdlStem::scalar && type.pointers.empty() &&
        type.name == failure.type) {
      add(rpc, Kind::failure, std::string(failure.value));
    }
  }
}

// What a call of the function ends, with its own arguments.
std::optional<std::string> ended_by(const IdlRpc& rpc, std::string_view undo) {
  for (const Alias& alias : aliases) {
    if (alias.function == rpc.name && called(alias.undo) == called(undo)) {
      return spell(alias.undo, rpc);
    }
  }
  if (rpc.name != called(undo)) {
    return std::nullopt;
  }
  size_t count = undo.ends_with("()") ? 0 : 1 + static_cast<size_t>(std::ranges::count(undo, ','));
  std::string text = rpc.name + "(";
  for (size_t i = 0; i < count; ++i) {
    text += fmt::format("{}${}", i == 0 ? "" : ", ", i);
  }
  return spell(text + ")", rpc);
}

} // namespace

void add_undo(Inference& inference, const Crossing& crossing, IdlRpc& rpc) {
  add_failure(rpc);
  const Row* known = row_of(inference, crossing, rpc);
  if (!known) {
    return;
  }
  std::optional<std::string> undo = spell(known->undo, rpc);
  std::optional<std::string> done = spell(known->done, rpc);
  if (!undo || !done) {
    warn(inference, crossing.loc, "undo-left-out",
         fmt::format("{}: what it does is not undone by {} for a domain that was stopped, since "
                     "not all arguments of that cross as objects or numbers",
                     rpc.name, called(known->undo)));
    return;
  }
  add(rpc, known->kind, std::move(*undo));
  if (!done->empty()) {
    add(rpc, Kind::done, std::move(*done));
  }
  inference.draft.headers.insert(std::string(known->header));
}

void add_ends(std::vector<IdlItem>& items) {
  std::set<std::string> undone, ended; // what the undos call
  for (const IdlItem& item : items) {
    const auto* rpc = std::get_if<IdlRpc>(&item.value);
    for (const IdlAttribute& attribute : rpc ? rpc->result.attributes : IdlAttributes{}) {
      if (is_undo(attribute.kind)) {
        undone.insert(attribute.expression);
      }
    }
  }
  for (IdlItem& item : items) {
    auto* rpc = std::get_if<IdlRpc>(&item.value);
    for (const std::string& undo : rpc && rpc->kind == IdlRpcKind::rpc ? undone : std::set<std::string>{}) {
      std::optional<std::string> ends = ended_by(*rpc, undo);
      if (ends && !find_attribute(rpc->result.attributes, Kind::ends)) {
        ended.insert(std::string(called(undo)));
        add(*rpc, Kind::ends, std::move(*ends));
      }
    }
  }
  // Drivers have the release of such a lock inlined: nobody would say that it was released.
  for (IdlItem& item : items) {
    if (auto* rpc = std::get_if<IdlRpc>(&item.value)) {
      IdlAttributes& attributes = rpc->result.attributes;
      const IdlAttribute* unlock = find_attribute(attributes, Kind::unlock);
      if (unlock && !ended.contains(std::string(called(unlock->expression)))) {
        std::erase_if(attributes, [](const IdlAttribute& attribute) {
          return attribute.kind == Kind::unlock || attribute.kind == Kind::done;
        });
      }
    }
  }
}

} // namespace ks

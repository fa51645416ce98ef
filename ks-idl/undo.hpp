// SPDX-License-Identifier: MIT
// What must be given back for a driver whose domain was stopped, and what a function that cannot be
// called answers: the tables undo, ends and failures of ks-known(5), ready to be asked.

#pragma once

#include "ks-idl/idl.hpp"

#include "pipelines/known.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace ks::idl {

struct Undo {
  std::string_view function; // or STRUCT.FIELD
  IdlAttributeKind kind{}; // unlock, undo, cancel or reference
  std::string_view call, done, header;
};

class UndoTables {
public:
  // Fails on a row that makes no sense.
  explicit UndoTables(const Known& known);

  const std::vector<Undo>& all() const { return undos_; }
  const Undo* find(std::string_view function) const;
  // The call whose effect a call of this function ends, empty if it is none of them.
  std::string_view ended_by(std::string_view function) const;
  // What a function of this type answers, empty if nothing else than others.
  std::string_view failure_of(std::string_view type) const;

private:
  std::vector<Undo> undos_; // by function
  KnownRows ends_, failures_;
  Known known_; // holds the text that rows point into
};

} // namespace ks::idl

// SPDX-License-Identifier: MIT
// Reads what arguments and fields are declared as.

#pragma once

#include "ks-idl/cursor.hpp"

namespace ks::idl {

class DeclarationReader {
public:
  // In an overlay, a projection or a signature may be left without its name.
  DeclarationReader(Cursor& cursor, bool in_overlay) : c_(cursor), in_overlay_(in_overlay) {}

  // A type that a name follows, which is not read.
  IdlType type() { return type(true, 0); }
  // A type with nothing behind it.
  IdlType bare_type() { return type(false, 0); }
  IdlDeclaration declaration() { return declaration(false); }
  // A declaration and its ";". The name may be that of a member of a struct without a tag: s.a
  IdlDeclaration field();

private:
  IdlDeclaration declaration(bool is_field);
  IdlType type(bool is_named, u32 depth);
  void stem(IdlType& type, bool is_named, u32 depth);
  std::vector<std::string> type_words(bool is_named);
  void array(IdlType& type, u32 depth);
  IdlAttributes attributes();
  IdlAttribute attribute();

  Cursor& c_;
  bool in_overlay_;
};

} // namespace ks::idl

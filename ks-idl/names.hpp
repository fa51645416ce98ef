// SPDX-License-Identifier: MIT
// How the language spells its attributes: one table for reader and writer.

#pragma once

#include "ks-idl/idl.hpp"

#include <array>
#include <string_view>

namespace ks::idl {

enum class AttributeForm : u8 { plain, sided, expression };

struct AttributeName {
  IdlAttributeKind kind;
  AttributeForm form;
  std::string_view name;
};

inline constexpr std::array<AttributeName, 46> attribute_names{{
    {IdlAttributeKind::in, AttributeForm::plain, "in"},
    {IdlAttributeKind::out, AttributeForm::plain, "out"},
    {IdlAttributeKind::unused, AttributeForm::plain, "unused"},
    {IdlAttributeKind::cookie, AttributeForm::plain, "cookie"},
    {IdlAttributeKind::init, AttributeForm::plain, "init"},
    {IdlAttributeKind::exit, AttributeForm::plain, "exit"},
    {IdlAttributeKind::always, AttributeForm::plain, "always"},
    {IdlAttributeKind::nonnull, AttributeForm::plain, "nonnull"},
    {IdlAttributeKind::format, AttributeForm::plain, "format"},
    {IdlAttributeKind::kept, AttributeForm::plain, "kept"},
    {IdlAttributeKind::refused, AttributeForm::plain, "refused"},
    {IdlAttributeKind::number, AttributeForm::plain, "number"},
    {IdlAttributeKind::percpu, AttributeForm::plain, "percpu"},
    {IdlAttributeKind::alloc, AttributeForm::sided, "alloc"},
    {IdlAttributeKind::bind, AttributeForm::sided, "bind"},
    {IdlAttributeKind::alloc_once, AttributeForm::sided, "alloc_once"},
    {IdlAttributeKind::alloc_stack, AttributeForm::sided, "alloc_stack"},
    {IdlAttributeKind::may_dealloc, AttributeForm::sided, "may_dealloc"},
    {IdlAttributeKind::dealloc, AttributeForm::sided, "dealloc"},
    {IdlAttributeKind::at, AttributeForm::expression, "at"},
    {IdlAttributeKind::from, AttributeForm::expression, "from"},
    {IdlAttributeKind::last_use, AttributeForm::expression, "last_use"},
    {IdlAttributeKind::size, AttributeForm::expression, "size"},
    {IdlAttributeKind::undo, AttributeForm::expression, "undo"},
    {IdlAttributeKind::unlock, AttributeForm::expression, "unlock"},
    {IdlAttributeKind::cancel, AttributeForm::expression, "cancel"},
    {IdlAttributeKind::given, AttributeForm::expression, "given"},
    {IdlAttributeKind::reference, AttributeForm::expression, "reference"},
    {IdlAttributeKind::drops, AttributeForm::expression, "drops"},
    {IdlAttributeKind::done, AttributeForm::expression, "done"},
    {IdlAttributeKind::freed, AttributeForm::expression, "freed"},
    {IdlAttributeKind::ends, AttributeForm::expression, "ends"},
    {IdlAttributeKind::failure, AttributeForm::expression, "failure"},
    {IdlAttributeKind::only, AttributeForm::expression, "only"},
    {IdlAttributeKind::within, AttributeForm::expression, "within"},
    {IdlAttributeKind::when, AttributeForm::expression, "when"},
    {IdlAttributeKind::merge_add, AttributeForm::plain, "merge<add>"},
    {IdlAttributeKind::merge_bits, AttributeForm::plain, "merge<bits>"},
    {IdlAttributeKind::owner, AttributeForm::plain, "owner"},
    {IdlAttributeKind::moved, AttributeForm::expression, "moved"},
    {IdlAttributeKind::lent, AttributeForm::plain, "lent"},
    {IdlAttributeKind::member, AttributeForm::plain, "member"},
    {IdlAttributeKind::inner, AttributeForm::expression, "inner"},
    {IdlAttributeKind::error, AttributeForm::plain, "error"},
    {IdlAttributeKind::filled, AttributeForm::plain, "filled"},
    {IdlAttributeKind::entrusted, AttributeForm::plain, "entrusted"},
}};

} // namespace ks::idl

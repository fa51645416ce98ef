// SPDX-License-Identifier: MIT
// Which attribute says something about what.

#pragma once

#include "ks-idlc/layout.hpp"

#include <string_view>

namespace ks::idlc {

std::string_view attribute_word(const IdlAttribute& attribute);

// Why this attribute says nothing about what it stands on; empty if it does.
std::string_view misuse(const IdlAttribute& attribute, Shape shape, Place place);

} // namespace ks::idlc

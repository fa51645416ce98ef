// SPDX-License-Identifier: MIT
// Masks of bits.

#pragma once

#include "pipelines/integers.hpp"

namespace ks {

// The lowest `width` bits of a number; all if it has no more.
constexpr u64 low_bits(u64 width) { return width >= 64 ? ~u64{0} : (u64{1} << width) - 1; }

} // namespace ks

// SPDX-License-Identifier: MIT
// What is in a member that can be several things: one of a union, of which one holds a pointer, or one
// whose type does not say what it points to.
//
// Method: each use of such a member says what is taken to be there, a struct or scalars that a pointer
// leads to, a struct, a number, or a pointer that is only handed on; and what of a sibling is known where
// the use is. Where a sibling, the tag, tells all structs and scalars apart, each of them is there for the
// values of the tag for which code uses it; what code uses without ever asking, one such thing at most, is
// there for all other values. Numbers and what is handed on is what is left. Members that nothing tells apart
// are in no row.

#pragma once

#include "ks-sync/layout.hpp"
#include "ks-sync/sync.hpp"

namespace ks::sync {

// By place, then kind, structure.
std::vector<SyncArm> find_arms(const View& program, const Layout& layout);

} // namespace ks::sync

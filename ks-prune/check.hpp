// SPDX-License-Identifier: MIT
// Where the answer is weaker than hoped.

#pragma once

#include "ks-prune/rows.hpp"

namespace ks {

void check_imports(const Choice& choice);
void check_indirect_calls(const Choice& choice);

} // namespace ks

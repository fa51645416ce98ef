// SPDX-License-Identifier: MIT
// Unknown rows as warnings for people.

#pragma once

#include "ks-pdg/pdg.hpp"

namespace ks::pdg {

void report_unknowns(const Summary& summary);

} // namespace ks::pdg

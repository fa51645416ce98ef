// SPDX-License-Identifier: MIT
#include "ks-pdg/report.hpp"

namespace ks::pdg {

void report_unknowns(const Summary& summary) {
  for (const Unknown& row : summary.unknowns) {
    switch (row.reason) {
    case UnknownReason::no_debug_info: warn(row.loc, "no-debug-info", row.what); break;
    case UnknownReason::unknown_pointer: warn(row.loc, "unknown-pointer", row.what); break;
    case UnknownReason::inline_asm:
      warn(row.loc, "inline-assembly", "assembly not understood: " + row.what);
      break;
    case UnknownReason::indirect_target: warn(row.loc, "indirect-target", row.what); break;
    case UnknownReason::unsized_access: warn(row.loc, "unsized-access", row.what); break;
    case UnknownReason::variadic: warn(row.loc, "variadic-arguments", row.what); break;
    case UnknownReason::integer_to_pointer: warn(row.loc, "integer-to-pointer", row.what); break;
    case UnknownReason::unsupported_instruction:
      warn(row.loc, "unsupported-instruction", row.what);
      break;
    }
  }
}

} // namespace ks::pdg

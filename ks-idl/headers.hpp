// SPDX-License-Identifier: MIT
// What is to know about the kernel's headers before one can include them: headers.def.

#pragma once

#include <string>
#include <string_view>

namespace ks {

// What to include for what this header declares.
std::string header_for(std::string_view header);
// What has to be included before it; empty if it needs nothing.
std::string header_before(std::string_view header);
// Whether no module can include it.
bool is_closed_header(std::string_view header);

} // namespace ks

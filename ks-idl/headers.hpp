// SPDX-License-Identifier: MIT
// What is to know about the kernel's headers before one can include them: the table headers of
// ks-known(5).

#pragma once

#include "pipelines/known.hpp"

#include <string>
#include <string_view>

namespace ks::idl {

class Headers {
public:
  // Fails on a row that makes no sense.
  explicit Headers(const Known& known);

  // What to include for what this header declares.
  std::string header_for(std::string_view header) const;
  // What has to be included before it; empty if it needs nothing.
  std::string header_before(std::string_view header) const;
  // Whether no module can include it.
  bool is_closed(std::string_view header) const;

private:
  KnownRows before_, instead_, closed_; // by header
  Known known_;                         // holds the text that rows point into
};

} // namespace ks::idl

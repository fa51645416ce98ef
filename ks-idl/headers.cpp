// SPDX-License-Identifier: MIT

#include "ks-idl/headers.hpp"

namespace ks::idl {
namespace {

// The row of a header, or of the nearest folder that it lies in.
const KnownRow* row_of(const KnownRows& rows, std::string_view header) {
  const KnownRow* found = find_row(rows, header);
  size_t slash = header.rfind('/');
  while (!found && slash != std::string_view::npos && slash != 0) {
    found = find_row(rows, header.substr(0, slash + 1));
    slash = header.rfind('/', slash - 1);
  }
  return found;
}

} // namespace

Headers::Headers(const Known& known) : known_(known) {
  for (const KnownRow& row : known.rows(KnownTable::headers)) {
    const bool is_closed = row[1] == "closed";
    if (is_closed != row[2].empty()) {
      row.refuse("only a closed header has no other, and it must not");
    }
    (is_closed ? closed_ : row[1] == "before" ? before_ : instead_).push_back(row);
  }
}

std::string Headers::header_for(std::string_view header) const {
  const KnownRow* row = row_of(instead_, header);
  return std::string(row ? (*row)[2] : header);
}

std::string Headers::header_before(std::string_view header) const {
  const KnownRow* row = row_of(before_, header);
  return std::string(row ? (*row)[2] : std::string_view());
}

bool Headers::is_closed(std::string_view header) const {
  return find_row(closed_, header) != nullptr;
}

} // namespace ks::idl

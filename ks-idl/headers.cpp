// SPDX-License-Identifier: MIT

#include "ks-idl/headers.hpp"

namespace ks {
namespace {

struct Pair {
  std::string_view header, other;
};

#define BEFORE(header, first)
#define INSTEAD(header, other)
#define CLOSED(header)

#undef BEFORE
#define BEFORE(header, first) {header, first},
constexpr Pair before[] = {
#include "ks-idl/headers.def"
};
#undef BEFORE
#define BEFORE(header, first)

#undef INSTEAD
#define INSTEAD(header, other) {header, other},
constexpr Pair instead[] = {
#include "ks-idl/headers.def"
};
#undef INSTEAD
#define INSTEAD(header, other)

#undef CLOSED
#define CLOSED(header) header,
constexpr std::string_view closed[] = {
#include "ks-idl/headers.def"
};

template <class Pairs>
std::string_view other_of(const Pairs& pairs, std::string_view header) {
  for (const Pair& pair : pairs) {
    bool is_folder = pair.header.ends_with('/');
    if (is_folder ? header.starts_with(pair.header) : header == pair.header) {
      return pair.other;
    }
  }
  return {};
}

} // namespace

std::string header_for(std::string_view header) {
  std::string_view other = other_of(instead, header);
  return std::string(other.empty() ? header : other);
}

std::string header_before(std::string_view header) {
  return std::string(other_of(before, header));
}

bool is_closed_header(std::string_view header) {
  for (std::string_view name : closed) {
    if (name == header) {
      return true;
    }
  }
  return false;
}

} // namespace ks

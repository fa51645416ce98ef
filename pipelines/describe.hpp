// SPDX-License-Identifier: MIT
// What a struct of an artifact consists of, said once. KS_DESCRIBE(a, b, c) behind the
// members names each of them, in the order in which they are written; the payload, JSON
// Lines, the schema and the renumbering of rows follow from it. A member that is left out
// or named twice does not compile.

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

#define KS_DESCRIBE(...)                                                                           \
  static constexpr std::string_view described = #__VA_ARGS__;                                      \
  template <class Visit>                                                                           \
  decltype(auto) with_members(Visit visit) {                                                       \
    return visit(__VA_ARGS__);                                                                     \
  }                                                                                                \
  template <class Visit>                                                                           \
  decltype(auto) with_members(Visit visit) const {                                                 \
    return visit(__VA_ARGS__);                                                                     \
  }                                                                                                \
  void has_no_other_members() const { [[maybe_unused]] const auto& [__VA_ARGS__] = *this; }

namespace ks {

template <class T>
concept Described = requires { T::described; };

// The names of T's members, which commas and white space separate.
template <Described T>
consteval auto split_member_names() {
  std::array<std::string_view, std::ranges::count(T::described, ',') + 1> names;
  std::string_view rest = T::described;
  for (std::string_view& name : names) {
    const std::size_t comma = rest.find(',');
    name = rest.substr(0, comma);
    rest.remove_prefix(comma == rest.npos ? rest.size() : rest.find_first_not_of(' ', comma + 1));
  }
  return names;
}

template <Described T>
inline constexpr auto member_names = split_member_names<T>();

// Calls visit(name, member) for each member of a described struct.
template <class T, class Visit>
void for_each_member(T& of, Visit visit) {
  const std::string_view* name = member_names<std::remove_const_t<T>>.data();
  of.with_members([&](auto&... member) { (visit(*name++, member), ...); });
}

} // namespace ks

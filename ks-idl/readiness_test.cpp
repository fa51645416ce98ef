// SPDX-License-Identifier: MIT
// The table of what settles a reason, against the language that it speaks.

#include "ks-idl/idl.hpp"
#include "ks-idl/verdicts.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace ks::idl {
namespace {

TEST(Verdicts, EachSlugHasOneRowInOrder) {
  const auto table = settled_table();
  const auto out_of_order = std::ranges::adjacent_find(
      table, [](const Settled& a, const Settled& b) { return a.slug >= b.slug; });
  EXPECT_EQ(out_of_order, table.end()) << out_of_order->slug;
}

TEST(Verdicts, ARuleThatSettlesIsInTheLanguage) {
  constexpr std::string_view marker = "overlay: ";
  for (const Settled& one : settled_table()) {
    if (!one.by.starts_with(marker)) {
      continue;
    }
    std::vector<IdlError> errors;
    const std::string rule(one.by.substr(marker.size()));
    parse_overlay("overlay o { " + rule + " }", errors);
    EXPECT_TRUE(errors.empty()) << one.slug << ": " << rule << ": " << errors.front().message;
  }
}

TEST(Verdicts, WhatElseSettlesIsOneOfAFewSorts) {
  for (const Settled& one : settled_table()) {
    const bool is_sort = std::ranges::any_of(
        std::initializer_list<std::string_view>{
            "overlay: ", "known: ", "kernel: ", "build: ", "analysis: "},
        [&](std::string_view sort) { return one.by.starts_with(sort); });
    EXPECT_TRUE(is_sort) << one.slug;
  }
}

TEST(Verdicts, OfAnUnknownSlugTheWorstIsTaken) {
  EXPECT_EQ(find_settled("no-such-slug").verdict, Verdict::refused);
  EXPECT_EQ(find_settled("unknown-size").verdict, Verdict::wide);
}

} // namespace
} // namespace ks::idl

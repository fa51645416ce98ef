// SPDX-License-Identifier: MIT

#include "pipelines/diag.hpp"

#include <gtest/gtest.h>

namespace ks {
namespace {

std::string said(const Loc& loc) {
  testing::internal::CaptureStderr();
  warn(loc, "lost-cat", "no cat");
  return testing::internal::GetCapturedStderr();
}

TEST(Diag, WarningNamesWhatIsKnownOfThePosition) {
  EXPECT_EQ(said({"a.c", 3, 7}), "a.c:3:7: warning: no cat [lost-cat]\n");
  EXPECT_EQ(said({"a.c", 3, 0}), "a.c:3: warning: no cat [lost-cat]\n");
  EXPECT_EQ(said({"a.c", 0, 0}), "a.c: warning: no cat [lost-cat]\n");
  EXPECT_EQ(said({}), "warning: no cat [lost-cat]\n");
}

TEST(Diag, QuietWarningsCount) {
  const u64 before = warning_count();
  set_verbosity(Verbosity::errors);
  EXPECT_EQ(said({"a.c", 3, 7}), "");
  set_verbosity(Verbosity::warnings);
  EXPECT_EQ(warning_count(), before + 1);
}

TEST(Diag, PassesAreReportedWhenAskedFor) {
  testing::internal::CaptureStderr();
  report_pass("types", 1, 2);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  set_verbosity(Verbosity::passes);
  testing::internal::CaptureStderr();
  report_pass("types", 1, 2);
  EXPECT_EQ(testing::internal::GetCapturedStderr().substr(0, 30), "types: 1 rows in, 2 rows out, ");
  set_verbosity(Verbosity::warnings);
}

} // namespace
} // namespace ks

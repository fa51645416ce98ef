// SPDX-License-Identifier: MIT
#include "pipelines/vm/judge.hpp"

#include "pipelines/diag.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ks::vm {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Verdict judge(std::string_view console, std::vector<std::string> expect = {}) {
  return judge_console(console, {std::move(expect), kernel_complaints(), {}});
}

TEST(Judge, ClaimsAndAnEndAreGood) {
  const Verdict verdict = judge("[ 0.1] Linux\r\nKS PASS loads\r\nKS PASS sends\r\nKS END\r\n");
  EXPECT_TRUE(verdict.good());
  EXPECT_THAT(verdict.passed, ElementsAre("loads", "sends"));
}

TEST(Judge, AFailedClaimIsToldWithItsReason) {
  const Verdict verdict = judge("KS PASS loads\nKS FAIL sends tx is 0\nKS END\n");
  EXPECT_THAT(verdict.complaints, ElementsAre("failed: sends tx is 0"));
}

TEST(Judge, AComplaintInTheMiddleOfAClaimsLineIsNotGood) {
  const Verdict verdict = judge("KS PASS loads[    1.273356] BUG: soft lockup\n\nKS END\n");
  EXPECT_THAT(verdict.passed, ElementsAre("loads"));
  EXPECT_THAT(verdict.complaints, ElementsAre("the console says: [    1.273356] BUG: soft lockup"));
}

TEST(Judge, AGuestThatStopsHalfwayIsNotGood) {
  EXPECT_THAT(judge("KS PASS loads\n").complaints,
              ElementsAre("the guest did not come to its end"));
  EXPECT_THAT(judge("").complaints, ElementsAre("the guest did not come to its end"));
}

TEST(Judge, AGuestThatClaimsNothingIsNotGood) {
  EXPECT_THAT(judge("KS END\n").complaints, ElementsAre("the guest claimed nothing"));
}

TEST(Judge, EveryKernelComplaintIsNotGood) {
  for (const char* line :
       {"[ 1.0] WARNING: CPU: 0 PID: 1 at net/core/dev.c:1", "BUG: kernel NULL pointer dereference",
        "Oops: 0000 [#1] SMP", "general protection fault", " Call Trace:",
        "refcount_t: underflow; use-after-free.", "BUG: scheduling while atomic: ip/44",
        "list_del corruption. prev->next should be", "BUG kmalloc-4k: Redzone overwritten",
        "Kernel panic - not syncing: Fatal", "unregister_netdevice: waiting for x to become free",
        "x: Unknown symbol y (err -2)", "rcu: INFO: rcu_sched self-detected stall on CPU",
        "ks_rt: toy: domain stopped: time budget used up at toy_xmit+0x1/0x90"}) {
    const Verdict verdict = judge(std::string("KS PASS loads\n") + line + "\nKS END\n");
    ASSERT_EQ(verdict.complaints.size(), 1u) << line;
    EXPECT_EQ(verdict.complaints[0], std::string("the console says: ") + line);
  }
}

TEST(Judge, OrdinaryWordsAreNoComplaint) {
  EXPECT_THAT(judge("debugfs: BUGGY is one word\nKS PASS a\nKS END\n").complaints, IsEmpty());
}

TEST(Judge, WhatIsAllowedIsNotForbidden) {
  const Expectations expectations{{}, kernel_complaints(), {"WARNING: benign"}};
  EXPECT_TRUE(judge_console("KS PASS a\nWARNING: benign\nKS END\n", expectations).good());
  EXPECT_FALSE(judge_console("KS PASS a\nWARNING: other\nKS END\n", expectations).good());
}

TEST(Judge, WhatIsExpectedIsNotForbidden) {
  EXPECT_TRUE(judge("KS PASS a\nWARNING: planted\nKS END\n", {"planted"}).good());
  EXPECT_FALSE(judge("KS PASS a\nplanted\nWARNING: other\nKS END\n", {"planted"}).good());
}

TEST(Judge, AnExpectedLineMustAppear) {
  EXPECT_TRUE(judge("KS PASS a\nKS SAYS tx=3\nKS END\n", {"tx=[0-9]+"}).good());
  EXPECT_THAT(judge("KS PASS a\nKS END\n", {"tx=[0-9]+"}).complaints,
              ElementsAre("no line matches tx=[0-9]+"));
}

TEST(Judge, AClaimBehindAKernelLineCounts) {
  EXPECT_THAT(judge("[ 1.0] dev: upKS PASS loads\nKS END\n").passed, ElementsAre("loads"));
}

TEST(Judge, AMalformedExpressionIsRefused) { EXPECT_THROW(judge("", {"("}), Failure); }

} // namespace
} // namespace ks::vm

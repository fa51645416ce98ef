// SPDX-License-Identifier: MIT
#include "ks-pdg/link_steps.hpp"

#include <gmock/gmock.h>
#include <llvm/AsmParser/Parser.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Verifier.h>
#include <llvm/Support/SourceMgr.h>

namespace ks::link {
namespace {

using testing::HasSubstr;
using testing::Not;

// What becomes of a function whose body, without its return, this is; p points to memory, n is a number.
std::string given(const std::string& body, std::vector<StepLeft>* left = nullptr) {
  llvm::LLVMContext context;
  llvm::SMDiagnostic error;
  const std::unique_ptr<llvm::Module> module = llvm::parseAssemblyString(
      "define void @f(ptr %p, ptr %q, i64 %n, i32 %v) {\n" + body + "  ret void\n}\n", error,
      context);
  EXPECT_TRUE(module) << error.getMessage().str();
  std::vector<StepLeft> steps = give_steps_away(*module);
  if (left) *left = steps;
  EXPECT_FALSE(llvm::verifyModule(*module, &llvm::errs()));
  std::string text;
  llvm::raw_string_ostream out(text);
  module->print(out, nullptr);
  return text;
}

TEST(LinkSteps, AssemblyWithTheLockPrefixIsMadeWhereItsOwnerSays) {
  const std::string text =
      given("  %r = call i32 asm sideeffect \"lock; xaddl $0, $1\", \"=r,=*m,0,*m\"(ptr "
            "elementtype(i32) %p, i32 %v, ptr elementtype(i32) %p)\n");
  EXPECT_THAT(text, HasSubstr("%1 = call ptr @ks_step(ptr %p, i64 4, ptr %ks_step)"));
  EXPECT_THAT(text, HasSubstr("(ptr elementtype(i32) %1, i32 %v, ptr elementtype(i32) %1)"));
  EXPECT_THAT(text, HasSubstr("%2 = icmp eq ptr %1, %p"));
  EXPECT_THAT(text, HasSubstr("br i1 %2, label %ks_made, label %ks_ask"));
  EXPECT_THAT(text, HasSubstr("call i32 @ks_stepped(ptr %p, ptr %ks_step)"));
  EXPECT_THAT(text, HasSubstr("label %ks_made, label %ks_again"));
}

TEST(LinkSteps, AnExchangeNeedsNoPrefix) {
  EXPECT_THAT(given("  %r = call i32 asm sideeffect \"xchgl $0, $1\", \"=r,=*m,0,*m\"(ptr "
                    "elementtype(i32) %p, i32 %v, ptr elementtype(i32) %p)\n"),
              HasSubstr("@ks_step("));
}

TEST(LinkSteps, WhatIsNoStepForAllStays) {
  EXPECT_THAT(
      given("  call void asm sideeffect \"incl $0\", \"=*m,*m\"(ptr elementtype(i32) %p, ptr "
            "elementtype(i32) %p)\n"),
      Not(HasSubstr("call ptr @ks_step(")));
  EXPECT_THAT(given("  call void asm sideeffect \"xchgl %gs:$0, $1\", \"=*m,*m,r\"(ptr "
                    "elementtype(i32) %p, ptr elementtype(i32) %p, i32 %v)\n"),
              Not(HasSubstr("call ptr @ks_step(")));
}

TEST(LinkSteps, WhatIsLocalStays) {
  EXPECT_THAT(given("  %l = alloca i32\n  %r = atomicrmw add ptr %l, i32 1 seq_cst\n"),
              Not(HasSubstr("call ptr @ks_step(")));
}

TEST(LinkSteps, InstructionsOfTheCompilersAreSteps) {
  EXPECT_THAT(given("  %r = atomicrmw add ptr %p, i64 1 seq_cst\n"),
              HasSubstr("atomicrmw add ptr %1, i64 1 seq_cst"));
  EXPECT_THAT(given("  %r = cmpxchg ptr %p, i16 1, i16 2 seq_cst seq_cst\n"),
              HasSubstr("call ptr @ks_step(ptr %p, i64 2, ptr %ks_step)"));
}

TEST(LinkSteps, ABitIsLookedForInItsWord) {
  const std::string text =
      given("  call void asm sideeffect \"lock; btsq $1,$0\", \"*m,Ir,~{memory}\"(ptr "
            "elementtype(i64) %p, i64 %n)\n");
  EXPECT_THAT(text, HasSubstr("%1 = ashr i64 %n, 6"));
  EXPECT_THAT(text, HasSubstr("%2 = mul i64 %1, 8"));
  EXPECT_THAT(text, HasSubstr("%3 = and i64 %n, 63"));
  EXPECT_THAT(text, HasSubstr("%4 = getelementptr i8, ptr %p, i64 %2"));
  EXPECT_THAT(text, HasSubstr("@ks_step(ptr %4, i64 8,"));
  EXPECT_THAT(text, HasSubstr("(ptr elementtype(i64) %5, i64 %3)"));
}

TEST(LinkSteps, SeveralStepsOfOneFunctionAreEachGivenAway) {
  const std::string text = given("  %a = atomicrmw add ptr %p, i64 1 seq_cst\n"
                                 "  %b = atomicrmw or ptr %q, i64 1 seq_cst\n");
  EXPECT_THAT(text, HasSubstr("@ks_step(ptr %p"));
  EXPECT_THAT(text, HasSubstr("@ks_step(ptr %q"));
}

TEST(LinkSteps, WhatCannotBeGivenAwayIsSaid) {
  std::vector<StepLeft> left;
  given("  %r = cmpxchg ptr %p, i128 1, i128 2 seq_cst seq_cst\n", &left);
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].why, "it is too wide");
  given(
      "  call void asm sideeffect \"lock; mixl $0, $1\", \"=*m,=*m\"(ptr elementtype(i32) %p, ptr "
      "elementtype(i32) %q)\n",
      &left);
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].why, "it has several operands in memory");
  given("  call void asm sideeffect \"lock; incl (%rax)\", \"\"()\n", &left);
  ASSERT_EQ(left.size(), 1u);
  EXPECT_EQ(left[0].why, "it names no memory");
}

} // namespace
} // namespace ks::link

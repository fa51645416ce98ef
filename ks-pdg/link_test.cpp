// SPDX-License-Identifier: MIT
#include "ks-pdg/link.hpp"

#include <gmock/gmock.h>
#include <llvm/AsmParser/Parser.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/Support/SourceMgr.h>

namespace ks::link {
namespace {

using testing::HasSubstr;
using testing::Not;

class Link : public testing::Test {
protected:
  void add(const std::string& name, const std::string& text, bool is_kernel = false) {
    llvm::SMDiagnostic error;
    units_.push_back({name, is_kernel, llvm::parseAssemblyString(text, error, context_)});
    ASSERT_TRUE(units_.back().module) << error.getMessage().str();
    drop_discarded(*units_.back().module);
  }
  std::string plan() const { return print_plan(make_plan(units_, tables_)); }
  // The module that comes out.
  std::string linked() {
    const LinkPlan plan = make_plan(units_, tables_);
    const std::unique_ptr<llvm::Module> whole = carry_out(plan, std::move(units_), false);
    std::string text;
    llvm::raw_string_ostream out(text);
    whole->print(out, nullptr);
    return text;
  }

  llvm::LLVMContext context_;
  std::vector<LinkUnit> units_;
  LinkTables tables_;
};

TEST_F(Link, WhatStandsForASymbolOfTheKernelTakesItsPlace) {
  tables_.symbols = {{"register_it", "ks_import_register_it"}};
  add("a.c", "declare void @register_it()\n"
             "define void @f() {\n  call void @register_it()\n  ret void\n}\n");
  EXPECT_EQ(plan(), "a.c\tkept\tf\t\t\n"
                    "a.c\treplaced\tregister_it\tks_import_register_it\t\n");
  EXPECT_THAT(linked(), HasSubstr("call void @ks_import_register_it()"));
}

TEST_F(Link, SymbolOfTheKernelThatNothingStandsForIsRefused) {
  add("a.c", "@panic = external global i32\n"
             "define i32 @f() {\n  %x = load i32, ptr @panic\n  ret i32 %x\n}\n");
  EXPECT_EQ(plan(), "a.c\tkept\tf\t\t\n"
                    "a.c\trefused\tpanic\t\tthe driver names it, and nothing stands for it\n");
  testing::internal::CaptureStderr();
  EXPECT_THROW(linked(), Failure);
  EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("a.c: error: panic: the driver"));
}

TEST_F(Link, StaticFunctionsOfOneNameAreToldApartByTheirUnits) {
  tables_.visible = {"open", "open__b"};
  tables_.statics = {{{"a.c", "open"}, "open"}, {{"b.c", "open"}, "open__b"}};
  for (const char* number : {"1", "2"}) {
    add(number[0] == '1' ? "a.c" : "b.c", std::string("@ops") + number +
                                              " = global ptr @open\n"
                                              "define internal i32 @open() {\n  ret i32 " +
                                              number + "\n}\n");
  }
  EXPECT_EQ(plan(), "a.c\tshown\topen\t\tthe glue links to it\n"
                    "a.c\tkept\tops1\t\t\n"
                    "b.c\trenamed\topen\topen__b\tthe glue knows it by that\n"
                    "b.c\tkept\tops2\t\t\n");
  const std::string text = linked();
  EXPECT_THAT(text, HasSubstr("@ops1 = global ptr @open\n"));
  EXPECT_THAT(text, HasSubstr("@ops2 = global ptr @open__b\n"));
  EXPECT_THAT(text, HasSubstr("define dso_local i32 @open() {\n  ret i32 1"));
  EXPECT_THAT(text, HasSubstr("define dso_local i32 @open__b() {\n  ret i32 2"));
}

TEST_F(Link, StaticVariableOfAFunctionIsKnownToTheGlueByAnotherName) {
  tables_.symbols = {{"f_table", "ks_own_f_table"}};
  tables_.visible = {"ks_own_f_table"};
  tables_.statics = {{{"a.c", "f.table"}, "f_table"}};
  add("a.c", "@f.table = internal global i32 7\n"
             "define ptr @f() {\n  ret ptr @f.table\n}\n");
  EXPECT_EQ(plan(), "a.c\tkept\tf\t\t\n"
                    "a.c\trenamed\tf.table\tks_own_f_table\tthe glue knows it by that\n");
  EXPECT_THAT(linked(), HasSubstr("@ks_own_f_table = "));
}

TEST_F(Link, StaticFunctionOfWhichTheGlueMayMeanAnotherIsRefused) {
  tables_.visible = {"open"};
  add("a.c", "define internal void @open() {\n  ret void\n}\n@a = global ptr @open\n");
  add("b.c", "define internal void @open() {\n  ret void\n}\n@b = global ptr @open\n");
  EXPECT_THAT(plan(), HasSubstr("a.c\trefused\topen\t\tthe glue links to it, and a.c and b.c"));
}

TEST_F(Link, StaticFunctionWithTheNameOfAKernelsStaysTheDrivers) {
  tables_.symbols = {{"open", "ks_import_open"}};
  add("a.c", "define internal i32 @open() {\n  ret i32 1\n}\n@a = global ptr @open\n");
  add("b.c", "declare i32 @open()\n@b = global ptr @open\n");
  const std::string text = linked();
  EXPECT_THAT(text, HasSubstr("@a = global ptr @open\n"));
  EXPECT_THAT(text, HasSubstr("@b = global ptr @ks_import_open\n"));
}

TEST_F(Link, EntryPointIsCalledByItsNewName) {
  tables_.symbols = {{"init_module", "ks_driver_init"}};
  tables_.visible = {"ks_driver_init"};
  add("a.c", "@init_module = alias i32 (), ptr @start\n"
             "define internal i32 @start() {\n  ret i32 0\n}\n");
  EXPECT_THAT(linked(), HasSubstr("@ks_driver_init = alias i32 (), ptr @start"));
}

TEST_F(Link, OneUnitOfTheDriverMayUseAnother) {
  add("a.c", "declare void @second()\n"
             "define void @first() {\n  call void @second()\n  ret void\n}\n");
  add("b.c", "define void @second() {\n  ret void\n}\n");
  EXPECT_THAT(plan(), Not(HasSubstr("refused")));
}

TEST_F(Link, AssemblyMayNameWhatOnlyTheDomainLibraryHas) {
  tables_.provided = {"count_bits", "own"};
  add("a.c",
      "define void @own() {\n  ret void\n}\n"
      "define void @f() {\n  call void asm sideeffect \"call count_bits; call own\", \"\"()\n"
      "  ret void\n}\n");
  const std::string text = linked();
  EXPECT_THAT(text, HasSubstr("module asm \".set count_bits, ks_lib_count_bits\""));
  EXPECT_THAT(text, Not(HasSubstr("ks_lib_own")));
}

TEST_F(Link, OldNameInAssemblyStandsForTheNewOne) {
  tables_.symbols = {{"poke", "ks_import_poke"}, {"memcpy", "ks_lib_memcpy"}};
  add("a.c",
      "define void @f() {\n  call void asm sideeffect \"call poke\", \"\"()\n  ret void\n}\n");
  const std::string text = linked();
  EXPECT_THAT(text, HasSubstr("module asm \".set poke, ks_import_poke\""));
  EXPECT_THAT(text, HasSubstr("module asm \".set memcpy, ks_lib_memcpy\""));
}

TEST_F(Link, CloneBringsWhatIsStaticAndNothingElse) {
  tables_.symbols = {{"parse", "ks_clone_parse"}, {"print", "ks_import_print"}};
  tables_.clones = {{"lib/p.c", {"parse"}}};
  add("a.c", "declare i32 @parse()\ndefine i32 @f() {\n  %x = call i32 @parse()\n  ret i32 %x\n}\n"
             "define internal i32 @helper() {\n  ret i32 1\n}\n@own = global ptr @helper\n");
  add("lib/p.c",
      "module asm \".globl __ksymtab_parse\"\n"
      "@state = global i32 7\n"
      "define internal i32 @helper() {\n  call void @print()\n  ret i32 2\n}\n"
      "define i32 @parse() {\n  %x = call i32 @helper()\n  ret i32 %x\n}\n"
      "define void @print() {\n  store i32 1, ptr @state\n  ret void\n}\n"
      "define void @other() {\n  call void @parse()\n  ret void\n}\n",
      true);
  EXPECT_THAT(plan(), HasSubstr("lib/p.c\tcopied\thelper\t\t\n"
                                "lib/p.c\tcloned\tparse\tks_clone_parse\t\n"
                                "lib/p.c\treplaced\tprint\tks_import_print\t\n"));
  const std::string text = linked();
  EXPECT_THAT(text, HasSubstr("call i32 @ks_clone_parse()"));
  EXPECT_THAT(text, HasSubstr("define i32 @ks_clone_parse()"));
  EXPECT_THAT(text, HasSubstr("declare void @ks_import_print()"));
  EXPECT_THAT(text, HasSubstr("@own = global ptr @helper\n")); // the driver's, not the clone's
  for (const char* gone : {"@other", "@state", "ksymtab"}) EXPECT_THAT(text, Not(HasSubstr(gone)));
}

TEST_F(Link, CloneMayBeAnAlias) {
  tables_.symbols = {{"again", "ks_clone_again"}};
  tables_.clones = {{"lib/p.c", {"again"}}};
  add("a.c", "declare i32 @again()\n@used = global ptr @again\n");
  add("lib/p.c", "@again = alias i32 (), ptr @once\ndefine i32 @once() {\n  ret i32 5\n}\n", true);
  const std::string text = linked();
  EXPECT_THAT(text, HasSubstr("@used = global ptr @ks_clone_again\n"));
  EXPECT_THAT(text, HasSubstr("ret i32 5"));
}

TEST_F(Link, WhatACloneNamesIsRefusedAsWell) {
  tables_.symbols = {{"parse", "ks_clone_parse"}};
  tables_.clones = {{"lib/p.c", {"parse", "absent"}}};
  add("a.c", "declare void @parse()\n@used = global ptr @parse\n");
  add("lib/p.c",
      "declare void @secret()\ndefine void @parse() {\n  call void @secret()\n  ret void\n}\n",
      true);
  EXPECT_THAT(plan(), HasSubstr("lib/p.c\trefused\tsecret\t\ta clone names it"));
  EXPECT_THAT(plan(), HasSubstr("lib/p.c\trefused\tabsent\t\tit is to be cloned, and this unit"));
}

TEST_F(Link, WhatOnlyADiscardedSectionNamesIsNotNeeded) {
  add("a.c", "@key = external global i32\n"
             "@seen = internal global ptr @key, section \".discard.addressable\"\n"
             "@llvm.compiler.used = appending global [1 x ptr] [ptr @seen], "
             "section \"llvm.metadata\"\n");
  EXPECT_THAT(plan(), Not(HasSubstr("key")));
}

TEST_F(Link, WhatTheDriversAssemblyDefinesIsItsOwn) {
  tables_.symbols = {{"tramp", "ks_import_tramp"}};
  add("a.c", "module asm \".globl tramp\"\nmodule asm \"tramp: \"\nmodule asm \"ret\"\n"
             "declare void @tramp()\n"
             "define void @f() {\n  call void @tramp()\n  ret void\n}\n");
  EXPECT_THAT(plan(), HasSubstr("a.c\tkept\ttramp"));
  EXPECT_THAT(plan(), Not(HasSubstr("ks_import_tramp")));
}

TEST_F(Link, AssemblyNamesWhatTheGlueLinksToAsTheGlueDoes) {
  tables_.symbols = {{"shared", "ks_own_shared"}};
  tables_.visible = {"ks_own_shared"};
  add("a.c", "module asm \".long shared\"\n@shared = global i32 1\n");
  EXPECT_THAT(plan(), HasSubstr("a.c\treplaced\tshared\tks_own_shared\tin assembly"));
}

TEST_F(Link, WhatIsReadBySectionStays) {
  add("a.c", "@license = internal constant [4 x i8] c\"GPL\\00\", section \".modinfo\"\n");
  EXPECT_THAT(linked(),
              HasSubstr("@llvm.compiler.used = appending global [1 x ptr] [ptr @license]"));
}

TEST_F(Link, RuntimeIsToldWhereTheScopeOfALocalEndsThatOthersKnow) {
  tables_.symbols = {{"show", "ks_import_show"}};
  add("a.c", "declare void @show(ptr)\n"
             "declare void @llvm.lifetime.end.p0(ptr)\n"
             "define void @f() {\n"
             "  %shown = alloca [3 x i64]\n  %own = alloca i64\n"
             "  call void @show(ptr %shown)\n  store i64 1, ptr %own\n"
             "  call void @llvm.lifetime.end.p0(ptr %own)\n"
             "  call void @llvm.lifetime.end.p0(ptr %shown)\n  ret void\n}\n");
  const std::string text = linked();
  EXPECT_THAT(text, HasSubstr("call void @ks_scope_left(ptr %shown, i64 24)\n"
                              "  call void @llvm.lifetime.end.p0(ptr %shown)"));
  EXPECT_THAT(text, Not(HasSubstr("@ks_scope_left(ptr %own")));
}

} // namespace
} // namespace ks::link

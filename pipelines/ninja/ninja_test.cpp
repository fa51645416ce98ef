// SPDX-License-Identifier: MIT
#include "pipelines/diag.hpp"
#include "pipelines/ninja/kernel_build.hpp"
#include "pipelines/ninja/ninja_text.hpp"
#include "pipelines/ninja/pipeline.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ks::ninja {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view saved =
    "cmd_net/a.o := clang-22 -Wp,-MMD,net/.a.o.d -I./include -O2 -Xclang -fembed-bitcode=all "
    "-fdebug-prefix-map=/x=.  -DMODULE  -DKBUILD_BASENAME='\"a\"' -c -o net/a.o net/a.c   ; "
    "./tools/objtool net/a.o\n\nsource_net/a.o := net/a.c\n\ndeps_net/a.o := \\\n";

TEST(SavedCommand, EndsAtTheFirstOperator) {
  const SavedCommand command = parse_saved_command(saved);
  EXPECT_EQ(command.source, "net/a.c");
  EXPECT_EQ(command.words.back(), "net/a.c");
  EXPECT_EQ(command.words.front(), "clang-22");
  EXPECT_TRUE(embeds_bitcode(command));
}

TEST(SavedCommand, QuotesAreTheShells) {
  const SavedCommand command = parse_saved_command("cmd_a := cc -DX='\"a b\"' -DY=\\\"c\n");
  EXPECT_THAT(command.words, ElementsAre("cc", "-DX=\"a b\"", "-DY=\"c"));
}

TEST(SavedCommand, GeneralWordsNameNoFile) {
  EXPECT_THAT(general_words(parse_saved_command(saved)),
              ElementsAre("-I./include", "-O2", "-DMODULE"));
}

TEST(SavedCommand, AssemblyEmbedsNothing) {
  EXPECT_FALSE(embeds_bitcode(
      parse_saved_command("cmd_a.o := cc -fembed-bitcode=all -c a.S\nsource_a.o := a.S\n")));
  EXPECT_FALSE(embeds_bitcode(parse_saved_command("cmd_a.o := ld -r\n")));
}

TEST(NinjaText, PathsAreEscaped) { EXPECT_EQ(ninja_path("a b:c$"), "a$ b$:c$$"); }

TEST(NinjaText, ABuildHasItsParts) {
  NinjaText ninja;
  ninja.build({{"out"}, "rule", {"in"}, {"tool"}, {{"options", "-x"}}});
  EXPECT_EQ(ninja.text(), "build out: rule in | tool\n  options = -x\n");
}

TEST(Stages, MalformedLinesAreNamed) {
  EXPECT_EQ(parse_stages("stages", "h\nks-a\tb c\td\twhat\n").front().reads.size(), 2u);
  EXPECT_THROW(parse_stages("stages", "h\nks-a b\n"), Failure);
}

TEST(DriverUse, OnlyKnownWords) {
  const DriverUse use = parse_driver_use(
      "d", "# c\ndemo\nscript a.sh\ntool ip\nmodule can\ntool ping\nfile b/c.sh\nprogram b/d.c\n"
           "without vmfunc\n");
  EXPECT_EQ(use.script, "a.sh");
  EXPECT_THAT(use.tools, ElementsAre("ip", "ping"));
  EXPECT_THAT(use.modules, ElementsAre("can"));
  EXPECT_THAT(use.files, ElementsAre("b/c.sh"));
  EXPECT_THAT(use.programs, ElementsAre("b/d.c"));
  EXPECT_THAT(use.without, ElementsAre("vmfunc"));
  EXPECT_THROW(parse_driver_use("d", "scripts a.sh\n"), Failure);
  EXPECT_THROW(parse_driver_use("d", "script\n"), Failure);
}

KernelBuild small_build() {
  KernelBuild build;
  build.tree = "linux";
  build.release = "6.1";
  build.units = {{"d/a.c", "d/a.o"}, {"k/b.c", "k/b.o"}};
  build.modules = {{"a", "linux", {build.units[0]}, {}, "d/a.ko"},
                   {"b_c", "linux", {}, {}, "d/b-c.ko"}};
  return build;
}

Pipeline small_pipeline(const KernelBuild& build) {
  Pipeline pipeline;
  pipeline.tools = "bin";
  pipeline.scripts = "scripts";
  pipeline.out = "out";
  pipeline.file = "x.ninja";
  pipeline.stages = {{"ks-pdg", {"bc"}, "pdg"},
                     {"ks-prune", {"pdg"}, "pruned"},
                     {"ks-idl", {"pruned", "overlay"}, "idl"},
                     {"ks-idlc", {"idl"}, "c"}};
  pipeline.overlays = {"o/n.idl"};
  pipeline.drivers = {
      {build.modules[0], {"s.sh", {"ip"}, {"b-c"}, {"x/f.sh"}, {"x/p.c"}}, "drivers/a"}};
  return pipeline;
}

TEST(Pipeline, EveryUnitHasItsGraph) {
  const KernelBuild build = small_build();
  const std::string text = print_ninja(small_pipeline(build), build);
  EXPECT_THAT(text, HasSubstr("build out/pdg/d/a.pdg: ks-pdg linux/d/a.o | bin/ks-pdg\n"));
  EXPECT_THAT(text, HasSubstr("build out/pdg/k/b.pdg: ks-pdg linux/k/b.o | bin/ks-pdg\n"));
}

TEST(Pipeline, AStageDependsOnItsToolAndInputs) {
  const KernelBuild build = small_build();
  const std::string text = print_ninja(small_pipeline(build), build);
  EXPECT_THAT(text,
              HasSubstr("build out/a/a.pruned: ks-prune | bin/ks-prune out/lists/a.kernel "
                        "out/kernel.index out/pdg/d/a.pdg out/pdg/k/b.pdg\n"
                        "  options = --kernel-list=out/lists/a.kernel --index=out/kernel.index "
                        "--driver=out/pdg/d/a.pdg\n"));
  EXPECT_THAT(text, HasSubstr("build out/a/a.idl: ks-idl out/a/a.pruned | bin/ks-idl o/n.idl\n"
                              "  options = --module=a --overlay=o/n.idl\n"));
}

TEST(Pipeline, WhatAnInterfaceIsReadyForIsSaidBesideIt) {
  const KernelBuild build = small_build();
  const std::string text = print_ninja(small_pipeline(build), build);
  EXPECT_THAT(text,
              HasSubstr("command = $tools/ks-idl -q --readiness=text $options $in -o $out\n"));
  EXPECT_THAT(text,
              HasSubstr("build out/a/a.readiness: readiness out/a/a.pruned | bin/ks-idl o/n.idl\n"
                        "  options = --module=a --overlay=o/n.idl\n"));
  EXPECT_THAT(text, HasSubstr("build out/a/summary.txt: summary | scripts/summary out/a/a.pruned "
                              "out/a/a.idl out/a/a.readiness\n"));
}

TEST(Pipeline, TheIndexIsMadeOnceFromAllUnits) {
  const KernelBuild build = small_build();
  const Pipeline pipeline = small_pipeline(build);
  EXPECT_THAT(print_ninja(pipeline, build),
              HasSubstr("build out/kernel.index: index | bin/ks-prune out/lists/pdgs "
                        "out/pdg/d/a.pdg out/pdg/k/b.pdg\n"));
  const std::pair<std::string, std::string> all{"out/lists/pdgs",
                                                "out/pdg/d/a.pdg\nout/pdg/k/b.pdg\n"};
  EXPECT_THAT(list_files(pipeline, build), testing::Contains(all));
}

TEST(Pipeline, TheDriversOwnUnitsAreNotTheKernels) {
  const KernelBuild build = small_build();
  const auto files = list_files(small_pipeline(build), build);
  const std::pair<std::string, std::string> own = {"out/lists/a.kernel", "out/pdg/k/b.pdg\n"};
  EXPECT_THAT(files, Contains(own));
}

// Its graphs are with its artifacts, and all of the kernel is the kernel's.
TEST(Pipeline, AModuleOfAnotherFolderIsNoneOfTheKernels) {
  const KernelBuild build = small_build();
  Pipeline pipeline = small_pipeline(build);
  pipeline.drivers = {{{"o", "x/o", {{"o.c", "o.o"}}, {"s.o"}, "o.ko"}, {}, ""}};
  const std::string text = print_ninja(pipeline, build);
  EXPECT_THAT(text, HasSubstr("build out/o/pdg/o.pdg: ks-pdg x/o/o.o | bin/ks-pdg\n"));
  EXPECT_THAT(text, HasSubstr("out/pdg/k/b.pdg out/o/pdg/o.pdg\n  options = "
                              "--kernel-list=out/lists/o.kernel --index=out/kernel.index "
                              "--driver=out/o/pdg/o.pdg\n"));
  EXPECT_THAT(text, HasSubstr("objects = x/o/o.o\n  plain = --plain=x/o/s.o\n"));
  const std::pair<std::string, std::string> kernels = {"out/lists/o.kernel",
                                                       "out/pdg/d/a.pdg\nout/pdg/k/b.pdg\n"};
  EXPECT_THAT(list_files(pipeline, build), Contains(kernels));
}

TEST(Pipeline, AModuleOfAnotherFolderStandsForTheKernelsOfThatName) {
  const KernelBuild build = small_build();
  Pipeline pipeline = small_pipeline(build);
  pipeline.drivers = {{{"a", "x/a", {{"a.c", "a.o"}}, {}, "a.ko"}, {}, ""}};
  const std::pair<std::string, std::string> kernels = {"out/lists/a.kernel", "out/pdg/k/b.pdg\n"};
  EXPECT_THAT(list_files(pipeline, build), Contains(kernels));
}

TEST(Depends, AreTheModulesNames) {
  EXPECT_THAT(parse_depends("x\nMODULE_INFO(depends, \"b-c,d\");\n"), ElementsAre("b_c", "d"));
  EXPECT_THAT(parse_depends("MODULE_INFO(depends, \"\");\n"), ElementsAre());
  EXPECT_THAT(parse_depends(""), ElementsAre());
}

TEST(Pipeline, WhatADriverNeedsIsThereBeforeIt) {
  const KernelBuild build = small_build();
  const std::string text = print_ninja(small_pipeline(build), build);
  EXPECT_THAT(text,
              HasSubstr("options = --module=linux/d/b-c.ko --module=out/ks-rt/linux/ks_rt.ko "));
  EXPECT_THAT(text, HasSubstr("build out/programs/p: program x/p.c\n"));
  EXPECT_THAT(text, HasSubstr("--tool=ip --tool=out/programs/p --file=x/f.sh:/f.sh "));
}

TEST(Pipeline, NothingIsMadeForATransportThatADriverDoesNotWorkWith) {
  const KernelBuild build = small_build();
  Pipeline pipeline = small_pipeline(build);
  EXPECT_THAT(print_ninja(pipeline, build), HasSubstr("out/a/modules-vmfunc/a_driver.ko"));
  pipeline.drivers[0].use.without = {"vmfunc"};
  const std::string text = print_ninja(pipeline, build);
  EXPECT_THAT(text, Not(HasSubstr("out/a/modules-vmfunc/a_driver.ko")));
  EXPECT_THAT(text, Not(HasSubstr("out/a/run-vmfunc.log")));
  EXPECT_THAT(text, HasSubstr("out/a/run-xcore.log"));
}

TEST(Pipeline, WithoutAScriptNothingIsRun) {
  const KernelBuild build = small_build();
  Pipeline pipeline = small_pipeline(build);
  EXPECT_THAT(print_ninja(pipeline, build), HasSubstr("build out/a/run.log: run"));
  pipeline.drivers[0].use = {};
  EXPECT_THAT(print_ninja(pipeline, build), Not(HasSubstr("out/a/run.log")));
}

// The runtime differs, the driver's module does not.
TEST(Pipeline, AcrossCoresTheDriverIsTheSame) {
  const KernelBuild build = small_build();
  const std::string text = print_ninja(small_pipeline(build), build);
  EXPECT_THAT(text, HasSubstr("out/xcore/ks-rt/linux/ks_rt.ko: kbuild"));
  EXPECT_THAT(text, HasSubstr("variables = KS_TRANSPORT=xcore\n"));
  EXPECT_THAT(
      text,
      HasSubstr("build modules-xcore: phony out/a/modules/a_driver.ko out/a/modules/a_kernel.ko"));
  EXPECT_THAT(text, HasSubstr("build out/a/run-xcore.log: run"));
  EXPECT_THAT(
      text,
      HasSubstr("--module=out/xcore/ks-rt/linux/ks_rt.ko --module=out/a/modules/a_driver.ko"));
  EXPECT_THAT(text, Not(HasSubstr("out/a/modules-xcore")));
}

TEST(Pipeline, WhatIsKnownGoesToEveryStageAndEachDependsOnIt) {
  const KernelBuild build = small_build();
  Pipeline pipeline = small_pipeline(build);
  EXPECT_THAT(print_ninja(pipeline, build), Not(HasSubstr("known")));
  pipeline.known = {"a.known", "b.known"};
  const std::string text = print_ninja(pipeline, build);
  EXPECT_THAT(text, HasSubstr("known = --known=a.known --known=b.known\n"));
  EXPECT_THAT(text, HasSubstr("command = $tools/ks-pdg $known -q $in -o $out\n"));
  EXPECT_THAT(
      text, HasSubstr("build out/pdg/d/a.pdg: ks-pdg linux/d/a.o | bin/ks-pdg a.known b.known\n"));
  for (const char* stage : {"ks-prune", "ks-idl", "ks-idlc"}) {
    EXPECT_THAT(text, HasSubstr(std::string("command = $tools/") + stage + " $known $options $in"));
    EXPECT_THAT(text, HasSubstr(std::string(" | bin/") + stage + " a.known b.known"));
  }
  EXPECT_THAT(text, HasSubstr("options = --overlay=o/n.idl $known\n"));
}

TEST(Pipeline, AnUnknownModuleIsRefused) {
  const KernelBuild build = small_build();
  EXPECT_THROW(find_module(build, "nothing"), Failure);
  EXPECT_EQ(&find_module(build, "a"), &build.modules[0]);
}

} // namespace
} // namespace ks::ninja

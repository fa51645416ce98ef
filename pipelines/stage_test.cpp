// SPDX-License-Identifier: MIT

#include "pipelines/stage.hpp"

#include "pipelines/sample.hpp"

#include <gmock/gmock.h>

namespace ks {
namespace {

Framed input(const std::string& kind, const std::string& hash,
             const std::vector<Ancestor>& ancestors) {
  return {"a." + kind, {kind, 1, hash, 0, ancestors}, {}, {}};
}

std::string failure_with(const std::vector<Framed>& files) {
  return failure_of([&] { Inputs inputs(files); });
}

TEST(Inputs, AgreeingAncestorsAreAccepted) {
  EXPECT_EQ(failure_with({input("shared", "2", {{"pruned", "1"}}), input("pruned", "1", {}),
                          input("sync", "3", {{"pruned", "1"}, {"shared", "2"}})}),
            "");
}

TEST(Inputs, BadAncestorIsNotTheInput) {
  EXPECT_EQ(failure_with({input("pruned", "1", {}), input("shared", "2", {{"pruned", "0"}})}),
            "a.shared: made from another pruned artifact than the other inputs");
}

TEST(Inputs, BadTwoDifferentAncestors) {
  EXPECT_EQ(failure_with(
                {input("shared", "2", {{"pruned", "1"}}), input("sync", "3", {{"pruned", "0"}})}),
            "a.sync: made from another pruned artifact than the other inputs");
}

TEST(Inputs, UnitsMayHaveDifferentAncestors) {
  EXPECT_EQ(failure_with({input("pdg", "2", {{"bc", "1"}}), input("pdg", "3", {{"bc", "0"}})}), "");
}

TEST(Inputs, AreToldApartByKind) {
  const Inputs inputs({input("pdg", "3", {}), input("pruned", "1", {}), input("pdg", "2", {})});
  EXPECT_EQ(inputs.only("pruned").head.hash, "1");
  EXPECT_EQ(inputs.of_kind("pdg").size(), 2u);
  EXPECT_EQ(failure_of([&] { inputs.only("pdg"); }), "a.pdg: a second pdg artifact");
  EXPECT_EQ(failure_of([&] { inputs.only("sync"); }), "no sync artifact among the inputs");
  EXPECT_EQ(inputs.ancestors(),
            (std::vector<Ancestor>{{"pdg", "2"}, {"pdg", "3"}, {"pruned", "1"}}));
}

TEST(Inputs, BadKindThatNobodyAskedFor) {
  const Inputs inputs({input("pruned", "1", {}), input("sync", "2", {})});
  inputs.only("pruned");
  EXPECT_EQ(failure_of([&] { inputs.check_all_used(); }),
            "a.sync: a sync artifact is not an input of this stage");
}

class Stage : public InEmptyFolder {
protected:
  // The exit status of a stage that reads a sample and writes it again.
  static int run(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "ks-x");
    std::vector<char*> argv;
    for (std::string& argument : arguments) argv.push_back(argument.data());
    return run_stage<Sample>({"ks-x", "copies"}, static_cast<int>(argv.size()), argv.data(),
                             nullptr, [](const Inputs& inputs) {
                               const Sample sample = inputs.take<Sample>();
                               if (sample == Sample{}) warn({}, "empty", "nothing to copy");
                               return sample;
                             });
  }
};

TEST_F(Stage, WritesAnArtifactWithItsAncestor) {
  write_file("in", encode(make_sample(), {}));
  EXPECT_EQ(run({"in", "-o", "out"}), 0);
  const Framed out = open_artifact("out");
  EXPECT_EQ(out.head.ancestors, (std::vector<Ancestor>{{"sample", out.head.hash}}));
}

TEST_F(Stage, DumpsAndLoads) {
  write_file("in", encode(make_sample(), {}));
  EXPECT_EQ(run({"--dump=json", "in", "-o", "text"}), 0);
  EXPECT_EQ(run({"--load=json", "text", "-o", "out"}), 0);
  EXPECT_EQ(read_file("out"), read_file("in"));
}

TEST_F(Stage, BadInputWritesNothing) {
  EXPECT_EQ(run({"in", "-o", "out"}), 2);
  write_file("in", "rubbish");
  EXPECT_EQ(run({"in", "-o", "out"}), 2);
  EXPECT_EQ(run({"--load=json", "in", "-o", "out"}), 2);
  EXPECT_EQ(run({"--no-such-option", "in", "-o", "out"}), 2);
  EXPECT_EQ(files_here(), 1u);
}

// Warnings of other tests in this process count as well, which changes nothing here.
TEST_F(Stage, StrictTurnsWarningsIntoStatusOne) {
  write_file("in", encode(Sample{}, {}));
  EXPECT_EQ(run({"-q", "in", "-o", "out"}), 0);
  EXPECT_EQ(run({"-q", "--strict", "in", "-o", "out"}), 1);
  EXPECT_TRUE(std::filesystem::exists("out"));
}

} // namespace
} // namespace ks

// SPDX-License-Identifier: MIT

#include "ks-idlc/code.hpp"

#include <gtest/gtest.h>

namespace ks::idlc {
namespace {

TEST(Code, IndentsBlocks) {
  Code code;
  code.begin_function("int f(void)");
  code.open("if (x)");
  code.line("y();");
  code.close();
  code.line("return {};", 1);
  code.end_function();
  EXPECT_EQ(code.text(), "int f(void)\n{\n\tif (x) {\n\t\ty();\n\t}\n\treturn 1;\n}\n\n");
}

TEST(Code, BreaksLongLinesBehindACommaButNotInAString) {
  Code code;
  std::string word(40, 'w');
  code.line("call({}, \"a, b\", {}, {});", word, word, word);
  EXPECT_EQ(code.text(), "call(" + word + ", \"a, b\", " + word + ",\n\t\t" + word + ");\n");
}

TEST(Mentions, WholeIdentifiersOnly) {
  EXPECT_TRUE(mentions("f(ks_end);", "ks_end"));
  EXPECT_FALSE(mentions("f(ks_ended, aks_end);", "ks_end"));
  Identifiers identifiers;
  identifiers.add("f(ks_ended, aks_end);");
  EXPECT_FALSE(identifiers.contains("ks_end"));
  identifiers.add("ks_end");
  EXPECT_TRUE(identifiers.contains("ks_end"));
}

} // namespace
} // namespace ks::idlc

// SPDX-License-Identifier: MIT

#include "ks-idlc/check.hpp"
#include "ks-idlc/check_names.hpp"

#include <gmock/gmock.h>

#include <set>

namespace ks::idlc {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> slugs(const std::string& items) {
  std::vector<IdlError> errors;
  IdlModule module = parse_idl("module m {\n" + items + "\n}\n", errors);
  EXPECT_TRUE(errors.empty()) << (errors.empty() ? "" : errors[0].message);
  std::vector<std::string> found;
  for (const Finding& finding : check_idl(module)) {
    found.push_back(finding.error.slug);
  }
  return found;
}

TEST(FreeNames, AreWhatMustBeArguments) {
  EXPECT_THAT(free_names("len * 2 + sizeof(struct foo) + self->x.y"), ElementsAre("len", "self"));
  EXPECT_THAT(free_names("IFLA_MAX + 1"), IsEmpty());
  EXPECT_THAT(free_names("(u32)a + 0x10ul + a"), ElementsAre("a"));
}

TEST(CallOf, IsOneCallOfAFunction) {
  EXPECT_EQ(call_of("f(a, g(b))").function, "f");
  EXPECT_EQ(call_of("f(a, g(b))").arguments, "a, g(b)");
  EXPECT_EQ(call_of("f()").arguments, "");
  EXPECT_EQ(call_of("f() + 1").function, "");
  EXPECT_EQ(call_of("(f)(a)").function, "");
  EXPECT_EQ(call_of("").function, "");
}

TEST(RenameIn, ReplacesWholeNamesThatAreNoMembers) {
  EXPECT_EQ(rename_in("result == a.result + results", "result", "r"), "r == a.result + results");
  EXPECT_EQ(rename_in("!result", "result", "r"), "!r");
}

TEST(MembersOfSelf, AreTheOutermost) {
  EXPECT_THAT(members_of_self("self->a > 1 ? self->b.c : self->a"), ElementsAre("a", "b"));
}

TEST(Suggestion, IsTheNearestName) {
  std::set<std::string> known{"device", "packet"};
  EXPECT_EQ(suggestion("devise", known), "; did you mean 'device'?");
  EXPECT_EQ(suggestion("semaphore", known), "");
}

TEST(Check, AcceptsWhatIsMeaningful) {
  EXPECT_THAT(
      slugs("projection <struct s> p { u32 [in] n; array<u8, {{self->n}}> [in] *b; }\n"
            "rpc int f(projection p [alloc(callee)] *p, u32 len, array<u8, {{len}}> [out] *to);"),
      IsEmpty());
}

TEST(Check, AClauseNamesFieldsOfAClassThatCrossThatWay) {
  const std::string object_class = "class <struct s> { u32 [in] n; u32 [out] m; }\n";
  EXPECT_THAT(slugs(object_class + "rpc int f() pull struct s { n } push struct s { m };"),
              IsEmpty());
  EXPECT_THAT(slugs(object_class + "rpc int f() pull struct s { m };"),
              ElementsAre("bad-attribute"));
  EXPECT_THAT(slugs(object_class + "signature g { f };\n"
                                   "rpc_ptr int f() pull struct s { m } push struct s { n };"),
              IsEmpty());
  EXPECT_THAT(slugs(object_class + "rpc int f() pull struct s { x };"),
              ElementsAre("unknown-field"));
  EXPECT_THAT(slugs(object_class + "rpc int f() pull struct s { n, n };"),
              ElementsAre("duplicate-name"));
  EXPECT_THAT(slugs(object_class + "rpc int f() pull struct t { n };"),
              ElementsAre("unknown-class"));
  EXPECT_THAT(slugs(object_class + object_class), ElementsAre("duplicate-name"));
}

TEST(Check, AcceptsACloneWhoseOriginalIsNamed) {
  EXPECT_THAT(slugs("clone f from \"a.c\";\nnamed f;"), IsEmpty());
  EXPECT_THAT(slugs("library f;\nnamed f;"), ElementsAre("duplicate-name"));
}

TEST(Check, AStaticNameIsThatOfAFunctionOrVariable) {
  EXPECT_THAT(slugs("rpc_ptr int f();\nsignature s { f };\nown <8> v;\n"
                    "static f is g from \"a.c\";\nstatic v is v from \"a.c\";"),
              IsEmpty());
  EXPECT_THAT(slugs("static f is g from \"a.c\";"), ElementsAre("unknown-function"));
}

TEST(Check, AFieldThatOnlyDeclaresMayBeOfAnyType) {
  EXPECT_THAT(slugs("projection <struct s> p { void *x; }"), IsEmpty());
  EXPECT_THAT(slugs("projection <struct s> p { void [in] *x; }"), ElementsAre("bad-shape"));
}

TEST(Check, OnlyAPointerArgumentMayBeNull) {
  EXPECT_THAT(slugs("rpc void f(handle<struct s> [nonnull] *s, string [nonnull] *name);"),
              IsEmpty());
  EXPECT_THAT(slugs("rpc void f(int [nonnull] n);"), ElementsAre("bad-attribute"));
  EXPECT_THAT(slugs("rpc handle<struct s> [nonnull] *f();"), ElementsAre("bad-attribute"));
}

TEST(Check, GivingBackIsForObjectsAndHandles) {
  EXPECT_THAT(slugs("rpc void f(handle<struct s> [dealloc(callee)] *s);"), IsEmpty());
  EXPECT_THAT(slugs("rpc void f(array<u8, 4> [dealloc(callee)] *s);"),
              ElementsAre("bad-attribute"));
}

TEST(Check, BothSidesMaySayHowTheyComeByAnObject) {
  EXPECT_THAT(
      slugs(
          "projection <struct s> p { }\n"
          "projection <struct t> q { projection p [in, out, alloc_once(callee), bind(caller)] *p; }"),
      IsEmpty());
}

TEST(Check, RecursionThroughObjectsIsBoundedByTheirIdentity) {
  EXPECT_THAT(slugs("projection <struct n> n { projection n [in] *next; }"), IsEmpty());
  EXPECT_THAT(slugs("projection <struct n> a { projection b [in, alloc_stack(callee)] *b; }\n"
                    "projection <struct n> b { projection a a; }"),
              ElementsAre("unbounded-copy"));
}

TEST(Check, LastUsesOfAStructAgree) {
  EXPECT_THAT(slugs("signature g {};\n"
                    "projection <struct s> a { rpc_ptr g [last_use<{{self->x}}>] f; }\n"
                    "projection <struct s> b { rpc_ptr g [last_use<{{self->y}}>] f; }"),
              ElementsAre("conflicting-last-use"));
}

TEST(Check, FindingsAreInTheOrderOfTheText) {
  EXPECT_THAT(slugs("rpc_ptr void lonely();\nsignature g { nobody };\nrpc void f(rpc_ptr h x);"),
              ElementsAre("unreachable-function", "unknown-function", "unknown-signature"));
}

} // namespace
} // namespace ks::idlc

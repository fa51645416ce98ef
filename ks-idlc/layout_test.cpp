// SPDX-License-Identifier: MIT

#include "ks-idlc/layout.hpp"

#include <gmock/gmock.h>

namespace ks::idlc {
namespace {

using testing::ElementsAre;

Interface lay_out(const std::string& items) {
  std::vector<IdlError> errors;
  IdlModule module = parse_idl("module m {\n" + items + "\n}\n", errors);
  EXPECT_TRUE(errors.empty()) << (errors.empty() ? "" : errors[0].message);
  return idlc::lay_out(module);
}

Shape shape_of(const std::string& type) {
  Interface interface = lay_out(
      "projection <struct s> p { }\nsignature g {};\nprojection <struct t> q { " + type + " x; }");
  return interface.projections[1].fields.at(0).shape;
}

TEST(Layout, TellsShapesApart) {
  EXPECT_EQ(shape_of("u32"), Shape::scalar);
  EXPECT_EQ(shape_of("array<u8, 4>"), Shape::numbers);
  EXPECT_EQ(shape_of("projection p"), Shape::embedded);
  EXPECT_EQ(shape_of("projection p *"), Shape::object);
  EXPECT_EQ(shape_of("projection p [alloc_stack(callee)] *"), Shape::copy);
  EXPECT_EQ(shape_of("projection p [at<{{self->y}}>] *"), Shape::inside);
  EXPECT_EQ(shape_of("string *"), Shape::string);
  EXPECT_EQ(shape_of("array<u8, {{self->y}}> *"), Shape::buffer);
  EXPECT_EQ(shape_of("int *"), Shape::buffer);
  EXPECT_EQ(shape_of("array<projection p, 3> *"), Shape::structs);
  EXPECT_EQ(shape_of("array<projection p, 3> [alloc_once(callee)] *"), Shape::row);
  EXPECT_EQ(shape_of("array<projection p *, null> *"), Shape::pointers);
  EXPECT_EQ(shape_of("projection p **"), Shape::pointers);
  EXPECT_EQ(shape_of("rpc_ptr g"), Shape::function);
  EXPECT_EQ(shape_of("handle<struct s> *"), Shape::handle);
  EXPECT_EQ(shape_of("handle<struct s> [percpu] *"), Shape::percpu);
  EXPECT_EQ(shape_of("void [cookie] *"), Shape::cookie);
  EXPECT_EQ(shape_of("void [cookie, refused] *"), Shape::cookie);
  EXPECT_EQ(shape_of("void [unused] *"), Shape::unused);
  Interface interface =
      lay_out("rpc void f(array<string *, 2> *names, array<void [cookie] *, 2> [in, out] *found);");
  EXPECT_EQ(interface.crossings[0].arguments[0].shape, Shape::strings);
  EXPECT_EQ(interface.crossings[0].arguments[1].shape, Shape::pointers);
}

TEST(Layout, AFieldWithoutDirectionDoesNotCross) {
  Interface interface =
      lay_out("projection <struct s> p { u32 a; u32 [in] b; u32 [out] c; u32 [in, out] d; }");
  const Projection& p = interface.projections[0];
  EXPECT_THAT(p.fields[0].value, ElementsAre(false, false));
  EXPECT_THAT(p.fields[1].value, ElementsAre(true, false));
  EXPECT_THAT(p.fields[2].value, ElementsAre(false, true));
  EXPECT_THAT(p.mask_bits, ElementsAre(2, 2));
  EXPECT_THAT(p.fields[3].bit, ElementsAre(1, 1));
}

TEST(Layout, ArgumentsGoInAndResultsComeOut) {
  Interface interface =
      lay_out("rpc int f(u32 a, array<u8, 4> [out] *b, array<u8, 4> [in, out] *c);");
  const Crossing& f = interface.crossings[0];
  EXPECT_THAT(f.arguments[0].value, ElementsAre(true, false));
  EXPECT_THAT(f.arguments[1].value, ElementsAre(false, true));
  EXPECT_THAT(f.arguments[2].value, ElementsAre(true, true));
  EXPECT_THAT(f.result.value, ElementsAre(false, true));
}

TEST(Layout, WhatIsBehindAPointerCrossesIfItHasAnythingToCross) {
  Interface interface = lay_out(
      "projection <struct a> a { projection b [in] *b; projection c c; projection b *no; }\n"
      "projection <struct b> b { u32 [out] x; }\n"
      "projection <struct c> c { u32 [in] y; }\n"
      "projection <struct e> e { u32 z; }\n"
      "rpc void f(projection a *a, projection e *e);");
  const Projection& a = interface.projections[0];
  // What the callee changes behind b comes back, although b itself does not.
  const Item* b =
      &*std::find_if(a.fields.begin(), a.fields.end(), [](const Item& i) { return i.name == "b"; });
  EXPECT_THAT(b->value, ElementsAre(true, false));
  EXPECT_THAT(b->content, ElementsAre(false, true));
  EXPECT_THAT(a.crosses, ElementsAre(true, true));
  for (const Item& item : a.fields) {
    if (item.name == "no") {
      EXPECT_THAT(item.content, ElementsAre(false, false));
    }
    if (item.name == "c") {
      EXPECT_THAT(item.content, ElementsAre(true, false));
    }
  }
  EXPECT_THAT(interface.crossings[0].arguments[1].content, ElementsAre(false, false));
}

TEST(Layout, FollowsProjectionsThatReferToThemselves) {
  Interface interface = lay_out("projection <struct n> n { projection n [in] *next; }");
  EXPECT_THAT(interface.projections[0].crosses, ElementsAre(true, false));
}

TEST(Layout, FixedPartsComeFirstSoThatLengthsAreKnown) {
  Interface interface = lay_out(
      "projection <struct s> s { array<u8, {{self->n}}> [in] *b; projection t t; u32 [in] n; }\n"
      "projection <struct t> t { u32 [in] x; }");
  const std::vector<Item>& fields = interface.projections[0].fields;
  EXPECT_EQ(fields[0].name, "n");
  EXPECT_EQ(fields[1].name, "t");
  EXPECT_EQ(fields[2].name, "b");
}

TEST(Layout, FunctionsAreNumberedOnceAndSignaturesRise) {
  Interface interface = lay_out("named k;\nsignature a { two, k };\nsignature b { one, two };\n"
                                "rpc_ptr void one();\nrpc_ptr void two();");
  EXPECT_EQ(interface.functions.size(), 3U);
  EXPECT_EQ(interface.functions[0].name, "two");
  EXPECT_EQ(interface.functions[1].kind, FunctionKind::named);
  EXPECT_THAT(interface.signatures[1].functions, ElementsAre(0, 2));
}

TEST(Layout, AHandleMustBeKnownToTheKernelUnlessSaidOtherwise) {
  Interface interface = lay_out(
      "rpc void f(handle<struct s> *a, handle<struct s> [alloc_once(callee)] *b, projection p *c);\n"
      "projection <struct s> p { }");
  const std::vector<Item>& arguments = interface.crossings[0].arguments;
  EXPECT_FALSE(may_make(arguments[0], Direction::in, End::kernel));
  EXPECT_TRUE(may_make(arguments[0], Direction::in, End::driver));
  EXPECT_TRUE(may_make(arguments[1], Direction::in, End::kernel));
  EXPECT_TRUE(may_make(arguments[2], Direction::in, End::kernel));
}

TEST(Layout, WhatAnArgumentMayBeHasASlotOfItsOwnForEachThing) {
  Interface interface = lay_out(
      "rpc void f(u32 n, string [when<{{n == 1}}>] *data, void [cookie, when<{{n != 1}}>] *data);");
  const std::vector<Item>& arguments = interface.crossings[0].arguments;
  ASSERT_EQ(arguments.size(), 3U);
  EXPECT_EQ(arguments[0].of, "");
  EXPECT_EQ(arguments[1].of, "data");
  EXPECT_EQ(arguments[1].when, "n == 1");
  EXPECT_NE(arguments[1].slot, arguments[2].slot);
}

TEST(Layout, ALastUseHoldsForTheStructWhateverItsProjection) {
  Interface interface =
      lay_out("signature g { f };\nrpc_ptr void f();\nsignature none {};\n"
              "projection <struct s> a { rpc_ptr none [last_use<{{self->x}}>] done; }\n"
              "projection <struct s> b { rpc_ptr g [out] done; }");
  ASSERT_EQ(interface.last_uses.size(), 1U);
  EXPECT_EQ(interface.last_uses[0].condition, "self->x");
  EXPECT_THAT(interface.last_uses[0].functions, ElementsAre(0));
}

TEST(Layout, CommentsDoNotChangeTheHash) {
  EXPECT_EQ(lay_out("// one\nrpc void f();").hash, lay_out("rpc void f();").hash);
  EXPECT_NE(lay_out("rpc void g();").hash, lay_out("rpc void f();").hash);
}

} // namespace
} // namespace ks::idlc

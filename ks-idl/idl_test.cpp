// SPDX-License-Identifier: MIT
// The language: what is printed reads back as it was, and what cannot be read is told so.

#include "ks-idl/idl.hpp"
#include "ks-idl/names.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

namespace ks::idl {
namespace {

// Random trees, of everything that the grammar can say.
class Generator {
public:
  explicit Generator(u32 seed) : random_(seed) {}

  IdlModule module() {
    IdlModule result;
    result.comments = comments();
    result.name = name();
    u64 count = below(12);
    for (u64 i = 0; i < count; ++i) {
      IdlItem item;
      item.comments = comments();
      item.value = value();
      result.items.push_back(std::move(item));
    }
    return result;
  }

private:
  u64 below(u64 limit) { return random_() % limit; }
  bool coin() { return below(2) == 0; }

  template <class T>
  T one_of(std::initializer_list<T> choices) {
    return choices.begin()[below(choices.size())];
  }

  // Words of the language are names, too.
  std::string name() {
    return one_of<std::string>({"dev", "x1", "_y", "array", "handle", "string", "in", "tail",
                                "section", "projection", "module", "null", "self", "header",
                                "a_long_name"});
  }

  std::string tagged() { return one_of<std::string>({"struct ", "union "}) + name(); }
  std::string structure() { return below(4) == 0 ? "atomic_t" : tagged(); }
  std::string c_type() {
    return one_of<std::string>(
        {"u64", "unsigned int", "enum netdev_tx", "struct rw_semaphore", "bool"});
  }
  std::string expression() {
    return one_of<std::string>({"len", "self->end - self->head", "a < b ? 3 : f(x, \"s\")", ""});
  }

  std::vector<std::string> comments() {
    std::vector<std::string> result;
    u64 count = coin() ? 0 : below(3);
    for (u64 i = 0; i < count; ++i) {
      result.push_back(one_of<std::string>({"", "a comment", "  indented // twice", "{ ; }"}));
    }
    return result;
  }

  std::vector<std::string> names(u64 least) {
    std::vector<std::string> result;
    u64 count = least + below(20);
    for (u64 i = 0; i < count; ++i) {
      result.push_back(name());
    }
    return result;
  }

  IdlAttributes attributes() {
    IdlAttributes result;
    u64 count = coin() ? 0 : below(4);
    for (u64 i = 0; i < count; ++i) {
      IdlAttribute attribute;
      attribute.kind = static_cast<IdlAttributeKind>(below(attribute_names.size()));
      switch (attribute_names[static_cast<size_t>(attribute.kind)].form) {
      case AttributeForm::plain: break;
      case AttributeForm::expression: attribute.expression = expression(); break;
      case AttributeForm::sided: attribute.side = coin() ? IdlSide::caller : IdlSide::callee; break;
      }
      result.push_back(std::move(attribute));
    }
    return result;
  }

  IdlType type(u32 depth = 0) {
    IdlType result;
    result.stem = static_cast<IdlStem>(below(depth < 3 ? 7 : 5));
    switch (result.stem) {
    case IdlStem::void_:
    case IdlStem::string: break;
    case IdlStem::scalar: result.name = c_type(); break;
    case IdlStem::projection:
    case IdlStem::function: result.name = name(); break;
    case IdlStem::array:
      result.element.push_back(type(depth + 1));
      result.size_kind =
          one_of({IdlSize::number, IdlSize::null_terminated, IdlSize::expression, IdlSize::extent});
      result.size = result.size_kind == IdlSize::number   ? random_()
                    : result.size_kind == IdlSize::extent ? below(3)
                                                          : 0;
      result.size_expression = result.size_kind == IdlSize::expression ? expression() : "";
      break;
    case IdlStem::handle: result.name = structure(); break;
    }
    u64 pointers = below(3);
    for (u64 i = 0; i < pointers; ++i) {
      result.pointers.push_back(attributes());
    }
    result.attributes = attributes();
    return result;
  }

  IdlDeclaration declaration() {
    IdlDeclaration result;
    if (below(8) == 0) {
      result.is_tail = true;
      result.tail_expression = expression();
      result.type.attributes = attributes();
      return result;
    }
    result.type = type();
    result.name = name();
    result.bits = coin() ? 0 : static_cast<u32>(1 + below(64));
    return result;
  }

  std::vector<IdlDeclaration> declarations() {
    std::vector<IdlDeclaration> result;
    u64 count = below(6);
    for (u64 i = 0; i < count; ++i) {
      result.push_back(declaration());
    }
    return result;
  }

  std::vector<IdlClause> clauses() {
    std::vector<IdlClause> result;
    u64 count = below(3);
    for (u64 i = 0; i < count; ++i) {
      result.push_back({coin(), structure(), names(1), {}});
    }
    return result;
  }

  IdlRpc rpc() {
    IdlRpc result{static_cast<IdlRpcKind>(below(4)), type(), name(), declarations(), 0, clauses()};
    result.variable = static_cast<u32>(below(result.arguments.size() + 1));
    return result;
  }

  decltype(IdlItem::value) value() {
    switch (below(14)) {
    case 0: return IdlHeader{one_of<std::string>({"linux/netdevice.h", "a-b/c+d.h"})};
    case 1: return IdlOpaque{tagged()};
    case 2: return IdlLibrary{names(1)};
    case 3: return IdlClone{name(), one_of<std::string>({"net/core/dev.c", "a\\b\"c", ""})};
    case 4: return IdlNamed{name()};
    case 5: {
      bool in = coin();
      return one_of<IdlGlobal>(
          {{c_type(), name(), in, in && coin()},
           {"", name(), true, coin(), name()},
           {"", name(), false, false, "", below(99)},
           {c_type(), name(), false, false, "", 0, true},
           {tagged(), name(), true, coin(), "", 0, false, true},
           {c_type(), name(), true, coin(), "", 0, false, false, 1 + below(99)}});
    }
    case 6: return IdlProjection{structure(), name(), declarations()};
    case 7: return IdlSignature{name(), names(0), coin() ? name() : ""};
    case 8: return rpc();
    case 9: return IdlClass{structure(), declarations()};
    case 11: {
      bool named = coin();
      return IdlOwn{named ? structure() : "", named ? 0 : below(99), coin() ? 0 : 1 + below(9),
                    name()};
    }
    case 12: return IdlRoom{structure(), below(9999)};
    case 13: return IdlStatic{name(), name(), one_of<std::string>({"drivers/x/a.c", ""})};
    case 10:
      return IdlPart{structure(), one_of<std::string>({"a", "a.b", "q[]", "q[3].r[][].s"}),
                     structure()};
    default: {
      IdlSection section{"net_device.tx_global_lock", {}};
      u64 count = below(3);
      for (u64 i = 0; i < count; ++i) {
        section.fields.push_back({coin(), name(), name()});
      }
      return section;
    }
    }
  }

  std::mt19937_64 random_;
};

std::string error_text(std::string_view text) {
  std::vector<IdlError> errors;
  parse_idl(text, errors);
  std::string result;
  for (const IdlError& error : errors) {
    result += fmt::format("{}:{}: {}\n", error.position.line, error.position.column, error.message);
  }
  return result;
}

IdlModule parsed(std::string_view text) {
  std::vector<IdlError> errors;
  IdlModule module = parse_idl(text, errors);
  EXPECT_EQ(errors.size(), 0U) << (errors.empty() ? "" : format_idl_error("t", text, errors[0]));
  return module;
}

template <class T>
const T& only_item(const IdlModule& module) {
  EXPECT_EQ(module.items.size(), 1U);
  return std::get<T>(module.items.at(0).value);
}

TEST(Idl, WhatIsPrintedReadsBackAsItWas) {
  for (u32 seed = 0; seed < 2000; ++seed) {
    IdlModule module = Generator(seed).module();
    std::string text = print_idl(module);
    std::vector<IdlError> errors;
    IdlModule back = parse_idl(text, errors);
    ASSERT_TRUE(errors.empty()) << format_idl_error("seed", text, errors[0]) << text;
    ASSERT_EQ(back, module) << "seed " << seed << "\n" << text << "\nread as\n" << print_idl(back);
  }
}

TEST(Idl, AnArgumentsNameIsItsLastWord) {
  IdlModule module = parsed("module m { rpc unsigned long f(unsigned int flags, u8 [out] x); }");
  const IdlRpc& rpc = only_item<IdlRpc>(module);
  EXPECT_EQ(rpc.result.name, "unsigned long");
  EXPECT_EQ(rpc.arguments.at(0).type.name, "unsigned int");
  EXPECT_EQ(rpc.arguments.at(0).name, "flags");
  EXPECT_TRUE(find_attribute(rpc.arguments.at(1).type.attributes, IdlAttributeKind::out));
  EXPECT_FALSE(find_attribute(rpc.arguments.at(1).type.attributes, IdlAttributeKind::in));
}

TEST(Idl, AttributesOfAPointerStandBeforeIt) {
  IdlModule module =
      parsed("module m { rpc array<projection p [bind(caller)] *, {{ n + 1 }}> [in] *[out] f(); }");
  const IdlType& type = only_item<IdlRpc>(module).result;
  ASSERT_EQ(type.stem, IdlStem::array);
  EXPECT_EQ(type.size_expression, "n + 1");
  EXPECT_EQ(type.element.at(0).pointers.at(0).at(0).side, IdlSide::caller);
  EXPECT_EQ(type.pointers.at(0).at(0).kind, IdlAttributeKind::in);
  EXPECT_EQ(type.attributes.at(0).kind, IdlAttributeKind::out);
}

TEST(Idl, CommentsBelongToTheItemAfterThem) {
  IdlModule module =
      parsed("// one\n//\nmodule m {\n  // two\n  named a; /* gone */ named b;\n}\n");
  EXPECT_EQ(module.comments, (std::vector<std::string>{"one", ""}));
  EXPECT_EQ(module.items.at(0).comments, std::vector<std::string>{"two"});
  EXPECT_TRUE(module.items.at(1).comments.empty());
}

TEST(Idl, LongListsAreOneALine) {
  IdlModule module = parsed("module m { rpc void f(unsigned int first_of_the_arguments, "
                            "unsigned int second_of_the_arguments, u8 the_third); }");
  EXPECT_EQ(print_idl(module),
            "module m {\n    rpc void f(\n"
            "        unsigned int first_of_the_arguments,\n"
            "        unsigned int second_of_the_arguments,\n        u8 the_third);\n}\n");
}

TEST(Idl, ReadingGoesOnAfterAnError) {
  std::string text = "module m {\n"
                     "  named 7;\n"
                     "  projection <struct s> p {\n"
                     "    unsigned [inout] int x;\n"
                     "    u8 [in] y;\n"
                     "    u8 z : 65;\n"
                     "  }\n"
                     "  header linux/x.h;\n"
                     "  bogus { a; { b; } };\n"
                     "  named good;\n"
                     "}\n";
  std::vector<IdlError> errors;
  IdlModule module = parse_idl(text, errors);
  EXPECT_EQ(
      error_text(text),
      "2:9: expected a function's name after 'named', found '7'\n"
      "4:15: unknown attribute 'inout'\n"
      "6:12: a bit-field has 1 to 64 bits, not 65\n"
      "8:10: expected '<' and a path after 'header', found 'linux'\n"
      "8:15: unexpected character '/'\n"
      "9:3: expected one of class, clone, global, header, library, named, opaque, own, part, projection, room, rpc, "
      "rpc_export, rpc_op, rpc_ptr, section, signature, static, found 'bogus'\n");
  ASSERT_EQ(module.items.size(), 2U);
  EXPECT_EQ(std::get<IdlProjection>(module.items[0].value).fields.size(), 1U);
  EXPECT_EQ(std::get<IdlNamed>(module.items[1].value).name, "good");
}

TEST(Idl, ErrorsAtTheEnd) {
  EXPECT_EQ(error_text(""), "1:1: expected 'module', found the end of the file\n");
  EXPECT_EQ(error_text("module m {\n"), "2:1: expected '}', found the end of the file\n");
  EXPECT_EQ(error_text("module m { } x"),
            "1:14: expected the end of the file after the last '}', found 'x'\n");
  EXPECT_EQ(error_text("module m { } /*"), "1:14: comment without end\n");
  EXPECT_EQ(error_text("module m { clone a from \"x\n; }"), "1:25: string without end\n");
  EXPECT_EQ(error_text("module m { rpc void f(array<u8, {{n> x); }"),
            "1:33: '{{' without '}}'\n"
            "1:35: expected '>' after the array's size, found 'n'\n");
}

TEST(Idl, MembersOfStructsWithoutATagAreNamedWithWhatTheyLieIn) {
  std::string text = "module m {\n"
                     "    class <struct s> {\n"
                     "        u32 [in, out] u.a;\n"
                     "        u32 [in] u.in.b : 3;\n"
                     "    }\n"
                     "\n"
                     "    rpc void f()\n"
                     "        pull struct s { u.a, u.in.b };\n"
                     "}\n";
  std::vector<IdlError> errors;
  EXPECT_EQ(print_idl(parse_idl(text, errors)), text);
  EXPECT_TRUE(errors.empty());
  EXPECT_EQ(error_text("module m { rpc void f(u32 a.b); }"),
            "1:28: expected ')' after the arguments, found '.'\n");
}

TEST(Idl, NumbersAreBounded) {
  EXPECT_EQ(error_text("module m { rpc array<u8, 18446744073709551615> *f(); }"), "");
  EXPECT_EQ(error_text("module m { rpc array<u8, 18446744073709551616> *f(); }"),
            "1:26: number 18446744073709551616 is too large\n");
  EXPECT_EQ(error_text("module m { rpc array<u8, 0x10> *f(); }"),
            "1:26: '0x10' is not a decimal number\n");
}

TEST(Idl, NestingIsBounded) {
  std::string text = "module m { rpc ";
  for (int i = 0; i < 100000; ++i) {
    text += "array<";
  }
  EXPECT_EQ(error_text(text), "1:64: arrays nested too deep\n"
                              "1:600016: expected '}', found the end of the file\n");
}

TEST(Idl, EveryPrefixAndEveryCutIsReadWithoutACrash) {
  std::string text = print_idl(Generator(7).module()) + "\xff{{[<";
  for (size_t i = 0; i < text.size(); ++i) {
    std::vector<IdlError> errors;
    parse_idl(text.substr(0, i), errors);
    parse_idl(text.substr(0, i) + text.substr(i + 1), errors);
    parse_overlay(text.substr(i), errors);
  }
}

TEST(Idl, OverlaysLeaveOutWhatIsInferred) {
  std::string text =
      "// why\noverlay o {\n"
      "  struct sk_buff { projection <struct skb_shared_info> [at<{{self->end}}>] *head; }\n"
      "  struct net_device { rpc_ptr [last_use<{{1}}>, always] f; projection [in] *g; }\n"
      "  struct nlattr { tail {{self->nla_len}} [always, in]; }\n"
      "  argument rtnl_link_ops.validate 0 : array<projection *, 60> *tb;\n"
      "  argument f 12 : string *s;\n"
      "  result g : projection [size<{{n}}>] *;\n}\n";
  std::vector<IdlError> errors;
  IdlOverlay overlay = parse_overlay(text, errors);
  ASSERT_TRUE(errors.empty()) << format_idl_error("t", text, errors[0]);
  EXPECT_EQ(overlay.name, "o");
  ASSERT_EQ(overlay.structs.size(), 3U);
  EXPECT_EQ(overlay.structs[0].fields.at(0).type.name, "struct skb_shared_info");
  EXPECT_EQ(overlay.structs[1].fields.at(0).type.stem, IdlStem::function);
  EXPECT_EQ(overlay.structs[1].fields.at(1).type.name, "");
  EXPECT_EQ(overlay.structs[2].fields.at(0).tail_expression, "self->nla_len");
  ASSERT_EQ(overlay.arguments.size(), 3U);
  EXPECT_EQ(overlay.arguments[0].structure, "rtnl_link_ops");
  EXPECT_EQ(overlay.arguments[0].function, "validate");
  EXPECT_EQ(overlay.arguments[0].declaration.type.element.at(0).pointers.size(), 1U);
  EXPECT_EQ(overlay.arguments[1].structure, "");
  EXPECT_EQ(overlay.arguments[1].index, 12U);
  EXPECT_TRUE(overlay.arguments[2].is_result);
  EXPECT_EQ(overlay.arguments[2].declaration.type.pointers.at(0).at(0).expression, "n");
}

TEST(Idl, AnErrorShowsItsLine) {
  std::string text = "module m {\n\tnamed 7;\n}\n";
  std::vector<IdlError> errors;
  parse_idl(text, errors);
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(format_idl_error("a.idl", text, errors[0]),
            "a.idl:2:8: error: expected a function's name after 'named', found '7' [syntax]\n"
            "\tnamed 7;\n\t      ^\n");
}

} // namespace
} // namespace ks::idl

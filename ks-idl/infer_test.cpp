// SPDX-License-Identifier: MIT
// What is inferred from hand-made facts, as the text that ks-idl would print.

#include "ks-idl/readiness.hpp"
#include "ks-prune/made_pruned.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace ks::idl {
namespace {

using testing::HasSubstr;
using testing::Not;

// A driver and a kernel in tables, with their sync sets.
class World : public MadePruned {
public:
  SyncPathId path(SyncPath row) { return add<SyncPathId>(sync.paths, std::move(row)); }
  SyncPathId root(CrossingId crossing, RootKind kind, u32 index, const std::string& name,
                  SyncRoot facts = {}) {
    SyncPath row;
    row.crossing = crossing;
    row.step = StepKind::argument;
    row.root = kind;
    row.index = index;
    row.name = name;
    facts.crossing = crossing;
    facts.root = kind;
    facts.index = index;
    facts.path = path(row);
    sync.roots.push_back(facts);
    return facts.path;
  }
  SyncPathId below(SyncPathId parent, StepKind step, const std::string& name,
                   FieldId field = none<FieldId>, u64 element = 0, TypeId type = none<TypeId>) {
    SyncPath row = sync.paths[ks::row(parent)];
    row.parent = parent;
    row.step = step;
    row.field = field;
    row.element = element;
    row.name = name;
    row.type = type;
    return path(row);
  }
  // parent->name, copied.
  SyncPathId leaf(SyncPathId parent, const std::string& name, FieldId field, bool in, bool out) {
    SyncPathId id = below(parent, StepKind::field, name, field);
    copy(id, in, out);
    return id;
  }
  void copy(SyncPathId id, bool in, bool out) {
    sync.fields.push_back({sync.paths[row(id)].crossing, id, in, out, {}});
  }

  std::string idl(const std::string& overlay = "") {
    std::string text;
    with_interface(overlay, [&](const Inference&, const IdlModule& module) {
      std::vector<IdlError> errors;
      text = print_idl(module);
      EXPECT_EQ(parse_idl(text, errors), module) << text;
      EXPECT_TRUE(errors.empty()) << text;
    });
    return text;
  }
  Readiness readiness(const std::string& overlay = "") {
    Readiness found;
    with_interface(overlay, [&](const Inference& inference, const IdlModule& module) {
      found = find_readiness(inference, module);
    });
    return found;
  }

  template <class Use>
  void with_interface(const std::string& overlay, const Use& use) {
    std::vector<IdlError> errors;
    std::vector<IdlOverlay> rules;
    if (!overlay.empty()) {
      rules.push_back(parse_overlay(overlay, errors));
      rules.back().path = "test.idl";
      EXPECT_TRUE(errors.empty());
    }
    set_verbosity(Verbosity::errors);
    View view(pruned);
    TypeTable types(view);
    Idioms idioms(view, types);
    Overlays overlays(rules, pruned, types);
    drop_what_is_freed(sync, pruned, overlays);
    SyncTree tree(sync);
    Known known;
    UndoTables undo{known};
    Inference inference{view, types, tree, atomic, idioms, overlays, undo, known, {}, {}, {}};
    const IdlModule module = infer_idl(inference, "test", "0");
    use(inference, module);
  }

  Sync sync;
  Atomic atomic;
};

struct Device : World {
  TypeId integer_type = integer("unsigned int", 4);
  TypeId character = type(TypeKind::character, "char", 1);
  TypeId device = record(
      "struct device_s",
      {{"flags", integer_type}, {"name", pointer(character)}, {"next", pointer(integer_type)}});
  TypeId device_pointer = pointer(device);
  FieldId flags = field(device, "flags");
  TypeId takes_device = function_type({{"dev", device_pointer}});
};

// A kernel function that follows `dev` unasked, and a function of the driver that calls it.
struct Following : Device {
  CrossingId import = crossing(CrossingKind::import, "follow", takes_device);
  FunctionId follow = boundary.crossings[0].function;
  FunctionId driver = function("driver", Side::driver, takes_device);
  Following() {
    root(import, RootKind::argument, 0, "dev", {.touched = true, .identity = true});
    summary.functions[row(follow)].nonnull = {0};
  }
  using MadePruned::call;
  void call(FunctionId caller, FunctionId callee, StepKind passed) {
    call(caller, callee, {MadePruned::root(caller, passed, 0)});
  }
};

TEST(Infer, WhatTheKernelFollowsUnaskedIsNotNull) {
  Following world;
  world.call(world.driver, world.follow, StepKind::argument);
  EXPECT_THAT(world.idl(), HasSubstr("rpc void follow(handle<struct device_s> [nonnull] *dev);"));
}

TEST(Infer, WhatTheDriverPassesAsNullMayBeNull) {
  Following world;
  world.call(world.driver, world.follow, StepKind::integer);
  EXPECT_THAT(world.idl(), HasSubstr("rpc void follow(handle<struct device_s> *dev);"));
}

TEST(Infer, NullThatIsHandedOnIsNull) {
  Following world;
  FunctionId helper = world.function("helper", Side::driver, world.takes_device);
  world.call(helper, world.follow, StepKind::argument);
  world.call(world.driver, helper, StepKind::integer);
  EXPECT_THAT(world.idl(), HasSubstr("rpc void follow(handle<struct device_s> *dev);"));
}

TEST(Infer, NullThatTheKernelPassesIsNotTheDrivers) {
  Following world;
  FunctionId other = world.function("other", Side::kernel, world.takes_device);
  world.call(other, world.follow, StepKind::integer);
  EXPECT_THAT(world.idl(), HasSubstr("[nonnull]"));
}

TEST(Infer, ARuleOfAnArgumentSaysWhetherItMayBeNull) {
  Following world;
  EXPECT_THAT(world.idl("overlay o { argument follow 0 : handle<struct device_s> *dev; }"),
              HasSubstr("rpc void follow(handle<struct device_s> *dev);"));
  Following strict;
  strict.summary.functions[row(strict.follow)].nonnull = {};
  EXPECT_THAT(
      strict.idl("overlay o { argument follow 0 : handle<struct device_s> [nonnull] *dev; }"),
      HasSubstr("[nonnull] *dev"));
}

TEST(Infer, AnObjectThatTheKernelKeepsIsMadeOnce) {
  Device world;
  CrossingId id = world.crossing(CrossingKind::import, "use", world.takes_device);
  SyncPathId root =
      world.root(id, RootKind::argument, 0, "dev", {.touched = true, .identity = true});
  SyncPathId object = world.below(root, StepKind::dereference, "*dev");
  world.leaf(object, "dev->flags", world.flags, true, true);
  EXPECT_THAT(world.idl(),
              HasSubstr("    header <linux/things.h>;\n\n"
                        "    projection <struct device_s> device_s {\n"
                        "        unsigned int [in, out] flags;\n"
                        "    }\n\n"
                        "    rpc void use(projection device_s [alloc_once(callee)] *dev);\n"));
}

TEST(Infer, ANewObjectIsMadeAFreedOneDropped) {
  Device world;
  CrossingId setup = world.crossing(CrossingKind::callback, "setup", world.takes_device);
  SyncPathId root = world.root(setup, RootKind::argument, 0, "dev",
                               {.touched = true, .identity = true, .fresh = true});
  world.leaf(world.below(root, StepKind::dereference, "*dev"), "dev->flags", world.flags, true,
             false);
  CrossingId release = world.crossing(CrossingKind::import, "release", world.takes_device);
  world.root(release, RootKind::argument, 0, "dev", {.freed = true});
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("rpc_ptr void setup(projection device_s [alloc(callee)] *dev);"));
  EXPECT_THAT(text,
              HasSubstr("rpc void release(handle<struct device_s> [may_dealloc(callee)] *dev);"));
}

TEST(Infer, NothingIsReadOfWhatIsFreed) {
  Device world;
  CrossingId release = world.crossing(CrossingKind::import, "release", world.takes_device);
  SyncPathId root =
      world.root(release, RootKind::argument, 0, "dev", {.touched = true, .identity = true});
  world.leaf(world.below(root, StepKind::dereference, "*dev"), "dev->flags", world.flags, true,
             true);
  EXPECT_THAT(world.idl(), HasSubstr("unsigned int [in, out] flags;"));
  std::string text =
      world.idl("overlay o { argument release 0 : projection [dealloc(callee)] *dev; }");
  EXPECT_THAT(text, HasSubstr("unsigned int [in] flags;"));
  EXPECT_THAT(text, HasSubstr("projection device_s [dealloc(callee), alloc_once(callee)] *dev"));
}

TEST(Infer, WhatAStoppedDriverCannotGiveBackIsUndone) {
  Device world;
  world.crossing(CrossingKind::import, "register_netdevice",
                 world.function_type({{"dev", world.device_pointer}}, world.integer("int", 4)));
  world.crossing(CrossingKind::import, "unregister_netdevice_queue",
                 world.function_type({{"d", world.device_pointer}}));
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("header <linux/netdevice.h>;"));
  EXPECT_THAT(text, HasSubstr("rpc int [undo<{{unregister_netdev(dev)}}>, done<{{!result}}>] "
                              "register_netdevice("));
  EXPECT_THAT(text, HasSubstr("rpc void [ends<{{unregister_netdev(d)}}>] "
                              "unregister_netdevice_queue("));
}

TEST(Infer, ReferencesAreCountedWhereTheyAreTakenAndDropped) {
  Device world;
  TypeId finds = world.function_type({{"from", world.device_pointer}}, world.device_pointer);
  world.crossing(CrossingKind::import, "get_device", finds);
  world.crossing(CrossingKind::import, "put_device",
                 world.function_type({{"dev", world.device_pointer}}));
  world.crossing(CrossingKind::import, "class_find_device", finds);
  world.crossing(CrossingKind::import, "make_device", finds);
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("[reference<{{put_device(from)}}>, done<{{from}}>] get_device("));
  EXPECT_THAT(text, HasSubstr("rpc void [drops<{{put_device(dev)}}>] put_device("));
  EXPECT_THAT(text, HasSubstr("[reference<{{put_device(result)}}>] class_find_device("));
  EXPECT_THAT(text, HasSubstr("entrusted] make_device("));
}

TEST(Infer, AReferenceThatNobodyTakesIsNotToBeDropped) {
  Device world;
  world.crossing(CrossingKind::import, "put_device",
                 world.function_type({{"dev", world.device_pointer}}));
  EXPECT_THAT(world.idl(), HasSubstr("rpc void [drops<{{put_device(dev)}}>] put_device("));
}

TEST(Infer, ReferencesThatCannotAllBeCountedAreNot) {
  Device world;
  world.crossing(
      CrossingKind::import, "get_device",
      world.function_type({{"dev", world.pointer(world.integer_type)}}, world.integer("int", 4)));
  world.crossing(CrossingKind::import, "put_device",
                 world.function_type({{"dev", world.device_pointer}}));
  EXPECT_THAT(world.idl(), AllOf(HasSubstr("[undo-left-out]"), Not(HasSubstr("drops<"))));
}

TEST(Infer, WhatTheKernelDoesNotHaveUndoesNothing) {
  Device world;
  world.crossing(CrossingKind::import, "register_netdevice",
                 world.function_type({{"dev", world.device_pointer}}, world.integer("int", 4)));
  world.pruned.boundary.lacking = {"unregister_netdev"};
  EXPECT_THAT(world.idl(), AllOf(HasSubstr("[undo-left-out]"), Not(HasSubstr("undo<")),
                                 Not(HasSubstr("netdevice.h"))));
}

TEST(Infer, ALockIsUndoneIfItsReleaseCrosses) {
  for (bool crosses : {false, true}) {
    Device world;
    TypeId nothing = world.function_type({});
    world.crossing(CrossingKind::import, "rtnl_lock", nothing);
    if (crosses) {
      world.crossing(CrossingKind::import, "rtnl_unlock", nothing);
    }
    std::string text = world.idl();
    EXPECT_EQ(text.find("[unlock<{{rtnl_unlock()}}>]") != std::string::npos, crosses) << text;
  }
}

TEST(Infer, WhatDoesNotOutliveTheCallIsNotUndone) {
  Device world;
  TypeId by_value = world.record("struct timer_s", {{"expires", world.integer_type}});
  world.crossing(CrossingKind::import, "add_timer", world.function_type({{"timer", by_value}}));
  EXPECT_THAT(world.idl(), AllOf(HasSubstr("[undo-left-out]"), Not(HasSubstr("cancel<"))));
}

TEST(Infer, APacketIsTheDriversOnceItTakesIt) {
  Device world;
  TypeId ops = world.record("struct net_device_ops", {{"ndo_start_xmit", world.device_pointer}});
  world.crossing(
      CrossingKind::ops, "send",
      world.function_type({{"packet", world.device_pointer}}, world.integer("netdev_tx_t", 4)),
      {world.field(ops, "ndo_start_xmit")});
  EXPECT_THAT(world.idl(),
              HasSubstr("[undo<{{kfree_skb(packet)}}>, done<{{result == NETDEV_TX_OK}}>] send("));
}

TEST(Infer, APacketThatIsNoObjectIsNotTheDrivers) {
  Device world;
  TypeId ops = world.record("struct net_device_ops", {{"ndo_start_xmit", world.device_pointer}});
  world.crossing(CrossingKind::ops, "send",
                 world.function_type({{"packet", world.pointer(world.integer_type)}},
                                     world.integer("netdev_tx_t", 4)),
                 {world.field(ops, "ndo_start_xmit")});
  EXPECT_THAT(world.idl(), AllOf(HasSubstr("[undo-left-out]"), Not(HasSubstr("undo<"))));
}

TEST(Infer, AFunctionThatCannotBeCalledFailsInItsTypesOwnTerms) {
  Device world;
  TypeId status = world.function_type({}, world.integer("blk_status_t", 1));
  world.crossing(CrossingKind::ops, "queue", status);
  world.crossing(CrossingKind::import, "asked", status);
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("rpc_ptr blk_status_t [failure<{{BLK_STS_IOERR}}>] queue();"));
  EXPECT_THAT(text, HasSubstr("rpc blk_status_t asked();"));
}

TEST(Infer, WhatNobodyTellsApartIsCopiedForTheCall) {
  Device world;
  CrossingId id = world.crossing(CrossingKind::ops, "fill", world.takes_device);
  SyncPathId root = world.root(id, RootKind::argument, 0, "dev", {.touched = true});
  world.leaf(world.below(root, StepKind::dereference, "*dev"), "dev->flags", world.flags, false,
             true);
  EXPECT_THAT(world.idl(), HasSubstr("projection device_s [alloc_stack(callee)] *dev"));
}

TEST(Infer, ButNotIfItIsToldApartElsewhere) {
  Device world;
  CrossingId id = world.crossing(CrossingKind::ops, "fill", world.takes_device);
  SyncPathId root = world.root(id, RootKind::argument, 0, "dev", {.touched = true});
  world.leaf(world.below(root, StepKind::dereference, "*dev"), "dev->flags", world.flags, false,
             true);
  CrossingId other = world.crossing(CrossingKind::import, "keep", world.takes_device);
  world.root(other, RootKind::argument, 0, "dev", {.identity = true});
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("projection device_s [alloc_once(callee)] *dev"));
  EXPECT_THAT(text, HasSubstr("rpc void keep(handle<struct device_s> *dev);"));
}

TEST(Infer, WhatIsNeverLookedAtIsUnused) {
  Device world;
  CrossingId id = world.crossing(CrossingKind::ops, "ignore", world.takes_device);
  world.root(id, RootKind::argument, 0, "dev");
  EXPECT_THAT(world.idl(), HasSubstr("rpc_ptr void ignore(void [unused] *dev);"));
}

TEST(Infer, ABufferHasTheLengthThatItsAccessesHave) {
  Device world;
  TypeId fills =
      world.function_type({{"buf", world.pointer(none<TypeId>)}, {"count", world.integer_type}});
  CrossingId outer = world.crossing(CrossingKind::import, "fill", fills);
  FunctionId inner = world.function("inner", Side::kernel, fills);
  FunctionId function = world.boundary.crossings[0].function;
  // fill(buf, count) { inner(buf, count); }   inner(buf, count) { memset(buf, 0, count); }
  world.call(function, inner, {world.argument(function, 0), world.argument(function, 1)});
  PathId buffer = world.dereference(world.argument(inner, 0));
  PathId count = world.argument(inner, 1);
  world.access(AccessKind::write, buffer).length = count;
  SyncPathId root = world.root(outer, RootKind::argument, 0, "buf", {.touched = true});
  world.copy(world.below(root, StepKind::dereference, "*buf"), false, true);
  EXPECT_THAT(
      world.idl(),
      HasSubstr("rpc void fill(array<unsigned char, {{count}}> [out] *buf, unsigned int count);"));
}

TEST(Infer, ABufferOfUnknownSizeIsAWarningAndAComment) {
  Device world;
  TypeId fills = world.function_type({{"values", world.pointer(world.integer_type)}});
  CrossingId id = world.crossing(CrossingKind::import, "fill", fills);
  SyncPathId root = world.root(id, RootKind::argument, 0, "values", {.touched = true});
  SyncPathId object = world.below(root, StepKind::dereference, "*values");
  world.copy(world.below(object, StepKind::element, "values[]", none<FieldId>, any_element), true,
             true);
  EXPECT_THAT(
      world.idl(),
      HasSubstr(
          "    // argument values of fill: no size was found: of the driver's memory all that "
          "is known to lie there crosses; to say more: "
          "argument fill 0 : array<unsigned int, {{...}}> *values; [unknown-size]\n"
          "    rpc void fill(array<unsigned int, extent> [kept, in, out] *values);\n"));
}

TEST(Infer, EntriesOfAPointerArrayGoUpToTheHighestConstantIndex) {
  Device world;
  TypeId takes =
      world.function_type({{"tb", world.pointer(world.device_pointer)}}, world.integer_type);
  CrossingId id = world.crossing(CrossingKind::ops, "validate", takes);
  SyncPathId root = world.root(id, RootKind::argument, 0, "tb", {.touched = true});
  SyncPathId object = world.below(root, StepKind::dereference, "*tb");
  SyncPathId entry = world.below(object, StepKind::element, "tb[3]", none<FieldId>, 3);
  world.leaf(world.below(entry, StepKind::dereference, "*tb[3]"), "tb[3]->flags", world.flags, true,
             false);
  EXPECT_THAT(world.idl(),
              HasSubstr("rpc_ptr unsigned int validate("
                        "array<projection device_s [alloc_stack(callee)] *, 4> *tb);"));
}

TEST(Infer, APointerArrayIsAsLongAsTheArgumentThatBoundsItsWalkSays) {
  Device world;
  TypeId takes = world.function_type(
      {{"tb", world.pointer(world.device_pointer)}, {"count", world.integer_type}});
  CrossingId id = world.crossing(CrossingKind::import, "visit", takes);
  FunctionId function = world.boundary.crossings[0].function;
  PathId walked = world.step(world.dereference(world.argument(function, 0)), StepKind::element);
  world.summary.paths.back().integer = any_element;
  const PathId length = world.argument(function, 1);
  world.access(AccessKind::read, walked).length = length;
  SyncPathId root = world.root(id, RootKind::argument, 0, "tb", {.touched = true});
  SyncPathId object = world.below(root, StepKind::dereference, "*tb");
  SyncPathId entry = world.below(object, StepKind::element, "tb[]", none<FieldId>, any_element);
  world.leaf(world.below(entry, StepKind::dereference, "*tb[]"), "tb[]->flags", world.flags, true,
             false);
  EXPECT_THAT(world.idl(), HasSubstr(", {{count}}> *tb"));
}

// A kernel function that reads the flags of as many devices as its second argument says.
struct Row : Device {
  explicit Row(SyncRoot facts) {
    TypeId takes = function_type({{"devs", device_pointer}, {"count", integer_type}});
    CrossingId id = crossing(CrossingKind::import, "scan", takes);
    FunctionId function = boundary.crossings[0].function;
    PathId walked = step(dereference(argument(function, 0), device), StepKind::element);
    summary.paths.back().integer = any_element;
    const PathId length = argument(function, 1);
    access(AccessKind::read, walked).length = length;
    facts.touched = true;
    SyncPathId object =
        below(root(id, RootKind::argument, 0, "devs", facts), StepKind::dereference, "*devs");
    leaf(object, "devs->flags", flags, true, false);
  }
};

TEST(Infer, StructsSideBySideAreKnownToBothEnds) {
  Row world({.identity = true});
  EXPECT_THAT(world.idl(), HasSubstr("array<projection device_s, {{count}}> [alloc_once(callee)] "
                                     "*devs"));
}

TEST(Infer, StructsOnTheStackThatNobodyTellsApartAreCopied) {
  Row world({.caller_local = true});
  EXPECT_THAT(world.idl(), HasSubstr("array<projection device_s, {{count}}> *devs"));
}

TEST(Infer, ALengthBehindAPointerIsWhatIsThere) {
  Device world;
  TypeId fills = world.function_type(
      {{"values", world.pointer(world.integer_type)}, {"len", world.pointer(world.integer_type)}});
  CrossingId id = world.crossing(CrossingKind::import, "fill", fills);
  SyncPathId root = world.root(id, RootKind::argument, 0, "values", {.touched = true});
  SyncPathId object = world.below(root, StepKind::dereference, "*values");
  world.copy(world.below(object, StepKind::element, "values[]", none<FieldId>, any_element), true,
             true);
  EXPECT_THAT(world.idl(), HasSubstr("array<unsigned int, {{len ? *len : 0}}> [in, out] *values"));
}

struct Flexible : Device {
  TypeId list = record("struct list", {{"count", integer_type}, {"items", array(integer_type, 0)}});
  FieldId count = field(list, "count");
  FieldId items = field(list, "items");
  TypeId takes = function_type({{"list", pointer(list)}});
  CrossingId import = crossing(CrossingKind::import, "sum", takes);
  FunctionId function = boundary.crossings[0].function;
  PathId object = dereference(argument(function, 0), list);
  SyncPathId seen =
      below(root(import, RootKind::argument, 0, "list", {.touched = true, .identity = true}),
            StepKind::dereference, "*list");
};

TEST(Infer, AMemberArrayWithoutALengthIsAsLongAsAMemberThatBoundsItsWalkSays) {
  Flexible world;
  PathId length = world.member(world.object, world.count);
  world.access(AccessKind::read, world.member(world.object, world.items)).length = length;
  world.leaf(world.seen, "list->items", world.items, true, true);
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("unsigned int [in, out] count;\n"));
  EXPECT_THAT(text, HasSubstr("array<unsigned int, {{self->count}}> [in, out] items;\n"));
}

TEST(Infer, NumbersThatAStructEndsWithAreTheDriversToFillWhereItsMakerSaysHowManyFit) {
  for (const bool pointers : {false, true}) {
    Flexible world;
    world.access(AccessKind::read, world.member(world.object, world.items)).length =
        world.member(world.object, world.count);
    world.leaf(world.seen, "list->items", world.items, true, true);
    if (pointers) { // of which nothing crosses
      const TypeId item = world.record(
          "struct item", {{"id", world.integer_type}, {"owner", world.device_pointer}});
      world.summary.types[row(world.summary.fields[row(world.items)].type)].element = item;
      world.leaf(world.below(world.seen, StepKind::element, "list->items[]"), "list->items[].id",
                 world.field(item, "id"), true, true);
    }
    world.crossing(CrossingKind::import, "make",
                   world.function_type({{"n", world.integer_type}}, world.pointer(world.list)));
    Return made;
    made.function = world.boundary.crossings.back().function;
    made.path = world.MadePruned::root(made.function, StepKind::allocation, 0);
    made.room = 16;
    made.room_argument = 0;
    made.room_each = 4;
    world.summary.returns.push_back(made);
    const std::string text = world.idl();
    EXPECT_THAT(text, HasSubstr("[size<{{n * 4ull}}>] *make(unsigned int n)"));
    EXPECT_EQ(text.find("{{self->count}}> [in, out, filled] items;") == std::string::npos, pointers)
        << text;
  }
}

TEST(Infer, ElseItIsAsLongAsItsMemory) {
  Flexible world;
  world.leaf(world.seen, "list->items", world.items, true, false);
  EXPECT_THAT(world.idl(), HasSubstr("array<unsigned int, extent> [in] items;\n"));
}

TEST(Infer, StructsThatAStructEndsWithCrossAsPartsOfIt) {
  Device world;
  TypeId item = world.record("struct item",
                             {{"id", world.integer_type}, {"owner", world.pointer(world.device)}});
  TypeId list =
      world.record("struct list", {{"count", world.integer_type}, {"items", world.array(item, 0)}});
  FieldId id = world.field(item, "id");
  CrossingId import = world.crossing(CrossingKind::import, "sum",
                                     world.function_type({{"list", world.pointer(list)}}));
  FunctionId function = world.boundary.crossings[0].function;
  PathId object = world.dereference(world.argument(function, 0), list);
  SyncPathId root =
      world.root(import, RootKind::argument, 0, "list", {.touched = true, .identity = true});
  SyncPathId seen = world.below(root, StepKind::dereference, "*list");
  FieldId items = world.field(list, "items");
  SyncPathId row = world.leaf(seen, "list->items", items, false, false);
  world.leaf(world.below(row, StepKind::element, "list->items[]"), "list->items[].id", id, true,
             false);
  EXPECT_THAT(world.idl(), HasSubstr("array<projection item, extent> [in] items;\n"));
  world.access(AccessKind::read, world.member(object, items)).length =
      world.member(object, world.field(list, "count"));
  const std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("unsigned int [in] count;\n"));
  EXPECT_THAT(text, HasSubstr("array<projection item, {{self->count}}> [in] items;\n"));
  EXPECT_THAT(text, HasSubstr("projection <struct item> item {\n"
                              "        unsigned int [in] id;\n"));
}

TEST(Infer, AFieldThatHoldsFunctionsHasASignature) {
  Device world;
  TypeId ops = world.record("struct ops", {{"open", world.pointer(world.takes_device)}});
  FieldId open = world.field(ops, "open");
  world.crossing(CrossingKind::ops, "my_open", world.takes_device, {open});
  TypeId takes_ops = world.function_type({{"ops", world.pointer(ops)}});
  CrossingId id = world.crossing(CrossingKind::import, "register_ops", takes_ops);
  SyncPathId root =
      world.root(id, RootKind::argument, 0, "ops", {.touched = true, .identity = true});
  world.leaf(world.below(root, StepKind::dereference, "*ops"), "ops->open", open, true, false);
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("    signature ops__open { my_open };\n"));
  EXPECT_THAT(text, HasSubstr("        rpc_ptr ops__open [in] open;\n"));
}

TEST(Infer, AFieldThatHoldsALiteralIsAString) {
  Device world;
  FieldId name = world.field(world.device, "name");
  world.initialize(world.global("devices"), name, ValueKind::string);
  CrossingId id = world.crossing(CrossingKind::import, "use", world.takes_device);
  SyncPathId root =
      world.root(id, RootKind::argument, 0, "dev", {.touched = true, .identity = true});
  SyncPathId field =
      world.leaf(world.below(root, StepKind::dereference, "*dev"), "dev->name", name, true, false);
  world.copy(world.below(field, StepKind::dereference, "*dev->name"), true, false);
  EXPECT_THAT(world.idl(), HasSubstr("        string [in] *name;\n"));
}

// A kernel function that is given a pointer to pointers, and follows it.
struct Table : Device {
  std::string idl_of(TypeId target, SyncRoot facts, bool writes = false) {
    TypeId table = pointer(pointer(target));
    CrossingId id = crossing(CrossingKind::import, "use", function_type({{"table", table}}));
    SyncPathId of = root(id, RootKind::argument, 0, "table", facts);
    copy(below(of, StepKind::dereference, "*table"), true, writes);
    return idl();
  }
};

TEST(Infer, StringsThatAreReadDuringTheCallCrossAsATable) {
  Table world;
  EXPECT_THAT(world.idl_of(world.character, {.touched = true}),
              HasSubstr("rpc void use(array<string *, 1> *table);"));
}

TEST(Infer, ATableThatIsFollowedAndCannotCrossIsRefused) {
  Table written;
  EXPECT_THAT(written.idl_of(written.character, {.touched = true}, true),
              HasSubstr("rpc void use(void [cookie, refused] *table);"));
  Table world;
  EXPECT_THAT(world.idl_of(world.integer_type, {.touched = true}),
              HasSubstr("rpc void use(void [cookie, refused] *table);"));
}

TEST(Infer, ATableOfWhatHasNoDefinitionHereIsOneOfHandles) {
  Table world;
  const TypeId part = world.record("struct part", {});
  world.summary.types[row(part)].complete = false;
  EXPECT_THAT(world.idl_of(part, {.touched = true}, true),
              HasSubstr("rpc void use(array<handle<struct part> [alloc_once(caller)] *, 1> "
                        "[in, out] *table);"));
}

TEST(Infer, OfATableThatIsKeptAllThatIsKnownCrosses) {
  Table world;
  EXPECT_THAT(world.idl_of(world.character, {.touched = true, .identity = true}),
              HasSubstr("rpc void use(array<string [kept] *, extent> [kept] *table);"));
  Table objects;
  const TypeId part = objects.record("struct part", {{"number", objects.integer_type}});
  const std::string text = objects.idl_of(part, {.touched = true, .identity = true});
  EXPECT_THAT(text, HasSubstr("[alloc_once(callee)] *, extent> [kept] *table);"));
  EXPECT_THAT(text, HasSubstr("no size was found"));
}

TEST(Infer, AStructInsideAStructHasItsOwnProjection) {
  Device world;
  TypeId counter = world.record("atomic_t", {{"counter", world.integer_type}});
  TypeId outer = world.record("struct outer", {{"first", world.integer_type}, {"users", counter}});
  FieldId users = world.field(outer, "users");
  FieldId value = world.field(counter, "counter");
  CrossingId id = world.crossing(CrossingKind::import, "use",
                                 world.function_type({{"o", world.pointer(outer)}}));
  SyncPathId root = world.root(id, RootKind::argument, 0, "o", {.touched = true, .identity = true});
  SyncPathId object = world.below(root, StepKind::dereference, "*o");
  SyncPathId inner = world.below(object, StepKind::field, "o->users", users);
  world.leaf(inner, "o->users.counter", value, true, false);
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("        projection atomic_t [in] users;\n"));
  EXPECT_THAT(text, HasSubstr("    projection <atomic_t> atomic_t {\n"
                              "        unsigned int [in] counter;\n"));
}

TEST(Infer, AMemberStructCrossesWithItsTagAlsoWhereNobodyLooksIntoIt) {
  Device world;
  const TypeId value = world.record("struct value", {{"number", world.integer_type}});
  const TypeId item = world.record("struct item", {{"id", world.integer_type}, {"value", value}});
  const FieldId id = world.field(item, "id"), held = world.field(item, "value");
  const TypeId takes = world.function_type({{"item", world.pointer(item)}});
  for (const bool looks : {true, false}) {
    const CrossingId crossing = world.crossing(CrossingKind::import, looks ? "look" : "ask", takes);
    const SyncPathId root =
        world.root(crossing, RootKind::argument, 0, "item", {.touched = true, .identity = true});
    const SyncPathId object =
        world.below(root, StepKind::dereference, "*item", none<FieldId>, 0, item);
    world.leaf(object, "item->id", id, true, false);
    if (looks) {
      const SyncPathId inner = world.below(object, StepKind::field, "item->value", held, 0, value);
      world.leaf(inner, "item->value.number", world.field(value, "number"), true, false);
    }
  }
  world.sync.arms.push_back({held, ArmKind::embedded, none<TypeId>, id, ~u64{0}, {5}, false});
  // Both are given the same.
  const std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("        projection value [in, when<{{self->id == 5}}>] value;\n"));
  EXPECT_THAT(text, HasSubstr("rpc void look(projection item [alloc_once(callee)] *item);"));
  EXPECT_THAT(text, HasSubstr("rpc void ask(projection item [alloc_once(callee)] *item);"));
}

// A kernel function that is given a struct with one member, and that member's path.
struct Holding : Device {
  CrossingId id{};
  SyncPathId object{};
  TypeId outer{};
  void hold(TypeId member) {
    outer = record("struct outer", {{"held", member}});
    id = crossing(CrossingKind::import, "use", function_type({{"o", pointer(outer)}}));
    SyncPathId start = root(id, RootKind::argument, 0, "o", {.touched = true, .identity = true});
    object = below(start, StepKind::dereference, "*o");
  }
};

TEST(Infer, PointersToPointersThatTheKernelMayFollowElsewhereAreRefused) {
  for (bool to_kernel : {false, true}) {
    Holding world;
    world.hold(world.pointer(world.pointer(world.character)));
    world.leaf(world.object, "o->held", world.field(world.outer, "held"), to_kernel, !to_kernel);
    std::string text = world.idl();
    EXPECT_THAT(text, HasSubstr(to_kernel ? "        void [cookie, refused, in] *held;\n"
                                          : "        void [cookie, out] *held;\n"));
    EXPECT_EQ(text.find("[pointer-to-pointer]") != std::string::npos, to_kernel) << text;
  }
}

TEST(Infer, OfATableThatOnlyTheKernelHasCrossesWhatTheDriverLooksAt) {
  for (const bool escapes : {false, true}) {
    Holding world;
    const TypeId table = world.pointer(world.device_pointer);
    world.hold(table);
    const FieldId held = world.field(world.outer, "held");
    world.leaf(world.object, "o->held", held, false, true);
    const FunctionId kernel = world.boundary.crossings[0].function;
    const FunctionId driver = world.function("look", Side::driver);
    for (const FunctionId function : {kernel, driver}) {
      const PathId place =
          world.member(world.dereference(world.argument(function, 0), world.outer), held);
      const PathId element = world.step(world.dereference(place, world.device_pointer),
                                        StepKind::element, world.device_pointer);
      world.summary.paths[row(element)].integer = function == driver ? 2 : any_element;
      world.access(AccessKind::read, element);
      if (escapes && function == driver) {
        world.MadePruned::call(driver, kernel, {place});
      }
    }
    EXPECT_THAT(world.idl(), HasSubstr(escapes ? "void [cookie, refused, out] *held;"
                                               : "[alloc_once(caller)] *, 3> [out] *held;"));
  }
}

TEST(Infer, AMemberArrayOfStructsIsAnArrayOfProjections) {
  Holding world;
  TypeId inner = world.record("struct inner", {{"state", world.integer_type}});
  world.hold(world.array(inner, 8));
  SyncPathId held =
      world.below(world.object, StepKind::field, "o->held", world.field(world.outer, "held"));
  SyncPathId each = world.below(held, StepKind::element, "o->held[]", none<FieldId>, any_element);
  world.leaf(each, "o->held[].state", world.field(inner, "state"), false, true);
  EXPECT_THAT(world.idl(), HasSubstr("        array<projection inner, 8> [out] held;\n"));
}

TEST(Infer, AMemberArrayOfFunctionsHasOneSignature) {
  Holding world;
  world.hold(world.array(world.pointer(world.takes_device), 4));
  world.leaf(world.object, "o->held", world.field(world.outer, "held"), true, false);
  EXPECT_THAT(world.idl(), HasSubstr("        array<rpc_ptr outer__held, 4> [in] held;\n"));
}

TEST(Infer, AStructThatNothingNamesIsNamedByItsMember) {
  Holding world;
  TypeId inner = world.record("", {{"key", world.integer_type}});
  world.hold(world.array(inner, 8));
  FieldId key = world.bits(world.outer, 0, 32, "outer.held[].key", world.integer_type);
  world.leaf(world.object, "o->held[].key", key, false, true);
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("    projection <struct outer.held[]> use__o__held {\n"
                              "        unsigned int [out] key;\n"));
  EXPECT_THAT(text, HasSubstr("        array<projection use__o__held, 8> [out] held;\n"));
}

TEST(Infer, APointerThatSharesItsPlaceIsNotTakenForOneOfThem) {
  Holding world;
  TypeId either = world.record("union either",
                               {{"number", world.integer_type}, {"device", world.device_pointer}});
  for (u32 i = 0; i < 2; ++i) {
    world.summary.members[world.summary.types[row(either)].first_member + i].offset_bits = 0;
  }
  FieldId number = world.field(either, "number");
  FieldId pointed = world.field(either, "device");
  world.summary.fields[row(pointed)].offset_bits = 0;
  world.hold(either);
  SyncPathId held =
      world.below(world.object, StepKind::field, "o->held", world.field(world.outer, "held"));
  world.leaf(held, "o->held.number", number, true, false);
  world.leaf(held, "o->held.device", pointed, true, false);
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("[ambiguous-union]"));
  EXPECT_THAT(text, Not(HasSubstr("unsigned int [in] number;")));
}

// union { struct { unsigned int size; struct device_s *device; } one;
//         struct { unsigned int number; LAST; } other; } of a struct outer, all of it read.
struct InUnion : Holding {
  void hold_either(TypeId last) {
    TypeId one = record("", {{"size", integer_type}, {"device", device_pointer}});
    TypeId other = record("", {{"number", integer_type}, {"last", last}});
    outer = record("struct outer", {{"one", one}, {"other", other}});
    for (u32 i = 0; i < 2; ++i) {
      summary.members[summary.types[row(outer)].first_member + i].offset_bits = 0;
    }
    id = crossing(CrossingKind::import, "use", function_type({{"o", pointer(outer)}}));
    SyncPathId start = root(id, RootKind::argument, 0, "o", {.touched = true, .identity = true});
    object = below(start, StepKind::dereference, "*o");
    leaf(object, "o->one.size", bits(outer, 0, 32, "outer.one.size", integer_type), true, false);
    leaf(object, "o->other.number", bits(outer, 0, 32, "outer.other.number", integer_type), true,
         false);
    const Member& device = summary.members[summary.types[row(one)].first_member + 1];
    leaf(object, "o->one.device",
         bits(outer, device.offset_bits, 64, "outer.one.device", device_pointer), true, false);
  }
};

TEST(Infer, WhatLiesInMembersOfAUnionWithoutTagsCrossesOneByOne) {
  InUnion world;
  world.hold_either(world.device_pointer);
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("        unsigned int [in] one.size;\n"));
  EXPECT_THAT(text, HasSubstr("        unsigned int [in] other.number;\n"));
  EXPECT_THAT(text, HasSubstr("*one.device;\n"));
  EXPECT_THAT(text, Not(HasSubstr("[ambiguous-union]")));
}

TEST(Infer, APointerThatIsAnotherOneInAnotherMemberOfTheUnionDoesNotCross) {
  InUnion world;
  world.hold_either(world.pointer(world.integer_type));
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("        unsigned int [in] other.number;\n"));
  EXPECT_THAT(text, Not(HasSubstr("one.device;\n")));
  EXPECT_THAT(text, HasSubstr("[ambiguous-union]"));
}

TEST(Infer, AlsoIfNoPathStandsForIt) {
  Device world;
  TypeId outer =
      world.record("struct outer", {{"first", world.integer_type}, {"dev", world.device}});
  CrossingId id = world.crossing(CrossingKind::import, "use",
                                 world.function_type({{"o", world.pointer(outer)}}));
  SyncPathId root = world.root(id, RootKind::argument, 0, "o", {.touched = true, .identity = true});
  world.leaf(world.below(root, StepKind::dereference, "*o"), "o->dev.flags", world.flags, true,
             false);
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("        projection device_s [in] dev;\n"));
  EXPECT_THAT(text, HasSubstr("    projection <struct device_s> device_s {\n"
                              "        unsigned int [in] flags;\n"));
}

TEST(Infer, BitsThatAreNoMemberAreAllTheMembersTheyCover) {
  Device world;
  TypeId ring =
      world.record("struct ring", {{"next", world.device_pointer}, {"last", world.integer_type}});
  FieldId both = world.bits(ring, 0, 128, "ring@0+128");
  CrossingId id = world.crossing(CrossingKind::import, "use",
                                 world.function_type({{"r", world.pointer(ring)}}));
  SyncPathId root = world.root(id, RootKind::argument, 0, "r", {.touched = true, .identity = true});
  world.leaf(world.below(root, StepKind::dereference, "*r"), "r->@0+128", both, true, false);
  EXPECT_THAT(world.idl(),
              HasSubstr("        handle<struct device_s> [alloc_once(callee), in] *next;\n"
                        "        unsigned int [in] last;\n"));
}

TEST(Infer, AStructOfASourceFileIsOpaque) {
  Device world;
  world.summary.types[row(world.device)].file = "net/core/dev.c";
  CrossingId id = world.crossing(CrossingKind::import, "use", world.takes_device);
  world.root(id, RootKind::argument, 0, "dev", {.touched = true, .identity = true});
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("    opaque struct device_s;\n"));
  EXPECT_THAT(text, Not(HasSubstr("header")));
}

TEST(Infer, VoidPointersAreNumbersResultsHandles) {
  Device world;
  TypeId allocates =
      world.function_type({{"cookie", world.pointer(none<TypeId>)}}, world.device_pointer);
  world.crossing(CrossingKind::import, "get", allocates);
  EXPECT_THAT(world.idl(), HasSubstr("rpc handle<struct device_s> *get(void [cookie] *cookie);"));
}

// A kernel function that returns memory without a type, and a function of the driver that calls it.
struct Returning : Device {
  CrossingId id = crossing(CrossingKind::import, "get", function_type({}, pointer(none<TypeId>)));
  FunctionId driver = function("driver", Side::driver);
  PathId result = MadePruned::root(driver, StepKind::call_result, 0);
  Returning() {
    root(id, RootKind::result, 0, "");
    call(driver, boundary.crossings[0].function);
  }
};

TEST(Infer, AResultThatIsFollowedThoughNothingSaysItsTypeIsANumberWithAWarning) {
  for (bool followed : {false, true}) {
    Returning world;
    if (followed) {
      world.access(AccessKind::write, world.dereference(world.result));
    }
    std::string text = world.idl();
    EXPECT_THAT(text, HasSubstr("rpc void [cookie] *get();"));
    EXPECT_EQ(text.find("bytes without a type") != std::string::npos, followed) << text;
  }
}

TEST(Infer, BytesBehindAStructAreRoomAlsoWhereNothingSaysTheirType) {
  for (u64 at : {u64{16}, u64{24}}) {
    Device world;
    world.crossing(CrossingKind::import, "use", world.takes_device);
    FunctionId driver = world.function("driver", Side::driver, world.takes_device);
    PathId object =
        world.dereference(world.argument(driver, 0, world.device_pointer), world.device);
    PathId behind = world.step(object, StepKind::cast);
    world.summary.paths[row(behind)].integer = at;
    world.access(AccessKind::read, behind);
    std::string text = world.idl();
    EXPECT_EQ(text.find("    room <struct device_s> 32;\n") != std::string::npos, at == 24) << text;
  }
}

TEST(Infer, APointerIntoUserSpaceIsANumberWhateverIsKnownOfIt) {
  Device world;
  TypeId user = world.pointer(world.integer_type);
  world.summary.types[row(user)].user = true;
  TypeId takes = world.function_type({{"to", user}, {"len", world.integer_type}}, none<TypeId>);
  CrossingId id = world.crossing(CrossingKind::import, "fill", takes);
  SyncPathId root = world.root(id, RootKind::argument, 0, "to", {.touched = true});
  world.copy(world.below(root, StepKind::dereference, "*to"), true, true);
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("rpc void fill(void [cookie] *to, "));
  EXPECT_THAT(text, Not(HasSubstr("[unknown-size]")));
}

TEST(Infer, UntypedMemoryOfUnknownSizeCrossesAsFarAsItIsKnown) {
  Device world;
  TypeId takes = world.function_type({{"data", world.pointer(none<TypeId>)}}, none<TypeId>);
  CrossingId id = world.crossing(CrossingKind::import, "keep", takes);
  SyncPathId root = world.root(id, RootKind::argument, 0, "data", {.touched = true});
  world.copy(world.below(root, StepKind::dereference, "*data"), true, true);
  std::string text = world.idl();
  EXPECT_THAT(text,
              HasSubstr("rpc void keep(array<unsigned char, extent> [kept, in, out] *data);"));
  EXPECT_THAT(text, HasSubstr("[unknown-size]"));
}

TEST(Infer, FactsOfAFunctionThatCannotCrossAreWarnings) {
  Device world;
  TypeId odd = world.function_type({{"int", world.integer_type}, {"", world.integer_type}});
  world.summary.types[row(odd)].variadic = true;
  world.crossing(CrossingKind::import, "odd", odd);
  world.crossing(CrossingKind::import, "bare", none<TypeId>);
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("rpc void odd(unsigned int int_, unsigned int arg1);"));
  EXPECT_THAT(text, HasSubstr("[variadic-function]"));
  EXPECT_THAT(text, HasSubstr("[no-prototype]\n    rpc void bare();"));
  EXPECT_THAT(text, HasSubstr("// 2 crossings, 0 fields, 2 warnings\n"));
}

TEST(Infer, AllOfAStructThatIsPassedByValueCrosses) {
  Device world;
  world.crossing(CrossingKind::import, "pass",
                 world.function_type({{"dev", world.device}}, world.device));
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("projection <struct device_s> pass__result {\n"
                              "        unsigned int [out] flags;\n"
                              "        array<char, extent> [out] *name;\n"));
  EXPECT_THAT(text, HasSubstr("projection <struct device_s> pass__dev {\n"
                              "        unsigned int [in] flags;\n"
                              "        array<char, extent> [in] *name;\n"));
  EXPECT_THAT(text, HasSubstr("rpc projection pass__result pass(projection pass__dev dev);\n"));
}

TEST(Infer, OfTwoFunctionsOfOneNameOneCrosses) {
  Device world;
  world.crossing(CrossingKind::callback, "twin", world.takes_device);
  world.crossing(CrossingKind::callback, "twin", world.takes_device);
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("    rpc_ptr void twin(handle<struct device_s> *dev);\n"));
  EXPECT_EQ(text.find("twin("), text.rfind("twin("));
}

TEST(Infer, InitAndExitHaveTheNamesThatTheModuleGivesThem) {
  Device world;
  world.crossing(CrossingKind::module_init, "my_init", world.function_type({}, world.integer_type));
  world.summary.aliases = {{"init_module", world.boundary.crossings[0].function}};
  world.crossing(CrossingKind::module_exit, "my_exit", world.function_type({}));
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("rpc_ptr unsigned int [init] init_module();"));
  EXPECT_THAT(text, HasSubstr("rpc_ptr void [exit] my_exit();"));
}

struct Packet : Device {
  TypeId info = record("struct info", {{"bits", integer_type}});
  FieldId bits = field(info, "bits");
  TypeId packet =
      record("struct packet",
             {{"length", integer_type}, {"end", integer_type}, {"head", pointer(integer_type)}});
  CrossingId id = crossing(CrossingKind::ops, "transmit", function_type({{"p", pointer(packet)}}));

  Packet() {
    SyncPathId top = root(id, RootKind::argument, 0, "p", {.touched = true, .identity = true});
    leaf(below(top, StepKind::dereference, "*p"), "p->length", field(packet, "length"), true,
         false);
    sync.unreached = {{id, bits, true, false, {}}};
  }
};

// dev->flags of the argument of each function crosses both ways, or in only.
struct Users : Device {
  void add(const std::string& name, bool out) {
    CrossingId id = crossing(CrossingKind::import, name, takes_device);
    SyncPathId top = root(id, RootKind::argument, 0, "dev", {.touched = true, .identity = true});
    leaf(below(top, StepKind::dereference, "*dev"), "dev->flags", flags, true, out);
  }
};

TEST(Infer, WhatIsTheSameIsOneProjectionAndCalledAsItsStruct) {
  Users world;
  world.add("use", true);
  world.add("read", false);
  world.add("close", true);
  std::string text = world.idl("overlay o { struct device_s { unsigned int flags; } }");
  EXPECT_THAT(text, HasSubstr("// 3 crossings, 2 fields, 0 warnings\n"
                              "// overlay o: struct device_s.flags used by device_s, read__dev\n"));
  EXPECT_THAT(text,
              HasSubstr("    projection <struct device_s> device_s {\n"
                        "        unsigned int [in, out] flags;\n"
                        "    }\n\n"
                        "    rpc void use(projection device_s [alloc_once(callee)] *dev);\n\n"
                        "    projection <struct device_s> read__dev {\n"
                        "        unsigned int [in] flags;\n"
                        "    }\n\n"
                        "    rpc void read(projection read__dev [alloc_once(callee)] *dev);\n"
                        "    rpc void close(projection device_s [alloc_once(callee)] *dev);\n"));
}

TEST(Infer, OfSeveralThatAreSharedNoneIsCalledAsItsStruct) {
  Users world;
  world.add("use", true);
  world.add("look", false);
  world.add("gaze", false);
  world.add("shut", true);
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("rpc void use(projection use__dev ["));
  EXPECT_THAT(text, HasSubstr("rpc void look(projection look__dev ["));
  EXPECT_THAT(text, HasSubstr("rpc void gaze(projection look__dev ["));
  EXPECT_THAT(text, HasSubstr("rpc void shut(projection use__dev ["));
}

TEST(Infer, AStructsNameMayBeTaken) {
  Users world;
  world.crossing(CrossingKind::import, "device_s",
                 world.function_type({{"dev", world.pointer(world.takes_device)}}));
  TypeId odd = world.record("struct device_s__dev", {{"flags", world.integer_type}});
  FieldId flags = world.field(odd, "flags");
  CrossingId id =
      world.crossing(CrossingKind::import, "f", world.function_type({{"o", world.pointer(odd)}}));
  SyncPathId root = world.root(id, RootKind::argument, 0, "o", {.touched = true, .identity = true});
  world.leaf(world.below(root, StepKind::dereference, "*o"), "o->flags", flags, true, false);
  EXPECT_THAT(world.idl(), HasSubstr("rpc void f(projection f__o ["));
}

TEST(Infer, ProjectionsThatDifferInNamesOfOthersOnlyAreTheSame) {
  Device world;
  TypeId outer = world.record("struct outer", {{"dev", world.device_pointer}});
  FieldId dev = world.field(outer, "dev");
  for (const char* name : {"use", "look"}) {
    CrossingId id = world.crossing(CrossingKind::import, name,
                                   world.function_type({{"o", world.pointer(outer)}}));
    SyncPathId root =
        world.root(id, RootKind::argument, 0, "o", {.touched = true, .identity = true});
    SyncPathId field =
        world.leaf(world.below(root, StepKind::dereference, "*o"), "o->dev", dev, true, false);
    world.leaf(world.below(field, StepKind::dereference, "*o->dev"), "o->dev->flags", world.flags,
               true, false);
  }
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("    projection <struct outer> outer {\n"
                              "        projection device_s [alloc_once(callee), in] *dev;\n"
                              "    }\n\n"
                              "    projection <struct device_s> device_s {\n"
                              "        unsigned int [in] flags;\n"
                              "    }\n\n"
                              "    rpc void use(projection outer [alloc_once(callee)] *o);\n"
                              "    rpc void look(projection outer [alloc_once(callee)] *o);\n"));
}

TEST(Infer, WhatNoPathReachesCrossesByClass) {
  Packet world;
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("    class <struct info> {\n"
                              "        unsigned int [out] bits;\n" // to the driver
                              "    }\n"));
  EXPECT_THAT(text, HasSubstr("\n        pull struct info { bits };\n"));
}

TEST(Infer, UnlessAnOverlayKnowsTheWay) {
  Packet world;
  std::string text = world.idl("overlay o { struct packet { projection <struct info> "
                               "[at<{{self->end}}>] *head; } }");
  EXPECT_THAT(text, Not(HasSubstr("pull")));
  EXPECT_THAT(text, HasSubstr("// overlay o: struct packet.head used by packet\n"));
  EXPECT_THAT(text, HasSubstr("        unsigned int [in] length;\n"
                              "        unsigned int [in] end;\n"
                              "        projection info [at<{{self->end}}>, in] *head;\n"));
  EXPECT_THAT(text, HasSubstr("    projection <struct info> info {\n"
                              "        unsigned int [in] bits;\n"));
}

TEST(Infer, AWayThatLeadsBackEnds) {
  Device world;
  TypeId packet = world.record(
      "struct packet", {{"length", world.integer_type}, {"head", world.pointer(none<TypeId>)}});
  TypeId packet_pointer = world.pointer(packet);
  TypeId info = world.record("struct info", {{"next", packet_pointer}});
  CrossingId id =
      world.crossing(CrossingKind::ops, "transmit", world.function_type({{"p", packet_pointer}}));
  world.root(id, RootKind::argument, 0, "p", {.touched = true, .identity = true});
  world.sync.unreached = {{id, world.field(info, "next"), true, false, {}}};
  EXPECT_THAT(
      world.idl("overlay o { struct packet { projection <struct info> [at<{{0}}>] *head; } }"),
      HasSubstr("        handle<struct packet> [alloc_once(callee), in] *next;\n"));
}

TEST(Infer, ATailBelongsToEveryProjection) {
  Packet world;
  std::string text =
      world.idl("overlay o { struct packet { tail {{self->length}} [always, in]; } }");
  EXPECT_THAT(text, HasSubstr("        unsigned int [in] length;\n"
                              "        tail {{self->length}} [in];\n"));
}

TEST(Infer, AFieldThatIsAlwaysDeclaredCrossesNeitherWay) {
  Device world;
  TypeId ops = world.record("struct ops", {{"flags", world.integer_type},
                                           {"destroy", world.pointer(world.takes_device)}});
  CrossingId id = world.crossing(CrossingKind::import, "use",
                                 world.function_type({{"ops", world.pointer(ops)}}));
  SyncPathId root =
      world.root(id, RootKind::argument, 0, "ops", {.touched = true, .identity = true});
  world.leaf(world.below(root, StepKind::dereference, "*ops"), "ops->flags",
             world.field(ops, "flags"), true, false);
  std::string text =
      world.idl("overlay o { struct ops { rpc_ptr [last_use<{{self->flags}}>, always] "
                "destroy; } }");
  EXPECT_THAT(text, HasSubstr("    signature ops__destroy {};\n"));
  EXPECT_THAT(text,
              HasSubstr("        rpc_ptr ops__destroy [last_use<{{self->flags}}>] destroy;\n"));
}

TEST(Infer, AnArgumentIsWhatAnOverlaySaysItIs) {
  Device world;
  TypeId takes = world.function_type({{"text", world.pointer(world.character)}});
  CrossingId id = world.crossing(CrossingKind::import, "say", takes);
  SyncPathId root = world.root(id, RootKind::argument, 0, "text", {.touched = true});
  world.copy(world.below(root, StepKind::dereference, "*text"), true, false);
  EXPECT_THAT(world.idl("overlay o { argument say 0 : string *text; }"),
              HasSubstr("rpc void say(string *text);"));
}

TEST(Infer, AResultKeepsWhatAnOverlayLeavesOpen) {
  Device world;
  TypeId allocates = world.function_type({{"room", world.integer_type}}, world.device_pointer);
  std::string overlay = "overlay o { result make : projection [size<{{room}}>] *; }";
  CrossingId id = world.crossing(CrossingKind::import, "make", allocates);
  EXPECT_THAT(world.idl(overlay),
              HasSubstr("rpc handle<struct device_s> *make(unsigned int room);"));
  SyncPathId root = world.root(id, RootKind::result, 0, "return", {.touched = true, .fresh = true});
  world.leaf(world.below(root, StepKind::dereference, "*return"), "return->flags", world.flags,
             false, true);
  EXPECT_THAT(world.idl(overlay),
              HasSubstr("rpc projection device_s [size<{{room}}>, alloc_once(caller)] *make("
                        "unsigned int room);"));
}

TEST(Infer, MisspeltOverlaysAreErrors) {
  Device world;
  world.crossing(CrossingKind::import, "use", world.takes_device);
  auto message = [&](const std::string& overlay) {
    try {
      world.idl(overlay);
      return std::string("none");
    } catch (const Failure& failure) {
      return std::string(failure.what());
    }
  };
  EXPECT_EQ(message("overlay o { struct device_s { u32 flagz; } }"),
            "test.idl:1:31: struct device_s has no member 'flagz'");
  EXPECT_EQ(message("overlay o { argument use 1 : string *x; }"),
            "test.idl:1:13: use has 1 arguments, counted from 0");
  EXPECT_EQ(message("overlay o { argument device_s.flags 0 : string *x; }"),
            "test.idl:1:13: struct device_s has no function pointer 'flags'");
  EXPECT_EQ(message("overlay o { struct device_s { u32 flags; u32 flags; } }"),
            "test.idl:1:42: struct device_s.flags has a rule already");
  EXPECT_EQ(message("overlay o { struct other_s { u32 flagz; } argument other 9 : string *x; }"),
            "none");
}

TEST(Infer, GlobalsLibraryClonesAndLocks) {
  Device world;
  world.import_global(world.global("one", world.integer_type), GlobalUse::read);
  world.import_global(world.global("two", world.device), GlobalUse::address_only);
  world.import_global(world.global("three", world.integer_type), GlobalUse::written);
  world.import_global(world.global("four", world.integer_type), GlobalUse::library);
  world.boundary.library = {"memcpy", "kfree"};
  world.crossing(CrossingKind::named_only, "named_f", world.takes_device);
  world.boundary.clones = {{world.function("cloned_f", Side::cloned), "lib/x.c", ""},
                           {world.function("helper_f", Side::cloned), "lib/x.c", ""}};
  world.summary.functions.back().local = true;
  CriticalSection section;
  section.lock = "rtnl";
  section.shared = true;
  world.atomic.sections = {section};
  world.atomic.fields = {{SectionId{0}, world.flags, "device_s.flags", true, true}};
  std::string text = world.idl();
  EXPECT_THAT(text, HasSubstr("    library four, kfree, memcpy;\n\n"
                              "    clone cloned_f from \"lib/x.c\";\n\n"
                              "    named named_f;\n\n"
                              "    global <unsigned int> [in] one;\n"
                              "    global <struct device_s> two;\n"
                              "    global <unsigned int> [in, out] three;\n"));
  EXPECT_THAT(text, HasSubstr("    section \"rtnl\" {\n"
                              "        fetch device_s.flags;\n"
                              "        send device_s.flags;\n    }\n"));
}

// A function with a number and a pointer that is what the number says.
struct Told : Device {
  TypeId untyped = pointer(none<TypeId>);
  CrossingId import = crossing(CrossingKind::import, "tell",
                               function_type({{"op", integer_type}, {"data", untyped}}));
  SyncPathId data =
      root(import, RootKind::argument, 1, "data", {.touched = true, .identity = true});
  Told() {
    leaf(below(data, StepKind::dereference, "*data", none<FieldId>, 0, device), "data->flags",
         flags, true, true);
  }
  SyncCommand& command(ArmKind kind, std::vector<u64> values, bool unless = false) {
    SyncCommand made{import, 1, kind};
    made.mask = ~u64{0};
    made.values = std::move(values);
    made.unless = unless;
    if (kind == ArmKind::object) made.structure = device;
    return sync.commands.emplace_back(made);
  }
};

TEST(Infer, AnArgumentIsWhatAnotherOneSays) {
  Told world;
  world.command(ArmKind::object, {1, 4}).caller_local = true;
  world.command(ArmKind::scalars, {2}).bytes = 4;
  world.sync.commands.back().writes = true;
  world.command(ArmKind::cookie, {1, 2, 4}, true);
  EXPECT_THAT(
      world.idl(),
      HasSubstr(
          "rpc void tell(\n"
          "        unsigned int op,\n"
          "        projection device_s [alloc_stack(callee), when<{{op == 1 || op == 4}}>] *data,\n"
          "        array<unsigned char, 4> [in, out, when<{{op == 2}}>] *data,\n"
          "        void [cookie, when<{{op != 1 && op != 2 && op != 4}}>] *data);"));
}

TEST(Infer, WhatTheKernelKeepsForAnUnknownCommandIsTheDriversMemory) {
  Told world;
  world.command(ArmKind::object, {1}).identity = true;
  world.command(ArmKind::cookie, {1}, true).identity = true;
  EXPECT_THAT(
      world.idl(),
      HasSubstr("projection device_s [alloc_once(callee), when<{{op == 1}}>] *data,\n"
                "        array<unsigned char, extent> [kept, in, out, when<{{op != 1}}>] *data);"));
}

TEST(Infer, WhereNothingCrossesNoCommandIsAsked) {
  Told world;
  world.sync.fields.clear();
  world.command(ArmKind::object, {1});
  world.command(ArmKind::cookie, {1}, true);
  EXPECT_THAT(world.idl(), Not(HasSubstr("when<")));
}

TEST(Infer, BitsOfACommandTell) {
  Told world;
  world.command(ArmKind::object, {3}).mask = 0xff;
  world.command(ArmKind::cookie, {3}, true).mask = 0xff;
  EXPECT_THAT(world.idl(), HasSubstr("when<{{(op & 0xff) == 0x3}}>"));
}

TEST(Infer, ARuleSaysWhatAToldArgumentIs) {
  Told world;
  world.command(ArmKind::object, {1});
  world.command(ArmKind::cookie, {1}, true);
  EXPECT_THAT(world.idl("overlay o { argument tell 1 : handle<struct device_s> *data; }"),
              HasSubstr("rpc void tell(unsigned int op, handle<struct device_s> *data);"));
}

// The only crossing's reasons, by slug.
std::vector<std::string> slugs(const Readiness& readiness) {
  std::vector<std::string> result;
  for (const ReadyReason& reason : readiness.reasons) {
    if (reason.crossing != none<ReadyId>) {
      result.push_back(reason.slug);
    }
  }
  return result;
}

struct Ready : Device {
  CrossingId import = crossing(CrossingKind::import, "change", takes_device);
};

TEST(Readiness, WhatAnArgumentLeadsToIsExact) {
  Ready world;
  const SyncPathId dev = world.root(world.import, RootKind::argument, 0, "dev", {.touched = true});
  const SyncPathId object =
      world.below(dev, StepKind::dereference, "*dev", none<FieldId>, 0, world.device);
  world.leaf(object, "flags", world.flags, true, true);
  const Readiness found = world.readiness();
  ASSERT_EQ(found.crossings.size(), 1u);
  EXPECT_EQ(found.crossings[0].verdict, Verdict::exact);
  EXPECT_THAT(found.reasons, testing::IsEmpty());
  EXPECT_EQ(found.totals[0].count, 1u);
}

TEST(Readiness, WhatIsInWhicheverObjectIsWide) {
  Ready world;
  world.sync.unreached.push_back(
      {world.import, world.flags, true, false, {"d.c", 7, 1}, Unreached::meanwhile});
  const Readiness found = world.readiness();
  EXPECT_EQ(found.crossings[0].verdict, Verdict::wide);
  ASSERT_EQ(found.reasons.size(), 1u);
  EXPECT_EQ(found.reasons[0].slug, "class-meanwhile");
  EXPECT_EQ(found.reasons[0].loc.line, 7u);
}

TEST(Readiness, AFieldThatTheKernelFollowsIsAskedForWhereItGoesThere) {
  Ready world;
  world.sync.caveats.push_back({.slug = "followed-number", .what = "w", .field = world.flags});
  world.sync.unreached.push_back({world.import, world.flags, true, false, {}});
  EXPECT_THAT(slugs(world.readiness()), testing::Contains("followed-number"));
  world.sync.unreached[0].in = false;
  world.sync.unreached[0].out = true;
  const Readiness found = world.readiness();
  EXPECT_THAT(slugs(found), testing::Not(testing::Contains("followed-number")));
  EXPECT_EQ(found.reasons.back().crossing, none<ReadyId>);
}

TEST(Readiness, ARuleSettlesWhatIsSaidOfItsArgument) {
  Ready world;
  world.sync.caveats.push_back(
      {.slug = "unknown-command", .what = "w", .crossing = world.import, .argument = 0});
  EXPECT_THAT(slugs(world.readiness()), testing::ElementsAre("unknown-command"));
  EXPECT_THAT(
      slugs(world.readiness("overlay o { argument change 0 : handle<struct device_s> *dev; }")),
      testing::IsEmpty());
}

TEST(Readiness, WhatIsSaidOfAnArgumentThatIsAlwaysNullIsMoot) {
  for (const StepKind passed : {StepKind::integer, StepKind::argument}) {
    Following world;
    world.sync.caveats.push_back(
        {.slug = "unknown-command", .what = "w", .crossing = world.import, .argument = 0});
    world.call(world.driver, world.follow, passed);
    EXPECT_EQ(slugs(world.readiness()).empty(), passed == StepKind::integer);
  }
}

TEST(Readiness, WhatCodeOfTheDomainDoesIsSaidOfTheEntryPointsThatGetThere) {
  Device world;
  const CrossingId entry = world.crossing(CrossingKind::callback, "enter", world.takes_device);
  const CrossingId other = world.crossing(CrossingKind::callback, "other", world.takes_device);
  const FunctionId helper = world.function("helper", Side::driver, world.takes_device);
  const FunctionId enter = world.boundary.crossings[row(entry)].function;
  world.call(enter, helper, {});
  world.boundary.caveats.push_back({.slug = "callee-by-type", .what = "w", .function = helper});
  const Readiness found = world.readiness();
  EXPECT_EQ(found.crossings[row(entry)].verdict, Verdict::wide);
  EXPECT_EQ(found.crossings[row(other)].verdict, Verdict::exact);
}

TEST(Readiness, AVariadicFunctionThatIsPassedNoMoreIsExact) {
  Device world;
  const TypeId type = world.function_type({{"dev", world.device_pointer}});
  world.summary.types[row(type)].variadic = true;
  world.crossing(CrossingKind::import, "tell", type);
  EXPECT_EQ(world.readiness().crossings[0].verdict, Verdict::exact);
  Device called;
  const TypeId again = called.function_type({{"dev", called.device_pointer}});
  called.summary.types[row(again)].variadic = true;
  called.crossing(CrossingKind::callback, "told", again);
  EXPECT_EQ(called.readiness().crossings[0].verdict, Verdict::refused);
}

} // namespace
} // namespace ks::idl

// SPDX-License-Identifier: MIT
#include "ks-prune/fake_unit.hpp"

#include <gmock/gmock.h>

#include <random>
#include <set>

namespace ks::prune {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

TEST(Library, RowsThatAreAddedCountAndTakeTheBuiltInOnesPlace) {
  Known known;
  known.add("more", "[domain_library]\nfrob\tstring\nmemcpy\tallocate\n[elsewhere]\nfrob_exit\n");
  const Library library(known);
  EXPECT_TRUE(library.is_pure("frob"));
  EXPECT_TRUE(library.allocates("memcpy"));
  EXPECT_TRUE(library.leads_elsewhere("frob_exit"));
  EXPECT_TRUE(library.leads_elsewhere("schedule"));
  EXPECT_FALSE(Library(Known()).has("frob"));
}

TEST(TypeStore, ForwardDeclarationStandsForTheOnlyLayout) {
  FakeUnit a("a.c"), b("b.c");
  const TypeId forward = a.pointer(a.forward("struct s"));
  const TypeId full = b.pointer(b.structure("struct s", 2));
  TypeStore types;
  types.add(a.summary(), type_keys(a.summary()));
  types.add(b.summary(), type_keys(b.summary()));
  types.resolve();
  EXPECT_EQ(types.number(type_keys(a.summary())[row(forward)]),
            types.number(type_keys(b.summary())[row(full)]));
}

TEST(TypeStore, ForwardDeclarationOfTwoLayoutsStaysOpen) {
  FakeUnit a("a.c"), b("b.c"), c("c.c");
  const TypeId forward = a.forward("struct s");
  const TypeId two = b.structure("struct s", 2);
  const TypeId three = c.structure("struct s", 3);
  TypeStore types;
  for (const FakeUnit* unit : {&a, &b, &c}) types.add(unit->summary(), type_keys(unit->summary()));
  types.resolve();
  const u32 open = types.number(type_keys(a.summary())[row(forward)]);
  EXPECT_NE(open, types.number(type_keys(b.summary())[row(two)]));
  EXPECT_NE(open, types.number(type_keys(c.summary())[row(three)]));
  EXPECT_FALSE(types.type(open).type.complete);
}

TEST(TypeStore, OrderOfUnitsDoesNotMatter) {
  FakeUnit a("a.c"), b("b.c");
  a.pointer(a.structure("struct s", 2));
  b.pointer(b.forward("struct s"));
  b.structure("struct t", 1, "include/t.h");
  a.structure("struct t", 1, "include/other.h");
  const auto names = [](std::vector<const FakeUnit*> units) {
    TypeStore types;
    for (const FakeUnit* unit : units) types.add(unit->summary(), type_keys(unit->summary()));
    types.resolve();
    std::vector<std::string> all;
    for (u32 i = 0; i < types.size(); ++i) {
      all.push_back(types.type(i).type.name + types.type(i).type.file);
    }
    return all;
  };
  EXPECT_EQ(names({&a, &b}), names({&b, &a}));
}

TEST(Boundary, ImportsAreWhatTheDriverCallsAndTheLibraryLacks) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  const FunctionId entry = driver.define("x_entry");
  driver.call(entry, driver.declare("register_it"));
  driver.call(entry, driver.declare("memcpy"));
  kernel.lock(kernel.define("register_it"));
  const FakeRun run({&driver, &kernel}, 1);
  EXPECT_THAT(run.crossings(), ElementsAre("import register_it"));
  EXPECT_THAT(run.pruned().boundary.library, ElementsAre("memcpy"));
  EXPECT_EQ(run.side("memcpy"), Side::library);
}

TEST(Boundary, WhatWouldUndoIsLackingWhereNoUnitOfTheKernelHasIt) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  driver.call(driver.define("x_entry"), driver.declare("misc_deregister"));
  kernel.lock(kernel.define("unregister_netdev"));
  const FakeRun run({&driver, &kernel}, 1);
  EXPECT_THAT(run.pruned().boundary.lacking,
              AllOf(Contains("misc_deregister"), Not(Contains("unregister_netdev"))));
}

TEST(Boundary, FunctionInAnObjectOfTheDriverIsAnOperationOrOnlyNamed) {
  FakeUnit driver("drivers/x/x.c");
  const TypeId ops = driver.structure("struct ops", 2);
  const FunctionId open = driver.define("x_open");
  const FunctionId other = driver.declare("generic_close");
  const GlobalId table = driver.global("x_ops", true);
  driver.initialize(table, driver.field(ops, 0), open);
  driver.initialize(table, driver.field(ops, 32), other);
  const FakeRun run({&driver}, 1);
  EXPECT_THAT(run.crossings(), ElementsAre("named_only generic_close", "ops x_open"));
  EXPECT_EQ(run.pruned().boundary.crossings[1].fields.size(), 1u);
}

TEST(Boundary, StaticFunctionsOfOneNameAreToldApart) {
  FakeUnit first("drivers/x/a.c"), second("drivers/x/b-2.c");
  for (FakeUnit* unit : {&first, &second}) {
    const TypeId ops = unit->structure("struct ops", 2);
    const FunctionId open = unit->define("x_open");
    unit->at(open).local = true;
    const GlobalId table = unit->global(unit == &first ? "a_ops" : "b_ops", true);
    unit->initialize(table, unit->field(ops, 0), open);
  }
  const FakeRun run({&first, &second}, 2);
  EXPECT_THAT(run.crossings(), ElementsAre("ops x_open", "ops x_open"));
  EXPECT_EQ(run.side("x_open"), Side::driver);
  EXPECT_EQ(run.side("x_open__b_2"), Side::driver);
}

TEST(Boundary, StaticFunctionWithTheNameOfAnImportIsToldApart) {
  FakeUnit first("drivers/x/a.c"), second("drivers/x/b.c");
  const TypeId ops = first.structure("struct ops", 2);
  const FunctionId open = first.define("open");
  first.at(open).local = true;
  first.initialize(first.global("x_ops", true), first.field(ops, 0), open);
  second.call(second.define("x_entry"), second.declare("open"));
  const FakeRun run({&first, &second}, 2);
  EXPECT_THAT(run.crossings(), ElementsAre("import open", "ops open"));
  EXPECT_EQ(run.side("open__a"), Side::driver);
}

TEST(Boundary, OperationOfAStructureThatTheKernelDoesNotKnowStaysInside) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  const TypeId ops = driver.structure("struct x_ops", 1, "drivers/x/x.h");
  driver.initialize(driver.global("x_ops", true), driver.field(ops, 0), driver.define("x_reset"));
  EXPECT_THAT(FakeRun({&driver, &kernel}, 1).crossings(), IsEmpty());
  kernel.field(kernel.structure("struct x_ops", 1, "drivers/x/x.h"), 0);
  EXPECT_THAT(FakeRun({&driver, &kernel}, 1).crossings(), ElementsAre("ops x_reset"));
}

TEST(Boundary, OneRowForAFunctionReachedInSeveralWays) {
  FakeUnit driver("drivers/x/x.c");
  const FunctionId init = driver.define("x_init");
  const FunctionId handler = driver.define("x_handler");
  driver.at(handler).exported = true;
  const FunctionId request = driver.declare("request");
  driver.call(init, request, {driver.address_of(init, handler)});
  driver.alias("init_module", init);
  const FakeRun run({&driver}, 1);
  EXPECT_THAT(run.crossings(),
              ElementsAre("import request", "module_init x_init", "callback x_handler"));
}

TEST(Boundary, CallThroughAPointerLeavesOnlyIfATargetIsOutside) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  const TypeId ops = driver.structure("struct ops", 2);
  const FieldId mine = driver.field(ops, 0);
  const FieldId theirs = driver.field(ops, 32);
  const FunctionId target = driver.define("x_target");
  driver.initialize(driver.global("x_ops", true), mine, target);
  const FunctionId caller = driver.define("x_caller");
  driver.call_through(caller, mine);
  driver.call_through(caller, theirs);
  const TypeId same = kernel.structure("struct ops", 2);
  kernel.initialize(kernel.global("ops", true), kernel.field(same, 32), kernel.define("outside"));
  const FakeRun run({&driver, &kernel}, 1);
  EXPECT_THAT(run.crossings(), ElementsAre("kernel_pointer struct ops@32", "ops x_target"));
}

// Of a function that is not kept nothing is known: it would do anything to what it is passed.
TEST(Kept, WhatTheDriverCallsThroughAPointerIsKeptAlthoughItSharesNothing) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  const FieldId called = driver.field(driver.structure("struct ops", 1), 0);
  driver.call_through(driver.define("x_caller"), called);
  const FieldId field = kernel.field(kernel.structure("struct ops", 1), 0);
  kernel.initialize(kernel.global("ops", true), field, kernel.define("outside"));
  kernel.define("other");
  const FakeRun run({&driver, &kernel}, 1);
  EXPECT_TRUE(run.choice().kept.kept[run.function("outside")]);
  EXPECT_FALSE(run.choice().kept.kept[run.function("other")]);
}

TEST(Clones, FunctionThatTouchesOnlyItsArgumentsRunsInTheDomain) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  const FunctionId entry = driver.define("x_entry");
  for (const char* name : {"pure", "locked", "allocates", "writes_global"}) {
    driver.call(entry, driver.declare(name));
  }
  const FieldId field = kernel.field(kernel.structure("struct s", 1), 0);
  const FunctionId pure = kernel.define("pure");
  kernel.touch(pure, field, AccessKind::write);
  kernel.call(pure, kernel.declare("memcpy"));
  const FunctionId helper = kernel.declare("helper");
  kernel.call(pure, helper);
  kernel.at(helper).defined = true;
  const FunctionId locked = kernel.define("locked");
  kernel.lock(locked);
  const FunctionId allocates = kernel.define("allocates");
  kernel.call(allocates, kernel.declare("__kmalloc"));
  const FunctionId writes = kernel.define("writes_global");
  kernel.touch(writes, kernel.global("state", true), AccessKind::write);
  const FakeRun run({&driver, &kernel}, 1);
  EXPECT_EQ(run.side("pure"), Side::cloned);
  EXPECT_EQ(run.side("helper"), Side::cloned);
  EXPECT_THAT(run.crossings(),
              ElementsAre("import allocates", "import locked", "import writes_global"));
  EXPECT_EQ(run.pruned().boundary.clones.size(), 2u);
}

TEST(Clones, WhatTouchesAStructureThatTheGlueCannotIncludeStaysOutside) {
  FakeUnit driver("drivers/x/x.c"), kernel("drivers/core/core.c");
  const FunctionId entry = driver.define("x_entry");
  const std::pair<const char*, const char*> files[] = {{"in_source", "drivers/core/core.c"},
                                                       {"in_folder", "drivers/core/core.h"},
                                                       {"beside", "drivers/x/x.h"},
                                                       {"in_include", "include/linux/core.h"},
                                                       {"in_arch", "arch/x86/include/asm/a.h"}};
  for (const auto& [name, file] : files) {
    driver.call(entry, driver.declare(name));
    const FieldId field = kernel.field(kernel.structure(std::string("struct ") + name, 1, file), 0);
    kernel.touch(kernel.define(name), field, AccessKind::read);
  }
  const FakeRun run({&driver, &kernel}, 1);
  EXPECT_THAT(run.crossings(), ElementsAre("import in_folder", "import in_source"));
  EXPECT_EQ(run.pruned().boundary.clones.size(), 3u);
}

TEST(Clones, FunctionThatIsAlsoNamedStaysOutside) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  const FunctionId entry = driver.define("x_entry");
  const FunctionId pure = driver.declare("pure");
  driver.call(entry, pure, {driver.address_of(entry, pure)});
  kernel.define("pure");
  EXPECT_THAT(FakeRun({&driver, &kernel}, 1).crossings(), ElementsAre("import pure"));
}

TEST(Targets, FunctionStoredThroughAParameterIsFound) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  const FunctionId init = driver.define("x_init");
  const FunctionId handler = driver.define("x_handler");
  driver.call(init, driver.declare("set_handler"), {driver.address_of(init, handler)});
  const FieldId field = kernel.field(kernel.structure("struct s", 1), 0);
  const FunctionId set = kernel.define("set_handler");
  kernel.touch(set, field, AccessKind::write,
               kernel.path(set, StepKind::argument, none<PathId>, 0));
  const FunctionId invoke = kernel.define("invoke");
  kernel.call_through(invoke, field);
  const FakeRun run({&driver, &kernel}, 1);
  const auto& targets = run.choice().targets.of(run.function("invoke"), 0);
  ASSERT_EQ(targets.size(), 1u);
  EXPECT_EQ(targets[0].function, run.function("x_handler"));
  EXPECT_EQ(targets[0].source, TargetSource::stored_at_run_time);
  EXPECT_THAT(run.crossings(), ElementsAre("import set_handler", "callback x_handler"));
}

TEST(Targets, SignatureIsOnlyTheLastResort) {
  FakeUnit kernel("net/core.c"), driver("drivers/x/x.c");
  const FunctionId entry = driver.define("x_entry");
  driver.call(entry, driver.declare("calls"));
  const TypeId type = kernel.signature(none<TypeId>, {kernel.integer()});
  const TypeId ops = kernel.structure("struct ops", 2);
  const FieldId known = kernel.field(ops, 0);
  const FieldId unknown = kernel.field(ops, 32);
  kernel.initialize(kernel.global("ops", true), known, kernel.define("stored", type));
  kernel.at(kernel.define("elsewhere", type)).address_taken = true;
  const FunctionId calls = kernel.define("calls");
  kernel.call_through(calls, known, type);
  kernel.call_through(calls, unknown, type);
  const FunctionId sets = kernel.define("sets", type);
  kernel.touch(sets, unknown, AccessKind::write, kernel.path(sets, StepKind::unknown));
  const FakeRun run({&driver, &kernel}, 1);
  EXPECT_EQ(run.choice().targets.of(run.function("calls"), 0).size(), 1u);
  EXPECT_EQ(run.choice().targets.of(run.function("calls"), 1).size(), 2u);
}

TEST(Targets, PlaceThatNothingFlowsIntoIsEmpty) {
  FakeUnit kernel("net/core.c"), driver("drivers/x/x.c");
  const TypeId type = kernel.signature(none<TypeId>, {kernel.integer()});
  kernel.at(kernel.define("elsewhere", type)).address_taken = true;
  const FunctionId calls = kernel.define("calls", type);
  kernel.call_through(calls, kernel.field(kernel.structure("struct ops", 1), 0), type);
  const FakeRun run({&driver, &kernel}, 1);
  EXPECT_THAT(run.choice().targets.of(run.function("calls"), 0), IsEmpty());
}

TEST(Targets, FunctionOutOfATableOfFunctionsIsFoundWhereItIsStored) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  const FunctionId handler = driver.define("x_handler");
  const GlobalId table = driver.global("x_table", true);
  driver.initialize(table, none<FieldId>, handler);
  const FunctionId init = driver.define("x_init");
  const PathId element = driver.path(init, StepKind::element, driver.path_of(init, table));
  driver.touch(init, driver.field(driver.structure("struct s", 1), 0), AccessKind::write, element);
  const FunctionId invoke = kernel.define("invoke");
  kernel.call_through(invoke, kernel.field(kernel.structure("struct s", 1), 0));
  const FakeRun run({&driver, &kernel}, 1);
  const auto& targets = run.choice().targets.of(run.function("invoke"), 0);
  ASSERT_EQ(targets.size(), 1u);
  EXPECT_EQ(targets[0].function, run.function("x_handler"));
  EXPECT_THAT(run.crossings(), ElementsAre("ops x_handler"));
}

TEST(Targets, FunctionThatIsHandedOverThroughAPointerIsFound) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  const FunctionId handler = driver.define("x_handler");
  const FunctionId init = driver.define("x_init");
  driver.call_through(init, driver.field(driver.structure("struct ops", 1), 0), none<TypeId>,
                      {driver.address_of(init, handler)});
  const FunctionId set = kernel.define("set");
  kernel.touch(set, kernel.field(kernel.structure("struct s", 1), 0), AccessKind::write,
               kernel.path(set, StepKind::argument, none<PathId>, 0));
  kernel.initialize(kernel.global("ops", true), kernel.field(kernel.structure("struct ops", 1), 0),
                    set);
  const FunctionId invoke = kernel.define("invoke");
  kernel.call_through(invoke, FieldId{0});
  const FakeRun run({&driver, &kernel}, 1);
  const auto& targets = run.choice().targets.of(run.function("invoke"), 0);
  ASSERT_EQ(targets.size(), 1u);
  EXPECT_EQ(targets[0].function, run.function("x_handler"));
  EXPECT_THAT(run.crossings(), testing::Contains("callback x_handler"));
}

TEST(Targets, WhatIsKnownIsNotAllWhereSomethingUnknownIsStored) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  const TypeId type = kernel.signature(none<TypeId>, {kernel.integer()});
  const FieldId field = kernel.field(kernel.structure("struct ops", 1), 0);
  kernel.initialize(kernel.global("ops", true), field, kernel.define("stored", type));
  kernel.at(kernel.define("elsewhere", type)).address_taken = true;
  const FunctionId calls = kernel.define("calls");
  kernel.call_through(calls, field, type);
  const FunctionId sets = kernel.define("sets");
  kernel.touch(sets, field, AccessKind::write, kernel.path(sets, StepKind::unknown));
  const FakeRun run({&driver, &kernel}, 1);
  EXPECT_EQ(run.choice().targets.of(run.function("calls"), 0).size(), 2u);
}

TEST(Boundary, FunctionThatOnlyTheDriverCallsIsNoCrossing) {
  FakeUnit driver("drivers/x/x.c");
  const FunctionId release = driver.define("x_release");
  const FunctionId put = driver.define("x_put");
  driver.call_argument(put, 1);
  const FunctionId entry = driver.define("x_entry");
  driver.call(entry, put, {none<PathId>, driver.address_of(entry, release)});
  EXPECT_THAT(FakeRun({&driver}, 1).crossings(), IsEmpty());
}

TEST(Boundary, ModulesFunctionsAreKnownByTheirNames) {
  FakeUnit driver("drivers/x/x.c");
  driver.define("init_module");
  driver.define("cleanup_module");
  EXPECT_THAT(FakeRun({&driver}, 1).crossings(),
              ElementsAre("module_init init_module", "module_exit cleanup_module"));
}

TEST(Effects, WriteThroughAPointerToAScalarIsAWriteOfTheCallersField) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c"), other("lib/set.c");
  const auto named = [](FakeUnit& unit) {
    const TypeId record = unit.structure("struct s", 2);
    return std::pair(record, unit.field(record, 32));
  };
  driver.touch(driver.define("x_entry"), named(driver).second);
  const auto [record, field] = named(kernel);
  const FunctionId caller = kernel.define("caller");
  const PathId argument = kernel.path(caller, StepKind::argument);
  const PathId object = kernel.path(caller, StepKind::dereference, argument);
  kernel.at(object).type = record;
  kernel.call(caller, kernel.declare("set"),
              {kernel.path(caller, StepKind::address, kernel.field_of(caller, object, field))});
  for (const char* callee : {"", "set_it"}) { // which call each other
    const bool first = *callee == 0;
    const FunctionId set = other.define(first ? "set" : callee);
    const PathId pointer = other.path(set, StepKind::argument);
    Access access{set};
    access.kind = AccessKind::write;
    access.path = other.path(set, StepKind::dereference, pointer);
    access.size = 4;
    if (!first) other.add(access);
    other.call(set, first ? other.declare("set_it") : FunctionId{0}, {pointer});
  }
  const FakeRun run({&driver, &kernel, &other}, 1);
  EXPECT_TRUE(run.keeps("caller"));
  const auto& accesses = run.pruned().summary.accesses;
  EXPECT_TRUE(std::any_of(accesses.begin(), accesses.end(), [&](const Access& access) {
    return access.source == AccessSource::callee && access.kind == AccessKind::write &&
           run.pruned().summary.functions[row(access.function)].name == "caller" &&
           run.pruned().summary.fields[row(access.field)].name == "struct s@32";
  }));
}

// Whether the driver's entry, which passes the address of a field to this function of the kernel's
// that writes there, writes the field.
bool writes_field_by(const char* callee) {
  FakeUnit driver("drivers/x/x.c"), kernel("mm/slab.c");
  const TypeId record = driver.structure("struct s", 2);
  const FieldId field = driver.field(record, 32);
  const FunctionId entry = driver.define("x_entry");
  driver.touch(entry, field);
  const PathId argument = driver.path(entry, StepKind::argument);
  const PathId object = driver.path(entry, StepKind::dereference, argument);
  driver.at(object).type = record;
  driver.call(entry, driver.declare(callee),
              {driver.path(entry, StepKind::address, driver.field_of(entry, object, field))});
  const FunctionId set = kernel.define(callee);
  Access access{set};
  access.kind = AccessKind::write;
  access.path = kernel.path(set, StepKind::dereference, kernel.path(set, StepKind::argument));
  access.size = 4;
  kernel.add(access);
  const FakeRun run({&driver, &kernel}, 1);
  return std::ranges::any_of(run.pruned().summary.accesses, [&](const Access& found) {
    return found.source == AccessSource::callee && found.kind == AccessKind::write &&
           run.pruned().summary.functions[row(found.function)].name == "x_entry";
  });
}

TEST(Effects, WhatTheOtherSideWritesThroughAPointerToAScalarIsWrittenBackByTheCaller) {
  EXPECT_TRUE(writes_field_by("set"));
}

TEST(Effects, WhatAnAllocatorDoesWithMemoryThatItIsGivenBackNobodySees) {
  EXPECT_FALSE(writes_field_by("kfree"));
}

TEST(Effects, WhatADriverDoesBehindAPointerThatItWasReturnedIsDoneToTheMembersOfThatSize) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  const FunctionId entry = driver.define("x_entry");
  driver.call(entry, driver.declare("level_of"));
  Access access{entry};
  access.kind = AccessKind::write;
  access.path = driver.path(entry, StepKind::dereference,
                            driver.path_of(entry, driver.global("x_kept", true)));
  access.size = 4;
  driver.add(access);
  const TypeId record = kernel.structure("struct s", 3);
  const FieldId field = kernel.field(record, 32);
  kernel.field(record, 64);
  const FunctionId level_of = kernel.define("level_of");
  const PathId object =
      kernel.path(level_of, StepKind::dereference, kernel.path(level_of, StepKind::argument));
  kernel.at(object).type = record;
  const PathId place = kernel.field_of(level_of, object, field);
  kernel.at(place).type = kernel.integer();
  kernel.answer(level_of, kernel.path(level_of, StepKind::address, place));
  kernel.lock(level_of); // so that it is no clone
  kernel.touch(kernel.define("reads_it"), field);
  const FakeRun run({&driver, &kernel}, 1);
  std::vector<std::string> written;
  for (const Access& found : run.pruned().summary.accesses)
    if (found.kind == AccessKind::write && found.field != none<FieldId>)
      written.push_back(run.pruned().summary.fields[row(found.field)].name);
  EXPECT_THAT(written, testing::ElementsAre("struct s@32"));
  EXPECT_TRUE(run.keeps("reads_it"));
  const auto& crossings = run.pruned().boundary.crossings;
  EXPECT_TRUE(std::ranges::any_of(crossings, &Crossing::answers_member));
}

TEST(Peers, OperationInAVariableThatTheDriverNamesIsNoPeer) {
  const auto is_peer = [](bool named) {
    FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
    const FunctionId mine = driver.define("x_send");
    driver.initialize(driver.global("x_ops", true),
                      driver.field(driver.structure("struct ops", 1), 0), mine);
    if (named) driver.touch(mine, driver.global("y_ops", false));
    const FunctionId other = kernel.define("y_send");
    kernel.initialize(kernel.global("y_ops", true),
                      kernel.field(kernel.structure("struct ops", 1), 0), other);
    const FakeRun run({&driver, &kernel}, 1);
    return static_cast<bool>(run.kept().peers[run.function("y_send")]);
  };
  EXPECT_TRUE(is_peer(false));
  EXPECT_FALSE(is_peer(true));
}

TEST(Peers, WhoCallsFunctionsOfTheDriverIsNoPeer) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  const FieldId statistics = driver.field(driver.structure("struct statistics", 1), 0);
  const FunctionId mine = driver.define("x_send");
  driver.touch(mine, statistics);
  driver.initialize(driver.global("x_ops", true),
                    driver.field(driver.structure("struct ops", 1), 0), mine);
  const FieldId send = kernel.field(kernel.structure("struct ops", 1), 0);
  const FunctionId other = kernel.define("y_send");
  kernel.touch(other, kernel.field(kernel.structure("struct statistics", 1), 0), AccessKind::write);
  kernel.call_through(other, send);
  kernel.initialize(kernel.global("y_ops", true), send, other);
  const FakeRun run({&driver, &kernel}, 1);
  EXPECT_FALSE(run.kept().peers[run.function("y_send")]);
  EXPECT_TRUE(run.keeps("y_send"));
}

TEST(Peers, PlaceThatOnlyOtherImplementationsTouchIsNotShared) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  const TypeId ops = driver.structure("struct ops", 1);
  const FieldId statistics = driver.field(driver.structure("struct statistics", 1), 0);
  const FunctionId mine = driver.define("x_send");
  driver.touch(mine, statistics);
  driver.initialize(driver.global("x_ops", true), driver.field(ops, 0), mine);
  const FieldId send = kernel.field(kernel.structure("struct ops", 1), 0);
  const FieldId same = kernel.field(kernel.structure("struct statistics", 1), 0);
  const FunctionId other = kernel.define("y_send");
  kernel.touch(other, same, AccessKind::write);
  kernel.initialize(kernel.global("y_ops", true), send, other);
  const FakeRun alone({&driver, &kernel}, 1);
  EXPECT_FALSE(alone.keeps("y_send"));
  EXPECT_TRUE(alone.kept().peers[alone.function("y_send")]);
  kernel.touch(kernel.define("reads_all"), same);
  EXPECT_TRUE(FakeRun({&driver, &kernel}, 1).keeps("y_send"));
}

TEST(Rows, EmbeddedFieldIsToldApartByWhatEnclosesIt) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  const auto add = [](FakeUnit& unit, const std::string& function, u32 place) {
    const FieldId inner = unit.field(unit.structure("struct inner", 1), 0);
    const FieldId outer = unit.field(unit.structure("struct outer", 2), place);
    const FunctionId helper = unit.declare("inner_read");
    const FunctionId caller = unit.define(function);
    const PathId object =
        unit.path(caller, StepKind::dereference, unit.path(caller, StepKind::argument));
    unit.call(caller, helper,
              {unit.path(caller, StepKind::address, unit.field_of(caller, object, outer))});
    unit.at(helper).defined = unit.at(helper).local = true;
    unit.at(helper).loc = {"include/inner.h", 1, 1};
    unit.touch(helper, inner);
  };
  add(driver, "x_entry", 0);
  add(kernel, "same", 0);
  add(kernel, "other", 32);
  const FakeRun run({&driver, &kernel}, 1);
  EXPECT_TRUE(run.keeps("same"));
  EXPECT_FALSE(run.keeps("other"));
}

TEST(Rows, KernelKeepsOnlyAccessesToWhatTheDriverTouches) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  const FieldId mine = driver.field(driver.structure("struct s", 2), 0);
  driver.touch(driver.define("x_entry"), mine);
  const TypeId same = kernel.structure("struct s", 2);
  const FunctionId reader = kernel.define("reader");
  kernel.touch(reader, kernel.field(same, 0));
  kernel.touch(reader, kernel.field(same, 32));
  kernel.touch(kernel.define("stranger"), kernel.field(same, 32));
  const FakeRun run({&driver, &kernel}, 1);
  EXPECT_TRUE(run.keeps("reader"));
  EXPECT_FALSE(run.keeps("stranger"));
  EXPECT_EQ(run.pruned().summary.accesses.size(), 2u);
  EXPECT_THAT(explain(run.choice(), "reader"),
              testing::HasSubstr("touches struct s@0, as does x_entry\nx_entry"));
}

TEST(Rows, FieldsThatShareBitsAreTouchedTogether) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  driver.touch(driver.define("x_entry"), driver.field(driver.structure("struct s", 2), 0, 64));
  kernel.touch(kernel.define("reader"), kernel.field(kernel.structure("struct s", 2), 32, 32));
  EXPECT_TRUE(FakeRun({&driver, &kernel}, 1).keeps("reader"));
}

// A random kernel: who calls whom, and who touches the driver's field.
struct RandomKernel {
  explicit RandomKernel(u32 seed) {
    std::mt19937 random(seed);
    calls.resize(size);
    for (u32 i = 0; i < size; ++i) {
      for (u32 j = 0; j < size; ++j) {
        if (random() % 8 == 0) calls[i].insert(j);
      }
      if (random() % 6 == 0) touching.insert(i);
      if (random() % 6 == 0) imported.insert(i);
    }
  }
  // The slow twin: all pairs, closed by brute force.
  std::set<u32> kept() const {
    std::vector<std::vector<bool>> reach(size, std::vector<bool>(size));
    for (u32 i = 0; i < size; ++i) {
      reach[i][i] = true;
      for (u32 j : calls[i]) reach[i][j] = true;
    }
    for (u32 k = 0; k < size; ++k) {
      for (u32 i = 0; i < size; ++i) {
        for (u32 j = 0; j < size; ++j) {
          if (reach[i][k] && reach[k][j]) reach[i][j] = true;
        }
      }
    }
    std::set<u32> kept = touching;
    kept.insert(imported.begin(), imported.end());
    for (u32 from : imported) {
      for (u32 i = 0; i < size; ++i) {
        for (u32 to : touching) {
          if (reach[from][i] && reach[i][to]) kept.insert(i);
        }
      }
    }
    return kept;
  }

  static constexpr u32 size = 12;
  std::vector<std::set<u32>> calls;
  std::set<u32> touching;
  std::set<u32> imported;
};

TEST(Reach, KeepsExactlyWhatTheSlowTwinKeeps) {
  for (u32 seed = 0; seed < 200; ++seed) {
    const RandomKernel random(seed);
    FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
    const FunctionId entry = driver.define("x_entry");
    driver.touch(entry, driver.field(driver.structure("struct s", 1), 0));
    for (u32 i : random.imported) driver.call(entry, driver.declare(fmt::format("f{}", i)));
    const FieldId field = kernel.field(kernel.structure("struct s", 1), 0);
    std::vector<FunctionId> functions;
    for (u32 i = 0; i < random.size; ++i) functions.push_back(kernel.define(fmt::format("f{}", i)));
    for (u32 i = 0; i < random.size; ++i) {
      kernel.lock(functions[i]); // so that none is cloned
      for (u32 j : random.calls[i]) kernel.call(functions[i], functions[j]);
      if (random.touching.contains(i)) kernel.touch(functions[i], field);
    }
    const FakeRun run({&driver, &kernel}, 1);
    const std::set<u32> expected = random.kept();
    for (u32 i = 0; i < random.size; ++i) {
      EXPECT_EQ(run.keeps(fmt::format("f{}", i)), expected.contains(i)) << "seed " << seed;
    }
  }
}

TEST(Reach, WhoFreesWhatAKeptFunctionHasKeptIsKept) {
  FakeUnit driver("drivers/x/x.c"), kernel("net/core.c");
  driver.call(driver.define("x_entry"), driver.declare("closes"));
  const GlobalId kept = kernel.global("kept", true), other = kernel.global("other", true);
  const FunctionId closes = kernel.define("closes");
  kernel.lock(closes);
  kernel.touch(closes, kept, AccessKind::write);
  const auto frees = [&](const std::string& name, GlobalId from) {
    Access access{kernel.define(name)};
    access.kind = AccessKind::free;
    access.path =
        kernel.path(access.function, StepKind::dereference, kernel.path_of(access.function, from));
    kernel.add(access);
  };
  frees("thread", kept);
  frees("stranger", other);
  const FakeRun run({&driver, &kernel}, 1);
  EXPECT_TRUE(run.keeps("thread"));
  EXPECT_FALSE(run.keeps("stranger"));
}

TEST(Link, CopiesOfAHeadersFunctionAreOneOnEachSide) {
  FakeUnit driver("drivers/x/x.c"), a("net/a.c"), b("net/b.c");
  for (FakeUnit* unit : {&driver, &a, &b}) {
    const FunctionId copy = unit->define("inline_helper");
    unit->at(copy).local = true;
    unit->at(copy).loc = {"include/helper.h", 7, 1};
  }
  EXPECT_EQ(FakeRun({&driver, &a, &b}, 1).program().functions.size(), 2u);
}

TEST(Link, StrongDefinitionTakesTheWeakOnesPlace) {
  FakeUnit a("net/a.c"), b("net/b.c");
  a.at(a.define("common")).weak = true;
  b.define("common");
  const FakeRun run({&a, &b}, 0);
  EXPECT_EQ(run.program().functions.size(), 1u);
  EXPECT_EQ(run.program().functions[0].home, 1u);
}

TEST(Link, AliasOfAnotherUnitIsTheFunctionItself) {
  FakeUnit a("net/a.c"), b("net/b.c");
  a.alias("second_name", a.define("first_name"));
  b.call(b.define("caller"), b.declare("second_name"));
  const FakeRun run({&a, &b}, 0);
  EXPECT_THAT(run.program().functions[run.function("caller")].body.callees,
              ElementsAre(run.function("first_name")));
}

TEST(Link, LocalFunctionsOfOneNameAreSeveral) {
  FakeUnit a("net/a.c"), b("net/b.c");
  for (FakeUnit* unit : {&a, &b}) unit->at(unit->define("init")).local = true;
  EXPECT_EQ(FakeRun({&a, &b}, 0).program().functions.size(), 2u);
}

} // namespace
} // namespace ks::prune

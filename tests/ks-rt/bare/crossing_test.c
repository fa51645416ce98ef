// SPDX-License-Identifier: MIT
/* Crossings that do what they are for. */
#include "tests/ks-rt/bare/world.h"

#define CROSSINGS 10000

static struct domain first, second;

TEST(a_function_gets_its_arguments_and_returns)
{
	REQUIRE(visor_on() && domain_make(&first));
	CHECK_EQUAL(domain_call(&first, domain_digits, 3, 4, 5), 0);
	CHECK_EQUAL(first.gate.result, 543);
	CHECK_EQUAL(domain_call(&first, domain_digits, -1ul, 0, 0), 0);
	CHECK_EQUAL(first.gate.result, -1ul);
}

TEST(each_domain_has_its_own_data)
{
	REQUIRE(visor_on() && domain_make(&first) && domain_make(&second));
	CHECK(first.index != second.index);
	for (unsigned i = 0; i < 3; i++)
		CHECK_EQUAL(domain_call(&first, domain_count, 0, 0, 0), 0);
	CHECK_EQUAL(first.gate.result, 43);
	CHECK_EQUAL(domain_call(&second, domain_count, 0, 0, 0), 0);
	CHECK_EQUAL(second.gate.result, 41);
}

static unsigned handled;

static long plus_ten(struct ks_gate *gate, ks_u64 request)
{
	handled++;
	CHECK(gate == &first.gate);
	CHECK_EQUAL(this_cpu()->number, 0);
	return (long)request + 10;
}

TEST(a_domain_calls_the_kernel)
{
	handled = 0;
	REQUIRE(visor_on() && domain_make(&first));
	domain_gate(&first, &first.gate, domain_ask_twice);
	first.gate.handler = plus_ten;
	first.gate.arguments[0] = 100;
	CHECK_EQUAL(ks_gate_call(&first.gate), 0);
	CHECK_EQUAL(first.gate.result, 120);
	CHECK_EQUAL(handled, 2);
}

/* Into the same domain and the other by turns, while the outer crossings wait. */
static long deeper(struct ks_gate *gate, ks_u64 request)
{
	struct domain *domain = gate->index == (ks_u64)first.index ? &second : &first;
	struct ks_gate inner;

	handled++;
	if (!request)
		return 1000;
	domain_gate(domain, &inner, domain_ask);
	inner.handler = deeper;
	inner.arguments[0] = request - 1;
	/* Each lower on its stack than what waits there. */
	inner.stack = DOMAIN_STACK_TOP - 256 * handled;
	CHECK_EQUAL(ks_gate_call(&inner), 0);
	return (long)inner.result;
}

TEST(crossings_nest)
{
	struct ks_gate gate;

	handled = 0;
	REQUIRE(visor_on() && domain_make(&first) && domain_make(&second));
	domain_gate(&first, &gate, domain_ask);
	gate.handler = deeper;
	gate.arguments[0] = 5;
	CHECK_EQUAL(ks_gate_call(&gate), 0);
	CHECK_EQUAL(gate.result, 1006);
	CHECK_EQUAL(handled, 6);
}

static long to_the_dead(struct ks_gate *gate, ks_u64 request)
{
	struct ks_gate inner;

	(void)request;
	domain_gate(&second, &inner, (void *)DOMAIN_NOTHING);
	inner.stack = DOMAIN_STACK_TOP - 1024;
	CHECK_EQUAL(ks_gate_call(&inner), (uint64_t)-EIO);
	CHECK(gate->index == (ks_u64)first.index);
	return 77;
}

TEST(a_nested_domain_that_dies_leaves_the_outer_one_alone)
{
	REQUIRE(visor_on() && domain_make(&first) && domain_make(&second));
	domain_gate(&first, &first.gate, domain_ask);
	first.gate.handler = to_the_dead;
	CHECK_EQUAL(ks_gate_call(&first.gate), 0);
	CHECK_EQUAL(first.gate.result, 78);
	CHECK_EQUAL(domain_call(&second, domain_null, 0, 0, 0), (uint64_t)-EIO);
	CHECK_EQUAL(domain_call(&first, domain_null, 0, 0, 0), 0);
}

static long kills_its_caller(struct ks_gate *gate, ks_u64 request)
{
	(void)request;
	CHECK_EQUAL(ks_visor_kill((int)gate->index), 0);
	return 0;
}

TEST(a_domain_killed_while_it_waits_is_not_gone_back_to)
{
	struct ks_visor_fault fault;

	REQUIRE(visor_on() && domain_make(&first));
	domain_gate(&first, &first.gate, domain_ask);
	first.gate.handler = kills_its_caller;
	CHECK_EQUAL(ks_gate_call(&first.gate), (uint64_t)-EIO);
	CHECK_EQUAL(ks_visor_fault(first.index, &fault), 0);
	CHECK_EQUAL(fault.reason, KS_FAULT_KILLED);
}

static unsigned befores;

static void before(struct ks_gate *gate)
{
	befores++;
	gate->arguments[1] = 7;
	CHECK_EQUAL(flags_read() & FLAG_INTERRUPTS, 0);
}

TEST(the_hook_runs_before_each_entry)
{
	befores = 0;
	REQUIRE(visor_on() && domain_make(&first));
	domain_gate(&first, &first.gate, domain_digits);
	first.gate.before = before;
	CHECK_EQUAL(ks_gate_call(&first.gate), 0);
	CHECK_EQUAL(first.gate.result, 70);
	domain_gate(&first, &first.gate, domain_ask);
	first.gate.before = before;
	first.gate.handler = plus_ten;
	interrupts_on();
	CHECK_EQUAL(ks_gate_call(&first.gate), 0);
	interrupts_off();
	CHECK_EQUAL(befores, 3);
}

TEST(a_crossing_does_not_exit)
{
	struct ks_visor_statistics begin, end;
	struct ks_visor_setup setup;
	uint64_t before, empty;
	struct ks_gate gate;

	/* Each period of the visor's timer is an exit: one so long that it does not end here. */
	visor_setup(&setup);
	setup.period = 1ul << 32;
	REQUIRE(visor_on_as(&setup) && domain_make(&first));
	domain_gate(&first, &gate, domain_null);
	CHECK_EQUAL(ks_gate_call(&gate), 0);
	CHECK_EQUAL(ks_visor_statistics(&begin), 0);
	before = instructions();
	for (unsigned i = 0; i < CROSSINGS; i++)
		ks_gate_call(&gate);
	before = instructions() - before;
	CHECK_EQUAL(ks_visor_statistics(&end), 0);
	/* Asking is one. */
	CHECK_EQUAL(exits_of(&end) - exits_of(&begin), 1);
	empty = instructions();
	for (unsigned i = 0; i < CROSSINGS; i++)
		asm volatile("" : : "r"(&gate));
	empty = instructions() - empty;
	print("NOTE instructions per null crossing %u\n", (before - empty) / CROSSINGS);
}

TEST(a_new_root_costs_one_exit)
{
	struct ks_visor_statistics statistics[3];
	uint64_t root = root_read(), copy;

	REQUIRE(visor_on() && domain_make(&first));
	CHECK_EQUAL(domain_call(&first, domain_null, 0, 0, 0), 0);
	copy = frame_allocate(1);
	memcpy(virtual_of(copy), root_table, PAGE);
	root_write(copy);
	CHECK_EQUAL(ks_visor_statistics(&statistics[0]), 0);
	CHECK_EQUAL(domain_call(&first, domain_digits, 1, 2, 3), 0);
	CHECK_EQUAL(ks_visor_statistics(&statistics[1]), 0);
	CHECK_EQUAL(domain_call(&first, domain_digits, 1, 2, 3), 0);
	CHECK_EQUAL(ks_visor_statistics(&statistics[2]), 0);
	root_write(root);
	CHECK_EQUAL(first.gate.result, 321);
	CHECK_EQUAL(statistics[1].roots - statistics[0].roots, 1);
	CHECK_EQUAL(statistics[2].roots - statistics[1].roots, 0);
}

/* More roots than a domain can be shown at once. */
TEST(many_roots_take_turns)
{
	enum { roots = 600 };
	uint64_t root = root_read(), copy, used = 0;

	REQUIRE(visor_on() && domain_make(&first));
	copy = frame_allocate(roots);
	for (unsigned i = 0; i < 2 * roots; i++) {
		uint64_t physical = copy + i % roots * PAGE;

		memcpy(virtual_of(physical), root_table, PAGE);
		root_write(physical);
		if (!CHECK_EQUAL(domain_call(&first, domain_count, 0, 0, 0), 0))
			break;
		if (i == roots)
			used = pool_used();
	}
	root_write(root);
	CHECK_EQUAL(first.gate.result, 40 + 2 * roots);
	CHECK_EQUAL(pool_used(), used);
	CHECK(domain_end(&first));
}

TEST(a_domain_that_was_killed_can_be_made_again)
{
	REQUIRE(visor_on());
	for (unsigned i = 0; i < 3; i++) {
		REQUIRE(domain_make(&first));
		CHECK_EQUAL(domain_call(&first, domain_count, 0, 0, 0), 0);
		CHECK_EQUAL(first.gate.result, 41);
		CHECK_EQUAL(domain_call(&first, (void *)DOMAIN_NOTHING, 0, 0, 0), (uint64_t)-EIO);
		CHECK_EQUAL(domain_call(&first, domain_count, 0, 0, 0), (uint64_t)-EIO);
		CHECK(domain_end(&first));
	}
}

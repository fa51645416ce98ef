// SPDX-License-Identifier: MIT
/* Two processors, one visor. */
#include "tests/ks-rt/bare/attack.h"

#define CROSSINGS 2000
#define TURNS 200000

static struct domain domain;

static void join(void *error) { *(volatile int *)error = visor_join(); }

static void leave(void *error) { *(volatile int *)error = visor_leave(); }

static bool on_other(void (*f)(void *))
{
	int error = -1;

	other_start(f, &error);
	other_wait();
	return CHECK_EQUAL(error, 0);
}

static bool both_on(void) { return visor_on() && on_other(join); }

/* Calls of one processor; each has a stack of its own in the domain. */
struct calls {
	volatile uint64_t wrong, done;
	unsigned rounds;
};

static void cross(void *argument)
{
	struct calls *calls = argument;
	struct ks_gate gate;

	for (unsigned i = 0; i < calls->rounds; i++) {
		domain_gate(&domain, &gate, domain_digits);
		gate.stack = DOMAIN_STACK_TOP - this_cpu()->number * PAGE;
		gate.arguments[0] = i;
		gate.arguments[1] = this_cpu()->number;
		calls->wrong += ks_gate_call(&gate) || gate.result != i + 10 * this_cpu()->number;
		calls->done++;
	}
}

TEST_ON(two_processors_cross_at_once, 2)
{
	struct calls mine = { .rounds = CROSSINGS }, others = { .rounds = CROSSINGS };

	REQUIRE(both_on() && domain_make(&domain));
	other_start(cross, &others);
	cross(&mine);
	other_wait();
	CHECK_EQUAL(mine.wrong, 0);
	CHECK_EQUAL(others.wrong, 0);
	CHECK_EQUAL(others.done, CROSSINGS);
}

TEST_ON(a_processor_that_comes_later_knows_the_domains, 2)
{
	struct calls others = { .rounds = 3 };

	REQUIRE(visor_on() && domain_make(&domain));
	REQUIRE(on_other(join));
	other_start(cross, &others);
	other_wait();
	CHECK_EQUAL(others.wrong, 0);
}

TEST_ON(a_processor_that_leaves_does_not_take_the_other_with_it, 2)
{
	struct calls mine = { .rounds = 100 }, others = { .rounds = 100 };

	REQUIRE(both_on() && domain_make(&domain));
	for (unsigned i = 0; i < 3; i++) {
		on_other(leave);
		cross(&mine);
		on_other(join);
		other_start(cross, &others);
		other_wait();
	}
	CHECK_EQUAL(mine.wrong, 0);
	CHECK_EQUAL(others.wrong, 0);
}

static volatile bool about_to_enter;

static void kill_soon(void *unused)
{
	(void)unused;
	while (!about_to_enter)
		relax();
	for (unsigned i = 0; i < 1000; i++)
		relax();
	ks_visor_kill(domain.index);
}

TEST_ON(a_domain_is_killed_from_another_processor, 2)
{
	struct ks_visor_fault fault;
	uint64_t time;

	about_to_enter = false;
	REQUIRE(both_on() && domain_make(&domain));
	other_start(kill_soon, NULL);
	about_to_enter = true;
	time = instructions();
	CHECK_EQUAL(domain_call(&domain, domain_spin, TURNS, 0, 0), (uint64_t)-EIO);
	time = instructions() - time;
	other_wait();
	CHECK_EQUAL(ks_visor_fault(domain.index, &fault), 0);
	CHECK_EQUAL(fault.reason, KS_FAULT_KILLED);
	CHECK(time < 3 * PERIOD);
	CHECK_EQUAL(domain_call(&domain, domain_null, 0, 0, 0), (uint64_t)-EIO);
}

struct nmis {
	unsigned count, gap; /* a multiple of that apart, and not always the same */
	volatile bool done;
};

static void send_nmis(void *argument)
{
	struct nmis *nmis = argument;

	for (unsigned i = 0; i < nmis->count; i++) {
		for (unsigned k = 0; k < nmis->gap + i % 13; k++)
			relax();
		nmi_to_other();
	}
	nmis->done = true;
}

static void check_nmis(struct nmis *nmis, const void *entry, uint64_t turns)
{
	uint64_t before = cpus[0].nmis, astray = cpus[0].nmis_astray;

	other_start(send_nmis, nmis);
	do {
		CHECK_EQUAL(domain_call(&domain, entry, turns, 2, 3), 0);
		CHECK_EQUAL(domain.gate.result, turns ? turns * 3 : 320);
	} while (!nmis->done);
	other_wait();
	for (unsigned i = 0; i < 10000; i++)
		relax();
	/* One that comes while another is pending is one with it. */
	CHECK(cpus[0].nmis - before >= nmis->count / 2);
	CHECK(cpus[0].nmis - before <= nmis->count);
	CHECK_EQUAL(cpus[0].nmis_astray, astray);
}

TEST_ON(non_maskable_interrupts_while_a_domain_runs, 2)
{
	struct nmis off = { .count = 20, .gap = 300 }, on = off;

	REQUIRE(both_on() && domain_make(&domain));
	check_nmis(&off, domain_spin, TURNS / 20);
	interrupts_on();
	check_nmis(&on, domain_spin, TURNS / 20);
	interrupts_off();
}

/* Often enough that some come where the gate has a domain's stack in the kernel's view. */
TEST_ON(non_maskable_interrupts_while_the_gate_is_passed, 2)
{
	struct nmis nmis = { .count = 2000, .gap = 100 };

	REQUIRE(both_on() && domain_make(&domain));
	check_nmis(&nmis, domain_digits, 0);
}

TEST_ON(a_domain_made_anew_is_new_on_all_processors, 2)
{
	struct calls others = { .rounds = 2 };

	REQUIRE(both_on());
	for (unsigned i = 0; i < 20; i++) {
		frames_reset();
		REQUIRE(domain_make(&domain));
		other_start(cross, &others);
		other_wait();
		CHECK_EQUAL(domain_call(&domain, domain_count, 0, 0, 0), 0);
		CHECK_EQUAL(domain.gate.result, 41);
		CHECK(domain_end(&domain));
	}
	CHECK_EQUAL(others.wrong, 0);
}

static void make_and_end(void *errors)
{
	for (unsigned i = 0; i < 200; i++) {
		int index = ks_visor_create();

		*(volatile unsigned *)errors += index < 1;
		*(volatile unsigned *)errors += ks_visor_map(index, DOMAIN_NOTHING, FRAMES_PHYSICAL, 1,
							     KS_VISOR_READ) != 0;
		*(volatile unsigned *)errors += ks_visor_destroy(index) != 0;
	}
}

TEST_ON(domains_are_made_on_two_processors_at_once, 2)
{
	unsigned mine = 0, others = 0;
	uint64_t used;

	REQUIRE(both_on() && domain_make(&domain));
	used = pool_used();
	other_start(make_and_end, &others);
	make_and_end(&mine);
	other_wait();
	CHECK_EQUAL(mine + others, 0);
	CHECK_EQUAL(pool_used(), used);
	CHECK_EQUAL(domain_call(&domain, domain_count, 0, 0, 0), 0);
}

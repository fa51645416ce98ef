// SPDX-License-Identifier: MIT
/* Interrupts while a domain runs: the kernel gets them, the domain does not notice. */
#include "tests/ks-rt/bare/attack.h"

#define TURNS 100000 /* of two instructions: ten periods */

extern const char snippet_spin_then_read[], snippet_spin_then_read_end[];

static struct domain domain;

TEST(interrupts_are_served_while_a_domain_runs)
{
	struct ks_visor_statistics begin, end;
	uint64_t ticks;

	REQUIRE(visor_on() && domain_make(&domain));
	CHECK_EQUAL(ks_visor_statistics(&begin), 0);
	timer_start(PERIOD);
	interrupts_on();
	ticks = this_cpu()->ticks;
	CHECK_EQUAL(domain_call(&domain, domain_spin, TURNS, 0, 0), 0);
	ticks = this_cpu()->ticks - ticks;
	interrupts_off();
	timer_stop();
	CHECK_EQUAL(ks_visor_statistics(&end), 0);
	CHECK_EQUAL(domain.gate.result, TURNS * 3);
	CHECK(ticks >= 8 && ticks <= 12);
	CHECK(end.pauses - begin.pauses >= 8);
}

/* Not in the domain, when its caller has them off; at once when that has them on again. */
TEST(interrupts_wait_for_a_caller_that_has_them_off)
{
	uint64_t ticks;

	REQUIRE(visor_on() && domain_make(&domain));
	ticks = this_cpu()->ticks;
	timer_start(PERIOD);
	CHECK_EQUAL(domain_call(&domain, domain_spin, TURNS, 0, 0), 0);
	CHECK_EQUAL(domain.gate.result, TURNS * 3);
	CHECK_EQUAL(this_cpu()->ticks, ticks);
	interrupts_on();
	asm volatile("nop");
	interrupts_off();
	CHECK_EQUAL(this_cpu()->ticks, ticks + 1);
	timer_stop();
}

/* It holds a lock, perhaps, that what the interrupt calls will want. */
TEST(interrupts_wait_for_a_domain_that_has_them_off)
{
	uint64_t ticks;

	REQUIRE(visor_on() && domain_make(&domain));
	timer_start(PERIOD);
	interrupts_on();
	ticks = this_cpu()->ticks;
	CHECK_EQUAL(domain_call(&domain, domain_hold, TURNS, 0, 0), 0);
	CHECK_EQUAL(this_cpu()->ticks, ticks + 1);
	CHECK_EQUAL(domain_call(&domain, domain_spin, TURNS, 0, 0), 0);
	CHECK(this_cpu()->ticks >= ticks + 8);
	interrupts_off();
	timer_stop();
	CHECK_EQUAL(domain.gate.result, TURNS * 3);
}

/* As a kernel that takes a lock for the domain, and releases it when it is asked again. */
static long locks(struct ks_gate *gate, ks_u64 release)
{
	const uint64_t ticks = this_cpu()->ticks;

	(void)gate;
	CHECK_EQUAL(flags_read() & FLAG_INTERRUPTS, release ? 0 : FLAG_INTERRUPTS);
	if (release)
		interrupts_on();
	else
		interrupts_off();
	return (long)ticks;
}

TEST(interrupts_wait_for_a_kernel_that_has_turned_them_off_for_the_domain)
{
	uint64_t ticks;

	REQUIRE(visor_on() && domain_make(&domain));
	domain_gate(&domain, &domain.gate, domain_ask_around);
	domain.gate.handler = locks;
	domain.gate.arguments[0] = TURNS;
	timer_start(PERIOD);
	interrupts_on();
	ticks = this_cpu()->ticks;
	CHECK_EQUAL(ks_gate_call(&domain.gate), 0);
	CHECK(domain.gate.result - ticks <= 1); /* none while it was held */
	CHECK(flags_read() & FLAG_INTERRUPTS);
	CHECK(this_cpu()->ticks > domain.gate.result);
	interrupts_off();
	timer_stop();
}

TEST(a_domain_is_confined_after_interrupts)
{
	struct ks_visor_fault fault;
	uint64_t ticks;

	REQUIRE(attack_prepare(CODE(spin_then_read)));
	timer_start(PERIOD);
	interrupts_on();
	ticks = this_cpu()->ticks;
	CHECK_EQUAL(domain_call(&attacker, (void *)DOMAIN_SNIPPET, (uint64_t)&canary, TURNS, 0),
		    (uint64_t)-EIO);
	CHECK(this_cpu()->ticks - ticks >= 8);
	interrupts_off();
	timer_stop();
	CHECK_EQUAL(ks_visor_fault(attacker.index, &fault), 0);
	CHECK_EQUAL(fault.vector, VECTOR_PF);
	CHECK_EQUAL(fault.address, (uint64_t)&canary);
	attack_unharmed();
}

/* Each pause of an inner domain happens with the outer one's crossing under way. */
static long spins_elsewhere(struct ks_gate *gate, ks_u64 request)
{
	(void)gate;
	CHECK_EQUAL(domain_call(&neighbour, domain_spin, request, 0, 0), 0);
	return (long)neighbour.gate.result;
}

TEST(interrupts_are_served_in_nested_crossings)
{
	uint64_t ticks;

	REQUIRE(visor_on() && domain_make(&domain) && domain_make(&neighbour));
	domain_gate(&domain, &domain.gate, domain_ask);
	domain.gate.handler = spins_elsewhere;
	domain.gate.arguments[0] = TURNS;
	timer_start(PERIOD);
	interrupts_on();
	ticks = this_cpu()->ticks;
	CHECK_EQUAL(ks_gate_call(&domain.gate), 0);
	CHECK(this_cpu()->ticks - ticks >= 8);
	interrupts_off();
	timer_stop();
	CHECK_EQUAL(domain.gate.result, TURNS * 3 + 1);
}

/*
 * Short crossings, and periods that are hardly longer: they end at each instruction of the gate
 * and of the domain's function in turn.
 */
static uint64_t cross_in_periods_of(ks_u64 period)
{
	struct ks_visor_statistics statistics = { 0 };
	struct ks_visor_setup setup;

	visor_setup(&setup);
	setup.period = period;
	if (!visor_on_as(&setup) || !domain_make(&domain))
		return 0;
	timer_start(777);
	interrupts_on();
	for (unsigned i = 0; i < 200; i++) {
		if (!CHECK_EQUAL(domain_call(&domain, domain_digits, i % 7, i % 5, i % 3), 0) ||
		    !CHECK_EQUAL(domain.gate.result, i % 7 + i % 5 * 10 + i % 3 * 100))
			break;
		for (unsigned k = 0; k < i % 17; k++)
			asm volatile("nop");
	}
	interrupts_off();
	timer_stop();
	CHECK_EQUAL(ks_visor_statistics(&statistics), 0);
	CHECK_EQUAL(visor_leave(), 0);
	return statistics.pauses;
}

TEST(a_period_may_end_at_any_instruction)
{
	uint64_t pauses = 0;

	for (ks_u64 period = 60; period < 160; period += 3) {
		frames_reset();
		pauses += cross_in_periods_of(period);
	}
	CHECK(pauses > 500);
	print("NOTE pauses in crossings with short periods %u\n", pauses);
}

TEST(a_stay_that_is_within_its_budget_is_not_ended)
{
	REQUIRE(visor_on() && domain_make(&domain));
	CHECK_EQUAL(domain_call(&domain, domain_spin, PERIOD * (BUDGET - 4) / 2, 0, 0), 0);
	/* It is the stay that counts, not what there was before. */
	CHECK_EQUAL(domain_call(&domain, domain_spin, PERIOD * (BUDGET - 4) / 2, 0, 0), 0);
	CHECK_EQUAL(domain_call(&domain, domain_spin, PERIOD * (BUDGET + 4) / 2, 0, 0),
		    (uint64_t)-EIO);
}

/* A non-maskable interrupt of this processor to itself. */
TEST(non_maskable_interrupts_reach_the_kernel)
{
	uint64_t before = this_cpu()->nmis;

	REQUIRE(visor_on() && domain_make(&domain));
	nmi_to_self();
	for (unsigned i = 0; i < 1000; i++)
		relax();
	CHECK_EQUAL(this_cpu()->nmis, before + 1);
	CHECK_EQUAL(domain_call(&domain, domain_null, 0, 0, 0), 0);
}

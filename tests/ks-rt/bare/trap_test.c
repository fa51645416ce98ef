// SPDX-License-Identifier: MIT
/* An undefined instruction in a domain, of which the kernel may say that the domain goes on behind it. */
#include "tests/ks-rt/bare/attack.h"

#define LENGTH 2 /* of UD2 */

static unsigned traps;
static uint64_t trapped_at;
static bool passes;
static struct ks_visor_fault fault;

static void trap(struct ks_gate *gate, struct ks_gate_saved *saved)
{
	traps++;
	trapped_at = saved->rip;
	CHECK_EQUAL(flags_read() & FLAG_INTERRUPTS, 0);
	CHECK_EQUAL(gate->index, attacker.index);
	if (passes)
		saved->rip += LENGTH;
	else
		gate->trap = NULL;
}

static long run(const char *code, const char *end, uint64_t a, bool lets_pass)
{
	traps = 0;
	passes = lets_pass;
	if (!attack_prepare(code, end))
		return 1;
	domain_gate(&attacker, &attacker.gate, (void *)DOMAIN_SNIPPET);
	attacker.gate.trap = trap;
	attacker.gate.arguments[0] = a;
	return ks_gate_call(&attacker.gate);
}
#define RUN(snippet, argument, lets_pass)                                    \
	({                                                                   \
		extern const char snippet_##snippet[], snippet_##snippet##_end[]; \
		run(CODE(snippet), (uint64_t)(argument), lets_pass);                     \
	})

TEST(a_domain_goes_on_behind_an_instruction_that_the_kernel_lets_pass)
{
	CHECK_EQUAL(RUN(undefined, 0, true), 0);
	CHECK_EQUAL(traps, 1);
	CHECK_EQUAL(trapped_at, DOMAIN_SNIPPET);
	CHECK_EQUAL(ks_visor_fault(attacker.index, &fault), 0);
	CHECK_EQUAL(fault.reason, KS_FAULT_NONE);
	attack_unharmed();
	CHECK_EQUAL(domain_call(&attacker, domain_digits, 1, 2, 3), 0);
}

TEST(and_has_its_registers)
{
	CHECK_EQUAL(RUN(undefined_amid_registers, 0, true), 0);
	CHECK_EQUAL(traps, 1);
	CHECK_EQUAL(attacker.gate.result, 0);
}

TEST(what_the_kernel_does_not_let_pass_ends_the_domain)
{
	CHECK_EQUAL(RUN(undefined, 0, false), (uint64_t)-EIO);
	CHECK_EQUAL(traps, 1);
	CHECK_EQUAL(ks_visor_fault(attacker.index, &fault), 0);
	CHECK_EQUAL(fault.reason, KS_FAULT_EXCEPTION);
	CHECK_EQUAL(fault.vector, VECTOR_UD);
	CHECK_EQUAL(fault.rip, DOMAIN_SNIPPET);
	attack_unharmed();
}

#define NO_SAY(claim, snippet, argument)                                          \
	TEST(the_kernel_has_no_say_in_##claim)                                    \
	{                                                                         \
		CHECK_EQUAL(RUN(snippet, argument, true), (uint64_t)-EIO);    \
		CHECK_EQUAL(traps, 0);                                            \
	}
NO_SAY(a_division_by_zero, divide, 0)
NO_SAY(a_breakpoint, breakpoint, 0)
NO_SAY(an_interrupt_of_the_same_number, interrupt_undefined, 0)
NO_SAY(a_jump_into_its_text, jump, print)

/* The gate has an undefined instruction for a domain that comes without the token. */
TEST(the_kernel_has_no_say_in_what_happens_in_another_view)
{
	struct forged forged = { .flags = 2, .target = (uint64_t)ks_gate_page };
	extern const char snippet_forge[], snippet_forge_end[];

	traps = 0;
	REQUIRE(attack_prepare(CODE(forge)));
	forged.rcx = (uint64_t)neighbour.index;
	memcpy((char *)attacker.message + FORGED_OFFSET, &forged, sizeof(forged));
	domain_gate(&attacker, &attacker.gate, (void *)DOMAIN_SNIPPET);
	attacker.gate.trap = trap;
	CHECK_EQUAL(ks_gate_call(&attacker.gate), (uint64_t)-EIO);
	CHECK_EQUAL(traps, 0);
	CHECK_EQUAL(ks_visor_fault(neighbour.index, &fault), 0);
	CHECK_EQUAL(fault.reason, KS_FAULT_NONE);
}

/* Each costs a period, however much of the time is the kernel's. */
TEST(nothing_but_undefined_instructions_comes_to_an_end)
{
	CHECK_EQUAL(RUN(loop_undefined, 0, true), (uint64_t)-EIO);
	CHECK(traps > BUDGET / 2);
	CHECK(traps <= BUDGET);
	CHECK_EQUAL(ks_visor_fault(attacker.index, &fault), 0);
	CHECK_EQUAL(fault.reason, KS_FAULT_TIME);
	attack_unharmed();
}

TEST(interrupts_are_let_in_at_one)
{
	uint64_t ticks = this_cpu()->ticks;

	timer_start(500);
	interrupts_on();
	CHECK_EQUAL(RUN(undefined_often, BUDGET / 2, true), 0);
	interrupts_off();
	timer_stop();
	CHECK_EQUAL(traps, BUDGET / 2);
	CHECK(this_cpu()->ticks - ticks > 1);
	attack_unharmed();
}

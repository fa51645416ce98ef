// SPDX-License-Identifier: MIT
/*
 * A domain jumps into the gate with registers of its own making: to any view,
 * with any stack, at any byte. What it may achieve is to return, or to die.
 */
#include "ks-rt/visor/gate.h"
#include "tests/ks-rt/bare/attack.h"

#define VIEWS 512
#define WILD 0x1234567890abcdef

extern const char snippet_forge[], snippet_forge_end[];
extern const char snippet_leave_with[], snippet_leave_with_end[];

/* Where in the gate's page the instruction is. */
static uint64_t vmfunc(void)
{
	for (const char *at = ks_gate_page; at < ks_gate_page + PAGE - 3; at++)
		if (!memcmp(at, "\x0f\x01\xd4", 3))
			return (uint64_t)at;
	test_stop("the gate has no VMFUNC");
}

static long forge(const struct forged *forged)
{
	memcpy((char *)attacker.message + FORGED_OFFSET, forged, sizeof(*forged));
	return domain_call(&attacker, (void *)DOMAIN_SNIPPET, 0, 0, 0);
}

static bool again(void)
{
	CHECK(domain_end(&attacker));
	return CHECK_EQUAL(domain_open(&attacker, CODE(forge)), 0) &&
	       CHECK_EQUAL(domain_seal(&attacker), 0);
}

static struct ks_visor_fault fault_of(const struct domain *domain)
{
	struct ks_visor_fault fault = { 0 };

	CHECK_EQUAL(ks_visor_fault(domain->index, &fault), 0);
	return fault;
}

static void check_forged(const struct forged *forged, ks_u32 reason, ks_u32 detail)
{
	struct ks_visor_fault fault;

	CHECK_EQUAL(forge(forged), reason ? (uint64_t)-EIO : 0);
	fault = fault_of(&attacker);
	CHECK_EQUAL(fault.reason, reason);
	if (detail)
		CHECK_EQUAL(reason == KS_FAULT_EXCEPTION ? fault.vector : fault.detail, detail);
	CHECK_EQUAL(fault_of(&neighbour).reason, KS_FAULT_NONE);
	attack_unharmed();
}

TEST(to_each_view_with_a_wild_stack)
{
	struct forged forged = { .rsp = WILD, .flags = 2, .rdi = 99 };

	REQUIRE(attack_prepare(CODE(forge)));
	forged.target = vmfunc();
	for (unsigned view = 0; view < VIEWS; view++) {
		bool exists = view == (unsigned)attacker.index || view == (unsigned)neighbour.index;

		frames_reset();
		forged.rcx = view;
		/* In the kernel's view it is a way to leave, and 99 none that is known. */
		if (!view)
			check_forged(&forged, KS_FAULT_PROTOCOL, 0);
		else if (exists)
			check_forged(&forged, KS_FAULT_EXCEPTION, VECTOR_UD);
		else
			check_forged(&forged, KS_FAULT_SWITCH, view);
		REQUIRE(again());
	}
}

TEST(to_views_beyond_the_list)
{
	static const uint64_t views[] = { 512, 0x10001, 0x7fffffff, 0x80000000, 0xffffffff };
	struct forged forged = { .rsp = WILD, .flags = 2 };

	REQUIRE(attack_prepare(CODE(forge)));
	forged.target = vmfunc();
	for (unsigned i = 0; i < sizeof(views) / sizeof(views[0]); i++) {
		forged.rcx = views[i];
		check_forged(&forged, KS_FAULT_SWITCH, views[i]);
		REQUIRE(again());
	}
}

/* The processor and the gate agree that only %ecx counts. */
TEST(to_a_view_with_a_wide_index)
{
	struct forged forged = { .rsp = WILD, .flags = 2, .rdi = 99 };

	REQUIRE(attack_prepare(CODE(forge)));
	forged.target = vmfunc();
	forged.rcx = 0x100000000;
	check_forged(&forged, KS_FAULT_PROTOCOL, 0);
	REQUIRE(again());
	forged.rcx = 0x100000000 | neighbour.index;
	check_forged(&forged, KS_FAULT_EXCEPTION, VECTOR_UD);
}

TEST(other_vm_functions)
{
	static const uint64_t functions[] = { 1, 2, 63, 64, 0x80000000 };
	struct forged forged = { .rsp = WILD, .flags = 2 };

	REQUIRE(attack_prepare(CODE(forge)));
	forged.target = vmfunc();
	for (unsigned i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		forged.rax = functions[i];
		CHECK_EQUAL(forge(&forged), (uint64_t)-EIO);
		CHECK(fault_of(&attacker).reason != KS_FAULT_NONE);
		attack_unharmed();
		REQUIRE(again());
	}
}

static void check_guess(uint64_t token, bool interrupts)
{
	struct forged forged = {
		.rcx = neighbour.index,
		.r8 = interrupts,
		.r9 = (uint64_t)domain_count,
		.r10 = token,
		.r11 = DOMAIN_STACK_TOP,
		.rsp = WILD,
		.flags = interrupts ? 2 | FLAG_INTERRUPTS : 2,
		.target = vmfunc(),
	};

	check_forged(&forged, KS_FAULT_EXCEPTION, VECTOR_UD);
	REQUIRE(again());
}

TEST(into_another_domain_with_a_guessed_token)
{
	REQUIRE(attack_prepare(CODE(forge)));
	check_guess(neighbour.token + 1, false);
	check_guess(attacker.token, false);
	check_guess(0, false);
	check_guess(-1, true);
	/* Nothing of it has run there. */
	CHECK_EQUAL(domain_call(&neighbour, domain_count, 0, 0, 0), 0);
	CHECK_EQUAL(neighbour.gate.result, 41);
}

/* Behind the check of the token, in its own view: a call like any other, of its own function. */
TEST(past_the_token_in_its_own_view)
{
	struct forged forged = {
		.r9 = (uint64_t)domain_count,
		.r10 = 0,
		.r11 = DOMAIN_STACK_TOP,
		.rsp = DOMAIN_STACK_TOP,
		.flags = 2,
	};

	REQUIRE(attack_prepare(CODE(forge)));
	forged.rcx = attacker.index;
	forged.r10 = attacker.token;
	forged.target = vmfunc();
	check_forged(&forged, KS_FAULT_NONE, 0);
	CHECK_EQUAL(attacker.gate.result, 41);
}

TEST(to_the_kernel_with_interrupts_on)
{
	struct forged forged = { .rsp = WILD, .flags = 2 | FLAG_INTERRUPTS, .rsi = 0 };

	REQUIRE(attack_prepare(CODE(forge)));
	forged.target = vmfunc();
	timer_start(500);
	interrupts_on();
	for (unsigned i = 0; i < 200; i++) {
		CHECK_EQUAL(forge(&forged), 0);
		CHECK_EQUAL(attacker.gate.result, 0);
	}
	interrupts_off();
	timer_stop();
	attack_unharmed();
}

TEST(every_way_to_leave_that_is_none)
{
	struct ks_visor_fault fault;

	for (uint64_t way = 2; way; way <<= 1) {
		bool cut = !(uint32_t)way; /* %edi is what counts */

		REQUIRE(attack_prepare(CODE(leave_with)));
		CHECK_EQUAL(domain_call(&attacker, (void *)DOMAIN_SNIPPET, way, 0, 0),
			    cut ? 0 : (uint64_t)-EIO);
		fault = fault_of(&attacker);
		CHECK_EQUAL(fault.reason, cut ? KS_FAULT_NONE : KS_FAULT_PROTOCOL);
		attack_unharmed();
		CHECK_EQUAL(visor_leave(), 0);
		frames_reset();
	}
}

static long answers(struct ks_gate *gate, ks_u64 request)
{
	(void)gate;
	return (long)request;
}

/* It calls, and is to go on at a stack that is not its own: it faults there, in its own view. */
TEST(a_call_from_a_wild_stack)
{
	static const uint64_t stacks[] = { 0, WILD, (uint64_t)&canary + 8, 8, (uint64_t)ks_gate_page };

	for (unsigned i = 0; i < sizeof(stacks) / sizeof(stacks[0]); i++) {
		REQUIRE(attack_prepare(CODE(leave_with)));
		domain_gate(&attacker, &attacker.gate, (void *)DOMAIN_SNIPPET);
		attacker.gate.handler = answers;
		attacker.gate.arguments[0] = KS_LEAVE_CALL;
		attacker.gate.arguments[2] = stacks[i];
		CHECK_EQUAL(ks_gate_call(&attacker.gate), (uint64_t)-EIO);
		CHECK_EQUAL(fault_of(&attacker).reason, KS_FAULT_EXCEPTION);
		attack_unharmed();
		CHECK_EQUAL(visor_leave(), 0);
		frames_reset();
	}
}

static uint64_t handlers_flags;

static long keeps_flags(struct ks_gate *gate, ks_u64 request)
{
	(void)gate;
	(void)request;
	handlers_flags = flags_read();
	return 0;
}

TEST(a_call_with_odd_flags)
{
	extern const char snippet_flags_set_and_call[], snippet_flags_set_and_call_end[];
	const uint64_t odd = FLAG_DIRECTION | FLAG_NESTED | FLAG_ALIGNMENT | FLAG_INTERRUPTS | 0x3000;

	REQUIRE(attack_prepare(CODE(flags_set_and_call)));
	domain_gate(&attacker, &attacker.gate, (void *)DOMAIN_SNIPPET);
	attacker.gate.handler = keeps_flags;
	attacker.gate.arguments[0] = odd;
	CHECK_EQUAL(ks_gate_call(&attacker.gate), 0);
	CHECK_EQUAL(handlers_flags & odd, 0);
	attack_unharmed();
}

HARMLESS(leaving_from_a_stack_in_the_kernel, leave_from_stack, &canary, 0, 0)
HARMLESS(leaving_from_a_stack_that_is_nowhere, leave_from_stack, WILD, 0, 0)
HARMLESS(leaving_from_no_stack, leave_from_stack, 0, 0, 0)

/* At each byte, towards each view, with a stack that is wild or its own. */
TEST(into_the_gate_at_any_byte)
{
	struct forged forged = { .flags = 2, .rdi = 99, .r9 = DOMAIN_NOTHING, .r11 = WILD };
	unsigned returned = 0, died = 0;
	uint64_t end = (uint64_t)ks_gate_leave + 64;

	REQUIRE(attack_prepare(CODE(forge)));
	for (uint64_t at = (uint64_t)ks_gate_page; at < end; at++) {
		for (unsigned view = 0; view < 4; view++) {
			long result;

			frames_reset();
			forged.target = at;
			forged.rcx = view;
			forged.rsp = at & 1 ? WILD : DOMAIN_STACK_TOP - 64;
			forged.rbx = forged.r10 = attacker.token;
			result = forge(&forged);
			CHECK(result == 0 || result == -EIO);
			CHECK(result || !attacker.gate.result);
			*(result ? &died : &returned) += 1;
			attack_unharmed();
			REQUIRE(again());
		}
	}
	/* Some of it is what a return does. */
	CHECK(returned && returned < 32);
	CHECK(died > 256);
}

// SPDX-License-Identifier: MIT
/*
 * Protection keys and vector registers. A domain's XRSTOR changes the keys, which are the kernel's again before anything of the
 * kernel runs. Processors without keys, as the one that other tests have, pass, and say so.
 */
#include "tests/ks-rt/bare/attack.h"

#define CR4_OSXSAVE (1ul << 18)
#define X87_SSE_KEYS 0x203
#define KEYS 0x55555554u
#define ZEROS (DOMAIN_MESSAGE + 0x400)
#define PATTERN 0x5ec7e75ec7e7

static uint64_t cr4_read(void)
{
	uint64_t value;

	asm volatile("movq %%cr4, %0" : "=r"(value));
	return value;
}

static void cr4_write(uint64_t value) { asm volatile("movq %0, %%cr4" : : "r"(value)); }

static uint32_t keys_read(void)
{
	uint32_t low, high;

	asm volatile("rdpkru" : "=a"(low), "=d"(high) : "c"(0));
	return low;
}

static void keys_write(uint32_t keys) { asm volatile("wrpkru" : : "a"(keys), "c"(0), "d"(0)); }

static bool keys_exist(void)
{
	uint32_t a = 7, b, c = 0, d;

	asm volatile("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
	if (!(c >> 3 & 1))
		print("NOTE no protection keys\n");
	return c >> 3 & 1;
}

static uint32_t keys_seen;

static void trap(struct ks_gate *gate, struct ks_gate_saved *saved)
{
	(void)gate;
	keys_seen = keys_read();
	saved->rip += 2;
}

static long answer(struct ks_gate *gate, ks_u64 request)
{
	(void)gate;
	keys_seen = keys_read();
	return (long)request;
}

/* A visor that finds keys in use, and a domain under it that runs the snippet. */
static void run(const char *code, const char *end, const void *entry, long result, ks_u32 reason)
{
	struct ks_visor_fault fault;
	uint64_t cr4 = cr4_read();

	if (!keys_exist())
		return;
	cr4_write(cr4 | CR4_OSXSAVE | CR4_PKE);
	asm volatile("xsetbv" : : "a"(X87_SSE_KEYS), "d"(0), "c"(0));
	keys_write(KEYS);
	keys_seen = KEYS;
	REQUIRE(attack_prepare(code, end));
	domain_gate(&attacker, &attacker.gate, entry);
	attacker.gate.arguments[0] = ZEROS;
	attacker.gate.arguments[1] = DOMAIN_NOTHING;
	attacker.gate.trap = trap;
	attacker.gate.handler = answer;
	CHECK_EQUAL(ks_gate_call(&attacker.gate), (uint64_t)result);
	CHECK_EQUAL(keys_read(), KEYS);
	CHECK_EQUAL(keys_seen, KEYS);
	CHECK_EQUAL(ks_visor_fault(attacker.index, &fault), 0);
	CHECK_EQUAL(fault.reason, reason);
	attack_unharmed();
	CHECK_EQUAL(visor_leave(), 0);
	keys_write(0);
	cr4_write(cr4);
	/* The next visor finds them off. */
	ks_gate_keys = 0;
}

#define KEYS_TEST(claim, snippet, result, reason)                                 \
	TEST(claim)                                                               \
	{                                                                         \
		extern const char snippet_##snippet[], snippet_##snippet##_end[]; \
		run(CODE(snippet), (void *)DOMAIN_SNIPPET, result, reason);       \
	}

KEYS_TEST(returning_with_other_keys, keys_reset, -EIO, KS_FAULT_STATE)
KEYS_TEST(faulting_with_other_keys, keys_reset_then_read, -EIO, KS_FAULT_EXCEPTION)
KEYS_TEST(calling_with_other_keys, keys_reset_then_call, -EIO, KS_FAULT_STATE)
KEYS_TEST(pausing_with_other_keys, keys_reset_then_trap, 0, KS_FAULT_NONE)

TEST(calling_with_the_same_keys)
{
	extern const char snippet_undefined[], snippet_undefined_end[];

	run(CODE(undefined), domain_ask, 0, KS_FAULT_NONE);
}

static void vector_hide(struct ks_gate *gate)
{
	(void)gate;
	asm volatile("pxor %%xmm5, %%xmm5" : : : "memory");
}

static void vector_use(struct ks_gate *gate, struct ks_gate_saved *saved)
{
	(void)gate;
	asm volatile("movq %0, %%xmm5" : : "r"(PATTERN) : "memory");
	saved->rip += 2;
}

/* What the kernel does while a domain is interrupted leaves no more behind than what it did before it. */
TEST(a_domain_that_goes_on_finds_what_the_hook_left)
{
	extern const char snippet_trap_then_vector[], snippet_trap_then_vector_end[];

	REQUIRE(attack_prepare(CODE(trap_then_vector)));
	domain_gate(&attacker, &attacker.gate, (void *)DOMAIN_SNIPPET);
	attacker.gate.trap = vector_use;
	CHECK_EQUAL(ks_gate_call(&attacker.gate), 0);
	CHECK_EQUAL(attacker.gate.result, PATTERN);
	attacker.gate.before = vector_hide;
	CHECK_EQUAL(ks_gate_call(&attacker.gate), 0);
	CHECK_EQUAL(attacker.gate.result, 0);
}

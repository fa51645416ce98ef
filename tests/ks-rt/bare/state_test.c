// SPDX-License-Identifier: MIT
/* What a crossing leaves as it was, and what it does not show. */
#include "tests/ks-rt/bare/world.h"

#define FS_BASE 0xffff888001234000

long guarded_call(struct ks_gate *gate, uint64_t saved[6]);

static struct domain domain;

static uint16_t selector(unsigned which)
{
	uint16_t value;

	switch (which) {
	case 0:
		asm volatile("mov %%ds, %0" : "=r"(value));
		return value;
	case 1:
		asm volatile("mov %%es, %0" : "=r"(value));
		return value;
	case 2:
		asm volatile("mov %%ss, %0" : "=r"(value));
		return value;
	case 3:
		asm volatile("mov %%cs, %0" : "=r"(value));
		return value;
	case 4:
		asm volatile("mov %%fs, %0" : "=r"(value));
		return value;
	default:
		asm volatile("mov %%gs, %0" : "=r"(value));
		return value;
	}
}

/* As the kernel keeps them across a crossing, whether its domain returns or dies. */
static void check_kernel_state(const void *entry, long result)
{
	uint64_t saved[6], gs = msr_read(MSR_GS_BASE);
	uint16_t after[6];

	domain_gate(&domain, &domain.gate, entry);
	asm volatile("mov %w0, %%ds; mov %w0, %%es; mov %w0, %%fs" : : "r"(SELECTOR_OTHER));
	msr_write(MSR_FS_BASE, FS_BASE);
	priority_write(3);
	CHECK_EQUAL(guarded_call(&domain.gate, saved), (uint64_t)result);
	for (unsigned i = 0; i < 6; i++) {
		CHECK_EQUAL(saved[i], 0x1111111111111111 * (i + 1));
		after[i] = selector(i);
	}
	CHECK_EQUAL(msr_read(MSR_FS_BASE), FS_BASE);
	CHECK_EQUAL(msr_read(MSR_GS_BASE), gs);
	CHECK_EQUAL(priority_read(), 3);
	CHECK_EQUAL(flags_read() & (FLAG_DIRECTION | FLAG_NESTED | FLAG_ALIGNMENT | FLAG_TRAP |
				    FLAG_INTERRUPTS), 0);
	priority_write(0);
	asm volatile("mov %w0, %%ds; mov %w0, %%es; mov %w1, %%fs" : : "r"(SELECTOR_DATA), "r"(0));
	CHECK_EQUAL(after[0], SELECTOR_OTHER);
	CHECK_EQUAL(after[1], SELECTOR_OTHER);
	CHECK_EQUAL(after[2], SELECTOR_DATA);
	CHECK_EQUAL(after[3], SELECTOR_CODE);
	CHECK_EQUAL(after[4], SELECTOR_OTHER);
	CHECK_EQUAL(after[5], 0);
}

TEST(the_kernel_finds_its_state_after_a_crossing)
{
	REQUIRE(visor_on() && domain_make(&domain));
	check_kernel_state(domain_registers, 0);
	CHECK_EQUAL(domain.gate.result, 0xd00dfeedd00dfeed);
}

TEST(the_kernel_finds_its_state_after_a_fault)
{
	REQUIRE(visor_on() && domain_make(&domain));
	check_kernel_state((void *)DOMAIN_NOTHING, -EIO);
	/* And when the domain was dead before. */
	check_kernel_state((void *)DOMAIN_NOTHING, -EIO);
}

/* An interrupt of user mode leaves null in SS to whichever thread of the kernel is run next. */
TEST(a_kernel_with_null_in_ss_crosses)
{
	uint64_t ticks;
	uint16_t after;

	REQUIRE(visor_on() && domain_make(&domain));
	asm volatile("mov %w0, %%ss" : : "r"(0));
	CHECK_EQUAL(domain_call(&domain, domain_digits, 1, 2, 3), 0);
	after = selector(2);
	CHECK_EQUAL(domain.gate.result, 321);
	CHECK_EQUAL(after, 0);
	timer_start(PERIOD);
	interrupts_on();
	ticks = this_cpu()->ticks;
	CHECK_EQUAL(domain_call(&domain, domain_spin, 10 * PERIOD, 0, 0), 0);
	CHECK(this_cpu()->ticks > ticks);
	interrupts_off();
	timer_stop();
	asm volatile("mov %w0, %%ss" : : "r"(SELECTOR_DATA));
	CHECK_EQUAL(domain.gate.result, 30 * PERIOD);
}

TEST(interrupts_are_as_the_caller_had_them)
{
	REQUIRE(visor_on() && domain_make(&domain));
	for (unsigned on = 0; on < 2; on++) {
		if (on)
			interrupts_on();
		CHECK_EQUAL(domain_call(&domain, domain_registers, 0, 0, 0), 0);
		CHECK_EQUAL(flags_read() & FLAG_INTERRUPTS, on ? FLAG_INTERRUPTS : 0);
		CHECK_EQUAL(domain.message->flags & FLAG_INTERRUPTS, on ? FLAG_INTERRUPTS : 0);
		CHECK_EQUAL(domain_call(&domain, domain_digits, 1, 1, 1), 0);
		CHECK_EQUAL(flags_read() & FLAG_INTERRUPTS, on ? FLAG_INTERRUPTS : 0);
	}
	CHECK_EQUAL(domain_call(&domain, (void *)DOMAIN_NOTHING, 0, 0, 0), (uint64_t)-EIO);
	CHECK_EQUAL(flags_read() & FLAG_INTERRUPTS, FLAG_INTERRUPTS);
	interrupts_off();
}

TEST(a_domain_sees_nothing_of_the_kernels_registers)
{
	uint64_t saved[6], *seen;

	REQUIRE(visor_on() && domain_make(&domain));
	domain_gate(&domain, &domain.gate, domain_registers);
	domain.gate.arguments[0] = 0xa;
	domain.gate.arguments[1] = 0xb;
	domain.gate.arguments[2] = 0xc;
	CHECK_EQUAL(guarded_call(&domain.gate, saved), 0);
	seen = domain.message->registers;
	for (unsigned i = 0; i < 16; i++) {
		uint64_t expected = i == 7 ? 0xa : i == 6 ? 0xb : i == 2 ? 0xc : 0;

		if (i == 4)
			expected = DOMAIN_STACK_TOP - 16;
		if (i == 9)	/* the function's own address, by which it was called */
			expected = (uint64_t)domain_registers;
		CHECK_EQUAL(seen[i], expected);
	}
	CHECK_EQUAL(domain.message->flags & ~(FLAG_CARRY | 0x8d6ul), 0);
}

static long hidden(struct ks_gate *gate, ks_u64 request)
{
	(void)gate;
	(void)request;
	return 0;
}

/* Nor does the kernel's stack pointer show in what is left in the domain's memory. */
TEST(no_kernel_address_is_left_behind)
{
	uint64_t *words;

	REQUIRE(visor_on() && domain_make(&domain));
	domain_gate(&domain, &domain.gate, domain_ask);
	domain.gate.handler = hidden;
	CHECK_EQUAL(ks_gate_call(&domain.gate), 0);
	words = virtual_of(domain.stack);
	for (unsigned i = 0; i < DOMAIN_STACK_PAGES * PAGE / 8; i++) {
		extern char domain_text_begin[], domain_text_end[];
		bool known = words[i] - (uint64_t)domain_text_begin <
				     (uint64_t)(domain_text_end - domain_text_begin) ||
			     words[i] - (uint64_t)ks_gate_page < PAGE ||
			     words[i] - DOMAIN_STACK < DOMAIN_STACK_TOP - DOMAIN_STACK;

		CHECK(words[i] < 0xffff800000000000 || known);
	}
}

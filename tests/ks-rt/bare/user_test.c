// SPDX-License-Identifier: MIT
/* A process can execute VMFUNC and VMCALL as well, at any time. */
#include "ks-rt/visor/gate.h"
#include "tests/ks-rt/bare/attack.h"

#define TABLE_BITS 7 /* present, writable, user mode */

static struct domain domain;

static uint64_t table_below(uint64_t *entry)
{
	if (!*entry)
		*entry = frame_allocate(1) | TABLE_BITS;
	return *entry & ~(PAGE - 1);
}

/* The page is the code's, and its end serves as memory. */
static void user_map(const char *code, const char *end)
{
	uint64_t table = (uint64_t)root_table - IMAGE_BASE, frame;

	root_table[USER_CODE >> 39 & 511] = 0;
	for (unsigned shift = 39; shift > 12; shift -= 9)
		table = table_below((uint64_t *)virtual_of(table) + (USER_CODE >> shift & 511));
	frame = frame_allocate(1);
	memcpy(virtual_of(frame), code, end - code);
	((uint64_t *)virtual_of(table))[USER_CODE >> 12 & 511] = frame | TABLE_BITS;
	root_write(root_read());
}

/* The vector by which it came back. */
static uint64_t user(uint64_t a, uint64_t b, uint64_t flags)
{
	uint64_t arguments[] = { a, b, flags | 2 };
	struct probe p;

	CHECK(!probe(&p, user_run, (uint64_t)arguments));
	CHECK_EQUAL(p.rip / PAGE, USER_CODE / PAGE);
	return p.vector;
}

static void still_well(void)
{
	CHECK_EQUAL(domain_call(&domain, domain_digits, 1, 2, 3), 0);
	CHECK_EQUAL(domain.gate.result, 321);
}

#define USER_TEST(claim, snippet)                                                    \
	extern const char snippet_##snippet[], snippet_##snippet##_end[];            \
	static void user_##claim(void);                                              \
	TEST(claim)                                                                  \
	{                                                                            \
		user_map(CODE(snippet));                                             \
		if (visor_on() && domain_make(&domain)) {                            \
			user_##claim();                                              \
			still_well();                                                \
		}                                                                    \
	}                                                                            \
	static void user_##claim(void)

USER_TEST(a_process_in_a_domains_view, user_view)
{
	CHECK_EQUAL(user(domain.index, 0, 0), VECTOR_UD);
	still_well();
	CHECK_EQUAL(user(domain.index, 0, 0), VECTOR_UD);
}

USER_TEST(a_process_in_a_view_that_is_none, user_view)
{
	CHECK_EQUAL(user(domain.index + 1, 0, 0), VECTOR_UD);
	CHECK_EQUAL(user(511, 0, 0), VECTOR_UD);
	CHECK_EQUAL(user(512, 0, 0), VECTOR_UD);
}

/* Where it is already. */
USER_TEST(a_process_in_the_kernels_view, user_view) { CHECK_EQUAL(user(0, 0, 0), VECTOR_DE); }

USER_TEST(a_process_in_a_domains_view_while_interrupts_come, user_view)
{
	uint64_t before = this_cpu()->ticks;
	unsigned none = 0;

	timer_start(97);
	for (unsigned i = 0; i < 2000; i++) {
		uint64_t vector = user(domain.index, 0, FLAG_INTERRUPTS);

		/* One that comes right behind the VMFUNC takes the place of its #UD. */
		CHECK(vector == VECTOR_UD || vector == VECTOR_DE);
		none += vector == VECTOR_DE;
		interrupts_off();
	}
	timer_stop();
	CHECK(none && none < this_cpu()->ticks - before);
}

USER_TEST(a_process_that_asks_the_visor, user_hypercall)
{
	for (unsigned number = 0; number < 16; number++)
		CHECK_EQUAL(user(number, domain.index, 0), VECTOR_UD);
}

USER_TEST(a_process_that_writes_a_port, user_port) { CHECK_EQUAL(user(0xe9, 0, 0), VECTOR_GP); }

USER_TEST(a_process_that_reads_a_table_register, user_table)
{
	CHECK_EQUAL(user(USER_CODE + PAGE, 0, 0), VECTOR_DE);
}

USER_TEST(a_process_that_asks_for_the_processor, user_processor)
{
	CHECK_EQUAL(user(0, 0, 0), VECTOR_DE);
}

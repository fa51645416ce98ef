// SPDX-License-Identifier: MIT
/* In domains: text and data here are on pages that each domain has copies of. */
#include "tests/ks-rt/bare/domain_code.h"

uint64_t domain_leave_for(uint64_t request);

static uint64_t counter = 40;

uint64_t domain_digits(uint64_t a, uint64_t b, uint64_t c) { return a + 10 * b + 100 * c; }

uint64_t domain_count(void) { return ++counter; }

uint64_t domain_hold(uint64_t turns)
{
	uint64_t result;

	asm volatile("cli");
	result = domain_spin(turns);
	asm volatile("sti");
	return result;
}

uint64_t domain_ask(uint64_t request) { return domain_leave_for(request) + 1; }

uint64_t domain_ask_twice(uint64_t request) { return domain_leave_for(domain_leave_for(request)); }

uint64_t domain_ask_around(uint64_t turns)
{
	domain_leave_for(0);
	domain_spin(turns);
	return domain_leave_for(1);
}

uint64_t domain_null(void) { return 0; }

// SPDX-License-Identifier: MIT
/* What the other tests rest on. */
#include "tests/ks-rt/bare/test.h"

static uint64_t divide(uint64_t by) { return 1000 / by; }

static uint64_t load(uint64_t address) { return *(volatile uint64_t *)address; }

TEST(an_exception_can_be_probed)
{
	struct probe p;

	CHECK(probe(&p, divide, 8));
	CHECK_EQUAL(p.result, 125);
	CHECK(!probe(&p, divide, 0));
	CHECK_EQUAL(p.vector, VECTOR_DE);
	CHECK(!probe(&p, load, DOMAIN_NOTHING));
	CHECK_EQUAL(p.vector, VECTOR_PF);
	CHECK_EQUAL(p.address, DOMAIN_NOTHING);
}

TEST(the_timer_interrupts)
{
	uint64_t before = this_cpu()->ticks;
	uint64_t end = instructions() + 1000000;

	timer_start(20000);
	interrupts_on();
	while (instructions() < end)
		relax();
	interrupts_off();
	timer_stop();
	CHECK(this_cpu()->ticks - before >= 20);
	CHECK(this_cpu()->ticks - before <= 100);
}

static void add_one(void *number) { ++*(volatile unsigned *)number; }

TEST_ON(the_other_processor_works, 2)
{
	unsigned number = 1;

	other_start(add_one, &number);
	other_wait();
	CHECK_EQUAL(number, 2);
}

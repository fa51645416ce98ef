// SPDX-License-Identifier: MIT
#include "tests/ks-rt/bare/test.h"

/* A machine that took so many unexpected exceptions proves nothing any more. */
#define ABORTS_MAX 20
/* Failures of one test that are told after the first. */
#define ALSO_MAX 4

extern const struct test tests_begin[], tests_end[];

static const struct test *running;
static struct context next_test;
static unsigned failures; /* of the test that runs */
static unsigned passed, failed, aborts;

/* False if enough has been said about this test. */
static bool announce(void)
{
	if (failures++ > ALSO_MAX)
		return false;
	print(failures > 1 ? "NOTE also %s " : "FAIL %s ", running->name);
	return true;
}

void test_failed(const char *file, unsigned line, const char *condition)
{
	if (announce())
		print("%s:%u %s\n", file, (uint64_t)line, condition);
}

bool test_equal(const char *file, unsigned line, const char *condition, uint64_t left,
		uint64_t right)
{
	if (left == right)
		return true;
	if (announce())
		print("%s:%u %s (%x, %x)\n", file, (uint64_t)line, condition, left, right);
	return false;
}

static void result(void)
{
	print("RESULT %u passed, %u failed\n", (uint64_t)passed, (uint64_t)failed);
	machine_off();
}

void test_stop(const char *why)
{
	failures = 0;
	announce();
	print("%s\n", why);
	failed++;
	result();
	machine_off();
}

void test_abort(struct trap *trap, uint64_t address)
{
	failures = failures > ALSO_MAX ? ALSO_MAX : failures;
	announce();
	print("vector %u error %x at %x address %x rsp %x flags %x\n", trap->vector, trap->error,
	      trap->rip, address, trap->rsp, trap->flags);
	if (++aborts > ABORTS_MAX || this_cpu()->number)
		test_stop("no sense in going on");
	context_restore(&next_test);
}

static void run(const struct test *test)
{
	running = test;
	failures = 0;
	if (!context_save(&next_test)) {
		world_before();
		test->run();
	}
	interrupts_off();
	if (!context_save(&next_test))
		world_after();
	if (failures) {
		failed++;
		return;
	}
	passed++;
	print("PASS %s\n", test->name);
}

void tests_run(void)
{
	unsigned skipped = 0;

	for (const struct test *test = tests_begin; test < tests_end; test++) {
		if (test->processors > processors_started)
			skipped++;
		else
			run(test);
	}
	print("NOTE processors %u, tests that need more %u\n", (uint64_t)processors_started,
	      (uint64_t)skipped);
	result();
	machine_off();
}

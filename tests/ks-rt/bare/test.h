/* SPDX-License-Identifier: MIT */
/*
 * Tests: TEST(claim_as_a_phrase) { ...; CHECK(condition); }. Each prints one line, PASS or FAIL
 * with its first failure. They run in the order of the files and of their lines.
 */
#ifndef BARE_TEST_H
#define BARE_TEST_H

#include "tests/ks-rt/bare/machine.h"

struct test {
	const char *name;
	void (*run)(void);
	unsigned processors; /* that it needs */
};

#define TEST_ON(claim, count)                                                           \
	static void test_##claim(void);                                                 \
	__attribute__((section("tests"), used, aligned(8))) static const struct test entry_##claim = { \
		#claim, test_##claim, count                                             \
	};                                                                              \
	static void test_##claim(void)
#define TEST(claim) TEST_ON(claim, 1)

#define CHECK(condition) \
	((condition) ? true : (test_failed(__FILE_NAME__, __LINE__, #condition), false))
/* Of two integers. */
#define CHECK_EQUAL(left, right)                                                 \
	test_equal(__FILE_NAME__, __LINE__, #left " == " #right, (uint64_t)(left), \
		   (uint64_t)(right))
/* The rest of the test makes no sense without it. */
#define REQUIRE(condition)         \
	do {                       \
		if (!CHECK(condition)) \
			return;    \
	} while (0)

void test_failed(const char *file, unsigned line, const char *condition);
bool test_equal(const char *file, unsigned line, const char *condition, uint64_t left,
		uint64_t right);
/* Ends the test that runs, for an exception; the next one starts. */
__attribute__((noreturn)) void test_abort(struct trap *trap, uint64_t address);
/* Ends all. */
__attribute__((noreturn)) void test_stop(const char *why);
__attribute__((noreturn)) void tests_run(void);

/* world.c: what every test finds, and what it leaves behind is taken away. */
void world_before(void);
void world_after(void);

#endif

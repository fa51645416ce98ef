// SPDX-License-Identifier: MIT
/* What a domain may be shown, and what the visor's pool is worth. */
#include "tests/ks-rt/bare/world.h"

#define READ KS_VISOR_READ
#define WRITE KS_VISOR_WRITE
#define EXECUTE KS_VISOR_EXECUTE
#define PLACE 0xffffa00000000000ul
#define REFUSED(...) CHECK_EQUAL(ks_visor_map(__VA_ARGS__), (uint64_t)-EINVAL)

static struct domain domain, other;

TEST(nothing_is_writable_and_executable)
{
	uint64_t frame = frame_allocate(1);

	REQUIRE(visor_on());
	CHECK_EQUAL(domain_open(&domain, NULL, NULL), 0);
	REFUSED(domain.index, PLACE, frame, 1, READ | WRITE | EXECUTE);
	REFUSED(domain.index, PLACE, frame, 1, WRITE | EXECUTE);
}

TEST(not_even_by_two_addresses_of_one_frame)
{
	uint64_t frame = frame_allocate(1);

	REQUIRE(visor_on());
	CHECK_EQUAL(domain_open(&domain, NULL, NULL), 0);
	CHECK_EQUAL(ks_visor_map(domain.index, PLACE, frame, 1, READ | EXECUTE), 0);
	REFUSED(domain.index, PLACE + PAGE, frame, 1, READ | WRITE);
	frame = frame_allocate(1);
	CHECK_EQUAL(ks_visor_map(domain.index, PLACE + 2 * PAGE, frame, 1, READ | WRITE), 0);
	REFUSED(domain.index, PLACE + 3 * PAGE, frame, 1, READ | EXECUTE);
}

TEST(addresses_and_rights_that_make_no_sense_are_refused)
{
	uint64_t frame = frame_allocate(2);

	REQUIRE(visor_on());
	CHECK_EQUAL(domain_open(&domain, NULL, NULL), 0);
	REFUSED(domain.index, 0x400000, frame, 1, READ);		/* lower half */
	REFUSED(domain.index, 0x00007ffffffff000, frame, 2, READ);	/* up to where nothing is */
	REFUSED(domain.index, 0xffff7ffffffff000, frame, 2, READ);	/* not canonical */
	REFUSED(domain.index, 0xfffffffffffff000, frame, 2, READ);	/* round the end */
	REFUSED(domain.index, PLACE + 8, frame, 1, READ);
	REFUSED(domain.index, PLACE, frame + 8, 1, READ);
	REFUSED(domain.index, PLACE, frame, 0, READ);
	REFUSED(domain.index, PLACE, frame, 1, 0);
	REFUSED(domain.index, PLACE, frame, 1, WRITE);			/* EPT has no such thing */
	REFUSED(domain.index, PLACE, frame, 1, READ | 8);
	REFUSED(domain.index, PLACE, 0xfffffffffffff000, 1, READ);	/* no memory */
	REFUSED(domain.index, PLACE, 0xffffffffffffe000, 3, READ);	/* physical round the end */
	REFUSED(domain.index, PLACE, frame, 1ul << 52, READ);
	REFUSED(0, PLACE, frame, 1, READ);
	REFUSED(-1, PLACE, frame, 1, READ);
	REFUSED(64, PLACE, frame, 1, READ);
	REFUSED(domain.index + 1, PLACE, frame, 1, READ);		/* never created */
}

TEST(an_address_is_taken_once)
{
	uint64_t frame = frame_allocate(2);

	REQUIRE(visor_on());
	CHECK_EQUAL(domain_open(&domain, NULL, NULL), 0);
	CHECK_EQUAL(ks_visor_map(domain.index, PLACE, frame, 1, READ), 0);
	CHECK_EQUAL(ks_visor_map(domain.index, PLACE, frame + PAGE, 1, READ), (uint64_t)-EEXIST);
	CHECK_EQUAL(ks_visor_map(domain.index, PLACE - PAGE, frame, 2, READ), (uint64_t)-EEXIST);
}

TEST(the_visors_and_the_gates_frames_are_refused)
{
	struct ks_visor_setup setup;

	visor_setup(&setup);
	REQUIRE(visor_on());
	CHECK_EQUAL(domain_open(&domain, NULL, NULL), 0);
	REFUSED(domain.index, PLACE, POOL_PHYSICAL, 1, READ);
	REFUSED(domain.index, PLACE, POOL_PHYSICAL + POOL_SIZE - PAGE, 1, READ);
	REFUSED(domain.index, PLACE, POOL_PHYSICAL - PAGE, 2, READ);
	REFUSED(domain.index, PLACE, setup.gate_physical, 1, READ);
	REFUSED(domain.index, PLACE, setup.world_physical, 1, READ);
	REFUSED(domain.index, PLACE, setup.cpu_physical, 1, READ);
}

TEST(a_sealed_domain_does_not_change)
{
	uint64_t frame = frame_allocate(1);

	REQUIRE(visor_on() && domain_make(&domain));
	REFUSED(domain.index, PLACE, frame, 1, READ);
	CHECK_EQUAL(ks_visor_seal(domain.index, 1), (uint64_t)-EINVAL);
}

TEST(a_domain_is_entered_sealed_and_with_its_token_only)
{
	struct ks_visor_fault fault;

	REQUIRE(visor_on());
	CHECK_EQUAL(domain_open(&domain, NULL, NULL), 0);
	CHECK_EQUAL(domain_call(&domain, domain_count, 0, 0, 0), (uint64_t)-EIO);
	CHECK(domain_end(&domain));
	REQUIRE(domain_make(&domain));
	domain.token++;
	CHECK_EQUAL(domain_call(&domain, domain_count, 0, 0, 0), (uint64_t)-EIO);
	CHECK_EQUAL(ks_visor_fault(domain.index, &fault), 0);
	CHECK_EQUAL(fault.reason, KS_FAULT_EXCEPTION);
	CHECK_EQUAL(fault.vector, VECTOR_UD);
}

TEST(domains_are_limited)
{
	struct ks_visor_fault fault;
	int index;

	REQUIRE(visor_on());
	for (unsigned i = 0; i < KS_VISOR_DOMAINS; i++)
		CHECK_EQUAL(ks_visor_create(), i + 1);
	CHECK_EQUAL(ks_visor_create(), (uint64_t)-ENOSPC);
	CHECK_EQUAL(ks_visor_destroy(17), 0);
	index = ks_visor_create();
	CHECK_EQUAL(index, 17);
	CHECK_EQUAL(ks_visor_fault(17, &fault), 0);
	CHECK_EQUAL(fault.reason, KS_FAULT_NONE);
	CHECK_EQUAL(ks_visor_fault(0, &fault), (uint64_t)-EINVAL);
	CHECK_EQUAL(ks_visor_destroy(0), (uint64_t)-EINVAL);
	CHECK_EQUAL(ks_visor_destroy(64), (uint64_t)-EINVAL);
	CHECK_EQUAL(ks_visor_kill(64), (uint64_t)-EINVAL);
}

/* Each page in a table of its own, until there is no more. */
TEST(an_exhausted_pool_is_an_error_and_no_end)
{
	uint64_t frame = frame_allocate(1), used;
	int error = 0;

	REQUIRE(visor_on() && domain_make(&other));
	used = pool_used();
	CHECK_EQUAL(domain_open(&domain, NULL, NULL), 0);
	for (uint64_t i = 0; i < POOL_SIZE / PAGE && !error; i++)
		error = ks_visor_map(domain.index, PLACE + (i << 30), frame, 1, READ);
	CHECK_EQUAL(error, (uint64_t)-ENOMEM);
	CHECK(domain_seal(&domain) < 0);
	CHECK(ks_visor_create() < 0);
	CHECK_EQUAL(domain_call(&other, domain_count, 0, 0, 0), 0);
	CHECK(domain_end(&domain));
	CHECK_EQUAL(pool_used(), used);
	CHECK(domain_make(&domain));
	CHECK_EQUAL(domain_call(&domain, domain_count, 0, 0, 0), 0);
}

TEST(making_and_ending_domains_does_not_use_up_the_pool)
{
	uint64_t used;

	REQUIRE(visor_on() && domain_make(&other));
	used = pool_used();
	for (unsigned i = 0; i < 200; i++) {
		const void *entry = i % 3 ? (void *)domain_count : (void *)DOMAIN_NOTHING;

		frames_reset();
		REQUIRE(domain_make(&domain));
		CHECK_EQUAL(domain_call(&domain, entry, 0, 0, 0), i % 3 ? 0 : (uint64_t)-EIO);
		REQUIRE(domain_end(&domain));
		if (!CHECK_EQUAL(pool_used(), used))
			return;
	}
	CHECK_EQUAL(domain_call(&domain, domain_count, 0, 0, 0), (uint64_t)-EIO);
}

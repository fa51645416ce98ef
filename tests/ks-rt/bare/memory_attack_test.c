// SPDX-License-Identifier: MIT
/* A domain reaches for memory that is not its own. */
#include "tests/ks-rt/bare/attack.h"

#define ACCESS_READ 1
#define POOL (POOL_PHYSICAL + DIRECT_BASE)
#define ROOT ((uint64_t)root_table - IMAGE_BASE + DIRECT_BASE)
#define NEIGHBOURS (DOMAIN_PRIVATE + 1 * PAGE) /* the neighbour is domain 1 */
#define INTERRUPT_TABLE ((uint64_t)gates)

extern char gates[];

CONTAINED(reading_kernel_text, read, print, 0, 0, PAGE_FAULT_AT(print))
CONTAINED(writing_kernel_text, write, print, 1, 0, PAGE_FAULT_AT(print))
CONTAINED(executing_kernel_text, jump, print, 0, 0, PAGE_FAULT_AT(print))
CONTAINED(reading_kernel_data, read, &canary, 0, 0, PAGE_FAULT_AT(&canary))
CONTAINED(writing_kernel_data, write, &canary, 1, 0, PAGE_FAULT_AT(&canary))
CONTAINED(exchanging_kernel_data, exchange, &canary, 1, 0, PAGE_FAULT_AT(&canary))
CONTAINED(executing_kernel_data, jump, &canary, 0, 0, PAGE_FAULT_AT(&canary))
CONTAINED(reading_page_tables, read, ROOT, 0, 0, PAGE_FAULT_AT(ROOT))
CONTAINED(writing_page_tables, write, ROOT, -1, 0, PAGE_FAULT_AT(ROOT))
CONTAINED(reading_the_pool, read, POOL, 0, 0, PAGE_FAULT_AT(POOL))
CONTAINED(writing_the_pool, write, POOL, 0, 0, PAGE_FAULT_AT(POOL))
CONTAINED(executing_the_pool, jump, POOL, 0, 0, PAGE_FAULT_AT(POOL))
CONTAINED(reading_the_gates_text, read, ks_gate_page, 0, 0, .reason = KS_FAULT_MEMORY,
	  .access = ACCESS_READ, .address = (uint64_t)ks_gate_page)
CONTAINED(writing_the_gates_text, write, ks_gate_page, 0, 0, PAGE_FAULT_AT(ks_gate_page))
CONTAINED(writing_its_token, write, ks_gate_world, 1, 0, PAGE_FAULT_AT(ks_gate_world))
CONTAINED(executing_its_token, jump, ks_gate_world, 0, 0, PAGE_FAULT_AT(ks_gate_world))
CONTAINED(reading_the_processors_page, read, ks_gate_cpu, 0, 0, PAGE_FAULT_AT(ks_gate_cpu))
CONTAINED(writing_the_processors_page, write, ks_gate_cpu, 0, 0, PAGE_FAULT_AT(ks_gate_cpu))
CONTAINED(reading_the_interrupt_table, read, INTERRUPT_TABLE, 0, 0, .reason = KS_FAULT_MEMORY,
	  .access = ACCESS_READ, .address = INTERRUPT_TABLE)
CONTAINED(writing_the_interrupt_table, write, INTERRUPT_TABLE, 0, 0, PAGE_FAULT_AT(INTERRUPT_TABLE))
CONTAINED(reading_another_domain, read, NEIGHBOURS, 0, 0, PAGE_FAULT_AT(NEIGHBOURS))
CONTAINED(writing_another_domain, write, NEIGHBOURS, 1, 0, PAGE_FAULT_AT(NEIGHBOURS))
CONTAINED(executing_another_domain, jump, NEIGHBOURS, 0, 0, PAGE_FAULT_AT(NEIGHBOURS))
CONTAINED(reading_nothing, read, DOMAIN_NOTHING, 0, 0, PAGE_FAULT_AT(DOMAIN_NOTHING))
CONTAINED(writing_nothing, write, DOMAIN_NOTHING, 0, 0, PAGE_FAULT_AT(DOMAIN_NOTHING))
CONTAINED(executing_nothing, jump, DOMAIN_NOTHING, 0, 0, PAGE_FAULT_AT(DOMAIN_NOTHING))
CONTAINED(reading_the_lower_half, read, 0x8000, 0, 0, PAGE_FAULT_AT(0x8000))
CONTAINED(executing_the_lower_half, jump, 0x8000, 0, 0, PAGE_FAULT_AT(0x8000))
CONTAINED(writing_its_own_text, write, DOMAIN_SNIPPET, 1, 0, PAGE_FAULT_AT(DOMAIN_SNIPPET))
CONTAINED(executing_its_data, jump, DOMAIN_MESSAGE, 0, 0, PAGE_FAULT_AT(DOMAIN_MESSAGE))
CONTAINED(executing_its_stack, jump, DOMAIN_STACK, 0, 0, PAGE_FAULT_AT(DOMAIN_STACK))
CONTAINED(an_address_that_is_none, read, 0x800000000000, 0, 0, EXCEPTION(VECTOR_GP))
CONTAINED(overflowing_its_stack, overflow, 0, 0, 0, PAGE_FAULT_AT(DOMAIN_STACK - 8))
CONTAINED(a_stack_in_the_kernel, push_at, &canary + 1, 0, 0, PAGE_FAULT_AT(&canary))
CONTAINED(a_stack_that_is_nowhere, push_at, 0, 0, 0, .reason = KS_FAULT_EXCEPTION)

/* Neither a table nor a TLB remembers what a domain had that is gone. */
TEST(a_frame_of_a_domain_that_is_gone_is_not_the_next_ones)
{
	extern const char snippet_load[], snippet_load_end[];
	struct ks_visor_fault fault;
	ks_u64 frame = frame_allocate(1);
	int index;

	REQUIRE(visor_on());
	*(uint64_t *)virtual_of(frame) = 77;
	CHECK_EQUAL(domain_open(&attacker, CODE(load)), 0);
	index = attacker.index;
	CHECK_EQUAL(ks_visor_map(index, DOMAIN_NOTHING, frame, 1, KS_VISOR_READ), 0);
	CHECK_EQUAL(domain_seal(&attacker), 0);
	CHECK_EQUAL(domain_call(&attacker, (void *)DOMAIN_SNIPPET, DOMAIN_NOTHING, 0, 0), 0);
	CHECK_EQUAL(attacker.gate.result, 77);
	CHECK(domain_end(&attacker));
	CHECK_EQUAL(domain_open(&attacker, CODE(load)), 0);
	CHECK_EQUAL(attacker.index, index);
	CHECK_EQUAL(domain_seal(&attacker), 0);
	CHECK_EQUAL(domain_call(&attacker, (void *)DOMAIN_SNIPPET, DOMAIN_NOTHING, 0, 0),
		    (uint64_t)-EIO);
	CHECK_EQUAL(ks_visor_fault(index, &fault), 0);
	CHECK_EQUAL(fault.vector, VECTOR_PF);
	CHECK_EQUAL(fault.address, DOMAIN_NOTHING);
}

static uint64_t load(uint64_t address) { return *(volatile uint64_t *)address; }

TEST(the_kernel_does_not_see_the_pool_either)
{
	struct probe p;

	REQUIRE(visor_on());
	CHECK(!probe(&p, load, POOL));
	CHECK_EQUAL(p.vector, VECTOR_GP);
	CHECK(!probe(&p, load, POOL + POOL_SIZE - 8));
	CHECK(probe(&p, load, POOL - 8));
	CHECK(probe(&p, load, POOL + POOL_SIZE));
}

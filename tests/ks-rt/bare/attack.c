// SPDX-License-Identifier: MIT
#include "tests/ks-rt/bare/attack.h"

#define CANARY 0xca9a7ca9a7ca9a7

struct domain attacker, neighbour;
uint64_t canary = CANARY;

bool attack_prepare(const char *code, const char *end)
{
	/* Where SYSCALL would go, if it went. */
	msr_write(MSR_STAR, (uint64_t)SELECTOR_CODE << 32 | (uint64_t)SELECTOR_CODE << 48);
	msr_write(MSR_LSTAR, (uint64_t)print);
	return visor_on() && domain_make(&neighbour) &&
	       CHECK_EQUAL(domain_open(&attacker, code, end), 0) &&
	       CHECK_EQUAL(domain_seal(&attacker), 0);
}

static uint64_t selectors(void)
{
	uint16_t cs, ss, ds, es;

	asm volatile("mov %%cs, %0; mov %%ss, %1; mov %%ds, %2; mov %%es, %3"
		     : "=r"(cs), "=r"(ss), "=r"(ds), "=r"(es));
	return cs | (uint64_t)ss << 16 | (uint64_t)ds << 32 | (uint64_t)es << 48;
}

static uint64_t debug_control(void)
{
	uint64_t value;

	asm volatile("movq %%dr7, %0" : "=r"(value));
	return value;
}

void attack_unharmed(void)
{
	const uint64_t all_data = (uint64_t)SELECTOR_DATA << 16 | (uint64_t)SELECTOR_DATA << 32 |
				  (uint64_t)SELECTOR_DATA << 48;
	uint64_t *own = virtual_of(neighbour.own);

	CHECK_EQUAL(canary, CANARY);
	CHECK_EQUAL(own[0], 0);
	CHECK_EQUAL(msr_read(MSR_GS_BASE), (uint64_t)this_cpu());
	CHECK_EQUAL(msr_read(MSR_LSTAR), (uint64_t)print);
	CHECK_EQUAL(selectors(), SELECTOR_CODE | all_data);
	CHECK_EQUAL(debug_control(), 0x400);
	CHECK_EQUAL(priority_read(), 0);
	CHECK_EQUAL(flags_read() & (FLAG_TRAP | FLAG_DIRECTION | FLAG_NESTED | FLAG_ALIGNMENT), 0);
	CHECK_EQUAL(domain_call(&neighbour, domain_digits, 1, 2, 3), 0);
	CHECK_EQUAL(neighbour.gate.result, 321);
}

static void judge_fault(const struct attack *attack)
{
	const struct ks_visor_fault *want = &attack->fault;
	struct ks_visor_fault fault;

	CHECK_EQUAL(ks_visor_fault(attacker.index, &fault), 0);
	if (!attack->or_reason || fault.reason != attack->or_reason) {
		CHECK_EQUAL(fault.reason, want->reason);
		if (want->vector)
			CHECK_EQUAL(fault.vector, want->vector);
		if (want->detail)
			CHECK_EQUAL(fault.detail, want->detail);
	}
	if (want->address)
		CHECK_EQUAL(fault.address, want->address);
	if (want->access)
		CHECK_EQUAL(fault.access, want->access);
	/* It stays dead. */
	CHECK_EQUAL(domain_call(&attacker, domain_null, 0, 0, 0), (uint64_t)-EIO);
	CHECK_EQUAL(ks_visor_fault(neighbour.index, &fault), 0);
	CHECK_EQUAL(fault.reason, KS_FAULT_NONE);
}

static void judge_harmless(void)
{
	struct ks_visor_fault fault;

	CHECK_EQUAL(attacker.gate.result, 0);
	CHECK_EQUAL(ks_visor_fault(attacker.index, &fault), 0);
	CHECK_EQUAL(fault.reason, KS_FAULT_NONE);
	/* And is as confined as it was. */
	CHECK_EQUAL(domain_call(&attacker, domain_digits, 4, 5, 6), 0);
	CHECK_EQUAL(attacker.gate.result, 654);
	CHECK_EQUAL(domain_call(&attacker, print, 0, 0, 0), (uint64_t)-EIO);
}

void attack_judge(const struct attack *attack, long result)
{
	CHECK_EQUAL(flags_read() & FLAG_INTERRUPTS, attack->interrupts ? FLAG_INTERRUPTS : 0);
	interrupts_off();
	timer_stop();
	attack_unharmed();
	if (CHECK_EQUAL(result, attack->fault.reason ? (uint64_t)-EIO : 0)) {
		if (attack->fault.reason)
			judge_fault(attack);
		else
			judge_harmless();
	}
	CHECK(domain_end(&attacker));
	CHECK(domain_make(&attacker));
	CHECK_EQUAL(domain_call(&attacker, domain_count, 0, 0, 0), 0);
	attack_unharmed();
}

void attack_run(const struct attack *attack)
{
	REQUIRE(attack_prepare(attack->code, attack->end));
	if (attack->interrupts) {
		timer_start(PERIOD / 3);
		interrupts_on();
	}
	attack_judge(attack, domain_call(&attacker, (void *)DOMAIN_SNIPPET, attack->arguments[0],
					 attack->arguments[1], attack->arguments[2]));
}

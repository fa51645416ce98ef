// SPDX-License-Identifier: MIT
/* The visor comes and goes under a kernel that runs on. */
#include "tests/ks-rt/bare/world.h"

static uint64_t cr4_read(void)
{
	uint64_t value;

	asm volatile("movq %%cr4, %0" : "=r"(value));
	return value;
}

static void cr4_write(uint64_t value) { asm volatile("movq %0, %%cr4" : : "r"(value) : "memory"); }

TEST(this_processor_is_capable)
{
	CHECK_EQUAL(ks_visor_check(), KS_VISOR_CAPABLE);
}

TEST(another_hypervisor_is_respected)
{
	cr4_write(cr4_read() | CR4_VMXE);
	CHECK_EQUAL(ks_visor_check(), KS_VISOR_OWNED);
	cr4_write(cr4_read() & ~CR4_VMXE);
	CHECK_EQUAL(ks_visor_check(), KS_VISOR_CAPABLE);
}

TEST(without_base_instructions_there_is_no_visor)
{
	struct ks_visor_setup setup;
	struct ks_visor *visor;

	visor_setup(&setup);
	visor = ks_visor_make(&setup);
	REQUIRE(visor);
	cr4_write(cr4_read() & ~CR4_FSGSBASE);
	CHECK_EQUAL(ks_visor_check(), KS_VISOR_NO_BASES);
	CHECK_EQUAL(ks_visor_start(visor, 0), -ENODEV);
	cr4_write(cr4_read() | CR4_FSGSBASE);
}

/* Of Bochs' models with VMFUNC only those with protection keys have it. */
TEST(with_control_flow_enforcement_there_is_no_visor)
{
	uint32_t a = 7, b, c = 0, d;

	asm volatile("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
	if (!(c >> 7 & 1 || d >> 20 & 1)) {
		print("NOTE no control-flow enforcement\n");
		return;
	}
	cr4_write(cr4_read() | CR4_CET);
	CHECK_EQUAL(ks_visor_check(), KS_VISOR_ENFORCED);
	cr4_write(cr4_read() & ~CR4_CET);
	CHECK_EQUAL(ks_visor_check(), KS_VISOR_CAPABLE);
}

TEST(every_lack_and_reason_has_a_text)
{
	for (unsigned lack = KS_VISOR_CAPABLE; lack <= KS_VISOR_ENFORCED; lack++)
		CHECK(ks_visor_lack_text(lack) && *ks_visor_lack_text(lack));
	for (unsigned reason = KS_FAULT_NONE; reason <= KS_FAULT_KILLED; reason++)
		CHECK(ks_visor_reason_text(reason) && *ks_visor_reason_text(reason));
}

TEST(a_pool_that_is_too_small_is_refused)
{
	struct ks_visor_setup setup;

	visor_setup(&setup);
	setup.pool_size = 0;
	CHECK(!ks_visor_make(&setup));
}

TEST(it_starts_and_stops_and_starts_again)
{
	uint64_t cr4 = cr4_read(), root = root_read(), gs = msr_read(MSR_GS_BASE);
	uint64_t lstar = msr_read(MSR_LSTAR), efer = msr_read(MSR_EFER);

	for (unsigned round = 0; round < 5; round++) {
		REQUIRE(visor_on());
		CHECK_EQUAL(this_cpu()->number, 0);
		CHECK_EQUAL(visor_leave(), 0);
		CHECK_EQUAL(root_read(), root);
		CHECK_EQUAL(cr4_read(), cr4);
		CHECK_EQUAL(msr_read(MSR_GS_BASE), gs);
		CHECK_EQUAL(msr_read(MSR_LSTAR), lstar);
		CHECK_EQUAL(msr_read(MSR_EFER), efer);
		CHECK_EQUAL(ks_visor_check(), KS_VISOR_CAPABLE);
	}
}

TEST(a_processor_is_taken_once)
{
	REQUIRE(visor_on());
	CHECK_EQUAL(ks_visor_start((struct ks_visor *)virtual_of(POOL_PHYSICAL), 0), (uint64_t)-EBUSY);
	/* To everyone else it looks as if there were no VMX. */
	CHECK_EQUAL(ks_visor_check(), KS_VISOR_NO_VMX);
}

static uint64_t selectors_read(void)
{
	uint16_t ds, es, fs, gs;

	asm volatile("mov %%ds, %0; mov %%es, %1; mov %%fs, %2; mov %%gs, %3"
		     : "=r"(ds), "=r"(es), "=r"(fs), "=r"(gs));
	return ds | (uint64_t)es << 16 | (uint64_t)fs << 32 | (uint64_t)gs << 48;
}

/* They may be those of a process, which will not load them again. */
TEST(selectors_survive)
{
	uint64_t gs = msr_read(MSR_GS_BASE), before;
	bool started;

	asm volatile("mov %w0, %%ds; mov %w0, %%es; mov %w0, %%fs; mov %w0, %%gs"
		     : : "r"(SELECTOR_OTHER));
	msr_write(MSR_GS_BASE, gs);
	before = selectors_read();
	started = visor_on();
	CHECK_EQUAL(selectors_read(), before);
	if (started)
		CHECK_EQUAL(visor_leave(), 0);
	CHECK_EQUAL(selectors_read(), before);
	CHECK_EQUAL(msr_read(MSR_GS_BASE), gs);
	asm volatile("mov %w0, %%ds; mov %w0, %%es; mov %w1, %%fs; mov %w1, %%gs"
		     : : "r"(SELECTOR_DATA), "r"(0));
	msr_write(MSR_GS_BASE, gs);
}

TEST(the_descriptor_tables_survive)
{
	struct __attribute__((packed)) {
		uint16_t limit;
		uint64_t base;
	} before[2] = { 0 }, after[2] = { 0 };
	uint16_t task;

	asm volatile("sgdt %0; sidt %1" : "=m"(before[0]), "=m"(before[1]));
	REQUIRE(visor_on());
	asm volatile("sgdt %0; sidt %1" : "=m"(after[0]), "=m"(after[1]));
	CHECK(!memcmp(before, after, sizeof(before)));
	CHECK_EQUAL(visor_leave(), 0);
	asm volatile("sgdt %0; sidt %1; str %2" : "=m"(after[0]), "=m"(after[1]), "=r"(task));
	CHECK(!memcmp(before, after, sizeof(before)));
	CHECK_EQUAL(task, SELECTOR_TSS);
}

// SPDX-License-Identifier: MIT
/* The kernel does with the visor on what it did without. */
#include "tests/ks-rt/bare/world.h"

#define CR0_TS 8ul
#define CR4_TSD 0x4ul
#define MSR_NONE 0x40000000
#define MSR_TSC_AUX 0xc0000103

static uint64_t load(uint64_t address) { return *(volatile uint64_t *)address; }
static uint64_t divide(uint64_t by) { return 1000 / by; }
static uint64_t read_msr(uint64_t msr) { return msr_read((uint32_t)msr); }

static uint64_t undefined(uint64_t unused)
{
	asm volatile("ud2");
	return unused;
}

static uint64_t load_ltr(uint64_t selector)
{
	asm volatile("ltr %w0" : : "r"(selector));
	return 0;
}

static uint64_t load_idt_from(uint64_t address)
{
	asm volatile("lidt (%0)" : : "r"(address));
	return 0;
}

static void check_exceptions(void)
{
	struct probe p;

	CHECK(!probe(&p, load, DOMAIN_NOTHING));
	CHECK_EQUAL(p.vector, VECTOR_PF);
	CHECK_EQUAL(p.address, DOMAIN_NOTHING);
	CHECK_EQUAL(p.error, 0);
	CHECK(!probe(&p, load, 0x800000000000));
	CHECK_EQUAL(p.vector, VECTOR_GP);
	CHECK(!probe(&p, divide, 0));
	CHECK_EQUAL(p.vector, VECTOR_DE);
	CHECK(!probe(&p, undefined, 0));
	CHECK_EQUAL(p.vector, VECTOR_UD);
	CHECK(probe(&p, divide, 10));
	CHECK_EQUAL(p.result, 100);
}

TEST(its_exceptions_are_its_own)
{
	struct domain domain;

	REQUIRE(visor_on());
	check_exceptions();
	REQUIRE(domain_make(&domain));
	CHECK_EQUAL(domain_call(&domain, domain_null, 0, 0, 0), 0);
	check_exceptions();
}

/* What the visor steps over may fault by itself, with interrupts on or off. */
TEST(exceptions_of_stepped_instructions_are_its_own_too)
{
	struct probe p;

	REQUIRE(visor_on());
	for (unsigned on = 0; on < 2; on++) {
		if (on)
			interrupts_on();
		CHECK(!probe(&p, read_msr, MSR_NONE));
		CHECK_EQUAL(p.vector, VECTOR_GP);
		CHECK(!probe(&p, load_ltr, 0x7f0));
		CHECK_EQUAL(p.vector, VECTOR_GP);
		CHECK_EQUAL(p.error, 0x7f0);
		CHECK(!probe(&p, load_idt_from, DOMAIN_NOTHING));
		CHECK_EQUAL(p.vector, VECTOR_PF);
		CHECK_EQUAL(p.address / PAGE, DOMAIN_NOTHING / PAGE);
		CHECK(!(flags_read() & FLAG_TRAP));
		check_exceptions();
	}
	interrupts_off();
}

TEST(ports_work)
{
	char text[4] = { 'N', 'O', 'T', 'E' };
	const char *from = text;
	uint64_t count = sizeof(text);

	REQUIRE(visor_on());
	port_out(0x70, 0x7f);
	port_out(0x71, 0x5a);
	port_out(0x70, 0x7f);
	CHECK_EQUAL(port_in(0x71), 0x5a);
	asm volatile("rep outsb" : "+S"(from), "+c"(count) : "d"(0xe9) : "memory");
	CHECK_EQUAL(from - text, 4);
	CHECK_EQUAL(count, 0);
	print(" a string was written to a port\n");
}

TEST(msrs_work)
{
	uint64_t lstar = msr_read(MSR_LSTAR), fs = msr_read(MSR_FS_BASE);

	REQUIRE(visor_on());
	msr_write(MSR_LSTAR, 0xffffffff80123450);
	CHECK_EQUAL(msr_read(MSR_LSTAR), 0xffffffff80123450);
	msr_write(MSR_LSTAR, lstar);
	msr_write(MSR_FS_BASE, 0xffff888000001000);
	CHECK_EQUAL(msr_read(MSR_FS_BASE), 0xffff888000001000);
	msr_write(MSR_FS_BASE, fs);
	msr_write(MSR_KERNEL_GS_BASE, 0x1234);
	CHECK_EQUAL(msr_read(MSR_KERNEL_GS_BASE), 0x1234);
	msr_write(MSR_TSC_AUX, 7);
	CHECK_EQUAL(msr_read(MSR_TSC_AUX), 7);
	CHECK(msr_read(MSR_EFER) & 0x400);
}

TEST(interrupts_come_after_a_stepped_instruction)
{
	uint64_t before = this_cpu()->ticks;

	REQUIRE(visor_on());
	timer_start(1000);
	interrupts_on();
	for (unsigned i = 0; i < 1000; i++)
		msr_write(MSR_KERNEL_GS_BASE, i);
	CHECK(flags_read() & FLAG_INTERRUPTS);
	interrupts_off();
	timer_stop();
	CHECK(this_cpu()->ticks - before > 10);
	CHECK_EQUAL(msr_read(MSR_KERNEL_GS_BASE), 999);
}

TEST(the_processor_can_be_asked)
{
	uint32_t without[4], with[4];

	asm volatile("cpuid" : "=a"(without[0]), "=b"(without[1]), "=c"(without[2]), "=d"(without[3])
		     : "a"(7), "c"(0));
	REQUIRE(visor_on());
	asm volatile("cpuid" : "=a"(with[0]), "=b"(with[1]), "=c"(with[2]), "=d"(with[3])
		     : "a"(7), "c"(0));
	CHECK(!memcmp(with, without, sizeof(with)));
	asm volatile("cpuid" : "=a"(with[0]), "=b"(with[1]), "=c"(with[2]), "=d"(with[3])
		     : "a"(1), "c"(0));
	CHECK(!(with[2] >> 5 & 1));
}

TEST(control_registers_work)
{
	uint64_t cr0, cr4, now;

	REQUIRE(visor_on());
	asm volatile("movq %%cr0, %0; movq %%cr4, %1" : "=r"(cr0), "=r"(cr4));
	asm volatile("movq %0, %%cr0" : : "r"(cr0 | CR0_TS));
	asm volatile("movq %%cr0, %0" : "=r"(now));
	CHECK_EQUAL(now, cr0 | CR0_TS);
	asm volatile("clts");
	asm volatile("movq %%cr0, %0" : "=r"(now));
	CHECK_EQUAL(now, cr0);
	/* By a register of the upper eight, too. */
	asm volatile("movq %0, %%r13; movq %%r13, %%cr4" : : "r"(cr4 | CR4_TSD) : "r13");
	asm volatile("movq %%cr4, %0" : "=r"(now));
	CHECK_EQUAL(now, cr4 | CR4_TSD);
	asm volatile("movq %0, %%cr4" : : "r"(cr4 | CR4_PGE));
	asm volatile("movq %%cr4, %0" : "=r"(now));
	CHECK_EQUAL(now, cr4 | CR4_PGE);
	asm volatile("movq %0, %%cr4" : : "r"(cr4));
	asm volatile("movq %%cr4, %0" : "=r"(now));
	CHECK_EQUAL(now, cr4);
}

TEST(debug_registers_work)
{
	uint64_t value;

	REQUIRE(visor_on());
	asm volatile("movq %0, %%dr0" : : "r"(0x1234ul));
	asm volatile("movq %%dr0, %0" : "=r"(value));
	CHECK_EQUAL(value, 0x1234);
	asm volatile("movq %0, %%dr0" : : "r"(0ul));
}

/* Single steps and breakpoints of the kernel's: the visor uses both for itself. */
static uint64_t single_step(uint64_t unused)
{
	asm volatile("pushfq; orq %0, (%%rsp); popfq; nop; nop" : : "i"(FLAG_TRAP) : "cc", "memory");
	return unused;
}

TEST(single_steps_are_its_own)
{
	struct probe p;
	uint64_t cause;

	REQUIRE(visor_on());
	asm volatile("movq %0, %%dr6" : : "r"(0xffff0ff0ul));
	CHECK(!probe(&p, single_step, 0));
	CHECK_EQUAL(p.vector, 1);
	asm volatile("movq %%dr6, %0" : "=r"(cause));
	CHECK_EQUAL(cause & 0x4000, 0x4000);
}

/* The trap flag is on when the visor steps over the port: the #DB after it is the kernel's. */
static uint64_t single_step_port(uint64_t port)
{
	asm volatile("pushfq; orq %0, (%%rsp); movl %1, %%edx; popfq; outb %%al, %%dx; nop; nop"
		     : : "i"(FLAG_TRAP), "r"((uint32_t)port) : "rdx", "cc", "memory");
	return 0;
}

TEST(single_steps_over_ports_are_its_own)
{
	struct probe p;

	REQUIRE(visor_on());
	CHECK(!probe(&p, single_step_port, 0x80));
	CHECK_EQUAL(p.vector, 1);
	CHECK(!(flags_read() & FLAG_TRAP));
	port_out(0x80, 0);
	check_exceptions();
}

TEST(it_can_idle)
{
	uint64_t before = this_cpu()->ticks;

	REQUIRE(visor_on());
	timer_start(3 * PERIOD);
	for (unsigned i = 0; i < 10; i++)
		asm volatile("sti; hlt; cli" : : : "memory");
	timer_stop();
	CHECK_EQUAL(this_cpu()->ticks - before, 10);
}

static uint64_t vmcall(uint64_t magic)
{
	asm volatile("vmcall" : : "a"(0), "d"(magic));
	return 0;
}

static uint64_t vmxoff(uint64_t unused)
{
	asm volatile("vmxoff" : : : "cc");
	return unused;
}

/* A domain's view without a crossing: nobody knows what to go on with but the visor. */
static uint64_t vmfunc(uint64_t view)
{
	asm volatile(".byte 0x0f, 0x01, 0xd4" : : "a"(0), "c"(view) : "memory");
	return 0;
}

TEST(what_nobody_asked_for_is_undefined)
{
	struct domain domain;
	struct probe p;

	REQUIRE(visor_on() && domain_make(&domain));
	CHECK(!probe(&p, vmcall, 0));
	CHECK_EQUAL(p.vector, VECTOR_UD);
	CHECK(!probe(&p, vmxoff, 0));
	CHECK_EQUAL(p.vector, VECTOR_UD);
	CHECK(!probe(&p, vmfunc, 40));
	CHECK_EQUAL(p.vector, VECTOR_UD);
	CHECK(!probe(&p, vmfunc, 600));
	CHECK_EQUAL(p.vector, VECTOR_UD);
	CHECK(probe(&p, vmfunc, 0));
	CHECK_EQUAL(domain_call(&domain, domain_null, 0, 0, 0), 0);
}

TEST(a_stray_switch_to_a_domain_is_undefined)
{
	struct domain domain;
	struct probe p;

	REQUIRE(visor_on() && domain_make(&domain));
	CHECK(!probe(&p, vmfunc, domain.index));
	CHECK(p.vector == VECTOR_UD || p.vector == VECTOR_GP);
	CHECK_EQUAL(domain_call(&domain, domain_null, 0, 0, 0), 0);
	check_exceptions();
}

// SPDX-License-Identifier: MIT
/*
 * The local APIC: its timer, end of interrupt, and the other processor. The
 * 8259s are masked: their interrupts pass by the task priority.
 */
#include "tests/ks-rt/bare/machine.h"
#include "tests/ks-rt/bare/test.h"

#define APIC_PHYSICAL 0xfee00000ul
#define APIC_EOI 0x0b0
#define APIC_SPURIOUS 0x0f0
#define APIC_COMMAND 0x300
#define APIC_DESTINATION 0x310
#define APIC_TIMER 0x320
#define APIC_LINT0 0x350
#define APIC_COUNT 0x380
#define APIC_DIVIDE 0x3e0

#define APIC_MASKED 0x10000
#define TIMER_PERIODIC 0x20000
#define COMMAND_INIT 0x4500
#define COMMAND_STARTUP 0x4600
#define COMMAND_NMI 0x4400
#define COMMAND_ALL_OTHERS 0xc0000

extern char trampoline[], trampoline_end[];

static volatile struct {
	void (*f)(void *);
	void *argument;
} other_work;

static void apic_write(unsigned offset, uint32_t value)
{
	*(volatile uint32_t *)virtual_of(APIC_PHYSICAL + offset) = value;
}

static void wait(uint64_t count)
{
	uint64_t end = instructions() + count;

	while (instructions() < end)
		relax();
}

void apic_init(void)
{
	port_out(0x21, 0xff);
	port_out(0xa1, 0xff);
	apic_write(APIC_SPURIOUS, 0x100 | VECTOR_SPURIOUS);
	apic_write(APIC_LINT0, APIC_MASKED);
	apic_write(APIC_DIVIDE, 0xb); /* by 1 */
	apic_write(APIC_TIMER, APIC_MASKED);
}

void apic_end_of_interrupt(void) { apic_write(APIC_EOI, 0); }

void timer_start(uint32_t period)
{
	apic_write(APIC_TIMER, TIMER_PERIODIC | VECTOR_TIMER);
	apic_write(APIC_COUNT, period);
}

void timer_stop(void)
{
	apic_write(APIC_TIMER, APIC_MASKED);
	apic_write(APIC_COUNT, 0);
}

void processor_start_next(void)
{
	memcpy(virtual_of(TRAMPOLINE), trampoline, trampoline_end - trampoline);
	apic_write(APIC_DESTINATION, 0);
	apic_write(APIC_COMMAND, COMMAND_ALL_OTHERS | COMMAND_INIT);
	wait(100000);
	apic_write(APIC_COMMAND, COMMAND_ALL_OTHERS | COMMAND_STARTUP | TRAMPOLINE >> 12);
	wait(1000000);
}

void nmi_to_self(void)
{
	apic_write(APIC_DESTINATION, this_cpu()->number << 24);
	apic_write(APIC_COMMAND, COMMAND_NMI);
}

void nmi_to_other(void) { apic_write(APIC_COMMAND, COMMAND_ALL_OTHERS | COMMAND_NMI); }

void other_start(void (*f)(void *), void *argument)
{
	other_work.argument = argument;
	other_work.f = f;
}

void other_wait(void)
{
	while (other_work.f)
		relax();
}

/* Where the image's C begins, on each processor. */
__attribute__((noreturn)) void processor_main(unsigned number)
{
	processor_init(number);
	apic_init();
	if (number == 0) {
		frames_reset();
		processor_start_next();
		tests_run();
	}
	for (;;) {
		if (other_work.f) {
			other_work.f(other_work.argument);
			other_work.f = NULL;
		}
		relax();
	}
}

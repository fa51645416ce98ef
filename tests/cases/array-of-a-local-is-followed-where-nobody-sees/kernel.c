// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct registers_info {
	u32 *regs;
	int err;
};

/* What it does to the registers, the stages are not shown. */
static void exchange(u32 *regs)
{
	__asm__("addl $3, (%0)\n\taddl $5, 4(%0)\n\txchgl %%eax, 28(%0)" : : "r"(regs), "a"(77) : "memory");
}

static void (*volatile call)(u32 *regs) = exchange;

static void on_cpu(void *info)
{
	struct registers_info *rv = info;
	call(rv->regs);
	rv->err = 0;
}

static int call_on(unsigned cpu, void (*function)(void *info), void *info)
{
	if (cpu > 1)
		return -6;
	function(info);
	return 0;
}

int msr_registers_on(unsigned cpu, u32 *regs)
{
	struct registers_info rv = {regs, -5};
	int err;
	kernel_only();
	err = call_on(cpu, on_cpu, &rv);
	return err ? err : rv.err;
}

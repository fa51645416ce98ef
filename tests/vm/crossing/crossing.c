// SPDX-License-Identifier: Dual MIT/GPL
/*
 * A domain that holds a function which returns 0, and nothing else: what a crossing costs under Linux, in
 * ticks of the TSC (which are instructions in Bochs), and how often it exits. It does not load if a crossing
 * exits.
 */
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/module.h>
#include <linux/random.h>
#include <linux/string.h>
#include <asm/msr.h>

#include "ks-rt/visor/visor.h"

#define CROSSINGS 1000
#define EXIT_VMCALL 18

static struct ks_visor_statistics before, after;

static int crossing_show(int domain, void *page, ks_u32 rights)
{
	return ks_visor_map(domain, (ks_u64)page, virt_to_phys(page), 1, KS_VISOR_READ | rights);
}

static int crossing_fill(struct ks_gate *gate, char *text, char *stack)
{
	static const u8 code[] = { 0x31, 0xc0, 0xc3 }; /* xor %eax, %eax; ret */
	int error;

	memset(text, 0xcc, PAGE_SIZE);
	memcpy(text, code, sizeof(code));
	error = crossing_show((int)gate->index, text, KS_VISOR_EXECUTE);
	if (!error)
		error = crossing_show((int)gate->index, stack, KS_VISOR_WRITE);
	gate->token = get_random_u64() | 1;
	gate->entry = (ks_u64)text;
	gate->stack = (ks_u64)stack + PAGE_SIZE;
	return error ? error : ks_visor_seal((int)gate->index, gate->token);
}

static u64 crossing_loop(struct ks_gate *gate, long (*call)(struct ks_gate *gate), long *failed)
{
	u64 start = rdtsc();
	unsigned int i;

	for (i = 0; i < CROSSINGS; i++)
		*failed |= call(gate);
	return rdtsc() - start;
}

static noinline long crossing_none(struct ks_gate *gate)
{
	barrier();
	return 0;
}

/* With interrupts off, and a timer of the visor's that is slow enough, nothing else happens meanwhile. */
static int crossing_measure(struct ks_gate *gate)
{
	u64 ticks, exits = 0;
	unsigned long flags;
	unsigned int i;
	long failed;

	failed = ks_gate_call(gate);
	local_irq_save(flags);
	ks_visor_statistics(&before);
	ticks = crossing_loop(gate, ks_gate_call, &failed);
	ks_visor_statistics(&after);
	ticks -= crossing_loop(gate, crossing_none, &failed);
	local_irq_restore(flags);
	for (i = 0; i < KS_VISOR_EXITS; i++)
		exits += after.exits[i] - before.exits[i] - (i == EXIT_VMCALL);
	pr_info("crossing: %u null crossings, %llu exits, %llu ticks each\n", CROSSINGS, exits,
		ticks / CROSSINGS);
	return failed || exits ? -EIO : 0;
}

static int __init crossing_init(void)
{
	struct ks_gate gate = { .index = (ks_u64)ks_visor_create() };
	char *text = (char *)__get_free_page(GFP_KERNEL), *stack = (char *)__get_free_page(GFP_KERNEL);
	int error = text && stack && (int)gate.index > 0 ? 0 : -ENOMEM;

	if (!error)
		error = crossing_fill(&gate, text, stack);
	if (!error)
		error = crossing_measure(&gate);
	ks_visor_destroy((int)gate.index);
	ks_visor_flush();
	free_page((unsigned long)text);
	free_page((unsigned long)stack);
	return error;
}

static void __exit crossing_exit(void)
{
}

module_init(crossing_init);
module_exit(crossing_exit);
MODULE_DESCRIPTION("Test of ks_visor: crossings into an empty domain");
MODULE_LICENSE("Dual MIT/GPL");

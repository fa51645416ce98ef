// SPDX-License-Identifier: Dual MIT/GPL
/*
 * The visor under Linux: takes every processor when the module is loaded, each
 * later one when it comes on line, and gives them back.
 */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/reboot.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/vmalloc.h>
#include <asm/apic.h>
#include <asm/desc.h>
#include <asm/segment.h>
#include <asm/tsc.h>

#include "ks-rt/visor/visor.h"
#include "ks-rt/visor/visor_os.h"

static unsigned int pool_order = 10;
module_param(pool_order, uint, 0444);
MODULE_PARM_DESC(pool_order, "memory of the visor's own, 2^n pages (default 10: 4 MiB)");
static unsigned int period_us = 500;
module_param(period_us, uint, 0444);
MODULE_PARM_DESC(period_us,
		 "how late an interrupt may be in a domain, in microseconds (default 500)");
static unsigned int budget_ms = 100;
module_param(budget_ms, uint, 0444);
MODULE_PARM_DESC(budget_ms,
		 "how long a domain may run before it comes back, in milliseconds (default 100)");

static struct ks_visor *visor;
static unsigned long pool;
static int cpu_state;

void *ks_visor_os_virtual(ks_u64 physical)
{
	return __va(physical);
}

static ks_u64 physical_of(const void *address)
{
	return (ks_u64)page_to_phys(vmalloc_to_page(address));
}

/*
 * In a domain the task priority holds interrupts back, but not those that the 8259 delivers by itself: one of them
 * could find a domain's stack pointer in the gate.
 */
static bool visor_external(u32 lvt)
{
	return !(lvt & APIC_LVT_MASKED) && GET_APIC_DELIVERY_MODE(lvt) == APIC_MODE_EXTINT;
}

static int visor_online(unsigned int cpu)
{
	unsigned long flags;
	int error;

	if (!boot_cpu_has(X86_FEATURE_APIC) || visor_external(apic_read(APIC_LVT0)) ||
	    visor_external(apic_read(APIC_LVT1))) {
		pr_err("ks_visor: processor %u cannot be taken: it has interrupts without priorities (noapic?)\n",
		       cpu);
		return -EOPNOTSUPP;
	}
	local_irq_save(flags);
	/* It is null if an interrupt of user mode has led here. */
	loadsegment(ss, __KERNEL_DS);
	error = ks_visor_start(visor, cpu);
	local_irq_restore(flags);
	if (error)
		pr_err("ks_visor: processor %u cannot be taken: %s (%d)\n", cpu,
		       ks_visor_lack_text(ks_visor_check()), error);
	return error;
}

static int visor_offline(unsigned int cpu)
{
	unsigned long flags;

	local_irq_save(flags);
	ks_visor_stop();
	/* The visor leaves a task register whose limit does not cover the map of ports. */
	force_reload_TR();
	local_irq_restore(flags);
	return 0;
}

/* A processor in root mode does not answer INIT: all are given back before the machine restarts. */
static int visor_reboot(struct notifier_block *block, unsigned long action, void *data)
{
	if (cpu_state > 0)
		cpuhp_remove_state(cpu_state);
	cpu_state = 0;
	return NOTIFY_DONE;
}

static struct notifier_block visor_notifier = { .notifier_call = visor_reboot };

static int __init visor_init(void)
{
	enum ks_visor_lack lack = ks_visor_check();
	ks_u64 ticks = (ks_u64)tsc_khz * period_us / 1000;
	struct ks_visor_setup setup = {
		.pool_size = PAGE_SIZE << pool_order,
		.gate_physical = physical_of(ks_gate_page),
		.world_physical = physical_of(ks_gate_world),
		.cpu_physical = physical_of(ks_gate_cpu),
		.period = ticks,
		.budget = max(1u, budget_ms * 1000 / max(1u, period_us)),
	};

	if (IS_ENABLED(CONFIG_PREEMPTION)) {
		pr_err("ks_visor: not for preemptible kernels: a crossing must stay on its processor\n");
		return -EOPNOTSUPP;
	}
	if (lack) {
		pr_err("ks_visor: %s\n", ks_visor_lack_text(lack));
		return -ENODEV;
	}
	if (!period_us || pool_order < 9 || pool_order > 10)
		return -EINVAL;
	pool = __get_free_pages(GFP_KERNEL | __GFP_ZERO, pool_order);
	if (!pool)
		return -ENOMEM;
	setup.pool = (void *)pool;
	setup.pool_physical = virt_to_phys(setup.pool);
	visor = ks_visor_make(&setup);
	cpu_state = visor ? cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "ks_visor:online", visor_online,
					      visor_offline) :
			    -ENOMEM;
	if (cpu_state < 0) {
		free_pages(pool, pool_order);
		return cpu_state;
	}
	register_reboot_notifier(&visor_notifier);
	return 0;
}

static void __exit visor_exit(void)
{
	unregister_reboot_notifier(&visor_notifier);
	if (cpu_state > 0)
		cpuhp_remove_state(cpu_state);
	free_pages(pool, pool_order);
}

module_init(visor_init);
module_exit(visor_exit);

EXPORT_SYMBOL_GPL(ks_gate_call);
EXPORT_SYMBOL_GPL(ks_gate_leave);
EXPORT_SYMBOL_GPL(ks_visor_create);
EXPORT_SYMBOL_GPL(ks_visor_map);
EXPORT_SYMBOL_GPL(ks_visor_refused);
EXPORT_SYMBOL_GPL(ks_visor_seal);
EXPORT_SYMBOL_GPL(ks_visor_kill);
EXPORT_SYMBOL_GPL(ks_visor_destroy);
EXPORT_SYMBOL_GPL(ks_visor_flush);
EXPORT_SYMBOL_GPL(ks_visor_fault);
EXPORT_SYMBOL_GPL(ks_visor_statistics);
EXPORT_SYMBOL_GPL(ks_visor_reason_text);

/* Sums over all processors, as read-only parameters. */
struct visor_sums {
	spinlock_t lock;
	struct ks_visor_statistics all;
};

static void visor_add(void *data)
{
	struct ks_visor_statistics here;
	struct visor_sums *sums = data;
	unsigned int i;

	if (ks_visor_statistics(&here))
		return;
	spin_lock(&sums->lock);
	for (i = 0; i < KS_VISOR_EXITS; i++)
		sums->all.exits[i] += here.exits[i];
	sums->all.pauses += here.pauses;
	sums->all.kills += here.kills;
	sums->all.roots += here.roots;
	sums->all.pool_used = here.pool_used;
	spin_unlock(&sums->lock);
}

static void visor_sum(struct visor_sums *sums)
{
	memset(sums, 0, sizeof(*sums));
	spin_lock_init(&sums->lock);
	on_each_cpu(visor_add, sums, 1);
}

#define COUNT(name)                                                              \
	static int get_##name(char *buffer, const struct kernel_param *param)    \
	{                                                                        \
		struct visor_sums *sums = kmalloc(sizeof(*sums), GFP_KERNEL);    \
		int length;                                                      \
                                                                                 \
		if (!sums)                                                       \
			return -ENOMEM;                                          \
		visor_sum(sums);                                                 \
		length = sysfs_emit(buffer, "%llu\n", (u64)sums->all.name);      \
		kfree(sums);                                                     \
		return length;                                                   \
	}                                                                        \
	static const struct kernel_param_ops ops_##name = { .get = get_##name }; \
	module_param_cb(name, &ops_##name, NULL, 0444)

COUNT(pauses);
COUNT(kills);
COUNT(roots);
COUNT(pool_used);

/* One line for each reason that has occurred: its number in the SDM (appendix C), and how often. */
static int get_exits(char *buffer, const struct kernel_param *param)
{
	struct visor_sums *sums = kmalloc(sizeof(*sums), GFP_KERNEL);
	int length = 0;
	unsigned int i;

	if (!sums)
		return -ENOMEM;
	visor_sum(sums);
	for (i = 0; i < KS_VISOR_EXITS; i++)
		if (sums->all.exits[i])
			length += sysfs_emit_at(buffer, length, "%u %llu\n", i,
						(u64)sums->all.exits[i]);
	kfree(sums);
	return length;
}

static const struct kernel_param_ops ops_exits = { .get = get_exits };
module_param_cb(exits, &ops_exits, NULL, 0444);

MODULE_DESCRIPTION("Views of memory for isolated drivers, by VMX");
MODULE_LICENSE("Dual MIT/GPL");

// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_cpu {
	u32 divider, changes;
};
static struct x_cpu cpus[2];
static struct kfreq x_table[] = {
	{0, 8, 300},
	{0, 4, 600},
	{0, 3, KCPUFREQ_INVALID},
	{1, 2, 1200},
	{0, 0, KCPUFREQ_END},
};

static int x_cpu_init(struct kpolicy *policy)
{
	policy->table = x_table;
	policy->driver_data = &cpus[policy->cpu];
	policy->cur = 300 * (policy->cpu + 1);
	return policy->cpu > 1 ? -19 : 0;
}

static int x_target(struct kpolicy *policy, u32 index)
{
	struct x_cpu *cpu = policy->driver_data;
	cpu->divider = policy->table[index].driver_data;
	cpu->changes += policy->cur != policy->table[index].frequency;
	policy->cur = policy->table[index].frequency;
	return policy->min + policy->max;
}
static const struct kcpufreq_driver x_driver = {x_cpu_init, x_target};

static int x_init(void)
{
	report(kcpufreq_register(&x_driver));
	report(kcpufreq_set(0, 500));
	report(kcpufreq_set(1, 2000));
	report(kcpufreq_set(1, 700));
	report(cpus[0].divider * 100 + cpus[1].divider * 10 + cpus[1].changes);
	report(x_table[0].flags * 10 + x_table[1].flags);
	x_table[2].frequency = 900;
	return 0;
}

module_init(x_init);

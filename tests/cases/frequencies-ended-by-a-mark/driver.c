// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_cluster {
	u32 divider, switches;
	struct freq_entry *table;
};

static const u32 steps[] = {200, 400, 600, 800, 1000, 1200};

static int x_cpu_init(struct freq_policy *p)
{
	struct x_cluster *c = kzalloc(sizeof(*c), 0);
	int n = 6 - p->cpu;

	c->table = kzalloc((n + 1) * sizeof(*c->table), 0);
	for (int i = 0; i < n; i++) {
		c->table[i].driver_data = n - i;
		c->table[i].frequency = i == 2 ? FREQ_INVALID : steps[i] * 1000 + p->cpu;
	}
	c->table[n].frequency = FREQ_END;
	c->table[n - 1].flags = 1;
	p->table = c->table;
	p->driver_data = c;
	p->info.transition_latency = 300 * (p->cpu + 1);
	return 0;
}

static int x_target(struct freq_policy *p, u32 index)
{
	struct x_cluster *c = p->driver_data;

	c->divider = p->table[index].driver_data;
	c->switches++;
	if (c->switches == 3)
		p->table[1].frequency = FREQ_INVALID;
	return c->divider * 100 + c->switches;
}

static u32 x_get(u32 cpu)
{
	struct freq_policy *p = freq_cpu_get(cpu);
	struct x_cluster *c;

	if (!p)
		return 0;
	c = p->driver_data;
	return 6000 / (c->divider + 1) + p->cur % 10;
}

static void x_exit(struct freq_policy *p)
{
	struct x_cluster *c = p->driver_data;

	report(c->switches * 1000 + c->table[0].flags);
	p->table = NULL;
	kfree(c->table);
	kfree(c);
}

static struct freq_driver driver = {"x-freq", x_cpu_init, x_target, x_get, x_exit};

static int x_init(void)
{
	int status = freq_register(&driver);

	report(x_get(1));
	report(x_get(5));
	report(driver.boost);
	return status;
}

module_init(x_init);

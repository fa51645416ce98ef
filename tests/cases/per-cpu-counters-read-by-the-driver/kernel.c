// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct nd *registered;

int register_nd(struct nd *dev)
{
	registered = dev;
	return 0;
}

void drop(struct nd *dev, u32 cpu, u32 why)
{
	struct pst *its = per_cpu_ptr(dev->st, cpu);

	kernel_only();
	its->drops++;
	its->last = why;
}

int later(void)
{
	drop(registered, 0, 4);
	drop(registered, 6, 5);
	return registered->get_stats(registered);
}

// SPDX-License-Identifier: MIT
#include <linux/api.h>

static long get_stats(struct nd *dev)
{
	long sum = 0, cpu;

	for_each_possible_cpu(cpu)
	{
		const struct pst *its = per_cpu_ptr(dev->st, cpu);

		sum = sum * 2 + its->drops + its->last;
	}
	return sum;
}

static int scenario(void)
{
	struct nd *dev = kzalloc(sizeof(*dev), 0);

	dev->st = alloc_percpu(struct pst);
	dev->get_stats = get_stats;
	register_nd(dev);
	drop(dev, 1, 3);
	drop(dev, 6, 9);
	return get_stats(dev);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);

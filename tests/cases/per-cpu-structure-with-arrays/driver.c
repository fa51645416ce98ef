// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int scenario(void)
{
	struct nd *dev = kzalloc(sizeof(*dev), 0);
	int cpu, i;

	dev->pcp = alloc_percpu(struct pcp);
	for_each_possible_cpu(cpu)
	{
		struct pcp *its = per_cpu_ptr(dev->pcp, cpu);

		for (i = 0; i < 3; i++)
			its->counts[i] = cpu * i;
		its->ring.head = cpu;
		its->ring.tail = cpu + 1;
	}
	report(sum_of(dev));
	per_cpu_ptr(dev->pcp, 4)->counts[1] += 7;
	per_cpu_ptr(dev->pcp, 5)->ring.head = 50;
	report(sum_of(dev));
	return 0;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);

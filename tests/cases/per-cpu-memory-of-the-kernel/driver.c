// SPDX-License-Identifier: MIT
#include <linux/api.h>

static long own_sum(struct nd *dev)
{
	long sum = 0, cpu;

	for_each_possible_cpu(cpu) sum = sum * 3 + per_cpu_ptr(dev->st, cpu)->packets;
	return sum;
}

static int scenario(void)
{
	struct nd *dev = open_nd();

	per_cpu_ptr(dev->st, 3)->packets++;
	received(dev, 3);
	received(dev, 7);
	per_cpu_ptr(dev->st, 0)->packets += 5;
	report(sum_of(dev));
	report(own_sum(dev));
	return 0;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);

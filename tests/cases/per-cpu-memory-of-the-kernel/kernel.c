// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct nd *open_nd(void)
{
	struct nd *dev = kzalloc(sizeof(*dev), 0);

	kernel_only();
	dev->st = alloc_percpu(struct pst);
	per_cpu_ptr(dev->st, 4)->packets = 40;
	return dev;
}

void received(struct nd *dev, u32 cpu)
{
	kernel_only();
	per_cpu_ptr(dev->st, cpu)->packets++;
}

long sum_of(struct nd *dev)
{
	long sum = 0, cpu;

	kernel_only();
	for_each_possible_cpu(cpu) sum = sum * 3 + per_cpu_ptr(dev->st, cpu)->packets;
	return sum;
}

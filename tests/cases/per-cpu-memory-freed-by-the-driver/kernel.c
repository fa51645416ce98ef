// SPDX-License-Identifier: MIT
#include <linux/api.h>

long sum_of(struct nd *dev)
{
	long sum = 0, cpu;

	kernel_only();
	if (!dev->st)
		return -1;
	for_each_possible_cpu(cpu) sum = sum * 5 + per_cpu_ptr(dev->st, cpu)->packets;
	return sum;
}

// SPDX-License-Identifier: MIT
#include <linux/api.h>

long sum_of(struct nd *dev)
{
	long sum = 0, cpu;

	kernel_only();
	for_each_possible_cpu(cpu)
	{
		const struct pcp *its = per_cpu_ptr(dev->pcp, cpu);

		for (int i = 0; i < 3; i++)
			sum = sum * 3 + its->counts[i];
		sum += its->ring.head * 1000 + its->ring.tail;
	}
	return sum;
}

// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int scenario(void)
{
	struct nd *dev = kzalloc(sizeof(*dev), 0);
	int round;

	for (round = 0; round < 3; round++) {
		dev->st = alloc_percpu(struct pst);
		per_cpu_ptr(dev->st, round)->packets = round + 1;
		report(sum_of(dev));
		free_percpu(dev->st);
		dev->st = NULL;
		report(sum_of(dev));
	}
	return 0;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);

// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int scenario(void)
{
	struct nd *dev = kzalloc(sizeof(*dev), 0);

	percpu_counter_init(&dev->used, 100);
	percpu_counter_add(&dev->used, 3);
	percpu_counter_add(&dev->used, 40);
	report(dev->used.count);
	report(percpu_counter_sum(&dev->used));
	percpu_counter_destroy(&dev->used);
	return 0;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);

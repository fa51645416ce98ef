// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_init(void)
{
	struct class *cls = class_create(3);
	struct device *a, *b;

	if (!cls)
		return -1;
	a = device_create(cls, NULL, 5, NULL, "x%d", 12);
	b = device_create(cls, a, 6, NULL, "x%d", 13);
	if (!a || !b)
		return -1;
	report(a->name);
	report(b->name);
	report(device_sum(b));
	return 0;
}

module_init(x_init);

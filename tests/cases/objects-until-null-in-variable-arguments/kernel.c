// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct device *all[4];
static int count;

int register_device(struct device *d)
{
	kernel_only();
	all[count++] = d;
	return 0;
}

static int known(struct device *d)
{
	for (int i = 0; i < count; i++)
		if (all[i] == d)
			return i + 1;
	return 0;
}

int kadd(int by, ...)
{
	__builtin_va_list list;
	struct device *d;
	int sum = 0;

	kernel_only();
	__builtin_va_start(list, by);
	while ((d = __builtin_va_arg(list, struct device *))) {
		sum += known(d) + d->level;
		d->level += by;
	}
	__builtin_va_end(list);
	return sum;
}

// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct device *only;

int register_device(struct device *d)
{
	kernel_only();
	only = d;
	return 0;
}

int kset(struct device *d, ...)
{
	__builtin_va_list list;
	int key, count = 0;

	kernel_only();
	__builtin_va_start(list, d);
	while ((key = __builtin_va_arg(list, int))) {
		if (key == key_level) {
			d->level = __builtin_va_arg(list, int);
		} else {
			struct device *other = __builtin_va_arg(list, struct device *);

			other->level = d->level + 1;
			other->seen = 9;
		}
		count++;
	}
	__builtin_va_end(list);
	return count + (d == only);
}

// SPDX-License-Identifier: MIT
#include <linux/api.h>

int kadd(int count, ...)
{
	__builtin_va_list list;
	int i, sum = 0;

	kernel_only();
	__builtin_va_start(list, count);
	for (i = 0; i < count; i++) {
		struct device *d = __builtin_va_arg(list, struct device *);

		sum += d->level;
		d->level += 3;
		d->mode = i + 5;
	}
	__builtin_va_end(list);
	return sum;
}

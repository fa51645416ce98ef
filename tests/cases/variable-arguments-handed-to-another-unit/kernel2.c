// SPDX-License-Identifier: MIT
#include <linux/api.h>

int vmove(int by, __builtin_va_list list)
{
	struct device *d = __builtin_va_arg(list, struct device *);

	d->level += by;
	return d->mode;
}

// SPDX-License-Identifier: MIT
#include <linux/api.h>

int vmove(int by, __builtin_va_list list);

int register_device(struct device *d)
{
	kernel_only();
	d->level += 2;
	return 5;
}

int kmove(int by, ...)
{
	__builtin_va_list list;
	int same;

	kernel_only();
	__builtin_va_start(list, by);
	same = vmove(by, list);
	__builtin_va_end(list);
	return same;
}

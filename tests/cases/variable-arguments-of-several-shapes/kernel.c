// SPDX-License-Identifier: MIT
#include <linux/api.h>

int register_device(struct device *d)
{
	kernel_only();
	d->level += 2;
	return 5;
}

int kva(const char *f, ...)
{
	__builtin_va_list list;

	kernel_only();
	__builtin_va_start(list, f);
	__builtin_va_arg(list, struct device *)->level = 4;
	__builtin_va_end(list);
	return 0;
}

int kother(const char *f, ...)
{
	__builtin_va_list list;

	kernel_only();
	__builtin_va_start(list, f);
	__builtin_va_arg(list, struct device *)->level = 4;
	__builtin_va_end(list);
	return 0;
}

int kmany(int count, ...)
{
	__builtin_va_list list;

	kernel_only();
	__builtin_va_start(list, count);
	while (count--)
		__builtin_va_arg(list, struct device *)->level = 4;
	__builtin_va_end(list);
	return 0;
}

int kuntil(int by, ...)
{
	__builtin_va_list list;
	struct device *d;

	kernel_only();
	__builtin_va_start(list, by);
	while ((d = __builtin_va_arg(list, struct device *)))
		d->level += by;
	__builtin_va_end(list);
	return 0;
}

int kelsewhere(struct device *d, ...)
{
	__builtin_va_list list;
	u32 i;

	kernel_only();
	__builtin_va_start(list, d);
	for (i = 0; i < d->seen; i++)
		d->level += __builtin_va_arg(list, int);
	__builtin_va_end(list);
	return 0;
}

// SPDX-License-Identifier: MIT
#include <linux/api.h>

static void (*done)(struct device *d, int by);
static struct device *data;
static int all;

int kstart(int by, ...)
{
	__builtin_va_list list;

	kernel_only();
	__builtin_va_start(list, by);
	done = __builtin_va_arg(list, void (*)(struct device *, int));
	data = __builtin_va_arg(list, struct device *);
	__builtin_va_end(list);
	all = by;
	return data->level;
}

int kfinish(void)
{
	kernel_only();
	data->level += 100;
	done(data, all);
	return data->level;
}

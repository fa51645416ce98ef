// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct device one;

static int x_tell(struct device *d, int what, ...)
{
	__builtin_va_list list;
	struct device *other;

	__builtin_va_start(list, what);
	other = __builtin_va_arg(list, struct device *);
	other->level += what + __builtin_va_arg(list, int);
	__builtin_va_end(list);
	return d->mode + other->mode;
}

static int x_init(void)
{
	one.tell = x_tell;
	one.mode = 3;
	report(register_device(&one));
	return 0;
}

module_init(x_init);

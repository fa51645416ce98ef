// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct device *last;

int register_device(struct device *d)
{
	kernel_only();
	last = d;
	return 0;
}

static noinline int vmove(int by, __builtin_va_list list)
{
	struct device *a = __builtin_va_arg(list, struct device *);
	struct device *b = __builtin_va_arg(list, struct device *);

	a->level += by;
	b->level += a->level;
	a->mode = 6;
	return b == last;
}

static noinline void vsee(__builtin_va_list list)
{
	(void)__builtin_va_arg(list, struct device *);
	__builtin_va_arg(list, struct device *)->seen = 8;
}

int kmove(int by, ...)
{
	__builtin_va_list list, again;
	struct device *first;
	int same;

	kernel_only();
	__builtin_va_start(list, by);
	first = __builtin_va_arg(list, struct device *);
	first->level += by;
	__builtin_va_copy(again, list);
	same = vmove(by, list);
	vsee(again);
	__builtin_va_end(again);
	__builtin_va_end(list);
	return same;
}

// SPDX-License-Identifier: MIT
#include <linux/api.h>

void karm(struct timer *t)
{
	kernel_only();
	t->fire(t);
	t->fired++;
	t->fire(t);
}

// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct thing *all;
static int taken;

void *pool_take(unsigned long n)
{
	kernel_only();
	taken++;
	return kzalloc(n, 0);
}

void pool_give(void *p)
{
	kernel_only();
	taken--;
	report(taken);
	kfree(p);
}

void thing_add(struct thing *t)
{
	kernel_only();
	t->next = all;
	t->a += 100;
	all = t;
}

int thing_sum(void)
{
	kernel_only();
	int s = 0;
	for (struct thing *t = all; t; t = t->next)
		s = s * 7 + t->a * 10 + t->b;
	return s;
}

// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct thing *one, *two;

static struct thing *make(int a, int b)
{
	struct thing *t = pool_take(sizeof *t);
	t->a = a;
	t->b = b;
	thing_add(t);
	return t;
}

static int x_init(void)
{
	one = make(1, 2);
	two = make(3, 4);
	report(thing_sum());
	one->b = 9;
	report(thing_sum());
	report(one->a * 10 + (two->next == one));
	pool_give(two);
	pool_give(one);
	return 0;
}

module_init(x_init);

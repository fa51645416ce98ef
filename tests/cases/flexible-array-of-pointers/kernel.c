// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct set *the;
static int (*f)(struct set *);

static int go(void)
{
	int r = 0;
	for (u32 i = 0; i < the->n; i++) {
		the->items[i]->hits += i + 1;
		r += the->items[i]->id * (i + 1);
	}
	return r * 1000 + f(the);
}

int set_add(struct set *s, int (*cb)(struct set *s))
{
	kernel_only();
	the = s;
	f = cb;
	return go();
}

int later(void)
{
	return go();
}

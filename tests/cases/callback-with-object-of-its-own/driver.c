// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct ctx {
	int sum;
	struct ctx *next;
};

static int cb(void *data, int v)
{
	struct ctx *c = data;
	c->sum += v;
	return c->next ? cb(c->next, v + 1) : c->sum;
}

static int scenario(void)
{
	static struct ctx a;
	struct ctx *b = kzalloc(sizeof *b, 0);
	a.next = b;
	kadd(cb, &a);
	kadd(cb, b);
	int n = 5;
	kadd((fn)cb, b);
	return kfire(n) * 100 + a.sum * 10 + b->sum;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);

// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct my {
	u32 seen;
	struct nb nb;
};

static int x_call(struct nb *n, unsigned long ev, void *data)
{
	struct my *m = container_of(n, struct my, nb);
	m->seen++;
	if (ev == 1) {
		struct ev_a *a = data;
		a->x += m->seen;
		*a->y += 10;
		return 1;
	}
	if (ev == 2) {
		struct ev_b *b = data;
		b->r = b->name[1];
		return 2;
	}
	return 0;
}
static struct my M = {.nb = {.call = x_call, .prio = 5}};

static int scenario(void)
{
	chain_add(&M.nb);
	int r = fire(1) * 10 + fire(2);
	return r * 100 + M.seen;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);

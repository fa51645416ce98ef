// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct bus bus0 = {.name = "bus0"};

struct bus *bus_get(void)
{
	kernel_only();
	return &bus0;
}

int bus_add(struct bus *b, struct child *c)
{
	kernel_only();
	c->bus = b;
	if (b->n % 100)
		c->sibling = b->kids[0];
	b->kids[b->n++ % 100] = c;
	return c->probe(c);
}

int later(void)
{
	struct child *a = bus0.kids[0], *b = bus0.kids[1];
	a->id = 5;
	int r = b->probe(b);
	report(a->state);
	report(b->state);
	report(bus0.n);
	return r + (a->sibling == b) + (b->sibling == a);
}

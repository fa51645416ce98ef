// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_probe(struct child *c)
{
	if (c->sibling)
		c->sibling->state += 10 + c->id;
	c->bus->n += 100;
	c->state++;
	return c->bus->kids[0]->id + c->bus->name[0];
}
static struct child A = {.id = 1, .probe = x_probe}, B = {.id = 2, .probe = x_probe};

static int scenario(void)
{
	struct bus *b = bus_get();
	int r = bus_add(b, &A);
	A.sibling = &B;
	r = r * 7 + bus_add(b, &B);
	return r * 7 + A.state + B.state * 100 + b->n;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);

// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int seen;

static void visit(struct obj *o, int depth)
{
	seen = seen * 3 + o->id + depth;
	if (o->n && o->link[0]->id == 4)
		o->link[0]->id = 14;
}

static struct obj *mk(int id)
{
	struct obj *o = kzalloc(sizeof *o, 0);
	o->id = id;
	o->visit = visit;
	return o;
}

static int scenario(void)
{
	struct obj *a = mk(1), *b = mk(2), *c = mk(3), *d = mk(4);
	a->link[a->n++] = b;
	a->link[a->n++] = c;
	b->link[b->n++] = d;
	c->link[c->n++] = d;
	kroot(a);
	kwalk(3);
	struct obj *f = kfind(14);
	f->id++;
	return seen * 10 + (f == d);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);

// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct el {
	u32 n;
	u32 uses;
	struct owner *o;
};

struct owner {
	u32 made, freed;
	u32 size;
} O = {0, 0, sizeof(struct el)};

static void *al(u32 flags, void *data)
{
	struct owner *o = data;
	struct el *e = kzalloc(o->size, flags);
	e->n = ++o->made;
	e->o = o;
	return e;
}

static void fr(void *p, void *data)
{
	struct owner *o = data;
	o->freed++;
	kfree(p);
}

static int x_init(void)
{
	struct pool *p = pool_create(2, al, fr, &O);
	struct el *a = pool_get(p), *b = pool_get(p), *c = pool_get(p);
	a->uses += 3;
	report(a->n * 100 + b->n * 10 + (c ? c->n : 0));
	pool_put(p, a);
	a = pool_get(p);
	report(a->uses + a->o->made * 10);
	pool_put(p, a);
	pool_put(p, b);
	if (c)
		pool_put(p, c);
	pool_destroy(p);
	report(O.made * 10 + O.freed);
	return 0;
}

module_init(x_init);

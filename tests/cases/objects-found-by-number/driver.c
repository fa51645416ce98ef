// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct sess {
	u32 n;
	struct sess *peer;
};

static int x_each(int id, void *p, void *data)
{
	struct sess *s = p;
	u64 *sum = data;
	s->n += id;
	*sum += s->n;
	return 0;
}

static int scenario(void)
{
	struct sess *a = kzalloc(sizeof *a, 0), *b = kzalloc(sizeof *b, 0);
	a->n = 5;
	b->n = 7;
	a->peer = b;
	b->peer = a;
	int ia = idr_put(a), ib = idr_put(b);
	u64 sum = 0;
	idr_each(x_each, &sum);
	struct sess *f = idr_find(ib);
	report(f == b);
	report(f->peer == a);
	report(f->n);
	report(idr_find(ia + 10) == NULL);
	f = idr_del(ia);
	report(f == a);
	kfree(f);
	idr_each(x_each, &sum);
	return sum;
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);

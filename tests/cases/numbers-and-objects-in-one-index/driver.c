// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct x_object {
	u32 id, hits;
	struct x_object *link;
};

static struct xarray index;

static struct x_object *x_new(u32 min)
{
	struct x_object *o = kzalloc(sizeof(*o), 0);

	if (xa_alloc(&index, &o->id, o, min)) {
		kfree(o);
		return NULL;
	}
	return o;
}

static long x_event(u32 id, u32 arg)
{
	void *entry = xa_load(&index, id);
	struct x_object *o;

	if (!entry)
		return -2;
	if (xa_is_value(entry)) {
		entry = xa_store(&index, id, xa_mk_value(xa_to_value(entry) + arg));
		return xa_to_value(entry);
	}
	o = entry;
	o->hits += arg;
	if (o->hits < 10)
		return o->hits;
	if (o->link)
		o->link->hits++;
	if (xa_erase(&index, id) != o)
		return -5;
	kfree(o);
	xa_store(&index, id, xa_mk_value(arg));
	return 1000;
}

static long x_sum(void)
{
	unsigned long at = 0;
	long sum = 0;
	void *entry;

	for (entry = xa_find(&index, &at); entry; at++, entry = xa_find(&index, &at)) {
		if (xa_is_value(entry))
			sum += xa_to_value(entry) * 1000;
		else
			sum += ((struct x_object *)entry)->hits + at * 10;
	}
	return sum;
}

static long x_any(u32 id, u32 arg)
{
	return arg ? x_event(id, arg) : x_sum() * 10 + index.count;
}

static int x_init(void)
{
	struct x_object *a = x_new(2), *b = x_new(2);

	xa_store(&index, 0, xa_mk_value(77));
	b->link = a;
	report(a->id * 10 + b->id);
	report(x_new(7)->id);
	report(x_new(7) == NULL);
	report(x_sum());
	report(index.count);
	on_event(x_any);
	return 0;
}

module_init(x_init);

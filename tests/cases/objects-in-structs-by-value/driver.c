// SPDX-License-Identifier: MIT
#include <linux/api.h>

static noinline void raise(struct request *r)
{
	r->d->flags += r->value;
}

u32 x_set(struct request r)
{
	struct request found;

	raise(&r);
	r.value += 2;
	kernel_set(r);
	found = kernel_find(r.d->mode);
	found.d->flags += found.value;
	return r.d->level + found.value;
}

u32 x_large(u32 a, struct large l)
{
	l.r.d->flags += l.before;
	return a + l.name[0];
}

static const struct ops x_ops = {.set = x_set, .large = x_large};

static int scenario(void)
{
	struct device *d = kzalloc(sizeof *d, 0);
	if (!d)
		return -1;
	d->ops = &x_ops;
	return register_device(d);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}
module_init(x_init);

// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct device *only;

int register_device(struct device *d)
{
	struct request r = {d, 3};
	struct large l = {1000, {d, 5}, "a name"};
	u32 result;

	kernel_only();
	only = d;
	d->mode = 7;
	result = d->ops->set(r);
	report(result);
	report(d->ops->large(11, l));
	report(d->level);
	return d->flags;
}

u32 kernel_set(struct request r)
{
	kernel_only();
	r.d->level = r.value * 10 + r.d->flags;
	return 0;
}

struct request kernel_find(u32 value)
{
	struct request r = {only, value};

	kernel_only();
	return r;
}

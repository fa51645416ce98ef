// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dv *registered;

struct dv *kalloc_dv(void)
{
	kernel_only();
	struct dv *d = kzalloc(sizeof *d, 0);
	d->level = 3;
	return d;
}

int kreg(struct dv *d)
{
	kernel_only();
	registered = d;
	return d->level;
}

int later(void)
{
	kernel_only();
	struct dv *d = registered;
	return d->ops->get(d) + d->ops->flags + d->label[0];
}

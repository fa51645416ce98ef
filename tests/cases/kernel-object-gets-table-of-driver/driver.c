// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u32 x_get(struct dv *d)
{
	return d->level + 4;
}

static const struct dv_ops x_ops = {.flags = 16, .get = x_get};

static int x_init(void)
{
	struct dv *d = kalloc_dv();

	d->ops = &x_ops;
	d->label = "x";
	report(kreg(d));
	return 0;
}
module_init(x_init);

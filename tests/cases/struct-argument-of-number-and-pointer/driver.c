// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct change {
	u64 step;
	struct dv *d;
};

static noinline void x_change(struct change c)
{
	c.d->level += c.step;
}

static int x_cb(struct dv *d, struct dv *e)
{
	struct change c = {e->level, d->next};
	x_change(c);
	return 0;
}

static int x_init(void)
{
	report(kreg(x_cb));
	return 0;
}

module_init(x_init);

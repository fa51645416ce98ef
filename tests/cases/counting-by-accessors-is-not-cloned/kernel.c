// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dv D;

int ktick(struct dv *d)
{
	kernel_only();
	spin_lock(&d->lock);
	d->level++;
	d->seen = d->level;
	spin_unlock(&d->lock);
	return 0;
}

int kreg(int (*f)(struct dv *d))
{
	kernel_only();
	return f(&D);
}

static u32 get_seen(struct dv *d)
{
	return d->seen;
}

static void set_seen(struct dv *d, u32 seen)
{
	d->seen = seen;
}

void kinc(struct dv *d)
{
	set_seen(d, get_seen(d) + 1);
}

int later(void)
{
	kernel_only();
	kinc(&D);
	return D.seen;
}

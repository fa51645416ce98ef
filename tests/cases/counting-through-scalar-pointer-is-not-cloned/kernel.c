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

static void count(u32 *number)
{
	++*number;
}

void kinc(struct dv *d)
{
	count(&d->seen);
}

int later(void)
{
	kernel_only();
	kinc(&D);
	return D.seen;
}

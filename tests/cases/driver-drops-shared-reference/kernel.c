// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dv D = { .refs = { 1 } };

void kget(struct dv *d)
{
	kernel_only();
	d->refs.counter++;
	d->owner = 2;
}

int kreg(int (*f)(struct dv *d))
{
	kernel_only();
	return f(&D) * 100 + D.refs.counter * 10 + D.level;
}

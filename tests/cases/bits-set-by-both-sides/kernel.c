// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dv D = { .state = 8, .mode = 1 };

void kpoke(struct dv *d)
{
	kernel_only();
	set_bit(5, &d->state);
	d->mode |= 2;
}

int kreg(int (*f)(struct dv *d))
{
	kernel_only();
	f(&D);
	return D.state * 100 + D.mode;
}

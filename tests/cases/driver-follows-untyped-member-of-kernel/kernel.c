// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct state S = {1, 40};

int kadd(struct dev *d)
{
	kernel_only();
	d->platform = &S;
	int r = d->open(d);
	S.limit = 5;
	r += d->open(d);
	return r + S.level * 1000;
}

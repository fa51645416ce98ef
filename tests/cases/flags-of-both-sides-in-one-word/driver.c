// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_cb(struct dev *d)
{
	d->up = 1;
	d->mode = 5;
	kpoke();
	d->mode |= 2;
	d->up = 0;
	return d->busy * 10 + d->count;
}

static int scenario(void)
{
	return kreg(x_cb);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);

// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_cb(struct dv *d)
{
	atomic_inc(&d->users);
	d->packets += 3;
	kpoke();
	atomic_inc(&d->users);
	d->packets++;
	atomic_set(&d->resets, 2);
	return 0;
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

// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_cb(struct dv *d)
{
	kget(d);
	if (atomic_dec_and_test(&d->refs))
		d->level = 9;
	return xchg32(&d->owner, 3);
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

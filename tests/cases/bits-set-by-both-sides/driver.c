// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_cb(struct dv *d)
{
	set_bit(0, &d->state);
	d->mode |= 4;
	kpoke(d);
	clear_bit(3, &d->state);
	d->mode &= ~1;
	d->mode += 16;
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

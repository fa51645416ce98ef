// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_cb(struct dev *d)
{
	d->users++;
	d->level -= 3;
	kpoke();
	d->users += 2;
	d->level--;
	report(d->users * 1000 + d->level);
	d->rest = d->users;
	return d->state;
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

// SPDX-License-Identifier: MIT
#include <linux/api.h>

/* How often a step answered what no step could. */
static int x_cb(struct dv *d)
{
	int wrong = 0, last = 0, i, now;

	for (i = 0; i < 3000; i++) {
		now = atomic_inc_return(&d->users);
		wrong += now <= last;
		last = now;
		wrong += test_and_set_bit(64 + d->level, d->state);
		wrong += !test_and_clear_bit(64 + d->level, d->state);
	}
	return wrong;
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

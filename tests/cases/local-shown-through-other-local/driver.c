// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_cb(struct dv *d)
{
	struct slot slot = {d};
	struct req r = {&slot, 4};
	ksubmit(&r);
	slot.d->level += 5;
	return 0;
}

static int x_init(void)
{
	report(kreg(x_cb));
	return 0;
}

module_init(x_init);

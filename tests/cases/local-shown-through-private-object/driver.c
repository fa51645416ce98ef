// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct req *request;

static noinline void x_put(struct slot *slot)
{
	request->slot = slot;
}

static int x_cb(struct dv *d)
{
	struct slot slot = {d};
	x_put(&slot);
	ksubmit(request);
	slot.d->level += 5;
	return 0;
}

static int x_init(void)
{
	request = kzalloc(sizeof *request, 0);
	request->command = 4;
	report(kreg(x_cb));
	return 0;
}

module_init(x_init);

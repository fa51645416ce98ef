// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct ctx {
	u32 depth;
	struct slot slot;
};

struct x_helpers {
	void (*none)(struct ctx *c);
	void (*keep)(struct ctx *c);
};
extern const struct x_helpers x_helpers[2];

static int x_cb(struct dv *d)
{
	struct ctx c = {1, {d, 4}};
	x_helpers[c.depth].keep(&c);
	c.slot.command = 6;
	kturn();
	c.slot.d->level += 5;
	return 0;
}

static int x_init(void)
{
	report(kreg(x_cb));
	return 0;
}

module_init(x_init);

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

static void x_none(struct ctx *c)
{
	c->depth = 0;
}

static void x_keep(struct ctx *c)
{
	kkeep(&c->slot);
}

const struct x_helpers x_helpers[2] = {{x_none, x_none}, {x_none, x_keep}};

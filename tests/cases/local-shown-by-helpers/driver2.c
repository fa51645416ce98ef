// SPDX-License-Identifier: MIT
#include <linux/api.h>

void x_fill(struct req *r, struct slot *slot);
void x_pass(struct req *r, int depth);

noinline void x_fill(struct req *r, struct slot *slot)
{
	r->slot = slot;
	r->command = 4;
}

static noinline void x_send(struct req *r)
{
	ksubmit(r);
}

noinline void x_pass(struct req *r, int depth)
{
	if (depth)
		x_pass(r, depth - 1);
	else
		x_send(r);
}

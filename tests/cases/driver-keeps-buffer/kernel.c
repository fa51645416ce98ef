// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct ops *o;
static u8 mem[6] = {1, 2, 3};

void kreg(const struct ops *p)
{
	kernel_only();
	o = p;
	o->attach(mem, 6);
	mem[4] = 9;
}

int later(void)
{
	int r = o->run();
	mem[5] = 7;
	r = r * 100 + mem[1];
	return r * 100 + o->run();
}

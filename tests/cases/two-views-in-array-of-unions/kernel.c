// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u8 b[2] = {3, 0xff};

int kctl(struct ctl *c)
{
	kernel_only();
	c->c[0].type = 0;
	c->c[0].u.range.lo = 5;
	c->c[0].u.range.hi = 50;
	c->c[1].type = 1;
	c->c[1].u.map.mask = 0x3c;
	c->c[1].u.map.bits = b;
	int r = c->set(c);
	return r * 10 + c->c[0].u.range.lo;
}

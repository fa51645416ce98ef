// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int set(struct ctl *c)
{
	int r = 0;
	for (int i = 0; i < 2; i++) {
		if (c->c[i].type == 0) {
			r += c->c[i].u.range.hi - c->c[i].u.range.lo;
			c->c[i].u.range.lo++;
		} else {
			r += c->c[i].u.map.bits[1] & c->c[i].u.map.mask;
		}
	}
	return r;
}
static struct ctl C = {.set = set};

static int x_init(void)
{
	report(kctl(&C));
	report(C.c[0].u.range.lo);
	return 0;
}

module_init(x_init);

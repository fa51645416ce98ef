// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct ops *o;
static char dyn[8] = "dyn";

void kreg(const struct ops *p)
{
	kernel_only();
	o = p;
	o->name("alpha");
	o->name(dyn);
}

int later(void)
{
	int r = o->sum();
	o->name("be");
	return r + o->sum();
}

// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct loader *the;
static struct blob B;

int loader_add(struct loader *l)
{
	kernel_only();
	u8 *d = kzalloc(200, 0);
	d[0] = 40;
	d[40] = 90;
	d[41] = 3;
	d[90] = 198;
	d[91] = 5;
	d[199] = 11;
	B.size = 200;
	B.data = d;
	the = l;
	l->blob = &B;
	return l->load(l);
}

int later(void)
{
	((u8 *)B.data)[199] = 12;
	return the->load(the);
}

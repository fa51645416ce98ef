// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct ndev *the;

int ndev_add(const struct nops *o)
{
	kernel_only();
	the = kzalloc(sizeof *the, 0);
	the->addr = kzalloc(6, 0);
	the->len = 6;
	the->ops = o;
	for (int i = 0; i < 6; i++)
		the->addr[i] = 16 + i;
	return o->open(the);
}

int later(void)
{
	int r = the->ops->check(the, 2);
	the->addr[3] = 99;
	return r * 10000 + the->ops->check(the, 3);
}

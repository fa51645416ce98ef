// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int h;

int kwrite(const struct reg *r, u32 n)
{
	kernel_only();
	for (u32 i = 0; i < n; i++)
		h = h * 3 + r[i].addr + r[i].val;
	return h & 1023;
}

int kchip(struct chip *c)
{
	kernel_only();
	c->log += 3;
	int r = c->probe(c);
	for (u32 i = 0; i < c->init.num; i++)
		r += c->init.regs[i].val;
	for (u32 i = 0; i < c->sleep.num; i++)
		r += 5 * c->sleep.regs[i].val + c->sleep.regs[i].addr;
	return r;
}

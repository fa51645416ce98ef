// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct reg up[] = {{1, 2}, {3, 4}, {5, 6}};
static struct reg down[2];

static int probe(struct chip *c)
{
	down[0].addr = 9;
	down[1].val = c->log;
	c->sleep.regs = down;
	c->sleep.num = 2;
	return kwrite(up + 1, 2) + kwrite(down, 1);
}
static struct chip C = {.init = {up, 3}, .probe = probe};

static int x_init(void)
{
	report(kchip(&C));
	down[0].val = 30;
	report(kchip(&C));
	return 0;
}

module_init(x_init);

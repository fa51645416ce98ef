// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const unsigned char *kept;

static int x_open(struct ndev *d)
{
	kept = d->addr;
	return d->addr[5];
}

static int x_check(struct ndev *d, u32 i)
{
	return (kept == d->addr) * 1000 + d->addr[i] * 2 + kept[i];
}
static const struct nops O = {x_open, x_check};

static int x_init(void)
{
	report(ndev_add(&O));
	return 0;
}

module_init(x_init);

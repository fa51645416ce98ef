// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int go(struct dev *d)
{
	d->stats.rx += d->stats.tx;
	d->hist[d->cfg.byte[1] & 3]++;
	d->pair[1].a = d->pair[0].b + 1;
	d->cfg.byte[2] = 9;
	return d->hist[1];
}

static struct dev D = {.go = go};

static int scenario(void)
{
	D.cfg.word = 0x0100;
	D.pair[0].b = 3;
	int r = kgo(&D);
	return r * 1000 + D.stats.rx + D.pair[1].b + D.cfg.byte[3];
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);

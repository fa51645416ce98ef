// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dev *k;

int kgo(struct dev *d)
{
	kernel_only();
	k = d;
	d->stats.tx = 4;
	int r = d->go(d);
	d->pair[1].b = d->pair[1].a * 2;
	d->cfg.byte[3] = d->cfg.byte[2];
	return r;
}

int later(void)
{
	k->stats.tx++;
	k->hist[1] = 40;
	int r = k->go(k);
	report(k->cfg.word);
	report(k->pair[1].a);
	return r + k->stats.rx;
}

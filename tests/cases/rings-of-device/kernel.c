// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dev *the;

void dev_register(struct dev *d)
{
	kernel_only();
	the = d;
}

static void drain(struct dev *d)
{
	while (d->tx->tail != d->tx->head)
		report(d->tx->slot[d->tx->tail++ % 8]);
}

void dev_kick(struct dev *d)
{
	kernel_only();
	for (int i = 0; i < 5; i++)
		d->rx.slot[d->rx.head++ % 8] = i * 3 + 1;
	d->poll(d, 3);
	drain(d);
}

int later(void)
{
	the->rx.slot[the->rx.head++ % 8] = 77;
	the->poll(the, 10);
	drain(the);
	return the->sum;
}

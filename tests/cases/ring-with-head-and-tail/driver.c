// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u32 tx[8], rx[4];

static void x_kick(struct queue *q)
{
	while (q->rx.tail != q->rx.head) {
		u32 v = q->rx.slots[q->rx.tail & q->rx.mask];
		q->rx.tail++;
		q->tx.slots[q->tx.head & q->tx.mask] = v * 2;
		q->tx.head++;
	}
}
static struct queue Q = {{.mask = 7, .slots = tx}, {.mask = 3, .slots = rx}, x_kick};

static int scenario(void)
{
	for (u32 i = 0; i < 5; i++)
		Q.tx.slots[Q.tx.head++ & Q.tx.mask] = 10 + i;
	int r = queue_add(&Q);
	Q.tx.slots[Q.tx.head++ & Q.tx.mask] = 100;
	return r * 1000 + queue_drain();
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);

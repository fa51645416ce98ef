// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_kick(struct queue *q, u32 n)
{
	int sum = 0;
	while (n--) {
		struct desc *d = &q->ring[q->next & 7];
		sum += d->addr + d->len;
		d->flags |= 2;
		q->next++;
	}
	return sum;
}
static struct queue Q = {.kick = x_kick};

static int x_init(void)
{
	report(queue_add(&Q));
	return 0;
}

module_init(x_init);

// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct queue *the;

static int kick(u32 n)
{
	int r = the->kick(the, n);
	u32 flags = 0;
	for (int i = 0; i < 8; i++)
		flags = flags * 4 + the->ring[i].flags;
	report(flags);
	return r;
}

int queue_add(struct queue *q)
{
	kernel_only();
	the = q;
	q->ring = kzalloc(8 * sizeof(*q->ring), 0);
	for (int i = 0; i < 8; i++) {
		q->ring[i].addr = 100 * i;
		q->ring[i].len = i;
		q->ring[i].flags = 1;
	}
	return kick(3);
}

int later(void)
{
	the->ring[3].addr = 7;
	return kick(5);
}

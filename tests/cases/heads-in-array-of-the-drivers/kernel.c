// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct queue *queues[2];
static u32 count;

static u32 sum(struct queue *q)
{
	u32 all = 0;
	for (struct list_head *l = q->jobs.next; l != &q->jobs; l = l->next)
		all = all * 7 + container_of(l, struct job, link)->cost++;
	return all;
}

u32 queue_settle(void)
{
	kernel_only();
	u32 all = 0;
	for (u32 i = 0; i < count; i++)
		all += queues[i]->total = sum(queues[i]);
	return all;
}

int queue_add(struct queue *q)
{
	kernel_only();
	queues[count++] = q;
	q->total = sum(q);
	return q->id;
}

int later(void)
{
	return queue_settle();
}

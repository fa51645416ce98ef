// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct queue *queue;

void kqueue(struct queue *q)
{
	kernel_only();
	queue = q;
}

int later(void)
{
	u32 size = 5;
	int status = queue->setup(queue, 1, &size);

	report(size);
	return status + queue->calls;
}

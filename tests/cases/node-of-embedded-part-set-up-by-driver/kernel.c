// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct list_head queue = {&queue, &queue};

int kqueue(struct work *work)
{
	kernel_only();
	if (work->entry.next != &work->entry)
		return 2;
	work->entry.next = &queue;
	work->entry.prev = queue.prev;
	queue.prev->next = &work->entry;
	queue.prev = &work->entry;
	return 1;
}

int later(void)
{
	int runs = 0;

	kernel_only();
	while (queue.next != &queue) {
		struct work *work = container_of(queue.next, struct work, entry);

		queue.next = work->entry.next;
		queue.next->prev = &queue;
		list_init(&work->entry);
		work->fn(work);
		runs++;
	}
	return runs;
}

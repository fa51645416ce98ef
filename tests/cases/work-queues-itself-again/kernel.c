// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct work *first;

int kschedule(struct work *work)
{
	kernel_only();
	if (work->pending)
		return 0;
	work->pending = 1;
	work->next = first;
	first = work;
	return 1;
}

int later(void)
{
	int runs = 0;

	kernel_only();
	while (first) {
		struct work *work = first;

		first = work->next;
		work->pending = 0;
		work->fn(work);
		runs++;
	}
	return runs;
}

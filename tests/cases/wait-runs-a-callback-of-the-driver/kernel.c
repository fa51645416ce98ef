// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct waiter *pending;

void ksubmit(struct waiter *waiter)
{
	kernel_only();
	pending = waiter;
}

void kwait(struct waiter *waiter)
{
	kernel_only();
	if (pending == waiter) {
		pending = NULL;
		waiter->result = 4;
		waiter->complete(waiter);
	}
}

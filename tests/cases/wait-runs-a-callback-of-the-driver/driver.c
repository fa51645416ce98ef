// SPDX-License-Identifier: MIT
#include <linux/api.h>

struct transfer {
	struct waiter waiter;
	u32 bytes;
	u32 finished;
};

static void complete(struct waiter *waiter)
{
	struct transfer *transfer = container_of(waiter, struct transfer, waiter);

	transfer->finished = transfer->bytes + waiter->result;
	waiter->done = 1;
}

static int transfer(u32 bytes)
{
	struct transfer local = {.waiter.complete = complete, .bytes = bytes};

	ksubmit(&local.waiter);
	while (!local.waiter.done)
		kwait(&local.waiter);
	return local.finished * 10 + local.waiter.result;
}

static int scenario(void)
{
	report(transfer(100));
	return transfer(7);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);

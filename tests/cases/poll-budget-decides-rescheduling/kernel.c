// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct knapi *list;
static struct knetif *seen;
static u32 done;

int knapi_schedule(struct knapi *napi)
{
	kernel_only();
	if (napi->scheduled++)
		return 0;
	napi->next = list;
	list = napi;
	return 1;
}

void knapi_complete(struct knapi *napi, int work)
{
	kernel_only();
	napi->scheduled = 0;
	done = done * 10 + work;
}

void knetif_receive(struct knetif *dev, u32 length)
{
	kernel_only();
	seen = dev;
	dev->packets++;
	dev->bytes += length;
}

int ksoftirq(int budget)
{
	kernel_only();
	while (list && budget > 0) {
		struct knapi *napi = list;
		int work;
		napi->polls++;
		work = napi->poll(napi, napi->weight);
		budget -= work;
		if (work < napi->weight)
			list = napi->next;
	}
	return list ? list->weight : 0;
}

int later(void)
{
	int left = ksoftirq(3);
	kernel_only();
	ksoftirq(100);
	return left * 100000 + seen->bytes * 10 + done;
}

// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct dev D = {{1, 2, 3, 4}, {5, 6}};

void kpoke(void)
{
	kernel_only();
	D.counts[1] += 100;
	D.counts[2] += 200;
	D.total.packets += 1000;
	D.queues[2].stats.bytes += 10;
	D.queues[0].stats.packets += 7;
}

int kreg(int (*f)(struct dev *d))
{
	kernel_only();
	f(&D);
	report(D.counts[0] + D.counts[1] * 10 + D.counts[2] * 100000 + D.counts[3]);
	report(D.total.packets * 100 + D.total.bytes);
	return D.queues[2].stats.bytes * 100 + D.queues[0].stats.packets;
}

// SPDX-License-Identifier: MIT
#include <linux/api.h>

static int x_cb(struct dev *d)
{
	d->counts[1] += 3;
	d->counts[3]++;
	d->total.packets++;
	d->queues[2].stats.bytes += 5;
	kpoke();
	d->counts[1]++;
	d->counts[2]++;
	d->total.bytes += 2;
	d->total.packets++;
	d->queues[2].stats.bytes++;
	d->queues[0].stats.packets++;
	return 0;
}

static int scenario(void)
{
	return kreg(x_cb);
}

static int x_init(void)
{
	report(scenario());
	return 0;
}

module_init(x_init);

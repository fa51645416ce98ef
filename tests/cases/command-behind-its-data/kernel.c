// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct clockdev *dev;

u64 clockdev_add(struct clockdev *c)
{
	struct rate rate = {.hz = 7};

	kernel_only();
	dev = c;
	return c->notify(&rate, c, 0x8000000000000001ull) * 100 + rate.exact;
}

int clockdev_set(void *data, const char *why, struct clockdev *c, u8 key)
{
	struct rate *rate = data;
	struct gate *gate = data;

	kernel_only();
	switch (key) {
	case 'r':
		c->hz = rate->hz + why[0];
		rate->exact = c->hz * 7ull;
		return 1;
	case 'g':
		gate->locked = gate->open + why[1] % 5;
		gate->code++;
		return 2;
	}
	return -1;
}

int later(void)
{
	struct gate gate = {.open = 3, .code = 99};

	report(dev->notify(&gate, dev, 2) + gate.locked * 10);
	report(dev->notify(NULL, dev, 1));
	return dev->hz * 1000 + dev->openings;
}

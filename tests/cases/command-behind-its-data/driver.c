// SPDX-License-Identifier: MIT
#include <linux/api.h>

static u64 x_notify(void *data, struct clockdev *c, u64 event)
{
	struct rate *rate = data;
	struct gate *gate = data;

	switch (event) {
	case 0x8000000000000001ull:
		c->hz = rate->hz;
		rate->exact = rate->hz * 3ull;
		return 1;
	case 2:
		c->openings += gate->open;
		gate->locked = gate->code == 99;
		return 2;
	}
	return 0;
}

static struct clockdev dev = {.hz = 5, .notify = x_notify};

static int x_init(void)
{
	struct rate rate = {.hz = 50};
	struct gate gate = {.open = 1, .code = 4};

	report(clockdev_add(&dev));
	report(clockdev_set(&rate, "up", &dev, 'r') + rate.exact);
	report(clockdev_set(&gate, "open", &dev, 'g') + gate.locked * 10 + gate.code);
	report(clockdev_set(NULL, "none", &dev, 'x'));
	return dev.openings;
}

module_init(x_init);

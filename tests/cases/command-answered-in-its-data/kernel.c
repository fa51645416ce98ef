// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const struct meter_ops *ops;
static void *private;
static struct sensor sensors[2] = {{4, 6}, {5, 9}};

static long sample(int n, u32 channel)
{
	struct sample_query q = {&sensors[n], channel, 0, {1, 2, 3, 4}};
	long r = ops->query(private, 0x10, &q);

	report(q.value * 100 + q.raw[2] * 10 + q.raw[3]);
	return r;
}

int meter_register(const struct meter_ops *o, void *p)
{
	kernel_only();
	ops = o;
	private = p;
	return sample(0, 3);
}

int later(void)
{
	struct window_query w = {10, 30, 5};

	report(sample(1, 2));
	report(ops->query(private, 0x21, &w) + w.hits * 1000 + w.to);
	report(ops->query(private, 0x20, &w) + w.hits * 1000);
	report(ops->query(private, 0x30, &w));
	return sensors[0].gain * 100 + sensors[1].gain;
}

// SPDX-License-Identifier: MIT
#include <linux/api.h>

static const char kinds[3][8] = {"packets", "bytes", "drops"};

static void names(struct kdevice *d, u8 *to)
{
	for (u32 q = 0; q < d->queues; q++)
		for (int i = 0; i < 3; i++, to += 16)
			snprintf((char *)to, 16, "rx%u_%s", q, kinds[i]);
}

static void marks(struct kdevice *d, u8 *to)
{
	for (u32 q = 0; q < d->queues; q++, to += 8)
		memcpy(to, kinds[q % 3], 8);
}

static void values(struct kdevice *d, u64 *to)
{
	for (u32 q = 0; q < d->queues; q++)
		for (int i = 0; i < 3; i++)
			*to++ = q * 100 + i;
}

static void pairs(struct kdevice *d, u64 *to)
{
	for (u32 q = 0; q < d->queues; q++, to += 2)
		for (int i = 0; i < 2; i++)
			to[i] = q * 7 + i;
}

static const struct kops ops = {names, marks, values, pairs};
static struct kdevice device = {&ops, 3};

static int x_init(void)
{
	return kregister(&device);
}

module_init(x_init);

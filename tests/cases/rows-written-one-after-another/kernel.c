// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct kdevice *device;

int kregister(struct kdevice *d)
{
	kernel_only();
	device = d;
	return 0;
}

static void show(const u8 *from, u32 n)
{
	long sum = 0;

	for (u32 i = 0; i < n; i++)
		sum = (sum * 31 + from[i]) % 1000003;
	report(sum);
}

int later(void)
{
	u8 *names = kzalloc(device->queues * 48, 0);
	u8 *marks = kzalloc(device->queues * 8, 0);
	u64 *values = kzalloc(device->queues * 24, 0);
	u64 *pairs = kzalloc(device->queues * 16, 0);

	device->ops->names(device, names);
	show(names, device->queues * 48);
	device->ops->marks(device, marks);
	show(marks, device->queues * 8);
	device->ops->values(device, values);
	device->ops->pairs(device, pairs);
	for (u32 i = 0; i < device->queues * 3; i++)
		report(values[i]);
	for (u32 i = 0; i < device->queues * 2; i++)
		report(pairs[i]);
	kfree(names);
	kfree(marks);
	kfree(values);
	kfree(pairs);
	return 0;
}

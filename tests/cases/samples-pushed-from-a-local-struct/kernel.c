// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct iio_dev *device;
static int (*trigger)(int irq, void *poll);
static u8 ring[256];
static u32 filled;

struct iio_dev *iio_alloc(size_t private)
{
	struct iio_dev *dev = kzalloc(sizeof(*dev) + private, 0);

	kernel_only();
	dev->priv = dev + 1;
	return dev;
}

int iio_register(struct iio_dev *dev, int (*handler)(int irq, void *poll))
{
	kernel_only();
	device = dev;
	trigger = handler;
	for (int i = 0; i < dev->num_channels; i++)
		report(dev->channels[i].type * 100 + dev->channels[i].realbits +
			(dev->channels[i].extend_name ? dev->channels[i].extend_name[0] * 1000
						      : 0));
	return 0;
}

int iio_push(struct iio_dev *dev, void *data, long timestamp)
{
	kernel_only();
	*(long *)((u8 *)data + 8) = timestamp;
	memcpy(ring + filled, data, dev->scan_bytes);
	filled += dev->scan_bytes;
	return dev->scan_bytes;
}

static void run(unsigned long mask, u32 bytes, int irq, long time)
{
	struct poll_func pf = {device, time};

	device->active_scan_mask = mask;
	device->scan_bytes = bytes;
	report(trigger(irq, &pf));
}

int later(void)
{
	int val = 0, val2 = 0;
	long sum = 0;

	run(5, 16, 7, 1000000);
	run(7, 6, 9, 2000000);
	for (u32 i = 0; i < filled; i++)
		sum = (sum * 31 + ring[i]) % 1000003;
	report(sum);
	report(device->info->write_raw(device, &device->channels[2], 4, 5000, 2));
	report(device->info->write_raw(device, &device->channels[1], 9, 9, 2));
	for (int i = 0; i < 3; i++) {
		report(device->info->read_raw(device, &device->channels[i], &val, &val2, 0));
		report(val);
		report(device->info->read_raw(device, &device->channels[i], &val, &val2, 2));
		report(val * 10000 + val2);
	}
	return filled;
}

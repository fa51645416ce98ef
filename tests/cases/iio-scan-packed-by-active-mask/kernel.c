// SPDX-License-Identifier: MIT
#include <linux/api.h>

static struct iio_dev *only;
static unsigned long mask;
static int pushed;

struct iio_dev *iio_device_alloc(size_t priv)
{
	kernel_only();
	return kzalloc(sizeof(struct iio_dev) + priv, 0);
}

static int read_all(void)
{
	int sum = 0, val = 0, val2 = 0;
	for (u32 i = 0; i < 3; i++) {
		only->read_raw(only, &only->channels[i], &val, &val2);
		sum = sum * 2 + val * val2;
	}
	return sum;
}

int iio_device_register(struct iio_dev *iio)
{
	kernel_only();
	iio->active_scan_mask = &mask;
	only = iio;
	return read_all();
}

int iio_push_to_buffers(struct iio_dev *iio, const void *data)
{
	const u16 *sample = data;
	kernel_only();
	for (u32 i = 0; i < 3; i++)
		if (mask >> i & 1)
			pushed = pushed * 3 + *sample++;
	return ((const u32 *)data)[2];
}

int later(void)
{
	int sum;
	kernel_only();
	mask = 5;
	sum = only->trigger(only);
	mask = 2;
	read_all();
	sum += only->trigger(only);
	return sum * 1000 + pushed;
}

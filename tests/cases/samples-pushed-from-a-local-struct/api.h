// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct iio_dev;

struct chan_spec {
	int type, channel, scan_index;
	u8 realbits, storagebits;
	const char *extend_name;
};

struct iio_info {
	int (*read_raw)(
		struct iio_dev *dev, const struct chan_spec *chan, int *val, int *val2, long mask);
	int (*write_raw)(
		struct iio_dev *dev, const struct chan_spec *chan, int val, int val2, long mask);
};

struct iio_dev {
	const char *name;
	const struct iio_info *info;
	const struct chan_spec *channels;
	int num_channels;
	unsigned long active_scan_mask;
	u32 scan_bytes;
	void *priv;
};

struct poll_func {
	struct iio_dev *dev;
	long timestamp;
};

struct iio_dev *iio_alloc(size_t private);
int iio_register(struct iio_dev *dev, int (*handler)(int irq, void *poll));
int iio_push(struct iio_dev *dev, void *data, long timestamp);

static inline void *iio_priv(struct iio_dev *dev)
{
	return dev->priv;
}

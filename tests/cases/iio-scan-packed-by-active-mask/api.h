// SPDX-License-Identifier: MIT
#pragma once

#include <linux/k.h>

struct iio_chan_spec {
	u32 channel;
	int scan_index;
	u8 realbits, shift;
};

struct iio_dev {
	const struct iio_chan_spec *channels;
	const unsigned long *active_scan_mask;
	int (*read_raw)(struct iio_dev *iio, const struct iio_chan_spec *c, int *val, int *val2);
	int (*trigger)(struct iio_dev *iio);
	u64 priv[];
};

struct iio_dev *iio_device_alloc(size_t priv);
int iio_device_register(struct iio_dev *iio);
int iio_push_to_buffers(struct iio_dev *iio, const void *data);

// SPDX-License-Identifier: MIT
#pragma once
#include <linux/k.h>

struct iio_chan_spec {
	int channel, scan_index;
	u32 address;
	struct {
		u8 realbits, storagebits, shift;
	} scan_type;
};

struct iio_dev {
	const struct iio_chan_spec *channels;
	int num_channels, scan_bytes;
	const struct iio_info *info;
	const unsigned long *active_scan_mask;
	void *priv;
	void (*trigger_handler)(struct iio_dev *indio_dev, long timestamp);
};

struct iio_info {
	int (*read_raw)(struct iio_dev *indio_dev, const struct iio_chan_spec *chan, int *val, int *val2);
	int (*update_scan_mode)(struct iio_dev *indio_dev, const unsigned long *scan_mask);
};

int spi_write_then_read(const void *txbuf, u32 n_tx, void *rxbuf, u32 n_rx);
struct iio_dev *iio_device_alloc(int sizeof_priv);
int iio_device_register(struct iio_dev *indio_dev);
void iio_push_to_buffers_with_timestamp(struct iio_dev *indio_dev, void *data, long timestamp);
